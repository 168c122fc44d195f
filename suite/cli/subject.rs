//! Runs against a client or a parser.

use super::again;
use super::args::RunArgs;
use super::exit::Exit;
use super::output::complain;
use super::progress::Progress;
use super::run::{Part, bounds, canary, check_outputs, finish, grading, known, part, selected_among};
use super::runtime::runtime;
use super::trouble::Trouble;
use std::sync::Arc;

use umspec::catalogue::{client_cases, parser_cases};
use umspec::evidence::Subject;
use umspec::run::{ClientOptions, ParserOptions, run_client, run_parser};
use umspec::target::{
    Canary, ClientTarget, CommandLine, CommandParser, Orphans, PersistentParser, RefusedExit, StderrSink,
    adopt_orphans,
};

/// Lanes for programs that are started for each case.
const PROGRAM_JOBS: usize = 4;

/// Judges a parser.
pub(crate) fn parser(args: &RunArgs) -> Result<Exit, Trouble> {
    let cases = selected_among(&args.select, Subject::Parser, parser_cases())?;
    let Part { cases, of, shard } = part(args, cases, Subject::Parser)?;
    let known = known(args)?;
    check_outputs(args)?;
    let line = command_line(args.parser.as_deref())?;
    let mut options = ParserOptions {
        grading: grading(args),
        shard,
        kinds: of.iter().map(|case| case.kind).collect(),
        lasting: args.persistent,
        bounds: bounds(args),
        repeat: usize::from(args.repeat),
        retries: args.retries.map_or(0, usize::from),
        again: again::of_program(args, "--parser", &line.to_string()),
        ..ParserOptions::new(&line.to_string())
    };
    let jobs = args.jobs.map_or(if args.persistent { 1 } else { PROGRAM_JOBS }, usize::from);
    let (time, refused) = (args.target.timeout, RefusedExit(args.refused_exit));
    let watcher = Progress::new(cases.len(), args);
    adopt_orphans(Orphans::All);
    let record = runtime()?.block_on(async {
        // A parser runs on this machine, which can be watched without being asked to.
        let canary = match canary(args).await? {
            None => Canary::listen(([127, 0, 0, 1], 0).into()).await.map_err(|error| {
                Trouble::usage(format!("cannot watch an address of this machine for fetches: {error}"))
            })?,
            Some(given) => given,
        };
        options.canary = Some(Arc::new(canary));
        if args.persistent {
            let sink: StderrSink = Arc::new(|line| complain(&format!("parser: {line}\n")));
            let parser = || PersistentParser::new(line.clone(), time).heard_by(Arc::clone(&sink));
            let lanes = (0..jobs).map(|_| parser()).collect();
            Ok(watcher.watch(run_parser(lanes, &options, &cases, &watcher)).await)
        } else {
            let lanes = (0..jobs).map(|_| CommandParser::new(line.clone(), refused, time)).collect();
            Ok(watcher.watch(run_parser(lanes, &options, &cases, &watcher)).await)
        }
    })?;
    finish(args, known.as_ref(), &record, &watcher)
}

/// Judges a client.
pub(crate) fn client(args: &RunArgs) -> Result<Exit, Trouble> {
    let line = command_line(args.client.as_deref())?;
    if !line.has("{url}") {
        return Err(Trouble::usage("--client needs {url} in its command, where the URL is to stand"));
    }
    let mut cases = selected_among(&args.select, Subject::Client, client_cases())?;
    // Whoever is told the id does not place the call, and the other way round.
    cases.retain(|case| case.is_life() != line.has("{call-id}"));
    let Part { cases, shard, .. } = part(args, cases, Subject::Client)?;
    let known = known(args)?;
    check_outputs(args)?;
    let options = ClientOptions {
        grading: grading(args),
        shard,
        jobs: args.jobs.map_or(PROGRAM_JOBS, usize::from),
        time: args.target.timeout,
        bounds: bounds(args),
        repeat: usize::from(args.repeat),
        retries: args.retries.map_or(0, usize::from),
        again: again::of_program(args, "--client", &line.to_string()),
        ..ClientOptions::new(&line.to_string())
    };
    let watcher = Progress::new(cases.len(), args);
    let client = ClientTarget::Command(line, RefusedExit(args.refused_exit));
    adopt_orphans(Orphans::All);
    let run = watcher.watch(run_client(client, &options, &cases, &watcher));
    let record = runtime()?
        .block_on(run)
        .map_err(|error| Trouble { exit: Exit::NotJudged, line: format!("cannot listen: {error}") })?;
    finish(args, known.as_ref(), &record, &watcher)
}

fn command_line(text: Option<&str>) -> Result<CommandLine, Trouble> {
    CommandLine::parse(text.unwrap_or_default()).map_err(|error| Trouble::usage(error.to_string()))
}
