//! A campaign from its first request to its last.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::archive::Risk;
use super::bench::{Bench, Flag, GroupSeen};
use super::history::{Sought, pursue_group};
use super::journal::{Batch, JOURNAL_VERSION, Journal, JournalError, Line as JournalLine};
use super::label::Label;
use super::probe::{Arm, Probe, Seen, Shown, class_of};
use super::pursue::{Found, Origin, Pursued, pursue};
use super::search::Search;
use super::witness::Tuple;
use super::{CampaignFinding, CampaignOptions, DEFAULT_TIME};
use crate::evidence::{ControlEvidence, Subject};
use crate::judge::{CheckId, ControlLevel, Established, Finding, findings_before};
use crate::protocol::InputClass;
use crate::run::clock::Clock;
use crate::run::schedule::{Item, alone, side_by_side};
use crate::run::server::{Calls, Line, Patience, Prober};
use crate::target::Server;

/// Inputs of a group: after each of them the plain request is looked at again.
pub(super) const GROUP: usize = 16;

/// Groups of a batch. What is learnt from a batch decides the next one: a constant, so that what is sent does not
/// depend on the number of lanes.
const GROUPS: usize = 8;

/// Plain requests by which the noise of a server is seen, on each kind of connection.
const CALIBRATION: usize = 30;

/// Of how many requests one may look at something new between plain requests.
const LOOKS_IN: u64 = 4;

/// Batches in a row in which nothing could be sent, before the end.
const MAX_IDLE: usize = 3;

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
    /// Calls that were placed.
    pub placed: u64,
    /// Different answers to different kinds of edits.
    pub cells: usize,
    /// Different tuples of outcomes over the witnesses.
    pub tuples: usize,
    /// Pairs of a class and an edit that must not matter.
    pub pairs: usize,
    /// How likely something new is.
    pub risk: Risk,
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
}

/// Fuzzes a server.
///
/// # Errors
/// A journal to go on with that is not of this campaign.
pub async fn fuzz(
    server: impl Into<Server>,
    options: CampaignOptions,
    resume: Option<&Journal>,
    watcher: &dyn CampaignWatcher,
) -> Result<Campaign, JournalError> {
    let clock = Clock::start();
    let begin = JournalLine::Begin {
        format: JOURNAL_VERSION,
        tool: concat!("umspec ", env!("CARGO_PKG_VERSION")).to_owned(),
        catalogue: crate::catalogue::hash(Subject::Server).to_owned(),
        seed: options.seed,
        shard: options.shard.map(|shard| (shard.number, shard.of)),
    };
    if let Some(journal) = resume {
        journal.fits(&begin)?;
    } else {
        watcher.journal(&begin.text());
    }
    let bench = bench(server.into(), &options).await;
    let mut run = Running::new(bench, options, watcher, clock);
    let early = run.calibrate().await;
    if let Some(why) = early {
        return Ok(run.finish(Ended { early: Some(why), ..Ended::default() }));
    }
    for batch in resume.iter().flat_map(|journal| &journal.batches) {
        run.replay(batch)?;
    }
    let ended = run.go().await;
    Ok(run.finish(ended))
}

/// The server under test, with what is known of it before the first input.
pub(super) async fn bench(server: Server, options: &CampaignOptions) -> Bench {
    let patience = Patience { request: options.max_wait, run: options.max_wait_run };
    let mut line = Line::new(server, patience);
    if let Some(rate) = options.rate.filter(|rate| *rate > 0) {
        line = line.paced(Duration::from_secs(1) / rate);
    }
    let mut calls = Calls::new(options.calls.clone(), options.timeout, options.heard_by.clone());
    if let Some(most) = options.max_calls {
        calls = calls.at_most(most);
    }
    let prober = Prober { line, calls, canary: None, settle: options.settle };
    Bench::establish(prober, &options.calls, options.grading, options.credentials).await
}

/// Why a campaign ended.
#[derive(Default)]
struct Ended {
    words: String,
    early: Option<String>,
    interrupted: bool,
}

struct Running<'a> {
    bench: Option<Bench>,
    options: CampaignOptions,
    watcher: &'a dyn CampaignWatcher,
    clock: Clock,
    search: Search,
    tuple: Option<Tuple>,
    found: Found,
    arms: BTreeMap<Arm, ArmCount>,
    /// Classes with the answers that were looked at between plain requests.
    looked_at: BTreeSet<(InputClass, String)>,
    reachable: BTreeSet<InputClass>,
    noise: (usize, usize),
    /// Requests of the campaign that this one goes on with.
    earlier: u64,
    /// Requests by which something that is new was looked at between plain requests.
    looks: u64,
    batches: u64,
    control: ControlEvidence,
    before: Vec<Finding>,
}

impl<'a> Running<'a> {
    fn new(bench: Bench, options: CampaignOptions, watcher: &'a dyn CampaignWatcher, clock: Clock) -> Self {
        let control = ControlEvidence::Server(bench.evidence.clone());
        let established = Established::of(&control);
        let before = findings_before(&control, &established, options.grading);
        let mut found = Found::default();
        found.before =
            before.iter().map(|finding| (finding.check, finding.requirement.to_string())).collect();
        let search = Search::new(options.seed, options.shard, options.blind);
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
            control,
            before,
        }
    }

    fn bench(&self) -> &Bench {
        // It is away only while it is established again.
        self.bench.as_ref().unwrap_or_else(|| unreachable!("the server under test is there"))
    }

    fn requests(&self) -> u64 {
        self.earlier + self.bench.as_ref().map_or(0, |bench| bench.prober.line.sent())
    }

    /// Learns how the plain request is answered; why nothing can be done, if nothing can.
    async fn calibrate(&mut self) -> Option<String> {
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
        let by_time = self.time().map_or(0, |most| of(self.clock.elapsed().as_millis(), most.as_millis()));
        by_requests.max(by_time)
    }

    fn time(&self) -> Option<Duration> {
        self.options.time.or_else(|| self.options.requests.is_none().then_some(DEFAULT_TIME))
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
        if self.time().is_some_and(|most| self.clock.elapsed() >= most) {
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

    async fn go(&mut self) -> Ended {
        let mut idle = 0;
        loop {
            if let Some(ended) = self.is_over() {
                return ended;
            }
            let progress = self.progress();
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
        let work = async |(): &mut (), item: Item| {
            Some(bench.group(groups[item.index], format!("fuzz/{number}/{}", item.index)).await)
        };
        let (done, _) = side_by_side(&alone(0..groups.len()), vec![(); jobs], work).await;
        done.into_values().collect()
    }

    /// Takes what came of a batch, in order; why the campaign has to end, if it has to.
    async fn take(&mut self, probes: &[Probe], groups: Vec<GroupSeen>) -> Option<String> {
        let mut flags = Vec::new();
        let mut all = Vec::with_capacity(probes.len());
        for (at, group) in groups.into_iter().enumerate() {
            flags.extend(group.flag.map(|flag| (at, flag)));
            all.extend(group.seen);
        }
        let mut suspects = Vec::new();
        for (at, (probe, seen)) in probes.iter().zip(&mut all).enumerate() {
            self.witness(probe, seen.as_mut());
            let (arm, input) = (probe.arm, probe.input.clone());
            self.watcher.journal(&JournalLine::Sent { arm, input, seen: seen.clone() }.text());
            let Some(seen) = seen else { continue };
            self.learn(probe, seen);
            let look = self.looked_at.insert((class_of(&probe.label), seen.signature.clone()));
            let open: Vec<Shown> = seen.shown.clone();
            if look || !open.is_empty() {
                suspects.push((at, look, open));
            }
        }
        for (at, look, open) in suspects {
            let group = at / GROUP * GROUP;
            self.suspect(&probes[group..=at], look, open).await;
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

    fn origin(&self, probe: &Probe) -> Origin {
        Origin { arm: probe.arm, after: self.requests() }
    }

    /// Pursues what the last of these inputs has shown; the others went before it. With `look` it is sent between
    /// plain requests first, which shows what its answer alone does not.
    async fn suspect(&mut self, probes: &[Probe], look: bool, open: Vec<Shown>) {
        let Some(probe) = probes.last() else { return };
        let mut open = open;
        // What is new is everything at first.
        let affordable = self.looks * LOOKS_IN <= self.requests();
        if look && affordable && probe.label.case().edits().is_some() {
            let before = self.requests();
            let bench = self.bench();
            let attempt = bench.full(&probe.label, &bench.name()).await;
            for shown in Shown::all(&bench.judge(&probe.label, attempt)) {
                if !open.contains(&shown) {
                    open.push(shown);
                }
            }
            self.looks += self.requests() - before;
        }
        for shown in open {
            if self.found.explains(&shown, &probe.input) {
                continue;
            }
            let origin = self.origin(probe);
            let Some(bench) = &self.bench else { return };
            match pursue(bench, &mut self.found, probe, &shown, origin).await {
                Pursued::Finding(finding) => self.record(*finding),
                Pursued::None(why) => self.put_aside(why),
                Pursued::NotAlone => {
                    let sought = Sought::Last(shown);
                    match pursue_group(bench, probes, &sought, origin).await {
                        Some(finding) => self.record(finding),
                        None => self.put_aside("it did not come again"),
                    }
                }
            }
        }
    }

    /// Finds out what of a group is behind what was wrong after it; why the campaign has to end, if it has to.
    async fn flagged(&mut self, probes: &[Probe], flag: Flag) -> Option<String> {
        let last = probes.last()?;
        let origin = self.origin(last);
        let sought = Sought::Flag(flag.clone());
        match &flag {
            Flag::Unauthorized => {
                return Some("the server refuses the credentials that it took before (401)".to_owned());
            }
            Flag::Gone | Flag::Silent => {
                let finding = sought.finding(probes, origin, (1, 1))?;
                let (_, observed) = (&finding.expected, finding.observed.clone());
                let untried = Some("the server has to be started again for that".to_owned());
                self.record(CampaignFinding { untried, ..finding });
                return Some(observed);
            }
            Flag::Changed if self.bench().has_changed().await && self.bench().has_changed().await => {
                let finding = sought.finding(probes, origin, (1, 1))?;
                let untried = Some("the server has changed for good".to_owned());
                self.record(CampaignFinding { untried, ..finding });
                return self.establish_again().await;
            }
            Flag::Changed | Flag::Ended => {}
        }
        let mut shown_alone = false;
        for probe in probes {
            let bench = self.bench();
            let attempt = bench.full(&probe.label, &bench.name()).await;
            let wanted = |shown: &Shown| match flag {
                Flag::Ended => shown.check == CheckId::Effect,
                _ => matches!(shown.check, CheckId::Alive | CheckId::Effect),
            };
            let shown: Vec<Shown> =
                Shown::all(&bench.judge(&probe.label, attempt)).into_iter().filter(wanted).collect();
            if !shown.is_empty() {
                shown_alone = true;
                self.suspect(std::slice::from_ref(probe), false, shown).await;
            }
        }
        if !shown_alone {
            let bench = self.bench();
            match pursue_group(bench, probes, &sought, origin).await {
                Some(finding) => self.record(finding),
                None => self.put_aside("it did not come again"),
            }
        }
        None
    }

    /// A server that has changed for good is judged by what it is now.
    async fn establish_again(&mut self) -> Option<String> {
        let bench = self.bench.take()?;
        let again = bench.again(&self.options.calls).await;
        let level = again.control.level;
        let problem = again.control.fatal.clone().or_else(|| again.control.problem.clone());
        self.bench = Some(again);
        (level == ControlLevel::Uncontrolled)
            .then(|| problem.unwrap_or_else(|| "the server no longer tells valid from malformed".to_owned()))
    }

    fn record(&mut self, finding: CampaignFinding) {
        let arm = finding.arm;
        if self.found.take(finding.clone()) {
            self.arms.entry(arm).or_default().findings += 1;
            self.watcher.journal(&JournalLine::Found(Box::new(finding)).text());
        }
    }

    fn put_aside(&mut self, why: &str) {
        self.found.put_aside(why);
        self.watcher.journal(&JournalLine::SetAside { why: why.to_owned() }.text());
    }

    /// Goes through a batch of the journal without sending anything.
    fn replay(&mut self, batch: &Batch) -> Result<(), JournalError> {
        let probes = self.next(batch.progress);
        let same = probes.len() == batch.sent.len()
            && probes.iter().zip(&batch.sent).all(|(probe, (input, _))| probe.input == *input);
        if !same {
            return Err(JournalError::Other("server, or of other options"));
        }
        for (probe, (_, seen)) in probes.iter().zip(&batch.sent) {
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
        let sent = self.bench().prober.line.sent();
        self.earlier = batch.requests.saturating_sub(sent);
        self.looks = batch.looks;
        Ok(())
    }

    fn finish(mut self, ended: Ended) -> Campaign {
        let sent = &self.search.classes;
        let unreached = self.reachable.difference(sent).copied().collect();
        let mut findings = std::mem::take(&mut self.found.findings);
        findings.sort_by(|a, b| b.verdict().cmp(&a.verdict()).then_with(|| a.after.cmp(&b.after)));
        Campaign {
            target: self.options.target.clone(),
            seed: self.options.seed,
            noise: self.noise,
            kept: self.bench.as_ref().is_some_and(|bench| !bench.one_by_one),
            arms: self.arms.clone(),
            requests: self.requests(),
            placed: self.bench.as_ref().map_or(0, |bench| bench.prober.calls.placed()),
            cells: self.search.archive.cells(),
            tuples: self.search.archive.tuples(),
            pairs: self.search.pairs(),
            risk: self.search.archive.risk(),
            unreached,
            set_aside: std::mem::take(&mut self.found.set_aside),
            findings,
            control: self.control,
            before: self.before,
            ended: ended.words,
            ended_early: ended.early,
            interrupted: ended.interrupted,
            time: self.clock.elapsed(),
        }
    }
}
