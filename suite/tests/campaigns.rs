//! Campaigns of `umspec fuzz`: small ones, in this process and through the binary.

use std::cell::RefCell;
use std::fs;

use umspec::campaign::{Campaign, CampaignWatcher, Journal, Reproducer, ScriptStep, campaign_text};
use umspec::judge::{Grading, Verdict};
use umspec::mock::{hard_mutants, mutants, variants};
use umspec::proof::{FuzzPlan, MockServer, fuzz_against};
use umspec::record::Conclusion;

use crate::support::{needs, stderr, stdout, umspec};

const PLAN: FuzzPlan = FuzzPlan {
    seed: 7,
    requests: 700,
    grading: Grading { profile: umspec::protocol::Profile::Interop, bp: false },
    blind: false,
    jobs: 1,
};

/// Keeps the journal, and ends a campaign after so many batches.
struct Keeps {
    journal: RefCell<String>,
    batches: usize,
}

impl Keeps {
    fn until(batches: usize) -> Self {
        Self { journal: RefCell::new(String::new()), batches }
    }
}

impl CampaignWatcher for Keeps {
    fn journal(&self, line: &str) {
        self.journal.borrow_mut().push_str(line);
    }

    fn at(&self, _: u64, _: usize, _: usize) {}

    fn stopped(&self) -> bool {
        self.journal.borrow().matches("{\"done\"").count() >= self.batches
    }
}

fn mutant(name: &str) -> MockServer {
    MockServer::Mutant(mutants().find(|mutant| mutant.name == name).expect("a mutant"))
}

fn fuzzed(server: MockServer, plan: FuzzPlan) -> (Campaign, String) {
    let watcher = Keeps::until(usize::MAX);
    let campaign = fuzz_against(server, plan, None, &watcher).expect("a campaign");
    (campaign, watcher.journal.into_inner())
}

fn told(campaign: &Campaign) -> String {
    campaign_text(campaign, false, &|finding| finding.id.clone())
}

#[test]
fn a_fault_is_found_once_and_made_as_small_as_it_can_be() {
    let (campaign, _) = fuzzed(mutant("accepts-empty-call-id"), FuzzPlan { requests: 1_000, ..PLAN });
    let text = told(&campaign);
    assert_eq!(campaign.conclusion(false), Conclusion::Failed, "{text}");
    let failed: Vec<_> = campaign.findings.iter().filter(|f| f.verdict() == Verdict::Fail).collect();
    assert_eq!(failed.len(), 1, "{text}");
    assert_eq!(failed[0].shown.requirement.to_string(), "UMD-R082", "{text}");
    assert_eq!((failed[0].input.size(), failed[0].tries), (1, (3, 3)), "{text}");
    assert!(failed[0].shrunk_in <= 200, "{text}");
    assert!(failed[0].attempt.is_some(), "what was exchanged is kept");
}

#[test]
fn the_strict_mock_and_lawful_variants_have_no_finding() {
    let some = ["trims-call-id", "answers-ill-formed-by-400", "faults-malformed-as-client"];
    let named = variants().filter(|variant| some.contains(&variant.name)).map(MockServer::Variant);
    for server in std::iter::once(MockServer::Strict).chain(named) {
        let (campaign, _) = fuzzed(server, PLAN);
        let failed = campaign.findings.iter().filter(|f| f.verdict() == Verdict::Fail).count();
        assert_eq!(failed, 0, "{}", told(&campaign));
    }
}

/// What a campaign sends follows from its seed and from what came, and not from how many lanes there are.
#[test]
fn the_same_seed_leaves_the_same_journal() {
    let of = |plan| fuzzed(mutant("ignores-namespace"), plan).1;
    let one = of(PLAN);
    assert_eq!(one, of(PLAN));
    assert_eq!(one, of(FuzzPlan { jobs: 4, ..PLAN }));
    assert_ne!(one, of(FuzzPlan { seed: 8, ..PLAN }));
}

#[test]
fn an_interrupted_campaign_goes_on_where_it_was() {
    let whole = Keeps::until(4);
    fuzz_against(mutant("ignores-namespace"), PLAN, None, &whole).expect("a campaign");
    let first = Keeps::until(2);
    let interrupted = fuzz_against(mutant("ignores-namespace"), PLAN, None, &first).expect("a campaign");
    assert_eq!(interrupted.conclusion(true), Conclusion::Interrupted);
    let begun = first.journal.into_inner();
    assert!(whole.journal.borrow().starts_with(&begun));
    let journal = Journal::parse(&begun).expect("a journal");
    let rest = Keeps::until(2);
    let done = fuzz_against(mutant("ignores-namespace"), PLAN, Some(&journal), &rest).expect("a campaign");
    let sent = |text: &str| -> Vec<String> {
        let inputs = text.lines().filter(|line| line.starts_with("{\"sent\""));
        inputs.map(|line| line.split("\"seen\"").next().unwrap_or_default().to_owned()).collect()
    };
    let again = [sent(&begun), sent(&rest.journal.borrow())].concat();
    assert_eq!(again, sent(&whole.journal.borrow()), "the same inputs in the same order");
    assert!(done.findings.len() >= interrupted.findings.len());
    let other = FuzzPlan { seed: 8, ..PLAN };
    let refused = fuzz_against(mutant("ignores-namespace"), other, Some(&journal), &rest);
    assert!(refused.is_err_and(|error| error.to_string().contains("seed")));
}

/// What was too short to send every class of input is told so, and is not green.
#[test]
fn a_campaign_that_did_not_reach_a_class_is_not_green() {
    let (campaign, _) = fuzzed(MockServer::Strict, FuzzPlan { requests: 150, ..PLAN });
    assert!(!campaign.unreached.is_empty());
    assert_eq!(campaign.conclusion(false), Conclusion::NotJudged);
    assert!(told(&campaign).contains("the campaign was too short"), "{}", told(&campaign));
    assert_eq!(campaign.conclusion(true), Conclusion::Passed);
}

#[test]
fn a_server_that_does_not_discriminate_is_not_fuzzed() {
    let output = umspec(&["fuzz", "--mock", "constant-success", "--requests", "200", "--no-repro"]);
    assert_eq!(output.status.code(), Some(3), "{}", stdout(&output));
    assert!(stdout(&output).contains("ENDED EARLY"), "{}", stdout(&output));
}

#[test]
fn only_this_machine_is_fuzzed_unless_a_host_is_named() {
    for url in ["http://192.0.2.1/", "http://um.example.test:8080/x", "http://[2001:db8::1]/"] {
        let output = umspec(&["fuzz", "--server", url]);
        assert_eq!(output.status.code(), Some(2), "{url}");
        assert!(stderr(&output).contains("--allow-host"), "{}", stderr(&output));
    }
    let output = umspec(&["fuzz"]);
    assert_eq!(output.status.code(), Some(2));
    let output = umspec(&["fuzz", "--server", "http://127.0.0.1:9/", "--play-on-phone"]);
    assert_eq!(output.status.code(), Some(2), "without a number to ring");
}

/// A finding is a folder; it fails on the server that it is of, and passes on one that is right.
#[test]
fn a_finding_is_replayed_from_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let repro = folder.path().to_str().expect("a path");
    let args =
        ["fuzz", "--mock", "accepts-empty-call-id", "--requests", "500", "--seed", "3", "--repro", repro];
    let output = umspec(&args);
    assert_eq!(output.status.code(), Some(1), "{}{}", stdout(&output), stderr(&output));
    let found: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    let of = found
        .iter()
        .find(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("UMD-R082")));
    let of = of.unwrap_or_else(|| panic!("no UMD-R082 among {found:?}"));
    let replay = |mock: &str| umspec(&["replay", of.to_str().expect("a path"), "--mock", mock]);
    let (failed, fixed) = (replay("accepts-empty-call-id"), replay("strict"));
    assert!(stdout(&failed).starts_with("FAILED") && failed.status.code() == Some(1), "{}", stdout(&failed));
    assert!(stdout(&fixed).starts_with("FIXED") && fixed.status.code() == Some(0), "{}", stdout(&fixed));
    let error = replay("constant-success");
    assert!(stdout(&error).starts_with("ERROR") && error.status.code() == Some(3), "{}", stdout(&error));
    let text = fs::read_to_string(of.join("finding.json")).expect("a file");
    let other = text.replace("\"changes\"", "\"line\": [\"http-1.0\"], \"changes\"");
    assert!(
        text == other
            || Reproducer::parse(&other).is_err_and(|error| error.to_string().contains("another request"))
    );
    assert!(fs::read_to_string(of.join("send.sh")).expect("a file").contains("curl"));
    the_python_test_tells_them_apart(of);
}

fn the_python_test_tells_them_apart(folder: &std::path::Path) {
    if !needs("python3") {
        return;
    }
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let test =
        files.into_iter().find(|path| path.extension().is_some_and(|e| e == "py")).expect("a Python test");
    let finding = fs::read_to_string(folder.join("finding.json")).expect("a file");
    for (name, passes) in [("accepts-empty-call-id", false), ("strict", true)] {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let named: umspec::mock::Named = name.parse().expect("a mock");
        let limits = umspec::mock::MockLimits::default();
        let mock = runtime.block_on(named.start(([127, 0, 0, 1], 0).into(), None, limits)).expect("a port");
        let url = format!("http://{}/EWS/UM2007Legacy.asmx", mock.address());
        let output = std::process::Command::new("python3")
            .arg(&test)
            .env("UMSPEC_SERVER", &url)
            .output()
            .expect("python3");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.success(), passes, "{name}: {said}");
        assert!(passes || said.contains("AssertionError"), "{said}");
        let rust = std::thread::spawn({
            let (finding, url) = (finding.clone(), url.clone());
            move || umspec::campaign::is_fixed(&finding, &url)
        });
        assert_eq!(rust.join().expect("no panic").is_ok(), passes, "{name}");
    }
}

fn hard(name: &str) -> MockServer {
    MockServer::Hard(hard_mutants().find(|mutant| mutant.name == name).expect("a mutant"))
}

/// Where two spellings must meet, the finding holds these two and no other.
#[test]
fn a_fault_of_two_spellings_is_found_with_just_these() {
    let plan = FuzzPlan { requests: 900, ..PLAN };
    let (campaign, _) = fuzzed(hard("refuses-with-tag-space-and-references"), plan);
    let failed: Vec<_> = campaign.findings.iter().filter(|f| f.verdict() == Verdict::Fail).collect();
    assert_eq!(failed.len(), 1, "{}", told(&campaign));
    let words = failed[0].input.told();
    assert!(
        matches!(&*words, [id, space] if id.starts_with("call-id=") && space.starts_with("tag-space=")),
        "{words:?}"
    );
}

/// What only shows after others is found with what has to go before it, and replayed from its folder.
#[test]
fn a_fault_of_the_past_is_found_as_a_script() {
    let (campaign, _) =
        fuzzed(hard("pretends-after-four-looks-at-a-call"), FuzzPlan { requests: 3_000, ..PLAN });
    let failed: Vec<_> = campaign.findings.iter().filter(|f| f.verdict() == Verdict::Fail).collect();
    let script = failed.iter().find_map(|finding| finding.input.script.as_ref());
    let script = script.unwrap_or_else(|| panic!("no script: {}", told(&campaign)));
    let looks = script.steps.iter().filter(|step| matches!(step, ScriptStep::Look(_))).count();
    assert!((4..=6).contains(&looks), "{script:?}");
}
