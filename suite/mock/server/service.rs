use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::answer::{AnswerKind, plain, xml};
use super::calls::{CallState, Calls};
use super::hooks::{Hooks, NoHooks};
use crate::evidence::{Reaction, Response};
use crate::message::{self, ContentType, read_request};
use crate::mock::listener::{Quirk, React, Request};
use crate::protocol::{self, Defect, Operation, names};

/// The UM service as far as calls are placed, looked at and ended.
#[derive(Debug)]
pub struct Service {
    /// The Authorization value that is asked for.
    authorization: Option<String>,
    calls: Arc<Calls>,
    hooks: Box<dyn Hooks<Self>>,
}

impl Service {
    /// A service that does everything right.
    pub fn strict() -> Self {
        Self::with_hooks(NoHooks, Calls::default())
    }

    /// A service that asks these hooks and keeps its calls here.
    pub(super) fn with_hooks(hooks: impl Hooks<Self> + 'static, calls: impl Into<Arc<Calls>>) -> Self {
        Self { authorization: None, calls: calls.into(), hooks: Box::new(hooks) }
    }

    /// The same service, which asks for Basic authentication (OXWUMS 1.7).
    #[must_use]
    pub fn with_basic(mut self, user: &str, password: &str) -> Self {
        self.authorization = Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))));
        self
    }

    /// The state of a call, as GetCallInfo tells it; `None` for an id that was never issued.
    pub fn call_state(&self, id: &str) -> Option<CallState> {
        self.calls.look(id)
    }

    /// The calls that were placed.
    pub(super) fn calls(&self) -> &Calls {
        &self.calls
    }

    /// Answers a request: authentication, then HTTP, then the message (precedence of the decision
    /// table).
    pub fn answer(&self, request: &Request<'_>) -> Reaction {
        if let Some(reaction) = self.hooks.before_request(self, request) {
            return reaction;
        }
        if !self.knows(request) {
            let mut response = plain(401, "authentication is required");
            response.headers.push(("www-authenticate", "Basic realm=\"UM\"".to_owned()));
            return response.into();
        }
        self.beyond_authentication(request)
    }

    /// The value of Authorization that is asked for, if one is.
    pub(super) fn authorization(&self) -> Option<&str> {
        self.authorization.as_deref()
    }

    /// Whether the credentials of a request are the right ones.
    pub(super) fn knows(&self, request: &Request<'_>) -> bool {
        self.authorization.is_none() || request.field("authorization") == self.authorization.as_deref()
    }

    /// Answers a request whose credentials are the right ones, or do not matter.
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
        let charset = charset.as_deref();
        let replaced = self.hooks.replace_body(request.body);
        let body = replaced.as_deref().unwrap_or(request.body);
        if let Some(reaction) = self.hooks.before_reading(self, body, charset) {
            return reaction;
        }
        let reading = match read_request(body, charset) {
            Err(refusal) => self.hooks.after_refusal(body, charset).unwrap_or(Err(refusal)),
            read => read,
        };
        let reaction = match reading {
            Ok(read) if read.operation != Operation::Disconnect => self.other(&read),
            Ok(_) if self.hooks.refuses(body) => self.say(AnswerKind::Malformed),
            Ok(read) => self.disconnect(read.call_id().unwrap_or_default()),
            Err(refusal) => self.refuse(refusal.defect, body, charset),
        };
        self.hooks.after_message(self, body, charset);
        reaction
    }

    /// Ends a call.
    pub(super) fn disconnect(&self, id: &str) -> Reaction {
        if let Some(reaction) = self.hooks.before_ending(self, id) {
            return reaction;
        }
        self.say(if self.calls.end(id) { AnswerKind::Success } else { AnswerKind::InvalidId })
    }

    /// Places a call, or tells the state of one.
    fn other(&self, request: &message::Request) -> Reaction {
        match request.operation {
            Operation::GetCallInfo => self.call_info(request.call_id().unwrap_or_default()).into(),
            operation => match self.hooks.before_placing(self, operation) {
                Some(response) => response.into(),
                None => self.place(operation, request),
            },
        }
    }

    fn place(&self, operation: Operation, request: &message::Request) -> Reaction {
        let id = self.calls.place(&request.values.join("\n"));
        self.hooks.after_placing(self, operation, &id);
        xml(200, message::write_issued(operation, &id)).into()
    }

    /// The answer of GetCallInfo.
    pub(super) fn call_info(&self, id: &str) -> Response {
        let state = self.calls.look(id);
        if let Some(response) = self.hooks.before_call_info(self, id, state) {
            return response;
        }
        match state {
            Some(state) => xml(200, message::write_call_info(state.word(), "None")),
            None => xml(500, message::write_invalid_call_id()),
        }
    }

    /// Answers a message that could not be read.
    fn refuse(&self, defect: Defect, body: &[u8], charset: Option<&str>) -> Reaction {
        let instead = self.hooks.before_fault(self, defect, body, charset);
        instead.unwrap_or_else(|| self.say(AnswerKind::due(defect)))
    }

    /// Sends an answer to Disconnect.
    pub(super) fn say(&self, kind: AnswerKind) -> Reaction {
        self.hooks.before_answer(kind, kind.response())
    }
}

impl React for Service {
    fn react(&self, request: &Request<'_>) -> Reaction {
        self.answer(request)
    }

    fn takes_broken_framing(&self) -> bool {
        self.hooks.takes_broken_framing()
    }

    fn react_to_broken_framing(&self, status: u16) -> Reaction {
        self.hooks.before_framing_error(status).unwrap_or_else(|| Response::empty(status).into())
    }

    fn quirk(&self) -> Option<Quirk> {
        self.hooks.quirk()
    }

    fn lanes(&self) -> Option<usize> {
        self.hooks.quirk().and_then(Quirk::lanes)
    }

    fn takes_turns(&self) -> bool {
        self.hooks.takes_turns()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::CallId;
    use crate::message::xml::{Limits, Outline};
    use crate::mock::listener::Arrival;

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
            &Request {
                version: "1.1",
                method: "POST",
                path,
                query: None,
                is_absolute: false,
                headers: &headers,
                body,
                arrival: Arrival::default(),
                flaws: &[],
            },
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
                &Request {
                    version: "1.1",
                    method: "GET",
                    path,
                    query,
                    is_absolute: false,
                    headers: &[],
                    body: b"",
                    arrival: Arrival::default(),
                    flaws: &[],
                },
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
