//! A small client over a plain socket: it sends a request, and tells what it got without judging it.

use std::io::{Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::way::Way;
use crate::message::HttpRequest;
use crate::mock::listener::http1::{
    AnswerHead, BodyEnd, Chunks, Progress, answer_head, body_end, trailer_length,
};

/// Most bytes of an answer.
const MAX_ANSWER: usize = 4 << 20;

/// Most header fields of an answer.
const MAX_FIELDS: usize = 100;

/// Pause between the segments of a request.
const SEGMENT: Duration = Duration::from_millis(1);

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
    /// Everything that came, as text.
    pub(super) wire: String,
    /// Whether more came than the answer.
    pub(super) has_more: bool,
    /// Whether a single answer came, in the form in which the listener usually writes one.
    pub(super) usual: bool,
    /// Whether an answer came in place of the word to go on with the body.
    pub(super) is_early: bool,
    /// In how many reads it came.
    pub(super) reads: usize,
    /// From the first byte of the request to the last of the answer.
    pub(super) took: Duration,
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

    /// The line with which everything starts that came.
    pub(super) fn start(&self) -> &str {
        self.wire.split(['\r', '\n']).next().unwrap_or_default()
    }

    /// The lines of the first head that came, its first line aside, as they were written.
    pub(super) fn fields(&self) -> &str {
        let head = self.wire.split("\r\n\r\n").next().unwrap_or_default();
        head.split_once("\r\n").map_or("", |(_, fields)| fields)
    }
}

/// Sends a request and reads what comes.
pub(super) fn exchange(url: &str, request: &HttpRequest, time: Duration) -> Got {
    exchange_by(url, request, time, &Way::default())
}

/// Sends a request in this way and reads what comes.
pub(super) fn exchange_by(url: &str, request: &HttpRequest, time: Duration, way: &Way) -> Got {
    let begun = Instant::now();
    let got = send(url, request, begun + time, way).unwrap_or_default();
    Got { took: begun.elapsed(), ..got }
}

fn send(url: &str, request: &HttpRequest, until: Instant, way: &Way) -> Option<Got> {
    let (host, path) = url.strip_prefix("http://")?.split_once('/')?;
    let address = host.to_socket_addrs().ok()?.find(std::net::SocketAddr::is_ipv4)?;
    let mut stream = TcpStream::connect_timeout(&address, left(until)?).ok()?;
    stream.set_nodelay(true).ok()?;
    let (head, body) = way.write(host, path, request);
    let mut bytes = Vec::new();
    if way.expects {
        stream.write_all(&head).ok()?;
        stream.set_read_timeout(Some(left(until)?)).ok()?;
        let mut buffer = [0; 16_384];
        let count = stream.read(&mut buffer).ok()?;
        bytes.extend_from_slice(&buffer[..count]);
        if bytes.starts_with(b"HTTP/1.1 100 ") {
            stream.write_all(&body).ok()?;
        }
    } else {
        let whole = [head, body].concat();
        for segment in whole.chunks(way.segment.unwrap_or(whole.len())) {
            stream.write_all(segment).ok()?;
            if way.segment.is_some() {
                sleep(SEGMENT);
            }
        }
    }
    let is_early = way.expects && !bytes.starts_with(b"HTTP/1.1 100 ");
    Some(Got { is_early, ..receive(&mut stream, bytes, until, way) })
}

/// Reads until the answer is whole, or as long as this way of a client wants more.
fn receive(stream: &mut TcpStream, bytes: Vec<u8>, until: Instant, way: &Way) -> Got {
    let mut reads = 0;
    let got = receive_counting(stream, bytes, until, way, &mut reads);
    Got { reads, ..got }
}

fn receive_counting(
    stream: &mut TcpStream,
    mut bytes: Vec<u8>,
    until: Instant,
    way: &Way,
    reads: &mut usize,
) -> Got {
    let unended = |bytes: &[u8]| Got { unended: true, ..read(bytes) };
    let mut buffer = [0; 16_384];
    while way.reads_to_end || !is_whole(&bytes) {
        let Some(left) = left(until) else { return unended(&bytes) };
        if stream.set_read_timeout(Some(left)).is_err() {
            return unended(&bytes);
        }
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                *reads += 1;
                bytes.extend_from_slice(&buffer[..count]);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) => return unended(&bytes),
            Err(_) => return Got { complete: false, ..read(&bytes) },
        }
        if bytes.len() > MAX_ANSWER {
            return unended(&bytes);
        }
        if way.reads_once {
            break;
        }
    }
    read(&bytes)
}

fn left(until: Instant) -> Option<Duration> {
    until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
}

/// The head of the first final answer in what came, and what follows it.
fn final_head(bytes: &[u8]) -> Option<(AnswerHead, &[u8])> {
    let mut rest = bytes;
    loop {
        let head = answer_head(rest, MAX_FIELDS).ok()??;
        rest = rest.get(head.length..).unwrap_or_default();
        if !(100..200).contains(&head.status) {
            return Some((head, rest));
        }
    }
}

/// Whether an answer has come to the end that it tells.
fn is_whole(bytes: &[u8]) -> bool {
    let Some((head, rest)) = final_head(bytes) else { return false };
    if has_no_body(head.status) {
        return true;
    }
    match body_end(&head.fields) {
        BodyEnd::Chunks => {
            let (progress, taken) = Chunks::new(MAX_ANSWER).take(rest);
            progress == Progress::Last && trailer_length(&rest[taken..]).is_some()
        }
        BodyEnd::Length(length) => rest.len() >= length,
        BodyEnd::Close | BodyEnd::Unclear(_) => false,
    }
}

/// Whether an answer with this status ends with its head (RFC 9112 6.3).
fn has_no_body(status: u16) -> bool {
    matches!(status, 204 | 304)
}

/// The first final answer in what came.
fn read(bytes: &[u8]) -> Got {
    let wire = String::from_utf8_lossy(bytes).into_owned();
    let Some((head, rest)) = final_head(bytes) else { return Got { wire, ..Got::default() } };
    let got = with_body(head, rest);
    let length = got.header("content-length").and_then(|length| length.parse::<usize>().ok());
    let usual = wire.starts_with(&format!("HTTP/1.1 {} -\r\n", got.status)) && length == Some(rest.len());
    let has_more = length.is_some_and(|length| length < rest.len());
    Got { wire, has_more, usual, ..got }
}

fn with_body(head: AnswerHead, rest: &[u8]) -> Got {
    let end = body_end(&head.fields);
    let got = Got { status: head.status, headers: head.fields, complete: true, ..Got::default() };
    match end {
        _ if has_no_body(head.status) => got,
        BodyEnd::Chunks => {
            let mut chunks = Chunks::new(MAX_ANSWER);
            let (progress, taken) = chunks.take(rest);
            // An empty line is no size, and nothing but a line end stands behind a chunk (RFC 9112 7.1).
            let lines = &rest[..taken];
            let is_told = lines != b"\r\n" && !lines.ends_with(b"\n\r\n");
            let complete = progress == Progress::Last && is_told && chunks.wrong_end().is_none();
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
