//! Clients with one defect each.

use super::reference::{self, Got, end_of, exchange, reply, request, takes, wait};
use crate::evidence::{Client, ClientCall, ClientEnd};
use crate::message::{HttpRequest, Reply, write_invalid_call_id, write_success};
use crate::protocol::names;

/// A client with one named defect.
#[derive(Debug, Clone, Copy)]
pub struct ClientMutant {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
    flaw: Flaw,
}

/// What is wrong with a mutant.
#[derive(Debug, Clone, Copy)]
enum Flaw {
    /// It asks for something else than it was given.
    Id(fn(&str) -> String),
    /// It does it in its own way.
    Instead(fn(&ClientCall<'_>) -> ClientEnd),
    /// It makes something else of what it got.
    Reads(fn(&Got, ClientEnd) -> ClientEnd),
    /// It sends something else.
    Sends(fn(&mut HttpRequest)),
}

impl ClientMutant {
    /// Whether the defect is in what it sends, and no answer brings it out.
    pub fn is_about_requests(&self) -> bool {
        matches!(self.flaw, Flaw::Id(_) | Flaw::Sends(_))
    }
}

impl Client for &'static ClientMutant {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        match self.flaw {
            Flaw::Id(change) => {
                let id = change(call.call_id);
                if takes(&id) {
                    reference::disconnect(&ClientCall { call_id: &id, ..*call })
                } else {
                    ClientEnd::Refused
                }
            }
            Flaw::Instead(way) => way(call),
            Flaw::Reads(_) | Flaw::Sends(_) if !takes(call.call_id) => ClientEnd::Refused,
            Flaw::Reads(make) => {
                let got = exchange(call.url, &request(call.call_id), wait(call));
                make(&got, end_of(&got))
            }
            Flaw::Sends(change) => {
                let mut request = request(call.call_id);
                change(&mut request);
                end_of(&exchange(call.url, &request, wait(call)))
            }
        }
    }
}

/// The client that does everything right, in this process.
#[derive(Debug, Clone, Copy)]
pub struct ReferenceClient;

impl Client for ReferenceClient {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        reference::disconnect(call)
    }
}

/// Every mutant client.
pub fn client_mutants() -> impl Iterator<Item = &'static ClientMutant> {
    MUTANTS.iter()
}

const fn sends(name: &'static str, about: &'static str, change: fn(&mut HttpRequest)) -> ClientMutant {
    ClientMutant { name, about, flaw: Flaw::Sends(change) }
}

const fn asks(name: &'static str, about: &'static str, change: fn(&str) -> String) -> ClientMutant {
    ClientMutant { name, about, flaw: Flaw::Id(change) }
}

const fn reads(
    name: &'static str,
    about: &'static str,
    make: fn(&Got, ClientEnd) -> ClientEnd,
) -> ClientMutant {
    ClientMutant { name, about, flaw: Flaw::Reads(make) }
}

const fn does(
    name: &'static str,
    about: &'static str,
    way: fn(&ClientCall<'_>) -> ClientEnd,
) -> ClientMutant {
    ClientMutant { name, about, flaw: Flaw::Instead(way) }
}

/// A change of the text of the body.
fn body(request: &mut HttpRequest, from: &str, to: &str) {
    let text = String::from_utf8_lossy(&request.body).replacen(from, to, 1);
    request.body = text.into_bytes();
}

/// Success where a condition holds.
fn success_if(holds: bool, end: ClientEnd) -> ClientEnd {
    if holds { ClientEnd::Disconnected } else { end }
}

/// A crash where a condition holds.
fn crash_if(holds: bool, end: ClientEnd) -> ClientEnd {
    if holds { ClientEnd::Crashed("an error that nobody catches".to_owned()) } else { end }
}

fn refuse_if(holds: bool, end: ClientEnd) -> ClientEnd {
    if holds { ClientEnd::Refused } else { end }
}

/// Whether the answer is one of the two that everybody tries with.
fn is_usual(got: &Got) -> bool {
    let body = match got.status {
        200 => write_success(),
        500 => write_invalid_call_id(),
        _ => return false,
    };
    got.usual && got.body == body.as_bytes() && got.header("content-type") == Some(names::CONTENT_TYPE)
}

fn holds_response(got: &Got) -> bool {
    got.text().contains("<DisconnectResponse")
}

fn follow(call: &ClientCall<'_>, most: usize, keep_credentials: bool) -> ClientEnd {
    let mut request = request(call.call_id);
    let mut url = call.url.to_owned();
    for _ in 0..most {
        let got = exchange(&url, &request, wait(call));
        let Some(location) = got.header("location").filter(|_| (300..400).contains(&got.status)) else {
            return end_of(&got);
        };
        if !keep_credentials {
            request.set_header("authorization", None);
        }
        location.clone_into(&mut url);
    }
    ClientEnd::Hung
}

fn again(call: &ClientCall<'_>, most: usize) -> ClientEnd {
    let request = request(call.call_id);
    for _ in 0..most {
        let got = exchange(call.url, &request, wait(call));
        if got.status != 0 {
            return end_of(&got);
        }
    }
    ClientEnd::Refused
}

static MUTANTS: &[ClientMutant] = &[
    // What it sends.
    sends("puts", "Sends PUT.", |request| "PUT".clone_into(&mut request.method)),
    sends("uses-extension-framework", "Sends M-POST.", |request| "M-POST".clone_into(&mut request.method)),
    sends("sends-application-xml", "Sends the media type application/xml.", |request| {
        request.set_header("content-type", Some("application/xml; charset=utf-8".to_owned()));
    }),
    sends("sends-no-content-type", "Sends no Content-Type.", |request| {
        request.set_header("content-type", None);
    }),
    sends("lies-about-charset", "Names UTF-16 for UTF-8.", |request| {
        request.set_header("content-type", Some("text/xml; charset=utf-16".to_owned()));
    }),
    sends("omits-soap-action", "Sends no SOAPAction.", |request| request.set_header("soapaction", None)),
    sends("sends-soap-action-twice", "Sends SOAPAction twice.", |request| {
        let field = request.header("soapaction").unwrap_or_default().to_owned();
        request.headers.push(("soapaction".to_owned(), field));
    }),
    sends("sends-bare-soap-action", "Sends SOAPAction without quotes.", |request| {
        let field = request.header("soapaction").unwrap_or_default().replace('"', "");
        request.set_header("soapaction", Some(field));
    }),
    sends("sends-empty-soap-action", "Sends an empty SOAPAction.", |request| {
        request.set_header("soapaction", Some("\"\"".to_owned()));
    }),
    sends("sends-other-soap-action", "Sends the SOAPAction of the EWS operation.", |request| {
        request.set_header("soapaction", Some(format!("\"{}/DisconnectPhoneCall\"", names::MESSAGES)));
    }),
    sends("sends-latin-1", "Sends ISO 8859-1 as UTF-8.", |request| {
        let text = String::from_utf8_lossy(&request.body).into_owned();
        request.body = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    }),
    sends("declares-latin-1", "Declares ISO 8859-1.", |request| body(request, "utf-8", "iso-8859-1")),
    sends("sends-document-type", "Sends a document type declaration.", |request| {
        body(request, "<soap:Envelope", "<!DOCTYPE Envelope><soap:Envelope");
    }),
    sends("sends-instruction", "Sends a processing instruction.", |request| {
        body(request, "<soap:Envelope", "<?x y?><soap:Envelope");
    }),
    sends("sends-soap-12", "Sends an envelope of SOAP 1.2.", |request| {
        body(request, names::ENVELOPE, names::ENVELOPE_12);
    }),
    sends("sends-no-namespace", "Sends Disconnect in no namespace.", |request| {
        body(request, &format!(" xmlns=\"{}\"", names::MESSAGES), "");
    }),
    sends("sends-near-namespace", "Sends the namespace of the types.", |request| {
        body(request, names::MESSAGES, names::TYPES);
    }),
    sends("sends-lower-case", "Sends callId.", |request| {
        let text = String::from_utf8_lossy(&request.body).replace("CallId>", "callId>");
        request.body = text.into_bytes();
    }),
    sends("sends-https-namespace", "Sends the namespace with https.", |request| {
        body(request, "xmlns=\"http://schemas.microsoft", "xmlns=\"https://schemas.microsoft");
    }),
    sends("sends-bare-call-id", "Sends CallId in no namespace.", |request| {
        body(request, "<CallId>", "<CallId xmlns=\"\">");
    }),
    sends("sends-sibling", "Sends an element beside CallId.", |request| {
        body(request, "</CallId>", "</CallId><Reason>hang up</Reason>");
    }),
    sends("sends-attribute", "Sends CallId with an attribute.", |request| {
        body(request, "<CallId>", "<CallId xml:lang=\"en\">");
    }),
    sends("sends-two-call-ids", "Sends CallId twice.", |request| {
        body(request, "</CallId>", "</CallId><CallId>x</CallId>");
    }),
    sends("sends-no-call-id", "Sends Disconnect with an element PhoneCallId.", |request| {
        let text = String::from_utf8_lossy(&request.body).replace("CallId>", "PhoneCallId>");
        request.body = text.into_bytes();
    }),
    sends("sends-two-operations", "Sends Disconnect twice in one Body.", |request| {
        let text = String::from_utf8_lossy(&request.body).into_owned();
        let operation = text.split_once("<Disconnect").and_then(|(_, rest)| rest.split_once("</Disconnect>"));
        let once =
            operation.map(|(inside, _)| format!("<Disconnect{inside}</Disconnect>")).unwrap_or_default();
        body(request, "</soap:Body>", &format!("{once}</soap:Body>"));
    }),
    sends("sends-two-bodies", "Sends a second Body.", |request| {
        body(request, "</soap:Envelope>", "<soap:Body/></soap:Envelope>");
    }),
    sends("sends-header-last", "Sends a Header after Body.", |request| {
        body(request, "</soap:Envelope>", "<soap:Header/></soap:Envelope>");
    }),
    sends("sends-trailer", "Sends an element after Body.", |request| {
        body(request, "</soap:Envelope>", "<x:T xmlns:x=\"urn:x\"/></soap:Envelope>");
    }),
    sends("sends-text-between", "Sends text beside Disconnect.", |request| {
        body(request, "</soap:Body>", "x</soap:Body>");
    }),
    sends("sends-encoding-style", "Sends encodingStyle.", |request| {
        let style = " soap:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"";
        body(request, "<soap:Body", &format!("<soap:Body{style}"));
    }),
    sends("sends-must-understand-on-body", "Sends mustUnderstand on Body.", |request| {
        body(request, "<soap:Body", "<soap:Body soap:mustUnderstand=\"0\"");
    }),
    sends("sends-bare-header-entry", "Sends a header entry in no namespace.", |request| {
        body(request, "<soap:Body", "<soap:Header><Version>1</Version></soap:Header><soap:Body");
    }),
    sends("sends-must-understand-true", "Sends mustUnderstand as true.", |request| {
        let entry = "<x:H xmlns:x=\"urn:x\" soap:mustUnderstand=\"true\"/>";
        body(request, "<soap:Body", &format!("<soap:Header>{entry}</soap:Header><soap:Body"));
    }),
    sends("escapes-nothing", "Sends the id as it is.", |request| {
        let text = String::from_utf8_lossy(&request.body);
        let text =
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
        request.body = text.replace("&amp;", "&").into_bytes();
    }),
    sends("sends-line-ends-bare", "Sends CR without a reference.", |request| {
        let text = String::from_utf8_lossy(&request.body);
        request.body = text.replace("&#xD;", "\r").replace("&#13;", "\r").into_bytes();
    }),
    sends("counts-its-requests", "Sends other bytes each time.", |request| {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static SENT: AtomicUsize = AtomicUsize::new(0);
        let comment = format!("<!-- request {} --></soap:Body>", SENT.fetch_add(1, Ordering::Relaxed));
        body(request, "</soap:Body>", &comment);
    }),
    // What it asks for.
    asks("trims-ids", "Drops white space around the id.", |id| {
        id.trim_matches([' ', '\t', '\n', '\r']).to_owned()
    }),
    asks("drops-white-space", "Drops white space in the id.", |id| {
        id.chars().filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r')).collect()
    }),
    asks("folds-case", "Sends short ids in lower case.", |id| {
        if id.len() < 100 { id.to_lowercase() } else { id.to_owned() }
    }),
    asks("cuts-at-255", "Sends the first 255 characters of the id.", |id| id.chars().take(255).collect()),
    asks("encodes-percents", "Encodes percent signs and what URLs reserve.", |id| {
        id.replace('%', "%25").replace('+', "%2B").replace('/', "%2F")
    }),
    asks("knows-the-bmp-only", "Sends a question mark for characters beyond the BMP.", |id| {
        id.chars().map(|c| if c > '\u{FFFF}' { '?' } else { c }).collect()
    }),
    asks("composes", "Sends an accented letter for a letter and its accent.", |id| {
        id.replace("e\u{301}", "\u{E9}")
    }),
    asks("knows-ascii-only", "Sends a question mark for what is not ASCII.", |id| {
        id.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect()
    }),
    asks("unescapes-ids", "Resolves what looks like a reference in the id.", |id| {
        id.replace("&amp;", "&").replace("&#65;", "A")
    }),
    asks("strips-markup", "Drops what looks like markup in the id.", |id| {
        match (id.find('<'), id.rfind('>')) {
            (Some(start), Some(end)) if start < end => format!("{}{}", &id[..start], &id[end + 1..]),
            _ => id.to_owned(),
        }
    }),
    asks("drops-controls", "Drops control characters from the id.", |id| {
        id.chars().filter(|c| !c.is_control()).collect()
    }),
    asks("drops-what-xml-forbids", "Drops from the id what no XML can carry.", |id| {
        id.chars().filter(|&c| crate::message::xml::is_xml_char(c)).collect()
    }),
    asks("replaces-what-xml-forbids", "Sends a question mark for what no XML can carry.", |id| {
        id.chars().map(|c| if crate::message::xml::is_xml_char(c) { c } else { '?' }).collect()
    }),
    asks("takes-ids-for-numbers", "Sends an id that looks like a number as one.", |id| {
        id.parse::<f64>().map_or_else(|_| id.to_owned(), |number| number.to_string())
    }),
    asks("fills-placeholders", "Takes braces in the id for placeholders.", |id| id.replace("{0}", "")),
    does("refuses-unusual-ids", "Refuses ids that are no base64 of the usual length.", |call| {
        let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
        if call.call_id.len() == 100 && call.call_id.chars().all(usual) {
            reference::disconnect(call)
        } else {
            ClientEnd::Refused
        }
    }),
    does("hangs-on-odd-ids", "Does not end on ids that it would refuse.", |call| {
        if takes(call.call_id) { reference::disconnect(call) } else { ClientEnd::Hung }
    }),
    // What it makes of answers.
    reads("takes-any-200", "Takes any answer with 200 for success.", |got, end| {
        success_if(got.status == 200, end)
    }),
    reads("takes-any-2xx", "Takes any answer with 2xx for success.", |got, end| {
        success_if((200..300).contains(&got.status), end)
    }),
    reads("takes-any-status", "Takes a success with any status.", |got, end| {
        success_if(matches!(reply(got), Some(Reply::Disconnected)) && got.complete && !got.broken, end)
    }),
    reads(
        "searches-for-response",
        "Takes any answer for success that holds the element's name.",
        |got, end| success_if(holds_response(got), end),
    ),
    reads("takes-what-is-no-fault", "Takes everything for success that is no plain fault.", |got, end| {
        let plain = got.status == 500 && got.body == write_invalid_call_id().as_bytes();
        success_if(!plain && !got.unended, end)
    }),
    reads("takes-silence-for-success", "Takes a lost or silent connection for success.", |got, end| {
        success_if(got.status == 0 || got.unended, end)
    }),
    reads("takes-broken-lengths", "Takes an answer whose length is told in contradiction.", |got, end| {
        success_if(got.broken && holds_response(got), end)
    }),
    reads("ignores-mandatory-headers", "Overlooks mustUnderstand.", |got, end| {
        success_if(got.text().contains("mustUnderstand='1'") && holds_response(got), end)
    }),
    reads("takes-document-types", "Overlooks a document type declaration.", |got, end| {
        success_if(got.text().contains("<!DOCTYPE") && holds_response(got), end)
    }),
    reads("expands-entities", "Takes an entity for the element that it stands for.", |got, end| {
        success_if(got.text().contains("<!ENTITY") && got.text().contains("DisconnectResponse"), end)
    }),
    reads("takes-204", "Takes 204 for success.", |got, end| success_if(got.status == 204, end)),
    reads("takes-redirects-for-success", "Takes 3xx for success.", |got, end| {
        success_if((300..400).contains(&got.status), end)
    }),
    reads("takes-challenges-for-success", "Takes 401 and 407 for success.", |got, end| {
        success_if(matches!(got.status, 401 | 407), end)
    }),
    reads("branches-on-faultstring", "Breaks off on a faultstring that it does not know.", |got, end| {
        let known = ["identifier isn", "request is invalid", "A fault."];
        let text = got.text();
        crash_if(text.contains("faultstring") && !known.iter().any(|known| text.contains(known)), end)
    }),
    reads("crashes-without-detail", "Breaks off on a fault without detail.", |got, end| {
        crash_if(got.text().contains("<faultcode") && !got.text().contains("<detail"), end)
    }),
    reads("crashes-on-unknown-faults", "Breaks off on codes that it does not know.", |got, end| {
        let text = got.text();
        let known = text.contains(names::INVALID_CALL_ID) || text.contains(names::INVALID_REQUEST);
        crash_if(text.contains("<faultcode") && !known, end)
    }),
    reads("crashes-on-pages", "Breaks off on answers that are no XML.", |got, end| {
        crash_if(got.status != 0 && !got.body.starts_with(b"<"), end)
    }),
    reads("overflows-on-depth", "Breaks off on deep nesting.", |got, end| {
        crash_if(got.text().contains("<x:a><x:a><x:a>"), end)
    }),
    reads("refuses-byte-order-marks", "Refuses a byte order mark.", |got, end| {
        refuse_if(got.body.starts_with(&[0xEF, 0xBB, 0xBF]), end)
    }),
    reads("refuses-utf-16", "Refuses UTF-16.", |got, end| {
        refuse_if(got.body.starts_with(&[0xFF, 0xFE]) || got.body.starts_with(&[0xFE, 0xFF]), end)
    }),
    reads("needs-charset", "Refuses an answer without charset.", |got, end| {
        refuse_if(got.header("content-type").is_none_or(|value| !value.contains("charset=")), end)
    }),
    reads(
        "needs-usual-content-type",
        "Refuses a Content-Type that is written in another way.",
        |got, end| refuse_if(got.header("content-type") != Some("text/xml; charset=utf-8"), end),
    ),
    reads("needs-content-length", "Refuses an answer without Content-Length.", |got, end| {
        refuse_if(got.header("content-length").is_none(), end)
    }),
    reads("refuses-headers", "Refuses an answer with a Header.", |got, end| {
        refuse_if(got.text().contains(":Header>"), end)
    }),
    reads("knows-the-usual", "Refuses every answer but the usual success.", |got, end| {
        refuse_if(!is_usual(got), end)
    }),
    reads("crashes-on-the-unusual", "Breaks off on every answer but the two usual ones.", |got, end| {
        crash_if(!is_usual(got), end)
    }),
    reads("waits-for-ever", "Does not end where no answer ends.", |got, end| {
        if got.unended { ClientEnd::Hung } else { end }
    }),
    // What it does next.
    does("follows-with-credentials", "Follows every redirect with its credentials.", |call| {
        if takes(call.call_id) { follow(call, 10, true) } else { ClientEnd::Refused }
    }),
    does("follows-for-ever", "Follows redirects without end.", |call| {
        if takes(call.call_id) { follow(call, 25, false) } else { ClientEnd::Refused }
    }),
    does(
        "repeats-and-believes-the-fault",
        "Repeats after a lost answer, and takes the fault for a failure.",
        |call| {
            if takes(call.call_id) { again(call, 3) } else { ClientEnd::Refused }
        },
    ),
    does("fetches-what-answers-name", "Fetches what an answer names.", |call| {
        if !takes(call.call_id) {
            return ClientEnd::Refused;
        }
        let got = exchange(call.url, &request(call.call_id), wait(call));
        let text = got.text();
        let named = ["SYSTEM \"", "urn:x ", "href=\""].iter().find_map(|before| {
            text.split_once(before).map(|(_, rest)| rest.split('"').next().unwrap_or_default())
        });
        if let Some(url) = named.filter(|url| url.starts_with("http://127.")) {
            let mut fetch = request("x");
            "GET".clone_into(&mut fetch.method);
            exchange(url, &fetch, wait(call));
        }
        end_of(&got)
    }),
];
