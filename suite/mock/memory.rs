//! What a mutant remembers from one request to the next, and what it does out of it.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::mutant::{Element, Said, State, client_fault};
use super::service::{plain, xml};
use super::{CallState, Service};
use crate::evidence::{Reaction, Response};
use crate::message::xml::is_xml_white;
use crate::message::{self, read_request};
use crate::protocol::{Defect, InputClass, Operation, names};

/// Longest wait for a contact that a mutant makes.
const CONTACT: Duration = Duration::from_millis(500);

/// What a mutant remembers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Connections that are still refused after a crash.
    down: usize,
    call_id: String,
    greetings: HashSet<String>,
    seen: HashSet<Vec<u8>>,
    tainted: bool,
}

impl Memory {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing panics while holding the lock.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the process has crashed and is not up again; a look brings that nearer.
    pub(super) fn is_down(&self) -> bool {
        let mut kept = self.kept();
        let down = kept.down > 0;
        kept.down = kept.down.saturating_sub(1);
        down
    }
}

impl Service {
    /// The process crashes, and the next request meets it on its way up.
    pub(super) fn crash(&self) -> Reaction {
        self.memory.kept().down = 1;
        Reaction::Reset
    }

    /// What comes of a message before it is read, out of what came before.
    pub(super) fn remembered(&self, body: &[u8]) -> Option<Reaction> {
        let text = String::from_utf8_lossy(body);
        let is_disconnect = !text.contains("GetCallInfo") && !text.contains("PlayOnPhone");
        match self.state()? {
            State::TaintedBySoap12 if is_disconnect => {
                let soap12 = text.contains(names::ENVELOPE_12);
                let tainted = std::mem::replace(&mut self.memory.kept().tainted, soap12);
                tainted.then(|| self.said(Said::VersionMismatch))
            }
            State::AlwaysSuccess if is_disconnect && !body.is_empty() => {
                let _ = read_request(body, None).map(|read| self.end(read.call_id().unwrap_or_default()));
                Some(self.said(Said::Success))
            }
            State::AlternatesFaults if is_disconnect => {
                let mut kept = self.memory.kept();
                let again = !kept.seen.insert(body.to_vec());
                if again {
                    kept.seen.remove(body);
                }
                drop(kept);
                let refused = read_request(body, None).is_err()
                    || read_request(body, None)
                        .is_ok_and(|read| self.calls.peek(read.call_id().unwrap_or_default()).is_none());
                (again && refused).then(|| xml(500, message::write_fault("Server", "Again.")).into())
            }
            State::ActsBeforeHeaders => {
                let root = Element::read(body, None)?;
                if let Some(id) = root.find("CallId").filter(|_| root.child("Header").is_some()) {
                    self.end(&id.text);
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

    /// What comes of a Disconnect that could be read, where it is not the right thing.
    pub(super) fn ended_otherwise(&self, id: &str) -> Option<Reaction> {
        let state = self.state()?;
        let known = self.calls.peek(id);
        let success = || Some(self.said(Said::Success));
        match state {
            State::CannotEndRingingCall if known == Some(CallState::Connecting) => {
                Some(self.said(Said::InvalidId))
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
            State::EchoesCallIdInField => Some(self.echoed(id, known.is_some())),
            State::EndsAllCalls => {
                self.calls.end_all();
                None
            }
            State::EndsCallBefore => {
                self.calls.end_before(id);
                None
            }
            State::EndsLastCallForUnknownId if known.is_none() => {
                self.calls.end_before(id);
                None
            }
            State::ForgetsGreetingCalls if self.memory.kept().greetings.contains(id) => {
                Some(self.said(Said::InvalidId))
            }
            State::HangsOnEndedCall if known == Some(CallState::Disconnected) => Some(Reaction::Hang),
            State::PageForEndedCall if known == Some(CallState::Disconnected) => {
                Some(plain(500, "<html>no call</html>").into())
            }
            State::LimitsCallId(most) if id.chars().count() > most => Some(self.said(Said::Malformed)),
            State::NeverEndsCalls if known.is_some() => success(),
            State::RemembersCallId => {
                id.clone_into(&mut self.memory.kept().call_id);
                None
            }
            State::TakesAnyCallId if known.is_none() => success(),
            State::TellsGarbage => {
                let decoded = STANDARD.decode(id).ok().and_then(|octets| String::from_utf8(octets).ok());
                let named = decoded.is_some_and(|text| text.contains('@'));
                (!named).then(|| xml(500, client_fault()).into())
            }
            State::AcceptsBlankCallId if known.is_none() && id.chars().all(char_of_nothing) => success(),
            _ => None,
        }
    }

    /// What comes of a refused request, where it is not the right fault.
    pub(super) fn refused_otherwise(
        &self,
        defect: Defect,
        body: &[u8],
        charset: Option<&str>,
    ) -> Option<Reaction> {
        let success = || Some(self.said(Said::Success));
        let named = || {
            let root = Element::read(body, charset)?;
            let operation = root.find("Disconnect")?;
            Some(operation.child("CallId")?.text.clone())
        };
        match self.state()? {
            State::AcceptsEmptyCallId if defect == Defect::CallIdEmpty => success(),
            State::AcceptsBlankCallId if defect.class() == InputClass::BlankCallId => success(),
            State::AcceptsMissingCallId if defect == Defect::CallIdMissing => success(),
            State::TakesAnyCallId
                if matches!(defect.class(), InputClass::OversizedCallId) && defect == Defect::CallIdLong =>
            {
                success()
            }
            State::HangsUpDespiteFault => {
                let _ = named().map(|id: String| self.end(&id));
                None
            }
            State::RemembersCallId
                if matches!(defect.class(), InputClass::MissingCallId | InputClass::EmptyCallId) =>
            {
                let id = self.memory.kept().call_id.clone();
                self.end(&id);
                success()
            }
            _ => None,
        }
    }

    /// Places a call.
    pub(super) fn placed(&self, operation: Operation, values: &[String]) -> Option<String> {
        let id = self.calls.place(&values.join("\n"))?;
        match self.state() {
            Some(State::ForgetsGreetingCalls) if operation == Operation::PlayOnPhoneGreeting => {
                self.memory.kept().greetings.insert(id.clone());
            }
            Some(State::KeepsOneCall) => self.calls.keep_last(),
            _ => {}
        }
        Some(id)
    }

    /// The answer of GetCallInfo.
    pub(super) fn call_info(&self, id: &str) -> Response {
        let bug = self.state();
        let Some(state) = self.calls.look(id) else {
            if bug == Some(State::CallInfoFaultsOtherwise) {
                return xml(500, message::write_malformed());
            }
            return xml(500, message::write_invalid_call_id());
        };
        if bug == Some(State::LookEndsCall) {
            self.end(id);
        }
        let up = state != CallState::Disconnected;
        let word = match bug {
            Some(State::CallInfoIsIdle) if state == CallState::Connecting => "Alerted",
            _ => state.word(),
        };
        let cause = if bug == Some(State::CallInfoCauses) && up { "UserBusy" } else { "None" };
        xml(200, message::write_call_info(word, cause))
    }

    /// The answer to a Disconnect with the id in a header field, as it is.
    fn echoed(&self, id: &str, known: bool) -> Reaction {
        let mut lines = id.split("\r\n");
        let first = lines.next().unwrap_or_default();
        self.end(id);
        let reaction = self.said(if known { Said::Success } else { Said::InvalidId });
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
