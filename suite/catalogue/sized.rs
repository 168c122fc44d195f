//! Parts of a message of any size, to see how the time grows that a reader takes for them.

use crate::message::{Edit, Place};
use crate::protocol::InputClass;

/// A part of a request that can be of any size.
#[derive(Debug, Clone, Copy)]
pub(super) struct SizedPart {
    /// What it is, in kebab case.
    pub name: &'static str,
    /// What the message holds, in words.
    pub about: &'static str,
    /// How it is written with about this many characters.
    pub edit: fn(usize) -> Edit,
}

impl SizedPart {
    /// The class of a request with it.
    pub(super) fn class(&self) -> InputClass {
        match (self.edit)(0) {
            Edit::Before(_, markup) if markup.starts_with("<?") => InputClass::ProcessingInstruction,
            _ => InputClass::OptionalHeader,
        }
    }
}

/// What there may be much of.
pub(super) const SIZED_PARTS: &[SizedPart] = &[
    SizedPart {
        name: "reference-zeros",
        about: "a reference with zeros by the ten thousand",
        edit: |size| entry("", &format!("&#{}97;", "0".repeat(size))),
    },
    SizedPart {
        name: "references",
        about: "escaped ampersands by the ten thousand",
        edit: |size| entry("", &"&amp;".repeat(size / 5)),
    },
    SizedPart {
        name: "instruction-brackets",
        about: "an instruction with closing angle brackets by the ten thousand",
        edit: |size| Edit::Before(Place::Body, format!("<?a {}?>", ">".repeat(size))),
    },
    SizedPart {
        name: "comment-hyphens",
        about: "a comment with hyphens by the ten thousand",
        edit: |size| Edit::Before(Place::Body, format!("<!--{}-->", " -".repeat(size / 2) + " ")),
    },
    SizedPart {
        name: "section-brackets",
        about: "a CDATA section with brackets by the ten thousand",
        edit: |size| entry("", &format!("<![CDATA[{}]]>", "]]".repeat(size / 2) + " ")),
    },
    SizedPart {
        name: "pieces",
        about: "text in pieces by the ten thousand, with comments between",
        edit: |size| entry("", &"a<!---->".repeat(size / 8)),
    },
    SizedPart {
        name: "blanks-in-tag",
        about: "a start tag with blanks by the ten thousand",
        edit: |size| entry(&" ".repeat(size), ""),
    },
    SizedPart {
        name: "blanks-in-text",
        about: "text that ends after blanks by the ten thousand",
        edit: |size| entry("", &format!("{}a", " ".repeat(size))),
    },
    SizedPart {
        name: "attributes",
        about: "attributes by the thousand on one element",
        edit: |size| entry(&(0..size / 11).map(|number| format!(" a{number:05}=''")).collect::<String>(), ""),
    },
    SizedPart {
        name: "declarations",
        about: "namespace declarations by the thousand on one element",
        edit: |size| {
            entry(
                &(0..size / 20)
                    .map(|number| format!(" xmlns:p{number:05}='u{number:05}'"))
                    .collect::<String>(),
                "",
            )
        },
    },
    SizedPart {
        name: "elements",
        about: "elements by the ten thousand beside each other",
        edit: |size| entry("", &"<x:b/>".repeat(size / 6)),
    },
];

fn entry(attributes: &str, content: &str) -> Edit {
    Edit::Header(format!(r#"<x:a xmlns:x="urn:umspec:x"{attributes}>{content}</x:a>"#))
}
