use std::io::Read as _;
use std::path::Path;

use super::Trouble;
use super::args::{Format, ReportArgs};
use super::exit::Exit;
use super::output::{complain, say};
use super::run::write_junit;
use umspec::record::Record;
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
        });
        return Ok(Exit::Passed);
    }
    say(&text(&record, TextOptions { verbose: args.verbose, quiet: args.quiet }));
    write_junit(args.junit.as_deref(), &record)?;
    Ok(Exit::Passed)
}

/// Judges a record again.
pub(crate) fn verify(path: &Path) -> Result<Exit, Trouble> {
    let record = load(path)?;
    if record.catalogue != umspec::catalogue::hash() {
        complain("umspec: the record is of another catalogue; cases that changed since may differ\n");
    }
    let changed = record.judged_again();
    for (entry, again) in &changed {
        say(&format!("{}: {} in the record, {} now\n", entry.case, entry.judgement.verdict, again.verdict));
    }
    let judged = record.entries.iter().filter(|entry| !entry.attempts.is_empty()).count();
    say(&format!("{judged} cases judged again, {} differ\n", changed.len()));
    Ok(if changed.is_empty() { Exit::Passed } else { Exit::Failed })
}

fn load(path: &Path) -> Result<Record, Trouble> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = read.map_err(|error| Trouble::usage(format!("cannot read {}: {error}", path.display())))?;
    Record::load(&bytes).map_err(|error| Trouble::usage(format!("{}: {error}", path.display())))
}
