//! What was exchanged, packed: each text once, all of it deflated and in base64, so that nothing of it is
//! markup or a script whatever it holds.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec;
use serde::Serialize;

use super::shown::Exchanges;
use crate::evidence::Bytes;

/// Most bytes of one text that are kept; the longest body of the ordinary cases has 228,138.
pub(super) const MAX_TEXT: usize = 262_144;

/// Most bytes of all texts that are kept. The bodies of a full run come to 6.5 million.
pub(super) const MAX_TEXTS: usize = 12_582_912;

/// What is kept of a text once that is full.
const LEAST: usize = 512;

/// Fast, and as small as matters: of a full run 6 saves a tenth more and takes twice as long.
const LEVEL: u8 = 3;

/// The texts of a page, each once.
#[derive(Debug)]
pub(super) struct Texts {
    known: HashMap<Vec<u8>, usize>,
    numbered: Vec<Text>,
    room: usize,
}

/// A text, or the beginning of one.
#[derive(Debug, Serialize)]
pub(super) struct Text {
    #[serde(flatten)]
    pub(super) kept: Bytes,
    /// How many bytes follow that are not kept.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) left_out: usize,
}

impl Default for Texts {
    fn default() -> Self {
        Self { known: HashMap::new(), numbered: Vec::new(), room: MAX_TEXTS }
    }
}

impl Texts {
    /// The number of a text. Of long ones only the beginning and the length are looked at.
    pub(super) fn add(&mut self, bytes: &[u8]) -> usize {
        let long = bytes.get(..MAX_TEXT).filter(|cut| cut.len() < bytes.len());
        let key = long.map(|cut| [cut, &bytes.len().to_be_bytes()].concat());
        let key = key.as_deref().unwrap_or(bytes);
        if let Some(number) = self.known.get(key) {
            return *number;
        }
        let most = if bytes.len().min(MAX_TEXT) <= self.room { MAX_TEXT } else { LEAST };
        let kept = bytes.get(..most).map_or(bytes, whole_characters).to_vec();
        self.room = self.room.saturating_sub(kept.len());
        let number = self.numbered.len();
        self.numbered.push(Text { left_out: bytes.len() - kept.len(), kept: Bytes(kept) });
        self.known.insert(key.to_vec(), number);
        number
    }

    /// The text of a number.
    pub(super) fn get(&self, number: usize) -> Option<&Text> {
        self.numbered.get(number)
    }
}

/// What is cut, cut before a character and not within it.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}

/// All of it as base64 of raw deflate (RFC 1951) of JSON.
pub(super) fn packed(exchanges: &Exchanges<'_>, texts: &Texts) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct All<'a> {
        #[serde(flatten)]
        exchanges: &'a Exchanges<'a>,
        texts: &'a [Text],
    }
    let json = serde_json::to_vec(&All { exchanges, texts: &texts.numbered })?;
    Ok(STANDARD.encode(compress_to_vec(&json, LEVEL)))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_kept_once_and_long_ones_in_part() {
        let mut texts = Texts::default();
        let long = vec![b'a'; MAX_TEXT + 7];
        let numbers = [texts.add(b"x"), texts.add(&long), texts.add(b"x")];
        assert_eq!(numbers, [0, 1, 0]);
        assert_eq!(texts.get(1).map(|text| (text.kept.0.len(), text.left_out)), Some((MAX_TEXT, 7)));
    }

    #[test]
    fn texts_without_end_make_no_page_without_end() {
        let mut texts = Texts::default();
        for number in 0..200_u32 {
            let mut text = vec![b'a'; MAX_TEXT];
            text[..4].copy_from_slice(&number.to_be_bytes());
            texts.add(&text);
        }
        let kept: usize = texts.numbered.iter().map(|text| text.kept.0.len()).sum();
        assert!(kept <= MAX_TEXTS + 200 * LEAST, "{kept}");
    }
}
