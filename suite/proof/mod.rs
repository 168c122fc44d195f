//! What the suite's own verdicts are worth: every mutant is killed by the case named for it, every
//! case kills a mutant, no variant fails, and shams score nothing.

mod client;
mod kill;
mod killers;
mod ledger;
mod parser;
mod sham;
mod view;

pub use client::{
    client_kill_matrix, client_sham_scores, reference_client_verdicts, run_client_in_process,
    told_client_cases,
};
pub use kill::{Kill, KillMatrix, Proof, Subject, kill_matrix, run_against, side_by_side};
pub use killers::{CLIENT_KILLERS, KILLERS, Killer, PARSER_KILLERS, killer};
pub use ledger::{Coverage, coverage, ledger_json, ledger_markdown, ledger_summary, ledger_text};
pub use parser::{
    all_parser_cases, parser_kill_matrix, parser_sham_scores, reference_parser_verdicts,
    run_parser_in_process,
};
pub use sham::{Score, levels, score, sham_scores, sham_table};
