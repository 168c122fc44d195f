use std::fs;
use std::path::Path;

use super::exit::Exit;
use super::fuzz_args::KeepArgs;
use super::output::say;
use super::replay::kept;
use super::repro::FINDING;
use super::trouble::Trouble;

/// Where findings are kept, below the corpus.
const FOLDER: &str = "found/campaign";

/// Makes a finding a case of the corpus.
pub(crate) fn keep(args: &KeepArgs) -> Result<Exit, Trouble> {
    let finding = kept(&args.repro, args.record.as_deref(), &args.finding)?;
    let folder = args.corpus.join(FOLDER);
    let path = folder.join(format!("{}.json", finding.finding.id));
    let cannot = |path: &Path, error: std::io::Error| {
        Trouble::usage(format!("cannot write {}: {error}", path.display()))
    };
    fs::create_dir_all(&folder).map_err(|error| cannot(&folder, error))?;
    let value = finding.files().into_iter().find(|(name, _)| name == FINDING);
    let (_, bytes) = value.unwrap_or_default();
    fs::write(&path, bytes).map_err(|error| cannot(&path, error))?;
    say(&format!("{}\n", path.display()))?;
    Ok(Exit::Passed)
}
