//! One cause is one finding, a second one is not hidden by it, and a case keeps its own verdict.

use umspec::catalogue::parser_cases;
use umspec::evidence::Parsed;
use umspec::judge::{CheckId, Grading, Verdict};
use umspec::message::{MessageKind, read_request, write_call_info, write_fault, write_success};
use umspec::mock::client_mutants;
use umspec::proof::run_client_in_process;
use umspec::protocol::{Profile, RequirementId, names, req};
use umspec::record::{Cause, Conclusion, Record, Unwatched};
use umspec::report::{TextOptions, text};
use umspec::run::{ParserOptions, run_parser_in_process};

use crate::peer::{Peer, Reaction, Response};
use crate::support::{cases, mutant, run_live, run_mock};

/// Cases of two kinds, most of which are to be refused.
const CASES: [&str; 2] = ["namespace/disconnect-*", "xml/declared-not-at-all"];

/// Runs against a service whose answers, when they are `status`, are changed.
fn changed(status: u16, change: impl Fn(Response) -> Reaction + Send + Sync + 'static) -> Record {
    let peer = Peer::start(move |_, answer| {
        let response = answer();
        if response.status == status { change(response) } else { Reaction::of(&response) }
    });
    run_live(&peer.url(), &CASES)
}

/// What fails or warns.
fn told(record: &Record) -> Vec<Cause<'_>> {
    record.causes().into_iter().filter(|cause| cause.verdict >= Verdict::Warn).collect()
}

fn rows(causes: &[Cause<'_>]) -> Vec<RequirementId> {
    causes.iter().map(|cause| cause.lead().requirement).collect()
}

#[test]
fn what_every_answer_has_fails_the_run_once_and_no_case() {
    let record = changed(200, |response| {
        let head = "content-type: application/xml; charset=utf-8\r\n";
        Reaction::http(200, head, response.body.as_bytes())
    });
    let causes = told(&record);
    assert_eq!(rows(&causes), [req::ANSWER_MEDIA_TYPE]);
    assert!(causes[0].lead().finding.common && causes[0].cases.contains(&"control"), "{causes:?}");
    let counts = record.counts();
    assert!(counts.failed + counts.not_judged == 0 && counts.passed > 0, "{counts:?}");
    assert_eq!(record.conclusion(false), Conclusion::Failed);
}

/// The byte at which an answer breaks off, and a text that is echoed, differ from answer to answer.
#[test]
fn what_was_observed_splits_no_cause() {
    let cut = changed(500, |response| {
        let at = response.body.find("<detail").map_or(200, |at| at + response.body.len() % 5);
        Reaction::xml(500, &response.body[..at])
    });
    let causes = told(&cut);
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert_eq!(causes[0].lead().finding.check, CheckId::AnswerXml);

    let echo = changed(500, move |response| {
        Reaction::xml(500, &write_fault(&format!("Unknown{}", response.body.len()), "x"))
    });
    let causes = told(&echo);
    assert!(causes.len() <= 3, "the code, what it stands for, and a detail: {causes:?}");
    assert!(causes.iter().any(|cause| cause.parts.iter().any(|part| part.observed > 1)), "{causes:?}");
    assert!(causes.is_sorted_by(|a, b| a.cases.len() >= b.cases.len()), "that of most cases comes first");
}

/// A text that is not read as it is written shows wherever there is such a text: in ids, in references, in UTF-16.
#[test]
fn what_a_parser_misreads_has_one_cause_and_its_reason_is_told_where_it_refuses() {
    let texts: Vec<_> = parser_cases()
        .iter()
        .filter(|case| ["text/", "call-id-size/", "value/"].iter().any(|family| case.id.starts_with(family)))
        .collect();
    let parse = |change: fn(String) -> Parsed| {
        let parser = move |_: MessageKind, bytes: &[u8]| match read_request(bytes, None) {
            Ok(request) => change(request.call_id().unwrap_or_default().to_owned()),
            Err(refusal) => Parsed::Refused(refusal.to_string()),
        };
        run_parser_in_process(parser, &ParserOptions::new("own"), &texts, &Unwatched)
    };
    let narrow = parse(|id| Parsed::Accepted(id.replace(|c: char| c > '\u{FFFF}', "?")));
    let causes = told(&narrow);
    assert_eq!(rows(&causes), [req::EQUAL_SPELLINGS_OF_TEXT], "{causes:?}");
    assert!(causes[0].cases.iter().any(|case| case.starts_with("call-id-size/")), "{causes:?}");
    assert!(causes[0].cases.contains(&"text/utf-16-beyond-bmp"), "{causes:?}");

    let wants_letters = parse(|id| match id.find(|c: char| !c.is_ascii_alphanumeric() && c != '=') {
        Some(at) => Parsed::Refused(format!("no letter at {at}\nand more")),
        None => Parsed::Accepted(id),
    });
    let report = text(&wants_letters, TextOptions::default());
    assert!(report.contains("\n      said      no letter at "), "{report}");
    assert!(!report.contains("and more\n"), "one line of it: {report}");
}

/// A requirement of which some cases fail and some warn is told with both numbers.
#[test]
fn of_a_requirement_it_is_told_how_many_cases_fail_and_how_many_warn() {
    let record = run_mock(mutant("takes-unbound-prefixes"), Profile::Interop, &cases(&["xml/prefix*"]), 1);
    let causes = told(&record);
    let part =
        causes.iter().flat_map(|cause| &cause.parts).find(|part| part.requirement == req::PREFIX_DECLARED);
    let part = part.expect("a finding");
    let (fail, warn) = (part.verdicts[&Verdict::Fail], part.verdicts[&Verdict::Warn]);
    assert_eq!(part.cases.len(), fail + warn);
    let report = text(&record, TextOptions::default());
    assert!(report.contains(&format!("WARN UMD-R042 ({warn})")), "{report}");
    let cause = causes.iter().find(|cause| cause.verdicts.len() > 1).expect("a cause of both");
    let (all, fail, warn) =
        (cause.cases.len(), cause.verdicts[&Verdict::Fail], cause.verdicts[&Verdict::Warn]);
    assert!(report.contains(&format!("{all} (FAIL {fail}, WARN {warn}): ")), "{report}");
}

/// Whoever takes all for a success that is no fault does not look at what an answer is made of: one cause, whatever
/// its answers are wrong in.
#[test]
fn a_client_that_takes_whatever_is_no_fault_has_one_cause() {
    let mutant = client_mutants().find(|mutant| mutant.name == "takes-what-is-no-fault").expect("a mutant");
    let all: Vec<_> = umspec::catalogue::client_cases().iter().collect();
    let record = run_client_in_process(mutant, Grading::default(), &all).expect("a run");
    let causes = told(&record);
    let of_success =
        causes.iter().filter(|cause| cause.lead().requirement == req::OK_STATUS_WITHOUT_RESPONSE);
    assert_eq!(of_success.count(), 1, "{causes:?}");
}

/// A service that looks for its operation in SOAPAction has one cause, although some requests run another operation,
/// some are refused, and some leave their call up.
#[test]
fn a_server_that_believes_soap_action_has_one_cause() {
    let peer = Peer::start(move |request, answer| {
        let action = request.field("soapaction").unwrap_or_default();
        let asked = String::from_utf8_lossy(request.body).contains("<GetCallInfo");
        match action.trim_matches('"').rsplit('/').next() {
            Some("GetCallInfo") if !asked => Reaction::xml(200, &write_call_info("Connected", "None")),
            Some("Disconnect" | "PlayOnPhone" | "GetCallInfo") => Reaction::of(&answer()),
            // It says that it did what it did not.
            Some("action") => Reaction::xml(200, &write_success()),
            _ => Reaction::xml(500, &write_fault("Client", "no such action")),
        }
    });
    let record = run_live(&peer.url(), &["soap-action"]);
    let causes = told(&record);
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert!(causes[0].parts.len() > 1, "{causes:?}");
}

/// A success in place of which nothing came is taken by a client wherever it is so: one cause.
#[test]
fn a_client_that_takes_nothing_for_a_success_has_one_cause() {
    let all = ["answer-body/empty-200", "answer-status/empty-202", "reply-xml/empty-success"];
    let all: Vec<_> = all.iter().filter_map(|id| umspec::catalogue::client_case(id)).collect();
    assert_eq!(all.len(), 3);
    let mutant = client_mutants().find(|mutant| mutant.name == "takes-empty-answers").expect("a mutant");
    let record = run_client_in_process(mutant, Grading::default(), &all).expect("a run");
    let causes = told(&record);
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert_eq!(causes[0].cases.len(), 3, "{causes:?}");
}

/// Wherever a fault is due, the same wrong one comes.
#[test]
fn one_answer_for_everything_is_one_cause() {
    let record = changed(500, |response| {
        Reaction::xml(500, &response.body.replace(names::ENVELOPE, names::ENVELOPE_12))
    });
    let causes = told(&record);
    assert_eq!(causes.len(), 1, "{causes:?}");
    let refused = cases(&CASES).iter().filter(|case| case.class.is_negative()).count();
    assert_eq!(causes[0].cases.iter().filter(|case| **case != "control").count(), refused);
}

#[test]
fn a_second_defect_of_another_kind_is_another_cause() {
    let of = |name, patterns: &[&str]| run_mock(mutant(name), Profile::Interop, &cases(patterns), 1);
    let mut both = of("ignores-namespace", &["namespace"]);
    both.entries.extend(of("accepts-empty-call-id", &["call-id/empty*"]).entries);
    let causes = told(&both);
    assert!(rows(&causes).contains(&req::EMPTY_CALL_ID), "{causes:?}");
    assert!(causes[0].lead().requirement == req::NEAR_MISS_NAMESPACE, "{causes:?}");
}

/// Of one kind it is a line of the same finding, and every case is named where everything is said.
#[test]
fn a_second_defect_of_the_same_kind_is_named_in_the_same_finding() {
    let of = |name, patterns: &[&str]| run_mock(mutant(name), Profile::Interop, &cases(patterns), 1);
    let mut both = of("ignores-namespace", &["namespace/disconnect-*"]);
    let second = of("accepts-missing-call-id", &["call-id/missing*"]);
    both.entries.extend(second.entries);
    let causes = told(&both);
    let causes: Vec<_> = causes.into_iter().filter(|cause| cause.verdict == Verdict::Fail).collect();
    assert!(causes[0].parts.iter().any(|part| part.requirement == req::MISSING_CALL_ID), "{causes:?}");
    let plain = TextOptions { plain: true, ..TextOptions::default() };
    let short = text(&both, plain);
    assert!(short.contains(&req::MISSING_CALL_ID.to_string()), "{short}");
    let long = text(&both, TextOptions { verbose: true, ..plain });
    let block =
        long.split("cause     ").find(|block| block.starts_with(&causes[0].about)).expect("its block");
    for case in &causes[0].cases {
        assert!(block.contains(case), "{case}: {long}");
    }
}

#[test]
fn a_saved_record_ends_with_its_causes_and_gives_the_same_again() {
    let record = run_mock(mutant("faults-with-200"), Profile::Interop, &cases(&CASES), 1);
    let bytes = record.save().expect("a record");
    let last = bytes.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().expect("a line");
    let json: serde_json::Value = serde_json::from_slice(last).expect("JSON");
    let causes = json["causes"].as_array().expect("a list");
    assert_eq!(causes[0]["parts"][0]["requirement"], req::FAULT_STATUS_500.to_string());
    let loaded = Record::load(&bytes).expect("a record");
    assert_eq!(rows(&loaded.causes()), rows(&record.causes()));
    assert!(loaded.judge_again().differences.is_empty());
    let strict = Profile::Strict;
    let graded = loaded.graded(umspec::judge::Grading { profile: strict, bp: false });
    let anew = run_mock(mutant("faults-with-200"), strict, &cases(&CASES), 1);
    assert_eq!(rows(&graded.causes()), rows(&anew.causes()));
}

/// A server that takes document types and any media type has two causes: one is read in HTTP, the other in
/// XML, and of neither it can be said that all which must be refused is taken.
#[test]
fn what_is_taken_of_http_and_of_xml_is_told_apart() {
    let peer = Peer::start(|request, answer| {
        let typed = request.field("content-type").is_some_and(|value| value.starts_with("text/xml"));
        let has_type = request.body.windows(9).any(|part| part == b"<!DOCTYPE");
        let is_post = request.method == "POST";
        if is_post && (has_type || !typed) {
            Reaction::xml(200, &umspec::message::write_success())
        } else {
            Reaction::of(&answer())
        }
    });
    let record = run_live(&peer.url(), &["dtd", "http/media-type*", "http/form*"]);
    let causes = record.causes();
    let about: Vec<&str> = causes.iter().filter(|c| c.verdict >= Verdict::Warn).map(|c| &*c.about).collect();
    for kind in ["the media type", "what SOAP leaves out of XML"] {
        assert!(about.iter().any(|about| about.ends_with(kind)), "{kind}: {about:#?}");
    }
}
