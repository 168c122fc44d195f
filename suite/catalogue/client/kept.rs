//! Connections that stay open after an answer, close without a word, or are answered early.

use super::answers::{invalid_id, success};
use super::case::{ClientCase, ClientExpect, ClientTurn, case, turns};
use super::case::{ClientExpect::Disconnected, ClientExpect::Open, ClientExpect::Refused};
use super::wire::{bytes, chunked_head, chunks, head, size};
use crate::evidence::{Reaction, Response};
use crate::protocol::{RequirementId, req};

pub(super) fn cases() -> Vec<ClientCase> {
    // A client of HTTP/1.0 is told the end by the end of the connection.
    let closes = |case: &ClientCase| case.id.contains("closed");
    let cases = kept().into_iter().chain(redirected());
    let mut cases: Vec<ClientCase> =
        cases.map(|case| if closes(&case) { case } else { case.since_http_1_1() }).collect();
    cases.extend(early());
    cases
}

/// A redirect on a connection that stays open, or that closes without a word: who follows it may send the second
/// request on the first connection, or find that this is gone.
fn redirected() -> [ClientCase; 2] {
    let head = "HTTP/1.1 307 -\nlocation: next\ncontent-length: 0\n\n";
    [
        ("redirect", "A redirect comes, and the connection stays open.", Reaction::Keep(bytes(head, b""))),
        (
            "redirect-then-closed",
            "A redirect comes, and the connection closes without a word.",
            Reaction::Raw(bytes(head, b"")),
        ),
    ]
    .map(|(name, about, redirect)| {
        turns(
            format!("answer-kept/{name}"),
            about,
            req::REDIRECT_STATUS_307,
            vec![
                ClientTurn { reaction: redirect, expect: Refused },
                ClientTurn { reaction: success().into(), expect: Disconnected },
            ],
        )
    })
}

/// A head that says nothing of the connection, which then stays open (RFC 9112 9.3).
fn open(head: &str) -> String {
    head.replace("connection: close\n", "")
}

/// Why a client comes to an end although the connection does not.
const WHY: &str = "an answer ends where its framing says, and not with its connection (RFC 9112 6.3)";

/// The answer ends where its framing says; who waits for the end of the connection waits in vain.
fn kept() -> Vec<ClientCase> {
    let Response { body, .. } = success();
    let fault = invalid_id().body;
    let plain = open(&head(200, body.len()));
    let named = plain.replace("\n\n", "\nconnection: keep-alive\nkeep-alive: timeout=60\n\n");
    let rows: Vec<(&str, &str, RequirementId, ClientExpect, Vec<u8>)> = vec![
        (
            "success",
            "The connection stays open after a success with its length.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            bytes(&plain, &body),
        ),
        (
            "keep-alive",
            "The answer says keep-alive, and the connection stays open.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            bytes(&named, &body),
        ),
        (
            "chunks",
            "The connection stays open after the last chunk.",
            req::CHUNKED_REQUEST,
            Disconnected,
            bytes(&open(&chunked_head()), &chunks(&body, 100, size, "0\n\n")),
        ),
        (
            "fault",
            "The connection stays open after a fault with its length.",
            req::UNAMBIGUOUS_FRAMING,
            Refused,
            bytes(&open(&head(500, fault.len())), &fault),
        ),
        (
            "length-zero",
            "The connection stays open after an answer of no bytes.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            bytes(&open(&head(200, 0)), b""),
        ),
        (
            "empty-204",
            "The connection stays open after 204, which has no body and no length.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            bytes("HTTP/1.1 204 No Content\n\n", b""),
        ),
    ];
    let mut cases: Vec<ClientCase> = rows
        .into_iter()
        .map(|(name, about, row, expect, bytes)| {
            case(format!("answer-kept/{name}"), about, row, expect, Reaction::Keep(bytes)).why(WHY)
        })
        .collect();
    cases.push(case(
        "answer-kept/closed-silently",
        "The answer says nothing of the connection, which closes after it.",
        req::UNAMBIGUOUS_FRAMING,
        Disconnected,
        Reaction::Raw(bytes(&plain, &body)),
    ));
    cases
}

/// A server may answer as soon as it knows enough (RFC 9112 9.3, RFC 9110 10.1.1).
fn early() -> [ClientCase; 2] {
    let (success, fault) = (success().body, invalid_id().body);
    [
        case(
            "answer-early/fault",
            "A fault is answered before the body of the request has come.",
            req::CLIENT_COMES_TO_AN_END,
            Refused,
            Reaction::Early(bytes(&head(500, fault.len()), &fault)),
        )
        .also(req::EXPECT_CONTINUE),
        case(
            "answer-early/success",
            "A success is answered before the body of the request has come.",
            req::CLIENT_COMES_TO_AN_END,
            Open,
            Reaction::Early(bytes(&head(200, success.len()), &success)),
        )
        .also(req::EXPECT_CONTINUE),
    ]
}
