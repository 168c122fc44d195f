//! Runs against a client or a parser.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::args::RunArgs;
use super::exit::Exit;
use super::run::{Progress, check_outputs, exit_of, selected_among, text_options, write_junit, write_out};
use super::{Trouble, runtime};
use umspec::catalogue::{client_cases, parser_cases};
use umspec::evidence::Parser;
use umspec::judge::Settings;
use umspec::record::{ClientOptions, ParserOptions, SubjectRecord, run_client, run_parser};
use umspec::report::{subject_junit, subject_text};
use umspec::target::{CommandClient, CommandLine, CommandParser, PersistentParser};

/// Lanes for programs that are started for each case.
const PROGRAM_JOBS: usize = 4;

/// Judges a parser.
pub(crate) fn parser(args: &RunArgs) -> Result<Exit, Trouble> {
    let cases = selected_among(&args.select, parser_cases())?;
    if cases.is_empty() {
        return Err(nothing_selected());
    }
    check_outputs(args)?;
    let text = args.parser.as_deref().unwrap_or_default();
    let line = CommandLine::parse(text).map_err(|error| Trouble::usage(error.to_string()))?;
    let options = ParserOptions {
        target: line.to_string(),
        settings: Settings { profile: args.profile, bp: args.bp },
        jobs: args.jobs.map_or(if args.persistent { 1 } else { PROGRAM_JOBS }, usize::from),
        lasting: args.persistent,
    };
    let time = args.target.timeout;
    let watcher = Progress::new(cases.len(), args.quiet);
    let make = || -> std::io::Result<Box<dyn Parser>> {
        Ok(if args.persistent {
            Box::new(PersistentParser::new(line.clone(), time)?)
        } else {
            Box::new(CommandParser::new(line.clone(), time)?)
        })
    };
    let record =
        until_interrupted(&watcher, || run_parser(&make, &options, &cases, &watcher))?.map_err(|error| {
            Trouble { exit: Exit::NotJudged, line: format!("cannot run the parser: {error}") }
        })?;
    finish(args, &record)
}

/// Judges a client.
pub(crate) fn client(args: &RunArgs) -> Result<Exit, Trouble> {
    let text = args.client.as_deref().unwrap_or_default();
    let line = CommandLine::parse(text).map_err(|error| Trouble::usage(error.to_string()))?;
    if !line.has("{url}") {
        return Err(Trouble::usage("--client needs {url} in its command, where the URL is to stand"));
    }
    let mut cases = selected_among(&args.select, client_cases())?;
    // Whoever is told the id does not place the call, and the other way round.
    cases.retain(|case| case.is_life() != line.has("{call-id}"));
    if cases.is_empty() {
        return Err(nothing_selected());
    }
    check_outputs(args)?;
    let options = ClientOptions {
        settings: Settings { profile: args.profile, bp: args.bp },
        jobs: args.jobs.map_or(PROGRAM_JOBS, usize::from),
        time: args.target.timeout,
        ..ClientOptions::new(&line.to_string())
    };
    let watcher = Progress::new(cases.len(), args.quiet);
    let client = Arc::new(CommandClient::new(line));
    let runtime = runtime()?;
    let record =
        until_interrupted(&watcher, || runtime.block_on(run_client(client, &options, &cases, &watcher)))?
            .map_err(|error| Trouble { exit: Exit::NotJudged, line: format!("cannot listen: {error}") })?;
    finish(args, &record)
}

/// Runs to the end, or to the end of what is under way when its user interrupts it.
fn until_interrupted<T>(watcher: &Progress, run: impl FnOnce() -> T) -> Result<T, Trouble> {
    let runtime = runtime()?;
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
        watcher.stop.store(true, Ordering::SeqCst);
    };
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let result = std::thread::scope(|scope| {
        scope.spawn(|| {
            runtime.block_on(async {
                tokio::select! { () = stop => {}, _ = ended => {} }
            });
        });
        let result = run();
        drop(end);
        result
    });
    watcher.bar.finish_and_clear();
    Ok(result)
}

/// Prints and writes what a run has left.
fn finish(args: &RunArgs, record: &SubjectRecord) -> Result<Exit, Trouble> {
    write_out(args, &subject_text(record, text_options(args)), record.save())?;
    write_junit(args.junit.as_deref(), subject_junit(record))?;
    Ok(exit_of(record.standing(args.accept_not_judged)))
}

fn nothing_selected() -> Trouble {
    Trouble { exit: Exit::NothingSelected, line: "no case is selected; see umspec list --subject".to_owned() }
}
