/// Whether a text names a file within a repository as GitHub takes it: relative, with `/` between its parts, without
/// a scheme and without a way out. GitHub refuses a whole file of SARIF for one result that is elsewhere.
pub fn is_anchor(path: &str) -> bool {
    let is_sound = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(is_sound) && !path.contains([':', '\\']) && !path.chars().any(char::is_control)
}

/// A path as the URI of it: what a URI does not take as it is, percent-encoded.
pub(super) fn uri(path: &str) -> String {
    let stays = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    path.bytes()
        .map(|byte| if stays(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_repository_are_told_from_others() {
        for sound in ["umspec.toml", "ci/known deviations.toml", ".github/umspec.toml", "repro/..a"] {
            assert!(is_anchor(sound), "{sound}");
        }
        for other in
            ["", "/etc/x", "../x", "a/../b", "./a", "a//b", "a/", "http://x/y", "C:\\x", "a\\b", "a\nb"]
        {
            assert!(!is_anchor(other), "{other:?}");
        }
        assert_eq!(uri("ci/known deviations%.toml"), "ci/known%20deviations%25.toml");
    }
}
