use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{CallState, Calls, Flaw};
use crate::message::xml::{Limits, Outline, decode};
use crate::message::{self, ContentType, read_request};
use crate::protocol::{self, Defect, InputClass, Operation, names};

/// A request as the service sees it.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Method token.
    pub method: &'a str,
    /// Path without query.
    pub path: &'a str,
    /// Query without `?`.
    pub query: Option<&'a str>,
    /// Value of Authorization.
    pub authorization: Option<&'a str>,
    /// Value of Content-Type.
    pub content_type: Option<&'a str>,
    /// Body.
    pub body: &'a [u8],
}

/// A response of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: String,
}

/// The UM service as far as calls are placed, looked at and ended.
#[derive(Debug, Default)]
pub struct Service {
    flaw: Option<Flaw>,
    /// The Authorization value that is asked for.
    authorization: Option<String>,
    calls: Calls,
}

impl Service {
    /// A service that does everything right.
    pub fn strict() -> Self {
        Self::default()
    }

    /// A service with one flaw.
    pub fn flawed(flaw: Flaw) -> Self {
        Self { flaw: Some(flaw), ..Self::default() }
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

    /// Answers a request: authentication, then HTTP, then the message (precedence of the decision
    /// table).
    pub fn answer(&self, request: &Request<'_>) -> Response {
        if self.authorization.is_some() && request.authorization != self.authorization.as_deref() {
            let mut response = plain(401, "authentication is required");
            response.headers.push(("www-authenticate", "Basic realm=\"UM\"".to_owned()));
            return response;
        }
        let asked = request.path.rsplit('/').next().unwrap_or_default();
        if request.method == "GET"
            && let Some(description) = description(request.query.unwrap_or(asked))
        {
            return xml(200, description.to_owned());
        }
        if !request.path.eq_ignore_ascii_case(names::ENDPOINT_PATH) {
            return plain(404, "there is nothing here");
        }
        if request.method != "POST" {
            let mut response = plain(405, "only POST is understood here");
            response.headers.push(("allow", "POST".to_owned()));
            return response;
        }
        let content_type = request.content_type.and_then(ContentType::parse);
        match content_type {
            Some(content_type) if content_type.media_type == names::MEDIA_TYPE => {
                self.message(request.body, content_type.charset.as_deref())
            }
            _ => plain(415, "the media type must be text/xml"),
        }
    }

    fn message(&self, body: &[u8], charset: Option<&str>) -> Response {
        match read_request(body, charset) {
            Ok(request) if request.operation != Operation::Disconnect => self.other(&request),
            Ok(request) => self.disconnect(request.call_id().unwrap_or_default()),
            Err(refusal) => self.refused(refusal.defect, body, charset),
        }
    }

    fn disconnect(&self, id: &str) -> Response {
        let ended = self.calls.end(id);
        if ended || self.flaw == Some(Flaw::AlwaysSuccess) {
            xml(200, message::write_success())
        } else {
            self.fault(message::write_invalid_call_id())
        }
    }

    fn other(&self, request: &message::Request) -> Response {
        match request.operation {
            Operation::GetCallInfo => match self.calls.look(request.call_id().unwrap_or_default()) {
                Some(state) => xml(200, message::write_call_info(state.word(), "None")),
                None => self.fault(message::write_invalid_call_id()),
            },
            operation => match self.calls.place(&request.values.join("\n")) {
                Some(id) => xml(200, message::write_issued(operation, &id)),
                None => self.fault(message::write_fault("Server", "No line is free.")),
            },
        }
    }

    fn refused(&self, defect: Defect, body: &[u8], charset: Option<&str>) -> Response {
        match self.flaw {
            Some(Flaw::AlwaysSuccess) => return xml(200, message::write_success()),
            Some(Flaw::AcceptsEmptyCallId) if defect == Defect::CallIdEmpty => {
                return xml(200, message::write_success());
            }
            Some(Flaw::IgnoresNamespace)
                if matches!(
                    defect,
                    Defect::OperationNamespace | Defect::CallIdNamespace | Defect::CallIdMissing
                ) =>
            {
                if let Some(id) = call_id_by_local_name(body, charset) {
                    return self.disconnect(&id);
                }
            }
            Some(Flaw::HangsUpDespiteFault) => {
                if let Some(id) = call_id_by_local_name(body, charset) {
                    self.calls.end(&id);
                }
            }
            _ => {}
        }
        self.fault(match defect.class() {
            InputClass::EnvelopeNamespace => {
                message::write_fault("VersionMismatch", "The envelope is not one of SOAP 1.1.")
            }
            InputClass::MandatoryHeader => {
                message::write_fault("MustUnderstand", "A header entry is not understood.")
            }
            InputClass::EmptyCallId | InputClass::BlankCallId => message::write_invalid_call_id(),
            InputClass::OversizedCallId if defect == Defect::CallIdLong => message::write_invalid_call_id(),
            _ => message::write_malformed(),
        })
    }

    fn fault(&self, body: String) -> Response {
        let status = if self.flaw == Some(Flaw::FaultsWith200) { 200 } else { 500 };
        xml(status, body)
    }
}

/// The CallId child of the first Disconnect, names compared without namespaces.
fn call_id_by_local_name(body: &[u8], charset: Option<&str>) -> Option<String> {
    let decoded = decode(body, charset).ok()?;
    let outline = Outline::parse(&decoded.text, &Limits::default()).ok()?;
    let operation = outline.all().find(|&id| outline.local(id) == "Disconnect")?;
    let call_id = outline.children(operation).find(|&id| outline.local(id) == "CallId")?;
    Some(outline.text(call_id).to_owned())
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

fn xml(status: u16, body: String) -> Response {
    Response { status, headers: vec![("content-type", names::CONTENT_TYPE.to_owned())], body }
}

fn plain(status: u16, text: &str) -> Response {
    let headers = vec![("content-type", "text/plain; charset=utf-8".to_owned())];
    Response { status, headers, body: format!("{text}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::CallId;

    fn post(service: &Service, body: &str) -> Response {
        service.answer(&Request {
            method: "POST",
            path: names::ENDPOINT_PATH,
            query: None,
            authorization: None,
            content_type: Some(names::CONTENT_TYPE),
            body: body.as_bytes(),
        })
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
            Service::strict().answer(&Request {
                method: "GET",
                path,
                query,
                authorization: None,
                content_type: None,
                body: b"",
            })
        };
        let wsdl = get(names::ENDPOINT_PATH, Some("wsdl"));
        assert_eq!((wsdl.status, wsdl.body.as_str()), (200, protocol::WSDL));
        assert!(wsdl.body.contains("schemaLocation=\"messages.xsd\""));
        assert_eq!(get("/EWS/messages.xsd", None).body, protocol::MESSAGES_XSD);
        assert_eq!(get("/EWS/types.xsd", None).body, protocol::TYPES_XSD);
        assert_eq!(get("/EWS/other.xsd", None).status, 404);
    }

    #[test]
    fn each_flaw_shows() {
        let empty = message::write_request(Operation::Disconnect, &[""]);
        assert_eq!(post(&Service::flawed(Flaw::AcceptsEmptyCallId), &empty).status, 200);
        assert_eq!(post(&Service::flawed(Flaw::AlwaysSuccess), "<").status, 200);
        assert_eq!(post(&Service::flawed(Flaw::FaultsWith200), "<").body, message::write_malformed());
        let service = Service::flawed(Flaw::IgnoresNamespace);
        let id = place(&service);
        let foreign = message::write_request(Operation::Disconnect, &[&id]).replace("2006/messages", "urn:x");
        assert_eq!(post(&service, &foreign).status, 200);
        let service = Service::flawed(Flaw::HangsUpDespiteFault);
        let id = place(&service);
        let foreign = message::write_request(Operation::Disconnect, &[&id]).replace("2006/messages", "urn:x");
        assert_eq!(post(&service, &foreign).status, 500);
        assert!(
            post(&service, &message::write_request(Operation::GetCallInfo, &[&id]))
                .body
                .contains("Disconnected")
        );
    }
}
