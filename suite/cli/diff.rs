//! Records side by side: `diff` and `compare`.

use super::args::{CompareArgs, DiffArgs, Format, OnlyArg};
use super::exit::Exit;
use super::known::Known;
use super::load::{load, load_both};
use super::output::{say, write_file};
use super::trouble::Trouble;
use umspec::record::Record;
use umspec::record::comparison::{Comparison, ComparisonOptions, Grid, OtherSubject, Query};
use umspec::report::{
    TextOptions, diff_html, diff_json, diff_markdown, diff_text, grid_html, grid_json, grid_markdown,
    grid_text,
};

/// Tells what changed from one record to another.
pub(crate) fn diff(args: &DiffArgs) -> Result<Exit, Trouble> {
    let (old, new) = load_both(&args.old, &args.new)?;
    let known = args.known.as_deref().map(|path| Known::load(path, &new.planned)).transpose()?;
    let known = known.as_ref().map(|known| known.account(&new));
    let options = ComparisonOptions { known: known.as_ref(), subset: args.subset };
    let comparison = Comparison::of(&old, &new, options).map_err(other_subject)?;
    say(&match args.format {
        Format::Text => {
            let options = TextOptions { verbose: args.verbose, quiet: args.quiet, ..TextOptions::default() };
            diff_text(&comparison, options)
        }
        Format::Markdown => diff_markdown(&comparison),
        Format::Json => diff_json(&comparison).map_err(|error| Trouble::unwritten(&error.to_string()))?,
    })?;
    if let Some(path) = &args.html {
        write_file(path, diff_html(&comparison).as_bytes())?;
    }
    let exit = if comparison.regressions() > 0 { Exit::Failed } else { Exit::Passed };
    // The process ends: giving their memory back piece by piece would be a twentieth of its time.
    std::mem::forget((old, new));
    Ok(exit)
}

/// Puts several records side by side.
pub(crate) fn compare(args: &CompareArgs) -> Result<Exit, Trouble> {
    let records = args.records.iter().map(|path| load(path)).collect::<Result<Vec<Record>, Trouble>>()?;
    let names: Vec<String> = args.records.iter().map(|path| path.display().to_string()).collect();
    let grid = Grid::of(records.iter().collect()).map_err(other_subject)?;
    let query = match args.only {
        OnlyArg::All => Query::All,
        OnlyArg::AllFail => Query::AllFail,
        OnlyArg::Different => Query::Different,
        OnlyArg::FailThenPass => Query::FailThenPass,
        OnlyArg::NotJudged => Query::NotJudged,
        OnlyArg::OnlyOneFails => Query::OnlyOneFails,
        OnlyArg::PassThenFail => Query::PassThenFail,
    };
    say(&match args.format {
        Format::Text => grid_text(&grid, &names, query),
        Format::Markdown => grid_markdown(&grid, &names, query),
        Format::Json => {
            grid_json(&grid, &names, query).map_err(|error| Trouble::unwritten(&error.to_string()))?
        }
    })?;
    if let Some(path) = &args.html {
        write_file(path, grid_html(&grid, &names).as_bytes())?;
    }
    Ok(Exit::Passed)
}

fn other_subject(error: OtherSubject) -> Trouble {
    Trouble::usage(error.to_string())
}
