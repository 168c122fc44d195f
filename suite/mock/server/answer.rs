use crate::evidence::Response;
use crate::message;
use crate::protocol::{Defect, InputClass, names};

/// What an answer to Disconnect says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerKind {
    /// The invalid-id fault.
    InvalidId,
    /// The malformed-request fault.
    Malformed,
    /// The MustUnderstand fault.
    MustUnderstand,
    /// Success.
    Success,
    /// The VersionMismatch fault.
    VersionMismatch,
}

impl AnswerKind {
    /// What a message with this defect is due.
    pub(super) fn due(defect: Defect) -> Self {
        match defect.class() {
            InputClass::EnvelopeNamespace => Self::VersionMismatch,
            InputClass::MandatoryHeader => Self::MustUnderstand,
            InputClass::EmptyCallId | InputClass::BlankCallId => Self::InvalidId,
            InputClass::OversizedCallId if defect == Defect::CallIdLong => Self::InvalidId,
            _ => Self::Malformed,
        }
    }

    pub(super) fn is_fault(self) -> bool {
        self != Self::Success
    }

    /// The documented answer.
    pub(super) fn response(self) -> Response {
        match self {
            Self::InvalidId => xml(500, message::write_invalid_call_id()),
            Self::Malformed => xml(500, message::write_malformed()),
            Self::MustUnderstand => {
                xml(500, message::write_fault("MustUnderstand", "A header entry is not understood."))
            }
            Self::Success => xml(200, message::write_success()),
            Self::VersionMismatch => {
                xml(500, message::write_fault("VersionMismatch", "The envelope is not one of SOAP 1.1."))
            }
        }
    }
}

/// A response with a message.
pub(super) fn xml(status: u16, body: String) -> Response {
    let headers = vec![("content-type", names::CONTENT_TYPE.to_owned())];
    Response { status, headers, body: body.into_bytes() }
}

/// A response in plain text.
pub(super) fn plain(status: u16, text: &str) -> Response {
    let headers = vec![("content-type", "text/plain; charset=utf-8".to_owned())];
    Response { status, headers, body: format!("{text}\n").into_bytes() }
}
