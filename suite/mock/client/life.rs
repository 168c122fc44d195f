//! Clients that place their calls themselves, with one defect each.

use super::exchange::{Got, exchange, exchange_by};
use super::reference::{end_of, request, wait};
use super::way::{USUAL, Way};
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
    /// Takes every call for ended whose end it has asked for.
    BelievesItself,
    /// Breaks off on states that it does not know.
    CrashesOnStates,
    /// Breaks off on causes.
    CrashesOnCauses,
    /// Gives up a call that is not Connected at the second look.
    GivesUpSoon,
    /// Gives up a call that is not Connected at once.
    IsImpatient,
    /// Looks again at a call that is Connected.
    LooksAgain,
    /// Never asks for the end.
    NeverDisconnects,
    /// Reads to the end of each connection.
    ReadsToTheEnd,
    /// Sends the id to the EWS operation's action.
    UsesOtherAction,
}

impl LifeClient {
    /// Every client with a defect, and the case that must fail it, and for what.
    pub const MUTANTS: [(Self, KilledBy); 16] = [
        (Self::DisconnectsFirst, by("life/plain", req::CALL_BEFORE_DISCONNECT)),
        (Self::DisconnectsAfterFault, by("life/no-answer-instead-of-call", req::CALL_BEFORE_DISCONNECT)),
        (Self::KeepsFirstId, by("life/call-after-call", req::CALL_ID_AS_ISSUED)),
        (Self::TrimsId, by("life/id-with-blanks", req::CALL_ID_AS_ISSUED)),
        (Self::EscapesNothing, by("life/id-with-markup", req::MARKUP_ESCAPED)),
        (Self::EncodesId, by("life/id-with-signs", req::CALL_ID_AS_ISSUED)),
        (Self::CutsId, by("life/longest-id", req::CALL_ID_AS_ISSUED)),
        (Self::BelievesItself, by("life/fault-for-disconnect", req::OK_STATUS_WITHOUT_RESPONSE)),
        (Self::CrashesOnStates, by("life/state-forwarding", req::CLIENT_COMES_TO_AN_END)),
        (Self::CrashesOnCauses, by("life/cause-unavailable", req::CLIENT_COMES_TO_AN_END)),
        (Self::GivesUpSoon, by("life/rings-long", req::ANY_SPELLING_OF_ANSWER)),
        (Self::LooksAgain, by("life/ends-after-disconnect", req::ANY_SPELLING_OF_ANSWER)),
        (Self::IsImpatient, by("life/rings-long", req::CONNECTED_CALL_ENDED)),
        (Self::NeverDisconnects, by("life/short-id", req::OK_STATUS_WITHOUT_RESPONSE)),
        (Self::ReadsToTheEnd, by("life/kept-connection", req::CLIENT_COMES_TO_AN_END)),
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
        let way = Way { reads_to_end: self == Self::ReadsToTheEnd, closes: false, ..USUAL };
        exchange_by(call.url, &request, wait(call), &way)
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
        for look in 0..MOST_LOOKS {
            let got = self.ask(call, Operation::GetCallInfo, &[id]);
            let Some(CallInfo { state, cause, .. }) = info(&got) else { return Some(ClientEnd::Refused) };
            let known = matches!(state.as_str(), "Connecting" | "Connected" | "Disconnected");
            if (self == Self::CrashesOnStates && !known) || (self == Self::CrashesOnCauses && cause != "None")
            {
                return Some(ClientEnd::Crashed("an error that nobody catches".to_owned()));
            }
            match state.as_str() {
                "Connected" if self == Self::LooksAgain && look == 0 => {}
                "Connected" => return None,
                "Disconnected" => return Some(ClientEnd::Refused),
                _ if self == Self::IsImpatient || self == Self::GivesUpSoon && look > 0 => {
                    return Some(ClientEnd::Refused);
                }
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
        if placed.unended && placed.complete {
            return ClientEnd::Hung;
        }
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
        let ended = self.ask(call, Operation::Disconnect, &[&id]);
        if *self == Self::BelievesItself { ClientEnd::Disconnected } else { end_of(&ended) }
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
