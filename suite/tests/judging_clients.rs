//! What the judge makes of a client, from requests and ends written by hand.

use std::borrow::Cow;

use umspec::catalogue::{ClientCase, ClientExpect, ClientTurn, Ending, Life, Placing, Play, client_case};
use umspec::evidence::Bytes;
use umspec::evidence::{ClientControl, ClientControlStep, ClientEvidence, ClientRequest};
use umspec::evidence::{ClientEnd, FlawedLine, Reaction, RequestFlaw, Uncaught};
use umspec::judge::{Finding, Grading, Verdict, every_request, judge_client};
use umspec::message::{CallId, write_disconnect, write_request};
use umspec::protocol::{AmbiguityId, Operation, Profile, RequirementId, names, req};

use crate::by_hand::words;

const ID: &str = "a b+/=";

fn case(play: Play, requirement: RequirementId) -> ClientCase {
    ClientCase { call_id: Cow::Borrowed(ID), ..ClientCase::new("test/case", "A case.", &[requirement], play) }
}

/// A case of one answer from which this must follow.
fn answered(expect: ClientExpect) -> ClientCase {
    case(Play::Answers(vec![ClientTurn { reaction: Reaction::Close, expect }]), req::ANY_SPELLING_OF_ANSWER)
}

/// A case about an id.
fn about_id(expect: ClientExpect) -> ClientCase {
    ClientCase { about_call_id: true, ..answered(expect) }
}

fn asks(operation: Operation, body: String) -> ClientRequest {
    ClientRequest {
        at_other_host: false,
        version: "1.1".to_owned(),
        method: "POST".to_owned(),
        target: "/".to_owned(),
        flaws: Vec::new(),
        headers: [
            ("Content-Type", names::CONTENT_TYPE.to_owned()),
            ("SOAPAction", format!("\"{}\"", operation.soap_action())),
            ("Host", "{here}".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec(),
        body: Bytes(body.into_bytes()),
        turn: Some(0),
    }
}

/// The documented request, and something changed in it.
fn request(change: impl FnOnce(&mut ClientRequest)) -> ClientRequest {
    let id = CallId::new(ID).expect("an id");
    let mut request = asks(Operation::Disconnect, write_disconnect(&id));
    change(&mut request);
    request
}

/// The documented request with another body.
fn with_body(change: impl FnOnce(String) -> String) -> ClientRequest {
    request(|request| {
        let body = String::from_utf8(request.body.0.clone()).expect("text");
        request.body = Bytes(change(body).into_bytes());
    })
}

fn plain() -> ClientRequest {
    request(|_| ())
}

fn get() -> ClientRequest {
    request(|request| {
        "GET".clone_into(&mut request.method);
        request.body = Bytes(Vec::new());
        request.headers.clear();
        request.turn = None;
    })
}

fn evidence(requests: Vec<ClientRequest>, end: Option<ClientEnd>) -> ClientEvidence {
    ClientEvidence { requests, end, contacted: false, earlier: Vec::new() }
}

fn told(case: &ClientCase, evidence: &ClientEvidence) -> String {
    words(&judge_client(case, evidence, &[], Grading::default()))
}

fn crashed() -> ClientEnd {
    ClientEnd::Crashed("x".to_owned())
}

/// What is found in a request of a client that goes on to report what it should.
fn found(request: ClientRequest) -> String {
    told(&answered(ClientExpect::Disconnected), &evidence(vec![request], Some(ClientEnd::Disconnected)))
}

fn ends() -> [ClientEnd; 4] {
    [ClientEnd::Disconnected, ClientEnd::Refused, crashed(), ClientEnd::Hung]
}

const EXPECTS: [ClientExpect; 6] = [
    ClientExpect::Disconnected,
    ClientExpect::Doubtful,
    ClientExpect::Open,
    ClientExpect::Refused,
    ClientExpect::Unusual,
    ClientExpect::Wary,
];

/// `a&` stands in `a&amp;`, which is how it is written; what is wrong with the request is something else.
#[test]
fn an_id_that_is_escaped_is_not_said_to_stand_as_it_was_given() {
    let case = ClientCase { call_id: "a&".into(), ..about_id(ClientExpect::Disconnected) };
    let sent = |id: &str| {
        request(|request| {
            let body = String::from_utf8(request.body.0.clone()).expect("text");
            let body = body.replace(ID, id).replace("<CallId>", "<CallId xmlns=''>");
            request.body = Bytes(body.into_bytes());
        })
    };
    let told = |id: &str| told(&case, &evidence(vec![sent(id)], Some(ClientEnd::Disconnected)));
    for escaped in ["a&amp;", "a&#38;", "a&#x26;"] {
        assert_eq!(told(escaped), "FAIL; message R070 FAIL", "{escaped}");
    }
    assert_eq!(told("a&"), "FAIL; call-id R158 FAIL");
}

/// What is wrong with an answer that some document lets a reader take is told with the ambiguity, and an end that
/// does not come where the answer is too much is a limit that lacks.
#[test]
fn what_a_client_takes_is_told_with_the_reading_that_allows_it() {
    let of = |row, expect, end: ClientEnd| {
        let turn = ClientTurn { reaction: Reaction::Close, expect };
        let case = case(Play::Answers(vec![turn]), row);
        judge_client(&case, &evidence(vec![plain()], Some(end)), &[], Grading::default())
    };
    let taken = of(req::DTD_IN_ANSWER, ClientExpect::Wary, ClientEnd::Disconnected);
    assert_eq!(taken.findings[0].ambiguity, Some(AmbiguityId::RECEIVED_DTD));
    let taken = of(req::PREFIX_DECLARED, ClientExpect::Doubtful, ClientEnd::Disconnected);
    assert_eq!(taken.findings[0].ambiguity, Some(AmbiguityId::NAMESPACE_ERRORS));
    let taken = of(req::ONE_BODY, ClientExpect::Wary, ClientEnd::Disconnected);
    assert_eq!(taken.findings[0].ambiguity, None);
    let taken = of(req::UNAMBIGUOUS_FRAMING, ClientExpect::Doubtful, ClientEnd::Disconnected);
    assert_eq!((taken.verdict, taken.findings[0].ambiguity), (Verdict::Warn, None));
    assert_eq!(taken.findings[0].expected, "it reports a failure: the answer breaks a rule of HTTP");
    let hung = of(req::CLIENT_LIMITS, ClientExpect::Open, ClientEnd::Hung);
    assert_eq!(hung.findings[0].requirement, req::CLIENT_LIMITS);
    let hung = of(req::ONE_BODY, ClientExpect::Open, ClientEnd::Hung);
    assert_eq!(hung.findings[0].requirement, req::CLIENT_COMES_TO_AN_END);
}

#[test]
fn the_end_has_to_fit_what_was_answered_last() {
    let (mut all, mut asked) = (Vec::new(), Vec::new());
    for expect in EXPECTS {
        for end in ends() {
            let told = told(&answered(expect), &evidence(vec![plain()], Some(end.clone())));
            all.push(format!("{expect:?}, {end:?}: {told}"));
        }
        // Where the answer does not end, no more is asked for than limits.
        let waits = ClientCase { endless: true, ..answered(expect) };
        let waited = told(&waits, &evidence(vec![plain()], Some(ClientEnd::Hung)));
        assert_eq!(waited, "WARN; outcome R170 WARN", "{expect:?}");
        let judgement =
            judge_client(&waits, &evidence(vec![plain()], Some(ClientEnd::Hung)), &[], Grading::default());
        asked.push(judgement.findings[0].expected.clone());
    }
    assert_eq!(
        all,
        [
            "Disconnected, Disconnected: PASS",
            "Disconnected, Refused: FAIL; outcome R165 FAIL",
            "Disconnected, Crashed(\"x\"): FAIL; outcome R200 FAIL",
            "Disconnected, Hung: FAIL; outcome R200 FAIL",
            "Doubtful, Disconnected: WARN; outcome R165 WARN",
            "Doubtful, Refused: PASS",
            "Doubtful, Crashed(\"x\"): FAIL; outcome R200 FAIL",
            "Doubtful, Hung: FAIL; outcome R200 FAIL",
            "Open, Disconnected: PASS",
            "Open, Refused: PASS",
            "Open, Crashed(\"x\"): FAIL; outcome R200 FAIL",
            "Open, Hung: FAIL; outcome R200 FAIL",
            "Refused, Disconnected: FAIL; outcome R165 FAIL",
            "Refused, Refused: PASS",
            "Refused, Crashed(\"x\"): FAIL; outcome R200 FAIL",
            "Refused, Hung: FAIL; outcome R200 FAIL",
            "Unusual, Disconnected: PASS",
            "Unusual, Refused: WARN; outcome R165 WARN",
            "Unusual, Crashed(\"x\"): FAIL; outcome R200 FAIL",
            "Unusual, Hung: FAIL; outcome R200 FAIL",
            "Wary, Disconnected: FAIL; outcome R165 FAIL",
            "Wary, Refused: PASS",
            "Wary, Crashed(\"x\"): FAIL; outcome R200 FAIL",
            "Wary, Hung: FAIL; outcome R200 FAIL"
        ]
    );
    assert_eq!(
        asked,
        [
            "it reports success",
            "it reports a failure: the answer breaks a rule of namespaces",
            "it ends in order",
            "it reports a failure: nothing said that the call was disconnected",
            "it reports success",
            "it reports a failure, whatever the answer holds",
        ]
    );
    // Nobody saw the end of a client that was run by hand.
    assert_eq!(told(&answered(ClientExpect::Refused), &evidence(vec![plain()], None)), "PASS");
}

#[test]
fn a_failure_that_looks_like_an_uncaught_exception_is_found() {
    let threw = || {
        let uncaught = Uncaught { runtime: "Ruby".to_owned(), line: "no id (KeyError)".to_owned() };
        evidence(vec![plain()], Some(ClientEnd::Threw(uncaught)))
    };
    for expect in [ClientExpect::Open, ClientExpect::Refused, ClientExpect::Wary] {
        assert_eq!(told(&answered(expect), &threw()), "WARN; refusal R200 WARN", "{expect:?}");
    }
    assert_eq!(
        told(&answered(ClientExpect::Disconnected), &threw()),
        "FAIL; outcome R165 FAIL",
        "one thing is wrong: it does not take a success"
    );
    let illegal = case(Play::Illegal, req::INEXPRESSIBLE_CALL_ID);
    let silent = ClientEvidence { requests: Vec::new(), ..threw() };
    assert_eq!(told(&illegal, &silent), "PASS", "an error is an error to a caller in the same program");
}

#[test]
fn the_graver_of_two_rows_is_cited() {
    let should = case(answered(ClientExpect::Refused).play, req::ERROR_STATUS_WITHOUT_FAULT);
    let disconnected = evidence(vec![plain()], Some(ClientEnd::Disconnected));
    assert_eq!(told(&should, &disconnected), "FAIL; outcome R164 FAIL", "a MUST before a SHOULD");
    let strict = Grading { profile: Profile::Strict, bp: false };
    let strict = judge_client(&should, &disconnected, &[], strict);
    assert_eq!(words(&strict), "FAIL; outcome R163 FAIL", "the row of the case, where both are alike");
    let wary = case(answered(ClientExpect::Wary).play, req::ERROR_STATUS_WITHOUT_FAULT);
    assert_eq!(told(&wary, &disconnected), "WARN; outcome R163 WARN");
}

#[test]
fn what_was_answered_last_decides() {
    let turn = |expect| ClientTurn { reaction: Reaction::Close, expect };
    let case = case(
        Play::Answers(vec![turn(ClientExpect::Refused), turn(ClientExpect::Disconnected)]),
        req::ANY_SPELLING_OF_ANSWER,
    );
    let second = || request(|request| request.turn = Some(1));
    let told = |requests| told(&case, &evidence(requests, Some(ClientEnd::Disconnected)));
    assert_eq!(told(vec![plain(), second()]), "PASS");
    assert_eq!(told(vec![plain()]), "FAIL; outcome R165 FAIL");
    let look = request(|request| request.turn = None);
    assert_eq!(
        told(vec![plain(), look]),
        "FAIL; outcome R165 FAIL",
        "what was not answered by a turn does not"
    );
    let beyond = request(|request| request.turn = Some(9));
    assert_eq!(told(vec![beyond]), "PASS");
}

#[test]
fn a_client_that_sends_nothing_is_told_so() {
    let mut all = Vec::new();
    for (name, case) in [
        ("an answer", answered(ClientExpect::Disconnected)),
        ("an open answer", answered(ClientExpect::Open)),
        ("an id", about_id(ClientExpect::Disconnected)),
        ("an open id", about_id(ClientExpect::Open)),
        ("an illegal id", case(Play::Illegal, req::INEXPRESSIBLE_CALL_ID)),
        ("a life", life(Placing::Issues)),
        ("two runs", case(Play::Twice, req::SAME_BYTES_TWICE)),
    ] {
        for end in ends() {
            all.push(format!("{name}, {end:?}: {}", told(&case, &evidence(vec![], Some(end.clone())))));
        }
        assert_eq!(told(&case, &evidence(vec![], None)), "PASS", "{name}");
    }
    assert_eq!(
        all,
        [
            "an answer, Disconnected: FAIL; request R164 FAIL",
            "an answer, Refused: FAIL; request R001 FAIL",
            "an answer, Crashed(\"x\"): FAIL; request R001 FAIL",
            "an answer, Hung: FAIL; request R200 FAIL",
            "an open answer, Disconnected: FAIL; request R164 FAIL",
            "an open answer, Refused: FAIL; request R001 FAIL",
            "an open answer, Crashed(\"x\"): FAIL; request R001 FAIL",
            "an open answer, Hung: FAIL; request R200 FAIL",
            "an id, Disconnected: FAIL; request R164 FAIL",
            "an id, Refused: FAIL; request R165 FAIL",
            "an id, Crashed(\"x\"): FAIL; request R165 FAIL",
            "an id, Hung: FAIL; request R165 FAIL",
            "an open id, Disconnected: FAIL; request R164 FAIL",
            "an open id, Refused: PASS",
            "an open id, Crashed(\"x\"): NOTE; request R165 NOTE",
            "an open id, Hung: FAIL; request R200 FAIL",
            "an illegal id, Disconnected: FAIL; outcome R159 FAIL",
            "an illegal id, Refused: PASS",
            "an illegal id, Crashed(\"x\"): NOTE; outcome R159 NOTE",
            "an illegal id, Hung: WARN; outcome R159 WARN",
            "a life, Disconnected: FAIL; sequence R164 FAIL",
            "a life, Refused: FAIL; outcome R144 FAIL",
            "a life, Crashed(\"x\"): FAIL; outcome R200 FAIL",
            "a life, Hung: FAIL; outcome R200 FAIL",
            "two runs, Disconnected: FAIL; request R164 FAIL",
            "two runs, Refused: FAIL; request R001 FAIL",
            "two runs, Crashed(\"x\"): FAIL; request R001 FAIL",
            "two runs, Hung: FAIL; request R200 FAIL"
        ]
    );
}

#[test]
fn an_illegal_id_must_not_be_sent() {
    let illegal = case(Play::Illegal, req::INEXPRESSIBLE_CALL_ID);
    let told = |request: ClientRequest, end: ClientEnd| told(&illegal, &evidence(vec![request], Some(end)));
    for end in ends() {
        assert_eq!(told(plain(), end.clone()), "FAIL; request R159 FAIL", "{end:?}");
    }
    assert_eq!(told(get(), ClientEnd::Refused), "PASS", "a look sends nothing");
    assert_eq!(told(get(), ClientEnd::Disconnected), "FAIL; outcome R159 FAIL");
    let observed = |request: ClientRequest| {
        let judgement = judge_client(
            &illegal,
            &evidence(vec![request], Some(ClientEnd::Refused)),
            &[],
            Grading::default(),
        );
        judgement.findings[0].observed.clone()
    };
    assert_eq!(observed(plain()), "it was altered, and sent as \"a b+/=\"");
    assert_eq!(observed(with_body(|body| body.replace("</", "<"))), "a request was sent that is no XML");
}

#[test]
fn credentials_are_for_the_first_host_only() {
    let redirected = ClientCase { credentials: true, ..answered(ClientExpect::Disconnected) };
    let named = |there| {
        request(|request| {
            request.at_other_host = there;
            request.headers.push(("authorization".to_owned(), "***".to_owned()));
        })
    };
    let there = request(|request| request.at_other_host = true);
    let told = |requests| told(&redirected, &evidence(requests, Some(ClientEnd::Disconnected)));
    assert_eq!(told(vec![named(false), there.clone()]), "PASS");
    assert_eq!(told(vec![named(false), named(true)]), "WARN; credentials R169 WARN");
    // Without any there is nothing to see.
    assert_eq!(told(vec![plain(), there]), "SKIPPED");
    assert_eq!(told(vec![plain(), named(true)]), "SKIPPED");
}

#[test]
fn what_only_an_answer_names_must_not_be_fetched() {
    let fetched = ClientEvidence { contacted: true, ..evidence(vec![plain()], Some(ClientEnd::Refused)) };
    assert_eq!(told(&answered(ClientExpect::Refused), &fetched), "FAIL; canary R201 FAIL");
    assert_eq!(
        told(&answered(ClientExpect::Wary), &fetched),
        "FAIL; canary R201 FAIL",
        "whatever it reports"
    );
}

/// What is wrong on the line is told with the line, and what is wrong with the message besides.
#[test]
fn what_is_no_http_is_told_with_its_line() {
    let flawed = |flaw, line: &str| {
        request(|request| request.flaws.push(FlawedLine { flaw, line: line.to_owned(), field: None }))
    };
    for (flaw, told) in [
        (RequestFlaw::BlankBeforeColon, "FAIL; framing R019 FAIL"),
        (RequestFlaw::LengthInvalid, "FAIL; framing R189 FAIL"),
        (RequestFlaw::Surplus, "FAIL; framing R019 FAIL"),
        (RequestFlaw::Version, "WARN; version R018 WARN"),
    ] {
        assert_eq!(found(flawed(flaw, "a : b")), told, "{flaw:?}");
    }
    let requests = vec![flawed(RequestFlaw::BlankBeforeColon, "a : b")];
    let judgement = judge_client(
        &answered(ClientExpect::Disconnected),
        &evidence(requests, Some(ClientEnd::Disconnected)),
        &[],
        Grading::default(),
    );
    assert_eq!(judgement.findings[0].observed, "white space before the colon of a field: a : b");
}

/// A client goes to the URL that it was given, by its path and by its Host. By URL nobody knows which that was.
#[test]
fn a_request_goes_to_the_url_that_was_given() {
    let set = |target: &str, host: &str| {
        request(|request| {
            target.clone_into(&mut request.target);
            request.headers.retain(|(name, _)| name != "Host");
            request.headers.push(("Host".to_owned(), host.to_owned()));
        })
    };
    for (target, host, told) in [
        ("/case/test/case", "{here}", "PASS"),
        ("/case/test/case?", "{here}", "PASS"),
        ("/next", "{here}", "PASS"),
        ("/case/test/case/", "{here}", "FAIL; target R023 FAIL"),
        ("/case/test/case?a=b", "{here}", "FAIL; target R023 FAIL"),
        ("/case/test/case", "127.0.0.1", "FAIL; host R188 FAIL"),
        ("/case/test/case", "localhost:{port}", "FAIL; host R188 FAIL"),
    ] {
        assert_eq!(found(set(target, host)), told, "{target} at {host}");
        let unseen = evidence(vec![set(target, host)], None);
        assert_eq!(self::told(&answered(ClientExpect::Disconnected), &unseen), "PASS");
    }
    let old = request(|request| {
        "1.0".clone_into(&mut request.version);
        request.headers.retain(|(name, _)| name != "Host");
        request.headers.push(("Host".to_owned(), "other.example".to_owned()));
    });
    assert_eq!(found(old), "PASS", "HTTP/1.0 knows no Host");
}

/// What a label has wrong is told as that, and not as what a reader makes of it.
#[test]
fn labels_that_are_wrong_are_told_as_labels() {
    let set = |name: &'static str, value: &'static str| {
        request(move |request| {
            request.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            request.headers.push((name.to_owned(), value.to_owned()));
        })
    };
    for (value, told) in [
        ("text/xml; charset=utf-8;", "PASS"),
        ("text/xml ; charset=\"UTF-8\" ; action=\"a; charset = b\"", "PASS"),
        ("text/xml; charset = utf-8", "FAIL; content-type R005 FAIL"),
        ("text/xml; charset=\"utf-8", "FAIL; content-type R005 FAIL"),
        ("text/xml; charset=utf-8; type=text/xml", "FAIL; content-type R005 FAIL"),
        ("text/xml; charset=\"utf\\-8\"", "PASS"),
        ("text/xml; charset=utf-8; charset=utf-16", "FAIL; charset R007 FAIL"),
        ("text/xml; charset=utf8", "FAIL; message R007 FAIL"),
        ("text/xml; charset='utf-8'", "FAIL; message R007 FAIL"),
        ("text/xml; charset=windows-1252", "WARN; message R028 WARN"),
    ] {
        assert_eq!(found(set("content-type", value)), told, "{value}");
    }
    assert_eq!(found(set("connection", "close, te")), "PASS");
    assert_eq!(found(set("connection", "close, SOAPAction")), "FAIL; soap-action R008 FAIL");
    assert_eq!(found(set("connection", "Content-Type")), "FAIL; content-type R005 FAIL");
    assert_eq!(found(set("content-encoding", "identity")), "PASS");
    assert_eq!(found(set("content-encoding", "gzip")), "FAIL; message R157 FAIL", "it is XML as it stands");
    let packed = request(|request| {
        request.headers.push(("content-encoding".to_owned(), "gzip".to_owned()));
        request.body = Bytes(vec![0x1F, 0x8B, 8, 0]);
    });
    assert_eq!(found(packed), "WARN; message R157 WARN");
    let declared = |name: &str| with_body(|body| body.replacen("utf-8", name, 1).replace(ID, "\u{E4}"));
    assert_eq!(found(declared("us-ascii")), "FAIL; message R007 FAIL");
    assert_eq!(found(declared("UTF8")), "FAIL; message R007 FAIL");
    assert_eq!(found(declared("unicode")), "FAIL; message R007 FAIL");
    let marked = |marks: &str| with_body(|body| format!("{marks}{body}"));
    assert_eq!(found(marked("\u{FEFF}")), "PASS");
    assert_eq!(found(marked("\u{FEFF}\u{FEFF}")), "FAIL; message R030 FAIL");
    let old = request(|request| {
        "1.0".clone_into(&mut request.version);
        request.headers.push(("transfer-encoding".to_owned(), "chunked".to_owned()));
    });
    assert_eq!(found(old), "FAIL; framing R019 FAIL");
}

/// Who refuses an id that is too long is right, and who sends it sends all of it.
#[test]
fn an_id_that_is_too_long_is_sent_whole_or_not_at_all() {
    let case = ClientCase { call_id: "x".repeat(4097).into(), ..about_id(ClientExpect::Open) };
    let sent = |length: usize| {
        let requests = vec![with_body(|body| body.replace(ID, &"x".repeat(length)))];
        told(&case, &evidence(requests, Some(ClientEnd::Disconnected)))
    };
    assert_eq!((&*sent(4097), &*sent(1024)), ("PASS", "FAIL; call-id R085 FAIL"));
}

fn life(placing: Placing) -> ClientCase {
    let ids = vec![Cow::Borrowed("first"), Cow::Borrowed("second")];
    case(
        Play::Life(Life {
            ids,
            placing,
            ending: Ending::Succeeds,
            states: vec![],
            keeps: false,
            expect: ClientExpect::Disconnected,
        }),
        req::CALL_BEFORE_DISCONNECT,
    )
}

#[test]
fn a_call_is_placed_followed_and_ended_by_its_id() {
    let place = || asks(Operation::PlayOnPhone, write_request(Operation::PlayOnPhone, &["x", "1"]));
    let greets =
        || asks(Operation::PlayOnPhoneGreeting, write_request(Operation::PlayOnPhoneGreeting, &["x", "1"]));
    let of = |operation: Operation, id: &str| asks(operation, write_request(operation, &[id]));
    let (end, look) = (|id| of(Operation::Disconnect, id), |id| of(Operation::GetCallInfo, id));
    let told = |requests| told(&life(Placing::Issues), &evidence(requests, Some(ClientEnd::Disconnected)));
    assert_eq!(told(vec![place(), look("first"), end("first")]), "PASS");
    assert_eq!(told(vec![greets(), end("first")]), "PASS");
    assert_eq!(told(vec![place(), end("first"), place(), end("second"), place(), end("second")]), "PASS");
    assert_eq!(told(vec![get(), place(), end("first")]), "PASS");
    assert_eq!(told(vec![place(), end("First")]), "FAIL; call-id R145 FAIL");
    assert_eq!(told(vec![place(), place(), end("first")]), "FAIL; call-id R145 FAIL");
    assert_eq!(told(vec![place(), look("other"), end("first")]), "FAIL; call-id R085 FAIL");
    assert_eq!(told(vec![end("first")]), "FAIL; sequence R144 FAIL");
    assert_eq!(told(vec![place(), look("first")]), "FAIL; sequence R164 FAIL", "success without Disconnect");
    assert_eq!(told(vec![look("first"), place(), end("first")]), "FAIL; sequence R144 FAIL");
    let faulted = |requests, end| self::told(&life(Placing::Faults), &evidence(requests, Some(end)));
    assert_eq!(faulted(vec![place(), end("first")], ClientEnd::Disconnected), "FAIL; sequence R144 FAIL");
    assert_eq!(faulted(vec![place()], ClientEnd::Refused), "FAIL; outcome R144 FAIL");
}

#[test]
fn the_same_id_gives_the_same_bytes() {
    let twice = case(Play::Twice, req::SAME_BYTES_TWICE);
    let other = |text: &'static str| with_body(move |body| body.replace("</soap:Envelope>", text));
    let told = |requests, end: Option<ClientEnd>| {
        let judgement = judge_client(&twice, &evidence(requests, end), &[], Grading::default());
        let observed: Vec<String> =
            judgement.findings.iter().map(|finding| finding.observed.clone()).collect();
        format!("{}: {}", words(&judgement), observed.join(", "))
    };
    let done = Some(ClientEnd::Disconnected);
    assert_eq!(told(vec![plain(), plain()], done.clone()), "PASS: ");
    assert_eq!(told(vec![plain(), get(), plain()], done.clone()), "PASS: ");
    assert_eq!(told(vec![plain()], done.clone()), "WARN; repeat R160 WARN: 1 requests");
    assert_eq!(told(vec![plain()], None), "PASS: ", "the second run may still come");
    assert_eq!(
        told(vec![plain(), other("</soap:Envelope >")], done.clone()),
        "NOTE; repeat R160 NOTE: bodies that differ from byte 263 on, and mean the same: \">\" and \" >\""
    );
    assert_eq!(
        told(vec![plain(), other("</soap:Envelope>\n")], done.clone()),
        "NOTE; repeat R160 NOTE: bodies that differ from byte 264 on, and mean the same: \"\" and \"\\n\""
    );
    assert_eq!(
        told(vec![plain(), other("")], done),
        "WARN; repeat R160 WARN: bodies that differ from byte 248 on: \"</soap:Envelope>\" and \"\"",
        "what cannot be read means nothing"
    );
}

#[test]
fn the_id_is_sent_as_it_was_given() {
    let sent = |id: &str| with_body(|body| body.replace(ID, id));
    let by =
        |case: &ClientCase, id: &str| told(case, &evidence(vec![sent(id)], Some(ClientEnd::Disconnected)));
    let plain_case = answered(ClientExpect::Disconnected);
    assert_eq!(by(&plain_case, ID), "PASS");
    assert_eq!(by(&plain_case, "a b+/=x"), "FAIL; call-id R085 FAIL");
    assert_eq!(by(&plain_case, " a b+/= "), "FAIL; call-id R086 FAIL");
    assert_eq!(by(&plain_case, "ab+/="), "FAIL; call-id R086 FAIL");
    for row in [
        req::LINE_ENDINGS,
        req::OPAQUE_CALL_ID,
        req::PADDED_CALL_ID,
        req::CALL_ID_AS_ISSUED,
        req::MARKUP_ESCAPED,
    ] {
        let own = case(plain_case.play.clone(), row);
        assert_eq!(by(&own, "other"), format!("FAIL; call-id {} FAIL", row.to_string().replace("UMD-", "")));
    }
    // By URL the id is told only where it is what the case is about.
    let by_url = |case: &ClientCase| told(case, &evidence(vec![sent("other")], None));
    assert_eq!(by_url(&plain_case), "PASS");
    assert_eq!(by_url(&about_id(ClientExpect::Disconnected)), "FAIL; call-id R085 FAIL");
    // Later requests as well, if they come here and ask.
    let later = |request: ClientRequest| {
        let request = ClientRequest { turn: None, ..request };
        told(&plain_case, &evidence(vec![plain(), request], Some(ClientEnd::Disconnected)))
    };
    assert_eq!(later(sent("other")), "FAIL; call-id R085 FAIL");
    assert_eq!(
        later(with_body(|body| body.replace("</", "<"))),
        "PASS",
        "its form is up to the HTTP library"
    );
    let there = ClientRequest { at_other_host: true, ..sent("other") };
    assert_eq!(later(there), "PASS");
    let put = ClientRequest { method: "PUT".to_owned(), ..sent("other") };
    assert_eq!(later(put), "PASS");
    let later_by_url = told(&plain_case, &evidence(vec![plain(), sent("other")], None));
    assert_eq!(later_by_url, "PASS");
    // A long id is shown by its start.
    let long = "x".repeat(61);
    let judgement = judge_client(
        &plain_case,
        &evidence(vec![sent(&long)], Some(ClientEnd::Disconnected)),
        &[],
        Grading::default(),
    );
    assert_eq!(judgement.findings[0].observed, format!("CallId \"{}\"… of 61 characters", "x".repeat(60)));
    let whole = judge_client(
        &plain_case,
        &evidence(vec![sent(&long[1..])], Some(ClientEnd::Disconnected)),
        &[],
        Grading::default(),
    );
    assert_eq!(whole.findings[0].observed, format!("CallId \"{}\"", "x".repeat(60)));
}

#[test]
fn the_first_request_that_asks_is_looked_at() {
    let wrong = || request(|request| request.headers.clear());
    let told = |requests| {
        told(&answered(ClientExpect::Disconnected), &evidence(requests, Some(ClientEnd::Disconnected)))
    };
    let both = "FAIL; content-type R005 FAIL; host R188 FAIL; soap-action R008 FAIL";
    assert_eq!(told(vec![wrong()]), both);
    assert_eq!(told(vec![get(), wrong()]), both);
    assert_eq!(told(vec![plain(), ClientRequest { turn: None, ..wrong() }]), "PASS");
    for method in ["GET", "HEAD", "OPTIONS"] {
        let look = || {
            request(|request| {
                request.method = method.to_owned();
                request.body = Bytes(Vec::new());
            })
        };
        assert_eq!(told(vec![look(), plain()]), "PASS");
        assert_eq!(told(vec![look()]), "FAIL; method R001 FAIL", "a client that only looks");
        let full = request(|request| {
            request.method = method.to_owned();
            request.turn = None;
        });
        assert_eq!(told(vec![full, plain()]), "FAIL; method R001 FAIL");
    }
}

#[test]
fn the_http_of_a_request_is_looked_at() {
    let set = |name: &'static str, value: &'static str| {
        request(move |request| {
            request.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            request.headers.push((name.to_owned(), value.to_owned()));
        })
    };
    let add = |name: &'static str, value: &'static str| {
        request(move |request| request.headers.push((name.to_owned(), value.to_owned())))
    };
    let action = Operation::Disconnect.soap_action();
    assert_eq!(found(plain()), "PASS");
    assert_eq!(found(request(|request| request.method = "PUT".to_owned())), "FAIL; method R001 FAIL");
    let put = with_body(|body| body.replace(ID, "other"));
    let put = ClientRequest { method: "PUT".to_owned(), ..put };
    assert_eq!(found(put), "FAIL; call-id R085 FAIL; method R001 FAIL", "what it sends is read all the same");
    assert_eq!(found(request(|request| request.body.0.clear())), "FAIL; message R157 FAIL");
    assert_eq!(found(request(|request| request.method = "M-POST".to_owned())), "WARN; method R024 WARN");
    assert_eq!(found(add("man", "x")), "WARN; method R024 WARN");
    assert_eq!(found(request(|request| request.version = "1.0".to_owned())), "PASS");
    assert_eq!(found(request(|request| request.version = "2.0".to_owned())), "WARN; version R018 WARN");
    for (host, told) in [
        ("{here}", "PASS"),
        ("", "FAIL; host R188 FAIL"),
        ("a b", "FAIL; host R188 FAIL"),
        ("a/b", "FAIL; host R188 FAIL"),
        ("u@a", "FAIL; host R188 FAIL"),
    ] {
        assert_eq!(found(set("host", host)), told, "{host}");
    }
    assert_eq!(found(add("host", "{here}")), "FAIL; host R188 FAIL");
    let bare = |version: &str| {
        let version = version.to_owned();
        request(move |request| {
            request.version = version;
            request.headers.truncate(2);
        })
    };
    assert_eq!((&*found(bare("1.1")), &*found(bare("1.0"))), ("FAIL; host R188 FAIL", "PASS"));
    let absolute = request(|request| request.target = "http://{here}/".to_owned());
    assert_eq!(found(absolute), "WARN; version R018 WARN");
    assert_eq!(found(add("content-length", "9")), "PASS");
    assert_eq!(found(add("transfer-encoding", "chunked")), "PASS");
    let both = request(|request| {
        request.headers.push(("content-length".to_owned(), "9".to_owned()));
        request.headers.push(("transfer-encoding".to_owned(), "chunked".to_owned()));
    });
    assert_eq!(found(both), "FAIL; framing R019 FAIL");
    for (content_type, told) in [
        ("text/xml; charset=utf-8", "PASS"),
        ("TEXT/XML; charset=\"UTF-8\"", "PASS"),
        ("text/xml", "WARN; charset R195 WARN"),
        ("application/soap+xml; charset=utf-8", "FAIL; content-type R005 FAIL"),
        ("text/xml; charset=utf-16", "FAIL; message R007 FAIL"),
        ("text/xml; charset=latin1", "WARN; message R028 WARN"),
    ] {
        assert_eq!(found(set("content-type", content_type)), told, "{content_type}");
    }
    assert_eq!(found(add("content-type", "text/xml; charset=utf-8")), "FAIL; content-type R005 FAIL");
    for (given, told) in [
        (format!("\"{action}\""), "PASS"),
        (format!(" \"{action}\" "), "PASS"),
        (action.clone(), "FAIL; soap-action R010 FAIL"),
        (format!("\"{action}"), "FAIL; soap-action R010 FAIL"),
        (format!("'{action}'"), "FAIL; soap-action R010 FAIL"),
        (format!("\"{action}/\""), "FAIL; soap-action R009 FAIL"),
        ("\"\"".to_owned(), "FAIL; soap-action R009 FAIL"),
        (String::new(), "FAIL; soap-action R009 FAIL"),
    ] {
        let request = request(|request| request.headers[1].1 = given.clone());
        assert_eq!(found(request), told, "{given}");
    }
    assert_eq!(found(request(|request| drop(request.headers.remove(1)))), "FAIL; soap-action R008 FAIL");
    assert_eq!(found(add("soapaction", "\"\"")), "FAIL; soap-action R008 FAIL");
    // That of another operation is wrong for this one, and a life has others.
    let info = asks(Operation::GetCallInfo, write_request(Operation::GetCallInfo, &["first"]));
    let swapped = ClientRequest { headers: plain().headers, ..info.clone() };
    let place = asks(Operation::PlayOnPhone, write_request(Operation::PlayOnPhone, &["x", "1"]));
    let end = asks(Operation::Disconnect, write_request(Operation::Disconnect, &["first"]));
    let told = |info| {
        told(
            &life(Placing::Issues),
            &evidence(vec![place.clone(), info, end.clone()], Some(ClientEnd::Disconnected)),
        )
    };
    assert_eq!(told(info), "PASS");
    assert_eq!(told(swapped), "FAIL; soap-action R009 FAIL");
}

#[test]
fn attributes_of_soap_belong_to_header_entries() {
    let body =
        |old: &'static str, new: &'static str| found(with_body(move |body| body.replacen(old, new, 1)));
    let style = "WARN; attributes R056 WARN";
    assert_eq!(body("<soap:Body", "<soap:Body soap:encodingStyle=''"), style);
    assert_eq!(body("<soap:Envelope", "<soap:Envelope soap:encodingStyle=''"), style);
    assert_eq!(body("<soap:Body", "<soap:Body soap:actor=''"), "WARN; attributes R055 WARN");
    assert_eq!(
        body("<Disconnect", "<Disconnect soap:encodingStyle=''"),
        "FAIL; message R072 FAIL; attributes R056 WARN"
    );
    assert_eq!(body("<Disconnect", "<Disconnect soap:actor=''"), "FAIL; message R072 FAIL");
    assert_eq!(
        body("<soap:Body", "<soap:Header><h:a xmlns:h='urn:h' soap:actor='urn:a'/></soap:Header><soap:Body"),
        "PASS"
    );
}

/// Each request with this for that is told so.
fn all_found(rows: &[(&str, &str, &str)]) {
    for (old, new, told) in rows {
        let request = with_body(|body| {
            assert!(body.contains(old), "{old}");
            body.replace(old, new)
        });
        assert_eq!(found(request), *told, "{new:?} for {old:?}");
    }
}

#[test]
fn a_malformed_envelope_cites_what_it_breaks() {
    all_found(&[
        ("</soap:Envelope>", "", "FAIL; message R157 FAIL"),
        ("a b", "a&b", "FAIL; message R158 FAIL"),
        ("a b", "a]]>b", "FAIL; message R158 FAIL"),
        ("a b", "a\u{1}b", "FAIL; message R035 FAIL"),
        ("<soap:Envelope", "<!DOCTYPE x><soap:Envelope", "FAIL; message R037 FAIL"),
        ("<soap:Envelope", "<?x?><soap:Envelope", "FAIL; message R038 FAIL"),
        ("<soap:Envelope", "<?a:b?><soap:Envelope", "FAIL; message R038 FAIL"),
        ("a b", "&nbsp;", "FAIL; message R041 FAIL"),
        ("<soap:Body>", "<soap:Body p:x=''>", "FAIL; message R042 FAIL"),
        ("<soap:Body>", "<soap:Body xmlns:p=''>", "FAIL; message R042 FAIL"),
        ("soap:Envelope", "soap:Other", "FAIL; message R044 FAIL"),
        ("http://schemas.xmlsoap.org/soap/envelope/", "urn:other", "FAIL; message R044 FAIL"),
        ("soap:Body", "soap:Other", "FAIL; message R048 FAIL"),
        ("</soap:Body>", "</soap:Body><soap:Header/>", "FAIL; message R049 FAIL"),
        ("<soap:Body>", "<soap:Header/><soap:Header/><soap:Body>", "FAIL; message R049 FAIL"),
        ("</soap:Body>", "</soap:Body><x xmlns='urn:x'/>", "WARN; message R050 WARN"),
        ("</soap:Body>", "<x xmlns='urn:x'/></soap:Body>", "FAIL; message R051 FAIL"),
        ("<soap:Body>", "x<soap:Body>", "FAIL; message R053 FAIL"),
        ("<soap:Envelope", "<soap:Envelope x=''", "WARN; message R055 WARN"),
        ("<soap:Body>", "<soap:Header><x xmlns=''/></soap:Header><soap:Body>", "FAIL; message R057 FAIL"),
        (
            "<soap:Body>",
            "<soap:Header><h:x xmlns:h='urn:h' soap:mustUnderstand='true'/></soap:Header><soap:Body>",
            "WARN; message R061 WARN",
        ),
        (
            "<soap:Body>",
            "<soap:Header><h:x xmlns:h='urn:h' soap:mustUnderstand='1'/></soap:Header><soap:Body>",
            "PASS",
        ),
        ("<CallId>", "<CallId", "FAIL; message R157 FAIL"),
        ("utf-8", "latin1", "WARN; message R028 WARN"),
        ("utf-8", "utf-16", "FAIL; message R007 FAIL"),
    ]);
    let bad = request(|request| request.body.0.insert(60, 0xFF));
    assert_eq!(found(bad), "FAIL; message R033 FAIL");
}

#[test]
fn a_malformed_operation_cites_what_it_breaks() {
    let messages = names::MESSAGES;
    all_found(&[
        (messages, &messages.replacen("http", "https", 1), "FAIL; message R066 FAIL"),
        (messages, names::TYPES, "FAIL; message R067 FAIL"),
        (messages, "urn:other", "FAIL; message R065 FAIL"),
        (messages, "HTTP://SCHEMAS.MICROSOFT.COM/exchange/services/2006/messages", "FAIL; message R067 FAIL"),
        (&format!(" xmlns=\"{messages}\""), "", "FAIL; message R065 FAIL; message R052 WARN"),
        ("CallId>", "callid>", "FAIL; message R071 FAIL"),
        ("Disconnect", "disconnect", "FAIL; message R071 FAIL"),
        ("Disconnect", "EndCall", "FAIL; message R065 FAIL"),
        // The namespace is there, only not on the operation.
        ("<Disconnect xmlns", "<Disconnect xmlns='urn:other' xmlns:m", "FAIL; message R065 FAIL"),
        ("<Disconnect xmlns", "<Disconnect xmlns:m", "FAIL; message R065 FAIL; message R052 WARN"),
        ("</Disconnect>", "<CallId>x</CallId></Disconnect>", "FAIL; message R069 FAIL"),
        ("</Disconnect>", "<Reason>x</Reason></Disconnect>", "FAIL; message R069 FAIL"),
        ("a b", "<b/>", "FAIL; message R069 FAIL"),
        ("<CallId>", "<CallId xmlns='urn:x'>", "FAIL; message R070 FAIL"),
        ("<CallId>", "<CallId x=''>", "FAIL; message R072 FAIL"),
        (
            "<CallId>",
            "<CallId xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'>",
            "FAIL; message R072 FAIL",
        ),
        (
            "<CallId>",
            "<CallId xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='int'>",
            "FAIL; message R072 FAIL",
        ),
        ("<CallId>a b+/=</CallId>", "", "FAIL; message R079 FAIL"),
    ]);
    // What was given is not the client's fault.
    for id in ["", " ", &"x".repeat(600)] {
        let case = ClientCase { call_id: Cow::Owned(id.to_owned()), ..about_id(ClientExpect::Open) };
        let request = with_body(|body| body.replace(ID, id));
        assert_eq!(told(&case, &evidence(vec![request], Some(ClientEnd::Refused))), "PASS", "{id:?}");
    }
}

/// What is in every request of the control is left out of the cases.
#[test]
fn what_is_in_every_request_is_no_finding_of_a_case() {
    let request = || {
        let style = "<soap:Body soap:encodingStyle=''";
        let mut request =
            with_body(|body| body.replace("<soap:Body", style).replace(ID, names::SAMPLE_CALL_ID));
        request.method = "PUT".to_owned();
        request
    };
    let steps = ["control/success", "control/another-id", "control/fault"].map(|case| ClientControlStep {
        case: case.to_owned(),
        evidence: evidence(vec![request()], Some(ClientEnd::Disconnected)),
    });
    let mut control = ClientControl { steps: steps.to_vec(), ..ClientControl::default() };
    let case = |id: &str| client_case(id).expect("a case");
    let words_of = |control: &ClientControl| -> Vec<String> {
        let every = every_request(control, Grading::default());
        every.iter().map(|finding| format!("{} {}", finding.check, finding.requirement)).collect()
    };
    // The other id is not this one, which only one of the two requests is wrong in.
    assert_eq!(words_of(&control), ["method UMD-R001", "attributes UMD-R056"]);
    let every = every_request(&control, Grading::default());
    let judged = |every: &[Finding]| {
        let evidence = evidence(vec![request()], Some(ClientEnd::Disconnected));
        words(&judge_client(case("answer-line/chunked"), &evidence, every, Grading::default()))
    };
    assert_eq!(judged(&[]), "FAIL; method R001 FAIL; attributes R056 WARN");
    assert_eq!(judged(&every), "PASS");
    control.steps.truncate(1);
    assert_eq!(words_of(&control), ["method UMD-R001", "attributes UMD-R056"]);
    control.steps.clear();
    assert_eq!(words_of(&control), Vec::<String>::new());
}

/// A client of HTTP/1.0 may not be sent chunks, 1xx, or a connection that stays open.
#[test]
fn what_only_http_1_1_knows_is_nothing_for_older_clients() {
    let older = || request(|request| request.version = "1.0".to_owned());
    let chunked = ClientCase { since_http_1_1: true, ..answered(ClientExpect::Disconnected) };
    let refused = |request| told(&chunked, &evidence(vec![get(), request], Some(ClientEnd::Refused)));
    assert_eq!(refused(older()), "SKIPPED");
    assert_eq!(refused(plain()), "FAIL; outcome R165 FAIL");
    let old = answered(ClientExpect::Disconnected);
    assert_eq!(told(&old, &evidence(vec![older()], Some(ClientEnd::Refused))), "FAIL; outcome R165 FAIL");
}

/// Who offers a coding reads it (RFC 9110 12.5.3).
#[test]
fn a_coding_is_for_who_offers_it() {
    let coded = ClientCase { coding: Some("gzip"), ..answered(ClientExpect::Disconnected) };
    let told = |offer: &str| {
        let request =
            request(|request| request.headers.push(("Accept-Encoding".to_owned(), offer.to_owned())));
        told(&coded, &evidence(vec![request], Some(ClientEnd::Refused)))
    };
    let failed = "FAIL; outcome R165 FAIL";
    for (offer, expected) in [
        ("gzip", failed),
        ("br, GZIP;q=0.5", failed),
        ("*", failed),
        ("gzip;q=0, *", "PASS"),
        ("gzip; q=0.0", "PASS"),
        ("identity", "PASS"),
        ("", "PASS"),
    ] {
        assert_eq!(told(offer), expected, "{offer:?}");
    }
}

/// After a success nothing is left to ask for; after a lost answer a client that asks again is noted.
#[test]
fn a_request_that_comes_again_is_told() {
    let turn = |expect| ClientTurn { reaction: Reaction::Close, expect };
    let done = Some(ClientEnd::Disconnected);
    let told = |case: &ClientCase, requests| told(case, &evidence(requests, done.clone()));
    let once = answered(ClientExpect::Disconnected);
    assert_eq!(told(&once, vec![plain(), plain()]), "WARN; repeat R168 WARN");
    assert_eq!(told(&once, vec![plain(), get()]), "PASS");
    let coded = ClientCase { coding: Some("gzip"), ..once };
    assert_eq!(told(&coded, vec![plain(), plain()]), "PASS", "it may do without the coding");
    let second = || request(|request| request.turn = Some(1));
    let turns = vec![turn(ClientExpect::Refused), turn(ClientExpect::Disconnected)];
    let lost = case(Play::Answers(turns.clone()), req::CLIENT_RETRY);
    assert_eq!(told(&lost, vec![plain(), second()]), "NOTE; repeat R168 NOTE");
    let redirected = case(Play::Answers(turns), req::REDIRECT_STATUS_307);
    assert_eq!(told(&redirected, vec![plain(), second()]), "PASS");
    assert_eq!(told(&redirected, vec![plain(), second(), second()]), "WARN; repeat R168 WARN");
}

/// A success or a failure that a server's row speaks of is graded by one that binds the client.
#[test]
fn a_row_that_binds_servers_grades_no_client() {
    let of = |expect| case(answered(expect).play, req::FAULT_OR_RESPONSE);
    let told = |expect, end| told(&of(expect), &evidence(vec![plain()], Some(end)));
    assert_eq!(told(ClientExpect::Refused, ClientEnd::Disconnected), "FAIL; outcome R164 FAIL");
    assert_eq!(told(ClientExpect::Disconnected, ClientEnd::Refused), "FAIL; outcome R165 FAIL");
}

/// The encoding is one finding, and what is in it is read all the same.
#[test]
fn what_is_labelled_iso_8859_1_is_read() {
    let labelled = |change: &dyn Fn(String) -> String| {
        request(|request| {
            let body = String::from_utf8(request.body.0.clone()).expect("text");
            request.body =
                Bytes(change(body).chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect());
            request.headers[0].1 = "text/xml; charset=ISO-8859-1".to_owned();
        })
    };
    assert_eq!(found(labelled(&|body| body.replace("utf-8", "iso-8859-1"))), "WARN; message R028 WARN");
    let other = labelled(&|body| body.replace("utf-8", "iso-8859-1").replace(ID, "\u{E9}"));
    assert_eq!(found(other), "FAIL; call-id R085 FAIL; message R028 WARN");
    assert_eq!(found(labelled(&|body| body)), "WARN; message R028 WARN", "labels that disagree");
}

/// An id with markup that is sent as it is: whatever is then wrong with the request, that is why.
#[test]
fn markup_that_is_not_escaped_is_the_cause_of_what_follows() {
    for id in ["a&b", "a<b", "</CallId><CallId>x</CallId>", "a<!-- b", "&x;"] {
        let case = ClientCase { call_id: Cow::Owned(id.to_owned()), ..about_id(ClientExpect::Disconnected) };
        let request = with_body(|body| body.replace(ID, id));
        let told = told(&case, &evidence(vec![request], Some(ClientEnd::Disconnected)));
        assert_eq!(told, "FAIL; call-id R158 FAIL", "{id}");
    }
}

#[test]
fn cases_of_the_catalogue_are_judged_alike() {
    let case = client_case("answer-status/empty-202").expect("a case");
    let own = with_body(|body| body.replace(ID, &case.call_id));
    assert_eq!(told(case, &evidence(vec![own.clone()], Some(ClientEnd::Refused))), "PASS");
    assert_eq!(told(case, &evidence(vec![own], Some(ClientEnd::Disconnected))), "FAIL; outcome R164 FAIL");
}

/// What follows a redirect asks for the same thing, or for nothing.
#[test]
fn a_redirect_is_followed_with_the_whole_request() {
    let case = client_case("redirect/307").expect("a case");
    let first = with_body(|body| body.replace(ID, &case.call_id));
    let follows = |change: fn(&mut ClientRequest)| {
        let mut later = ClientRequest { turn: Some(1), ..first.clone() };
        change(&mut later);
        told(case, &evidence(vec![first.clone(), later], Some(ClientEnd::Disconnected)))
    };
    assert_eq!(follows(|_| ()), "PASS");
    assert_eq!(follows(|later| later.body.0.clear()), "FAIL; message R157 FAIL");
    let bare: fn(&mut ClientRequest) =
        |later| later.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("soapaction"));
    assert_eq!(follows(bare), "FAIL; soap-action R008 FAIL");
    let unlabelled: fn(&mut ClientRequest) =
        |later| later.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    assert_eq!(follows(unlabelled), "FAIL; content-type R005 FAIL");
}
