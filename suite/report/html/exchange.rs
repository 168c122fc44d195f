//! The two texts of an exchange with a server: the request as it was sent, and what came of it.

use super::packed::Texts;
use super::shown::{Send, Side};
use crate::evidence::{Answer, Exchange, Sent};

/// A request as bytes: what stands before its body, and its body.
pub(super) struct Request<'a> {
    /// Request line and header fields, without the empty line.
    pub(super) head: Vec<u8>,
    /// The body, as it was framed where that was written by hand.
    pub(super) body: &'a [u8],
    pub(super) send: Send,
}

impl<'a> Request<'a> {
    /// The request as it was sent.
    pub(super) fn of(sent: &'a Sent) -> Self {
        if let Some(wire) = &sent.wire {
            let end = memchr::memmem::find(&wire.0, b"\r\n\r\n");
            let (head, body) = end.map_or((&wire.0[..], &[][..]), |end| (&wire.0[..end], &wire.0[end + 4..]));
            return Self { head: head.to_vec(), body, send: Send::Raw };
        }
        let Sent { method, target, headers, body, .. } = sent;
        let head = head(&format!("{method} {target} HTTP/1.1"), headers);
        Self { head, body: &body.0, send: Send::Ordinary }
    }

    /// The text of it.
    pub(super) fn side(&self, label: &str, texts: &mut Texts) -> Side {
        Side {
            label: label.to_owned(),
            head: Some(texts.add(&self.head)),
            body: Some(texts.add(self.body)),
            send: Some(self.send),
            ..Side::default()
        }
    }
}

/// The text of an answer.
pub(super) fn answer(label: &str, exchange: &Exchange, words: String, texts: &mut Texts) -> Side {
    let Answer::Http(http) = &exchange.answer else {
        let head = exchange.line.head.as_ref().map(|head| texts.add(head.0.trim_ascii_end()));
        return Side { label: label.to_owned(), words, head, ..Side::default() };
    };
    let head = match &exchange.line.head {
        Some(head) => head.0.trim_ascii_end().to_vec(),
        None => head(&format!("HTTP/{} {}", http.version, http.status), &http.headers),
    };
    Side {
        label: label.to_owned(),
        words,
        head: Some(texts.add(&head)),
        body: Some(texts.add(&http.body.0)),
        ..Side::default()
    }
}

/// What else was seen of an exchange.
pub(super) fn notes(exchange: &Exchange) -> Vec<String> {
    let mut notes = Vec::new();
    if !exchange.put_off.is_empty() {
        let times = exchange.put_off.len();
        notes.push(format!("The server asked {times} times to come again later; this is the last answer."));
    }
    if let Answer::Http(http) = &exchange.answer {
        if !http.complete {
            notes.push("The body ended before the end that its framing announced.".to_owned());
        }
        if http.trailing > 0 {
            notes.push(format!("{} bytes followed the answer on the connection.", http.trailing));
        }
    }
    let line = &exchange.line;
    if line.surplus > 0 {
        notes.push(format!("{} bytes came that belong to no answer.", line.surplus));
    }
    if line.open {
        notes.push("The server left the connection open.".to_owned());
    }
    if line.closed {
        notes.push("The server closed the connection.".to_owned());
    }
    if let Some(second) = line.second {
        notes.push(format!("A second answer came, of status {second}."));
    }
    notes
}

/// A first line and header fields, without the empty line at the end.
pub(super) fn head(first: &str, fields: &[(String, String)]) -> Vec<u8> {
    let mut head = first.to_owned();
    for (name, value) in fields {
        head.push_str("\r\n");
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
    }
    head.into_bytes()
}
