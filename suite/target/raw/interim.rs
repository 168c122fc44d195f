//! Answers that come before the answer (RFC 9110 15.2).

/// Most interim answers before the answer (RFC 9110 15.2). Libraries that have a limit take 8 to 100.
pub(super) const MAX_INTERIM: usize = 100;

/// Whether more follows before the answer. After 101 another protocol does.
pub(super) fn is_interim(status: u16) -> bool {
    (100..200).contains(&status) && status != 101
}
