//! What differs between servers, clients and parsers in what a page says of a case.

use super::packed::Texts;
use super::server::Servers;
use super::shown::Block;
use super::{client, parser, server};
use crate::catalogue::{
    Case, CaseHeader, CaseRef, ClientCase, ClientExpect, MessageCase, MessageExpect, Play, Stimulus,
};
use crate::evidence::{ControlEvidence, Evidence, Role};
use crate::judge::Grading;
use crate::protocol::expected_words;
use crate::record::{Entry, Record};
use crate::report::case_words::parser_said;

/// What a case says of itself.
pub(super) fn header(case: CaseRef) -> &'static dyn CaseHeader {
    match case {
        CaseRef::Client(case) => case,
        CaseRef::Parser(case) => case,
        CaseRef::Server(case) => case,
    }
}

/// What is shown of a case, and what was received in it, in a line.
pub(super) fn shown<'a>(
    record: &Record,
    entry: &'a Entry,
    servers: &mut Servers<'a>,
    texts: &mut Texts,
) -> (Vec<Block>, Option<String>) {
    let case = record.case_of(entry);
    match (&entry.evidence, case) {
        (None, _) => (Vec::new(), None),
        (Some(Evidence::Client(evidence)), case) => {
            let case = case.and_then(|case| if let CaseRef::Client(case) = case { Some(case) } else { None });
            (client::blocks(case, evidence, texts), Some(client::end_words(evidence)))
        }
        (Some(Evidence::Parser(evidence)), case) => {
            let case = case.and_then(|case| if let CaseRef::Parser(case) = case { Some(case) } else { None });
            (parser::blocks(case, evidence, texts), Some(parser_said(&evidence.parsed)))
        }
        (Some(Evidence::Server(attempts)), case) => {
            let case = case.and_then(|case| if let CaseRef::Server(case) = case { Some(case) } else { None });
            let probe = attempts.last().and_then(|attempt| attempt.step(Role::Mutant));
            let words = probe.map(|probe| servers.words(&probe.exchange.answer));
            (servers.blocks(case, attempts, texts), words)
        }
    }
}

/// What is shown of what was exchanged before the cases.
pub(super) fn control(evidence: &ControlEvidence, texts: &mut Texts) -> Vec<Block> {
    match evidence {
        ControlEvidence::Client(control) => client::control_blocks(control, texts),
        ControlEvidence::Parser(steps) => parser::control_blocks(steps, texts),
        ControlEvidence::Server(control) => server::control_blocks(control, texts),
    }
}

/// What is expected in a case, in words; nothing for a sequence, of which each step has its own.
pub(super) fn expected(case: CaseRef, grading: Grading) -> Option<String> {
    match case {
        CaseRef::Client(case) => of_client(case),
        CaseRef::Parser(case) => Some(of_parser(case)),
        CaseRef::Server(case) => of_server(case, grading),
    }
}

fn of_server(case: &Case, grading: Grading) -> Option<String> {
    match &case.stimulus {
        Stimulus::Request(_) if case.recorded => Some("any orderly answer; it is recorded only".to_owned()),
        Stimulus::Request(_) => Some(expected_words(case.class, case.nuance, grading.profile, grading.bp)),
        Stimulus::Sequence(_) => None,
    }
}

fn of_client(case: &ClientCase) -> Option<String> {
    let of = |expect: ClientExpect| match expect {
        ClientExpect::Disconnected => "it reports that the call was disconnected",
        ClientExpect::Doubtful => "it reports a failure; a success is tolerated with a warning",
        ClientExpect::Open => "it ends in order, either way",
        ClientExpect::Refused => "it reports a failure: nothing said that the call was disconnected",
        ClientExpect::Unusual => {
            "it reports that the call was disconnected; a failure is tolerated with a warning"
        }
        ClientExpect::Wary => "it reports a failure, whatever the answer holds",
    };
    let words = match &case.play {
        Play::Answers(turns) => of(turns.last()?.expect),
        Play::Illegal => "it reports a failure and sends no request: the id cannot stand in XML",
        Play::Life(life) => of(life.expect),
        Play::Twice => "it reports twice that the call was disconnected, and sends the same bytes",
    };
    Some(words.to_owned())
}

fn of_parser(case: &MessageCase) -> String {
    match (&case.value, case.expect) {
        (Some(value), _) => format!("accepted as {value:?}"),
        (None, MessageExpect::Accept) => "accepted".to_owned(),
        (None, MessageExpect::Either) => "accepted or refused".to_owned(),
        (None, MessageExpect::Reject) => "refused".to_owned(),
    }
}
