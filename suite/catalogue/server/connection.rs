//! Several requests on one kept-alive connection, which must not know of each other.

use super::{Act, Case, Expect, Needs, Part, Slot, Turn};
use crate::message::{Cut, Edit, Framing, Place};
use crate::protocol::{InputClass, Nuance, Operation, names, req};

pub(super) fn cases() -> Vec<Case> {
    [between(), after(), watched(), closing(), pipelined(), beside()].concat()
}

fn place(slot: Slot) -> Turn {
    Turn::new(Act::Place(slot, Operation::PlayOnPhone), Expect::Anything)
}

/// A request between two valid ones, each about a call of its own.
fn between() -> Vec<Case> {
    use InputClass as C;
    let between = |name: &str, about: &'static str, class: C, edits: Vec<Edit>| {
        Case::sequence(
            format!("connection/{name}"),
            about,
            &[req::SHARED_CONNECTION],
            vec![
                place(Slot::A),
                place(Slot::B),
                place(Slot::C),
                Turn::new(
                    Act::OneConnection(vec![
                        (Slot::A, vec![], C::Valid),
                        (Slot::B, edits, class),
                        (Slot::C, vec![], C::Valid),
                    ]),
                    Expect::Anything,
                ),
                Turn::new(Act::CallInfo(Slot::C), Expect::Ended),
                // What was refused has left its call up.
                Turn::new(Act::Send(Slot::B, vec![]), Expect::Anything),
            ],
        )
    };
    vec![
        between(
            "malformed-between-valid",
            "On one connection a request that is not well-formed stands between two valid ones.",
            C::NotWellFormed,
            vec![Edit::Truncate(14)],
        ),
        between(
            "no-id-after-an-id",
            "On one connection a request without CallId follows a valid one, whose id it must not take.",
            C::MissingCallId,
            vec![Edit::Delete(Place::CallId)],
        ),
        between(
            "empty-id-after-an-id",
            "On one connection a request with an empty CallId follows a valid one.",
            C::EmptyCallId,
            vec![Edit::Content(Place::CallId, String::new())],
        ),
        between(
            "soap12-between-valid",
            "On one connection a SOAP 1.2 envelope stands between two valid requests.",
            C::EnvelopeNamespace,
            vec![Edit::Namespace(Place::Envelope, names::ENVELOPE_12.to_owned())],
        )
        .nuance(Nuance::Soap12Envelope),
        between(
            "no-media-type-after-one",
            "On one connection a request without Content-Type follows a valid one, whose media type is not its own.",
            C::MediaType,
            vec![Edit::HttpHeader("content-type".to_owned(), None)],
        ),
        between(
            "doctype-between-valid",
            "On one connection a request with a document type declaration stands between two valid ones.",
            C::Dtd,
            vec![Edit::Prolog("<!DOCTYPE soap:Envelope>".to_owned())],
        ),
        between(
            "no-credentials-after-some",
            "On one connection a request without credentials follows a valid one, whose credentials are not its own.",
            C::Credentials,
            vec![Edit::HttpHeader("authorization".to_owned(), None)],
        )
        .needs(Needs::Credentials),
        between(
            "wrong-credentials-after-right",
            "On one connection a request with credentials of nobody follows a valid one.",
            C::Credentials,
            // umspec:wrong
            vec![Edit::HttpHeader("authorization".to_owned(), Some("Basic dW1zcGVjOndyb25n".to_owned()))],
        )
        .needs(Needs::Credentials),
        prefix_of_request_before(),
        between(
            "mandatory-header-between-valid",
            "On one connection a request with an unknown mandatory header stands between two valid ones.",
            C::MandatoryHeader,
            vec![Edit::Header(r#"<x:must xmlns:x="urn:umspec:x" soap:mustUnderstand="1"/>"#.to_owned())],
        ),
    ]
}

/// A request that only the one before it makes well-formed.
fn prefix_of_request_before() -> Case {
    use InputClass as C;
    Case::sequence(
        "connection/prefix-of-request-before",
        "On one connection a request uses a prefix that only the request before declares.",
        &[req::SHARED_CONNECTION],
        vec![
            place(Slot::A),
            place(Slot::B),
            Turn::new(
                Act::OneConnection(vec![
                    (Slot::A, vec![Edit::Prefix(Place::Operation, "m".to_owned())], C::Valid),
                    (
                        Slot::B,
                        vec![Edit::Replace(
                            Place::Operation,
                            "<m:Disconnect><m:CallId>{id}</m:CallId></m:Disconnect>".to_owned(),
                        )],
                        C::NotWellFormed,
                    ),
                ]),
                Expect::Anything,
            ),
            Turn::new(Act::CallInfo(Slot::A), Expect::Ended),
            // What was refused has left its call up.
            Turn::new(Act::Send(Slot::B, vec![]), Expect::Anything),
        ],
    )
}

/// A request that is refused by its head, and a valid one on the same connection: the body of the
/// first must not be left there for a request of its own.
fn after() -> Vec<Case> {
    use InputClass as C;
    let after = |name: &str, about: &'static str, class: C, edits: Vec<Edit>| {
        Case::sequence(
            format!("connection/{name}"),
            about,
            &[req::SHARED_CONNECTION, req::UNAMBIGUOUS_FRAMING],
            vec![
                place(Slot::A),
                Turn::new(
                    Act::OneConnection(vec![(Slot::A, edits, class), (Slot::A, vec![], C::Valid)]),
                    Expect::Anything,
                ),
                Turn::new(Act::CallInfo(Slot::A), Expect::Ended),
            ],
        )
        .on_the_wire()
    };
    let field = |name: &str, value: &str| Edit::HttpHeader(name.to_owned(), Some(value.to_owned()));
    vec![
        after(
            "after-method",
            "On one connection a valid request follows a PUT, whose body is refused unread.",
            C::Method,
            vec![Edit::Method("PUT".to_owned())],
        ),
        after(
            "after-media-type",
            "On one connection a valid request follows one of another media type.",
            C::MediaType,
            vec![field("content-type", "text/plain; charset=utf-8")],
        ),
        after(
            "after-chunked-media-type",
            "On one connection a valid request follows one in chunks of another media type.",
            C::MediaType,
            vec![field("content-type", "text/plain; charset=utf-8"), Edit::Framing(Framing::Chunked(100))],
        ),
        after(
            "after-no-credentials",
            "On one connection a valid request follows one without credentials.",
            C::Credentials,
            vec![Edit::HttpHeader("authorization".to_owned(), None)],
        )
        .needs(Needs::Credentials),
        after(
            "after-head",
            "On one connection a valid request follows a HEAD, whose answer has no body.",
            C::Method,
            vec![Edit::Method("HEAD".to_owned()), Edit::NoBody],
        )
        .nuance(Nuance::Get),
        after(
            "after-get-with-body",
            "On one connection a valid request follows a GET with a body, which is none the less its body.",
            C::Method,
            vec![Edit::Method("GET".to_owned())],
        )
        .nuance(Nuance::Get),
        after(
            "after-delete-with-body",
            "On one connection a valid request follows a DELETE with a body.",
            C::Method,
            vec![Edit::Method("DELETE".to_owned())],
        ),
        Case::sequence(
            "connection/after-large-body",
            "On one connection a valid request follows one of 128 KiB, which may be too large.",
            &[req::SHARED_CONNECTION, req::UNAMBIGUOUS_FRAMING],
            vec![
                place(Slot::A),
                place(Slot::B),
                Turn::new(
                    Act::OneConnection(vec![
                        (Slot::A, vec![Edit::Epilog("<!--{x*131072}-->".to_owned())], C::EncodingsDisagree),
                        (Slot::B, vec![], C::Valid),
                    ]),
                    Expect::Anything,
                ),
                Turn::new(Act::CallInfo(Slot::B), Expect::Ended),
                Turn::new(Act::Send(Slot::A, vec![]), Expect::Anything),
            ],
        )
        .on_the_wire(),
    ]
}

/// One request, and what comes on its connection after the answer.
fn watched() -> Vec<Case> {
    use InputClass as C;
    vec![
        Case::request(
            "connection/one-answer",
            "After the answer to a plain request the connection is watched for a second one.",
            C::Valid,
            &[req::ONE_ANSWER],
            vec![Edit::Framing(Framing::Watched)],
        ),
        Case::request(
            "connection/one-answer-to-fault",
            "After the answer to a request that is due a fault the connection is watched for its end.",
            C::Garbage,
            &[req::INCORRECT_CALL_ID, req::ONE_ANSWER, req::SHARED_CONNECTION],
            vec![Edit::Content(Place::CallId, "umspec".to_owned()), Edit::Framing(Framing::Watched)],
        )
        .on_the_wire(),
        Case::request(
            "connection/one-answer-to-mandatory-header",
            "After the answer to a request with an unknown mandatory header the connection is watched for a second one.",
            C::MandatoryHeader,
            &[req::MUST_UNDERSTAND, req::ONE_ANSWER],
            vec![
                Edit::Header(r#"<x:must xmlns:x="urn:umspec:x" soap:mustUnderstand="1"/>"#.to_owned()),
                Edit::Framing(Framing::Watched),
            ],
        )
        .part(Part::Envelope),
        Case::request(
            "connection/one-answer-to-malformed",
            "After the answer to a request without CallId the connection is watched for a second one.",
            C::MissingCallId,
            &[req::MISSING_CALL_ID, req::ONE_ANSWER],
            vec![Edit::Delete(Place::CallId), Edit::Framing(Framing::Watched)],
        ),
        Case::request(
            "connection/third-answer",
            "After the third answer on a connection it is watched for its end.",
            C::Valid,
            &[req::SHARED_CONNECTION, req::ONE_ANSWER],
            vec![Edit::Preceded(2), Edit::Framing(Framing::Watched)],
        )
        .on_the_wire(),
        Case::request(
            "connection/expect-continue-at-once",
            "The client expects 100 Continue and sends the body at once; the connection is watched for a late 100.",
            C::Valid,
            &[req::EXPECT_CONTINUE, req::ONE_ANSWER],
            vec![
                Edit::HttpHeader("expect".to_owned(), Some("100-continue".to_owned())),
                Edit::Framing(Framing::Watched),
            ],
        )
        .on_the_wire(),
    ]
}

/// Requests that ask to close the connection (RFC 9112 9.6).
fn closing() -> Vec<Case> {
    use InputClass as C;
    let asks = |value: &str| Edit::HttpHeader("connection".to_owned(), Some(value.to_owned()));
    let also_asks = |value: &str| Edit::HttpHeaderAlso("connection".to_owned(), value.to_owned());
    vec![
        Case::request(
            "connection/close-asked",
            "After the answer to a request that asks for it the connection is watched for its end (RFC 9112 9.6).",
            C::Valid,
            &[req::SHARED_CONNECTION],
            vec![asks("close"), Edit::Framing(Framing::Watched)],
        ),
        Case::request(
            "connection/close-asked-in-list",
            "A request asks to close the connection by the second word of a list.",
            C::Valid,
            &[req::SHARED_CONNECTION],
            vec![
                asks("TE, close"),
                Edit::HttpHeaderAlso("te".to_owned(), "trailers".to_owned()),
                Edit::Framing(Framing::Watched),
            ],
        ),
        Case::request(
            "connection/close-asked-in-capitals",
            "A request asks to close the connection by the word Close, in whose case nothing lies (RFC 9110 7.6.1).",
            C::Valid,
            &[req::SHARED_CONNECTION],
            vec![asks("Close"), Edit::Framing(Framing::Watched)],
        ),
        Case::request(
            "connection/close-asked-in-first-field",
            "A request asks to close the connection by the first of two Connection fields (RFC 9110 5.3).",
            C::Valid,
            &[req::SHARED_CONNECTION],
            vec![asks("close"), also_asks("x-umspec"), Edit::Framing(Framing::Watched)],
        ),
        Case::request(
            "connection/close-asked-in-second-field",
            "A request asks to close the connection by the second of two Connection fields (RFC 9110 5.3).",
            C::Valid,
            &[req::SHARED_CONNECTION],
            vec![asks("x-umspec"), also_asks("close"), Edit::Framing(Framing::Watched)],
        ),
    ]
}

/// Several requests in one segment (RFC 9112 9.3.2).
fn pipelined() -> Vec<Case> {
    let pipelined = |name: &str, about: &'static str, edits: Vec<Edit>| {
        let (id, requirements) = (format!("connection/{name}"), &[req::ONE_ANSWER]);
        Case::request(id, about, InputClass::Valid, requirements, edits).on_the_wire()
    };
    vec![
        pipelined(
            "pipelined",
            "Another request follows in the same segment, and has an answer of its own (RFC 9112 9.3.2).",
            vec![Edit::Framing(Framing::Pipelined)],
        ),
        pipelined(
            "pipelined-twice",
            "Two other requests follow in the same segment, and have answers of their own (RFC 9112 9.3.2).",
            vec![Edit::Framing(Framing::PipelinedTwice)],
        ),
        pipelined(
            "pipelined-in-parts",
            "The same request follows, of whose head a part comes in the same segment and the rest in another one.",
            vec![Edit::Framing(Framing::PipelinedAgain), Edit::Segments(vec![Cut::Second])],
        ),
    ]
}

/// One request, and what is before it or beside it.
fn beside() -> Vec<Case> {
    use InputClass as C;
    vec![
        Case::request(
            "connection/empty-line-first",
            "An empty line stands before a request, as old clients send one behind a body, and is to be passed over \
             (RFC 9112 2.2).",
            C::Valid,
            &[req::SHARED_CONNECTION],
            vec![Edit::Framing(Framing::EmptyLineFirst)],
        )
        .part(Part::Http)
        .on_the_wire(),
        Case::sequence(
            "connection/slow-senders",
            "A plain request is answered while four connections send a body byte by byte.",
            &[req::SLOW_REQUEST],
            vec![
                place(Slot::A),
                Turn::new(Act::AmongSlowSenders(4, Slot::A), Expect::Class(C::Valid)),
                Turn::new(Act::CallInfo(Slot::A), Expect::Ended),
            ],
        ),
        Case::sequence(
            "connection/slow-senders-by-the-dozen",
            "A plain request is answered while twelve connections send a body byte by byte.",
            &[req::SLOW_REQUEST],
            vec![
                place(Slot::A),
                Turn::new(Act::AmongSlowSenders(12, Slot::A), Expect::Class(C::Valid)),
                Turn::new(Act::CallInfo(Slot::A), Expect::Ended),
            ],
        ),
    ]
}
