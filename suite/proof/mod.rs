//! What the suite's own verdicts are worth: every mutant is killed by the case named for it, every
//! case kills a mutant by its own doing, no variant fails, and shams score nothing.

mod campaign;
mod client;
mod counts;
mod hard;
mod kills;
mod ledger;
mod matrix;
mod parser;
mod score;
mod server;
mod server_matrix;
mod sham;
mod side_by_side;
mod told;
mod transcript;
mod view;

pub use campaign::{FuzzPlan, fuzz_against};
pub use client::{
    client_false_alarms, client_kill_matrix, client_sham_scores, reference_client_verdicts,
    run_client_in_process, told_client_cases,
};
pub use counts::counts_markdown;
pub use hard::{HardRow, hard_markdown, hard_rows, hard_table};
pub use ledger::{Coverage, coverage, ledger_json, ledger_markdown, ledger_text};

pub use matrix::{FEW, Kill, KillMatrix, KillRow};
pub use parser::{
    all_parser_cases, parser_kill_matrix, parser_sham_scores, reference_parser_verdicts,
    run_parser_in_process,
};
pub use score::Score;
pub use server::{MockServer, Proof, run_against};
pub use server_matrix::{kill_matrix, kill_row};
pub use sham::{levels, score, sham_scores, sham_table};
pub use side_by_side::side_by_side;
pub use told::{Economy, MANY, MOST, Told, told_text};
