//! Clients that place their calls themselves, with one defect each.

use super::exchange::{Got, exchange};
use super::reference::{end_of, request, wait};
use crate::evidence::{Client, ClientCall, ClientEnd};
use crate::message::xml::{self, Limits, Outline};
use crate::message::{
    CallInfo, Draft, HttpRequest, Ids, charset_of, escape_text, issued_call_id, read_call_info,
};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::{Operation, names, req};

/// How often a client asks for the state of its call.
const MOST_LOOKS: usize = 6;

/// A client that places its call, follows it and ends it, as it should or with a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LifeClient {
    /// Does everything right.
    Reference,
    /// Asks for the end of a call before it places one.
    DisconnectsFirst,
    /// Asks for the end of a documented call where none was placed.
    DisconnectsAfterFault,
    /// Keeps to the id that it was issued first.
    KeepsFirstId,
    /// Drops white space around the id.
    TrimsId,
    /// Escapes nothing.
    EscapesNothing,
    /// Encodes the id for a URL.
    EncodesId,
    /// Sends the first 100 characters of the id.
    CutsId,
    /// Breaks off on states that it does not know.
    CrashesOnStates,
    /// Breaks off on causes.
    CrashesOnCauses,
    /// Gives up a call that is not Connected at once.
    IsImpatient,
    /// Never asks for the end.
    NeverDisconnects,
    /// Sends the id to the EWS operation's action.
    UsesOtherAction,
}

impl LifeClient {
    /// Every client with a defect, and the case that must fail it, and for what.
    pub const MUTANTS: [(Self, KilledBy); 12] = [
        (Self::DisconnectsFirst, by("life/plain", req::CALL_BEFORE_DISCONNECT)),
        (Self::DisconnectsAfterFault, by("life/no-answer-instead-of-call", req::CALL_BEFORE_DISCONNECT)),
        (Self::KeepsFirstId, by("life/call-after-call", req::CALL_ID_AS_ISSUED)),
        (Self::TrimsId, by("life/id-with-blanks", req::CALL_ID_AS_ISSUED)),
        (Self::EscapesNothing, by("life/id-with-markup", req::MARKUP_ESCAPED)),
        (Self::EncodesId, by("life/id-with-signs", req::CALL_ID_AS_ISSUED)),
        (Self::CutsId, by("life/longest-id", req::CALL_ID_AS_ISSUED)),
        (Self::CrashesOnStates, by("life/state-forwarding", req::CLIENT_LIMITS)),
        (Self::CrashesOnCauses, by("life/cause-unavailable", req::CLIENT_LIMITS)),
        (Self::IsImpatient, by("life/rings-long", req::CONNECTED_CALL_ENDED)),
        (Self::NeverDisconnects, by("life/short-id", req::OK_STATUS_WITHOUT_RESPONSE)),
        (Self::UsesOtherAction, by("life/plain", req::SOAP_ACTION_VALUE)),
    ];

    fn ask(self, call: &ClientCall<'_>, operation: Operation, values: &[&str]) -> Got {
        let written = |value: &&str| match self {
            Self::EscapesNothing => (*value).to_owned(),
            _ => escape_text(value),
        };
        let draft = Draft::plain(operation, values.iter().map(written).collect());
        let mut request: HttpRequest = draft.write(&Ids::default());
        if self == Self::UsesOtherAction && operation == Operation::Disconnect {
            let action = format!("\"{}/DisconnectPhoneCall\"", names::MESSAGES);
            request.set_header("soapaction", Some(action));
        }
        exchange(call.url, &request, wait(call))
    }

    /// What this client makes of an id.
    fn id(self, issued: String) -> String {
        match self {
            Self::TrimsId => issued.trim().to_owned(),
            Self::EncodesId => issued.replace('%', "%25").replace('+', "%2B"),
            Self::CutsId => issued.chars().take(100).collect(),
            Self::KeepsFirstId => names::SAMPLE_CALL_ID.to_owned(),
            _ => issued,
        }
    }

    /// Waits until the call is answered; how it ends, if it does before.
    fn follow(self, call: &ClientCall<'_>, id: &str) -> Option<ClientEnd> {
        for _ in 0..MOST_LOOKS {
            let got = self.ask(call, Operation::GetCallInfo, &[id]);
            let Some(CallInfo { state, cause }) = info(&got) else { return Some(ClientEnd::Refused) };
            let known = matches!(state.as_str(), "Connecting" | "Connected" | "Disconnected");
            if (self == Self::CrashesOnStates && !known) || (self == Self::CrashesOnCauses && cause != "None")
            {
                return Some(ClientEnd::Crashed("an error that nobody catches".to_owned()));
            }
            match state.as_str() {
                "Connected" => return None,
                "Disconnected" => return Some(ClientEnd::Refused),
                _ if self == Self::IsImpatient => return Some(ClientEnd::Refused),
                _ => {}
            }
        }
        None
    }
}

impl Client for LifeClient {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        if *self == Self::DisconnectsFirst {
            exchange(call.url, &request(names::SAMPLE_CALL_ID), wait(call));
        }
        let placed = self.ask(call, Operation::PlayOnPhone, &["AAMk", "5550100"]);
        let id = match issued(&placed) {
            Some(issued) => self.id(issued),
            None if *self == Self::DisconnectsAfterFault => {
                exchange(call.url, &request(names::SAMPLE_CALL_ID), wait(call));
                return ClientEnd::Refused;
            }
            None => return ClientEnd::Refused,
        };
        if let Some(end) = self.follow(call, &id) {
            return end;
        }
        if *self == Self::NeverDisconnects {
            return ClientEnd::Disconnected;
        }
        end_of(&self.ask(call, Operation::Disconnect, &[&id]))
    }
}

fn issued(got: &Got) -> Option<String> {
    outlined(got, |outline| issued_call_id(outline, Operation::PlayOnPhone))
}

fn info(got: &Got) -> Option<CallInfo> {
    outlined(got, read_call_info)
}

fn outlined<T>(got: &Got, read: impl FnOnce(&Outline<'_>) -> Option<T>) -> Option<T> {
    let charset = got.header("content-type").and_then(charset_of);
    let decoded = xml::decode(&got.body, charset.as_deref()).ok()?;
    read(&Outline::of(&decoded, &Limits::default()).ok()?)
}
