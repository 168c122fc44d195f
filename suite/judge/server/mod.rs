//! What a server did with the cases, against what the documents ask for.

mod answer_checks;
mod applicable;
mod case;
mod changed;
mod check;
mod consequence;
mod context;
mod control;
mod cut;
mod decoded;
mod effect;
mod establish;
mod fault_checks;
mod http_faults;
mod leak;
mod line_checks;
mod list;
mod outcome;
mod sequence;
mod signature;
mod spelled;

pub(crate) use applicable::applicable;
pub use case::server_tries;
pub use check::Check;
pub use context::Context;
pub use control::{Control, ControlLevel, flaws_of};
pub use establish::Contrasted;
pub(super) use establish::control_findings;
pub use line_checks::check_line;
pub(crate) use list::check_call_info;
pub use list::{CHECKS, check_answer};
pub use signature::Signature;
pub use spelled::{goes_further, judge_server};
