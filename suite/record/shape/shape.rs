use super::Normal;
use crate::evidence::{CallStatus, ClientEnd, ClientEvidence, Evidence, Parsed, Role, Step, observe};
use crate::message::quoted;
use crate::record::Entry;

/// What came of a case, in words: of a server what each answer to its requests amounts to, and whether the
/// call was up afterwards; of a client what it sent and how it ended; of a parser what it made of the
/// message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::record) struct Shape {
    /// Each of it once, in the order in which it came.
    pub(in crate::record) came: Vec<String>,
}

impl Shape {
    /// What came of the case of an entry.
    pub(in crate::record) fn of(entry: &Entry, normal: &Normal) -> Self {
        let mut shape = Self::default();
        match &entry.evidence {
            Some(Evidence::Client(evidence)) => shape.client(evidence, normal),
            Some(Evidence::Parser(evidence)) => {
                evidence.tries().for_each(|parsed| shape.push(of_parsed(parsed, normal)));
            }
            Some(Evidence::Server(attempts)) => {
                // Statuses, codes and names, in which nothing is of one run alone.
                let steps = attempts.iter().flat_map(|attempt| &attempt.steps);
                steps.filter_map(of_step).for_each(|words| shape.push(words));
            }
            None => {}
        }
        shape
    }

    /// In one line.
    pub(in crate::record) fn words(&self) -> String {
        self.came.join("; ")
    }

    fn push(&mut self, words: String) {
        if !self.came.contains(&words) {
            self.came.push(words);
        }
    }

    fn client(&mut self, evidence: &ClientEvidence, normal: &Normal) {
        for request in evidence.asks() {
            let at = if request.at_other_host { " at the other host" } else { "" };
            self.push(format!("{} {}{at}", request.method, normal.text(&request.target)));
        }
        self.push(match &evidence.end {
            None => "how it ended is not seen".to_owned(),
            Some(ClientEnd::Crashed(how)) => format!("crashed: {}", normal.text(how)),
            Some(ClientEnd::Disconnected) => "disconnected".to_owned(),
            Some(ClientEnd::Hung) => "still running when its time was up".to_owned(),
            Some(ClientEnd::Refused) => "refused".to_owned(),
            Some(ClientEnd::Threw(uncaught)) => format!("an exception of {}", uncaught.runtime),
        });
    }
}

/// What a step says of the case; nothing for those that only surround it.
fn of_step(step: &Step) -> Option<String> {
    let answer = &step.exchange.answer;
    match step.role {
        Role::Mutant => Some(observe(answer).words(answer)),
        Role::Turn => {
            let turn = step.turn.unwrap_or_default();
            Some(format!("step {}: {}", turn + 1, observe(answer).words(answer)))
        }
        Role::After => CallStatus::of(answer).map(|status| match status {
            CallStatus::Ended => "the call ended".to_owned(),
            CallStatus::Up => "the call stays up".to_owned(),
        }),
        _ => None,
    }
}

fn of_parsed(parsed: &Parsed, normal: &Normal) -> String {
    match parsed {
        // It comes from the message of the case, which is the same in every run.
        Parsed::Accepted(text) => format!("accepted, read as \"{}\"", quoted(text)),
        Parsed::Crashed(how) => format!("crashed: {}", normal.text(how)),
        Parsed::Refused(_) => "refused".to_owned(),
        Parsed::Silent => "silent".to_owned(),
        Parsed::Threw(uncaught) => format!("an exception of {}", uncaught.runtime),
    }
}
