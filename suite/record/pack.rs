//! Evidence as JSON in which what came before stands as a reference, so that equal bodies and equal exchanges are
//! stored once.
//!
//! A *part* is a value with a number, counted through the whole record from 0, which stands in a line of parts.
//! `{"part":7}` stands for part 7, and
//! `{"like":[7,a,b],"with":"…"}` for the first `a` characters of it, this text, and its last `b` characters: a plain
//! request differs from the one before by its call id alone. The id comes several times in a case, so it is a part
//! as well. A text in which something is said over and over is
//! `{"join":["…",{"of":"x","times":n},…]}`, one after the other; what is long all the same stands there as
//! `{"zlib":"…"}`, in base64.

mod json;
mod known;
mod writing;

use serde::Serialize;

use self::writing::Writing;

/// What a value is written as.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// The number of the first part that is new with it.
    pub(super) first: usize,
    /// The parts that are new with it, in the order of their numbers: JSON, with commas between.
    pub(super) parts: Vec<u8>,
    /// The value itself.
    pub(super) value: Vec<u8>,
}

/// Writes the values of one record, one after the other.
#[derive(Debug, Default)]
pub(super) struct Packer {
    writing: Writing,
}

impl Packer {
    pub(super) fn pack(&mut self, value: &impl Serialize) -> Result<Packed, serde_json::Error> {
        let first = self.writing.parts();
        let done = value.serialize(&mut self.writing);
        let (parts, value) = self.writing.taken();
        done.map(|()| Packed { first, parts, value })
    }
}

#[cfg(test)]
mod tests {
    use super::super::unpack::Parts;
    use super::*;

    /// What is written of these values, and read back.
    fn there_and_back(values: &[Vec<String>]) -> String {
        let mut packer = Packer::default();
        let json = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let written = values.iter().map(|value| {
            let new = packer.pack(value).unwrap();
            (new.first, format!("[{}]", json(&new.parts)), json(&new.value))
        });
        let written: Vec<(usize, String, String)> = written.collect();
        let mut parts = Parts::new(1 << 20);
        for (value, (first, added, shown)) in values.iter().zip(&written) {
            parts.add(*first, serde_json::from_str(added).unwrap()).unwrap();
            let read: Vec<String> = parts.read(&serde_json::from_str(shown).unwrap()).unwrap();
            assert_eq!(&read, value);
        }
        let lines = written.iter().map(|(_, added, shown)| format!("{added} {shown}\n"));
        lines.collect()
    }

    #[test]
    fn what_came_before_is_written_once_and_read_back() {
        let body = |id: &str| format!("<a>{}<id>\u{1F4DE}{id}</id>{}</a>", "x".repeat(100), "y\n".repeat(50));
        let list = |id: &str| vec![body(id), "short".to_owned()];
        let written =
            there_and_back(&[list("one"), list("one"), list("two"), list("\u{1F4DE}"), list("one")]);
        let lines: Vec<&str> = written.lines().collect();
        assert!(lines[1].len() < 40, "{}", lines[1]);
        assert!(lines[2].ends_with(r#"[{"like":[0,108,109],"with":"two"},"short"]"#), "{}", lines[2]);
        assert!(lines[3].contains("\"with\":\"\u{1F4DE}\""), "{}", lines[3]);
    }

    #[test]
    fn what_is_said_over_and_over_is_written_once() {
        let nested = |id: &str| vec![format!("<a>{}{id}{}</a>", "<b>".repeat(20_000), "</b>".repeat(20_000))];
        let written = there_and_back(&[nested("one"), nested("two"), vec!["x".repeat(100_000)]]);
        assert!(written.len() < 400, "{written}");
    }

    #[test]
    fn what_is_long_all_the_same_is_compressed() {
        let numbered = |id: &str, count: usize| {
            let names: String =
                (0..count).map(|number| format!(" xmlns:n{number}=\"urn:\u{E9}{number}\"")).collect();
            vec![format!("<a{names}>{id}</a>")]
        };
        let written = there_and_back(&[numbered("one", 4000), numbered("two", 4000), numbered("one", 3999)]);
        assert!(written.contains("{\"zlib\":\"") && written.len() < 60_000, "{} bytes", written.len());
        let short = there_and_back(&[numbered("one", 100)]);
        assert!(short.contains("xmlns:n99"), "{short}");
    }

    #[test]
    fn a_text_that_overlaps_itself_is_read_back() {
        let of = |count: usize| vec!["ab".repeat(count)];
        there_and_back(&[of(50), of(51), of(49), of(200), of(40)]);
        there_and_back(&[
            vec!["\u{E9}".repeat(50)],
            vec!["\u{E8}".repeat(50)],
            vec!["\u{E9}".repeat(49) + "\u{E8}"],
        ]);
    }
}
