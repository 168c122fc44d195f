//! The commands of the README and of `docs/ci.md` do what is said of them, and print what is shown. What a command
//! prints there, the counts and the kinds of reports are written anew by
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

const README: &str = "README.md";

fn readme() -> String {
    read(README)
}

/// Whether the README is to be written anew instead of compared.
fn updates() -> bool {
    std::env::var_os("UPDATE_README").is_some_and(|value| !value.is_empty())
}

/// Compares a part of a page with what it should be, or replaces it. Parts are replaced one at a time,
/// because tests run side by side.
fn compare(page: &str, shown: &str, actual: &str, about: &str) {
    static WRITING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    if updates() && shown != actual {
        let _writing = WRITING.lock().expect("a lock");
        fs::write(root().join(page), read(page).replacen(shown, actual, 1)).expect("the page");
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

const STORY: &str = "docs/ci.md";
const KINDS: &str = "<!-- kinds -->";

/// The story of `docs/ci.md`, from its first command to its last one in one folder, in which the files stand that it shows: each ends with the exit code that
/// stands before it, and prints what is shown.
#[test]
fn commands_of_the_story_about_ci_do_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = read(STORY);
    for part in text.split("<!-- file ").skip(1) {
        let (name, rest) = part.split_once(" -->\n\n```toml\n").expect("a file");
        let (text, _) = rest.split_once("```").expect("an end");
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let blocks: Vec<&str> = text.split("<!-- exit ").skip(1).collect();
    assert_eq!(blocks.len(), text.matches("```console\n$ umspec ").count(), "a command without an exit code");
    for block in blocks {
        let (exit, rest) = block.split_once(" -->\n\n```console\n$ umspec ").expect("a command");
        let (command, rest) = rest.split_once('\n').expect("a command");
        let (shown, _) = rest.split_once("```").expect("an end");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_umspec"))
            .args(command.split_whitespace())
            .current_dir(folder.path())
            .output()
            .expect("the binary");
        let printed = stdout(&output);
        assert_eq!(output.status.code().map(|code| code.to_string()).as_deref(), Some(exit), "{command}");
        if normalised(&printed) != normalised(shown) {
            let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
            let block = |printed: &str| format!("$ umspec {command}\n{printed}```");
            compare(STORY, &block(shown), &block(&(lines.join("\n") + "\n")), command);
        }
    }
}

#[test]
fn the_story_about_ci_names_every_kind_of_report() {
    let text = read(STORY);
    let (_, rest) = text.split_once(KINDS).expect("the kinds");
    let (shown, _) = rest.split_once(END).expect("their end");
    let row = |format: &umspec::report::Format| format!("| `{}` | {} |\n", format.name, format.about);
    let rows: String = umspec::report::FORMATS.iter().map(row).collect();
    let actual = format!("{KINDS}\n\n| kind | what is written |\n| --- | --- |\n{rows}\n{END}");
    compare(STORY, &format!("{KINDS}{shown}{END}"), &actual, "the kinds of reports");
}

/// The recipe shows the step that the story shows.
#[test]
fn the_recipe_for_github_is_the_one_of_the_story() {
    let (story, recipe) = (read(STORY), read(".github/workflows/conformance.yml"));
    let (_, step) = story.split_once("```yaml\n").expect("a recipe");
    let (step, _) = step.split_once("```").expect("its end");
    for line in step.lines().map(str::trim).filter(|line| !line.starts_with("if:")) {
        let line = line.strip_prefix("umspec ").unwrap_or(line);
        assert!(recipe.contains(line), "the recipe has no line {line}");
    }
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
            compare(README, &block(shown), &block(&(lines.join("\n") + "\n")), command);
        }
        run += 1;
    }
    assert!(run >= 2, "the README shows no runs");
}

#[test]
fn counts_in_the_readme_are_true() {
    let text = readme();
    let (_, shown, _) = around_counts(&text).expect("a block of counts");
    compare(README, shown, &format!("{COUNTS}\n\n{}\n{END}", counts_markdown()), "the counts of the README");
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
    for path in ["README.md", "CONTRIBUTING.md", "corpus/README.md", "docs/ci.md", "suite/lib.rs"] {
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
        "docs/ci.md",
        "suite/benches",
        "suite/tests/adapters",
        "suite/tests/embedding",
    ] {
        assert!(readme().contains(part), "{part} is not named");
        assert!(root().join(part).exists(), "{part} does not exist");
    }
}
