//! What a mutant does differently with its calls, and out of what it remembers of earlier requests.

use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::rewrite::client_fault;
use super::state::State;
use super::tree::Element;
use crate::evidence::{Reaction, Response};
use crate::message::xml::{Refusal, is_xml_white};
use crate::message::{self, Request as Message, read_request};
use crate::mock::listener::Request;
use crate::mock::server::answer::{AnswerKind, plain, xml};
use crate::mock::server::calls::CallState;
use crate::mock::server::hooks::Hooks;
use crate::mock::server::service::Service;
use crate::protocol::{Defect, InputClass, Operation, names};

/// Longest wait for a contact that a mutant makes.
const CONTACT: Duration = Duration::from_millis(500);

/// The hooks of a mutant that differs in what it does with its calls or remembers.
#[derive(Debug)]
pub(super) struct Remembering {
    state: State,
    kept: Mutex<Kept>,
}

/// What is remembered.
#[derive(Debug, Default)]
struct Kept {
    call_id: String,
    /// Whether the last request bound the prefix `m`, and whether the one before it on its connection did.
    declares: (bool, bool),
    /// How often Disconnect was asked for each call.
    disconnects: HashMap<String, usize>,
    greetings: HashSet<String>,
    /// How often the state of each call was asked for.
    looks: HashMap<String, usize>,
    /// How many of the last requests in a row were GetCallInfo, and how many before this one.
    looks_in_a_row: (usize, usize),
    seen: HashSet<Vec<u8>>,
    tainted: bool,
}

impl Remembering {
    pub(super) fn new(state: State) -> Self {
        Self { state, kept: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing panics while holding the lock.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hooks<Service> for Remembering {
    fn before_request(&self, _service: &Service, request: &Request<'_>) -> Option<Reaction> {
        if self.state == State::ThrottlesAfterTwoLooks {
            let is_look = String::from_utf8_lossy(request.body).contains("<GetCallInfo");
            let mut kept = self.kept();
            let (now, _) = kept.looks_in_a_row;
            kept.looks_in_a_row = (if is_look { now + 1 } else { 0 }, now);
        }
        if self.state == State::KeepsPrefixes {
            let declares = String::from_utf8_lossy(request.body).contains(&declaration());
            let mut kept = self.kept();
            let (now, _) = kept.declares;
            kept.declares = (declares, now && request.arrival.before > 0);
        }
        None
    }

    fn before_reading(&self, service: &Service, body: &[u8], _: Option<&str>) -> Option<Reaction> {
        let text = String::from_utf8_lossy(body);
        let is_disconnect = !text.contains("GetCallInfo") && !text.contains("PlayOnPhone");
        match self.state {
            State::TaintedBySoap12 if is_disconnect => {
                let soap12 = text.contains(names::ENVELOPE_12);
                let tainted = std::mem::replace(&mut self.kept().tainted, soap12);
                tainted.then(|| service.say(AnswerKind::VersionMismatch))
            }
            State::AlwaysSuccess if is_disconnect && !body.is_empty() => {
                let _ = read_request(body, None)
                    .map(|read| service.calls().end(read.call_id().unwrap_or_default()));
                Some(service.say(AnswerKind::Success))
            }
            State::AlternatesFaults if is_disconnect => {
                let mut kept = self.kept();
                let again = !kept.seen.insert(body.to_vec());
                if again {
                    kept.seen.remove(body);
                }
                drop(kept);
                let refused = read_request(body, None).is_err()
                    || read_request(body, None).is_ok_and(|read| {
                        let id = read.call_id().unwrap_or_default();
                        service.calls().peek(id).is_none() && STANDARD.decode(id).is_err()
                    });
                (again && refused).then(|| xml(500, message::write_fault("Server", "Again.")).into())
            }
            State::ActsBeforeHeaders => {
                let root = Element::read(body, None)?;
                if let Some(id) = root.find("CallId").filter(|_| root.child("Header").is_some()) {
                    service.calls().end(&id.text);
                }
                None
            }
            State::FetchesEntities => {
                let text = plain_text(body);
                if text.contains("<!") {
                    contact_all(&text, "SYSTEM");
                    contact_all(&text, "PUBLIC");
                }
                None
            }
            State::FetchesSchemas => {
                for word in ["chemaLocation", "href", "SchemaLocation"] {
                    contact_all(&text, word);
                }
                None
            }
            _ => None,
        }
    }

    fn after_refusal(&self, body: &[u8], _charset: Option<&str>) -> Option<Result<Message, Refusal>> {
        if self.state != State::KeepsPrefixes || !self.kept().declares.1 {
            return None;
        }
        let declared = format!("<m:Disconnect {}>", declaration());
        let text = String::from_utf8_lossy(body).replacen("<m:Disconnect>", &declared, 1);
        read_request(text.as_bytes(), None).ok().map(Ok)
    }

    fn before_ending(&self, service: &Service, id: &str) -> Option<Reaction> {
        let known = service.calls().peek(id);
        let success = || Some(service.say(AnswerKind::Success));
        match self.state {
            State::CannotEndRingingCall if known == Some(CallState::Connecting) => {
                Some(service.say(AnswerKind::InvalidId))
            }
            State::ConnectsToHostOfCallId => {
                let decoded = STANDARD.decode(id).ok().and_then(|octets| String::from_utf8(octets).ok());
                if let Some((_, host)) = decoded.as_deref().and_then(|text| text.split_once('@')) {
                    contact(host);
                }
                None
            }
            State::LooksUpWhatItLogs => {
                if let Some(rest) = id.split("${jndi:ldap://").nth(1) {
                    contact(rest.split(['/', '}']).next().unwrap_or_default());
                }
                None
            }
            State::EchoesCallIdInField => Some(echoed(service, id, known.is_some())),
            State::EndsAllCalls => {
                service.calls().end_all();
                None
            }
            State::EndsAllCallsAtFourth if known.is_some() => {
                let mut kept = self.kept();
                let count = kept.disconnects.entry(id.to_owned()).or_default();
                *count += 1;
                if *count == 4 {
                    service.calls().end_all();
                }
                None
            }
            State::EndsAllCallsWithGreeting if self.kept().greetings.contains(id) => {
                service.calls().end_all();
                None
            }
            State::EndsCallBefore => {
                service.calls().end_before(id);
                None
            }
            State::EndsLastCallForItsHost if known.is_none() && names_our_host(id) => {
                service.calls().end_before(id);
                None
            }
            State::EndsLastCallForUnknownId if known.is_none() => {
                service.calls().end_before(id);
                None
            }
            State::ForgetsCallAfterLooks(most) if self.kept().looks.get(id).is_some_and(|n| *n >= most) => {
                Some(service.say(AnswerKind::InvalidId))
            }
            State::ForgetsGreetingCalls if self.kept().greetings.contains(id) => {
                Some(service.say(AnswerKind::InvalidId))
            }
            State::HangsOnEndedCall if known == Some(CallState::Disconnected) => Some(Reaction::Hang),
            State::PageForEndedCall if known == Some(CallState::Disconnected) => {
                Some(plain(500, "<html>no call</html>").into())
            }
            State::LimitsCallId(most) if id.chars().count() > most => {
                Some(service.say(AnswerKind::Malformed))
            }
            State::NeverEndsCalls if known.is_some() => success(),
            State::RemembersCallId => {
                id.clone_into(&mut self.kept().call_id);
                None
            }
            State::TakesAnyCallId if known.is_none() => success(),
            State::ThrottlesAfterTwoLooks if self.kept().looks_in_a_row.1 >= 2 => {
                Some(xml(500, message::write_fault("Server", "Try again later.")).into())
            }
            State::TellsGarbage => {
                let decoded = STANDARD.decode(id).ok().and_then(|octets| String::from_utf8(octets).ok());
                let named = decoded.is_some_and(|text| text.contains('@'));
                (!named).then(|| xml(500, client_fault()).into())
            }
            State::AcceptsBlankCallId if known.is_none() && id.chars().all(char_of_nothing) => success(),
            _ => None,
        }
    }

    fn before_fault(
        &self,
        service: &Service,
        defect: Defect,
        body: &[u8],
        charset: Option<&str>,
    ) -> Option<Reaction> {
        let success = || Some(service.say(AnswerKind::Success));
        let named = || {
            let root = Element::read(body, charset)?;
            let operation = root.find("Disconnect")?;
            Some(operation.child("CallId")?.text.clone())
        };
        match self.state {
            State::AcceptsEmptyCallId if defect == Defect::CallIdEmpty => success(),
            State::AcceptsBlankCallId if defect.class() == InputClass::BlankCallId => success(),
            State::AcceptsMissingCallId if defect == Defect::CallIdMissing => success(),
            State::TakesAnyCallId
                if matches!(defect.class(), InputClass::OversizedCallId) && defect == Defect::CallIdLong =>
            {
                success()
            }
            State::EndsCallBeforeOn(class) if defect.class() == class => {
                let text = plain_text(body);
                let inside = text.split_once("<CallId>").and_then(|(_, rest)| rest.split_once("</CallId>"));
                if let Some((id, _)) = inside.filter(|(id, _)| service.calls().peek(id).is_some()) {
                    service.calls().end_before(id);
                }
                None
            }
            State::HangsUpDespiteFault => {
                let _ = named().map(|id: String| service.calls().end(&id));
                None
            }
            State::RemembersCallId
                if matches!(defect.class(), InputClass::MissingCallId | InputClass::EmptyCallId) =>
            {
                let id = self.kept().call_id.clone();
                service.calls().end(&id);
                success()
            }
            _ => None,
        }
    }

    fn after_placing(&self, service: &Service, operation: Operation, id: &str) {
        match self.state {
            State::EndsAllCallsWithGreeting | State::ForgetsGreetingCalls
                if operation == Operation::PlayOnPhoneGreeting =>
            {
                self.kept().greetings.insert(id.to_owned());
            }
            State::KeepsOneCall => service.calls().keep_last(),
            _ => {}
        }
    }

    fn before_call_info(&self, service: &Service, id: &str, state: Option<CallState>) -> Option<Response> {
        match (self.state, state) {
            (State::CallInfoFaultsOtherwise, None) => Some(xml(500, message::write_malformed())),
            (State::ForgetsCallAfterLooks(_), Some(_)) => {
                *self.kept().looks.entry(id.to_owned()).or_default() += 1;
                None
            }
            (State::RevivesCalls, Some(CallState::Disconnected)) => {
                let mut kept = self.kept();
                let looks = kept.looks.entry(id.to_owned()).or_default();
                *looks += 1;
                (*looks > 1).then(|| xml(200, message::write_call_info("Connected", "None")))
            }
            (State::LookEndsCall, Some(_)) => {
                service.calls().end(id);
                None
            }
            (State::CallInfoIsIdle, Some(CallState::Connecting)) => {
                Some(xml(200, message::write_call_info("Alerted", "None")))
            }
            (State::CallInfoCauses, Some(up)) if up != CallState::Disconnected => {
                Some(xml(200, message::write_call_info(up.word(), "UserBusy")))
            }
            _ => None,
        }
    }
}

/// The declaration of the prefix `m`.
fn declaration() -> String {
    format!("xmlns:m=\"{}\"", names::MESSAGES)
}

/// The answer to a Disconnect with the id in a header field, as it is.
fn echoed(service: &Service, id: &str, known: bool) -> Reaction {
    let mut lines = id.split("\r\n");
    let first = lines.next().unwrap_or_default();
    service.calls().end(id);
    let reaction = service.say(if known { AnswerKind::Success } else { AnswerKind::InvalidId });
    let Reaction::Answer(mut response) = reaction else { return reaction };
    if first.is_ascii() {
        response.headers.push(("x-call-id", first.to_owned()));
    }
    for line in lines {
        if let Some(("Set-Cookie", value)) = line.split_once(": ") {
            response.headers.push(("set-cookie", value.to_owned()));
        }
    }
    response.into()
}

/// Whether an id is of the form of this service's, and names its host.
fn names_our_host(id: &str) -> bool {
    let decoded = STANDARD.decode(id).ok().and_then(|octets| String::from_utf8(octets).ok());
    decoded.is_some_and(|text| text.ends_with("@mock-um-1.exchange.umspec.example.org"))
}

/// White space, to XML or to the eye.
fn char_of_nothing(c: char) -> bool {
    c.is_whitespace() || is_xml_white(c) || matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// A body as text, of UTF-16 the ASCII characters.
fn plain_text(body: &[u8]) -> String {
    String::from_utf8_lossy(body).replace('\0', "")
}

/// Contacts the addresses of the URLs that follow a word.
fn contact_all(text: &str, word: &str) {
    for rest in text.split(word).skip(1).take(4) {
        for url in rest.split("http://").skip(1).take(2) {
            contact(url.split(['/', '"', '\'', ' ']).next().unwrap_or_default());
        }
    }
}

/// Connects to an address, on this machine only: a mock must not reach anybody else.
fn contact(host: &str) {
    let Ok(address) = host.parse::<SocketAddr>() else { return };
    if matches!(address.ip(), IpAddr::V4(ip) if ip.is_loopback()) {
        let _ = TcpStream::connect_timeout(&address, CONTACT);
    }
}
