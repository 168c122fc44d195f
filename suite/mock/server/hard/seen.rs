//! What a server that only looks, and does not parse, sees of a request.

use std::collections::HashMap;

use crate::mock::listener::Request;

/// Most calls of which is kept how often they were named.
const MAX_CALLS: usize = 20_000;

/// A request at a glance.
#[derive(Debug)]
pub(super) struct Seen<'r> {
    pub(super) request: Request<'r>,
    /// The body as text, whatever its encoding, without its mark.
    pub(super) text: String,
    /// Whether the body is in UTF-16.
    pub(super) is_wide: bool,
    /// Whether it begins with the mark of UTF-8.
    pub(super) has_mark: bool,
}

impl<'r> Seen<'r> {
    pub(super) fn of(request: &Request<'r>) -> Self {
        let body = request.body;
        let big = matches!(body, [0xFE, 0xFF, ..] | [0, b'<', ..]);
        let is_wide = big || matches!(body, [0xFF, 0xFE, ..] | [b'<', 0, ..]);
        let text = if is_wide {
            let unit = |pair: &[u8]| {
                let pair = [pair[0], pair[1]];
                if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
            };
            String::from_utf16_lossy(&body.chunks_exact(2).map(unit).collect::<Vec<u16>>())
        } else {
            String::from_utf8_lossy(body).into_owned()
        };
        let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
        Self { request: *request, text, is_wide, has_mark: body.starts_with(b"\xEF\xBB\xBF") }
    }

    /// Whether it asks for the end of a call: it is not one of the other operations.
    pub(super) fn is_disconnect(&self) -> bool {
        self.request.method == "POST"
            && !self.text.contains("<GetCallInfo")
            && !self.text.contains("<PlayOnPhone")
    }

    /// What stands in the first CallId, as it is written.
    pub(super) fn written_id(&self) -> &str {
        let after = self.text.split_once("CallId").and_then(|(_, rest)| rest.split_once('>'));
        after.map_or("", |(_, rest)| rest.split("</").next().unwrap_or_default())
    }

    /// The text without what stands in the first CallId.
    pub(super) fn around_id(&self) -> (&str, &str) {
        let id = self.written_id();
        match self.text.find(id).filter(|_| !id.is_empty()) {
            Some(at) => (&self.text[..at], &self.text[at + id.len()..]),
            None => (&self.text, ""),
        }
    }

    /// The header fields of this name.
    pub(super) fn field(&self, name: &str) -> Option<&'r str> {
        self.request.fields(name).next()
    }
}

/// What a server remembers of the requests before.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// How many requests to end a call came.
    pub(super) requests: usize,
    /// How many of the last of them, in a row, were refused.
    pub(super) faults: usize,
    /// How many of the last of them, in a row, were not.
    pub(super) successes: usize,
    /// How often the end of each call was asked for, by the id as it is written.
    pub(super) named: HashMap<String, usize>,
    /// How often each call was looked at.
    pub(super) looks: HashMap<String, usize>,
    /// How often the last body came in a row, and that body.
    pub(super) repeats: (usize, Vec<u8>),
    /// The last id but the present one.
    pub(super) last_id: String,
    /// The largest body so far, in bytes.
    pub(super) largest: usize,
}

impl Past {
    /// Takes note of a request that asks for the end of a call, before it is answered.
    pub(super) fn meets(&mut self, seen: &Seen<'_>) {
        self.requests += 1;
        if self.named.len() >= MAX_CALLS {
            self.named.clear();
        }
        if !seen.written_id().is_empty() {
            *self.named.entry(seen.written_id().to_owned()).or_default() += 1;
        }
        if self.repeats.1 == seen.request.body {
            self.repeats.0 += 1;
        } else {
            self.repeats = (1, seen.request.body.to_vec());
        }
    }

    /// Takes note of what became of it.
    pub(super) fn leaves(&mut self, seen: &Seen<'_>, refused: bool) {
        (self.faults, self.successes) = if refused { (self.faults + 1, 0) } else { (0, self.successes + 1) };
        seen.written_id().clone_into(&mut self.last_id);
        self.largest = self.largest.max(seen.request.body.len());
    }

    /// Takes note of a look at a call.
    pub(super) fn looks_at(&mut self, seen: &Seen<'_>) {
        if self.looks.len() >= MAX_CALLS {
            self.looks.clear();
        }
        *self.looks.entry(seen.written_id().to_owned()).or_default() += 1;
    }
}
