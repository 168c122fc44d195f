//! Known deviations: reading their file, and writing a first one.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::KnownArgs;
use super::exit::Exit;
use super::load::load;
use super::output::say;
use super::trouble::Trouble;
use umspec::message::told;
use umspec::record::Record;
use umspec::record::known::{Accounting, Date, KnownDeviations, TemplateOptions, template};

/// A file of known deviations.
pub(crate) struct Known(KnownDeviations);

impl Known {
    /// Reads a file. A name in it that no case has, in this version or among those planned in a record, ends
    /// the command before it has begun.
    pub(crate) fn load(path: &Path, planned: &[String]) -> Result<Self, Trouble> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Trouble::usage(format!("cannot read the known deviations in {}: {error}", path.display()))
        })?;
        let known = KnownDeviations::parse(&text)
            .map_err(|error| Trouble::usage(format!("{}: {error}", path.display())))?;
        if let Some((deviation, names)) = known.unmatched(planned).first() {
            let names = names.join(", ");
            let line = format!("no case matches {}; `umspec list` shows the ids", told(&names));
            let line = format!("{}: line {}: {line}", path.display(), deviation.line);
            return Err(Trouble { exit: Exit::NothingSelected, line });
        }
        Ok(Self(known))
    }

    /// The deviations themselves.
    pub(crate) fn deviations(self) -> KnownDeviations {
        self.0
    }

    /// What becomes of them in a run, today.
    pub(crate) fn account(&self, record: &Record) -> Accounting {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let today = Date::of_unix_ms(u64::try_from(since.as_millis()).unwrap_or(u64::MAX));
        self.0.account(record, today)
    }
}

/// Writes a first file.
pub(crate) fn known(args: &KnownArgs) -> Result<Exit, Trouble> {
    say(&template(&load(&args.record)?, TemplateOptions { warnings: args.warnings }))?;
    Ok(Exit::Passed)
}
