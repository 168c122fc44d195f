//! Reading records from files.

use std::io::Read as _;
use std::path::Path;

use super::trouble::Trouble;
use umspec::message::told;
use umspec::record::{LoadError, Record};

/// Reads a record from a file.
pub(crate) fn load(path: &Path) -> Result<Record, Trouble> {
    Record::load(&read(path)?).map_err(|error| unreadable(path, &error))
}

/// Why a file holds no record that can be read.
pub(crate) fn unreadable(path: &Path, error: &LoadError) -> Trouble {
    // What is no record may be named by what stands in it.
    Trouble::usage(format!("{}: {}", path.display(), told(&error.to_string())))
}

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| Trouble::usage(format!("cannot read {}: {error}", path.display())))
}
