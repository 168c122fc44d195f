//! A server over HTTP or HTTPS.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::ClientConfig;

use super::raw::{MAX_ANSWER, RawConnection, silence_of};
use super::secrets::{HIDDEN, Secrets};
use super::{Endpoint, Options, TargetError, tls};
use crate::evidence::{Answer, Bytes, Exchange, HttpAnswer, Sent, Silence};
use crate::message::{Framing, HttpRequest, Wire};

/// A server under test.
///
/// Every request has a connection of its own, so that no answer depends on what another request
/// left behind on a connection, and a server that serves one connection at a time is never kept
/// waiting by one that lies idle; the cases about connections keep theirs on purpose.
pub struct HttpServer {
    endpoint: Endpoint,
    client: reqwest::Client,
    tls: Arc<ClientConfig>,
    /// Header fields of the run's own, credentials last.
    headers: Vec<(String, String)>,
    secrets: Secrets,
    timeout: Duration,
    proxied: bool,
}

impl HttpServer {
    /// Sets up a client for a server; nothing is sent yet.
    ///
    /// # Errors
    /// Certificates, header fields or a proxy that cannot be used.
    pub fn new(endpoint: Endpoint, options: &Options) -> Result<Self, TargetError> {
        let needs_roots =
            endpoint.is_tls() || options.proxy.as_ref().is_some_and(|proxy| proxy.starts_with("https"));
        let tls = tls::client_config(options, needs_roots)?;
        let client = client(&endpoint, options, &tls)?;

        let mut secrets = Secrets::default();
        let mut headers = options.headers.clone();
        for (name, value) in &headers {
            if header_field(name, value).is_none() {
                return Err(TargetError::Header(name.clone()));
            }
            if is_credential(name) {
                secrets.add(value);
                value.split([' ', ';', ',', '=']).for_each(|part| secrets.add_part(part));
            }
        }
        if let Some(query) = endpoint.url().query() {
            secrets.add(query);
            query.split(['&', '=']).for_each(|part| secrets.add_part(part));
        }
        if let Some(credentials) = &options.credentials {
            let authorization = credentials.authorization();
            secrets.add(authorization.split(' ').nth(1).unwrap_or_default());
            if let super::Credentials::Basic { password, .. } = credentials {
                secrets.add(password);
            }
            headers.push(("authorization".to_owned(), authorization));
        }
        Ok(Self {
            client,
            tls: Arc::new(tls),
            headers,
            secrets,
            timeout: options.timeout,
            proxied: options.proxy.is_some(),
            endpoint,
        })
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
    pub async fn exchange(&self, request: &HttpRequest) -> Exchange {
        if request.framing == Framing::Ordinary
            && let Some(ready) = self.ordinary(request)
        {
            let answer = receive(self.client.execute(ready).await).await;
            return self.recorded(request, None, answer);
        }
        let wire = self.wire(request);
        let answer = self.within(async {
            let mut connection = RawConnection::open(&self.endpoint, &self.tls).await?;
            let mut answer = connection.exchange(&wire, request.method == "HEAD").await;
            if request.framing == Framing::Watched {
                connection.linger(&mut answer).await;
            }
            Ok(answer)
        });
        let answer = answer.await;
        self.recorded(request, Some(wire), answer)
    }

    /// Sends requests one after the other on one connection, each after the answer to the one
    /// before. Where the server closes in between, the rest go on a new one.
    pub async fn converse(&self, requests: &[HttpRequest]) -> Vec<Exchange> {
        let mut open: Option<RawConnection> = None;
        let mut exchanges = Vec::with_capacity(requests.len());
        for request in requests {
            let wire = self.wire(request);
            let reused = open.is_some();
            let mut answer = self.within(self.exchange_on(&mut open, &wire, request)).await;
            if reused && matches!(answer, Answer::Silence(Silence::Closed | Silence::Reset)) {
                // A server may close an idle connection at any time (RFC 9112 9.5).
                open = None;
                answer = self.within(self.exchange_on(&mut open, &wire, request)).await;
            }
            let keeps = matches!(&answer, Answer::Http(http) if http.complete
                && http.version != "1.0"
                && !http.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")));
            if !keeps {
                open = None;
            }
            exchanges.push(self.recorded(request, Some(wire), answer));
        }
        exchanges
    }

    async fn exchange_on(
        &self,
        open: &mut Option<RawConnection>,
        wire: &Wire,
        request: &HttpRequest,
    ) -> Result<Answer, Silence> {
        let connection = match open {
            Some(connection) => connection,
            None => open.insert(RawConnection::open(&self.endpoint, &self.tls).await?),
        };
        Ok(connection.exchange(wire, request.method == "HEAD").await)
    }

    /// Starts a request whose body goes byte by byte, `pause` apart, and never waits for an
    /// answer. Ends when the bytes do, when the server hangs up, or after twice the timeout: a
    /// server that waits for it must not be free again in time for another request.
    pub async fn drip(&self, request: &HttpRequest, pause: Duration) {
        let wire = self.wire(request);
        let head = wire.bytes.len() - request.body.len();
        let _ = tokio::time::timeout(self.timeout * 2, async {
            if let Ok(mut connection) = RawConnection::open(&self.endpoint, &self.tls).await
                && connection.write_all(&wire.bytes[..head]).await
            {
                connection.drip(&wire.bytes[head..], pause).await;
            }
        })
        .await;
    }

    async fn within(&self, exchange: impl Future<Output = Result<Answer, Silence>>) -> Answer {
        match tokio::time::timeout(self.timeout, exchange).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(silence)) => Answer::Silence(silence),
            Err(_) => Answer::Silence(Silence::TimedOut),
        }
    }

    /// The run's own header fields that the request does not set itself. An Authorization field
    /// that the request sets or clears replaces the credentials.
    fn own_headers(&self, request: &HttpRequest) -> Vec<(String, String)> {
        let dropped = |name: &str| {
            request.header(name).is_some()
                || (name.eq_ignore_ascii_case("authorization") && request.anonymous)
        };
        self.headers.iter().filter(|(name, _)| !dropped(name)).cloned().collect()
    }

    fn wire(&self, request: &HttpRequest) -> Wire {
        request.wire(
            &self.endpoint.authority(),
            &self.endpoint.target_of(request),
            &self.own_headers(request),
        )
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
            let (name, value) = header_field(name, &value)?;
            headers.append(name, value);
        }
        let mut url = self.endpoint.url().clone();
        if let Some(query) = request.query.strip_prefix('?') {
            url.set_query(Some(query));
        } else if !request.query.is_empty() {
            url.set_path(&format!("{}{}", url.path(), request.query));
        }
        let mut builder = self.client.request(method, url).headers(headers);
        if has_body(request) {
            builder = builder.body(request.body.clone());
        }
        builder.build().ok()
    }

    fn recorded(&self, request: &HttpRequest, wire: Option<Wire>, answer: Answer) -> Exchange {
        let mut headers = vec![("host".to_owned(), self.endpoint.authority())];
        headers.extend(self.own_headers(request).into_iter().map(|(name, _)| (name, HIDDEN.to_owned())));
        let shown = |(name, value): &(String, String)| (name.clone(), self.secrets.hide_text(value));
        headers.extend(request.headers.iter().map(shown));
        if wire.is_none() {
            headers.extend(own_fields(request).map(|(name, value)| (name.to_owned(), value)));
        }
        let path = self.endpoint.url().path();
        let sent = Sent {
            method: request.method.clone(),
            target: self.secrets.hide_text(&format!("{path}{}", request.query)),
            headers,
            body: Bytes(self.secrets.hide(request.body.clone())),
            wire: wire.map(|wire| Bytes(self.hide_wire(wire.bytes))),
        };
        let answer = match answer {
            Answer::Http(http) => Answer::Http(HttpAnswer {
                headers: http.headers.iter().map(shown).collect(),
                body: Bytes(self.secrets.hide(http.body.0)),
                ..http
            }),
            silence @ Answer::Silence(_) => silence,
        };
        Exchange { sent, answer }
    }

    /// Hides the run's own header fields by name, whatever their length, and the secrets by value.
    fn hide_wire(&self, bytes: Vec<u8>) -> Vec<u8> {
        let mut bytes = bytes;
        for (name, value) in &self.headers {
            let field = format!("{name}: {value}\r\n").into_bytes();
            let shown = format!("{name}: {HIDDEN}\r\n").into_bytes();
            if let Some(at) = bytes.windows(field.len()).position(|window| window == field) {
                bytes.splice(at..at + field.len(), shown);
            }
        }
        self.secrets.hide(bytes)
    }
}

/// The header fields that the ordinary path adds. Said outright instead of left to the client: an
/// empty body would go without Content-Length, which some servers wait for (RFC 9110 8.6).
fn own_fields(request: &HttpRequest) -> impl Iterator<Item = (&'static str, String)> {
    let length = has_body(request).then(|| ("content-length", request.body.len().to_string()));
    let accept = request.header("accept").is_none().then(|| ("accept", "*/*".to_owned()));
    accept.into_iter().chain(length.filter(|_| request.header("content-length").is_none()))
}

fn has_body(request: &HttpRequest) -> bool {
    !request.body.is_empty() || request.method == "POST"
}

fn client(
    endpoint: &Endpoint,
    options: &Options,
    tls: &ClientConfig,
) -> Result<reqwest::Client, TargetError> {
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .http1_only()
        // A user agent replaces the line ends of a folded line by blanks (RFC 9112 5.2).
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
        .no_proxy()
        .connect_timeout(options.connect_timeout)
        .timeout(options.timeout);
    if let Some(proxy) = &options.proxy {
        let proxy = reqwest::Proxy::all(proxy).map_err(|_| TargetError::Proxy(host_of(proxy)))?;
        builder = builder.proxy(proxy);
    }
    if let Some(address) = endpoint.dial() {
        builder = builder.resolve(endpoint.host(), address);
    }
    builder.build().map_err(|error| TargetError::Client(innermost(&error)))
}

/// Whether a header field is one that carries credentials, by its name. The values of others are
/// kept out of what is sent in the record, but may well be words of an answer.
fn is_credential(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["auth", "cookie", "key", "token", "secret", "password"].iter().any(|word| name.contains(word))
}

fn header_field(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?))
}

async fn receive(response: Result<reqwest::Response, reqwest::Error>) -> Answer {
    let mut response = match response {
        Ok(response) => response,
        Err(error) => return Answer::Silence(silence(&error)),
    };
    let mut body = Vec::new();
    let complete = loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= MAX_ANSWER => body.extend_from_slice(&chunk),
            Ok(None) => break true,
            Err(error) if error.is_timeout() => return Answer::Silence(Silence::TimedOut),
            // Longer than is read, or broken off.
            Ok(Some(_)) | Err(_) => break false,
        }
    };
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Answer::Http(HttpAnswer {
        version: if response.version() == reqwest::Version::HTTP_10 { "1.0" } else { "1.1" }.to_owned(),
        status: response.status().as_u16(),
        headers: response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        body: Bytes(body),
        complete,
        trailing: 0,
    })
}

fn silence(error: &reqwest::Error) -> Silence {
    let otherwise = if error.is_connect() { Silence::Unreachable } else { Silence::NotHttp };
    let mut found = None;
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            found = Some(silence_of(io, if is_tls(io) { Silence::Tls } else { otherwise }));
        } else if let Some(http) = inner.downcast_ref::<hyper::Error>()
            && http.is_incomplete_message()
        {
            found = Some(Silence::Closed);
        }
        source = inner.source();
    }
    if error.is_timeout() {
        return if error.is_connect() { Silence::Unreachable } else { Silence::TimedOut };
    }
    found.unwrap_or(otherwise)
}

/// Whether an I/O error wraps one of TLS, at any depth.
fn is_tls(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(|inner| {
        inner.is::<rustls::Error>() || inner.downcast_ref::<std::io::Error>().is_some_and(is_tls)
    })
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// A URL without its user information.
fn host_of(url: &str) -> String {
    url.rsplit('@').next().unwrap_or_default().to_owned()
}
