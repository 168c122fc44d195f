//! How much work was done: the processor time of this thread where the system tells it, since what passes on a busy
//! machine tells of the work of others.

use std::time::Duration;

/// The processor time of this thread so far.
#[cfg(unix)]
pub(super) fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let (seconds, nanos) = (u64::try_from(time.tv_sec), u32::try_from(time.tv_nsec));
    Duration::new(seconds.unwrap_or_default(), nanos.unwrap_or_default())
}

/// What has passed since this was asked first, where no other time is to be had.
#[cfg(not(unix))]
pub(super) fn worked() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}
