use std::fmt;

use super::{View, html, junit};

/// A report for another program, which the command line writes to a file.
#[derive(Clone, Copy)]
pub struct Format {
    /// Its name, and that of the option that asks for it.
    pub name: &'static str,
    /// What it is, to follow "Write".
    pub about: &'static str,
    /// Writes it out, or says why it cannot.
    pub write: fn(&View<'_>) -> Result<String, String>,
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}

/// Every format: a file of this room each, and a row here.
pub const FORMATS: &[Format] = &[
    Format {
        name: "html",
        about: "a page for people, which needs nothing but itself,",
        write: |view| html(*view).map_err(|error| error.to_string()),
    },
    Format {
        name: "junit",
        about: "a JUnit report",
        write: |view| junit(*view).map_err(|error| error.to_string()),
    },
];
