//! How a client is fuzzed.

use std::time::{Duration, Instant};

use crate::campaign::DEFAULT_TIME;
use crate::judge::Grading;
use crate::run::ClientOptions;

/// How a client is fuzzed.
#[derive(Debug, Clone)]
pub struct AnswerOptions {
    /// How it is called, for the record.
    pub target: String,
    /// The options of a command line that ask for the same campaign, for the record.
    pub again: Vec<String>,
    /// How it is graded.
    pub grading: Grading,
    /// From which all answers follow.
    pub seed: u64,
    /// Most runs of the client before no new answer is drawn; what looks wrong then is tried again to its end.
    pub requests: Option<u64>,
    /// The time after which no new answer is drawn; [`DEFAULT_TIME`] where no number of runs is given either.
    pub time: Option<Duration>,
    /// How many clients run side by side. What is sent does not depend on it.
    pub jobs: usize,
    /// The time that one run of the client has.
    pub client_time: Duration,
}

impl AnswerOptions {
    /// The defaults, for a client of this name: seed 1, four at a time, 5 s each, [`DEFAULT_TIME`] in all.
    pub fn new(target: &str) -> Self {
        let client = ClientOptions::new(target);
        Self {
            target: target.to_owned(),
            again: Vec::new(),
            grading: Grading::default(),
            seed: 1,
            requests: None,
            time: None,
            jobs: client.jobs,
            client_time: client.time,
        }
    }

    /// How the client is run.
    pub(super) fn client(&self) -> ClientOptions {
        ClientOptions { grading: self.grading, time: self.client_time, ..ClientOptions::new(&self.target) }
    }

    /// When no new answer is drawn any more.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let time = self.time.or_else(|| self.requests.is_none().then_some(DEFAULT_TIME))?;
        Instant::now().checked_add(time)
    }
}
