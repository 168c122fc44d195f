//! Encodings, told and untold.

use super::case::{PLAIN, Reading, ReplyCase, case, plain_reading, text, words};
use crate::message::{Edit, Encoding};
use crate::protocol::req;

pub(super) fn cases() -> Vec<ReplyCase> {
    let wide = |encoding| vec![Edit::Encoding(encoding), Edit::Mark, Edit::Declaration(None)];
    let mut cases = Vec::new();
    for (word, answer) in PLAIN {
        for (name, encoding, order) in
            [("le", Encoding::Utf16Le, "little-endian"), ("be", Encoding::Utf16Be, "big-endian")]
        {
            cases.push(ReplyCase {
                charset: "utf-16",
                ..case(
                    format!("reply-encoding/utf-16-{name}-{word}"),
                    format!("The {} is UTF-16, {order}, with a byte order mark.", words(answer)),
                    req::UTF16_READ,
                    answer,
                    plain_reading(answer),
                    wide(encoding),
                )
            });
        }
        cases.push(case(
            format!("reply-encoding/overlong-{word}"),
            format!("The {} holds an overlong UTF-8 sequence in a comment.", words(answer)),
            req::INVALID_UTF8,
            answer,
            Reading::Refuse,
            vec![Edit::Epilog(text("<!-- @ -->")), Edit::Splice(text("@"), b"\xC0\xAF".to_vec())],
        ));
        cases.push(case(
            format!("reply-encoding/latin-1-byte-{word}"),
            format!("The {} holds a byte of ISO 8859-1 in a comment.", words(answer)),
            req::INVALID_UTF8,
            answer,
            Reading::Refuse,
            vec![Edit::Epilog(text("<!-- @ -->")), Edit::Splice(text("@"), b"\xE9".to_vec())],
        ));
        cases.push(case(
            format!("reply-encoding/declared-utf-16-{word}"),
            format!("The {} is UTF-8 and declares UTF-16.", words(answer)),
            req::UTF8_OR_UTF16,
            answer,
            Reading::Either,
            vec![Edit::Declaration(Some(text("<?xml version=\"1.0\" encoding=\"utf-16\"?>")))],
        ));
    }
    cases
}
