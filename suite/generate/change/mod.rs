//! The changes that variations are made of, and the tables they are drawn from.

mod markup;
mod tables;

pub use tables::fragments;

use crate::message::Place;

/// A place between the parts of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
    /// A declaration that binds the prefix `soap` to the envelope's namespace.
    BindsSoap,
    /// A declaration of the default namespace as that of the messages.
    BindsMessages,
    /// A declaration of a prefix that nothing uses.
    BindsUnused,
    /// White space where an attribute could stand.
    White(&'static str),
    /// Text that is ill-formed in any start tag.
    Broken(&'static str),
}

/// How the call id is spelled in CallId.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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

impl Change {
    /// What kind of change it is, in a word that is the same whatever it puts where.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SingleQuotes => "single-quotes",
            Self::Mark => "mark",
            Self::Declaration(_) => "declaration",
            Self::Fill(_, filler) => match filler {
                Filler::Comment(_) => "comment",
                Filler::White(_) => "white-space",
                Filler::Instruction => "instruction",
                Filler::Text(_) => "text",
                Filler::Extra | Filler::ForeignExtra => "extra-element",
                Filler::SecondCallId => "second-call-id",
                Filler::Broken(_) => "broken-markup",
            },
            Self::Prefix(..) => "prefix",
            Self::Spell(spelling) => match spelling {
                Spelling::Plain => "id-plain",
                Spelling::Comment => "id-with-comment",
                Spelling::CData => "id-in-cdata",
                Spelling::Decimal | Spelling::Hexadecimal | Spelling::Padded => "id-in-references",
            },
            Self::Attributes(_, Attribute::Broken(_)) => "broken-attribute",
            Self::Attributes(..) => "attribute",
            Self::Header(_) => "header-entry",
            Self::Wide(_) => "utf-16",
            Self::Charset(_) => "charset",
            Self::SoapAction(_) => "soap-action",
            Self::MediaType(_) => "media-type",
            Self::Method(_) => "method",
            Self::Value(_) => "value",
            Self::Delete(_) => "delete",
            Self::Duplicate(_) => "duplicate",
            Self::Rename(..) => "rename",
            Self::Namespace(..) => "namespace",
            Self::Close(..) => "close",
            Self::Doctype(_) => "doctype",
            Self::Truncate(_) => "truncate",
            Self::Append(_) => "append",
        }
    }

    /// Where it is made, in a word; empty for the message as a whole.
    pub fn place(&self) -> &'static str {
        match self {
            Self::Fill(gap, _) => match gap {
                Gap::Prolog => "prolog",
                Gap::Epilog => "epilog",
                Gap::After(place) | Gap::Before(place) | Gap::First(place) | Gap::Last(place) => place.word(),
            },
            Self::Prefix(place, _)
            | Self::Attributes(place, _)
            | Self::Delete(place)
            | Self::Duplicate(place)
            | Self::Rename(place, _)
            | Self::Namespace(place, _)
            | Self::Close(place, _) => place.word(),
            Self::Spell(_) | Self::Value(_) => Place::CallId.word(),
            _ => "",
        }
    }
}
