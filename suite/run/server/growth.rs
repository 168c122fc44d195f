//! How the time grows that a server takes for a request.

use super::prober::{Prober, unissued};
use crate::catalogue::GROWTH_SIZE;
use crate::evidence::{Attempt, Growth, Role};
use crate::judge::{is_quadratic, is_worth_a_look, may_grow_further};
use crate::message::{Draft, Edit};
use crate::run::busy::is_machine_busy;
use crate::run::clock::Clock;

/// How often times are taken of which the longest is long enough to be looked at; the least counts, so that
/// what else a machine does makes no square of a line. With three, a machine with ten things to do at a time did
/// so once.
const MEASUREMENTS: usize = 5;

/// How often where the least of those still look like a square: of what takes longest a busy machine takes most
/// away, and one with ten things to do at a time did so in five.
const MOST_MEASUREMENTS: usize = 15;

/// Most characters of the part that grows: half of what many servers take as a request by default, 1 MiB.
const MOST: usize = 524_288;

/// How often a server is asked whether it has come to the end of its work; each time lasts for a time-out at most.
const TRIES: usize = 5;

/// Whether the request of a case had an answer, so that larger ones may be sent.
pub(super) fn answers_in_time(attempt: &Attempt) -> bool {
    attempt.step(Role::Mutant).is_some_and(|step| !step.exchange.answer.is_lost())
}

/// What requests of three sizes cost, the largest of which takes long enough to be judged; none where no request
/// up to the largest does. The calls in them were never issued, so that none is ended.
pub(super) async fn growth(prober: &Prober, part: fn(usize) -> Edit) -> Option<Growth> {
    let mut size = GROWTH_SIZE;
    loop {
        let (mut least, mut ended) = ([u64::MAX; 4], false);
        for round in 0..MOST_MEASUREMENTS {
            for (times, least) in [0, 1, 2, 4].into_iter().zip(&mut least) {
                let largest = times == 4;
                let grown = (times > 0).then(|| part(times * size));
                let clock = Clock::start();
                let exchange = prober.send(&Draft::disconnect(grown.as_slice()), &unissued()).await;
                let is_lost = exchange.answer.is_lost();
                if exchange.answer.put_off().is_some() || (is_lost && !largest && round == 0) {
                    return None;
                }
                // One that is lost later may wait behind the largest of the round before.
                if largest || !is_lost {
                    *least = clock.milliseconds().min(*least);
                }
                ended |= largest && !is_lost;
            }
            if !is_worth_a_look(&least) || (round + 1 >= MEASUREMENTS && !is_quadratic(&least)) {
                break;
            }
        }
        if !ended {
            until_it_answers(prober).await;
        }
        if is_quadratic(&least) && !prober.line.server().is_local() && is_machine_busy() {
            return None;
        }
        if is_worth_a_look(&least) {
            return Some(Growth { size, times: least, ended });
        }
        if !may_grow_further(&least) || 8 * size > MOST {
            return None;
        }
        size *= 2;
    }
}

/// Waits for a server that is still at work on what nobody waits for any more.
async fn until_it_answers(prober: &Prober) {
    for _ in 0..TRIES {
        if !prober.plain(&unissued()).await.answer.is_lost() {
            return;
        }
    }
}
