use crate::evidence::{Answer, Observation, observe};
use crate::protocol::{FaultCode, Outcome};

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
        Self::from_observation(answer, &observe(answer))
    }

    pub(super) fn from_observation(answer: &Answer, observation: &Observation) -> Self {
        let status = match answer {
            Answer::Http(http) => Some(http.status),
            Answer::Silence(_) => None,
        };
        let code = observation.fault().and_then(|fault| fault.code.as_ref());
        let code = code.map(|code| (code.namespace.clone(), code.local.clone()));
        Self { status, outcome: observation.outcome.clone(), code }
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
}
