use std::fs;
use std::path::{Path, PathBuf};

use super::trouble::Trouble;
use umspec::campaign::{CampaignFinding, Reproducer};
use umspec::judge::Grading;

/// The file by which a folder is told to be that of a finding.
pub(crate) const FINDING: &str = "finding.json";

/// Writes the folder of a finding below another one; where it is.
pub(crate) fn write(below: &Path, finding: &CampaignFinding, grading: Grading) -> Result<PathBuf, Trouble> {
    let folder = below.join(&finding.id);
    let cannot = |path: &Path, error: std::io::Error| {
        Trouble::usage(format!("cannot write {}: {error}", path.display()))
    };
    fs::create_dir_all(&folder).map_err(|error| cannot(&folder, error))?;
    for (name, bytes) in Reproducer::of(finding, grading).files() {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| cannot(&path, error))?;
    }
    Ok(folder)
}

/// Reads the finding in a folder, or in a file of the corpus.
pub(crate) fn read(folder: &Path) -> Result<Reproducer, Trouble> {
    let path = if folder.is_file() { folder.to_owned() } else { folder.join(FINDING) };
    let cannot = |why: String| Trouble::usage(format!("cannot replay {}: {why}", path.display()));
    let text = fs::read_to_string(&path).map_err(|error| cannot(error.to_string()))?;
    Reproducer::parse(&text).map_err(|error| cannot(error.to_string()))
}
