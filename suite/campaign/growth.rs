//! How the time of an answer grows with what a request holds: against a twin of the same size, by medians, and three
//! of three.
//!
//! Times are of this machine and its network, whatever else they do. That something takes long is therefore never a
//! finding, nor that it takes longer than its twin; only that it grows faster than its size does, by a band that
//! excludes what is linear, each of three times that it is measured.

use std::time::{Duration, Instant};

use super::bench::Bench;
use super::finding::{CampaignFinding, bucket_id, kinds};
use super::probe::{Arm, Shown};
use super::pursue::TRIES;
use super::{Grown, Input, Mass};
use crate::judge::{CheckId, Verdict};
use crate::message::{Draft, Edit, HttpRequest};
use crate::protocol::InputClass;
use crate::run::server::unissued;
use crate::target::Kept;

/// The sizes that are looked at first.
const SIZES: [usize; 4] = [64, 256, 1_024, 4_096];

/// How often each of them is sent, and its twin.
const LOOKS: usize = 3;

/// How often where something was seen to grow.
const SAMPLES: usize = 10;

/// From where on a difference between a request and its twin is looked into.
const LEAST: Duration = Duration::from_millis(4);

/// By how many times a request has to take longer than its twin.
const RATIO: f64 = 3.0;

/// What an exponent has to exceed to the lower end of its band: 1 is linear, and n log n is below 1.2 at such sizes.
const EXPONENT: f64 = 1.3;

/// Longest time that looking at one thing takes.
const MOST: Duration = Duration::from_secs(10);

/// What was measured once.
struct Measured {
    exponent: f64,
    /// The lower end of its band.
    least: f64,
    grown: Duration,
    twin: Duration,
}

/// Looks at everything that a request may hold much of; what grows faster than its size.
pub(super) async fn look(bench: &Bench, after: u64) -> Vec<CampaignFinding> {
    let mut found = Vec::new();
    for what in Mass::ALL {
        if let Some(count) = suspicious(bench, what).await {
            found.extend(pursue(bench, Grown { what, count }, after).await);
        }
    }
    found
}

/// Whether the time grows faster than the size, measured so often; and how often that was so.
pub(super) async fn shows_again(bench: &Bench, grown: Grown) -> u32 {
    let mut times = 0;
    for _ in 0..TRIES {
        times += u32::from(measure(bench, grown).await.is_some_and(|measured| measured.is_faster()));
    }
    times
}

/// The first size at which a request takes longer than its twin.
async fn suspicious(bench: &Bench, what: Mass) -> Option<usize> {
    let began = Instant::now();
    let mut kept = Kept::default();
    for count in SIZES {
        if began.elapsed() > MOST {
            return None;
        }
        let grown = Grown { what, count };
        let requests = [written(bench, &grown.edits()), written(bench, &grown.twin())];
        let [all, twin] = sampled(bench, &mut kept, &requests, LOOKS).await?;
        if all[LOOKS / 2] > twin[LOOKS / 2] * 2 + LEAST {
            return Some(count);
        }
    }
    None
}

async fn pursue(bench: &Bench, grown: Grown, after: u64) -> Option<CampaignFinding> {
    let began = bench.prober.line.sent();
    let mut last = None;
    for _ in 0..TRIES {
        let measured = measure(bench, grown).await?;
        if !measured.is_faster() {
            return None;
        }
        last = Some(measured);
    }
    let measured = last?;
    let waited = innocent(bench, grown).await;
    let input = Input { grown: Some(grown), ..Input::plain() };
    // Sizes are chosen by this suite, and no document bounds the time.
    let shown = Shown {
        check: CheckId::Growth,
        requirement: grown.what.requirement(),
        came: String::new(),
        verdict: Verdict::Warn,
    };
    let what = grown.what.word();
    let mut observed = format!(
        "it grows with the power {:.1} of the {what} (at least {:.1}): {} of them take {} ms, a request of the same \
         size without them {} ms",
        measured.exponent,
        measured.least,
        grown.count,
        measured.grown.as_millis(),
        measured.twin.as_millis()
    );
    if let Some((alone, meanwhile)) = waited {
        observed.push_str(&format!(
            "; the plain request of another client takes {} ms meanwhile, and {} ms alone",
            meanwhile.as_millis(),
            alone.as_millis()
        ));
    }
    let mut names = kinds(&input, 0);
    names.push(what.to_owned());
    Some(CampaignFinding {
        id: bucket_id(&shown, &names),
        shown,
        expected: format!("a time that grows no faster than the {what} of a request"),
        observed,
        also: Vec::new(),
        input,
        before: Vec::new(),
        class: InputClass::Unissued,
        tries: (TRIES, TRIES),
        untried: None,
        arm: Arm::Growth,
        after,
        shrunk_in: bench.prober.line.sent() - began,
        hits: 1,
        attempt: None,
    })
}

impl Measured {
    fn is_faster(&self) -> bool {
        self.least > EXPONENT
            && self.grown > self.twin + LEAST / 2
            && self.grown.as_secs_f64() > RATIO * self.twin.as_secs_f64()
    }
}

/// Medians of a size and of half of it, each beside its twin, in turn, so that what else goes on meets all four.
async fn measure(bench: &Bench, grown: Grown) -> Option<Measured> {
    let half = Grown { count: grown.count / 2, ..grown };
    let all = [grown.edits(), grown.twin(), half.edits(), half.twin()];
    let requests = all.map(|edits| written(bench, &edits));
    let [large, large_twin, small, small_twin] =
        sampled(bench, &mut Kept::default(), &requests, SAMPLES).await?;
    // What else a machine does makes times longer and never shorter, so that the short ones tell most.
    let [least, quarter, middle] = [0, SAMPLES / 4, SAMPLES / 2];
    let above = |all: &[Duration], at: usize, twin: &[Duration], twin_at: usize| {
        all[at].saturating_sub(twin[twin_at]).as_secs_f64()
    };
    let exponent = |large: f64, small: f64| (large / small.max(1e-6)).log2();
    Some(Measured {
        exponent: exponent(
            above(&large, quarter, &large_twin, quarter),
            above(&small, quarter, &small_twin, quarter),
        ),
        least: exponent(
            above(&large, least, &large_twin, quarter),
            above(&small, quarter, &small_twin, least),
        ),
        grown: large[middle],
        twin: large_twin[middle],
    })
}

/// How long each of these takes, sorted, sent in turn so many times; none where one is not answered.
async fn sampled<const N: usize>(
    bench: &Bench,
    kept: &mut Kept,
    requests: &[HttpRequest; N],
    times: usize,
) -> Option<[Vec<Duration>; N]> {
    let mut all = [const { Vec::new() }; N];
    for _ in 0..times {
        for (request, taken) in requests.iter().zip(&mut all) {
            let began = Instant::now();
            let exchange = bench.send(kept, request).await;
            if exchange.answer.is_lost() || !exchange.put_off.is_empty() {
                return None;
            }
            taken.push(began.elapsed());
        }
    }
    for taken in &mut all {
        taken.sort_unstable();
    }
    Some(all)
}

/// What the plain request of another client takes alone, and while such a request is answered; none where the server
/// is in this process and answers one after the other.
async fn innocent(bench: &Bench, grown: Grown) -> Option<(Duration, Duration)> {
    if bench.prober.line.server().is_local() || bench.one_by_one {
        return None;
    }
    let (mut alone, mut meanwhile) = (Vec::new(), Vec::new());
    let request = written(bench, &grown.edits());
    let plain = async || {
        let began = Instant::now();
        bench.prober.plain(&unissued()).await;
        began.elapsed()
    };
    for _ in 0..SAMPLES {
        alone.push(plain().await);
        let (_, took) = tokio::join!(bench.prober.line.exchange(&request), plain());
        meanwhile.push(took);
    }
    alone.sort_unstable();
    meanwhile.sort_unstable();
    Some((alone[SAMPLES / 2], meanwhile[SAMPLES / 2]))
}

/// The request, for a call that there never was: it takes no calls, and the whole message has to be read.
fn written(bench: &Bench, edits: &[Edit]) -> HttpRequest {
    let id = unissued();
    Draft::disconnect(edits).write(&bench.prober.ids(&id, &id))
}
