//! Parsers that take what they should refuse.

use super::{Flaw, ParserMutant};
use crate::protocol::Defect;
use crate::protocol::Defect as D;

const fn takes(name: &'static str, about: &'static str, defects: &'static [Defect]) -> ParserMutant {
    ParserMutant { name, about, flaw: Flaw::Tolerates(defects) }
}

/// By the defect that they take, in the order in which a reader meets them.
pub(super) static MUTANTS: &[ParserMutant] = &[
    takes(
        "takes-bytes-that-are-no-utf-8",
        "Takes bytes that are in no encoding of XML.",
        &[D::EncodingInvalid],
    ),
    takes("takes-forbidden-characters", "Takes characters that XML forbids.", &[D::CharacterForbidden]),
    takes(
        "takes-late-declarations",
        "Takes an XML declaration anywhere, in any form.",
        &[D::DeclarationSyntax],
    ),
    takes("takes-document-types", "Takes a document type declaration.", &[D::Doctype]),
    takes("takes-cut-messages", "Takes a message that ends early.", &[D::EndEarly, D::NoElement]),
    takes("takes-mismatched-tags", "Takes an end tag that matches no start tag.", &[D::EndTagMismatch]),
    takes("takes-second-roots", "Takes a second root element.", &[D::RootRepeated]),
    takes("takes-text-after-root", "Takes text outside the root element.", &[D::TextOutsideRoot]),
    takes("takes-lone-ampersands", "Takes an ampersand that starts no reference.", &[D::AmpersandAlone]),
    takes(
        "takes-unknown-entities",
        "Takes references to entities that nothing declares.",
        &[D::EntityUndeclared],
    ),
    takes("takes-repeated-attributes", "Takes an attribute twice.", &[D::AttributeDuplicate]),
    takes("takes-loose-attributes", "Takes attributes in any form.", &[D::AttributeSyntax]),
    takes("takes-loose-comments", "Takes comments with two hyphens inside.", &[D::CommentSyntax]),
    takes("takes-loose-sections", "Takes CDATA sections in any form.", &[D::CdataSyntax]),
    takes("takes-loose-markup", "Takes `<` where no markup may start.", &[D::MarkupSyntax]),
    takes("takes-section-ends-in-text", "Takes `]]>` in text.", &[D::TextSyntax]),
    takes("takes-loose-names", "Takes names that XML does not allow.", &[D::NameSyntax]),
    takes(
        "takes-loose-instructions",
        "Takes processing instructions in any form.",
        &[D::ProcessingInstructionSyntax],
    ),
    takes("takes-unbound-prefixes", "Takes prefixes that nothing binds.", &[D::PrefixUnbound]),
    takes(
        "takes-wrong-bindings",
        "Takes namespace declarations that are not allowed.",
        &[D::NamespaceDeclaration],
    ),
    takes("takes-any-root", "Takes a root element of any name.", &[D::RootName]),
    takes("takes-any-envelope", "Takes an Envelope of any namespace.", &[D::EnvelopeNamespace]),
    takes("takes-misplaced-headers", "Takes a Header after Body.", &[D::HeaderMisplaced, D::HeaderRepeated]),
    takes("takes-mandatory-headers", "Takes header entries that it must understand.", &[D::MustUnderstand]),
    takes("takes-no-body", "Takes an Envelope without Body.", &[D::BodyMissing]),
    takes("takes-two-bodies", "Takes the first of two Bodies.", &[D::BodyRepeated]),
    takes("takes-a-crowd", "Takes the first of several Body children.", &[D::BodyShared]),
    takes("takes-empty-bodies", "Takes an empty Body.", &[D::BodyEmpty]),
    takes("takes-any-operation", "Takes a Body child of any name.", &[D::OperationName]),
    takes("takes-any-namespace", "Takes a Body child of any namespace.", &[D::OperationNamespace]),
    takes("takes-call-id-of-any-namespace", "Takes a CallId of any namespace.", &[D::CallIdNamespace]),
    takes("takes-no-call-id", "Takes a request without CallId.", &[D::CallIdMissing]),
    takes("takes-the-first-call-id", "Takes the first of two CallIds.", &[D::CallIdRepeated]),
    takes("takes-siblings", "Takes elements beside CallId.", &[D::ExtraSibling]),
    takes("takes-elements-in-call-id", "Takes elements inside CallId.", &[D::ElementInCallId]),
    takes("takes-nil", "Takes a CallId that says it is nil.", &[D::Nil]),
    takes("takes-attributes", "Takes attributes that nothing declares.", &[D::AttributeUndeclared]),
    takes("takes-text-between", "Takes text between elements.", &[D::TextMisplaced]),
    takes(
        "takes-any-type",
        "Takes a type that does not derive from the declared one.",
        &[D::TypeSubstitution],
    ),
];
