use std::io::Read as _;
use std::path::Path;

use super::args::{Format, ReportArgs};
use super::exit::Exit;
use super::output::{complain, say};
use super::trouble::Trouble;
use umspec::judge::Judgement;
use umspec::message::{told, visible};
use umspec::record::{Again, Difference, Record};
use umspec::report::{TextOptions, requirements_json, requirements_markdown, requirements_text, text};

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
    say(&text(&record, TextOptions { verbose: args.verbose, quiet: args.quiet, ..TextOptions::default() }))?;
    args.reports.write(&record)?;
    Ok(Exit::Passed)
}

/// Judges a record again.
pub(crate) fn verify(path: &Path) -> Result<Exit, Trouble> {
    let record = load(path)?;
    if !record.is_of_this_catalogue() {
        complain("umspec: the record is of another catalogue; cases that changed since may differ\n");
    }
    let Again { judged, differences, unknown, control_differs } = record.judge_again();
    if control_differs {
        say("control: other findings in the record than now\n")?;
    }
    for Difference { entry, now } in &differences {
        say(&changed(&entry.case, &entry.judgement, now))?;
    }
    if !unknown.is_empty() {
        say(&format!(
            "{} cases of the record are not in this catalogue: {}\n",
            unknown.len(),
            visible(&unknown.join(", "))
        ))?;
    }
    say(&format!("{judged} cases judged again, {} differ\n", differences.len()))?;
    Ok(if control_differs || !differences.is_empty() {
        Exit::Failed
    } else if judged == 0 {
        Exit::NotJudged
    } else {
        Exit::Passed
    })
}

fn changed(case: &str, before: &Judgement, now: &Judgement) -> String {
    format!("{}: {} in the record, {} now\n", visible(case), before.verdict, now.verdict)
}

fn load(path: &Path) -> Result<Record, Trouble> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = read.map_err(|error| Trouble::usage(format!("cannot read {}: {error}", path.display())))?;
    Record::load(&bytes).map_err(|error| {
        // What is no record may be named by what stands in it.
        Trouble::usage(format!("{}: {}", path.display(), told(&error.to_string())))
    })
}
