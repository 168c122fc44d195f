//! A campaign from its first request to its last.

use std::time::Duration;

use super::CampaignOptions;
use super::bench::Bench;
use super::campaign::{Campaign, CampaignWatcher};
use super::journal::{JOURNAL_VERSION, Journal, JournalError, Line as JournalLine};
use super::running::{Ended, Running};
use crate::evidence::Subject;
use crate::run::clock::Clock;
use crate::run::server::{Calls, Line, Patience, Prober};
use crate::target::Server;

/// Fuzzes a server.
///
/// # Errors
/// A journal to go on with that is not of this campaign.
pub async fn fuzz(
    server: impl Into<Server>,
    options: CampaignOptions,
    resume: Option<&Journal>,
    watcher: &dyn CampaignWatcher,
) -> Result<Campaign, JournalError> {
    let clock = Clock::start();
    let begin = JournalLine::Begin {
        format: JOURNAL_VERSION,
        tool: concat!("umspec ", env!("CARGO_PKG_VERSION")).to_owned(),
        catalogue: crate::catalogue::hash(Subject::Server).to_owned(),
        seed: options.seed,
        shard: options.shard.map(|shard| (shard.number, shard.of)),
    };
    if let Some(journal) = resume {
        journal.fits(&begin)?;
    } else {
        watcher.journal(&begin.text());
    }
    let longest = options.longest();
    let bench = bench(server.into(), &options, longest).await;
    let mut run = Running::new(bench, options, watcher, clock);
    let early = run.calibrate_in_time().await;
    if let Some(why) = early {
        return Ok(run.finish(Ended { early: Some(why), ..Ended::default() }));
    }
    for batch in resume.iter().flat_map(|journal| &journal.batches) {
        run.replay(batch)?;
    }
    let ended = Box::pin(run.go_in_time()).await;
    Ok(run.finish(ended))
}

/// The server under test, with what is known of it before the first input: nothing, where that takes longer than it may.
pub(super) async fn bench(server: Server, options: &CampaignOptions, longest: Option<Duration>) -> Bench {
    let patience = Patience { request: options.max_wait, run: options.max_wait_run };
    let mut line = Line::new(server, patience);
    if let Some(rate) = options.rate.filter(|rate| *rate > 0) {
        line = line.paced(Duration::from_secs(1) / rate);
    }
    let mut calls = Calls::new(options.calls.clone(), options.timeout, options.heard_by.clone());
    if let Some(most) = options.max_calls {
        calls = calls.at_most(most);
    }
    let prober = Prober { line, calls, canary: None, settle: options.settle };
    let established = Bench::establish(prober, &options.calls, options.grading, options.credentials, longest);
    established.await
}
