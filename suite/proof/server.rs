//! Mock servers against cases.

use std::time::Duration;

use crate::catalogue::Case;
use crate::evidence::Handler;
use crate::judge::Grading;
use crate::mock::{HardMutant, MockLimits, Mutant, Named, Service, Variant};
use crate::protocol::Profile;
use crate::record::{Record, Unwatched, Watcher};
use crate::run::{Bounds, CallSource, RunOptions, run};
use crate::target::{Canary, Credentials, Endpoint, HttpServer, LocalServer, Options, Server};

/// Credentials of the mocks in a proof. They guard nothing, and look like nothing in messages.
const USER: &str = "tester";
const PASSWORD: &str = "Xk7pQ2zW9vBm4";

/// Both of them.
pub(super) const KNOWN: (&str, &str) = (USER, PASSWORD);

/// Time for one exchange with a mutant over a socket of this machine: short, because some never
/// answer.
const MUTANT_TIMEOUT: Duration = Duration::from_millis(500);

/// Time for one exchange with a mutant whose answers have no end: longer than whatever comes is waited for.
const OPEN_TIMEOUT: Duration = Duration::from_millis(1_500);

/// Time for one exchange with the strict mock, which answers however busy the machine is.
const STRICT_TIMEOUT: Duration = Duration::from_secs(20);

/// Grading under which a kill counts: what a mutant does wrong may go against a SHOULD, or against
/// Basic Profile alone.
pub(super) const STRICTEST: Grading = Grading { profile: Profile::Strict, bp: true };

/// A server of ours that a proof runs against.
#[derive(Debug, Clone, Copy)]
pub enum MockServer {
    /// The service that does everything right.
    Strict,
    /// One whose defect shows only where several things meet.
    Hard(&'static HardMutant),
    /// One with a defect.
    Mutant(&'static Mutant),
    /// One that differs as some document allows.
    Variant(&'static Variant),
}

/// How a proof runs.
#[derive(Debug, Clone, Copy)]
pub struct Proof {
    /// How it is graded.
    pub grading: Grading,
    /// Whether requests cross a socket. Defects that only show there always do.
    pub wire: bool,
    /// Lanes side by side.
    pub jobs: usize,
    /// Whether there are calls; without, the control is synthetic.
    pub live: bool,
    /// Of how many values each meeting is in which cases are sent; 1 for cases as they are.
    pub strength: usize,
}

impl Default for Proof {
    fn default() -> Self {
        Self { grading: STRICTEST, wire: false, jobs: 1, live: true, strength: 1 }
    }
}

/// Runs cases, in the order given, against a mock of our own. One that differs in what it makes of the
/// bytes of a connection is run against the cases about those only: the others would take long over a
/// socket, and show nothing of it.
///
/// # Errors
/// When no runtime or port can be had.
pub fn run_against(server: MockServer, cases: &[&'static Case], proof: Proof) -> std::io::Result<Record> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (needs_wire, needs_canary, name) = match server {
            MockServer::Strict => (false, false, "strict"),
            MockServer::Hard(mutant) => (false, false, mutant.name),
            MockServer::Mutant(mutant) => (mutant.needs_wire(), mutant.needs_canary(), mutant.name),
            MockServer::Variant(variant) => (variant.needs_wire(), false, variant.name),
        };
        let timeout = match server {
            MockServer::Strict => STRICT_TIMEOUT,
            MockServer::Mutant(mutant) if mutant.leaves_answers_open() => OPEN_TIMEOUT,
            MockServer::Hard(_) | MockServer::Mutant(_) | MockServer::Variant(_) => MUTANT_TIMEOUT,
        };
        let canary =
            if needs_canary { Some(Canary::listen(([127, 0, 0, 1], 0).into()).await?) } else { None };
        let options = RunOptions { canary, ..options(name, proof, timeout) };
        let about_wire: Vec<&'static Case> =
            cases.iter().copied().filter(|case| case.is_raw() || case.needs_wire()).collect();
        let cases = if needs_wire && !proof.wire { &about_wire } else { cases };
        if needs_wire || proof.wire {
            let named = match server {
                MockServer::Strict => Named::Strict,
                MockServer::Hard(mutant) => Named::Hard(mutant),
                MockServer::Mutant(mutant) => Named::Mutant(mutant),
                MockServer::Variant(variant) => Named::Variant(variant),
            };
            let limits = MockLimits { time: timeout * 4, ..MockLimits::default() };
            let mock = named.start(([127, 0, 0, 1], 0).into(), Some((USER, PASSWORD)), limits).await?;
            let http = connected(mock.address(), timeout).map_err(std::io::Error::other)?;
            return Ok(run(http, options, cases, &Unwatched).await);
        }
        let service = match server {
            MockServer::Strict => Service::strict(),
            MockServer::Hard(mutant) => mutant.service(),
            MockServer::Mutant(mutant) => mutant.service(),
            MockServer::Variant(variant) => variant.service(),
        };
        Ok(run(local(Box::new(known(service))), options, cases, &Unwatched).await)
    })
}

/// Runs cases, in the order given, against a server in this process which knows the credentials of a
/// proof, one after the other.
///
/// # Errors
/// When no runtime can be had.
pub(super) fn in_process(
    server: Box<dyn Handler>,
    name: &str,
    cases: &[&'static Case],
    watcher: &dyn Watcher,
) -> std::io::Result<Record> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let options = options(name, Proof::default(), STRICT_TIMEOUT);
    Ok(runtime.block_on(run(local(server), options, cases, watcher)))
}

/// A mock that asks for the credentials of a proof.
pub(super) fn known(service: Service) -> Service {
    service.with_basic(USER, PASSWORD)
}

pub(super) fn local(server: Box<dyn Handler>) -> Server {
    Server::from(LocalServer::new(server, vec![authorization()]))
}

fn options(name: &str, proof: Proof, timeout: Duration) -> RunOptions {
    RunOptions {
        grading: proof.grading,
        credentials: Some("basic"),
        jobs: proof.jobs,
        strength: proof.strength,
        settle: Duration::ZERO,
        timeout,
        bounds: Bounds { silent: usize::MAX, ..Bounds::default() },
        ..RunOptions::new(name, if proof.live { CallSource::Mock } else { CallSource::None })
    }
}

fn credentials() -> Credentials {
    Credentials::Basic { user: USER.to_owned(), password: PASSWORD.to_owned() }
}

fn authorization() -> (String, String) {
    ("authorization".to_owned(), credentials().authorization())
}

pub(super) fn connected(address: std::net::SocketAddr, timeout: Duration) -> Result<HttpServer, String> {
    let endpoint = Endpoint::parse("http://proof.mock.invalid/EWS/UM2007Legacy.asmx")
        .map_err(|error| error.to_string())?
        .at(address);
    let options =
        Options { timeout, connect_timeout: timeout, credentials: Some(credentials()), ..Options::default() };
    HttpServer::new(endpoint, &options).map_err(|error| error.to_string())
}
