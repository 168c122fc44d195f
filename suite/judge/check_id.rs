//! The checks by name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! check_ids {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)*) => {
        /// A check that makes findings. In the order of the words by which reports name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "&'static str")]
        #[non_exhaustive]
        pub enum CheckId {
            $($(#[$doc])* $variant,)*
        }

        impl CheckId {
            /// Every check.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in reports and records. Public, and never used again for something else.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

check_ids! {
    /// The plain request or message after the case.
    Alive = "alive",
    /// Allow with 405.
    AnswerAllow = "answer/allow",
    /// WWW-Authenticate with 401.
    AnswerAuthenticate = "answer/authenticate",
    /// One Body.
    AnswerBody = "answer/body",
    /// The charset parameter against the bytes.
    AnswerCharset = "answer/charset",
    /// That the charset parameter is there.
    AnswerCharsetStated = "answer/charset-stated",
    /// A connection that is closed as the answer says.
    AnswerClose = "answer/close",
    /// No encodingStyle.
    AnswerEncodingStyle = "answer/encoding-style",
    /// The end of the body as the answer tells it.
    AnswerFraming = "answer/framing",
    /// The lines of the head of an answer.
    AnswerHead = "answer/head",
    /// No element of an answer out of a call id.
    AnswerInjectedElement = "answer/injected-element",
    /// No field of an answer out of a call id.
    AnswerInjectedField = "answer/injected-field",
    /// No processing instruction.
    AnswerInstruction = "answer/instruction",
    /// A header entry that clients must understand.
    AnswerMandatoryHeader = "answer/mandatory-header",
    /// The media type of a SOAP answer.
    AnswerMediaType = "answer/media-type",
    /// One answer to one request.
    AnswerOne = "answer/one",
    /// The status of a redirect.
    AnswerRedirect = "answer/redirect",
    /// Nothing after Body.
    AnswerTrailer = "answer/trailer",
    /// The envelope of SOAP 1.1.
    AnswerVersion = "answer/version",
    /// Well-formed XML without a DTD.
    AnswerXml = "answer/xml",
    /// Attributes of SOAP in a request.
    Attributes = "attributes",
    /// The call id that a client sends.
    CallId = "call-id",
    /// EventCause of GetCallInfo.
    CallInfoCause = "call-info/cause",
    /// Where the answer of GetCallInfo says it.
    CallInfoPlace = "call-info/place",
    /// CallState of GetCallInfo.
    CallInfoState = "call-info/state",
    /// No contact with an address that only a message names.
    Canary = "canary",
    /// The charset parameter of a request.
    Charset = "charset",
    /// The media type of a request.
    ContentType = "content-type",
    /// Credentials that a client sends on.
    Credentials = "credentials",
    /// The state of the call before and after.
    Effect = "effect",
    /// faultactor.
    FaultActor = "fault/actor",
    /// The children of Fault.
    FaultChildren = "fault/children",
    /// A fault code that is a qualified name.
    FaultCodeForm = "fault/code-form",
    /// A known fault code.
    FaultCodeKnown = "fault/code-known",
    /// A fault code whose prefix is bound.
    FaultCodeName = "fault/code-name",
    /// detail where it belongs.
    FaultDetail = "fault/detail",
    /// No dot in a fault code.
    FaultDotted = "fault/dotted",
    /// No child of Fault in no namespace beside the four.
    FaultExtra = "fault/extra",
    /// No internals in an error.
    FaultLeak = "fault/leak",
    /// One Fault as the only child of Body.
    FaultOne = "fault/one",
    /// The order of the children of Fault.
    FaultOrder = "fault/order",
    /// faultcode and faultstring.
    FaultRequired = "fault/required",
    /// Status 500 with a fault.
    FaultStatus = "fault/status",
    /// The children of Fault in no namespace.
    FaultUnqualified = "fault/unqualified",
    /// The fields of an answer that a client reads.
    Field = "field",
    /// How a request tells its length.
    Framing = "framing",
    /// How time grows with the size of a message.
    Growth = "growth",
    /// The Host field of a request.
    Host = "host",
    /// The namespace of the code of the invalid-id fault.
    InvalidIdCodeNamespace = "invalid-id/code-namespace",
    /// ExceptionType in its detail.
    InvalidIdDetail = "invalid-id/detail",
    /// The namespace of ExceptionType.
    InvalidIdDetailNamespace = "invalid-id/detail-namespace",
    /// Nothing else in its detail.
    InvalidIdDetailOther = "invalid-id/detail-other",
    /// Its faultstring.
    InvalidIdText = "invalid-id/text",
    /// Where an answer says which id was issued.
    IssuedPlace = "issued/place",
    /// The namespace of the code of the malformed-request fault.
    MalformedCodeNamespace = "malformed/code-namespace",
    /// The namespace of its detail.
    MalformedDetailNamespace = "malformed/detail-namespace",
    /// The order in its detail.
    MalformedDetailOrder = "malformed/detail-order",
    /// Nothing else in its detail.
    MalformedDetailOther = "malformed/detail-other",
    /// Message in its detail.
    MalformedMessage = "malformed/message",
    /// ResponseCode in its detail.
    MalformedResponseCode = "malformed/response-code",
    /// Its faultstring.
    MalformedText = "malformed/text",
    /// The message that a client sends.
    Message = "message",
    /// The method of a request.
    Method = "method",
    /// What the case came to, against what is allowed.
    Outcome = "outcome",
    /// How a program tells that it refuses.
    Refusal = "refusal",
    /// The same again.
    Repeat = "repeat",
    /// Whether a client asks at all.
    Request = "request",
    /// What comes of several requests.
    Sequence = "sequence",
    /// The SOAPAction of a request.
    SoapAction = "soap-action",
    /// An empty DisconnectResponse.
    SuccessEmpty = "success/empty",
    /// DisconnectResponse as the only child of Body.
    SuccessOneChild = "success/one-child",
    /// The status of a success.
    SuccessStatus = "success/status",
    /// The target of a request, against the URL that the client was given.
    Target = "target",
    /// What a parser reads.
    Value = "value",
    /// The HTTP version of a request.
    Version = "version",
}

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CheckGroup {
    /// Every answer.
    Answer,
    /// Every answer of GetCallInfo.
    CallInfo,
    /// A case as a whole, whatever the subject.
    Case,
    /// Every fault.
    Fault,
    /// The invalid-id fault.
    InvalidId,
    /// The malformed-request fault.
    Malformed,
    /// Every success.
    Success,
}

impl CheckId {
    /// What it looks at.
    pub fn group(self) -> CheckGroup {
        match self.word().split_once('/') {
            Some(("answer", _)) => CheckGroup::Answer,
            Some(("call-info", _)) => CheckGroup::CallInfo,
            Some(("fault", _)) => CheckGroup::Fault,
            Some(("invalid-id", _)) => CheckGroup::InvalidId,
            Some(("malformed", _)) => CheckGroup::Malformed,
            Some(("success", _)) => CheckGroup::Success,
            _ => CheckGroup::Case,
        }
    }

    /// Whether it tells of the one case that it is found in (what came of its request, its effect, its
    /// life afterwards, a second answer, a contact, several requests, the same again), and not of what any
    /// answer or request of the subject has.
    pub fn is_about_case(self) -> bool {
        matches!(
            self,
            Self::Alive
                | Self::AnswerOne
                | Self::CallId
                | Self::Canary
                | Self::Credentials
                | Self::Effect
                | Self::Growth
                | Self::Outcome
                | Self::Repeat
                | Self::Request
                | Self::Sequence
                | Self::Value
        )
    }

    /// Whether a case which cites its row is not about what it looks at: an answer, for a row that binds
    /// requests as well, or the way in which a program refuses.
    pub(super) fn is_never_of_case(self) -> bool {
        matches!(
            self,
            Self::AnswerBody
                | Self::AnswerCharset
                | Self::AnswerClose
                | Self::AnswerEncodingStyle
                | Self::AnswerFraming
                | Self::AnswerHead
                | Self::AnswerInstruction
                | Self::AnswerTrailer
                | Self::AnswerVersion
                | Self::AnswerXml
                | Self::Refusal
        )
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A text that names no check.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no check {0:?}")]
pub struct UnknownCheck(String);

impl FromStr for CheckId {
    type Err = UnknownCheck;

    fn from_str(text: &str) -> Result<Self, UnknownCheck> {
        let named = |check: &Self| check.word() == text;
        Self::ALL.iter().copied().find(named).ok_or_else(|| UnknownCheck(text.to_owned()))
    }
}

impl TryFrom<String> for CheckId {
    type Error = UnknownCheck;

    fn try_from(text: String) -> Result<Self, UnknownCheck> {
        text.parse()
    }
}

impl From<CheckId> for &'static str {
    fn from(check: CheckId) -> Self {
        check.word()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_stand_in_the_order_of_their_words_and_are_read_back() {
        assert!(CheckId::ALL.iter().map(|check| check.word()).is_sorted());
        for &check in CheckId::ALL {
            assert_eq!(check.word().parse(), Ok(check));
        }
        assert!("answer/".parse::<CheckId>().is_err());
    }
}
