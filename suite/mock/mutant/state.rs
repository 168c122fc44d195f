//! Servers that end the wrong calls, remember what they must not, or reach out to others.

use super::{Bug, Mutant, mutant};

/// What a mutant does differently with its calls and its memory. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum State {
    AcceptsBlankCallId,
    AcceptsEmptyCallId,
    AcceptsMissingCallId,
    ActsBeforeHeaders,
    AlternatesFaults,
    AlwaysSuccess,
    CallInfoCauses,
    CallInfoFaultsOtherwise,
    CallInfoIsIdle,
    CannotEndRingingCall,
    ConnectsToHostOfCallId,
    EchoesCallIdInField,
    EndsAllCalls,
    EndsCallBefore,
    EndsLastCallForUnknownId,
    FetchesEntities,
    FetchesSchemas,
    ForgetsGreetingCalls,
    HangsOnEndedCall,
    HangsUpDespiteFault,
    KeepsOneCall,
    LimitsCallId(usize),
    LookEndsCall,
    LooksUpWhatItLogs,
    NeverEndsCalls,
    PageForEndedCall,
    RemembersCallId,
    TaintedBySoap12,
    TakesAnyCallId,
    TellsGarbage,
}

impl State {
    /// Whether the server connects to addresses that requests name.
    pub(super) fn makes_contact(self) -> bool {
        matches!(
            self,
            Self::ConnectsToHostOfCallId
                | Self::FetchesEntities
                | Self::FetchesSchemas
                | Self::LooksUpWhatItLogs
        )
    }
}

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "accepts-empty-call-id",
        "An empty CallId is answered with success.",
        Bug::State(State::AcceptsEmptyCallId),
    ),
    mutant(
        "accepts-blank-call-id",
        "A CallId of white space, to XML or to the eye, is answered with success.",
        Bug::State(State::AcceptsBlankCallId),
    ),
    mutant(
        "accepts-missing-call-id",
        "A Disconnect without CallId is answered with success.",
        Bug::State(State::AcceptsMissingCallId),
    ),
    mutant(
        "acts-before-reading-headers",
        "A call is ended before its mandatory header is found out not to be known.",
        Bug::State(State::ActsBeforeHeaders),
    ),
    mutant(
        "alternates-faults",
        "A request that comes again is answered by another fault than the first time.",
        Bug::State(State::AlternatesFaults),
    ),
    mutant(
        "always-success",
        "Every POST with a body is answered with the success of Disconnect.",
        Bug::State(State::AlwaysSuccess),
    ),
    mutant(
        "states-causes-too-early",
        "GetCallInfo tells a cause while the call is up.",
        Bug::State(State::CallInfoCauses),
    ),
    mutant(
        "faults-otherwise-in-get-call-info",
        "GetCallInfo answers an unknown id by another fault than Disconnect.",
        Bug::State(State::CallInfoFaultsOtherwise),
    ),
    mutant(
        "states-idle",
        "GetCallInfo says Alerted of a call that rings.",
        Bug::State(State::CallInfoIsIdle),
    ),
    mutant(
        "cannot-end-ringing-call",
        "A call that still rings cannot be ended.",
        Bug::State(State::CannotEndRingingCall),
    ),
    mutant(
        "connects-to-host-of-call-id",
        "The host that a call id names is connected to.",
        Bug::State(State::ConnectsToHostOfCallId),
    ),
    mutant(
        "echoes-call-id-in-field",
        "The call id is echoed in a header field as it is, line breaks included.",
        Bug::State(State::EchoesCallIdInField),
    ),
    mutant("ends-all-calls", "Disconnect ends every call.", Bug::State(State::EndsAllCalls)),
    mutant(
        "ends-call-before",
        "Disconnect ends the call that was placed before the named one.",
        Bug::State(State::EndsCallBefore),
    ),
    mutant(
        "ends-last-call-for-unknown-id",
        "An unknown id is refused, and the call placed last is ended all the same.",
        Bug::State(State::EndsLastCallForUnknownId),
    ),
    mutant(
        "fetches-entities",
        "External entities and subsets are fetched.",
        Bug::State(State::FetchesEntities),
    ),
    mutant(
        "fetches-schemas",
        "Schemas, stylesheets and inclusions that a message names are fetched.",
        Bug::State(State::FetchesSchemas),
    ),
    mutant(
        "forgets-greeting-calls",
        "The calls of PlayOnPhoneGreeting cannot be ended.",
        Bug::State(State::ForgetsGreetingCalls),
    ),
    mutant(
        "hangs-on-ended-call",
        "Disconnect of a call that has ended is never answered.",
        Bug::State(State::HangsOnEndedCall),
    ),
    mutant(
        "hangs-up-despite-fault",
        "A refused Disconnect ends the call all the same.",
        Bug::State(State::HangsUpDespiteFault),
    ),
    mutant(
        "keeps-one-call",
        "A new call takes the place of the one before, whose id is then unknown.",
        Bug::State(State::KeepsOneCall),
    ),
    mutant(
        "ends-call-by-looking",
        "GetCallInfo ends the call that it looks at.",
        Bug::State(State::LookEndsCall),
    ),
    mutant(
        "looks-up-what-it-logs",
        "A lookup in a call id is carried out when the id is logged.",
        Bug::State(State::LooksUpWhatItLogs),
    ),
    mutant(
        "never-ends-calls",
        "Disconnect is answered with success, and the call goes on.",
        Bug::State(State::NeverEndsCalls),
    ),
    mutant(
        "page-for-ended-call",
        "Disconnect of a call that has ended is answered by a page for people.",
        Bug::State(State::PageForEndedCall),
    ),
    mutant(
        "remembers-call-id",
        "A request without a call id is taken for the call of the request before.",
        Bug::State(State::RemembersCallId),
    ),
    mutant(
        "tainted-by-soap12",
        "After an envelope of SOAP 1.2 the next Disconnect is answered by VersionMismatch, whatever it is.",
        Bug::State(State::TaintedBySoap12),
    ),
];
