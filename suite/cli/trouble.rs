use super::exit::Exit;

/// An error that the user can do something about: one line, and the exit code.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) exit: Exit,
    pub(crate) line: String,
}

impl Trouble {
    /// Wrong usage or configuration.
    pub(crate) fn usage(line: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, line: line.into() }
    }

    /// A fault of umspec itself.
    pub(crate) fn internal(line: impl Into<String>) -> Self {
        Self { exit: Exit::Internal, line: line.into() }
    }

    /// A report or a record that cannot be written out, which is a fault of ours.
    pub(crate) fn unwritten(why: &str) -> Self {
        Self::internal(format!("the report cannot be written: {why}"))
    }
}
