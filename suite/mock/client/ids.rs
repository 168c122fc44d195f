//! Clients that ask for something else than they were given.

use super::exchange::exchange;
use super::mutant::{ClientMutant, asks, does};
use super::reference::{self, end_of, request, takes, wait};
use crate::evidence::{ClientCall, ClientEnd};
use crate::message::xml::is_xml_char;
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: &[ClientMutant] = &[
    asks(
        "trims-ids",
        "Drops white space around the id.",
        by("client-id/leading-blank", req::PADDED_CALL_ID),
        |id| id.trim_matches([' ', '\t', '\n', '\r']).to_owned(),
    ),
    asks(
        "drops-white-space",
        "Drops white space in the id.",
        by("client-id/tab", req::PADDED_CALL_ID),
        |id| id.chars().filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r')).collect(),
    ),
    asks(
        "folds-case",
        "Sends short ids in lower case.",
        by("client-id/upper-and-lower", req::OPAQUE_CALL_ID),
        |id| {
            if id.len() < 100 { id.to_lowercase() } else { id.to_owned() }
        },
    ),
    asks(
        "cuts-at-255",
        "Sends the first 255 characters of the id.",
        by("client-id/of-256-characters", req::OPAQUE_CALL_ID),
        |id| id.chars().take(255).collect(),
    ),
    asks(
        "encodes-percents",
        "Encodes percent signs and what URLs reserve.",
        by("client-id/base64-signs", req::OPAQUE_CALL_ID),
        |id| id.replace('%', "%25").replace('+', "%2B").replace('/', "%2F"),
    ),
    asks(
        "knows-the-bmp-only",
        "Sends a question mark for characters beyond the BMP.",
        by("client-id/beyond-bmp", req::MARKUP_ESCAPED),
        |id| id.chars().map(|c| if c > '\u{FFFF}' { '?' } else { c }).collect(),
    ),
    asks(
        "composes",
        "Sends an accented letter for a letter and its accent.",
        by("client-id/decomposed", req::MARKUP_ESCAPED),
        |id| id.replace("e\u{301}", "\u{E9}"),
    ),
    asks(
        "knows-ascii-only",
        "Sends a question mark for what is not ASCII.",
        by("client-id/latin", req::MARKUP_ESCAPED),
        |id| id.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect(),
    ),
    asks(
        "unescapes-ids",
        "Resolves what looks like a reference in the id.",
        by("client-id/entity", req::MARKUP_ESCAPED),
        |id| id.replace("&amp;", "&").replace("&#65;", "A"),
    ),
    asks(
        "strips-markup",
        "Drops what looks like markup in the id.",
        by("client-id/comment", req::MARKUP_ESCAPED),
        |id| match (id.find('<'), id.rfind('>')) {
            (Some(start), Some(end)) if start < end => format!("{}{}", &id[..start], &id[end + 1..]),
            _ => id.to_owned(),
        },
    ),
    asks(
        "drops-controls",
        "Drops control characters from the id.",
        by("client-id/delete", req::MARKUP_ESCAPED),
        |id| id.chars().filter(|c| !c.is_control()).collect(),
    ),
    asks(
        "drops-what-xml-forbids",
        "Drops from the id what no XML can carry.",
        by("client-id/illegal-start-of-heading", req::INEXPRESSIBLE_CALL_ID),
        |id| id.chars().filter(|&c| is_xml_char(c)).collect(),
    ),
    asks(
        "replaces-what-xml-forbids",
        "Sends a question mark for what no XML can carry.",
        by("client-id/illegal-escape", req::INEXPRESSIBLE_CALL_ID),
        |id| id.chars().map(|c| if is_xml_char(c) { c } else { '?' }).collect(),
    ),
    asks(
        "takes-ids-for-numbers",
        "Sends an id that looks like a number as one.",
        by("client-id/digits", req::OPAQUE_CALL_ID),
        |id| id.parse::<f64>().map_or_else(|_| id.to_owned(), |number| number.to_string()),
    ),
    asks(
        "fills-placeholders",
        "Takes braces in the id for placeholders.",
        by("client-id/placeholder", req::OPAQUE_CALL_ID),
        |id| id.replace("{0}", ""),
    ),
    asks(
        "pads-ids",
        "Makes up for the padding that an id lacks as base64.",
        by("client-id/of-99-characters", req::OPAQUE_CALL_ID),
        |id| {
            let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
            let lacks = if id.chars().all(base64) { id.len().wrapping_neg() % 4 } else { 0 };
            id.to_owned() + &"=".repeat(lacks)
        },
    ),
    asks(
        "drops-hyphens-of-options",
        "Takes an id that starts with hyphens for an option of its own.",
        by("client-id/option", req::OPAQUE_CALL_ID),
        |id| id.trim_start_matches('-').to_owned(),
    ),
    asks(
        "drops-braces",
        "Sends a GUID without its braces.",
        by("client-id/uuid", req::OPAQUE_CALL_ID),
        |id| id.trim_start_matches('{').trim_end_matches('}').to_owned(),
    ),
    asks(
        "takes-names-out-of-addresses",
        "Sends what stands before the at sign of an address.",
        by("client-id/mail-address", req::OPAQUE_CALL_ID),
        |id| match id.split_once('@') {
            Some((name, host))
                if name.chars().chain(host.chars()).all(|c| c.is_ascii_alphanumeric() || c == '.') =>
            {
                name.to_owned()
            }
            _ => id.to_owned(),
        },
    ),
    asks("drops-skin-tones", "Drops tones of skin.", by("client-id/skin-tone", req::MARKUP_ESCAPED), |id| {
        id.replace(|c: char| ('\u{1F3FB}'..='\u{1F3FF}').contains(&c), "")
    }),
    does(
        "refuses-noncharacters",
        "Refuses ids with noncharacters that XML allows.",
        by("client-id/noncharacters", req::MARKUP_ESCAPED),
        |call| {
            let is_none = |c: char| u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
            if call.call_id.contains(is_none) { ClientEnd::Refused } else { reference::disconnect(call) }
        },
    ),
    asks(
        "doubles-quotes",
        "Sends a quote twice, as SQL wants it.",
        by("client-id/quotes", req::MARKUP_ESCAPED),
        |id| id.replace('\'', "''"),
    ),
    asks(
        "escapes-twice",
        "Sends an id whose markup is escaped before it is escaped.",
        by("client-id/ampersand", req::MARKUP_ESCAPED),
        |id| id.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
    ),
    asks(
        "cuts-at-254",
        "Sends what fits into 255 bytes beside the null at the end.",
        by("client-id/of-255-characters", req::OPAQUE_CALL_ID),
        |id| id.chars().take(254).collect(),
    ),
    asks(
        "fills-up-to-three",
        "Sends an id of one or two characters with blanks after it, as a column of three has them.",
        by("client-id/one-character", req::OPAQUE_CALL_ID),
        |id| format!("{id:<3}"),
    ),
    does(
        "refuses-unusual-ids",
        "Refuses ids that are no base64 of the usual length.",
        by("client-id/one-character", req::OPAQUE_CALL_ID),
        |call| {
            let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
            if call.call_id.len() == 100 && call.call_id.chars().all(usual) {
                reference::disconnect(call)
            } else {
                ClientEnd::Refused
            }
        },
    ),
    does(
        "cuts-at-1024",
        "Sends the first 1,024 characters of an id, also of one that is too long.",
        by("client-id/of-4097-characters", req::OPAQUE_CALL_ID),
        |call| cut(call, 1024),
    ),
    does(
        "cuts-at-5000",
        "Sends the first 5,000 characters of an id, also of one that is too long.",
        by("client-id/of-10000-characters", req::OPAQUE_CALL_ID),
        |call| cut(call, 5000),
    ),
    does(
        "hangs-on-odd-ids",
        "Does not end on ids that it would refuse.",
        by("client-id/empty", req::CLIENT_COMES_TO_AN_END),
        |call| {
            if takes(call.call_id) { reference::disconnect(call) } else { ClientEnd::Hung }
        },
    ),
];

/// Sends a long id as well, but no more of it than this.
fn cut(call: &ClientCall<'_>, most: usize) -> ClientEnd {
    if takes(call.call_id) || call.call_id.chars().count() <= 512 {
        return reference::disconnect(call);
    }
    let id: String = call.call_id.chars().take(most).collect();
    end_of(&exchange(call.url, &request(&id), wait(call)))
}
