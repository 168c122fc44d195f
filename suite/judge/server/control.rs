use std::collections::BTreeSet;
use std::fmt;

use super::{Signature, check_answer};
use crate::evidence::{Answer, Attempt, CallIds, Contrast, observe};
use crate::judge::Grading;

/// How good the control of a verdict could be. It depends on where call ids come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlLevel {
    /// A fresh call for every probe.
    Live,
    /// Ids of calls that were given.
    Given,
    /// No ids: the plain request is expected to give the invalid-id fault.
    Synthetic,
    /// The server was not seen to discriminate: only clear breaches are reported.
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

impl fmt::Display for ControlLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What is known of a server before the cases, derived from what was exchanged with it
/// ([`Control::of`]).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub struct Control {
    /// How good it is.
    pub level: ControlLevel,
    /// How the plain request with a live or given id is answered.
    pub plain: Option<Signature>,
    /// How the plain request with an id that was never issued is answered.
    pub unissued: Option<Signature>,
    /// The answers that these are of: most later ones are the same to the byte, and need no reading.
    pub plain_answers: [Option<Answer>; 2],
    /// How short garbage is answered, by the rest of its length by four: what is no base64 of whole
    /// octets may be told apart from what is.
    pub garbage: Vec<Signature>,
    /// What the checks found in the plain answers, see [`flaws_of`].
    pub flaws: BTreeSet<String>,
    /// The malformed request that is refused differently.
    pub contrast: Option<Contrast>,
    /// Whether GetCallInfo tells the state of a call.
    pub states: bool,
    /// Whether a given id can be used again and again.
    pub reusable: bool,
    /// Whether a call can be ended once somebody has answered it, and not while it rings.
    pub ends_answered_calls_only: bool,
    /// Whether the call was still up when its time to end after a plain success was over.
    pub without_effect: bool,
    /// Whether GetCallInfo says of the id of a call that was just placed, and that Disconnect takes, that
    /// it is invalid.
    pub knows_no_id: bool,
    /// Why calls could not be placed and ended, where that was tried and the level is a lower one for it.
    pub instead_of_live: Option<String>,
    /// Why no case can be run at all, if none can.
    pub fatal: Option<String>,
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

    /// Whether this is how the plain request with a live or given id is answered.
    pub fn is_plain(&self, answer: &Answer) -> bool {
        self.plain == Some(Signature::of(answer))
    }

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

    /// Whether a plain request at this level is answered as before to the byte.
    pub fn is_identical(&self, level: ControlLevel, answer: &Answer) -> bool {
        let [plain, unissued] = &self.plain_answers;
        match level {
            ControlLevel::Live | ControlLevel::Given => plain.as_ref() == Some(answer),
            ControlLevel::Synthetic => unissued.as_ref() == Some(answer),
            ControlLevel::Uncontrolled => false,
        }
    }

    /// Whether a plain request at this level is still answered so, and as well.
    pub fn is_as_before(&self, level: ControlLevel, answer: &Answer) -> bool {
        self.is_identical(level, answer)
            || (self.plain_at(level) == Some(&Signature::of(answer)) && self.new_flaws(answer).is_empty())
    }
}

/// What the checks find in an answer, whatever a profile makes of it: check and requirement.
pub fn flaws_of(answer: &Answer) -> BTreeSet<String> {
    let findings = check_answer(answer, &observe(answer), Grading::default());
    findings.into_iter().map(|finding| format!("{} {}", finding.check, finding.requirement)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Bytes, HttpAnswer};
    use crate::message::{write_malformed, write_success};
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
                plain_answers: [None, None],
                garbage: Vec::new(),
                contrast: None,
                states: false,
                reusable: false,
                ends_answered_calls_only: false,
                without_effect: false,
                knows_no_id: false,
                instead_of_live: None,
                fatal: None,
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
