//! Reading a request from a connection, whose framing may be wrong.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::held::Share;
use super::http1::{Chunks, Progress, RequestHead, request_head, values};
use super::{Arrival, MockLimits, React, Request};
use crate::evidence::FlawedLine;

/// Most header fields of a request.
const MAX_HEADERS: usize = 300;

/// A request that was read.
pub(super) struct OwnedRequest {
    pub(super) head: RequestHead,
    pub(super) body: Vec<u8>,
    /// What is wrong with it, where it was read all the same.
    pub(super) flaws: Vec<FlawedLine>,
}

impl OwnedRequest {
    pub(super) fn with<T>(&self, use_it: impl FnOnce(&Request<'_>) -> T) -> T {
        use_it(&seen(&self.head, &self.body, &self.flaws))
    }
}

/// A request as the service sees it. A server takes a target in absolute form, as a proxy is asked in
/// (RFC 9112 3.2.2).
pub(super) fn seen<'a>(head: &'a RequestHead, body: &'a [u8], flaws: &'a [FlawedLine]) -> Request<'a> {
    let RequestHead { version, method, target, fields } = head;
    let local = without_authority(target);
    let is_absolute = local.len() < target.len();
    let (path, query) = local.split_once('?').map_or((local, None), |(path, query)| (path, Some(query)));
    let path = if path.is_empty() { "/" } else { path };
    let arrival = Arrival::default();
    Request { version, method, path, query, is_absolute, headers: fields, body, arrival, flaws }
}

/// A target without scheme and authority.
fn without_authority(target: &str) -> &str {
    let Some((scheme, rest)) = target.split_once("://") else { return target };
    if !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return target;
    }
    rest.find(['/', '?']).map_or("", |at| &rest[at..])
}

/// What came on a connection.
pub(super) enum Received {
    /// A request whose framing is broken, and the status that suits it.
    Broken(u16),
    /// A request.
    Request(OwnedRequest),
}

/// A connection that a request comes on, and what it holds of what the listener may hold.
pub(super) struct Incoming<'a> {
    pub(super) stream: &'a mut TcpStream,
    /// Bytes of the body that were taken out of their chunks.
    pub(super) body: usize,
    pub(super) share: &'a mut Share,
}

impl Incoming<'_> {
    /// Reads more behind what there is; `None` where nothing more comes, or there is no room for it.
    pub(super) async fn fill(&mut self, bytes: &mut Vec<u8>) -> Option<()> {
        let more = self.stream.read_buf(bytes).await.is_ok_and(|count| count > 0);
        let has_room = self.share.now(bytes.len() + self.body).is_ok();
        (more && has_room).then_some(())
    }
}

/// Reads a request; `None` if the other side went away before its end.
pub(super) async fn read(
    stream: &mut TcpStream,
    reactor: &dyn React,
    limits: MockLimits,
    share: &mut Share,
) -> Option<Received> {
    let lenient = reactor.takes_broken_framing();
    let mut incoming = Incoming { stream, body: 0, share };
    let mut bytes = Vec::new();
    // What was looked at before need not be looked at again.
    let mut from = 0;
    let end = loop {
        if let Some(at) = memchr::memmem::find(&bytes[from..], b"\r\n\r\n") {
            break from + at + 4;
        }
        from = bytes.len().saturating_sub(3);
        if bytes.len() > limits.head {
            return Some(Received::Broken(431));
        }
        incoming.fill(&mut bytes).await?;
    };
    let Ok(head) = request_head(&bytes[..end], MAX_HEADERS) else {
        return Some(Received::Broken(400));
    };
    let rest = bytes.split_off(end);
    // Where the body came with the head, there is nothing to be early for.
    let early = rest.is_empty().then(|| reactor.early(&seen(&head, b"", &[]))).flatten();
    if let Some(answer) = early {
        incoming.stream.write_all(&answer).await.ok()?;
        // Whoever has an answer need not send the rest (RFC 9110 10.1.1).
        let body = body(&mut incoming, &head.fields, rest, true, limits.body).await?.ok()?;
        return Some(Received::Request(OwnedRequest { head, body, flaws: Vec::new() }));
    }
    let continued = values(&head.fields, "expect").any(|value| value.eq_ignore_ascii_case("100-continue"));
    if continued && rest.is_empty() && reactor.continues() {
        incoming.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.ok()?;
    }
    let body = match body(&mut incoming, &head.fields, rest, lenient, limits.body).await? {
        Ok(body) => body,
        Err(status) => return Some(Received::Broken(status)),
    };
    Some(Received::Request(OwnedRequest { head, body, flaws: Vec::new() }))
}

async fn body(
    incoming: &mut Incoming<'_>,
    fields: &[(String, String)],
    rest: Vec<u8>,
    lenient: bool,
    limit: usize,
) -> Option<Result<Vec<u8>, u16>> {
    let told = |name| values(fields, name).map(str::to_ascii_lowercase).collect::<Vec<String>>();
    let (lengths, codings) = (told("content-length"), told("transfer-encoding"));
    if !codings.is_empty() && (lengths.is_empty() || lenient) {
        return if codings == ["chunked"] {
            chunked(incoming, rest, lenient, limit).await
        } else {
            Some(Err(501))
        };
    }
    let length = match (&*lengths, codings.is_empty()) {
        ([], _) => 0,
        ([one], true) if one.bytes().all(|byte| byte.is_ascii_digit()) && !one.is_empty() => {
            match one.parse::<usize>() {
                Ok(length) => length,
                Err(_) if lenient => return Some(Ok(until_end(incoming, rest, limit).await)),
                Err(_) => return Some(Err(400)),
            }
        }
        _ if lenient => return Some(Ok(until_end(incoming, rest, limit).await)),
        _ => return Some(Err(400)),
    };
    if length > limit {
        return Some(Err(413));
    }
    let mut body = rest;
    while body.len() < length {
        if incoming.fill(&mut body).await.is_none() {
            return lenient.then_some(Ok(body));
        }
    }
    if !lenient {
        body.truncate(length);
    }
    Some(Ok(body))
}

/// What comes until the other side pauses or ends.
pub(super) async fn until_end(incoming: &mut Incoming<'_>, rest: Vec<u8>, limit: usize) -> Vec<u8> {
    let mut body = rest;
    while body.len() < limit
        && timeout(Duration::from_millis(50), incoming.fill(&mut body)).await.is_ok_and(|more| more.is_some())
    {
    }
    body
}

async fn chunked(
    incoming: &mut Incoming<'_>,
    rest: Vec<u8>,
    lenient: bool,
    limit: usize,
) -> Option<Result<Vec<u8>, u16>> {
    let mut buffer = rest;
    let mut chunks = Chunks::new(limit);
    loop {
        let (progress, taken) = chunks.take(&buffer);
        buffer.drain(..taken);
        incoming.body = chunks.length();
        match progress {
            Progress::Last => {
                // Of what follows the last chunk nothing is looked at.
                while buffer.len() < 2 {
                    if incoming.fill(&mut buffer).await.is_none() {
                        return lenient.then_some(Ok(chunks.into_body()));
                    }
                }
                return Some(Ok(chunks.into_body()));
            }
            Progress::Malformed if lenient => {
                // Skips the line that should have been a size, and takes the rest as it is.
                let line = buffer.windows(2).position(|window| window == b"\r\n").map_or(0, |at| at + 2);
                let rest = until_end(incoming, buffer.split_off(line), limit).await;
                return Some(Ok(rest.strip_suffix(b"\r\n0\r\n\r\n").unwrap_or(&rest).to_vec()));
            }
            Progress::Malformed => return Some(Err(400)),
            Progress::Partial => {
                if incoming.fill(&mut buffer).await.is_none() {
                    return lenient.then_some(Ok(chunks.into_body()));
                }
            }
            Progress::TooLong => return Some(Err(413)),
        }
    }
}
