//! Parsers that take what they should refuse.

use super::mutant::{Flaw, ParserMutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::Defect;
use crate::protocol::Defect as D;

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
        by("encoding/byte-ff-in-call-id", 33),
        &[D::EncodingInvalid],
    ),
    takes(
        "takes-forbidden-characters",
        "Takes characters that XML forbids.",
        by("xml/literal-escape", 35),
        &[D::CharacterForbidden],
    ),
    takes(
        "takes-late-declarations",
        "Takes an XML declaration anywhere, in any form.",
        by("xml/declaration-after-comment", 34),
        &[D::DeclarationSyntax],
    ),
    takes(
        "takes-document-types",
        "Takes a document type declaration.",
        by("dtd/repeated", 34),
        &[D::Doctype],
    ),
    takes(
        "takes-cut-messages",
        "Takes a message that ends early.",
        by("xml/truncated-after-body", 34),
        &[D::EndEarly, D::NoElement],
    ),
    takes(
        "takes-mismatched-tags",
        "Takes an end tag that matches no start tag.",
        by("xml/tags-crossed", 34),
        &[D::EndTagMismatch],
    ),
    takes(
        "takes-second-roots",
        "Takes a second root element.",
        by("xml/root-repeated", 34),
        &[D::RootRepeated],
    ),
    takes(
        "takes-text-after-root",
        "Takes text outside the root element.",
        by("xml/text-after-root", 34),
        &[D::TextOutsideRoot],
    ),
    takes(
        "takes-lone-ampersands",
        "Takes an ampersand that starts no reference.",
        by("xml/ampersand-in-text", 34),
        &[D::AmpersandAlone],
    ),
    takes(
        "takes-unknown-entities",
        "Takes references to entities that nothing declares.",
        by("xml/entity-in-upper-case", 41),
        &[D::EntityUndeclared],
    ),
    takes(
        "takes-repeated-attributes",
        "Takes an attribute twice.",
        by("xml/attribute-repeated", 34),
        &[D::AttributeDuplicate],
    ),
    takes(
        "takes-loose-attributes",
        "Takes attributes in any form.",
        by("xml/name-after-blank", 34),
        &[D::AttributeSyntax],
    ),
    takes(
        "takes-loose-comments",
        "Takes comments with two hyphens inside.",
        by("xml/comment-unclosed", 34),
        &[D::CommentSyntax],
    ),
    takes(
        "takes-loose-sections",
        "Takes CDATA sections in any form.",
        by("xml/section-unclosed", 34),
        &[D::CdataSyntax],
    ),
    takes(
        "takes-loose-markup",
        "Takes `<` where no markup may start.",
        by("xml/truncated-within-envelope-tag", 34),
        &[D::MarkupSyntax],
    ),
    takes(
        "takes-section-ends-in-text",
        "Takes `]]>` in text.",
        by("xml/section-end-in-text", 34),
        &[D::TextSyntax],
    ),
    takes(
        "takes-loose-names",
        "Takes names that XML does not allow.",
        by("xml/name-with-digit-first", 34),
        &[D::NameSyntax],
    ),
    takes(
        "takes-loose-instructions",
        "Takes processing instructions in any form.",
        by("xml/instruction-unclosed", 34),
        &[D::ProcessingInstructionSyntax],
    ),
    takes(
        "takes-unbound-prefixes",
        "Takes prefixes that nothing binds.",
        by("xml/prefix-of-call-id", 42),
        &[D::PrefixUnbound],
    ),
    takes(
        "takes-wrong-bindings",
        "Takes namespace declarations that are not allowed.",
        by("xml/prefix-taken-back", 42),
        &[D::NamespaceDeclaration],
    ),
    takes(
        "takes-any-root",
        "Takes a root element of any name.",
        by("envelope/root-disconnect", 44),
        &[D::RootName],
    ),
    takes(
        "takes-any-envelope",
        "Takes an Envelope of any namespace.",
        by("namespace/everything-https", 45),
        &[D::EnvelopeNamespace],
    ),
    takes(
        "takes-misplaced-headers",
        "Takes a Header after Body.",
        by("envelope/header-twice", 49),
        &[D::HeaderMisplaced, D::HeaderRepeated],
    ),
    takes(
        "takes-mandatory-headers",
        "Takes header entries that it must understand.",
        by("header/mandatory", 59),
        &[D::MustUnderstand],
    ),
    takes(
        "takes-no-body",
        "Takes an Envelope without Body.",
        by("envelope/body-missing", 48),
        &[D::BodyMissing],
    ),
    takes(
        "takes-two-bodies",
        "Takes the first of two Bodies.",
        by("envelope/body-twice", 48),
        &[D::BodyRepeated],
    ),
    takes(
        "takes-a-crowd",
        "Takes the first of several Body children.",
        by("reply-success/and-fault", 103),
        &[D::BodyShared],
    ),
    takes("takes-empty-bodies", "Takes an empty Body.", by("envelope/body-empty", 65), &[D::BodyEmpty]),
    takes(
        "takes-any-operation",
        "Takes a Body child of any name.",
        by("request-body/ews-disconnect-phone-call", 68),
        &[D::OperationName],
    ),
    takes(
        "takes-any-namespace",
        "Takes a Body child of any namespace.",
        by("namespace/disconnect-types", 67),
        &[D::OperationNamespace],
    ),
    takes(
        "takes-call-id-of-any-namespace",
        "Takes a CallId of any namespace.",
        by("namespace/call-id-message-singular", 70),
        &[D::CallIdNamespace],
    ),
    takes(
        "takes-no-call-id",
        "Takes a request without CallId.",
        by("request-body/call-id-only-as-attribute", 80),
        &[D::CallIdMissing],
    ),
    takes(
        "takes-the-first-call-id",
        "Takes the first of two CallIds.",
        by("request-body/call-id-twice", 77),
        &[D::CallIdRepeated],
    ),
    takes(
        "takes-siblings",
        "Takes elements beside CallId.",
        by("request-body/foreign-sibling-after", 76),
        &[D::ExtraSibling],
    ),
    takes(
        "takes-elements-in-call-id",
        "Takes elements inside CallId.",
        by("request-body/element-amid-id", 75),
        &[D::ElementInCallId],
    ),
    takes("takes-nil", "Takes a CallId that says it is nil.", by("request-body/nil-true", 74), &[D::Nil]),
    takes(
        "takes-attributes",
        "Takes attributes that nothing declares.",
        by("request-body/attribute-id-on-disconnect", 72),
        &[D::AttributeUndeclared],
    ),
    takes(
        "takes-text-between",
        "Takes text between elements.",
        by("envelope/text-at-start-of-envelope", 53),
        &[D::TextMisplaced],
    ),
    takes(
        "takes-any-type",
        "Takes a type that does not derive from the declared one.",
        by("request-body/type-base64-binary", 73),
        &[D::TypeSubstitution],
    ),
];
