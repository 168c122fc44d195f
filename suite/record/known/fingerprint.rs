use sha2::{Digest as _, Sha256};

use crate::judge::Finding;
use crate::record::Entry;
use crate::record::shape::{Normal, Shape};

/// Hexadecimal digits of a fingerprint: 64 bits, so that two of a few thousand shapes are alike by chance once in
/// a million million files.
const DIGITS: usize = 16;

/// A short name for how findings of a case look: which checks made them, what was observed, and, where they are
/// of the case itself, what came of it. Ids, dates, ports and hosts are no part of it.
pub(super) fn fingerprint(entry: Option<&Entry>, findings: &[&Finding], normal: &Normal) -> String {
    let mut lines: Vec<String> = findings
        .iter()
        .map(|finding| {
            let observed = normal.text_of(entry, &finding.observed);
            format!("{} {} {observed}", finding.check, finding.requirement)
        })
        .collect();
    lines.sort();
    lines.dedup();
    // What all answers have in common looks alike in every case, whatever came of it.
    if findings.iter().any(|finding| !finding.common)
        && let Some(entry) = entry
    {
        lines.extend(Shape::of(entry, normal).came);
    }
    let digest = Sha256::digest(lines.join("\n").as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..DIGITS].to_owned()
}
