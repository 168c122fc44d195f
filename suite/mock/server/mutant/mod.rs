//! Servers with one named defect each, to show that the verdicts notice it.
//!
//! A mutant is the strict service with one bug: it takes a message for another one, refuses a
//! legal one, takes a call id for another one, answers or behaves in a wrong way. The tables are
//! grouped by where in a server such a defect sits.

mod answer;
mod bug;
mod call_id;
mod calls;
mod connection;
mod elements;
mod envelope;
mod fault;
mod fault_child;
mod flawed;
mod http;
mod label;
mod lawful_answer;
mod lawful_reading;
mod lawful_refusal;
mod line;
mod list;
mod markup;
mod memory;
mod method;
mod misreading;
mod mood;
mod moods;
mod moody;
mod narrow;
mod near_id;
mod near_namespace;
mod reading;
mod rewrite;
mod routed;
mod slow;
mod spelling;
mod state;
mod strange_id;
mod tolerated;
mod trace;
mod tree;
mod variant;
mod writing;

pub(super) use bug::Bug;
pub use bug::{Mutant, Variant};
pub(super) use flawed::flawed_service;
pub use list::{mutants, variants};
pub(super) use rewrite::page;
pub(super) use state::State;
pub(super) use tree::Element;
