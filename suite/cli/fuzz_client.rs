//! Fuzzing of a client.

use std::path::Path;
use std::sync::atomic::Ordering;

use super::again;
use super::args::ServerArgs;
use super::exit::Exit;
use super::fuzz::{Progress, grading};
use super::fuzz_args::{FuzzArgs, ReplayArgs};
use super::load::load;
use super::output::{complain, say, write_file};
use super::replay::{folder, tell as tell_again};
use super::repro::{read_answer, write_files};
use super::run::check_apart;
use super::runtime::runtime;
use super::signals::first_signal;
use super::trouble::Trouble;
use umspec::campaign::{AnswerOptions, AnswerReproducer, Replayed, fuzz_client, replay_client};
use umspec::record::{Conclusion, FUZZED, Record};
use umspec::report::{TextOptions, View, text};
use umspec::target::{ClientTarget, CommandLine, Orphans, RefusedExit, adopt_orphans};

/// Fuzzes a client.
pub(crate) fn run(command: &str, args: &FuzzArgs, target: &ServerArgs) -> Result<Exit, Trouble> {
    check_apart(args.record.as_deref().into_iter().chain(args.reports.paths()))?;
    let line = command_line(command)?;
    let defaults = AnswerOptions::new(&line.to_string());
    let options = AnswerOptions {
        again: again::of_client_campaign(args, &line.to_string()),
        grading: grading(args),
        seed: args.seed,
        requests: args.requests,
        time: args.time,
        jobs: args.jobs.map_or(defaults.jobs, usize::from),
        client_time: target.timeout,
        ..defaults
    };
    adopt_orphans(Orphans::All);
    let client = ClientTarget::Command(line, RefusedExit(args.which.refused_exit));
    let record = runtime()?.block_on(async {
        let watcher = Progress::new(args.quiet, None);
        let run = fuzz_client(client, &options, &watcher);
        tokio::pin!(run);
        let signal = first_signal(false);
        let done = tokio::select! {
            done = &mut run => done,
            () = signal.notified() => {
                watcher.stop.store(true, Ordering::SeqCst);
                run.await
            }
        };
        watcher.bar.finish_and_clear();
        done
    });
    let record =
        record.map_err(|error| Trouble { exit: Exit::NotJudged, line: format!("cannot listen: {error}") })?;
    tell(args, &record)
}

/// Writes what a campaign has left: folders, the text, the record and the reports of it.
fn tell(args: &FuzzArgs, record: &Record) -> Result<Exit, Trouble> {
    if !args.no_repro {
        for kept in record.entries.iter().filter_map(|entry| AnswerReproducer::of_entry(record, entry)) {
            write_files(&args.repro, &kept.finding.id, kept.files())?;
        }
    }
    let view = View { record, known: None, anchor: args.reports.anchor(None) };
    let options = TextOptions { quiet: args.quiet, ..TextOptions::default() };
    let told = text(view, options);
    if args.reports.take_standard_output() || args.record.as_deref() == Some(Path::new("-")) {
        complain(&told);
    } else {
        say(&told)?;
    }
    if let Some(path) = &args.record {
        let bytes = record.save().map_err(|error| Trouble::unwritten(&error.to_string()))?;
        write_file(path, &bytes)?;
    }
    args.reports.write(View { record, known: None, anchor: args.reports.anchor(None) })?;
    Ok(match record.conclusion(false) {
        Conclusion::Failed => Exit::Failed,
        _ if record.interrupted => Exit::Interrupted,
        _ if record.ended_early.is_some() => Exit::NotJudged,
        _ => Exit::Passed,
    })
}

fn command_line(command: &str) -> Result<CommandLine, Trouble> {
    CommandLine::parse(command).map_err(|error| Trouble::usage(error.to_string()))
}

/// Tries a finding again.
pub(crate) fn replay(command: &str, args: &ReplayArgs, target: &ServerArgs) -> Result<Exit, Trouble> {
    let kept = match args.record.as_deref() {
        Some(path) => of_record(path, &args.finding)?,
        None => read_answer(&folder(&args.repro, &args.finding))?,
    };
    let line = command_line(command)?;
    let options = AnswerOptions {
        grading: kept.grading,
        client_time: target.timeout,
        ..AnswerOptions::new(&line.to_string())
    };
    adopt_orphans(Orphans::All);
    let client = ClientTarget::Command(line, RefusedExit(args.which.refused_exit));
    let became = runtime()?.block_on(replay_client(client, &kept.finding, &options));
    let became = became.unwrap_or_else(|error| Replayed::Error(format!("cannot listen: {error}")));
    tell_again(&kept.finding.id, &kept.finding.observed, &became)
}

/// The finding of this id in the record of a campaign against a client.
fn of_record(path: &Path, named: &str) -> Result<AnswerReproducer, Trouble> {
    let record = load(path)?;
    let cannot = |why: &str| Trouble::usage(format!("cannot replay {named} of {}: {why}", path.display()));
    let id = named.strip_prefix(FUZZED).and_then(|id| id.strip_prefix('/')).unwrap_or(named);
    let is_named = |case: &str| case.strip_prefix(FUZZED).and_then(|rest| rest.strip_prefix('/')) == Some(id);
    let entry = record.entries.iter().find(|entry| is_named(&entry.case));
    let entry = entry.ok_or_else(|| cannot("the record has no such finding"))?;
    AnswerReproducer::of_entry(&record, entry)
        .ok_or_else(|| cannot("it is no finding in a client that this version of umspec knows"))
}
