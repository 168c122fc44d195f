//! Records side by side: what changed, and nothing that differs from run to run.

use std::fs;

use umspec::catalogue::{client_cases, parser_cases};
use umspec::evidence::{Answer, Evidence, Role};
use umspec::judge::{CheckId, Grading, Judgement, Verdict};
use umspec::mock::{ReferenceParser, Service, client_mutants};
use umspec::proof::{run_client_in_process, run_parser_in_process};
use umspec::protocol::Profile;
use umspec::record::comparison::{Change, Comparison, ComparisonOptions, Grid, Query};
use umspec::record::known::KnownDeviations;
use umspec::record::{Entry, Record};
use umspec::report::{
    MAX_MARKDOWN, TextOptions, diff_json, diff_markdown, diff_text, grid_json, grid_markdown, grid_text,
};

use crate::peer::{Peer, Reaction};
use crate::support::{cases, mutant, run_live, run_mock, stdout, umspec};

const CASES: [&str; 2] = ["namespace/disconnect-*", "call-id/empty*"];

fn compared<'a>(old: &'a Record, new: &'a Record) -> Comparison<'a> {
    Comparison::of(old, new, ComparisonOptions::default()).expect("records of one kind")
}

fn text(comparison: &Comparison<'_>) -> String {
    diff_text(comparison, TextOptions { plain: true, verbose: true, ..TextOptions::default() })
}

fn strict() -> Record {
    run_mock(Service::strict(), Profile::Interop, &cases(&CASES), 2)
}

fn entry<'a>(record: &'a mut Record, case: &str) -> &'a mut Entry {
    record.entries.iter_mut().find(|entry| entry.case == case).expect(case)
}

/// The mutants of each answer of a case.
fn answers(entry: &mut Entry) -> impl Iterator<Item = &mut Answer> {
    let Some(Evidence::Server(attempts)) = &mut entry.evidence else { panic!("no server") };
    attempts
        .iter_mut()
        .flat_map(|attempt| &mut attempt.steps)
        .filter(|step| step.role == Role::Mutant)
        .map(|step| &mut step.exchange.answer)
}

#[test]
fn two_runs_are_alike_whatever_their_ids_dates_ports_and_hosts() {
    // A server that says in each answer when it was, who it is and which request that was.
    let talkative = || {
        let peer = Peer::start(|request, answer| {
            let mut response = answer();
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time");
            let host = request.field("host").unwrap_or_default().to_owned();
            if response.status == 500 && request.body.windows(17).any(|part| part == b"<CallId></CallId>") {
                let id = now.as_nanos();
                response.status = 400;
                response.body = format!("request {id} to {host} failed");
            }
            response.headers.push(("x-request-id", now.as_nanos().to_string()));
            Reaction::of(&response)
        });
        run_live(&peer.url(), &CASES)
    };
    let clients: Vec<_> =
        client_cases().iter().filter(|case| case.id.starts_with("client-id") && !case.is_life()).collect();
    let client = || {
        let mutant = client_mutants().next().expect("a mutant");
        run_client_in_process(mutant, Grading::default(), &clients).expect("a run")
    };
    let messages: Vec<_> = parser_cases().iter().filter(|case| case.smaller.is_empty()).collect();
    let parser = || run_parser_in_process(ReferenceParser, Grading::default(), &messages);
    for (old, new) in
        [(strict(), strict()), (talkative(), talkative()), (client(), client()), (parser(), parser())]
    {
        let comparison = compared(&old, &new);
        assert_eq!(comparison.count(Change::Unchanged), comparison.cases.len(), "{}", text(&comparison));
        assert_eq!(comparison.regressions(), 0, "{}", text(&comparison));
        assert!(comparison.cases.len() > 5 && comparison.run.fixed.is_empty());
    }
}

#[test]
fn a_mutant_is_a_regression_of_the_strict_mock_and_the_other_way_round_mended() {
    let (good, bad) =
        (strict(), run_mock(mutant("accepts-empty-call-id"), Profile::Interop, &cases(&CASES), 2));
    let comparison = compared(&good, &bad);
    assert_eq!(comparison.count(Change::NewFailure), 5, "{}", text(&comparison));
    assert_eq!(comparison.count(Change::Unchanged), good.entries.len() - 5, "{}", text(&comparison));
    let page = text(&comparison);
    for part in [
        "NEW FAILURE  PASS -> FAIL",
        "check     outcome UMD-R082",
        "observed  200 DisconnectResponse",
        "was       500 with a fault",
        "is        200 DisconnectResponse",
        "worse     5 = cases 5 + in common 0 + checks 0",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
    let back = compared(&bad, &good);
    assert_eq!((back.count(Change::Fixed), back.regressions()), (5, 0), "{}", text(&back));

    let file = "[[known]]\ncase = \"call-id/empty*\"\nreason = \"x\"";
    let today = "2026-11-26".parse().expect("a day");
    let known = KnownDeviations::parse(file).expect("a file").account(&bad, today);
    let options = ComparisonOptions { known: Some(&known), subset: false };
    let comparison = Comparison::of(&good, &bad, options).expect("records");
    assert_eq!(
        (comparison.count(Change::KnownNow), comparison.regressions()),
        (5, 0),
        "{}",
        text(&comparison)
    );
}

#[test]
fn what_all_answers_have_in_common_is_one_regression() {
    let served = |kind: &'static str| {
        let peer = Peer::start(move |_, answer| {
            let response = answer();
            if response.status == 200 {
                Reaction::http(
                    200,
                    &format!("content-type: {kind}; charset=utf-8\r\n"),
                    response.body.as_bytes(),
                )
            } else {
                Reaction::of(&response)
            }
        });
        run_live(&peer.url(), &CASES)
    };
    let (good, bad) = (served("text/xml"), served("application/xml"));
    let comparison = compared(&good, &bad);
    assert_eq!((comparison.run.new.len(), comparison.regressions()), (1, 1), "{}", text(&comparison));
    assert_eq!(comparison.run.new[0].finding.check, CheckId::AnswerMediaType);
    let back = compared(&bad, &good);
    assert_eq!((back.run.fixed.len(), back.regressions()), (1, 0), "{}", text(&back));
}

/// Each kind of change, by a hand in the record.
#[test]
fn every_kind_of_change_is_told_apart() {
    const CASE: &str = "call-id/empty-cdata";
    let good = strict();
    let bad = run_mock(mutant("accepts-empty-call-id"), Profile::Interop, &cases(&CASES), 2);
    let changed = |old: &Record, change: &dyn Fn(&mut Entry)| {
        let mut new = old.clone();
        change(entry(&mut new, CASE));
        let comparison = compared(old, &new);
        let others = comparison.cases.iter().filter(|case| case.case != CASE);
        assert!({ others }.all(|case| case.change == Change::Unchanged), "{}", text(&comparison));
        let of = comparison.cases.iter().find(|case| case.case == CASE).expect("the case");
        (of.change, comparison.regressions())
    };
    let status = |entry: &mut Entry, status: u16| {
        for answer in answers(entry) {
            if let Answer::Http(http) = answer {
                http.status = status;
            }
        }
    };
    let verdict = |entry: &mut Entry, verdict: Verdict| {
        entry.judgement.verdict = verdict;
        entry.judgement.findings.iter_mut().for_each(|finding| finding.verdict = verdict);
    };
    assert_eq!(changed(&good, &|_| ()), (Change::Unchanged, 0));
    // The same verdict for another status.
    assert_eq!(changed(&good, &|entry| status(entry, 400)), (Change::OtherEvidence, 0));
    assert_eq!(changed(&bad, &|entry| status(entry, 202)), (Change::OtherEvidence, 0));
    // It fails for what it did not fail for.
    let more = |entry: &mut Entry| {
        let mut finding = entry.judgement.findings[0].clone();
        finding.check = CheckId::Effect;
        entry.judgement.findings.push(finding);
    };
    assert_eq!(changed(&bad, &more), (Change::FailsForMore, 1));
    let unjudged = |entry: &mut Entry| entry.judgement = Judgement::not_judged("the server died");
    assert_eq!(changed(&good, &unjudged), (Change::NotJudgedAnyMore, 1));
    // Why is told once, whatever there was before.
    let mut died = bad.clone();
    died.entries.iter_mut().for_each(unjudged);
    let page = text(&compared(&bad, &died));
    assert_eq!(
        page.matches("NOT JUDGED ANY MORE  NOT JUDGED\n      is        the server died").count(),
        1,
        "{page}"
    );
    assert_eq!(changed(&bad, &|entry| verdict(entry, Verdict::Warn)), (Change::Fixed, 0));
    let mut warned = bad.clone();
    verdict(entry(&mut warned, CASE), Verdict::Warn);
    assert_eq!(changed(&warned, &|entry| verdict(entry, Verdict::Note)), (Change::WarningGone, 0));
    assert_eq!(changed(&warned, &|entry| verdict(entry, Verdict::Fail)), (Change::NewFailure, 1));
    assert_eq!(changed(&good, &|entry| verdict(entry, Verdict::Note)), (Change::Noted, 0));
    let mut noted = bad.clone();
    verdict(entry(&mut noted, CASE), Verdict::Note);
    assert_eq!(changed(&noted, &|entry| verdict(entry, Verdict::Warn)), (Change::NewWarning, 0));
    let mut none = good.clone();
    unjudged(entry(&mut none, CASE));
    assert_eq!(
        changed(&none, &|entry| entry.judgement = Judgement::clone(&good.entries[0].judgement)),
        (Change::JudgedNow, 0)
    );
    // Nobody looks any more whether the server lives on.
    let without_twin = |entry: &mut Entry| {
        let Some(Evidence::Server(attempts)) = &mut entry.evidence else { panic!("no server") };
        for attempt in attempts {
            attempt.steps.retain(|step| !matches!(step.role, Role::Twin | Role::Unissued));
        }
    };
    assert_eq!(changed(&good, &without_twin), (Change::ChecksLost, 1));
    let mut everywhere = good.clone();
    everywhere.entries.iter_mut().for_each(without_twin);
    let comparison = compared(&good, &everywhere);
    assert_eq!(comparison.run.lost, [CheckId::Alive]);
    assert!(
        text(&comparison).contains("CHECKS THAT NO LONGER RAN  in no case: alive"),
        "{}",
        text(&comparison)
    );
}

#[test]
fn cases_that_are_there_on_one_side_only() {
    let whole = strict();
    let mut part = whole.clone();
    part.entries.truncate(3);
    let gone = whole.entries.len() - 3;
    let comparison = compared(&whole, &part);
    assert_eq!((comparison.count(Change::NotRunAnyMore), comparison.regressions()), (gone, gone));
    let asked = ComparisonOptions { subset: true, known: None };
    let comparison = Comparison::of(&whole, &part, asked).expect("records");
    assert_eq!((comparison.count(Change::Deleted), comparison.regressions()), (gone, 0));
    let comparison = compared(&part, &whole);
    assert_eq!((comparison.count(Change::Added), comparison.regressions()), (gone, 0));
    // What another catalogue does not have is deleted, and the reader is warned.
    part.catalogue = "0".repeat(64);
    let comparison = compared(&whole, &part);
    assert_eq!((comparison.count(Change::Deleted), comparison.regressions()), (gone, 0));
    assert!(text(&comparison).contains("of different catalogues"), "{}", text(&comparison));
}

/// Text of a record is text in every form, and a page for a pull request stays small enough for one.
#[test]
fn a_hostile_record_is_shown_and_does_nothing() {
    let hostile = "`</code><script>alert(1)</script>|*_[x](http://e.example) @all \u{1b}[2J\u{202E}\n# x";
    let (old, mut new) = (strict(), run_mock(mutant("always-success"), Profile::Interop, &cases(&CASES), 2));
    for entry in &mut new.entries {
        // Each another one, so that none is told together with others.
        let words = format!("{hostile} {}", entry.case).repeat(40);
        entry
            .judgement
            .findings
            .iter_mut()
            .for_each(|finding| finding.observed = format!("{} {words}", entry.case));
        entry.case = format!("{} {hostile}", entry.case);
    }
    new.target = hostile.to_owned();
    let comparison = compared(&old, &new);
    let back = compared(&new, &old);
    let (records, names) = (vec![&old, &new], ["old".to_owned(), hostile.to_owned()]);
    let grid = Grid::of(records).expect("records of one kind");
    for comparison in [&comparison, &back] {
        let pages = [text(comparison), diff_markdown(comparison), diff_json(comparison).expect("JSON")];
        let grids = [
            grid_text(&grid, &names, Query::All),
            grid_markdown(&grid, &names, Query::All),
            grid_json(&grid, &names, Query::All).expect("JSON"),
        ];
        for page in pages.iter().chain(&grids) {
            assert!(!page.contains(['\u{1b}', '\u{202E}']), "{page}");
        }
        for page in [&pages[1], &grids[1]] {
            let foreign = ["<script", "[x]", "@all", "http:", "\n# x"];
            assert!(foreign.iter().all(|part| !page.contains(part)), "{page}");
            assert!(page.len() <= MAX_MARKDOWN);
            // Every row of a table has as many cells as its head.
            let mut columns = None;
            for line in page.lines() {
                let bars = line.matches('|').count();
                columns = if bars == 0 { None } else { Some(*columns.get_or_insert(bars)) };
                assert!(columns.is_none_or(|columns| columns == bars), "{line}");
            }
        }
        serde_json::from_str::<serde_json::Value>(&pages[2]).expect("JSON");
        serde_json::from_str::<serde_json::Value>(&grids[2]).expect("JSON");
    }
}

#[test]
fn a_page_for_a_pull_request_says_what_it_cut() {
    let old = strict();
    let mut new = old.clone();
    let pattern = new.entries[0].clone();
    for number in 0..600 {
        let mut entry = pattern.clone();
        entry.case = format!("made/{number}");
        new.entries.push(entry);
    }
    let mut bad = new.clone();
    for (number, entry) in bad.entries.iter_mut().enumerate() {
        entry.judgement = Judgement::not_judged(format!("for reason {number} {}", "long ".repeat(60)));
    }
    let comparison = compared(&new, &bad);
    let page = diff_markdown(&comparison);
    assert!(page.len() <= MAX_MARKDOWN && page.len() > MAX_MARKDOWN / 2, "{}", page.len());
    assert!(
        page.trim_end()
            .ends_with("more groups of cases are cut here; `umspec diff OLD NEW` tells all of them.")
    );
    assert!(
        page.starts_with(&format!("### umspec: {} regressions", comparison.regressions())),
        "{}",
        &page[..200]
    );
}

#[test]
fn several_records_stand_in_one_grid() {
    let good = strict();
    let empty = run_mock(mutant("accepts-empty-call-id"), Profile::Interop, &cases(&CASES), 2);
    let names = run_mock(mutant("ignores-namespace"), Profile::Interop, &cases(&CASES), 2);
    let grid = Grid::of(vec![&good, &empty, &names]).expect("records of one kind");
    let count = |query| grid.matching(query).count();
    let near = names.counts().failed;
    assert!(near > 0);
    // Of a near miss that is taken, some cases warn only.
    let pairs = |record: &Record| good.entries.clone().into_iter().zip(record.entries.clone());
    let others = |record| pairs(record).filter(|(a, b)| a.judgement.verdict != b.judgement.verdict).count();
    assert_eq!(
        (count(Query::All), count(Query::Different)),
        (good.entries.len(), others(&empty) + others(&names))
    );
    assert_eq!(
        (count(Query::OnlyOneFails), count(Query::AllFail), count(Query::NotJudged)),
        (5 + near, 0, 0)
    );
    assert_eq!((count(Query::PassThenFail), count(Query::FailThenPass)), (5 + near, 5));
    let agreement = grid.agreement();
    let of = good.entries.len();
    assert_eq!((agreement[0][0].alike, agreement[0][0].of), (of, of));
    assert_eq!((agreement[0][1].alike, agreement[1][0].alike), (of - 5, of - 5));
    assert_eq!(agreement[1][2].alike, of - 5 - near);
    let page = grid_text(&grid, &["a", "b", "c"].map(str::to_owned), Query::OnlyOneFails);
    assert!(page.contains("PASS        FAIL        PASS"), "{page}");
    assert!(page.contains(&format!("cases     {} of {of} fail in one record only", 5 + near)), "{page}");
}

#[test]
fn the_command_line_exits_with_1_on_regressions_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let save = |name: &str, record: &Record| {
        fs::write(path(name), record.save().expect("a record")).expect("a file");
        path(name)
    };
    let good = save("good.json", &strict());
    let bad =
        save("bad.json", &run_mock(mutant("accepts-empty-call-id"), Profile::Interop, &cases(&CASES), 2));
    let cases: Vec<_> = parser_cases().iter().take(3).collect();
    let parser = save("parser.json", &run_parser_in_process(ReferenceParser, Grading::default(), &cases));
    let known = path("known.toml");
    fs::write(&known, "[[known]]\ncase = \"call-id/empty*\"\nreason = \"x\"").expect("a file");
    for (args, exit) in [
        (&["diff", &good, &good][..], 0),
        (&["diff", &good, &bad], 1),
        (&["diff", &bad, &good], 0),
        (&["diff", &good, &bad, "--known", &known], 0),
        (&["diff", &good, &bad, "--format", "markdown"], 1),
        (&["diff", &good, &bad, "--format", "json", "--quiet"], 1),
        (&["diff", &good, &parser], 2),
        (&["compare", &good, &bad, "--only", "pass-then-fail"], 0),
        (&["compare", &good, &bad, "--format", "markdown"], 0),
        (&["compare", &good, &parser], 2),
        (&["compare", &good], 2),
    ] {
        let output = umspec(args);
        assert_eq!(output.status.code(), Some(exit), "{args:?}: {}", stdout(&output));
    }
    let page = stdout(&umspec(&["diff", &good, &bad, "--quiet"]));
    assert!(page.contains("NEW FAILURE") && !page.contains('\u{1b}'), "{page}");
}
