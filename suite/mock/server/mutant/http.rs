//! Servers that mistake HTTP: methods, media types, SOAPAction, credentials, fields they do not know.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::bug::{Bug, Mutant, mutant};
use super::moody::stored;
use super::rewrite::page;
use crate::evidence::{Reaction, Response};
use crate::message::{read_request, write_fault, write_invalid_call_id, write_malformed};
use crate::mock::killed_by::by;
use crate::mock::listener::Request;
use crate::mock::server::answer::{plain, xml};
use crate::mock::server::service::Service;
use crate::protocol::{Operation, names, req};

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "asks-for-no-credentials",
        "A request without credentials is processed.",
        by("auth/none", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| {
            (!service.knows(request)).then(|| service.beyond_authentication(request))
        }),
    ),
    mutant(
        "takes-any-credentials",
        "Credentials must be there, but are not checked.",
        by("auth/wrong-password", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| {
            let some = request.fields("authorization").next().is_some();
            (some && !service.knows(request)).then(|| service.beyond_authentication(request))
        }),
    ),
    mutant(
        "looks-at-no-password",
        "The user is looked at, and not the password.",
        by("auth/another-password", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| {
            lets_in(service, request, |right, given| right.split(':').next() == given.split(':').next())
        }),
    ),
    mutant(
        "lets-in-without-password",
        "An empty password of a known user asks a directory for nothing, which it grants.",
        by("auth/no-password", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| {
            lets_in(service, request, |right, given| given.ends_with(':') && right.starts_with(given))
        }),
    ),
    mutant(
        "looks-at-start-of-password",
        "What is behind the right password is not looked at.",
        by("auth/password-with-letter-more", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| lets_in(service, request, |right, given| given.starts_with(right))),
    ),
    mutant(
        "folds-case-of-password",
        "Passwords are compared without regard to case.",
        by("auth/password-in-other-case", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| lets_in(service, request, str::eq_ignore_ascii_case)),
    ),
    mutant(
        "asks-each-connection-once-for-credentials",
        "A request without credentials is processed behind another one on its connection.",
        by("connection/no-credentials-after-some", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| {
            let none = request.fields("authorization").next().is_none();
            (none && request.arrival.before > 0).then(|| service.beyond_authentication(request))
        }),
    ),
    mutant(
        "checks-credentials-of-each-connection-once",
        "Credentials are not checked behind another request on their connection.",
        by("connection/wrong-credentials-after-right", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| {
            let some = request.fields("authorization").next().is_some();
            (some && request.arrival.before > 0).then(|| service.beyond_authentication(request))
        }),
    ),
    mutant(
        "omits-challenge",
        "A 401 says nothing of the authentication it wants.",
        by("auth/none", req::AUTHENTICATE_HEADER),
        Bug::Http(|service, request| (!service.knows(request)).then(|| plain(401, "no").into())),
    ),
    mutant(
        "challenges-with-nothing",
        "WWW-Authenticate of a 401 is empty.",
        by("auth/none", req::AUTHENTICATE_HEADER),
        Bug::Http(|service, request| {
            let mut response = plain(401, "no");
            response.headers.push(("www-authenticate", String::new()));
            (!service.knows(request)).then(|| response.into())
        }),
    ),
    mutant(
        "redirects-strangers-to-login",
        "A request without credentials is redirected to a page for logging in.",
        by("auth/none", req::AUTHENTICATION_REQUIRED),
        Bug::Http(|service, request| (!service.knows(request)).then(|| redirect("/login"))),
    ),
    mutant(
        "parses-before-authentication",
        "A malformed request is answered as malformed even without credentials.",
        by("auth/none-not-xml", req::AUTHENTICATION_BEFORE_PARSING),
        Bug::Http(|service, request| {
            let malformed = || read_request(request.body, None).is_err();
            (!service.knows(request) && malformed()).then(|| xml(500, write_malformed()).into())
        }),
    ),
    mutant(
        "tells-strangers-which-ids-exist",
        "Without credentials an id that does not exist is answered by its fault, one that does by 401.",
        by("auth/none-unissued-call-id", req::IDS_NOT_PROBED_UNAUTHENTICATED),
        Bug::Http(|service, request| {
            let unknown = || match read_request(request.body, None) {
                Ok(read) => service.call_state(read.call_id().unwrap_or_default()).is_none(),
                Err(_) => false,
            };
            (!service.knows(request) && unknown()).then(|| xml(500, write_invalid_call_id()).into())
        }),
    ),
    mutant(
        "ends-call-by-query",
        "A call that is named in the query is ended, whatever the method.",
        by("http/get-with-call-id-in-query", req::OTHER_METHODS_CHANGE_NOTHING),
        Bug::Http(|service, request| {
            let id = request.query?.split("CallId=").nth(1)?;
            let named = service.knows(request) && service.calls().end(&percent_decoded(id));
            named.then(|| plain(200, "done").into())
        }),
    ),
    mutant(
        "ignores-method",
        "A message is processed whatever method brought it.",
        by("http/get-with-body", req::OTHER_METHODS_CHANGE_NOTHING),
        Bug::Http(|service, request| {
            let carried = service.knows(request) && request.method != "POST" && !request.body.is_empty();
            carried.then(|| service.beyond_authentication(&Request { method: "POST", ..*request }))
        }),
    ),
    mutant(
        "omits-allow",
        "A 405 does not say which methods are allowed.",
        by("http/put", req::ALLOW_LISTS_POST),
        Bug::Http(|service, request| {
            (service.knows(request) && request.method != "POST").then(|| plain(405, "no").into())
        }),
    ),
    mutant(
        "serves-page-for-any-method",
        "Every method but POST is answered by a page for people.",
        by("http/put", req::METHOD_NOT_ALLOWED),
        Bug::Http(|service, request| (service.knows(request) && request.method != "POST").then(|| page(200))),
    ),
    mutant(
        "hangs-on-methods-without-body",
        "HEAD, OPTIONS and TRACE are never answered.",
        by("http/options", req::ALIVE_AFTERWARDS),
        hang(|request| matches!(request.method, "HEAD" | "OPTIONS" | "TRACE")),
    ),
    mutant(
        "hangs-on-description",
        "The WSDL is never sent.",
        by("http/get-description", req::ALIVE_AFTERWARDS),
        hang(|request| request.method == "GET" && is_wsdl(request)),
    ),
    mutant(
        "hangs-on-method-override",
        "A field that overrides the method is never answered.",
        by("http/method-override", req::ALIVE_AFTERWARDS),
        hang(|request| request.fields("x-http-method-override").next().is_some()),
    ),
    mutant(
        "hangs-on-long-query",
        "A query of 2,000 bytes and more is never answered.",
        by("http/query-of-2047-bytes", req::ALIVE_AFTERWARDS),
        hang(|request| request.query.is_some_and(|query| query.len() >= 2_000)),
    ),
    mutant(
        "dies-on-untrue-content-encoding",
        "A body that is not compressed although it says so crashes the process; a supervisor starts it again.",
        by("http/content-encoding-untrue", req::ALIVE_AFTERWARDS),
        Bug::Crashes(|request| request.field("content-encoding").is_some()),
    ),
    mutant(
        "ignores-media-type",
        "Content-Type is not looked at.",
        by("http/media-type-soap-xml", req::UNSUPPORTED_MEDIA_TYPE),
        Bug::Http(|service, request| {
            let taken = service.knows(request) && request.method == "POST";
            taken.then(|| service.message(request))
        }),
    ),
    mutant(
        "compares-content-type-as-text",
        "Content-Type must be written exactly as in the documents.",
        by("http/media-type-in-upper-case", req::SUCCESS_STATUS_2XX),
        Bug::Http(|_, request| {
            let value = request.field("content-type");
            let other = request.method == "POST" && value != Some(names::CONTENT_TYPE);
            other.then(|| plain(415, "unsupported").into())
        }),
    ),
    mutant(
        "takes-form-for-message",
        "A form-encoded body that names a call is processed.",
        by("http/form-encoded", req::WELL_FORMED),
        Bug::Http(|service, request| {
            let body = std::str::from_utf8(request.body).ok()?;
            let id = body.strip_prefix("CallId=").or_else(|| body.strip_prefix("callId="))?;
            let ended = service.knows(request) && service.calls().end(&percent_decoded(id));
            ended.then(|| xml(200, crate::message::write_success()).into())
        }),
    ),
    mutant(
        "obeys-soap-action",
        "SOAPAction decides which operation runs, whatever Body holds.",
        by("soap-action/disconnect-with-get-call-info", req::SOAP_ACTION_CONFLICT),
        Bug::Http(obey_soap_action),
    ),
    mutant(
        "asks-for-soap-action",
        "A request without the documented SOAPAction is refused.",
        by("soap-action/empty-quoted", req::SOAP_ACTION_NOT_NEEDED),
        Bug::Http(|service, request| {
            let action = request.field("soapaction").unwrap_or_default();
            let known = Operation::ALL.iter().any(|op| action == format!("\"{}\"", op.soap_action()));
            let refused = service.knows(request) && request.method == "POST" && !known;
            refused.then(|| xml(500, write_fault("Client", "Unknown SOAPAction.")).into())
        }),
    ),
    mutant(
        "breaks-on-soap-action",
        "The reader of SOAPAction takes one value in quotes, and the page of an error answers all others.",
        by("soap-action/quotes-doubled", req::SOAP_ACTION_NOT_NEEDED),
        Bug::Http(|service, request| {
            let mut fields = request.fields("soapaction");
            let value = fields.next().unwrap_or_default().trim();
            let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let is_one =
                inner.is_some_and(|inner| inner.len() < 8_000 && inner.is_ascii() && !inner.contains('"'));
            let breaks = request.method == "POST" && (fields.next().is_some() || !is_one);
            (service.knows(request) && breaks).then(|| plain(500, "Object reference not set").into())
        }),
    ),
    mutant(
        "refuses-cookies",
        "A request with a cookie is refused.",
        by("http/cookie", req::COOKIES_NOT_NEEDED),
        refuse(|request| has(request, "cookie"), 400),
    ),
    mutant(
        "refuses-expect",
        "Expect is refused although its value is known.",
        by("http/expect-continue", req::EXPECT_CONTINUE),
        refuse(|request| has(request, "expect"), 400),
    ),
    mutant(
        "refuses-accept",
        "A request that says what answers it takes is refused.",
        by("http/accept-encoding", req::SUCCESS_STATUS_2XX),
        refuse(
            |request| {
                request.field("accept-encoding").is_some_and(|value| value != "identity")
                    || request.field("accept").is_some_and(|value| value != "*/*")
            },
            406,
        ),
    ),
    mutant(
        "finds-gzip-in-any-words",
        "An answer is compressed where Accept-Encoding holds the word gzip, though it be refused.",
        by("http/accept-encoding-without-gzip", req::SUCCESS_STATUS_2XX),
        Bug::Http(|service, request| {
            let is_named = request.field("accept-encoding").is_some_and(|value| value.contains("gzip"));
            let reaction =
                (is_named && service.knows(request)).then(|| service.beyond_authentication(request))?;
            let Reaction::Answer(mut response) = reaction else { return Some(reaction) };
            response.headers.push(("content-encoding", "gzip".to_owned()));
            response.body = stored(&response.body);
            Some(response.into())
        }),
    ),
    mutant(
        "refuses-repeated-fields",
        "A request with a field that comes twice is refused, even where its value is a list.",
        by("field/accept-in-two-lines", req::SUCCESS_STATUS_2XX),
        refuse(|request| request.headers.iter().any(|(name, _)| request.fields(name).nth(1).is_some()), 400),
    ),
    mutant(
        "knows-no-quoted-pairs",
        "A backslash in Content-Type is none of its characters.",
        by("http/charset-with-quoted-pair", req::CHARSET_NAMES_ENCODING),
        refuse(|request| request.field("content-type").is_some_and(|value| value.contains('\\')), 415),
    ),
    mutant(
        "splits-content-type-within-quotes",
        "Content-Type is split at every semicolon, and a part without an equals sign is refused.",
        by("http/parameter-with-semicolon", req::SUCCESS_STATUS_2XX),
        refuse(
            |request| {
                let mut parts = request.field("content-type").unwrap_or_default().split(';').skip(1);
                parts.any(|part| !part.trim().is_empty() && !part.contains('='))
            },
            415,
        ),
    ),
    mutant(
        "refuses-empty-parameters",
        "A semicolon in Content-Type that nothing follows is refused.",
        by("http/semicolon-at-end", req::SUCCESS_STATUS_2XX),
        refuse(
            |request| request.field("content-type").is_some_and(|value| value.trim_end().ends_with(';')),
            415,
        ),
    ),
    mutant(
        "refuses-unknown-fields",
        "A request with a header field that the server does not know is refused.",
        by("http/field-unknown", req::SUCCESS_STATUS_2XX),
        refuse(|request| request.headers.iter().any(|(name, _)| name.starts_with("x-umspec")), 400),
    ),
    mutant(
        "refuses-connection-close",
        "A client that wants to close the connection is answered by nothing but that.",
        by("http/connection-close", req::ALIVE_AFTERWARDS),
        Bug::Http(|_, request| {
            let close = request.field("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
            (close && is_disconnect(request)).then_some(Reaction::Reset)
        }),
    ),
    mutant(
        "refuses-chunked",
        "A chunked body is refused by a server of HTTP/1.1.",
        by("http/chunked-whole", req::CHUNKED_REQUEST),
        refuse(|request| has(request, "transfer-encoding"), 501),
    ),
    mutant(
        "refuses-http10",
        "A request of HTTP/1.0 is refused.",
        by("http/version-one-zero", req::SUCCESS_STATUS_2XX),
        refuse(|request| request.version == "1.0", 505),
    ),
];

/// Processes a request whose user and password fit the right ones in this way.
fn lets_in(service: &Service, request: &Request<'_>, fits: fn(&str, &str) -> bool) -> Option<Reaction> {
    let given = user_and_password(request.field("authorization")?)?;
    let right = user_and_password(service.authorization()?)?;
    let takes = !service.knows(request) && fits(&right, &given);
    takes.then(|| service.beyond_authentication(request))
}

/// What stands encoded in the value of an Authorization field.
fn user_and_password(value: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(value.strip_prefix("Basic ")?).ok()?).ok()
}

const fn hang(when: fn(&Request<'_>) -> bool) -> Bug {
    Bug::Hangs(when)
}

const fn refuse(when: fn(&Request<'_>) -> bool, status: u16) -> Bug {
    Bug::Status(when, status)
}

fn has(request: &Request<'_>, name: &str) -> bool {
    request.fields(name).next().is_some()
}

fn is_wsdl(request: &Request<'_>) -> bool {
    request.query.is_some_and(|query| query.eq_ignore_ascii_case("wsdl"))
}

/// Whether the request is about ending a call, as far as its bytes tell.
pub(super) fn is_disconnect(request: &Request<'_>) -> bool {
    let holds = |word: &[u8]| request.body.windows(word.len()).any(|window| window == word);
    request.method == "POST" && !holds(b"PlayOnPhone") && !holds(b"GetCallInfo")
}

fn redirect(location: &str) -> Reaction {
    let mut response = Response::empty(302);
    response.headers.push(("location", location.to_owned()));
    response.into()
}

fn obey_soap_action(service: &Service, request: &Request<'_>) -> Option<Reaction> {
    if request.method != "POST" || !service.knows(request) {
        return None;
    }
    let action = request.field("soapaction").unwrap_or_default().trim_matches('"');
    let asked = action.rsplit('/').next().unwrap_or_default();
    let Some(operation) = Operation::from_request(asked).filter(|op| action == op.soap_action()) else {
        return Some(xml(500, write_fault("Client", "Unknown SOAPAction.")).into());
    };
    let body = std::str::from_utf8(request.body).ok()?;
    let id = body.split("CallId>").nth(1).map(|rest| rest.split('<').next().unwrap_or_default())?;
    match operation {
        Operation::GetCallInfo => Some(service.call_info(id).into()),
        Operation::Disconnect if body.contains("<GetCallInfo") => Some(service.disconnect(id)),
        _ => None,
    }
}

/// What base64 has beside letters and digits, back from its form in a URL.
pub(super) fn percent_decoded(text: &str) -> String {
    text.replace("%2B", "+")
        .replace("%2F", "/")
        .replace("%3D", "=")
        .replace("%2b", "+")
        .replace("%2f", "/")
        .replace("%3d", "=")
}
