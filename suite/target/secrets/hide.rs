use std::collections::BTreeSet;

use super::automaton::Ending;
use super::common::{HIDDEN, WITHHELD};
use super::found::{Finder, Found, PASSES, Piece};

use super::reading::Reading;
use super::spelling::{MIN_DIFFERENT, MIN_LENGTH, is_telling, reversed, undone};
use crate::evidence::{Answer, Bytes, HttpAnswer};

/// Most bytes of a secret: what finds it takes up to two thousand times as many. Servers take heads of 8 to 64 KiB.
const MAX_LENGTH: usize = 16_384;

/// Most bytes of all secrets of a run.
const MAX_TOGETHER: usize = 2 * MAX_LENGTH;

/// Longest text that is looked at, in bytes; a longer one is withheld. Answers are read up to
/// [`MAX_ANSWER`](crate::target::MAX_ANSWER), far below.
const MAX_TEXT: usize = 1 << 30;

/// Why a secret cannot be hidden: as a fragment that fits after "it".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Weak {
    /// It stands in texts that give nothing away.
    #[error(
        "stands in the words of HTTP, of documented messages or of the URL, which could then not be judged"
    )]
    Common,
    /// It is longer than what is looked for.
    #[error("is longer than {MAX_LENGTH} bytes")]
    Long,
    /// It turns up by chance.
    #[error(
        "has fewer than {MIN_LENGTH} characters, or fewer than {MIN_DIFFERENT} different ones, and turns up by chance"
    )]
    Short,
}

impl Weak {
    /// Why this secret cannot be hidden safely, if it cannot. Hiding it wherever it stands would change answers
    /// that do not hold it, and verdicts with them.
    pub(crate) fn of(secret: &str, public: &str) -> Option<Self> {
        Self::unless_safe(secret, public).err()
    }

    /// What finds a secret that can be hidden safely.
    fn unless_safe(secret: &str, public: &str) -> Result<Finder, Self> {
        if secret.len() > MAX_LENGTH {
            return Err(Self::Long);
        }
        // One that looks escaped itself is found by what is left when that is undone.
        let left = [undone(secret), undone(&reversed(secret))];
        if !is_telling(secret) || left.iter().flatten().any(|text| !is_telling(text)) {
            return Err(Self::Short);
        }
        let finder = Finder::of(&BTreeSet::from([secret.to_owned()]), public);
        if finder.is_common() { Err(Self::Common) } else { Ok(finder) }
    }
}

/// Secrets of a run, hidden in every spelling wherever they turn up in what is recorded.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Finder>);

impl Secrets {
    /// These secrets, each of which [`Weak::of`] lets pass beside this public text.
    ///
    /// # Errors
    /// [`Weak::Long`], where all of them together are too long.
    pub(crate) fn of(secrets: &BTreeSet<String>, public: &str) -> Result<Self, Weak> {
        if secrets.is_empty() {
            return Ok(Self::default());
        }
        if secrets.iter().map(String::len).sum::<usize>() > MAX_TOGETHER {
            return Err(Weak::Long);
        }
        Ok(Self(Some(Finder::of(secrets, public))))
    }

    /// One secret.
    ///
    /// # Errors
    /// It cannot be hidden safely.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn alone(secret: &str) -> Result<Self, Weak> {
        Weak::unless_safe(secret, "").map(|finder| Self(Some(finder)))
    }

    /// The same bytes with a mark for each secret, in the encoding in which it stood.
    pub(crate) fn hide(&self, bytes: Vec<u8>, end: Ending) -> Vec<u8> {
        let Some(finder) = &self.0 else { return bytes };
        if bytes.len() > MAX_TEXT {
            return WITHHELD.as_bytes().to_vec();
        }
        if finder.is_clear_of(&bytes, end) {
            return bytes;
        }
        let mut hidden = bytes;
        let mut found = false;
        for reading in finder.readings(&hidden) {
            let Found { pieces, looked_at } = finder.find(&hidden, reading, end);
            debug_assert!(looked_at <= hidden.len() * PASSES, "{looked_at} of {} bytes", hidden.len());
            if !pieces.is_empty() {
                hidden = marked(&hidden, &pieces, reading);
                found = true;
            }
        }
        // A secret that begins as the mark ends may stand there again.
        if found && finder.finds(&hidden, end) { WITHHELD.as_bytes().to_vec() } else { hidden }
    }

    /// The same text with a mark for each secret.
    pub(crate) fn hide_text(&self, text: &str) -> String {
        if self.0.as_ref().is_none_or(|finder| finder.is_clear_of(text.as_bytes(), Ending::Whole)) {
            return text.to_owned();
        }
        String::from_utf8_lossy(&self.hide(text.as_bytes().to_vec(), Ending::Whole)).into_owned()
    }

    /// The same answer with a mark for each secret, in its fields and its body.
    pub(in crate::target) fn hide_answer(&self, answer: Answer) -> Answer {
        let Answer::Http(http) = answer else { return answer };
        let hide = |(name, value): &(String, String)| (self.hide_text(name), self.hide_text(value));
        let end = if http.complete { Ending::Whole } else { Ending::Cut };
        Answer::Http(HttpAnswer {
            headers: http.headers.iter().map(hide).collect(),
            body: Bytes(self.hide(http.body.0, end)),
            ..http
        })
    }

    /// How many characters are looked at to find what there is to hide.
    #[cfg(test)]
    fn work(&self, bytes: &[u8]) -> usize {
        let finder = self.0.as_ref().unwrap();
        finder
            .readings(bytes)
            .into_iter()
            .map(|reading| finder.find(bytes, reading, Ending::Whole).looked_at)
            .sum()
    }
}

/// Bytes with a mark in place of each piece, written as they were read.
fn marked(bytes: &[u8], pieces: &[Piece], reading: Reading) -> Vec<u8> {
    let mut marked = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for piece in pieces {
        marked.extend_from_slice(&bytes[from..piece.from]);
        reading.write(HIDDEN, &mut marked);
        from = piece.to;
    }
    marked.extend_from_slice(&bytes[from..]);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(secrets: &[&str]) -> Secrets {
        Secrets::of(&secrets.iter().map(|&secret| secret.to_owned()).collect(), "").unwrap()
    }

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        let secrets = secrets(&["hunter22", "key=hunter22"]);
        for (text, hidden) in [
            ("Fault hunter22hunter22 abc", "Fault (hidden)(hidden) abc"),
            ("?key=hunter22&a", "?(hidden)&a"),
            ("HUNTER22 22retnuh", "(hidden) (hidden)"),
            ("<a>&#104;unter2&#x32;</a>", "<a>(hidden)</a>"),
            ("hun<![CDATA[ter]]>22", "(hidden)<![CDATA[(hidden)]]>(hidden)"),
            ("hunter<!-- -->22", "(hidden)<!-- -->(hidden)"),
            ("aHVu\r\ndGVyMjI=", "(hidden)\r\n(hidden)I="),
            ("68:75 6E746572 3232", "(hidden):(hidden) (hidden) (hidden)"),
            ("&amp;#104;%2568unter22", "&amp;#104;(hidden)"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(secrets.hide_text(text), hidden, "{text}");
        }
    }

    #[test]
    fn a_mark_stands_in_the_encoding_of_its_secret() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let hidden = secrets(&["hunter22"]).hide(wide("<a>hunter22</a>"), Ending::Whole);
        assert_eq!(hidden, wide("<a>(hidden)</a>"));
    }

    #[test]
    fn enough_of_a_secret_is_hidden_and_less_where_a_text_breaks_off() {
        let secrets = secrets(&["Xk7#pQ2&zW<9~vB/m+4", "password22"]);
        let hide = |text: &str, end| String::from_utf8(secrets.hide(text.as_bytes().to_vec(), end)).unwrap();
        for (text, whole, cut) in [
            ("a Xk7#pQ2&zW<9~vB b", "a (hidden) b", "a (hidden) b"),
            ("a #pQ2&zW<9~vB/m+4", "a (hidden)", "a (hidden)"),
            ("a Xk7#pQ2", "a Xk7#pQ2", "a (hidden)"),
            ("a Xk7#p", "a Xk7#p", "a Xk7#p"),
            ("a &#88;&#107;&#55;&#35;&#112;&#81;", "a &#88;&#107;&#55;&#35;&#112;&#81;", "a (hidden)"),
            ("a &#88;&#107;&#55;&#35;&#112;&#81;&#5", "a &#88;&#107;&#55;&#35;&#112;&#81;&#5", "a (hidden)"),
            // A word that stands in any answer.
            ("a wrong password", "a wrong password", "a wrong password"),
        ] {
            assert_eq!(hide(text, Ending::Whole), whole, "{text}");
            assert_eq!(hide(text, Ending::Cut), cut, "{text}");
        }
    }

    #[test]
    fn what_comes_about_by_hiding_is_withheld() {
        let secrets = secrets(&[")#$*^,-!"]);
        assert_eq!(secrets.hide_text("x)#$*^,-! y"), "x(hidden) y");
        assert_eq!(secrets.hide_text("x)#$*^,-!#$*^, y"), WITHHELD);
    }

    #[test]
    fn what_turns_up_by_chance_or_in_any_answer_cannot_be_hidden() {
        for (secret, weak) in [
            ("hunte", Some(Weak::Short)),
            ("hunter", None),
            ("aAaAaAaAaA", Some(Weak::Short)),
            ("%68%75%6E%74%65", Some(Weak::Short)),
            ("Disconnect", Some(Weak::Common)),
            ("gzip, deflate", Some(Weak::Common)),
            ("hidden)", Some(Weak::Common)),
            ("um.example", Some(Weak::Common)),
        ] {
            assert_eq!(Weak::of(secret, "http://um.example/"), weak, "{secret}");
        }
        assert_eq!(Weak::of(&"abcdefgh".repeat(MAX_LENGTH), ""), Some(Weak::Long));
    }

    /// What took seven seconds of a megabyte, and more than sixteen times that of four.
    #[test]
    fn the_work_grows_with_the_length() {
        let secrets = secrets(&["hunter22", "abababac", "dXNlcjpodW50ZXIyMg=="]);
        for part in
            ["hunter22", "ab", "&#104;", "<!--", "<?", "%61", "%6", "\\u0061", "]]>", "&#1", "aHVudGVyMjI"]
        {
            let work = |size: usize| secrets.work(part.repeat(size / part.len()).as_bytes());
            let (once, twice) = (work(100_000), work(200_000));
            assert!(twice <= 2 * once + 1_000, "{part}: {once}, then {twice}");
            assert!(once <= 100_000 * PASSES, "{part}: {once}");
        }
    }

    #[test]
    fn four_megabytes_of_secrets_are_hidden_in_a_moment() {
        let secrets = secrets(&["hunter22", "dXNlcjpodW50ZXIyMg=="]);
        let time = |size: usize| {
            let bytes = b"hunter22".repeat(size / 8);
            let start = std::time::Instant::now();
            assert_eq!(secrets.hide(bytes, Ending::Whole), b"(hidden)".repeat(size / 8));
            start.elapsed()
        };
        let (one, four) = (time(1 << 20), time(1 << 22));
        // Four times as long takes four times the time; the rest is the machine's.
        assert!(four < one * 12 + std::time::Duration::from_millis(500), "{one:?}, then {four:?}");
    }
}
