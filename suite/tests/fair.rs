//! How a run stays fair: what one try shows may be the doing of a network, of a limit or of a slow start,
//! and what the control saw is evidence whatever it comes to.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use umspec::evidence::{Attempt, Contrast, ControlEvidence, ControlRole};
use umspec::judge::{CheckId, ControlLevel, Verdict};
use umspec::message;
use umspec::mock::{Request, variants};
use umspec::proof::{MockServer, Proof, run_against};
use umspec::protocol::{Profile, names, req};
use umspec::record::{Conclusion, Record};
use umspec::run::{Bounds, CallSource, RunOptions};

use crate::peer::{Peer, Reaction, Response};
use crate::support::{
    cases, deviations, entry, free_port, mutant, options, run_live, run_mock, run_server, verdict,
};

const CASES: [&str; 3] =
    ["xml/declared-not-at-all", "namespace/disconnect-types", "lifecycle/disconnect-connected-call"];

fn text(request: &Request<'_>) -> String {
    String::from_utf8_lossy(request.body).into_owned()
}

fn is_foreign(request: &Request<'_>) -> bool {
    text(request).contains("2006/types")
}

fn level(record: &Record) -> ControlLevel {
    record.established().server().expect("of a server").level
}

fn attempts<'a>(record: &'a Record, case: &str) -> &'a [Attempt] {
    entry(record, case).attempts()
}

fn live(timeout: u64) -> RunOptions {
    RunOptions { timeout: Duration::from_millis(timeout), ..options(CallSource::Mock, Profile::Interop) }
}

/// What the control found, in words.
fn found_before(record: &Record) -> String {
    let found = record.control.findings.iter();
    found.map(|f| format!("{} {}: {}\n", f.requirement, f.verdict, f.observed)).collect()
}

#[test]
fn what_is_put_off_is_sent_again_and_never_judged() {
    let count = Arc::new(AtomicUsize::new(0));
    let peer = Peer::start(move |_, answer| {
        if count.fetch_add(1, Ordering::SeqCst) % 10 == 9 {
            return Reaction::http(429, "retry-after: 0\r\n", b"");
        }
        Reaction::of(&answer())
    });
    let record = run_live(&peer.url(), &["namespace/*", "lifecycle/*"]);
    assert_eq!(deviations(&record), [""; 0]);
    let put_off = record.entries.iter().flat_map(umspec::record::Entry::attempts).flat_map(|a| &a.steps);
    assert!(put_off.filter(|step| !step.exchange.put_off.is_empty()).count() > 10);
}

#[test]
fn what_is_put_off_for_too_long_is_not_judged() {
    let peer = Peer::start(|request, answer| {
        if is_foreign(request) {
            return Reaction::http(503, "retry-after: 3600\r\n", b"");
        }
        Reaction::of(&answer())
    });
    let record = run_live(&peer.url(), &CASES);
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    assert_eq!(found.verdict, Verdict::NotJudged, "{found:?}");
    let reason = found.reason.as_deref().unwrap_or_default();
    assert!(reason.contains("503, Retry-After: 3600") && reason.contains("--max-wait"), "{reason}");
    let always = Peer::constant(|| Reaction::http(429, "retry-after: 3600\r\n", b""));
    let record = run_live(&always.url(), &CASES);
    assert_eq!(record.conclusion(true), Conclusion::NotJudged);
    assert!(record.ended_early.as_deref().is_some_and(|why| why.contains("come again later")));
}

#[test]
fn a_503_that_does_not_say_to_come_again_is_an_answer() {
    let peer =
        Peer::start(
            |request, answer| {
                if is_foreign(request) { Reaction::http(503, "", b"") } else { Reaction::of(&answer()) }
            },
        );
    assert_eq!(verdict(&run_live(&peer.url(), &CASES), "namespace/disconnect-types"), Verdict::Fail);
}

/// Runs against a server that loses these of the requests for the case, counted from 1.
fn losing(which: &'static [usize], how: fn() -> Reaction) -> Record {
    let count = Arc::new(AtomicUsize::new(0));
    let peer = Peer::start(move |request, answer| {
        if is_foreign(request) && which.contains(&(count.fetch_add(1, Ordering::SeqCst) + 1)) {
            return how();
        }
        Reaction::of(&answer())
    });
    run_server(&peer.url(), live(400), &cases(&CASES))
}

#[test]
fn what_is_lost_once_is_no_failure() {
    for how in [|| Reaction::Hang, || Reaction::Close] {
        let record = losing(&[1], how);
        let found = &entry(&record, "namespace/disconnect-types").judgement;
        assert_eq!(found.verdict, Verdict::Note, "{found:?}");
        assert!(found.findings[0].observed.contains("in 1 of 3 tries"), "{found:?}");
        assert_eq!(attempts(&record, "namespace/disconnect-types").len(), 3, "every try is recorded");
        let again = losing(&[1, 2], how);
        assert_eq!(verdict(&again, "namespace/disconnect-types"), Verdict::Fail);
        let flaky = losing(&[1, 3], how);
        let found = &entry(&flaky, "namespace/disconnect-types").judgement;
        assert_eq!(found.verdict, Verdict::Warn, "{found:?}");
        assert!(found.findings[0].observed.contains("in 2 of 3 tries"), "{found:?}");
    }
}

/// An answer that comes in many pieces may take longer than `--timeout`, as long as more of it comes.
#[test]
fn an_answer_is_waited_for_while_more_of_it_comes() {
    let timeout = 300;
    // Pieces go out 10 ms apart, so that each answer takes somewhat longer than that.
    let pieces = 35;
    let peer = Peer::start(move |_, answer| match Reaction::of(&answer()) {
        Reaction::Answer(bytes) => {
            Reaction::Pieces(bytes.chunks(bytes.len() / pieces).map(<[u8]>::to_vec).collect())
        }
        other => other,
    });
    let started = Instant::now();
    let options =
        RunOptions { timeout: Duration::from_millis(timeout), ..options(CallSource::None, Profile::Interop) };
    let record = run_server(&peer.url(), options, &cases(&["xml/call-id-unclosed"]));
    assert_eq!(deviations(&record), [""; 0]);
    // At least the plain request, its opposite, and the case.
    assert!(started.elapsed() > Duration::from_millis(timeout) * 3, "{:?}", started.elapsed());
}

/// An answer of this server, with a length larger than its body, and the connection left open.
fn overstated(response: &Response) -> Reaction {
    let length = response.body.len() + 7;
    let head = format!(
        "HTTP/1.1 {} X\r\ncontent-type: text/xml; charset=utf-8\r\ncontent-length: {length}\r\n\r\n",
        response.status
    );
    Reaction::Keep([head.as_bytes(), response.body.as_bytes()].concat())
}

/// What has come of an answer is judged, though its end never comes: the length is wrong, nothing hangs.
#[test]
fn an_answer_whose_end_never_comes_is_judged_by_what_came() {
    let foreign = Peer::start(|request, answer| {
        let response = answer();
        if is_foreign(request) { overstated(&response) } else { Reaction::of(&response) }
    });
    let record = run_server(&foreign.url(), live(100), &cases(&["namespace/disconnect-types"]));
    let found = &entry(&record, "namespace/disconnect-types").judgement.findings;
    assert!(
        found.iter().any(|found| found.requirement == req::UNAMBIGUOUS_FRAMING
            && found.observed.contains("Content-Length is 7 too long")),
        "{found:?}"
    );
    assert!(found.iter().all(|found| found.requirement != req::ALIVE_AFTERWARDS), "{found:?}");

    // The same of every answer: cases are judged, and it is told once.
    let all = Peer::start(|_, answer| overstated(&answer()));
    let options = RunOptions { calls: CallSource::Mock, ..live(50) };
    let record = run_server(&all.url(), options, &cases(&["namespace/disconnect-types"]));
    assert_eq!(level(&record), ControlLevel::Live, "{:?}", record.ended_early);
    assert!(
        record
            .causes()
            .iter()
            .any(|cause| cause.parts.iter().any(|part| part.requirement == req::UNAMBIGUOUS_FRAMING)),
        "{:#?}",
        record.causes()
    );

    // Half of a body that never comes whole is none: that is a server that hangs.
    let half = Peer::start(|request, answer| {
        let mut response = answer();
        if is_foreign(request) {
            response.body.truncate(100);
            return overstated(&response);
        }
        Reaction::of(&response)
    });
    let record = run_server(&half.url(), live(100), &cases(&["namespace/disconnect-types"]));
    let found = &entry(&record, "namespace/disconnect-types").judgement.findings;
    assert!(
        found.iter().any(|found| found.requirement == req::ALIVE_AFTERWARDS
            && found.observed.contains("whose end did not come in time")),
        "{found:?}"
    );
}

#[test]
fn a_server_that_starts_slowly_is_waited_for() {
    for source in [CallSource::Mock, CallSource::None] {
        let count = Arc::new(AtomicUsize::new(0));
        let peer = Peer::start(move |_, answer| {
            if count.fetch_add(1, Ordering::SeqCst) == 0 { Reaction::Hang } else { Reaction::of(&answer()) }
        });
        let options = RunOptions { calls: source, ..live(400) };
        let record = run_server(&peer.url(), options, &cases(&["namespace/disconnect-types"]));
        assert_ne!(level(&record), ControlLevel::Uncontrolled, "{:?}", record.ended_early);
        let ControlEvidence::Server(control) = &record.control.evidence else { panic!("of a server") };
        let first = &control.steps[0];
        assert!(first.role == ControlRole::Unanswered && first.exchange.answer.is_lost());
    }
}

#[test]
fn only_silences_in_a_row_end_a_run() {
    let all =
        cases(&["namespace/disconnect-types", "namespace/disconnect-errors", "namespace/disconnect-none"]);
    let all = [&all[..], &all, &all].concat();
    let hanging = |every: usize| {
        let count = Arc::new(AtomicUsize::new(0));
        let peer = Peer::start(move |request, answer| {
            let is_case =
                ["2006/types", "2006/errors", "=\"\""].iter().any(|near| text(request).contains(near));
            if is_case && (count.fetch_add(1, Ordering::SeqCst) / 2).is_multiple_of(every) {
                return Reaction::Hang;
            }
            Reaction::of(&answer())
        });
        run_server(
            &peer.url(),
            RunOptions { bounds: Bounds { silent: 3, ..Bounds::default() }, ..live(150) },
            &all,
        )
    };
    let now_and_then = hanging(2);
    assert_eq!(now_and_then.ended_early, None);
    let always = hanging(1).ended_early.unwrap_or_default();
    assert!(always.contains("3 requests in a row"), "{always}");
}

#[test]
fn an_id_is_taken_where_its_place_is_plain_and_the_finding_stands() {
    let peer = Peer::start(|_, answer| {
        let mut response = answer();
        if response.body.contains("<PlayOnPhoneResponse") {
            response.body = response.body.replace(&format!(" xmlns=\"{}\"", names::MESSAGES), "");
        }
        Reaction::of(&response)
    });
    let record = run_live(&peer.url(), &CASES);
    assert_eq!(level(&record), ControlLevel::Live);
    assert!(
        found_before(&record).contains("PlayOnPhoneResponse in no namespace"),
        "{}",
        found_before(&record)
    );
    assert_eq!(verdict(&record, "xml/declared-not-at-all"), Verdict::Pass);
}

#[test]
fn without_calls_a_run_falls_back_and_says_so() {
    let peer = Peer::start(|request, answer| {
        if text(request).contains("PlayOnPhone") {
            return Reaction::xml(500, &message::write_fault("Server", "no"));
        }
        Reaction::of(&answer())
    });
    let record = run_live(&peer.url(), &CASES);
    assert_eq!(level(&record), ControlLevel::Synthetic);
    assert_eq!(verdict(&record, "namespace/disconnect-types"), Verdict::Pass);
    let lifecycle = entry(&record, "lifecycle/disconnect-connected-call").judgement.reason.clone();
    let why = "no call id came from PlayOnPhone on the built-in mock, but 500 with a fault, soap:Server";
    assert!(lifecycle.as_deref().is_some_and(|reason| reason.contains(why)), "{lifecycle:?}");
    let report = umspec::report::text(&record, umspec::report::TextOptions::default());
    assert!(report.contains(why) && report.contains("control   synthetic"), "{report}");
}

#[test]
fn what_the_control_saw_is_found_whatever_it_comes_to() {
    // DisconnectResponse in no namespace, and nothing tells whether the call ended.
    let peer = Peer::start(|request, answer| {
        if text(request).contains("GetCallInfo") {
            return Reaction::http(404, "", b"");
        }
        let mut response = answer();
        if response.body.contains("<DisconnectResponse") {
            response.body = response.body.replace(&format!(" xmlns=\"{}\"", names::MESSAGES), "");
        }
        Reaction::of(&response)
    });
    let record = run_live(&peer.url(), &CASES);
    assert_eq!(level(&record), ControlLevel::Synthetic);
    let found = found_before(&record);
    assert!(found.contains("UMD-R098 FAIL: 200 with DisconnectResponse in a wrong namespace"), "{found}");
    assert_eq!(verdict(&record, "namespace/disconnect-types"), Verdict::Pass);
}

#[test]
fn a_get_call_info_that_knows_no_id_is_one_finding() {
    let peer = Peer::start(|request, answer| {
        if text(request).contains("GetCallInfo") {
            return Reaction::xml(500, &message::write_invalid_call_id());
        }
        Reaction::of(&answer())
    });
    let record = run_live(&peer.url(), &["lifecycle/*", "xml/declared-not-at-all"]);
    assert_eq!(level(&record), ControlLevel::Live);
    let causes = record.causes();
    let failed: Vec<_> = causes.iter().filter(|cause| cause.verdict == Verdict::Fail).collect();
    let [cause] = &failed[..] else { panic!("{failed:?}") };
    assert_eq!(cause.lead().requirement, req::SAME_ID_FOR_BOTH_OPERATIONS);
    assert!(cause.cases.contains(&"control") && cause.cases.len() > 5, "{cause:?}");
    let unjudged = record.entries.iter().filter(|e| !e.judgement.verdict.is_judged()).count();
    assert!(unjudged <= 2, "which of two calls has ended cannot be told");
}

#[test]
fn a_refused_request_that_ended_its_call_is_told_without_get_call_info() {
    let peer = |ends: bool| {
        let over = Mutex::new(HashSet::new());
        Peer::start(move |request, answer| {
            let body = text(request);
            if body.contains("GetCallInfo") {
                return Reaction::http(404, "", b"");
            }
            let id = body.split("<CallId").nth(1).and_then(|rest| rest.split(['>', '<']).nth(1));
            let mut over = over.lock().expect("the ids");
            if let Some(id) = id.filter(|_| ends && is_foreign(request)) {
                over.insert(id.to_owned());
            } else if id.is_some_and(|id| over.contains(id)) {
                return Reaction::xml(500, &message::write_invalid_call_id());
            }
            Reaction::of(&answer())
        })
    };
    let case = "namespace/disconnect-types";
    assert_eq!(verdict(&run_live(&peer(false).url(), &[case]), case), Verdict::Pass);
    let record = run_live(&peer(true).url(), &[case]);
    let found = &entry(&record, case).judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    let checks: Vec<CheckId> = found.findings.iter().map(|finding| finding.check).collect();
    assert_eq!(checks, [CheckId::Effect], "the server is alive: the plain request after it has its own call");
    assert!(found.findings[0].observed.contains("was ended although"), "{found:?}");
}

#[test]
fn a_leak_is_named_with_its_request_and_the_rest_is_judged_by_what_is_left() {
    let leaking = || {
        let tainted = Arc::new(AtomicUsize::new(0));
        Peer::start(move |request, answer| {
            let is_tainted = tainted.load(Ordering::SeqCst) == 1;
            if text(request).contains(names::ENVELOPE_12) {
                tainted.store(1, Ordering::SeqCst);
            }
            let mut response = answer();
            if is_tainted {
                response.body = response.body.replace(" xmlns:a=", " xmlns:b=");
            }
            Reaction::of(&response)
        })
    };
    let ordered = ["envelope/soap12", "namespace/disconnect-*", "connection/no-id-after-an-id"];
    let ordered: Vec<_> = ordered.iter().flat_map(|pattern| cases(&[pattern])).collect();
    for source in [CallSource::Mock, CallSource::None] {
        let peer = leaking();
        let options = RunOptions { calls: source.clone(), ..options(CallSource::None, Profile::Interop) };
        let record = run_server(&peer.url(), options, &ordered);
        let alive: Vec<&str> = record
            .entries
            .iter()
            .filter(|entry| entry.judgement.findings.iter().any(|f| f.check == CheckId::Alive))
            .map(|entry| entry.case.as_str())
            .collect();
        assert_eq!(alive, ["envelope/soap12"], "{source:?}");
        let later = record.entries.iter().filter(|entry| entry.case.starts_with("namespace/"));
        for entry in later {
            assert!(entry.judgement.verdict.is_judged(), "{source:?} {entry:?}");
            assert_eq!(entry.attempts()[0].changed_by.as_deref(), Some("envelope/soap12"));
        }
        if matches!(source, CallSource::Mock) {
            let found = &entry(&record, "connection/no-id-after-an-id").judgement;
            assert_eq!(found.verdict, Verdict::NotJudged, "{found:?}");
            assert!(found.reason.as_deref().is_some_and(|reason| reason.contains("envelope/soap12")));
        }
    }
}

#[test]
fn a_death_is_found_without_a_control_as_well() {
    // Answers everything alike, and dies of one namespace.
    let peer = Peer::start(|request, _| {
        if is_foreign(request) {
            Reaction::Die
        } else {
            Reaction::xml(500, &message::write_invalid_call_id())
        }
    });
    let options = options(CallSource::None, Profile::Interop);
    let record = run_server(&peer.url(), options, &cases(&["namespace/disconnect-types"]));
    assert_eq!(level(&record), ControlLevel::Uncontrolled);
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    assert_eq!(found.findings[0].requirement, req::ALIVE_AFTERWARDS);
}

#[test]
fn every_call_that_is_placed_is_ended() {
    let variant = variants().find(|variant| variant.name == "one-call-at-a-time").expect("a variant");
    let all: Vec<_> = umspec::catalogue::cases().iter().filter(|case| !case.slow).collect();
    let record = run_against(MockServer::Variant(variant), &all, Proof::default()).expect("a run");
    let unjudged: Vec<_> = record
        .entries
        .iter()
        .filter(|entry| entry.judgement.verdict == Verdict::NotJudged)
        .map(|entry| entry.judgement.reason.clone().unwrap_or_default())
        .collect();
    assert!(unjudged.len() < 30, "{}", unjudged.len());
    assert!(unjudged.iter().all(|why| why.contains("The line is busy") || why.contains("gave no call id")));
}

#[test]
fn a_death_is_laid_to_its_cause_when_it_comes_again_and_to_nobody_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let pids = folder.path().join("pids");
    let port = free_port();
    let mock = "mock dies-for-good-on-deep-message";
    let binary = env!("CARGO_BIN_EXE_umspec");
    let command =
        format!("{binary} {mock} --listen 127.0.0.1:{port} >/dev/null 2>&1 & echo $! >> {}", pids.display());
    let shell = |command: &str| std::process::Command::new("sh").args(["-c", command]).status();
    assert!(shell(&command).expect("a shell").success());
    let url = format!("http://127.0.0.1:{port}/EWS/UM2007Legacy.asmx");
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    let deep = "robustness/depth-of-ten-thousand-in-call-id";
    // The deep one in the middle of what runs beside it.
    let beside = cases(&["namespace/disconnect-*", "xml/declared*"]);
    let selected = [&beside[..20], &cases(&[deep]), &beside[20..]].concat();
    let options =
        RunOptions { jobs: 2, restart: Some(command), ..options(CallSource::Mock, Profile::Interop) };
    let record = run_server(&url, options, &selected);
    let _ = shell(&format!("kill $(cat {})", pids.display()));
    assert_eq!(record.ended_early, None);
    let found = &entry(&record, deep).judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    let alone = attempts(&record, deep).iter().filter(|attempt| !attempt.in_company);
    assert!(alone.count() >= 2, "it came again");
    let blamed: Vec<String> =
        deviations(&record).into_iter().filter(|line| !line.starts_with(deep)).collect();
    assert_eq!(blamed, [""; 0]);
}

/// A server that reads no further than it has to takes a truncated request, and is told apart by another one; what
/// makes a request malformed must do so in documents that are written as they are, too.
#[test]
fn a_spelling_is_judged_where_the_usual_contrast_shows_nothing() {
    let all = cases(&["xml/minimal", "namespace/messages-*", "namespace/*-of-empty-element-ends"]);
    let service = mutant("takes-end-of-input-for-end-of-message");
    let record = run_mock(service, Profile::Interop, &all, 1);
    let control = record.established();
    let contrast = control.server().expect("of a server").contrast;
    assert_eq!(contrast, Some(Contrast::WrongNamespace), "a truncated request is taken");
    let unjudged: Vec<_> = record
        .entries
        .iter()
        .filter(|entry| !entry.judgement.verdict.is_judged())
        .map(|entry| &entry.case)
        .collect();
    assert!(unjudged.is_empty() && record.entries.len() >= 8, "{unjudged:?}");
}
