//! What every target of tests asks for: where the package is, how snapshots are kept, what deviates.

use std::path::Path;

use umspec::judge::Verdict;
use umspec::record::{Entry, Record};

/// The root of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where snapshots are, and how they are named.
pub(crate) fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// Entries with a verdict that is neither PASS nor NOTE, in words.
pub(crate) fn deviations(record: &Record) -> Vec<String> {
    let bad = |entry: &&Entry| !matches!(entry.judgement.verdict, Verdict::Pass | Verdict::Note);
    record.entries.iter().filter(bad).map(|entry| format!("{}: {:?}", entry.case, entry.judgement)).collect()
}
