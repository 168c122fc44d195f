use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::chain::Chain;
use super::{Cause, Entry, FORMAT_VERSION, Record};
use crate::message::is_hidden;

/// A record as it is saved: for who reads it by eye or program, what its findings come from stands before
/// all else. It follows from the entries and is not read back.
#[derive(Serialize)]
struct Saved<'a> {
    causes: Vec<Cause<'a>>,
    #[serde(flatten)]
    head: Record,
    chain: &'a str,
    entries: Vec<SavedEntry<'a>>,
}

/// An entry as it is saved, with its link in the chain.
#[derive(Serialize)]
struct SavedEntry<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    chain: &'a str,
}

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// It is no record.
    #[error("this is no record of umspec: {0}")]
    Json(#[from] serde_json::Error),
    /// It has another version.
    #[error("the record has format {found}; this umspec reads format {FORMAT_VERSION}")]
    Version {
        /// The version found.
        found: u32,
    },
}

impl Record {
    /// Writes the record as canonical JSON. Characters that would not be seen, or would steer a terminal, are
    /// escaped.
    ///
    /// # Errors
    /// Never for a record that a run or [`Record::load`] made.
    pub fn save(&self) -> Result<Vec<u8>, serde_json::Error> {
        let links = Chain::of(self)?;
        let entries = self.entries.iter().zip(&links.entries);
        let entries = entries.map(|(entry, link)| SavedEntry { entry, chain: &link.chain }).collect();
        let (causes, head) = (self.causes(), self.without_entries());
        let json = serde_json::to_string_pretty(&Saved { causes, head, chain: &links.head, entries })?;
        Ok((escaped(json) + "\n").into_bytes())
    }

    /// Reads a record.
    ///
    /// # Errors
    /// No JSON, no record, a word in it that is not known, or a record of another version.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
            // Not looked at here; without it a list of one number would be taken for a head.
            #[serde(rename = "tool")]
            _tool: Option<IgnoredAny>,
        }
        let Head { format, .. } = serde_json::from_slice(bytes)?;
        if format != FORMAT_VERSION {
            return Err(LoadError::Version { found: format });
        }
        Ok(serde_json::from_slice(bytes)?)
    }
}

/// JSON with hidden characters escaped. They stand in its strings only; line feeds stand between these.
fn escaped(json: String) -> String {
    let stays = |c: char| c == '\n' || !is_hidden(c);
    if json.chars().all(stays) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if stays(c) {
            out.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    out
}
