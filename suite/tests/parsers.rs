//! What the verdicts of parsers are worth, and parsers that are programs.

use umspec::catalogue::{CaseHeader as _, parser_cases};
use umspec::evidence::{Parsed, Parser as _};
use umspec::judge::{CheckId, Grading, Verdict};
use umspec::message::MessageKind;
use umspec::mock::ReferenceParser;
use umspec::mock::parser_mutants;
use umspec::proof::{all_parser_cases, parser_sham_scores, reference_parser_verdicts, run_parser_in_process};
use umspec::protocol::{Profile, ledger, req};
use umspec::record::{Conclusion, Record};

use crate::support::{needs, root};

#[test]
fn the_reference_reader_passes_every_case_in_both_profiles() {
    for profile in [Profile::Interop, Profile::Strict] {
        let verdicts = reference_parser_verdicts(profile);
        assert_eq!(verdicts.keys().collect::<Vec<_>>(), [&Verdict::Pass], "{verdicts:?}");
    }
}

/// A fetch is seen where the run watches an address, and nothing else is one.
#[test]
fn what_a_parser_fetches_is_seen() {
    if !needs("python3") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("fetch.py");
    let fetch = "import re, socket, subprocess, sys\n\
        message = sys.stdin.buffer.read()\n\
        named = re.search(rb'SYSTEM .http://([0-9.]+):([0-9]+)/', message)\n\
        if named: socket.create_connection((named[1].decode(), int(named[2]))).close()\n\
        sys.exit(subprocess.run([sys.argv[1], 'parse', sys.argv[2]], input=message).returncode)\n";
    std::fs::write(&script, fetch).expect("a script");
    let command = format!("python3 '{}' '{}'", script.display(), env!("CARGO_BIN_EXE_umspec"));
    let (status, text) = program(&command, &["dtd/system-*", "dtd/name-only"]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("UMD-R178") && text.contains("was contacted"), "{text}");
    assert!(text.contains("dtd/system-entity") && !text.contains("dtd/name-only"), "{text}");
    // Of two lanes one at a time is watched.
    let slow = "if named and b'&a;' not in message: time.sleep(0.5)\nelif named: socket";
    let slow = fetch.replace("import re", "import time, re").replace("if named: socket", slow);
    std::fs::write(&script, slow).expect("a script");
    let two = ["dtd/system-entity", "dtd/system-subset", "--canary", "127.0.0.1:0", "-j", "2"];
    let (status, text) = program(&command, &two);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("cases     1: dtd/system-entity"), "{text}");
}

#[test]
fn shams_pass_nothing() {
    for (name, score) in parser_sham_scores() {
        assert_eq!(score.total(), 0, "{name}: {score:?}");
        assert_eq!(score.not_judged, parser_cases().len(), "{name}");
    }
}

#[test]
fn cases_cite_rows_that_exist() {
    for case in parser_cases() {
        assert!(!case.requirements.is_empty(), "{}", case.id);
        for &number in &case.requirements {
            assert!(ledger::requirement(number).is_some(), "{}", case.id);
        }
    }
}

fn judged(parser: impl FnMut(MessageKind, &[u8]) -> Parsed + Clone + Send + Sync + 'static) -> Record {
    run_parser_in_process(parser, Grading::default(), &all_parser_cases())
}

/// A parser for answers only is judged by answers, and what it cannot do is no pass.
#[test]
fn a_parser_for_one_kind_is_judged_by_that_kind() {
    let record = judged(|kind, message| match kind {
        MessageKind::Reply => ReferenceParser.parse(kind, message),
        MessageKind::Request => Parsed::Refused(String::new()),
    });
    let counts = record.counts();
    let replies = parser_cases().iter().filter(|case| case.kind == MessageKind::Reply).count();
    assert_eq!((counts.passed, counts.not_judged), (replies, parser_cases().len() - replies));
    assert_eq!(record.conclusion(false), Conclusion::NotJudged);
}

#[test]
fn one_message_must_not_spoil_the_next() {
    let mut spoiled = false;
    let record = judged(move |kind, message| {
        if spoiled {
            return Parsed::Refused("never again".to_owned());
        }
        spoiled = message.windows(9).any(|part| part == b"<!DOCTYPE");
        ReferenceParser.parse(kind, message)
    });
    let causes = record.causes();
    let alive = causes.iter().find(|cause| cause.lead().finding.check == CheckId::Alive).expect("a cause");
    let (finding, shown) = (alive.lead().finding, &alive.cases);
    assert_eq!((finding.verdict, finding.requirement), (Verdict::Fail, req::ALIVE_AFTERWARDS));
    assert!(shown.iter().any(|case| case.starts_with("dtd/")), "{shown:?}");
}

#[test]
fn a_record_is_saved_loaded_and_judged_again() {
    let mutant = parser_mutants().next().expect("a mutant");
    let parser = mutant.parser();
    let record = run_parser_in_process(parser, Grading::default(), &all_parser_cases());
    let loaded = Record::load(&record.save().expect("JSON")).expect("a record");
    assert_eq!(loaded, record);
    let again = loaded.judge_again();
    assert!(again.differences.is_empty() && !again.control_differs);
    assert_eq!(again.judged, parser_cases().len());
    assert!(loaded.counts().failed > 0);
}

/// Runs the binary against a parser that is a program.
fn program(command: &str, further: &[&str]) -> (Option<i32>, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_umspec"))
        .args(["run", "--parser", command])
        .args(further)
        .current_dir(root())
        .output()
        .expect("the binary");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), text + &String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_reference_reader_is_a_program_like_any_other() {
    let command = format!("'{}' parse", env!("CARGO_BIN_EXE_umspec"));
    let (status, text) = program(&command, &["--persistent", "--bp", "--profile", "strict"]);
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = program(&command, &["text", "reply-success"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("= passed "), "{text}");
}

/// Programs that end badly, or not at all, are told apart from those that refuse.
#[test]
fn a_program_that_ends_badly_is_no_parser() {
    for (command, expected) in [
        ("false", "refused"),
        ("true", "accepted as \"\""),
        ("sh -c 'exit 7'", "it broke off: exit 7"),
        ("sh -c 'kill -9 $$'", "it broke off: ended by signal 9"),
        ("no-such-program-of-umspec", "it broke off: not started"),
    ] {
        let (status, text) = program(command, &["text"]);
        assert_eq!(status, Some(3), "{command}\n{text}");
        assert!(text.contains(expected) && text.contains("NO CONTROL"), "{command}\n{text}");
    }
    let (status, text) = program("sh -c 'sleep 60'", &["text", "--timeout", "200ms"]);
    assert_eq!(status, Some(3), "{text}");
    assert!(text.contains("nothing in time"), "{text}");
    let (status, text) = program("sh -c 'echo noise'", &["text", "--persistent"]);
    assert_eq!(status, Some(3), "{text}");
    assert!(text.contains("no head of a frame"), "{text}");
    let (status, text) = program("cat 'open", &[]);
    assert_eq!(status, Some(2), "{text}");
}

/// Exit 1 is also what an uncaught exception ends in; what tells it from a refusal is in the contract.
#[test]
fn a_refusal_is_told_from_an_exception_that_nobody_caught() {
    let reader = env!("CARGO_BIN_EXE_umspec");
    let trace = "Traceback (most recent call last):\nValueError: no id";
    let with = |otherwise: &str| format!("sh -c '\"{reader}\" parse \"$0\" 2>&- || {{ {otherwise}; }}'");
    let throws = with(&format!("echo \"{trace}\" >&2; exit 1"));
    let (status, text) = program(&throws, &["xml/tags*"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("refusal") && text.contains("a trace of Python"), "{text}");
    assert!(text.contains("findings  1 = failed 0 + warned 1"), "{text}");
    let says = with(&format!("echo \"{trace}\" >&2; echo refused; exit 1"));
    let (status, text) = program(&says, &["xml/tags*"]);
    assert_eq!((status, text.contains("warned 0 + failed 0")), (Some(0), true), "{text}");
    let exits = with(&format!("echo \"{trace}\" >&2; exit 9"));
    let (status, text) = program(&exits, &["xml/tags*", "--refused-exit", "9"]);
    assert_eq!((status, text.contains("warned 0 + failed 0")), (Some(0), true), "{text}");
    let (status, text) = program(&exits, &["xml/tags*"]);
    assert_eq!(status, Some(3), "nothing is refused: {text}");
    let (status, text) = program(&throws, &["xml/tags*", "--refused-exit", "9"]);
    assert_eq!(status, Some(3), "exit 1 is a crash then: {text}");
    let alone = crate::support::umspec(&["run", "--refused-exit", "9"]);
    assert_eq!(alone.status.code(), Some(2), "only a client or a parser refuses");
}

/// What a run leaves can be printed, judged again and read by a CI, as that of a server can.
#[test]
fn a_run_leaves_a_record_and_a_junit_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (record, junit) = (path("record.json"), path("junit.xml"));
    let lenient = format!("sh -c '\"{}\" parse \"$0\" || echo SOMETHING'", env!("CARGO_BIN_EXE_umspec"));
    let (status, _) = program(&lenient, &["text"]);
    assert_eq!(status, Some(3), "whatever is wrong is accepted");
    let command = format!("'{}' parse --charset us-ascii", env!("CARGO_BIN_EXE_umspec"));
    let (status, text) = program(&command, &["text", "--record", &record, "--junit", &junit]);
    assert_eq!(status, Some(1), "{text}");
    let umspec = |args: &[&str]| crate::support::umspec(args);
    let again = umspec(&["report", &record]);
    assert_eq!(String::from_utf8_lossy(&again.stdout), text);
    let verified = umspec(&["verify", &record]);
    assert_eq!(verified.status.code(), Some(0));
    let texts = parser_cases().iter().filter(|case| case.family() == "text").count();
    let told = format!("{texts} cases judged again, 0 differ\n");
    assert_eq!(String::from_utf8_lossy(&verified.stdout), told);
    let report = std::fs::read_to_string(&junit).expect("a report");
    let document = roxmltree::Document::parse(&report).expect("XML");
    let of_case = |node: &roxmltree::Node<'_, '_>| {
        let of = node.parent().and_then(|case| case.attribute("classname"));
        node.has_tag_name("failure") && of != Some("findings")
    };
    let failures = document.descendants().filter(of_case).count();
    assert!(failures > 0 && text.contains(&format!("failed {failures}")), "{text}\n{report}");
    let rows = umspec(&["report", &record, "--requirements"]);
    assert_eq!(rows.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&rows.stdout).contains("requirements = passed"));
}
