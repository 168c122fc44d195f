//! Requests that hold much of one thing, and their twins of the same size that do not.

use serde::{Deserialize, Serialize};

use crate::message::{Draft, Edit, Ids, Place};
use crate::protocol::{RequirementId, req};

/// What there is much of. Each keeps the request what it is. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mass {
    /// Attributes of Envelope.
    Attributes,
    /// Comments around the id.
    Comments,
    /// Namespaces declared on Envelope.
    Declarations,
    /// Elements within each other, in a header entry.
    Depth,
    /// Header fields of HTTP.
    Fields,
    /// Header entries.
    HeaderEntries,
    /// Characters of the id.
    LengthOfId,
    /// Characters of the prefix of Envelope.
    LengthOfPrefix,
    /// Characters of the id that are written as references.
    References,
    /// CDATA sections in the id.
    Sections,
    /// White space between elements.
    WhiteSpace,
}

/// So many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grown {
    /// What there is much of.
    pub what: Mass,
    /// How many.
    pub count: usize,
}

impl Mass {
    /// All of them.
    pub(super) const ALL: [Self; 11] = [
        Self::Attributes,
        Self::Comments,
        Self::Declarations,
        Self::Depth,
        Self::Fields,
        Self::HeaderEntries,
        Self::LengthOfId,
        Self::LengthOfPrefix,
        Self::References,
        Self::Sections,
        Self::WhiteSpace,
    ];

    /// Its name in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Attributes => "attributes",
            Self::Comments => "comments",
            Self::Declarations => "declarations",
            Self::Depth => "depth",
            Self::Fields => "fields",
            Self::HeaderEntries => "header entries",
            Self::LengthOfId => "length of the id",
            Self::LengthOfPrefix => "length of a prefix",
            Self::References => "references",
            Self::Sections => "CDATA sections",
            Self::WhiteSpace => "white space",
        }
    }

    /// What a server goes against whose time grows faster than this does.
    pub(super) fn requirement(self) -> RequirementId {
        match self {
            Self::Attributes | Self::Declarations | Self::LengthOfPrefix => req::NAMES_BOUNDED,
            Self::Depth => req::DEPTH_BOUNDED,
            _ => req::SIZE_BOUNDED,
        }
    }
}

impl Grown {
    /// It in words.
    pub(super) fn told(&self) -> String {
        format!("{} of {}", self.count, self.what.word())
    }

    /// The edits that make it.
    pub(super) fn edits(&self) -> Vec<Edit> {
        let Self { what, count } = *self;
        let numbered = |one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
        match what {
            Mass::Attributes => {
                let all = numbered(&|at| format!(" x:a{at}=\"\""));
                vec![Edit::Attributes(Place::Envelope, format!(" xmlns:x=\"urn:x\"{all}"))]
            }
            Mass::Comments => vec![Edit::First(Place::Body, "<!---->".repeat(count))],
            Mass::Declarations => {
                vec![Edit::Attributes(Place::Envelope, numbered(&|at| format!(" xmlns:n{at}=\"urn:n\"")))]
            }
            Mass::Depth => {
                let nested = format!("{}{}", "<x:e>".repeat(count), "</x:e>".repeat(count));
                vec![Edit::Header(format!("<x:e xmlns:x=\"urn:x\">{nested}</x:e>"))]
            }
            Mass::Fields => {
                (0..count).map(|at| Edit::HttpHeaderAlso(format!("x-umspec-{at}"), "1".to_owned())).collect()
            }
            Mass::HeaderEntries => vec![Edit::Header("<e xmlns=\"urn:x\"/>".repeat(count))],
            Mass::LengthOfId => vec![Edit::Content(Place::CallId, "x".repeat(count))],
            Mass::LengthOfPrefix => vec![Edit::Prefix(Place::Envelope, "p".repeat(count.max(1)))],
            Mass::References => vec![Edit::Content(Place::CallId, "&#120;".repeat(count))],
            Mass::Sections => vec![Edit::Content(Place::CallId, "<![CDATA[x]]>".repeat(count))],
            Mass::WhiteSpace => vec![Edit::First(Place::Body, "\n".repeat(count))],
        }
    }

    /// The edits of its twin: a request of the same size in bytes, which holds one of what this has many of.
    pub(super) fn twin(&self) -> Vec<Edit> {
        let ids = Ids::default();
        let (one, all) = (Draft::disconnect(&[]).write(&ids), Draft::disconnect(&self.edits()).write(&ids));
        if self.what == Mass::Fields {
            let size = |fields: &[(String, String)]| {
                fields.iter().map(|(name, value)| name.len() + value.len() + 4).sum::<usize>()
            };
            let more = size(&all.headers).saturating_sub(size(&one.headers) + "x-umspec: \r\n".len());
            return vec![Edit::HttpHeaderAlso("x-umspec".to_owned(), "1".repeat(more.max(1)))];
        }
        let more = all.body.len().saturating_sub(one.body.len() + "<!---->".len());
        vec![Edit::Prolog(format!("<!--{}-->", "x".repeat(more)))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::read_request;

    #[test]
    fn a_twin_is_as_large_and_both_are_messages_that_a_reader_takes() {
        let ids = Ids::default();
        for what in Mass::ALL {
            // The id of the plain request has a length already.
            let count = if what == Mass::LengthOfId { 256 } else { 16 };
            let grown = Grown { what, count };
            let all = Draft::disconnect(&grown.edits()).write(&ids);
            let twin = Draft::disconnect(&grown.twin()).write(&ids);
            assert!(read_request(&all.body, None).is_ok(), "{what:?}");
            assert!(read_request(&twin.body, None).is_ok(), "{what:?}");
            assert!(all.body.len().abs_diff(twin.body.len()) < 40, "{what:?}");
        }
    }
}
