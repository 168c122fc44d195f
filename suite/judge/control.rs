use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Settings, check_answer};
use crate::evidence::{Answer, Attempt, CallIds, Seen, observe};
use crate::message::{Edit, Place};
use crate::protocol::{FaultCode, Outcome};

/// How good the control of a verdict could be. It depends on where call ids come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlLevel {
    /// A fresh call for every probe.
    Live,
    /// Ids of calls that were given.
    Given,
    /// No ids: the plain request is expected to give the invalid-id fault.
    Synthetic,
    /// The target was not seen to discriminate: only clear breaches are reported.
    Uncontrolled,
}

impl ControlLevel {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Given => "given",
            Self::Synthetic => "synthetic",
            Self::Uncontrolled => "uncontrolled",
        }
    }
}

/// A malformed request by which a target is seen to discriminate, in the order they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contrast {
    /// The document ends too early.
    Truncated,
    /// Disconnect is in another namespace.
    WrongNamespace,
    /// CallId is missing.
    MissingCallId,
    /// The id is garbage.
    GarbageId,
}

impl Contrast {
    /// Every contrast, in the order they are tried.
    pub const ALL: [Self; 4] = [Self::Truncated, Self::WrongNamespace, Self::MissingCallId, Self::GarbageId];

    /// What turns a legal request into this malformed twin.
    pub fn edit(self) -> Edit {
        match self {
            Self::Truncated => Edit::Truncate(14),
            Self::WrongNamespace => Edit::Namespace(Place::Operation, "urn:umspec:contrast".to_owned()),
            Self::MissingCallId => Edit::Delete(Place::CallId),
            Self::GarbageId => Edit::Content(Place::CallId, "umspec-garbage".to_owned()),
        }
    }

    /// What is wrong with it, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Truncated => "a truncated request",
            Self::WrongNamespace => "a request in a wrong namespace",
            Self::MissingCallId => "a request without CallId",
            Self::GarbageId => "a request with a garbage id",
        }
    }
}

/// What two answers are compared by: status, outcome and fault code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    status: Option<u16>,
    /// What the answer amounts to.
    pub outcome: Outcome,
    code: Option<(Option<String>, String)>,
}

impl Signature {
    /// The signature of an answer.
    pub fn of(answer: &Answer) -> Self {
        let seen = observe(answer);
        Self::from_seen(answer, &seen)
    }

    pub(super) fn from_seen(answer: &Answer, seen: &Seen) -> Self {
        let status = match answer {
            Answer::Http(http) => Some(http.status),
            Answer::Silence(_) => None,
        };
        let code = seen.fault().and_then(|fault| fault.code.as_ref());
        let code = code.map(|code| (code.namespace.clone(), code.local.clone()));
        Self { status, outcome: seen.outcome.clone(), code }
    }

    /// Whether a plain request may be answered so: success, or a fault about the id.
    pub fn may_be_plain(&self) -> bool {
        match &self.outcome {
            Outcome::Ok => true,
            Outcome::Fault(code) => !matches!(
                code,
                FaultCode::InvalidRequest | FaultCode::MustUnderstand | FaultCode::VersionMismatch
            ),
            _ => false,
        }
    }

    /// Whether this answer to a malformed request sets it apart from `plain`.
    pub fn contrasts_with(&self, plain: &Self) -> bool {
        self != plain && !self.outcome.claims_success()
    }

    /// Whether an answer came, or the connection was closed in order.
    pub fn is_orderly(&self) -> bool {
        !matches!(self.outcome, Outcome::Lost | Outcome::Silent)
    }
}

/// What a run established about its target before the cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// How good it is.
    pub level: ControlLevel,
    /// How the plain request with a live or given id is answered.
    pub plain: Option<Signature>,
    /// How the plain request with an id that was never issued is answered.
    pub unissued: Option<Signature>,
    /// How short garbage is answered, by the rest of its length by four: what is no base64 of whole
    /// octets may be told apart from what is.
    pub garbage: Vec<Signature>,
    /// What the checks found in the plain answers, see [`flaws_of`].
    pub flaws: BTreeSet<String>,
    /// The malformed request that is refused differently.
    pub contrast: Option<Contrast>,
    /// Whether GetCallInfo tells the state of a call.
    pub states: bool,
    /// Why there is no control, for [`ControlLevel::Uncontrolled`].
    pub problem: Option<String>,
}

impl Control {
    /// How a plain request is answered at this level.
    pub fn plain_at(&self, level: ControlLevel) -> Option<&Signature> {
        match level {
            ControlLevel::Live | ControlLevel::Given => self.plain.as_ref(),
            ControlLevel::Synthetic => self.unissued.as_ref(),
            ControlLevel::Uncontrolled => None,
        }
    }
}

impl Control {
    /// How good the control of an attempt could be: as good as that of the run, with the ids that it had.
    pub fn level_of(&self, attempt: &Attempt) -> ControlLevel {
        match (self.level, attempt.ids) {
            (ControlLevel::Uncontrolled, _) => ControlLevel::Uncontrolled,
            (_, CallIds::Fresh) => ControlLevel::Live,
            (_, CallIds::Given) => ControlLevel::Given,
            (_, CallIds::Unissued) => ControlLevel::Synthetic,
        }
    }

    /// What the checks find in the answer to a plain request that they did not find before the cases.
    pub fn new_flaws(&self, answer: &Answer) -> BTreeSet<String> {
        flaws_of(answer).difference(&self.flaws).cloned().collect()
    }

    /// Whether a plain request at this level is still answered so, and as well.
    pub fn is_as_before(&self, level: ControlLevel, answer: &Answer) -> bool {
        self.plain_at(level) == Some(&Signature::of(answer)) && self.new_flaws(answer).is_empty()
    }
}

/// What the checks find in an answer, whatever a profile makes of it: check and requirement.
pub fn flaws_of(answer: &Answer) -> BTreeSet<String> {
    let findings = check_answer(answer, &observe(answer), Settings::default());
    findings.into_iter().map(|finding| format!("{} {}", finding.check, finding.requirement)).collect()
}

impl fmt::Display for ControlLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Bytes, HttpAnswer, Silence};
    use crate::message::{write_fault, write_invalid_call_id, write_malformed, write_success};
    use crate::protocol::names;

    fn http(status: u16, content_type: &str, body: &str) -> Answer {
        Answer::Http(HttpAnswer {
            version: "1.1".into(),
            status,
            headers: vec![("content-type".into(), content_type.into())],
            body: Bytes(body.as_bytes().to_vec()),
            complete: true,
            trailing: 0,
        })
    }

    fn answer(status: u16, body: &str) -> Signature {
        Signature::of(&http(status, names::CONTENT_TYPE, body))
    }

    fn silence(silence: Silence) -> Signature {
        Signature::of(&Answer::Silence(silence))
    }

    #[test]
    fn a_plain_request_is_answered_by_success_or_by_a_fault_about_its_id() {
        let plain = |signature: &Signature| signature.may_be_plain();
        assert!(plain(&answer(200, &write_success())));
        assert!(plain(&answer(500, &write_invalid_call_id())));
        assert!(plain(&answer(500, &write_fault("Server", "x"))));
        for signature in [
            answer(500, &write_malformed()),
            answer(500, &write_fault("MustUnderstand", "x")),
            answer(500, &write_fault("VersionMismatch", "x")),
            answer(204, ""),
            answer(404, ""),
            silence(Silence::Closed),
        ] {
            assert!(!plain(&signature), "{signature:?}");
        }
    }

    #[test]
    fn a_contrast_is_another_answer_that_claims_no_success() {
        let (plain, refused) = (answer(200, &write_success()), answer(500, &write_malformed()));
        assert!(refused.contrasts_with(&plain));
        assert!(!plain.contrasts_with(&plain) && !refused.contrasts_with(&refused));
        assert!(!plain.contrasts_with(&refused), "a success does not refuse");
        assert!(!answer(204, "").contrasts_with(&plain));
        let other_code = answer(500, &write_fault("Client", "x"));
        assert!(other_code.contrasts_with(&refused) && answer(400, "").contrasts_with(&answer(404, "")));
    }

    #[test]
    fn only_what_was_lost_is_not_orderly() {
        assert!(answer(404, "").is_orderly() && silence(Silence::Closed).is_orderly());
        assert!(!silence(Silence::Reset).is_orderly() && !silence(Silence::TimedOut).is_orderly());
    }

    #[test]
    fn a_plain_request_is_as_before_if_it_is_answered_so_and_no_worse() {
        let (right, wrong) = (names::CONTENT_TYPE, "application/xml");
        let of = |content_type: &str| {
            let plain = http(200, content_type, &write_success());
            Control {
                level: ControlLevel::Given,
                flaws: flaws_of(&plain),
                plain: Some(Signature::of(&plain)),
                unissued: None,
                garbage: Vec::new(),
                contrast: None,
                states: false,
                problem: None,
            }
        };
        let again = |control: Control, answer: Answer| control.is_as_before(ControlLevel::Given, &answer);
        assert!(again(of(right), http(200, right, &write_success())));
        assert!(again(of(wrong), http(200, wrong, &write_success())), "its flaw is known");
        assert!(again(of(wrong), http(200, right, &write_success())), "better than before");
        assert!(!again(of(right), http(200, wrong, &write_success())));
        assert!(!again(of(right), http(500, right, &write_malformed())));
        let of_none = of(right);
        assert!(!of_none.is_as_before(ControlLevel::Synthetic, &http(200, right, &write_success())));
    }

    #[test]
    fn levels_are_told_by_their_word() {
        assert_eq!(ControlLevel::Synthetic.to_string(), "synthetic");
    }
}
