//! The bodies of the fuzz targets on a stable toolchain: every file of the corpus and every finding,
//! through every body that takes bytes, without a limit of time.

use std::path::{Path, PathBuf};

use umspec::fuzzing::TARGETS;

use crate::support::root;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn the_whole_corpus_is_replayed() {
    let mut paths = Vec::new();
    for folder in ["corpus", "fuzz/seeds"] {
        files(&root().join(folder), &mut paths);
    }
    assert!(paths.len() >= 10, "only {} files", paths.len());
    for path in paths {
        let bytes = std::fs::read(&path).expect("a file");
        for (name, body) in TARGETS {
            let run = std::panic::catch_unwind(|| body(&bytes));
            assert!(run.is_ok(), "{} through {name}", path.display());
        }
    }
}
