//! An answer as the library reads it.

use std::error::Error as _;

use reqwest::header::HeaderValue;

use super::raw::silence_of;
use super::tls::tls_failure;
use crate::evidence::{Answer, Bytes, HttpAnswer, Silence};

/// Most pieces in which the body of an answer is read by the library: reading on for as long as they come keeps a
/// processor busy. A success has some 240 bytes, and comes whole even byte by byte.
const MAX_PIECES: usize = 20_000;

/// An answer that the library reads, of at most so many bytes of body.
pub(super) async fn receive(response: Result<reqwest::Response, reqwest::Error>, most: usize) -> Answer {
    let mut response = match response {
        Ok(response) => response,
        Err(error) => return Answer::Silence(silence(&error)),
    };
    let mut body = Vec::new();
    let mut pieces = 0;
    let complete = loop {
        pieces += 1;
        if pieces > MAX_PIECES {
            break false;
        }
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= most => body.extend_from_slice(&chunk),
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
            found = Some(silence_of(io, if is_tls(io) { Silence::Tls(tls_failure(io)) } else { otherwise }));
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
