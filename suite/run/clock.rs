use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::record::Times;

/// When a run began.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    started: Instant,
    started_ms: u64,
}

impl Clock {
    pub(crate) fn start() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started: Instant::now(), started_ms: millis(since_epoch) }
    }

    /// How long it has lasted so far.
    pub(crate) fn elapsed(self) -> Duration {
        self.started.elapsed()
    }

    /// How long it has lasted so far, in milliseconds.
    pub(crate) fn milliseconds(self) -> u64 {
        millis(self.started.elapsed())
    }

    /// The time now, in milliseconds since 1970-01-01 UTC, as steady as the run: a clock that is set meanwhile does
    /// not change it.
    #[cfg(feature = "net")]
    pub(crate) fn now_ms(self) -> u64 {
        self.started_ms.saturating_add(self.milliseconds())
    }

    /// When the run began, and how long it has lasted so far.
    pub(crate) fn times(self) -> Times {
        Times { started_ms: self.started_ms, elapsed_ms: millis(self.started.elapsed()), cases: Vec::new() }
    }
}

/// In whole milliseconds.
pub(crate) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
