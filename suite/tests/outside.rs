//! What subjects and records say, in the words of the binary: nothing of it steers a terminal or is unseen.

use std::fs;

use umspec::message::{self, MAX_TOLD};
use umspec::record::Record;

use crate::peer::{Peer, Reaction};
use crate::support::{stderr, stdout, umspec, umspec_with};

/// One of each kind of character that acts or is not seen, and that XML lets through.
const HOSTILE: &str = "a\u{7f}\u{9b}2J\u{ad}\u{61c}\u{200b}\u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\u{e000}\u{378}\u{e0041}z";

/// Whether a character is one that an output must not hold.
fn acts(c: char) -> bool {
    matches!(u32::from(c),
        0..=0x09 | 0x0B..=0x1F | 0x7F..=0x9F | 0xAD | 0x378 | 0x61C | 0x200B..=0x200F | 0x2028..=0x202E
        | 0x2060..=0x2069 | 0xE000..=0xF8FF | 0xFEFF | 0xE0000..=0xE007F)
}

fn holds_none(what: &str, text: &str) {
    let found = text.chars().find(|c| acts(*c));
    assert_eq!(found, None, "{what}: {text:?}");
}

#[test]
fn a_call_tells_a_fault_in_visible_characters() {
    let fault =
        message::write_invalid_call_id().replace("</faultstring>", &format!("{HOSTILE}</faultstring>"));
    let peer = Peer::constant(move || Reaction::xml(500, &fault));
    let output = umspec(&["call", &peer.url(), "some-id"]);
    let told = stderr(&output);
    assert!(told.contains("\\u{202e}") && told.lines().count() == 1, "{told:?}");
    holds_none("call", &told);
}

#[test]
fn what_ends_a_run_is_told_in_visible_characters() {
    let escape = "\u{1b}]0;x\u{7}";
    for (status, field) in [(301, "location"), (401, "www-authenticate")] {
        let line = format!("{field}: Basic {escape}{HOSTILE}\r\n");
        let peer = Peer::constant(move || Reaction::http(status, &line, b""));
        for options in [&[][..], &["-v"], &["--junit", "-"], &["--record", "-"]] {
            let output = umspec(&[&["run", "namespace", "--server", &peer.url()], options].concat());
            let (told, more) = (stdout(&output), stderr(&output));
            assert!(format!("{told}{more}").contains("\\u{200b}"), "{told}{more}");
            holds_none(field, &told);
            holds_none(field, &more);
        }
    }
}

/// A record is a file, and anybody may have written it.
#[test]
fn a_forged_record_is_reported_in_visible_characters() {
    let saved =
        umspec(&["run", "--mock", "ignores-namespace", "--record", "-", "namespace", "dtd", "auth"]).stdout;
    let mut record = Record::load(&saved).expect("a record");
    let escape = format!("\u{1b}[31m\r\n{HOSTILE}");
    record.target.push_str(&escape);
    record.ended_early = Some(escape.clone());
    for finding in &mut record.control.findings {
        finding.observed.push_str(&escape);
    }
    for (number, entry) in record.entries.iter_mut().enumerate() {
        if number % 3 == 0 {
            entry.case.push_str(&escape);
        }
        for finding in &mut entry.judgement.findings {
            finding.observed.push_str(&escape);
            finding.expected.push_str(&"x".repeat(100_000));
        }
        if let Some(reason) = &mut entry.judgement.reason {
            reason.push_str(&escape);
        }
    }
    let forged = record.save().expect("a record");
    holds_none("the record itself", std::str::from_utf8(&forged).expect("text"));
    assert_eq!(Record::load(&forged).expect("a record"), record);
    for options in [
        &["report", "-"][..],
        &["report", "-", "-v"],
        &["report", "-", "--requirements"],
        &["report", "-", "--requirements", "markdown"],
        &["report", "-", "--requirements", "json"],
        &["report", "-", "--junit", "-"],
        &["report", "-", "--report", "markdown=-"],
        &["report", "-", "--report", "tap=-"],
        &["report", "-", "--report", "jsonl=-"],
        &["report", "-", "--report", "sarif=-"],
        &["verify", "-"],
    ] {
        let output = umspec_with(options, &forged);
        holds_none(&options.join(" "), &stdout(&output));
        holds_none(&options.join(" "), &stderr(&output));
        assert!(output.stdout.len() < 1_000_000, "{options:?}: {} bytes", output.stdout.len());
    }
    // A word that is none is named by the error.
    let text = String::from_utf8(saved).expect("text");
    let broken = text.replacen("\"profile\":\"interop\"", &format!("\"profile\":\"{HOSTILE}\""), 1);
    let output = umspec_with(&["report", "-"], broken.as_bytes());
    assert_eq!((output.status.code(), stderr(&output).lines().count()), (Some(2), 1), "{}", stderr(&output));
    holds_none("no record", &stderr(&output));
}

#[test]
fn what_a_persistent_parser_complains_of_is_passed_on_in_bounds() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("parser");
    let words = folder.path().join("words");
    fs::write(&words, format!("\u{1b}[2J{HOSTILE}\n")).expect("a file");
    let lines = format!(
        "cat '{words}' >&2\nhead -c 3000000 /dev/zero | tr '\\0' x >&2\nexec '{}' parse persistent\n",
        env!("CARGO_BIN_EXE_umspec"),
        words = words.display()
    );
    fs::write(&script, lines).expect("a script");
    let command = format!("sh '{}'", script.display());
    let output = umspec(&["run", "--parser", &command, "--persistent", "namespace"]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{}{told}", stdout(&output));
    assert!(told.contains("\\u{202e}") && told.contains("the rest is left out"), "{told}");
    assert!(told.len() < 2 * umspec::target::MAX_LISTENED, "{} bytes", told.len());
    holds_none("standard error", &told);
}

/// The whole of it stands in the record, where it was seen.
#[test]
fn a_report_of_long_faults_is_short() {
    let long = "x".repeat(900_000);
    let peer = Peer::start(move |_, answer| {
        let response = answer();
        let body = response.body.replace("</faultstring>", &format!("{long}</faultstring>"));
        Reaction::xml(response.status, &body)
    });
    // Each of these cases is answered by four of them.
    let cases = ["namespace/disconnect-types", "namespace/disconnect-https", "call-id/empty-open-close"];
    let output = umspec(&[&["run", "--server", &peer.url(), "--junit", "-"][..], &cases].concat());
    let text = stdout(&output);
    assert!(text.len() < 200_000, "{} bytes", text.len());
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    assert!(longest < 4 * MAX_TOLD, "a line of {longest} characters");
}
