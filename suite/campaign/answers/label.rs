//! What an answer is, by its edits alone, and what is therefore asked of a client that gets it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::finding::Looks;
use super::input::{AnswerInput, PlainAnswer};
use crate::catalogue::{ClientCase, ClientExpect, ClientTurn, Play, client_case, replies};
use crate::evidence::{ClientEvidence, Response};
use crate::generate::{Attribute, Change, Variation};
use crate::judge::{Finding, Grading, judge_client};
use crate::message::xml::Refusal;
use crate::message::{AnswerDraft, Reply, read_reply};
use crate::protocol::{Defect, InputClass, RequirementId, req};

/// What the catalogue expects of successes with some defect.
#[derive(Debug, Clone)]
struct Expected {
    /// The mildest of what it expects of any of them.
    expect: ClientExpect,
    requirements: Vec<RequirementId>,
}

/// An answer as a case for clients.
#[derive(Debug, Clone)]
pub(super) struct AnswerLabel {
    /// The case.
    pub(super) case: ClientCase,
    /// What is wrong with the answer, or what it is if nothing is.
    pub(super) class: InputClass,
}

impl AnswerLabel {
    /// The label of an answer; none where its edits, the reader and the catalogue do not agree on what a client must
    /// make of it.
    pub(super) fn of(input: &AnswerInput, name: &str) -> Option<Self> {
        let variation = input.variation();
        // What a label that lies is worth, no two documents agree on (RFC 7303 3, XML F.2).
        if variation.changes.iter().any(|change| matches!(change, Change::Charset(_))) {
            return None;
        }
        let read = read_reply(&input.body(), input.charset());
        if input.case.is_some() {
            return Self::of_case(input, &read, name);
        }
        let refusals = variation.refusals();
        let of_bytes = !input.bytes.is_empty();
        // What bytes make of it, the reader has to say; the rest of the changes are spellings.
        if of_bytes && !refusals.is_empty() {
            return None;
        }
        let (expected, class) = match (&read, input.answer) {
            // The reader takes what many do not: text beside DisconnectResponse, odd values of mustUnderstand. Only
            // what would be a spelling of a request as well must be taken.
            // What bytes put in may be any of that.
            (Ok(Reply::Disconnected), PlainAnswer::Success) if !of_bytes => {
                let as_request = Variation { changes: variation.changes.clone() }.message_classes();
                let is_spelling =
                    as_request.iter().all(|class| class.is_positive()) && !has_type(&variation.changes);
                if !refusals.is_empty() || !is_spelling {
                    return None;
                }
                // An encoding has a row of its own.
                let encoding =
                    as_request.iter().find(|class| matches!(class, InputClass::Utf16 | InputClass::Utf8Bom));
                let row = encoding.map_or(req::ANY_SPELLING_OF_ANSWER, |class| class.row());
                let requirements = vec![row];
                (Expected { expect: ClientExpect::Disconnected, requirements }, InputClass::Valid)
            }
            // A fault that reads as success is none any more.
            (Ok(Reply::Disconnected), _) | (Ok(Reply::Fault(_)), PlainAnswer::Success) => return None,
            (Ok(Reply::Fault(_)), _) => {
                let requirements = vec![req::FAULT_UNDER_ANY_STATUS];
                (Expected { expect: ClientExpect::Refused, requirements }, InputClass::Valid)
            }
            // Two attributes of one name are ill-formed; of one expanded name they may stand where they are ignored. Bytes
            // that are no UTF-16 have no row.
            (Err(refusal), _) if is_of_two_kinds(refusal.defect, &variation.changes) => return None,
            (Err(refusal), _) => {
                let class = refusal.defect.class();
                let agrees =
                    if of_bytes { refusal.defect.is_ill_formed() } else { refusals.contains(&class) };
                (of_defect(refusal.defect).filter(|_| agrees)?, class)
            }
        };
        let expect = match (expected.expect, input.answer) {
            (expect, PlainAnswer::Success) => expect,
            // However a fault is read, it says nothing of a call that was disconnected.
            _ => ClientExpect::Refused,
        };
        Self::asking(input, Expected { expect, ..expected }, class, name)
    }

    /// The answer of a case, under changes that must not matter: what it is stays, if the reader makes of it what it
    /// makes of that of the case.
    fn of_case(input: &AnswerInput, read: &Result<Reply, Refusal>, name: &str) -> Option<Self> {
        let reply = input.reply().filter(|_| input.bytes.is_empty())?;
        let changes = input.variation().changes;
        if !changes.is_empty() {
            let plain = read_reply(&reply.body(), Some(reply.charset));
            let reads = |read: &Result<Reply, Refusal>| read.clone().map_err(|refusal| refusal.defect);
            let is_typed = has_type(&changes);
            let is_encoded = changes.iter().any(|change| matches!(change, Change::Wide(_) | Change::Mark));
            let classes = Variation { changes }.message_classes();
            let is_neutral = classes.iter().all(|class| class.is_positive()) && !is_encoded && !is_typed;
            if !is_neutral || reads(&plain) != reads(read) {
                return None;
            }
        }
        let case = client_case(&reply.id)?;
        let Play::Answers(turns) = &case.play else { return None };
        let expected = Expected { expect: turns.last()?.expect, requirements: case.requirements.clone() };
        let class = read.as_ref().map_or_else(|refusal| refusal.defect.class(), |_| InputClass::Valid);
        Self::asking(input, expected, class, name)
    }

    /// The label of which this is expected; none where that leaves all to a client.
    fn asking(input: &AnswerInput, expected: Expected, class: InputClass, name: &str) -> Option<Self> {
        let Expected { expect, requirements } = expected;
        if matches!(expect, ClientExpect::Open | ClientExpect::Unusual) {
            return None;
        }
        let content_type = ("content-type", input.content_type());
        let response = Response { status: input.status(), headers: vec![content_type], body: input.body() };
        let turn = ClientTurn { reaction: response.into(), expect };
        let play = Play::Answers(vec![turn]);
        let about = "An answer of a campaign.";
        Some(Self { case: ClientCase::new(name.to_owned(), about, &requirements, play), class })
    }
}

impl AnswerLabel {
    /// The same under another name.
    pub(super) fn named(self, name: &str) -> Self {
        Self { case: ClientCase { id: name.to_owned().into(), ..self.case }, ..self }
    }

    /// What looks wrong about what a client came to with the answer.
    pub(super) fn wrong(&self, evidence: &ClientEvidence, grading: Grading) -> Option<(Looks, Finding)> {
        // What is wrong with its requests is told by a run, once for all of them.
        let judgement = judge_client(&self.case, evidence, &[], grading);
        judgement.findings.into_iter().find_map(|finding| Some((Looks::of(&finding, evidence)?, finding)))
    }
}

/// Whether an element is said to be a string that holds elements, which may be believed.
fn has_type(changes: &[Change]) -> bool {
    changes.iter().any(|change| matches!(change, Change::Attributes(_, Attribute::TypeString)))
}

/// Whether what the reader calls by this name may be one of two things, which are graded otherwise.
fn is_of_two_kinds(defect: Defect, changes: &[Change]) -> bool {
    let is_wide = || changes.iter().any(|change| matches!(change, Change::Wide(_)));
    match defect {
        Defect::AttributeDuplicate => true,
        Defect::EncodingInvalid => is_wide(),
        _ => false,
    }
}

/// What the catalogue expects of successes that the reader refuses for this defect; nothing where it has none.
fn of_defect(defect: Defect) -> Option<Expected> {
    static KNOWN: OnceLock<BTreeMap<Defect, Expected>> = OnceLock::new();
    KNOWN.get_or_init(known).get(&defect).cloned()
}

fn known() -> BTreeMap<Defect, Expected> {
    let mut known: BTreeMap<Defect, Expected> = BTreeMap::new();
    for reply in replies().iter().filter(|reply| reply.answer == AnswerDraft::Success) {
        let Err(refusal) = read_reply(&reply.body(), Some(reply.charset)) else { continue };
        let Some(case) = client_case(&reply.id) else { continue };
        let Play::Answers(turns) = &case.play else { continue };
        let Some(expect) = turns.last().map(|turn| turn.expect) else { continue };
        let of_case = Expected { expect, requirements: case.requirements.clone() };
        let mildest = known.entry(refusal.defect).or_insert_with(|| of_case.clone());
        if leniency(expect) > leniency(mildest.expect) {
            *mildest = of_case;
        }
    }
    known
}

/// How much it leaves to a client.
fn leniency(expect: ClientExpect) -> u8 {
    match expect {
        ClientExpect::Refused => 0,
        ClientExpect::Wary => 1,
        ClientExpect::Doubtful => 2,
        ClientExpect::Disconnected | ClientExpect::Open | ClientExpect::Unusual => 3,
    }
}
