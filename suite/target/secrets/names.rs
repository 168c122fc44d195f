//! Names that HTML has for characters of ASCII, for blanks and for what is not seen
//! (HTML Living Standard 13.5, <https://html.spec.whatwg.org/multipage/named-characters.html>).

/// Each name in small letters, and its character. Capitals do not tell two of these apart.
const NAMES: [(&str, char); 49] = [
    ("amp", '&'),
    ("apos", '\''),
    ("ast", '*'),
    ("bsol", '\\'),
    ("colon", ':'),
    ("comma", ','),
    ("commat", '@'),
    ("diacriticalgrave", '`'),
    ("dollar", '$'),
    ("equals", '='),
    ("excl", '!'),
    ("grave", '`'),
    ("gt", '>'),
    ("hat", '^'),
    ("lbrace", '{'),
    ("lbrack", '['),
    ("lcub", '{'),
    ("lowbar", '_'),
    ("lpar", '('),
    ("lsqb", '['),
    ("lt", '<'),
    ("midast", '*'),
    ("nbsp", '\u{A0}'),
    ("newline", '\n'),
    ("nobreak", '\u{2060}'),
    ("nonbreakingspace", '\u{A0}'),
    ("num", '#'),
    ("percnt", '%'),
    ("period", '.'),
    ("plus", '+'),
    ("quest", '?'),
    ("quot", '"'),
    ("rbrace", '}'),
    ("rbrack", ']'),
    ("rcub", '}'),
    ("rpar", ')'),
    ("rsqb", ']'),
    ("semi", ';'),
    ("shy", '\u{AD}'),
    ("sol", '/'),
    ("tab", '\t'),
    // The small tilde U+02DC, whose name is written for the one of ASCII, which has none.
    ("tilde", '~'),
    ("underbar", '_'),
    ("verbar", '|'),
    ("vert", '|'),
    ("verticalline", '|'),
    ("zerowidthspace", '\u{200B}'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// Length of the longest name.
pub(super) const LONGEST: usize = 16;

/// The character that has this name, in capitals or not.
pub(super) fn named(name: &str) -> Option<char> {
    let name = name.to_ascii_lowercase();
    NAMES.binary_search_by(|(known, _)| (*known).cmp(&*name)).ok().map(|at| NAMES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_no_longer_than_the_longest() {
        assert!(NAMES.is_sorted());
        assert_eq!(NAMES.iter().map(|(name, _)| name.len()).max(), Some(LONGEST));
        assert_eq!(named("Hat"), Some('^'));
        assert_eq!(named("hats"), None);
    }
}
