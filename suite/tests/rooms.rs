//! Who may use whom, held by reading the `use crate::` lines.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// Rooms in the library, and which others each may use.
const ROOMS: [(&str, &[&str]); 14] = [
    ("protocol", &[]),
    ("message", &["protocol"]),
    // What a client is answered is said in the words of the mock.
    ("catalogue", &["protocol", "message", "mock"]),
    ("mock", &["protocol", "message"]),
    ("target", &["protocol", "message", "mock"]),
    ("judge", &["protocol", "message", "catalogue", "mock", "target"]),
    // The listener that clients talk to is a mock.
    ("record", &["protocol", "message", "catalogue", "mock", "target", "judge"]),
    ("report", &["protocol", "judge", "record"]),
    ("harness", &["message", "catalogue", "target", "judge", "record"]),
    ("proof", &["protocol", "message", "catalogue", "mock", "target", "judge", "record"]),
    ("generate", &["protocol", "message"]),
    ("export", &["protocol", "message", "catalogue", "generate"]),
    ("strategy", &["protocol", "message", "generate"]),
    // `exchange` holds that no answer breaks any view of a record, so this room sees reports too.
    (
        "fuzzing",
        &["protocol", "message", "catalogue", "generate", "mock", "target", "judge", "record", "report"],
    ),
];

/// The files of a room, which is a folder or one file.
fn sources(folder: &Path) -> Vec<PathBuf> {
    if !folder.is_dir() {
        return vec![folder.with_extension("rs")];
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a room").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files.extend(sources(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
    files
}

#[test]
fn rooms_use_only_what_they_may() {
    let mut wrong = Vec::new();
    for (room, may_use) in ROOMS {
        for file in sources(&root().join("suite").join(room)) {
            let text = fs::read_to_string(&file).expect("a source file");
            // Tests inside a room may look further.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (other, _) in ROOMS {
                let uses = text.contains(&format!("crate::{other}")) && other != room;
                if uses && !may_use.contains(&other) {
                    wrong.push(format!("{} uses {other}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_do_no_input_or_output() {
    let mut wrong = Vec::new();
    for room in ["protocol", "message", "catalogue", "generate", "export", "judge", "report"] {
        for file in sources(&root().join("suite").join(room)) {
            let text = fs::read_to_string(&file).expect("a source file");
            for word in
                ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant", "tokio::"]
            {
                if text.contains(word) {
                    wrong.push(format!("{} uses {word}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
