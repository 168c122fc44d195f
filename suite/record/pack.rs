//! Evidence as JSON in which what came before stands as a reference, so that equal bodies and equal exchanges are
//! stored once.
//!
//! A *part* is a value with a number, counted through the whole record from 0, which stands in a line of parts. `{"part":7}` stands for part 7, and
//! `{"like":[7,a,b],"with":"…"}` for the first `a` characters of it, this text, and its last `b` characters: a plain
//! request differs from the one before by its call id alone. The id comes several times in a case, so it is a part
//! as well. A text in which something is said over and over is
//! `{"join":["…",{"of":"x","times":n},…]}`, one after the other; what is long all the same stands there as
//! `{"zlib":"…"}`, in base64.

use std::cell::RefCell;
use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
// Every text and every small list of a run is hashed: SipHash takes as long for that as all other writing does.
// Its seed is another one in each process, so that no list of texts collides in all of them; it promises no more, and
// what a run keeps is bounded.
use foldhash::HashMap;
use miniz_oxide::deflate::compress_to_vec_zlib;
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};

use super::runs::{Piece, pieces};
use super::shared::shared;

/// Bytes below which a text is written in full: about as long as a reference with its part.
const SHORTEST: usize = 64;

/// Bytes from which on what a text has of its own is a part, to [`LONG`]: a call id of the strict service comes two to
/// five times in a case.
const SHORTEST_OWN: usize = 40;

/// Bytes below which a list or an object is written in full: it becomes a part only when it comes again.
const SHORTEST_COMPOUND: usize = 40;

/// Bytes above which a list or an object is not looked for: what it holds is looked for by itself, and every one
/// that is not found again is kept.
const LONGEST: usize = 1024;

/// Bytes at the start and at the end of a text by which others are found that may be like it.
const EDGE: usize = 24;

/// Most texts with the same edge and of about the same length that a text is compared with: the bodies of a run
/// are of few kinds.
const COMPARED: usize = 12;

/// Bytes from which on texts are compared with those of about the same length only: what is that long is so because
/// of what its case is about, and its contrast is as long.
const LONG: usize = 1024;

/// Bytes from which on a text is compressed where that makes it half as long: ten times what an ordinary body has,
/// so that those can be read in the file.
const COMPRESSED: usize = 4096;

/// Level of zlib: its default.
const LEVEL: u8 = 6;

/// What a value is written as.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// The number of the first part that is new with it.
    pub(super) first: usize,
    /// The parts that are new with it, in the order of their numbers: JSON, with commas between.
    pub(super) parts: Vec<u8>,
    /// The value itself.
    pub(super) value: Vec<u8>,
}

/// Writes the values of one record, one after the other.
#[derive(Debug, Default)]
pub(super) struct Packer {
    known: Known,
}

impl Packer {
    pub(super) fn pack(&mut self, value: &impl Serialize) -> Result<Packed, serde_json::Error> {
        let first = self.known.parts;
        let writing = Writing { known: std::mem::take(&mut self.known), ..Writing::default() };
        let writing = RefCell::new(writing);
        let mut serializer = Serializer::with_formatter(Out(&writing), Hook(&writing));
        let done = value.serialize(&mut serializer);
        let Writing { known, parts, out, .. } = writing.into_inner();
        self.known = known;
        done.map(|()| Packed { first, parts, value: out })
    }
}

/// What was written before.
#[derive(Debug, Default)]
struct Known {
    /// How many parts there are.
    parts: usize,
    /// Texts that are parts.
    texts: HashMap<String, usize>,
    /// The same by their edges: the first ones of each, so that what is like them is always written alike.
    by_edge: HashMap<Edge, Vec<(usize, String)>>,
    /// Lists and objects as they were written, with their numbers if they are parts.
    compounds: HashMap<Vec<u8>, Option<usize>>,
}

#[derive(Debug, Default)]
struct Writing {
    known: Known,
    parts: Vec<u8>,
    out: Vec<u8>,
    /// Where in `out` the lists and objects begin that are not ended.
    open: Vec<usize>,
    /// The text that is under way, unless it is the name of a field.
    text: String,
    /// Where in `out` it begins: it is written there in full, which it mostly stays.
    began: usize,
    is_key: bool,
}

/// The start or the end of a text, and about how long it is.
type Edge = (bool, u32, [u8; EDGE]);

/// A text by another one.
struct Like {
    part: usize,
    head: usize,
    tail: usize,
}

impl Writing {
    fn new_part(&mut self, json: &[u8]) -> usize {
        if !self.parts.is_empty() {
            self.parts.push(b',');
        }
        self.parts.extend_from_slice(json);
        self.known.parts += 1;
        self.known.parts - 1
    }

    fn end_text(&mut self) -> io::Result<()> {
        self.out.push(b'"');
        if self.is_key || self.text.len() < SHORTEST {
            return Ok(());
        }
        self.out.truncate(self.began);
        let text = std::mem::take(&mut self.text);
        if let Some(part) = self.known.texts.get(&text) {
            write!(self.out, "{{\"part\":{part}}}")?;
        } else if let Some(Like { part, head, tail }) = self.known.like(&text) {
            let with = &text[head..text.len() - tail];
            let (head, tail) = (text[..head].chars().count(), text[text.len() - tail..].chars().count());
            let own = self.own(with)?;
            write!(self.out, "{{\"like\":[{part},{head},{tail}],\"with\":")?;
            self.out.extend_from_slice(&own);
            self.out.push(b'}');
        } else {
            let mut json = Vec::new();
            write_text(&mut json, &text)?;
            let part = self.new_part(&json);
            write!(self.out, "{{\"part\":{part}}}")?;
            self.known.note(text, part);
            return Ok(());
        }
        // The memory of a text that is not kept is that of the next one.
        self.text = text;
        Ok(())
    }

    /// What a text has of its own beside one that it is like.
    fn own(&mut self, text: &str) -> io::Result<Vec<u8>> {
        let mut json = Vec::new();
        if !(SHORTEST_OWN..LONG).contains(&text.len()) {
            write_text(&mut json, text)?;
            return Ok(json);
        }
        let part = if let Some(part) = self.known.texts.get(text) {
            *part
        } else {
            write_text(&mut json, text)?;
            let part = self.new_part(&json);
            self.known.texts.insert(text.to_owned(), part);
            part
        };
        Ok(format!("{{\"part\":{part}}}").into_bytes())
    }

    /// A list or an object has ended: where it was written before, it becomes a part.
    fn end_compound(&mut self) -> io::Result<()> {
        let Some(start) = self.open.pop() else { return Ok(()) };
        let json = &self.out[start..];
        if !(SHORTEST_COMPOUND..=LONGEST).contains(&json.len()) {
            return Ok(());
        }
        let part = match self.known.compounds.get(json) {
            None => {
                self.known.compounds.insert(json.to_vec(), None);
                return Ok(());
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
        write!(self.out, "{{\"part\":{part}}}")
    }
}

impl Known {
    /// The text that shares most with this one, where that is most of it.
    fn like(&self, text: &str) -> Option<Like> {
        let length = about(text.len());
        let lengths = length.saturating_sub(1)..=length + 1;
        let alike = lengths.flat_map(|length| edges(text, length));
        let alike = alike.filter_map(|edge| self.by_edge.get(&edge)).flatten();
        let mut best: Option<Like> = None;
        for (part, known) in alike {
            let (head, tail) = shared(known, text);
            if best.as_ref().is_none_or(|best| head + tail > best.head + best.tail) {
                best = Some(Like { part: *part, head, tail });
                if head + tail + SHORTEST > text.len() {
                    break;
                }
            }
        }
        best.filter(|like| (like.head + like.tail) * 2 > text.len())
    }

    fn note(&mut self, text: String, part: usize) {
        let length = about(text.len());
        for edge in edges(&text, length) {
            let alike = self.by_edge.entry(edge).or_default();
            if alike.len() == COMPARED {
                // The first ones of ordinary length are the plain ones; of long ones the last is the twin of the next.
                if length == 0 {
                    continue;
                }
                alike.remove(0);
            }
            alike.push((part, text.clone()));
        }
        self.texts.insert(text, part);
    }
}

/// The start and the end of a text.
fn edges(text: &str, length: u32) -> [Edge; 2] {
    let bytes = text.as_bytes();
    let edge = EDGE.min(bytes.len());
    let (mut start, mut end) = ([0; EDGE], [0; EDGE]);
    start[..edge].copy_from_slice(&bytes[..edge]);
    end[..edge].copy_from_slice(&bytes[bytes.len() - edge..]);
    [(true, length, start), (false, length, end)]
}

/// About how long a text is: 0 for all that are not [`LONG`], else one more each time that it is twice as long.
fn about(length: usize) -> u32 {
    (length / LONG).checked_ilog2().map_or(0, |log| log + 1)
}

fn write_text(out: &mut Vec<u8>, text: &str) -> io::Result<()> {
    let pieces = pieces(text);
    if let [Piece::Plain(text)] = pieces[..]
        && text.len() < COMPRESSED
    {
        return Ok(serde_json::to_writer(out, text)?);
    }
    out.extend_from_slice(b"{\"join\":[");
    for (number, piece) in pieces.into_iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        match piece {
            Piece::Plain(text) => match compressed(text) {
                Some(base64) => write!(out, "{{\"zlib\":\"{base64}\"}}")?,
                None => serde_json::to_writer(&mut *out, text)?,
            },
            Piece::Run { unit, times } => {
                out.extend_from_slice(b"{\"of\":");
                serde_json::to_writer(&mut *out, unit)?;
                write!(out, ",\"times\":{times}}}")?;
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

/// Where the serializer writes to.
struct Out<'a>(&'a RefCell<Writing>);

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Told by the serializer where a text, a list or an object begins and ends.
struct Hook<'a>(&'a RefCell<Writing>);

impl Hook<'_> {
    fn begin(&self, bracket: u8) {
        let mut writing = self.0.borrow_mut();
        let start = writing.out.len();
        writing.open.push(start);
        writing.out.push(bracket);
    }

    fn end(&self, bracket: u8) -> io::Result<()> {
        let mut writing = self.0.borrow_mut();
        writing.out.push(bracket);
        writing.end_compound()
    }
}

impl Formatter for Hook<'_> {
    fn begin_string<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        let mut writing = self.0.borrow_mut();
        writing.text.clear();
        writing.began = writing.out.len();
        writing.out.push(b'"');
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, _: &mut W, fragment: &str) -> io::Result<()> {
        let mut writing = self.0.borrow_mut();
        if !writing.is_key {
            writing.text.push_str(fragment);
        }
        writing.out.extend_from_slice(fragment.as_bytes());
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, _: &mut W, escape: CharEscape) -> io::Result<()> {
        let mut writing = self.0.borrow_mut();
        let character = match escape {
            CharEscape::Quote => '"',
            CharEscape::ReverseSolidus => '\\',
            CharEscape::Solidus => '/',
            CharEscape::Backspace => '\u{8}',
            CharEscape::FormFeed => '\u{C}',
            CharEscape::LineFeed => '\n',
            CharEscape::CarriageReturn => '\r',
            CharEscape::Tab => '\t',
            CharEscape::AsciiControl(byte) => char::from(byte),
        };
        if !writing.is_key {
            writing.text.push(character);
        }
        CompactFormatter.write_char_escape(&mut writing.out, escape)
    }

    fn end_string<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.borrow_mut().end_text()
    }

    fn begin_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.begin(b'[');
        Ok(())
    }

    fn end_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end(b']')
    }

    fn begin_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.begin(b'{');
        Ok(())
    }

    fn end_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end(b'}')
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.borrow_mut().is_key = true;
        if first { Ok(()) } else { writer.write_all(b",") }
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.borrow_mut().is_key = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::unpack::Parts;
    use super::*;

    /// What is written of these values, and read back.
    fn there_and_back(values: &[Vec<String>]) -> String {
        let mut packer = Packer::default();
        let json = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let written = values.iter().map(|value| {
            let new = packer.pack(value).unwrap();
            (new.first, format!("[{}]", json(&new.parts)), json(&new.value))
        });
        let written: Vec<(usize, String, String)> = written.collect();
        let mut parts = Parts::new(1 << 20);
        for (value, (first, added, shown)) in values.iter().zip(&written) {
            parts.add(*first, serde_json::from_str(added).unwrap()).unwrap();
            let read: Vec<String> = parts.read(&serde_json::from_str(shown).unwrap()).unwrap();
            assert_eq!(&read, value);
        }
        let lines = written.iter().map(|(_, added, shown)| format!("{added} {shown}\n"));
        lines.collect()
    }

    #[test]
    fn what_came_before_is_written_once_and_read_back() {
        let body = |id: &str| format!("<a>{}<id>\u{1F4DE}{id}</id>{}</a>", "x".repeat(100), "y\n".repeat(50));
        let list = |id: &str| vec![body(id), "short".to_owned()];
        let written =
            there_and_back(&[list("one"), list("one"), list("two"), list("\u{1F4DE}"), list("one")]);
        let lines: Vec<&str> = written.lines().collect();
        assert!(lines[1].len() < 40, "{}", lines[1]);
        assert!(lines[2].ends_with(r#"[{"like":[0,108,109],"with":"two"},"short"]"#), "{}", lines[2]);
        assert!(lines[3].contains("\"with\":\"\u{1F4DE}\""), "{}", lines[3]);
    }

    #[test]
    fn what_is_said_over_and_over_is_written_once() {
        let nested = |id: &str| vec![format!("<a>{}{id}{}</a>", "<b>".repeat(20_000), "</b>".repeat(20_000))];
        let written = there_and_back(&[nested("one"), nested("two"), vec!["x".repeat(100_000)]]);
        assert!(written.len() < 400, "{written}");
    }

    #[test]
    fn what_is_long_all_the_same_is_compressed() {
        let numbered = |id: &str, count: usize| {
            let names: String =
                (0..count).map(|number| format!(" xmlns:n{number}=\"urn:\u{E9}{number}\"")).collect();
            vec![format!("<a{names}>{id}</a>")]
        };
        let written = there_and_back(&[numbered("one", 4000), numbered("two", 4000), numbered("one", 3999)]);
        assert!(written.contains("{\"zlib\":\"") && written.len() < 60_000, "{} bytes", written.len());
        let short = there_and_back(&[numbered("one", 100)]);
        assert!(short.contains("xmlns:n99"), "{short}");
    }

    #[test]
    fn a_text_that_overlaps_itself_is_read_back() {
        let of = |count: usize| vec!["ab".repeat(count)];
        there_and_back(&[of(50), of(51), of(49), of(200), of(40)]);
        there_and_back(&[
            vec!["\u{E9}".repeat(50)],
            vec!["\u{E8}".repeat(50)],
            vec!["\u{E9}".repeat(49) + "\u{E8}"],
        ]);
    }
}
