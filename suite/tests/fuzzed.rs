//! Campaigns against mocks, by the binary, and the records that they leave.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use umspec::judge::Verdict;
use umspec::record::Record;

use crate::support::{stderr, stdout, umspec};

/// Fuzzes a mock and gives back where the record is.
pub(crate) fn fuzzed(folder: &Path, name: &str, mock: &str, more: &[&str]) -> String {
    let path = folder.join(name).to_str().expect("a path").to_owned();
    let args = ["fuzz", "--mock", mock, "--no-repro", "--accept-unreached", "-q", "--record", &path];
    let output = umspec(&[&args[..], more].concat());
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}{}", stdout(&output), stderr(&output));
    path
}

/// The record in this file.
pub(crate) fn load(path: &str) -> Record {
    Record::load(&fs::read(path).expect("a record")).expect("a record")
}

/// The ids of what fails.
pub(crate) fn failed(record: &Record) -> BTreeSet<String> {
    let failed = record.entries.iter().filter(|entry| entry.judgement.verdict == Verdict::Fail);
    failed.map(|entry| entry.case.clone()).collect()
}
