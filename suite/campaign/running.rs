//! A campaign while it lasts: batches of inputs until it is over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::CampaignOptions;
use super::bench::{Bench, GROUP};
use super::campaign::{ArmCount, Campaign, CampaignWatcher};
use super::group::{Flag, GroupSeen};
use super::journal::{Batch, JournalError, Line as JournalLine, Reached};
use super::label::Label;
use super::probe::{Arm, Probe, Seen, Shown, class_of};
use super::pursue::Found;
use super::search::Search;
use super::witness::Tuple;
use crate::evidence::ControlEvidence;
use crate::judge::{ControlLevel, Established, Finding, findings_before};
use crate::protocol::InputClass;
use crate::run::clock::Clock;
use crate::run::schedule::{Item, alone, side_by_side};
use crate::target::Started;

/// Groups of a batch. What is learnt from a batch decides the next one: a constant, so that what is sent does not
/// depend on the number of lanes.
const GROUPS: usize = 8;

/// Plain requests by which the noise of a server is seen, on each kind of connection.
const CALIBRATION: usize = 30;

/// How much of a campaign is over, in thousandths, when it is looked at how times grow.
const GROWTH_AT: u32 = 500;

/// Batches in a row in which nothing could be sent, before the end.
const MAX_IDLE: usize = 3;

/// Why a campaign ended.
#[derive(Default)]
pub(super) struct Ended {
    pub(super) words: String,
    pub(super) early: Option<String>,
    pub(super) interrupted: bool,
}

/// A campaign while it lasts.
pub(super) struct Running<'a> {
    pub(super) bench: Option<Bench>,
    pub(super) options: CampaignOptions,
    pub(super) watcher: &'a dyn CampaignWatcher,
    pub(super) clock: Clock,
    pub(super) search: Search,
    pub(super) tuple: Option<Tuple>,
    pub(super) found: Found,
    pub(super) arms: BTreeMap<Arm, ArmCount>,
    /// Classes with the answers that were looked at between plain requests.
    pub(super) looked_at: BTreeSet<(InputClass, String)>,
    pub(super) reachable: BTreeSet<InputClass>,
    pub(super) noise: (usize, usize),
    /// Requests of the campaign that this one goes on with.
    pub(super) earlier: u64,
    /// Requests by which something that is new was looked at between plain requests.
    pub(super) looks: u64,
    pub(super) batches: u64,
    /// Requests by which it was looked at how times grow; none before that. They are no part of the budget, because
    /// how many there are depends on times.
    pub(super) growth: Option<u64>,
    /// Whether the server was seen to be gone: what comes after that is nobody's doing.
    pub(super) is_gone: bool,
    /// Why the campaign has to end, where that was seen on the way.
    pub(super) over: Option<String>,
    /// How often the server was started again, and what the last restart has started.
    pub(super) restarts: usize,
    pub(super) started: Mutex<Option<Started>>,
    pub(super) control: ControlEvidence,
    pub(super) before: Vec<Finding>,
}

impl<'a> Running<'a> {
    pub(super) fn new(
        bench: Bench,
        options: CampaignOptions,
        watcher: &'a dyn CampaignWatcher,
        clock: Clock,
    ) -> Self {
        let control = ControlEvidence::Server(bench.evidence.clone());
        let established = Established::of(&control);
        let before = findings_before(&control, &established, options.grading);
        let mut found = Found::default();
        found.before =
            before.iter().map(|finding| (finding.check, finding.requirement.to_string())).collect();
        let search = Search::new(options.seed, options.shard, options.blind, options.max_calls.is_none());
        let tuple = options.witnesses.then(Tuple::new);
        let reachable = search.reachable(&|label| !bench.cannot(label.case()));
        Self {
            bench: Some(bench),
            options,
            watcher,
            clock,
            search,
            tuple,
            found,
            arms: BTreeMap::new(),
            looked_at: BTreeSet::new(),
            reachable,
            noise: (0, 0),
            earlier: 0,
            looks: 0,
            batches: 0,
            growth: None,
            is_gone: false,
            over: None,
            restarts: 0,
            started: Mutex::new(None),
            control,
            before,
        }
    }

    pub(super) fn bench(&self) -> &Bench {
        // It is away only while it is established again.
        self.bench.as_ref().unwrap_or_else(|| unreachable!("the server under test is there"))
    }

    pub(super) fn requests(&self) -> u64 {
        let sent = self.bench.as_ref().map_or(0, |bench| bench.prober.line.sent());
        (self.earlier + sent).saturating_sub(self.growth.unwrap_or(0))
    }

    /// Learns how the plain request is answered; why nothing can be done, if nothing can.
    pub(super) async fn calibrate(&mut self) -> Option<String> {
        let control = &self.bench().control;
        if let Some(fatal) = &control.fatal {
            return Some(fatal.clone());
        }
        if control.level == ControlLevel::Uncontrolled {
            let why = control.problem.clone();
            return Some(
                why.unwrap_or_else(|| "the server was not seen to tell valid from malformed".to_owned()),
            );
        }
        if let Some(bench) = &mut self.bench {
            let (fresh, kept) = bench.calibrate(CALIBRATION).await;
            let different = |all: Vec<String>| all.into_iter().collect::<BTreeSet<_>>().len();
            self.noise = (different(fresh), different(kept));
        }
        None
    }

    /// How much is over, in thousandths.
    fn progress(&self) -> u32 {
        let of =
            |part: u128, whole: u128| u32::try_from((part * 1000 / whole.max(1)).min(1000)).unwrap_or(1000);
        let by_requests =
            self.options.requests.map_or(0, |most| of(u128::from(self.requests()), u128::from(most)));
        let by_time =
            self.options.lasts().map_or(0, |most| of(self.clock.elapsed().as_millis(), most.as_millis()));
        by_requests.max(by_time)
    }

    /// Why it is time to end, if it is.
    fn is_over(&self) -> Option<Ended> {
        let words = |words: String| Some(Ended { words, ..Ended::default() });
        if self.watcher.stopped() {
            return Some(Ended { interrupted: true, ..Ended::default() });
        }
        if self.options.requests.is_some_and(|most| self.requests() >= most) {
            return words("its requests were sent (--requests)".to_owned());
        }
        if self.options.lasts().is_some_and(|most| self.clock.elapsed() >= most) {
            return words("its time was over (--time)".to_owned());
        }
        if self.bench().prober.calls.is_used_up() {
            return words("its calls were placed (--max-calls)".to_owned());
        }
        let risk = self.search.archive.risk();
        // Before a few batches the estimate is none.
        let enough = risk.inputs >= (GROUP * GROUPS * 8) as u64;
        if enough && self.options.risk.is_some_and(|most| risk.estimate() <= most) {
            return words("the risk was low enough (--risk)".to_owned());
        }
        None
    }

    fn next(&mut self, progress: u32) -> Vec<Probe> {
        let Some(bench) = &self.bench else { return Vec::new() };
        self.search.next(GROUP * GROUPS, progress, &|label: &Label| !bench.cannot(label.case()))
    }

    pub(super) async fn go(&mut self) -> Ended {
        let mut idle = 0;
        loop {
            if let Some(ended) = self.is_over() {
                return ended;
            }
            let progress = self.progress();
            if progress >= GROWTH_AT && self.growth.is_none() {
                self.look_at_growth().await;
            }
            let probes = self.next(progress);
            if probes.is_empty() {
                return Ended { words: "there was nothing more to send".to_owned(), ..Ended::default() };
            }
            let (number, requests) = (self.batches, self.requests());
            self.batches += 1;
            self.watcher.journal(&JournalLine::Batch { number, progress, requests }.text());
            let groups = self.send(&probes, number).await;
            if groups.iter().all(|group| group.seen.iter().all(Option::is_none)) {
                idle += 1;
                if idle == MAX_IDLE {
                    let why = "no input could be sent: no calls could be placed, or the server puts all off";
                    return Ended { early: Some(why.to_owned()), ..Ended::default() };
                }
            } else {
                idle = 0;
            }
            if let Some(why) = self.take(&probes, groups).await {
                return Ended { early: Some(why), ..Ended::default() };
            }
            let (requests, looks) = (self.requests(), self.looks);
            self.watcher.journal(&JournalLine::Done { number, requests, looks }.text());
            self.watcher.at(self.requests(), self.search.archive.cells(), self.found.findings.len());
        }
    }

    /// Sends a batch, its groups side by side.
    async fn send(&self, probes: &[Probe], number: u64) -> Vec<GroupSeen> {
        let groups: Vec<&[Probe]> = probes.chunks(GROUP).collect();
        let bench = self.bench();
        let one = |level| matches!(level, ControlLevel::Given);
        // A given id is one for all.
        let jobs = if one(bench.control.level) { 1 } else { self.options.jobs.clamp(1, GROUPS) };
        let groups = &groups;
        let (renewable, dead) = (self.options.restart.is_some(), AtomicBool::new(false));
        let work = async |(): &mut (), item: Item| {
            if dead.load(Ordering::SeqCst) {
                // It is sent when the server was started again.
                return None;
            }
            let name = format!("fuzz/{number}/{}", item.index);
            let seen = bench.group(groups[item.index], name, renewable).await;
            dead.fetch_or(seen.died, Ordering::SeqCst);
            Some(seen)
        };
        let (mut done, _) = side_by_side(&alone(0..groups.len()), vec![(); jobs], work).await;
        (0..groups.len()).map(|at| done.remove(&at).unwrap_or_default()).collect()
    }

    /// Takes what came of a batch, in order; why the campaign has to end, if it has to.
    async fn take(&mut self, probes: &[Probe], groups: Vec<GroupSeen>) -> Option<String> {
        let (mut flags, mut deaths) = (Vec::new(), Vec::new());
        let mut all = Vec::with_capacity(probes.len());
        let died = groups.iter().any(|group| group.died);
        for (at, (group, sent)) in groups.into_iter().zip(probes.chunks(GROUP)).enumerate() {
            let reached = group.seen.len();
            if group.died {
                deaths.push((&sent[..reached], group.flag.clone()));
            }
            flags.extend(group.flag.filter(|_| !group.died).map(|flag| (at, flag)));
            all.extend(group.seen.into_iter().map(|seen| (seen, false)));
            // Behind a death nothing was sent.
            all.extend(sent.iter().skip(reached).map(|_| (None, died)));
        }
        let mut suspects = Vec::new();
        for (at, (probe, (seen, again))) in probes.iter().zip(&mut all).enumerate() {
            self.witness(probe, seen.as_mut());
            let (arm, input, again) = (probe.arm, probe.input.clone(), *again);
            self.watcher.journal(&JournalLine::Sent { arm, input, seen: seen.clone(), again }.text());
            if again {
                self.search.send_again(probe.clone());
            }
            let Some(seen) = seen else { continue };
            self.learn(probe, seen);
            let look = self.looked_at.insert((class_of(&probe.label), seen.signature.clone()));
            let open: Vec<Shown> = seen.shown.clone();
            // What came of the last one before a death is that death.
            let is_dead =
                deaths.iter().any(|(sent, _)| sent.last().is_some_and(|last| last.input == probe.input));
            if !is_dead && (look || !open.is_empty()) {
                suspects.push((at, look, open));
            }
        }
        if let Some((_, flag)) = deaths.first() {
            let flag = flag.clone().unwrap_or(Flag::Gone);
            let suspects: Vec<&[Probe]> = deaths.iter().map(|(sent, _)| *sent).collect();
            if let Some(why) = Box::pin(self.bury(&suspects, &flag)).await {
                return Some(why);
            }
        }
        for (at, look, open) in suspects {
            let group = at / GROUP * GROUP;
            self.suspect(&probes[group..=at], look, open).await;
            if let Some(why) = self.over.take() {
                return Some(why);
            }
        }
        for (at, flag) in flags {
            let group = &probes[at * GROUP..((at + 1) * GROUP).min(probes.len())];
            if let Some(why) = self.flagged(group, flag).await {
                return Some(why);
            }
        }
        None
    }

    /// Asks the witnesses.
    fn witness(&mut self, probe: &Probe, seen: Option<&mut Seen>) {
        let (Some(tuple), Some(seen)) = (&mut self.tuple, seen) else { return };
        if let Some(edits) = probe.label.case().edits() {
            seen.witnesses = tuple.outcomes(|ids| crate::message::Draft::disconnect(edits).write(ids));
        }
    }

    fn learn(&mut self, probe: &Probe, seen: &Seen) {
        let new = self.search.learn(probe, seen);
        let arm = self.arms.entry(probe.arm).or_default();
        arm.inputs += 1;
        arm.new += u64::from(new);
    }

    /// Goes through a batch of the journal without sending anything.
    pub(super) fn replay(&mut self, batch: &Batch) -> Result<(), JournalError> {
        let probes = self.next(batch.progress);
        let same = probes.len() == batch.sent.len()
            && probes.iter().zip(&batch.sent).all(|(probe, sent)| probe.input == sent.input);
        if !same {
            return Err(JournalError::Other("server, or of other options"));
        }
        for (probe, Reached { seen, again, .. }) in probes.iter().zip(&batch.sent) {
            if *again {
                self.search.send_again(probe.clone());
            }
            let Some(seen) = seen else { continue };
            self.learn(probe, seen);
            self.looked_at.insert((class_of(&probe.label), seen.signature.clone()));
            for shown in &seen.shown {
                self.found.explains(shown, &probe.input);
            }
        }
        for finding in &batch.found {
            self.arms.entry(finding.arm).or_default().findings += 1;
            self.found.take(finding.clone());
        }
        if batch.set_aside > 0 {
            *self.found.set_aside.entry("before the campaign was interrupted".to_owned()).or_default() +=
                batch.set_aside;
        }
        self.batches += 1;
        if batch.progress >= GROWTH_AT {
            self.growth = Some(0);
        }
        let sent = self.bench().prober.line.sent();
        self.earlier = batch.requests.saturating_sub(sent);
        self.looks = batch.looks;
        Ok(())
    }

    pub(super) fn finish(mut self, ended: Ended) -> Campaign {
        let sent = &self.search.classes;
        let unreached = self.reachable.difference(sent).copied().collect();
        let mut findings = std::mem::take(&mut self.found.findings);
        findings.sort_by(|a, b| b.verdict().cmp(&a.verdict()).then_with(|| a.after.cmp(&b.after)));
        Campaign {
            target: self.options.target.clone(),
            seed: self.options.seed,
            shard: self.options.shard,
            grading: self.options.grading,
            noise: self.noise,
            kept: self.bench.as_ref().is_some_and(|bench| bench.keeps && !bench.one_by_one),
            arms: self.arms.clone(),
            requests: self.requests(),
            for_growth: self.growth.unwrap_or(0),
            placed: self.bench.as_ref().map_or(0, |bench| bench.prober.calls.placed()),
            cells: self.search.archive.cells(),
            seen: self.search.archive.seen(),
            tuples: self.search.archive.tuples(),
            pairs: self.search.pairs(),
            risk: self.search.archive.risk(),
            reached: self.search.classes.clone(),
            unreached,
            set_aside: std::mem::take(&mut self.found.set_aside),
            findings,
            control: self.control,
            before: self.before,
            ended: ended.words,
            ended_early: ended.early,
            interrupted: ended.interrupted,
            time: self.clock.elapsed(),
            times: self.clock.times(),
        }
    }
}
