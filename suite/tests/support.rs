//! Running the suite from tests, in process and through its binary.

use std::process::{Command, Output, Stdio};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use umspec::catalogue::{Case, Selection};
use umspec::judge::{Grading, Verdict};
use umspec::mock::{MockLimits, Origin, Service};
use umspec::protocol::Profile;
use umspec::record::{Entry, Record, Unwatched};
use umspec::run::{CallSource, RunOptions, run};
use umspec::target::{Credentials, Endpoint, HttpServer, Options};

pub(crate) use crate::review::{deviations, root, snapshots};

/// Cases by patterns; all ordinary ones without any.
pub(crate) fn cases(patterns: &[&str]) -> Vec<&'static Case> {
    let take = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
    Selection { take, ..Selection::default() }.cases().expect("patterns that match")
}

/// Options of a run in a test: short waits.
pub(crate) fn options(calls: CallSource, profile: Profile) -> RunOptions {
    RunOptions {
        grading: Grading { profile, bp: false },
        settle: Duration::from_millis(50),
        timeout: Duration::from_millis(1500),
        ..RunOptions::new("test", calls)
    }
}

/// A port where nothing listens, and nothing will by chance: ports that systems choose by themselves for
/// port 0 and for outgoing connections begin at 32,768 (RFC 6335 has them from 49,152), so that a test
/// beside this one may not be given it.
pub(crate) fn free_port() -> u16 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    for _ in 0..2_000 {
        let next = std::process::id() * 16 + NEXT.fetch_add(1, Ordering::Relaxed);
        let port = 20_000 + u16::try_from(next % 12_000).expect("below 12,000");
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no free port from 20,000 to 32,000");
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}

/// All ordinary cases against the strict mock, once for all tests.
pub(crate) fn strict_run(profile: Profile) -> &'static Record {
    static RUNS: [LazyLock<Record>; 2] = [
        LazyLock::new(|| run_mock(Service::strict(), Profile::Interop, &cases(&[]), 2)),
        LazyLock::new(|| run_mock(Service::strict(), Profile::Strict, &cases(&[]), 2)),
    ];
    &RUNS[usize::from(profile == Profile::Strict)]
}

/// Runs cases against a mock in this process, with credentials.
pub(crate) fn run_mock(service: Service, profile: Profile, cases: &[&'static Case], jobs: usize) -> Record {
    block_on(async {
        let service = service.with_basic("user", "password-of-tests");
        let mock = Origin::start(([127, 0, 0, 1], 0).into(), Arc::new(service), MockLimits::default())
            .await
            .expect("a port");
        let endpoint = Endpoint::parse("http://test.mock.invalid/EWS/UM2007Legacy.asmx")
            .expect("a URL")
            .at(mock.address());
        let credentials =
            Credentials::Basic { user: "user".to_owned(), password: "password-of-tests".to_owned() };
        let client = Options { credentials: Some(credentials), ..Options::default() };
        let server = HttpServer::new(endpoint, &client).expect("a client");
        let run_options =
            RunOptions { jobs, credentials: Some("basic"), ..options(CallSource::Mock, profile) };
        run(server, run_options, cases, &Unwatched).await
    })
}

/// Runs cases against a server.
pub(crate) fn run_server(url: &str, run_options: RunOptions, cases: &[&'static Case]) -> Record {
    block_on(async {
        let client = Options { timeout: run_options.timeout, ..Options::default() };
        let server = HttpServer::new(Endpoint::parse(url).expect("a URL"), &client).expect("a client");
        run(server, run_options, cases, &Unwatched).await
    })
}

/// Runs cases against a server that places calls.
pub(crate) fn run_live(url: &str, patterns: &[&str]) -> Record {
    run_server(url, options(CallSource::Mock, Profile::Interop), &cases(patterns))
}

/// The service of a mutant by name.
pub(crate) fn mutant(name: &str) -> Service {
    let found = umspec::mock::mutants().find(|mutant| mutant.name == name);
    found.unwrap_or_else(|| panic!("no mutant {name}")).service()
}

/// The verdict of a case in a record.
pub(crate) fn verdict(record: &Record, case: &str) -> Verdict {
    entry(record, case).judgement.verdict
}

/// The entry of a case in a record.
pub(crate) fn entry<'a>(record: &'a Record, case: &str) -> &'a Entry {
    record.entries.iter().find(|entry| entry.case == case).unwrap_or_else(|| panic!("no entry for {case}"))
}

/// The binary.
pub(crate) fn umspec(args: &[&str]) -> Output {
    umspec_with(args, b"")
}

/// The binary, with standard input.
pub(crate) fn umspec_with(args: &[&str], input: &[u8]) -> Output {
    use std::io::Write as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_umspec"))
        .args(args)
        .env_remove("UMSPEC_USER")
        .env_remove("UMSPEC_BEARER")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary");
    child.stdin.take().expect("a pipe").write_all(input).expect("its input");
    child.wait_with_output().expect("its end")
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// Whether a program that a test asks for can be started; see [`is_given`].
pub(crate) fn needs(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let given = command.status().is_ok_and(|status| status.success());
    is_given(&format!("{program} is missing; .ci/setup installs it"), given)
}

/// Whether a test has what it asks for. Where not, it says that it was not run and why, and fails where
/// the environment variable CI is set: nothing is left out there in silence.
pub(crate) fn is_given(otherwise: &str, given: bool) -> bool {
    use std::io::Write as _;
    if !given {
        let thread = std::thread::current();
        let line = format!("NOT RUN  {}: {otherwise}", thread.name().unwrap_or("?"));
        assert!(std::env::var_os("CI").is_none_or(|value| value.is_empty()), "{line}");
        // Not by a macro of the standard library, whose words are dropped when a test passes.
        let _ = writeln!(std::io::stderr(), "\n{line}");
    }
    given
}
