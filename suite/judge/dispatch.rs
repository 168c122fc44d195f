//! One door for servers, clients and parsers.

use super::client::{client_findings, client_problem, client_tries, every_request, judge_client};
use super::parser::{judge_parser, parser_problem, parser_tries, parsers_problem};
use super::server::{Context, Control, control_findings, judge_server, server_tries};
use super::{Finding, Grading, Judgement, Try};
use crate::catalogue::CaseRef;
use crate::evidence::{ClientControl, ControlEvidence, Evidence, ParserControlStep};
use crate::message::told;

/// What is known of a subject before the cases, derived from what was seen then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Established {
    /// Of a client: what it was put to.
    Client(ClientControl),
    /// Of a parser: what was put to it.
    Parser(Vec<ParserControlStep>),
    /// Of a server.
    Server(Box<Control>),
}

impl Established {
    /// What follows from what was seen before the cases.
    pub fn of(evidence: &ControlEvidence) -> Self {
        match evidence {
            ControlEvidence::Client(control) => Self::Client(control.clone()),
            ControlEvidence::Parser(steps) => Self::Parser(steps.clone()),
            ControlEvidence::Server(control) => Self::Server(Box::new(Control::of(control))),
        }
    }

    /// Why there is no control: the subject was not seen to tell good from bad.
    pub fn problem(&self) -> Option<String> {
        let problem = match self {
            Self::Client(control) => client_problem(control),
            Self::Parser(steps) => parsers_problem(steps),
            Self::Server(control) => control.problem.clone(),
        };
        problem.as_deref().map(told)
    }

    /// The control of a server.
    pub fn server(&self) -> Option<&Control> {
        match self {
            Self::Server(control) => Some(control),
            Self::Client(_) | Self::Parser(_) => None,
        }
    }
}

/// What the checks find before the cases.
pub(crate) fn findings_before(
    evidence: &ControlEvidence,
    established: &Established,
    grading: Grading,
) -> Vec<Finding> {
    match (evidence, established) {
        (ControlEvidence::Client(control), _) => client_findings(control, grading),
        (ControlEvidence::Server(evidence), Established::Server(control)) => {
            control_findings(evidence, control, grading)
        }
        _ => Vec::new(),
    }
}

/// The judgement of a case from what was seen. Evidence of another subject than that of the case gives
/// none.
pub fn judge(case: CaseRef, established: &Established, evidence: &Evidence, grading: Grading) -> Judgement {
    match (case, established, evidence) {
        (CaseRef::Server(case), Established::Server(control), Evidence::Server(attempts)) => {
            judge_server(Context { case, control, grading }, attempts)
        }
        (CaseRef::Client(case), Established::Client(control), Evidence::Client(evidence)) => {
            match client_problem(control) {
                Some(problem) => Judgement::not_judged(problem),
                None => judge_client(case, evidence, &every_request(control, grading), grading),
            }
        }
        (CaseRef::Parser(case), Established::Parser(steps), Evidence::Parser(evidence)) => {
            match parser_problem(steps, case.kind) {
                Some(problem) => Judgement::not_judged(problem),
                None => judge_parser(case, steps, evidence, grading),
            }
        }
        _ => Judgement::not_judged("what was recorded is not of the subject that the case is for"),
    }
}

/// What each try at a case comes to by itself, the first one first. Evidence of another subject than that of the
/// case has none.
pub fn tries_of(case: CaseRef, established: &Established, evidence: &Evidence, grading: Grading) -> Vec<Try> {
    match (case, established, evidence) {
        (CaseRef::Server(case), Established::Server(control), Evidence::Server(attempts)) => {
            server_tries(Context { case, control, grading }, attempts)
        }
        (CaseRef::Client(case), Established::Client(control), Evidence::Client(evidence)) => {
            client_tries(case, evidence, &every_request(control, grading), grading)
        }
        (CaseRef::Parser(case), Established::Parser(steps), Evidence::Parser(evidence)) => {
            parser_tries(case, steps, evidence, grading)
        }
        _ => Vec::new(),
    }
}
