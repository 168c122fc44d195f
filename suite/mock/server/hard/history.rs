//! Defects that show only after something else.

use super::factor::Factor as F;
use super::fault::{BREAKS, DROPS_TAIL, Fault, PRETENDS, REFUSES, TRIMS};
use super::mutant::{HardKind, HardMutant, hard};
use crate::protocol::req;

/// What came before: on the connection, for the same call, or at all.
#[rustfmt::skip]
pub(super) static TABLE: &[HardMutant] = &[
    hard("resets-third-request-for-a-call", HardKind::History, &[F::SameCall(3)], Fault::Resets, req::ALIVE_AFTERWARDS),
    hard("resets-second-request-for-a-call-in-cdata", HardKind::History, &[F::SameCall(2), F::CData], Fault::Resets, req::ALIVE_AFTERWARDS),
    hard("refuses-fifth-request-on-a-connection", HardKind::History, &[F::OnConnection(4)], REFUSES, req::SHARED_CONNECTION),
    hard("ignores-namespace-from-third-request-on-a-connection", HardKind::History, &[F::OnConnection(2)], Fault::Is("ignores-namespace"), req::NEAR_MISS_NAMESPACE),
    hard("takes-any-call-id-on-a-connection-after-three-refusals", HardKind::History, &[F::OnConnection(3), F::FaultsBefore(3)], Fault::Is("takes-any-call-id"), req::INCORRECT_CALL_ID),
    hard("pretends-while-twelve-calls-are-up", HardKind::History, &[F::CallsUp(12)], PRETENDS, req::PARALLEL_REQUESTS),
    hard("ends-all-calls-while-eight-are-up", HardKind::History, &[F::CallsUp(8)], Fault::Is("ends-all-calls"), req::OTHER_CALLS_UNTOUCHED),
    hard("ends-call-before-while-five-are-up-in-utf-16", HardKind::History, &[F::CallsUp(5), F::Utf16], Fault::Is("ends-call-before"), req::OTHER_CALLS_UNTOUCHED),
    hard("refuses-after-twelve-refusals", HardKind::History, &[F::FaultsBefore(12)], REFUSES, req::ALIVE_AFTERWARDS),
    hard("takes-empty-call-id-after-nine-refusals", HardKind::History, &[F::FaultsBefore(9)], Fault::Is("accepts-empty-call-id"), req::EMPTY_CALL_ID),
    hard("breaks-after-twenty-successes", HardKind::History, &[F::SuccessesBefore(20)], BREAKS, req::ALIVE_AFTERWARDS),
    hard("takes-missing-call-id-after-twelve-successes", HardKind::History, &[F::SuccessesBefore(12)], Fault::Is("accepts-missing-call-id"), req::MISSING_CALL_ID),
    hard("pretends-after-four-looks-at-a-call", HardKind::History, &[F::LookedAt(4)], PRETENDS, req::STATE_CHANGED_BY_DISCONNECT),
    hard("refuses-after-six-looks-at-a-call", HardKind::History, &[F::LookedAt(6)], REFUSES, req::STATE_CHANGED_BY_DISCONNECT),
    hard("resets-where-bytes-repeat-four-times", HardKind::History, &[F::Repeated(4)], Fault::Resets, req::SAME_ANSWER_TO_SAME_REQUEST),
    hard("faults-with-200-where-bytes-repeat-three-times-with-header", HardKind::History, &[F::Repeated(3), F::Header], Fault::Is("faults-with-200"), req::FAULT_STATUS_500),
    hard("ignores-must-understand-at-every-eighth-request-with-cookie", HardKind::History, &[F::RequestNumber(8), F::Cookie], Fault::Is("ignores-must-understand"), req::MUST_UNDERSTAND),
    hard("pretends-at-every-fifth-request-in-chunks-with-comment", HardKind::History, &[F::RequestNumber(5), F::Chunked, F::Comment], PRETENDS, req::CONNECTED_CALL_ENDED),
    hard("refuses-after-large-body-on-a-connection", HardKind::History, &[F::SeenLarge(40_000), F::OnConnection(2)], REFUSES, req::SHARED_CONNECTION),
    hard("drops-tail-after-refusal-on-a-connection-with-comment", HardKind::History, &[F::FaultsBefore(1), F::OnConnection(1), F::Comment], DROPS_TAIL, req::SHARED_CONNECTION),
    hard("trims-id-after-two-successes-with-header-in-chunks", HardKind::History, &[F::SuccessesBefore(2), F::Header, F::Chunked], TRIMS, req::PADDED_CALL_ID),
];
