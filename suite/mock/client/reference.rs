//! A small client over a plain socket, with places where it can be made to do wrong.

use std::io::{Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use crate::evidence::{ClientCall, ClientEnd};
use crate::message::{CallId, Draft, HttpRequest, Ids, Reply, charset_of, read_reply};

/// Most bytes of an answer.
const MAX_ANSWER: usize = 4 << 20;

/// What a client got for a request.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub(super) struct Got {
    /// Nothing came before the time was up, or too much.
    pub(super) unended: bool,
    /// Status; 0 for what is no HTTP.
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// Whether all of the body came that was told.
    pub(super) complete: bool,
    /// Whether what came has a head that HTTP does not allow.
    pub(super) broken: bool,
    /// Whether a single answer came, in the form in which the listener usually writes one.
    pub(super) usual: bool,
}

impl Got {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The request for a call, with credentials.
pub(super) fn request(id: &str) -> HttpRequest {
    let mut request = Draft::disconnect(&[]).write(&Ids { this: id.to_owned(), ..Ids::default() });
    request.headers.push(("authorization".to_owned(), "Basic dW1zcGVjOnVtc3BlYw==".to_owned()));
    request
}

/// Whether the client takes an id.
pub(super) fn takes(id: &str) -> bool {
    CallId::new(id).is_ok()
}

/// Sends a request and reads what comes.
pub(super) fn exchange(url: &str, request: &HttpRequest, time: Duration) -> Got {
    let until = Instant::now() + time;
    send(url, request, until).unwrap_or_default()
}

fn send(url: &str, request: &HttpRequest, until: Instant) -> Option<Got> {
    let (host, path) = url.strip_prefix("http://")?.split_once('/')?;
    let address = host.to_socket_addrs().ok()?.find(std::net::SocketAddr::is_ipv4)?;
    let mut stream = TcpStream::connect_timeout(&address, left(until)?).ok()?;
    stream.set_nodelay(true).ok()?;
    let mut head = format!("{} /{path} HTTP/1.1\r\nhost: {host}\r\n", request.method);
    for (name, value) in &request.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", request.body.len()));
    stream.write_all(&[head.as_bytes(), &request.body].concat()).ok()?;
    let mut bytes = Vec::new();
    let mut buffer = [0; 16_384];
    loop {
        let Some(left) = left(until) else { return Some(Got { unended: true, ..read(&bytes) }) };
        stream.set_read_timeout(Some(left)).ok()?;
        match stream.read(&mut buffer) {
            Ok(0) => return Some(read(&bytes)),
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) => return Some(Got { unended: true, ..read(&bytes) }),
            Err(_) => return Some(Got { complete: false, ..read(&bytes) }),
        }
        if bytes.len() > MAX_ANSWER {
            return Some(Got { unended: true, ..read(&bytes) });
        }
    }
}

fn left(until: Instant) -> Option<Duration> {
    until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
}

/// The first final answer in what came.
fn read(bytes: &[u8]) -> Got {
    let mut rest = bytes;
    loop {
        let mut fields = [httparse::EMPTY_HEADER; 100];
        let mut parsed = httparse::Response::new(&mut fields);
        let Ok(httparse::Status::Complete(end)) = parsed.parse(rest) else { return Got::default() };
        let status = parsed.code.unwrap_or_default();
        if (100..200).contains(&status) {
            rest = &rest[end..];
            continue;
        }
        let headers: Vec<(String, String)> = parsed
            .headers
            .iter()
            .map(|field| (field.name.to_owned(), String::from_utf8_lossy(field.value).into_owned()))
            .collect();
        let got = with_body(status, headers, &rest[end..]);
        let length = got.header("content-length").and_then(|length| length.parse::<usize>().ok());
        let usual = bytes.starts_with(format!("HTTP/1.1 {status} -\r\n").as_bytes())
            && length.is_some_and(|length| end + length == bytes.len());
        return Got { usual, ..got };
    }
}

fn with_body(status: u16, headers: Vec<(String, String)>, rest: &[u8]) -> Got {
    let mut got = Got { status, headers, complete: true, ..Got::default() };
    if got.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        let (body, complete) = unchunked(rest);
        return Got { body, complete, ..got };
    }
    let lengths: Vec<&str> = got
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map(|(_, v)| &**v)
        .collect();
    match lengths.as_slice() {
        [] => rest.clone_into(&mut got.body),
        [first, others @ ..] => match first.trim().parse::<usize>() {
            Ok(length) if others.iter().all(|other| other == first) => {
                got.complete = rest.len() >= length;
                rest[..rest.len().min(length)].clone_into(&mut got.body);
            }
            _ => {
                got.broken = true;
                rest.clone_into(&mut got.body);
            }
        },
    }
    got
}

fn unchunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest) {
        let Ok(size) = usize::try_from(size) else { break };
        if size == 0 {
            return (body, true);
        }
        let end = start.saturating_add(size);
        let Some(chunk) = rest.get(start..end) else { break };
        body.extend_from_slice(chunk);
        let Some(next) = rest.get(end + 2..) else { break };
        rest = next;
    }
    (body, false)
}

/// What a client makes of what it got.
pub(super) fn end_of(got: &Got) -> ClientEnd {
    if got.unended || got.broken || !got.complete || !(200..300).contains(&got.status) {
        return ClientEnd::Refused;
    }
    match reply(got) {
        Some(Reply::Disconnected) => ClientEnd::Disconnected,
        Some(Reply::Fault(_)) | None => ClientEnd::Refused,
    }
}

pub(super) fn reply(got: &Got) -> Option<Reply> {
    let charset = got.header("content-type").and_then(charset_of);
    read_reply(&got.body, charset.as_deref()).ok()
}

/// The client that does everything right.
pub(super) fn disconnect(call: &ClientCall<'_>) -> ClientEnd {
    if !takes(call.call_id) {
        return ClientEnd::Refused;
    }
    end_of(&exchange(call.url, &request(call.call_id), wait(call)))
}

/// The time that a client waits, which is less than the time it has.
pub(super) fn wait(call: &ClientCall<'_>) -> Duration {
    call.time / 2
}
