//! Servers that make something of an id that no call has, instead of saying that no call has it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::bug::{Bug, Mutant, UnknownId, mutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::req;

/// Answers unknown ids like this with success.
const fn takes(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    which: fn(&str) -> bool,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Unknown(which, UnknownId::Succeeds))
}

/// Answers unknown ids like this by the page of an error that nobody caught.
const fn breaks(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    which: fn(&str) -> bool,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Unknown(which, UnknownId::Breaks))
}

/// Crashes on unknown ids like this.
const fn dies(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    which: fn(&str) -> bool,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Unknown(which, UnknownId::Dies))
}

pub(super) static MUTANTS: &[Mutant] = &[
    takes(
        "forwards-by-host-of-call-id",
        "A call id that names another server is passed on to it, and its answer is not waited for.",
        by("call-id/unissued-unknown-host", req::UNISSUED_CALL_ID),
        |id| {
            decoded(id).is_some_and(|text| {
                is_guid(guid_of(&text)) && !text.ends_with("@mock-um-1.exchange.umspec.example.org")
            })
        },
    ),
    takes(
        "takes-anything-of-usual-length",
        "A call id is good if it has a hundred characters.",
        by("call-id-size/ascii-100-characters", req::LONG_CALL_ID_ALLOWED),
        |id| id.chars().count() == 100,
    ),
    takes(
        "takes-bare-guids",
        "A call id that is a GUID, in braces or not, is taken without looking for its call.",
        by("call-id/garbage-guid-only", req::INCORRECT_CALL_ID),
        |id| is_guid(id.trim_start_matches('{').trim_end_matches('}')),
    ),
    takes(
        "takes-call-id-in-clear",
        "A call id with an @ is taken for one that needs no decoding, and for a call elsewhere.",
        by("call-id/garbage-guid-and-host", req::INCORRECT_CALL_ID),
        |id| id.contains('@'),
    ),
    takes(
        "takes-numbers-for-lines",
        "A call id that is a number is the number of a line, busy or not.",
        by("call-id/garbage-integer", req::INCORRECT_CALL_ID),
        |id| id.parse::<i64>().is_ok(),
    ),
    takes(
        "takes-words-for-nothing",
        "The words null and nil stand for no call, and no call is soon ended.",
        by("call-id/garbage-word-null", req::INCORRECT_CALL_ID),
        |id| matches!(id, "null" | "nil"),
    ),
    takes(
        "takes-false-for-nothing",
        "The words of programming languages for what is not there stand for no call.",
        by("call-id/garbage-word-false", req::INCORRECT_CALL_ID),
        |id| matches!(id, "false" | "undefined" | "None" | "NaN"),
    ),
    takes(
        "takes-one-word-for-all-calls",
        "A call id of small letters alone is the name of a group of calls, of which none is up.",
        by("call-id/garbage-word", req::INCORRECT_CALL_ID),
        |id| id.len() > 1 && id.len() < 20 && id.bytes().all(|byte| byte.is_ascii_lowercase()),
    ),
    takes(
        "takes-wildcards-in-call-id",
        "A call id with an asterisk is a filter of the directory, and all that it finds is ended.",
        by("call-id/injection-ldap-star", req::CALL_ID_IS_DATA),
        |id| id.contains('*'),
    ),
    takes(
        "runs-call-id-in-shell",
        "The call is ended by a command line that holds its id.",
        by("call-id/injection-backtick", req::CALL_ID_IS_DATA),
        |id| id.contains('`') || id.contains("$("),
    ),
    takes(
        "takes-call-id-without-padding",
        "The padding of base64 that a call id lacks is made up for, and what comes of it is taken.",
        by("call-id/garbage-base64-without-padding", req::INCORRECT_CALL_ID),
        |id| is_alphabet(id) && id.len() % 4 == 3,
    ),
    dies(
        "dies-on-call-id-of-ews",
        "A call id of 12 or 13 characters is looked up in EWS, whose absence nobody thought of.",
        by("call-id/ews-sample-of-disconnect-phone-call", req::ALIVE_AFTERWARDS),
        |id| (12..=13).contains(&id.len()) && is_alphabet(id),
    ),
    breaks(
        "breaks-on-impossible-base64",
        "A call id whose length no base64 can have makes the decoder throw.",
        by("call-id-size/ascii-101-characters", req::INVALID_ID_FAULT),
        |id| is_alphabet(id) && id.len() % 4 == 1,
    ),
    breaks(
        "breaks-on-wrong-padding",
        "Padding that is too long or escaped makes the decoder throw.",
        by("call-id/garbage-base64-doubled-padding", req::INVALID_ID_FAULT),
        |id| id.ends_with("==") && id.len() % 4 == 1 || id.contains("%3D"),
    ),
    breaks(
        "breaks-on-call-id-without-at-sign",
        "What is decoded is split at @, and its second part is used without looking whether there is one.",
        by("call-id/garbage-base64-without-at-sign", req::INVALID_ID_FAULT),
        |id| STANDARD.decode(id).is_ok_and(|octets| !octets.contains(&b'@')),
    ),
    breaks(
        "breaks-on-guid-of-call-id",
        "What stands before @ is parsed as a GUID, and the parser throws.",
        by("call-id/garbage-base64-of-host-only", req::INVALID_ID_FAULT),
        |id| decoded(id).is_some_and(|text| text.contains('@') && !is_guid(guid_of(&text))),
    ),
    breaks(
        "breaks-on-host-of-call-id",
        "What stands after @ is parsed as a host name, and the parser throws.",
        by("call-id/garbage-base64-of-guid-only", req::INVALID_ID_FAULT),
        |id| {
            let octets = STANDARD.decode(id).unwrap_or_default();
            let host = octets.iter().position(|&byte| byte == b'@').map(|at| &octets[at + 1..]);
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
            host.is_some_and(|host| host.is_empty() || !host.iter().all(is_name))
        },
    ),
    breaks(
        "breaks-on-call-id-as-path",
        "The state of a call lies in a file of its name, and slashes lead nowhere.",
        by("call-id/injection-path-upwards", req::INVALID_ID_FAULT),
        |id| id.contains(['\\', ':']) || id.starts_with(['/', '.']),
    ),
    breaks(
        "breaks-on-call-id-in-sql",
        "The call id is pasted into a statement of SQL, which a quote or a semicolon ends.",
        by("call-id/injection-sql-comment", req::INVALID_ID_FAULT),
        |id| id.contains(['\'', ';']),
    ),
    breaks(
        "breaks-on-percents-in-call-id",
        "The call id is decoded as a part of a URL is, or used as a format.",
        by("call-id/injection-percent-null", req::INVALID_ID_FAULT),
        |id| id.contains('%'),
    ),
    breaks(
        "breaks-on-lookups-in-call-id",
        "What stands in ${ } is looked up when the call id is logged, and is not found.",
        by("call-id/injection-lookup-of-a-logger", req::INVALID_ID_FAULT),
        |id| id.contains("${"),
    ),
    breaks(
        "validates-call-id-as-a-form",
        "A call id with < and a letter is a potentially dangerous request, and gets the page that says so.",
        by("call-id/injection-script", req::INVALID_ID_FAULT),
        |id| {
            id.split('<').skip(1).any(|rest| rest.starts_with(|c: char| c == '!' || c.is_ascii_alphabetic()))
        },
    ),
    breaks(
        "breaks-on-padded-call-id",
        "White space around or inside a call id makes the decoder throw.",
        by("call-id/padded-leading-space", req::INVALID_ID_FAULT),
        |id| id.len() > 100 && id.len() < 200 && id.contains(char::is_whitespace),
    ),
    dies(
        "dies-on-characters-beyond-bmp",
        "Characters of four bytes do not fit into the column of the database, and its error is not caught.",
        by("call-id-size/supplementary-512-characters", req::ALIVE_AFTERWARDS),
        |id| id.chars().any(|c| c > '\u{FFFF}'),
    ),
    dies(
        "dies-above-512-bytes",
        "A call id of 512 characters that are more bytes than that runs over a buffer.",
        by("call-id-size/two-byte-512-characters", req::ALIVE_AFTERWARDS),
        |id| id.len() > 512 && id.chars().count() <= 512,
    ),
    breaks(
        "breaks-on-call-id-of-one-character",
        "The first two characters of a call id say where it lies, and of one there are not two.",
        by("call-id-size/ascii-1-character", req::INVALID_ID_FAULT),
        |id| id.chars().count() == 1,
    ),
    dies(
        "dies-above-512-characters",
        "A call id of more than 512 characters runs over a buffer.",
        by("call-id-size/ascii-513-characters", req::ALIVE_AFTERWARDS),
        |id| id.chars().count() > 512,
    ),
    dies(
        "dies-at-4096-characters",
        "A call id of 4,096 characters leaves no place in its buffer for the end.",
        by("call-id-size/ascii-4096-characters", req::ALIVE_AFTERWARDS),
        |id| id.chars().count() >= 4096,
    ),
    dies(
        "dies-at-8192-characters",
        "A call id of 8,192 characters leaves no place in its buffer for the end.",
        by("call-id-size/ascii-8192-characters", req::ALIVE_AFTERWARDS),
        |id| id.chars().count() >= 8192,
    ),
    dies(
        "dies-above-16384-characters",
        "A call id of more than 16,384 characters runs over a buffer.",
        by("call-id-size/ascii-16385-characters", req::ALIVE_AFTERWARDS),
        |id| id.chars().count() > 16_384,
    ),
    mutant(
        "unescapes-call-id",
        "A CallId that holds an escaped CallId is unescaped once more.",
        by("request-body/escaped-element", req::INCORRECT_CALL_ID),
        Bug::CallIds(|id| {
            let inner = id.strip_prefix("<CallId>").and_then(|rest| rest.strip_suffix("</CallId>"));
            inner.unwrap_or(id).to_owned()
        }),
    ),
];

/// What a call id is base64 of, if that is text.
fn decoded(id: &str) -> Option<String> {
    STANDARD.decode(id).ok().and_then(|octets| String::from_utf8(octets).ok())
}

/// What stands before the first @.
fn guid_of(text: &str) -> &str {
    text.split('@').next().unwrap_or_default()
}

fn is_guid(text: &str) -> bool {
    let dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let fits = |(at, c): (usize, char)| if dash(at) { c == '-' } else { c.is_ascii_hexdigit() };
    text.len() == 36 && text.char_indices().all(fits)
}

/// Whether every character is one of base64, padding aside.
fn is_alphabet(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
