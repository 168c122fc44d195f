//! A small client over a plain socket: it sends a request, and tells what it got without judging it.

use std::io::{Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use crate::message::HttpRequest;
use crate::mock::listener::http1::{AnswerHead, BodyEnd, Chunks, Progress, answer_head, body_end};

/// Most bytes of an answer.
const MAX_ANSWER: usize = 4 << 20;

/// Most header fields of an answer.
const MAX_FIELDS: usize = 100;

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
    /// The line with which everything starts that came.
    pub(super) start: String,
    /// Whether more came than the answer.
    pub(super) has_more: bool,
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
        let Ok(Some(head)) = answer_head(rest, MAX_FIELDS) else { return Got::default() };
        rest = rest.get(head.length..).unwrap_or_default();
        if (100..200).contains(&head.status) {
            continue;
        }
        let got = with_body(head, rest);
        let length = got.header("content-length").and_then(|length| length.parse::<usize>().ok());
        let usual = bytes.starts_with(format!("HTTP/1.1 {} -\r\n", got.status).as_bytes())
            && length == Some(rest.len());
        let start = bytes.split(|&byte| byte == b'\r').next().unwrap_or_default();
        let start = String::from_utf8_lossy(start).into_owned();
        let has_more = length.is_some_and(|length| length < rest.len());
        return Got { start, has_more, usual, ..got };
    }
}

fn with_body(head: AnswerHead, rest: &[u8]) -> Got {
    let end = body_end(&head.fields);
    let got = Got { status: head.status, headers: head.fields, complete: true, ..Got::default() };
    match end {
        BodyEnd::Chunks => {
            let mut chunks = Chunks::new(MAX_ANSWER);
            let complete = chunks.take(&mut rest.to_vec()) == Progress::Last;
            Got { body: chunks.into_body(), complete, ..got }
        }
        BodyEnd::Close => Got { body: rest.to_vec(), ..got },
        BodyEnd::Length(length) => {
            let complete = rest.len() >= length;
            Got { body: rest[..rest.len().min(length)].to_vec(), complete, ..got }
        }
        BodyEnd::Unclear(_) => Got { body: rest.to_vec(), broken: true, ..got },
    }
}
