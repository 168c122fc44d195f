use std::process::ExitCode;

use umspec::record::Conclusion;

/// Exit codes. Stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything judged, and nothing failed.
    Passed,
    /// A required check failed, a known deviation is stale, something got worse (diff), or (call, parse) the
    /// answer was a refusal.
    Failed,
    /// Wrong usage or configuration.
    Usage,
    /// Could not judge: unreachable, refused credentials, no control, cases without a verdict.
    NotJudged,
    /// No case was selected, or a known deviation names none.
    NothingSelected,
    /// A known deviation has changed its shape, and nothing else failed.
    Changed,
    /// A known deviation has expired, and nothing else failed.
    Expired,
    /// A fault of umspec itself.
    Internal,
    /// Interrupted; the partial record was written.
    Interrupted,
}

/// The codes for `--help`.
pub(crate) const HELP: &str = "\
Exit codes:
  0    everything was judged, and nothing failed
  1    a required check failed, or a known deviation is stale (diff: worse; call, parse: refused)
  2    wrong usage or configuration
  3    could not judge: unreachable, refused credentials, no control, cases without a verdict
  4    no case selected, or a known deviation that names none
  5    a known deviation is seen in another shape, and nothing else failed
  6    a known deviation has expired, and nothing else failed
  70   a fault of umspec itself
  130  interrupted; the partial record is written";

/// What `run --help` ends with.
pub(crate) fn run_help() -> String {
    format!("{}\n\n{}\n\n{HELP}", umspec::target::REFUSALS, umspec::target::FRAMES)
}

impl Exit {
    /// Its number.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotJudged => 3,
            Self::NothingSelected => 4,
            Self::Changed => 5,
            Self::Expired => 6,
            Self::Internal => 70,
            Self::Interrupted => 130,
        }
    }
}

impl From<Conclusion> for Exit {
    fn from(conclusion: Conclusion) -> Self {
        match conclusion {
            Conclusion::Changed => Self::Changed,
            Conclusion::Expired => Self::Expired,
            Conclusion::Failed | Conclusion::Stale => Self::Failed,
            Conclusion::Interrupted => Self::Interrupted,
            Conclusion::Passed => Self::Passed,
            _ => Self::NotJudged,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
