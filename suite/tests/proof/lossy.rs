//! The whole catalogue over a line that loses one message of fifty.

use crate::lossy_line::over;

/// Half of what is lost costs the time of a time-out, so this is one seed; which messages are lost besides follows
/// from which thread comes first.
#[test]
fn a_line_that_loses_messages_fails_no_case_of_the_catalogue() {
    let record = over(2, 1, &[]);
    let counts = record.counts();
    let wrong: Vec<_> = record
        .entries
        .iter()
        .filter(|entry| {
            entry.judgement.verdict.is_judged() && entry.judgement.verdict > umspec::judge::Verdict::Note
        })
        .map(|entry| (&entry.case, &entry.judgement))
        .collect();
    assert_eq!(counts.failed, 0, "{wrong:#?}");
    assert_eq!((record.ended_early.as_deref(), counts.not_judged), (None, 0));
}
