//! What is particular about what a case puts to a subject, as coarse as the places in a program that
//! would have to be mended.

use std::collections::BTreeMap;

use crate::catalogue::{
    Case, CaseHeader as _, CaseRef, ClientCase, ClientExpect, MessageCase, MessageExpect, Part, Play,
    Stimulus,
};
use crate::evidence::Reaction;
use crate::judge::{Finding, Verdict};
use crate::message::Edit;
use crate::protocol::{InputClass, RequirementId, req};

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Credentials.
    Credentials,
    /// Answers of no bytes.
    Empty,
    /// How the characters of a message are encoded.
    Encoding,
    /// The version of the envelope.
    Envelope,
    /// What the cases of a family have in common.
    Family(&'static str),
    /// What SOAP leaves out of XML.
    Forbidden,
    /// Header entries.
    Header,
    /// The Host field.
    Host,
    /// The HTTP around a message: its framing and its fields.
    Http,
    /// The text of call ids.
    Id,
    /// The HTTP around answers, by the family of the cases.
    Line(&'static str),
    /// What the schema does not have, where that is borne with: whoever does not validate takes all of it.
    Laxity,
    /// The media type, and its parameters.
    MediaType,
    /// The method.
    Method,
    /// The life of calls: each requirement is a matter of its own.
    Life(RequirementId),
    /// The elements and attributes that SOAP and the schema ask for.
    Schema,
    /// Values that stand elsewhere and are pointed to.
    Reference,
    /// The SOAPAction field.
    SoapAction,
    /// The spelling of a message that is as it should be.
    Spelling,
    /// The target of a request.
    Target,
    /// Characters and markup.
    Xml,
}

impl Kind {
    /// The kind of what a finding in a case is about.
    pub(super) fn of(case: CaseRef, finding: &Finding) -> Self {
        // A step may be of another class than its case.
        Self::of_case(case, finding.class, finding.requirement)
    }

    /// The kinds of what cases are about, each with how many of them must be accepted (`true`) or refused.
    pub(super) fn counts(cases: impl Iterator<Item = CaseRef>) -> BTreeMap<(Self, bool), usize> {
        let mut counts = BTreeMap::new();
        for case in cases {
            if let (Some(&row), Some(accepted)) = (case.requirements().first(), must_be_accepted(case)) {
                *counts.entry((Self::of_case(case, None, row), accepted)).or_default() += 1;
            }
        }
        counts
    }

    fn of_case(case: CaseRef, class: Option<InputClass>, row: RequirementId) -> Self {
        use InputClass as C;
        match (case, row) {
            // A declaration that is none is no XML, whatever it would declare.
            (
                CaseRef::Parser(MessageCase { class: Some(C::Dtd), .. })
                | CaseRef::Server(Case { class: C::Dtd, .. }),
                req::WELL_FORMED,
            ) => return Self::Xml,
            (CaseRef::Client(_) | CaseRef::Parser(_), req::MANDATORY_HEADER_IN_ANSWER) => {
                return Self::Header;
            }
            (CaseRef::Client(_) | CaseRef::Parser(_), req::DTD_IN_ANSWER) => return Self::Forbidden,
            // Whoever cannot read UTF-16 can neither in requests nor in answers.
            (CaseRef::Parser(case), _) if case.primary().id == req::UTF16_READ => return Self::Encoding,
            (CaseRef::Client(case), _) if is_answered_with_nothing(case) => return Self::Empty,
            _ => {}
        }
        match case {
            CaseRef::Client(case) if case.family().starts_with("answer-") => match Self::of_http(row) {
                // Of HTTP a family is about one place in a program: fields, chunks, segments, kept connections.
                Self::Http if Self::of_family(case.family()) == Self::Http => Self::Line(case.family()),
                Self::MediaType => Self::MediaType,
                _ => Self::of_family(case.family()),
            },
            CaseRef::Client(case) => Self::of_family(case.family()),
            CaseRef::Parser(case) if case.family() == "multi-reference" => Self::Reference,
            CaseRef::Parser(case) => match case.class {
                Some(C::Valid) => Self::Spelling,
                Some(class) => Self::of_class(class),
                None => Self::of_family(case.family()),
            },
            CaseRef::Server(case) => match (class.unwrap_or(case.class), &case.stimulus) {
                (C::Valid | C::EndedCall, Stimulus::Sequence(_)) => Self::Life(row),
                (C::Valid, _) if has_other_target(case) => Self::Target,
                (C::Valid | C::EncodingsDisagree | C::NotWellFormed, _) if case.part == Part::Http => {
                    Self::of_http(row)
                }
                _ if case.family() == "multi-reference" => Self::Reference,
                (C::Valid | C::EndedCall, _) => Self::Spelling,
                (class, _) => Self::of_class(class),
            },
        }
    }

    fn of_http(row: RequirementId) -> Self {
        match row {
            req::HOST_FIELD => Self::Host,
            req::CHARSET_NAMES_ENCODING | req::CHARSET_STATED => Self::MediaType,
            _ => Self::Http,
        }
    }

    /// Of answers, and of ids that clients are given.
    fn of_family(family: &'static str) -> Self {
        match family {
            "reply-encoding" | "reply-xml" | "answer-hostile" => Self::Xml,
            "reply-envelope" | "reply-success" | "answer-body" => Self::Schema,
            "challenge" | "redirect" => Self::Http,
            family if family.starts_with("answer-") => Self::Http,
            "reply-spelling" => Self::Spelling,
            // The ids that a client is given.
            "value" => Self::Family("client-id"),
            family => Self::Family(family),
        }
    }

    fn of_class(class: InputClass) -> Self {
        use InputClass as C;
        match class {
            C::Unissued
            | C::Garbage
            | C::EmptyCallId
            | C::BlankCallId
            | C::PaddedCallId
            | C::LongCallId
            | C::OversizedCallId => Self::Id,
            C::MissingCallId
            | C::TwoCallIds
            | C::ExtraSibling
            | C::UndeclaredAttribute
            | C::CallIdNamespace
            | C::OperationName
            | C::Nil
            | C::ElementInCallId
            | C::BodyShape
            | C::Trailer
            | C::EnvelopeNoNamespace
            | C::ForeignOperation => Self::Schema,
            C::EnvelopeNamespace => Self::Envelope,
            C::MandatoryHeader | C::OptionalHeader => Self::Header,
            C::Dtd | C::ProcessingInstruction => Self::Forbidden,
            C::NotWellFormed | C::EncodingsDisagree => Self::Xml,
            C::Valid | C::EndedCall | C::TextSplit => Self::Spelling,
            C::Utf8Bom | C::Utf16 => Self::Encoding,
            C::MediaType => Self::MediaType,
            C::Method => Self::Method,
            C::SoapAction => Self::SoapAction,
            C::Credentials => Self::Credentials,
        }
    }

    /// The kind of what was accepted so: a laxity that is borne with is another matter than an element that is missing.
    pub(super) fn as_graded(self, verdict: Verdict) -> Self {
        if self == Self::Schema && verdict < Verdict::Fail { Self::Laxity } else { self }
    }

    /// Whether it is about the HTTP around a message.
    pub(super) fn is_of_http(self) -> bool {
        matches!(
            self,
            Self::Host
                | Self::Http
                | Self::Line(_)
                | Self::MediaType
                | Self::Method
                | Self::SoapAction
                | Self::Target
        )
    }

    /// What cases of this kind are about, to follow "of".
    pub(super) fn words(self) -> String {
        match self {
            Self::Credentials => "credentials".to_owned(),
            Self::Empty => "answers without a body".to_owned(),
            Self::Encoding => "the encoding of messages".to_owned(),
            Self::Envelope => "the version of the envelope".to_owned(),
            Self::Family(family) => format!("the family {family}"),
            Self::Forbidden => "what SOAP leaves out of XML".to_owned(),
            Self::Header => "header entries".to_owned(),
            Self::Host => "the Host field".to_owned(),
            Self::Http => "HTTP".to_owned(),
            Self::Id => "call ids".to_owned(),
            Self::Laxity => "what the schema does not have and this profile bears with".to_owned(),
            Self::Life(_) => "the life of calls".to_owned(),
            Self::Line(family) => format!("HTTP, {family}"),
            Self::MediaType => "the media type".to_owned(),
            Self::Method => "the method".to_owned(),
            Self::Reference => "references to other elements".to_owned(),
            Self::Schema => "elements and attributes".to_owned(),
            Self::SoapAction => "SOAPAction".to_owned(),
            Self::Spelling => "the spelling of messages".to_owned(),
            Self::Target => "the request target".to_owned(),
            Self::Xml => "XML".to_owned(),
        }
    }
}

/// Whether a request names its target otherwise than most do, which is a matter of routing.
fn has_other_target(case: &Case) -> bool {
    case.edits().is_some_and(|edits| edits.contains(&Edit::AbsoluteTarget))
}

/// Whether the last answer to a client has no body.
fn is_answered_with_nothing(case: &ClientCase) -> bool {
    let Play::Answers(turns) = &case.play else { return false };
    turns
        .last()
        .is_some_and(|turn| matches!(&turn.reaction, Reaction::Answer(answer) if answer.body.is_empty()))
}

/// Whether a success must come of a case, or none; nothing where either will do.
fn must_be_accepted(case: CaseRef) -> Option<bool> {
    match case {
        CaseRef::Client(case) => match &case.play {
            Play::Answers(turns) => match turns.last()?.expect {
                ClientExpect::Disconnected => Some(true),
                ClientExpect::Doubtful | ClientExpect::Open | ClientExpect::Unusual => None,
                ClientExpect::Refused | ClientExpect::Wary => Some(false),
            },
            Play::Illegal | Play::Life(_) | Play::Twice => None,
        },
        CaseRef::Parser(case) => match case.expect {
            MessageExpect::Accept => Some(true),
            MessageExpect::Either => None,
            MessageExpect::Reject => Some(false),
        },
        CaseRef::Server(case) if case.recorded => None,
        CaseRef::Server(case) if case.class.is_positive() => Some(true),
        CaseRef::Server(case) => case.class.is_negative().then_some(false),
    }
}
