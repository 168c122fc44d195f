//! Printing. A reader that went away (`umspec list | head`) is no error; everything else is.

use std::io::{self, ErrorKind, IsTerminal as _, Write};
use std::path::Path;

use super::exit::Exit;
use super::trouble::Trouble;
use umspec::message::visible;

/// Prints to standard output; escape codes only where they belong.
///
/// # Errors
/// When it cannot be written, as on a full disk.
pub(crate) fn say(text: &str) -> Result<(), Trouble> {
    written(anstream::stdout().lock(), text.as_bytes())
}

/// Prints text of others to standard output: as it is for a program, in visible characters on a terminal.
///
/// # Errors
/// When it cannot be written, as on a full disk.
pub(crate) fn say_as_it_is(text: &str) -> Result<(), Trouble> {
    if io::stdout().is_terminal() { say(&visible(text)) } else { say_bytes(text.as_bytes()) }
}

/// Prints bytes of our own to standard output as they are.
///
/// # Errors
/// When they cannot be written, as on a full disk.
pub(crate) fn say_bytes(bytes: &[u8]) -> Result<(), Trouble> {
    written(io::stdout().lock(), bytes)
}

/// Writes a file, or to standard output for `-`.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    if path == Path::new("-") {
        return say_bytes(bytes);
    }
    std::fs::File::create(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| Trouble::usage(format!("cannot write {}: {error}", path.display())))
}

/// Prints to standard error. Where that cannot be written, nobody can be told.
pub(crate) fn complain(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

fn written(mut out: impl Write, bytes: &[u8]) -> Result<(), Trouble> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let line = format!("cannot write to standard output: {error}");
            Err(Trouble { exit: Exit::Usage, line })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
