//! The README's commands do what it says.

use std::fs;

use umspec::catalogue::{cases, client_cases, parser_cases};
use umspec::mock::{client_mutants, parser_mutants};
use umspec::protocol::ledger;

use crate::support::{root, stdout, umspec};

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("the README")
}

/// The `console` blocks, as commands and what each printed.
fn transcripts() -> Vec<(String, String)> {
    let text = readme();
    let mut found: Vec<(String, String)> = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                found.push((command.to_owned(), String::new()));
            } else if let Some((_, output)) = found.last_mut() {
                output.push_str(line);
                output.push('\n');
            }
        }
    }
    found
}

fn normalised(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("time ")).map(str::trim_end);
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[test]
fn commands_print_what_the_readme_shows() {
    let mut run = 0;
    for (command, shown) in transcripts() {
        // cargo's own words are not ours; what follows `--` is the command line of the binary.
        let words = command.split(" # ").next().unwrap_or_default();
        let args = match words.strip_prefix("cargo run --release -- ") {
            Some(args) => args,
            None => match words.strip_prefix("umspec ") {
                Some(args) => args,
                None => continue,
            },
        };
        let args: Vec<&str> = args.split_whitespace().collect();
        let output = umspec(&args);
        assert_eq!(normalised(&stdout(&output)), normalised(&shown), "{command}");
        run += 1;
    }
    assert!(run >= 2, "the README shows no runs");
}

#[test]
fn numbers_in_the_readme_are_true() {
    let text = readme();
    let ordinary = cases().iter().filter(|case| !case.slow).count();
    let (clients, parsers) = (client_cases().len(), parser_cases().len());
    let mutants = |what: &str, count: usize| format!("{what}: {count} of {count} mutants are killed by");
    let kill = |what: &str, count: usize| {
        format!("{what}: {count} of {count} cases kill a mutant by their own doing")
    };
    let told = umspec::proof::told_client_cases().len();
    for part in [
        format!("{ordinary} cases"),
        format!("{} requirements", ledger::requirements().count()),
        format!("{clients} for clients and {parsers} for parsers"),
        mutants("parsers", parser_mutants().count()),
        mutants("clients", client_mutants().count()),
        kill("parsers", parsers),
        kill("clients", told),
    ] {
        assert!(text.contains(&part), "the README does not say {part:?}");
    }
}

#[test]
fn files_named_in_the_readme_exist() {
    for part in [
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "suite/catalogue",
        "suite/benches",
        "suite/tests/adapters",
        "suite/tests/embedding",
    ] {
        assert!(readme().contains(part), "{part} is not named");
        assert!(root().join(part).exists(), "{part} does not exist");
    }
}
