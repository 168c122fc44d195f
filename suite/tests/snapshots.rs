//! Snapshots of what people and programs read: verdicts per mock, reports, pages of `explain`.

use std::collections::BTreeMap;

use umspec::catalogue::{self, CaseHeader as _};
use umspec::evidence::Subject;
use umspec::message::{Framing, Ids, charset_of, read_reply, read_request, write_reply, write_request};
use umspec::mock::Service;
use umspec::protocol::Profile;
use umspec::record::{Record, Times};
use umspec::report::{TextOptions, junit, text};

use crate::support::{cases, mutant, root, run_mock, stdout, strict_run, umspec};
use crate::verdict_table::verdict_table;

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

fn without_colour(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn verdicts_of_the_strict_mock() {
    settings().bind(|| {
        for profile in [Profile::Interop, Profile::Strict] {
            let name = format!("verdicts-strict-mock-{}", profile.word());
            insta::assert_snapshot!(name, verdict_table(strict_run(profile)));
        }
    });
}

/// Most characters of a run of the same piece before it is told by its count.
const MOST: usize = 24;

/// Most characters of a message that are shown; of a longer one the start, and how long it is.
const SHOWN: usize = 3_000;

/// Bytes made visible: UTF-8 as it is, everything else escaped, long repetitions counted.
fn visible(bytes: &[u8]) -> String {
    let chars: Vec<char> = match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().collect(),
        Err(_) => bytes.escape_ascii().map(char::from).collect(),
    };
    let mut out = String::new();
    let mut rest = chars.as_slice();
    while let Some(&first) = rest.first() {
        if out.len() > SHOWN {
            out.push_str(&format!("\u{2026} {} bytes in all", bytes.len()));
            break;
        }
        // Units of one to sixteen characters, as the sizes in the catalogue are made of.
        let repeated = (1..=16.min(rest.len())).find_map(|unit| {
            let count = rest.chunks(unit).take_while(|chunk| *chunk == &rest[..unit]).count();
            (count * unit > MOST && count > 3).then_some((unit, count))
        });
        let (unit, count) = repeated.unwrap_or((1, 1));
        let piece: String = rest[..unit].iter().copied().map(visible_char).collect();
        match repeated {
            Some(_) => out.push_str(&format!("\u{27E6}{piece} \u{D7} {count}\u{27E7}")),
            None => out.push_str(&visible_char(first)),
        }
        rest = &rest[unit * count..];
    }
    out
}

fn visible_char(c: char) -> String {
    match c {
        '\n' => "\\n\n".to_owned(),
        ' '..='~' => c.to_string(),
        c if c.is_alphanumeric() => c.to_string(),
        c => c.escape_default().to_string(),
    }
}

/// Every request of the catalogue as bytes, with what the reader says of it and what the writer makes
/// of that; a file for each family.
#[test]
fn requests_of_every_case() {
    let mut families: BTreeMap<&str, String> = BTreeMap::new();
    for case in catalogue::cases().iter().filter(|case| !case.slow) {
        let Some(draft) = case.draft() else { continue };
        let request = draft.write(&Ids::default());
        let text = families.entry(case.family()).or_default();
        text.push_str(&format!("## {} ({:?})\n", case.id, case.class));
        text.push_str(&format!("{} {}\n", request.method, request.query));
        for (name, value) in &request.headers {
            text.push_str(&format!("{name}: {}\n", visible(value.as_bytes())));
        }
        if request.framing != Framing::Ordinary {
            text.push_str(&format!("framing: {:?}\n", request.framing));
        }
        if let Some(fields) = &request.fields {
            text.push_str(&format!("fields: {fields:?}\n"));
        }
        for (word, told) in
            [("absolute target", request.absolute), ("a second request follows", request.followed)]
        {
            text.push_str(if told { word } else { "" });
            text.push_str(if told { "\n" } else { "" });
        }
        if !request.cuts.is_empty() {
            text.push_str(&format!("parted: {:?}\n", request.cuts));
        }
        text.push_str(&format!("\n{}\n", visible(&request.body)));
        let charset = request.header("content-type").and_then(charset_of);
        match read_request(&request.body, charset.as_deref()) {
            Ok(read) => {
                let values: Vec<&str> = read.values.iter().map(String::as_str).collect();
                let written = write_request(read.operation, &values);
                text.push_str(&format!(
                    "\nread: {:?} {}\n",
                    read.operation,
                    visible(values.join(" | ").as_bytes())
                ));
                text.push_str(&format!("written: {}\n\n", visible(written.as_bytes())));
            }
            Err(refusal) => text.push_str(&format!("\nrefused: {refusal}\n\n")),
        }
    }
    settings().bind(|| {
        for (family, text) in families {
            insta::assert_snapshot!(format!("requests-{family}"), text);
        }
    });
}

/// Every answer of the catalogue likewise.
#[test]
fn answers_of_every_case() {
    let mut families: BTreeMap<&str, String> = BTreeMap::new();
    for reply in catalogue::replies() {
        let body = reply.body();
        let text = families.entry(reply.id.split('/').next().unwrap_or_default()).or_default();
        text.push_str(&format!(
            "## {} ({:?}, charset {})\n{}\n",
            reply.id,
            reply.reading,
            reply.charset,
            visible(&body)
        ));
        match read_reply(&body, Some(reply.charset)) {
            Ok(read) => text.push_str(&format!(
                "\nread: {read:?}\nwritten: {}\n\n",
                visible(write_reply(&read).as_bytes())
            )),
            Err(refusal) => text.push_str(&format!("\nrefused: {refusal}\n\n")),
        }
    }
    settings().bind(|| {
        for (family, text) in families {
            insta::assert_snapshot!(format!("answers-{family}"), text);
        }
    });
}

#[test]
fn reports_of_a_flawed_mock() {
    let patterns = ["call-id/empty*", "dtd/system-entity*", "lifecycle/greeting-call"];
    let record = self::record(mutant("accepts-empty-call-id"), Profile::Interop, &patterns);
    let without_control = self::record(mutant("always-success"), Profile::Interop, &patterns);
    settings().bind(|| {
        insta::assert_snapshot!("report-text", without_colour(&text(&record, TextOptions::default())));
        let verbose = TextOptions { verbose: true, ..TextOptions::default() };
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
    // Its lines one field below the other, without what changes with every release and every case.
    let line = |line: &str| {
        let mut value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        value["chain"] = "LINK".into();
        serde_json::to_string_pretty(&value).expect("JSON") + "\n"
    };
    let bytes = String::from_utf8(record.save().expect("a record")).expect("text");
    let bytes: String = bytes.lines().map(line).collect();
    let bytes = bytes.replace(umspec::catalogue::hash(Subject::Server), "HASH");
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
            ("help", &["--help"]),
            ("help-export", &["export", "--help"]),
            ("help-run", &["run", "--help"]),
        ] {
            insta::assert_snapshot!(name, stdout(&umspec(args)));
        }
    });
}
