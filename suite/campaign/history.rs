//! What only shows after other requests: on the same connection, for the same call, or by what the server has kept.

use super::bench::Bench;
use super::finding::{CampaignFinding, afterwards, bucket_id, kinds};
use super::group::Flag;
use super::probe::{Probe, Shown, class_of};
use super::pursue::{Origin, TRIES};
use crate::judge::CheckId;
use crate::protocol::req;

/// Most times that a shorter list of requests is tried.
const SHRINK_TRIES: usize = 24;

/// What is looked for after a group of inputs.
#[derive(Debug, Clone)]
pub(super) enum Sought {
    /// Something wrong with the answer to the last one.
    Last(Shown),
    /// Something that is wrong after all of them.
    Flag(Flag),
}

impl Sought {
    /// What shows this.
    pub(super) fn of(shown: &Shown) -> Self {
        match shown.check {
            CheckId::Effect => Self::Flag(Flag::Ended),
            CheckId::Alive => Self::Flag(Flag::Changed),
            _ => Self::Last(shown.clone()),
        }
    }

    pub(super) fn shown(&self) -> Shown {
        match self {
            Self::Last(shown) => shown.clone(),
            Self::Flag(Flag::Ended) => afterwards(req::NO_EFFECT_OF_REFUSED, CheckId::Effect),
            Self::Flag(_) => afterwards(req::ALIVE_AFTERWARDS, CheckId::Alive),
        }
    }

    fn words(&self) -> (String, String) {
        let of = |expected: &str, observed: &str| (expected.to_owned(), observed.to_owned());
        match self {
            Self::Last(_) => of(
                "the same answer on this connection, after these requests, as by itself",
                "another one, which is wrong",
            ),
            Self::Flag(Flag::Ended) => {
                of("no effect on the call", "the call was ended although every request was refused")
            }
            Self::Flag(Flag::Gone) => of(
                "a server that still answers after it",
                "the server is gone: it no longer takes connections",
            ),
            Self::Flag(Flag::Silent) => {
                of("a server that still answers after it", "the server no longer answers")
            }
            Self::Flag(_) => of(
                "the valid request after it answered as before it",
                "the valid request after it is answered otherwise",
            ),
        }
    }

    /// A finding of this, after these inputs.
    pub(super) fn finding(
        &self,
        probes: &[Probe],
        origin: Origin,
        tries: (u32, u32),
    ) -> Option<CampaignFinding> {
        let (last, before) = probes.split_last()?;
        let shown = self.shown();
        let (expected, observed) = self.words();
        Some(CampaignFinding {
            id: bucket_id(&shown, &kinds(&last.input, before.len())),
            shown,
            expected,
            observed,
            also: Vec::new(),
            input: last.input.clone(),
            before: before.iter().map(|probe| probe.input.clone()).collect(),
            class: class_of(&last.label),
            tries,
            untried: None,
            arm: origin.arm,
            after: origin.after,
            shrunk_in: 0,
            hits: 1,
            attempt: None,
        })
    }
}

/// Whether what is sought shows after a group of inputs once more. A server that is gone afterwards, or silent, has
/// changed as well.
pub(super) async fn shows_again(bench: &Bench, probes: &[Probe], sought: &Sought) -> bool {
    let seen = bench.group(probes, bench.name(), true).await;
    match sought {
        Sought::Flag(Flag::Changed) => seen.flag.is_some_and(|flag| flag != Flag::Ended),
        Sought::Flag(flag) => seen.flag.as_ref() == Some(flag),
        Sought::Last(shown) => {
            let last = seen.seen.last().and_then(Option::as_ref);
            last.is_some_and(|seen| seen.shown.iter().any(|other| other.is_like(shown)))
        }
    }
}

/// Tries a group of inputs again, and makes it as short as it can be. Nothing where it does not come again each time.
pub(super) async fn pursue_group(
    bench: &Bench,
    probes: &[Probe],
    sought: &Sought,
    origin: Origin,
) -> Option<CampaignFinding> {
    for _ in 0..TRIES {
        if !shows_again(bench, probes, sought).await {
            return None;
        }
    }
    let began = bench.prober.line.sent();
    let mut left = probes.to_vec();
    let mut tries = 0;
    // Parts of half the length, then of a quarter, and so on to single ones.
    let mut length = left.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < left.len() && tries < SHRINK_TRIES {
            // What the last one shows is shown by the last one.
            let movable = matches!(sought, Sought::Last(_)) && at + length >= left.len();
            if movable || left.len() <= length {
                break;
            }
            let mut shorter = left.clone();
            shorter.drain(at..(at + length).min(left.len()));
            tries += 1;
            if shows_again(bench, &shorter, sought).await {
                left = shorter;
            } else {
                at += length;
            }
        }
        length /= 2;
    }
    let finding = sought.finding(&left, origin, (TRIES, TRIES))?;
    Some(CampaignFinding { shrunk_in: bench.prober.line.sent() - began, ..finding })
}
