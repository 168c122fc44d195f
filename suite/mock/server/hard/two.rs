//! Defects that show where two things meet.

use super::factor::Factor as F;
use super::fault::{BREAKS, DROPS_TAIL, Fault, PRETENDS, REFUSES, TRIMS};
use super::mutant::{HardKind, HardMutant, hard};
use crate::protocol::req;

/// A defect that a case of the catalogue is about, and one spelling.
#[rustfmt::skip]
pub(super) static IN_CASES: &[HardMutant] = &[
    hard("ignores-namespace-with-utf-16", HardKind::TwoFactors, &[F::Utf16], Fault::Is("ignores-namespace"), req::NEAR_MISS_NAMESPACE),
    hard("ignores-namespace-with-comment", HardKind::TwoFactors, &[F::Comment], Fault::Is("ignores-namespace"), req::NEAR_MISS_NAMESPACE),
    hard("trims-id-with-cdata", HardKind::TwoFactors, &[F::CData], TRIMS, req::PADDED_CALL_ID),
    hard("takes-first-of-body-with-chunks", HardKind::TwoFactors, &[F::Chunked], Fault::Is("takes-first-of-body"), req::ONE_BODY_CHILD),
    hard("takes-disconnect-of-body-with-reused-connection", HardKind::TwoFactors, &[F::OnConnection(1)], Fault::Is("takes-disconnect-of-body"), req::ONE_BODY_CHILD),
    hard("takes-https-namespace-with-mark", HardKind::TwoFactors, &[F::Mark], Fault::Is("takes-https-namespace"), req::HTTPS_NAMESPACE),
    hard("takes-call-id-of-any-namespace-with-expect", HardKind::TwoFactors, &[F::Expects], Fault::Is("takes-call-id-of-any-namespace"), req::CALL_ID_NAMESPACE),
    hard("takes-call-id-without-namespace-with-header", HardKind::TwoFactors, &[F::Header], Fault::Is("takes-call-id-without-namespace"), req::CALL_ID_NAMESPACE),
    hard("folds-element-case-with-parted-bytes", HardKind::TwoFactors, &[F::Parted], Fault::Is("folds-element-case"), req::DISCONNECT_ELEMENT),
    hard("takes-first-call-id-with-utf-16", HardKind::TwoFactors, &[F::Utf16], Fault::Is("takes-first-call-id"), req::TWO_CALL_IDS),
    hard("takes-last-call-id-with-no-charset", HardKind::TwoFactors, &[F::CharsetAbsent], Fault::Is("takes-last-call-id"), req::TWO_CALL_IDS),
    hard("ignores-siblings-of-call-id-with-white-space", HardKind::TwoFactors, &[F::WhiteSpace], Fault::Is("ignores-siblings-of-call-id"), req::EXTRA_SIBLING),
    hard("ignores-attributes-with-apostrophes", HardKind::TwoFactors, &[F::Apostrophes], Fault::Is("ignores-attributes"), req::NO_ATTRIBUTES),
    hard("ignores-nil-with-message-prefix", HardKind::TwoFactors, &[F::MessagePrefix], Fault::Is("ignores-nil"), req::NIL_CALL_ID),
    hard("ignores-must-understand-with-utf-16", HardKind::TwoFactors, &[F::Utf16], Fault::Is("ignores-must-understand"), req::MUST_UNDERSTAND),
    hard("ignores-must-understand-with-chunks", HardKind::TwoFactors, &[F::Chunked], Fault::Is("ignores-must-understand"), req::MUST_UNDERSTAND),
    hard("takes-any-envelope-with-cookie", HardKind::TwoFactors, &[F::Cookie], Fault::Is("takes-any-envelope"), req::VERSION_MISMATCH),
    hard("takes-soap12-envelope-with-reused-connection", HardKind::TwoFactors, &[F::OnConnection(1)], Fault::Is("takes-soap12-envelope"), req::VERSION_MISMATCH),
    hard("ignores-trailer-with-no-declaration", HardKind::TwoFactors, &[F::DeclarationAbsent], Fault::Is("ignores-trailer"), req::NOTHING_AFTER_BODY),
    hard("takes-first-body-with-close", HardKind::TwoFactors, &[F::Closes], Fault::Is("takes-first-body"), req::ONE_BODY),
    hard("accepts-empty-call-id-with-other-prefix", HardKind::TwoFactors, &[F::EnvelopePrefix], Fault::Is("accepts-empty-call-id"), req::EMPTY_CALL_ID),
    hard("accepts-missing-call-id-with-mark", HardKind::TwoFactors, &[F::Mark], Fault::Is("accepts-missing-call-id"), req::MISSING_CALL_ID),
    hard("accepts-blank-call-id-with-empty-action", HardKind::TwoFactors, &[F::SoapActionEmpty], Fault::Is("accepts-blank-call-id"), req::INCORRECT_CALL_ID),
    hard("ignores-doctype-with-capital-fields", HardKind::TwoFactors, &[F::CapitalFields], Fault::Is("ignores-doctype"), req::NO_DTD),
    hard("hangs-up-despite-fault-with-chunks", HardKind::TwoFactors, &[F::Chunked], Fault::Is("hangs-up-despite-fault"), req::NO_EFFECT_OF_REFUSED),
    hard("hangs-up-despite-fault-with-cdata", HardKind::TwoFactors, &[F::CData], Fault::Is("hangs-up-despite-fault"), req::NO_EFFECT_OF_REFUSED),
    hard("faults-with-200-with-references", HardKind::TwoFactors, &[F::References], Fault::Is("faults-with-200"), req::FAULT_STATUS_500),
    hard("faults-with-200-with-utf-16", HardKind::TwoFactors, &[F::Utf16], Fault::Is("faults-with-200"), req::FAULT_STATUS_500),
    hard("codes-malformed-otherwise-with-comment", HardKind::TwoFactors, &[F::Comment], Fault::Is("codes-malformed-otherwise"), req::INVALID_REQUEST_CODE),
    hard("codes-invalid-id-otherwise-with-header", HardKind::TwoFactors, &[F::Header], Fault::Is("codes-invalid-id-otherwise"), req::INVALID_ID_CODE),
    hard("takes-any-call-id-with-tag-space", HardKind::TwoFactors, &[F::TagSpace], Fault::Is("takes-any-call-id"), req::INCORRECT_CALL_ID),
    hard("faults-with-stack-trace-with-expect", HardKind::TwoFactors, &[F::Expects], Fault::Is("faults-with-stack-trace"), req::NO_INTERNALS_IN_FAULT),
    hard("joins-text-of-children-with-reused-connection", HardKind::TwoFactors, &[F::OnConnection(1)], Fault::Is("joins-text-of-children"), req::ELEMENT_IN_CALL_ID),
    hard("ignores-text-between-elements-with-quoted-charset", HardKind::TwoFactors, &[F::CharsetQuoted], Fault::Is("ignores-text-between-elements"), req::NO_TEXT_BETWEEN_ELEMENTS),
    hard("takes-any-root-with-parted-bytes", HardKind::TwoFactors, &[F::Parted], Fault::Is("takes-any-root"), req::ENVELOPE_ROOT),
    hard("takes-empty-body-for-success-with-absolute-target", HardKind::TwoFactors, &[F::AbsoluteTarget], Fault::Is("takes-empty-body-for-success"), req::DISCONNECT_ELEMENT),
    hard("finds-call-id-at-any-depth-with-mark", HardKind::TwoFactors, &[F::Mark], Fault::Is("finds-call-id-at-any-depth"), req::ONE_CALL_ID),
    hard("takes-phone-call-id-with-attributes", HardKind::TwoFactors, &[F::Attributes], Fault::Is("takes-phone-call-id"), req::FOREIGN_OPERATION),
    hard("trims-namespace-with-white-space", HardKind::TwoFactors, &[F::WhiteSpace], Fault::Is("trims-namespace"), req::NEAR_MISS_NAMESPACE),
    hard("executes-disconnect-in-header-with-chunks", HardKind::TwoFactors, &[F::Chunked], Fault::Is("executes-disconnect-in-header"), req::WRAPPED_DISCONNECT),
    hard("faults-without-string-with-other-prefix", HardKind::TwoFactors, &[F::EnvelopePrefix], Fault::Is("faults-without-string"), req::FAULT_CODE_AND_STRING),
    hard("takes-call-id-from-header-with-cookie", HardKind::TwoFactors, &[F::Cookie], Fault::Is("takes-call-id-from-header"), req::MISSING_CALL_ID),
];

/// Two spellings of the plain request.
#[rustfmt::skip]
pub(super) static IN_VALID: &[HardMutant] = &[
    hard("drops-tail-of-id-with-comment-and-reused-connection", HardKind::TwoFactors, &[F::Comment, F::OnConnection(1)], DROPS_TAIL, req::SUCCESS_STATUS_2XX),
    hard("drops-tail-of-id-with-cdata-and-utf-16", HardKind::TwoFactors, &[F::CData, F::Utf16], DROPS_TAIL, req::SUCCESS_STATUS_2XX),
    hard("refuses-with-mark-and-chunks", HardKind::TwoFactors, &[F::Mark, F::Chunked], REFUSES, req::DISCONNECT_ELEMENT),
    hard("refuses-with-other-prefix-and-references", HardKind::TwoFactors, &[F::EnvelopePrefix, F::References], REFUSES, req::DISCONNECT_ELEMENT),
    hard("refuses-with-header-and-apostrophes", HardKind::TwoFactors, &[F::Header, F::Apostrophes], REFUSES, req::DISCONNECT_ELEMENT),
    hard("refuses-with-white-space-and-no-charset", HardKind::TwoFactors, &[F::WhiteSpace, F::CharsetAbsent], REFUSES, req::DISCONNECT_ELEMENT),
    hard("pretends-with-message-prefix-and-expect", HardKind::TwoFactors, &[F::MessagePrefix, F::Expects], PRETENDS, req::CONNECTED_CALL_ENDED),
    hard("pretends-with-utf-16-and-header", HardKind::TwoFactors, &[F::Utf16, F::Header], PRETENDS, req::CONNECTED_CALL_ENDED),
    hard("pretends-with-tag-space-and-parted-bytes", HardKind::TwoFactors, &[F::TagSpace, F::Parted], PRETENDS, req::CONNECTED_CALL_ENDED),
    hard("breaks-with-comment-in-id-and-mark", HardKind::TwoFactors, &[F::CommentInId, F::Mark], BREAKS, req::DISCONNECT_ELEMENT),
    hard("breaks-with-no-declaration-and-cookie", HardKind::TwoFactors, &[F::DeclarationAbsent, F::Cookie], BREAKS, req::DISCONNECT_ELEMENT),
    hard("breaks-with-close-and-empty-action", HardKind::TwoFactors, &[F::Closes, F::SoapActionEmpty], BREAKS, req::DISCONNECT_ELEMENT),
    hard("drops-tail-of-id-with-references-and-chunks", HardKind::TwoFactors, &[F::References, F::Chunked], DROPS_TAIL, req::SUCCESS_STATUS_2XX),
    hard("refuses-with-attributes-and-capital-fields", HardKind::TwoFactors, &[F::Attributes, F::CapitalFields], REFUSES, req::DISCONNECT_ELEMENT),
    hard("refuses-with-quoted-charset-and-other-prefix", HardKind::TwoFactors, &[F::CharsetQuoted, F::EnvelopePrefix], REFUSES, req::DISCONNECT_ELEMENT),
    hard("pretends-with-cdata-and-reused-connection", HardKind::TwoFactors, &[F::CData, F::OnConnection(1)], PRETENDS, req::CONNECTED_CALL_ENDED),
    hard("succeeds-with-500-with-utf-16-and-comment-in-id", HardKind::TwoFactors, &[F::Utf16, F::CommentInId], Fault::Is("succeeds-with-500"), req::DISCONNECT_RESPONSE),
    hard("succeeds-in-no-namespace-with-header-and-parted-bytes", HardKind::TwoFactors, &[F::Header, F::Parted], Fault::Is("succeeds-in-no-namespace"), req::DISCONNECT_RESPONSE),
    hard("succeeds-with-204-with-apostrophes-and-comment", HardKind::TwoFactors, &[F::Apostrophes, F::Comment], Fault::Is("succeeds-with-204"), req::DISCONNECT_RESPONSE),
    hard("succeeds-as-html-with-message-prefix-and-chunks", HardKind::TwoFactors, &[F::MessagePrefix, F::Chunked], Fault::Is("succeeds-as-html"), req::ANSWER_MEDIA_TYPE),
    hard("succeeds-with-text-with-white-space-and-reused-connection", HardKind::TwoFactors, &[F::WhiteSpace, F::OnConnection(1)], Fault::Is("succeeds-with-text"), req::EMPTY_DISCONNECT_RESPONSE),
    hard("succeeds-by-echo-with-mark-and-close", HardKind::TwoFactors, &[F::Mark, F::Closes], Fault::Is("succeeds-by-echo"), req::DISCONNECT_RESPONSE),
    hard("resets-with-absolute-target-and-comment", HardKind::TwoFactors, &[F::AbsoluteTarget, F::Comment], Fault::Resets, req::ALIVE_AFTERWARDS),
    hard("refuses-with-tag-space-and-references", HardKind::TwoFactors, &[F::TagSpace, F::References], REFUSES, req::DISCONNECT_ELEMENT),
    hard("refuses-with-expect-and-utf-16", HardKind::TwoFactors, &[F::Expects, F::Utf16], REFUSES, req::DISCONNECT_ELEMENT),
];
