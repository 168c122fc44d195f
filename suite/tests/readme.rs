//! The README's commands do what it says, and print what it shows. What a command prints there, and the
//! counts, are written anew by
//!
//! ```sh
//! UPDATE_README=1 cargo test --test main readme
//! ```

use std::fs;

use umspec::catalogue::{cases, client_cases, messages, parser_cases};
use umspec::mock::{client_mutants, mutants, parser_mutants};
use umspec::proof::counts_markdown;
use umspec::protocol::ledger;

use crate::support::{root, stdout, umspec};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

fn readme() -> String {
    read("README.md")
}

/// Whether the README is to be written anew instead of compared.
fn updates() -> bool {
    std::env::var_os("UPDATE_README").is_some_and(|value| !value.is_empty())
}

/// Compares a part of the README with what it should be, or replaces it. Parts are replaced one at a time,
/// because tests run side by side.
fn compare(shown: &str, actual: &str, about: &str) {
    static WRITING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    if updates() && shown != actual {
        let _writing = WRITING.lock().expect("a lock");
        fs::write(root().join("README.md"), readme().replacen(shown, actual, 1)).expect("the README");
    } else {
        assert_eq!(actual, shown, "{about}; UPDATE_README=1 cargo test --test main readme");
    }
}

const COUNTS: &str = "<!-- counts -->";
const END: &str = "<!-- end -->";

/// The block of counts, and what stands around it.
fn around_counts(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(COUNTS)?;
    let end = start + text[start..].find(END)? + END.len();
    Some((&text[..start], &text[start..end], &text[end..]))
}

/// The blocks that show a command and what it printed.
fn transcripts(text: &str) -> Vec<(&str, &str)> {
    let blocks = ["```console\n$ ", "```text\n$ "].into_iter().flat_map(|fence| text.split(fence).skip(1));
    blocks.filter_map(|rest| rest.split("```").next()?.split_once('\n')).collect()
}

/// What a command printed, without the time it took.
fn normalised(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("time ")).map(str::trim_end);
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[test]
fn commands_print_what_the_readme_shows() {
    let text = readme();
    let mut run = 0;
    for (command, shown) in transcripts(&text) {
        // cargo's own words are not ours; what follows `--` is the command line of the binary.
        let args = command.strip_prefix("cargo run --release -- ").expect(command);
        // The target `proof` holds what it says, in the time that it takes.
        if args == "selftest" {
            continue;
        }
        let args: Vec<&str> = args.split_whitespace().collect();
        let printed = stdout(&umspec(&args));
        if normalised(&printed) != normalised(shown) {
            let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
            let block = |printed: &str| format!("$ {command}\n{printed}");
            compare(&block(shown), &block(&(lines.join("\n") + "\n")), command);
        }
        run += 1;
    }
    assert!(run >= 2, "the README shows no runs");
}

#[test]
fn counts_in_the_readme_are_true() {
    let text = readme();
    let (_, shown, _) = around_counts(&text).expect("a block of counts");
    compare(shown, &format!("{COUNTS}\n\n{}\n{END}", counts_markdown()), "the counts of the README");
}

/// Counts stand in blocks that are compared; in prose they would grow old.
#[test]
fn no_count_stands_in_prose() {
    let ordinary = cases().iter().filter(|case| !case.slow).count();
    let counts = [
        ordinary,
        cases().len(),
        client_cases().len(),
        parser_cases().len(),
        ledger::requirements().count(),
        messages().len(),
        mutants().count(),
        client_mutants().count(),
        parser_mutants().count(),
    ]
    .map(|count| count.to_string());
    for path in ["README.md", "CONTRIBUTING.md", "corpus/README.md", "suite/lib.rs"] {
        let text = read(path);
        // Every second part stands between fences.
        let prose: String = text.split("```").step_by(2).collect();
        let prose = match around_counts(&prose) {
            Some((before, _, after)) => format!("{before}{after}"),
            None => prose,
        };
        for word in prose.split(|c: char| c.is_whitespace()) {
            let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
            assert!(!counts.iter().any(|count| count == word), "{path} counts {word} in its prose");
        }
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
