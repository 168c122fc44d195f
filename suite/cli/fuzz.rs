use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::again;
use super::args::ServerArgs;
use super::call_ids::CallIdArgs;
use super::exit::Exit;
use super::fuzz_args::{FuzzArgs, WhichServer};
use super::output::{complain, say, write_file};
use super::reach::{Called, Reached};
use super::repro::write;
use super::run::{check_apart, heard_by, target_options};
use super::runtime::runtime;
use super::signals::first_signal;
use super::trouble::Trouble;
use umspec::campaign::{
    Campaign, CampaignFinding, CampaignOptions, CampaignWatcher, Journal, campaign_text, fuzz,
};
use umspec::judge::Grading;
use umspec::record::Conclusion;
use umspec::report::View;
use umspec::run::CallSource;
use umspec::target::{Endpoint, HttpServer, Options, Orphans, RefusedExit, adopt_orphans};

/// Lanes for a built-in mock, which no request kills.
const MOCK_JOBS: usize = 4;

/// Fuzzes a server.
pub(crate) fn run(args: &FuzzArgs, target: &ServerArgs) -> Result<Exit, Trouble> {
    let journal = journal(args)?;
    check_apart(args.record.as_deref().into_iter().chain(args.reports.paths()))?;
    let file = journal_file(args, journal.as_ref())?;
    let campaign = runtime()?.block_on(campaign(args, target, journal.as_ref(), file))?;
    if !args.no_repro {
        for finding in &campaign.findings {
            write(&args.repro, finding, grading(args))?;
        }
    }
    let again = |finding: &CampaignFinding| match args.repro.join(&finding.id) {
        _ if args.no_repro => String::new(),
        folder if args.repro.as_os_str() == "repro" => {
            format!("umspec replay {}  ({})", finding.id, folder.display())
        }
        folder => format!("umspec replay {}", folder.display()),
    };
    let text = campaign_text(&campaign, args.quiet, &again);
    if args.reports.take_standard_output() || args.record.as_deref() == Some(Path::new("-")) {
        complain(&text);
    } else {
        say(&text)?;
    }
    keep(args, target, &campaign)?;
    Ok(match campaign.conclusion(args.accept_unreached) {
        Conclusion::Failed => Exit::Failed,
        Conclusion::Interrupted => Exit::Interrupted,
        Conclusion::Passed => Exit::Passed,
        _ => Exit::NotJudged,
    })
}

/// Writes the record of a campaign, and the reports that are made of it.
fn keep(args: &FuzzArgs, target: &ServerArgs, campaign: &Campaign) -> Result<(), Trouble> {
    let mut record = campaign.record();
    record.credentials = target_options(target)?.credentials.as_ref().map(|given| given.kind().to_owned());
    record.options = again::of_campaign(args, target);
    if let Some(path) = &args.record {
        let bytes = record.save().map_err(|error| Trouble::unwritten(&error.to_string()))?;
        write_file(path, &bytes)?;
    }
    args.reports.write(View { record: &record, known: None, anchor: args.reports.anchor(None) })
}

pub(crate) fn grading(args: &FuzzArgs) -> Grading {
    Grading { profile: args.profile, bp: args.bp }
}

async fn campaign(
    args: &FuzzArgs,
    target: &ServerArgs,
    resume: Option<&Journal>,
    file: Option<fs::File>,
) -> Result<Campaign, Trouble> {
    let mut options = target_options(target)?;
    let Reached { endpoint, target, calls, mock } = reach(&args.which, &args.calls.ids, &mut options).await?;
    let server = HttpServer::new(endpoint, &options).map_err(|error| Trouble::usage(error.to_string()))?;
    let is_mock = mock.is_some();
    end_with_us(&calls, args.restart_cmd.is_some());
    let campaign_options = CampaignOptions {
        grading: grading(args),
        credentials: options.credentials.is_some(),
        seed: args.seed,
        requests: args.requests,
        time: args.time,
        rate: args.rate,
        max_calls: (!is_mock).then_some(args.calls.max_calls),
        risk: args.risk,
        jobs: args.jobs.map_or(if args.which.mock.is_some() { MOCK_JOBS } else { 1 }, usize::from),
        shard: args.shard,
        blind: args.blind,
        restart: args.restart_cmd.clone(),
        restart_wait: args.restart_wait,
        max_restarts: args.max_restarts,
        settle: args.calls.settle,
        timeout: options.timeout,
        heard_by: Some(heard_by()),
        max_wait: args.max_wait,
        max_wait_run: args.max_wait_run,
        ..CampaignOptions::new(&target, calls)
    };
    let watcher = Progress::new(args.quiet, file);
    let run = fuzz(server, campaign_options, resume, &watcher);
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
    drop(mock);
    if watcher.unwritten.load(Ordering::SeqCst) {
        complain("umspec: the journal could not be written to its end\n");
    }
    done.map_err(|error| Trouble::usage(format!("cannot go on: {error}")))
}

/// What a command for call ids starts is ended with this process; a server that was started again may be an orphan, too,
/// and is to stay.
pub(crate) fn end_with_us(calls: &CallSource, restarts: bool) {
    if matches!(calls, CallSource::Command(_)) {
        adopt_orphans(if restarts { Orphans::Marked } else { Orphans::All });
    }
}

/// Finds out which server is meant, and whether it may be sent to.
pub(crate) async fn reach(
    which: &WhichServer,
    calls: &CallIdArgs,
    options: &mut Options,
) -> Result<Reached, Trouble> {
    if let Some(url) = &which.server {
        let reached = Reached::server(url, calls)?;
        may_be_sent_to(&reached.endpoint, &which.allow_host)?;
        return Ok(reached);
    }
    if let Some(command) = &which.parser {
        let called =
            if which.persistent { Called::Once } else { Called::Anew(RefusedExit(which.refused_exit)) };
        // Nobody is asked for them there.
        (options.credentials, options.proxy) = (None, None);
        return Reached::parser(command, called, options.timeout).await;
    }
    let Some(name) = &which.mock else {
        return Err(Trouble::usage(
            "nothing to fuzz is named; give --server URL, --client CMD, --parser CMD, or --mock NAME for one of umspec's own",
        ));
    };
    Reached::mock(name, calls, options).await
}

/// Fuzzing is for servers of one's own: this machine, or a host that was named for it.
fn may_be_sent_to(endpoint: &Endpoint, allowed: &[String]) -> Result<(), Trouble> {
    let host = endpoint.host().trim_matches(['[', ']']);
    let is_here = host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if is_here || allowed.iter().any(|name| name.trim_matches(['[', ']']).eq_ignore_ascii_case(host)) {
        return Ok(());
    }
    Err(Trouble::usage(format!(
        "{host} is not this machine; fuzzing may harm a server, so say --allow-host {host} if you may do that"
    )))
}

/// The journal that is gone on with.
fn journal(args: &FuzzArgs) -> Result<Option<Journal>, Trouble> {
    let Some(path) = args.journal.as_deref().filter(|_| args.resume) else { return Ok(None) };
    let cannot = |why: String| Trouble::usage(format!("cannot go on with {}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| cannot(error.to_string()))?;
    Journal::parse(&text).map(Some).map_err(|error| cannot(error.to_string()))
}

/// The file that the journal is written to. One that is gone on with is cut where its last whole batch ends.
fn journal_file(args: &FuzzArgs, resume: Option<&Journal>) -> Result<Option<fs::File>, Trouble> {
    let Some(path) = &args.journal else { return Ok(None) };
    let cannot = |error: std::io::Error| Trouble::usage(format!("cannot write {}: {error}", path.display()));
    if let Some(journal) = resume {
        let text = fs::read_to_string(path).map_err(cannot)?;
        let kept = journal.whole(&text);
        write_whole(path, kept).map_err(cannot)?;
        return fs::OpenOptions::new().append(true).open(path).map(Some).map_err(cannot);
    }
    fs::File::create(path).map(Some).map_err(cannot)
}

fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    fs::File::create(path)?.write_all(text.as_bytes())
}

/// A line on the terminal while a campaign lasts, and its journal.
pub(crate) struct Progress {
    pub(crate) bar: ProgressBar,
    pub(crate) stop: AtomicBool,
    file: Option<Mutex<fs::File>>,
    unwritten: AtomicBool,
}

impl Progress {
    pub(crate) fn new(quiet: bool, file: Option<fs::File>) -> Self {
        let bar = ProgressBar::new_spinner();
        let colourless = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if quiet || colourless || !std::io::IsTerminal::is_terminal(&std::io::stderr()) {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("{elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Self {
            bar,
            stop: AtomicBool::new(false),
            file: file.map(Mutex::new),
            unwritten: AtomicBool::new(false),
        }
    }
}

impl CampaignWatcher for Progress {
    fn journal(&self, line: &str) {
        let Some(file) = &self.file else { return };
        let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if file.write_all(line.as_bytes()).is_err() {
            self.unwritten.store(true, Ordering::SeqCst);
        }
    }

    fn at(&self, requests: u64, cells: usize, findings: usize) {
        self.bar.set_message(format!("{requests} requests, {cells} cells, {findings} findings"));
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}
