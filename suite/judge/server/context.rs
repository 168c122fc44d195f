use super::Control;
use crate::catalogue::Case;
use crate::judge::Grading;

/// What a case for servers is judged against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The case.
    pub case: &'a Case,
    /// What is known of the server.
    pub control: &'a Control,
    /// How it is graded.
    pub grading: Grading,
}
