//! Two facts of a file that independent judges must confirm: well-formed with namespaces, and valid
//! by `service.xsd`.

use crate::message::xml::{Limits, Refusal};
use crate::protocol::Defect;

/// What any XML tool says of a message, whatever the protocol makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flags {
    /// Well-formed XML 1.0 with namespaces, judged from the bytes alone.
    pub(super) well_formed: bool,
    /// Valid by the schema of the whole message.
    pub(super) schema_valid: bool,
}

/// Bounds that no file of the corpus meets, so that XML alone decides.
pub(super) const WIDE: Limits =
    Limits { bytes: usize::MAX, depth: 50_000, attributes: 50_000, elements: 200_000 };

/// The flags of a message, from what the reader says of its bytes without a Content-Type.
pub(super) fn flags(id: &str, refusal: Option<Refusal>) -> Flags {
    if let Some((_, well_formed, schema_valid)) = EXCEPTIONS.iter().find(|(known, ..)| *known == id) {
        return Flags { well_formed: *well_formed, schema_valid: *schema_valid };
    }
    let Some(refusal) = refusal else { return Flags { well_formed: true, schema_valid: true } };
    // A label that is not true makes a document ill-formed (XML 4.3.3).
    let well_formed = !refusal.defect.is_ill_formed() && refusal.defect != Defect::EncodingsDisagree;
    Flags { well_formed, schema_valid: well_formed && is_schema_valid(refusal.defect) }
}

/// Whether the schema has nothing against a message with this defect and no other.
fn is_schema_valid(defect: Defect) -> bool {
    matches!(
        defect,
        // xs:string holds any text; the length is prose (OXWUMS 3.1.4.3.2.1).
        Defect::CallIdBlank
            | Defect::CallIdEmpty
            | Defect::CallIdLong
            // A rule of SOAP's processing, not of its schema.
            | Defect::MustUnderstand
            | Defect::ProcessingInstruction
            | Defect::Doctype
            | Defect::EncodingUnknown
            // Body is a lax wildcard: any number of elements, known or not (SOAP 4.3).
            | Defect::BodyEmpty
            | Defect::BodyShared
            | Defect::OperationName
            | Defect::OperationNamespace
    )
}

/// What the reader's first defect does not tell: id, well-formed, schema-valid.
const EXCEPTIONS: &[(&str, bool, bool)] = &[
    // Told by its first bytes without a mark (XML F.1), as XML readers do.
    ("encoding/utf-16-without-mark", true, true),
    // A declared ISO 8859-1, which XML readers know.
    ("encoding/latin", true, true),
    // Encodings that XML readers do not know.
    ("encoding/declaration-utf-seven", false, false),
    ("encoding/declaration-unknown", false, false),
    // Faults inside the DTD, where the reader does not look.
    ("dtd/without-name", false, false),
    ("dtd/repeated", false, false),
    ("dtd/unclosed", false, false),
    ("dtd/entity-of-itself", false, false),
    ("dtd/entity-unparsed", false, false),
    // The DTD gives CallId an attribute.
    ("dtd/attribute-default", true, false),
    // What declares the entity is outside, and not fetched.
    ("dtd/parameter-entity", true, false),
    // The root is an element that the schemas declare.
    ("envelope/root-disconnect", true, true),
    ("envelope/root-body", true, true),
    ("reply-envelope/bare-content-success", true, true),
    // An attribute that the schema has not, which the reader does not come to.
    ("multi-reference/call-id-in-body", true, false),
    ("multi-reference/disconnect-in-body", true, false),
    // Attributes of SOAP where only other namespaces may stand.
    ("envelope/must-understand-on-envelope", true, false),
    ("envelope/soap-attribute-on-envelope", true, false),
    ("envelope/must-understand-on-header", true, false),
    ("envelope/actor-on-envelope", true, false),
    ("envelope/actor-on-header", true, false),
    // xs:boolean takes white space around it.
    ("header/must-understand-padded-one", true, true),
    // Entries of Header must be in another namespace by the schema; SOAP 4.2.1 lets them be read.
    ("header/unqualified-mandatory", true, false),
    // A second fault that the first hides.
    ("header/order-mandatory-before-missing-call-id", true, false),
    // Elements that the schema declares, with content that is not theirs.
    ("request-body/operation-named-response", true, false),
    ("reply-success/request-echoed", true, false),
    ("reply-success/white-space-inside", true, false),
    ("reply-success/call-info", true, false),
    // Faults are read as they stand, so that a judge can say what is wrong with them.
    ("reply-fault/default-namespace", true, false),
    ("reply-fault/code-unbound", true, false),
    ("reply-fault/code-empty", true, false),
    ("reply-fault/no-code", true, false),
    ("reply-fault/no-string", true, false),
    ("reply-fault/order-swapped", true, false),
    ("reply-fault/children-qualified", true, false),
    ("reply-fault/extra-child", true, false),
    ("reply-fault/soap-1-2-shape", true, false),
    ("reply-fault/encoding-style", true, false),
    // Our schema takes the type of faultstring for one with a language.
    ("reply-fault/string-typed", true, false),
    ("reply-fault/detail-first", true, false),
    ("reply-fault/detail-of-text", true, false),
    ("reply-fault/text-beside-code", true, false),
    // Text where only elements may stand.
    ("reply-success/escaped", true, false),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::messages;

    #[test]
    fn every_exception_is_one_of_a_message() {
        for (id, ..) in EXCEPTIONS {
            assert!(messages().iter().any(|message| message.id == *id), "{id}");
        }
    }
}
