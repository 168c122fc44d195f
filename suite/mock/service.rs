use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::memory::Memory;
use super::mutant::{Bug, Element, Mutant, Said, State};
use super::wire::React;
use super::{CallState, Calls, Request};
use crate::evidence::{Reaction, Response};
use crate::message::{self, ContentType, read_request};
use crate::protocol::{self, Defect, InputClass, Operation, names};

/// The UM service as far as calls are placed, looked at and ended.
#[derive(Debug, Default)]
pub struct Service {
    mutant: Option<&'static Mutant>,
    /// The Authorization value that is asked for.
    authorization: Option<String>,
    pub(super) calls: Calls,
    pub(super) memory: Memory,
}

impl Service {
    /// A service that does everything right.
    pub fn strict() -> Self {
        Self::default()
    }

    /// A service with one defect.
    pub fn mutant(mutant: &'static Mutant) -> Self {
        let calls = match mutant.bug {
            Bug::CallIds(key) => Calls::kept_by(key),
            _ => Calls::default(),
        };
        Self { mutant: Some(mutant), calls, ..Self::default() }
    }

    /// The same service, which asks for Basic authentication (OXWUMS 1.7).
    #[must_use]
    pub fn with_basic(mut self, user: &str, password: &str) -> Self {
        self.authorization = Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))));
        self
    }

    /// The defect of this service.
    pub(super) fn bug(&self) -> Option<Bug> {
        self.mutant.map(|mutant| mutant.bug)
    }

    pub(super) fn state(&self) -> Option<State> {
        match self.bug() {
            Some(Bug::State(state)) => Some(state),
            _ => None,
        }
    }

    /// The state of a call, as GetCallInfo tells it; `None` for an id that was never issued.
    pub fn call_state(&self, id: &str) -> Option<CallState> {
        self.calls.look(id)
    }

    /// Ends a call; false if there is none.
    pub(super) fn end(&self, id: &str) -> bool {
        self.calls.end(id)
    }

    /// Answers a request: authentication, then HTTP, then the message (precedence of the decision
    /// table).
    pub fn answer(&self, request: &Request<'_>) -> Reaction {
        if self.memory.is_down() {
            return Reaction::Reset;
        }
        match self.bug() {
            Some(Bug::Http(react)) => {
                if let Some(reaction) = react(self, request) {
                    return reaction;
                }
            }
            Some(Bug::Hangs(when)) if when(request) => return Reaction::Hang,
            Some(Bug::Status(when, status)) if self.knows(request) && when(request) => {
                return plain(status, "refused").into();
            }
            _ => {}
        }
        if !self.knows(request) {
            let mut response = plain(401, "authentication is required");
            response.headers.push(("www-authenticate", "Basic realm=\"UM\"".to_owned()));
            return response.into();
        }
        self.beyond_authentication(request)
    }

    /// Whether the credentials of a request are the right ones.
    pub(super) fn knows(&self, request: &Request<'_>) -> bool {
        self.authorization.is_none() || request.field("authorization") == self.authorization.as_deref()
    }

    pub(super) fn beyond_authentication(&self, request: &Request<'_>) -> Reaction {
        let asked = request.path.rsplit('/').next().unwrap_or_default();
        if request.method == "GET"
            && let Some(description) = description(request.query.unwrap_or(asked))
        {
            return xml(200, description.to_owned()).into();
        }
        if !request.path.eq_ignore_ascii_case(names::ENDPOINT_PATH) {
            return plain(404, "there is nothing here").into();
        }
        if request.method != "POST" {
            let mut response = plain(405, "only POST is understood here");
            response.headers.push(("allow", "POST".to_owned()));
            return response.into();
        }
        match request.field("content-type").and_then(ContentType::parse) {
            Some(content_type) if content_type.media_type == names::MEDIA_TYPE => self.message(request),
            _ => plain(415, "the media type must be text/xml").into(),
        }
    }

    /// Processes a message, whatever its media type.
    pub(super) fn message(&self, request: &Request<'_>) -> Reaction {
        let charset = request.field("content-type").and_then(ContentType::parse).and_then(|c| c.charset);
        let misread = match self.bug() {
            Some(Bug::Misreads(misread)) => Some(misread(request.body)),
            _ => None,
        };
        let body = misread.as_deref().unwrap_or(request.body);
        if let Some(reaction) = self.remembered(body) {
            return reaction;
        }
        let reading = match read_request(body, charset.as_deref()) {
            Err(refusal) => self.taken_for(body, charset.as_deref()).unwrap_or(Err(refusal)),
            read => read,
        };
        let reaction = match reading {
            Ok(read) if read.operation != Operation::Disconnect => self.other(&read),
            Ok(_) if self.refuses(body) => self.said(Said::Malformed),
            Ok(read) => self.disconnect(read.call_id().unwrap_or_default()),
            Err(refusal) => self.refused(refusal.defect, body, charset.as_deref()),
        };
        if let Some(Bug::Also(more)) = self.bug()
            && let Some(root) = Element::read(body, charset.as_deref())
        {
            for id in more(&root) {
                self.end(&id);
            }
        }
        reaction
    }

    /// What a lenient mutant makes of a message that the strict reader refuses.
    fn taken_for(
        &self,
        body: &[u8],
        charset: Option<&str>,
    ) -> Option<Result<message::Request, message::xml::Refusal>> {
        let bytes = match self.bug()? {
            Bug::Lenient(change) => {
                let mut root = Element::read(body, charset)?;
                change(&mut root);
                root.write()
            }
            Bug::CallIds(key) => {
                // A server that keeps less than it is sent has no use for a limit of its own.
                let mut root = Element::read(body, charset)?;
                root.for_each(&mut |element| {
                    if element.local == "CallId" {
                        element.text = key(&element.text);
                    }
                });
                root.write()
            }
            Bug::Repairs(repair) => {
                // What cannot be repaired is refused for what it is.
                return repair(body).and_then(|bytes| read_request(&bytes, None).ok()).map(Ok);
            }
            _ => return None,
        };
        Some(read_request(&bytes, None))
    }

    /// Whether an over-strict mutant refuses a legal message.
    fn refuses(&self, body: &[u8]) -> bool {
        matches!(self.bug(), Some(Bug::Refuses(refuses)) if refuses(&String::from_utf8_lossy(body)))
    }

    pub(super) fn disconnect(&self, id: &str) -> Reaction {
        if let Some(reaction) = self.ended_otherwise(id) {
            return reaction;
        }
        self.said(if self.end(id) { Said::Success } else { Said::InvalidId })
    }

    fn other(&self, request: &message::Request) -> Reaction {
        let id = request.call_id().unwrap_or_default();
        match request.operation {
            Operation::GetCallInfo => self.call_info(id).into(),
            operation => match self.placed(operation, &request.values) {
                Some(id) => xml(200, message::write_issued(operation, &id)).into(),
                None => xml(500, message::write_fault("Server", "No line is free.")).into(),
            },
        }
    }

    fn refused(&self, defect: Defect, body: &[u8], charset: Option<&str>) -> Reaction {
        if let Some(Bug::Faults(fault)) = self.bug()
            && let Some(response) = fault(defect)
        {
            return response.into();
        }
        if let Some(reaction) = self.refused_otherwise(defect, body, charset) {
            return reaction;
        }
        self.said(match defect.class() {
            InputClass::EnvelopeNamespace => Said::VersionMismatch,
            InputClass::MandatoryHeader => Said::MustUnderstand,
            InputClass::EmptyCallId | InputClass::BlankCallId => Said::InvalidId,
            InputClass::OversizedCallId if defect == Defect::CallIdLong => Said::InvalidId,
            _ => Said::Malformed,
        })
    }

    /// The answer to Disconnect that says this.
    pub(super) fn said(&self, said: Said) -> Reaction {
        let (status, body) = match said {
            Said::Success => (200, message::write_success()),
            Said::InvalidId => (500, message::write_invalid_call_id()),
            Said::Malformed => (500, message::write_malformed()),
            Said::MustUnderstand => {
                (500, message::write_fault("MustUnderstand", "A header entry is not understood."))
            }
            Said::VersionMismatch => {
                (500, message::write_fault("VersionMismatch", "The envelope is not one of SOAP 1.1."))
            }
        };
        match self.bug() {
            Some(Bug::Answers(change)) => change(said, xml(status, body)),
            _ => xml(status, body).into(),
        }
    }
}

impl React for Service {
    fn react(&self, request: &Request<'_>) -> Reaction {
        self.answer(request)
    }

    fn takes_broken_framing(&self) -> bool {
        matches!(self.bug(), Some(Bug::Framing))
    }

    fn react_to_broken_framing(&self, status: u16) -> Reaction {
        match self.bug() {
            Some(Bug::HangsOnFraming) => Reaction::Hang,
            _ => Response::empty(status).into(),
        }
    }

    fn takes_turns(&self) -> bool {
        matches!(self.bug(), Some(Bug::TakesTurns))
    }
}

/// The WSDL by `?wsdl`, and the schemas by the names under which it includes them.
fn description(asked: &str) -> Option<&'static str> {
    match asked.to_ascii_lowercase().as_str() {
        "wsdl" => Some(protocol::WSDL),
        "messages.xsd" => Some(protocol::MESSAGES_XSD),
        "types.xsd" => Some(protocol::TYPES_XSD),
        _ => None,
    }
}

pub(super) fn xml(status: u16, body: String) -> Response {
    let headers = vec![("content-type", names::CONTENT_TYPE.to_owned())];
    Response { status, headers, body: body.into_bytes() }
}

pub(super) fn plain(status: u16, text: &str) -> Response {
    let headers = vec![("content-type", "text/plain; charset=utf-8".to_owned())];
    Response { status, headers, body: format!("{text}\n").into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::CallId;
    use crate::message::xml::{Limits, Outline};

    struct Answered {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    }

    fn answered(service: &Service, request: &Request<'_>) -> Answered {
        let Reaction::Answer(response) = service.answer(request) else { panic!("no answer") };
        let body = String::from_utf8(response.body).unwrap();
        Answered { status: response.status, headers: response.headers, body }
    }

    fn post(service: &Service, body: &str) -> Answered {
        let headers = [("Content-Type".to_owned(), names::CONTENT_TYPE.to_owned())];
        let path = names::ENDPOINT_PATH;
        let body = body.as_bytes();
        answered(
            service,
            &Request { version: "1.1", method: "POST", path, query: None, headers: &headers, body },
        )
    }

    fn place(service: &Service) -> String {
        let answer = post(service, &message::write_request(Operation::PlayOnPhone, &["ZW50cnk=", "5550100"]));
        let outline = Outline::parse(&answer.body, &Limits::default()).unwrap();
        message::issued_call_id(&outline, Operation::PlayOnPhone).unwrap()
    }

    #[test]
    fn a_call_lives_from_play_on_phone_to_disconnect() {
        let service = Service::strict();
        let id = place(&service);
        let look = || post(&service, &message::write_request(Operation::GetCallInfo, &[&id])).body;
        assert!(look().contains("Connecting"));
        assert!(look().contains("Connected"));
        let answer = post(&service, &message::write_disconnect(&CallId::new(id.clone()).unwrap()));
        assert_eq!((answer.status, answer.body), (200, message::write_success()));
        assert!(look().contains("Disconnected"));
    }

    #[test]
    fn faults_are_the_documented_ones() {
        let service = Service::strict();
        let unknown = post(&service, &message::write_disconnect(&CallId::new("x").unwrap()));
        assert_eq!((unknown.status, unknown.body), (500, message::write_invalid_call_id()));
        let malformed = post(&service, "<");
        assert_eq!((malformed.status, malformed.body), (500, message::write_malformed()));
    }

    #[test]
    fn authentication_comes_before_everything() {
        let service = Service::strict().with_basic("user", "pass");
        let answer = post(&service, "<");
        assert_eq!(answer.status, 401);
        assert!(answer.headers.iter().any(|(name, _)| *name == "www-authenticate"));
    }

    #[test]
    fn the_description_is_served_with_what_it_includes() {
        let get = |path: &str, query| {
            answered(
                &Service::strict(),
                &Request { version: "1.1", method: "GET", path, query, headers: &[], body: b"" },
            )
        };
        let wsdl = get(names::ENDPOINT_PATH, Some("wsdl"));
        assert_eq!((wsdl.status, wsdl.body.as_str()), (200, protocol::WSDL));
        assert!(wsdl.body.contains("schemaLocation=\"messages.xsd\""));
        assert_eq!(get("/EWS/messages.xsd", None).body, protocol::MESSAGES_XSD);
        assert_eq!(get("/EWS/types.xsd", None).body, protocol::TYPES_XSD);
        assert_eq!(get("/EWS/other.xsd", None).status, 404);
    }
}
