//! The dimensions and their values.

use crate::generate::{Attribute, Change, Declared, Filler, Gap, HeaderEntry, Spelling};
use crate::message::{ChunkForm, Cut, Framing, NameStyle, Place};

/// A way in which requests may differ without meaning anything else.
#[derive(Debug)]
pub struct Dimension {
    /// Its name in reports and records, kebab case. Never used again for something else.
    pub name: &'static str,
    /// Why its values mean the same: a clause of a document.
    pub source: &'static str,
    /// Its values; the first is that of the plain request.
    pub values: &'static [Value],
}

/// A value of a dimension.
#[derive(Debug)]
pub struct Value {
    /// Its name in reports and records, kebab case. Never used again for something else.
    pub name: &'static str,
    pub(super) how: How,
}

/// What a value does to a request.
#[derive(Debug)]
pub(super) enum How {
    /// Nothing.
    Plain,
    /// These changes of the message, or of what HTTP says of it.
    Changes(&'static [Change]),
    /// White space between elements: this.
    White(&'static str),
    /// The charset of the media type, where the message is in UTF-8.
    Charset(Option<&'static str>),
    /// The XML declaration; in UTF-16 the nearest to it.
    Declaration(Declared),
    /// A header field.
    Field(&'static str, &'static str),
    /// What stands around the values of fields.
    FieldSpace(&'static str, &'static str),
    /// How names of fields are written.
    FieldNames(NameStyle),
    /// How the body is framed.
    Framing(Framing),
    /// A plain request first, on the same connection.
    Reused,
    /// Where the bytes are parted.
    Parted(Cut),
    /// An absolute URL as target.
    Target,
}

/// The values that are still taken of each dimension, by their numbers; the plain one is always among them.
pub type Levels = Vec<Vec<u8>>;

/// All values of all dimensions.
pub fn all_levels() -> Levels {
    DIMENSIONS.iter().map(|dimension| (0..).take(dimension.values.len()).collect()).collect()
}

const fn value(name: &'static str, how: How) -> Value {
    Value { name, how }
}

const fn plain(name: &'static str) -> Value {
    value(name, How::Plain)
}

const fn changes(name: &'static str, changes: &'static [Change]) -> Value {
    value(name, How::Changes(changes))
}

/// A dimension, as it is written in the table.
macro_rules! dimension {
    ($name:literal, $source:literal, $values:expr $(,)?) => {
        Dimension { name: $name, source: $source, values: $values }
    };
}

const COMMENT: Filler = Filler::Comment("<!-- a comment -->");

/// Every dimension.
pub static DIMENSIONS: &[Dimension] = &[
    dimension!(
        "declaration",
        "XML 2.8",
        &[
            plain("usual"),
            value("absent", How::Declaration(Declared::Nothing)),
            value("version-only", How::Declaration(Declared::Version)),
            value("standalone", How::Declaration(Declared::Utf8("UTF-8"))),
        ],
    ),
    dimension!(
        "envelope-prefix",
        "NS 4",
        &[
            plain("soap"),
            changes("s", &[Change::Prefix(Place::Envelope, "s"), SOAP_BOUND]),
            changes("soap-env", &[Change::Prefix(Place::Envelope, "SOAP-ENV"), SOAP_BOUND]),
            changes("none", &[Change::Prefix(Place::Envelope, ""), SOAP_BOUND]),
        ],
    ),
    dimension!(
        "message-prefix",
        "NS 4",
        &[
            plain("none"),
            changes("m", &[Change::Prefix(Place::Operation, "m")]),
            changes("long", &[Change::Prefix(Place::Operation, "um-messages_2006.a")]),
        ],
    ),
    dimension!(
        "declarations",
        "NS 6.1",
        &[
            plain("once"),
            changes("repeated", &[Change::Attributes(Place::CallId, Attribute::BindsMessages)]),
            changes("unused", &[Change::Attributes(Place::Body, Attribute::BindsUnused)]),
        ],
    ),
    dimension!(
        "encoding",
        "XML 4.3.3",
        &[
            plain("utf-8"),
            changes("utf-8-mark", &[Change::Mark]),
            changes("utf-16-le", &[Change::Wide(false)]),
            changes("utf-16-be", &[Change::Wide(true)]),
        ],
    ),
    dimension!(
        "call-id",
        "XML 2.4, 2.5, 2.7, 4.1",
        &[
            plain("text"),
            changes("cdata", &[Change::Spell(Spelling::CData)]),
            changes("comment", &[Change::Spell(Spelling::Comment)]),
            changes("decimal", &[Change::Spell(Spelling::Decimal)]),
            changes("hexadecimal", &[Change::Spell(Spelling::Hexadecimal)]),
            changes("hexadecimal-padded", &[Change::Spell(Spelling::Padded)]),
        ],
    ),
    dimension!(
        "white-space",
        "XML 2.10, XSD2 element content",
        &[
            plain("none"),
            value("line-feeds", How::White("\n")),
            value("windows-lines", How::White("\r\n  ")),
            value("tabs", How::White("\t")),
        ],
    ),
    dimension!(
        "tag-space",
        "XML 3.1",
        &[plain("none"), changes("blanks", &BLANKS), changes("line-feeds", &LINE_FEEDS),],
    ),
    dimension!(
        "comments",
        "XML 2.5",
        &[
            plain("none"),
            changes("before-envelope", &[Change::Fill(Gap::Prolog, COMMENT)]),
            changes("in-envelope", &[Change::Fill(Gap::First(Place::Envelope), COMMENT)]),
            changes("in-body", &[Change::Fill(Gap::First(Place::Body), COMMENT)]),
            changes("in-operation", &[Change::Fill(Gap::Last(Place::Operation), COMMENT)]),
            changes("after-envelope", &[Change::Fill(Gap::Epilog, COMMENT)]),
        ],
    ),
    dimension!(
        "header",
        "SOAP 4.2",
        &[
            plain("none"),
            changes("empty", &[Change::Header(HeaderEntry::Nothing)]),
            changes("optional", &[Change::Header(HeaderEntry::Optional)]),
            changes("not-mandatory", &[Change::Header(HeaderEntry::NotMandatory)]),
            changes("other-actor", &[Change::Header(HeaderEntry::OtherActor)]),
        ],
    ),
    dimension!(
        "attributes",
        "SOAP 4.1, 4.3, XSD1 2.6",
        &[
            plain("none"),
            changes("foreign-on-envelope", &[Change::Attributes(Place::Envelope, Attribute::Foreign)]),
            changes("language-on-body", &[Change::Attributes(Place::Body, Attribute::Lang)]),
            changes("schema-location", &[Change::Attributes(Place::Operation, Attribute::SchemaLocation)]),
            changes("type-of-call-id", &[Change::Attributes(Place::CallId, Attribute::TypeString)]),
        ],
    ),
    dimension!("quotes", "XML 2.3", &[plain("double"), changes("single", &[Change::SingleQuotes])]),
    dimension!(
        "charset",
        "RFC 9110 8.3.1, RFC 7303",
        &[
            plain("utf-8"),
            value("absent", How::Charset(None)),
            value("quoted", How::Charset(Some("\"utf-8\""))),
            value("capitals", How::Charset(Some("UTF-8"))),
        ],
    ),
    dimension!(
        "soap-action",
        "SOAP 6.1.1",
        &[
            plain("documented"),
            changes("empty", &[Change::SoapAction(Some("\"\""))]),
            changes("absent", &[Change::SoapAction(None)]),
        ],
    ),
    dimension!(
        "framing",
        "RFC 9112 6, 7",
        &[
            plain("length"),
            value("one-chunk", How::Framing(Framing::ChunkedAs(ChunkForm::PLAIN))),
            value("chunks", How::Framing(Framing::ChunkedAs(ChunkForm::PLAIN.most(100)))),
            value(
                "chunk-extension",
                How::Framing(Framing::ChunkedAs(ChunkForm::PLAIN.before("{SIZE};a=b\r\n"))),
            ),
        ],
    ),
    dimension!(
        "connection",
        "RFC 9112 9",
        &[
            plain("fresh"),
            value("reused", How::Reused),
            value("close", How::Field("connection", "close")),
            value("keep-alive", How::Field("connection", "keep-alive")),
        ],
    ),
    dimension!(
        "expect",
        "RFC 9110 10.1.1",
        &[plain("none"), value("continue", How::Field("expect", "100-continue"))],
    ),
    dimension!("segments", "RFC 9112 2.2", &[plain("one"), value("before-body", How::Parted(Cut::Body))]),
    dimension!(
        "accept-encoding",
        "RFC 9110 12.5.3",
        &[plain("identity"), value("weighted", How::Field("accept-encoding", "identity;q=1, *;q=0"))],
    ),
    dimension!(
        "field-names",
        "RFC 9110 5.1",
        &[
            plain("small-letters"),
            value("capitals", How::FieldNames(NameStyle::UpperCase)),
            value("as-registered", How::FieldNames(NameStyle::AsRegistered)),
        ],
    ),
    dimension!(
        "field-space",
        "RFC 9112 5.1",
        &[
            plain("one-blank"),
            value("none", How::FieldSpace("", "")),
            value("around", How::FieldSpace(" \t ", " ")),
        ],
    ),
    dimension!(
        "extra-fields",
        "RFC 9110 5.1",
        &[
            plain("none"),
            value("cookie", How::Field("cookie", "a=b; c=d")),
            value("unknown", How::Field("x-umspec", "1")),
            value("accept", How::Field("accept", "text/xml, */*;q=0.1")),
        ],
    ),
    dimension!("target", "RFC 9112 3.2.2", &[plain("path"), value("absolute", How::Target)]),
];

/// Markup that a case writes into Envelope uses the prefix `soap`.
const SOAP_BOUND: Change = Change::Attributes(Place::Envelope, Attribute::BindsSoap);

const BLANKS: [Change; 4] = in_tags(" ");

const LINE_FEEDS: [Change; 4] = in_tags("\n\t");

const fn in_tags(white: &'static str) -> [Change; 4] {
    [
        Change::Attributes(Place::Envelope, Attribute::White(white)),
        Change::Attributes(Place::Body, Attribute::White(white)),
        Change::Attributes(Place::Operation, Attribute::White(white)),
        Change::Attributes(Place::CallId, Attribute::White(white)),
    ]
}
