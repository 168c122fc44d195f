//! Whether times taken on this machine tell how the cost of something grows.

use super::clock::Clock;

/// How often each work is timed; the least counts.
const TIMES: usize = 5;

/// Milliseconds of the shortest work: some time slices of a scheduler.
const SHORT: u64 = 20;

/// Most rounds of the shortest work, whatever the clock says: seconds on a slow machine.
const MOST_ROUNDS: u64 = 1 << 28;

/// Whether work of this thread that is twice as long takes far more than twice as long, because a machine with much to
/// do gives short work its time at once and parts long work: then the time of a server on it shows no square.
pub(super) fn is_machine_busy() -> bool {
    let took = |rounds: u64| {
        let one = |_| {
            let clock = Clock::start();
            let mut state = 1_u64;
            for round in 0..rounds {
                state =
                    std::hint::black_box(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(round));
            }
            clock.milliseconds()
        };
        (0..TIMES).map(one).min().unwrap_or_default()
    };
    // From some rounds that take as long as the quickest of what is judged.
    let mut rounds = 1_000_000;
    while took(rounds) < SHORT && rounds < MOST_ROUNDS {
        rounds *= 2;
    }
    let (once, twice, four_times) = (took(rounds), took(2 * rounds), took(4 * rounds));
    4 * twice >= 10 * once || 4 * four_times >= 10 * twice
}
