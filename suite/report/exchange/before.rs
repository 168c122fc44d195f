//! What was exchanged before the cases, which is where findings come from that every answer shows.

use super::view::View;
use super::{client, server};
use crate::catalogue::client_cases;
use crate::evidence::{ControlEvidence, ControlMessage, ControlRole};
use crate::judge::Judgement;
use crate::message::told;
use crate::record::{CONTROL, Entry, Record};
use crate::report::case_words::parser_said;

/// Tells of the control step by step, with what was found there.
pub(super) fn before_the_cases(record: &Record) -> String {
    let mut view = View::default();
    view.sentence(&format!("{CONTROL}: what was exchanged before the cases."));
    view.gap();
    for finding in &record.control.findings {
        view.finding(finding);
    }
    view.legend();
    match &record.control.evidence {
        ControlEvidence::Server(control) => {
            for (number, step) in control.steps.iter().enumerate() {
                view.line(&format!("step {}", number + 1), &purpose(step.role));
                server::step(&mut view, &step.exchange);
            }
        }
        ControlEvidence::Client(control) => {
            for step in &control.steps {
                view.line("case", &told(&step.case));
                let entry = Entry::unrun(&step.case, Judgement::not_judged("it is no case of its own"));
                let case = client_cases().iter().find(|case| case.id == step.case);
                client::tell(&mut view, &entry, case, &step.evidence);
                view.gap();
            }
        }
        ControlEvidence::Parser(steps) => {
            for step in steps {
                let message = match step.message {
                    ControlMessage::Plain(number) => format!("plain {} {}", step.kind.word(), number + 1),
                    malformed => format!("malformed {}: {}", step.kind.word(), malformed.words()),
                };
                view.line("message", &message);
                view.line("observed", &parser_said(&step.parsed));
            }
        }
    }
    view.done()
}

fn purpose(role: ControlRole) -> String {
    match role {
        ControlRole::After => "the state of the call after the plain request".to_owned(),
        ControlRole::Again => "the plain request with a given id, once more".to_owned(),
        ControlRole::Answered => "the plain request for a call that was answered".to_owned(),
        ControlRole::Before => "the state of the call before the plain request".to_owned(),
        ControlRole::Contrast(contrast) => format!("a malformed request: {}", contrast.words()),
        ControlRole::Garbage(length) => {
            format!("the plain request with {length} characters of garbage as id")
        }
        ControlRole::Place => "a call is placed".to_owned(),
        ControlRole::Plain => "the plain request".to_owned(),
        ControlRole::Ringing => "the plain request for a call that rings".to_owned(),
        ControlRole::Twin(contrast) => format!("the plain request after {}", contrast.words()),
        ControlRole::Unanswered => "a first request that got no answer, and was sent again".to_owned(),
        ControlRole::Unissued => "the plain request with an id that was never issued".to_owned(),
    }
}
