//! From evidence to verdicts: pure functions, no I/O, no clock. The same record always gets the same
//! verdicts.

mod ambiguity;
mod check_id;
mod client;
mod dispatch;
mod finding;
mod grading;
mod judgement;
mod parser;
mod refusal;
mod server;
mod tries;
mod verdict;
mod visible;

pub use ambiguity::ambiguities_of;
pub use check_id::{CheckGroup, CheckId, UnknownCheck};
pub use client::{REQUEST_CHECKS, client_problem, client_step_problem, every_request, judge_client};
pub use dispatch::{Established, findings_before, judge};
pub use finding::Finding;
pub use grading::Grading;
pub use judgement::Judgement;
pub use parser::{is_worth_a_look, judge_parser, parser_problem, reads_plain};
pub use server::{
    CHECKS, Check, Context, Contrasted, Control, ControlLevel, Signature, applicable, check_answer,
    check_call_info, check_line, flaws_of, judge_server, server_tries,
};
pub use tries::{TRIES, Try, calls_for_another, settle};
pub use verdict::Verdict;
pub use visible::visible;
