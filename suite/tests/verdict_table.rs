//! Verdicts as a snapshot keeps them.

use umspec::record::Record;

/// Every verdict but PASS, a line each.
pub(crate) fn verdict_table(record: &Record) -> String {
    let line = |case: &str, verdict: &str| format!("{verdict:<10}  {case}\n");
    let told = record.entries.iter().filter(|entry| entry.judgement.verdict.word() != "PASS");
    let counts = record.counts();
    told.map(|entry| line(&entry.case, entry.judgement.verdict.word())).collect::<String>()
        + &format!("{} of {} passed\n", counts.passed, counts.planned)
}
