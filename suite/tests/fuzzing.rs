//! The bodies of the fuzz targets on a stable toolchain: every file of the corpus and every finding,
//! through every body that takes bytes, without a limit of time.

use std::collections::BTreeSet;
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
            // Each of these takes milliseconds; bytes that are none of their own tell them nothing.
            if ["exchange", "record", "secrets", "wire"].contains(&name)
                && !path.components().any(|part| part.as_os_str() == name)
            {
                continue;
            }
            let run = std::panic::catch_unwind(|| body(&bytes));
            assert!(run.is_ok(), "{} through {name}", path.display());
        }
    }
}

/// The list that all scripts read is of the targets that there are, and their seeds are where it says.
#[test]
fn the_list_of_targets_is_complete() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect(path);
    let script = read("fuzz/targets.sh");
    let list = script.split_once("<<'TARGETS'\n").and_then(|(_, rest)| rest.split_once("\nTARGETS\n"));
    let rows: Vec<Vec<&str>> =
        list.expect("a list").0.lines().map(|row| row.split_whitespace().collect()).collect();
    let listed: Vec<&str> = rows.iter().map(|row| row[0]).collect();

    assert_eq!(listed, TARGETS.map(|(name, _)| name));
    // A yardstick, see fuzz/speed.
    let with_drain: BTreeSet<&str> = listed.iter().copied().chain(["drain"]).collect();
    let manifest = read("fuzz/Cargo.toml");
    let binaries = manifest.split("[[bin]]\nname = \"").skip(1).filter_map(|rest| rest.split('"').next());
    assert_eq!(binaries.collect::<BTreeSet<_>>(), with_drain);
    let mut sources = Vec::new();
    files(&root().join("fuzz/fuzz_targets"), &mut sources);
    let stems = sources.iter().filter_map(|path| path.file_stem()?.to_str());
    assert_eq!(stems.collect::<BTreeSet<_>>(), with_drain);
    let readme = read("README.md");
    assert!(listed.iter().all(|name| readme.contains(&format!("`{name}`"))));

    for row in &rows {
        // Where `fuzz/all` keeps what it finds; it is there as soon as something was found.
        assert_eq!(row.last(), Some(&&*format!("corpus/found/{}", row[0])));
        for folder in &row[1..row.len() - 1] {
            assert!(root().join(folder).is_dir(), "{folder}");
        }
    }
    for folder in ["fuzz/seeds", "corpus/found"] {
        for entry in std::fs::read_dir(root().join(folder)).expect(folder) {
            let name = entry.expect("an entry").file_name();
            let path = format!("{folder}/{}", name.to_string_lossy());
            let named = rows.iter().any(|row| row.contains(&&*path));
            assert!(
                named || ["corpus/found/properties", "corpus/found/campaign"].contains(&&*path),
                "no target starts from {path}"
            );
        }
    }
}
