//! Records: the same twice, and judged again alike. What is kept out of them: [`crate::secrets`].

use umspec::judge::Verdict;
use umspec::mock::Service;
use umspec::protocol::Profile;
use umspec::record::{Conclusion, FORMAT_VERSION, LoadError, Record, Times};
use umspec::report::{TextOptions, junit, text};
use umspec::run::CallSource;

use crate::peer::{Peer, Reaction};
use crate::support::{cases, mutant, options, run_mock, run_server};

fn without_times(mut record: Record) -> Vec<u8> {
    record.times = Times::default();
    record.save().expect("a record")
}

#[test]
fn two_runs_leave_the_same_bytes_at_any_number_of_jobs() {
    // The proof holds it of all cases.
    let some = cases(&["call-id", "connection", "lifecycle", "namespace"]);
    let run = |jobs| without_times(run_mock(mutant("ignores-namespace"), Profile::Interop, &some, jobs));
    assert!(run(1) == run(5), "two runs differ");
}

#[test]
fn a_record_is_read_back_and_judged_again_alike() {
    for service in [Service::strict(), mutant("faults-with-200"), mutant("always-success")] {
        let record =
            run_mock(service, Profile::Strict, &cases(&["namespace", "lifecycle", "xml/declaration*"]), 2);
        let bytes = record.save().expect("a record");
        let loaded = Record::load(&bytes).expect("the record");
        assert_eq!(loaded, record);
        assert_eq!(loaded.save().expect("a record"), bytes);
        let again = loaded.judge_again();
        assert!(again.differences.is_empty() && !again.control_differs, "{:?}", again.differences);
        assert_eq!(again.judged, loaded.entries.len());
        assert_eq!(text(&loaded, TextOptions::default()), text(&record, TextOptions::default()));
    }
}

/// Wherever a record breaks off, what was judged before is there, and what was not is told.
#[test]
fn a_record_is_read_up_to_where_it_breaks_off() {
    let all = cases(&["call-id/empty*"]);
    let record = run_mock(mutant("accepts-empty-call-id"), Profile::Interop, &all, 2);
    let bytes = record.save().expect("a record");
    let starts = |line: &&[u8]| line.starts_with(b"{\"case\"");
    // The first line and the parts that it refers to: before these nothing was judged.
    let least = bytes.windows(9).position(|window| window == b"\n{\"case\":").expect("an entry");
    for cut in (0..bytes.len()).step_by(bytes.len() / 80).chain([bytes.len() - 2, bytes.len() - 1]) {
        let loaded = Record::load(&bytes[..cut]);
        if cut <= least {
            continue;
        }
        let loaded = loaded.unwrap_or_else(|error| panic!("{cut}: {error}"));
        if cut == bytes.len() - 1 {
            assert_eq!(loaded, record, "nothing but the last line feed is missing");
            continue;
        }
        let whole: Vec<&[u8]> = bytes[..cut].split(|byte| *byte == b'\n').collect();
        let there = whole[..whole.len() - 1].iter().copied().filter(starts).count();
        assert!(loaded.entries[..there] == record.entries[..there], "{cut}");
        assert_eq!(loaded.entries.len(), record.entries.len(), "{cut}");
        assert!(loaded.entries.iter().skip(there).all(|entry| entry.evidence.is_none()), "{cut}");
        assert!(loaded.ended_early.as_ref().is_some_and(|why| why.contains("breaks off")), "{cut}");
        assert_ne!(loaded.conclusion(true), Conclusion::Passed);
        assert!(text(&loaded, TextOptions::default()).contains("breaks off after"), "{cut}");
    }
}

/// A list is no line of a record, though its items could stand for the fields of one.
#[test]
fn a_line_that_is_no_object_ends_no_record() {
    let bytes = run_mock(Service::strict(), Profile::Interop, &cases(&["call-id/empty*"]), 2).save();
    let mut bytes = bytes.expect("a record");
    let end = bytes.windows(14).rposition(|window| window == b"\n{\"conclusion\"").expect("its end");
    bytes.truncate(end + 1);
    for line in [&b"[\"passed\",{}]\n"[..], b"5\n", b"5"] {
        let loaded = Record::load(&[&bytes, line].concat());
        let error = loaded.expect_err("a line that is none").to_string();
        assert!(error.contains("no object"), "{error}");
    }
}

#[test]
fn what_is_no_record_is_refused_in_one_line() {
    for bytes in [&b""[..], b"{", b"{}", b"[1]"] {
        let line = Record::load(bytes).expect_err("no record").to_string();
        assert!(!line.contains('\n') && line.contains("no record"), "{line}");
    }
    let before = b"{\n  \"causes\": [],\n  \"format\": 4,\n  \"tool\": \"umspec\"\n}\n";
    assert!(matches!(Record::load(before), Err(LoadError::Version { found: 4 })));
    let newer = format!(r#"{{"format": {}}}"#, FORMAT_VERSION + 1);
    assert!(matches!(Record::load(newer.as_bytes()), Err(LoadError::Version { .. })));
}

#[test]
fn a_token_in_the_query_reaches_no_record() {
    // Sends its own URL and the run's token back, as an error page does.
    let peer = Peer::start(|request, answer| {
        let mut response = answer();
        response.headers.push(("x-query", request.query.unwrap_or_default().to_owned()));
        Reaction::of(&response)
    });
    let url = format!("{}?key=token-of-tests", peer.url());
    let record =
        run_server(&url, options(CallSource::Mock, Profile::Interop), &cases(&["http/c*", "connection/o*"]));
    assert!(record.counts().passed > 0);
    let bytes = String::from_utf8(record.save().expect("a record")).expect("text");
    assert!(!bytes.contains("token-of-tests"));
}

#[test]
fn junit_counts_add_up_and_failures_are_failures() {
    let record = run_mock(mutant("ignores-namespace"), Profile::Interop, &cases(&["namespace", "dtd"]), 2);
    let report = junit(&record).expect("a report");
    let document = roxmltree::Document::parse(&report).expect("well-formed");
    let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
    let counts = record.counts();
    assert!(counts.failed > 0 && counts.skipped > 0);
    // Each cause is a test as well.
    let causes = record.causes();
    let of = |least| causes.iter().filter(|cause| cause.verdict >= least).count();
    let (told, failed) = (of(Verdict::Warn), of(Verdict::Fail));
    assert!(failed > 0);
    assert_eq!(count("failure"), counts.failed + failed);
    assert_eq!(count("error"), counts.not_judged);
    assert_eq!(count("skipped"), counts.skipped);
    assert_eq!(count("testcase"), counts.planned + told);
    let root = document.root_element();
    let attribute = |name| root.attribute(name).and_then(|value| value.parse::<usize>().ok());
    assert_eq!(attribute("tests"), Some(counts.planned + told));
    assert_eq!(attribute("failures"), Some(counts.failed + failed));
    assert_eq!(attribute("errors"), Some(counts.not_judged));
    let failing =
        record.entries.iter().find(|entry| entry.judgement.verdict == Verdict::Fail).expect("a failure");
    let case =
        document.descendants().find(|node| node.attribute("name") == Some(&failing.case)).expect("its case");
    assert!(case.children().any(|child| child.has_tag_name("failure")));
}
