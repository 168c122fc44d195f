//! One value as it is written, with the parts that are new with it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec_zlib;

use super::known::{Known, LONG, Like, SHORTEST};
use crate::record::runs::{Piece, pieces};

/// Bytes from which on what a text has of its own is a part, to [`LONG`]: a call id of the strict service comes two to
/// five times in a case.
const SHORTEST_OWN: usize = 40;

/// Bytes below which a list or an object is written in full: it becomes a part only when it comes again.
const SHORTEST_COMPOUND: usize = 40;

/// Bytes above which a list or an object is not looked for: what it holds is looked for by itself, and every one
/// that is not found again is kept.
const LONGEST: usize = 1024;

/// Bytes from which on a text is compressed where that makes it half as long: ten times what an ordinary body has,
/// so that those can be read in the file.
const COMPRESSED: usize = 4096;

/// Level of zlib: its default.
const LEVEL: u8 = 6;

/// A value that is under way.
#[derive(Debug, Default)]
pub(super) struct Writing {
    known: Known,
    /// The parts that are new with it.
    parts: Vec<u8>,
    /// The value, as far as it is written.
    pub(super) out: Vec<u8>,
}

impl Writing {
    /// How many parts there are.
    pub(super) fn parts(&self) -> usize {
        self.known.parts
    }

    /// The parts that are new, and the value.
    pub(super) fn taken(&mut self) -> (Vec<u8>, Vec<u8>) {
        (std::mem::take(&mut self.parts), std::mem::take(&mut self.out))
    }

    fn new_part(&mut self, json: &[u8]) -> usize {
        if !self.parts.is_empty() {
            self.parts.push(b',');
        }
        self.parts.extend_from_slice(json);
        self.known.parts += 1;
        self.known.parts - 1
    }

    /// A text, which may stand in the record already.
    pub(super) fn text(&mut self, text: &str) -> Result<(), serde_json::Error> {
        if text.len() < SHORTEST {
            return serde_json::to_writer(&mut self.out, text);
        }
        if let Some(part) = self.known.texts.get(text) {
            self.out.extend(reference(*part).bytes());
        } else if let Some(Like { part, head, tail }) = self.known.like(text) {
            let with = &text[head..text.len() - tail];
            let (head, tail) = (text[..head].chars().count(), text[text.len() - tail..].chars().count());
            self.out.extend(format!("{{\"like\":[{part},{head},{tail}],\"with\":").bytes());
            self.own(with)?;
            self.out.push(b'}');
        } else {
            let mut json = Vec::new();
            write_text(&mut json, text)?;
            let part = self.new_part(&json);
            self.known.note(text, part);
            self.out.extend(reference(part).bytes());
        }
        Ok(())
    }

    /// What a text has of its own beside one that it is like.
    fn own(&mut self, text: &str) -> Result<(), serde_json::Error> {
        if !(SHORTEST_OWN..LONG).contains(&text.len()) {
            return write_text(&mut self.out, text);
        }
        let part = if let Some(part) = self.known.texts.get(text) {
            *part
        } else {
            let mut json = Vec::new();
            write_text(&mut json, text)?;
            let part = self.new_part(&json);
            self.known.texts.insert(text.to_owned(), part);
            part
        };
        self.out.extend(reference(part).bytes());
        Ok(())
    }

    /// The list or object that began here has ended: where it was written before, it becomes a part.
    pub(super) fn end_compound(&mut self, start: usize) {
        let json = &self.out[start..];
        if !(SHORTEST_COMPOUND..=LONGEST).contains(&json.len()) {
            return;
        }
        let part = match self.known.compounds.get(json) {
            None => {
                self.known.compounds.insert(json.to_vec(), None);
                return;
            }
            Some(Some(part)) => *part,
            Some(None) => {
                let json = json.to_vec();
                let part = self.new_part(&json);
                self.known.compounds.insert(json, Some(part));
                part
            }
        };
        self.out.truncate(start);
        self.out.extend(reference(part).bytes());
    }
}

fn reference(part: usize) -> String {
    format!("{{\"part\":{part}}}")
}

fn write_text(out: &mut Vec<u8>, text: &str) -> Result<(), serde_json::Error> {
    let pieces = pieces(text);
    if let [Piece::Plain(text)] = pieces[..]
        && text.len() < COMPRESSED
    {
        return serde_json::to_writer(out, text);
    }
    out.extend_from_slice(b"{\"join\":[");
    for (number, piece) in pieces.into_iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        match piece {
            Piece::Plain(text) => match compressed(text) {
                Some(base64) => out.extend(format!("{{\"zlib\":\"{base64}\"}}").bytes()),
                None => serde_json::to_writer(&mut *out, text)?,
            },
            Piece::Run { unit, times } => {
                out.extend_from_slice(b"{\"of\":");
                serde_json::to_writer(&mut *out, unit)?;
                out.extend(format!(",\"times\":{times}}}").bytes());
            }
        }
    }
    out.extend_from_slice(b"]}");
    Ok(())
}

/// A long text as zlib in base64, where that is worth it.
fn compressed(text: &str) -> Option<String> {
    if text.len() < COMPRESSED {
        return None;
    }
    let base64 = STANDARD.encode(compress_to_vec_zlib(text.as_bytes(), LEVEL));
    (base64.len() * 2 <= text.len()).then_some(base64)
}
