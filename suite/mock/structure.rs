//! Readers of requests that look for what they know, and not at where it stands.

use super::killed_by::by;
use super::misreading::{Misreading, mistakes, takes};
use super::rewrite::text;
use crate::protocol::{names, req};

pub(super) const STRUCTURE: [Misreading; 14] = [
    takes(
        "looks-at-ten-entries",
        "Of header entries only the first ten are looked at.",
        by("header/mandatory-after-hundred", req::MUST_UNDERSTAND),
        |body| {
            text(body, |text| {
                let many = text.matches("<h:unknown ").count() > 10;
                if many { text.replace(" soap:mustUnderstand=\"1\"", "") } else { text.to_owned() }
            })
        },
    ),
    takes(
        "understands-what-is-in-the-messages-namespace",
        "A header entry in the messages namespace is taken for one that is understood.",
        by("header/mandatory-in-messages-namespace", req::MUST_UNDERSTAND),
        |body| {
            text(body, |text| {
                let entry = format!("<m:unknown xmlns:m=\"{}\"", names::MESSAGES);
                text.replace(&format!("{entry} soap:mustUnderstand=\"1\""), &entry)
            })
        },
    ),
    takes(
        "understands-what-is-in-the-types-namespace",
        "A header entry in the namespace of the types is taken for one that is understood.",
        by("header/mandatory-in-types-namespace", req::MUST_UNDERSTAND),
        |body| {
            text(body, |text| {
                let entry = format!("<t:unknown xmlns:t=\"{}\"", names::TYPES);
                text.replace(&format!("{entry} soap:mustUnderstand=\"1\""), &entry)
            })
        },
    ),
    takes(
        "understands-what-is-named-disconnect",
        "A header entry is looked up by its local name, and Disconnect is found.",
        by("header/mandatory-named-disconnect", req::MUST_UNDERSTAND),
        |body| {
            text(body, |text| {
                let entry = "<h:Disconnect xmlns:h=\"urn:umspec:unknown\"";
                text.replace(&format!("{entry} soap:mustUnderstand=\"1\""), entry)
            })
        },
    ),
    takes(
        "looks-at-three-attributes-of-entries",
        "mustUnderstand is looked for among the first attributes of an entry.",
        by("header/mandatory-behind-other-attributes", req::MUST_UNDERSTAND),
        |body| text(body, |text| text.replace(" c=\"3\" soap:mustUnderstand=\"1\"", " c=\"3\"")),
    ),
    takes(
        "checks-entries-without-children",
        "mustUnderstand is looked at where an entry holds text, and not where it holds elements.",
        by("header/mandatory-with-children", req::MUST_UNDERSTAND),
        |body| text(body, |text| text.replace(" soap:mustUnderstand=\"1\"><h:a", "><h:a")),
    ),
    takes(
        "looks-for-envelope-at-any-depth",
        "Envelope is looked for, whatever stands around it.",
        by("envelope/root-around-envelope", req::ENVELOPE_ROOT),
        |body| {
            text(body, |text| {
                let inner = text.strip_suffix("</x>").map(|text| text.replacen("<x>", "", 1));
                inner.unwrap_or_else(|| text.to_owned())
            })
        },
    ),
    takes(
        "runs-the-last-operation-of-body",
        "Of two operations in Body the last one is run.",
        by("envelope/operation-then-disconnect", req::ONE_BODY_CHILD),
        |body| {
            text(body, |text| {
                let parts = text.split_once("<GetCallInfo ");
                let rest =
                    parts.and_then(|(before, rest)| Some((before, rest.split_once("</GetCallInfo>")?.1)));
                match rest {
                    Some((before, behind)) if behind.starts_with("<Disconnect") => {
                        format!("{before}{behind}")
                    }
                    _ => text.to_owned(),
                }
            })
        },
    ),
    takes(
        "overlooks-sections-beside-elements",
        "Text beside elements is not seen where it is a CDATA section.",
        by("request-body/section-before-call-id", req::NO_TEXT_BETWEEN_ELEMENTS),
        |body| text(body, |text| text.replace("<![CDATA[text]]><CallId>", "<CallId>")),
    ),
    takes(
        "trims-marks-beside-elements",
        "U+FEFF beside elements is white space, as trim of JavaScript has it.",
        by("request-body/mark-before-call-id", req::NO_TEXT_BETWEEN_ELEMENTS),
        |body| text(body, |text| text.replace("\u{FEFF}<CallId>", "<CallId>")),
    ),
    takes(
        "takes-doubled-brackets",
        "A tag may end with two closing angle brackets.",
        by("request-body/closing-bracket-after-call-id", req::NO_TEXT_BETWEEN_ELEMENTS),
        |body| text(body, |text| text.replace(">>", ">")),
    ),
    takes(
        "takes-types-that-are-written-as-text",
        "A type whose values are written as text is taken for a string.",
        by("request-body/type-any-uri", req::MALFORMED_REQUEST_FAULT),
        |body| text(body, |text| text.replace("xsi:type=\"xs:anyURI\"", "xsi:type=\"xs:string\"")),
    ),
    takes(
        "reads-types-by-their-letters",
        "A type is told by the letters of its name, whatever its prefix is bound to.",
        by("request-body/type-string-of-other-namespace", req::MALFORMED_REQUEST_FAULT),
        |body| {
            text(body, |text| {
                let bound = format!("xmlns:xs=\"{}\" xsi:type=\"xs:string\"", names::XSD);
                text.replace("xmlns:xs=\"urn:umspec:types\" xsi:type=\"xs:string\"", &bound)
            })
        },
    ),
    mistakes(
        "keeps-the-last-buffer-of-text",
        "Text that lies over the end of a buffer of 4,096 bytes comes in two pieces, of which the last one is kept.",
        by("xml/call-id-across-4096-bytes", req::EQUAL_SPELLINGS_OF_TEXT),
        |body| last_buffer(body).unwrap_or_else(|| body.to_vec()),
    ),
];

/// The message without what stands in CallId before the last end of a buffer that lies in it.
fn last_buffer(body: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body).ok()?;
    let start = text.find("<CallId>")? + "<CallId>".len();
    let length = text[start..].find('<')?;
    let end = (start + length) / 4_096 * 4_096;
    (start < end && end < start + length).then(|| [&body[..start], &body[end..]].concat())
}
