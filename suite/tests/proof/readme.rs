//! What the README shows of `umspec selftest` is what comes of the proof. It is written anew by
//!
//! ```sh
//! UPDATE_README=1 cargo test --profile proof --test proof readme
//! ```

use umspec::catalogue::parser_cases;
use umspec::judge::Grading;
use umspec::mock::variants;
use umspec::proof::{Economy, FEW, KillMatrix, MockServer, Proof, run_against, told_client_cases};
use umspec::protocol::Profile;

use crate::review::root;
use crate::{clients, parsers, servers};

/// How the block of the README starts.
const BLOCK: &str = "$ cargo run --release -- selftest\n";

#[test]
fn the_readme_tells_what_the_proof_gives() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).expect("the README");
    let (before, rest) = readme.split_once(BLOCK).expect("a block");
    let (shown, after) = rest.split_once("```").expect("an end");
    let proved = proved();
    let told: String = shown
        .lines()
        .map(|line| {
            let proved = proved.iter().find(|proved| form(proved) == form(line));
            format!("{}\n", proved.map_or(line, String::as_str))
        })
        .collect();
    let absent: Vec<&String> = proved.iter().filter(|line| !told.contains(*line)).collect();
    assert!(absent.is_empty(), "lines without a place in the README: {absent:#?}");
    if std::env::var_os("UPDATE_README").is_some_and(|value| !value.is_empty()) {
        std::fs::write(&path, format!("{before}{BLOCK}{told}```{after}")).expect("the README");
        return;
    }
    assert_eq!(shown, told, "UPDATE_README=1 writes it anew");
}

/// The lines of the block that this proof can tell.
fn proved() -> Vec<String> {
    let mut lines: Vec<String> = [Profile::Interop, Profile::Strict].into_iter().map(strict).collect();
    let lawful = variants().count();
    lines.push(format!("ok    {lawful} servers that differ as some document allows: 0 false alarms"));
    lines.extend(told("servers", &servers::MATRIX, servers::ordinary().len()));
    lines.extend(told("parsers", &parsers::MATRIX, parser_cases().len()));
    lines.extend(told("clients", &clients::MATRIX, told_client_cases().len()));
    lines
}

fn strict(profile: Profile) -> String {
    let proof = Proof { grading: Grading { profile, bp: false }, wire: true, jobs: 4, ..Proof::default() };
    let record = run_against(MockServer::Strict, &servers::ordinary(), proof).expect("the mock runs");
    let counts = record.counts();
    format!(
        "ok    the strict mock passes the {} profile: {} cases judged, {} failed",
        profile.word(),
        counts.judged,
        counts.failed
    )
}

/// A line without its figures.
fn form(line: &str) -> String {
    line.chars().filter(|c| !c.is_ascii_digit()).collect()
}

fn told(subject: &str, matrix: &KillMatrix, cases: usize) -> [String; 3] {
    let economy = Economy::of(matrix.rows.iter().map(|row| &row.told));
    [
        format!("ok    {subject}: {}", matrix.summary().trim()),
        format!("ok    {subject}: {economy}"),
        format!(
            "ok    {subject}: {cases} of {cases} cases kill a mutant by their own doing that at most {FEW} kill so"
        ),
    ]
}
