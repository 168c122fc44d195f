use std::path::{Path, PathBuf};

use super::args::ServerArgs;
use super::exit::Exit;
use super::fuzz::{end_with_us, reach};
use super::fuzz_args::ReplayArgs;
use super::load::load;
use super::output::say;
use super::reach::Reached;
use super::repro::{FINDING, read};
use super::run::{heard_by, target_options};
use super::runtime::runtime;
use super::trouble::Trouble;
use umspec::campaign::{CampaignOptions, Replayed, Reproducer, finding_of, replay as again};
use umspec::message::visible;
use umspec::record::{Entry, FUZZED};
use umspec::target::HttpServer;

/// Tries a finding again.
pub(crate) fn replay(args: &ReplayArgs, target: &ServerArgs) -> Result<Exit, Trouble> {
    let kept = kept(&args.repro, args.record.as_deref(), &args.finding)?;
    let became = runtime()?.block_on(replayed(args, target, &kept))?;
    tell(&kept.finding.id, &kept.finding.observed, &became)
}

/// Says what became of a finding, and what was observed when it was found.
pub(crate) fn tell(id: &str, observed: &str, became: &Replayed) -> Result<Exit, Trouble> {
    let mut line = format!("{}  {}", became.word(), visible(id));
    match became {
        Replayed::Error(why) => line.push_str(&format!(": {}", visible(why))),
        Replayed::Flaky(times, of) => line.push_str(&format!(": it came again in {times} of {of} tries")),
        Replayed::Failed => line.push_str(&format!(": {}", visible(observed))),
        _ => {}
    }
    say(&format!("{line}\n"))?;
    Ok(match became {
        Replayed::Fixed => Exit::Passed,
        Replayed::Failed | Replayed::Flaky(..) => Exit::Failed,
        _ => Exit::NotJudged,
    })
}

async fn replayed(args: &ReplayArgs, target: &ServerArgs, kept: &Reproducer) -> Result<Replayed, Trouble> {
    let mut options = target_options(target)?;
    let Reached { endpoint, target, calls, mock } = reach(&args.which, &args.calls.ids, &mut options).await?;
    let server = HttpServer::new(endpoint, &options).map_err(|error| Trouble::usage(error.to_string()))?;
    end_with_us(&calls, false);
    let campaign = CampaignOptions {
        grading: kept.grading,
        credentials: options.credentials.is_some(),
        max_calls: mock.is_none().then_some(args.calls.max_calls),
        settle: args.calls.settle,
        timeout: options.timeout,
        heard_by: Some(heard_by()),
        ..CampaignOptions::new(&target, calls)
    };
    let became = again(server, &kept.finding, &campaign).await;
    drop(mock);
    Ok(became)
}

/// A finding that was kept: in a record, or in a folder.
pub(crate) fn kept(repro: &Path, record: Option<&Path>, named: &str) -> Result<Reproducer, Trouble> {
    match record {
        Some(path) => of_record(path, named),
        None => read(&folder(repro, named)),
    }
}

/// The finding of this id in the record of a campaign.
fn of_record(path: &Path, named: &str) -> Result<Reproducer, Trouble> {
    let record = load(path)?;
    let is_named = |entry: &&Entry| {
        entry.case == named
            || entry.case.strip_prefix(FUZZED).is_some_and(|id| id.strip_prefix('/') == Some(named))
    };
    let cannot = |why: &str| Trouble::usage(format!("cannot replay {named} of {}: {why}", path.display()));
    let entry =
        record.entries.iter().find(is_named).ok_or_else(|| cannot("the record has no such finding"))?;
    let finding =
        finding_of(entry).ok_or_else(|| cannot("it is no finding that this version of umspec knows"))?;
    Ok(Reproducer::of(&finding, record.grading))
}

/// The folder or the file that is meant: by its path, or by the id of a finding.
pub(crate) fn folder(repro: &Path, named: &str) -> PathBuf {
    // As reports write it.
    let named = named.strip_prefix(FUZZED).and_then(|id| id.strip_prefix('/')).unwrap_or(named);
    let path = PathBuf::from(named);
    if path.is_file() || path.join(FINDING).is_file() { path } else { repro.join(named) }
}
