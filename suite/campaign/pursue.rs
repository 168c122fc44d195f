//! From something that looks wrong to a finding: it has to come again between plain requests, three of three; no
//! lawful server may be given it for the same input; and its input is made as small as it can be.

use std::collections::{BTreeMap, BTreeSet};

use super::Input;
use super::bench::Bench;
use super::finding::{CampaignFinding, bucket_id, kinds, words_of};
use super::label::Label;
use super::probe::{Arm, Probe, Shown, class_of};
use super::witness::also_of_lawful;
use crate::catalogue::Needs;
use crate::evidence::Attempt;
use crate::judge::{CheckId, Finding, Judgement, Verdict};
use crate::protocol::req;

/// How often a finding has to come again.
pub(super) const TRIES: u32 = 3;

/// Most requests that shrinking one finding takes.
const SHRINK_REQUESTS: u64 = 200;

/// The same where each costs the time of a whole timeout.
const SHRINK_SILENT: u64 = 12;

/// Most inputs that are pursued for one thing that is wrong: what is left then is taken for the same.
const MAX_PURSUED: u32 = 6;

/// What was found so far, and what was put aside.
#[derive(Default)]
pub(super) struct Found {
    pub(super) findings: Vec<CampaignFinding>,
    /// How often something looked wrong and was none, by reason.
    pub(super) set_aside: BTreeMap<String, u64>,
    /// How often each thing that is wrong was pursued.
    pursued: BTreeMap<(CheckId, String, String), u32>,
    /// What was known before the first input: check and requirement.
    pub(super) before: BTreeSet<(CheckId, String)>,
}

/// Where a finding comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) arm: Arm,
    pub(super) after: u64,
}

impl Found {
    /// Whether something is explained by what was found before; counts it there.
    pub(super) fn explains(&mut self, shown: &Shown, input: &Input) -> bool {
        if self.before.contains(&(shown.check, shown.requirement.to_string())) {
            return true;
        }
        let of_input = kinds(input, 0);
        let is_one = |finding: &&mut CampaignFinding| {
            if finding.is_within(shown, input) {
                return true;
            }
            let same = finding.shown.is_like(shown) || finding.also.iter().any(|also| also.is_like(shown));
            let needed = kinds(&finding.input, finding.before.len());
            same && needed.iter().all(|kind| of_input.contains(kind))
        };
        if let Some(finding) = self.findings.iter_mut().find(is_one) {
            finding.hits += 1;
            return true;
        }
        self.pursued.get(&key(shown)).is_some_and(|count| *count >= MAX_PURSUED)
    }

    /// Takes a finding, or counts it with the one of the same name; whether it is new.
    pub(super) fn take(&mut self, finding: CampaignFinding) -> bool {
        if let Some(known) = self.findings.iter_mut().find(|known| known.is_cause_of(&finding)) {
            known.hits += 1;
            if !known.shown.is_like(&finding.shown)
                && !known.also.iter().any(|also| also.is_like(&finding.shown))
            {
                known.also.push(finding.shown);
            }
            return false;
        }
        self.findings.push(finding);
        true
    }

    pub(super) fn put_aside(&mut self, why: &str) {
        *self.set_aside.entry(why.to_owned()).or_default() += 1;
    }
}

fn key(shown: &Shown) -> (CheckId, String, String) {
    (shown.check, shown.requirement.to_string(), shown.came.clone())
}

/// What became of something that looked wrong.
pub(super) enum Pursued {
    /// It is a finding.
    Finding(Box<CampaignFinding>),
    /// It is none, for this reason.
    None(&'static str),
    /// It does not come again by itself.
    NotAlone,
}

/// Pursues what an input has shown.
pub(super) async fn pursue(
    bench: &Bench,
    found: &mut Found,
    probe: &Probe,
    shown: &Shown,
    origin: Origin,
) -> Pursued {
    *found.pursued.entry(key(shown)).or_default() += 1;
    if is_lawful(bench, &probe.label, shown).await {
        return Pursued::None("a server that differs as some document allows answers so as well");
    }
    let began = bench.prober.line.sent();
    let (input, label, shown) = shrink(bench, &probe.input, &probe.label, shown).await;
    let shown = &shown;
    let shrunk_in = bench.prober.line.sent() - began;
    if !edits_are_harmless(bench, &input).await {
        return Pursued::None("an edit that must not matter does so by itself");
    }
    let confirmed = confirm(bench, &label, shown).await;
    let (input, label, confirmed) = if confirmed.times < TRIES && input != probe.input {
        // What made it small may have made it rare.
        (probe.input.clone(), probe.label.clone(), confirm(bench, &probe.label, shown).await)
    } else {
        (input, label, confirmed)
    };
    if confirmed.times == 0 {
        return Pursued::NotAlone;
    }
    if input != probe.input && is_lawful(bench, &label, shown).await {
        return Pursued::None("a server that differs as some document allows answers so as well");
    }
    Pursued::Finding(Box::new(confirmed.finding(shown, input, &label, origin, shrunk_in)))
}

/// Whether each edit that must not matter does not, by itself, on this server. What a server does not take at all
/// is a finding or a note of its own, and says nothing of what stands beside it.
async fn edits_are_harmless(bench: &Bench, input: &Input) -> bool {
    if input.size() < 2 {
        return true;
    }
    let changes =
        input.changes.iter().map(|change| Input { changes: vec![change.clone()], ..Input::plain() });
    let line = input.line.iter().map(|edit| Input { line: vec![*edit], ..Input::plain() });
    let factors = input.spelled.factors();
    let values = factors.iter().map(|at| Input::spelled(None, input.spelled.only(&[*at])));
    for alone in changes.chain(line).chain(values) {
        let Some(label) = Label::of(&alone, "") else { continue };
        if label.is_positive() && !bench.is_like_plain(&label).await {
            return false;
        }
    }
    true
}

async fn is_lawful(bench: &Bench, label: &Label, shown: &Shown) -> bool {
    let case = label.case();
    // Those in this process have neither a connection nor credentials of their own.
    let is_beyond = case.needs_wire() || case.breaks_http() || case.needs == Needs::Credentials;
    if is_beyond || matches!(shown.check, CheckId::Effect | CheckId::Alive) {
        return false;
    }
    let is_same = |judgement: &Judgement| {
        Shown::all(judgement).iter().any(|other| other.is_like(shown) && other.verdict >= shown.verdict)
    };
    also_of_lawful(label, bench.grading, is_same).await.is_some()
}

/// What came of trying again.
struct Confirmed {
    times: u32,
    /// Of the last try that has shown it.
    findings: Vec<Finding>,
    attempt: Option<Attempt>,
    /// What else every try has shown.
    also: Vec<Shown>,
}

/// Tries an input again between plain requests.
async fn confirm(bench: &Bench, label: &Label, shown: &Shown) -> Confirmed {
    let mut confirmed = Confirmed { times: 0, findings: Vec::new(), attempt: None, also: Vec::new() };
    for number in 1..=TRIES {
        let attempt = bench.full(label, &bench.name()).await;
        let judgement = bench.judge(label, attempt.clone());
        let all = Shown::all(&judgement);
        if !all.iter().any(|other| other.is_like(shown)) {
            if number == 2 && confirmed.times == 0 {
                break;
            }
            continue;
        }
        let rest: Vec<Shown> = all.into_iter().filter(|other| !other.is_like(shown)).collect();
        if confirmed.times == 0 {
            confirmed.also = rest;
        } else {
            confirmed.also.retain(|also| rest.contains(also));
        }
        confirmed.times += 1;
        confirmed.findings = judgement.findings;
        confirmed.attempt = Some(attempt);
    }
    confirmed
}

impl Confirmed {
    fn finding(
        self,
        shown: &Shown,
        input: Input,
        label: &Label,
        origin: Origin,
        shrunk_in: u64,
    ) -> CampaignFinding {
        let (expected, mut observed) = words_of(&self.findings, shown);
        let mut shown = shown.clone();
        if self.times < TRIES {
            observed = format!("flaky: {observed}, in {} of {TRIES} tries", self.times);
            if self.times == 1 {
                // What comes once is no more than an answer that does not stay the same.
                shown.verdict = Verdict::Warn;
                shown.check = CheckId::Repeat;
                shown.requirement = req::SAME_ANSWER_TO_SAME_REQUEST;
                shown.came = String::new();
            }
        }
        CampaignFinding {
            id: bucket_id(&shown, &kinds(&input, 0)),
            shown,
            expected,
            observed,
            also: self.also,
            input,
            before: Vec::new(),
            class: class_of(label),
            tries: (self.times, TRIES),
            untried: None,
            arm: origin.arm,
            after: origin.after,
            shrunk_in,
            hits: 1,
            attempt: self.attempt,
        }
    }
}

/// The smallest input that still shows the same: one edit fewer, then milder ones. What an input is follows from its
/// edits anew at each step, and a step after which something else is wrong is none.
async fn shrink(bench: &Bench, input: &Input, label: &Label, shown: &Shown) -> (Input, Label, Shown) {
    let began = bench.prober.line.sent();
    let most = if shown.came == "silent" { SHRINK_SILENT } else { SHRINK_REQUESTS };
    // Which row a valid request goes by that is refused, its spelling says; with fewer values it is another one.
    let is_valid = label.is_positive() && !input.spelled.factors().is_empty();
    let seen = |judgement: &Judgement| {
        let all = Shown::all(judgement);
        let same = |other: &&Shown| is_valid && (other.check, &other.came) == (shown.check, &shown.came);
        all.iter().find(|other| other.is_like(shown)).or_else(|| all.iter().find(same)).cloned()
    };
    let (mut best, mut best_label, mut best_shown) = (input.clone(), label.clone(), shown.clone());
    if input.smaller().is_empty() {
        return (best, best_label, best_shown);
    }
    // One request tells most of them.
    let is_one = label.case().edits().is_some() && !matches!(shown.check, CheckId::Effect | CheckId::Alive);
    let lean = is_one && seen(&bench.lean(label).await).is_some();
    let mut tried: BTreeSet<Input> = BTreeSet::new();
    'smaller: loop {
        for smaller in best.smaller() {
            if bench.prober.line.sent() - began >= most {
                break 'smaller;
            }
            if !tried.insert(smaller.clone()) {
                continue;
            }
            let Some(label) = Label::of(&smaller, "").filter(|label| !bench.cannot(label.case())) else {
                continue;
            };
            let judgement = if lean {
                bench.lean(&label).await
            } else {
                let attempt = bench.full(&label, &bench.name()).await;
                bench.judge(&label, attempt)
            };
            if let Some(shown) = seen(&judgement) {
                (best, best_label, best_shown) = (smaller, label, shown);
                continue 'smaller;
            }
        }
        break;
    }
    (best, best_label, best_shown)
}
