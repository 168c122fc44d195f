//! Reports for other programs, each read by something that is not ours, and what each must not say.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use pulldown_cmark::{Event, Options, Parser};
use serde_json::Value;
use umspec::evidence::Evidence;
use umspec::judge::{CheckId, Verdict, judge};
use umspec::protocol::ledger;
use umspec::record::{Record, Times};
use umspec::report::{FORMATS, Format, MAX_RESULTS, MAX_SUMMARY, View};

use crate::format_records::{KNOWN, RECORDS, json, of, record, view, written};
use crate::support::{is_given, needs, root, stderr, stdout, umspec, umspec_with};

/// By Python's jsonschema and junitparser: SARIF, HAR, a badge and WFC are valid by their schemas, JUnit counts add
/// up and no name stands twice, and each line of JSON Lines is JSON.
#[test]
fn readers_of_others_take_every_format() {
    if !needs("python3") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new("python3");
    command.arg(root().join("suite/tests/readers/read.py"));
    let mut files = 0;
    for (name, record) in &*RECORDS {
        // Two of the formats have no reader in Python: see the tests below.
        for format in FORMATS.iter().filter(|format| !["markdown", "tap", "html"].contains(&format.name)) {
            let path = folder.path().join(format!("{name}.{}.{}", format.name, format.extension));
            fs::write(&path, written(*format, record)).expect("a file");
            command.arg(format.name).arg(path);
            files += 1;
        }
    }
    for (number, known) in KNOWN.iter().enumerate() {
        for format in FORMATS.iter().filter(|format| !["markdown", "tap", "html"].contains(&format.name)) {
            let path = folder.path().join(format!("known {number}.{}.{}", format.name, format.extension));
            fs::write(&path, (format.write)(&view(known)).expect("a report")).expect("a file");
            command.arg(format.name).arg(path);
            files += 1;
        }
    }
    let output = command.output().expect("python3");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if is_given(&format!("{}; .ci/setup installs it", told.trim()), output.status.code() != Some(77)) {
        assert!(output.status.success(), "{told}");
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), files);
    }
}

/// How many tests of a report TAP::Parser finds, how many of them failed, and how many were skipped; nothing where
/// there is no Perl.
fn by_tap_parser(report: &str) -> Option<[usize; 3]> {
    let perl = Command::new("perl").arg("-v").output();
    if !is_given("perl is missing; .ci/setup installs it", perl.is_ok()) {
        return None;
    }
    let mut child = Command::new("perl")
        .arg(root().join("suite/tests/readers/tap.pl"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("perl");
    let mut input = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, report.as_bytes()).expect("its input");
    drop(input);
    let output = child.wait_with_output().expect("its end");
    assert!(output.status.success(), "{}\n{report}", stderr(&output));
    let told = stdout(&output);
    let mut told = told.split_whitespace().map(|word| word.parse().expect("a number"));
    Some([(); 3].map(|()| told.next().expect("a number")))
}

/// By Perl's TAP::Parser.
#[test]
fn a_consumer_of_tap_counts_what_the_record_counts() {
    for (name, record) in &*RECORDS {
        let report = of("tap", record);
        let Some(told) = by_tap_parser(&report) else { return };
        let counts = record.counts();
        let causes = record.causes();
        let causes = |least| causes.iter().filter(|cause| cause.verdict >= least).count();
        let is_hindered = usize::from(report.contains("\nnot ok 1 - the run"));
        let tests = 1 + causes(Verdict::Warn) + counts.planned;
        let failed = is_hindered + causes(Verdict::Fail) + counts.failed + counts.not_judged;
        assert_eq!(told, [tests, failed, counts.skipped], "{name}\n{report}");
    }
}

/// What is known is told apart from what is not and from what passes, and a known deviation that is not as it is known
/// fails.
#[test]
fn known_deviations_are_told_apart_in_every_format() {
    let [known, stale] = &*KNOWN;
    let of = |kind: &str, known| (Format::find(kind).expect(kind).write)(&view(known)).expect("a report");
    let json = |kind: &str, known| -> Value { serde_json::from_str(&of(kind, known)).expect("JSON") };

    let tap = of("tap", known);
    assert_eq!(tap.matches(" # TODO it \\# is <so>").count(), 5, "{tap}");
    assert!(by_tap_parser(&tap).is_none_or(|told| told == [6, 0, 0]), "{tap}");
    let sarif = json("sarif", known);
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        assert_eq!(result["suppressions"][0]["justification"], "it # is <so> [[x]](y)", "{result}");
    }
    let junit = of("junit", known);
    assert_eq!(junit.matches("<skipped message=\"it # is &lt;so&gt; ").count(), 6, "{junit}");
    assert!(!junit.contains("<failure"), "{junit}");
    let badge = json("badge", known);
    assert_eq!((&badge["message"], &badge["color"]), (&"0 of 5 pass, 5 known".into(), &"yellow".into()));
    let markdown = of("markdown", known);
    assert!(
        markdown.starts_with("## umspec: passed\n") && markdown.contains("- **expected** "),
        "{markdown}"
    );
    let lines = of("jsonl", known);
    assert_eq!(lines.matches("\"known\":\"it # is").count(), 5, "{lines}");
    assert!(lines.contains("{\"type\":\"known\",") && lines.contains("\"conclusion\":\"passed\""), "{lines}");
    assert_eq!(json("wfc", known)["faults"]["totalNumber"], 0);

    let tap = of("tap", stale);
    assert!(by_tap_parser(&tap).is_none_or(|told| told == [7, 1, 0]), "{tap}");
    assert_eq!(json("sarif", stale)["runs"][0]["results"][0]["ruleId"], "known-deviation");
    assert_eq!(json("badge", stale)["color"], "red");
    assert!(of("markdown", stale).starts_with("## umspec: known deviations are stale\n"));
    assert!(of("jsonl", stale).contains("\"conclusion\":\"known deviations are stale\""));
}

/// By pulldown-cmark: text of a subject is text or code, and no HTML but our own.
#[test]
fn a_reader_of_markdown_finds_no_markup_of_others() {
    for (name, record) in &*RECORDS {
        let report = of("markdown", record);
        let events = Parser::new_ext(&report, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
        for event in events {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    let ours = ["<details>", "</details>"].iter().any(|tag| html.starts_with(tag));
                    assert!(ours && !html.contains("<img"), "{name}: {html}");
                }
                Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                    assert!(!dest_url.contains("evil"), "{name}: {dest_url}");
                }
                _ => {}
            }
        }
        assert!(report.starts_with("## umspec: "), "{report}");
    }
    let report = of("markdown", record("failures"));
    assert!(report.contains("\n**FAIL** [UMD-R067]("), "{report}");
}

/// What would be seen as another line, another colour or nothing at all is escaped in every format.
#[test]
fn no_format_holds_a_character_that_acts() {
    for (name, record) in &*RECORDS {
        for format in FORMATS {
            let report = written(*format, record);
            let found = report.chars().find(|c| {
                matches!(c, '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200b}'..='\u{200f}'
                    | '\u{2028}'..='\u{202e}' | '\u{fffe}')
            });
            assert_eq!(found, None, "{name}: {}", format.name);
        }
    }
}

/// Nothing is green where nothing was judged.
#[test]
fn a_run_without_a_verdict_is_green_in_no_format() {
    for name in ["no control", "unreachable"] {
        let record = record(name);
        let badge = json("badge", record);
        assert_eq!(
            (&badge["color"], &badge["message"]),
            (&"lightgrey".into(), &"not judged".into()),
            "{name}"
        );
        assert!(of("tap", record).contains("\nnot ok 1 - the run could be judged"), "{name}");
        assert!(of("markdown", record).starts_with("## umspec: not judged\n"), "{name}");
        assert!(of("junit", record).contains("<error "), "{name}");
        assert!(of("jsonl", record).contains("\"conclusion\":\"not judged\""), "{name}");
        let sarif = json("sarif", record);
        let run = &sarif["runs"][0];
        assert_eq!(run["results"][0]["ruleId"], "not-judged", "{name}");
        assert_eq!(run["invocations"][0]["executionSuccessful"], false, "{name}");
        assert!(json("wfc", record)["warnings"].as_array().is_some_and(|told| !told.is_empty()), "{name}");
    }
    // Cases that are all skipped fail nowhere, and say nothing all the same.
    let mut skipped = record("strict").clone();
    skipped.entries.retain(|entry| entry.case.is_empty());
    assert_eq!(json("badge", &skipped)["color"], "lightgrey");
    assert!(of("junit", &skipped).contains("<error ") && of("tap", &skipped).contains("\nnot ok 1 "));
    assert_eq!(json("badge", record("strict"))["color"], "brightgreen");
    assert_eq!(json("badge", record("failures"))["color"], "red");
}

/// What GitHub asks of SARIF beyond its schema.
#[test]
fn github_takes_each_result_and_knows_it_again() {
    let failures = record("failures");
    let run = |record: &Record| json("sarif", record)["runs"][0].take();
    let told = run(failures);
    let results = told["results"].as_array().expect("results");
    let rules = told["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(results.len() > 1);
    let mut fingerprints = BTreeSet::new();
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            (&place["artifactLocation"]["uri"], &place["region"]["startLine"]),
            (&"umspec.toml".into(), &1.into())
        );
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("an index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let fingerprint = result["partialFingerprints"]["primaryLocationLineHash"].as_str().expect("text");
        assert!(fingerprints.insert(fingerprint.to_owned()), "{fingerprint} stands twice");
    }
    for rule in rules {
        assert!(rule["helpUri"].as_str().is_some_and(|uri| uri.starts_with("http")), "{rule}");
        let is_grave = rule["properties"]["security-severity"].is_string();
        let is_tagged = rule["properties"]["tags"].to_string().contains("\"security\"");
        assert_eq!(is_grave, is_tagged, "{rule}");
    }
    let graded = |id: &str| {
        rules.iter().find(|rule| rule["id"] == id).map(|rule| rule["properties"]["security-severity"].clone())
    };
    assert_eq!((graded("UMD-R178"), graded("UMD-R082")), (Some("7.5".into()), Some(Value::Null)));

    // Another run finds the same, whatever was observed and whenever it was.
    let mut later = failures.clone();
    later.times = Times { started_ms: 1, elapsed_ms: 2, ..Times::default() };
    later.target = "http://127.0.0.1:1/".to_owned();
    for finding in later.entries.iter_mut().flat_map(|entry| &mut entry.judgement.findings) {
        finding.observed.push_str(" at byte 77");
    }
    let again = run(&later);
    let of = |run: &Value| -> Vec<Value> {
        run["results"]
            .as_array()
            .expect("results")
            .iter()
            .map(|result| result["partialFingerprints"].clone())
            .collect()
    };
    assert_eq!(of(&again), of(&told));
    let moved = View { anchor: "ci/known deviations.toml", ..View::from(failures) };
    let moved = (Format::find("sarif").expect("a format").write)(&moved).expect("a report");
    assert!(moved.contains("\"uri\": \"ci/known%20deviations.toml\""));
}

/// Limits of GitHub: beyond them it shows nothing, or leaves out what it likes.
#[test]
fn reports_stay_below_the_limits_of_github_and_say_what_was_cut() {
    let mut large = record("failures").clone();
    let template =
        large.entries.iter().find_map(|entry| entry.judgement.findings.first()).expect("a finding").clone();
    for row in ledger::requirements() {
        for &check in CheckId::ALL {
            let finding = umspec::judge::Finding {
                check,
                requirement: row.id,
                verdict: Verdict::Fail,
                ..template.clone()
            };
            large.control.findings.push(finding);
        }
    }
    let run = json("sarif", &large)["runs"][0].take();
    assert_eq!(run["results"].as_array().map(Vec::len), Some(MAX_RESULTS));
    let told = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(told.contains(" results are left out"), "{told}");

    let template =
        large.entries.iter().find(|entry| entry.judgement.verdict == Verdict::Fail).expect("one").clone();
    let long = |number: usize| umspec::record::Entry {
        case: format!("x/{number}{}", "y".repeat(300)),
        ..template.clone()
    };
    large.entries = (0..5_000).map(long).collect();
    let summary = of("markdown", &large);
    assert!(summary.len() <= MAX_SUMMARY && summary.len() > MAX_SUMMARY / 2, "{} bytes", summary.len());
    assert!(summary.contains(" more cases are left out"));
    assert!(summary.trim_end().ends_with("</details>"));
}

/// A try that failed before one that did not is told as the field tells it.
#[test]
fn junit_tells_flaky_cases_from_failures() {
    let id = "namespace/disconnect-types";
    let attempts = |record: &Record| {
        let entry = record.entries.iter().find(|entry| entry.case == id).expect(id);
        entry.attempts().to_vec()
    };
    let (right, wrong) = (attempts(record("strict")).remove(0), attempts(record("failures")).remove(0));
    let mut record = record("strict").clone();
    record.entries.retain(|entry| entry.case == id);
    let case = record.case_of(&record.entries[0]).expect("a case");
    for (tries, flaky, rerun) in [
        (vec![&right], 0, 0),
        (vec![&wrong, &right, &right], 1, 0),
        (vec![&wrong, &wrong], 0, 1),
        (vec![&wrong, &right, &wrong], 1, 0),
    ] {
        let evidence = Evidence::Server(tries.into_iter().cloned().collect());
        record.entries[0].judgement = judge(case, &record.established(), &evidence, record.grading);
        record.entries[0].evidence = Some(evidence);
        let report = of("junit", &record);
        let count = |tag: &str| report.matches(&format!("<{tag} ")).count();
        assert_eq!((count("flakyFailure"), count("rerunFailure")), (flaky, rerun), "{report}");
        let is_failure = record.entries[0].judgement.verdict == Verdict::Fail;
        assert_eq!(report.contains("expected "), is_failure || flaky + rerun > 0, "{report}");
    }
}

/// What HTTP in an archive cannot hold is kept as bytes, and marked; what it can is not kept twice.
#[test]
fn an_archive_keeps_bytes_that_it_has_no_place_for() {
    let archive = json("har", record("failures"));
    let entries = archive["log"]["entries"].as_array().expect("entries");
    let mutant = |case: &str| {
        let is_it = |entry: &&Value| entry["_umspec"]["case"] == case && entry["_umspec"]["role"] == "mutant";
        entries.iter().find(is_it).unwrap_or_else(|| panic!("no {case}"))
    };
    assert_eq!(mutant("namespace/disconnect-types")["_raw"], Value::Null);
    let wide = entries.iter().find(|entry| entry["_raw"].is_object()).expect("a request in UTF-16");
    assert!(wide["comment"].as_str().is_some_and(|told| told.contains("_raw")), "{wide}");
    let silent = json("har", record("unreachable"));
    let entry = &silent["log"]["entries"][0];
    assert_eq!((&entry["response"]["status"], entry["_error"].is_string()), (&0.into(), true), "{entry}");
    let asked = json("har", record("client"));
    assert!(asked["log"]["entries"].as_array().is_some_and(|entries| entries.len() > 5));
    assert!(json("har", record("parser"))["log"]["comment"].to_string().contains("no HTTP"));
}

/// The command line: kinds by name, standard output, one file for each.
#[test]
fn reports_are_asked_for_by_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let record = path("record.json");
    let (tap, sarif) = (format!("tap={}", path("x.tap")), format!("sarif={}", path("x.sarif")));
    let run = ["run", "namespace", "--record", &record, "--sarif-anchor", "ci/umspec.toml"];
    let ran = umspec(&[&run[..], &["--report", &tap, "--report", &sarif, "--report", "badge=-"]].concat());
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    assert!(serde_json::from_slice::<Value>(&ran.stdout).is_ok(), "only the badge: {}", stdout(&ran));
    assert!(stderr(&ran).contains("judged"), "the report for people goes to standard error");
    assert!(fs::read_to_string(path("x.tap")).expect("a report").starts_with("TAP version 14\n"));
    assert!(fs::read_to_string(path("x.sarif")).expect("a report").contains("\"version\": \"2.1.0\""));

    let saved = fs::read(&record).expect("a record");
    let printed = umspec_with(&["report", "-", "--report", "tap=-"], &saved);
    assert_eq!(stdout(&printed), fs::read_to_string(path("x.tap")).expect("a report"));
    for (args, part) in [
        (&["--report", "pdf=x"][..], "badge, har, "),
        (&["--report", "tap"], "write it as KIND=FILE"),
        (&["--report", "tap="], "write it as KIND=FILE"),
        (&["--report", "tap=-", "--report", "badge=-"], "- is named twice"),
        (&["--report", "tap=-", "--junit", "-"], "- is named twice"),
        (&["--report", &format!("tap={record}")], "is the record itself"),
        (&["--report", "tap=/no/such/folder/x"], "cannot write /no/such/folder/x"),
        (&["--sarif-anchor", "https://example/x"], "within the repository"),
        (&["--sarif-anchor", "../x"], "within the repository"),
    ] {
        let output = umspec(&[&["report", &record], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(part), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(fs::read(&record).expect("a record"), saved, "the record is as it was");
}
