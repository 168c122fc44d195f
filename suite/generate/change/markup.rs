//! Changes as edits and markup.

use super::{Attribute, Change, Declared, End, Filler, Gap, HeaderEntry, Spelling, Value};
use crate::message::{Close, Edit, Encoding, Place};
use crate::protocol::names;

impl Change {
    /// The edits of the document that this change stands for; those of its bytes and of HTTP are
    /// put together for all changes of a variation at once.
    pub(in crate::generate) fn document_edits(self) -> Vec<Edit> {
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
    pub(in crate::generate) fn is_prefixed(self) -> bool {
        self.markup().contains("soap:")
    }
}

impl Declared {
    pub(in crate::generate) fn markup(self) -> Option<String> {
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
    pub(in crate::generate) fn markup(self) -> &'static str {
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
            Self::BindsSoap => r#" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/""#,
            Self::BindsMessages => r#" xmlns="http://schemas.microsoft.com/exchange/services/2006/messages""#,
            Self::BindsUnused => r#" xmlns:unused="urn:x""#,
            Self::Broken(markup) | Self::White(markup) => markup,
        }
    }

    /// The prefix that it binds, and to what.
    pub(in crate::generate) fn binds(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::BindsSoap => Some(("soap", names::ENVELOPE)),
            Self::BindsMessages => Some(("", names::MESSAGES)),
            Self::BindsUnused => Some(("unused", "urn:x")),
            _ => None,
        }
    }

    /// The names it writes, as written; one that stands twice is ill-formed.
    pub(in crate::generate) fn names(self) -> &'static [&'static str] {
        match self {
            Self::SchemaLocation => &["xmlns:xsi", "xsi:schemaLocation"],
            Self::TypeString => &["xmlns:xsi", "xmlns:xs", "xsi:type"],
            Self::Foreign => &["xmlns:x", "x:a"],
            Self::Lang => &["xml:lang"],
            Self::Unqualified => &["id"],
            Self::Nil | Self::NotNil => &["xmlns:xsi", "xsi:nil"],
            Self::BindsSoap => &["xmlns:soap"],
            Self::BindsMessages => &["xmlns"],
            Self::BindsUnused => &["xmlns:unused"],
            Self::Broken(_) | Self::White(_) => &[],
        }
    }
}

impl Spelling {
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
