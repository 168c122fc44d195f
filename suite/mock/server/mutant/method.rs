//! Servers that take a request for one of another method, and that stumble over fields which mean nothing to a POST.

use super::bug::{Bug, Mutant, mutant};
use super::http::percent_decoded;
use crate::evidence::{Reaction, Response};
use crate::mock::killed_by::{KilledBy, by};
use crate::mock::listener::Request;
use crate::mock::server::service::Service;
use crate::protocol::{names, req};

/// Refuses requests like this with a status.
const fn refuses(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    when: fn(&Request<'_>) -> bool,
    status: u16,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Status(when, status))
}

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "obeys-method-override-of-get",
        "A GET is processed as a POST where a field asks for that.",
        by("http/get-with-x-http-method-override", req::OTHER_METHODS_CHANGE_NOTHING),
        Bug::Http(|service, request| {
            let asks = |name| request.field(name).is_some_and(|value| value.eq_ignore_ascii_case("post"));
            let is_asked = asks("x-http-method-override") || asks("x-http-method");
            (request.method == "GET" && is_asked).then(|| as_post(service, request)).flatten()
        }),
    ),
    mutant(
        "processes-methods-that-only-read",
        "A method of WebDAV that has a body is processed as a POST, and so is QUERY.",
        by("http/propfind", req::OTHER_METHODS_CHANGE_NOTHING),
        Bug::Http(|service, request| {
            let reads = matches!(request.method, "PROPFIND" | "QUERY" | "REPORT" | "SEARCH");
            reads.then(|| as_post(service, request)).flatten()
        }),
    ),
    mutant(
        "reads-messages-in-queries",
        "A message that is the value of the query of a GET is processed.",
        by("http/get-with-message-in-query", req::OTHER_METHODS_CHANGE_NOTHING),
        Bug::Http(|service, request| {
            let written = request.query?.strip_prefix("xml=")?;
            let message =
                written.replace("%3C", "<").replace("%3E", ">").replace("%20", " ").replace("%22", "\"");
            let message = percent_decoded(&message);
            let is_read = request.method == "GET" && service.knows(request);
            is_read.then(|| service.message(&Request { body: message.as_bytes(), ..*request }))
        }),
    ),
    mutant(
        "answers-connect-as-proxies-do",
        "CONNECT is answered with 200, and nothing is connected.",
        by("http/connect", req::METHOD_NOT_ALLOWED),
        Bug::Http(|_, request| (request.method == "CONNECT").then(|| Response::empty(200).into())),
    ),
    mutant(
        "compares-start-of-media-type",
        "A media type that begins with text/xml is taken for it.",
        by("http/media-type-like-text-xml", req::UNSUPPORTED_MEDIA_TYPE),
        Bug::Http(|service, request| {
            let begins =
                request.field("content-type").is_some_and(|value| value.starts_with(names::MEDIA_TYPE));
            let is_taken = begins && request.method == "POST" && service.knows(request);
            is_taken.then(|| service.message(request))
        }),
    ),
    mutant(
        "dies-on-repeated-media-type",
        "Fields are put into a table that takes no Content-Type twice; a supervisor starts the process again.",
        by("http/media-type-repeated", req::ALIVE_AFTERWARDS),
        Bug::Crashes(|request| request.fields("content-type").nth(1).is_some()),
    ),
    refuses(
        "knows-few-characters-of-names",
        "The name of a field may have letters, digits, hyphens and underscores, and nothing else.",
        by("field/name-with-dot", req::SUCCESS_STATUS_2XX),
        |request| {
            let known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            request.headers.iter().any(|(name, _)| !name.chars().all(known))
        },
        400,
    ),
    refuses(
        "refuses-fields-without-value",
        "A field without a value is none.",
        by("field/without-value", req::SUCCESS_STATUS_2XX),
        |request| request.headers.iter().any(|(_, value)| value.is_empty()),
        400,
    ),
    refuses(
        "refuses-announced-trailers",
        "A request that announces trailer fields is refused.",
        by("http/chunked-with-trailer-announced", req::CHUNKED_REQUEST),
        |request| has(request, "trailer"),
        501,
    ),
    refuses(
        "looks-for-ranges",
        "A range is looked for in the answer to a POST, and not found.",
        by("http/range", req::SUCCESS_STATUS_2XX),
        |request| has(request, "range"),
        416,
    ),
    refuses(
        "heeds-conditions-of-get",
        "A condition that only holds for GET is heeded for a POST.",
        by("http/if-modified-since", req::SUCCESS_STATUS_2XX),
        |request| has(request, "if-modified-since"),
        412,
    ),
    refuses(
        "refuses-upgrades",
        "The offer of a protocol that is not known is refused.",
        by("http/upgrade", req::SUCCESS_STATUS_2XX),
        |request| has(request, "upgrade"),
        400,
    ),
    refuses(
        "takes-te-for-a-coding",
        "TE is taken for a transfer coding that is not known.",
        by("http/trailers-taken", req::SUCCESS_STATUS_2XX),
        |request| has(request, "te"),
        501,
    ),
    refuses(
        "knows-two-options-of-connection",
        "Connection may say close or keep-alive, and nothing else.",
        by("http/connection-option-unknown", req::SUCCESS_STATUS_2XX),
        |request| {
            let mut options = request.fields("connection").flat_map(|value| value.split(','));
            options.any(|option| {
                let option = option.trim();
                !option.eq_ignore_ascii_case("close") && !option.eq_ignore_ascii_case("keep-alive")
            })
        },
        400,
    ),
];

/// What a request of whoever is known comes to as a POST.
fn as_post(service: &Service, request: &Request<'_>) -> Option<Reaction> {
    service.knows(request).then(|| service.beyond_authentication(&Request { method: "POST", ..*request }))
}

fn has(request: &Request<'_>, name: &str) -> bool {
    request.fields(name).next().is_some()
}
