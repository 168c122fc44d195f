use super::FORMAT_VERSION;

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// It is no record.
    #[error("this is no record of umspec: {0}")]
    Json(#[from] serde_json::Error),
    /// A line of it is not as a run writes it.
    #[error("the record cannot be read: line {line}: {error}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// It has another version.
    #[error("the record has format {found}; this umspec reads format {FORMAT_VERSION}")]
    Version {
        /// The version found.
        found: u32,
    },
}
