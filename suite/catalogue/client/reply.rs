//! The answers of the catalogue, as they come over HTTP.

use super::answers::typed;
use super::case::{ClientCase, ClientExpect, ClientTurn, Play};
use crate::catalogue::{Reading, ReplyCase, replies};
use crate::message::AnswerDraft;
use crate::protocol::{RequirementId, names, req};

pub(super) fn cases() -> Vec<ClientCase> {
    replies().iter().filter(|reply| !is_plain(reply)).map(of).collect()
}

/// The plain ones are the control.
fn is_plain(reply: &ReplyCase) -> bool {
    reply.edits.is_empty() && matches!(reply.answer, AnswerDraft::Success | AnswerDraft::InvalidCallId)
}

/// What a client must come to.
fn expected(reply: &ReplyCase) -> ClientExpect {
    // Something else than the lack of a success speaks against taking these.
    const WARY: [RequirementId; 2] = [req::DTD_IN_ANSWER, req::MANDATORY_HEADER_IN_ANSWER];
    match &reply.reading {
        // However a fault is read, it says nothing of a call that was disconnected.
        _ if reply.answer != AnswerDraft::Success => ClientExpect::Refused,
        Reading::Either => ClientExpect::Open,
        Reading::Success => ClientExpect::Disconnected,
        Reading::Refuse if WARY.contains(&reply.requirements[0]) => ClientExpect::Wary,
        Reading::Refuse if reply.is_ignorable => ClientExpect::Doubtful,
        Reading::Fault(_) | Reading::Refuse => ClientExpect::Refused,
    }
}

fn of(reply: &ReplyCase) -> ClientCase {
    let expect = expected(reply);
    // A fault comes with 500 (SOAP 6.2); whatever passes itself off as success, with 200.
    let status = match reply.answer {
        AnswerDraft::Success => 200,
        _ => 500,
    };
    let content_type = format!("{}; charset={}", names::MEDIA_TYPE, reply.charset);
    let response = typed(status, &content_type, reply.body());
    let turn = ClientTurn { reaction: response.into(), expect };
    let mut case = ClientCase::new(
        reply.id.clone(),
        reply.about.clone(),
        &reply.requirements,
        Play::Answers(vec![turn]),
    );
    case.requirements.extend(reply.client_requirement);
    case
}
