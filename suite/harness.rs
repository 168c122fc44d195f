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

mod outcomes;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::Arguments;

use crate::catalogue::parser_cases;
#[cfg(feature = "net")]
use crate::catalogue::{Case, cases};
#[cfg(feature = "net")]
use crate::evidence::{Answer, Handler, Silence};
use crate::evidence::{Parsed, Parser};
use crate::judge::Grading;
#[cfg(feature = "net")]
use crate::message::HttpRequest;
use crate::message::MessageKind;
use crate::record::Unwatched;
use crate::record::known::KnownDeviations;
#[cfg(feature = "net")]
use crate::run::{CallSource, RunOptions};
use crate::run::{ParserOptions, run_parser_in_process};
#[cfg(feature = "net")]
use crate::target::{LocalServer, Server};

pub use libtest_mimic::Trial as Test;
pub use outcomes::Judged;
use outcomes::{ANSWERS, Expectations, trials};

/// Runs tests as `cargo test` asks for: names as filters, `--list`, and so on.
pub fn run(tests: Vec<Test>) -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}

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

    /// Takes known deviations from a file, as `umspec run --known` does. An entry that is stale, expired, seen
    /// in another shape, or that names no case is a test that fails, and so is a file that cannot be read.
    #[must_use]
    pub fn known_file(self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        match std::fs::read_to_string(path) {
            Ok(text) => self.known_text(&path.display().to_string(), &text),
            Err(error) => self.unread(format!("cannot read {}: {error}", path.display())),
        }
    }

    /// The same from the text of a file of this name.
    #[must_use]
    pub fn known_text(mut self, name: &str, text: &str) -> Self {
        match KnownDeviations::parse(text) {
            Ok(KnownDeviations(more)) => {
                self.expectations.of_files.0.extend(more);
                self
            }
            Err(error) => self.unread(format!("{name}: {error}")),
        }
    }

    fn unread(mut self, why: String) -> Self {
        self.expectations.unread.get_or_insert(why);
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
        Judged(Ok(run_parser_in_process(Guarded((self.make)()), &options, &cases, &Unwatched)))
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
            Err(error) => return Judged(Err(format!("cannot start the runtime: {error}"))),
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
        Judged(Ok(runtime.block_on(crate::run::run(Server::from(server), options, &cases, &Unwatched))))
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
