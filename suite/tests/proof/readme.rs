//! What the README shows of `umspec selftest` is what comes of the proof. It is written anew by
//!
//! ```sh
//! UPDATE_README=1 cargo test --profile proof --test proof readme
//! ```

use std::process::Command;

use umspec::catalogue::parser_cases;
use umspec::mock::variants;
use umspec::proof::{Economy, FEW, KillMatrix, told_client_cases};

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
    if std::env::var_os("UPDATE_README").is_some_and(|value| !value.is_empty()) {
        let output = Command::new(env!("CARGO_BIN_EXE_umspec")).arg("selftest").output().expect("the binary");
        let text = String::from_utf8(output.stdout).expect("text");
        std::fs::write(&path, format!("{before}{BLOCK}{text}```{after}")).expect("the README");
        return;
    }
    let lawful = variants().count();
    let mut lines = vec![format!("{lawful} servers that differ as some document allows: 0 false alarms")];
    lines.extend(told("servers", &servers::MATRIX, servers::ordinary().len()));
    lines.extend(told("parsers", &parsers::MATRIX, parser_cases().len()));
    lines.extend(told("clients", &clients::MATRIX, told_client_cases().len()));
    for line in lines {
        assert!(shown.contains(&line), "{line}\n{shown}");
    }
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
