use std::io::Read as _;
use std::path::Path;

use super::Trouble;
use super::args::{Format, ReportArgs};
use super::exit::Exit;
use super::output::{complain, say};
use super::run::write_junit;
use umspec::judge::Judgement;
use umspec::record::{Record, SubjectRecord};
use umspec::report::{
    TextOptions, junit, requirements_json, requirements_markdown, requirements_text, subject_junit,
    subject_text, text,
};

/// Prints a record again.
pub(crate) fn report(args: &ReportArgs) -> Result<Exit, Trouble> {
    let options = TextOptions { verbose: args.verbose, quiet: args.quiet };
    let record = match load(&args.record)? {
        Loaded::Server(record) => *record,
        Loaded::Subject(record) => {
            if args.requirements.is_some() {
                return Err(Trouble::usage(format!(
                    "--requirements is for records of servers; this one is of a {}",
                    record.subject.word()
                )));
            }
            say(&subject_text(&record, options));
            write_junit(args.junit.as_deref(), subject_junit(&record))?;
            return Ok(Exit::Passed);
        }
    };
    if let Some(format) = args.requirements {
        say(&match format {
            Format::Text => requirements_text(&record),
            Format::Markdown => requirements_markdown(&record),
            Format::Json => requirements_json(&record)
                .map_err(|error| Trouble { exit: Exit::Internal, line: error.to_string() })?,
        });
        return Ok(Exit::Passed);
    }
    say(&text(&record, options));
    write_junit(args.junit.as_deref(), junit(&record))?;
    Ok(Exit::Passed)
}

/// Judges a record again.
pub(crate) fn verify(path: &Path) -> Result<Exit, Trouble> {
    let (judged, changed) = match load(path)? {
        Loaded::Server(record) => {
            if record.catalogue != umspec::catalogue::hash() {
                complain("umspec: the record is of another catalogue; cases that changed since may differ\n");
            }
            let again = record.judged_again().into_iter();
            let changed: Vec<_> =
                again.map(|(entry, again)| changed(&entry.case, &entry.judgement, &again)).collect();
            (record.entries.iter().filter(|entry| !entry.attempts.is_empty()).count(), changed)
        }
        Loaded::Subject(record) => {
            let again = record.judged_again().into_iter();
            let changed: Vec<_> =
                again.map(|(entry, again)| changed(&entry.case, &entry.judgement, &again)).collect();
            (record.counts().judged, changed)
        }
    };
    say(&changed.concat());
    say(&format!("{judged} cases judged again, {} differ\n", changed.len()));
    Ok(if changed.is_empty() { Exit::Passed } else { Exit::Failed })
}

fn changed(case: &str, before: &Judgement, now: &Judgement) -> String {
    format!("{case}: {} in the record, {} now\n", before.verdict, now.verdict)
}

enum Loaded {
    Server(Box<Record>),
    Subject(SubjectRecord),
}

fn load(path: &Path) -> Result<Loaded, Trouble> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = read.map_err(|error| Trouble::usage(format!("cannot read {}: {error}", path.display())))?;
    let wrong = |error| Trouble::usage(format!("{}: {error}", path.display()));
    if let Some(record) = SubjectRecord::load(&bytes).map_err(wrong)? {
        return Ok(Loaded::Subject(record));
    }
    Record::load(&bytes).map(|record| Loaded::Server(Box::new(record))).map_err(wrong)
}
