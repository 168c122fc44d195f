use crate::evidence::{Answer, HttpAnswer, Silence};
use crate::message::xml::{self, ElementId, Limits, Outline, Refusal};
use crate::message::{CallInfo, ContentType, Fault, Issued, find_call_info, find_issued, quoted, read_fault};
use crate::protocol::{Defect, FaultCode, Operation, Outcome, names};

/// What an answer holds, read without judging: the facts that checks look at.
#[derive(Debug, Clone)]
pub struct Observation {
    /// What it amounts to.
    pub outcome: Outcome,
    /// Its Content-Type, if it could be read.
    pub content_type: Option<ContentType>,
    /// Why its body is no XML message; `None` if it is one or if there is no body.
    pub refusal: Option<Refusal>,
    /// The message, if the body is XML.
    pub message: Option<ObservedMessage>,
}

/// What an XML answer holds.
#[derive(Debug, Clone, Default)]
pub struct ObservedMessage {
    /// What is wrong with the encoding labels, where the text could be read all the same.
    pub label: Option<Refusal>,
    /// Namespace of Envelope; `None` if the root is no Envelope or has none.
    pub envelope: Option<String>,
    /// How many Bodies there are.
    pub bodies: usize,
    /// Expanded names of the children of the first Body, in words.
    pub children: Vec<String>,
    /// Whether `DisconnectResponse` in the messages namespace is among them.
    pub has_response: bool,
    /// What is wrong with DisconnectResponse, in words.
    pub response_content: Option<String>,
    /// The value of what is wrong with it, where it has one.
    pub response_value: Option<String>,
    /// The SOAP 1.1 faults in Body.
    pub faults: Vec<Fault>,
    /// Whether text of a call id stands in it as an element.
    pub injected: bool,
    /// Elements after Body, in words.
    pub trailers: Vec<String>,
    /// The first processing instruction, as it stands there.
    pub instruction: Option<String>,
    /// The first encodingStyle attribute, with its value and its element.
    pub encoding_style: Option<String>,
    /// The first header entry that its receiver must understand, in words.
    pub mandatory: Option<String>,
    /// What GetCallInfo says, if this is its answer.
    pub call_info: Option<CallInfo>,
    /// An id issued by PlayOnPhone or PlayOnPhoneGreeting, if this is their answer.
    pub issued: Option<Issued>,
}

impl Observation {
    /// The one fault of the answer.
    pub fn fault(&self) -> Option<&Fault> {
        self.message.as_ref()?.faults.first()
    }
}

impl Answer {
    /// Whether no answer came, or not all of it. One that holds a whole message has come, whatever its framing
    /// says of its end.
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Http(http) => !http.complete && observe(self).outcome.is_lost(),
            Self::Silence(_) => true,
        }
    }
}

/// Reads an answer.
pub fn observe(answer: &Answer) -> Observation {
    let http = match answer {
        Answer::Http(http) => http,
        Answer::Silence(silence) => {
            let outcome = match silence {
                Silence::Closed => Outcome::Closed,
                Silence::TimedOut => Outcome::Silent,
                Silence::NotHttp
                | Silence::Refused
                | Silence::Reset
                | Silence::Tls(_)
                | Silence::Unreachable => Outcome::Lost,
            };
            return Observation { outcome, content_type: None, refusal: None, message: None };
        }
    };
    let content_type = http.header("content-type").and_then(ContentType::parse);
    let (message, refusal) = match read(http, content_type.as_ref()) {
        _ if http.body.0.is_empty() => (None, None),
        Ok(message) => (Some(message), None),
        Err(refusal) => (None, Some(refusal)),
    };
    Observation { outcome: outcome(http, message.as_ref()), content_type, refusal, message }
}

/// Reads the body as XML. A label that is wrong is a finding of its own, so a body that can be read
/// without it, or in spite of it, is read so.
fn read(http: &HttpAnswer, content_type: Option<&ContentType>) -> Result<ObservedMessage, Refusal> {
    let body = &http.body.0;
    let charset = content_type.and_then(|content_type| content_type.charset.as_deref());
    let limits = Limits::default();
    if body.len() > limits.bytes {
        return Err(Refusal { defect: Defect::LimitBytes, at: limits.bytes });
    }
    let by_label = |charset| {
        let decoded = xml::decode(body, charset)?;
        let outline = Outline::of(&decoded, &limits)
            .map_err(|refusal| Refusal { at: decoded.byte_at(refusal.at), ..refusal })?;
        Ok(describe(&outline, &decoded.text))
    };
    let by_guess = |refusal| {
        let text = guess(body)?;
        let message = describe(&Outline::parse(&text, &limits).ok()?, &text);
        Some(ObservedMessage { label: Some(refusal), ..message })
    };
    let refusal = match by_label(charset) {
        Err(refusal) => refusal,
        read => return read,
    };
    let unlabelled = charset.and_then(|_| by_label(None).ok());
    let unlabelled = unlabelled.map(|message| ObservedMessage { label: Some(refusal), ..message });
    unlabelled.or_else(|| by_guess(refusal)).ok_or(refusal)
}

/// The characters of a body whose labels do not lead to them: ASCII is ASCII under most labels, and
/// UTF-16 shows by its zeros.
fn guess(body: &[u8]) -> Option<String> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = body.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok().filter(|_| body.len().is_multiple_of(2))
    };
    match body {
        [b'<', 0, ..] => wide(u16::from_le_bytes),
        [0, b'<', ..] => wide(u16::from_be_bytes),
        // Every byte is a character of ISO 8859-1, by its number.
        _ => Some(body.iter().map(|&byte| char::from(byte)).collect()),
    }
}

fn describe(outline: &Outline<'_>, text: &str) -> ObservedMessage {
    let root = ElementId::ROOT;
    let instruction = outline.instruction().and_then(|at| {
        let rest = text.get(at..)?;
        Some(quoted(&rest[..rest.find("?>").map_or(rest.len(), |end| end + 2)]))
    });
    let mut seen = ObservedMessage {
        instruction,
        injected: outline.all().any(|id| outline.local(id) == names::INJECTED_ELEMENT),
        ..ObservedMessage::default()
    };
    if outline.local(root) != "Envelope" {
        return seen;
    }
    seen.envelope = outline.namespace(root).map(str::to_owned);
    seen.encoding_style = outline.all().find_map(|id| {
        let soap = outline.namespace(root).unwrap_or_default();
        let value = quoted(outline.attribute(id, soap, "encodingStyle")?);
        Some(format!("encodingStyle=\"{value}\" on {}", outline.local(id)))
    });
    seen.mandatory = mandatory_entry(outline);
    let is_body =
        |id: ElementId| outline.local(id) == "Body" && outline.namespace(id) == outline.namespace(root);
    let mut first_body = None;
    for child in outline.children(root) {
        if is_body(child) {
            seen.bodies += 1;
            first_body.get_or_insert(child);
        } else if first_body.is_some() {
            seen.trailers.push(outline.name(child));
        }
    }
    let Some(body) = first_body else { return seen };
    for child in outline.children(body) {
        seen.children.push(outline.name(child));
        if let Some(fault) = read_fault(outline, child) {
            seen.faults.push(fault);
        } else if outline.local(child) == Operation::Disconnect.response() {
            seen.has_response |= outline.namespace(child) == Some(names::MESSAGES);
            if seen.response_content.is_none()
                && let Some((content, value)) = content_of(outline, child)
            {
                (seen.response_content, seen.response_value) = (Some(content), value);
            }
        }
    }
    seen.call_info = find_call_info(outline);
    seen.issued = find_issued(outline, Operation::PlayOnPhone)
        .or_else(|| find_issued(outline, Operation::PlayOnPhoneGreeting));
    seen
}

/// The first entry of Header that whoever receives the answer must understand, in words (SOAP 4.2.2, 4.2.3).
fn mandatory_entry(outline: &Outline<'_>) -> Option<String> {
    let of_soap = |entry, name| outline.attribute(entry, names::ENVELOPE, name);
    let is_for_client = |entry| matches!(of_soap(entry, "actor"), None | Some("" | names::ACTOR_NEXT));
    let headers = outline.children(ElementId::ROOT).filter(|&id| outline.is(id, names::ENVELOPE, "Header"));
    let mut entries = headers.flat_map(|header| outline.children(header));
    let entry =
        entries.find(|&entry| of_soap(entry, "mustUnderstand") == Some("1") && is_for_client(entry))?;
    Some(outline.name(entry))
}

/// What an element that should be empty holds, in words, and the value of that.
fn content_of(outline: &Outline<'_>, id: ElementId) -> Option<(String, Option<String>)> {
    if let Some(child) = outline.children(id).next() {
        return Some((format!("the element {}", outline.name(child)), None));
    }
    // Of the attributes that a schema need not declare, nil is for elements that may be nil (XSD1 3.3.4).
    let foreign = |attribute: &&xml::Attribute<'_>| {
        outline.attribute_namespace(attribute) != Some(names::XSI) || attribute.local == "nil"
    };
    if let Some(attribute) = outline.attributes(id).iter().find(foreign) {
        return Some((format!("the attribute {}", attribute.local), Some(quoted(&attribute.value))));
    }
    match outline.text(id) {
        "" => None,
        text if text.chars().all(xml::is_xml_white) => Some(("white space".to_owned(), None)),
        text => Some(("text".to_owned(), Some(quoted(text)))),
    }
}

fn outcome(http: &HttpAnswer, message: Option<&ObservedMessage>) -> Outcome {
    // A message that is whole came whole, whatever its framing says; and of a refusal as HTTP nobody
    // needs the body.
    if !http.complete && message.is_none() && !refuses_as_http(http) {
        return Outcome::Lost;
    }
    let success = (200..300).contains(&http.status);
    let Some(message) = message else {
        return if success && http.body.0.is_empty() {
            Outcome::WrongSuccess(http.status)
        } else {
            Outcome::Http(http.status)
        };
    };
    let fault = |local: &str| message.children.iter().any(|name| name.ends_with(&format!("}}{local}")));
    let named = message.children.iter().any(|name| name.contains(Operation::Disconnect.response()));
    match message.envelope.as_deref() {
        Some(names::ENVELOPE) => {
            if let Some(found) = message.faults.first() {
                Outcome::Fault(found.meaning())
            } else if success && message.has_response {
                Outcome::Ok
            } else if success && named {
                Outcome::WrongSuccess(http.status)
            } else {
                Outcome::Other
            }
        }
        Some(names::ENVELOPE_12) if fault("Fault") => Outcome::Soap12Fault,
        Some(names::ENVELOPE_12) if success && named => Outcome::Soap12Ok,
        _ if success && named => Outcome::WrongSuccess(http.status),
        _ => Outcome::Http(http.status),
    }
}

/// Whether the status is that of a refusal, and the body is not said to be a message.
fn refuses_as_http(http: &HttpAnswer) -> bool {
    let is_message =
        http.header("content-type").is_some_and(|value| value.to_ascii_lowercase().contains("xml"));
    http.status >= 400 && !is_message
}

impl Observation {
    /// The outcome in words, with the status and what makes it particular.
    pub fn words(&self, answer: &Answer) -> String {
        match answer {
            Answer::Silence(silence) => silence.to_string(),
            Answer::Http(http) if self.outcome == Outcome::Lost => {
                format!("{} with a body that broke off", http.status)
            }
            Answer::Http(http) if self.outcome == Outcome::Silent => {
                format!("{} with a body whose end did not come in time", http.status)
            }
            Answer::Http(http) => {
                let status = http.status;
                match &self.outcome {
                    Outcome::Fault(FaultCode::Other(local)) if local.is_empty() => {
                        format!("{status} with a fault without faultcode")
                    }
                    Outcome::Fault(code) => format!("{status} with a fault, {code}"),
                    Outcome::Ok => format!("{status} DisconnectResponse"),
                    Outcome::WrongSuccess(_) if http.body.0.is_empty() => {
                        format!("{status} with an empty body")
                    }
                    Outcome::WrongSuccess(_) => {
                        let there = self.message.as_ref().map(where_it_stands).unwrap_or_default();
                        format!("{status} with DisconnectResponse in a wrong namespace or envelope{there}")
                    }
                    Outcome::Other => {
                        let children =
                            self.message.as_ref().map(|m| m.children.join(", ")).unwrap_or_default();
                        let children = if children.is_empty() { "nothing".to_owned() } else { children };
                        format!("{status} with a SOAP message that holds {children}")
                    }
                    Outcome::Http(_) => {
                        let kind = self.content_type.as_ref().map_or("no media type", |c| &c.media_type);
                        format!("{status} without a SOAP message ({kind})")
                    }
                    other => format!("{status}: {other}"),
                }
            }
        }
    }
}

/// Which names a success has whose names are wrong, to follow a sentence.
fn where_it_stands(message: &ObservedMessage) -> String {
    let response = Operation::Disconnect.response();
    let found = message.children.iter().find(|name| name.contains(response));
    let envelope = message.envelope.as_deref().unwrap_or("no SOAP namespace");
    found.map_or_else(String::new, |name| {
        format!(" ({}, in an Envelope of {})", quoted(name), quoted(envelope))
    })
}

/// What GetCallInfo says of a call, as far as effects go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallStatus {
    /// Disconnected, or the id is gone.
    Ended,
    /// Any other state.
    Up,
}

impl CallStatus {
    /// Reads an answer to GetCallInfo; `None` if it tells nothing of the call.
    pub fn of(answer: &Answer) -> Option<Self> {
        let seen = observe(answer);
        if seen.outcome == Outcome::Fault(FaultCode::InvalidCallId) {
            return Some(Self::Ended);
        }
        let info = seen.message?.call_info?;
        Some(if info.state == "Disconnected" || info.state == "Idle" { Self::Ended } else { Self::Up })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Bytes;
    use crate::message;

    fn answer(status: u16, body: &str) -> Answer {
        Answer::Http(HttpAnswer {
            version: "1.1".into(),
            status,
            headers: vec![("content-type".into(), names::CONTENT_TYPE.into())],
            body: Bytes(body.as_bytes().to_vec()),
            complete: true,
            trailing: 0,
        })
    }

    fn outcome_of(status: u16, body: &str) -> Outcome {
        observe(&answer(status, body)).outcome
    }

    #[test]
    fn hard_answers_are_told_apart() {
        let success = message::write_success();
        assert_eq!(outcome_of(200, &success), Outcome::Ok);
        assert_eq!(outcome_of(204, ""), Outcome::WrongSuccess(204));
        assert_eq!(
            outcome_of(200, &success.replace("2006/messages", "2006/types")),
            Outcome::WrongSuccess(200)
        );
        assert_eq!(
            outcome_of(200, &success.replace(&format!(" xmlns=\"{}\"", names::MESSAGES), "")),
            Outcome::WrongSuccess(200)
        );
        assert_eq!(outcome_of(200, &success.replace(names::ENVELOPE, names::ENVELOPE_12)), Outcome::Soap12Ok);
        let fault = message::write_malformed();
        assert_eq!(outcome_of(200, &fault), Outcome::Fault(FaultCode::InvalidRequest));
        assert_eq!(
            outcome_of(500, &fault.replace(names::ENVELOPE, names::ENVELOPE_12)),
            Outcome::Soap12Fault
        );
        assert_eq!(outcome_of(500, "<html>"), Outcome::Http(500));
        assert_eq!(outcome_of(500, "plain"), Outcome::Http(500));
        assert_eq!(outcome_of(500, &message::write_success()), Outcome::Other);
        let none = message::write_fault("Client", "x").replace("<faultcode>soap:Client</faultcode>", "");
        assert_eq!(outcome_of(500, &none), Outcome::Fault(FaultCode::Other(String::new())));
        let bare = message::write_fault("Client", "x").replace("soap:Client", "Client");
        assert_eq!(outcome_of(500, &bare), Outcome::Fault(FaultCode::Other("Client".into())));
        let mut short = answer(200, &success);
        if let Answer::Http(http) = &mut short {
            http.complete = false;
        }
        assert_eq!(observe(&short).outcome, Outcome::Ok, "the message is there");
        if let Answer::Http(http) = &mut short {
            http.body.0.truncate(success.len() - 1);
        }
        assert_eq!(observe(&short).outcome, Outcome::Lost);
        let mut page = answer(405, "no");
        if let Answer::Http(http) = &mut page {
            http.complete = false;
            assert_eq!(outcome(http, None), Outcome::Lost, "what is said to be a message");
            http.headers.clear();
        }
        assert_eq!(observe(&page).outcome, Outcome::Http(405));
        assert_eq!(observe(&Answer::Silence(Silence::TimedOut)).outcome, Outcome::Silent);
        assert_eq!(observe(&Answer::Silence(Silence::Reset)).outcome, Outcome::Lost);
        assert_eq!(observe(&Answer::Silence(Silence::Closed)).outcome, Outcome::Closed);
        // Neither another envelope nor none makes a success of what is none.
        let soap12 = success.replace(names::ENVELOPE, names::ENVELOPE_12);
        assert_eq!(outcome_of(500, &soap12), Outcome::Http(500));
        assert_eq!(outcome_of(200, &soap12.replace("DisconnectResponse", "Other")), Outcome::Http(200));
        let nowhere = success.replace(names::ENVELOPE, "urn:other");
        assert_eq!(outcome_of(200, &nowhere), Outcome::WrongSuccess(200));
        assert_eq!(outcome_of(500, &nowhere), Outcome::Http(500));
        assert_eq!(outcome_of(200, &nowhere.replace("DisconnectResponse", "Other")), Outcome::Http(200));
    }

    #[test]
    fn a_body_of_another_namespace_is_none_of_soap() {
        let trailer = "</soap:Body><x:Body xmlns:x='urn:x'/>";
        let seen = observe(&answer(200, &message::write_success().replace("</soap:Body>", trailer)));
        let message = seen.message.expect("a message");
        assert_eq!((message.bodies, message.trailers.len()), (1, 1));
    }

    #[test]
    fn an_empty_body_is_no_broken_xml() {
        assert_eq!(observe(&answer(200, "")).refusal, None);
        assert!(observe(&answer(200, " ")).refusal.is_some());
    }

    #[test]
    fn answers_are_read_up_to_the_limit_and_refused_by_byte() {
        let limit = Limits::default().bytes;
        let sized = |bytes: usize| {
            let success = message::write_success();
            let padding = " ".repeat(bytes - success.len());
            observe(&answer(200, &format!("{success}{padding}")))
        };
        assert_eq!(sized(limit).outcome, Outcome::Ok);
        for over in [limit + 1, limit + 2] {
            let refusal = sized(over).refusal.expect("too long");
            assert_eq!((refusal.defect, refusal.at), (Defect::LimitBytes, limit));
        }
        let mut wide = answer(200, "");
        if let Answer::Http(http) = &mut wide {
            http.headers[0].1 = "text/xml; charset=utf-16".to_owned();
            http.body = Bytes(
                [0xFE, 0xFF].into_iter().chain("<a></b>".encode_utf16().flat_map(u16::to_be_bytes)).collect(),
            );
        }
        let refusal = observe(&wide).refusal.expect("a wrong end tag");
        assert_eq!(
            (refusal.defect, refusal.at),
            (Defect::EndTagMismatch, 2 + 2 * 3),
            "two bytes for each character"
        );
    }

    #[test]
    fn words_say_what_was_seen() {
        let words = |answer: &Answer| observe(answer).words(answer);
        let success = message::write_success();
        let fault = message::write_fault("Client", "x");
        for (status, body, told) in [
            (200, success.clone(), "200 DisconnectResponse"),
            (204, String::new(), "204 with an empty body"),
            (
                200,
                success.replace(names::MESSAGES, names::TYPES),
                "200 with DisconnectResponse in a wrong namespace or envelope ({http://schemas.microsoft.com/exchange/services/2006/types}DisconnectResponse, in an Envelope of http://schemas.xmlsoap.org/soap/envelope/)",
            ),
            (500, String::new(), "500 without a SOAP message (text/xml)"),
            (500, fault.clone(), "500 with a fault, soap:Client"),
            (500, fault.replace("soap:Client", "Other"), "500 with a fault, other code \"Other\""),
            (
                500,
                fault.replace("<faultcode>soap:Client</faultcode>", ""),
                "500 with a fault without faultcode",
            ),
            (
                200,
                success.replace("DisconnectResponse", "Other"),
                "200 with a SOAP message that holds {http://schemas.microsoft.com/exchange/services/2006/messages}Other",
            ),
            (
                500,
                success.clone(),
                "500 with a SOAP message that holds {http://schemas.microsoft.com/exchange/services/2006/messages}DisconnectResponse",
            ),
            (
                200,
                format!("<soap:Envelope xmlns:soap='{}'><soap:Body/></soap:Envelope>", names::ENVELOPE),
                "200 with a SOAP message that holds nothing",
            ),
            (
                200,
                success.replace(names::ENVELOPE, names::ENVELOPE_12),
                "200: success in a SOAP 1.2 envelope",
            ),
        ] {
            assert_eq!(words(&answer(status, &body)), told);
        }
        let mut cut = answer(200, &success);
        let mut page = answer(404, "no");
        if let (Answer::Http(cut), Answer::Http(page)) = (&mut cut, &mut page) {
            cut.complete = false;
            cut.body.0.truncate(100);
            page.headers.clear();
        }
        assert_eq!(words(&cut), "200 with a body that broke off");
        assert_eq!(words(&page), "404 without a SOAP message (no media type)");
    }
}
