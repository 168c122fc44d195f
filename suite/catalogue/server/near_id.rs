//! Ids that something is done to which many servers undo, though the text is another one then: none of them is
//! that of a live call, and none may end it.

use super::{Case, Needs};
use crate::message::{Edit, Place};
use crate::protocol::{InputClass, req};

pub(super) fn cases() -> Vec<Case> {
    [
        ("halves-swapped", "The halves of a live id have changed places.", "{tail}{head}"),
        (
            "middle-letter-replaced",
            "One letter or digit in the middle of a live id is another one.",
            "{middle}",
        ),
        (
            "letters-swapped",
            "Two letters or digits of a live id, two places apart, have changed places.",
            "{moved}",
        ),
        // What delimits an id, or more than one.
        ("quoted", "A live id stands in quotes.", "\"{id}\""),
        ("semicolon-and-more", "A semicolon and a letter follow a live id.", "{id};x"),
        ("comma-and-more", "A comma and a letter follow a live id.", "{id},x"),
        ("query", "A question mark and a parameter follow a live id, as in a URL.", "{id}?x=1"),
        ("fragment", "A number sign and a letter follow a live id, as in a URL.", "{id}#x"),
        ("slash-appended", "A slash follows a live id.", "{id}/"),
        ("full-stop-appended", "A full stop follows a live id.", "{id}."),
        ("equals-sign-appended", "An equals sign follows a live id, as if it were padding.", "{id}="),
        ("scheme", "A live id is written as a URN of a UUID.", "urn:uuid:{id}"),
        ("backslash-inside", "A backslash stands in the middle of a live id.", "{head}\\{tail}"),
        // Patterns.
        (
            "underscore-for-last",
            "An underscore stands for the last character of a live id, as in a pattern of SQL.",
            "{cut}_",
        ),
        (
            "percent-for-rest",
            "A percent sign stands for the second half of a live id, as in a pattern of SQL.",
            "{head}%",
        ),
        (
            "question-mark-for-last",
            "A question mark stands for the last character of a live id, as in a pattern of files.",
            "{cut}?",
        ),
        (
            "dot-for-last",
            "A dot stands for the last character of a live id, as in a regular expression.",
            "{cut}.",
        ),
        (
            "dot-star-for-rest",
            "A dot and an asterisk stand for the second half of a live id, as in a regular expression.",
            "{head}.*",
        ),
        // Other spellings of its letters.
        (
            "percent-encoded-letter",
            "The last letter or digit of a live id is encoded as in a URL.",
            "{percent}",
        ),
        ("wide-letter", "The last letter or digit of a live id is of full width.", "{wide}"),
        ("accent-inside", "A combining accent stands in the middle of a live id.", "{head}\u{301}{tail}"),
        // What it is made of.
        ("decoded", "CallId holds what a live id is base64 of.", "{decoded}"),
        (
            "host-in-capitals",
            "The host that a live id is made of is written in capitals, and encoded again.",
            "{capitals}",
        ),
        ("guid-alone", "CallId holds the GUID that a live id is made of.", "{guid}"),
        (
            "other-guid-at-its-host",
            "CallId has the form of a live id, with its host and a GUID that was never issued.",
            "{fresh}",
        ),
    ]
    .into_iter()
    .map(|(name, about, markup)| {
        Case::request(
            format!("call-id/near-{name}"),
            about,
            InputClass::Unissued,
            &[req::UNISSUED_CALL_ID, req::OTHER_CALLS_UNTOUCHED],
            vec![Edit::Content(Place::CallId, markup.to_owned())],
        )
        .needs(Needs::LiveCall)
    })
    .collect()
}
