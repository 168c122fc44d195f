use std::fs;
use std::path::{Path, PathBuf};

use super::trouble::Trouble;
use umspec::campaign::{AnswerReproducer, CampaignFinding, Reproducer};
use umspec::judge::Grading;

/// The file by which a folder is told to be that of a finding.
pub(crate) const FINDING: &str = "finding.json";

/// Writes the folder of a finding below another one; where it is.
pub(crate) fn write(below: &Path, finding: &CampaignFinding, grading: Grading) -> Result<PathBuf, Trouble> {
    write_files(below, &finding.id, Reproducer::of(finding, grading).files())
}

/// Writes these files into the folder of a finding.
pub(crate) fn write_files(below: &Path, id: &str, files: Vec<(String, Vec<u8>)>) -> Result<PathBuf, Trouble> {
    let folder = below.join(id);
    let cannot = |path: &Path, error: std::io::Error| {
        Trouble::usage(format!("cannot write {}: {error}", path.display()))
    };
    fs::create_dir_all(&folder).map_err(|error| cannot(&folder, error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| cannot(&path, error))?;
    }
    Ok(folder)
}

/// Reads the finding in a folder, or in a file of the corpus.
pub(crate) fn read(folder: &Path) -> Result<Reproducer, Trouble> {
    read_with(folder, |text| {
        Reproducer::parse(text).map_err(|error| match AnswerReproducer::parse(text) {
            Ok(_) => "it is a finding in a client, for umspec replay --client CMD".to_owned(),
            Err(_) => error.to_string(),
        })
    })
}

/// The same for a finding in a client.
pub(crate) fn read_answer(folder: &Path) -> Result<AnswerReproducer, Trouble> {
    read_with(folder, |text| AnswerReproducer::parse(text).map_err(|error| error.to_string()))
}

fn read_with<T>(folder: &Path, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, Trouble> {
    let path = if folder.is_file() { folder.to_owned() } else { folder.join(FINDING) };
    let cannot = |why: String| Trouble::usage(format!("cannot replay {}: {why}", path.display()));
    let text = fs::read_to_string(&path).map_err(|error| cannot(error.to_string()))?;
    parse(&text).map_err(cannot)
}
