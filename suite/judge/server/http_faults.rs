//! What the duties of HTTP/1.1 make of an outcome: who is bound by them, and what follows a message whose
//! length can be told in two ways.

use super::Context;
use super::line_checks::asks_to_close;
use crate::catalogue::{Case, CaseHeader as _};
use crate::evidence::{Answer, Attempt, Exchange, Observation, Role, Silence, Step};
use crate::judge::{CheckGroup, CheckId, Finding, Grading, Verdict};
use crate::message::{Edit, Framing};
use crate::protocol::{AmbiguityId, InputClass, Outcome, RequirementId, req};

/// The rows that bind a recipient of HTTP/1.1 (contradiction C27).
const OF_HTTP_1_1: [RequirementId; 6] = [
    req::CHUNKED_REQUEST,
    req::CONTINUE_SENT,
    req::FINAL_CODING,
    req::HOST_FIELD,
    req::INVALID_LENGTH,
    req::LENGTH_BESIDE_CODING,
];

/// Above this many bytes a reset instead of an answer counts as an orderly close: a server that
/// refuses without reading everything cannot prevent the reset (RFC 9112 9.6).
const UNREAD_BODY: usize = 65_536;

/// A reset while a long body, or a request that is at fault as HTTP, was being sent is a close. So is an
/// answer that breaks off when the request was at fault first. One whose end was waited for in vain is a
/// silence, whatever the request was.
pub(super) fn excuse_broken_connection(observation: &mut Observation, broken: bool, exchange: &Exchange) {
    let unread = exchange.sent.body.0.len() > UNREAD_BODY || broken;
    let closed = match &exchange.answer {
        Answer::Silence(Silence::Reset) => unread,
        Answer::Http(_) => broken && observation.outcome == Outcome::Lost,
        Answer::Silence(_) => false,
    };
    if exchange.line.unended && observation.outcome == Outcome::Lost {
        observation.outcome = Outcome::Silent;
    } else if closed {
        observation.outcome = Outcome::Closed;
    }
}

/// Where a request is refused as HTTP, the status is what is asked for: a fault in the body does not
/// change it (UMD-R015). Where it is all that is asked for, an empty body claims nothing.
pub(super) fn take_by_status(
    observation: &mut Observation,
    class: InputClass,
    in_http: bool,
    answer: &Answer,
) {
    use InputClass as C;
    let Answer::Http(http) = answer else { return };
    let by_status = matches!(class, C::Method | C::MediaType | C::Credentials);
    let in_http = by_status || (in_http && class != C::SoapAction);
    let refused = in_http && matches!(http.status, 400..=499 | 501);
    if observation.outcome != Outcome::Lost && (refused || (by_status && http.body.0.is_empty())) {
        observation.outcome = Outcome::Http(http.status);
    }
}

/// Takes out what is wrong with a fault in the body of a refusal by status, which is what counts (UMD-R015).
pub(super) fn drop_fault_of_status(findings: &mut Vec<Finding>, observation: &Observation) {
    if matches!(observation.outcome, Outcome::Http(400..=499 | 501)) {
        findings.retain(|finding| {
            finding.check == CheckId::FaultLeak || finding.check.group() != CheckGroup::Fault
        });
    }
}

/// Lowers what a server of HTTP/1.0 need not do, and a refusal for want of a length: RFC 9112 6.3 lets
/// a server ask for one.
pub(super) fn lower(findings: &mut [Finding], case: &Case, attempt: &Attempt, outcome: &Outcome) {
    let old = speaks_http_1_0(attempt);
    let own = case.primary().id;
    // A server of HTTP/1.0 reads no chunks, be they right or wrong. One that does is bound by its row all the same.
    let reads_them = outcome.claims_success() && OF_HTTP_1_1.contains(&own);
    let is_chunked = old && comes_in_chunks(attempt) && !reads_them;
    let primary = if is_chunked { req::CHUNKED_REQUEST } else { own };
    if !OF_HTTP_1_1.contains(&primary) {
        return;
    }
    let wants_length = primary == req::CHUNKED_REQUEST && *outcome == Outcome::Http(411);
    if !old && !wants_length {
        return;
    }
    let refuses = outcome.is_refusal() || matches!(outcome, Outcome::Http(500..)) || outcome.is_lost();
    for finding in findings.iter_mut().filter(|finding| finding.check == CheckId::Outcome) {
        if primary == req::INVALID_LENGTH && outcome.claims_success() {
            // A body that was read by a length that is none is one that nobody sent.
            finding.verdict = finding.verdict.min(Verdict::Warn);
        } else if refuses || primary != req::CHUNKED_REQUEST {
            finding.verdict = Verdict::Note;
            finding.requirement = primary;
        }
        if old && primary == req::CHUNKED_REQUEST {
            finding.ambiguity = Some(AmbiguityId::CHUNKED_REQUEST);
        }
    }
}

/// Whether the head of the request says that its body comes in chunks.
fn comes_in_chunks(attempt: &Attempt) -> bool {
    let Some(sent) = attempt.step(Role::Mutant).map(|step| &step.exchange.sent) else { return false };
    let wire = sent.wire.as_ref().map_or(&[][..], |wire| &wire.0);
    let head = String::from_utf8_lossy(wire).to_ascii_lowercase();
    let head = head.split("\r\n\r\n").next().unwrap_or_default();
    head.lines().any(|line| line.starts_with("transfer-encoding") && line.contains("chunked"))
}

/// Whether the server answers as one of HTTP/1.0.
fn speaks_http_1_0(attempt: &Attempt) -> bool {
    attempt
        .steps
        .iter()
        .any(|step| matches!(&step.exchange.answer, Answer::Http(http) if http.version == "1.0"))
}

/// An answer to what followed a message with two lengths: what the server took for the next request may
/// have been a part of that one (RFC 9112 6.1, 6.3).
pub(super) fn second_answer(case: &Case, step: &Step, attempt: &Attempt) -> Option<Finding> {
    let primary = case.primary();
    let status = step.exchange.line.second.filter(|_| primary.id == req::LENGTH_BESIDE_CODING)?;
    let verdict = if speaks_http_1_0(attempt) { Verdict::Note } else { Verdict::Fail };
    Some(Finding::new(
        CheckId::Sequence,
        primary.id,
        verdict,
        "a connection that is closed after the answer",
        format!("{status} in answer to what followed on the connection"),
    ))
}

/// A connection that is still open although the request asked to close it (RFC 9112 9.6).
pub(super) fn left_open(case: &Case, step: &Step, grading: Grading) -> Option<Finding> {
    let row = case.primary();
    let is_about = row.id == req::SHARED_CONNECTION && asks_to_close(&step.exchange);
    (is_about && step.exchange.line.open).then(|| {
        let expected = "the connection closed after the answer, because the request asks for it";
        Finding::new(CheckId::Sequence, row.id, grading.breach(row), expected, "it stays open")
    })
}

/// How many requests a case sends in one segment with another one, and how.
fn behind(case: &Case) -> Option<&Framing> {
    case.edits()?.iter().find_map(|edit| match edit {
        Edit::Framing(framing) if framing.requests_behind() > 0 => Some(framing),
        _ => None,
    })
}

/// A request in the same segment as another one that has no answer, on a connection that is still open, or one of the
/// same bytes that is not read as the first was. A server may close in between (RFC 9112 9.3.2).
pub(super) fn second_missing(context: Context<'_>, step: &Step) -> Option<Finding> {
    let Context { case, control, grading } = context;
    let framing = behind(case)?;
    let line = &step.exchange.line;
    let row = req::ONE_ANSWER.requirement();
    let found = |expected: &str, observed: &str| {
        Some(Finding::new(CheckId::AnswerOne, row.id, grading.breach(row), expected, observed))
    };
    // The call has ended by then, and there are servers that say so with 400.
    let is_other = |answer: &Answer| matches!(answer, Answer::Http(http) if http.status != 400);
    let known = control.plain_answers[1].as_ref();
    let is_misread = is_other(&step.exchange.answer) && known.is_some_and(is_other);
    match (framing, line.second) {
        (_, None) if line.open => found(
            "an answer to the second request of a segment, or the end of the connection",
            "no answer to it",
        ),
        (Framing::PipelinedTwice, Some(_)) if line.open => found(
            "an answer to the third request of a segment, or the end of the connection",
            "no answer to it",
        ),
        (Framing::PipelinedAgain, Some(400)) if is_misread => {
            found("the second request read as the first one, whose bytes are the same", "400 in answer to it")
        }
        _ => None,
    }
}

/// Tells of answers that came in another order than their requests (RFC 9112 9.3.2): the call was ended, the first
/// answer is none to that, and the second is a success.
pub(super) fn tell_order(findings: &mut [Finding], case: &Case, step: &Step, ended: bool) {
    if !ended || step.exchange.line.second != Some(200) || behind(case).is_none() {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| finding.check == CheckId::Outcome) {
        "the answers in the order of their requests (RFC 9112 9.3.2)".clone_into(&mut finding.expected);
        finding.observed.push_str("; 200 came behind it");
    }
}

/// Takes what was found of how a connection ended for the doing of the case, where it is about that.
pub(super) fn own_close(findings: &mut [Finding], case: &Case) {
    let is_watched = case.edits().is_some_and(|edits| edits.contains(&Edit::Framing(Framing::Watched)));
    if is_watched && case.requirements.contains(&req::SHARED_CONNECTION) {
        for finding in findings.iter_mut().filter(|finding| finding.check == CheckId::AnswerClose) {
            finding.common = false;
        }
    }
}

/// The row that a silence goes against, where the client waits for the server by the rules, or has sent all that its
/// request says.
pub(super) fn row_of_silence(case: &Case, outcome: &Outcome) -> Option<RequirementId> {
    if *outcome != Outcome::Silent {
        return None;
    }
    // Where nothing tells of a body there is none, and no end of one to wait for (RFC 9112 6.3).
    let is_unsaid =
        |edit: &Edit| matches!(edit, Edit::Framing(Framing::ChunkedUnsaid | Framing::LengthUnsaid));
    let is_bare = case.edits().is_some_and(|edits| edits.iter().any(is_unsaid));
    let own = case.primary().id;
    let tells = own == req::CONTINUE_SENT
        || own == req::EXPECT_CONTINUE
        || (own == req::UNAMBIGUOUS_FRAMING && is_bare);
    tells.then_some(own)
}
