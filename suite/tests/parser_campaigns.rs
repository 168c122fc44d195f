//! Campaigns against a parser, which reads for the strict mock.

use std::fs;
use std::time::Duration;

use umspec::campaign::{Campaign, CampaignOptions, NobodyWatches, campaign_text, fuzz};
use umspec::evidence::Parser;
use umspec::judge::Verdict;
use umspec::mock::{ReferenceParser, Service, parser_mutants};
use umspec::protocol::{RequirementId, req};
use umspec::run::CallSource;
use umspec::target::LocalServer;

use crate::support::{needs, stderr, stdout, umspec};

fn fuzzed(parser: impl Parser + Send + 'static) -> Campaign {
    let options = CampaignOptions {
        seed: 7,
        requests: Some(1_500),
        settle: Duration::ZERO,
        ..CampaignOptions::new("a parser", CallSource::Mock)
    };
    let server = LocalServer::new(Box::new(Service::reading_with(parser)), Vec::new());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(fuzz(server, options, None, &NobodyWatches)).expect("a campaign")
}

/// What fails, by requirement.
fn failed(campaign: &Campaign) -> Vec<RequirementId> {
    let failed = campaign.findings.iter().filter(|finding| finding.verdict() == Verdict::Fail);
    failed.map(|finding| finding.shown.requirement).collect()
}

fn told(campaign: &Campaign) -> String {
    campaign_text(campaign, false, &|finding| finding.id.clone())
}

#[test]
fn the_reference_parser_has_no_finding() {
    let campaign = fuzzed(ReferenceParser);
    assert_eq!(campaign.findings.len(), 0, "{}", told(&campaign));
}

#[test]
fn what_a_parser_reads_wrong_is_found() {
    for (name, row) in [
        ("takes-any-envelope", req::VERSION_MISMATCH),
        ("takes-loose-comments", req::WELL_FORMED),
        ("takes-unbound-prefixes", req::WELL_FORMED),
    ] {
        let mutant = parser_mutants().find(|mutant| mutant.name == name).expect(name);
        let campaign = fuzzed(mutant.parser());
        assert_eq!(failed(&campaign), [row], "{name}: {}", told(&campaign));
    }
}

/// A parser that finds the id by a pattern takes whatever holds one.
const SEARCHES: &str = r#"import re, sys
while head := sys.stdin.buffer.readline():
    message = sys.stdin.buffer.read(int(head.split()[1]))
    found = re.search(rb"<(?:\w+:)?CallId[^>]*>([^<]*)<", message)
    word, text = (b"accepted", found.group(1)) if found else (b"refused", b"no CallId")
    sys.stdout.buffer.write(b"%s %d\n%s" % (word, len(text), text))
    sys.stdout.buffer.flush()
"#;

#[test]
fn a_program_is_fuzzed_and_its_finding_replayed() {
    if !needs("python3") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (program, repro) = (folder.path().join("parse.py"), folder.path().join("repro"));
    fs::write(&program, SEARCHES).expect("a file");
    let command = format!("python3 {}", program.display());
    let repro_path = repro.to_str().expect("a path");
    let bounds = ["--requests", "400", "--seed", "3", "--repro", repro_path];
    let output = umspec(&[&["fuzz", "--parser", &command, "--persistent"][..], &bounds].concat());
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}{}", stderr(&output));
    assert!(text.contains("which reads for the built-in strict mock"), "{text}");
    let mut found = fs::read_dir(&repro).expect("a folder").map(|entry| entry.expect("an entry").path());
    let one = found.find(|path| path.to_string_lossy().contains("UMD-R04")).expect("a finding about XML");
    let message = fs::read(one.join("message.xml")).expect("a message");
    assert!(memchr::memmem::find(&message, b"CallId").is_some(), "{one:?}");
    let finding = one.to_str().expect("a path");
    let again = umspec(&["replay", finding, "--parser", &command, "--persistent"]);
    assert!(stdout(&again).starts_with("FAILED"), "{}{}", stdout(&again), stderr(&again));
    let reference = format!("{} parse", env!("CARGO_BIN_EXE_umspec"));
    let right = umspec(&["replay", finding, "--parser", &reference, "--persistent"]);
    assert!(stdout(&right).starts_with("FIXED"), "{}{}", stdout(&right), stderr(&right));
}
