//! Parsers that make something of CallId: a number, a path, a pattern, base64 with a host in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::kind::{crashes, gives, hangs};
use super::mutant::{Call, Flaw, ParserMutant, told};
use super::view::MessageView;
use crate::evidence::Parsed;
use crate::message::xml::Refusal;
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::{Defect, names, req};

/// What base64 says, where the id is base64 as it should be.
fn decoded(id: &str) -> Option<Vec<u8>> {
    STANDARD.decode(id).ok().filter(|_| !id.is_empty())
}

/// What it says, where that is text.
fn words(id: &str) -> Option<String> {
    decoded(id).and_then(|octets| String::from_utf8(octets).ok())
}

/// What it says, as a GUID and a host.
fn parts(id: &str) -> Option<(String, String)> {
    let words = words(id)?;
    words.split_once('@').map(|(guid, host)| (guid.to_owned(), host.to_owned()))
}

/// Whether what base64 says of the id of a message holds something.
fn whispers(message: &MessageView<'_>, holds: impl Fn(&str) -> bool) -> bool {
    words(message.id()).is_some_and(|words| holds(&words))
}

/// Whether the host that an id names is one of a kind.
fn host_is(message: &MessageView<'_>, holds: impl Fn(&str) -> bool) -> bool {
    parts(message.id()).is_some_and(|(_, host)| holds(&host))
}

/// The id with what base64 says changed; as it was where that is no text.
fn rewritten(id: &str, change: impl FnOnce(String) -> String) -> String {
    words(id).map_or_else(|| id.to_owned(), |words| STANDARD.encode(change(words)))
}

/// The call that it knows, where the id is another one and found to be the same.
fn known_if(id: &str, found: bool) -> String {
    let is_known = id == names::SAMPLE_CALL_ID_2;
    if found && !is_known { names::SAMPLE_CALL_ID.to_owned() } else { id.to_owned() }
}

fn is_of_base64(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'))
}

fn is_number(id: &str) -> bool {
    let digits = id.strip_prefix('-').unwrap_or(id);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// Whether an id is a GUID, with or without braces.
fn is_guid(id: &str) -> bool {
    let bare = id.trim_matches(['{', '}']);
    bare.len() == 36 && bare.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// Whether a text fits a pattern in which an asterisk stands for anything.
fn fits(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| fits(&rest[at..], tail))
        }),
    }
}

/// The text without every piece from one mark to another, both included.
fn without(id: &str, open: char, close: char) -> String {
    let mut kept = String::new();
    let mut rest = id;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, behind)) = after.split_once(close) else { break };
        kept.push_str(before);
        rest = behind;
    }
    kept + rest
}

/// One that gives the id before for an id without text.
const fn keeps(name: &'static str, about: &'static str, killed_by: KilledBy, flaw: Flaw) -> ParserMutant {
    ParserMutant { name, about, killed_by, flaw }
}

/// What it says of an id that the reference refuses for this defect.
fn last_if(call: &Call<'_>, result: Result<String, Refusal>, defect: Defect) -> Parsed {
    match (result, call.last) {
        (Err(refusal), Some(last)) if refusal.defect == defect => Parsed::Accepted(last.to_owned()),
        (result, _) => told(result),
    }
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    // Ids that look like something else.
    gives(
        "reads-numbers",
        "Gives a decimal fraction for an integer, as a reader that guesses types does.",
        ("call-id/garbage-integer", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| if is_number(id) { format!("{id}.0") } else { id.to_owned() },
    ),
    gives(
        "reads-unsigned-numbers",
        "Gives 4294967295 for -1.",
        ("call-id/garbage-minus-one", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| if id == "-1" { u32::MAX.to_string() } else { id.to_owned() },
    ),
    gives(
        "takes-zero-for-nothing",
        "Gives an empty text for 0, which is false in its language.",
        ("call-id/garbage-zero", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| if id == "0" { String::new() } else { id.to_owned() },
    ),
    gives(
        "takes-null-for-nothing",
        "Gives an empty text for the word null.",
        ("call-id/garbage-word-null", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| if id == "null" { String::new() } else { id.to_owned() },
    ),
    gives(
        "drops-hyphens-of-guids",
        "Gives a GUID without hyphens.",
        ("call-id/garbage-guid-only", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| if is_guid(id) { id.replace('-', "") } else { id.to_owned() },
    ),
    gives(
        "drops-braces-of-guids",
        "Gives a GUID without braces, in base64 as well.",
        ("call-id/garbage-guid-in-braces", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| {
            if is_guid(id) {
                return id.replace(['{', '}'], "");
            }
            rewritten(id, |words| words.replace(['{', '}'], ""))
        },
    ),
    gives(
        "cuts-at-signs",
        "Gives what stands before an at sign.",
        ("call-id/garbage-guid-and-host", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.split('@').next().unwrap_or_default().to_owned(),
    ),
    gives(
        "takes-ids-for-paths",
        "Gives what stands behind the last slash.",
        ("call-id/garbage-path", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.rsplit('/').next().unwrap_or_default().to_owned(),
    ),
    gives(
        "drops-steps-upwards",
        "Drops steps upwards, with either slash.",
        ("call-id/injection-path-upwards-backslash", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.replace("../", "").replace("..\\", ""),
    ),
    gives(
        "reads-plus-as-blank",
        "Gives a blank for a plus sign, as of a form.",
        ("call-id/garbage-random-base64", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.replace('+', " "),
    ),
    gives(
        "decodes-padding-of-urls",
        "Gives an equals sign for %3D, as of a URL.",
        ("call-id/garbage-base64-percent-encoded", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.replace("%3D", "="),
    ),
    gives(
        "pads-ids",
        "Gives base64 with the padding it should have.",
        ("call-id/garbage-base64-doubled-padding", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| {
            let bare = id.trim_end_matches('=');
            let padding = "=".repeat((4 - bare.len() % 4) % 4);
            if is_of_base64(bare) { format!("{bare}{padding}") } else { id.to_owned() }
        },
    ),
    // Ids that something interprets.
    gives(
        "runs-back-ticks",
        "Gives what a shell makes of back ticks.",
        ("call-id/injection-backtick", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| without(id, '`', '`'),
    ),
    gives(
        "runs-substitutions",
        "Gives what a shell makes of a command substitution.",
        ("call-id/injection-command-substitution", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| if id.starts_with("$(") { without(&id[1..], '(', ')') } else { id.to_owned() },
    ),
    gives(
        "formats-ids",
        "Gives what a format string makes of its conversions.",
        ("call-id/injection-format-string", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.replace("%s", "(null)").replace("%n", ""),
    ),
    gives(
        "escapes-for-a-directory",
        "Gives the id as a filter of a directory has it.",
        ("call-id/injection-ldap-parenthesis", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.replace('*', "\\2a").replace('(', "\\28").replace(')', "\\29"),
    ),
    hangs(
        "asks-a-directory",
        "Asks the directory that a lookup names, and waits for it.",
        "call-id/injection-lookup-of-a-logger",
        |message| message.id().contains("${jndi:"),
    ),
    hangs(
        "opens-urls",
        "Asks what an id names that is a URL, and waits for it.",
        "call-id/garbage-url",
        |message| message.id().starts_with("http://"),
    ),
    gives(
        "strips-tags",
        "Gives the id without tags.",
        ("call-id/injection-script", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| without(id, '<', '>'),
    ),
    gives(
        "drops-what-cannot-be-seen",
        "Drops characters that only direct the text around them.",
        ("call-id/injection-right-to-left-override", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.replace(['\u{200B}', '\u{202E}'], ""),
    ),
    gives(
        "decomposes",
        "Gives a letter and its accent for an accented letter.",
        ("text/composed", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.replace('\u{E9}', "e\u{301}").replace('\u{E4}', "a\u{308}"),
    ),
    gives(
        "knows-latin-only",
        "Gives a question mark for letters that are not Latin.",
        ("call-id/garbage-non-ascii", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| id.chars().map(|c| if c > '\u{FF}' && c.is_alphabetic() { '?' } else { c }).collect(),
    ),
    // Ids that are found to be one that is known.
    gives(
        "finds-ids-in-any-case",
        "Gives the id it knows for one in other case.",
        ("call-id/near-case-swapped", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, id.eq_ignore_ascii_case(names::SAMPLE_CALL_ID)),
    ),
    gives(
        "finds-ids-that-go-on",
        "Gives the id it knows for one that starts with it.",
        ("call-id/near-doubled", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, id.starts_with(names::SAMPLE_CALL_ID) && !id.ends_with(char::is_whitespace)),
    ),
    gives(
        "completes-ids",
        "Gives the id it knows for the beginning of it.",
        ("call-id/near-second-half-missing", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, names::SAMPLE_CALL_ID.starts_with(id)),
    ),
    gives(
        "compares-64-characters",
        "Gives the id it knows for one with the same 64 characters at its start.",
        ("call-id/near-last-letter-replaced", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, id.len() == 100 && id.starts_with(&names::SAMPLE_CALL_ID[..64])),
    ),
    gives(
        "finds-ids-by-pattern",
        "Gives the id it knows for a pattern that it fits.",
        ("call-id/garbage-base64-foreign-character", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, id.contains('*') && fits(names::SAMPLE_CALL_ID, id)),
    ),
    gives(
        "compares-hosts-alone",
        "Gives the id it knows for one of the same host.",
        ("call-id/unissued-fresh-guid", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| {
            known_if(
                id,
                parts(id).is_some()
                    && parts(id).map(|(_, host)| host) == parts(names::SAMPLE_CALL_ID).map(|(_, host)| host),
            )
        },
    ),
    gives(
        "folds-guids",
        "Gives a GUID within base64 in lower case.",
        ("call-id/unissued-upper-case-guid", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| match parts(id) {
            Some((guid, host)) => STANDARD.encode(format!("{}@{host}", guid.to_lowercase())),
            None => id.to_owned(),
        },
    ),
    gives(
        "takes-the-nil-guid-for-nothing",
        "Gives an empty text for an id of the nil GUID.",
        ("call-id/unissued-nil-guid", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| match parts(id) {
            Some((guid, _)) if guid.chars().all(|c| c == '0' || c == '-') => String::new(),
            _ => id.to_owned(),
        },
    ),
    gives(
        "takes-the-max-guid-for-any",
        "Gives the id it knows for one of the GUID of all ones.",
        ("call-id/unissued-max-guid", req::EQUAL_SPELLINGS_OF_TEXT),
        |id| known_if(id, parts(id).is_some_and(|(guid, _)| guid.chars().all(|c| c == 'f' || c == '-'))),
    ),
    // Ids that are taken apart.
    crashes(
        "expects-padding",
        "Breaks off at base64 of a length that it cannot have.",
        "call-id/ews-sample-of-disconnect-phone-call",
        |message| is_of_base64(message.id()) && message.id().len() % 4 != 0,
    ),
    crashes(
        "expects-text-in-base64",
        "Breaks off at base64 of octets that are no text.",
        "call-id/ews-sample-of-get-phone-call-information",
        |message| decoded(message.id()).is_some_and(|octets| std::str::from_utf8(&octets).is_err()),
    ),
    crashes(
        "expects-an-at-sign",
        "Breaks off at base64 of text without an at sign.",
        "call-id/garbage-base64-without-at-sign",
        |message| whispers(message, |words| !words.contains('@')),
    ),
    crashes(
        "expects-one-at-sign",
        "Breaks off at base64 of text with two at signs.",
        "call-id/host-user-and-host",
        |message| whispers(message, |words| words.matches('@').count() > 1),
    ),
    crashes(
        "expects-a-host",
        "Breaks off at an id that names no host.",
        "call-id/garbage-base64-of-guid-only",
        |message| host_is(message, str::is_empty),
    ),
    crashes(
        "expects-a-guid",
        "Breaks off at an id that names no GUID.",
        "call-id/garbage-base64-of-host-only",
        |message| parts(message.id()).is_some_and(|(guid, _)| guid.is_empty()),
    ),
    crashes(
        "gives-hosts-to-c",
        "Breaks off at a host with a null octet in it.",
        "call-id/garbage-base64-with-null",
        |message| host_is(message, |host| host.contains('\0')),
    ),
    crashes(
        "writes-hosts-into-headers",
        "Breaks off at a host with a line break, which its HTTP library does not take.",
        "call-id/host-with-line-break",
        |message| host_is(message, |host| host.contains('\n')),
    ),
    hangs(
        "looks-hosts-up",
        "Looks the host of an id up, and waits for its address.",
        "call-id/host-canary",
        |message| host_is(message, |host| host.ends_with(".invalid")),
    ),
    hangs(
        "calls-addresses",
        "Calls the address that an id names, and waits for it.",
        "call-id/host-link-local",
        |message| host_is(message, |host| host.parse::<std::net::Ipv4Addr>().is_ok()),
    ),
    crashes(
        "splits-hosts-at-colons",
        "Breaks off at a colon in a host that no port follows.",
        "call-id/host-loopback-of-ipv6",
        |message| host_is(message, |host| host.contains(':') && host.ends_with(']')),
    ),
    crashes(
        "expects-hosts-without-port",
        "Breaks off at a host with a port.",
        "call-id/host-loopback-with-port",
        |message| host_is(message, |host| host.rsplit_once(':').is_some_and(|(_, port)| is_number(port))),
    ),
    // Ids without text.
    keeps(
        "keeps-the-last-text",
        "Gives the id of the message before where CallId has no text, as nothing empties its buffer.",
        by("call-id/empty-self-closed", req::EMPTY_CALL_ID),
        Flaw::Result(|call, result| last_if(call, result, Defect::CallIdEmpty)),
    ),
    keeps(
        "keeps-the-text-before-blanks",
        "Gives the id of the message before where CallId is blank, as its buffer takes no blank text.",
        by("call-id/blank-tab", req::INCORRECT_CALL_ID),
        Flaw::Result(|call, result| last_if(call, result, Defect::CallIdBlank)),
    ),
];
