//! A server under test, wherever it is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::http_server::coding;
use super::raw::read_answers;
use super::secrets::{Gathered, HIDDEN, Secrets};
use super::{Credentials, HttpServer};
use crate::evidence::{
    Answer, Bytes, Exchange, Handler, HttpAnswer, Line, Reaction, Response, Sent, Silence, Spoil,
};
use crate::message::{Draft, Framing, HttpRequest, Ids, Misspelling, NameStyle};
use crate::mock::{Arrival, React, Request};
use crate::protocol::names;

/// A server under test.
pub enum Server {
    /// Over HTTP or HTTPS.
    Http(Box<HttpServer>),
    /// In this process.
    Local(Box<LocalServer>),
}

impl From<HttpServer> for Server {
    fn from(server: HttpServer) -> Self {
        Self::Http(Box::new(server))
    }
}

impl From<LocalServer> for Server {
    fn from(server: LocalServer) -> Self {
        Self::Local(Box::new(server))
    }
}

impl Server {
    /// Why a request that goes byte by byte cannot be sent so, if it cannot.
    pub fn cannot_frame(&self) -> Option<&'static str> {
        match self {
            Self::Http(server) if server.is_proxied() => {
                Some("a proxy would mend or refuse the framing by itself")
            }
            Self::Http(_) => None,
            Self::Local(_) => Some("a server in this process has no connections"),
        }
    }

    /// Why the password of the run's credentials cannot be spelled wrongly in this way, if it cannot.
    pub fn cannot_misspell(&self, misspelling: Misspelling) -> Option<&'static str> {
        let can = match self {
            Self::Http(server) => server.can_misspell(misspelling),
            Self::Local(server) => server.misspelled.contains_key(&misspelling),
        };
        (!can).then_some("no password was given (--user) that can be spelled wrongly so, and hidden")
    }

    /// Writes the names of header fields in this way, where requests cross a connection.
    pub fn write_names(&mut self, names: NameStyle) {
        if let Self::Http(server) = self {
            server.write_names(names);
        }
    }

    /// Whether requests cross a connection.
    pub fn is_local(&self) -> bool {
        matches!(self, Self::Local(_))
    }

    /// Sends a request and waits for the answer.
    pub async fn exchange(&self, request: &HttpRequest) -> Exchange {
        match self {
            Self::Http(server) => server.exchange(request).await,
            Self::Local(server) => server.exchange(request),
        }
    }

    /// Sends requests one after the other on one connection.
    pub async fn converse(&self, requests: &[HttpRequest]) -> Vec<Exchange> {
        match self {
            Self::Http(server) => server.converse(requests).await,
            Self::Local(server) => server.converse(requests),
        }
    }

    /// Sends a body byte by byte, `pause` apart, and waits for no answer.
    pub async fn drip(&self, request: &HttpRequest, pause: Duration) {
        if let Self::Http(server) = self {
            server.drip(request, pause).await;
        }
    }
}

/// A server in this process, with the header fields that go with every request.
pub struct LocalServer {
    handler: Box<dyn Handler>,
    headers: Vec<(String, String)>,
    /// Values of Authorization with wrong spellings of the password among these fields.
    misspelled: BTreeMap<Misspelling, String>,
    secrets: Secrets,
    dead: AtomicBool,
}

impl LocalServer {
    /// A server that gets these header fields with every request; in a record their values are
    /// hidden. An Authorization field that a request sets or clears replaces that of the run.
    pub fn new(handler: Box<dyn Handler>, headers: Vec<(String, String)>) -> Self {
        let authorization = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let credentials = authorization.and_then(|(_, value)| Credentials::of_authorization(value));
        let wrong = credentials.iter().flat_map(Credentials::misspelled);
        let misspelled = wrong.map(|(misspelling, wrong)| (misspelling, wrong.authorization())).collect();
        Self { handler, headers, misspelled, secrets: Secrets::default(), dead: AtomicBool::new(false) }
    }

    /// The same server, in whose answers credentials among these fields are hidden as well, for one that is
    /// given real ones. Those that turn up in any answer by chance are not.
    #[must_use]
    pub fn hiding_credentials(self) -> Self {
        let mut gathered = Gathered::beside("localhost");
        for (name, value) in &self.headers {
            // There is no user here to whom a credential could be refused.
            let _ = gathered.field(name, value);
        }
        let mut misspelled = self.misspelled.clone();
        // One that cannot be hidden is never sent.
        misspelled.retain(|misspelling, value| {
            !misspelling.is_derived() || gathered.field("authorization", value).is_ok()
        });
        Self { misspelled, secrets: gathered.secrets().unwrap_or_default(), ..self }
    }

    /// Requests one after the other. There is no connection, and they share all that there is.
    fn converse(&self, requests: &[HttpRequest]) -> Vec<Exchange> {
        let numbered = requests.iter().enumerate();
        numbered.map(|(at, request)| self.one(&HttpRequest { preceded: at, ..request.clone() })).collect()
    }

    pub(super) fn exchange(&self, request: &HttpRequest) -> Exchange {
        for before in 0..request.preceded {
            self.one(&HttpRequest { preceded: before, ..Draft::disconnect(&[]).write(&Ids::default()) });
        }
        self.one(request)
    }

    /// A request that comes after so many on the same connection.
    pub(super) fn exchange_after(&self, request: &HttpRequest, before: usize) -> Exchange {
        self.one(&HttpRequest { preceded: before, ..request.clone() })
    }

    /// One request, which says itself how many came before it.
    fn one(&self, request: &HttpRequest) -> Exchange {
        let mut full = request.clone();
        let mut headers = Vec::new();
        let mut shown = Vec::new();
        if !matches!(request.framing, Framing::NoHost | Framing::Http10NoHost) {
            headers.push(("host".to_owned(), "localhost".to_owned()));
            shown.clone_from(&headers);
        }
        for (name, value) in &self.headers {
            let dropped = request.header(name).is_some()
                || (name.eq_ignore_ascii_case("authorization") && request.anonymous);
            let wrong = request.misspelled.filter(|_| name.eq_ignore_ascii_case("authorization"));
            let value = wrong.map_or(Some(value), |misspelling| self.misspelled.get(&misspelling));
            if let Some(value) = value.filter(|_| !dropped) {
                headers.push((name.clone(), value.clone()));
                shown.push((name.clone(), HIDDEN.to_owned()));
            }
        }
        if let Some((name, value)) = coding(request) {
            headers.push((name.clone(), value.clone()));
            shown.push((name, value));
        }
        headers.extend(request.headers.iter().cloned());
        shown.extend(request.headers.iter().cloned());
        if let Framing::Chunked(_) | Framing::ChunkedAs(_) = request.framing {
            headers.push(("transfer-encoding".to_owned(), "chunked".to_owned()));
        }
        full.headers = headers;
        let answer = if self.dead.load(Ordering::SeqCst) {
            Answer::Silence(Silence::Refused)
        } else {
            self.handler.answer(&full)
        };
        if answer == Answer::Silence(Silence::Refused) {
            self.dead.store(true, Ordering::SeqCst);
        }
        let answer = self.secrets.hide_answer(answer);
        let sent = Sent {
            method: request.method.clone(),
            target: format!("{}{}", names::ENDPOINT_PATH, request.query),
            headers: shown,
            body: Bytes(request.body.clone()),
            wire: None,
        };
        let line = Line { shared: request.preceded > 0, ..Line::default() };
        Exchange { line, ..Exchange::new(sent, answer) }
    }
}

/// The mocks as servers in this process: what a reaction looks like from the other side.
impl<R: React> Handler for R {
    fn answer(&self, request: &HttpRequest) -> Answer {
        let target = format!("{}{}", names::ENDPOINT_PATH, request.query);
        let (path, query) =
            target.split_once('?').map_or((&*target, None), |(path, query)| (path, Some(query)));
        let styled: Option<Vec<(String, String)>> = request.fields.map(|style| {
            request.headers.iter().map(|(name, value)| (style.name(name), value.clone())).collect()
        });
        let version = if request.framing.is_http10() { "1.0" } else { "1.1" };
        let reaction = self.react(&Request {
            version,
            method: &request.method,
            path,
            query,
            is_absolute: request.absolute,
            headers: styled.as_deref().unwrap_or(&request.headers),
            body: &request.body,
            // There is no connection: what its bytes would show is taken from what the request asks for.
            arrival: Arrival { before: request.preceded, parted: !request.cuts.is_empty() },
            flaws: &[],
        });
        let (response, spoil) = match reaction {
            Reaction::Answer(response) => (response, None),
            Reaction::Spoil(response, spoil) => (response, Some(spoil)),
            Reaction::Close => return Answer::Silence(Silence::Closed),
            Reaction::Early(bytes) | Reaction::Keep(bytes) | Reaction::Raw(bytes) => return first_of(&bytes),
            Reaction::Pieces(pieces) => return first_of(&pieces.concat()),
            Reaction::Die => return Answer::Silence(Silence::Refused),
            Reaction::Hang => return Answer::Silence(Silence::TimedOut),
            Reaction::Reset => return Answer::Silence(Silence::Reset),
        };
        received(response, spoil, request.framing == Framing::Watched)
    }
}

/// The first answer in what came.
fn first_of(bytes: &[u8]) -> Answer {
    read_answers(bytes).into_iter().next().unwrap_or(Answer::Silence(Silence::Closed))
}

/// What a client makes of a response that goes wrong on the line.
fn received(response: Response, spoil: Option<Spoil>, watched: bool) -> Answer {
    let mut body = response.body;
    let mut complete = true;
    let mut trailing = 0;
    // The length that it says, where that is not the one of its body.
    let mut said = None;
    match spoil {
        Some(Spoil::CloseInHead) => return Answer::Silence(Silence::Closed),
        Some(
            Spoil::HangInBody
            | Spoil::HangInHead
            | Spoil::EndlessBody
            | Spoil::EndlessChunks
            | Spoil::EndlessHead,
        ) => return Answer::Silence(Silence::TimedOut),
        Some(Spoil::CloseInBody | Spoil::ResetInBody) => {
            body.truncate(body.len() / 2);
            complete = false;
        }
        Some(Spoil::LengthLong | Spoil::LengthLongOpen) => {
            complete = false;
            said = Some(body.len() + 20);
        }
        Some(Spoil::LengthShort) => said = Some(body.len().saturating_sub(20)),
        Some(Spoil::Twice) if watched => trailing = body.len(),
        Some(Spoil::Twice | Spoil::Drip | Spoil::Slow) | None => {}
    }
    let told = said.map(|length: usize| ("content-length", length.to_string()));
    let headers = response.headers.into_iter().chain(told);
    let headers = headers.map(|(name, value)| (name.to_owned(), value)).collect();
    let (version, body) = ("1.1".to_owned(), Bytes(body));
    Answer::Http(HttpAnswer { version, status: response.status, headers, body, complete, trailing })
}
