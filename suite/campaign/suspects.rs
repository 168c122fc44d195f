//! What looks wrong, on its way to a finding or aside.

use super::CampaignFinding;
use super::death::gone;
use super::finding::{bucket_id, kinds};
use super::group::Flag;
use super::growth;
use super::history::{Sought, pursue_group};
use super::journal::Line as JournalLine;
use super::label::Label;
use super::probe::{Probe, Shown};
use super::pursue::{Origin, Pursued, pursue};
use super::running::Running;
use super::scripts::repeating;
use crate::judge::{CheckId, ControlLevel};

/// Of how many requests one may look at something new between plain requests.
const LOOKS_IN: u64 = 4;

/// Requests of the shortest campaign in which that is looked at: it takes some hundreds.
const GROWTH_FROM: u64 = 2_000;

impl Running<'_> {
    fn origin(&self, probe: &Probe) -> Origin {
        Origin { arm: probe.arm, after: self.requests() }
    }

    /// Pursues what the last of these inputs has shown; the others went before it. With `look` it is sent between
    /// plain requests first, which shows what its answer alone does not.
    pub(super) async fn suspect(&mut self, probes: &[Probe], look: bool, open: Vec<Shown>) {
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
        let is_lost = |shown: &Shown| {
            shown.check == CheckId::Alive || matches!(&*shown.came, "closed" | "lost" | "silent")
        };
        if self.is_gone || (open.iter().any(is_lost) && self.blame(probe).await) {
            return;
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
                    let sought = Sought::Last(shown.clone());
                    match pursue_group(bench, probes, &sought, origin).await {
                        Some(finding) => self.record(finding),
                        None => self.now_and_then(probe, &shown, origin).await,
                    }
                }
            }
        }
    }

    /// Whether the server is gone, or silent, for which the first input that got no answer is to blame. There are no
    /// other tries at a dead port.
    async fn blame(&mut self, probe: &Probe) -> bool {
        let Some(flag) = self.bench().gone().await else { return false };
        if self.options.restart.is_some() {
            let over = Box::pin(self.bury(&[std::slice::from_ref(probe)], &flag)).await;
            self.is_gone = over.is_some();
            self.over = over;
            return true;
        }
        self.is_gone = true;
        let finding = Sought::Flag(flag).finding(std::slice::from_ref(probe), self.origin(probe), (1, 1));
        let untried = Some("the server has to be started again for more".to_owned());
        if let Some(finding) = finding {
            let shown = gone(probe);
            let id = bucket_id(&shown, &kinds(&probe.input, 0));
            self.record(CampaignFinding { id, shown, untried, ..finding });
        }
        true
    }

    /// Tries the same again and again: what shows every so often shows once in so many.
    async fn now_and_then(&mut self, probe: &Probe, shown: &Shown, origin: Origin) {
        let repeated = repeating(&probe.input, self.options.max_calls.is_none()).and_then(|input| {
            let label = Label::of(&input, "")?;
            Some(Probe { arm: probe.arm, input, label })
        });
        let (Some(repeated), Some(bench)) = (repeated, &self.bench) else {
            return self.put_aside("it did not come again");
        };
        let attempt = bench.full(&repeated.label, &bench.name()).await;
        let all = Shown::all(&bench.judge(&repeated.label, attempt));
        let same = all.iter().find(|other| other.came == shown.came);
        let Some(same) = same.filter(|same| !self.found.explains(same, &repeated.input)) else {
            return self.put_aside("it did not come again");
        };
        match pursue(bench, &mut self.found, &repeated, same, origin).await {
            Pursued::Finding(finding) => self.record(*finding),
            Pursued::None(why) => self.put_aside(why),
            Pursued::NotAlone => self.put_aside("it did not come again"),
        }
    }

    /// Finds out what of a group is behind what was wrong after it; why the campaign has to end, if it has to.
    pub(super) async fn flagged(&mut self, probes: &[Probe], flag: Flag) -> Option<String> {
        let last = probes.last()?;
        let origin = self.origin(last);
        let sought = Sought::Flag(flag.clone());
        match &flag {
            Flag::Unauthorized => {
                return Some("the server refuses the credentials that it took before (401)".to_owned());
            }
            Flag::Gone | Flag::Silent if self.is_gone => {
                return Some("the server is gone, or no longer answers".to_owned());
            }
            Flag::Gone | Flag::Silent if self.options.restart.is_some() => {
                return Box::pin(self.bury(&[probes], &flag)).await;
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

    pub(super) fn record(&mut self, finding: CampaignFinding) {
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

    /// Looks at how times grow, once in a campaign that is long enough for it.
    pub(super) async fn look_at_growth(&mut self) {
        let is_short = self.options.requests.is_some_and(|most| most < GROWTH_FROM);
        if is_short || self.options.blind {
            self.growth = Some(0);
            return;
        }
        let after = self.requests();
        let bench = self.bench();
        let before = bench.prober.line.sent();
        let found = Box::pin(growth::look(bench, after)).await;
        self.growth = Some(self.bench().prober.line.sent() - before);
        for finding in found {
            self.arms.entry(finding.arm).or_default().inputs += 1;
            self.record(finding);
        }
    }
}
