//! The views for people side by side: what one tells of a run, the others tell too.

use umspec::evidence::Evidence;
use umspec::judge::{Judgement, Verdict};
use umspec::mock::Service;
use umspec::protocol::Profile;
use umspec::record::known::KnownDeviations;
use umspec::record::{Met, Record, ShardOf, Spellings};
use umspec::report::{FORMATS, TextOptions, View, html, text};
use umspec::run::CallSource;

use crate::support::{cases, free_port, mutant, options, run_mock, run_server};

/// A run that has all that a reader must know: a shard, in other spellings, ended early, with a case that failed in
/// some tries only, and what is known to deviate.
fn hard() -> Record {
    let selected = cases(&["namespace/disconnect-types", "namespace/disconnect-errors", "call-id/empty*"]);
    let mut record = run_mock(mutant("ignores-namespace"), Profile::Interop, &selected, 2);
    record.grading.bp = true;
    record.options = ["--mock", "ignores-namespace", "--user", "USER:PASSWORD"].map(str::to_owned).to_vec();
    record.shard = Some(ShardOf { number: 2, of: 3, selected: 98, selection: "0".repeat(64) });
    let met = Met { met: 41, of: 43 };
    record.spellings = Some(Spellings {
        strength: 2,
        not_taken: vec!["encoding=utf-16-le".to_owned()],
        sent: 47,
        values: met,
        pairs: met,
        triples: met,
    });
    record.ended_early = Some("more came than is kept (see --max-kept)".to_owned());
    let fails = record.entries.iter().position(|entry| entry.judgement.verdict == Verdict::Fail);
    let fails = fails.expect("one that fails");
    // A try of which nothing is wrong.
    let case = record.entries[fails].case.clone();
    let right = run_mock(Service::strict(), Profile::Interop, &cases(&[&case]), 1);
    let mut tries = record.entries[fails].attempts().to_vec();
    tries.truncate(1);
    tries.extend(right.entries[0].attempts().iter().cloned());
    record.entries[fails].evidence = Some(Evidence::Server(tries));
    record
}

#[test]
fn no_view_hides_what_a_reader_must_know() {
    let record = hard();
    let file = "[[known]]\ncase = \"namespace/disconnect-errors\"\nreason = \"its old library\"\n";
    let known = KnownDeviations::parse(file).expect("a file");
    let accounting = known.account(&record, "2026-11-26".parse().expect("a day"));
    let view = View { known: Some(&accounting), ..View::from(&record) };
    let markdown = FORMATS.iter().find(|format| format.name == "markdown").expect("a format");
    let views = [
        ("text", text(view, TextOptions { plain: true, ..TextOptions::default() })),
        ("markdown", (markdown.write)(&view).expect("a report")),
        ("html", html(view).expect("a page")),
    ];
    for (name, told) in &views {
        for words in [
            "ignores-namespace",
            "live: calls from PlayOnPhone",
            "Basic Profile gates",
            "47 at strength 2: 41 of 43 values",
            "encoding=utf-16-le: the plain request is answered otherwise",
            "1 cases failed in some tries and not in others",
            "more came than is kept",
            "its old library",
            "--user USER:PASSWORD",
        ] {
            assert!(told.contains(words), "{name} does not tell: {words}\n{told}");
        }
    }
    assert!(views[0].1.contains("shard 2/3"));
    assert!(views[1].1.contains("shard: `2 of 3:") && views[2].1.contains("<dt>shard</dt><dd>2 of 3:"));
    assert!(views[2].1.contains("<dt>tries</dt><dd>flaky: 1 of 2 failed</dd>"), "{}", views[2].1);
    assert!(!views[2].1.contains("<p class=\"conclusion pass\">"), "nothing is green that was not ended");
}

/// Nothing was judged: no view has a word of success.
#[test]
fn where_nothing_was_judged_every_view_says_so() {
    let selected = cases(&["namespace/disconnect-types"]);
    let nowhere = format!("http://127.0.0.1:{}/", free_port());
    let unreachable = run_server(&nowhere, options(CallSource::None, Profile::Interop), &selected);
    let mut skipped = run_mock(Service::strict(), Profile::Interop, &selected, 1);
    skipped.entries[0].judgement = Judgement::skipped("nobody came");
    for record in [unreachable, skipped] {
        let told = text(&record, TextOptions { plain: true, ..TextOptions::default() });
        assert!(told.contains("= judged 0 "), "{told}");
        let page = html(&record).expect("a page");
        assert!(!page.contains("conclusion pass") && page.contains("No case was judged"), "{page}");
        for format in FORMATS.iter().filter(|format| format.name == "markdown") {
            let told = (format.write)(&View::from(&record)).expect("a report");
            assert!(told.starts_with("## umspec: not judged") && told.contains("**No verdict**"), "{told}");
        }
    }
}
