//! Servers that take a request to the wrong place, or a body for what it is not.

use super::bug::{Bug, Mutant, mutant};
use super::rewrite::page;
use super::tree::Element;
use crate::evidence::Reaction;
use crate::message::{write_fault, write_malformed, write_success};
use crate::mock::killed_by::{KilledBy, by};
use crate::mock::listener::Request;
use crate::mock::server::answer::xml;
use crate::protocol::{names, req};

/// Answers requests like this in its own way.
const fn answers(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    way: fn(&Request<'_>) -> Option<Reaction>,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Routes(way))
}

/// Finds a call id in bytes that are no message.
const fn finds(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    id: fn(&[u8]) -> Option<Vec<u8>>,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Repairs(id))
}

pub(super) static MUTANTS: &[Mutant] = &[
    answers(
        "routes-actions-of-ews-to-ews",
        "A SOAPAction of EWS leads to EWS, which answers whatever Body holds.",
        by("soap-action/of-disconnect-phone-call", req::SOAP_ACTION_CONFLICT),
        |request| {
            let action = request.field("soapaction")?.trim_matches('"').strip_prefix(names::MESSAGES)?;
            let operation = action.strip_prefix('/')?;
            let of_ews = ["DisconnectPhoneCall", "GetPhoneCallInformation", "GetUMProperties", "IsUMEnabled"];
            of_ews.contains(&operation).then(|| {
                let answer = write_success().replace("DisconnectResponse", &format!("{operation}Response"));
                xml(200, answer).into()
            })
        },
    ),
    answers(
        "dies-on-unquoted-soap-action",
        "SOAPAction is cut at its quotes, of which there must be two, and a supervisor starts the server again.",
        by("soap-action/unquoted", req::ALIVE_AFTERWARDS),
        |request| {
            let action = request.field("soapaction")?;
            (!action.is_empty() && !action.contains('"')).then_some(Reaction::Reset)
        },
    ),
    answers(
        "looks-soap-action-up-in-small-letters",
        "SOAPAction is looked up as HTTP/2 spells it, and a request without it is refused.",
        by("soap-action/name-as-documented", req::SOAP_ACTION_NOT_NEEDED),
        |request| {
            let named = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("soapaction"))?;
            (named.0 != "soapaction").then(|| xml(500, write_fault("Client", "No SOAPAction.")).into())
        },
    ),
    answers(
        "breaks-on-media-type-of-soap12",
        "The media type of SOAP 1.2 leads to a handler that is not there.",
        by("envelope/soap12-media-type", req::VERSION_MISMATCH),
        |request| request.field("content-type")?.starts_with("application/soap+xml").then(|| page(500)),
    ),
    answers(
        "tells-names-of-operations-as-they-are",
        "The fault for an unknown child of Body tells its namespace, which is not escaped.",
        by("namespace/both-with-ampersand", req::ENVELOPE_ROOT),
        |request| {
            let name = unescaped_name(request.body, "<Disconnect xmlns=\"")?;
            let told = format!("Nobody knows {{{name}}}Disconnect.");
            Some(xml(500, write_malformed().replacen(names::INVALID_REQUEST_TEXT, &told, 1)).into())
        },
    ),
    answers(
        "tells-names-of-header-entries-as-they-are",
        "The fault for a header entry that is not understood tells its namespace, which is not escaped.",
        by("header/mandatory-name-with-ampersand", req::ENVELOPE_ROOT),
        |request| {
            let name = unescaped_name(request.body, "<h:unknown xmlns:h=\"")?;
            let told = format!("Nobody understands {{{name}}}unknown.");
            Some(xml(500, write_fault("MustUnderstand", "NAME").replacen("NAME", &told, 1)).into())
        },
    ),
    answers(
        "acknowledges-faults",
        "A Fault in a request is taken for news of somebody else's failure, and acknowledged.",
        by("request-body/operation-soap-fault", req::DISCONNECT_ELEMENT),
        |request| {
            let text = String::from_utf8_lossy(request.body);
            let holds = text.contains("<soap:Fault>") || text.contains("<Fault ");
            holds.then(|| xml(200, write_success()).into())
        },
    ),
    answers(
        "ends-shells",
        "Disconnect of WS-Management ends a shell, and says so in the words of this service.",
        by("request-body/wsman-disconnect", req::FOREIGN_OPERATION),
        |request| {
            let shell = String::from_utf8_lossy(request.body).contains("<rsp:Disconnect");
            shell.then(|| xml(200, write_success()).into())
        },
    ),
    finds(
        "takes-json",
        "A body in JSON is taken as well, whatever its media type.",
        by("xml/body-of-json", req::WELL_FORMED),
        |body| {
            let rest = std::str::from_utf8(body).ok()?.strip_prefix("{\"CallId\":\"")?;
            Some(Element::request(rest.split('"').next()?).write())
        },
    ),
    finds(
        "takes-bare-call-id",
        "A body without any markup is the call id.",
        by("xml/body-of-plain-text", req::WELL_FORMED),
        |body| {
            let text = std::str::from_utf8(body).ok()?.trim();
            (!text.is_empty() && !text.contains(['<', '{'])).then(|| Element::request(text).write())
        },
    ),
    finds(
        "takes-text-of-pages",
        "Of a page of HTML the text is taken for the call id.",
        by("xml/body-of-html", req::WELL_FORMED),
        |body| {
            let text = std::str::from_utf8(body).ok()?.strip_prefix("<html>")?;
            let words = text.split('<').filter_map(|piece| piece.split_once('>').map(|(_, word)| word));
            Some(Element::request(&words.collect::<String>()).write())
        },
    ),
];

/// The namespace that follows this text in a message, without its escapes, if it has any.
fn unescaped_name(body: &[u8], before: &str) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let name = text.split_once(before)?.1.split('"').next()?;
    let plain = name.replace("&lt;", "<").replace("&amp;", "&");
    (plain != name).then_some(plain)
}
