use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::again;
use super::args::{RunArgs, SelectArgs, ServerArgs};
use super::exit::Exit;
use super::known::Known;
use super::load::load;
use super::output::{complain, say};
use super::progress::Progress;
use super::reach::Reached;
use super::runtime::runtime;
use super::trouble::Trouble;
use umspec::catalogue::{Case, CaseHeader, Selection, only_quick};
use umspec::evidence::Subject;
use umspec::judge::{Grading, Verdict};
use umspec::record::{CHUNK, Record, ShardOf};
use umspec::report::{TextOptions, View, text};
use umspec::run::{self, Bounds, CallSource, RunOptions};
use umspec::target::{Canary, Credentials, HttpServer, Options, Orphans, StderrSink, adopt_orphans};

/// Lanes for the built-in mock, which no request kills.
const MOCK_JOBS: usize = 4;

/// Judges a server.
pub(crate) fn run(args: &RunArgs) -> Result<Exit, Trouble> {
    let cases = selected(&args.select)?;
    let part = part(args, cases, Subject::Server)?;
    let known = known(args)?;
    check_outputs(args)?;
    let watcher = Progress::new(part.cases.len(), args);
    let record = runtime()?.block_on(judged(args, part, &watcher))?;
    finish(args, known.as_ref(), &record, &watcher)
}

/// Those of the cases that failed or were not judged in a record, or are not in it.
fn again<C: CaseHeader>(
    path: &Path,
    cases: Vec<&'static C>,
    subject: Subject,
) -> Result<Vec<&'static C>, Trouble> {
    let record = load(path)?;
    if subject != record.subject {
        let line = format!(
            "{} is the record of a {}; --failed needs one of the same kind",
            path.display(),
            record.subject.word()
        );
        return Err(Trouble::usage(line));
    }
    let done = record
        .entries
        .iter()
        .filter(|entry| !matches!(entry.judgement.verdict, Verdict::Fail | Verdict::NotJudged));
    let done: BTreeSet<&str> = done.map(|entry| &*entry.case).collect();
    let left: Vec<&'static C> = cases.into_iter().filter(|case| !done.contains(case.id())).collect();
    if left.is_empty() {
        let line =
            format!("nothing that is selected failed, was not judged or is missing in {}", path.display());
        return Err(Trouble { exit: Exit::NothingSelected, line });
    }
    Ok(left)
}

/// What is to be run of what was selected.
pub(crate) struct Part<C: 'static> {
    /// The cases.
    pub(crate) cases: Vec<&'static C>,
    /// Those of all parts.
    pub(crate) of: Vec<&'static C>,
    /// Which part it is, if it is one.
    pub(crate) shard: Option<ShardOf>,
}

/// The cases to be run of those that are selected for a subject of this kind.
pub(crate) fn part<C: CaseHeader>(
    args: &RunArgs,
    of: Vec<&'static C>,
    subject: Subject,
) -> Result<Part<C>, Trouble> {
    if of.is_empty() {
        let list = match subject {
            Subject::Client => "umspec list --subject client",
            Subject::Parser => "umspec list --subject parser",
            Subject::Server => "umspec list",
        };
        return Err(Trouble {
            exit: Exit::NothingSelected,
            line: format!("no case is selected; see {list}"),
        });
    }
    let of = match &args.failed {
        Some(path) => again(path, of, subject)?,
        None => of,
    };
    let Some(shard) = args.shard else { return Ok(Part { cases: of.clone(), of, shard: None }) };
    if !shard.fits(of.len()) {
        let (count, most) = (of.len(), of.len().div_ceil(CHUNK));
        let line = format!("--shard {shard}: the {count} selected cases make {most} shards at most");
        return Err(Trouble::usage(line));
    }
    let ids: Vec<&str> = of.iter().map(|case| case.id()).collect();
    Ok(Part { cases: shard.cut(&of), shard: Some(shard.of(&ids)), of })
}

/// Prints and writes what a run has left.
pub(crate) fn finish(
    args: &RunArgs,
    known: Option<&Known>,
    record: &Record,
    watcher: &Progress,
) -> Result<Exit, Trouble> {
    let options = TextOptions { verbose: args.verbose, quiet: args.quiet, ..TextOptions::default() };
    let accounting = known.map(|known| known.account(record));
    let anchor = args.reports.anchor(args.known.as_deref());
    let view = View { record, known: accounting.as_ref(), anchor };
    let report = text(view, options);
    if args.reports.take_standard_output() || args.record.as_deref() == Some(Path::new("-")) {
        complain(&report);
    } else {
        say(&report)?;
    }
    watcher.record.as_ref().map_or(Ok(()), |file| file.end(record))?;
    args.reports.write(view)?;
    Ok(record.conclusion_with(view.known, args.accept_not_judged).into())
}

/// What is known to deviate, read before the run: what is wrong with the file is told at once.
pub(crate) fn known(args: &RunArgs) -> Result<Option<Known>, Trouble> {
    args.known.as_deref().map(|path| Known::load(path, &[])).transpose()
}

/// The selected cases for servers.
pub(crate) fn selected(args: &SelectArgs) -> Result<Vec<&'static Case>, Trouble> {
    selected_among(args, Subject::Server, umspec::catalogue::cases())
}

/// The selected ones of these cases, which are for such a subject.
pub(crate) fn selected_among<C: CaseHeader>(
    args: &SelectArgs,
    subject: Subject,
    all: &'static [C],
) -> Result<Vec<&'static C>, Trouble> {
    let selection = Selection {
        take: patterns(args.cases.iter().chain(&args.filter))?,
        skip: patterns(args.skip.iter())?,
        levels: args.level.iter().map(|level| level.word().to_owned()).collect(),
        requirements: args.requirement.clone(),
        slow: args.slow,
    };
    let cases = selection
        .among(all)
        .map_err(|error| Trouble { exit: Exit::NothingSelected, line: error.to_string() })?;
    Ok(if args.quick { only_quick(subject, &cases) } else { cases })
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
    check_apart(args.record.as_deref().into_iter().chain(args.reports.paths()))
}

/// Finds out that each of these files can be written, and that no two are one.
pub(crate) fn check_apart<'a>(files: impl Iterator<Item = &'a Path>) -> Result<(), Trouble> {
    let mut known = BTreeSet::new();
    for path in files {
        check_writable(path)?;
        // By whatever name: the one written last would be all that is left.
        if !known.insert(identity(path)) {
            let line = format!("{} is named twice for what is written; give each a file", path.display());
            return Err(Trouble::usage(line));
        }
    }
    Ok(())
}

/// What two names of one file have in common, links of both kinds included.
fn identity(path: &Path) -> String {
    #[cfg(unix)]
    if let Ok(found) = std::fs::metadata(path) {
        use std::os::unix::fs::MetadataExt as _;
        return format!("{} {}", found.dev(), found.ino());
    }
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
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

async fn judged(args: &RunArgs, part: Part<Case>, watcher: &Progress) -> Result<Record, Trouble> {
    let Part { cases, of, shard } = part;
    let mut options = target_options(&args.target)?;
    let canary = canary(args).await?;
    let Reached { endpoint, target, calls, mock } = match &args.server {
        Some(url) => Reached::server(url, &args.calls)?,
        None => Reached::mock(args.mock.as_deref().unwrap_or("strict"), &args.calls, &mut options).await?,
    };
    let none_given = args.server.is_none() && args.mock.is_none();
    let target = if none_given { format!("{target} (no --server was given)") } else { target };
    let server = HttpServer::new(endpoint, &options).map_err(|error| Trouble::usage(error.to_string()))?;
    if matches!(calls, CallSource::Command(_)) {
        // A server that was started again may be an orphan, too, and is to stay.
        adopt_orphans(if args.restart_cmd.is_some() { Orphans::Marked } else { Orphans::All });
    }
    let run_options = RunOptions {
        target,
        again: again::of_server(args),
        grading: grading(args),
        calls,
        credentials: options.credentials.as_ref().map(Credentials::kind),
        repeat: usize::from(args.repeat),
        retries: args.retries.map_or(0, usize::from),
        shard,
        jobs: args.jobs.map_or(own_jobs(args), usize::from),
        settle: args.settle,
        restart: args.restart_cmd.clone(),
        restart_wait: args.restart_wait,
        max_restarts: args.max_restarts,
        timeout: options.timeout,
        heard_by: Some(heard_by()),
        bounds: bounds(args),
        max_wait: args.max_wait,
        max_wait_run: args.max_wait_run,
        strength: usize::from(args.strength),
        of,
        canary,
    };
    let record = Box::pin(watcher.watch(run::run(server, run_options, &cases, watcher))).await;
    drop(mock);
    Ok(record)
}

/// Lanes where nothing is said of them: one for a server of somebody else.
fn own_jobs(args: &RunArgs) -> usize {
    match (&args.server, args.strength) {
        (Some(_), _) => 1,
        (None, 1) => MOCK_JOBS,
        // Requests in other spellings wait for their parts.
        (None, _) => MOCK_JOBS * 4,
    }
}

/// Prints what `--call-id-cmd` writes to standard error.
pub(crate) fn heard_by() -> StderrSink {
    Arc::new(|line| complain(&format!("call-id-cmd: {line}\n")))
}

/// The address that is watched, if one is given.
pub(crate) async fn canary(args: &RunArgs) -> Result<Option<Canary>, Trouble> {
    let Some(address) = args.canary else { return Ok(None) };
    let watched = Canary::listen(address).await;
    watched.map(Some).map_err(|error| Trouble::usage(format!("cannot watch {address} for --canary: {error}")))
}

/// When a run ends, whatever its subject does.
pub(crate) fn bounds(args: &RunArgs) -> Bounds {
    Bounds { time: args.max_time, kept: args.max_kept, silent: args.max_silent, ..Bounds::default() }
}

/// How a run is graded.
pub(crate) fn grading(args: &RunArgs) -> Grading {
    Grading { profile: args.profile, bp: args.bp }
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
