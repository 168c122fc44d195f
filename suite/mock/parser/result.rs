//! Parsers that give something else than what they read, or do not end well.

use super::mutant::{Call, Flaw, ParserMutant, by_searching, told};
use crate::evidence::Parsed;
use crate::message::xml::Refusal;
use crate::message::{CallId, write_invalid_call_id};
use crate::message::{MessageKind, fault_words, write_disconnect, write_success};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::{Defect, names, req};

const fn gives(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    change: fn(&Call<'_>, Result<String, Refusal>) -> Parsed,
) -> ParserMutant {
    ParserMutant { name, about, killed_by, flaw: Flaw::Result(change) }
}

/// Another text for a CallId.
fn id(call: &Call<'_>, result: Result<String, Refusal>, change: impl FnOnce(String) -> String) -> Parsed {
    told(match call.kind {
        MessageKind::Request => result.map(change),
        MessageKind::Reply => result,
    })
}

/// Another text for a fault.
fn fault(call: &Call<'_>, result: Result<String, Refusal>, change: impl FnOnce(&str) -> String) -> Parsed {
    told(result.map(|value| match (call.kind, value.strip_prefix("Fault ")) {
        (MessageKind::Reply, Some(code)) => change(code),
        _ => value,
    }))
}

/// Whether a message is one of the plain ones, byte for byte, or no markup at all.
fn is_usual(message: &[u8]) -> bool {
    let plain = |id: &str| CallId::new(id).is_ok_and(|id| write_disconnect(&id).as_bytes() == message);
    plain(names::SAMPLE_CALL_ID)
        || plain(names::SAMPLE_CALL_ID_2)
        || write_success().as_bytes() == message
        || write_invalid_call_id().as_bytes() == message
        || !message.contains(&b'<')
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    gives(
        "trims-ids",
        "Drops white space around CallId.",
        by("call-id/padded-leading-space", req::PADDED_CALL_ID),
        |call, result| id(call, result, |id| id.trim().to_owned()),
    ),
    gives(
        "collapses-white-space",
        "Gives one blank for white space in CallId.",
        by("call-id/padded-inner-line-feed", req::PADDED_CALL_ID),
        |call, result| id(call, result, |id| id.split(char::is_whitespace).collect::<Vec<_>>().join(" ")),
    ),
    gives(
        "drops-white-space",
        "Drops white space in CallId, as base64 would.",
        by("call-id/injection-xpath-quote", req::PADDED_CALL_ID),
        |call, result| id(call, result, |id| id.split_ascii_whitespace().collect()),
    ),
    gives(
        "folds-case",
        "Gives CallId in lower case.",
        by("call-id/garbage-random-base64", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| {
            // The ids of the control too, as such a parser would; they are told by their case.
            match result {
                Ok(value) if call.kind == MessageKind::Request && !value.ends_with('=') => {
                    Parsed::Accepted(value.to_lowercase())
                }
                result => told(result),
            }
        },
    ),
    gives(
        "cuts-at-255",
        "Gives the first 255 characters of CallId.",
        by("call-id/unissued-longest-host", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| id(call, result, |id| id.chars().take(255).collect()),
    ),
    gives(
        "cuts-at-512-bytes",
        "Gives the first 512 bytes of CallId.",
        by("call-id-size/two-byte-512-characters", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| {
            id(call, result, |id| String::from_utf8_lossy(&id.as_bytes()[..id.len().min(512)]).into_owned())
        },
    ),
    gives(
        "composes",
        "Gives an accented letter for a letter and its accent.",
        by("text/decomposed", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| id(call, result, |id| id.replace("e\u{301}", "\u{E9}")),
    ),
    gives(
        "knows-the-bmp-only",
        "Gives a question mark for characters beyond the BMP.",
        by("call-id-size/supplementary-256-characters", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| {
            id(call, result, |id| id.chars().map(|c| if c > '\u{FFFF}' { '?' } else { c }).collect())
        },
    ),
    gives(
        "decodes-percents",
        "Decodes percent signs in CallId.",
        by("call-id/injection-percent-null", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| id(call, result, |id| id.replace("%20", " ").replace("%00", "").replace("%2F", "/")),
    ),
    gives(
        "unescapes-twice",
        "Resolves references twice.",
        by("text/escaped-twice", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| id(call, result, |id| id.replace("&amp;", "&").replace("&#61;", "=")),
    ),
    gives(
        "drops-marks",
        "Drops U+FEFF in CallId.",
        by("encoding/mark-inside-call-id", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| id(call, result, |id| id.replace('\u{FEFF}', "")),
    ),
    gives(
        "drops-carriage-returns",
        "Drops CR in CallId.",
        by("call-id/padded-leading-carriage-return", req::PADDED_CALL_ID),
        |call, result| id(call, result, |id| id.replace('\r', "")),
    ),
    gives(
        "gives-the-last-id",
        "Gives the id of the message before for one without.",
        by("request-body/call-id-named-underscore", req::ELEMENT_NAME_CASE),
        |call, result| match (result, call.last) {
            (Err(refusal), Some(last)) if refusal.defect == Defect::CallIdMissing => {
                Parsed::Accepted(last.to_owned())
            }
            (result, _) => told(result),
        },
    ),
    gives(
        "searches-for-call-id",
        "Searches for CallId in the text.",
        by("call-id/injection-script", req::EQUAL_SPELLINGS_OF_TEXT),
        |call, result| {
            let text = String::from_utf8_lossy(call.message);
            if call.kind == MessageKind::Request && text.contains("<CallId") && text.contains("</") {
                Parsed::Accepted(by_searching(call.kind, call.message))
            } else {
                told(result)
            }
        },
    ),
    gives(
        "searches-for-response",
        "Takes any answer that holds the word DisconnectResponse.",
        by("reply-fault/string-says-success", req::FAULT_STRING_FOR_HUMANS),
        |call, result| {
            let text = String::from_utf8_lossy(call.message);
            if call.kind == MessageKind::Reply && text.contains("DisconnectResponse") && text.contains("</") {
                Parsed::Accepted("DisconnectResponse".to_owned())
            } else {
                told(result)
            }
        },
    ),
    gives(
        "takes-any-answer",
        "Takes any answer that is no fault for success.",
        by("reply-xml/text-before-root-invalid-id", req::ERROR_STATUS_WITHOUT_FAULT),
        |call, result| {
            let text = String::from_utf8_lossy(call.message);
            match result {
                Err(_) if call.kind == MessageKind::Reply && text.contains('<') => {
                    Parsed::Accepted(by_searching(call.kind, call.message))
                }
                result => told(result),
            }
        },
    ),
    gives(
        "knows-one-fault",
        "Gives one code for every fault.",
        by("reply-spelling/plain-malformed", req::EMPTY_DISCONNECT_RESPONSE),
        |call, result| fault(call, result, |_| fault_words(names::INVALID_CALL_ID)),
    ),
    gives(
        "refuses-unknown-faults",
        "Refuses a fault whose code it does not know.",
        by("reply-fault/code-unknown", req::UNKNOWN_FAULT_REPORTED),
        |call, result| match result {
            Ok(value)
                if call.kind == MessageKind::Reply
                    && value.starts_with("Fault ")
                    && !value.ends_with(names::INVALID_CALL_ID)
                    && !value.ends_with(names::INVALID_REQUEST) =>
            {
                Parsed::Refused("an unknown fault".to_owned())
            }
            result => told(result),
        },
    ),
    gives(
        "takes-faults-for-success",
        "Takes a fault without detail for success.",
        by("reply-fault/no-detail", req::ANY_DETAIL_ACCEPTED),
        |call, result| {
            let bare = !call.message.windows(6).any(|part| part == b"detail");
            match result {
                Ok(value) if call.kind == MessageKind::Reply && value.starts_with("Fault") && bare => {
                    Parsed::Accepted("DisconnectResponse".to_owned())
                }
                result => told(result),
            }
        },
    ),
    gives(
        "knows-the-samples",
        "Refuses every message but the documented ones.",
        by("xml/characters-at-the-edges", req::LEGAL_CHARACTERS),
        |call, result| {
            if is_usual(call.message) { told(result) } else { Parsed::Refused("unusual".to_owned()) }
        },
    ),
    gives(
        "crashes-on-refusal",
        "Breaks off where it should refuse.",
        by("soap-action/disconnect-with-is-um-enabled", req::ALIVE_AFTERWARDS),
        |_, result| match result {
            Err(refusal)
                if refusal.defect != Defect::NoElement && refusal.defect != Defect::TextOutsideRoot =>
            {
                Parsed::Crashed("an error that nobody catches".to_owned())
            }
            result => told(result),
        },
    ),
    gives(
        "crashes-on-the-unusual",
        "Breaks off on every message but the documented ones.",
        by("encoding/charset-us-ascii", req::ALIVE_AFTERWARDS),
        |call, result| {
            if is_usual(call.message) { told(result) } else { Parsed::Crashed("an assertion".to_owned()) }
        },
    ),
    gives(
        "hangs-on-depth",
        "Says nothing to messages that are deeply nested.",
        by("robustness/depth-of-hundred-in-header", req::ALIVE_AFTERWARDS),
        |_, result| match result {
            Err(refusal) if refusal.defect == Defect::LimitDepth => Parsed::Silent,
            result => told(result),
        },
    ),
];
