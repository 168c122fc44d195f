//! Known deviations: each thing that can become of one is told apart, and what is known never passes.

use std::fs;

use umspec::evidence::Subject;
use umspec::judge::{Grading, Verdict};
use umspec::mock::{client_mutants, parser_mutants};
use umspec::proof::{run_client_in_process, run_parser_in_process};
use umspec::protocol::Profile;
use umspec::record::known::{Accounting, KnownDeviations, PLACEHOLDER, State, TemplateOptions, template};
use umspec::record::{Conclusion, Record};
use umspec::report::{TextOptions, View, junit, text};

use crate::peer::{Peer, Reaction};
use crate::support::{cases, mutant, run_live, run_mock, stderr, stdout, umspec};

/// Five cases that a server fails which takes empty call ids.
const EMPTY: &str = "call-id/empty*";

fn flawed() -> Record {
    run_mock(mutant("accepts-empty-call-id"), Profile::Interop, &cases(&[EMPTY]), 2)
}

fn account(record: &Record, file: &str) -> Accounting {
    let known = KnownDeviations::parse(file).expect("a file");
    known.account(record, "2026-11-26".parse().expect("a day"))
}

fn report(record: &Record, known: &Accounting) -> String {
    text(
        View { known: Some(known), ..View::from(record) },
        TextOptions { plain: true, ..TextOptions::default() },
    )
}

/// The file, what the run comes to, and what is told.
fn told(record: &Record, file: &str) -> (Conclusion, String) {
    let known = account(record, file);
    (record.conclusion_with(Some(&known), false), report(record, &known))
}

#[test]
fn what_is_known_and_seen_fails_nothing_and_never_passes() {
    let record = flawed();
    let file = r#"
[[known]]
case = "call-id/empty*"
reason = "the library takes it"
owner = "the mail team"
tracker = "https://tracker.example/1"
until = 2026-11-26
"#;
    let (conclusion, page) = told(&record, file);
    assert_eq!((record.conclusion(false), conclusion), (Conclusion::Failed, Conclusion::Passed));
    for part in [
        "KNOWN  call-id/empty*",
        "reason    the library takes it",
        "owner     the mail team",
        "tracker   https://tracker.example/1",
        "until     2026-11-26",
        "judged    5 = passed 0 + noted 0 + warned 0 + failed 0 + known 5",
        "known     1 deviations = expected 1 + stale 0",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
    assert!(!page.contains("FAIL"), "{page}");
    let known = account(&record, file);
    let standing = known.of_case("call-id/empty-cdata").expect("a standing");
    assert_eq!((standing.state, &*standing.deviation.reason), (State::Expected, "the library takes it"));
    let counts = known.counts(&record);
    assert_eq!((counts.known, counts.passed, counts.failed), (5, 0, 0));
}

#[test]
fn what_is_not_as_it_is_known_fails_the_run_each_in_its_words() {
    let record = flawed();
    let entry = |more: &str| format!("[[known]]\ncase = \"{EMPTY}\"\nreason = \"so it is\"\n{more}");
    let stale = "[[known]]\ncase = \"namespace/disconnect-types\"\nreason = \"so it was\"";
    let both = run_mock(
        mutant("accepts-empty-call-id"),
        Profile::Interop,
        &cases(&[EMPTY, "namespace/disconnect-types"]),
        2,
    );
    for (record, file, conclusion, words) in [
        (
            &both,
            &(entry("") + stale),
            Conclusion::Stale,
            "STALE  namespace/disconnect-types: known to deviate",
        ),
        (
            &record,
            &entry("until = 2026-11-25"),
            Conclusion::Expired,
            "EXPIRED  call-id/empty*: known until 2026-11-25",
        ),
        (
            &record,
            &entry("fingerprint = \"0123456789abcdef\""),
            Conclusion::Changed,
            "CHANGED  call-id/empty*",
        ),
        (
            &record,
            &(entry("") + "[[known]]\ncase = \"no/such\"\nreason = \"x\""),
            Conclusion::Stale,
            "UNMATCHED  no/such",
        ),
        // Nothing was seen of it, and nothing could be.
        (&record, &(entry("") + stale), Conclusion::Passed, "not looked at 1"),
        // What is known of one case excuses no other, and what is known of one check no other check.
        (&record, &entry("").replace("empty*", "empty-cdata"), Conclusion::Failed, "known 1\n"),
        (&record, &entry("check = \"fault/leak\""), Conclusion::Failed, "failed 5 + known 0"),
    ] {
        let (came_to, page) = told(record, file);
        assert_eq!(came_to, conclusion, "{file}\n{page}");
        assert!(page.contains(words), "no {words} in\n{page}");
    }
    // An id that is right again is stale, beside others that are not.
    let list = "[[known]]\ncase = [\"call-id/empty-cdata\", \"namespace/disconnect-types\"]\nreason = \"x\"";
    let known = account(&both, list);
    assert_eq!(
        known.stale().next().map(|tally| &*tally.gone),
        Some(&["namespace/disconnect-types".to_owned()][..])
    );
    // A glob of which some cases are right is not, but it is told.
    let glob = "[[known]]\ncase = \"*\"\nreason = \"x\"";
    let (came_to, page) = told(&both, glob);
    assert_eq!(came_to, Conclusion::Passed);
    assert!(page.contains("right     "), "{page}");
}

#[test]
fn by_requirement_it_is_known_wherever_it_shows() {
    let record = run_mock(mutant("faults-with-200"), Profile::Interop, &cases(&["namespace"]), 2);
    let (came_to, page) = told(&record, "[[known]]\nrequirement = \"UMD-R015\"\nreason = \"an old gateway\"");
    let row = record.causes()[0].lead().requirement;
    assert_eq!(record.conclusion(false), Conclusion::Failed);
    assert_eq!((came_to, row.to_string().as_str()), (Conclusion::Passed, "UMD-R015"), "{page}");
    // It is stale where it was looked at, and shows no more.
    let strict = crate::support::strict_run(Profile::Interop);
    let (came_to, page) = told(strict, "[[known]]\nrequirement = \"UMD-R015\"\nreason = \"an old gateway\"");
    assert_eq!(came_to, Conclusion::Stale, "{page}");
    // Of another subject it is no matter of this run.
    let of_parsers = "[[known]]\nsubject = \"parser\"\nrequirement = \"UMD-R015\"\nreason = \"x\"";
    assert_eq!(told(strict, of_parsers).0, Conclusion::Passed);
}

#[test]
fn a_file_that_says_what_cannot_be_is_refused_at_its_line() {
    for (file, line) in [
        ("[[known]]\nreasn = \"x\"", "line 2: unknown field `reasn`"),
        ("known = 1", "line 1: invalid type"),
        ("[[known]]\ncase = \"xml\"\n", "line 1: this entry has no reason"),
        ("[[known]]\ncase = \"xml\"\nreason = \" \"", "line 3: this entry has no reason"),
        ("[[known]]\nreason = \"x\"", "line 1: this entry names neither a case nor a requirement"),
        ("[[known]]\ncase = []\nreason = \"x\"", "line 2: case: it is empty"),
        ("\n[[known]]\nrequirement = \"R999\"\nreason = \"x\"", "line 3: requirement: no requirement"),
        ("[[known]]\ncase = \"xml\"\ncheck = \"nope\"\nreason = \"x\"", "line 3: check: there is no check"),
        ("[[known]]\ncase = \"xml\"\nuntil = 2027-02-29\nreason = \"x\"", "line 3: "),
        ("[[known]]\ncase = \"xml\"\nuntil = \"soon\"\nreason = \"x\"", "line 3: until: it is no day"),
        ("[[known]]\nsubject = \"peer\"\ncase = \"xml\"\nreason = \"x\"", "line 2: subject: "),
        ("[[known]]\n\"a\\u001bb\" = 1", "line 2: unknown field `a\\u{1b}b`"),
    ] {
        let error = KnownDeviations::parse(file).expect_err(file).to_string();
        assert!(error.starts_with(line), "{file}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    let placeholder = format!("[[known]]\ncase = \"xml\"\nreason = \"{PLACEHOLDER}\"");
    let error = KnownDeviations::parse(&placeholder).expect_err("a placeholder").to_string();
    assert!(error.starts_with("line 3: the reason is still that of the template"), "{error}");
}

#[test]
fn the_command_line_tells_each_by_its_exit_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("known.toml");
    let file = path.to_str().expect("a path");
    let record = folder.path().join("record.json");
    let record = record.to_str().expect("a path");
    let run = |name: &str, text: &str| {
        fs::write(&path, text).expect("a file");
        umspec(&["run", "--mock", name, EMPTY, "--known", file, "--record", record])
    };
    let entry = |more: &str| format!("[[known]]\ncase = \"{EMPTY}\"\nreason = \"so it is\"\n{more}");
    for (name, text, exit) in [
        ("accepts-empty-call-id", entry(""), 0),
        ("strict", entry(""), 1),
        ("accepts-empty-call-id", entry("").replace("empty*", "empty-cdata"), 1),
        ("accepts-empty-call-id", entry("fingerprint = \"0123456789abcdef\""), 5),
        ("accepts-empty-call-id", entry("until = 2026-01-01"), 6),
    ] {
        let output = run(name, &text);
        assert_eq!(output.status.code(), Some(exit), "{text}: {}", stdout(&output));
        // A record says the same.
        let again = umspec(&["report", record, "--known", file]);
        assert_eq!(again.status.code(), Some(exit), "{text}: {}", stdout(&again));
    }
    for (text, exit) in [(entry("").replace("empty", "none"), 4), (entry("ownr = \"x\""), 2)] {
        let output = run("strict", &text);
        assert_eq!(output.status.code(), Some(exit), "{}", stderr(&output));
        let line = stderr(&output);
        assert!(line.lines().count() == 1 && line.contains("known.toml: line "), "{line}");
        assert!(stdout(&output).is_empty(), "before anything is run");
    }
    // A first file is refused until it is edited, and then holds for the run that it was made of.
    run("accepts-empty-call-id", "");
    let first = stdout(&umspec(&["known", record]));
    assert_eq!(run("accepts-empty-call-id", &first).status.code(), Some(2));
    let edited = first.replace(PLACEHOLDER, "somebody knows why");
    assert_eq!(run("accepts-empty-call-id", &edited).status.code(), Some(0), "{edited}");
    assert_eq!(run("strict", &edited).status.code(), Some(1), "{edited}");
}

/// Of servers, clients and parsers: nothing that a record shows is left when its first file is taken, and no
/// more than that is excused.
#[test]
fn a_first_file_knows_all_that_its_record_shows() {
    let server =
        |name: &str| run_mock(mutant(name), Profile::Interop, &cases(&["namespace", "lifecycle", EMPTY]), 2);
    let clients: Vec<_> = ["answer-body", "client-id"]
        .iter()
        .flat_map(|family| {
            umspec::catalogue::client_cases().iter().filter(|case| case.id.starts_with(&**family))
        })
        .filter(|case| !case.is_life())
        .take(30)
        .collect();
    let client = |name: &str| {
        let mutant = client_mutants().find(|mutant| mutant.name == name).expect("a mutant");
        run_client_in_process(mutant, Grading::default(), &clients).expect("a run")
    };
    let parser = || {
        let mutant = parser_mutants().find(|mutant| !mutant.is_slow()).expect("a mutant");
        let messages = umspec::catalogue::parser_cases()
            .iter()
            .filter(|case| case.smaller.is_empty())
            .collect::<Vec<_>>();
        run_parser_in_process(mutant.parser(), Grading::default(), &messages)
    };
    for record in [
        server("accepts-empty-call-id"),
        server("faults-with-200"),
        server("ignores-namespace"),
        client("takes-empty-answers"),
        parser(),
    ] {
        let target = &record.target;
        assert_eq!(record.conclusion(true), Conclusion::Failed, "{target}");
        let first = template(&record, TemplateOptions::default());
        let edited = first.replace(PLACEHOLDER, "it is a mutant");
        let known = account(&record, &edited);
        assert_eq!(
            record.conclusion_with(Some(&known), true),
            Conclusion::Passed,
            "{edited}\n{}",
            report(&record, &known)
        );
        assert_eq!(known.counts(&record).failed, 0, "{target}");
        assert!(record.entries.iter().all(|entry| known.left(entry) < Verdict::Fail));
    }
    let other = account(
        &server("ignores-namespace"),
        &template(&server("faults-with-200"), TemplateOptions::default()).replace(PLACEHOLDER, "x"),
    );
    assert!(other.stale().next().is_some());
}

/// The shape holds over ports, ids and dates, and not over another answer.
#[test]
fn a_fingerprint_is_of_what_came_and_not_of_when_and_where() {
    let served = |status: u16, text: &'static str| {
        let peer = Peer::start(move |request, answer| {
            let response = answer();
            if !request.body.windows(17).any(|part| part == b"<CallId></CallId>") {
                return Reaction::of(&response);
            }
            let now = std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .expect("a time")
                .as_nanos();
            Reaction::http(
                status,
                &format!("x-id: {now}\r\ncontent-type: text/plain\r\n"),
                format!("{text} {now}").as_bytes(),
            )
        });
        run_live(&peer.url(), &["call-id/empty-open-close"])
    };
    let record = served(200, "done at");
    let edited = template(&record, TemplateOptions::default()).replace(PLACEHOLDER, "x");
    assert!(edited.contains("fingerprint = "), "{edited}");
    let again = served(200, "done by");
    assert_eq!(told(&again, &edited).0, Conclusion::Passed, "{}", told(&again, &edited).1);
    let other = served(202, "done at");
    assert_eq!(told(&other, &edited).0, Conclusion::Changed, "{}", told(&other, &edited).1);
}

#[test]
fn a_junit_reader_sees_what_is_known_skipped_and_what_is_not_failed() {
    let record = flawed();
    let file = "[[known]]\ncase = \"call-id/empty-cdata\"\nreason = \"a <reason> \u{202E}\"\ntracker = \"T-1\"\n\
                [[known]]\ncase = \"call-id/empty-open-close\"\nreason = \"x\"\nuntil = 2020-01-01";
    let known = account(&record, file);
    let written = junit(View { known: Some(&known), ..View::from(&record) }).expect("a report");
    let document = roxmltree::Document::parse(&written).expect("well-formed");
    let test = |name: &str| {
        document
            .descendants()
            .find(|node| node.attribute("name") == Some(name))
            .unwrap_or_else(|| panic!("{name}: {written}"))
    };
    let child = |name: &str, child: &str| {
        test(name)
            .children()
            .find(|node| node.has_tag_name(child))
            .and_then(|node| node.attribute("message"))
            .map(str::to_owned)
    };
    assert_eq!(
        child("call-id/empty-cdata", "skipped").as_deref(),
        Some("a <reason> \\u{202e} (tracker T-1)")
    );
    assert!(child("call-id/empty-open-close", "failure").is_some());
    assert!(child("1 call-id/empty-cdata", "skipped").is_some());
    let expired = child("2 call-id/empty-open-close", "failure").expect("a failure");
    assert!(expired.contains("known until 2020-01-01"), "{expired}");
    let page = report(&record, &known);
    assert!(page.contains("a <reason> \\u{202e}"), "{page}");
}

/// A record that somebody wrote into ends no string of a first file before its time.
#[test]
fn a_hostile_record_writes_a_file_that_says_what_it_says() {
    let mut record = flawed();
    let hostile = "call-id/\"\n[[known]]\n\u{1b}[2J\u{202E}\\";
    record.entries[0].case = hostile.to_owned();
    record.planned[0] = hostile.to_owned();
    record.target = "x\n[[known]]\u{1b}".to_owned();
    let Some(finding) = record.entries[0].judgement.findings.first_mut() else { panic!("no finding") };
    finding.observed = "y\n[[known]]\u{1b}".to_owned();
    let first = template(&record, TemplateOptions::default());
    assert!(!first.contains(['\u{1b}', '\u{202E}']), "{first}");
    let known = KnownDeviations::parse(&first.replace(PLACEHOLDER, "x")).expect("a file");
    assert!(known.0.iter().any(|entry| entry.cases.iter().any(|case| case == hostile)), "{first}");
    assert!(known.0.iter().all(|entry| entry.subject == Some(Subject::Server)));
}
