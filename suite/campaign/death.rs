//! A server that died: it is started again, and the input that it died of is found.

use super::CampaignFinding;
use super::finding::{bucket_id, kinds};
use super::group::Flag;
use super::history::{Sought, shows_again};
use super::label::Label;
use super::probe::{Probe, Shown, class_of};
use super::pursue::{Origin, TRIES};
use super::running::Running;
use crate::judge::Verdict;
use crate::run::server::{end_started, restart};

/// Most restarts by which the input of one death is made smaller: each takes the time that the server takes to begin.
const SHRINK_RESTARTS: usize = 8;

/// What became of a suspicion.
enum Tried {
    /// The server died again, so many times of [`TRIES`], the first one counted.
    Dies(u32),
    /// It did not.
    Lives,
    /// It cannot be tried further, for this reason.
    Over(String),
}

impl Running<'_> {
    /// Starts a server again that died after the last input of one of these groups, finds out of which, and why the
    /// campaign has to end, if it has to. Each suspect is tried alone first, then after what went before it on its
    /// connection.
    pub(super) async fn bury(&mut self, suspects: &[&[Probe]], flag: &Flag) -> Option<String> {
        let mut whole = Vec::new();
        if let Err(why) = self.start_again(flag).await {
            let group = suspects.first()?;
            self.record_death(group, flag, (1, 1), Some(why.clone()));
            return Some(why);
        }
        for group in suspects {
            // The last one may have met a server that was dying of the one before it.
            for probe in group.iter().rev().take(2) {
                if self.found.explains(&gone(probe), &probe.input) {
                    return None;
                }
                let alone = std::slice::from_ref(probe);
                match self.tried(alone, flag).await {
                    Tried::Dies(times) => {
                        let smaller = self.shrunk(probe, flag).await;
                        self.record_death(std::slice::from_ref(&smaller), flag, (times, TRIES), None);
                        return None;
                    }
                    Tried::Over(why) => {
                        self.record_death(alone, flag, (1, 1), Some(why.clone()));
                        return Some(why);
                    }
                    Tried::Lives => {}
                }
            }
            whole.push(*group);
        }
        for group in whole.iter().filter(|group| group.len() > 1) {
            match self.tried(group, flag).await {
                Tried::Dies(times) => {
                    self.record_death(group, flag, (times, TRIES), None);
                    return None;
                }
                Tried::Over(why) => {
                    self.record_death(group, flag, (1, 1), Some(why.clone()));
                    return Some(why);
                }
                Tried::Lives => {}
            }
        }
        // It died, and of what is not known: the first suspect is named, and not blamed.
        let last = suspects.first()?.last()?;
        self.record_death(std::slice::from_ref(last), flag, (1, TRIES), None);
        None
    }

    /// Sends inputs again, each time to a server that was started for it, until it lives once.
    async fn tried(&mut self, probes: &[Probe], flag: &Flag) -> Tried {
        for times in 1..TRIES {
            if !self.dies_of(probes).await {
                return if times == 1 { Tried::Lives } else { Tried::Dies(times) };
            }
            if let Err(why) = self.start_again(flag).await {
                return if times + 1 == TRIES { Tried::Dies(TRIES) } else { Tried::Over(why) };
            }
        }
        Tried::Dies(TRIES)
    }

    async fn dies_of(&self, probes: &[Probe]) -> bool {
        let bench = self.bench();
        if let [probe] = probes {
            bench.full(&probe.label, &bench.name()).await;
            return bench.gone().await.is_some();
        }
        shows_again(bench, probes, &Sought::Flag(Flag::Changed)).await && bench.gone().await.is_some()
    }

    /// The smallest input that it still dies of, as far as a few restarts tell.
    async fn shrunk(&mut self, probe: &Probe, flag: &Flag) -> Probe {
        let mut best = probe.clone();
        let mut left = SHRINK_RESTARTS;
        'smaller: loop {
            for smaller in best.input.smaller() {
                let label = Label::of(&smaller, "").filter(|label| !self.bench().cannot(label.case()));
                let Some(label) = label else { continue };
                let smaller = Probe { arm: best.arm, input: smaller, label };
                if left == 0 {
                    break 'smaller;
                }
                left -= 1;
                if self.dies_of(std::slice::from_ref(&smaller)).await {
                    best = smaller;
                    if self.start_again(flag).await.is_err() {
                        break 'smaller;
                    }
                    continue 'smaller;
                }
            }
            break;
        }
        best
    }

    fn record_death(&mut self, probes: &[Probe], flag: &Flag, tries: (u32, u32), untried: Option<String>) {
        let Some(probe) = probes.last() else { return };
        let origin = Origin { arm: probe.arm, after: self.requests() };
        let Some(finding) = Sought::Flag(flag.clone()).finding(probes, origin, tries) else { return };
        let mut shown = gone(probe);
        let mut observed = finding.observed.clone();
        if tries == (1, TRIES) {
            // That it died is certain, and of what is not.
            shown.verdict = Verdict::Warn;
            observed = format!("flaky: {observed}, and it lived when the same was sent again");
        }
        let id = bucket_id(&shown, &kinds(&probe.input, finding.before.len()));
        self.record(CampaignFinding { id, shown, observed, untried, ..finding });
    }

    /// Starts the server again.
    ///
    /// # Errors
    /// In words: why it is not there.
    async fn start_again(&mut self, flag: &Flag) -> Result<(), String> {
        let words = if *flag == Flag::Silent { "no longer answers" } else { "no longer takes connections" };
        let Some(command) = &self.options.restart else {
            return Err(format!("the server {words}; give --restart-cmd to start it again and go on"));
        };
        if self.restarts >= self.options.max_restarts {
            let why = "it was started again too often (see --max-restarts)";
            return Err(format!("the server {words}; {why}"));
        }
        self.restarts += 1;
        let Some(bench) = &self.bench else { return Err("there is no server".to_owned()) };
        let wait = self.options.restart_wait;
        let restarted = restart(&bench.prober, command, wait, &self.started).await;
        restarted.map_err(|why| format!("the server {words}, and {why}"))
    }

    /// Ends what a restart under way has started, where the campaign is over before the server is there.
    pub(super) fn end_restart(&self) {
        end_started(&self.started);
    }
}

/// That the server was gone after an input. Of each class it is another fault, as far as can be told.
pub(super) fn gone(probe: &Probe) -> Shown {
    Shown { came: class_of(&probe.label).word().to_owned(), ..Sought::Flag(Flag::Gone).shown() }
}
