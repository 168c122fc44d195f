//! From evidence to verdicts: pure functions, no I/O, no clock. The same record always gets the same
//! verdicts.

mod ambiguity;
mod check_id;
mod client;
mod dispatch;
mod finding;
mod grading;
mod growth;
mod judgement;
mod parser;
mod refusal;
mod server;
mod tries;
mod verdict;

pub use ambiguity::ambiguities_of;
pub use check_id::{CheckGroup, CheckId, UnknownCheck};
pub(crate) use client::REQUEST_CHECKS;
pub use client::{client_problem, client_step_problem, client_tries, every_request, judge_client};
pub(crate) use dispatch::findings_before;
pub use dispatch::{Established, judge, tries_of};
pub use finding::Finding;
pub use grading::Grading;
#[cfg(feature = "net")]
pub(crate) use growth::may_grow_further;
pub(crate) use growth::{is_clearly_quadratic, is_quadratic, is_worth_a_look};
pub use judgement::Judgement;
pub(crate) use parser::parser_problem;
pub use parser::{judge_parser, parser_tries};
pub(crate) use server::applicable;
pub use server::{
    CHECKS, Check, Context, Contrasted, Control, ControlLevel, Signature, check_answer, check_line, flaws_of,
    goes_further, judge_server, server_tries,
};
pub use tries::{TRIES, TRIES_ON_A_LOSSY_LINE, Try, calls_for_another, only_failed, only_lost, settle};
pub use verdict::Verdict;
