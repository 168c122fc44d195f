//! Clients that break off on one legal spelling of an answer.

use super::mutant::{ClientMutant, breaks_where};
use crate::message::read_reply;
use crate::mock::killed_by::by;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[ClientMutant] = &[
    breaks_where(
        "breaks-off-on-comments",
        "Breaks off on a node that is a comment.",
        by("reply-spelling/comments-success", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("<!--"),
    ),
    breaks_where(
        "breaks-off-on-white-space",
        "Breaks off on a node that is white space between elements.",
        by("reply-spelling/white-space-success", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("Envelope") && (text.contains(">\r\n") || text.contains(">\n")),
    ),
    breaks_where(
        "breaks-off-on-single-quotes",
        "Breaks off on a namespace in single quotes.",
        by("reply-spelling/single-quotes-success", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("Envelope xmlns:soap='"),
    ),
    breaks_where(
        "breaks-off-without-declaration",
        "Breaks off on a message that starts with its root element.",
        by("reply-spelling/no-declaration-success", req::CLIENT_COMES_TO_AN_END),
        |text| text.starts_with("<soap:Envelope"),
    ),
    breaks_where(
        "breaks-off-on-unusual-declarations",
        "Breaks off on an XML declaration that it does not know by heart.",
        by("reply-spelling/standalone-declaration-success", req::CLIENT_COMES_TO_AN_END),
        |text| text.starts_with("<?xml") && !text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"),
    ),
    breaks_where(
        "breaks-off-on-byte-order-marks",
        "Breaks off on a byte order mark.",
        by("reply-spelling/mark-invalid-id", req::CLIENT_COMES_TO_AN_END),
        |text| text.starts_with('\u{FEFF}'),
    ),
    breaks_where(
        "breaks-off-on-other-prefixes",
        "Breaks off where the prefix of Envelope is not soap.",
        by("reply-spelling/prefix-success", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("Envelope") && !text.contains("<soap:"),
    ),
    breaks_where(
        "breaks-off-on-repeated-declarations",
        "Breaks off on a prefix that is declared again.",
        by("reply-spelling/redeclared-prefix-success", req::CLIENT_COMES_TO_AN_END),
        |text| text.matches("xmlns:soap=").count() > 1,
    ),
    breaks_where(
        "breaks-off-on-unused-declarations",
        "Breaks off on namespaces of the schema, which it takes for a sign of encoded messages.",
        by("reply-spelling/xsi-and-xsd-success", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("xmlns:xsd="),
    ),
    breaks_where(
        "breaks-off-on-headers",
        "Breaks off on a small envelope whose first child is not Body.",
        by("reply-spelling/empty-header-invalid-id", req::CLIENT_COMES_TO_AN_END),
        |text| {
            // Only what is XML has a first child.
            let is_read = || read_reply(text.as_bytes(), None).is_ok();
            text.contains("<soap:Header") && text.len() < 1000 && is_read()
        },
    ),
    breaks_where(
        "breaks-off-on-actors-of-entries",
        "Breaks off on a header entry that says for whom it is.",
        by("reply-envelope/mandatory-header-for-another-invalid-id", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("soap:actor="),
    ),
    breaks_where(
        "breaks-off-on-utf-16",
        "Breaks off on UTF-16, whose first bytes are no XML to it.",
        by("reply-encoding/utf-16-le-invalid-id", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains('\0'),
    ),
    breaks_where(
        "breaks-off-on-prefixed-responses",
        "Breaks off on a DisconnectResponse with a prefix.",
        by("reply-success/prefixed", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains(":DisconnectResponse"),
    ),
    breaks_where(
        "breaks-off-on-end-tags-of-responses",
        "Breaks off on a DisconnectResponse that is no empty-element tag.",
        by("reply-success/start-and-end-tag", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("DisconnectResponse>"),
    ),
    breaks_where(
        "breaks-off-on-second-responses",
        "Breaks off on a DisconnectResponse that is not the only one.",
        by("reply-success/twice", req::CLIENT_COMES_TO_AN_END),
        |text| text.matches("<DisconnectResponse").count() > 1,
    ),
    breaks_where(
        "breaks-off-on-https-namespace",
        "Breaks off on a namespace of Exchange in https.",
        by("reply-success/https-namespace", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("\"https://schemas.microsoft.com"),
    ),
    breaks_where(
        "breaks-off-on-long-names-and-texts",
        "Breaks off on a token that is longer than its buffer of 64 KiB.",
        by("answer-hostile/name-of-a-megabyte", req::CLIENT_COMES_TO_AN_END),
        |text| text.split(['<', '>']).any(|piece| piece.len() > 65_536),
    ),
    breaks_where(
        "breaks-off-on-second-faults",
        "Breaks off on a Fault that is not the only one.",
        by("reply-fault/twice", req::CLIENT_COMES_TO_AN_END),
        |text| text.matches("<soap:Fault>").count() > 1,
    ),
    breaks_where(
        "breaks-off-on-actors",
        "Breaks off on a child of Fault that it does not know by heart.",
        by("reply-fault/actor", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("<faultactor") || text.contains("<x:more"),
    ),
    breaks_where(
        "breaks-off-on-fault-without-children",
        "Breaks off on a Fault without faultcode or faultstring.",
        by("reply-fault/no-string", req::CLIENT_COMES_TO_AN_END),
        |text| {
            text.contains("<soap:Fault>") && !(text.contains("<faultcode") && text.contains("<faultstring"))
        },
    ),
    breaks_where(
        "breaks-off-on-code-without-colon",
        "Splits the code at its colon, and breaks off where there is none.",
        by("reply-fault/code-unprefixed", req::CLIENT_COMES_TO_AN_END),
        |text| code(text).is_some_and(|code| !code.contains(':')),
    ),
    breaks_where(
        "breaks-off-on-markup-in-code",
        "Reads the code as one node of text, and breaks off where it is another.",
        by("reply-fault/code-in-section", req::CLIENT_COMES_TO_AN_END),
        |text| code(text).is_some_and(|code| code.contains(['<', '&'])),
    ),
    breaks_where(
        "breaks-off-on-padded-code",
        "Reads the code as a name, and breaks off on white space around it.",
        by("reply-fault/code-padded", req::CLIENT_COMES_TO_AN_END),
        |text| code(text).is_some_and(|code| code.trim() != code),
    ),
    breaks_where(
        "breaks-off-on-other-codes",
        "Looks the code up in a table with its prefix, and breaks off where it is not in it.",
        by("reply-fault/code-other-prefix", req::CLIENT_COMES_TO_AN_END),
        |text| {
            let known = [names::INVALID_CALL_ID, names::INVALID_REQUEST];
            code(text).is_some_and(|code| {
                let own = code.strip_prefix("a:").unwrap_or_default();
                code.contains(':') && !known.contains(&own) && !code.starts_with("soap:")
            })
        },
    ),
    breaks_where(
        "breaks-off-on-malformed-request-faults",
        "Knows the fault for an invalid id alone, and breaks off on that for a malformed request.",
        by("reply-spelling/plain-malformed", req::CLIENT_COMES_TO_AN_END),
        |text| code(text).is_some_and(|code| code.ends_with(names::INVALID_REQUEST)),
    ),
    breaks_where(
        "breaks-off-on-other-details",
        "Casts the detail to what the documents show, and breaks off where it is something else.",
        by("reply-fault/empty-detail", req::CLIENT_COMES_TO_AN_END),
        |text| {
            let known = |end: &str| text.contains(&format!("{end}</detail>"));
            text.contains("</detail>") && !known("</m:ExceptionType>") && !known("</e:Message>")
                || text.contains("<detail></detail>")
                || text.contains("<detail/>")
        },
    ),
];

/// The text of `faultcode`, as it is written.
fn code(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<faultcode")?;
    rest.split_once('>')?.1.split_once("</faultcode>").map(|(code, _)| code)
}
