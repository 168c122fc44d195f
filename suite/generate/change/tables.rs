//! What changes are drawn from.

use std::sync::LazyLock;

use super::{Attribute, Change, Declared, End, Filler, Gap, HeaderEntry, Spelling, Value};
use crate::generate::Choices;
use crate::message::Place;
use crate::protocol::names;

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
/// No two of them, one after the other, may make a legal one: ` a` and ` =''` did.
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
    " ''",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::Variation;
    use crate::message::{Ids, read_request};

    /// Two broken pieces side by side do not mend each other: ` a` and ` =''` once did.
    #[test]
    fn broken_pieces_stay_broken_together() {
        let mut pairs = Vec::new();
        for &place in PLACES {
            for (one, other) in
                BROKEN_ATTRIBUTES.iter().flat_map(|a| BROKEN_ATTRIBUTES.iter().map(move |b| (a, b)))
            {
                let broken = |text| Change::Attributes(place, Attribute::Broken(text));
                pairs.push(vec![broken(one), broken(other)]);
            }
        }
        for gap in [Gap::Last(Place::CallId), Gap::First(Place::Body), Gap::Prolog, Gap::Epilog] {
            let fillers = BROKEN
                .iter()
                .map(|text| Filler::Broken(text))
                .chain([Filler::White(" "), Filler::Instruction]);
            let fillers: Vec<Filler> = fillers.chain(TEXTS.iter().map(|text| Filler::Text(text))).collect();
            for (one, other) in BROKEN.iter().flat_map(|a| fillers.iter().map(move |b| (a, b))) {
                let broken = Change::Fill(gap, Filler::Broken(one));
                pairs.push(vec![broken, Change::Fill(gap, *other)]);
                pairs.push(vec![Change::Fill(gap, *other), broken]);
            }
        }
        for changes in pairs {
            let variation = Variation { changes };
            let read = read_request(&variation.write(&Ids::default()).body, None);
            let ill_formed = read.as_ref().is_err_and(|refusal| refusal.defect.is_ill_formed());
            assert!(ill_formed, "{variation:?}: {read:?}");
        }
    }
}
