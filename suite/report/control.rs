//! What the control of a run is worth.

use crate::evidence::ControlEvidence;
use crate::judge::{ControlLevel, Established};
use crate::record::Record;

/// What the control is worth, in words.
pub(super) fn control_words(record: &Record, established: &Established) -> String {
    if established.problem().is_some() {
        return "none".to_owned();
    }
    match (&record.control.evidence, established) {
        (ControlEvidence::Server(evidence), Established::Server(control)) => {
            let contrast = control
                .contrast
                .map_or_else(String::new, |contrast| format!(", told apart from {}", contrast.words()));
            let calls = evidence.calls.words();
            let states = if control.states { "effects seen through GetCallInfo" } else { "effects not seen" };
            match control.level {
                ControlLevel::Uncontrolled => "none".to_owned(),
                ControlLevel::Live => format!("live: calls from {calls}, {states}{contrast}"),
                level => match &control.instead_of_live {
                    Some(why) => format!("{level}: {why}{contrast}"),
                    None => format!("{level}: call ids from {calls}{contrast}"),
                },
            }
        }
        (ControlEvidence::Client(control), _) if control.by_url => {
            "none: how the client ended is not seen, only what it sent".to_owned()
        }
        (ControlEvidence::Client(_), _) => "it tells a success from a fault".to_owned(),
        _ => "it tells good messages from bad ones".to_owned(),
    }
}
