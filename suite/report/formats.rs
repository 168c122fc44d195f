use std::fmt;

use super::{View, badge, har, html, json_lines, junit, markdown, sarif, tap, wfc};

/// A report for another program, which the command line writes to a file.
#[derive(Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is and who reads it, to follow "Write".
    pub about: &'static str,
    /// How names of its files usually end, without the dot.
    pub extension: &'static str,
    /// Writes it out, or says why it cannot.
    pub write: fn(&View<'_>) -> Result<String, String>,
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}

impl Format {
    /// The format with this name.
    pub fn find(name: &str) -> Option<Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }
}

/// Every format: a file of this room each, and a row here.
pub const FORMATS: &[Format] = &[
    Format {
        name: "badge",
        about: "the conclusion for a badge of shields.io",
        extension: "json",
        write: badge,
    },
    Format { name: "har", about: "the exchanges as an HTTP archive (HAR 1.2)", extension: "har", write: har },
    Format {
        name: "html",
        about: "a page for people, which needs nothing but itself",
        extension: "html",
        write: |view| html(*view).map_err(|error| error.to_string()),
    },
    Format {
        name: "jsonl",
        about: "the run, its cases and findings as JSON, one to a line",
        extension: "jsonl",
        write: json_lines,
    },
    Format {
        name: "junit",
        about: "a JUnit report",
        extension: "xml",
        write: |view| junit(*view).map_err(|error| error.to_string()),
    },
    Format {
        name: "markdown",
        about: "a summary in Markdown, such as for a job on GitHub",
        extension: "md",
        write: markdown,
    },
    Format {
        name: "sarif",
        about: "the findings for code scanning (SARIF 2.1.0)",
        extension: "sarif",
        write: sarif,
    },
    Format {
        name: "tap",
        about: "a report of the Test Anything Protocol (TAP 14)",
        extension: "tap",
        write: tap,
    },
    Format { name: "wfc", about: "a report of Web Fuzzing Commons", extension: "json", write: wfc },
];
