//! The listener that clients talk to: every case under a URL of its own, at two hosts.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::names::titled;
use crate::catalogue::{ClientCase, Play, client_cases, life_answer};
use crate::evidence::{Bytes, ClientRequest, Reaction, Response};
use crate::message::{charset_of, read_request, write_success};
use crate::mock::http1::is_host;
use crate::mock::{MockLimits, React, Request, WireMock};
use crate::protocol::{MESSAGES_XSD, Operation, TYPES_XSD, WSDL, names};

/// Most requests of a client that are kept in one case.
pub const MAX_REQUESTS: usize = 16;

/// Most bytes of requests that are kept in one case; what comes beyond is answered and not kept. The longest
/// request of a sound client has some thousand.
const MAX_CASE: usize = 2 * 1024 * 1024;

/// Most bytes of requests that are kept of all cases together.
pub(super) const MAX_CASES: usize = 16 * 1024 * 1024;

/// Fields whose values are secrets of whoever sends them.
const SECRET: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "x-api-key"];

/// The value that stands for a secret.
const HIDDEN: &str = "(hidden)";

/// What stands for the name of the listener.
pub(super) const HERE: &str = "{here}";

/// The listener, at both of its hosts. It ends when this is dropped.
pub(super) struct Listener {
    shared: Arc<Shared>,
    here: WireMock,
    // Held, so that it runs as long as the first one.
    _other: Option<WireMock>,
}

/// Answers to requests for paths that belong to no case.
pub(super) type Pages = Box<dyn Fn(&str) -> Option<Response> + Send + Sync>;

/// What came, by case.
#[derive(Default)]
pub(super) struct Shared {
    cases: Mutex<BTreeMap<String, CaseState>>,
    pages: OnceLock<Pages>,
    /// Whether the names of fields in answers get capitals.
    titled: AtomicBool,
    /// How many requests came to the one URL for all cases.
    sequence: Mutex<usize>,
    /// How many bytes of requests are kept, and whether more came than may be.
    kept: AtomicUsize,
    full: AtomicBool,
    /// Whether the listener is at every address of the machine (0.0.0.0 or [::]).
    is_everywhere: AtomicBool,
    /// Base URLs of the two hosts and of the address that is watched.
    bases: Mutex<Bases>,
}

#[derive(Debug, Default, Clone)]
struct Bases {
    here: String,
    other: String,
    canary: String,
}

#[derive(Debug)]
struct CaseState {
    case: &'static ClientCase,
    requests: Vec<ClientRequest>,
    /// How many turns were taken, calls placed, states asked for.
    turns: usize,
    placed: usize,
    asked: usize,
    /// The request that was answered before its body came, if one was.
    early: Option<usize>,
}

/// The part of the listener at one host.
struct Host {
    shared: Arc<Shared>,
    is_other: bool,
}

impl Listener {
    /// Listens at `address` (port 0 for any) for these cases; `canary` is the address that only answers
    /// name.
    pub(super) async fn start(
        address: SocketAddr,
        canary: Option<SocketAddr>,
        limits: MockLimits,
        cases: &[&'static ClientCase],
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        for case in cases {
            shared.reset(case);
        }
        let host = |is_other| Arc::new(Host { shared: Arc::clone(&shared), is_other });
        let here = WireMock::start(address, host(false), limits).await?;
        // Linux answers at every address of 127.0.0.0/8; elsewhere the other host is another name.
        let second = WireMock::start(([127, 0, 0, 2], 0).into(), host(true), limits).await.ok();
        let other = match &second {
            Some(second) => format!("http://{}", second.address()),
            None => format!("http://localhost:{}", here.address().port()),
        };
        let canary = canary.map_or_else(|| "http://canary.invalid".to_owned(), |at| format!("http://{at}"));
        let bases = Bases { here: format!("http://{}", here.address()), other, canary };
        *shared.bases.lock().unwrap_or_else(PoisonError::into_inner) = bases;
        shared.is_everywhere.store(address.ip().is_unspecified(), Ordering::SeqCst);
        Ok(Self { shared, here, _other: second })
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
        self.shared.requests(case)
    }

    /// Whether the names of fields in answers get capitals.
    pub(super) fn title_names(&self, titled: bool) {
        self.shared.titled.store(titled, Ordering::SeqCst);
    }

    /// Makes a case new again.
    pub(super) fn reset(&self, case: &'static ClientCase) {
        self.shared.reset(case);
    }

    /// What came, for whoever tells of it while the listener runs.
    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Waits until the listener ends by itself.
    pub(super) async fn ended(&mut self) {
        self.here.until_end().await;
    }
}

impl Shared {
    /// What came in a case so far.
    pub(super) fn requests(&self, case: &str) -> Vec<ClientRequest> {
        let cases = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        cases.get(case).map_or_else(Vec::new, |state| state.requests.clone())
    }

    /// Serves further pages. Only the first call counts.
    pub(super) fn serve(&self, pages: Pages) {
        let _ = self.pages.set(pages);
    }

    /// An answer with the names of its fields as this client wants them, unless they are what the case is about.
    fn written(&self, case: &str, reaction: Reaction) -> Reaction {
        if !self.titled.load(Ordering::SeqCst) || case.starts_with("answer-field/names-") {
            return reaction;
        }
        match reaction {
            Reaction::Answer(response) => {
                let head = response.head(response.body.len());
                Reaction::Raw([titled(&head), response.body].concat())
            }
            Reaction::Early(bytes) => Reaction::Early(titled(&bytes)),
            Reaction::Keep(bytes) => Reaction::Keep(titled(&bytes)),
            Reaction::Raw(bytes) => Reaction::Raw(titled(&bytes)),
            // Where it is cut stays where it was: a name is as long as before.
            Reaction::Pieces(pieces) => {
                let whole = titled(&pieces.concat());
                let mut rest = &whole[..];
                let mut cut = |piece: &Vec<u8>| {
                    let (piece, after) = rest.split_at(piece.len());
                    rest = after;
                    piece.to_vec()
                };
                Reaction::Pieces(pieces.iter().map(&mut cut).collect())
            }
            other => other,
        }
    }

    fn reset(&self, case: &'static ClientCase) {
        let state = CaseState { case, requests: Vec::new(), turns: 0, placed: 0, asked: 0, early: None };
        let before =
            self.cases.lock().unwrap_or_else(PoisonError::into_inner).insert(case.id.to_string(), state);
        let freed = before.map_or(0, |before| before.requests.iter().map(ClientRequest::size).sum());
        self.kept.fetch_sub(freed, Ordering::SeqCst);
    }

    /// The base URLs as this client knows them: where the listener is at every address of the machine, the one by
    /// which it came stands in Host.
    fn bases_for(&self, request: &Request<'_>) -> Bases {
        let bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match request.field("host").map(str::trim).filter(|host| !host.is_empty() && is_host(host)) {
            Some(host) if self.is_everywhere.load(Ordering::SeqCst) => {
                let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
                let here = bases.here.rsplit_once(':').map_or("", |(_, port)| port);
                Bases { here: format!("http://{name}:{here}"), ..bases }
            }
            _ => bases,
        }
    }

    /// How many bytes of requests are kept.
    pub(super) fn size(&self) -> usize {
        self.kept.load(Ordering::SeqCst)
    }

    /// Whether more came than is kept of all cases together.
    pub(super) fn is_full(&self) -> bool {
        self.full.load(Ordering::SeqCst)
    }

    /// Keeps a request in its case, if there is room.
    fn keep(&self, state: &mut CaseState, request: ClientRequest) {
        let size = request.size();
        let of_case: usize = state.requests.iter().map(ClientRequest::size).sum();
        if self.size() + size > MAX_CASES {
            self.full.store(true, Ordering::SeqCst);
        } else if state.requests.len() < MAX_REQUESTS && of_case + size <= MAX_CASE {
            self.kept.fetch_add(size, Ordering::SeqCst);
            state.requests.push(request);
        }
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
        if let Some(page) = self.shared.pages.get().and_then(|pages| pages(request.path)) {
            return page.into();
        }
        let by_turn = || (request.path == "/next" && request.method == "POST").then(|| self.shared.next());
        let Some(id) = case_of(request.path).or_else(|| by_turn().flatten()) else {
            return Response::empty(404).into();
        };
        let bases = self.shared.bases_for(request);
        let urls = Bases {
            here: format!("{}/case/{id}", bases.here),
            other: format!("{}/case/{id}", bases.other),
            canary: bases.canary.clone(),
        };
        if request.method == "GET"
            && let Some(description) = request.query.and_then(|asked| description(asked, &urls.here))
        {
            return text_xml(description).into();
        }
        let mut cases = self.shared.cases.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(state) = cases.get_mut(&id) else { return Response::empty(404).into() };
        let at_other_host =
            self.is_other || request.field("host").is_some_and(|host| host.starts_with("localhost"));
        if let Some(answered) = state.early.take() {
            // Its body comes after it was answered.
            if let Some(kept) = state.requests.get_mut(answered) {
                self.shared.kept.fetch_add(request.body.len(), Ordering::SeqCst);
                kept.body = Bytes(request.body.to_vec());
            }
            return Reaction::Close;
        }
        let (turn, reaction) = state.answer(request);
        self.shared.keep(state, kept(request, at_other_host, turn, &bases));
        self.shared.written(&id, filled(reaction, &urls))
    }

    fn early(&self, head: &Request<'_>) -> Option<Vec<u8>> {
        let id = case_of(head.path).filter(|_| head.method == "POST")?;
        let bases = self.shared.bases_for(head);
        let mut cases = self.shared.cases.lock().unwrap_or_else(PoisonError::into_inner);
        let state = cases.get_mut(&id)?;
        let Some(Reaction::Early(answer)) = state.next_answer() else { return None };
        if state.requests.len() < MAX_REQUESTS {
            let (turn, _) = state.answer(head);
            state.early = Some(state.requests.len());
            self.shared.keep(state, kept(head, self.is_other, turn, &bases));
        }
        match self.shared.written(&id, Reaction::Early(answer.clone())) {
            Reaction::Early(answer) => Some(answer),
            _ => None,
        }
    }

    fn continues(&self) -> bool {
        true
    }
}

impl CaseState {
    /// What comes next of a request for Disconnect.
    fn next_answer(&self) -> Option<&'static Reaction> {
        match &self.case.play {
            Play::Answers(turns) => turns.get(self.turns.min(turns.len() - 1)).map(|turn| &turn.reaction),
            Play::Illegal | Play::Life(_) | Play::Twice => None,
        }
    }

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
            Play::Illegal | Play::Twice => (Some(0), text_xml(write_success()).into()),
            Play::Life(life) => {
                let charset = request.field("content-type").and_then(charset_of);
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

fn kept(request: &Request<'_>, at_other_host: bool, turn: Option<usize>, bases: &Bases) -> ClientRequest {
    // Where the listener is differs from run to run, and so do the ports.
    let ours = [&bases.here, &bases.other].map(|base| base.trim_start_matches("http://"));
    let shown = |(name, value): &(String, String)| {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let shown = if SECRET.into_iter().any(is) {
            HIDDEN
        } else if is("host") && ours.contains(&value.trim()) {
            HERE
        } else {
            value
        };
        (name.clone(), shown.to_owned())
    };
    let authority = if request.is_absolute { format!("http://{HERE}") } else { String::new() };
    let query = request.query.map_or_else(String::new, |query| format!("?{query}"));
    ClientRequest {
        at_other_host,
        version: request.version.to_owned(),
        method: request.method.to_owned(),
        target: format!("{authority}{}{query}", request.path),
        headers: request.headers.iter().map(shown).collect(),
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
    let headers = vec![("content-type", names::CONTENT_TYPE.to_owned())];
    Response { status: 200, headers, body: body.into_bytes() }
}

/// The URLs filled into an answer.
fn filled(reaction: Reaction, urls: &Bases) -> Reaction {
    let fill = |text: &str| {
        text.replace("{here}", &urls.here).replace("{other}", &urls.other).replace("{canary}", &urls.canary)
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
