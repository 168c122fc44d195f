//! Readers of XML that look at characters, names, references and parts of the XML declaration in some places, or at
//! some of them, and not at others.

use super::killed_by::by;
use super::misreading::{Misreading, takes};
use super::rewrite::{character, declaration, end_tags, in_tags, references, replaced, text};
use crate::message::xml::is_xml_char;
use crate::protocol::req;

pub(super) const INEXACT: [Misreading; 52] = [
    // Characters.
    takes(
        "checks-no-characters-of-sections",
        "Characters of CDATA sections are not looked at.",
        by("xml/control-in-section", req::LEGAL_CHARACTERS),
        |body| text(body, |text| within(text, "<![CDATA[", "]]>", legal)),
    ),
    takes(
        "checks-no-characters-of-attributes",
        "Characters of attributes are not looked at.",
        by("xml/control-in-attribute", req::LEGAL_CHARACTERS),
        |body| in_elements(body, |tag| within(tag, "\"", "\"", legal)),
    ),
    takes(
        "checks-no-characters-of-comments",
        "Characters of comments are not looked at.",
        by("xml/control-in-comment", req::LEGAL_CHARACTERS),
        |body| text(body, |text| within(text, "<!--", "-->", legal)),
    ),
    takes(
        "takes-controls-in-tags-for-white-space",
        "What is not above a blank is white space in tags, as trim of Java has it.",
        by("xml/control-in-tag", req::LEGAL_CHARACTERS),
        |body| in_elements(body, |tag| tag.replace(|c: char| c < ' ', " ")),
    ),
    takes(
        "takes-controls-below-tabs",
        "Controls below U+0009 are let through, NUL apart.",
        by("xml/literal-start-of-text", req::LEGAL_CHARACTERS),
        |body| text(body, |text| text.replace(|c: char| matches!(c, '\u{1}'..='\u{8}'), "")),
    ),
    takes(
        "takes-controls-with-escapes-in-c",
        "Controls are let through for which C has a letter.",
        by("xml/literal-backspace", req::LEGAL_CHARACTERS),
        |body| text(body, |text| text.replace(['\u{7}', '\u{8}', '\u{B}', '\u{C}'], "")),
    ),
    takes(
        "takes-controls-above-carriage-returns",
        "Controls above U+000D are let through.",
        by("xml/literal-shift-out", req::LEGAL_CHARACTERS),
        |body| text(body, |text| text.replace(|c: char| matches!(c, '\u{E}'..='\u{1F}'), "")),
    ),
    takes(
        "takes-separators-for-white-space",
        "U+001C to U+001F are white space, as Python and Java have it.",
        by("xml/literal-unit-separator", req::LEGAL_CHARACTERS),
        |body| text(body, |text| text.replace(|c: char| matches!(c, '\u{1C}'..='\u{1F}'), " ")),
    ),
    takes(
        "takes-last-surrogates",
        "The last numbers of the ranges of surrogates are let through.",
        by("xml/reference-to-last-low-surrogate", req::LEGAL_CHARACTERS),
        |body| references(body, |name| matches!(name, "#xDBFF" | "#xDFFF").then(String::new)),
    ),
    takes(
        "checks-no-references-in-attributes",
        "What a reference in an attribute names is not looked at.",
        by("xml/attribute-with-reference-to-control", req::LEGAL_CHARACTERS),
        |body| in_elements(body, |tag| tag.replace("&#1;", "")),
    ),
    // References.
    takes(
        "reads-hexadecimal-references-with-signs",
        "A hexadecimal reference may have a plus sign, as a number may.",
        by("xml/reference-hexadecimal-with-plus", req::WELL_FORMED),
        |body| references(body, |name| hexadecimal(name.strip_prefix("#x+")?)),
    ),
    takes(
        "reads-hexadecimal-references-with-underscores",
        "Underscores may stand between the digits of a hexadecimal reference.",
        by("xml/reference-hexadecimal-with-underscore", req::WELL_FORMED),
        |body| {
            references(body, |name| {
                let digits = name.strip_prefix("#x").filter(|digits| digits.contains('_'))?;
                hexadecimal(&digits.replace('_', ""))
            })
        },
    ),
    takes(
        "reads-hexadecimal-digits-up-to-a-letter",
        "What follows the digits of a hexadecimal reference is passed over, as by strtol.",
        by("xml/reference-hexadecimal-with-letter-behind-digits", req::WELL_FORMED),
        |body| {
            references(body, |name| {
                let written = name.strip_prefix("#x")?;
                let digits = written.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
                if digits.len() < written.len() { hexadecimal(digits) } else { None }
            })
        },
    ),
    takes(
        "reads-prefixes-of-c-in-hexadecimal-references",
        "A hexadecimal reference may say 0x behind its x.",
        by("xml/reference-hexadecimal-with-prefix-of-c", req::WELL_FORMED),
        |body| references(body, |name| hexadecimal(name.strip_prefix("#x0x")?)),
    ),
    takes(
        "reads-references-as-fractions",
        "A reference may have an exponent, as a number of JavaScript may.",
        by("xml/reference-with-exponent", req::WELL_FORMED),
        |body| {
            references(body, |name| {
                let written = name.strip_prefix('#').filter(|written| written.contains('e'))?;
                let number: f64 = written.parse().ok()?;
                character(number.to_string().parse().ok()?)
            })
        },
    ),
    takes(
        "takes-references-without-name",
        "An ampersand and a semicolon stand for themselves where nothing is between them.",
        by("xml/reference-without-name", req::WELL_FORMED),
        |body| references(body, |name| name.is_empty().then(|| "&amp;;".to_owned())),
    ),
    takes(
        "trims-names-of-entities",
        "White space around the name of an entity is passed over.",
        by("xml/reference-with-blank-behind-name", req::WELL_FORMED),
        |body| {
            references(body, |name| {
                let bare = name.trim_matches(' ');
                let is_known = matches!(bare, "amp" | "apos" | "gt" | "lt" | "quot");
                (is_known && bare.len() < name.len()).then(|| format!("&{bare};"))
            })
        },
    ),
    // Sections, comments and document types.
    takes(
        "starts-anew-at-third-brackets",
        "The end of a CDATA section is not seen in text behind one more bracket.",
        by("xml/section-end-behind-third-bracket", req::WELL_FORMED),
        |body| text(body, |text| text.replace("]]]>", "]]]&gt;")),
    ),
    takes(
        "looks-for-ends-of-sections-behind-the-first-character",
        "The end of a CDATA section is not seen where a text starts with it.",
        by("xml/section-end-first-in-text", req::WELL_FORMED),
        |body| text(body, |text| text.replace(">]]>", ">]]&gt;")),
    ),
    takes(
        "takes-blanks-in-starts-of-sections",
        "A blank may stand before the second bracket of a CDATA section.",
        by("xml/section-with-blank-in-its-start", req::WELL_FORMED),
        |body| text(body, |text| text.replace("<![CDATA [", "<![CDATA[")),
    ),
    takes(
        "ends-comments-with-exclamation-marks",
        "A comment may end with --!>, as in HTML.",
        by("xml/comment-ended-with-exclamation-mark", req::WELL_FORMED),
        |body| text(body, |text| text.replace("--!>", "-->")),
    ),
    takes(
        "looks-for-two-hyphens-without-a-third",
        "Two hyphens in a comment are not seen where a third one follows.",
        by("xml/comment-with-three-hyphens", req::WELL_FORMED),
        |body| text(body, |text| within(text, "<!--", "-->", |inside| inside.replace("---", "-"))),
    ),
    takes(
        "cuts-comments-out-of-tags",
        "Comments are cut out before anything else is looked at, those in tags too.",
        by("xml/comment-in-start-tag", req::WELL_FORMED),
        |body| text(body, |text| text.replace(" <!-- a -->>", ">")),
    ),
    takes(
        "skips-document-types-to-the-root",
        "What stands between the start of a document type and the root element is passed over.",
        by("dtd/comment-in-subset", req::NO_DTD),
        |body| {
            text(body, |text| {
                let parts = text.split_once("<!DOCTYPE");
                let root =
                    parts.and_then(|(before, rest)| Some((before, &rest[rest.find("<soap:Envelope")?..])));
                root.map_or_else(|| text.to_owned(), |(before, root)| format!("{before}{root}"))
            })
        },
    ),
    takes(
        "skips-instructions-of-any-target",
        "An instruction is passed over, whatever its target.",
        by("xml/instruction-with-sign-in-target", req::WELL_FORMED),
        |body| text(body, |text| text.replace("<?a+b c?>", "")),
    ),
    // Attributes.
    takes(
        "compares-neighbouring-attributes",
        "An attribute may occur twice if another one stands between.",
        by("xml/attribute-repeated-apart", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.replace(" c=\"2\" b=\"3\"", " c=\"2\"")),
    ),
    takes(
        "ends-attributes-with-either-quote",
        "An attribute may end with another quotation mark than it starts with.",
        by("xml/attribute-with-quotes-that-differ", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.replace("\"1'", "\"1\"")),
    ),
    takes(
        "takes-backslashes-before-quotes",
        "A backslash in an attribute makes the quotation mark behind it a part of that.",
        by("xml/attribute-with-escaped-quote", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.replace("\\\"", "&quot;")),
    ),
    // Names.
    takes(
        "takes-names-of-html",
        "A name is whatever ends at white space, a slash or a closing angle bracket.",
        by("xml/name-with-at-sign", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.replace(['+', '@'], "")),
    ),
    takes(
        "takes-letters-of-unicode-in-names",
        "Names may hold whatever Unicode calls a letter.",
        by("xml/name-with-ordinal-indicator", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.replace(['\u{AA}', '\u{B5}', '\u{BA}'], "")),
    ),
    takes(
        "takes-division-signs-in-names",
        "Names may hold the signs among the letters of ISO 8859-1.",
        by("xml/name-with-division-sign", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.replace(['\u{D7}', '\u{F7}'], "")),
    ),
    takes(
        "takes-everything-beyond-latin-1-in-names",
        "Names may hold whatever is beyond ISO 8859-1.",
        by("xml/name-with-private-character", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.replace(['\u{2003}', '\u{E000}'], "")),
    ),
    takes(
        "takes-all-planes-in-names",
        "Names may hold whatever is beyond the BMP.",
        by("xml/name-with-character-of-plane-15", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.replace(|c: char| c >= '\u{F0000}', "")),
    ),
    takes(
        "starts-names-with-full-stops",
        "A name may start with a full stop, as it may go on with one.",
        by("xml/name-with-full-stop-first", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.strip_prefix('.').unwrap_or(tag).to_owned()),
    ),
    takes(
        "starts-names-with-what-goes-on",
        "A name beyond ASCII may start with what it may go on with.",
        by("xml/name-with-accent-first", req::WELL_FORMED),
        |body| in_elements(body, |tag| tag.strip_prefix(['\u{B7}', '\u{301}']).unwrap_or(tag).to_owned()),
    ),
    takes(
        "checks-no-local-names-of-attributes",
        "The local name of an attribute with a prefix may start with a digit.",
        by("xml/attribute-with-digit-first-in-local-name", req::PREFIX_DECLARED),
        |body| in_elements(body, |tag| tag.replace(" x:1b=", " x:b=")),
    ),
    takes(
        "binds-prefixes-that-start-with-digits",
        "A declaration may bind a prefix that starts with a digit.",
        by("xml/declared-prefix-with-digit-first", req::PREFIX_DECLARED),
        |body| in_elements(body, |tag| tag.replace(" xmlns:1y=", " xmlns:y=")),
    ),
    takes(
        "binds-prefixes-with-colons",
        "A declaration may bind a prefix that holds a colon.",
        by("xml/declared-prefix-with-colon", req::PREFIX_DECLARED),
        |body| in_elements(body, |tag| tag.replace(" xmlns:y:z=", " xmlns:y=")),
    ),
    // End tags.
    takes(
        "compares-beginnings-of-end-tags",
        "An end tag closes an element whose name it starts with.",
        by("xml/end-tag-that-goes-on", req::WELL_FORMED),
        |body| end_tags(body, |_, inner, open| inner.starts_with(open).then_some(open)),
    ),
    takes(
        "compares-what-there-is-of-end-tags",
        "An end tag closes an element whose name starts with it.",
        by("xml/end-tag-cut-short", req::WELL_FORMED),
        |body| {
            end_tags(body, |_, inner, open| (!inner.is_empty() && open.starts_with(inner)).then_some(open))
        },
    ),
    // XML declarations.
    takes(
        "takes-truth-for-standalone",
        "The XML declaration may say true where it stands alone.",
        by("xml/declaration-with-standalone-true", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("standalone='true'")),
    ),
    takes(
        "trims-versions",
        "White space around the number of the version is passed over.",
        by("xml/declaration-with-blank-in-version", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("version=' 1.0'")),
    ),
    takes(
        "takes-empty-versions-for-none",
        "An empty version is that of XML 1.0.",
        by("xml/declaration-with-empty-version", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("version=''")),
    ),
    takes(
        "takes-empty-encodings-for-none",
        "An empty name of an encoding is none.",
        by("xml/declaration-with-empty-encoding", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("encoding=''")),
    ),
    takes(
        "takes-encodings-that-start-with-digits",
        "The name of an encoding that nobody knows is passed over, whatever it starts with.",
        by("xml/declaration-with-digit-first-in-encoding", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("encoding='8859-1'")),
    ),
    takes(
        "takes-the-last-encoding",
        "The XML declaration may name the encoding twice.",
        by("xml/declaration-with-encoding-repeated", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.matches("encoding=").count() == 2),
    ),
    takes(
        "reads-names-of-parts-in-any-case",
        "The parts of the XML declaration may have names in any case.",
        by("xml/declaration-with-names-in-capitals", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("VERSION=")),
    ),
    takes(
        "takes-commas-in-declarations",
        "Commas may stand between the parts of the XML declaration.",
        by("xml/declaration-with-comma", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("', encoding=")),
    ),
    takes(
        "ends-parts-of-declarations-with-either-quote",
        "A part of the XML declaration may end with another quotation mark than it starts with.",
        by("xml/declaration-with-quotes-that-differ", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("\"1.0' encoding='")),
    ),
    // Bytes.
    takes(
        "reads-overlong-forms-beyond-ascii",
        "Of overlong forms of three bytes only those of ASCII are seen.",
        by("encoding/overlong-form-beyond-ascii-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xE0\x9F\xBF", "\u{7FF}"),
    ),
    takes(
        "drops-what-the-end-cuts",
        "The first byte of a character that the end of the message cuts is dropped.",
        by("encoding/sequence-cut-by-the-end", req::INVALID_UTF8),
        |body| body.strip_suffix(b"\xC3").map(<[u8]>::to_vec),
    ),
    takes(
        "takes-surrogates-in-either-order",
        "A low surrogate of UTF-16 and a high one behind it are one character.",
        by("encoding/utf-16-surrogates-swapped", req::WELL_FORMED),
        |body| replaced(body, b"\x1E\xDD\x34\xD8", "x\0x\0"),
    ),
];

fn legal(text: &str) -> String {
    text.chars().filter(|&c| is_xml_char(c)).collect()
}

/// The character that these digits are the number of.
fn hexadecimal(digits: &str) -> Option<String> {
    character(u32::from_str_radix(digits, 16).ok()?)
}

/// The message with its tags of elements changed, and neither comments nor sections.
fn in_elements(body: &[u8], change: impl Fn(&str) -> String) -> Option<Vec<u8>> {
    in_tags(body, |tag| if tag.starts_with(['!', '?']) { tag.to_owned() } else { change(tag) })
}

/// The text with what stands between these marks changed, each time.
fn within(text: &str, open: &str, close: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((inside, behind)) = after.split_once(close) else { break };
        changed.push_str(&format!("{before}{open}{}{close}", change(inside)));
        rest = behind;
    }
    changed + rest
}
