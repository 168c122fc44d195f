//! Snapshots of what people and programs read: verdicts per mock, reports, pages of `explain`.

use umspec::mock::{Flaw, Service};
use umspec::protocol::Profile;
use umspec::record::{Record, Times};
use umspec::report::{TextOptions, junit, text};

use crate::support::{cases, root, run_mock, stdout, umspec};

/// Snapshots stand at the top level, one file per name, with nothing of the test in them.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn record(service: Service, profile: Profile, patterns: &[&str]) -> Record {
    let mut record = run_mock(service, profile, &cases(patterns), 2);
    record.times = Times::default();
    record
}

/// Every verdict but PASS, a line each.
fn verdicts(record: &Record) -> String {
    let line = |case: &str, verdict: &str| format!("{verdict:<10}  {case}\n");
    let told = record.entries.iter().filter(|entry| entry.judgement.verdict.word() != "PASS");
    let counts = record.counts();
    told.map(|entry| line(&entry.case, entry.judgement.verdict.word())).collect::<String>()
        + &format!("{} of {} passed\n", counts.passed, counts.planned)
}

fn without_colour(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn verdicts_of_every_mock() {
    settings().bind(|| {
        for profile in [Profile::Interop, Profile::Strict] {
            let name = format!("verdicts-strict-mock-{}", profile.word());
            insta::assert_snapshot!(name, verdicts(&record(Service::strict(), profile, &[])));
        }
        for flaw in Flaw::ALL {
            let table = verdicts(&record(Service::flawed(flaw), Profile::Interop, &[]));
            insta::assert_snapshot!(format!("verdicts-{}", flaw.name()), table);
        }
    });
}

#[test]
fn reports_of_a_flawed_mock() {
    let patterns = ["call-id/empty", "dtd/system-entity", "lifecycle/greeting"];
    let record = record(Service::flawed(Flaw::AcceptsEmptyCallId), Profile::Interop, &patterns);
    let mut without_control = record.clone();
    without_control.control.problem = Some("it answers valid and malformed requests alike".to_owned());
    settings().bind(|| {
        insta::assert_snapshot!("report-text", without_colour(&text(&record, TextOptions::default())));
        let verbose = TextOptions { verbose: true, quiet: false };
        insta::assert_snapshot!("report-text-verbose", without_colour(&text(&record, verbose)));
        insta::assert_snapshot!(
            "report-text-no-control",
            without_colour(&text(&without_control, TextOptions::default()))
        );
        insta::assert_snapshot!("report-junit", junit(&record).expect("a report"));
    });
}

#[test]
fn a_record_of_one_case() {
    let record = record(Service::strict(), Profile::Interop, &["call-id/empty-open-close"]);
    // Both change with every release and every case.
    let bytes = String::from_utf8(record.save().expect("a record")).expect("text");
    let bytes = bytes.replace(umspec::catalogue::hash(), "HASH");
    let bytes = bytes.replace(concat!("umspec ", env!("CARGO_PKG_VERSION")), "umspec VERSION");
    let size = format!("\"catalogue_size\": {}", umspec::catalogue::cases().len());
    settings().bind(|| insta::assert_snapshot!("record", bytes.replace(&size, "\"catalogue_size\": SIZE")));
}

#[test]
fn pages_of_explain_and_show() {
    settings().bind(|| {
        for (name, args) in [
            ("explain-case", &["explain", "call-id/empty-open-close"][..]),
            ("explain-sequence", &["explain", "lifecycle/other-call-stays-up"]),
            ("explain-requirement", &["explain", "UMD-R082"]),
            ("show-curl", &["show", "namespace/disconnect-types", "--curl"]),
            ("show-curl-raw", &["show", "http/chunked-whole", "--curl"]),
            ("show-hex", &["show", "http/get-with-call-id-in-query", "--hex"]),
            ("help-run", &["run", "--help"]),
        ] {
            insta::assert_snapshot!(name, stdout(&umspec(args)));
        }
    });
}
