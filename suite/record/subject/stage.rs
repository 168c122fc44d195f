//! The listener that clients talk to: every case under a URL of its own, at two hosts.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Sight, SubjectEntry, SubjectKind, SubjectRecord};
use crate::catalogue::{ClientCase, Play, client_cases, life_answer};
use crate::evidence::Bytes;
use crate::evidence::{ClientRequest, ClientSight};
use crate::evidence::{Reaction, Response};
use crate::judge::{Judgement, Settings, judge_client};
use crate::message::read_request;
use crate::mock::{MockLimits, React, Request, WireMock};
use crate::protocol::{MESSAGES_XSD, Operation, TYPES_XSD, WSDL};

/// Most requests of a client that are kept in one case.
pub const MAX_REQUESTS: usize = 16;

/// Fields whose values are secrets of whoever sends them.
const SECRET: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "x-api-key"];

/// The value that stands for a secret.
const HIDDEN: &str = "(hidden)";

/// The listener, at both of its hosts. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Stage {
    seen: Arc<Seen>,
    here: WireMock,
    // Held, so that it runs as long as the first one.
    _there: Option<WireMock>,
}

/// What came, by case.
#[derive(Debug, Default)]
struct Seen {
    cases: Mutex<BTreeMap<String, Scene>>,
    /// How `/report` grades, if it is there.
    reports: Mutex<Option<Settings>>,
    /// How many requests came to the one URL for all cases.
    sequence: Mutex<usize>,
    /// Base URLs of the two hosts and of the address that is watched.
    bases: Mutex<Bases>,
}

#[derive(Debug, Default, Clone)]
struct Bases {
    here: String,
    there: String,
    canary: String,
}

#[derive(Debug)]
struct Scene {
    case: &'static ClientCase,
    requests: Vec<ClientRequest>,
    /// How many turns were taken, calls placed, states asked for.
    turns: usize,
    placed: usize,
    asked: usize,
}

/// The part of the listener at one host.
struct Host {
    seen: Arc<Seen>,
    there: bool,
}

impl Stage {
    /// Listens at `address` (port 0 for any) for these cases; `canary` is the address that only answers
    /// name.
    pub(super) async fn start(
        address: SocketAddr,
        canary: Option<SocketAddr>,
        limits: MockLimits,
        cases: &[&'static ClientCase],
    ) -> std::io::Result<Self> {
        let seen = Arc::new(Seen::default());
        for case in cases {
            seen.enter(case);
        }
        let host = |there| Arc::new(Host { seen: Arc::clone(&seen), there });
        let here = WireMock::start(address, host(false), limits).await?;
        // Linux answers at every address of 127.0.0.0/8; elsewhere the other host is another name.
        let other = WireMock::start(([127, 0, 0, 2], 0).into(), host(true), limits).await.ok();
        let there = match &other {
            Some(other) => format!("http://{}", other.address()),
            None => format!("http://localhost:{}", here.address().port()),
        };
        let canary = canary.map_or_else(|| "http://canary.invalid".to_owned(), |at| format!("http://{at}"));
        let bases = Bases { here: format!("http://{}", here.address()), there, canary };
        *seen.bases.lock().unwrap_or_else(PoisonError::into_inner) = bases;
        Ok(Self { seen, here, _there: other })
    }

    /// The URL of a case.
    pub(super) fn url(&self, case: &str) -> String {
        format!("http://{}/case/{case}", self.here.address())
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.here.address()
    }

    /// What came in a case so far.
    pub(super) fn requests(&self, case: &str) -> Vec<ClientRequest> {
        let cases = self.seen.cases.lock().unwrap_or_else(PoisonError::into_inner);
        cases.get(case).map_or_else(Vec::new, |scene| scene.requests.clone())
    }

    /// Makes a case new again.
    pub(super) fn enter(&self, case: &'static ClientCase) {
        self.seen.enter(case);
    }

    /// Shows at `/report` what came, graded so.
    pub(super) fn tell_reports(&self, settings: Settings) {
        *self.seen.reports.lock().unwrap_or_else(PoisonError::into_inner) = Some(settings);
    }

    /// What came, judged.
    pub(super) fn record(&self, settings: Settings, cases: &[&'static ClientCase]) -> SubjectRecord {
        self.seen.record(settings, cases)
    }

    /// Waits until the listener ends by itself.
    pub(super) async fn ended(&mut self) {
        self.here.until_end().await;
    }
}

impl Seen {
    fn enter(&self, case: &'static ClientCase) {
        let scene = Scene { case, requests: Vec::new(), turns: 0, placed: 0, asked: 0 };
        self.cases.lock().unwrap_or_else(PoisonError::into_inner).insert(case.id.to_string(), scene);
    }
}

impl Seen {
    /// What came, judged by the requests alone. Cases that nobody came to are skipped.
    fn record(&self, settings: Settings, cases: &[&'static ClientCase]) -> SubjectRecord {
        let scenes = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = |case: &&'static ClientCase| {
            let requests = scenes.get(&*case.id).map_or_else(Vec::new, |scene| scene.requests.clone());
            let sight = ClientSight { requests, end: None, contacted: false };
            if sight.requests.is_empty() {
                let judgement = Judgement::skipped("no request came");
                return SubjectEntry { case: case.id.to_string(), judgement, sight: None };
            }
            let judgement = judge_client(case, &sight, settings);
            SubjectEntry { case: case.id.to_string(), judgement, sight: Some(Sight::Client(sight)) }
        };
        let target = "by URL; what it came to is not seen";
        SubjectRecord {
            entries: cases.iter().map(entry).collect(),
            ..SubjectRecord::begun(SubjectKind::Client, target, settings, cases.len())
        }
    }

    /// `/report` and `/report.json`.
    fn report(&self, path: &str) -> Option<Response> {
        let settings = (*self.reports.lock().unwrap_or_else(PoisonError::into_inner))?;
        let cases: Vec<&'static ClientCase> = client_cases().iter().collect();
        let record = || self.record(settings, &cases);
        let (kind, body) = match path {
            "/report" => ("text/plain; charset=utf-8", words(&record()).into_bytes()),
            "/report.json" => ("application/json", record().save().ok()?),
            _ => return None,
        };
        Some(Response { status: 200, headers: vec![("content-type", kind.to_owned())], body })
    }

    /// The case whose turn it is at the one URL for all: each POST takes the next.
    fn next(&self) -> Option<String> {
        let mut taken = self.sequence.lock().unwrap_or_else(PoisonError::into_inner);
        let case = client_cases().iter().filter(|case| !case.is_life()).nth(*taken)?;
        *taken += 1;
        Some(case.id.to_string())
    }
}

impl React for Host {
    fn react(&self, request: &Request<'_>) -> Reaction {
        if let Some(report) = self.seen.report(request.path) {
            return report.into();
        }
        let by_turn = || (request.path == "/next" && request.method == "POST").then(|| self.seen.next());
        let Some(id) = case_of(request.path).or_else(|| by_turn().flatten()) else {
            return Response::empty(404).into();
        };
        let bases = self.seen.bases.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let urls = Bases {
            here: format!("{}/case/{id}", bases.here),
            there: format!("{}/case/{id}", bases.there),
            canary: bases.canary,
        };
        if request.method == "GET"
            && let Some(description) = request.query.and_then(|asked| description(asked, &urls.here))
        {
            return text_xml(description).into();
        }
        let mut cases = self.seen.cases.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(scene) = cases.get_mut(&id) else { return Response::empty(404).into() };
        let there = self.there || request.field("host").is_some_and(|host| host.starts_with("localhost"));
        let (turn, reaction) = scene.answer(request);
        if scene.requests.len() < MAX_REQUESTS {
            scene.requests.push(kept(request, there, turn));
        }
        filled(reaction, &urls)
    }

    fn continues(&self) -> bool {
        true
    }
}

impl Scene {
    /// The turn that a request takes, and what comes of it.
    fn answer(&mut self, request: &Request<'_>) -> (Option<usize>, Reaction) {
        if request.method != "POST" && request.body.is_empty() {
            let headers = vec![("allow", "POST".to_owned())];
            return (None, Response { status: 405, headers, body: Vec::new() }.into());
        }
        match &self.case.play {
            Play::Answers(turns) => {
                let turn = self.turns.min(turns.len() - 1);
                self.turns += 1;
                (Some(turn), turns[turn].reaction.clone())
            }
            Play::Illegal | Play::Twice => (Some(0), text_xml(crate::message::write_success()).into()),
            Play::Life(life) => {
                let charset = request.field("content-type").and_then(crate::message::charset_of);
                let read = read_request(request.body, charset.as_deref());
                let operation = read.map_or(Operation::Disconnect, |read| read.operation);
                let answer = life_answer(life, operation, self.placed, self.asked);
                match operation {
                    Operation::PlayOnPhone | Operation::PlayOnPhoneGreeting => self.placed += 1,
                    Operation::GetCallInfo => self.asked += 1,
                    Operation::Disconnect => {}
                }
                (Some(0), answer)
            }
        }
    }
}

/// The id of the case that a path names: two segments after `/case/`.
fn case_of(path: &str) -> Option<String> {
    let mut segments = path.strip_prefix("/case/")?.split('/');
    Some(format!("{}/{}", segments.next()?, segments.next()?))
}

fn kept(request: &Request<'_>, there: bool, turn: Option<usize>) -> ClientRequest {
    let hide = |(name, value): &(String, String)| {
        let secret = SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret));
        (name.clone(), if secret { HIDDEN.to_owned() } else { value.clone() })
    };
    let query = request.query.map_or_else(String::new, |query| format!("?{query}"));
    ClientRequest {
        there,
        version: request.version.to_owned(),
        method: request.method.to_owned(),
        target: format!("{}{query}", request.path),
        // Where the listener is differs from run to run, and so do the ports.
        headers: request
            .headers
            .iter()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("host"))
            .map(hide)
            .collect(),
        body: Bytes(request.body.to_vec()),
        turn,
    }
}

/// The description of the service, for clients that read it first.
fn description(asked: &str, here: &str) -> Option<String> {
    match asked.to_ascii_lowercase().as_str() {
        "wsdl" => {
            Some(WSDL.replace("http://localhost/EWS/UM2007Legacy.asmx", here).replace(
                "schemaLocation=\"messages.xsd\"",
                &format!("schemaLocation=\"{here}?messages.xsd\""),
            ))
        }
        "messages.xsd" => Some(
            MESSAGES_XSD
                .replace("schemaLocation=\"types.xsd\"", &format!("schemaLocation=\"{here}?types.xsd\"")),
        ),
        "types.xsd" => Some(TYPES_XSD.to_owned()),
        _ => None,
    }
}

fn text_xml(body: String) -> Response {
    let headers = vec![("content-type", crate::protocol::names::CONTENT_TYPE.to_owned())];
    Response { status: 200, headers, body: body.into_bytes() }
}

/// The URLs filled into an answer.
fn filled(reaction: Reaction, urls: &Bases) -> Reaction {
    let fill = |text: &str| {
        text.replace("{here}", &urls.here).replace("{there}", &urls.there).replace("{canary}", &urls.canary)
    };
    let respond = |response: Response| Response {
        status: response.status,
        headers: response.headers.into_iter().map(|(name, value)| (name, fill(&value))).collect(),
        body: match String::from_utf8(response.body) {
            Ok(text) if text.contains("{canary}") => fill(&text).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        },
    };
    match reaction {
        Reaction::Answer(response) => Reaction::Answer(respond(response)),
        Reaction::Spoil(response, spoil) => Reaction::Spoil(respond(response), spoil),
        other => other,
    }
}

/// What came, in a few lines for whoever looks while the listener runs; the reports proper come at its end.
fn words(record: &SubjectRecord) -> String {
    let mut out = String::new();
    for (finding, cases) in record.findings() {
        out.push_str(&format!(
            "{}  {}  {}: expected {}; observed {}\n      cases {}\n",
            finding.verdict,
            finding.requirement,
            finding.check,
            finding.expected,
            finding.observed,
            cases.join(", ")
        ));
    }
    let counts = record.counts();
    out.push_str(&format!(
        "judged {} = passed {} + noted {} + warned {} + failed {}; {} cases nobody came to\n",
        counts.judged, counts.passed, counts.noted, counts.warned, counts.failed, counts.skipped
    ));
    out
}
