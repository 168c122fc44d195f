//! From bytes to characters: byte order marks, UTF-16, labels that disagree, ill-formed bytes.

use super::Case;
use crate::message::{Edit, Encoding, Place};
use crate::protocol::{InputClass, Nuance, req};

pub(super) fn cases() -> Vec<Case> {
    [marks(), misplaced_marks(), utf16(), broken_utf16(), labels(), disagreements(), others(), ill_formed()]
        .concat()
}

fn charset(name: &str) -> Edit {
    Edit::HttpHeader("content-type".into(), Some(format!("text/xml; charset={name}")))
}

fn no_charset() -> Edit {
    Edit::HttpHeader("content-type".into(), Some("text/xml".into()))
}

fn declaration(encoding: &str) -> Edit {
    Edit::Declaration(Some(format!(r#"<?xml version="1.0" encoding="{encoding}"?>"#)))
}

/// A comment that is not all ASCII, where it changes nothing.
fn comment(text: &str) -> Edit {
    Edit::First(Place::Body, format!("<!-- {text} -->"))
}

/// UTF-8 with a byte order mark.
fn marks() -> Vec<Case> {
    let marked = |name: &str, about: &'static str, edits: Vec<Edit>| {
        let edits = [vec![Edit::Mark], edits].concat();
        Case::request(
            format!("encoding/{name}"),
            about,
            InputClass::Utf8Bom,
            &[req::BYTE_ORDER_MARK_ACCEPTED],
            edits,
        )
    };
    // Who asks for a charset refuses it for that (C31), and shows elsewhere what a mark is to it.
    let unlabelled = |name: &str, about: &'static str, edits: Vec<Edit>| {
        marked(name, about, edits).nuance(Nuance::NoCharset)
    };
    vec![
        marked(
            "mark-before-declaration",
            "A UTF-8 byte order mark stands before the XML declaration.",
            vec![],
        ),
        marked(
            "mark-before-envelope",
            "A UTF-8 byte order mark stands before Envelope; there is no XML declaration.",
            vec![Edit::Declaration(None)],
        ),
        unlabelled(
            "mark-without-charset",
            "A UTF-8 byte order mark comes without a charset parameter.",
            vec![no_charset()],
        ),
        unlabelled(
            "mark-alone",
            "The byte order mark is the only label.",
            vec![no_charset(), Edit::Declaration(None)],
        ),
    ]
}

/// U+FEFF where it is a character like any other, or none that may stand there.
fn misplaced_marks() -> Vec<Case> {
    let declared = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>";
    let breach = |name: &str, about: &'static str, edits: Vec<Edit>| {
        Case::request(
            format!("encoding/{name}"),
            about,
            InputClass::NotWellFormed,
            &[req::WELL_FORMED, req::BYTE_ORDER_MARK_ACCEPTED],
            edits,
        )
    };
    vec![
        breach(
            "mark-doubled",
            "Two byte order marks stand before the XML declaration.",
            vec![Edit::Mark, Edit::Declaration(Some(declared.into()))],
        ),
        breach(
            "mark-after-declaration",
            "A byte order mark follows the XML declaration.",
            vec![Edit::Prolog("\u{FEFF}".into())],
        ),
        breach(
            "mark-after-envelope",
            "A byte order mark follows Envelope.",
            vec![Edit::Epilog("\u{FEFF}".into())],
        ),
        Case::request(
            "encoding/mark-inside-call-id",
            "A U+FEFF splits the id, which makes it another id.",
            InputClass::Garbage,
            &[req::CALL_ID_CASE, req::BYTE_ORDER_MARK_ACCEPTED],
            vec![Edit::Content(Place::CallId, "{head}\u{FEFF}{tail}".into())],
        ),
    ]
}

const ORDERS: [(&str, &str, Encoding); 2] =
    [("le", "little-endian", Encoding::Utf16Le), ("be", "big-endian", Encoding::Utf16Be)];

/// UTF-16 of either byte order, marked and labelled.
fn utf16() -> Vec<Case> {
    let wide = |name: String, about: String, edits: Vec<Edit>| {
        Case::request(
            format!("encoding/utf-16-{name}"),
            about,
            InputClass::Utf16,
            &[req::UTF16_READ, req::UTF8_OR_UTF16],
            edits,
        )
    };
    let mut cases = Vec::new();
    for (order, words, encoding) in ORDERS {
        let marked = [Edit::Encoding(encoding), Edit::Mark];
        // Before the envelope, where whoever stumbles over comments in Body does not.
        let pair = Edit::Prolog("<!-- \u{1D11E} -->".to_owned());
        cases.extend([
            wide(
                format!("{order}-declared"),
                format!("The message is UTF-16, {words}, by its mark, charset and declaration."),
                [marked.to_vec(), vec![charset("utf-16"), declaration("utf-16")]].concat(),
            ),
            wide(
                format!("{order}-undeclared"),
                format!(
                    "The message is UTF-16, {words}, by its mark and charset; it has no XML declaration."
                ),
                [marked.to_vec(), vec![charset("utf-16"), Edit::Declaration(None)]].concat(),
            ),
            wide(
                format!("{order}-without-charset"),
                format!("The message is UTF-16, {words}, by its mark and declaration; there is no charset."),
                [marked.to_vec(), vec![no_charset(), declaration("UTF-16")]].concat(),
            ),
            wide(
                format!("{order}-with-surrogate-pair"),
                format!(
                    "The message is UTF-16, {words}, and a comment before the envelope holds a character of \
                     two units."
                ),
                [marked.to_vec(), vec![charset("utf-16"), declaration("utf-16"), pair]].concat(),
            ),
        ]);
    }
    cases
}

/// UTF-16 that is not what it says, or not UTF-16 at all.
fn broken_utf16() -> Vec<Case> {
    let marked = |edits: Vec<Edit>| {
        let labels =
            vec![Edit::Encoding(Encoding::Utf16Le), Edit::Mark, charset("utf-16"), declaration("utf-16")];
        [labels, edits].concat()
    };
    let breach = |name: &str, about: &'static str, edits: Vec<Edit>| {
        Case::request(
            format!("encoding/utf-16-{name}"),
            about,
            InputClass::NotWellFormed,
            &[req::WELL_FORMED, req::LEGAL_CHARACTERS],
            edits,
        )
    };
    // U+4D4D is the bytes of "MM" in either order, which occur nowhere else in UTF-16 of ASCII.
    let unit = |about: &'static str, name: &str, bytes: [u8; 2]| {
        breach(name, about, marked(vec![comment("\u{4D4D}"), Edit::Splice("MM".into(), bytes.to_vec())]))
    };
    vec![
        breach(
            "with-odd-byte",
            "A single byte follows the last unit.",
            marked(vec![Edit::Append(vec![0x20])]),
        ),
        breach("cut-within-unit", "The last unit lacks its second byte.", marked(vec![Edit::Truncate(1)])),
        unit("A comment holds a high surrogate without its partner.", "lone-high-surrogate", [0x34, 0xD8]),
        unit("A comment holds a low surrogate without its partner.", "lone-low-surrogate", [0x1E, 0xDD]),
        unit("A comment holds the noncharacter U+FFFE as one unit.", "noncharacter", [0xFE, 0xFF]),
        breach(
            "surrogates-swapped",
            "A comment holds a low surrogate, and a high one behind it.",
            marked(vec![
                comment("\u{4D4D}\u{4D4D}"),
                Edit::Splice("MMMM".into(), vec![0x1E, 0xDD, 0x34, 0xD8]),
            ]),
        ),
        breach(
            "mark-before-utf-8",
            "The byte order mark of UTF-16 stands before bytes of UTF-8.",
            vec![charset("utf-16"), Edit::Splice("<?xml".into(), b"\xFF\xFE<?xml".to_vec())],
        ),
        Case::request(
            "encoding/utf-16-without-mark",
            "The message is UTF-16 by charset and declaration but has no byte order mark.",
            InputClass::EncodingsDisagree,
            &[req::UTF16_READ, req::ENCODING_PRECEDENCE],
            vec![Edit::Encoding(Encoding::Utf16Be), charset("utf-16"), declaration("utf-16")],
        )
        .recorded(),
        // No label of any kind makes this a fatal error (XML 4.3.3).
        Case::request(
            "encoding/utf-16-unlabelled",
            "The message is UTF-16 without byte order mark, charset and declaration.",
            InputClass::NotWellFormed,
            &[req::WELL_FORMED, req::UTF16_READ],
            vec![Edit::Encoding(Encoding::Utf16Be), no_charset(), Edit::Declaration(None)],
        ),
        Case::request(
            "encoding/utf-16-mark-against-order",
            "The charset says utf-16le, the byte order mark says big-endian.",
            InputClass::EncodingsDisagree,
            &[req::ENCODING_PRECEDENCE, req::UTF16_READ],
            vec![Edit::Encoding(Encoding::Utf16Be), Edit::Mark, charset("utf-16le"), Edit::Declaration(None)],
        ),
    ]
}

/// Names of encodings beside those of the documents, on bytes that are plain ASCII.
fn labels() -> Vec<Case> {
    let label = |name: String, about: String, edits: Vec<Edit>| {
        let id = format!("encoding/{name}");
        Case::request(
            id,
            about,
            InputClass::EncodingsDisagree,
            &[req::ENCODING_PRECEDENCE, req::UTF8_OR_UTF16],
            edits,
        )
        .recorded()
    };
    let charsets = [
        ("us-ascii", "us-ascii"),
        ("iso-latin", "iso-8859-1"),
        ("windows", "windows-1252"),
        ("utf-seven", "utf-7"),
        ("utf-without-hyphen", "utf8"),
        ("unknown", "x-umspec"),
        ("empty", ""),
        ("repeated", "utf-8; charset=utf-16"),
    ];
    let declarations = [
        ("us-ascii", "us-ascii"),
        ("iso-latin", "iso-8859-1"),
        ("utf-seven", "utf-7"),
        ("unknown", "x-umspec"),
    ];
    let by_charset = charsets.into_iter().map(|(name, value)| {
        label(
            format!("charset-{name}"),
            format!("Content-Type of an ASCII message without XML declaration says charset={value}."),
            vec![charset(value), Edit::Declaration(None)],
        )
    });
    let by_declaration = declarations.into_iter().map(|(name, value)| {
        label(
            format!("declaration-{name}"),
            format!("The XML declaration says {value} of an ASCII message without charset."),
            vec![no_charset(), declaration(value)],
        )
    });
    by_charset.chain(by_declaration).collect()
}

/// Byte order mark, charset and declaration that do not agree, on bytes of UTF-8 and UTF-16.
fn disagreements() -> Vec<Case> {
    const NONE: Option<&str> = None;
    const UTF8: Option<&str> = Some("utf-8");
    const UTF16: Option<&str> = Some("utf-16");
    const LATIN: Option<&str> = Some("iso-8859-1");
    let spoken = |label: Option<&str>| label.unwrap_or("nothing").to_owned();
    let case = |bytes: &str, mark: &str, labels: (Option<&str>, Option<&str>), first: Vec<Edit>| {
        let (header, declared) = labels;
        let name = |label: Option<&str>| label.unwrap_or("none").replace("iso-8859-1", "latin");
        let edits = [
            first,
            vec![
                header.map_or_else(no_charset, charset),
                declared.map_or(Edit::Declaration(None), declaration),
            ],
        ]
        .concat();
        Case::request(
            format!("encoding/{bytes}{mark}-charset-{}-declared-{}", name(header), name(declared)),
            format!(
                "Bytes are {bytes}{}, the charset says {}, the XML declaration says {}.",
                if mark.is_empty() { "" } else { " with byte order mark" },
                spoken(header),
                spoken(declared)
            ),
            InputClass::EncodingsDisagree,
            &[req::ENCODING_PRECEDENCE, req::CHARSET_NAMES_ENCODING],
            edits,
        )
    };
    let plain = [(UTF16, NONE), (UTF16, UTF8), (NONE, UTF16), (UTF8, UTF16), (LATIN, UTF8), (UTF8, LATIN)];
    let marked = [(UTF16, NONE), (NONE, UTF16), (LATIN, UTF8), (UTF16, LATIN)];
    let wide = [(UTF8, UTF16), (UTF16, UTF8), (UTF8, UTF8), (LATIN, UTF16)];
    let utf16 = || vec![Edit::Encoding(Encoding::Utf16Le), Edit::Mark];
    plain
        .into_iter()
        .map(|labels| case("utf-8", "", labels, vec![]))
        .chain(marked.into_iter().map(|labels| case("utf-8", "-marked", labels, vec![Edit::Mark])))
        .chain(wide.into_iter().map(|labels| case("utf-16", "-marked", labels, utf16())))
        .collect()
}

/// Encodings that a receiver need not know.
fn others() -> Vec<Case> {
    let recorded = |name: &str, about: &'static str, edits: Vec<Edit>| {
        Case::request(
            format!("encoding/{name}"),
            about,
            InputClass::EncodingsDisagree,
            &[req::UTF8_OR_UTF16],
            edits,
        )
        .recorded()
    };
    vec![
        recorded(
            "latin",
            "The message is ISO 8859-1 by charset and declaration, and a comment is not ASCII.",
            vec![
                Edit::Encoding(Encoding::Latin1),
                charset("iso-8859-1"),
                declaration("iso-8859-1"),
                comment("\u{E9}"),
            ],
        ),
        recorded(
            "utf-32",
            "The message is UTF-32 by mark, charset and declaration.",
            vec![Edit::Encoding(Encoding::Utf32Le), Edit::Mark, charset("utf-32"), declaration("utf-32")],
        ),
        recorded(
            "utf-16-of-named-order",
            "The message is UTF-16 without mark, which the charset utf-16le does not ask for.",
            vec![Edit::Encoding(Encoding::Utf16Le), charset("utf-16le"), Edit::Declaration(None)],
        ),
    ]
}

/// Sequences of bytes that are not UTF-8.
const ILL_FORMED: [(&str, &str, &[u8]); 9] = [
    ("overlong-slash", "an overlong form of the slash", b"\xC0\xAF"),
    ("surrogate", "a surrogate of three bytes", b"\xED\xA0\x80"),
    ("beyond-last-code-point", "a code point after U+10FFFF", b"\xF4\x90\x80\x80"),
    ("truncated-sequence", "a sequence of three bytes that ends after two", b"\xE2\x82"),
    ("lone-continuation", "a continuation byte without its start", b"\x80"),
    ("byte-ff", "the byte FF", b"\xFF"),
    (
        "surrogate-pair",
        "a pair of surrogates of three bytes each, as CESU-8 has them",
        b"\xED\xA0\xBD\xED\xB3\x9E",
    ),
    ("overlong-slash-of-three-bytes", "an overlong form of the slash in three bytes", b"\xE0\x80\xAF"),
    ("five-bytes", "a form of five bytes, which UTF-8 once had", b"\xF8\x88\x80\x80\x80"),
];

/// Stands where the bytes go; found nowhere else in a request.
const HERE: &str = "@@";

/// Ill-formed UTF-8 in every kind of place. In comment and header entry a server that repairs the
/// bytes would go on to disconnect the call.
fn ill_formed() -> Vec<Case> {
    let case = |(name, words, bytes): (&str, &str, &[u8]), place: &str, spoken: &str, edit: Edit| {
        Case::request(
            format!("encoding/{name}-{place}"),
            format!("{spoken} holds {words}."),
            InputClass::NotWellFormed,
            &[req::INVALID_UTF8, req::WELL_FORMED],
            vec![edit, Edit::Splice(HERE.to_owned(), bytes.to_vec())],
        )
    };
    let call_id = |markup: &str| Edit::Content(Place::CallId, markup.to_owned());
    let note = |markup: &str| Edit::Header(markup.to_owned());
    let mut cases = Vec::new();
    for fault in ILL_FORMED {
        cases.push(case(fault, "in-comment", "A comment", comment(HERE)));
        cases.push(case(fault, "in-call-id", "CallId, in its middle,", call_id("{head}@@{tail}")));
    }
    for fault in ILL_FORMED.into_iter().filter(|(name, ..)| matches!(*name, "truncated-sequence" | "byte-ff"))
    {
        cases.extend([
            case(fault, "at-start-of-call-id", "CallId, at its start,", call_id("@@{id}")),
            case(fault, "at-end-of-call-id", "CallId, at its end,", call_id("{id}@@")),
            case(
                fault,
                "in-element-name",
                "The name of a header entry",
                note("<x:note@@ xmlns:x=\"urn:umspec:note\"/>"),
            ),
            case(
                fault,
                "in-namespace",
                "The namespace of a header entry",
                note("<x:note xmlns:x=\"urn:umspec:note@@\"/>"),
            ),
            case(
                fault,
                "in-attribute",
                "An attribute of a header entry",
                note("<x:note xmlns:x=\"urn:umspec:note\" x:a=\"@@\"/>"),
            ),
        ]);
    }
    // A decoder that is not told of the end waits for the rest of it.
    cases.push(Case::request(
        "encoding/sequence-cut-by-the-end",
        "The first byte of a sequence of two follows Envelope, and nothing behind it.",
        InputClass::NotWellFormed,
        &[req::INVALID_UTF8, req::WELL_FORMED],
        vec![Edit::Append(vec![0xC3])],
    ));
    cases
}
