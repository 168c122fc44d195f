//! A server over HTTP or HTTPS.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderMap;
use rustls::ClientConfig;

use super::own::{Own, client, header_field, headers_and_secrets};
use super::raw::{Arrivals, RawConnection};
use super::received::receive;
use super::secrets::{Ending, HIDDEN, Secrets};
use super::{Endpoint, Options, TargetError, tls};
use crate::evidence::{Answer, Bytes, Exchange, HttpAnswer, Line, Sent, Silence};
use crate::message::{Draft, FieldStyle, Framing, HttpRequest, Ids, Misspelling, NameStyle, Wire};

/// How many times `--timeout` an exchange may take while more of the answer comes.
pub const SLOWEST: u32 = 4;

/// A server under test.
///
/// A request has a connection of its own, so that no answer depends on what another request left behind on one, and
/// a server that serves one connection at a time is never kept waiting by one that lies idle. The cases about
/// connections keep theirs on purpose, and plain requests may share one (`Kept`) where the server was seen to bear it.
pub struct HttpServer {
    endpoint: Endpoint,
    client: reqwest::Client,
    tls: Arc<ClientConfig>,
    /// Header fields of the run's own, credentials last.
    headers: Vec<(String, String)>,
    /// Values of Authorization with wrong spellings of the password, each of them hidden like the right one.
    misspelled: BTreeMap<Misspelling, String>,
    secrets: Secrets,
    timeout: Duration,
    connect_timeout: Duration,
    /// Longest body of an answer that is read, in bytes.
    max_answer: usize,
    proxied: bool,
    /// Whether ordinary requests go through the HTTP library.
    pub(super) by_library: bool,
    /// How the names of fields are written, where a request does not say.
    names: NameStyle,
}

impl HttpServer {
    /// Sets up a client for a server; nothing is sent yet.
    ///
    /// # Errors
    /// Certificates, header fields or a proxy that cannot be used, and credentials that cannot be kept out of
    /// records.
    pub fn new(endpoint: Endpoint, options: &Options) -> Result<Self, TargetError> {
        let needs_roots =
            endpoint.is_tls() || options.proxy.as_ref().is_some_and(|proxy| proxy.starts_with("https"));
        let tls = tls::client_config(options, needs_roots)?;
        let client = client(&endpoint, options, &tls)?;

        let Own { headers, misspelled, secrets } = headers_and_secrets(&endpoint, options)?;
        Ok(Self {
            client,
            tls: Arc::new(tls),
            headers,
            misspelled,
            secrets,
            timeout: options.timeout,
            connect_timeout: options.connect_timeout,
            max_answer: options.max_answer,
            proxied: options.proxy.is_some(),
            by_library: options.proxy.is_some(),
            names: NameStyle::LowerCase,
            endpoint,
        })
    }

    /// The same server, to which ordinary requests go through an HTTP library, which refuses answers that
    /// are wrong as HTTP.
    #[must_use]
    pub fn by_library(self) -> Self {
        Self { by_library: true, ..self }
    }

    /// Writes the names of fields in this way from now on.
    pub(super) fn write_names(&mut self, names: NameStyle) {
        self.names = names;
    }

    /// Where requests go.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Whether requests pass a proxy, which would mend or refuse broken framing by itself.
    pub fn is_proxied(&self) -> bool {
        self.proxied
    }

    /// Sends a request and waits for the answer.
    ///
    /// What is sent and read goes byte by byte, because a library would mend or refuse what is wrong with
    /// an answer instead of telling it. Through a proxy one is used all the same.
    pub async fn exchange(&self, request: &HttpRequest) -> Exchange {
        if self.by_library
            && request.is_ordinary()
            && let Some(ready) = self.ordinary(request)
        {
            let answer = receive(self.client.execute(ready).await, self.max_answer).await;
            return self.recorded(request, (answer, Line::default()));
        }
        if request.preceded > 0 {
            let plain = Draft::disconnect(&[]).write(&Ids::default());
            let mut all = vec![plain; request.preceded];
            all.push(request.clone());
            if let Some(last) = self.converse(&all).await.pop() {
                return last;
            }
        }
        let wire = self.wire(request);
        let arrivals = Arrivals::default();
        let mut open = None;
        let seen = self.within(&arrivals, async {
            let connection = open.insert(self.connect(&arrivals).await?);
            let (answer, mut line) = connection.exchange(&wire, request.method == "HEAD").await;
            if request.followed && matches!(answer, Answer::Http(_)) {
                connection.follow(&self.endpoint.authority(), &mut line).await;
            }
            Ok((answer, line))
        });
        let Some((mut answer, mut line)) = seen.await else {
            return self.recorded(request, unended(open));
        };
        if let Some(connection) = &mut open {
            self.watch(connection, request, &mut answer, &mut line).await;
        }
        self.recorded(request, (answer, line))
    }

    /// Looks at what comes on a connection after an answer, where that is of use.
    async fn watch(
        &self,
        connection: &mut RawConnection,
        request: &HttpRequest,
        answer: &mut Answer,
        line: &mut Line,
    ) {
        let behind = request.framing.requests_behind();
        if behind > 0 {
            for _ in 0..behind {
                if matches!(answer, Answer::Http(_)) && !line.open && !line.closed {
                    connection.second(line, self.timeout).await;
                }
            }
        } else if is_watched(request) {
            let ends = ends_connection(request, answer);
            connection.linger(answer, line, ends.then_some(self.timeout)).await;
        }
    }

    /// Sends requests one after the other on one connection, each after the answer to the one
    /// before. Where the server closes in between, the rest go on a new one; what was seen of each on
    /// its connection tells so.
    pub async fn converse(&self, requests: &[HttpRequest]) -> Vec<Exchange> {
        let mut open: Option<RawConnection> = None;
        let arrivals = Arrivals::default();
        let mut exchanges = Vec::with_capacity(requests.len());
        for request in requests {
            let wire = self.wire(request);
            let reused = open.is_some();
            let seen = self.within(&arrivals, self.exchange_on(&mut open, &arrivals, &wire, request)).await;
            let (mut answer, mut line) = seen.unwrap_or_else(|| unended(open.take()));
            if reused && matches!(answer, Answer::Silence(Silence::Closed | Silence::Reset)) {
                // A server may close an idle connection at any time (RFC 9112 9.5).
                open = None;
                let again = self.within(&arrivals, self.exchange_on(&mut open, &arrivals, &wire, request));
                (answer, line) = again.await.unwrap_or_else(|| unended(open.take()));
            } else {
                // Also where no answer came.
                line.shared = reused;
            }
            if request.framing == Framing::Watched
                && let Some(connection) = &mut open
            {
                self.watch(connection, request, &mut answer, &mut line).await;
            }
            let keeps = matches!(&answer, Answer::Http(http) if http.complete && keeps_open(http));
            if !keeps {
                open = None;
            }
            exchanges.push(self.recorded(request, (answer, line)));
        }
        exchanges
    }

    pub(super) async fn exchange_on(
        &self,
        open: &mut Option<RawConnection>,
        arrivals: &Arrivals,
        wire: &Wire,
        request: &HttpRequest,
    ) -> Result<(Answer, Line), Silence> {
        let connection = match open {
            Some(connection) => connection,
            None => open.insert(self.connect(arrivals).await?),
        };
        Ok(connection.exchange(wire, request.method == "HEAD").await)
    }

    async fn connect(&self, arrivals: &Arrivals) -> Result<RawConnection, Silence> {
        RawConnection::open(&self.endpoint, &self.tls, self.connect_timeout, self.max_answer, arrivals).await
    }

    /// Starts a request whose body goes byte by byte, `pause` apart, and never waits for an
    /// answer. Ends when the bytes do, when the server hangs up, or after twice the timeout: a
    /// server that waits for it must not be free again in time for another request.
    pub async fn drip(&self, request: &HttpRequest, pause: Duration) {
        let wire = self.wire(request);
        let head = wire.bytes.len() - request.body.len();
        let _ = tokio::time::timeout(self.timeout * 2, async {
            if let Ok(mut connection) = self.connect(&Arrivals::default()).await
                && connection.write_all(&wire.bytes[..head]).await
            {
                connection.drip(&wire.bytes[head..], pause).await;
            }
        })
        .await;
    }

    /// Waits for an exchange as long as something of the answer comes within each `timeout`, and no longer
    /// than [`SLOWEST`] of them: an answer in small pieces, or over a slow line, is an answer. Nothing where
    /// that was not enough.
    pub(super) async fn within(
        &self,
        arrivals: &Arrivals,
        exchange: impl Future<Output = Result<(Answer, Line), Silence>>,
    ) -> Option<(Answer, Line)> {
        let mut exchange = pin!(exchange);
        for _ in 0..SLOWEST {
            let before = arrivals.count();
            match tokio::time::timeout(self.timeout, &mut exchange).await {
                Ok(Ok(seen)) => return Some(seen),
                Ok(Err(silence)) => return Some((Answer::Silence(silence), Line::default())),
                Err(_) if arrivals.count() > before => {}
                Err(_) => break,
            }
        }
        None
    }

    /// The run's own header fields that the request does not set itself. An Authorization field
    /// that the request sets or clears replaces the credentials.
    fn own_headers(&self, request: &HttpRequest) -> Vec<(String, String)> {
        let dropped = |name: &str| {
            request.header(name).is_some()
                || (name.eq_ignore_ascii_case("authorization") && request.anonymous)
        };
        let own = self.headers.iter().filter(|(name, _)| !dropped(name)).cloned();
        own.filter_map(|(name, value)| match request.misspelled {
            Some(misspelling) if name.eq_ignore_ascii_case("authorization") => {
                Some((name, self.misspelled.get(&misspelling)?.clone()))
            }
            _ => Some((name, value)),
        })
        .collect()
    }

    /// Whether there is a password, and this wrong spelling of it can be sent and hidden.
    pub(super) fn can_misspell(&self, misspelling: Misspelling) -> bool {
        self.misspelled.contains_key(&misspelling)
    }

    pub(super) fn wire(&self, request: &HttpRequest) -> Wire {
        self.written(&self.endpoint, request, self.own_headers(request))
    }

    /// The bytes of a request as they are recorded: without the values of the run's own header fields and
    /// the query of its URL, and without secrets wherever they stand.
    fn shown_wire(&self, request: &HttpRequest) -> Vec<u8> {
        let own = self.own_headers(request).into_iter().map(|(name, _)| (name, HIDDEN.to_owned()));
        self.secrets.hide(self.written(&self.endpoint.shown(), request, own.collect()).bytes, Ending::Whole)
    }

    fn written(&self, endpoint: &Endpoint, request: &HttpRequest, own: Vec<(String, String)>) -> Wire {
        let mut own = own;
        if request.framing == Framing::Ordinary {
            own.extend(accepts(request));
        }
        own.extend(coding(request));
        let fields = request.fields.unwrap_or_else(|| FieldStyle::named(self.names));
        let request = HttpRequest { fields: Some(fields), ..request.clone() };
        request.wire(&endpoint.authority(), &endpoint.target_of(&request), &own)
    }

    /// The request for the ordinary client, if it is one that such a client can send.
    fn ordinary(&self, request: &HttpRequest) -> Option<reqwest::Request> {
        let method = reqwest::Method::from_bytes(request.method.as_bytes()).ok()?;
        let mut headers = HeaderMap::new();
        for (name, value) in self.own_headers(request).iter().chain(&request.headers) {
            let (name, value) = header_field(name, value)?;
            headers.append(name, value);
        }
        for (name, value) in own_fields(request) {
            let (name, value) = header_field(&name, &value)?;
            headers.append(name, value);
        }
        let path = self.endpoint.path_of(request);
        let (path, query) = path.split_once('?').map_or((&*path, None), |(path, query)| (path, Some(query)));
        let mut url = self.endpoint.url().clone();
        url.set_path(path);
        url.set_query(query);
        let mut builder = self.client.request(method, url).headers(headers);
        if request.has_body() {
            builder = builder.body(request.body.clone());
        }
        builder.build().ok()
    }

    pub(super) fn recorded(&self, request: &HttpRequest, (answer, line): (Answer, Line)) -> Exchange {
        let mut headers = vec![("host".to_owned(), self.endpoint.authority())];
        headers.extend(self.own_headers(request).into_iter().map(|(name, _)| (name, HIDDEN.to_owned())));
        let hide = |text: &str| self.secrets.hide_text(text);
        let shown = |(name, value): &(String, String)| (hide(name), hide(value));
        headers.extend(request.headers.iter().map(shown));
        let ordinary = request.is_ordinary();
        if ordinary {
            headers.extend(own_fields(request));
        }
        let path = self.endpoint.url().path();
        let sent = Sent {
            method: request.method.clone(),
            target: self.secrets.hide_text(&format!("{path}{}", request.query)),
            headers,
            body: Bytes(self.secrets.hide(request.body.clone(), Ending::Whole)),
            wire: (!ordinary).then(|| Bytes(self.shown_wire(request))),
        };
        let answer = self.secrets.hide_answer(answer);
        let hidden = |bytes: Bytes| Bytes(self.secrets.hide(bytes.0, Ending::Cut));
        let (head, chunk) = (line.head.map(hidden), line.chunk.map(hidden));
        Exchange { line: Line { head, chunk, ..line }, ..Exchange::new(sent, answer) }
    }
}

/// What is known where the end of an answer did not come in time: what has come of it, if it had begun.
pub(super) fn unended(connection: Option<RawConnection>) -> (Answer, Line) {
    match connection.and_then(RawConnection::unended) {
        Some(answer) => (Answer::Http(answer), Line { unended: true, ..Line::default() }),
        None => (Answer::Silence(Silence::TimedOut), Line::default()),
    }
}

/// Answers are read as they are: without a word on it a server may compress them (RFC 9110 12.5.3).
pub(super) fn coding(request: &HttpRequest) -> Option<(String, String)> {
    let is_said = request.header("accept-encoding").is_some();
    (!is_said).then(|| ("accept-encoding".to_owned(), "identity".to_owned()))
}

/// Whether the connection is watched after the answer, for an answer to something that was no request: where that is
/// what the case is about, and where fields follow the body, which some servers take for the next request.
pub(super) fn is_watched(request: &HttpRequest) -> bool {
    match &request.framing {
        Framing::Http10 | Framing::Watched => true,
        framing if framing.requests_behind() > 0 => true,
        Framing::ChunkedAs(form) => form.last.contains(": ") && form.last.ends_with("\r\n\r\n"),
        _ => false,
    }
}

/// Whether the connection is due to end after an answer, because either side says so or the request is one of
/// HTTP/1.0, whose connections end where nobody asks for more (RFC 9112 9.3, 9.6).
fn ends_connection(request: &HttpRequest, answer: &Answer) -> bool {
    let options = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("connection"));
    let asked = |wanted: &str| {
        let mut said = options.clone().flat_map(|(_, value)| value.split(','));
        said.any(|option| option.trim().eq_ignore_ascii_case(wanted))
    };
    let is_old = request.framing.is_http10() && !asked("keep-alive");
    is_old || asked("close") || matches!(answer, Answer::Http(http) if http.complete && !keeps_open(http))
}

/// Whether the connection stays open after an answer, as far as that says (RFC 9112 9.3).
pub(super) fn keeps_open(http: &HttpAnswer) -> bool {
    let says = |option: &str| {
        let values = http.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("connection"));
        values.flat_map(|(_, value)| value.split(',')).any(|said| said.trim().eq_ignore_ascii_case(option))
    };
    !says("close") && (http.version != "1.0" || says("keep-alive"))
}

/// The header fields that go with an ordinary request beside its own. The length is said outright, also
/// of an empty body: some servers wait for it (RFC 9110 8.6).
fn own_fields(request: &HttpRequest) -> impl Iterator<Item = (String, String)> {
    let length = request.has_body().then(|| ("content-length".to_owned(), request.body.len().to_string()));
    let length = length.filter(|_| request.header("content-length").is_none());
    accepts(request).into_iter().chain(coding(request)).chain(length)
}

/// The Accept field of a request that has none of its own.
fn accepts(request: &HttpRequest) -> Option<(String, String)> {
    request.header("accept").is_none().then(|| ("accept".to_owned(), "*/*".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Credentials;

    #[test]
    fn wrong_passwords_are_hidden_like_the_right_one() {
        let credentials =
            Credentials::Basic { user: "alice".to_owned(), password: "Correct-horse-7".to_owned() };
        let options = Options { credentials: Some(credentials), ..Options::default() };
        let server = HttpServer::new(Endpoint::parse("http://um.example/").unwrap(), &options).unwrap();
        assert_eq!(server.misspelled.len(), Misspelling::ALL.len());
        for (misspelling, value) in &server.misspelled {
            let plain = Draft::disconnect(&[]).write(&Ids::default());
            let request = HttpRequest { misspelled: Some(*misspelling), ..plain };
            let own = server.own_headers(&request);
            assert_eq!(own.last(), Some(&("authorization".to_owned(), value.clone())));
            assert!(String::from_utf8_lossy(&server.wire(&request).bytes).contains(value));
            let encoded = value.strip_prefix("Basic ").unwrap();
            assert!(!String::from_utf8_lossy(&server.shown_wire(&request)).contains(encoded));
            let recorded = server.recorded(&request, (Answer::Silence(Silence::Closed), Line::default()));
            assert!(!format!("{recorded:?}").contains(encoded));
            let echoed = server.secrets.hide_text(&format!("you sent {value}"));
            assert!(!misspelling.is_derived() || !echoed.contains(encoded), "{echoed}");
        }
        for wrong in ["Correct-horse-7x", "cORRECT-HORSE-7"] {
            assert!(!server.secrets.hide_text(wrong).to_ascii_lowercase().contains("horse"), "{wrong}");
        }
    }
}
