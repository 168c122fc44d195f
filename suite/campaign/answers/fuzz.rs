//! A campaign against a client from its first answer to its last.

use std::collections::BTreeSet;
use std::time::Instant;

use futures_util::future::join_all;

use super::super::signature::number_of;
use super::finding::{AnswerFinding, Looks, came};
use super::input::{AnswerInput, PlainAnswer};
use super::label::AnswerLabel;
use super::options::AnswerOptions;
use super::search::Search;
use crate::campaign::CampaignWatcher;
use crate::evidence::{ClientControl, ClientEnd, ClientEvidence};
use crate::judge::{Finding, client_problem};
use crate::record::{CampaignFacts, FUZZED, Record};
use crate::run::AskedClient;
use crate::run::clock::Clock;
use crate::target::ClientTarget;

/// How often something has to come again, each time after a plain success.
pub(super) const TRIES: u32 = 3;

/// Most runs of a client to make one answer smaller.
const MAX_SHRINK: u32 = 80;

/// Most findings that are pursued; beyond that a client is wrong in too much to be told by single answers.
const MAX_FINDINGS: usize = 50;

/// After how many answers a plain success is sent, to see that the client still takes it.
const PLAIN_EVERY: u64 = 64;

/// Most answers that are drawn to find one that is sent: whatever is known or of which nobody knows what to expect is
/// left out.
const MAX_DRAWN: u32 = 2_000;

/// Fuzzes a client: the record has an entry for each finding, and nothing for what was as it should be.
///
/// # Errors
/// When no port can be had.
pub async fn fuzz_client(
    client: ClientTarget,
    options: &AnswerOptions,
    watcher: &dyn CampaignWatcher,
) -> std::io::Result<Record> {
    let clock = Clock::start();
    let client = AskedClient::start(client, &options.client()).await?;
    let control = client.control().clone();
    let mut campaign = AnswerCampaign::new(&client, options, watcher);
    let ended = match client_problem(&control) {
        Some(problem) => Ended { early: Some(problem), ..Ended::default() },
        None => campaign.go().await,
    };
    Ok(campaign.finish(control, ended, clock))
}

/// Why a campaign ended.
#[derive(Default)]
struct Ended {
    /// Where it was not to end.
    early: Option<String>,
    /// Where it was.
    why: String,
    interrupted: bool,
}

/// A campaign under way.
struct AnswerCampaign<'a> {
    client: &'a AskedClient,
    options: &'a AnswerOptions,
    /// What it has found, each with what it looks like.
    findings: Vec<(Looks, AnswerFinding)>,
    facts: CampaignFacts,
    /// Numbers of the answers that were sent, so that each is sent once.
    sent: BTreeSet<u64>,
    deadline: Option<Instant>,
    watcher: &'a dyn CampaignWatcher,
}

impl<'a> AnswerCampaign<'a> {
    fn new(client: &'a AskedClient, options: &'a AnswerOptions, watcher: &'a dyn CampaignWatcher) -> Self {
        let facts = CampaignFacts { seed: options.seed, ..CampaignFacts::default() };
        Self {
            client,
            options,
            findings: Vec::new(),
            facts,
            sent: BTreeSet::new(),
            deadline: options.deadline(),
            watcher,
        }
    }

    async fn go(&mut self) -> Ended {
        let over = |why: &str| Ended { why: why.to_owned(), ..Ended::default() };
        let mut search = Search::new(self.options.seed);
        let mut plain_at = PLAIN_EVERY;
        loop {
            if self.watcher.stopped() {
                return Ended { interrupted: true, ..over("it was interrupted") };
            }
            if self.options.requests.is_some_and(|most| self.facts.requests >= most) {
                return over("as many runs as were asked for");
            }
            if self.is_over() {
                return over("its time was up");
            }
            let batch = self.batch(&mut search);
            if batch.is_empty() {
                return over("nothing new is drawn");
            }
            for (input, label, evidence) in self.ask_all(batch).await {
                self.count(&input, &label, &evidence);
                if let Some((looks, finding)) = label.wrong(&evidence, self.options.grading) {
                    self.pursue(input, &label, looks, finding).await;
                }
            }
            if self.facts.inputs >= plain_at {
                plain_at = self.facts.inputs + PLAIN_EVERY;
                if !self.takes_plain().await {
                    return Ended {
                        early: Some("the client no longer takes a plain success".to_owned()),
                        ..Ended::default()
                    };
                }
            }
            self.watcher.at(self.facts.requests, self.facts.reached.len(), self.findings.len());
        }
    }

    /// Counts the cells of an answer: each edit with what the answer is and what the client came to.
    fn count(&mut self, input: &AnswerInput, label: &AnswerLabel, evidence: &ClientEvidence) {
        let cells = &mut self.facts.cells;
        for word in input.words() {
            let cell = number_of(&[&word, label.class.word(), came(evidence)]);
            if !cells.often.contains(&cell) && !cells.once.insert(cell) {
                cells.once.remove(&cell);
                cells.often.insert(cell);
            }
        }
    }

    /// The next answers that are sent side by side.
    fn batch(&mut self, search: &mut Search) -> Vec<(AnswerInput, AnswerLabel)> {
        let mut batch = Vec::new();
        let left = self.options.requests.map(|most| most.saturating_sub(self.facts.requests));
        let left = left.map_or(usize::MAX, |left| usize::try_from(left).unwrap_or(usize::MAX));
        for _ in 0..MAX_DRAWN {
            if batch.len() >= self.options.jobs.max(1).min(left) {
                break;
            }
            let input = search.next();
            let name = format!("fuzz/answer-{}", self.facts.inputs);
            let Some(label) = AnswerLabel::of(&input, &name) else { continue };
            let told = input.told();
            let told: Vec<&str> = told.iter().map(String::as_str).collect();
            if self.sent.insert(number_of(&told)) {
                self.facts.inputs += 1;
                self.facts.reached.insert(label.class);
                batch.push((input, label));
            }
        }
        batch
    }

    /// Has the client read answers side by side.
    async fn ask_all(
        &mut self,
        batch: Vec<(AnswerInput, AnswerLabel)>,
    ) -> Vec<(AnswerInput, AnswerLabel, ClientEvidence)> {
        let client = self.client;
        self.facts.requests += batch.len() as u64;
        let ask = async |(input, label): (AnswerInput, AnswerLabel)| {
            let evidence = client.ask(&label.case).await;
            (input, label, evidence)
        };
        join_all(batch.into_iter().map(ask)).await
    }

    async fn ask(&mut self, label: &AnswerLabel) -> ClientEvidence {
        self.facts.requests += 1;
        self.client.ask(&label.case).await
    }

    /// Whether the client takes a plain success.
    async fn takes_plain(&mut self) -> bool {
        let Some(plain) = AnswerLabel::of(&AnswerInput::plain(PlainAnswer::Success), "fuzz/plain") else {
            return false;
        };
        self.ask(&plain).await.end == Some(ClientEnd::Disconnected)
    }

    /// Makes an answer as small as it can be, and keeps it if it comes again.
    async fn pursue(&mut self, input: AnswerInput, label: &AnswerLabel, looks: Looks, finding: Finding) {
        let name = looks.name(&input, label.class);
        if let Some((_, known)) = self.findings.iter_mut().find(|known| explains(known, looks, &input, &name))
        {
            known.hits += 1;
            return;
        }
        if self.findings.len() >= MAX_FINDINGS {
            self.put_aside("there are as many findings as are kept");
            return;
        }
        if self.is_over() {
            self.put_aside("there was no time left to try it again");
            return;
        }
        let (small, small_label) = self.shrunk(input, label.clone(), looks).await;
        let id = looks.name(&small, small_label.class);
        let small_label = small_label.named(&format!("{FUZZED}/{id}"));
        let (finding, evidence) = match self.again(&small_label, looks, finding).await {
            Ok(shown) => shown,
            Err(why) => {
                self.put_aside(why);
                return;
            }
        };
        if let Some((_, known)) = self.findings.iter_mut().find(|(_, known)| known.id == id) {
            known.hits += 1;
            return;
        }
        let mut found = AnswerFinding {
            id,
            requirement: finding.requirement,
            came: came(&evidence).to_owned(),
            verdict: finding.verdict,
            expected: finding.expected,
            observed: finding.observed,
            input: small,
            class: small_label.class,
            tries: (TRIES, TRIES),
            hits: 1,
            evidence: Some(evidence),
        };
        if found.takes_anything() {
            // One fault, whatever was told of it before.
            let is_of_it = |known: &mut (Looks, AnswerFinding)| is_of_anything(known.0, &known.1.input);
            let others = self.findings.extract_if(.., is_of_it).map(|(_, other)| other.hits);
            found.hits += others.sum::<u64>();
        }
        self.findings.push((looks, found));
    }

    /// Whether nothing more is to be begun.
    fn is_over(&self) -> bool {
        self.watcher.stopped() || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    fn put_aside(&mut self, why: &str) {
        *self.facts.set_aside.entry(why.to_owned()).or_default() += 1;
    }

    /// The smallest answer that still looks so.
    async fn shrunk(
        &mut self,
        mut input: AnswerInput,
        mut label: AnswerLabel,
        looks: Looks,
    ) -> (AnswerInput, AnswerLabel) {
        let mut left = MAX_SHRINK;
        'smaller: loop {
            for less in input.smaller() {
                // A step by which nobody knows any more what to expect is none.
                let Some(of_less) = AnswerLabel::of(&less, "fuzz/smaller") else { continue };
                let Some(fewer) = left.checked_sub(1).filter(|_| !self.is_over()) else {
                    return (input, label);
                };
                left = fewer;
                let evidence = self.ask(&of_less).await;
                if of_less.wrong(&evidence, self.options.grading).is_some_and(|(other, _)| other == looks) {
                    (input, label) = (less, of_less);
                    continue 'smaller;
                }
            }
            return (input, label);
        }
    }

    /// What is found and seen where something comes again each time, after a plain success that was taken.
    async fn again(
        &mut self,
        label: &AnswerLabel,
        looks: Looks,
        mut found: Finding,
    ) -> Result<(Finding, ClientEvidence), &'static str> {
        let mut last = None;
        for _ in 0..TRIES {
            if self.watcher.stopped() {
                break;
            }
            if !self.takes_plain().await {
                return Err("a plain success before it was not taken");
            }
            let evidence = self.ask(label).await;
            match label.wrong(&evidence, self.options.grading) {
                Some((other, finding)) if other == looks => found = finding,
                _ => return Err("it did not come again"),
            }
            last = Some(evidence);
        }
        let last = last.filter(|_| !self.watcher.stopped());
        last.map(|evidence| (found, evidence)).ok_or("there was no time left to try it again")
    }

    fn finish(self, control: ClientControl, ended: Ended, clock: Clock) -> Record {
        let facts = CampaignFacts { ended: ended.why, ..self.facts };
        let findings: Vec<AnswerFinding> = self.findings.into_iter().map(|(_, finding)| finding).collect();
        let mut record = super::recorded::record(self.options, control, &findings, clock);
        record.campaign = Some(facts);
        record.ended_early = ended.early.or_else(|| ended.interrupted.then(|| "interrupted".to_owned()));
        record.interrupted = ended.interrupted;
        record
    }
}

/// Whether what was seen comes of a client that takes anything with 200 for success.
fn is_of_anything(looks: Looks, input: &AnswerInput) -> bool {
    looks.is_success() && input.answer == PlainAnswer::Success
}

/// Whether a finding that is known explains what was seen: it has the same name, its one edit is one of these, or the
/// client takes anything for success.
fn explains(known: &(Looks, AnswerFinding), looks: Looks, input: &AnswerInput, name: &str) -> bool {
    let (known_looks, finding) = known;
    let words = input.words();
    // The word of a change of bytes does not tell which.
    let is_one_edit = finding.input.size() == 1 && finding.input.bytes.is_empty();
    let is_within = || is_one_edit && finding.input.words().iter().all(|word| words.contains(word));
    (finding.takes_anything() && is_of_anything(looks, input))
        || (*known_looks == looks && (finding.id == name || is_within()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::generate::Numbers;

    /// What is expected follows from the edits alone, and is the same for both witnesses; of what is drawn most can
    /// be told.
    #[test]
    fn most_of_what_is_drawn_has_a_label() {
        let mut numbers = Numbers::new(3);
        let mut counts: BTreeMap<bool, u32> = BTreeMap::new();
        for _ in 0..500 {
            let input = AnswerInput::draw(&mut numbers);
            *counts.entry(AnswerLabel::of(&input, "a").is_some()).or_default() += 1;
            let text = serde_json::to_string(&input).expect("JSON");
            assert_eq!(serde_json::from_str::<AnswerInput>(&text).expect("an input"), input);
        }
        assert!(counts[&true] > 200, "{counts:?}");
    }

    /// Steps of shrinking come to an end.
    #[test]
    fn shrinking_comes_to_an_end() {
        let mut numbers = Numbers::new(4);
        for _ in 0..50 {
            let mut input = AnswerInput::draw(&mut numbers);
            let mut steps = 0;
            while let Some(less) = input.smaller().into_iter().next() {
                input = less;
                steps += 1;
                assert!(steps < 200, "{input:?}");
            }
        }
    }
}
