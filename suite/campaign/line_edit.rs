//! Changes around a message that mean nothing to a server of HTTP/1.1: how it goes over a connection, and fields
//! and blanks beside what counts.

use serde::{Deserialize, Serialize};

use crate::message::{ChunkForm, Cut, Edit, FieldStyle, Framing, NameStyle, Place};
use crate::protocol::{RequirementId, req};

/// One such change, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct LineEdit(u8);

const EXTENSION: ChunkForm =
    ChunkForm::PLAIN.before("{SIZE};name=\"value\"\r\n").last("0\r\nx-trailer: 1\r\n\r\n");

/// All of them. Names are written into reproducers and mean the same from version to version.
const NAMES: [&str; 24] = [
    "chunked-whole",
    "chunked-by-seven",
    "chunked-by-byte",
    "chunked-with-extension",
    "chunked-in-capitals",
    "names-as-registered",
    "names-in-capitals",
    "names-mixed",
    "no-blank-after-colon",
    "tab-after-colon",
    "blanks-at-end",
    "absolute-target",
    "http-1.0",
    "extra-field",
    "body-apart",
    "within-line-end",
    "within-head-end",
    "after-another",
    "after-three-others",
    "expects-continue",
    "closes",
    "cookie",
    "soap-action-empty",
    "blank-in-tag",
];

impl LineEdit {
    /// How many there are.
    pub(super) const COUNT: usize = NAMES.len();

    /// The one with this number, counted around.
    pub(super) fn number(number: usize) -> Self {
        // There are far fewer than 256.
        Self(u8::try_from(number % NAMES.len()).unwrap_or(0))
    }

    /// Its name.
    pub fn word(self) -> &'static str {
        NAMES[usize::from(self.0) % NAMES.len()]
    }

    /// The part of a request that it changes: of two that change the same, the later counts.
    pub(super) fn part(self) -> &'static str {
        match self.word() {
            name if name.starts_with("chunked") || matches!(name, "http-1.0" | "expects-continue") => {
                "framing"
            }
            "after-another" | "after-three-others" => "before",
            "closes" => "connection",
            "cookie" => "cookie",
            "soap-action-empty" => "action",
            "blank-in-tag" => "tag",
            "absolute-target" => "target",
            "extra-field" => "fields",
            "body-apart" | "within-line-end" | "within-head-end" => "segments",
            _ => "spelling",
        }
    }

    /// The one of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMES.iter().position(|known| *known == name).map(Self::number)
    }

    /// The neutral dimension that it lies on, by its name.
    pub(super) fn dimension(self) -> &'static str {
        match (self.part(), self.word()) {
            (_, "expects-continue") => "expect",
            ("before" | "connection", _) => "connection",
            ("cookie" | "fields", _) => "extra-fields",
            ("action", _) => "soap-action",
            ("tag", _) => "tag-space",
            ("spelling", name) if name.starts_with("names") => "field-names",
            ("spelling", _) => "field-space",
            (part, _) => part,
        }
    }

    /// The edits that make it.
    pub(super) fn edits(self) -> Vec<Edit> {
        // Whoever waits has to say so.
        let says = Edit::HttpHeader("expect".to_owned(), Some("100-continue".to_owned()));
        std::iter::once(self.edit()).chain(self.is_held().then_some(says)).collect()
    }

    /// Whether the body is held back until the server asks for it, which it may refuse to do.
    pub(super) fn is_held(self) -> bool {
        self.word() == "expects-continue"
    }

    fn edit(self) -> Edit {
        let named = |names| Edit::Fields(FieldStyle::named(names));
        let spaced = |before, after| Edit::Fields(FieldStyle::spaced(before, after));
        let field = |name: &str, value: &str| Edit::HttpHeader(name.to_owned(), Some(value.to_owned()));
        let segments = |cut| Edit::Segments(vec![cut]);
        match self.word() {
            "chunked-by-seven" => Edit::Framing(Framing::Chunked(7)),
            "chunked-by-byte" => Edit::Framing(Framing::Chunked(1)),
            "chunked-with-extension" => Edit::Framing(Framing::ChunkedAs(EXTENSION)),
            "chunked-in-capitals" => Edit::Framing(Framing::Coded("Chunked", true)),
            "names-as-registered" => named(NameStyle::AsRegistered),
            "names-in-capitals" => named(NameStyle::UpperCase),
            "names-mixed" => named(NameStyle::Mixed),
            "no-blank-after-colon" => spaced("", ""),
            "tab-after-colon" => spaced("\t", ""),
            "blanks-at-end" => spaced(" ", "  "),
            "absolute-target" => Edit::AbsoluteTarget,
            "http-1.0" => Edit::Framing(Framing::Http10),
            "extra-field" => Edit::HttpHeaderAlso("x-umspec".to_owned(), "1".to_owned()),
            "body-apart" => segments(Cut::Body),
            "within-line-end" => segments(Cut::LineEnd),
            "within-head-end" => segments(Cut::HeadEnd),
            "after-another" => Edit::Preceded(1),
            "after-three-others" => Edit::Preceded(3),
            "expects-continue" => Edit::Framing(Framing::Held),
            "closes" => field("connection", "close"),
            "cookie" => field("cookie", "umspec=1"),
            "soap-action-empty" => field("soapaction", "\"\""),
            "blank-in-tag" => Edit::Attributes(Place::Operation, " ".to_owned()),
            // The only one left.
            _ => Edit::Framing(Framing::Chunked(65_536)),
        }
    }

    /// Whether it leaves SOAPAction in a form that a server may object to.
    pub(super) fn has_odd_action(self) -> bool {
        self.part() == "action"
    }

    /// What a server goes against that does not take it.
    pub(super) fn requirement(self) -> RequirementId {
        match self.part() {
            "framing" if self.word() == "expects-continue" => req::CONTINUE_SENT,
            "framing" if self.word() != "http-1.0" => req::CHUNKED_REQUEST,
            "before" => req::SHARED_CONNECTION,
            "segments" => req::UNAMBIGUOUS_FRAMING,
            _ => req::SUCCESS_STATUS_2XX,
        }
    }
}

impl From<LineEdit> for &'static str {
    fn from(edit: LineEdit) -> Self {
        edit.word()
    }
}

impl TryFrom<String> for LineEdit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::named(&text).ok_or_else(|| format!("no change of a connection is named {text:?}"))
    }
}
