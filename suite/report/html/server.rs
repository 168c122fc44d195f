//! What is shown of a case for servers: the request of the case beside the plain one, then every exchange.

use std::collections::HashMap;

use super::difference::{beside_ids, lines};
use super::exchange::{Request, answer, notes};
use super::packed::Texts;
use super::shown::{Block, Side};
use crate::catalogue::{Case, Stimulus, Turn};
use crate::evidence::{Aftermath, Answer, Attempt, CallIds, ControlRole, Exchange, Role, ServerControl};
use crate::message::told;
use crate::report::server_words::{answer_words, purpose};

/// The blocks of cases for servers.
#[derive(Default)]
pub(super) struct Servers<'a> {
    /// What answers come to; most are those of other cases to the byte.
    words: HashMap<&'a [u8], Vec<(&'a Answer, String)>>,
}

impl<'a> Servers<'a> {
    /// Of the attempts at a case.
    pub(super) fn blocks(
        &mut self,
        case: Option<&Case>,
        attempts: &'a [Attempt],
        texts: &mut Texts,
    ) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (number, attempt) in attempts.iter().enumerate() {
            let of = if attempts.len() > 1 { format!("Try {}: ", number + 1) } else { String::new() };
            blocks.extend(self.pair(attempt, &of, texts));
            for (number, step) in attempt.steps.iter().enumerate() {
                let exchange = &step.exchange;
                let words = self.words(&exchange.answer);
                let turn = step.turn.and_then(|turn| Some((turn, turns(case?).get(turn)?)));
                let purpose = match turn {
                    Some((turn, act)) => format!("step {}, {}", turn + 1, told(&act.act.words())),
                    None => purpose(step.role).to_owned(),
                };
                let mut block =
                    block(format!("{of}{}. {purpose}: {words}", number + 1), exchange, words, texts);
                if let Some(expected) = turn.and_then(|(_, turn)| turn.expect.words()) {
                    block.notes.insert(0, format!("Expected: {expected}."));
                }
                blocks.push(block);
            }
        }
        blocks
    }

    /// What an answer comes to.
    pub(super) fn words(&mut self, answer: &'a Answer) -> String {
        let Answer::Http(http) = answer else { return answer_words(answer) };
        let known = self.words.entry(&http.body.0).or_default();
        if let Some((_, words)) = known.iter().find(|(known, _)| *known == answer) {
            return words.clone();
        }
        let words = answer_words(answer);
        known.push((answer, words.clone()));
        words
    }

    /// The request that a case is about beside the plain one.
    fn pair(&mut self, attempt: &'a Attempt, of: &str, texts: &mut Texts) -> Option<Block> {
        let probe = attempt.step(Role::Mutant)?;
        let plain = attempt.step(Role::Twin).or_else(|| attempt.step(Role::Opening));
        let mut block = Block { title: format!("{of}The request of this case"), ..Block::default() };
        block.notes.extend(circumstances(attempt));
        let request = Request::of(&probe.exchange.sent);
        let mut here = request.side("Request of this case", texts);
        if let Some(plain) = plain {
            block.title.push_str(" beside the plain request");
            let beside = Request::of(&plain.exchange.sent);
            let mut there = beside.side("Plain request", texts);
            mark(&beside, &mut there, &request, &mut here, attempt);
            let words = self.words(&plain.exchange.answer);
            block.sides.extend([there, here]);
            block.sides.push(answer("Received for the plain request", &plain.exchange, words, texts));
        } else {
            block.sides.push(here);
        }
        let words = self.words(&probe.exchange.answer);
        block.sides.push(answer("Received for the request of this case", &probe.exchange, words, texts));
        block.notes.extend(notes(&probe.exchange));
        Some(block)
    }
}

/// The steps of a case that is a sequence.
fn turns(case: &Case) -> &[Turn] {
    match &case.stimulus {
        Stimulus::Request(_) => &[],
        Stimulus::Sequence(turns) => turns,
    }
}

/// The blocks of what was exchanged before the cases.
pub(super) fn control_blocks(control: &ServerControl, texts: &mut Texts) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (number, step) in control.steps.iter().enumerate() {
        let words = answer_words(&step.exchange.answer);
        let title = format!("{}. {}: {words}", number + 1, control_purpose(step.role));
        blocks.push(block(title, &step.exchange, words, texts));
    }
    blocks
}

fn block(title: String, exchange: &Exchange, words: String, texts: &mut Texts) -> Block {
    let request = Request::of(&exchange.sent).side("Request", texts);
    Block { title, notes: notes(exchange), sides: vec![request, answer("Received", exchange, words, texts)] }
}

/// Marks where the two differ beside their ids.
fn mark(beside: &Request<'_>, there: &mut Side, request: &Request<'_>, here: &mut Side, attempt: &Attempt) {
    let pair = |range: std::ops::Range<usize>| (range.start, range.end);
    there.head_marks = lines(&request.head, &beside.head).into_iter().map(pair).collect();
    here.head_marks = lines(&beside.head, &request.head).into_iter().map(pair).collect();
    let plain_id = call_id(beside.body).unwrap_or_default();
    // With calls of its own, the request before tells which one this is about.
    let own = attempt.step(Role::Before).and_then(|step| call_id(&step.exchange.sent.body.0));
    let id = own.or_else(|| call_id(request.body)).unwrap_or(plain_id);
    if let Some((plain, edited)) = beside_ids((beside.body, plain_id), (request.body, id)) {
        there.body_marks = Some(pair(plain)).filter(|(start, end)| start < end).into_iter().collect();
        here.body_marks = vec![pair(edited)];
    }
}

/// The id in a plain request as this program writes it.
fn call_id(body: &[u8]) -> Option<&[u8]> {
    let start = memchr::memmem::find(body, b"<CallId>")? + b"<CallId>".len();
    let length = memchr::memmem::find(&body[start..], b"</CallId>")?;
    Some(&body[start..start + length])
}

/// What there is to say of an attempt as a whole.
fn circumstances(attempt: &Attempt) -> Vec<String> {
    let mut notes = Vec::new();
    notes.push(match attempt.ids {
        CallIds::Fresh => "Each request had a call of its own, placed for it.".to_owned(),
        CallIds::Given => "The call id was given by whoever started the run.".to_owned(),
        CallIds::Unissued => "The call ids have the documented form and were never issued.".to_owned(),
    });
    if let Some(case) = &attempt.changed_by {
        notes.push(format!(
            "The server had changed for good after the case {case}; this is judged by itself."
        ));
    }
    if attempt.canary {
        notes.push("The watched address was contacted.".to_owned());
    }
    if attempt.in_company {
        notes.push(
            "The server was lost while other cases were under way; nothing is made of this try.".into(),
        );
    }
    match attempt.aftermath {
        Some(Aftermath::Answers) => {
            notes.push("Looked at again afterwards, the server answers on a fresh connection.".to_owned());
        }
        Some(Aftermath::Gone) => notes.push("Afterwards the server takes no connections.".to_owned()),
        Some(Aftermath::Silent) => {
            notes.push("Afterwards the server takes connections and does not answer.".to_owned());
        }
        None => {}
    }
    notes
}

fn control_purpose(role: ControlRole) -> String {
    match role {
        ControlRole::After => "reads the state of the call, after".to_owned(),
        ControlRole::Again => "the plain request again".to_owned(),
        ControlRole::Answered => "the plain request once somebody has answered the call".to_owned(),
        ControlRole::Before => "reads the state of the call, before".to_owned(),
        ControlRole::Contrast(contrast) => contrast.words().to_owned(),
        ControlRole::Garbage(length) => format!("garbage of {length} characters as id"),
        ControlRole::Place => "places a call".to_owned(),
        ControlRole::Plain => "the plain request".to_owned(),
        ControlRole::Ringing => "the plain request for a call that still rings".to_owned(),
        ControlRole::Twin(contrast) => format!("the plain request after {}", contrast.words()),
        ControlRole::Unanswered => "a first request, which got no answer and was sent again".to_owned(),
        ControlRole::Unissued => "the plain request with an id that was never issued".to_owned(),
    }
}
