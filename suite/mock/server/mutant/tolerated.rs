//! Servers that take messages with one kind of defect, each for another slip of a hand-made parser.

use super::bug::{Bug, Mutant, mutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::Defect as D;
use crate::protocol::{Defect, req};

/// Takes messages with these defects, and finds the call id by searching for its tags.
const fn takes(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    defects: &'static [Defect],
) -> Mutant {
    mutant(name, about, killed_by, Bug::Takes(defects))
}

/// Answers messages with these defects with success, and does nothing.
const fn swallows(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    defects: &'static [Defect],
) -> Mutant {
    mutant(name, about, killed_by, Bug::Swallows(defects))
}

/// Answers messages with these defects by the page of an error that nobody caught.
const fn breaks(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    defects: &'static [Defect],
) -> Mutant {
    mutant(name, about, killed_by, Bug::Breaks(defects))
}

pub(super) static MUTANTS: &[Mutant] = &[
    takes(
        "takes-lone-ampersands",
        "An ampersand that starts no reference is text.",
        by("xml/ampersand-in-text", req::WELL_FORMED),
        &[D::AmpersandAlone],
    ),
    takes(
        "takes-loose-attributes",
        "Attributes may lack their value, their quotes or the blank before them, as in HTML.",
        by("xml/attribute-unquoted", req::WELL_FORMED),
        &[D::AttributeSyntax],
    ),
    takes(
        "takes-repeated-attributes",
        "Of an attribute that stands twice the last one counts.",
        by("xml/attribute-repeated", req::WELL_FORMED),
        &[D::AttributeDuplicate],
    ),
    takes(
        "takes-loose-comments",
        "Two hyphens inside a comment are passed over, and a comment need not end.",
        by("xml/comment-unclosed", req::WELL_FORMED),
        &[D::CommentSyntax],
    ),
    takes(
        "takes-declarations-anywhere",
        "An XML declaration is passed over wherever it stands and whatever it says.",
        by("xml/declaration-in-envelope", req::WELL_FORMED),
        &[D::DeclarationSyntax],
    ),
    takes(
        "takes-loose-markup",
        "Whatever starts with < and is no tag is passed over up to the next >.",
        by("xml/element-declaration", req::WELL_FORMED),
        &[D::MarkupSyntax],
    ),
    takes(
        "takes-loose-instructions",
        "Processing instructions are passed over in any form.",
        by("xml/instruction-unclosed", req::WELL_FORMED),
        &[D::ProcessingInstructionSyntax],
    ),
    takes(
        "takes-any-name",
        "Names are not looked at: they may start with a digit and hold two colons.",
        by("xml/name-with-digit-first", req::WELL_FORMED),
        &[D::NameSyntax],
    ),
    takes(
        "takes-any-binding",
        "Declarations of namespaces are not looked at, not even those of xml and xmlns.",
        by("xml/prefix-for-xml", req::PREFIX_DECLARED),
        &[D::NamespaceDeclaration],
    ),
    takes(
        "takes-unbound-prefixes",
        "A prefix that nothing binds belongs to its name.",
        by("xml/prefix-of-call-id", req::PREFIX_DECLARED),
        &[D::PrefixUnbound],
    ),
    takes(
        "takes-section-ends-in-text",
        "The end of a CDATA section in text is text.",
        by("xml/section-end-in-text", req::WELL_FORMED),
        &[D::TextSyntax],
    ),
    takes(
        "takes-loose-sections",
        "CDATA sections may be spelled in lower case, and need not end.",
        by("xml/section-unclosed", req::WELL_FORMED),
        &[D::CdataSyntax],
    ),
    takes(
        "takes-loose-end-tags",
        "A missing end tag is made up for, as in HTML.",
        by("xml/call-id-unclosed", req::WELL_FORMED),
        &[D::EndTagMismatch],
    ),
    takes(
        "takes-call-id-of-any-namespace",
        "CallId is told by its local name alone.",
        by("namespace/call-id-types", req::CALL_ID_NAMESPACE),
        &[D::CallIdNamespace],
    ),
    swallows(
        "takes-nothing-for-success",
        "A body without an element leaves nothing to do, and that is done.",
        by("xml/body-empty", req::WELL_FORMED),
        &[D::NoElement],
    ),
    swallows(
        "takes-end-of-input-for-end-of-message",
        "Reading stops where the input ends, and what was read till then went well.",
        by("xml/truncated-after-body-tag", req::WELL_FORMED),
        &[D::EndEarly],
    ),
    swallows(
        "takes-empty-body-for-success",
        "A Body without operations is done when none is left to do.",
        by("envelope/body-empty", req::DISCONNECT_ELEMENT),
        &[D::BodyEmpty],
    ),
    breaks(
        "breaks-on-envelope-without-namespace",
        "The namespace of Envelope is looked up in a table, and nobody thought of none.",
        by("envelope/namespace-none", req::MALFORMED_REQUEST_FAULT),
        &[D::EnvelopeNoNamespace],
    ),
    breaks(
        "breaks-on-instructions",
        "A node that is neither an element nor text is an error that nobody catches.",
        by("xml/instruction-in-body", req::NO_PROCESSING_INSTRUCTION),
        &[D::ProcessingInstruction],
    ),
];
