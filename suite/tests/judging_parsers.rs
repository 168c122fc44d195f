//! What the judge makes of a parser, from what it says written by hand.

use std::borrow::Cow;

use umspec::catalogue::{MessageCase, MessageExpect};
use umspec::evidence::{ControlMessage, Parsed, ParserControlStep, ParserEvidence, Uncaught};
use umspec::judge::{Grading, judge_parser};
use umspec::message::MessageKind;
use umspec::protocol::{InputClass as Class, Nuance, Profile, RequirementId, names, req};

use crate::by_hand::words;

/// A MUST, a SHOULD and what only Basic Profile asks for.
const MUST: RequirementId = req::DISCONNECT_ELEMENT;
const SHOULD: RequirementId = req::ERROR_STATUS_WITHOUT_FAULT;
const BP: RequirementId = req::NOTHING_AFTER_BODY;

fn case(kind: MessageKind, expect: MessageExpect, requirement: RequirementId) -> MessageCase {
    MessageCase {
        id: Cow::Borrowed("test/case"),
        about: Cow::Borrowed("A case."),
        kind,
        requirements: vec![requirement],
        class: None,
        nuance: None,
        content_type: names::CONTENT_TYPE.to_owned(),
        charset: None,
        bytes: Vec::new(),
        smaller: Vec::new(),
        expect,
        value: None,
        readings: Vec::new(),
        well_formed: true,
        schema_valid: true,
    }
}

fn request(expect: MessageExpect, class: Class, requirement: RequirementId) -> MessageCase {
    MessageCase { class: Some(class), ..case(MessageKind::Request, expect, requirement) }
}

/// A request that must be read as this id.
fn id(value: &str, class: Class, requirement: RequirementId) -> MessageCase {
    MessageCase { value: Some(value.to_owned()), ..request(MessageExpect::Accept, class, requirement) }
}

/// An answer that must be read so.
fn reply(value: &str, requirement: RequirementId) -> MessageCase {
    let case = case(MessageKind::Reply, MessageExpect::Accept, requirement);
    MessageCase { value: Some(value.to_owned()), ..case }
}

fn by(profile: Profile, case: &MessageCase, parsed: Parsed) -> String {
    let evidence = ParserEvidence::of(parsed);
    words(&judge_parser(case, &[], &evidence, Grading { profile, bp: false }))
}

fn told(case: &MessageCase, parsed: Parsed) -> String {
    by(Profile::Interop, case, parsed)
}

fn accepted(value: &str) -> Parsed {
    Parsed::Accepted(value.to_owned())
}

fn refused() -> Parsed {
    Parsed::Refused(String::new())
}

fn crashed() -> Parsed {
    Parsed::Crashed("signal 11".to_owned())
}

#[test]
fn an_id_is_read_as_it_is_written() {
    let plain = id("a b", Class::Valid, MUST);
    assert_eq!(told(&plain, accepted("a b")), "PASS");
    assert_eq!(told(&plain, refused()), "FAIL; outcome R065 FAIL");
    for trimmed in ["ab", " a b ", "a  b"] {
        assert_eq!(told(&plain, accepted(trimmed)), "FAIL; value R086 FAIL", "{trimmed:?}");
    }
    for other in ["", "a", "A B"] {
        assert_eq!(told(&plain, accepted(other)), "FAIL; value R040 FAIL", "{other:?}");
    }
    for row in [
        req::LINE_ENDINGS,
        req::COMMENTS_LEAVE_VALUE_WHOLE,
        req::EQUAL_SPELLINGS_OF_TEXT,
        req::OPAQUE_CALL_ID,
        req::PADDED_CALL_ID,
    ] {
        let own = format!("; value {} ", row.to_string().replace("UMD-", ""));
        assert!(told(&id("a b", Class::Valid, row), accepted("other")).contains(&own), "{row}");
    }
    // The parser of a server may know the form of its ids.
    let garbage = id("a b", Class::Garbage, MUST);
    assert_eq!(told(&garbage, refused()), "NOTE; outcome R065 NOTE");
    assert_eq!(told(&garbage, accepted("x")), "FAIL; value R040 FAIL");
    // Or that of Envelope and Header, which have no room for attributes of SOAP.
    let misplaced =
        MessageCase { nuance: Some(Nuance::MisplacedAttribute), ..id("a b", Class::OptionalHeader, MUST) };
    assert_eq!(told(&misplaced, refused()), "NOTE; outcome R065 NOTE");
    let oversized = id("a b", Class::OversizedCallId, MUST);
    assert_eq!(told(&oversized, refused()), "FAIL; outcome R065 FAIL");
}

#[test]
fn what_must_be_refused_is_graded_by_its_row_and_by_the_table() {
    let reject = |class, row| request(MessageExpect::Reject, class, row);
    assert_eq!(told(&reject(Class::Trailer, MUST), refused()), "PASS");
    assert_eq!(told(&reject(Class::Trailer, MUST), accepted("x")), "FAIL; outcome R065 FAIL");
    assert_eq!(told(&reject(Class::Trailer, SHOULD), accepted("x")), "WARN; outcome R163 WARN");
    assert_eq!(told(&reject(Class::OperationName, SHOULD), accepted("x")), "FAIL; outcome R163 FAIL");
    // Basic Profile alone would only warn of what the table forbids: then its row is cited.
    assert_eq!(told(&reject(Class::BodyShape, BP), accepted("x")), "FAIL; outcome R065 FAIL");
    assert_eq!(told(&reject(Class::Trailer, BP), accepted("x")), "WARN; outcome R050 WARN");
}

#[test]
fn an_empty_id_may_be_given_to_the_server() {
    let empty = request(MessageExpect::Reject, Class::EmptyCallId, MUST);
    assert_eq!(told(&empty, accepted("")), "NOTE; outcome R065 NOTE");
    assert_eq!(told(&empty, accepted(" ")), "NOTE; outcome R065 NOTE");
    assert_eq!(told(&empty, accepted("x")), "FAIL; outcome R065 FAIL");
    let blank = request(MessageExpect::Reject, Class::BlankCallId, MUST);
    assert_eq!(told(&blank, accepted(" ")), "NOTE; outcome R065 NOTE");
    let missing = request(MessageExpect::Reject, Class::MissingCallId, MUST);
    assert_eq!(told(&missing, accepted("")), "FAIL; outcome R065 FAIL");
    let text_and_more = request(MessageExpect::Reject, Class::ElementInCallId, MUST);
    assert_eq!(told(&text_and_more, accepted("")), "NOTE; outcome R065 NOTE");
    assert_eq!(told(&text_and_more, accepted("x")), "FAIL; outcome R065 FAIL");
    let ill_formed = MessageCase { well_formed: false, ..empty };
    assert_eq!(told(&ill_formed, accepted("")), "FAIL; outcome R065 FAIL");
}

#[test]
fn what_is_open_may_be_accepted_as_the_table_takes_it() {
    let open = |class| request(MessageExpect::Either, class, MUST);
    for class in [Class::ProcessingInstruction, Class::Trailer, Class::Unissued, Class::EnvelopeNamespace] {
        assert_eq!(told(&open(class), refused()), "PASS", "{class:?}");
    }
    assert_eq!(told(&open(Class::ProcessingInstruction), accepted("x")), "PASS");
    assert_eq!(told(&open(Class::Trailer), accepted("x")), "WARN; outcome R065 WARN");
    assert_eq!(by(Profile::Strict, &open(Class::Trailer), accepted("x")), "FAIL; outcome R065 FAIL");
    assert_eq!(told(&open(Class::EnvelopeNoNamespace), accepted("x")), "PASS");
    assert_eq!(told(&open(Class::EnvelopeNamespace), accepted("x")), "NOTE; outcome R065 NOTE");
    assert_eq!(told(&case(MessageKind::Reply, MessageExpect::Either, MUST), accepted("x")), "PASS");
}

#[test]
fn whether_a_text_is_an_id_is_for_the_server_but_not_which_text() {
    let either = request(MessageExpect::Either, Class::Garbage, MUST);
    assert_eq!(told(&either, accepted("x")), "PASS", "no text is beyond doubt");
    let valued = MessageCase { readings: vec!["a b".to_owned()], ..either };
    assert_eq!(told(&valued, accepted("a b")), "PASS");
    assert_eq!(told(&valued, refused()), "PASS");
    assert_eq!(told(&valued, accepted("ab")), "FAIL; value R086 FAIL");
    let invalid = MessageCase { schema_valid: false, ..valued };
    assert_eq!(told(&invalid, accepted("a b")), "NOTE; outcome R065 NOTE");
    assert_eq!(told(&invalid, accepted("ab")), "FAIL; value R086 FAIL");
}

#[test]
fn nothing_but_a_success_is_read_as_one() {
    let success = "DisconnectResponse";
    assert_eq!(told(&reply(success, SHOULD), accepted(success)), "PASS");
    assert_eq!(told(&reply(success, SHOULD), accepted("Fault Server")), "WARN; value R163 WARN");
    assert_eq!(told(&reply(success, SHOULD), accepted("Fault")), "WARN; value R163 WARN");
    assert_eq!(told(&reply("Fault Server", SHOULD), accepted(success)), "FAIL; value R164 FAIL");
    let reject = case(MessageKind::Reply, MessageExpect::Reject, SHOULD);
    assert_eq!(told(&reject, accepted(success)), "FAIL; outcome R164 FAIL");
    assert_eq!(told(&reject, accepted("Fault Server")), "WARN; outcome R163 WARN");
    // SOAP 3 binds senders, and what may be ignored is not fatal in every reading (C30, C32).
    let doctype = case(MessageKind::Reply, MessageExpect::Reject, req::DTD_IN_ANSWER);
    assert_eq!(told(&doctype, accepted(success)), "WARN; outcome R171 WARN");
    let name = case(MessageKind::Reply, MessageExpect::Reject, req::PREFIX_DECLARED);
    let name = MessageCase { nuance: Some(Nuance::IgnorableName), ..name };
    assert_eq!(told(&name, accepted(success)), "WARN; outcome R042 WARN");
    let own = case(MessageKind::Reply, MessageExpect::Reject, MUST);
    assert_eq!(told(&own, accepted(success)), "FAIL; outcome R065 FAIL", "both are alike");
}

#[test]
fn a_fault_is_the_same_with_any_prefix_or_without_its_code() {
    let wanted = "Fault ErrorInvalidRequest";
    for said in ["Fault ErrorInvalidRequest", "Fault t:ErrorInvalidRequest", "Fault  ErrorInvalidRequest"] {
        assert_eq!(told(&reply(wanted, MUST), accepted(said)), "PASS", "{said:?}");
    }
    for said in ["Fault Client", "Fault t:Client", "ErrorInvalidRequest", "", "fault ErrorInvalidRequest"] {
        assert_eq!(told(&reply(wanted, MUST), accepted(said)), "FAIL; value R065 FAIL", "{said:?}");
    }
    assert_eq!(told(&reply("Fault", MUST), accepted("Fault ")), "PASS");
    // One that tells no codes shows nothing of how it reads them; one that tells others lost it.
    assert_eq!(told(&reply(wanted, MUST), accepted("Fault")), "NOTE; value R065 NOTE");
    let step = |said: &str| ParserControlStep {
        kind: MessageKind::Reply,
        message: ControlMessage::Plain(1),
        parsed: accepted(said),
    };
    let after = |said: &str, requirement| {
        let evidence = ParserEvidence::of(accepted("Fault"));
        words(&judge_parser(&reply(wanted, requirement), &[step(said)], &evidence, Grading::default()))
    };
    assert_eq!(after("Fault", MUST), "NOTE; value R065 NOTE");
    assert_eq!(after("Fault InvalidCallIdException", MUST), "FAIL; value R065 FAIL");
    assert_eq!(after("Fault InvalidCallIdException", req::FAULT_ACTOR_OPTIONAL), "WARN; value R166 WARN");
    assert_eq!(told(&reply("Fault", MUST), accepted("Fault Client")), "FAIL; value R065 FAIL");
    // What a dotted code stands for may be said as well.
    assert_eq!(told(&reply("Fault Client", MUST), accepted("Fault Client.Auth")), "PASS");
}

#[test]
fn to_break_off_is_worse_than_any_answer() {
    for parsed in [crashed(), Parsed::Silent] {
        let told = |case: &MessageCase| told(case, parsed.clone());
        assert_eq!(told(&request(MessageExpect::Accept, Class::Valid, SHOULD)), "FAIL; alive R186 FAIL");
        assert_eq!(told(&request(MessageExpect::Either, Class::Trailer, MUST)), "FAIL; alive R186 FAIL");
        assert_eq!(told(&case(MessageKind::Reply, MessageExpect::Reject, MUST)), "FAIL; alive R200 FAIL");
        assert_eq!(told(&case(MessageKind::Reply, MessageExpect::Reject, SHOULD)), "FAIL; alive R200 FAIL");
        assert_eq!(told(&case(MessageKind::Reply, MessageExpect::Either, MUST)), "FAIL; alive R200 FAIL");
    }
}

#[test]
fn a_refusal_that_looks_like_an_uncaught_exception_is_found() {
    let threw =
        || Parsed::Threw(Uncaught { runtime: "Ruby".to_owned(), line: "no id (KeyError)".to_owned() });
    let reject = request(MessageExpect::Reject, Class::Trailer, MUST);
    assert_eq!(told(&reject, threw()), "WARN; refusal R186 WARN");
    assert_eq!(by(Profile::Strict, &reject, threw()), "FAIL; refusal R186 FAIL");
    assert_eq!(
        told(&request(MessageExpect::Either, Class::Trailer, MUST), threw()),
        "WARN; refusal R186 WARN"
    );
    assert_eq!(
        told(&case(MessageKind::Reply, MessageExpect::Reject, MUST), threw()),
        "WARN; refusal R200 WARN"
    );
    // What must be read is not, by whatever way.
    assert_eq!(told(&id("a", Class::Valid, MUST), threw()), "FAIL; outcome R065 FAIL");
}

/// What may be taken may not be taken for half an id, for what lies in a file, or for what entities expand
/// to without bounds.
#[test]
fn what_was_returned_is_judged_where_it_may_be_taken() {
    let readings = vec!["a b".to_owned()];
    let dtd =
        MessageCase { readings, ..request(MessageExpect::Either, Class::Dtd, req::NO_EXTERNAL_ENTITIES) };
    assert_eq!(told(&dtd, refused()), "PASS");
    assert_eq!(told(&dtd, accepted("a b")), "WARN; outcome R178 WARN");
    for other in ["a", "a broot:x:0", "a b&a;", ""] {
        assert_eq!(told(&dtd, accepted(other)), "FAIL; value R178 FAIL", "{other:?}");
    }
    let oversized = MessageCase {
        readings: vec!["x".repeat(513)],
        ..request(MessageExpect::Either, Class::OversizedCallId, req::CALL_ID_TOO_LONG)
    };
    assert_eq!(told(&oversized, accepted(&"x".repeat(513))), "NOTE; outcome R088 NOTE");
    assert_eq!(told(&oversized, accepted(&"x".repeat(512))), "FAIL; value R040 FAIL");
    let answer = |reading: &str| MessageCase {
        readings: vec![reading.to_owned()],
        ..case(MessageKind::Reply, MessageExpect::Either, MUST)
    };
    assert_eq!(told(&answer("Fault Client"), accepted("Fault Server")), "PASS", "which fault is open");
    assert_eq!(told(&answer("Fault Client"), accepted("DisconnectResponse")), "FAIL; value R065 FAIL");
    assert_eq!(told(&answer("DisconnectResponse"), accepted("Fault")), "FAIL; value R065 FAIL");
}

/// A parser that knows no entities leaves the reference in the text, which is none of the message (UMD-R040).
#[test]
fn a_reference_that_stands_in_a_value_was_neither_followed_nor_refused() {
    for row in [req::NO_DTD, req::ENTITY_EXPANSION_BOUNDED] {
        let readings = vec!["a b".to_owned()];
        let dtd = MessageCase { readings, ..request(MessageExpect::Either, Class::Dtd, row) };
        assert_eq!(told(&dtd, accepted("a &b;")), "FAIL; value R040 FAIL");
        assert_eq!(told(&dtd, accepted("a")), format!("FAIL; value {} FAIL", &row.to_string()[4..]));
    }
}

/// A file that an entity names was read and handed on, which is more than to take a document type declaration.
#[test]
fn what_lies_in_a_file_is_not_handed_on() {
    let readings = vec!["a b".to_owned()];
    let dtd = MessageCase { readings, ..request(MessageExpect::Either, Class::Dtd, req::NO_DTD) };
    let file = MessageCase { requirements: vec![req::NO_DTD, req::NO_EXTERNAL_ENTITIES], ..dtd };
    for text in ["a broot:x:0", "a bCharlie &:/:"] {
        assert_eq!(told(&file, accepted(text)), "FAIL; value R178 FAIL", "{text}");
    }
    assert_eq!(told(&file, accepted("a b ")), "FAIL; value R037 FAIL");
    assert_eq!(told(&file, accepted("a &b;")), "FAIL; value R040 FAIL");
    assert_eq!(told(&file, accepted("a b")), "WARN; outcome R037 WARN");
}

/// Two characters that end a line are one line feed (UMD-R036), whatever the white space is for.
#[test]
fn line_ends_that_are_kept_as_they_are_go_against_the_row_about_them() {
    assert_eq!(told(&id("\n a \n", Class::Valid, MUST), accepted("\r\n a \r\n")), "FAIL; value R036 FAIL");
    assert_eq!(told(&id("\n a \n", Class::Valid, MUST), accepted("a")), "FAIL; value R086 FAIL");
}

/// What is no message, and is read as a fault: the caller learns that it failed, if not how (UMD-R163).
#[test]
fn what_is_no_fault_and_read_as_one_is_no_success() {
    let broken = case(MessageKind::Reply, MessageExpect::Reject, req::OK_STATUS_WITHOUT_RESPONSE);
    assert_eq!(told(&broken, accepted("Fault Server")), "WARN; outcome R163 WARN");
    assert_eq!(told(&broken, accepted("DisconnectResponse")), "FAIL; outcome R164 FAIL");
}

/// An answer that a server may write must be read, whoever leaves it to the server how it writes.
#[test]
fn an_answer_that_a_server_may_write_is_not_refused() {
    for row in [req::EXTRA_DECLARATIONS_IN_ANSWER, req::FAULT_ACTOR_OPTIONAL] {
        assert_eq!(told(&reply("DisconnectResponse", row), refused()), "FAIL; outcome R165 FAIL");
    }
}

#[test]
fn one_end_that_is_not_repeated_is_flaky_and_no_crash() {
    let told = |parsed: Parsed, again: Vec<Parsed>| {
        let evidence = ParserEvidence { again, ..ParserEvidence::of(parsed) };
        let judgement = judge_parser(
            &request(MessageExpect::Reject, Class::Trailer, MUST),
            &[],
            &evidence,
            Grading::default(),
        );
        let observed = judgement.findings.last().map(|finding| finding.observed.clone());
        (words(&judgement), observed.unwrap_or_default())
    };
    let (verdict, observed) = told(crashed(), vec![refused(), refused()]);
    assert_eq!((&*verdict, &*observed), ("WARN; repeat R187 WARN", "flaky: it broke off in 1 of 3 tries"));
    let (verdict, observed) = told(Parsed::Silent, vec![refused(), Parsed::Silent]);
    assert_eq!((&*verdict, &*observed), ("WARN; repeat R187 WARN", "flaky: nothing in time in 2 of 3 tries"));
    assert_eq!(
        told(crashed(), vec![accepted("x"), accepted("x")]).0,
        "FAIL; outcome R065 FAIL; repeat R187 WARN"
    );
    // It broke off once, and took it once.
    assert_eq!(told(crashed(), vec![accepted("x"), refused()]).0, "WARN; repeat R187 WARN; repeat R187 WARN");
    assert_eq!(told(crashed(), vec![crashed()]).0, "FAIL; alive R186 FAIL");
    assert_eq!(told(Parsed::Silent, vec![crashed()]).0, "FAIL; alive R186 FAIL");
}

#[test]
fn a_fetch_and_a_square_are_found_whatever_was_made_of_the_message() {
    let told = |evidence: ParserEvidence| {
        words(&judge_parser(
            &request(MessageExpect::Either, Class::Dtd, MUST),
            &[],
            &evidence,
            Grading::default(),
        ))
    };
    let fetched = ParserEvidence { contacted: true, ..ParserEvidence::of(refused()) };
    assert_eq!(told(fetched), "FAIL; canary R178 FAIL");
    let slow = ParserEvidence { times: vec![20, 50, 140, 500], ..ParserEvidence::of(refused()) };
    assert_eq!(told(slow), "WARN; growth R182 WARN");
}

/// That it takes too long is what a case about growth is about; to break off is more than that.
#[test]
fn a_large_message_that_comes_to_no_end_is_slow_and_no_death() {
    let case =
        MessageCase { smaller: vec![b"<a/>".to_vec()], ..id("an id", Class::Valid, req::NAMES_BOUNDED) };
    assert_eq!(told(&case, Parsed::Silent), "WARN; alive R182 WARN");
    assert_eq!(told(&case, crashed()), "FAIL; alive R186 FAIL");
}

/// Whatever else it is about: a receiver may know no UTF-16 (row 27).
#[test]
fn whoever_refuses_utf_16_warns() {
    let case = id("a\nb", Class::Utf16, req::LINE_ENDINGS);
    assert_eq!(told(&case, refused()), "WARN; outcome R029 WARN");
    assert_eq!(told(&case, accepted("a\r\nb")), "FAIL; value R036 FAIL");
}

#[test]
fn a_parser_reads_the_plain_message_afterwards() {
    let then = |kind, twin: Parsed| {
        let case = case(kind, MessageExpect::Reject, MUST);
        let evidence = ParserEvidence { twin: Some(twin), ..ParserEvidence::of(refused()) };
        words(&judge_parser(&case, &[], &evidence, Grading::default()))
    };
    let dead = "FAIL; alive R186 FAIL";
    assert_eq!(then(MessageKind::Request, accepted(names::SAMPLE_CALL_ID)), "PASS");
    assert_eq!(then(MessageKind::Request, accepted("DisconnectResponse")), dead);
    assert_eq!(then(MessageKind::Reply, accepted("DisconnectResponse")), "PASS");
    assert_eq!(then(MessageKind::Reply, accepted(names::SAMPLE_CALL_ID)), dead);
    for twin in [refused(), crashed(), Parsed::Silent] {
        assert_eq!(then(MessageKind::Request, twin.clone()), dead);
        assert_eq!(then(MessageKind::Reply, twin), dead);
    }
}
