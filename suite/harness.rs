//! The catalogue as named tests of another crate: one test for each case, in its own `cargo test`.
//!
//! Give the test target `harness = false` and write:
//!
//! ```no_run
//! use std::process::ExitCode;
//! use umspec::harness::{ParserTests, run};
//! use umspec::evidence::Parsed;
//! use umspec::message::MessageKind;
//!
//! fn parse(kind: MessageKind, message: &[u8]) -> Parsed {
//! #   let my_crate_reads = |_: MessageKind, _: &[u8]| -> Result<String, String> { Err(String::new()) };
//!     match my_crate_reads(kind, message) {
//!         Ok(value) => Parsed::Accepted(value),
//!         Err(error) => Parsed::Refused(error.to_string()),
//!     }
//! }
//!
//! fn main() -> ExitCode {
//!     run(ParserTests::new(|| parse).known("dtd/repeated", "our XML library takes it").tests())
//! }
//! ```

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::catalogue::parser_cases;
#[cfg(feature = "net")]
use crate::catalogue::{Case, cases};
#[cfg(feature = "net")]
use crate::evidence::{Answer, Handler, Silence};
use crate::evidence::{Parsed, Parser};
use crate::judge::{Finding, Grading, Judgement, Verdict};
#[cfg(feature = "net")]
use crate::message::HttpRequest;
use crate::message::MessageKind;
use crate::record::{Record, Unwatched};
#[cfg(feature = "net")]
use crate::run::{CallSource, RunOptions};
use crate::run::{ParserOptions, run_parser_in_process};
#[cfg(feature = "net")]
use crate::target::{LocalServer, Server};

pub use libtest_mimic::Trial as Test;

/// Runs tests as `cargo test` asks for: names as filters, `--list`, and so on.
pub fn run(tests: Vec<Test>) -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}

/// The test that something could be judged.
const CONTROL: &str = "control";

/// The test of what answers have in common, whatever they answer.
const ANSWERS: &str = "answers";

/// How tests are graded, and which deviations are known.
#[derive(Debug, Clone, Default)]
struct Expectations {
    grading: Grading,
    warnings_fail: bool,
    known: BTreeMap<String, String>,
}

/// What cases came to, once for all tests of a run.
#[derive(Default)]
pub struct Judged {
    /// Why nothing could be judged, if nothing could.
    problem: Option<String>,
    /// What goes wrong in answers beside what their cases are about: each of it once.
    common: Vec<(Verdict, String)>,
    cases: BTreeMap<String, Judgement>,
}

type Lazy = Arc<LazyLock<Judged, Box<dyn FnOnce() -> Judged + Send>>>;

/// The cases for what is under test, as tests.
pub struct Tests<S> {
    under_test: S,
    expectations: Expectations,
}

/// The cases for parsers as tests.
pub type ParserTests<M> = Tests<ParserUnderTest<M>>;

/// The cases for servers as tests of a [`Handler`] (feature `net`).
#[cfg(feature = "net")]
pub type HandlerTests<M> = Tests<HandlerUnderTest<M>>;

/// What can be judged by tests: [`ParserUnderTest`] and [`HandlerUnderTest`].
pub trait UnderTest: Send + 'static {
    /// The ids of the cases that are tests.
    fn ids(&self) -> Vec<String>;

    /// Whether its answers are looked at, whatever the case.
    fn gives_answers(&self) -> bool {
        false
    }

    /// Runs those cases.
    fn judge(self, grading: Grading) -> Judged;
}

impl<S: UnderTest> Tests<S> {
    fn of(under_test: S) -> Self {
        Self { under_test, expectations: Expectations::default() }
    }

    /// Grades so instead of by the interop profile.
    #[must_use]
    pub fn grading(mut self, grading: Grading) -> Self {
        self.expectations.grading = grading;
        self
    }

    /// Lets warnings fail as well.
    #[must_use]
    pub fn warnings_fail(mut self) -> Self {
        self.expectations.warnings_fail = true;
        self
    }

    /// Expects a case to fail, for this reason. Its test fails once the case does not.
    #[must_use]
    pub fn known(mut self, case: &str, reason: &str) -> Self {
        self.expectations.known.insert(case.to_owned(), reason.to_owned());
        self
    }

    /// The tests, named after their cases.
    pub fn tests(self) -> Vec<Test> {
        let Self { under_test, expectations } = self;
        let (mut ids, grading) = (under_test.ids(), expectations.grading);
        if under_test.gives_answers() {
            ids.insert(0, ANSWERS.to_owned());
        }
        trials(&ids, expectations, move || under_test.judge(grading))
    }
}

/// Parsers in Rust, as what is under test.
pub struct ParserUnderTest<M> {
    make: M,
}

impl<M, P> ParserTests<M>
where
    M: Fn() -> P + Send + Sync + 'static,
    P: Parser + 'static,
{
    /// Tests of the parsers that this makes. A parser that panics has crashed.
    pub fn new(make: M) -> Self {
        Self::of(ParserUnderTest { make })
    }
}

impl<M, P> UnderTest for ParserUnderTest<M>
where
    M: Fn() -> P + Send + Sync + 'static,
    P: Parser + 'static,
{
    fn ids(&self) -> Vec<String> {
        parser_cases().iter().map(|case| case.id.to_string()).collect()
    }

    fn judge(self, grading: Grading) -> Judged {
        let options = ParserOptions { grading, ..ParserOptions::new("a parser in Rust") };
        let cases: Vec<_> = parser_cases().iter().collect();
        judged(run_parser_in_process(Guarded((self.make)()), &options, &cases, &Unwatched))
    }
}

/// What the cases of a record came to.
fn judged(record: Record) -> Judged {
    let nothing = || "no case could be judged".to_owned();
    let problem = record.established().problem().or_else(|| (record.counts().judged == 0).then(nothing));
    let causes = record.causes();
    let common = causes.iter().filter(|cause| cause.lead().finding.common).map(|cause| {
        let Finding { check, requirement, expected, observed, .. } = cause.lead().finding;
        let (verdict, count) = (cause.verdict, cause.cases.len());
        let words = format!(
            "{verdict} {requirement} {check}: expected {expected}; observed {observed}; in {count} cases"
        );
        (verdict, words)
    });
    let common = common.collect();
    let judgements = record.entries.into_iter().map(|entry| (entry.case, entry.judgement)).collect();
    Judged { problem, common, cases: judgements }
}

/// A parser whose panics are crashes.
struct Guarded<P>(P);

impl<P: Parser> Parser for Guarded<P> {
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        catch_unwind(AssertUnwindSafe(|| self.0.parse(kind, message)))
            .unwrap_or_else(|_| Parsed::Crashed("it panicked".to_owned()))
    }
}

/// Servers that are a function, as what is under test.
#[cfg(feature = "net")]
pub struct HandlerUnderTest<M> {
    make: M,
    calls: CallSource,
    headers: Vec<(String, String)>,
}

#[cfg(feature = "net")]
impl<M, H> HandlerTests<M>
where
    M: FnOnce() -> H + Send + 'static,
    H: Handler + 'static,
{
    /// Tests of the handler that this makes, with calls from this source. Cases that need a connection are
    /// no tests, and neither are those that need what is not there: credentials, a canary, live calls.
    pub fn new(make: M, calls: CallSource) -> Self {
        Self::of(HandlerUnderTest { make, calls, headers: Vec::new() })
    }

    /// Sends a header field with every request: credentials, for instance.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.under_test.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }
}

/// The cases that need neither patience nor a connection.
#[cfg(feature = "net")]
fn in_process() -> impl Iterator<Item = &'static Case> {
    cases().iter().filter(|case| !case.slow && !case.needs_wire())
}

#[cfg(feature = "net")]
impl<M, H> UnderTest for HandlerUnderTest<M>
where
    M: FnOnce() -> H + Send + 'static,
    H: Handler + 'static,
{
    fn ids(&self) -> Vec<String> {
        in_process().map(|case| case.id.to_string()).collect()
    }

    fn gives_answers(&self) -> bool {
        true
    }

    fn judge(self, grading: Grading) -> Judged {
        let Self { make, calls, headers } = self;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = match runtime {
            Ok(runtime) => runtime,
            Err(error) => {
                let problem = Some(format!("cannot start the runtime: {error}"));
                return Judged { problem, ..Judged::default() };
            }
        };
        let authorized = headers.iter().any(|(name, _)| name == "authorization");
        let server = LocalServer::new(Box::new(GuardedHandler(make())), headers).hiding_credentials();
        let options = RunOptions {
            grading,
            credentials: authorized.then_some("a header field"),
            settle: std::time::Duration::ZERO,
            ..RunOptions::new("a handler in Rust", calls)
        };
        let cases: Vec<_> = in_process().collect();
        judged(runtime.block_on(crate::run::run(Server::Local(server), options, &cases, &Unwatched)))
    }
}

/// A handler whose panics are lost connections.
#[cfg(feature = "net")]
struct GuardedHandler<H>(H);

#[cfg(feature = "net")]
impl<H: Handler> Handler for GuardedHandler<H> {
    fn answer(&self, request: &HttpRequest) -> Answer {
        catch_unwind(AssertUnwindSafe(|| self.0.answer(request))).unwrap_or(Answer::Silence(Silence::Reset))
    }
}

fn trials(
    ids: &[String],
    expectations: Expectations,
    run: impl FnOnce() -> Judged + Send + 'static,
) -> Vec<Test> {
    let run: Box<dyn FnOnce() -> Judged + Send> = Box::new(run);
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
                completion(&expectations, &case, judged.cases.get(&case))
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
    tests
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
    judgement: Option<&Judgement>,
) -> Result<Completion, Failed> {
    let Some(judgement) = judgement else { return Err("it was not run".into()) };
    let fails = match judgement.verdict {
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
