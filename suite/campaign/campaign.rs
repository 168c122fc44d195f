//! What a campaign has left, and who hears of it while it lasts.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::archive::Risk;
use super::probe::Arm;
use super::{CampaignFinding, Shard};
use crate::evidence::ControlEvidence;
use crate::judge::{Finding, Grading};
use crate::protocol::InputClass;
use crate::record::{Cells, Times};

/// Hears of a campaign while it lasts.
pub trait CampaignWatcher {
    /// A line of the journal, with its end.
    fn journal(&self, line: &str);
    /// How far it is.
    fn at(&self, requests: u64, cells: usize, findings: usize);
    /// Whether it is to end.
    fn stopped(&self) -> bool;
}

/// Hears nothing.
pub struct NobodyWatches;

impl CampaignWatcher for NobodyWatches {
    fn journal(&self, _: &str) {}

    fn at(&self, _: u64, _: usize, _: usize) {}

    fn stopped(&self) -> bool {
        false
    }
}

/// What an arm has brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ArmCount {
    /// Inputs that were sent.
    pub inputs: u64,
    /// Inputs that came to something new.
    pub new: u64,
    /// Findings that it has shown first.
    pub findings: u64,
}

/// What a campaign has left.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Name of the target.
    pub target: String,
    /// The seed.
    pub seed: u64,
    /// Which part of a campaign it is, if several share one.
    pub shard: Option<Shard>,
    /// How it was graded.
    pub grading: Grading,
    /// What was exchanged before the first input.
    pub control: ControlEvidence,
    /// What the checks found there.
    pub before: Vec<Finding>,
    /// How many different answers the plain request got on connections of their own, and on a kept one.
    pub noise: (usize, usize),
    /// Whether connections were kept from one request to the next.
    pub kept: bool,
    /// What was found, the gravest first.
    pub findings: Vec<CampaignFinding>,
    /// What each arm has brought.
    pub arms: BTreeMap<Arm, ArmCount>,
    /// Requests in all.
    pub requests: u64,
    /// Requests beside those, by which it was looked at how times grow.
    pub for_growth: u64,
    /// Calls that were placed.
    pub placed: u64,
    /// Different answers to different kinds of edits.
    pub cells: usize,
    /// The same, one by one.
    pub seen: Cells,
    /// Different tuples of outcomes over the witnesses.
    pub tuples: usize,
    /// Pairs of a class and an edit that must not matter.
    pub pairs: usize,
    /// How likely something new is.
    pub risk: Risk,
    /// Classes that were sent.
    pub reached: BTreeSet<InputClass>,
    /// Classes that could be sent and were not.
    pub unreached: BTreeSet<InputClass>,
    /// How often something looked wrong and was none, by reason.
    pub set_aside: BTreeMap<String, u64>,
    /// Why it ended where it was meant to.
    pub ended: String,
    /// Why it ended before that, if it did.
    pub ended_early: Option<String>,
    /// Whether its user ended it.
    pub interrupted: bool,
    /// How long it took.
    pub time: Duration,
    /// When it began, and how long it took.
    pub times: Times,
}
