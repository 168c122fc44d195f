//! What a run comes to, as tests.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use std::time::{SystemTime, UNIX_EPOCH};

use libtest_mimic::{Completion, Failed, Trial};

use crate::judge::{Finding, Grading, Judgement, Verdict};
use crate::record::known::{Date, KnownDeviations, State, Tally};
use crate::record::{Entry, Record};

/// The test that something could be judged.
const CONTROL: &str = "control";

/// The test of what answers have in common, whatever they answer.
pub(super) const ANSWERS: &str = "answers";

/// How tests are graded, and which deviations are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Expectations {
    pub(super) grading: Grading,
    pub(super) warnings_fail: bool,
    pub(super) known: BTreeMap<String, String>,
    /// Those of files, and why one of these could not be read.
    pub(super) of_files: KnownDeviations,
    pub(super) unread: Option<String>,
}

/// What a run came to.
pub struct Judged(pub(super) Result<Record, String>);

/// What cases came to, once for all tests of a run.
struct Cases {
    /// Why nothing could be judged, if nothing could.
    problem: Option<String>,
    /// What goes wrong in answers beside what their cases are about, and is not known: each of it once.
    common: Vec<(Verdict, String)>,
    /// Each with its verdict without what is known.
    entries: BTreeMap<String, (Entry, Verdict)>,
    known: Vec<Tally>,
}

type Lazy = Arc<LazyLock<Cases, Box<dyn FnOnce() -> Cases + Send>>>;

impl Judged {
    /// What the cases came to, but for what is known.
    fn without(self, known: &KnownDeviations) -> Cases {
        let record = match self.0 {
            Ok(record) => record,
            Err(problem) => {
                let (common, entries, known) = Default::default();
                return Cases { problem: Some(problem), common, entries, known };
            }
        };
        let accounting = known.account(&record, today());
        let nothing = || "no case could be judged".to_owned();
        let problem = record.established().problem().or_else(|| (record.counts().judged == 0).then(nothing));
        let causes = record.causes_of(|case, finding| !accounting.excuses(case, finding));
        let common = causes.iter().filter(|cause| cause.lead().finding.common).map(|cause| {
            let Finding { check, requirement, expected, observed, .. } = cause.lead().finding;
            let (verdict, count) = (cause.verdict, cause.cases.len());
            let words = format!(
                "{verdict} {requirement} {check}: expected {expected}; observed {observed}; in {count} cases"
            );
            (verdict, words)
        });
        let common = common.collect();
        let left = |entry: Entry| {
            let left = accounting.left(&entry);
            (entry.case.clone(), (entry, left))
        };
        let entries = record.entries.into_iter().map(left).collect();
        Cases { problem, common, entries, known: accounting.tallies().to_vec() }
    }
}

/// The day it is, in UTC.
fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Date::of_unix_ms(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

pub(super) fn trials(
    ids: &[String],
    expectations: Expectations,
    run: impl FnOnce() -> Judged + Send + 'static,
) -> Vec<Trial> {
    let of_files = expectations.of_files.clone();
    let run: Box<dyn FnOnce() -> Cases + Send> = Box::new(move || run().without(&of_files));
    let judged: Lazy = Arc::new(LazyLock::new(run));
    let expectations = Arc::new(expectations);
    let mut tests: Vec<Trial> = ids
        .iter()
        .map(|id| {
            let (judged, expectations, case) = (Arc::clone(&judged), Arc::clone(&expectations), id.clone());
            Trial::ignorable_test(id.clone(), move || {
                if case == ANSWERS {
                    return in_common(&expectations, &judged.common);
                }
                completion(&expectations, &case, judged.entries.get(&case))
            })
        })
        .collect();
    // Without it, a subject of which nothing can be judged would have ignored tests and no failed one.
    let control = Arc::clone(&judged);
    tests.insert(
        0,
        Trial::test(CONTROL, move || match &control.problem {
            Some(problem) => Err(problem.as_str().into()),
            None => Ok(()),
        }),
    );
    for (case, reason) in expectations.known.iter().filter(|(case, _)| !ids.contains(case)) {
        let words = format!("no case {case} is known to fail ({reason}): there is none of that id");
        tests.push(Trial::test(format!("known {case}"), move || Err(words.into())));
    }
    if let Some(why) = &expectations.unread {
        let why = why.clone();
        tests.push(Trial::test("known deviations", move || Err(why.into())));
    }
    for (number, deviation) in expectations.of_files.0.iter().enumerate() {
        let judged = Arc::clone(&judged);
        let name = format!("known {deviation} (line {})", deviation.line);
        tests.push(Trial::ignorable_test(name, move || of_known(judged.known.get(number))));
    }
    tests
}

/// What the test of a known deviation of a file comes to.
fn of_known(tally: Option<&Tally>) -> Result<Completion, Failed> {
    let Some(tally) = tally else { return Err("nothing was judged".into()) };
    let words = format!("{tally}; its reason: {}", tally.deviation.reason);
    match tally.state {
        State::Expected => Ok(Completion::Completed),
        State::NotLookedAt => Ok(Completion::ignored_with(words)),
        _ => Err(words.into()),
    }
}

/// What the test of all answers comes to.
fn in_common(expectations: &Expectations, common: &[(Verdict, String)]) -> Result<Completion, Failed> {
    let least = if expectations.warnings_fail { Verdict::Warn } else { Verdict::Fail };
    let failed: Vec<&str> =
        common.iter().filter(|(verdict, _)| *verdict >= least).map(|(_, words)| &**words).collect();
    match (failed.is_empty(), expectations.known.get(ANSWERS)) {
        (true, None) | (false, Some(_)) => Ok(Completion::Completed),
        (true, Some(reason)) => Err(format!("known to fail ({reason}), and does not any more").into()),
        (false, None) => Err(failed.join("\n").into()),
    }
}

/// What a test comes to. A case without a verdict is shown as ignored, with the reason: it is no success.
fn completion(
    expectations: &Expectations,
    case: &str,
    entry: Option<&(Entry, Verdict)>,
) -> Result<Completion, Failed> {
    let Some((Entry { judgement, .. }, left)) = entry else { return Err("it was not run".into()) };
    let fails = match left {
        Verdict::Fail => true,
        Verdict::Warn => expectations.warnings_fail,
        Verdict::Pass | Verdict::Note => false,
        Verdict::NotJudged | Verdict::Skipped => return Ok(Completion::ignored_with(words(judgement))),
    };
    match (fails, expectations.known.get(case)) {
        (false, None) | (true, Some(_)) => Ok(Completion::Completed),
        (false, Some(reason)) => Err(format!("known to fail ({reason}), and does not any more").into()),
        (true, None) => Err(words(judgement).into()),
    }
}

fn words(judgement: &Judgement) -> String {
    let findings = judgement.findings.iter().map(|finding| {
        format!(
            "{} {} {}: expected {}; observed {}",
            finding.verdict, finding.requirement, finding.check, finding.expected, finding.observed
        )
    });
    let reason = judgement.reason.iter().map(|reason| format!("{}: {reason}", judgement.verdict));
    findings.chain(reason).collect::<Vec<_>>().join("\n")
}
