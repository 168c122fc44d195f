//! The examples run. `cargo test` builds them before the tests; `cargo test --test main` alone does not.

use std::path::Path;
use std::process::Command;

use crate::support::{is_given, root, stdout};

/// Each example, and a part of what it prints.
const EXAMPLES: [(&str, &str); 3] = [
    ("own_parser", "parser    a parser of my own"),
    ("own_server", "server    a server of my own"),
    ("strategies", "the reference reader takes every legal request"),
];

#[test]
fn every_example_runs() {
    let folder = Path::new(env!("CARGO_BIN_EXE_umspec")).with_file_name("examples");
    for (name, part) in EXAMPLES {
        let program = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
        if !is_given(&format!("the example {name} is not built: cargo build --examples"), program.is_file()) {
            continue;
        }
        let output = Command::new(program).output().expect(name);
        assert!(output.status.success(), "{name}");
        assert!(stdout(&output).contains(part), "{name}: {}", stdout(&output));
    }
}

#[test]
fn every_example_is_in_the_list() {
    let folder = std::fs::read_dir(root().join("suite/examples")).expect("examples");
    let mut found: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    found.sort();
    let names: Vec<_> = found.iter().filter_map(|path| path.file_stem()?.to_str()).collect();
    assert_eq!(names, EXAMPLES.map(|(name, _)| name));
}
