//! Status lines, interim answers, second answers, lost connections and waits.

use super::answers::{invalid_id, success, typed, xml};
use super::case::{ClientCase, ClientTurn, case, turns};
use super::case::{ClientExpect::Disconnected, ClientExpect::Open, ClientExpect::Refused};
use super::wire::{head, raw};
use crate::evidence::{Reaction, Spoil};
use crate::protocol::req;

pub(super) fn cases() -> Vec<ClientCase> {
    [status_lines(), interim(), seconds(), lost(), again(), waits()].concat()
}

/// Why the words in a status line do not matter.
const REASON: &str = "the reason is for people, and may be left out (RFC 9112 4)";

/// The first line of an answer (RFC 9112 4).
fn status_lines() -> Vec<ClientCase> {
    let body = success().body;
    let plain = head(200, body.len());
    vec![
        case(
            "answer-line/http-one-zero",
            "The answer is HTTP/1.0.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&plain.replace("HTTP/1.1", "HTTP/1.0"), &body),
        ),
        case(
            "answer-line/no-reason",
            "The status line has no reason.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&plain.replace(" -\n", " \n"), &body),
        )
        .why(REASON),
        case(
            "answer-line/reason-of-many-words",
            "The reason is many words, one of them a number.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&plain.replace(" -\n", " All is well: 500 errors, none of them here\n"), &body),
        )
        .why(REASON),
        case(
            "answer-line/reason-beyond-ascii",
            "The reason holds a letter beyond ASCII.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&plain.replace(" -\n", " trouv\u{E9}\n"), &body),
        )
        .why(REASON),
        // The blank before the reason belongs to the line even where the reason is left out.
        case(
            "answer-line/no-blank-before-reason",
            "The status line ends with the status.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            raw(&plain.replace(" -\n", "\n"), &body),
        ),
        case(
            "answer-line/no-http",
            "What comes is no HTTP.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            raw("220 mail.example ESMTP\n", b""),
        ),
        case(
            "answer-line/status-no-number",
            "The status is no number.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            raw(&plain.replace("200", "abc"), &body[..body.len() / 2]),
        ),
        case(
            "answer-line/http-nine",
            "The version is one that nobody knows.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Open,
            raw(&plain.replace("HTTP/1.1", "HTTP/9.9"), &body),
        ),
    ]
}

/// 1xx before the answer, for clients of HTTP/1.1 (RFC 9110 15.2).
fn interim() -> Vec<ClientCase> {
    let body = success().body;
    let proceed = "HTTP/1.1 100 Continue\n\n";
    let hints = "HTTP/1.1 103 Early Hints\nlink: </a>\n\n";
    [
        ("continue-first", "100 Continue comes before the answer.", proceed.to_owned()),
        ("continue-three-times", "100 Continue comes three times before the answer.", proceed.repeat(3)),
        (
            "processing-first",
            "102 Processing comes before the answer.",
            "HTTP/1.1 102 Processing\n\n".to_owned(),
        ),
        ("hints-first", "103 Early Hints comes before the answer.", hints.to_owned()),
        (
            "hints-with-label-first",
            "103 comes before the answer with a media type and a length of its own.",
            "HTTP/1.1 103 -\ncontent-type: text/html\ncontent-length: 9\n\n".to_owned(),
        ),
        (
            "continue-and-hints-first",
            "100, 103 and 103 come before the answer.",
            format!("{proceed}{hints}{hints}"),
        ),
        (
            "interim-unknown-first",
            "199, which nobody knows, comes before the answer.",
            "HTTP/1.1 199 -\n\n".to_owned(),
        ),
    ]
    .into_iter()
    .map(|(name, about, before)| {
        let id = format!("answer-line/{name}");
        let answer = raw(&(before + &head(200, body.len())), &body);
        case(id, about, req::INTERIM_ANSWERS_PASSED, Disconnected, answer)
            .since_http_1_1()
            .why("a 1xx is not the final answer (RFC 9110 15.2)")
    })
    .collect()
}

/// What follows the answer on its connection.
fn seconds() -> Vec<ClientCase> {
    let body = success().body;
    vec![
        case(
            "answer-line/twice",
            "The success comes twice; a client may take the second for an attack.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            Reaction::Spoil(success(), Spoil::Twice),
        ),
        case(
            "answer-line/then-fault",
            "A fault follows the success on the same connection.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            {
                let fault = invalid_id();
                let second = format!("HTTP/1.1 500 -\ncontent-length: {}\n\n", fault.body.len());
                let rest = [&body[..], second.replace('\n', "\r\n").as_bytes(), &fault.body].concat();
                raw(&head(200, body.len()), &rest)
            },
        ),
    ]
}

/// Connections that are lost before the answer is whole.
fn lost() -> Vec<ClientCase> {
    [
        (
            "cut-in-head",
            "The connection closes within the head.",
            Reaction::Spoil(success(), Spoil::CloseInHead),
        ),
        (
            "cut-in-body",
            "The connection closes within the answer.",
            Reaction::Spoil(success(), Spoil::CloseInBody),
        ),
        (
            "reset-in-body",
            "The connection is reset within the answer.",
            Reaction::Spoil(success(), Spoil::ResetInBody),
        ),
        ("reset", "The connection is reset instead of an answer.", Reaction::Reset),
    ]
    .into_iter()
    .map(|(name, about, reaction)| {
        // What is cut is told by its framing; without a head there is none.
        let row =
            if name == "cut-in-body" { req::UNAMBIGUOUS_FRAMING } else { req::OK_STATUS_WITHOUT_RESPONSE };
        case(format!("answer-line/{name}"), about, row, Refused, reaction)
    })
    .collect()
}

/// A lost answer, and what a second request is told.
fn again() -> Vec<ClientCase> {
    let half = success().body;
    let half = &half[..half.len() / 2];
    [
        ("closed", "The connection closes without an answer", Reaction::Close),
        ("reset", "The connection is reset without an answer", Reaction::Reset),
        ("cut", "The connection closes within the answer", Reaction::Spoil(success(), Spoil::CloseInBody)),
        (
            "page-504",
            "A gateway says that its server took too long",
            typed(504, "text/html", "<html><body>Gateway timeout</body></html>").into(),
        ),
        ("unreadable", "Half a success comes as if it were whole", xml(200, half).into()),
    ]
    .into_iter()
    .map(|(name, about, first)| {
        turns(
            format!("answer-line/{name}-then-invalid-id"),
            format!("{about}, and a second request is told that the id is invalid."),
            req::CLIENT_RETRY,
            vec![
                ClientTurn { reaction: first, expect: Refused },
                // Whoever asks again must know that the first request may have ended the call.
                ClientTurn { reaction: invalid_id().into(), expect: Disconnected },
            ],
        )
        .why("who asks again knows that the lost answer may have been a success")
    })
    .collect()
}

fn waits() -> Vec<ClientCase> {
    let endless = [
        ("no-answer", "No answer comes.", Refused, Reaction::Hang),
        (
            "in-head",
            "The head stops, and the connection stays open.",
            Refused,
            Reaction::Spoil(success(), Spoil::HangInHead),
        ),
        (
            "in-body",
            "The answer stops, and the connection stays open.",
            Refused,
            Reaction::Spoil(success(), Spoil::HangInBody),
        ),
        // The envelope is whole: who takes it does no harm.
        (
            "endless-body",
            "White space follows the envelope without end.",
            Open,
            Reaction::Spoil(success(), Spoil::EndlessBody),
        ),
        ("endless-head", "The head does not end.", Refused, Reaction::Spoil(success(), Spoil::EndlessHead)),
        (
            "endless-chunks",
            "Chunks of white space come without end.",
            Refused,
            Reaction::Spoil(success(), Spoil::EndlessChunks),
        ),
    ];
    let mut cases: Vec<ClientCase> = endless
        .into_iter()
        .map(|(name, about, expect, reaction)| {
            case(format!("answer-wait/{name}"), about, req::CLIENT_LIMITS, expect, reaction).endless()
        })
        .collect();
    // It is whole in good time, whatever the time that a client is given: nothing is wrong with it.
    let slow = Reaction::Spoil(success(), Spoil::Slow);
    cases.push(
        turns(
            "answer-wait/no-answer-then-invalid-id",
            "No answer comes, and a second request is told that the id is invalid.",
            req::CLIENT_RETRY,
            vec![
                ClientTurn { reaction: Reaction::Hang, expect: Refused },
                // Whoever asks again must know that the first request may have ended the call.
                ClientTurn { reaction: invalid_id().into(), expect: Disconnected },
            ],
        )
        .why("who asks again knows that the lost answer may have been a success")
        .endless(),
    );
    cases.push(
        case(
            "answer-wait/drip",
            "The answer comes a few bytes at a time, and is whole in a quarter of the client's time.",
            req::CLIENT_COMES_TO_AN_END,
            Open,
            slow,
        )
        .waits(),
    );
    cases
}
