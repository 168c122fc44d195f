use std::time::Duration;

use super::Shard;
use crate::judge::Grading;
use crate::run::{CallSource, GRACE};
use crate::target::StderrSink;

/// How many requests a campaign sends, if neither that nor a time is said.
pub const DEFAULT_TIME: Duration = Duration::from_secs(60);

/// Most calls that a campaign places on a server that is not one of ours, if nothing else is said: each of them
/// rings a telephone.
pub const DEFAULT_MAX_CALLS: u64 = 100;

/// How a campaign is done.
#[derive(Clone)]
pub struct CampaignOptions {
    /// Name of the target in the report.
    pub target: String,
    /// How it is graded.
    pub grading: Grading,
    /// Where call ids come from.
    pub calls: CallSource,
    /// Whether credentials go with requests.
    pub credentials: bool,
    /// What everything that is drawn follows from.
    pub seed: u64,
    /// The campaign ends when so many requests were sent, those of controls and confirmations counted.
    pub requests: Option<u64>,
    /// The campaign ends after this time. Default [`DEFAULT_TIME`] where no number of requests is given.
    pub time: Option<Duration>,
    /// How much longer what is under way then may take; it is cut after that, and not judged. Default [`GRACE`].
    pub grace: Duration,
    /// Most requests in a second.
    pub rate: Option<u32>,
    /// Most calls that are placed.
    pub max_calls: Option<u64>,
    /// The campaign ends when the risk of Good and Turing is no more than this.
    pub risk: Option<f64>,
    /// How many lanes run side by side. What is sent does not depend on it.
    pub jobs: usize,
    /// Which part of a campaign that several share.
    pub shard: Option<Shard>,
    /// Whether everything is drawn blindly, to compare with.
    pub blind: bool,
    /// Whether the witnesses in this process are asked about every input.
    pub witnesses: bool,
    /// Starts the server again after it died.
    pub restart: Option<String>,
    /// Longest time given to the server to answer after a restart. Default 30 s.
    pub restart_wait: Duration,
    /// How often a server that died is started again in one campaign. Default [`MAX_RESTARTS`](crate::run::MAX_RESTARTS).
    pub max_restarts: usize,
    /// Longest time given to a call to end after a success. Default 30 s (UMD-R104).
    pub settle: Duration,
    /// Time for one exchange, given to commands as well.
    pub timeout: Duration,
    /// Who is told what [`CallSource::Command`] writes to standard error.
    pub heard_by: Option<StderrSink>,
    /// Longest time that is waited before one request is sent again because the server asks to come again later.
    pub max_wait: Duration,
    /// The same for all requests together.
    pub max_wait_run: Duration,
}

impl CampaignOptions {
    /// How long a campaign lasts; none where only requests are counted.
    pub(super) fn lasts(&self) -> Option<Duration> {
        self.time.or_else(|| self.requests.is_none().then_some(DEFAULT_TIME))
    }

    /// How long everything may take: the time of a campaign and a grace.
    pub(super) fn longest(&self) -> Option<Duration> {
        Some(self.lasts()?.saturating_add(self.grace))
    }

    /// The defaults, for a target of this name with calls from this source.
    pub fn new(target: &str, calls: CallSource) -> Self {
        Self {
            target: target.to_owned(),
            grading: Grading::default(),
            calls,
            credentials: false,
            seed: 1,
            requests: None,
            time: None,
            grace: GRACE,
            rate: None,
            max_calls: None,
            risk: None,
            jobs: 1,
            shard: None,
            blind: false,
            witnesses: true,
            restart: None,
            restart_wait: Duration::from_secs(30),
            max_restarts: crate::run::MAX_RESTARTS,
            settle: Duration::from_secs(30),
            timeout: Duration::from_secs(10),
            heard_by: None,
            max_wait: crate::run::MAX_WAIT,
            max_wait_run: crate::run::MAX_WAIT_RUN,
        }
    }
}
