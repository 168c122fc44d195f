//! Redirects and challenges.

use super::answers::{success, typed};
use super::case::{ClientCase, ClientTurn, case, turns};
use super::case::{ClientExpect::Disconnected, ClientExpect::Open, ClientExpect::Refused};
use crate::evidence::{Reaction, Response};
use crate::protocol::{RequirementId, req};

fn to(status: u16, location: &str) -> Response {
    Response { status, headers: vec![("location", location.to_owned())], body: Vec::new() }
}

fn then_success(id: String, about: String, row: RequirementId, first: Response) -> ClientCase {
    turns(
        id,
        about,
        row,
        vec![
            ClientTurn { reaction: first.into(), expect: Refused },
            // Only a POST with the request gets here.
            ClientTurn { reaction: success().into(), expect: Disconnected },
        ],
    )
}

pub(super) fn cases() -> Vec<ClientCase> {
    let mut cases = redirects();
    cases.extend(challenges());
    cases
}

fn redirects() -> Vec<ClientCase> {
    let mut cases = Vec::new();
    for status in [301_u16, 302, 303, 307, 308] {
        cases.push(then_success(
            format!("redirect/{status}"),
            format!("A redirect with {status} leads to another path; a GET there is answered with 405."),
            req::REDIRECT_STATUS_307,
            to(status, "{here}/next"),
        ));
        cases.push(
            then_success(
                format!("redirect/{status}-to-other-host"),
                format!("A redirect with {status} leads to another host, which must not see credentials."),
                req::CREDENTIALS_ON_REDIRECT,
                to(status, "{other}/next"),
            )
            .credentials(),
        );
    }
    cases.push(then_success(
        "redirect/relative".to_owned(),
        "A redirect leads to a relative path.".to_owned(),
        req::REDIRECT_STATUS_307,
        to(307, "next"),
    ));
    cases.push(then_success(
        "redirect/with-fragment".to_owned(),
        "A redirect leads to another path with a fragment, which is for the client alone.".to_owned(),
        req::REDIRECT_STATUS_307,
        to(307, "{here}/next#a"),
    ));
    cases.extend([
        case("redirect/loop", "A redirect leads to itself.", req::CLIENT_LIMITS, Refused, to(307, "{here}"))
            .endless(),
        case(
            "redirect/loop-302",
            "A redirect with 302 leads to itself.",
            req::CLIENT_LIMITS,
            Refused,
            to(302, "{here}"),
        )
        .endless(),
        case(
            "redirect/without-location",
            "A redirect leads nowhere.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            Response::empty(307),
        ),
        case(
            "redirect/to-file",
            "A redirect leads to a file.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            to(307, "file:///etc/hostname"),
        ),
        case(
            "redirect/to-no-url",
            "A redirect leads to what is no URL.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            to(307, "http://[::1"),
        ),
        case(
            "redirect/300",
            "Several choices are offered.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            Response::empty(300),
        ),
        case(
            "redirect/304",
            "Nothing was modified.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            Response::empty(304),
        ),
    ]);
    cases
}

fn challenges() -> Vec<ClientCase> {
    vec![
        case(
            "challenge/basic",
            "Credentials are asked for, and refused.",
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            challenge(401, "Basic realm=\"a\""),
        )
        .waits(),
        case(
            "challenge/unknown",
            "Credentials of an unknown kind are asked for.",
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            challenge(401, "X-Unknown a=b"),
        )
        .waits(),
        case(
            "challenge/name-alone",
            "Credentials are asked for by the name of their kind alone.",
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            challenge(401, "Negotiate"),
        )
        .waits(),
        case(
            "challenge/two",
            "Credentials of two kinds are asked for, each in a field of its own.",
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            Response {
                status: 401,
                headers: ["Negotiate", "NTLM"].map(|kind| ("www-authenticate", kind.to_owned())).to_vec(),
                body: Vec::new(),
            },
        )
        .waits(),
        case(
            "challenge/without-kind",
            "The status is 401, and nothing is asked for.",
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            typed(401, "text/html", "<html/>"),
        )
        .waits(),
        case(
            "challenge/proxy",
            "A proxy asks for credentials.",
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            challenge(407, "Basic realm=\"a\""),
        )
        .waits(),
        turns(
            "challenge/then-success",
            "Credentials are asked for; the next request succeeds.",
            req::REDIRECT_STATUS_307,
            vec![
                ClientTurn { reaction: challenge(401, "Basic realm=\"a\""), expect: Refused },
                ClientTurn { reaction: success().into(), expect: Open },
            ],
        ),
    ]
}

fn challenge(status: u16, value: &str) -> Reaction {
    let name = if status == 407 { "proxy-authenticate" } else { "www-authenticate" };
    Response { status, headers: vec![(name, value.to_owned())], body: Vec::new() }.into()
}
