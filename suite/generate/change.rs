//! The changes that variations are made of, and the tables they are drawn from.

use std::sync::LazyLock;

use super::Choices;
use crate::message::{Close, Edit, Encoding, Place};
use crate::protocol::names;

/// A place between the parts of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// After the end of an element.
    After(Place),
    /// Before the start of an element.
    Before(Place),
    /// After the root element.
    Epilog,
    /// At the start of the content of an element.
    First(Place),
    /// At the end of the content of an element.
    Last(Place),
    /// Between the XML declaration and the root element.
    Prolog,
}

/// Something to put into a [`Gap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filler {
    /// A comment, given with its delimiters.
    Comment(&'static str),
    /// White space.
    White(&'static str),
    /// A processing instruction.
    Instruction,
    /// Characters that are not white space, in one of their spellings.
    Text(&'static str),
    /// `<Extra/>` without a prefix, which takes the default namespace.
    Extra,
    /// An element in a namespace of its own.
    ForeignExtra,
    /// A second `CallId` element without a prefix, with an id that was never issued.
    SecondCallId,
    /// Markup that is ill-formed wherever it stands.
    Broken(&'static str),
}

/// Attributes to put on a start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// `xsi:schemaLocation`, which every element may carry (XSD1 3.4.4).
    SchemaLocation,
    /// An `xsi:type` that says what the schema says.
    TypeString,
    /// An attribute in a namespace of its own.
    Foreign,
    /// `xml:lang`.
    Lang,
    /// An attribute without a namespace.
    Unqualified,
    /// `xsi:nil="true"`.
    Nil,
    /// `xsi:nil="false"`.
    NotNil,
    /// Text that is ill-formed in any start tag.
    Broken(&'static str),
}

/// How the call id is spelled in CallId.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As it is, escaped where it must be.
    Plain,
    /// In two halves with a comment between them.
    Comment,
    /// In a CDATA section, as far as one can hold it.
    CData,
    /// Every character as a decimal reference.
    Decimal,
    /// Every character as a hexadecimal reference.
    Hexadecimal,
    /// Every character as a hexadecimal reference with leading zeros.
    Padded,
}

/// What stands in CallId instead of the call's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// White space.
    White(&'static str),
    /// The id with a space on either side.
    Padded,
    /// An id that no server of this service issues.
    Garbage(&'static str),
    /// This many characters, more than 512.
    Long(usize),
}

/// What the XML declaration says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// There is none.
    Nothing,
    /// A version and no encoding.
    Version,
    /// An encoding that is UTF-8 under some spelling.
    Utf8(&'static str),
    /// UTF-16.
    Utf16,
    /// An encoding that a receiver need not know.
    Foreign(&'static str),
    /// A declaration that is wrong.
    Broken(&'static str),
}

/// One change of a plain message, of which is known what it makes of it.
///
/// In the order in which shrinking prefers them: spellings, then what only concerns HTTP, then
/// faults of structure, then faults of XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Declares namespaces with apostrophes.
    SingleQuotes,
    /// Writes a byte order mark.
    Mark,
    /// Writes the XML declaration in another way.
    Declaration(Declared),
    /// Puts something between the parts.
    Fill(Gap, Filler),
    /// Writes an element with another prefix.
    Prefix(Place, &'static str),
    /// Spells the call id in another way.
    Spell(Spelling),
    /// Writes attributes on a start tag.
    Attributes(Place, Attribute),
    /// Adds a Header with an entry: its markup, and whether it must be understood by us.
    Header(HeaderEntry),
    /// Encodes in UTF-16 with a byte order mark and says so; big-endian or not.
    Wide(bool),
    /// Sets or leaves out the charset of the Content-Type.
    Charset(Option<&'static str>),
    /// Sets or leaves out SOAPAction.
    SoapAction(Option<&'static str>),
    /// Sets the media type.
    MediaType(&'static str),
    /// Uses another method.
    Method(&'static str),
    /// Puts something else into CallId.
    Value(Value),
    /// Leaves an element out.
    Delete(Place),
    /// Writes an element twice.
    Duplicate(Place),
    /// Gives an element another local name.
    Rename(Place, &'static str),
    /// Binds the prefix of an element to another namespace.
    Namespace(Place, &'static str),
    /// Ends an element in another way.
    Close(Place, End),
    /// Adds a document type declaration.
    Doctype(&'static str),
    /// Leaves out this many bytes of the root element at its end.
    Truncate(u8),
    /// Appends bytes that may not follow a document.
    Append(&'static [u8]),
}

/// How an element ends when it does not end with a tag of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As an empty-element tag.
    Empty,
    /// Not at all.
    Missing,
    /// With an end tag of this name.
    Named(&'static str),
}

/// An entry of a Header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderEntry {
    /// None at all.
    Nothing,
    /// One that need not be understood.
    Optional,
    /// One that says `mustUnderstand="0"`.
    NotMandatory,
    /// A mandatory one for another actor.
    OtherActor,
    /// A mandatory one for us.
    Mandatory,
    /// A mandatory one for the next actor, which we are.
    NextActor,
    /// One whose mustUnderstand is neither 0 nor 1.
    BadValue,
    /// One in no namespace.
    Unqualified,
}

impl HeaderEntry {
    /// The entry as markup.
    pub fn markup(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Optional => r#"<x:H xmlns:x="urn:x">h</x:H>"#,
            Self::NotMandatory => r#"<x:H xmlns:x="urn:x" soap:mustUnderstand="0"/>"#,
            Self::OtherActor => r#"<x:H xmlns:x="urn:x" soap:actor="urn:other" soap:mustUnderstand="1"/>"#,
            Self::Mandatory => r#"<x:H xmlns:x="urn:x" soap:mustUnderstand="1"/>"#,
            Self::NextActor => {
                r#"<x:H xmlns:x="urn:x" soap:actor="http://schemas.xmlsoap.org/soap/actor/next" soap:mustUnderstand="1"/>"#
            }
            Self::BadValue => r#"<x:H xmlns:x="urn:x" soap:mustUnderstand="yes"/>"#,
            Self::Unqualified => r#"<H xmlns=""/>"#,
        }
    }

    /// Whether its markup uses the prefix `soap`.
    pub(super) fn is_prefixed(self) -> bool {
        self.markup().contains("soap:")
    }
}

const COMMENTS: &[&str] =
    &["<!-- -->", "<!---->", "<!-- <CallId>x</CallId> ]]> & -->", "<!-- \u{e9}\u{1D11E} -->"];
const WHITE: &[&str] = &[" ", "\n", "\t", "\r\n ", "                                "];
const TEXTS: &[&str] = &[
    "stray",
    "&#65;",
    "<![CDATA[stray]]>",
    "&amp;",
    "\u{2003}",
    "\u{1D11E}",
    "<![CDATA[<a>]]>",
    "\u{FEFF}.",
];
/// Each is ill-formed between elements, inside CallId and outside the root.
const BROKEN: &[&str] = &[
    "]]>",
    "<q:a/>",
    "< ",
    "& ",
    "<a>",
    "</zz>",
    "&nosuch;",
    "&#0;",
    "&#x1;",
    "&#xD800;",
    "&#x110000;",
    "<!-- a--b -->",
    "<!-- a --->",
    "<1/>",
    "<a b=c/>",
    "<a b='1' b='2'/>",
    "<a b='<'/>",
    "<a b='&'/>",
    "<a b/>",
    "<a:b:c/>",
    "<a:/>",
    "\u{1}",
    "\u{FFFE}",
    " <?xml version='1.0'?>",
    "<?XML a?>",
    "<? a?>",
    "<a xmlns:p=''/>",
    "<a xmlns:xml='urn:x'/>",
    "<a q:b='1'/>",
    "<a x='1'y='2'/>",
    "<a xmlns:p='urn:x' xmlns:q='urn:x' p:b='1' q:b='2'/>",
    "<a></a ></b>",
    "<!ELEMENT a ANY>",
    "<![cdata[x]]>",
    "&#X41;",
    "&#;",
    "&;",
    "<!-- ",
];
const BROKEN_ATTRIBUTES: &[&str] = &[
    " a='1' a='2'",
    " a=1",
    " a='<'",
    " q:a='1'",
    " a='1'b='2'",
    " a",
    " xmlns:q=''",
    " a='&'",
    " 1a='x'",
    " a='&#0;'",
    " a='\u{1}'",
    " xmlns:xmlns='urn:x'",
    " =''",
    " a='\"",
];
const NAMES: &[&str] = &["Foo", "disconnect", "callId", "CALLID", "Envelop", "Disconnected", "\u{e9}"];
const BROKEN_NAMES: &[&str] = &["1a", "a:b", "-a", "\u{D7}"];
const PREFIXES: &[&str] = &["m", "", "s", "soap", "_a.b-c", "\u{e9}", "xml", "xmlns"];
const NAMESPACES: &[&str] = &[
    names::TYPES,
    names::ENVELOPE_12,
    "urn:x",
    names::MESSAGES,
    names::ENVELOPE,
    "",
    names::ERRORS,
    "http://schemas.microsoft.com/exchange/services/2006/messages/",
    "http://schemas.microsoft.com/exchange/services/2006/Messages",
    "HTTP://schemas.xmlsoap.org/soap/envelope/",
    "x &amp; y",
    names::XML,
    names::XMLNS,
];
const DOCTYPES: &[&str] = &[
    "<!DOCTYPE soap:Envelope>",
    "<!DOCTYPE soap:Envelope [<!ENTITY e 'x'>]>",
    "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'>",
    "<!DOCTYPE a PUBLIC '-//x' 'a.dtd' [<!ATTLIST a b CDATA 'c'><!-- ] -->]>",
];
const UTF8_NAMES: &[&str] = &["UTF-8", "utf-8", "Utf-8"];
const FOREIGN_NAMES: &[&str] = &["iso-8859-1", "windows-1252", "utf-7", "x"];
const BROKEN_DECLARATIONS: &[&str] = &[
    "<?xml encoding=\"utf-8\"?>",
    "<?xml version=\"1.0\" standalone=\"maybe\"?>",
    "<?xml version=\"1.0\" encoding=\"\"?>",
    " <?xml version=\"1.0\"?>",
    "<?xml version=\"1.0\" ?",
    "<?xml version=\"1.0\"encoding=\"utf-8\"?>",
    "<?xml version=1.0?>",
    "<?xml standalone=\"no\" version=\"1.0\"?>",
];
const GARBAGE: &[&str] = &["umspec-no-such-call", "0", "..", "\u{1D11E}", "&lt;Disconnect/&gt;", "a b"];
const CHARSETS: &[Option<&str>] =
    &[Some("UTF-8"), None, Some("utf-16"), Some("iso-8859-1"), Some("\"utf-8\"")];
const ACTIONS: &[Option<&str>] = &[None, Some("\"\""), Some(""), Some("\"urn:x\""), Some("Disconnect")];
const MEDIA_TYPES: &[&str] = &["application/soap+xml", "application/xml", "text/plain", "text/xmlx"];
const METHODS: &[&str] = &["PUT", "GET", "DELETE", "post", "OPTIONS"];
const APPENDED: &[&[u8]] = &[b"x ", b"\xFF", b"\xC0\xAF", b"\0", b"<a/>"];
const ENDS: &[End] = &[End::Empty, End::Missing, End::Named("x"), End::Named("soap:body"), End::Named("")];

fn pick<T: Copy>(choices: &mut impl Choices, table: &[T]) -> T {
    // Tables are not empty, and `below` stays below.
    table[choices.below(table.len())]
}

/// The places of a request that every change can name.
const PLACES: &[Place] = &[Place::CallId, Place::Operation, Place::Body, Place::Envelope];

impl Change {
    /// The change that these choices make. Every change of the tables can be reached; all zeros make
    /// the mildest.
    pub(crate) fn choose(choices: &mut impl Choices) -> Self {
        let place = |choices: &mut _| pick(choices, PLACES);
        match choices.below(24) {
            0 => Self::SingleQuotes,
            1 => Self::Mark,
            2 => Self::Declaration(match choices.below(8) {
                0 => Declared::Nothing,
                1 => Declared::Version,
                2 | 3 => Declared::Utf8(pick(choices, UTF8_NAMES)),
                4 => Declared::Utf16,
                5 => Declared::Foreign(pick(choices, FOREIGN_NAMES)),
                _ => Declared::Broken(pick(choices, BROKEN_DECLARATIONS)),
            }),
            3..=5 => {
                let gap = match choices.below(6) {
                    0 => Gap::Last(place(choices)),
                    1 => Gap::First(place(choices)),
                    2 => Gap::Before(place(choices)),
                    3 => Gap::After(place(choices)),
                    4 => Gap::Prolog,
                    _ => Gap::Epilog,
                };
                Self::Fill(
                    gap,
                    match choices.below(12) {
                        0 | 1 => Filler::White(pick(choices, WHITE)),
                        2 | 3 => Filler::Comment(pick(choices, COMMENTS)),
                        4 => Filler::Instruction,
                        5 | 6 => Filler::Text(pick(choices, TEXTS)),
                        7 => Filler::Extra,
                        8 => Filler::ForeignExtra,
                        9 => Filler::SecondCallId,
                        _ => Filler::Broken(pick(choices, BROKEN)),
                    },
                )
            }
            6 => Self::Prefix(place(choices), pick(choices, PREFIXES)),
            7 => Self::Spell(Spelling::choose(choices)),
            8 | 9 => Self::Attributes(
                place(choices),
                match choices.below(9) {
                    0 => Attribute::SchemaLocation,
                    1 => Attribute::TypeString,
                    2 => Attribute::Foreign,
                    3 => Attribute::Lang,
                    4 => Attribute::Unqualified,
                    5 => Attribute::Nil,
                    6 => Attribute::NotNil,
                    _ => Attribute::Broken(pick(choices, BROKEN_ATTRIBUTES)),
                },
            ),
            10 => Self::Header(match choices.below(8) {
                0 => HeaderEntry::Nothing,
                1 => HeaderEntry::Optional,
                2 => HeaderEntry::NotMandatory,
                3 => HeaderEntry::OtherActor,
                4 => HeaderEntry::Mandatory,
                5 => HeaderEntry::NextActor,
                6 => HeaderEntry::BadValue,
                _ => HeaderEntry::Unqualified,
            }),
            11 => Self::Wide(choices.below(2) == 1),
            12 => Self::Charset(pick(choices, CHARSETS)),
            13 => Self::SoapAction(pick(choices, ACTIONS)),
            14 => Self::MediaType(pick(choices, MEDIA_TYPES)),
            15 => Self::Method(pick(choices, METHODS)),
            16 => Self::Value(match choices.below(6) {
                0 => Value::Empty,
                1 => Value::White(pick(choices, WHITE)),
                2 => Value::Padded,
                3 | 4 => Value::Garbage(pick(choices, GARBAGE)),
                _ => Value::Long(513 + 16 * choices.below(256)),
            }),
            17 => Self::Delete(place(choices)),
            18 => Self::Duplicate(place(choices)),
            19 => {
                let names = if choices.below(4) == 3 { BROKEN_NAMES } else { NAMES };
                Self::Rename(place(choices), pick(choices, names))
            }
            20 => Self::Namespace(place(choices), pick(choices, NAMESPACES)),
            21 => Self::Close(place(choices), pick(choices, ENDS)),
            22 => Self::Doctype(pick(choices, DOCTYPES)),
            _ => match choices.below(2) {
                0 => Self::Truncate(u8::try_from(choices.below(20)).unwrap_or(0) + 1),
                _ => Self::Append(pick(choices, APPENDED)),
            },
        }
    }

    /// A change of spelling only. Two of them can still be at odds.
    #[cfg(feature = "proptest")]
    pub(crate) fn choose_spelling(choices: &mut impl Choices) -> Self {
        let gaps = [
            Gap::Prolog,
            Gap::Epilog,
            Gap::First(Place::Envelope),
            Gap::Last(Place::Envelope),
            Gap::First(Place::Body),
            Gap::Last(Place::Body),
            Gap::First(Place::Operation),
            Gap::Last(Place::Operation),
        ];
        let prefixes = ["m", "", "s", "_a.b-c", "\u{e9}", "soap"];
        match choices.below(14) {
            0 => Self::SingleQuotes,
            1 => Self::Mark,
            2 => Self::Declaration(match choices.below(3) {
                0 => Declared::Nothing,
                1 => Declared::Version,
                _ => Declared::Utf8(pick(choices, UTF8_NAMES)),
            }),
            3 | 4 => Self::Fill(pick(choices, &gaps), Filler::White(pick(choices, WHITE))),
            5 => Self::Fill(pick(choices, &gaps), Filler::Comment(pick(choices, COMMENTS))),
            6 => Self::Fill(Gap::Last(Place::CallId), Filler::Comment(pick(choices, COMMENTS))),
            7 => Self::Prefix(Place::Operation, pick(choices, &prefixes)),
            8 => Self::Prefix(Place::Envelope, pick(choices, &prefixes)),
            9 => Self::Spell(Spelling::choose(choices)),
            10 => Self::Attributes(pick(choices, PLACES), Attribute::SchemaLocation),
            11 => Self::Header(match choices.below(4) {
                0 => HeaderEntry::Nothing,
                1 => HeaderEntry::Optional,
                2 => HeaderEntry::NotMandatory,
                _ => HeaderEntry::OtherActor,
            }),
            12 => Self::Wide(choices.below(2) == 1),
            _ => match choices.below(4) {
                0 => Self::Namespace(Place::CallId, names::MESSAGES),
                1 => Self::Namespace(Place::Body, names::ENVELOPE),
                2 => Self::Attributes(Place::CallId, Attribute::TypeString),
                _ => Self::Charset(pick(choices, CHARSETS)),
            },
        }
    }

    /// The edits of the document that this change stands for; those of its bytes and of HTTP are
    /// put together for all changes of a variation at once.
    pub(super) fn document_edits(self) -> Vec<Edit> {
        let text = str::to_owned;
        match self {
            Self::SingleQuotes => vec![Edit::SingleQuotes],
            Self::Mark => vec![Edit::Mark],
            Self::Declaration(declared) => vec![Edit::Declaration(declared.markup())],
            Self::Fill(gap, filler) => {
                let markup = filler.markup();
                vec![match gap {
                    Gap::After(place) => Edit::After(place, markup),
                    Gap::Before(place) => Edit::Before(place, markup),
                    Gap::Epilog => Edit::Epilog(markup),
                    Gap::First(place) => Edit::First(place, markup),
                    Gap::Last(place) => Edit::Last(place, markup),
                    Gap::Prolog => Edit::Prolog(markup),
                }]
            }
            Self::Prefix(place, prefix) => vec![Edit::Prefix(place, text(prefix))],
            Self::Spell(spelling) => vec![Edit::Content(Place::CallId, text(spelling.markup()))],
            Self::Attributes(place, attribute) => vec![Edit::Attributes(place, text(attribute.markup()))],
            Self::Header(entry) => vec![Edit::Header(text(entry.markup()))],
            Self::Wide(big) => vec![
                Edit::Encoding(if big { Encoding::Utf16Be } else { Encoding::Utf16Le }),
                Edit::Mark,
                Edit::Declaration(None),
            ],
            Self::Value(value) => vec![Edit::Content(Place::CallId, value.markup())],
            Self::Delete(place) => vec![Edit::Delete(place)],
            Self::Duplicate(place) => vec![Edit::Duplicate(place)],
            Self::Rename(place, name) => vec![Edit::Rename(place, text(name))],
            Self::Namespace(place, uri) => vec![Edit::Namespace(place, text(uri))],
            Self::Close(place, end) => vec![Edit::Close(
                place,
                match end {
                    End::Empty => Close::Empty,
                    End::Missing => Close::Missing,
                    End::Named(name) => Close::Named(text(name)),
                },
            )],
            Self::Doctype(markup) => vec![Edit::Prolog(text(markup))],
            Self::Charset(_)
            | Self::SoapAction(_)
            | Self::MediaType(_)
            | Self::Method(_)
            | Self::Truncate(_)
            | Self::Append(_) => Vec::new(),
        }
    }
}

impl Declared {
    pub(super) fn markup(self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Version => Some(r#"<?xml version="1.0"?>"#.to_owned()),
            Self::Utf8(name) | Self::Foreign(name) => {
                Some(format!("<?xml version='1.0' encoding='{name}' standalone='yes' ?>"))
            }
            Self::Utf16 => Some(r#"<?xml version="1.0" encoding="utf-16"?>"#.to_owned()),
            Self::Broken(markup) => Some(markup.to_owned()),
        }
    }
}

impl Filler {
    fn markup(self) -> String {
        match self {
            Self::Comment(markup) | Self::White(markup) | Self::Text(markup) | Self::Broken(markup) => markup,
            Self::Instruction => "<?target data?>",
            Self::Extra => "<Extra/>",
            Self::ForeignExtra => r#"<x:Extra xmlns:x="urn:x"/>"#,
            Self::SecondCallId => "<CallId>umspec-no-such-call</CallId>",
        }
        .to_owned()
    }
}

impl Attribute {
    pub(super) fn markup(self) -> &'static str {
        match self {
            Self::SchemaLocation => {
                r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x x.xsd""#
            }
            Self::TypeString => {
                r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string""#
            }
            Self::Foreign => r#" xmlns:x="urn:x" x:a="1""#,
            Self::Lang => r#" xml:lang="en""#,
            Self::Unqualified => r#" id="1""#,
            Self::Nil => r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true""#,
            Self::NotNil => r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="false""#,
            Self::Broken(markup) => markup,
        }
    }

    /// The names it writes, as written; one that stands twice is ill-formed.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Self::SchemaLocation => &["xmlns:xsi", "xsi:schemaLocation"],
            Self::TypeString => &["xmlns:xsi", "xmlns:xs", "xsi:type"],
            Self::Foreign => &["xmlns:x", "x:a"],
            Self::Lang => &["xml:lang"],
            Self::Unqualified => &["id"],
            Self::Nil | Self::NotNil => &["xmlns:xsi", "xsi:nil"],
            Self::Broken(_) => &[],
        }
    }
}

impl Spelling {
    fn choose(choices: &mut impl Choices) -> Self {
        match choices.below(6) {
            0 => Self::Plain,
            1 => Self::Comment,
            2 => Self::CData,
            3 => Self::Decimal,
            4 => Self::Hexadecimal,
            _ => Self::Padded,
        }
    }

    fn markup(self) -> &'static str {
        match self {
            Self::Plain => "{id}",
            Self::Comment => "{head}<!-- -->{tail}",
            Self::CData => "{cdata}",
            Self::Decimal => "{dec}",
            Self::Hexadecimal => "{hex}",
            Self::Padded => "{padded}",
        }
    }
}

impl Value {
    fn markup(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::White(text) | Self::Garbage(text) => text.to_owned(),
            Self::Padded => " {id} ".to_owned(),
            Self::Long(count) => format!("{{A*{count}}}"),
        }
    }
}

/// Pieces of markup, names and namespaces that the changes are made of, for mutators and
/// dictionaries.
pub fn fragments() -> &'static [&'static str] {
    static FRAGMENTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let broken = [BROKEN, BROKEN_ATTRIBUTES, BROKEN_NAMES, BROKEN_DECLARATIONS].concat();
        let legal = [COMMENTS, WHITE, TEXTS, NAMES, PREFIXES, NAMESPACES, DOCTYPES, GARBAGE].concat();
        let attributes = [
            Attribute::SchemaLocation,
            Attribute::TypeString,
            Attribute::Foreign,
            Attribute::Lang,
            Attribute::Unqualified,
            Attribute::Nil,
        ];
        let entries = [HeaderEntry::Optional, HeaderEntry::OtherActor, HeaderEntry::Mandatory];
        let more = [
            "<?target data?>",
            "<Extra/>",
            "<x:Extra xmlns:x=\"urn:x\"/>",
            "<CallId>",
            "</CallId>",
            "<Disconnect xmlns=\"http://schemas.microsoft.com/exchange/services/2006/messages\">",
            "</Disconnect>",
            "<soap:Header>",
            "</soap:Header>",
            "<soap:Body>",
            "</soap:Body>",
            "<soap:Fault>",
            "<faultcode>",
            "<faultstring>",
            "<detail>",
            "</soap:Envelope>",
            "<![CDATA[",
            "-->",
            "?>",
            "/>",
            " xmlns=\"",
            " xmlns:soap=\"",
            " xmlns:x=\"urn:x\"",
            "&#x10FFFF;",
            "&lt;",
            "\r",
        ];
        broken
            .into_iter()
            .chain(legal)
            .chain(attributes.map(Attribute::markup))
            .chain(entries.map(HeaderEntry::markup))
            .chain(more)
            .filter(|fragment| !fragment.is_empty())
            .collect()
    });
    &FRAGMENTS
}
