//! Parsers that take what they should refuse.

use super::mutant::{Flaw, ParserMutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::Defect as D;
use crate::protocol::{Defect, req};

const fn takes(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    defects: &'static [Defect],
) -> ParserMutant {
    ParserMutant { name, about, killed_by, flaw: Flaw::Tolerates(defects) }
}

/// By the defect that they take, in the order in which a reader meets them.
pub(super) static MUTANTS: &[ParserMutant] = &[
    takes(
        "takes-bytes-that-are-no-utf-8",
        "Takes bytes that are in no encoding of XML.",
        by("encoding/byte-ff-in-call-id", req::INVALID_UTF8),
        &[D::EncodingInvalid],
    ),
    takes(
        "takes-forbidden-characters",
        "Takes characters that XML forbids.",
        by("xml/literal-escape", req::LEGAL_CHARACTERS),
        &[D::CharacterForbidden],
    ),
    takes(
        "takes-late-declarations",
        "Takes an XML declaration anywhere, in any form.",
        by("xml/declaration-after-comment", req::WELL_FORMED),
        &[D::DeclarationSyntax],
    ),
    takes(
        "takes-document-types",
        "Takes a document type declaration.",
        by("dtd/repeated", req::WELL_FORMED),
        &[D::Doctype],
    ),
    takes(
        "takes-cut-messages",
        "Takes a message that ends early.",
        by("xml/truncated-after-body", req::WELL_FORMED),
        &[D::EndEarly, D::NoElement],
    ),
    takes(
        "takes-mismatched-tags",
        "Takes an end tag that matches no start tag.",
        by("xml/tags-crossed", req::WELL_FORMED),
        &[D::EndTagMismatch],
    ),
    takes(
        "takes-second-roots",
        "Takes a second root element.",
        by("xml/root-repeated", req::WELL_FORMED),
        &[D::RootRepeated],
    ),
    takes(
        "takes-text-after-root",
        "Takes text outside the root element.",
        by("xml/text-after-root", req::WELL_FORMED),
        &[D::TextOutsideRoot],
    ),
    takes(
        "takes-lone-ampersands",
        "Takes an ampersand that starts no reference.",
        by("xml/ampersand-in-text", req::WELL_FORMED),
        &[D::AmpersandAlone],
    ),
    takes(
        "takes-unknown-entities",
        "Takes references to entities that nothing declares.",
        by("xml/entity-in-upper-case", req::UNDECLARED_ENTITY),
        &[D::EntityUndeclared],
    ),
    takes(
        "takes-repeated-attributes",
        "Takes an attribute twice.",
        by("xml/attribute-repeated", req::WELL_FORMED),
        &[D::AttributeDuplicate],
    ),
    takes(
        "takes-loose-attributes",
        "Takes attributes in any form.",
        by("xml/name-after-blank", req::WELL_FORMED),
        &[D::AttributeSyntax],
    ),
    takes(
        "takes-loose-comments",
        "Takes comments with two hyphens inside.",
        by("xml/comment-unclosed", req::WELL_FORMED),
        &[D::CommentSyntax],
    ),
    takes(
        "takes-loose-sections",
        "Takes CDATA sections in any form.",
        by("xml/section-unclosed", req::WELL_FORMED),
        &[D::CdataSyntax],
    ),
    takes(
        "takes-loose-markup",
        "Takes `<` where no markup may start.",
        by("xml/truncated-within-envelope-tag", req::WELL_FORMED),
        &[D::MarkupSyntax],
    ),
    takes(
        "takes-section-ends-in-text",
        "Takes `]]>` in text.",
        by("xml/section-end-in-text", req::WELL_FORMED),
        &[D::TextSyntax],
    ),
    takes(
        "takes-loose-names",
        "Takes names that XML does not allow.",
        by("xml/name-with-digit-first", req::WELL_FORMED),
        &[D::NameSyntax],
    ),
    takes(
        "takes-loose-instructions",
        "Takes processing instructions in any form.",
        by("xml/instruction-unclosed", req::WELL_FORMED),
        &[D::ProcessingInstructionSyntax],
    ),
    takes(
        "takes-unbound-prefixes",
        "Takes prefixes that nothing binds.",
        by("xml/prefix-of-call-id", req::PREFIX_DECLARED),
        &[D::PrefixUnbound],
    ),
    takes(
        "takes-wrong-bindings",
        "Takes namespace declarations that are not allowed.",
        by("xml/prefix-taken-back", req::PREFIX_DECLARED),
        &[D::NamespaceDeclaration],
    ),
    takes(
        "takes-any-root",
        "Takes a root element of any name.",
        by("envelope/root-disconnect", req::ENVELOPE_ROOT),
        &[D::RootName],
    ),
    takes(
        "takes-any-envelope",
        "Takes an Envelope of any namespace.",
        by("namespace/everything-https", req::VERSION_MISMATCH),
        &[D::EnvelopeNamespace],
    ),
    takes(
        "takes-misplaced-headers",
        "Takes a Header after Body.",
        by("envelope/header-twice", req::HEADER_BEFORE_BODY),
        &[D::HeaderMisplaced, D::HeaderRepeated],
    ),
    takes(
        "takes-mandatory-headers",
        "Takes header entries that it must understand.",
        by("header/mandatory", req::MUST_UNDERSTAND),
        &[D::MustUnderstand],
    ),
    takes(
        "takes-no-body",
        "Takes an Envelope without Body.",
        by("envelope/body-missing", req::ONE_BODY),
        &[D::BodyMissing],
    ),
    takes(
        "takes-two-bodies",
        "Takes the first of two Bodies.",
        by("envelope/body-twice", req::ONE_BODY),
        &[D::BodyRepeated],
    ),
    takes(
        "takes-a-crowd",
        "Takes the first of several Body children.",
        by("reply-success/and-fault", req::FAULT_OR_RESPONSE),
        &[D::BodyShared],
    ),
    takes(
        "takes-empty-bodies",
        "Takes an empty Body.",
        by("envelope/body-empty", req::DISCONNECT_ELEMENT),
        &[D::BodyEmpty],
    ),
    takes(
        "takes-any-operation",
        "Takes a Body child of any name.",
        by("request-body/ews-disconnect-phone-call", req::FOREIGN_OPERATION),
        &[D::OperationName],
    ),
    takes(
        "takes-any-namespace",
        "Takes a Body child of any namespace.",
        by("namespace/disconnect-types", req::NEAR_MISS_NAMESPACE),
        &[D::OperationNamespace],
    ),
    takes(
        "takes-call-id-of-any-namespace",
        "Takes a CallId of any namespace.",
        by("namespace/call-id-message-singular", req::CALL_ID_NAMESPACE),
        &[D::CallIdNamespace],
    ),
    takes(
        "takes-no-call-id",
        "Takes a request without CallId.",
        by("request-body/call-id-only-as-attribute", req::MISSING_CALL_ID),
        &[D::CallIdMissing],
    ),
    takes(
        "takes-the-first-call-id",
        "Takes the first of two CallIds.",
        by("request-body/call-id-twice", req::TWO_CALL_IDS),
        &[D::CallIdRepeated],
    ),
    takes(
        "takes-siblings",
        "Takes elements beside CallId.",
        by("request-body/foreign-sibling-after", req::EXTRA_SIBLING),
        &[D::ExtraSibling],
    ),
    takes(
        "takes-elements-in-call-id",
        "Takes elements inside CallId.",
        by("request-body/element-amid-id", req::ELEMENT_IN_CALL_ID),
        &[D::ElementInCallId],
    ),
    takes(
        "takes-nil",
        "Takes a CallId that says it is nil.",
        by("request-body/nil-true", req::NIL_CALL_ID),
        &[D::Nil],
    ),
    takes(
        "takes-attributes",
        "Takes attributes that nothing declares.",
        by("request-body/attribute-id-on-disconnect", req::NO_ATTRIBUTES),
        &[D::AttributeUndeclared],
    ),
    takes(
        "takes-text-between",
        "Takes text between elements.",
        by("envelope/text-at-start-of-envelope", req::NO_TEXT_BETWEEN_ELEMENTS),
        &[D::TextMisplaced],
    ),
    takes(
        "takes-any-type",
        "Takes a type that does not derive from the declared one.",
        by("request-body/type-base64-binary", req::MALFORMED_REQUEST_FAULT),
        &[D::TypeSubstitution],
    ),
];
