//! The command line: the only place that prints, exits and reads arguments.

mod again;
mod args;
mod call;
mod call_ids;
mod catalogue;
mod certificate;
mod curl;
mod diff;
mod duration;
mod exit;
mod export;
mod fuzz;
mod fuzz_args;
mod fuzz_client;
mod keep;
mod known;
mod load;
mod matrix;
mod merge;
mod mock;
mod output;
mod parse;
mod progress;
mod reach;
mod record_args;
mod record_file;
mod replay;
mod report;
mod report_files;
mod repro;
mod reproduce;
mod run;
mod run_args;
mod runtime;
mod script;
mod selftest;
mod signals;
mod steps;
mod subject;
mod trouble;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::{Cli, Command};
use exit::Exit;
use output::{complain, say};
use trouble::Trouble;
use umspec::message::visible;

pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Passed.into() };
        }
    };
    signals::outlive_long_files();
    match dispatch(cli) {
        Ok(exit) => exit.into(),
        Err(trouble) => {
            complain(&format!("umspec: {}\n", visible(&trouble.line)));
            trouble.exit.into()
        }
    }
}

fn dispatch(cli: Cli) -> Result<Exit, Trouble> {
    match cli.command {
        Command::Call(args) => call::call(&args),
        Command::Compare(args) => diff::compare(&args),
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "umspec", &mut out);
            say(&String::from_utf8_lossy(&out))?;
            Ok(Exit::Passed)
        }
        Command::Diff(args) => diff::diff(&args),
        Command::Explain { id, subject } => catalogue::explain(&id, subject),
        Command::Export { check, folder } => export::export(&folder, check),
        Command::Fuzz { target, fuzz } => match &fuzz.which.client {
            Some(command) => fuzz_client::run(command, &fuzz, &target),
            None => fuzz::run(&fuzz, &target),
        },
        Command::Keep(args) => keep::keep(&args),
        Command::Known(args) => known::known(&args),
        Command::List(args) => catalogue::list(&args),
        Command::Matrix(args) => matrix::matrix(&args),
        Command::Merge(args) => merge::merge(&args),
        Command::Mock(args) => mock::mock(&args),
        Command::Parse(args) => parse::parse(&args),
        Command::Replay { target, replay } => match &replay.which.client {
            Some(command) => fuzz_client::replay(command, &replay, &target),
            None => replay::replay(&replay, &target),
        },
        Command::Report(args) => report::report(&args),
        Command::Run(args) if args.client.is_some() => subject::client(&args),
        Command::Run(args) if args.parser.is_some() => subject::parser(&args),
        Command::Run(args) => run::run(&args),
        Command::Selftest => selftest::selftest(),
        Command::Show(args) => reproduce::show(&args),
        Command::Verify { record } => report::verify(&record),
        Command::Wsdl { part } => {
            say(part.text())?;
            Ok(Exit::Passed)
        }
    }
}
