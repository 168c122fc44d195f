//! The listener that clients talk to: every case under a URL of its own, at two hosts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::kept::kept;
use super::names::titled;
use super::served::{Bases, description, filled, text_xml};
use crate::catalogue::{ClientCase, Play, client_cases, life_answer};
use crate::evidence::{Bytes, ClientRequest, Reaction, Response};
use crate::message::{charset_of, read_request, write_success};
use crate::mock::http1::is_host;
use crate::mock::{Events, Identity, MockLimits, React, Request, TlsFront, WireMock};
use crate::protocol::Operation;

/// Most requests of a client that are kept in one case.
pub const MAX_REQUESTS: usize = 16;

/// Most bytes of requests that are kept in one case; what comes beyond is answered and not kept. The longest
/// request of a sound client has some thousand.
const MAX_CASE: usize = 2 * 1024 * 1024;

/// Most bytes of requests that are kept of all cases together.
pub(super) const MAX_CASES: usize = 16 * 1024 * 1024;

/// The field by which an answer to the one URL for all cases names its case.
pub(super) const CASE_FIELD: &str = "umspec-case";

/// The listener, at both of its hosts. It ends when this is dropped.
pub(super) struct Listener {
    shared: Arc<Shared>,
    here: WireMock,
    address: SocketAddr,
    // Held, so that they run as long as the first one.
    _other: Option<WireMock>,
    _fronts: Vec<TlsFront>,
}

/// What else is served, and who hears of what came.
pub(super) trait Pages: Send + Sync {
    /// The answer to a request that belongs to no case.
    fn page(&self, request: &Request<'_>) -> Option<Response>;

    /// Events for who asks for them.
    fn events(&self, request: &Request<'_>) -> Option<Events>;

    /// A request came in this case; by the one URL for all, if `by_turn`. Must return at once.
    fn came(&self, case: &str, by_turn: bool);
}

/// What came, by case.
#[derive(Default)]
pub(super) struct Shared {
    cases: Mutex<BTreeMap<String, CaseState>>,
    pages: OnceLock<Box<dyn Pages>>,
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

#[derive(Debug)]
struct CaseState {
    case: Cow<'static, ClientCase>,
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
    /// name. With an identity both hosts are reached over TLS.
    pub(super) async fn start(
        address: SocketAddr,
        canary: Option<SocketAddr>,
        limits: MockLimits,
        cases: &[&'static ClientCase],
        identity: Option<&Identity>,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        for case in cases {
            shared.put(Cow::Borrowed(case));
        }
        let host = |is_other| Arc::new(Host { shared: Arc::clone(&shared), is_other });
        // Behind TLS nobody but the front is to come.
        let inside: SocketAddr = ([127, 0, 0, 1], 0).into();
        let here = WireMock::start(identity.map_or(address, |_| inside), host(false), limits).await?;
        // Linux answers at every address of 127.0.0.0/8; elsewhere the other host is another name.
        let any: SocketAddr = ([127, 0, 0, 2], 0).into();
        let second = WireMock::start(identity.map_or(any, |_| inside), host(true), limits).await.ok();
        let (mut at, mut other_at) = (here.address(), second.as_ref().map(WireMock::address));
        let mut fronts = Vec::new();
        if let Some(identity) = identity {
            let front = TlsFront::start(address, at, identity, limits).await?;
            at = front.address();
            fronts.push(front);
            let front = match other_at {
                Some(inner) => TlsFront::start(any, inner, identity, limits).await.ok(),
                None => None,
            };
            other_at = front.as_ref().map(TlsFront::address);
            fronts.extend(front);
        }
        let scheme = if identity.is_some() { "https" } else { "http" };
        let other = match other_at {
            Some(other) => format!("{scheme}://{other}"),
            None => format!("{scheme}://localhost:{}", at.port()),
        };
        let canary = canary.map_or_else(|| "http://canary.invalid".to_owned(), |at| format!("http://{at}"));
        let bases = Bases { here: format!("{scheme}://{at}"), other, canary };
        *shared.bases.lock().unwrap_or_else(PoisonError::into_inner) = bases;
        shared.is_everywhere.store(address.ip().is_unspecified(), Ordering::SeqCst);
        Ok(Self { shared, here, address: at, _other: second, _fronts: fronts })
    }

    /// The URL of a case.
    pub(super) fn url(&self, case: &str) -> String {
        format!("{}/case/{case}", self.shared.here())
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What came in a case so far.
    pub(super) fn requests(&self, case: &str) -> Vec<ClientRequest> {
        self.shared.requests(case)
    }

    /// Whether the names of fields in answers get capitals.
    pub(super) fn title_names(&self, titled: bool) {
        self.shared.titled.store(titled, Ordering::SeqCst);
    }

    /// Takes in a case, or makes it new again.
    pub(super) fn put(&self, case: Cow<'static, ClientCase>) {
        self.shared.put(case);
    }

    /// Makes a case new again, if it is there.
    pub(super) fn reset(&self, case: &str) {
        if let Some(case) = self.shared.forget(case) {
            self.shared.put(case);
        }
    }

    /// Leaves a case out.
    pub(super) fn forget(&self, case: &str) {
        self.shared.forget(case);
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
    /// Base URL of the first host.
    pub(super) fn here(&self) -> String {
        self.bases.lock().unwrap_or_else(PoisonError::into_inner).here.clone()
    }

    /// How many requests came in a case so far.
    pub(super) fn count(&self, case: &str) -> usize {
        let cases = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        cases.get(case).map_or(0, |state| state.requests.len())
    }

    /// What came in a case so far.
    pub(super) fn requests(&self, case: &str) -> Vec<ClientRequest> {
        let cases = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        cases.get(case).map_or_else(Vec::new, |state| state.requests.clone())
    }

    /// Serves further pages. Only the first call counts.
    pub(super) fn serve(&self, pages: Box<dyn Pages>) {
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

    fn put(&self, case: Cow<'static, ClientCase>) {
        self.forget(&case.id);
        let id = case.id.to_string();
        let state = CaseState { case, requests: Vec::new(), turns: 0, placed: 0, asked: 0, early: None };
        self.cases.lock().unwrap_or_else(PoisonError::into_inner).insert(id, state);
    }

    fn forget(&self, case: &str) -> Option<Cow<'static, ClientCase>> {
        let before = self.cases.lock().unwrap_or_else(PoisonError::into_inner).remove(case)?;
        let freed = before.requests.iter().map(ClientRequest::size).sum();
        self.kept.fetch_sub(freed, Ordering::SeqCst);
        Some(before.case)
    }

    /// The base URLs as this client knows them: where the listener is at every address of the machine, the one by
    /// which it came stands in Host.
    fn bases_for(&self, request: &Request<'_>) -> Bases {
        let bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match request.field("host").map(str::trim).filter(|host| !host.is_empty() && is_host(host)) {
            Some(host) if self.is_everywhere.load(Ordering::SeqCst) => {
                let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
                let here = bases.here.rsplit_once(':').map_or("", |(_, port)| port);
                let scheme = bases.here.split("://").next().unwrap_or("http");
                Bases { here: format!("{scheme}://{name}:{here}"), ..bases }
            }
            _ => bases,
        }
    }

    /// The base URL by which whoever sent this request knows the listener.
    pub(super) fn base_for(&self, request: &Request<'_>) -> String {
        self.bases_for(request).here
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
    fn events(&self, request: &Request<'_>) -> Option<Events> {
        self.shared.pages.get()?.events(request)
    }

    fn react(&self, request: &Request<'_>) -> Reaction {
        if let Some(page) = self.shared.pages.get().and_then(|pages| pages.page(request)) {
            return page.into();
        }
        let is_turn = request.path == "/next" && request.method == "POST";
        let by_turn = || is_turn.then(|| self.shared.next());
        let Some(id) = case_of(request.path).or_else(|| by_turn().flatten()) else {
            return Response::empty(404).into();
        };
        let reaction = self.in_case(&id, request);
        if let Some(pages) = self.shared.pages.get() {
            pages.came(&id, is_turn);
        }
        if is_turn { named(reaction, &id) } else { reaction }
    }

    fn early(&self, head: &Request<'_>) -> Option<Vec<u8>> {
        let id = case_of(head.path).filter(|_| head.method == "POST")?;
        let bases = self.shared.bases_for(head);
        let mut cases = self.shared.cases.lock().unwrap_or_else(PoisonError::into_inner);
        let state = cases.get_mut(&id)?;
        let Some(Reaction::Early(answer)) = state.next_answer().cloned() else { return None };
        if state.requests.len() < MAX_REQUESTS {
            let (turn, _) = state.answer(head);
            state.early = Some(state.requests.len());
            self.shared.keep(state, kept(head, self.is_other, turn, &bases));
        }
        match self.shared.written(&id, Reaction::Early(answer)) {
            Reaction::Early(answer) => Some(answer),
            _ => None,
        }
    }

    fn continues(&self) -> bool {
        true
    }

    fn takes_flawed(&self) -> bool {
        true
    }
}

impl Host {
    /// What comes of a request in a case.
    fn in_case(&self, id: &str, request: &Request<'_>) -> Reaction {
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
        let Some(state) = cases.get_mut(id) else { return Response::empty(404).into() };
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
        self.shared.written(id, filled(reaction, &urls))
    }
}

/// An answer that names its case. Where the bytes of an answer are the case, it stays as it is.
fn named(reaction: Reaction, id: &str) -> Reaction {
    let name = |mut response: Response| {
        response.headers.push((CASE_FIELD, id.to_owned()));
        response
    };
    match reaction {
        Reaction::Answer(response) => Reaction::Answer(name(response)),
        Reaction::Spoil(response, spoil) => Reaction::Spoil(name(response), spoil),
        other => other,
    }
}

impl CaseState {
    /// What comes next of a request for Disconnect.
    fn next_answer(&self) -> Option<&Reaction> {
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
