//! The chain of hashes through a record: what was changed after the record was written does not fit it.
//!
//! Each line ends with its link: the SHA-256 of the link before it and of the line up to there, so that a line that
//! was changed, moved, left out or put in breaks the chain just there. It proves nothing against somebody who
//! computes it anew: for that a record is signed.

use sha2::{Digest as _, Sha256};

/// What stands in a line before its link.
const BEFORE_LINK: &str = ",\"chain\":\"";

/// The link of a line that stands behind another link, in lower-case hexadecimal.
fn link(before: &str, content: &[u8]) -> String {
    let mut digest = Sha256::new();
    digest.update(before.as_bytes());
    digest.update(content);
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Ends a line: its link, what is no part of the chain (a number of milliseconds, by name), and a line feed.
/// Gives back the link.
pub(super) fn seal(line: &mut Vec<u8>, before: &str, times: Option<(&str, u64)>) -> String {
    let own = link(before, line);
    line.extend_from_slice(BEFORE_LINK.as_bytes());
    line.extend_from_slice(own.as_bytes());
    line.push(b'"');
    if let Some((name, time)) = times {
        line.extend_from_slice(format!(",\"{name}\":{time}").as_bytes());
    }
    line.extend_from_slice(b"}\n");
    own
}

/// Whether a line fits the link before it, and its own link; empty where it has none.
pub(super) fn fits<'a>(line: &'a [u8], before: &str, times: &str) -> (bool, &'a str) {
    let Some(at) = memchr::memmem::rfind(line, BEFORE_LINK.as_bytes()) else { return (false, "") };
    let (content, rest) = (&line[..at], &line[at + BEFORE_LINK.len()..]);
    let Some((found, rest)) = std::str::from_utf8(rest).ok().and_then(|rest| rest.split_once('"')) else {
        return (false, "");
    };
    (found == link(before, content) && is_end(rest, times), found)
}

/// Whether this is how a line ends behind its link: anything else would be outside of the chain.
fn is_end(rest: &str, times: &str) -> bool {
    let Some(rest) = rest.trim_ascii_end().strip_suffix('}') else { return false };
    let time = rest.strip_prefix(",\"").and_then(|rest| rest.strip_prefix(times)?.strip_prefix("\":"));
    rest.is_empty() || time.is_some_and(|time| !time.is_empty() && time.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_fits_where_nothing_but_its_time_is_another() {
        let mut line = b"{\"case\":\"a\"".to_vec();
        let own = seal(&mut line, "before", Some(("ms", 12)));
        let text = String::from_utf8(line).unwrap();
        let is_whole = |text: &str| fits(text.as_bytes(), "before", "ms").0;
        assert_eq!(fits(text.as_bytes(), "before", "ms"), (true, &*own));
        assert!(is_whole(&text.replace(":12", ":13")) && is_whole(&text.replace(",\"ms\":12", "")));
        assert!(!fits(text.as_bytes(), "another", "ms").0);
        for (from, to) in [("\"a\"", "\"b\""), ("12", "12,\"case\":\"b\""), ("ms", "case"), ("12", "\"b\"")] {
            assert!(!is_whole(&text.replace(from, to)), "{to}");
        }
    }
}
