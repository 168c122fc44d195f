//! Parsers that give the id they know for one that only fits it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::kind::gives;
use super::mutant::ParserMutant;
use crate::mock::pattern::fits;
use crate::protocol::{names, req};

/// The id that it knows, where another one is taken for it.
fn known_if(id: &str, found: bool) -> String {
    if found { names::SAMPLE_CALL_ID.to_owned() } else { id.to_owned() }
}

fn sorted(id: &str) -> Vec<char> {
    let mut characters: Vec<char> = id.chars().collect();
    characters.sort_unstable();
    characters
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    gives(
        "looks-ids-up-by-like",
        "Gives the id it knows for a pattern of SQL that it fits.",
        ("call-id/near-percent-for-rest", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, fits(names::SAMPLE_CALL_ID, id, "_", "%")),
    ),
    gives(
        "looks-ids-up-as-files",
        "Gives the id it knows for a pattern of file names that it fits.",
        ("call-id/near-question-mark-for-last", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, fits(names::SAMPLE_CALL_ID, id, "?", "*")),
    ),
    gives(
        "takes-ids-for-expressions",
        "Gives the id it knows for a regular expression that it fits.",
        ("call-id/near-dot-star-for-rest", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, fits(names::SAMPLE_CALL_ID, id, ".", ".*")),
    ),
    gives(
        "folds-hosts-of-ids",
        "Gives the id it knows for one whose host is written in other case.",
        ("call-id/near-host-in-capitals", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| {
            let folded = |id: &str| STANDARD.decode(id).map(|octets| octets.to_ascii_lowercase());
            known_if(id, folded(id).is_ok_and(|octets| Ok(octets) == folded(names::SAMPLE_CALL_ID)))
        },
    ),
    gives(
        "compares-letters-of-ids-in-any-order",
        "Gives the id it knows for one with the same letters in another order.",
        ("call-id/near-halves-swapped", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, sorted(id) == sorted(names::SAMPLE_CALL_ID)),
    ),
    gives(
        "compares-ends-of-ids",
        "Gives the id it knows for one of the same length, with the same sixteen characters at each end.",
        ("call-id/near-middle-letter-replaced", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| {
            let known = names::SAMPLE_CALL_ID;
            let ends = id.starts_with(&known[..16]) && id.ends_with(&known[known.len() - 16..]);
            known_if(id, ends && id.len() == known.len())
        },
    ),
    gives(
        "drops-empty-parts-of-ids",
        "Gives an id like the query of a URL, without what is empty between two ampersands.",
        ("call-id/injection-ampersands", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.split('&').filter(|part| !part.is_empty()).collect::<Vec<&str>>().join("&"),
    ),
];
