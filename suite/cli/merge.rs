use std::path::{Path, PathBuf};

use super::args::MergeArgs;
use super::exit::Exit;
use super::known::Known;
use super::load::load;
use super::output::{complain, say, write_file};
use super::trouble::Trouble;
use umspec::campaign::merge as merge_campaigns;
use umspec::record::Record;
use umspec::report::{TextOptions, View, text};

/// Makes one record of those of all shards of a run or a campaign, and prints and writes what the run would have.
pub(crate) fn merge(args: &MergeArgs) -> Result<Exit, Trouble> {
    let records = args.records.iter().map(|path: &PathBuf| load(path)).collect::<Result<Vec<Record>, _>>()?;
    let are_campaigns = records.iter().any(|record| record.campaign.is_some());
    let merged = if are_campaigns { merge_campaigns(records) } else { Record::merge(records) };
    let record = merged.map_err(|error| Trouble::usage(format!("cannot merge: {error}")))?;
    let options = TextOptions { verbose: args.verbose, quiet: args.quiet, ..TextOptions::default() };
    let known = args.known.as_deref().map(|path| Known::load(path, &record.planned)).transpose()?;
    let accounting = known.as_ref().map(|known| known.account(&record));
    let anchor = args.reports.anchor(args.known.as_deref());
    let view = View { record: &record, known: accounting.as_ref(), anchor };
    let report = text(view, options);
    if args.reports.take_standard_output() || args.output.as_deref() == Some(Path::new("-")) {
        complain(&report);
    } else {
        say(&report)?;
    }
    if let Some(path) = &args.output {
        let bytes = record.save().map_err(|error| Trouble::unwritten(&error.to_string()))?;
        write_file(path, &bytes)?;
    }
    args.reports.write(view)?;
    Ok(record.conclusion_with(view.known, args.accept_not_judged).into())
}
