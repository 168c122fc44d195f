use std::io::Read as _;
use std::path::Path;

use super::args::{Format, ReportArgs};
use super::exit::Exit;
use super::output::{complain, say};
use super::trouble::Trouble;
use serde_json::error::Category;
use umspec::message::{told, visible};
use umspec::record::{Discrepancy, LoadError, Record, Verification};
use umspec::report::{
    TextOptions, exchange, requirements_json, requirements_markdown, requirements_text, text,
};

/// Prints a record again.
pub(crate) fn report(args: &ReportArgs) -> Result<Exit, Trouble> {
    let record = load(&args.record)?;
    if let Some(format) = args.requirements {
        say(&match format {
            Format::Text => requirements_text(&record),
            Format::Markdown => requirements_markdown(&record),
            Format::Json => requirements_json(&record)
                .map_err(|error| Trouble { exit: Exit::Internal, line: error.to_string() })?,
        })?;
        return Ok(Exit::Passed);
    }
    if let Some(case) = &args.case {
        say(&shown(&record, case)?)?;
        args.reports.write(&record)?;
        return Ok(Exit::Passed);
    }
    say(&text(&record, TextOptions { verbose: args.verbose, quiet: args.quiet, ..TextOptions::default() }))?;
    args.reports.write(&record)?;
    Ok(Exit::Passed)
}

/// What a record has of a case.
///
/// # Errors
/// When it has no such case.
pub(crate) fn shown(record: &Record, case: &str) -> Result<String, Trouble> {
    exchange(record, case).ok_or_else(|| {
        let near: Vec<&str> =
            record.entries.iter().map(|entry| &*entry.case).filter(|id| id.contains(case)).take(5).collect();
        let hint = if near.is_empty() {
            "umspec report RECORD -v lists its cases".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        Trouble::usage(format!("the record has no case {case:?}; {hint}"))
    })
}

/// Concludes everything in a record again.
pub(crate) fn verify(path: &Path) -> Result<Exit, Trouble> {
    let verification = match Verification::of(&read(path)?) {
        Ok(verification) => verification,
        // JSON all the same, and of this format: somebody wrote into it what no run writes.
        Err(LoadError::Json(error)) if error.classify() == Category::Data => {
            say(&format!("no record as a run writes it: {}\n", told(&error.to_string())))?;
            return Ok(Exit::Failed);
        }
        Err(error) => return Err(unreadable(path, &error)),
    };
    if !verification.of_this_catalogue {
        complain("umspec: the record is of another catalogue; cases that changed since may differ\n");
    }
    let Verification { judged, discrepancies, unknown, .. } = verification;
    for discrepancy in &discrepancies {
        say(&format!("{}\n", told(&discrepancy.to_string())))?;
    }
    if !unknown.is_empty() {
        let (count, names) = (unknown.len(), visible(&unknown.join(", ")));
        say(&format!("{count} cases of the record are not in this catalogue: {names}\n"))?;
    }
    let differ =
        discrepancies.iter().filter(|discrepancy| matches!(discrepancy, Discrepancy::Changed { .. })).count();
    let others = discrepancies.len() - differ;
    let others = if others == 0 { String::new() } else { format!(", {others} other discrepancies") };
    say(&format!("{judged} cases judged again, {differ} differ{others}\n"))?;
    Ok(match (discrepancies.is_empty(), judged) {
        (false, _) => Exit::Failed,
        (true, 0) => Exit::NotJudged,
        (true, _) => Exit::Passed,
    })
}

pub(crate) fn load(path: &Path) -> Result<Record, Trouble> {
    Record::load(&read(path)?).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &LoadError) -> Trouble {
    // What is no record may be named by what stands in it.
    Trouble::usage(format!("{}: {}", path.display(), told(&error.to_string())))
}

fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| Trouble::usage(format!("cannot read {}: {error}", path.display())))
}
