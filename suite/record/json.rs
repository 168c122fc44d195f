use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::chain::Chain;
use super::{Cause, Entry, FORMAT_VERSION, Record};

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
    /// Writes the record as canonical JSON.
    ///
    /// # Errors
    /// Never for a record that a run or [`Record::load`] made.
    pub fn save(&self) -> Result<Vec<u8>, serde_json::Error> {
        let links = Chain::of(self)?;
        let entries = self.entries.iter().zip(&links.entries);
        let entries = entries.map(|(entry, link)| SavedEntry { entry, chain: &link.chain }).collect();
        let (causes, head) = (self.causes(), self.without_entries());
        let mut bytes = serde_json::to_vec_pretty(&Saved { causes, head, chain: &links.head, entries })?;
        bytes.push(b'\n');
        Ok(bytes)
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
