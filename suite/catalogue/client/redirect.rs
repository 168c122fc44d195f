//! Redirects and challenges.

use super::ClientExpect::{Disconnected, Open, Refused};
use super::{ClientCase, ClientTurn, case, success, turns, typed};
use crate::evidence::{Reaction, Response};

fn to(status: u16, location: &str) -> Response {
    Response { status, headers: vec![("location", location.to_owned())], body: Vec::new() }
}

fn then_success(id: String, about: String, row: u16, first: Response) -> ClientCase {
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
    let mut cases = Vec::new();
    for status in [301_u16, 302, 303, 307, 308] {
        cases.push(then_success(
            format!("redirect/{status}"),
            format!("A redirect with {status} leads to another path; a GET there is answered with 405."),
            25,
            to(status, "{here}/next"),
        ));
        cases.push(
            then_success(
                format!("redirect/{status}-to-other-host"),
                format!("A redirect with {status} leads to another host, which must not see credentials."),
                169,
                to(status, "{there}/next"),
            )
            .credentials(),
        );
    }
    cases.push(then_success(
        "redirect/relative".to_owned(),
        "A redirect leads to a relative path.".to_owned(),
        25,
        to(307, "next"),
    ));
    cases.extend([
        case("redirect/loop", "A redirect leads to itself.", 170, Refused, to(307, "{here}")).waits(),
        case("redirect/loop-302", "A redirect with 302 leads to itself.", 170, Refused, to(302, "{here}"))
            .waits(),
        case("redirect/without-location", "A redirect leads nowhere.", 164, Refused, Response::empty(307)),
        case(
            "redirect/to-file",
            "A redirect leads to a file.",
            164,
            Refused,
            to(307, "file:///etc/hostname"),
        ),
        case("redirect/300", "Several choices are offered.", 164, Refused, Response::empty(300)),
        case("redirect/304", "Nothing was modified.", 164, Refused, Response::empty(304)),
        case(
            "challenge/basic",
            "Credentials are asked for, and refused.",
            163,
            Refused,
            challenge(401, "Basic realm=\"a\""),
        )
        .waits(),
        case(
            "challenge/unknown",
            "Credentials of an unknown kind are asked for.",
            163,
            Refused,
            challenge(401, "X-Unknown a=b"),
        )
        .waits(),
        case(
            "challenge/without-kind",
            "The status is 401, and nothing is asked for.",
            163,
            Refused,
            typed(401, "text/html", "<html/>"),
        )
        .waits(),
        case(
            "challenge/proxy",
            "A proxy asks for credentials.",
            163,
            Refused,
            challenge(407, "Basic realm=\"a\""),
        )
        .waits(),
        turns(
            "challenge/then-success",
            "Credentials are asked for; the next request succeeds.",
            25,
            vec![
                ClientTurn { reaction: challenge(401, "Basic realm=\"a\""), expect: Refused },
                ClientTurn { reaction: success().into(), expect: Open },
            ],
        ),
    ]);
    cases
}

fn challenge(status: u16, value: &str) -> Reaction {
    let name = if status == 407 { "proxy-authenticate" } else { "www-authenticate" };
    Response { status, headers: vec![(name, value.to_owned())], body: Vec::new() }.into()
}
