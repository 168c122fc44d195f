//! Strict XML 1.0 with namespaces.
//!
//! quick-xml finds the tokens; everything it leaves to its caller is checked here: legal
//! characters, names, attribute syntax, references, comments, the XML declaration, one root,
//! nothing outside it, bound prefixes, unique attributes. A document type declaration is refused
//! (SOAP 3). Size, depth and counts are bounded by [`Limits`].

mod attribute;
mod chars;
mod declaration;
mod decode;
mod outline;
mod parse;
mod reference;
mod scope;

pub(crate) use chars::{first_forbidden, is_white};
pub(crate) use chars::{is_ncname, is_xml_char, is_xml_white};
pub(crate) use decode::is_known_encoding;
pub use decode::{Decoded, decode};
pub use outline::{Attribute, Element, ElementId, Outline};

use std::fmt;

use crate::protocol::Defect;

/// Bounds of what the reader takes. Beyond them it refuses with a `Limit…` defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a message. Default 1,048,576: sixteen times WCF's `maxReceivedMessageSize`.
    pub bytes: usize,
    /// Levels of elements. Default 64: twice WCF's `maxDepth`.
    pub depth: usize,
    /// Attributes of one element, namespace declarations included. Default 256.
    pub attributes: usize,
    /// Elements of a message. Default 4,096.
    pub elements: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1_048_576, depth: 64, attributes: 256, elements: 4_096 }
    }
}

/// Why the reader refused a message, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The rule that was broken.
    pub defect: Defect,
    /// Offset in bytes from the start of the message, byte order mark included.
    pub at: usize,
}

impl Refusal {
    pub(crate) fn new(defect: Defect, at: usize) -> Self {
        Self { defect, at }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.defect, self.at)
    }
}

impl std::error::Error for Refusal {}
