//! Servers whose time grows with the square of a part of the message.

use std::time::Duration;

use super::bug::{Bug, Mutant, mutant};
use crate::mock::slowness::{SLOWNESSES, Slowness};

const fn server(slowness: Slowness) -> Mutant {
    mutant(slowness.name, slowness.about, slowness.killed_in_requests, Bug::Slow(slowness.part))
}

const fn servers<const COUNT: usize>(all: [Slowness; COUNT]) -> [Mutant; COUNT] {
    let mut servers = [server(all[0]); COUNT];
    let mut next = 1;
    while next < COUNT {
        servers[next] = server(all[next]);
        next += 1;
    }
    servers
}

pub(super) static MUTANTS: &[Mutant] = &servers(SLOWNESSES);

/// The time that a slow server takes for a part of this many characters: a third of a second for 64 KiB, which is
/// enough to be told from noise, and never more than 1.5 s.
pub(super) fn square(characters: usize) -> Duration {
    let steps = u64::try_from(characters / 1_024).unwrap_or(u64::MAX);
    Duration::from_micros(steps.saturating_mul(steps).saturating_mul(80).min(1_500_000))
}
