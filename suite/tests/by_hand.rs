//! Answers and steps written by hand, and judgements in words.

use umspec::evidence::{Answer, Bytes, CallIds, Exchange, HttpAnswer, Sent};
use umspec::evidence::{Role, Step};
use umspec::judge::{ControlLevel, Finding, Judgement, Verdict};
use umspec::message::{write_call_info, write_fault, write_invalid_call_id, write_malformed, write_success};
use umspec::protocol::names;

/// An answer with this media type.
pub(crate) fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer::Http(HttpAnswer {
        version: "1.1".to_owned(),
        status,
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body: Bytes(body.as_bytes().to_vec()),
        complete: true,
        trailing: 0,
    })
}

/// A SOAP message as answer.
pub(crate) fn soap(status: u16, body: &str) -> Answer {
    answer(status, names::CONTENT_TYPE, body)
}

/// The documented success.
pub(crate) fn success() -> Answer {
    soap(200, &write_success())
}

/// The documented fault for an id that names no call.
pub(crate) fn invalid_id() -> Answer {
    soap(500, &write_invalid_call_id())
}

/// The documented fault for a malformed request.
pub(crate) fn malformed() -> Answer {
    soap(500, &write_malformed())
}

/// A fault of SOAP with this code.
pub(crate) fn fault(code: &str) -> Answer {
    soap(500, &write_fault(code, "x"))
}

/// A status and nothing else.
pub(crate) fn bare(status: u16) -> Answer {
    answer(status, "text/html", "")
}

/// GetCallInfo of a call that is up.
pub(crate) fn up() -> Answer {
    soap(200, &write_call_info("Connected", "None"))
}

/// GetCallInfo of a call that has ended.
pub(crate) fn ended() -> Answer {
    soap(200, &write_call_info("Disconnected", "OtherError"))
}

/// An answer with something changed.
pub(crate) fn with(answer: Answer, change: impl FnOnce(&mut HttpAnswer)) -> Answer {
    match answer {
        Answer::Http(mut http) => {
            change(&mut http);
            Answer::Http(http)
        }
        silence @ Answer::Silence(_) => silence,
    }
}

/// A step in which this body was sent.
pub(crate) fn step(role: Role, turn: Option<usize>, body: &[u8], answer: Answer) -> Step {
    let sent = Sent {
        method: "POST".to_owned(),
        target: "/".to_owned(),
        headers: Vec::new(),
        body: Bytes(body.to_vec()),
        wire: None,
    };
    Step { role, turn, exchange: Exchange::new(sent, answer) }
}

/// The verdict, then each finding: check, row and verdict, gravest first. What answers have in common counts
/// as if it were of the case.
pub(crate) fn words(judgement: &Judgement) -> String {
    let mut findings: Vec<&Finding> = judgement.findings.iter().collect();
    findings.sort_by(|a, b| b.verdict.cmp(&a.verdict).then_with(|| a.cmp(b)));
    let worst = findings.first().map_or(Verdict::Pass, |finding| finding.verdict);
    let is_judged = judgement.verdict.is_judged();
    let verdict = if is_judged { judgement.verdict.max(worst) } else { judgement.verdict };
    let found = findings.into_iter().map(|finding| {
        let row = finding.requirement.to_string().replace("UMD-", "");
        format!("; {} {row} {}", finding.check, finding.verdict)
    });
    format!("{verdict}{}", found.collect::<String>())
}

/// Where ids come from at this level of control.
pub(crate) fn ids_at(level: ControlLevel) -> CallIds {
    match level {
        ControlLevel::Live => CallIds::Fresh,
        ControlLevel::Given => CallIds::Given,
        ControlLevel::Synthetic | ControlLevel::Uncontrolled => CallIds::Unissued,
    }
}
