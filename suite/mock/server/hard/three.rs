//! Defects that show where three things meet.

use super::factor::Factor as F;
use super::fault::{BREAKS, DROPS_TAIL, Fault, PRETENDS, REFUSES};
use super::mutant::{HardKind, HardMutant, hard};
use crate::protocol::req;

/// A defect that a case of the catalogue is about, and two spellings.
#[rustfmt::skip]
pub(super) static IN_CASES: &[HardMutant] = &[
    hard("ignores-namespace-with-utf-16-and-chunks", HardKind::ThreeFactors, &[F::Utf16, F::Chunked], Fault::Is("ignores-namespace"), req::NEAR_MISS_NAMESPACE),
    hard("takes-first-call-id-with-header-and-comment", HardKind::ThreeFactors, &[F::Header, F::Comment], Fault::Is("takes-first-call-id"), req::TWO_CALL_IDS),
    hard("ignores-must-understand-with-mark-and-reused-connection", HardKind::ThreeFactors, &[F::Mark, F::OnConnection(1)], Fault::Is("ignores-must-understand"), req::MUST_UNDERSTAND),
    hard("accepts-empty-call-id-with-apostrophes-and-expect", HardKind::ThreeFactors, &[F::Apostrophes, F::Expects], Fault::Is("accepts-empty-call-id"), req::EMPTY_CALL_ID),
    hard("accepts-missing-call-id-with-no-charset-and-comment", HardKind::ThreeFactors, &[F::CharsetAbsent, F::Comment], Fault::Is("accepts-missing-call-id"), req::MISSING_CALL_ID),
    hard("takes-any-envelope-with-white-space-and-chunks", HardKind::ThreeFactors, &[F::WhiteSpace, F::Chunked], Fault::Is("takes-any-envelope"), req::VERSION_MISMATCH),
    hard("hangs-up-despite-fault-with-utf-16-and-header", HardKind::ThreeFactors, &[F::Utf16, F::Header], Fault::Is("hangs-up-despite-fault"), req::NO_EFFECT_OF_REFUSED),
    hard("faults-with-200-with-cdata-and-cookie", HardKind::ThreeFactors, &[F::CData, F::Cookie], Fault::Is("faults-with-200"), req::FAULT_STATUS_500),
    hard("takes-any-call-id-with-other-prefix-and-parted-bytes", HardKind::ThreeFactors, &[F::EnvelopePrefix, F::Parted], Fault::Is("takes-any-call-id"), req::INCORRECT_CALL_ID),
    hard("ignores-siblings-of-call-id-with-mark-and-tag-space", HardKind::ThreeFactors, &[F::Mark, F::TagSpace], Fault::Is("ignores-siblings-of-call-id"), req::EXTRA_SIBLING),
    hard("ignores-nil-with-empty-action-and-no-declaration", HardKind::ThreeFactors, &[F::SoapActionEmpty, F::DeclarationAbsent], Fault::Is("ignores-nil"), req::NIL_CALL_ID),
];

/// Three spellings of the plain request.
#[rustfmt::skip]
pub(super) static IN_VALID: &[HardMutant] = &[
    hard("drops-tail-of-id-with-comment-and-reused-connection-and-utf-16", HardKind::ThreeFactors, &[F::Comment, F::OnConnection(1), F::Utf16], DROPS_TAIL, req::SUCCESS_STATUS_2XX),
    hard("refuses-with-cdata-and-mark-and-chunks", HardKind::ThreeFactors, &[F::CData, F::Mark, F::Chunked], REFUSES, req::DISCONNECT_ELEMENT),
    hard("refuses-with-other-prefix-and-header-and-apostrophes", HardKind::ThreeFactors, &[F::EnvelopePrefix, F::Header, F::Apostrophes], REFUSES, req::DISCONNECT_ELEMENT),
    hard("pretends-with-message-prefix-and-white-space-and-expect", HardKind::ThreeFactors, &[F::MessagePrefix, F::WhiteSpace, F::Expects], PRETENDS, req::CONNECTED_CALL_ENDED),
    hard("breaks-with-references-and-quoted-charset-and-reused-connection", HardKind::ThreeFactors, &[F::References, F::CharsetQuoted, F::OnConnection(1)], BREAKS, req::DISCONNECT_ELEMENT),
    hard("breaks-with-tag-space-and-no-declaration-and-chunks", HardKind::ThreeFactors, &[F::TagSpace, F::DeclarationAbsent, F::Chunked], BREAKS, req::DISCONNECT_ELEMENT),
    hard("pretends-with-attributes-and-close-and-comment", HardKind::ThreeFactors, &[F::Attributes, F::Closes, F::Comment], PRETENDS, req::CONNECTED_CALL_ENDED),
    hard("succeeds-with-500-with-utf-16-and-header-and-parted-bytes", HardKind::ThreeFactors, &[F::Utf16, F::Header, F::Parted], Fault::Is("succeeds-with-500"), req::DISCONNECT_RESPONSE),
    hard("succeeds-with-204-with-comment-in-id-and-empty-action-and-other-prefix", HardKind::ThreeFactors, &[F::CommentInId, F::SoapActionEmpty, F::EnvelopePrefix], Fault::Is("succeeds-with-204"), req::DISCONNECT_RESPONSE),
    hard("resets-with-cookie-and-white-space-and-utf-16", HardKind::ThreeFactors, &[F::Cookie, F::WhiteSpace, F::Utf16], Fault::Resets, req::ALIVE_AFTERWARDS),
    hard("drops-tail-of-id-with-capital-fields-and-references-and-header", HardKind::ThreeFactors, &[F::CapitalFields, F::References, F::Header], DROPS_TAIL, req::SUCCESS_STATUS_2XX),
];
