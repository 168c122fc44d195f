//! What the listener serves, with its own URLs filled in.

use crate::evidence::{Reaction, Response};
use crate::protocol::{MESSAGES_XSD, TYPES_XSD, WSDL, names};

/// Base URLs of the two hosts and of the address that is watched.
#[derive(Debug, Default, Clone)]
pub(super) struct Bases {
    pub(super) here: String,
    pub(super) other: String,
    pub(super) canary: String,
}

/// The description of the service, for clients that read it first.
pub(super) fn description(asked: &str, here: &str) -> Option<String> {
    match asked.to_ascii_lowercase().as_str() {
        "wsdl" => {
            Some(WSDL.replace("http://localhost/EWS/UM2007Legacy.asmx", here).replace(
                "schemaLocation=\"messages.xsd\"",
                &format!("schemaLocation=\"{here}?messages.xsd\""),
            ))
        }
        "messages.xsd" => Some(
            MESSAGES_XSD
                .replace("schemaLocation=\"types.xsd\"", &format!("schemaLocation=\"{here}?types.xsd\"")),
        ),
        "types.xsd" => Some(TYPES_XSD.to_owned()),
        _ => None,
    }
}

pub(super) fn text_xml(body: String) -> Response {
    let headers = vec![("content-type", names::CONTENT_TYPE.to_owned())];
    Response { status: 200, headers, body: body.into_bytes() }
}

/// The URLs filled into an answer.
pub(super) fn filled(reaction: Reaction, urls: &Bases) -> Reaction {
    let fill = |text: &str| {
        text.replace("{here}", &urls.here).replace("{other}", &urls.other).replace("{canary}", &urls.canary)
    };
    let respond = |response: Response| Response {
        status: response.status,
        headers: response.headers.into_iter().map(|(name, value)| (name, fill(&value))).collect(),
        body: match String::from_utf8(response.body) {
            Ok(text) if text.contains("{canary}") => fill(&text).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        },
    };
    match reaction {
        Reaction::Answer(response) => Reaction::Answer(respond(response)),
        Reaction::Spoil(response, spoil) => Reaction::Spoil(respond(response), spoil),
        other => other,
    }
}
