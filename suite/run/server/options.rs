use std::time::Duration;

use super::CallSource;
use crate::catalogue::Case;
use crate::judge::Grading;
use crate::record::ShardOf;
use crate::run::bounds::Bounds;
use crate::target::{Canary, StderrSink};

/// How a run is done.
pub struct RunOptions {
    /// Name of the target in the record.
    pub target: String,
    /// The options of a command line that ask for the same run, for the record: without secrets.
    pub again: Vec<String>,
    /// How it is graded.
    pub grading: Grading,
    /// Where call ids come from.
    pub calls: CallSource,
    /// Kind of credentials, if any are sent.
    pub credentials: Option<&'static str>,
    /// How often each case is tried at least. Default 1.
    pub repeat: usize,
    /// How often a case that fails is tried again, until it does not; one that does not fail every time is flaky.
    /// Default 0, which leaves it at the second try that every failure gets.
    pub retries: usize,
    /// Which part of a run it is, if others run the rest.
    pub shard: Option<ShardOf>,
    /// How many lanes run side by side. With one, a probe that kills the server is named for sure.
    pub jobs: usize,
    /// Longest time given to a call to end after a success. Default 30 s (UMD-R104).
    pub settle: Duration,
    /// Starts the server again after it died.
    pub restart: Option<String>,
    /// Longest time given to the server to answer after a restart. Default 30 s.
    pub restart_wait: Duration,
    /// How often a server that died is started again in one run. Default [`MAX_RESTARTS`].
    pub max_restarts: usize,
    /// Time for one exchange, given to commands as well.
    pub timeout: Duration,
    /// Who is told, line by line in visible characters, what the command that places calls writes to standard error.
    pub heard_by: Option<StderrSink>,
    /// When the run ends, whatever the server does.
    pub bounds: Bounds,
    /// Longest time that is waited before one request is sent again because the server asks to come
    /// again later (429, or 503 with Retry-After). Default [`MAX_WAIT`].
    pub max_wait: Duration,
    /// The same for all requests of the run together. Default [`MAX_WAIT_RUN`].
    pub max_wait_run: Duration,
    /// Of how many values each meeting is in which cases are sent, the case as one of them counted: with 1
    /// they are sent as they are.
    pub strength: usize,
    /// The cases of all parts of a run, of which the ones that stand for their class are taken, so that each part
    /// sends what the whole run would; empty where the cases of this run are all.
    pub of: Vec<&'static Case>,
    /// An address that only requests name.
    pub canary: Option<Canary>,
}

/// How often a server that died is started again in one run, if nothing else is said. A death has to come
/// again before it counts, so each takes two.
pub const MAX_RESTARTS: usize = 40;

/// How long it is waited before one request is sent again, if nothing else is said: the windows of rate
/// limits are a minute at most, as a rule.
pub const MAX_WAIT: Duration = Duration::from_secs(60);

/// How long all requests of a run may wait together, if nothing else is said.
pub const MAX_WAIT_RUN: Duration = Duration::from_secs(5 * 60);

impl RunOptions {
    /// The defaults, for a target of this name with calls from this source.
    pub fn new(target: &str, calls: CallSource) -> Self {
        Self {
            target: target.to_owned(),
            again: Vec::new(),
            grading: Grading::default(),
            calls,
            credentials: None,
            repeat: 1,
            retries: 0,
            shard: None,
            jobs: 1,
            settle: Duration::from_secs(30),
            restart: None,
            restart_wait: Duration::from_secs(30),
            max_restarts: MAX_RESTARTS,
            timeout: Duration::from_secs(10),
            heard_by: None,
            bounds: Bounds::default(),
            max_wait: MAX_WAIT,
            max_wait_run: MAX_WAIT_RUN,
            strength: 1,
            of: Vec::new(),
            canary: None,
        }
    }
}
