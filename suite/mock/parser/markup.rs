//! Parsers that are wrong about spellings of XML: declarations, comments, white space, references.

use super::before::{content, reads, text};
use super::kind::{crashes, hangs, refuses};
use super::mutant::ParserMutant;
use super::view::MessageView;
use crate::mock::killed_by::by;
use crate::protocol::req;

/// Whether a piece of markup stands between two others, white space apart.
fn stands(message: &MessageView<'_>, (open, close): (&str, &str), before: &str, after: &str) -> bool {
    message.text.match_indices(open).any(|(at, _)| {
        let (ahead, rest) = message.text.split_at(at);
        let Some((_, behind)) = rest.split_once(close) else { return false };
        ahead.trim_end().ends_with(before) && behind.trim_start().starts_with(after)
    })
}

const COMMENT: (&str, &str) = ("<!--", "-->");
const INSTRUCTION: (&str, &str) = ("<?", "?>");

/// Whether this stands right before a start tag of Disconnect, CallId, Body or what an answer holds.
fn is_between_tags(message: &MessageView<'_>, white: &str) -> bool {
    message.outline.is_some() && message.says(&format!(">{white}<"))
}

/// Whether CallId is written with this.
fn is_spelled_with(message: &MessageView<'_>, part: &str) -> bool {
    let content = message.text.split_once("<CallId>").map_or("", |(_, rest)| rest);
    message.is_request() && content.split("</CallId>").next().unwrap_or_default().contains(part)
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    // The XML declaration.
    refuses(
        "compares-encodings-in-lower-case",
        "Refuses a declared UTF-8 in capitals.",
        ("xml/declared-in-capitals", req::XML_DECLARATION_OPTIONAL),
        |message| message.declaration().contains("UTF-8"),
    ),
    crashes(
        "asserts-version-1-0",
        "Breaks off at another version of XML.",
        "xml/declared-later-version",
        |message| message.declaration().contains("1.1"),
    ),
    refuses(
        "knows-no-standalone",
        "Refuses a document that says it stands alone.",
        ("xml/declared-standalone", req::XML_DECLARATION_OPTIONAL),
        |message| message.declaration().contains("standalone=\"yes\""),
    ),
    refuses(
        "wants-documents-to-stand-alone",
        "Refuses a document that says it does not stand alone.",
        ("xml/declared-not-standalone", req::XML_DECLARATION_OPTIONAL),
        |message| message.declaration().contains("standalone=\"no\""),
    ),
    refuses(
        "ends-declarations-at-quotes",
        "Refuses white space at the end of the XML declaration.",
        ("xml/declared-with-blank-at-end", req::XML_DECLARATION_OPTIONAL),
        |message| message.declaration().ends_with(' '),
    ),
    refuses(
        "splits-declarations-at-blanks",
        "Refuses other white space than blanks in the XML declaration.",
        ("xml/declared-with-white-space", req::XML_DECLARATION_OPTIONAL),
        |message| message.declaration().contains(['\t', '\r', '\n']),
    ),
    refuses(
        "needs-a-declared-encoding",
        "Refuses an XML declaration without encoding.",
        ("xml/declared-without-encoding", req::XML_DECLARATION_OPTIONAL),
        |message| !message.declaration().is_empty() && !message.declaration().contains("encoding"),
    ),
    // Comments.
    refuses(
        "refuses-comments-before-the-root",
        "Refuses a comment before Envelope.",
        ("xml/comment-before-envelope", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| stands(message, COMMENT, "?>", "<soap:Envelope"),
    ),
    refuses(
        "refuses-comments-after-the-root",
        "Refuses a comment after Envelope.",
        ("xml/comment-after-envelope", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| stands(message, COMMENT, "</soap:Envelope>", ""),
    ),
    refuses(
        "takes-comments-for-header",
        "Refuses a comment before Body, as it is the first child of Envelope and no Header.",
        ("xml/comment-before-body", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| stands(message, COMMENT, ">", "<soap:Body"),
    ),
    refuses(
        "takes-comments-for-trailers",
        "Refuses a comment after Body, as something follows Body.",
        ("xml/comment-after-body", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| stands(message, COMMENT, "</soap:Body>", ""),
    ),
    refuses(
        "takes-comments-for-the-operation",
        "Refuses a comment that is the first child of Body.",
        ("xml/comment-before-disconnect", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| stands(message, COMMENT, "<soap:Body>", "<"),
    ),
    refuses(
        "takes-comments-for-a-second-operation",
        "Refuses a comment after the child of Body.",
        ("xml/comment-after-disconnect", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| stands(message, COMMENT, "</Disconnect>", ""),
    ),
    refuses(
        "takes-comments-for-call-id",
        "Refuses a comment that is the first child of Disconnect.",
        ("xml/comment-before-call-id", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| stands(message, COMMENT, ">", "<CallId"),
    ),
    refuses(
        "takes-comments-for-siblings",
        "Refuses a comment beside CallId.",
        ("xml/comment-after-call-id", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| stands(message, COMMENT, "</CallId>", ""),
    ),
    reads(
        "reads-elements-in-comments",
        "Takes a comment that holds an element for the element.",
        by("request-body/second-call-id-in-comment", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| {
            text(message, |text| {
                text.replace("<!--<CallId>", "<CallId>").replace("</CallId>-->", "</CallId>")
            })
        },
    ),
    // Processing instructions.
    crashes(
        "takes-instructions-for-elements",
        "Breaks off at a processing instruction among elements.",
        "xml/instruction-in-disconnect",
        |message| {
            stands(message, INSTRUCTION, ">", "<CallId") || stands(message, INSTRUCTION, ">", "<Disconnect")
        },
    ),
    crashes(
        "takes-instructions-for-text",
        "Breaks off at a processing instruction in CallId.",
        "xml/instruction-inside-id",
        |message| is_spelled_with(message, "<?"),
    ),
    crashes(
        "wants-an-end-after-the-root",
        "Breaks off at a processing instruction after Envelope.",
        "xml/instruction-after-envelope",
        |message| stands(message, INSTRUCTION, "</soap:Envelope>", ""),
    ),
    crashes(
        "takes-stylesheets-for-declarations",
        "Breaks off at a stylesheet instruction, which it takes for an XML declaration.",
        "xml/instruction-before-envelope",
        |message| message.says("<?xml-stylesheet"),
    ),
    hangs(
        "fetches-stylesheets",
        "Fetches the stylesheet that an instruction names, and waits for it.",
        "dtd/stylesheet",
        |message| message.says("href=\"http:"),
    ),
    // White space.
    refuses(
        "takes-blanks-for-text",
        "Refuses lines with blanks between elements.",
        ("xml/indented-by-blanks", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| is_between_tags(message, "\n  "),
    ),
    refuses(
        "takes-tabs-for-text",
        "Refuses lines with tabs between elements.",
        ("xml/indented-by-tabs", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| is_between_tags(message, "\n\t"),
    ),
    refuses(
        "takes-carriage-returns-for-text",
        "Refuses a carriage return between elements that is the whole end of a line.",
        ("xml/lines-end-with-cr", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| is_between_tags(message, "\r"),
    ),
    refuses(
        "takes-ends-of-lines-for-text",
        "Refuses a carriage return and a line feed between elements.",
        ("xml/lines-end-with-crlf", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| is_between_tags(message, "\r\n") || is_between_tags(message, "\r\n  "),
    ),
    refuses(
        "ends-start-tags-at-names",
        "Refuses a blank before the end of a start tag.",
        ("xml/blanks-in-start-tags", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| message.says("<soap:Body >"),
    ),
    refuses(
        "reads-tags-by-lines",
        "Refuses an end of line in a start tag.",
        ("xml/line-ends-in-start-tags", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| message.says("\"\r\n"),
    ),
    refuses(
        "ends-end-tags-at-names",
        "Refuses white space in an end tag.",
        ("xml/white-space-in-end-tags", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |message| message.says("</CallId\t>"),
    ),
    // Text.
    refuses(
        "knows-no-decimal-references",
        "Refuses decimal references.",
        ("xml/references-decimal", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| message.text.split("&#").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit())),
    ),
    refuses(
        "knows-no-hexadecimal-references",
        "Refuses hexadecimal references.",
        ("xml/references-hexadecimal", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| message.says("&#x"),
    ),
    refuses(
        "bounds-references",
        "Refuses references of more than eight digits.",
        ("xml/references-padded", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| message.longest("&#x", ";") > 8,
    ),
    reads(
        "ends-text-at-empty-sections",
        "Reads CallId up to the first CDATA section that is empty.",
        by("xml/section-empty-inside-id", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| {
            text(message, |text| {
                content(text, |id| id.split("<![CDATA[]]>").next().unwrap_or_default().to_owned())
            })
        },
    ),
    refuses(
        "compares-namespaces-as-written",
        "Refuses a namespace with references in it.",
        ("xml/namespace-by-references", req::PREFIX_FREELY_CHOSEN),
        |message| message.says("xmlns=\"http:&#"),
    ),
    refuses(
        "knows-sixteen-planes",
        "Refuses characters of the last plane.",
        ("xml/characters-at-the-edges", req::LEGAL_CHARACTERS),
        |message| message.text.chars().any(|c| c >= '\u{100000}'),
    ),
    // Attributes of schemas.
    refuses(
        "refuses-types",
        "Refuses a type in an attribute.",
        ("request-body/type-string", req::XSI_ATTRIBUTES_ALLOWED),
        |message| message.says(" xsi:type="),
    ),
    refuses(
        "knows-xsi-by-its-prefix",
        "Refuses the type attribute of another prefix than xsi.",
        ("request-body/type-string-other-prefixes", req::XSI_ATTRIBUTES_ALLOWED),
        |message| message.says(" a:type="),
    ),
    refuses(
        "knows-no-derived-types",
        "Refuses a type that derives from the declared one.",
        ("request-body/type-token", req::XSI_ATTRIBUTES_ALLOWED),
        |message| message.says("\"xs:token\""),
    ),
    refuses(
        "refuses-places-of-schemas",
        "Refuses an attribute that says where a schema lies.",
        ("request-body/schema-location-on-disconnect", req::XSI_ATTRIBUTES_ALLOWED),
        |message| message.says(" xsi:schemaLocation="),
    ),
    refuses(
        "refuses-places-of-schemas-without-namespace",
        "Refuses an attribute that says where a schema without namespace lies.",
        ("request-body/no-namespace-schema-location-on-disconnect", req::XSI_ATTRIBUTES_ALLOWED),
        |message| message.says(" xsi:noNamespaceSchemaLocation="),
    ),
];
