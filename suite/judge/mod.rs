//! From exchanges to verdicts: pure functions, no I/O, no clock. The same record always gets the
//! same verdicts.

mod ambiguity;
mod case;
mod check;
mod client;
mod control;
mod effect;
mod fault_check;
mod grade;
mod outcome;
mod parser;
mod sequence;
mod sight;
mod verdict;

pub use ambiguity::{ambiguities_of, ambiguity_of};
pub use case::{Subject, judge};
pub(crate) use case::{ringing_refused, wrong_success};
pub use check::{CHECKS, Check, check_answer, check_call_info};
pub use client::{REQUEST_CHECKS, judge_client};
pub use control::{Contrast, Control, ControlLevel, Signature, flaws_of};
pub use effect::CallLook;
pub use grade::Settings;
pub use parser::{judge_parser, reads_plain, words as parsed_words};
pub use sight::sights;
pub use verdict::{Finding, Judgement, Verdict, visible};
