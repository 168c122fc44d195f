use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::output::say;
use super::trouble::Trouble;
use umspec::export::{File, files};

/// Folders whose files are all ours.
const OWN: [&str; 2] = ["request", "reply"];

/// Most differences that are named.
const NAMED: usize = 20;

/// Writes the corpus, or compares it with what is there.
pub(crate) fn export(folder: &Path, check: bool) -> Result<Exit, Trouble> {
    let files = files().map_err(|error| Trouble { exit: Exit::Internal, line: error.to_string() })?;
    if check { compare(folder, &files) } else { write(folder, &files) }
}

fn write(folder: &Path, files: &[File]) -> Result<Exit, Trouble> {
    let trouble = |path: &Path, error: &io::Error| Trouble::usage(format!("{}: {error}", path.display()));
    let mut written = 0;
    let stale = stale(folder, files);
    for file in files {
        let path = folder.join(&file.path);
        if fs::read(&path).is_ok_and(|known| known == file.bytes) {
            continue;
        }
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, &file.bytes))
            .map_err(|error| trouble(&path, &error))?;
        written += 1;
    }
    for path in &stale {
        fs::remove_file(path).map_err(|error| trouble(path, &error))?;
    }
    say(&format!(
        "{} files in {}: {written} written, {} removed\n",
        files.len(),
        folder.display(),
        stale.len()
    ))?;
    Ok(Exit::Passed)
}

fn compare(folder: &Path, files: &[File]) -> Result<Exit, Trouble> {
    if !folder.is_dir() {
        return Err(Trouble::usage(format!("{} is no folder", folder.display())));
    }
    let mut differences: Vec<String> = files
        .iter()
        .filter_map(|file| match fs::read(folder.join(&file.path)) {
            Err(_) => Some(format!("missing  {}", file.path)),
            Ok(bytes) if bytes != file.bytes => Some(format!("differs  {}", file.path)),
            Ok(_) => None,
        })
        .collect();
    differences.extend(extra(folder, files).iter().map(|path| format!("extra    {}", path.display())));
    for line in differences.iter().take(NAMED) {
        say(&format!("{line}\n"))?;
    }
    if differences.len() > NAMED {
        say(&format!("and {} more\n", differences.len() - NAMED))?;
    }
    say(&format!("{} files compared, {} differ\n", files.len(), differences.len()))?;
    Ok(if differences.is_empty() { Exit::Passed } else { Exit::Failed })
}

/// Files that the index already there names and that are not made any more. Only those are removed:
/// the folder may be anybody's, with a request/ of its own.
fn stale(folder: &Path, files: &[File]) -> Vec<PathBuf> {
    #[derive(serde::Deserialize)]
    struct Index {
        files: Vec<Entry>,
    }
    #[derive(serde::Deserialize)]
    struct Entry {
        path: String,
    }
    let Ok(index) = fs::read(folder.join("index.json")) else { return Vec::new() };
    let Ok(index) = serde_json::from_slice::<Index>(&index) else { return Vec::new() };
    let made: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let ours = |path: &str| OWN.iter().any(|own| path.starts_with(own)) && !path.contains("..");
    let gone = index.files.iter().filter(|entry| ours(&entry.path) && !made.contains(entry.path.as_str()));
    gone.map(|entry| folder.join(&entry.path)).filter(|path| path.is_file()).collect()
}

/// Files in our folders that are not made any more.
fn extra(folder: &Path, files: &[File]) -> Vec<PathBuf> {
    let known: BTreeSet<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    let mut waiting: Vec<PathBuf> = OWN.iter().map(|own| folder.join(own)).collect();
    let mut extra = Vec::new();
    while let Some(path) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&path) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            // Not through links: what they lead to is not ours.
            if path.is_dir() && !path.is_symlink() {
                waiting.push(path);
            } else if !known.contains(&path) {
                extra.push(path);
            }
        }
    }
    extra.sort();
    extra
}
