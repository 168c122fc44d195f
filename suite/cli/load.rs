//! Reading records from files.

use std::io::Read as _;
use std::path::Path;

use super::trouble::Trouble;
use umspec::message::told;
use umspec::record::{LoadError, Record};
use umspec::run::MAX_KEPT;

/// Reads a record from a file.
pub(crate) fn load(path: &Path) -> Result<Record, Trouble> {
    Record::load(&read(path)?).map_err(|error| unreadable(path, &error))
}

/// Reads two records side by side: to read one takes longer than all that is made of it.
pub(crate) fn load_both(one: &Path, other: &Path) -> Result<(Record, Record), Trouble> {
    if [one, other].contains(&Path::new("-")) {
        return Ok((load(one)?, load(other)?));
    }
    let (one, other) = std::thread::scope(|scope| {
        let beside = scope.spawn(|| load(other));
        (load(one), beside.join())
    });
    // A panic is no trouble of the file, and goes on as one.
    Ok((one?, other.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?))
}

/// Why a file holds no record that can be read.
pub(crate) fn unreadable(path: &Path, error: &LoadError) -> Trouble {
    // What is no record may be named by what stands in it.
    Trouble::usage(format!("{}: {}", path.display(), told(&error.to_string())))
}

/// Longest record that is read, in bytes, unless the environment variable [`LONGER`] names another length: a run
/// leaves less that keeps as much as it may by default ([`MAX_KEPT`]), in base64 and with what it sent.
const MAX_RECORD: u64 = 5 * MAX_KEPT as u64;

/// The variable by which longer records are read.
const LONGER: &str = "UMSPEC_MAX_RECORD";

fn most() -> u64 {
    std::env::var(LONGER).ok().and_then(|text| text.parse().ok()).unwrap_or(MAX_RECORD)
}

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let (mut bytes, most) = (Vec::new(), most());
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(most.saturating_add(1)).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes))
    };
    read.map_err(|error| Trouble::usage(format!("cannot read {}: {error}", path.display())))?;
    if bytes.len() as u64 > most {
        let line = format!("{}: longer than {most} bytes; {LONGER}=BYTES reads longer ones", path.display());
        return Err(Trouble::usage(line));
    }
    Ok(bytes)
}
