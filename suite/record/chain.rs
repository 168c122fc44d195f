//! The chain of hashes through a record: what was changed after the record was written does not fit it.
//!
//! Each link is the SHA-256 of the link before it and of what it stands for, so that an entry that was changed,
//! moved, left out or put in breaks the chain just there. It proves nothing against somebody who computes it
//! anew: for that a record is signed.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Entry, Record, Times};

/// The links of a record, in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Chain {
    /// That of all that stands before the entries; empty where a file has none.
    #[serde(rename = "chain", default)]
    pub(super) head: String,
    /// Those of the entries.
    pub(super) entries: Vec<Link>,
}

/// That of an entry; empty where a file has none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    pub(super) chain: String,
}

impl Chain {
    /// The links that the parts of a record have.
    pub(super) fn of(record: &Record) -> Result<Self, serde_json::Error> {
        let head = of_head(record)?;
        let mut entries = Vec::with_capacity(record.entries.len());
        let mut before = head.clone();
        for entry in &record.entries {
            before = of_entry(&before, entry)?;
            entries.push(Link { chain: before.clone() });
        }
        Ok(Self { head, entries })
    }
}

/// The link of all that stands before the entries. When a run was is no part of it.
pub(super) fn of_head(record: &Record) -> Result<String, serde_json::Error> {
    link("", &Record { times: Times::default(), ..record.without_entries() })
}

/// The link of an entry that stands behind another link.
pub(super) fn of_entry(before: &str, entry: &Entry) -> Result<String, serde_json::Error> {
    link(before, entry)
}

fn link(before: &str, part: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut digest = Sha256::new();
    digest.update(before.as_bytes());
    digest.update(serde_json::to_vec(part)?);
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
