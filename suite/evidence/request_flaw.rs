//! What is wrong with how a request was written on the line (RFC 9112), as facts.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that HTTP/1 does not allow in a request. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RequestFlaw {
    /// CR without LF within a line (RFC 9112 2.2).
    BareCr,
    /// LF without CR at the end of a line (RFC 9112 2.2).
    BareLf,
    /// White space between the name of a field and its colon (RFC 9112 5.1).
    BlankBeforeColon,
    /// A line around a chunk that does not end with CR and LF (RFC 9112 7.1).
    ChunkLineEnd,
    /// A chunk whose size is no hexadecimal number, or not the length of the chunk (RFC 9112 7.1).
    ChunkSize,
    /// The body comes in chunks, and what ends the last of them does not come (RFC 9112 7.1).
    ChunksUnended,
    /// The coding chunked is named more than once (RFC 9112 6.1).
    CodingTwice,
    /// A control character in the value of a field (RFC 9110 5.5).
    ControlInField,
    /// Less of the body came than its length (RFC 9112 6.3).
    Cut,
    /// An empty line before the request line (RFC 9112 2.2).
    EmptyLineFirst,
    /// A field that goes on in the next line (RFC 9112 5.2).
    Folded,
    /// Content-Length is no number, or several that differ (RFC 9112 6.3).
    LengthInvalid,
    /// Content-Length is told more than once, with one value (RFC 9110 5.3, 8.6).
    LengthTwice,
    /// A line that is no field (RFC 9112 5).
    NoField,
    /// A body comes, and nothing tells its length (RFC 9112 6.3).
    NoLength,
    /// The last transfer coding is not chunked (RFC 9112 6.1).
    NotFinal,
    /// A first line that is not a method, a target and a version with one blank between them (RFC 9112 3).
    RequestLine,
    /// Bytes behind the body that begin no request (RFC 9112 2.2, 6.3).
    Surplus,
    /// A target with what no target may hold, such as a fragment (RFC 9112 3.2).
    Target,
    /// A version that is not written as HTTP writes it (RFC 9112 2.3).
    Version,
}

impl fmt::Display for RequestFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BareCr => "a CR without LF within a line",
            Self::BareLf => "a line that ends with a bare LF",
            Self::BlankBeforeColon => "white space before the colon of a field",
            Self::ChunkLineEnd => "a line around a chunk that does not end with CR and LF",
            Self::ChunkSize => "the size of a chunk is not its length in hexadecimal digits",
            Self::ChunksUnended => "nothing ends the last chunk",
            Self::CodingTwice => "chunked is named more than once",
            Self::ControlInField => "a control character in the value of a field",
            Self::Cut => "less of the body came than its length",
            Self::EmptyLineFirst => "an empty line before the request line",
            Self::Folded => "a field folded over two lines",
            Self::LengthInvalid => "Content-Length is no number, or several that differ",
            Self::LengthTwice => "Content-Length is told more than once",
            Self::NoField => "a line that is no field",
            Self::NoLength => "a body came, and nothing tells its length",
            Self::NotFinal => "the last transfer coding is not chunked",
            Self::RequestLine => "the request line is not method, target and version with one blank between",
            Self::Surplus => "bytes behind the body that begin no request",
            Self::Target => "the target holds what no target may hold",
            Self::Version => "the version is not written as HTTP writes it",
        })
    }
}

/// What is wrong with a request, and the line that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlawedLine {
    /// What is wrong.
    pub flaw: RequestFlaw,
    /// The first line of which that is so, as it came, at most [`FlawedLine::LONGEST`] characters of it; empty
    /// where no line shows it, or where it differs from request to request of a client and tells nothing.
    pub line: String,
    /// The field that the line belongs to, or follows; for who has to hide its value.
    #[serde(skip)]
    pub field: Option<String>,
}

impl FlawedLine {
    /// Most characters of a line that are kept.
    pub const LONGEST: usize = 200;

    /// What is wrong, and the line that shows it, where one does.
    pub fn words(&self) -> String {
        if self.line.is_empty() { self.flaw.to_string() } else { format!("{}: {}", self.flaw, self.line) }
    }

    /// Notes something that is wrong, unless the same was noted before.
    pub fn note(flaws: &mut Vec<Self>, flaw: RequestFlaw, line: &[u8], field: Option<&str>) {
        if flaws.iter().any(|known| known.flaw == flaw) {
            return;
        }
        // A character has four bytes at most.
        let start = &line[..line.len().min(4 * Self::LONGEST)];
        let line = String::from_utf8_lossy(start).chars().take(Self::LONGEST).collect();
        flaws.push(Self { flaw, line, field: field.map(str::to_owned) });
    }
}
