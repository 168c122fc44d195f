use crate::protocol::InputClass;

/// What a mutant does differently with its calls and its memory. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock::server) enum State {
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
    EndsAllCallsAtFourth,
    EndsAllCallsWithGreeting,
    EndsCallBefore,
    EndsCallBeforeOn(InputClass),
    EndsLastCallForItsHost,
    EndsLastCallForUnknownId,
    FetchesEntities,
    FetchesSchemas,
    ForgetsCallAfterLooks(usize),
    ForgetsGreetingCalls,
    HangsOnEndedCall,
    HangsUpDespiteFault,
    KeepsOneCall,
    KeepsPrefixes,
    LimitsCallId(usize),
    LookEndsCall,
    LooksUpWhatItLogs,
    NeverEndsCalls,
    PageForEndedCall,
    RemembersCallId,
    RevivesCalls,
    TaintedBySoap12,
    TakesAnyCallId,
    TellsGarbage,
    ThrottlesAfterTwoLooks,
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
