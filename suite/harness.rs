//! The catalogue as named tests of another crate: one test for each case, in its own `cargo test`.
//!
//! Give the test target `harness = false` and write:
//!
//! ```no_run
//! use std::process::ExitCode;
//! use umspec::harness::{ParserTests, run};
//! use umspec::message::{MessageKind, Parsed};
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

use libtest_mimic::{Arguments, Failed, Trial};

use crate::catalogue::{Case, cases, parser_cases};
use crate::evidence::{Answer, Handler};
use crate::evidence::{Parsed, Parser};
use crate::judge::{Judgement, Settings, Verdict};
use crate::message::{HttpRequest, MessageKind};
use crate::record::{self, CallSource, ParserOptions, RunOptions, Unwatched, run_parser};
use crate::target::{LocalServer, Server};

pub use libtest_mimic::Trial as Test;

/// Runs tests as `cargo test` asks for: names as filters, `--list`, and so on.
pub fn run(tests: Vec<Test>) -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}

/// How tests are graded, and which deviations are known.
#[derive(Debug, Clone, Default)]
struct Grading {
    settings: Settings,
    warnings_fail: bool,
    known: BTreeMap<String, String>,
}

/// What cases came to, once for all tests of a run.
type Judged = BTreeMap<String, Judgement>;
type Lazy = Arc<LazyLock<Judged, Box<dyn FnOnce() -> Judged + Send>>>;

/// The cases for one subject as tests.
pub struct Tests<S> {
    subject: S,
    grading: Grading,
}

/// The cases for parsers as tests.
pub type ParserTests<M> = Tests<ParserSubject<M>>;

/// The cases for servers as tests of a [`Handler`].
pub type HandlerTests<M> = Tests<HandlerSubject<M>>;

/// What can be judged by tests: [`ParserSubject`] and [`HandlerSubject`].
pub trait Subject: Send + 'static {
    /// The ids of the cases that are tests.
    fn ids(&self) -> Vec<String>;

    /// Runs those cases.
    fn judge(self, settings: Settings) -> BTreeMap<String, Judgement>;
}

impl<S: Subject> Tests<S> {
    fn of(subject: S) -> Self {
        Self { subject, grading: Grading::default() }
    }

    /// Grades with these settings instead of the interop profile.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.grading.settings = settings;
        self
    }

    /// Lets warnings fail as well.
    #[must_use]
    pub fn warnings_fail(mut self) -> Self {
        self.grading.warnings_fail = true;
        self
    }

    /// Expects a case to fail, for this reason. Its test fails once the case does not.
    #[must_use]
    pub fn known(mut self, case: &str, reason: &str) -> Self {
        self.grading.known.insert(case.to_owned(), reason.to_owned());
        self
    }

    /// The tests, named after their cases.
    pub fn tests(self) -> Vec<Test> {
        let Self { subject, grading } = self;
        let (ids, settings) = (subject.ids(), grading.settings);
        trials(&ids, grading, move || subject.judge(settings))
    }
}

/// Parsers in Rust, as a subject.
pub struct ParserSubject<M> {
    make: M,
}

impl<M, P> ParserTests<M>
where
    M: Fn() -> P + Send + Sync + 'static,
    P: Parser + 'static,
{
    /// Tests of the parsers that this makes. A parser that panics has crashed.
    pub fn new(make: M) -> Self {
        Self::of(ParserSubject { make })
    }
}

impl<M, P> Subject for ParserSubject<M>
where
    M: Fn() -> P + Send + Sync + 'static,
    P: Parser + 'static,
{
    fn ids(&self) -> Vec<String> {
        parser_cases().iter().map(|case| case.id.to_string()).collect()
    }

    fn judge(self, settings: Settings) -> Judged {
        let target = "a parser in Rust".to_owned();
        let options = ParserOptions { target, settings, jobs: 1, lasting: true };
        let make = || Ok(Box::new(Guarded((self.make)())));
        let cases: Vec<_> = parser_cases().iter().collect();
        match run_parser(&make, &options, &cases, &Unwatched) {
            Ok(record) => record.entries.into_iter().map(|entry| (entry.case, entry.judgement)).collect(),
            // A parser in this process can always be made.
            Err(_) => Judged::new(),
        }
    }
}

/// A parser whose panics are crashes.
struct Guarded<P>(P);

impl<P: Parser> Parser for Guarded<P> {
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        catch_unwind(AssertUnwindSafe(|| self.0.parse(kind, message)))
            .unwrap_or_else(|_| Parsed::Crashed("it panicked".to_owned()))
    }
}

/// Servers that are a function, as a subject.
pub struct HandlerSubject<M> {
    make: M,
    calls: CallSource,
    headers: Vec<(String, String)>,
}

impl<M, H> HandlerTests<M>
where
    M: FnOnce() -> H + Send + 'static,
    H: Handler + 'static,
{
    /// Tests of the handler that this makes, with calls from this source. Cases that need a connection are
    /// no tests, and neither are those that need what is not there: credentials, a canary, live calls.
    pub fn new(make: M, calls: CallSource) -> Self {
        Self::of(HandlerSubject { make, calls, headers: Vec::new() })
    }

    /// Sends a header field with every request: credentials, for instance.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.subject.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }
}

/// The cases that need neither patience nor a connection.
fn in_process() -> impl Iterator<Item = &'static Case> {
    cases().iter().filter(|case| !case.slow && !case.needs_wire())
}

impl<M, H> Subject for HandlerSubject<M>
where
    M: FnOnce() -> H + Send + 'static,
    H: Handler + 'static,
{
    fn ids(&self) -> Vec<String> {
        in_process().map(|case| case.id.to_string()).collect()
    }

    fn judge(self, settings: Settings) -> Judged {
        let Self { make, calls, headers } = self;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return Judged::new() };
        let authorized = headers.iter().any(|(name, _)| name == "authorization");
        let server = LocalServer::new(Box::new(GuardedHandler(make())), headers);
        let options = RunOptions {
            settings,
            credentials: authorized.then_some("a header field"),
            settle: std::time::Duration::ZERO,
            ..RunOptions::new("a handler in Rust", calls)
        };
        let cases: Vec<_> = in_process().collect();
        let record = runtime.block_on(record::run(Server::Local(server), options, &cases, &Unwatched));
        record.entries.into_iter().map(|entry| (entry.case, entry.judgement)).collect()
    }
}

/// A handler whose panics are lost connections.
struct GuardedHandler<H>(H);

impl<H: Handler> Handler for GuardedHandler<H> {
    fn answer(&self, request: &HttpRequest) -> Answer {
        catch_unwind(AssertUnwindSafe(|| self.0.answer(request)))
            .unwrap_or(Answer::Silence(crate::evidence::Silence::Reset))
    }
}

fn trials(ids: &[String], grading: Grading, run: impl FnOnce() -> Judged + Send + 'static) -> Vec<Test> {
    let run: Box<dyn FnOnce() -> Judged + Send> = Box::new(run);
    let judged: Lazy = Arc::new(LazyLock::new(run));
    let grading = Arc::new(grading);
    let mut tests: Vec<Trial> = ids
        .iter()
        .map(|id| {
            let (judged, grading, case) = (Arc::clone(&judged), Arc::clone(&grading), id.clone());
            Trial::test(id.clone(), move || verdict(&grading, &case, judged.get(&case)))
        })
        .collect();
    for (case, reason) in grading.known.iter().filter(|(case, _)| !ids.contains(case)) {
        let words = format!("no case {case} is known to fail ({reason}): there is none of that id");
        tests.push(Trial::test(format!("known {case}"), move || Err(words.into())));
    }
    tests
}

fn verdict(grading: &Grading, case: &str, judgement: Option<&Judgement>) -> Result<(), Failed> {
    let Some(judgement) = judgement else { return Err("it was not run".into()) };
    let fails = match judgement.verdict {
        Verdict::Fail | Verdict::NotJudged => true,
        Verdict::Warn => grading.warnings_fail,
        Verdict::Pass | Verdict::Note => false,
        // What is not there cannot be asked for here; the reason says what it is.
        Verdict::Skipped => return Ok(()),
    };
    match (fails, grading.known.get(case)) {
        (false, None) => Ok(()),
        (true, Some(_)) if judgement.verdict != Verdict::NotJudged => Ok(()),
        (false, Some(reason)) => Err(format!("known to fail ({reason}), and does not any more").into()),
        (true, _) => Err(words(judgement).into()),
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
