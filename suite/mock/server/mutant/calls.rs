//! Servers that end the wrong calls, remember what they must not, or reach out to others.

use super::bug::{Bug, Mutant, mutant};
use super::state::State;
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "accepts-empty-call-id",
        "An empty CallId is answered with success.",
        by("call-id/empty-open-close", req::EMPTY_CALL_ID),
        Bug::State(State::AcceptsEmptyCallId),
    ),
    mutant(
        "accepts-blank-call-id",
        "A CallId of white space, to XML or to the eye, is answered with success.",
        by("call-id/blank-space", req::INCORRECT_CALL_ID),
        Bug::State(State::AcceptsBlankCallId),
    ),
    mutant(
        "accepts-missing-call-id",
        "A Disconnect without CallId is answered with success.",
        by("call-id/missing-self-closed", req::MISSING_CALL_ID),
        Bug::State(State::AcceptsMissingCallId),
    ),
    mutant(
        "acts-before-reading-headers",
        "A call is ended before its mandatory header is found out not to be known.",
        by("header/mandatory", req::HEADERS_CHECKED_FIRST),
        Bug::State(State::ActsBeforeHeaders),
    ),
    mutant(
        "alternates-faults",
        "A request that is malformed, or whose id is, is answered by another fault when it comes again.",
        by("fault/malformed-repeats-alike", req::SAME_ANSWER_TO_SAME_REQUEST),
        Bug::State(State::AlternatesFaults),
    ),
    mutant(
        "always-success",
        "Every POST with a body is answered with the success of Disconnect.",
        by("call-id/missing-self-closed", req::MISSING_CALL_ID),
        Bug::State(State::AlwaysSuccess),
    ),
    mutant(
        "states-causes-too-early",
        "GetCallInfo tells a cause while the call is up.",
        by("lifecycle/looking-changes-nothing", req::EVENT_CAUSE),
        Bug::State(State::CallInfoCauses),
    ),
    mutant(
        "faults-otherwise-in-get-call-info",
        "GetCallInfo answers an unknown id by another fault than Disconnect.",
        by("fault/same-for-both-operations", req::SAME_FAULT_FROM_GET_CALL_INFO),
        Bug::State(State::CallInfoFaultsOtherwise),
    ),
    mutant(
        "states-idle",
        "GetCallInfo says Alerted of a call that rings.",
        by("lifecycle/disconnect-connected-call", req::STATES_NEVER_SHOWN),
        Bug::State(State::CallInfoIsIdle),
    ),
    mutant(
        "cannot-end-ringing-call",
        "A call that still rings cannot be ended.",
        by("lifecycle/disconnect-connecting-call", req::CONNECTING_CALL_ENDED),
        Bug::State(State::CannotEndRingingCall),
    ),
    mutant(
        "connects-to-host-of-call-id",
        "The host that a call id names is connected to.",
        by("call-id/host-canary", req::CALL_ID_HOST_NOT_TRUSTED),
        Bug::State(State::ConnectsToHostOfCallId),
    ),
    mutant(
        "echoes-call-id-in-field",
        "The call id is echoed in a header field as it is, line breaks included.",
        by("call-id/injection-line-break", req::CALL_ID_IS_DATA),
        Bug::State(State::EchoesCallIdInField),
    ),
    mutant(
        "ends-all-calls",
        "Disconnect ends every call.",
        by("lifecycle/other-call-stays-up", req::OTHER_CALLS_UNTOUCHED),
        Bug::State(State::EndsAllCalls),
    ),
    mutant(
        "ends-call-before",
        "Disconnect ends the call that was placed before the named one.",
        by("lifecycle/earlier-call-stays-up", req::OTHER_CALLS_UNTOUCHED),
        Bug::State(State::EndsCallBefore),
    ),
    mutant(
        "ends-last-call-for-unknown-id",
        "An unknown id is refused, and the call placed last is ended all the same.",
        by("call-id/garbage-word", req::NO_EFFECT_OF_REFUSED),
        Bug::State(State::EndsLastCallForUnknownId),
    ),
    mutant(
        "fetches-entities",
        "External entities and subsets are fetched.",
        by("dtd/system-subset", req::NO_EXTERNAL_ENTITIES),
        Bug::State(State::FetchesEntities),
    ),
    mutant(
        "fetches-schemas",
        "Schemas, stylesheets and inclusions that a message names are fetched.",
        by("dtd/inclusion-in-header", req::NO_EXTERNAL_ENTITIES),
        Bug::State(State::FetchesSchemas),
    ),
    mutant(
        "forgets-call-after-three-looks",
        "A call whose state was asked for three times cannot be ended any more.",
        by("lifecycle/looking-changes-nothing", req::STATE_CHANGED_BY_DISCONNECT),
        Bug::State(State::ForgetsCallAfterLooks(3)),
    ),
    mutant(
        "forgets-greeting-calls",
        "The calls of PlayOnPhoneGreeting cannot be ended.",
        by("lifecycle/greeting-call", req::ID_FROM_PLAY_ON_PHONE_GREETING),
        Bug::State(State::ForgetsGreetingCalls),
    ),
    mutant(
        "hangs-on-ended-call",
        "Disconnect of a call that has ended is never answered.",
        by("lifecycle/disconnect-twice", req::ALIVE_AFTERWARDS),
        Bug::State(State::HangsOnEndedCall),
    ),
    mutant(
        "hangs-up-despite-fault",
        "A refused Disconnect ends the call all the same.",
        by("namespace/disconnect-types", req::NO_EFFECT_OF_REFUSED),
        Bug::State(State::HangsUpDespiteFault),
    ),
    mutant(
        "keeps-one-call",
        "A new call takes the place of the one before, whose id is then unknown.",
        by("lifecycle/parallel-different-calls", req::PARALLEL_REQUESTS),
        Bug::State(State::KeepsOneCall),
    ),
    mutant(
        "ends-call-by-looking",
        "GetCallInfo ends the call that it looks at.",
        by("lifecycle/looking-changes-nothing", req::STATE_CHANGED_BY_DISCONNECT),
        Bug::State(State::LookEndsCall),
    ),
    mutant(
        "looks-up-what-it-logs",
        "A lookup in a call id is carried out when the id is logged.",
        by("call-id/injection-lookup-of-a-logger-at-canary", req::CALL_ID_HOST_NOT_TRUSTED),
        Bug::State(State::LooksUpWhatItLogs),
    ),
    mutant(
        "never-ends-calls",
        "Disconnect is answered with success, and the call goes on.",
        by("lifecycle/disconnect-connected-call", req::CONNECTED_CALL_ENDED),
        Bug::State(State::NeverEndsCalls),
    ),
    mutant(
        "page-for-ended-call",
        "Disconnect of a call that has ended is answered by a page for people.",
        by("lifecycle/parallel-same-call", req::INVALID_ID_FAULT),
        Bug::State(State::PageForEndedCall),
    ),
    mutant(
        "remembers-call-id",
        "A request without a call id is taken for the call of the request before.",
        by("connection/no-id-after-an-id", req::MISSING_CALL_ID),
        Bug::State(State::RemembersCallId),
    ),
    mutant(
        "throttles-after-two-looks-in-a-row",
        "After two GetCallInfo in a row the client has used up its budget, and its Disconnect is refused as well.",
        by("lifecycle/disconnect-connected-call", req::CONNECTED_CALL_ENDED),
        Bug::State(State::ThrottlesAfterTwoLooks),
    ),
    mutant(
        "tainted-by-soap12",
        "After an envelope of SOAP 1.2 the next Disconnect is answered by VersionMismatch, whatever it is.",
        by("envelope/soap12", req::ALIVE_AFTERWARDS),
        Bug::State(State::TaintedBySoap12),
    ),
    mutant(
        "keeps-prefixes-of-request-before",
        "The prefixes that a request declares hold for the next one on its connection.",
        by("connection/prefix-of-request-before", req::WELL_FORMED),
        Bug::State(State::KeepsPrefixes),
    ),
];
