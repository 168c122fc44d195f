use std::path::Path;

use super::args::{Format, ReportArgs};
use super::exit::Exit;
use super::known::Known;
use super::load::{load, read, unreadable};
use super::output::{complain, say};
use super::run::check_apart;
use super::trouble::Trouble;
use serde_json::error::Category;
use umspec::campaign::judge_fuzzed;
use umspec::message::{told, visible};
use umspec::record::{Discrepancy, LoadError, Verification};
use umspec::report::{
    TextOptions, View, exchange, requirements_json, requirements_markdown, requirements_text, text,
};

/// Prints a record again.
pub(crate) fn report(args: &ReportArgs) -> Result<Exit, Trouble> {
    let record = load(&args.record)?;
    check_apart(args.reports.paths())?;
    // By whatever name, once the files are there.
    let record_file = std::fs::canonicalize(&args.record).ok();
    if let Some(path) = args
        .reports
        .paths()
        .find(|path| record_file.is_some() && std::fs::canonicalize(path).ok() == record_file)
    {
        return Err(Trouble::usage(format!(
            "{} is the record itself; give the report another file",
            path.display()
        )));
    }
    let known = args.known.as_deref().map(|path| Known::load(path, &record.planned)).transpose()?;
    let accounting = known.as_ref().map(|known| known.account(&record));
    let anchor = args.reports.anchor(args.known.as_deref());
    let view = View { record: &record, known: accounting.as_ref(), anchor };
    let options = TextOptions { verbose: args.verbose, quiet: args.quiet, ..TextOptions::default() };
    let told = match (&args.case, args.requirements) {
        (Some(case), _) => shown(view, case)?,
        (None, Some(Format::Text)) => requirements_text(&record),
        (None, Some(Format::Markdown)) => requirements_markdown(&record),
        (None, Some(Format::Json)) => requirements_json(&record)
            .map_err(|error| Trouble { exit: Exit::Internal, line: error.to_string() })?,
        (None, None) => text(view, options),
    };
    if args.reports.take_standard_output() {
        complain(&told);
    } else {
        say(&told)?;
    }
    args.reports.write(view)?;
    Ok(match view.known {
        Some(known) => record.conclusion_with(Some(known), false).into(),
        None => Exit::Passed,
    })
}

/// What a record has of a case.
///
/// # Errors
/// When it has no such case.
pub(crate) fn shown<'a>(view: impl Into<View<'a>>, case: &str) -> Result<String, Trouble> {
    let view = view.into();
    exchange(view, case).ok_or_else(|| {
        let near: Vec<&str> = view
            .record
            .entries
            .iter()
            .map(|entry| &*entry.case)
            .filter(|id| id.contains(case))
            .take(5)
            .collect();
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
    let verification = match Verification::with(&read(path)?, &judge_fuzzed) {
        Ok(verification) => verification,
        // JSON all the same, and of this format: somebody wrote into it what no run writes.
        Err(LoadError::Json(ref why) | LoadError::Line { error: ref why, .. })
            if why.classify() == Category::Data =>
        {
            say(&format!("no record as a run writes it: {}\n", told(&why.to_string())))?;
            return Ok(Exit::Failed);
        }
        Err(error) => return Err(unreadable(path, &error)),
    };
    if !verification.of_this_catalogue {
        complain("umspec: the record is of another catalogue; cases that changed since may differ\n");
    }
    let Verification { judged, discrepancies, unknown, ended, .. } = verification;
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
    if !ended {
        say("the record is not ended: its run was ended by force, or the end was cut off\n")?;
    }
    Ok(match (discrepancies.is_empty(), judged) {
        (false, _) => Exit::Failed,
        (true, 0) => Exit::NotJudged,
        (true, _) if !ended => Exit::NotJudged,
        (true, _) => Exit::Passed,
    })
}
