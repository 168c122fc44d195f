//! Parsers with limits of their own, and with buffers that are too short.

use super::kind::{crashes, hangs, refuses};
use super::mutant::ParserMutant;
use super::view::MessageView;
use crate::protocol::req;

/// How many characters CallId has.
fn length(message: &MessageView<'_>) -> usize {
    message.id().chars().count()
}

/// Whether an element has more attributes than this.
fn has_more_attributes_than(message: &MessageView<'_>, most: usize) -> bool {
    message.elements().any(|(outline, id)| outline.attributes(id).len() > most)
}

/// How often CallId is written in pieces of this kind.
fn pieces(message: &MessageView<'_>, open: &str) -> usize {
    let content = message.text.split_once("<CallId>").map_or("", |(_, rest)| rest);
    content.split("</CallId>").next().unwrap_or_default().matches(open).count()
}

/// What some buffers hold: a name, a value, a text.
const BUFFER: usize = 50_000;

pub(super) static MUTANTS: &[ParserMutant] = &[
    // CallId.
    crashes(
        "overruns-512-characters",
        "Breaks off beyond 512 characters of CallId, for which it has a buffer.",
        "call-id-size/ascii-513-characters",
        |message| length(message) > 512,
    ),
    crashes(
        "overruns-1024-octets",
        "Breaks off where CallId and its end do not fit into 1,024 octets.",
        "call-id-size/ascii-1024-characters",
        |message| message.id().len() >= 1024,
    ),
    hangs(
        "waits-behind-full-buffers",
        "Waits for more where CallId fills its buffers of 4,096 characters to the last.",
        "call-id-size/ascii-4096-characters",
        |message| length(message) > 0 && length(message).is_multiple_of(4096),
    ),
    crashes(
        "has-no-room-for-the-end",
        "Breaks off where CallId leaves one character of its buffers of 4,096 free.",
        "call-id-size/ascii-8191-characters",
        |message| length(message) % 4096 == 4095,
    ),
    crashes(
        "loses-count-of-buffers",
        "Breaks off where one character of CallId is left for another buffer of 4,096.",
        "call-id-size/ascii-16385-characters",
        |message| length(message) > 4096 && length(message) % 4096 == 1,
    ),
    crashes(
        "keeps-512-pieces",
        "Breaks off beyond 512 references in CallId.",
        "call-id-size/references-513-characters",
        |message| pieces(message, "&") > 512,
    ),
    refuses(
        "knows-100-pieces",
        "Refuses a CallId of more than a hundred CDATA sections.",
        ("robustness/empty-cdata-thousand-in-call-id", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| pieces(message, "<![CDATA[") > 100,
    ),
    hangs(
        "goes-back-over-blanks",
        "Takes time that grows with the square of the blanks before the end of CallId.",
        "call-id-size/blanks-to-512-then-letter",
        |message| message.id().contains(&" ".repeat(256)),
    ),
    // Messages.
    refuses(
        "refuses-64000-octets",
        "Refuses messages of more than 64,000 octets.",
        ("call-id-size/message-within-the-default-quota", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| message.bytes.len() > 64_000,
    ),
    refuses(
        "refuses-32-kib-of-blanks",
        "Refuses messages with more than 32 KiB of white space between two elements.",
        ("xml/blanks-by-the-thousand", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| message.text.split('>').any(|text| text.len() - text.trim_start().len() > 32_768),
    ),
    crashes(
        "counts-octets-in-16-bits",
        "Breaks off at messages of 65,536 octets, which it counts as none.",
        "call-id-size/message-at-the-default-quota",
        |message| message.bytes.len() == 65_536,
    ),
    crashes(
        "takes-65535-for-unknown",
        "Breaks off at messages of 65,535 octets, which stands for a length that is not known.",
        "call-id-size/message-just-below-the-default-quota",
        |message| message.bytes.len() == 65_535,
    ),
    // What stands in them.
    crashes(
        "overruns-names",
        "Breaks off at names of more than 50,000 characters.",
        "robustness/large-element-name",
        |message| message.elements().any(|(outline, id)| outline.local(id).len() > BUFFER),
    ),
    crashes(
        "overruns-prefixes",
        "Breaks off at prefixes of more than 50,000 characters.",
        "robustness/large-prefix",
        |message| message.longest("xmlns:", "=") > BUFFER,
    ),
    crashes(
        "overruns-namespaces",
        "Breaks off at namespaces of more than 50,000 characters.",
        "robustness/large-namespace",
        |message| message.longest("=\"urn:", "\"") > BUFFER,
    ),
    crashes(
        "overruns-attributes",
        "Breaks off at attributes of more than 50,000 characters.",
        "robustness/large-attribute",
        |message| {
            message
                .elements()
                .any(|(outline, id)| outline.attributes(id).iter().any(|a| a.value.len() > BUFFER))
        },
    ),
    crashes(
        "overruns-texts",
        "Breaks off at elements with more than 50,000 characters of text.",
        "robustness/large-header-entry",
        |message| message.entries().any(|(outline, id)| outline.text(id).len() > BUFFER),
    ),
    crashes(
        "overruns-comments",
        "Breaks off at comments of more than 50,000 characters.",
        "robustness/large-comment",
        |message| message.longest("<!--", "-->") > BUFFER,
    ),
    crashes(
        "overruns-small-attribute-lists",
        "Breaks off at elements with more than 64 attributes.",
        "robustness/attributes-hundred-on-header-entry",
        |message| has_more_attributes_than(message, 64),
    ),
    crashes(
        "overruns-attribute-lists",
        "Breaks off at elements with more than 512 attributes.",
        "robustness/attributes-thousand-on-disconnect",
        |message| has_more_attributes_than(message, 512),
    ),
    crashes(
        "overruns-small-declaration-lists",
        "Breaks off at elements with more than 64 namespace declarations.",
        "robustness/declarations-hundred-on-envelope",
        |message| message.root_tag().matches("xmlns:").count() > 64,
    ),
    crashes(
        "overruns-declaration-lists",
        "Breaks off at elements with more than 512 namespace declarations.",
        "robustness/declarations-thousand-on-envelope",
        |message| message.root_tag().matches("xmlns:").count() > 512,
    ),
    refuses(
        "knows-64-header-entries",
        "Refuses messages with more than 64 header entries.",
        ("header/optional-hundred", req::OPTIONAL_HEADER_IGNORED),
        |message| message.entries().count() > 64,
    ),
    crashes(
        "overruns-header-entries",
        "Breaks off at messages with more than 512 header entries.",
        "robustness/header-entries-thousand",
        |message| message.entries().count() > 512,
    ),
    crashes(
        "overruns-35-levels",
        "Breaks off beyond 35 levels of elements.",
        "robustness/depth-of-33-in-header",
        |message| message.depth() > 35,
    ),
    crashes(
        "overruns-32-levels",
        "Breaks off beyond 32 levels of elements.",
        "robustness/depth-of-32-in-header",
        |message| message.depth() > 32,
    ),
];
