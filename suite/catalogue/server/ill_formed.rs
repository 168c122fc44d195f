//! Forms of bytes that are no UTF-8, beside those that every decoder knows to refuse (Unicode, table 3-7).

use super::Case;
use crate::message::{Edit, Place};
use crate::protocol::{InputClass, req};

/// Name, what it is, and its bytes.
const FORMS: [(&str, &str, &[u8]); 10] = [
    ("overlong-slash-of-four-bytes", "an overlong form of the slash in four bytes", b"\xF0\x80\x80\xAF"),
    ("overlong-letter", "an overlong form of a letter, which starts with C1", b"\xC1\x81"),
    (
        "overlong-form-beyond-ascii",
        "an overlong form of three bytes for a character that two are enough for",
        b"\xE0\x9F\xBF",
    ),
    ("overlong-nul", "NUL in two bytes, as modified UTF-8 of Java has it", b"\xC0\x80"),
    ("start-of-f5", "a form of four bytes that starts with F5", b"\xF5\x80\x80\x80"),
    ("six-bytes", "a form of six bytes, which UTF-8 once had", b"\xFC\x84\x80\x80\x80\x80"),
    ("letter-behind-start-of-two", "a letter behind the start of two bytes", b"\xC3A"),
    ("letter-behind-start-of-three", "a letter behind the start of three bytes", b"\xE2A\x82"),
    ("four-bytes-cut-short", "a form of four bytes without its last one", b"\xF0\x9F\x98"),
    ("low-surrogate", "a low surrogate of three bytes", b"\xED\xB0\x80"),
];

/// Stands where the bytes go; found nowhere else in a request.
const HERE: &str = "@@";

/// In a comment, where a server that repairs the bytes goes on to disconnect the call.
pub(super) fn cases() -> Vec<Case> {
    FORMS
        .map(|(name, words, bytes)| {
            Case::request(
                format!("encoding/{name}-in-comment"),
                format!("A comment holds {words}."),
                InputClass::NotWellFormed,
                &[req::INVALID_UTF8, req::WELL_FORMED],
                vec![
                    Edit::First(Place::Body, format!("<!-- {HERE} -->")),
                    Edit::Splice(HERE.to_owned(), bytes.to_vec()),
                ],
            )
        })
        .to_vec()
}
