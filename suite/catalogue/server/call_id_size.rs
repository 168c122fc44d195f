//! Sizes of the call id and of the whole message, around the limits of the documents and of
//! common servers.

use super::{Case, Needs};
use crate::message::{Draft, Edit, Ids, Place};
use crate::protocol::{InputClass, Nuance, RequirementId, req, sizes};

pub(super) fn cases() -> Vec<Case> {
    [allowed(), oversized(), cut(), huge(), units(), padded_messages()].concat()
}

/// What a garbage id beyond 512 characters is about: it names no call, whatever its length.
const TOO_LONG: &[RequirementId] = &[req::INCORRECT_CALL_ID, req::CALL_ID_TOO_LONG, req::SIZE_BOUNDED];

/// A length, for words.
fn grouped(length: usize) -> String {
    let digits = length.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn ascii(length: usize, class: InputClass, requirements: &[RequirementId]) -> Case {
    let characters = if length == 1 { "character" } else { "characters" };
    Case::request(
        format!("call-id-size/ascii-{length}-{characters}"),
        format!("CallId holds garbage of {} ASCII {characters}.", grouped(length)),
        class,
        requirements,
        vec![Edit::Content(Place::CallId, format!("{{x*{length}}}"))],
    )
}

fn allowed() -> Vec<Case> {
    let around = |length: usize| [length - 1, length, length + 1];
    [1].into_iter()
        .chain(around(sizes::SAMPLE_LENGTH))
        .chain(around(sizes::SHAPE_LIMIT))
        .chain([sizes::CALL_ID_LIMIT - 1, sizes::CALL_ID_LIMIT])
        .map(|length| ascii(length, InputClass::LongCallId, &[req::LONG_CALL_ID_ALLOWED]))
        .collect()
}

fn oversized() -> Vec<Case> {
    let mut lengths = vec![sizes::CALL_ID_LIMIT + 1, 2 * sizes::CALL_ID_LIMIT];
    for limit in
        [sizes::WCF_BYTES_PER_READ, sizes::WCF_STRING_CONTENT, sizes::WCF_NAME_TABLE, sizes::WCF_MESSAGE]
    {
        lengths.extend([limit - 1, limit, limit + 1]);
    }
    lengths
        .into_iter()
        .map(|length| {
            let case = ascii(length, InputClass::OversizedCallId, TOO_LONG);
            // The whole message is over the default quota then, so nobody need look at the id.
            if length + 1 >= sizes::WCF_MESSAGE { case.nuance(Nuance::MayRefuse) } else { case }
        })
        .collect()
}

/// A live id, blanks up to a limit of databases and protocols, and a letter behind it: a server that
/// keeps no more than so many characters, and compares like a column of fixed width, takes it for
/// the live one.
fn cut() -> Vec<Case> {
    [
        (255, InputClass::LongCallId),
        (sizes::CALL_ID_LIMIT, InputClass::OversizedCallId),
        (sizes::WCF_BYTES_PER_READ, InputClass::OversizedCallId),
        (sizes::VARCHAR, InputClass::OversizedCallId),
    ]
    .into_iter()
    .map(|(length, class)| {
        Case::request(
            format!("call-id-size/blanks-to-{length}-then-letter"),
            format!("{} blanks and a letter follow a live id.", grouped(length)),
            class,
            &[req::INCORRECT_CALL_ID, req::CALL_ID_TOO_LONG],
            vec![Edit::Content(Place::CallId, format!("{{id}}{}x", " ".repeat(length)))],
        )
        .needs(Needs::LiveCall)
    })
    .collect()
}

fn huge() -> Vec<Case> {
    let mut lengths = vec![sizes::NGINX_BODY - 1, sizes::NGINX_BODY, sizes::NGINX_BODY + 1];
    for limit in [sizes::ASPNET_REQUEST, sizes::LIBXML2_TEXT, sizes::IIS_CONTENT] {
        lengths.extend([limit - 1, limit + 1]);
    }
    lengths
        .into_iter()
        .map(|length| ascii(length, InputClass::OversizedCallId, TOO_LONG).nuance(Nuance::MayRefuse).slow())
        .collect()
}

/// The same number of characters in other units: UTF-8 bytes, UTF-16 code units, bytes on the wire.
fn units() -> Vec<Case> {
    let limit = sizes::CALL_ID_LIMIT;
    let case =
        |name: &str, about: &str, class: InputClass, requirements: &[RequirementId], markup: String| {
            Case::request(
                format!("call-id-size/{name}"),
                about.to_owned(),
                class,
                requirements,
                vec![Edit::Content(Place::CallId, markup)],
            )
        };
    vec![
        case(
            "two-byte-512-characters",
            "CallId holds garbage of 512 characters of two bytes each.",
            InputClass::LongCallId,
            &[req::CALL_ID_LENGTH_UNIT],
            "\u{E9}".repeat(limit),
        )
        .recorded(),
        case(
            "three-byte-512-characters",
            "CallId holds garbage of 512 characters of three bytes each.",
            InputClass::LongCallId,
            &[req::CALL_ID_LENGTH_UNIT],
            "\u{4E2D}".repeat(limit),
        )
        .recorded(),
        case(
            "supplementary-256-characters",
            "CallId holds garbage of 256 supplementary characters, 512 code units of UTF-16.",
            InputClass::LongCallId,
            &[req::CALL_ID_LENGTH_UNIT],
            "\u{1D11E}".repeat(limit / 2),
        )
        .recorded(),
        case(
            "supplementary-512-characters",
            "CallId holds garbage of 512 supplementary characters, 1,024 code units of UTF-16.",
            InputClass::LongCallId,
            &[req::CALL_ID_LENGTH_UNIT],
            "\u{1D11E}".repeat(limit),
        )
        .recorded(),
        // Too long in every unit, so it can be judged.
        case(
            "supplementary-513-characters",
            "CallId holds garbage of 513 supplementary characters.",
            InputClass::OversizedCallId,
            TOO_LONG,
            "\u{1D11E}".repeat(limit + 1),
        ),
        case(
            "references-512-characters",
            "CallId holds garbage of 512 ASCII characters, each written as a hexadecimal reference.",
            InputClass::LongCallId,
            &[req::LONG_CALL_ID_ALLOWED],
            "&#x78;".repeat(limit),
        ),
        case(
            "padded-references-512-characters",
            "CallId holds garbage of 512 ASCII characters, each written as a reference of ten bytes.",
            InputClass::LongCallId,
            &[req::LONG_CALL_ID_ALLOWED],
            "&#x00078;".repeat(limit),
        ),
        case(
            "references-513-characters",
            "CallId holds garbage of 513 ASCII characters, each written as a hexadecimal reference.",
            InputClass::OversizedCallId,
            TOO_LONG,
            "&#x78;".repeat(limit + 1),
        ),
        case(
            "comment-after-512-characters",
            "CallId holds garbage of 512 ASCII characters and a comment.",
            InputClass::LongCallId,
            &[req::LONG_CALL_ID_ALLOWED],
            format!("{}<!-- not part of it -->", "x".repeat(limit)),
        ),
    ]
}

/// A valid request made this long by white space between elements. The length is exact for ids of
/// the documented length.
fn padded_messages() -> Vec<Case> {
    let plain = Draft::disconnect(&[]).write(&Ids::default()).body.len();
    let case = |word: &str, length: usize| {
        Case::request(
            format!("call-id-size/message-{word}"),
            format!("White space between elements makes a valid request {} bytes long.", grouped(length)),
            InputClass::Valid,
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS],
            vec![Edit::First(Place::Body, " ".repeat(length.saturating_sub(plain)))],
        )
    };
    let limit = sizes::WCF_MESSAGE;
    vec![
        // Within the quota with an id of any legal length.
        case("within-the-default-quota", limit - sizes::CALL_ID_LIMIT),
        // From here on a server may refuse.
        case("just-below-the-default-quota", limit - 1).recorded(),
        case("at-the-default-quota", limit).recorded(),
        case("just-above-the-default-quota", limit + 1).recorded(),
        case("of-twice-the-default-quota", 2 * limit).recorded(),
        case("of-a-mebibyte", sizes::NGINX_BODY).recorded().slow(),
    ]
}
