use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::again;
use super::args::{RunArgs, SelectArgs, ServerArgs};
use super::exit::Exit;
use super::output::{complain, say, write_file};
use super::runtime::runtime;
use super::signals::first_signal;
use super::trouble::Trouble;
use umspec::catalogue::{Case, CaseHeader, Selection};
use umspec::judge::{Grading, Verdict};
use umspec::mock::{MockLimits, Named, Running};
use umspec::protocol::names;
use umspec::record::{Conclusion, Entry, Record, Watcher};
use umspec::report::{TextOptions, text};
use umspec::run::{self, Bounds, CallSource, RunOptions};
use umspec::target::{Canary, Credentials, Endpoint, HttpServer, Options};

/// Lanes for the built-in mock, which no request kills.
const MOCK_JOBS: usize = 4;

/// User and password that the built-in mock asks for, so that the cases about credentials can be
/// judged. They guard nothing.
const MOCK_USER: &str = "umspec";
const MOCK_PASSWORD: &str = "built-in mock";

/// Judges a server.
pub(crate) fn run(args: &RunArgs) -> Result<Exit, Trouble> {
    let cases = selected(&args.select)?;
    if cases.is_empty() {
        return Err(nothing_selected("umspec list"));
    }
    check_outputs(args)?;
    let record = runtime()?.block_on(judged(args, &cases))?;
    finish(args, &record)
}

/// No case is selected; `list` shows the ids.
pub(crate) fn nothing_selected(list: &str) -> Trouble {
    Trouble { exit: Exit::NothingSelected, line: format!("no case is selected; see {list}") }
}

/// Prints and writes what a run has left.
pub(crate) fn finish(args: &RunArgs, record: &Record) -> Result<Exit, Trouble> {
    let options = TextOptions { verbose: args.verbose, quiet: args.quiet, ..TextOptions::default() };
    write_out(args, &text(record, options), record.save())?;
    args.reports.write(record)?;
    Ok(match record.conclusion(args.accept_not_judged) {
        Conclusion::Failed => Exit::Failed,
        Conclusion::Interrupted => Exit::Interrupted,
        Conclusion::Passed => Exit::Passed,
        _ => Exit::NotJudged,
    })
}

/// The selected cases.
pub(crate) fn selected(args: &SelectArgs) -> Result<Vec<&'static Case>, Trouble> {
    selected_among(args, umspec::catalogue::cases())
}

/// The selected ones of these cases.
pub(crate) fn selected_among<C: CaseHeader>(
    args: &SelectArgs,
    all: &'static [C],
) -> Result<Vec<&'static C>, Trouble> {
    let selection = Selection {
        take: patterns(args.cases.iter().chain(&args.filter))?,
        skip: patterns(args.skip.iter())?,
        levels: args.level.iter().map(|level| level.word().to_owned()).collect(),
        requirements: args.requirement.clone(),
        slow: args.slow,
    };
    selection.among(all).map_err(|error| Trouble { exit: Exit::NothingSelected, line: error.to_string() })
}

/// Patterns as given, with `@FILE` replaced by the lines of the file.
fn patterns<'a>(given: impl Iterator<Item = &'a String>) -> Result<Vec<String>, Trouble> {
    let mut patterns = Vec::new();
    for pattern in given {
        let Some(path) = pattern.strip_prefix('@') else {
            patterns.push(pattern.clone());
            continue;
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| Trouble::usage(format!("cannot read the cases in {path}: {error}")))?;
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        let before = patterns.len();
        patterns.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
        if patterns.len() == before {
            let line = format!("{path} names no case");
            return Err(Trouble { exit: Exit::NothingSelected, line });
        }
    }
    Ok(patterns)
}

/// Finds out before the run that a file it is to leave cannot be written.
pub(crate) fn check_outputs(args: &RunArgs) -> Result<(), Trouble> {
    let mut paths = BTreeSet::new();
    for path in args.record.as_deref().into_iter().chain(args.reports.paths()) {
        check_writable(path)?;
        // By whatever name: the one written last would be all that is left.
        if !paths.insert(std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())) {
            let line = format!("{} is named twice for what the run leaves; give each a file", path.display());
            return Err(Trouble::usage(line));
        }
    }
    Ok(())
}

/// Finds out before the run, not after it, that a file cannot be written.
fn check_writable(path: &Path) -> Result<(), Trouble> {
    if path == Path::new("-") {
        return Ok(());
    }
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map(drop)
        .map_err(|error| Trouble::usage(format!("cannot write {}: {error}", path.display())))
}

async fn judged(args: &RunArgs, cases: &[&'static Case]) -> Result<Record, Trouble> {
    let mut options = target_options(&args.target)?;
    let canary = canary(args).await?;
    // Dropped at the end of the run, and the mock with it.
    let mut _mock = None;
    let (endpoint, target, calls) = if let Some(url) = &args.server {
        let endpoint = Endpoint::parse(url).map_err(|error| Trouble::usage(error.to_string()))?;
        let target = endpoint.to_string();
        (endpoint, target, call_source(args))
    } else {
        let name = args.mock.as_deref().unwrap_or("strict");
        let mock = start_mock(name, &mut options).await?;
        let endpoint = Endpoint::parse(&format!("http://{name}.mock.invalid{}", names::ENDPOINT_PATH))
            .map_err(|error| Trouble::usage(error.to_string()))?
            .at(mock.address());
        _mock = Some(mock);
        let why = if args.mock.is_none() { " (no --server was given)" } else { "" };
        let calls = match call_source(args) {
            CallSource::None => CallSource::Mock,
            given => given,
        };
        (endpoint, format!("the built-in {name} mock{why}"), calls)
    };
    let server = HttpServer::new(endpoint, &options).map_err(|error| Trouble::usage(error.to_string()))?;
    let watcher = Progress::new(cases.len(), args.quiet);
    let run_options = RunOptions {
        target,
        again: again::of_server(args),
        grading: grading(args),
        calls,
        credentials: options.credentials.as_ref().map(Credentials::kind),
        jobs: args.jobs.map_or(if args.server.is_some() { 1 } else { MOCK_JOBS }, usize::from),
        settle: args.settle,
        restart: args.restart_cmd.clone(),
        restart_wait: args.restart_wait,
        max_restarts: args.max_restarts,
        timeout: options.timeout,
        heard_by: Some(Arc::new(|line| complain(&format!("call-id-cmd: {line}\n")))),
        bounds: bounds(args),
        max_wait: args.max_wait,
        max_wait_run: args.max_wait_run,
        canary,
    };
    Ok(Box::pin(watched(&watcher, run::run(server, run_options, cases, &watcher))).await)
}

/// The address that is watched, if one is given.
pub(crate) async fn canary(args: &RunArgs) -> Result<Option<Canary>, Trouble> {
    let Some(address) = args.canary else { return Ok(None) };
    let watched = Canary::listen(address).await;
    watched.map(Some).map_err(|error| Trouble::usage(format!("cannot watch {address} for --canary: {error}")))
}

/// When a run ends, whatever its subject does.
pub(crate) fn bounds(args: &RunArgs) -> Bounds {
    Bounds { time: args.max_time, kept: args.max_kept, silent: args.max_silent }
}

/// How a run is graded.
pub(crate) fn grading(args: &RunArgs) -> Grading {
    Grading { profile: args.profile, bp: args.bp }
}

/// Waits for a run. The first signal lets what is under way end, by its own timeouts.
pub(crate) async fn watched<T>(watcher: &Progress, run: impl Future<Output = T>) -> T {
    tokio::pin!(run);
    let signal = first_signal();
    let done = tokio::select! {
        done = &mut run => done,
        () = signal.notified() => {
            watcher.stop.store(true, Ordering::SeqCst);
            run.await
        }
    };
    watcher.bar.finish_and_clear();
    done
}

async fn start_mock(name: &str, options: &mut Options) -> Result<Running, Trouble> {
    let named = name.parse::<Named>().map_err(Trouble::usage)?;
    if options.credentials.is_none() {
        options.credentials =
            Some(Credentials::Basic { user: MOCK_USER.to_owned(), password: MOCK_PASSWORD.to_owned() });
    }
    let any = ([127, 0, 0, 1], 0).into();
    named
        .start(any, Some((MOCK_USER, MOCK_PASSWORD)), MockLimits::default())
        .await
        .map_err(|error| Trouble { exit: Exit::NotJudged, line: format!("cannot start the mock: {error}") })
}

fn call_source(args: &RunArgs) -> CallSource {
    if args.play_on_phone {
        // clap asks for both together with --play-on-phone.
        return CallSource::PlayOnPhone {
            entry_id: args.entry_id.clone().unwrap_or_default(),
            dial_string: args.dial_string.clone().unwrap_or_default(),
        };
    }
    if let Some(command) = &args.call_id_cmd {
        return CallSource::Command(command.clone());
    }
    if args.call_id.is_empty() { CallSource::None } else { CallSource::Given(args.call_id.clone()) }
}

/// The options of a target from the command line.
pub(crate) fn target_options(args: &ServerArgs) -> Result<Options, Trouble> {
    let mut headers = Vec::new();
    for (number, header) in args.headers.iter().enumerate() {
        // The text itself may be a secret, so it is named by its position.
        let (name, value) = header.split_once(':').ok_or_else(|| {
            Trouble::usage(format!("-H number {} is no header field; write it as NAME:VALUE", number + 1))
        })?;
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    let credentials = match (&args.user, &args.bearer) {
        (Some(user), _) => Some(basic(user)?),
        (None, Some(token)) => Some(Credentials::Bearer(token.clone())),
        (None, None) => None,
    };
    Ok(Options {
        timeout: args.timeout,
        connect_timeout: args.connect_timeout.min(args.timeout),
        max_answer: args.max_answer,
        insecure: args.insecure,
        ca_certificate: args.cacert.clone(),
        headers,
        credentials,
        proxy: args.proxy.clone(),
    })
}

/// `USER:PASSWORD` as credentials.
pub(crate) fn basic(text: &str) -> Result<Credentials, Trouble> {
    let (user, password) = text
        .split_once(':')
        .ok_or_else(|| Trouble::usage("--user has no password; write it as USER:PASSWORD"))?;
    Ok(Credentials::Basic { user: user.to_owned(), password: password.to_owned() })
}

/// Prints the report, and writes the record if a file is given.
pub(crate) fn write_out(
    args: &RunArgs,
    report: &str,
    saved: Result<Vec<u8>, serde_json::Error>,
) -> Result<(), Trouble> {
    let Some(path) = &args.record else {
        say(report)?;
        return Ok(());
    };
    let bytes = saved.map_err(|error| Trouble::unwritten(&error.to_string()))?;
    if path == Path::new("-") {
        complain(report);
    } else {
        say(report)?;
    }
    write_file(path, &bytes)
}

/// A line on the terminal while a run lasts.
pub(crate) struct Progress {
    pub(crate) bar: ProgressBar,
    pub(crate) stop: AtomicBool,
}

impl Progress {
    pub(crate) fn new(cases: usize, quiet: bool) -> Self {
        let bar = ProgressBar::new(cases as u64);
        let colourless = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if quiet || colourless || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("{pos}/{len} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        // The first request of a run may be the one that is never answered.
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar, stop: AtomicBool::new(false) }
    }
}

impl Watcher for Progress {
    fn done(&self, entry: &Entry) {
        self.bar.inc(1);
        if entry.judgement.verdict == Verdict::Fail {
            self.bar.set_message(format!("last failure: {}", entry.case));
        }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}
