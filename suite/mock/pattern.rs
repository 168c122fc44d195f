//! Ids that are taken for patterns.

/// Whether a text fits a pattern with wildcards in it: one that stands for any character, and one for any text.
/// A pattern without wildcards fits nothing, not even itself.
pub(super) fn fits(text: &str, pattern: &str, one: &str, any: &str) -> bool {
    if !pattern.contains(one) && !pattern.contains(any) {
        return false;
    }
    let text: Vec<char> = text.chars().collect();
    // The places in the text up to which the pattern fits so far.
    let mut places = vec![false; text.len() + 1];
    places[0] = true;
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix(any) {
            let from = places.iter().position(|&fits| fits).unwrap_or(places.len());
            places.iter_mut().skip(from).for_each(|fits| *fits = true);
            rest = behind;
            continue;
        }
        let is_any = rest.starts_with(one);
        let mut next = vec![false; places.len()];
        for (at, character) in text.iter().enumerate() {
            next[at + 1] = places[at] && (is_any || *character == first);
        }
        places = next;
        rest = if is_any { &rest[one.len()..] } else { &rest[first.len_utf8()..] };
        if !places.contains(&true) {
            return false;
        }
    }
    places.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_one_character_and_for_any_text() {
        let like = |pattern| fits("abcab", pattern, "_", "%");
        for pattern in ["%", "a%", "%b", "a%c%b", "_bcab", "abca_", "%_____%", "abcab%"] {
            assert!(like(pattern), "{pattern}");
        }
        for pattern in ["", "abcab", "b%", "%c", "______%", "_", "abcab_", "a_c"] {
            assert!(!like(pattern), "{pattern}");
        }
        assert!(fits("abcab", "ab.*", ".", ".*") && fits("abcab", "abca.", ".", ".*"));
    }
}
