//! How an outcome is taken.

/// How a tolerated variant is graded in the interop profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// A documented variant: said, and nothing more.
    Note,
    /// Tolerated with a warning.
    Warn,
}

/// How the table takes an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// One of the outcomes the strict column names.
    Expected,
    /// Accepted by the interop column, graded so; the strict profile refuses it.
    Tolerated(Tolerance),
    /// Named in neither column.
    Breach,
    /// Named in the column of what must not happen.
    Forbidden,
}
