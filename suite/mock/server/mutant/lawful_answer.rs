//! Servers whose answers are written otherwise than the documents show, as some document allows.

use super::bug::{Bug, Variant, variant};
use super::rewrite::{fault, only, with_body};
use crate::evidence::{Reaction, Response};
use crate::mock::server::answer::AnswerKind;
use crate::protocol::names;

pub(super) static VARIANTS: &[Variant] = &[
    variant(
        "answers-in-utf-16",
        "Answers are UTF-16 with a byte order mark, and labelled so (XML 4.3.3).",
        Bug::Answers(|_, response| {
            let text = String::from_utf8_lossy(&response.body).replace("utf-8", "utf-16");
            let body = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
            labelled(Response { body, ..response }, "text/xml; charset=utf-16")
        }),
    ),
    variant(
        "answers-in-apostrophes",
        "Attributes of answers stand in apostrophes (XML 2.3).",
        Bug::Answers(|_, response| with_body(response, |body| body.replace('"', "'"))),
    ),
    variant(
        "answers-without-declaration",
        "Answers have no XML declaration (R031).",
        Bug::Answers(|_, response| {
            with_body(response, |body| {
                body.split_once("?>").map_or(body, |(_, message)| message).trim_start().to_owned()
            })
        }),
    ),
    variant(
        "answers-on-lines-of-their-own",
        "The elements of answers stand on lines of their own (R054).",
        Bug::Answers(|_, response| with_body(response, |body| body.replace("><", ">\r\n  <"))),
    ),
    variant(
        "answers-with-comments",
        "Answers hold comments around Envelope and in Body (XML 2.5).",
        Bug::Answers(|_, response| {
            with_body(response, |body| {
                let inside = body.replacen("<soap:Body>", "<soap:Body><!-- UM -->", 1);
                inside.replacen("<soap:Envelope", "<!-- UM --><soap:Envelope", 1) + "<!-- UM -->"
            })
        }),
    ),
    variant(
        "answers-with-end-tag",
        "DisconnectResponse has a start and an end tag (R099).",
        Bug::Answers(|kind, response| {
            only(AnswerKind::Success, kind, response, |body| {
                let start = format!("<DisconnectResponse xmlns=\"{}\"", names::MESSAGES);
                body.replace(&format!("{start}/>"), &format!("{start}></DisconnectResponse>"))
            })
        }),
    ),
    variant(
        "answers-say-where-the-schema-is",
        "DisconnectResponse says where its schema is (R099).",
        Bug::Answers(|kind, response| {
            only(AnswerKind::Success, kind, response, |body| {
                let location = format!(
                    "<DisconnectResponse xmlns:xsi=\"{}\" xsi:schemaLocation=\"{} m.xsd\" ",
                    names::XSI,
                    names::MESSAGES
                );
                body.replace("<DisconnectResponse ", &location)
            })
        }),
    ),
    variant(
        "answers-end-with-line",
        "A line ends after each answer (XML 2.1).",
        Bug::Answers(|_, response| with_body(response, |body| format!("{body}\r\n"))),
    ),
    variant(
        "answers-with-empty-header",
        "Answers have an empty Header (R049).",
        Bug::Answers(|_, response| {
            with_body(response, |body| body.replacen("<soap:Body>", "<soap:Header/><soap:Body>", 1))
        }),
    ),
    variant(
        "answers-with-mandatory-header",
        "Answers have a header that clients must understand (R199).",
        Bug::Answers(|_, response| {
            with_body(response, |body| {
                let header =
                    "<soap:Header><t:Session xmlns:t=\"urn:t\" soap:mustUnderstand=\"1\"/></soap:Header>";
                body.replacen("<soap:Body>", &format!("{header}<soap:Body>"), 1)
            })
        }),
    ),
    variant(
        "answers-with-more-fields",
        "Answers say what made them and set a cookie (RFC 9110 5.1).",
        Bug::Answers(|_, mut response| {
            response.headers.push(("server", "UM/1.0".to_owned()));
            response.headers.push(("x-powered-by", "UM".to_owned()));
            response.headers.push(("set-cookie", "session=1; HttpOnly".to_owned()));
            response.into()
        }),
    ),
    variant(
        "answers-with-encoding-style",
        "Answers have an encodingStyle, which only Basic Profile forbids (R106).",
        Bug::Answers(|_, response| {
            with_body(response, |body| {
                let style =
                    "<soap:Envelope soap:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\" ";
                body.replacen("<soap:Envelope ", style, 1)
            })
        }),
    ),
    variant(
        "labels-in-capitals",
        "Media type and charset of answers are written in capitals (RFC 9110 8.3.1).",
        Bug::Answers(|_, response| labelled(response, "TEXT/XML; CHARSET=UTF-8")),
    ),
    variant(
        "labels-with-quotes",
        "The charset of answers is a quoted string, and no blank stands before it (RFC 9110 5.6.6).",
        Bug::Answers(|_, response| labelled(response, "text/xml;charset=\"utf-8\"")),
    ),
    variant(
        "labels-no-charset",
        "The media type of answers has no charset, which only Basic Profile asks for (C31).",
        Bug::Answers(|_, response| labelled(response, names::MEDIA_TYPE)),
    ),
    variant(
        "codes-between-blanks",
        "White space stands around the codes of faults (XSD2 3.2.18, whose white space collapses).",
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| body.replace("</faultcode>", "\n  </faultcode>"))
        }),
    ),
    variant(
        "codes-of-the-vendor",
        "An unknown id gets a fault with a code of the vendor, and a detail (C20).",
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| {
                body.replace("a:InvalidCallIdException</faultcode>", "a:NoSuchCall</faultcode>")
                    .replace(&format!("xmlns:a=\"{}\"", names::ERRORS), "xmlns:a=\"urn:vendor\"")
            })
        }),
    ),
    variant(
        "words-in-sections",
        "The texts of faults stand in CDATA sections (XML 2.7).",
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                body.replace("</faultstring>", "]]></faultstring>")
                    .replace("<faultstring xml:lang=\"en-US\">", "<faultstring xml:lang=\"en-US\"><![CDATA[")
                    .replace("<faultstring>", "<faultstring><![CDATA[")
            })
        }),
    ),
    variant(
        "words-of-no-language",
        "The texts of faults do not tell their language (C19).",
        Bug::Answers(|kind, response| fault(kind, response, |body| body.replace(" xml:lang=\"en-US\"", ""))),
    ),
    variant(
        "words-with-curly-apostrophe",
        "The apostrophe in the text of the invalid-id fault is a typographic one (R128).",
        Bug::Answers(|kind, response| fault(kind, response, |body| body.replace("isn't", "isn\u{2019}t"))),
    ),
    variant(
        "details-header-faults-by-nothing",
        "The MustUnderstand fault has an empty detail, which holds nothing about the header (R115).",
        Bug::Answers(|kind, response| {
            only(AnswerKind::MustUnderstand, kind, response, |body| {
                body.replace("</soap:Fault>", "<detail/></soap:Fault>")
            })
        }),
    ),
    variant(
        "issues-ids-with-markup",
        "Ids hold quotes, ampersands, and what looks like the end of a CDATA section (R085).",
        Bug::Issues(|id| format!("<a href='?b&amp;c=\"]]>{id}")),
    ),
    variant(
        "issues-ids-of-digits",
        "Ids are numbers of sixteen digits (R085).",
        Bug::Issues(|id| {
            let digits = id.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(131).wrapping_add(byte.into()));
            format!("{:016}", digits % 10_000_000_000_000_000)
        }),
    ),
    variant(
        "labels-with-quoted-pairs",
        "The media type has a parameter with an escaped quote, and a charset with an escaped hyphen (RFC 9110 5.6.4).",
        Bug::Answers(|_, response| labelled(response, r#"text/xml; a="b\"; charset=c"; charset="utf\-8""#)),
    ),
];

/// The same response with another Content-Type.
fn labelled(mut response: Response, value: &str) -> Reaction {
    response.headers.retain(|(name, _)| *name != "content-type");
    response.headers.push(("content-type", value.to_owned()));
    response.into()
}
