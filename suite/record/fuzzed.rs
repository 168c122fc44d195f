//! What the record of a campaign has beside that of a run: what was sent, and of each finding the input that shows it,
//! which no catalogue has.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::evidence::Bytes;
use crate::protocol::InputClass;

/// The family of entries that a campaign has found: the part of their ids before the slash.
pub const FUZZED: &str = "fuzz";

/// What a campaign was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignFacts {
    /// From which all that was drawn follows.
    pub seed: u64,
    /// Which part of it this is, from 1, and of how many, if it was shared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shard: Option<(u32, u32)>,
    /// Inputs that were sent.
    pub inputs: u64,
    /// Requests in all.
    pub requests: u64,
    /// Calls that were placed.
    pub placed: u64,
    /// What inputs came to.
    pub cells: Cells,
    /// Classes of inputs that were sent.
    pub reached: BTreeSet<InputClass>,
    /// Classes that could be sent and were not.
    pub unreached: BTreeSet<InputClass>,
    /// How often something looked wrong and was none, by reason.
    pub set_aside: BTreeMap<String, u64>,
    /// Why it ended where it was meant to.
    pub ended: String,
}

impl CampaignFacts {
    /// Takes in those of another part of the same campaign.
    pub fn join(&mut self, other: &Self) {
        self.inputs += other.inputs;
        self.requests += other.requests;
        self.placed += other.placed;
        self.cells.join(&other.cells);
        self.reached.extend(&other.reached);
        self.unreached.extend(&other.unreached);
        self.unreached.retain(|class| !self.reached.contains(class));
        for (why, count) in &other.set_aside {
            *self.set_aside.entry(why.clone()).or_default() += count;
        }
        if !self.ended.split("; ").any(|why| why == other.ended) {
            self.ended = format!("{}; {}", self.ended, other.ended);
        }
    }
}

/// What inputs came to: a number for each kind of edit, its place, and the answer without what differs from request to
/// request, the same in every campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cells {
    /// Those that were come to once.
    #[serde(serialize_with = "packed", deserialize_with = "unpacked")]
    pub once: BTreeSet<u64>,
    /// Those that were come to more often.
    #[serde(serialize_with = "packed", deserialize_with = "unpacked")]
    pub often: BTreeSet<u64>,
}

impl Cells {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.once.len() + self.often.len()
    }

    /// Takes in those of another part of the same campaign: what each of them came to once was come to twice.
    fn join(&mut self, other: &Self) {
        self.often.extend(&other.often);
        self.often.extend(self.once.intersection(&other.once).copied().collect::<Vec<_>>());
        self.once.extend(&other.once);
        self.once.retain(|cell| !self.often.contains(cell));
    }
}

/// Writes numbers as base64 of eight bytes each, the first byte the highest: there are thousands of them.
fn packed<S: Serializer>(cells: &BTreeSet<u64>, to: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = cells.iter().flat_map(|cell| cell.to_be_bytes()).collect();
    to.serialize_str(&STANDARD.encode(bytes))
}

/// Reads them.
fn unpacked<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeSet<u64>, D::Error> {
    let text = String::deserialize(from)?;
    let bytes = STANDARD.decode(text).map_err(D::Error::custom)?;
    let (numbers, rest) = bytes.as_chunks::<8>();
    if rest.is_empty() {
        Ok(numbers.iter().map(|number| u64::from_be_bytes(*number)).collect())
    } else {
        Err(D::Error::custom("cells are not of eight bytes each"))
    }
}

/// What a campaign has made a case of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fuzzed {
    /// The edits that the input takes, or its steps, in words: one for each.
    pub input: Vec<String>,
    /// How many other inputs have to go before it on the same connection and call.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub after: usize,
    /// What the input is.
    pub class: InputClass,
    /// In how many of how many tries it came again.
    pub tries: (u32, u32),
    /// The answer, where it is a client that was put to it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answer: Option<FuzzedAnswer>,
    /// The finding as `umspec replay` tries it again: what `finding.json` holds under `finding`.
    pub finding: Value,
}

/// An answer that a client got in a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FuzzedAnswer {
    /// Status code.
    pub status: u16,
    /// Content-Type.
    pub content_type: String,
    /// Body.
    pub body: Bytes,
}

impl Fuzzed {
    /// What it is about, in a sentence.
    pub fn about(&self) -> String {
        let input =
            if self.input.is_empty() { "the plain request".to_owned() } else { self.input.join("; ") };
        let after =
            if self.after > 0 { format!(", after {} other inputs", self.after) } else { String::new() };
        format!("An input of a campaign: {input}{after}.")
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(once: &[u64], often: &[u64]) -> Cells {
        Cells { once: once.iter().copied().collect(), often: often.iter().copied().collect() }
    }

    #[test]
    fn what_two_parts_came_to_once_was_come_to_twice() {
        let mut joined = cells(&[1, 2], &[3]);
        joined.join(&cells(&[2, 3, 4], &[u64::MAX]));
        assert_eq!(joined, cells(&[1, 4], &[2, 3, u64::MAX]));
        assert_eq!(joined.count(), 5);
        let text = serde_json::to_string(&joined).expect("JSON");
        assert_eq!(serde_json::from_str::<Cells>(&text).expect("cells"), joined);
        assert!(serde_json::from_str::<Cells>(r#"{"once":"AAAA","often":""}"#).is_err());
        assert!(serde_json::from_str::<Cells>(r#"{"once":"?","often":""}"#).is_err());
    }

    /// A class that one part never sent is not missing where another one did.
    #[test]
    fn what_one_part_did_not_reach_another_one_may_have() {
        let (one, other) = (InputClass::Valid, InputClass::Unissued);
        let of = |reached, unreached| CampaignFacts {
            reached: BTreeSet::from([reached]),
            unreached: BTreeSet::from([unreached, InputClass::Dtd]),
            ended: "over".to_owned(),
            ..CampaignFacts::default()
        };
        let mut joined = of(one, other);
        joined.join(&of(other, one));
        assert_eq!(joined.unreached, BTreeSet::from([InputClass::Dtd]));
        assert_eq!(joined.ended, "over");
    }
}
