//! What findings of one cause have in common: never a word of what was observed, so that neither the place
//! of an error nor an echoed value makes two of one.

use super::kind::Kind;
use crate::catalogue::{Case, CaseRef, Expect, Stimulus};
use crate::evidence::{Answer, Attempt, CallStatus, ClientEnd, Evidence, Parsed, Role, Silence};
use crate::judge::{CheckGroup, CheckId, Finding};
use crate::protocol::{FaultCode, InputClass, Outcome, RequirementId, req};
use crate::record::Entry;

/// What findings of one cause have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// What a campaign has found, by the place of its entry: it has told faults apart already.
    Bucket(usize),
    /// A check of answers or requests; for checks of the same part of an answer the first of them.
    Check(CheckId),
    /// What inputs came to, and of what kind they are, if that matters.
    Came(Came, Option<Kind>),
    /// Whatever inputs of one kind came to: it is looked at in one place of a program, and what follows from there is
    /// of many shapes.
    Kind(Kind),
    /// A check of a case, and the requirement.
    Requirement(CheckId, RequirementId),
}

/// What an input came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Came {
    /// A success, for what is none.
    Accepted,
    /// The connection closed in order, where an answer is asked for.
    Closed,
    /// A call ended that was to stay up.
    Ended,
    /// A fault, by its code, where another answer is asked for.
    Fault(Code),
    /// No answer: the connection was lost, or the program broke off.
    Gone,
    /// This hundred of status codes without a SOAP message, where another answer is asked for.
    Http(u16),
    /// A value that was not read as it was written.
    Misread,
    /// A message that is neither success nor fault.
    Neither,
    /// A success by its status, and none by its words.
    NoneByWords,
    /// A refusal of what is as it should be.
    Refused,
    /// Nothing in time.
    Silent,
    /// An answer in SOAP 1.2.
    Soap12,
    /// A call stayed up that was to end.
    StaysUp,
}

/// The code of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Code {
    Client,
    InvalidCallId,
    InvalidRequest,
    MustUnderstand,
    Other,
    Server,
    VersionMismatch,
}

impl Code {
    fn of(code: &FaultCode) -> Self {
        match code {
            FaultCode::Client => Self::Client,
            FaultCode::InvalidCallId => Self::InvalidCallId,
            FaultCode::InvalidRequest => Self::InvalidRequest,
            FaultCode::MustUnderstand => Self::MustUnderstand,
            FaultCode::Other(_) => Self::Other,
            FaultCode::Server => Self::Server,
            FaultCode::VersionMismatch => Self::VersionMismatch,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Client => "soap:Client",
            Self::InvalidCallId => "InvalidCallIdException",
            Self::InvalidRequest => "ErrorInvalidRequest",
            Self::MustUnderstand => "soap:MustUnderstand",
            Self::Other => "of another code",
            Self::Server => "soap:Server",
            Self::VersionMismatch => "soap:VersionMismatch",
        }
    }
}

impl Key {
    /// The key of a finding in a case, or before the cases.
    pub(super) fn of(case: Option<(CaseRef, &Entry)>, finding: &Finding) -> Self {
        use CheckId as I;
        let by_requirement = Self::Requirement(finding.check, finding.requirement);
        match finding.check {
            // Of the control too, which has no input that could be of a kind.
            I::Outcome if finding.requirement == req::DISCONNECT_RESPONSE => {
                Self::Came(Came::NoneByWords, None)
            }
            I::Outcome | I::Request | I::Alive | I::Value | I::CallId | I::Effect | I::Sequence => {
                let Some((case, entry)) = case else { return by_requirement };
                match came_to(case, entry, finding) {
                    result if is_dispatched(case) && !matches!(result, Some(Came::Gone | Came::Silent)) => {
                        Self::Kind(Kind::SoapAction)
                    }
                    // Whoever takes anything for a success does not look at what an answer is made of.
                    Some(Came::Accepted)
                        if matches!(case, CaseRef::Client(_))
                            && finding.requirement == req::OK_STATUS_WITHOUT_RESPONSE =>
                    {
                        Self::Came(Came::Accepted, None)
                    }
                    Some(Came::Accepted) => {
                        Self::Came(Came::Accepted, Some(Kind::of(case, finding).as_graded(finding.verdict)))
                    }
                    Some(result @ (Came::Refused | Came::Gone | Came::Silent | Came::Fault(_))) => {
                        Self::Came(result, Some(Kind::of(case, finding)))
                    }
                    Some(result) => Self::Came(result, None),
                    None => by_requirement,
                }
            }
            check if check.is_about_case() => by_requirement,
            // A child by another name is no detail.
            I::FaultDetail if case.is_some_and(|(_, entry)| has_other_children(entry)) => {
                Self::Check(I::FaultChildren)
            }
            check => Self::Check(first_of_part(check)),
        }
    }

    /// The place of the entry, of what a campaign has found.
    pub(super) fn bucket(self) -> Option<usize> {
        if let Self::Bucket(place) = self { Some(place) } else { None }
    }

    /// The kind of input and whether it must be accepted, where all depends on how many of them came to it.
    pub(super) fn share(self) -> Option<(Kind, bool)> {
        match self {
            Self::Came(_, Some(Kind::Life(_) | Kind::Laxity)) => None,
            Self::Came(Came::Accepted, kind) => Some((kind?, false)),
            Self::Came(Came::Refused, kind) => Some((kind?, true)),
            _ => None,
        }
    }

    /// The same for any kind of input.
    pub(super) fn of_any_kind(self) -> Self {
        match self {
            Self::Came(came, _) => Self::Came(came, None),
            other => other,
        }
    }

    /// What the findings have in common, in words.
    pub(super) fn words(self) -> String {
        match self {
            Self::Came(came, kind) => {
                let kind = kind.map_or_else(String::new, |kind| format!(", in cases of {}", kind.words()));
                format!("{}{kind}", came.words())
            }
            Self::Kind(kind) => format!("what cases of {} come to", kind.words()),
            Self::Bucket(_) => "what a campaign has found".to_owned(),
            Self::Check(check) | Self::Requirement(check, _) => format!("what {check} looks at"),
        }
    }
}

impl Came {
    fn words(self) -> String {
        match self {
            Self::Accepted => "success for what is to be refused".to_owned(),
            Self::Closed => "no answer before the connection closes".to_owned(),
            Self::Ended => "a call ends that was to stay up".to_owned(),
            Self::Fault(code) => format!("a fault {} where another answer is asked for", code.word()),
            Self::Gone => "it breaks off".to_owned(),
            Self::Http(hundred) => format!("{hundred}xx without a SOAP message"),
            Self::Misread => "a value that is not read as it is written".to_owned(),
            Self::Neither => "a message that is neither success nor fault".to_owned(),
            Self::NoneByWords => "a success by its status that is none by its words".to_owned(),
            Self::Refused => "a refusal of what is as it should be".to_owned(),
            Self::Silent => "nothing in time".to_owned(),
            Self::Soap12 => "an answer in SOAP 1.2".to_owned(),
            Self::StaysUp => "a call stays up that was to end".to_owned(),
        }
    }
}

/// Whether a fault of the case has children by other names than it may have.
fn has_other_children(entry: &Entry) -> bool {
    let mut checks = entry.judgement.findings.iter().map(|finding| finding.check);
    checks.any(|check| matches!(check, CheckId::FaultChildren | CheckId::FaultUnqualified))
}

/// Whether a case is about how a server finds the operation that is asked for.
fn is_dispatched(case: CaseRef) -> bool {
    matches!(case, CaseRef::Server(Case { class: InputClass::SoapAction, .. }))
}

/// What the input of a case came to, as far as this finding tells.
fn came_to(case: CaseRef, entry: &Entry, finding: &Finding) -> Option<Came> {
    if matches!(finding.check, CheckId::Value | CheckId::CallId) {
        return Some(Came::Misread);
    }
    match entry.evidence.as_ref()? {
        Evidence::Client(evidence) => Some(match evidence.end.as_ref()? {
            ClientEnd::Crashed(_) => Came::Gone,
            ClientEnd::Disconnected => Came::Accepted,
            ClientEnd::Hung => Came::Silent,
            ClientEnd::Refused | ClientEnd::Threw(_) => Came::Refused,
        }),
        Evidence::Parser(evidence) => match (&evidence.parsed, finding.check) {
            (Parsed::Crashed(_), _) => Some(Came::Gone),
            (Parsed::Silent, _) => Some(Came::Silent),
            (_, CheckId::Alive) => None,
            (Parsed::Accepted(_), _) => Some(Came::Accepted),
            (Parsed::Refused(_) | Parsed::Threw(_), _) => Some(Came::Refused),
        },
        Evidence::Server(attempts) if finding.check == CheckId::Alive => {
            let twin = attempts.iter().rev().find_map(|attempt| attempt.step(Role::Twin))?;
            match &twin.exchange.answer {
                Answer::Http(_) => None,
                Answer::Silence(Silence::TimedOut) => Some(Came::Silent),
                Answer::Silence(_) => Some(Came::Gone),
            }
        }
        Evidence::Server(attempts) => match finding.check {
            CheckId::Effect if finding.requirement == req::STATE_AFTER_DISCONNECT => Some(Came::StaysUp),
            CheckId::Effect => Some(Came::Ended),
            CheckId::Sequence => of_states(case, attempts),
            _ => Some(of_outcome(case, finding.class?, finding.outcome.as_ref()?)),
        },
    }
}

/// What became of the calls of a sequence, where that is not what it was to be.
fn of_states(case: CaseRef, attempts: &[Attempt]) -> Option<Came> {
    let CaseRef::Server(Case { stimulus: Stimulus::Sequence(turns), .. }) = case else { return None };
    let attempt = attempts.last()?;
    attempt.steps.iter().find_map(|step| {
        let status = CallStatus::of(&step.exchange.answer)?;
        match (&turns.get(step.turn?)?.expect, status) {
            (Expect::Ended, CallStatus::Up) => Some(Came::StaysUp),
            (Expect::Up | Expect::NotBothEnded, CallStatus::Ended) => Some(Came::Ended),
            _ => None,
        }
    })
}

fn of_outcome(case: CaseRef, class: InputClass, outcome: &Outcome) -> Came {
    let result = match outcome {
        Outcome::Closed => Came::Closed,
        Outcome::Lost => Came::Gone,
        Outcome::Fault(code) => Came::Fault(Code::of(code)),
        Outcome::Http(status) => Came::Http(status / 100),
        Outcome::Ok | Outcome::WrongSuccess(_) => Came::Accepted,
        Outcome::Other | Outcome::OtherOperation => Came::Neither,
        Outcome::Soap12Fault | Outcome::Soap12Ok => Came::Soap12,
        Outcome::Silent => Came::Silent,
    };
    let is_refusal = matches!(result, Came::Closed | Came::Fault(_) | Came::Http(_) | Came::Neither);
    let is_good = class.is_positive() && matches!(case, CaseRef::Server(case) if !case.recorded);
    match outcome {
        // How something good is refused makes no difference.
        _ if is_good && is_refusal => Came::Refused,
        Outcome::WrongSuccess(_) if is_good => Came::NoneByWords,
        _ => result,
    }
}

/// The first of the checks that look at the same part of an answer: whoever writes that part otherwise
/// than documented is told so by several of them.
fn first_of_part(check: CheckId) -> CheckId {
    use CheckId as I;
    match check.group() {
        CheckGroup::CallInfo => I::CallInfoState,
        CheckGroup::InvalidId => I::InvalidIdDetail,
        CheckGroup::Malformed => I::MalformedResponseCode,
        CheckGroup::Fault => match check {
            I::FaultOrder | I::FaultUnqualified | I::FaultRequired | I::FaultOne => I::FaultChildren,
            I::FaultCodeName | I::FaultDotted => I::FaultCodeKnown,
            check => check,
        },
        CheckGroup::Answer | CheckGroup::Case | CheckGroup::Success => check,
    }
}
