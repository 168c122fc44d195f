use std::net::SocketAddr;
use std::time::Duration;

use crate::judge::Grading;
use crate::record::ShardOf;
use crate::run::bounds::Bounds;

/// How a client is run.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// How it is called, for the record.
    pub target: String,
    /// The options of a command line that ask for the same run, for the record: without secrets.
    pub again: Vec<String>,
    /// How it is graded.
    pub grading: Grading,
    /// How often each case is tried at least. Default 1.
    pub repeat: usize,
    /// How often a case that fails is tried again, until it does not; one that does not fail every time is flaky.
    /// Default 0: what comes to no end is tried again all the same.
    pub retries: usize,
    /// Which part of a run it is, if others run the rest.
    pub shard: Option<ShardOf>,
    /// How many clients run side by side, beside those that wait.
    pub jobs: usize,
    /// The time that a client has.
    pub time: Duration,
    /// Where to listen; port 0 takes any.
    pub listen: SocketAddr,
    /// When the run ends, whatever the client does.
    pub bounds: Bounds,
}

impl ClientOptions {
    /// The defaults, for a client of this name: four at a time, 5 s each, any port of 127.0.0.1.
    pub fn new(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            again: Vec::new(),
            grading: Grading::default(),
            repeat: 1,
            retries: 0,
            shard: None,
            jobs: 4,
            time: Duration::from_secs(5),
            listen: ([127, 0, 0, 1], 0).into(),
            bounds: Bounds::default(),
        }
    }
}
