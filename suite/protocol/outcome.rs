use std::fmt;

use serde::{Deserialize, Serialize};

use super::names;

/// What an answer amounts to. The facts behind it stay in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The connection was closed in order, without an answer.
    Closed,
    /// A SOAP 1.1 fault, under whatever status.
    Fault(FaultCode),
    /// This status, with a body that is no SOAP 1.1 message.
    Http(u16),
    /// No usable HTTP: reset, garbage, a broken TLS handshake or an answer cut short.
    Lost,
    /// 2xx with a SOAP 1.1 envelope whose Body child is `m:DisconnectResponse`.
    Ok,
    /// A SOAP 1.1 envelope with something else in its Body.
    Other,
    /// The success of another operation, which the request asked for.
    OtherOperation,
    /// A fault in a SOAP 1.2 envelope.
    Soap12Fault,
    /// A success in a SOAP 1.2 envelope.
    Soap12Ok,
    /// Nothing came before the time was up.
    Silent,
    /// A success whose element is not in the messages namespace, or whose body is missing.
    WrongSuccess(u16),
}

impl Outcome {
    /// Whether the peer said, in any spelling, that the call was disconnected.
    pub fn claims_success(&self) -> bool {
        matches!(self, Self::Ok | Self::Soap12Ok | Self::WrongSuccess(_))
    }

    /// Whether this is an orderly refusal (`REJ`): a fault, a 4xx or an orderly close.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Closed | Self::Fault(_) => true,
            Self::Http(status) => (400..500).contains(status),
            _ => false,
        }
    }

    /// Whether no complete answer came.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Closed | Self::Lost | Self::Silent)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the connection closed without an answer"),
            Self::Fault(code) => write!(f, "a fault: {code}"),
            Self::Http(status) => write!(f, "{status} without a SOAP message"),
            Self::Lost => f.write_str("the connection was lost or spoke no HTTP"),
            Self::Ok => f.write_str("success (DisconnectResponse)"),
            Self::Other => f.write_str("a SOAP message that is neither DisconnectResponse nor Fault"),
            Self::OtherOperation => f.write_str("the success of the other operation"),
            Self::Silent => f.write_str("no answer in time"),
            Self::Soap12Fault => f.write_str("a fault in a SOAP 1.2 envelope"),
            Self::Soap12Ok => f.write_str("success in a SOAP 1.2 envelope"),
            Self::WrongSuccess(status) => {
                write!(f, "{status} that claims success without m:DisconnectResponse")
            }
        }
    }
}

/// The code of a SOAP 1.1 fault, by what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// `Client` in the SOAP namespace.
    Client,
    /// Local name `InvalidCallIdException`.
    InvalidCallId,
    /// Local name `ErrorInvalidRequest`.
    InvalidRequest,
    /// `MustUnderstand` in the SOAP namespace.
    MustUnderstand,
    /// Any other code, as written.
    Other(String),
    /// `Server` in the SOAP namespace.
    Server,
    /// `VersionMismatch` in the SOAP namespace.
    VersionMismatch,
}

impl FaultCode {
    /// The meaning of a fault code's namespace (if its prefix is bound) and local name.
    ///
    /// The two codes of the service are told by local name, because the documents put them in
    /// different namespaces (contradiction C01); those of SOAP only count in SOAP's namespace.
    pub fn of(namespace: Option<&str>, local: &str) -> Self {
        match local {
            names::INVALID_CALL_ID => return Self::InvalidCallId,
            names::INVALID_REQUEST => return Self::InvalidRequest,
            _ => {}
        }
        if namespace == Some(names::ENVELOPE) {
            // The dotted refinement belongs to its first word (SOAP 4.4.1).
            match local.split('.').next().unwrap_or(local) {
                "Client" => return Self::Client,
                "MustUnderstand" => return Self::MustUnderstand,
                "Server" => return Self::Server,
                "VersionMismatch" => return Self::VersionMismatch,
                _ => {}
            }
        }
        Self::Other(local.to_owned())
    }

    /// Its local name; for a code that no document names, as written.
    pub fn local(&self) -> &str {
        match self {
            Self::Client => "Client",
            Self::InvalidCallId => names::INVALID_CALL_ID,
            Self::InvalidRequest => names::INVALID_REQUEST,
            Self::MustUnderstand => "MustUnderstand",
            Self::Other(local) => local,
            Self::Server => "Server",
            Self::VersionMismatch => "VersionMismatch",
        }
    }
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client => f.write_str("soap:Client"),
            Self::InvalidCallId => f.write_str(names::INVALID_CALL_ID),
            Self::InvalidRequest => f.write_str(names::INVALID_REQUEST),
            Self::MustUnderstand => f.write_str("soap:MustUnderstand"),
            Self::Other(local) => write!(f, "other code {local:?}"),
            Self::Server => f.write_str("soap:Server"),
            Self::VersionMismatch => f.write_str("soap:VersionMismatch"),
        }
    }
}

/// An entry of the decision table: which outcomes it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// `F-ANY`: any well-shaped SOAP 1.1 fault.
    AnyFault,
    /// `F-CL`.
    Client,
    /// `H4xx`: any client-error status without a fault.
    ClientError,
    /// A page for people: 2xx without a SOAP message.
    HelpPage,
    /// `Hnnn`: exactly this status.
    Http(u16),
    /// `F-ID`.
    InvalidCallId,
    /// `F-REQ`.
    InvalidRequest,
    /// `F-MU`.
    MustUnderstand,
    /// `OK`.
    Ok,
    /// The success of another operation, which the request asked for.
    OtherOperation,
    /// A redirect, as to a page where people log in.
    Redirect,
    /// `REJ`: any orderly refusal.
    Refusal,
    /// Success or fault in a SOAP 1.2 envelope (contradiction C26).
    Soap12,
    /// A fault in a SOAP 1.2 envelope.
    Soap12Fault,
    /// `F-VM`.
    VersionMismatch,
}

impl Expected {
    /// Whether an outcome is one of those meant.
    pub fn covers(self, outcome: &Outcome) -> bool {
        match self {
            Self::AnyFault => matches!(outcome, Outcome::Fault(_)),
            Self::Client => *outcome == Outcome::Fault(FaultCode::Client),
            Self::ClientError => matches!(outcome, Outcome::Http(400..=499)),
            Self::HelpPage => matches!(outcome, Outcome::Http(200..=299) | Outcome::WrongSuccess(200..=299)),
            Self::Http(status) => *outcome == Outcome::Http(status),
            Self::InvalidCallId => *outcome == Outcome::Fault(FaultCode::InvalidCallId),
            Self::InvalidRequest => *outcome == Outcome::Fault(FaultCode::InvalidRequest),
            Self::MustUnderstand => *outcome == Outcome::Fault(FaultCode::MustUnderstand),
            Self::Ok => *outcome == Outcome::Ok,
            Self::OtherOperation => *outcome == Outcome::OtherOperation,
            Self::Redirect => matches!(outcome, Outcome::Http(300..=399)),
            Self::Refusal => outcome.is_refusal(),
            Self::Soap12 => matches!(outcome, Outcome::Soap12Ok | Outcome::Soap12Fault),
            Self::Soap12Fault => *outcome == Outcome::Soap12Fault,
            Self::VersionMismatch => *outcome == Outcome::Fault(FaultCode::VersionMismatch),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyFault => f.write_str("any SOAP fault"),
            Self::Client => f.write_str("soap:Client fault"),
            Self::ClientError => f.write_str("any 4xx"),
            Self::HelpPage => f.write_str("a help page"),
            Self::Http(status) => write!(f, "{status}"),
            Self::InvalidCallId => f.write_str("InvalidCallIdException fault"),
            Self::InvalidRequest => f.write_str("ErrorInvalidRequest fault"),
            Self::MustUnderstand => f.write_str("soap:MustUnderstand fault"),
            Self::Ok => f.write_str("success"),
            Self::OtherOperation => f.write_str("the success of the other operation"),
            Self::Redirect => f.write_str("a redirect"),
            Self::Refusal => f.write_str("any refusal (fault, 4xx or orderly close)"),
            Self::Soap12 => f.write_str("an answer in SOAP 1.2"),
            Self::Soap12Fault => f.write_str("a fault in SOAP 1.2"),
            Self::VersionMismatch => f.write_str("soap:VersionMismatch fault"),
        }
    }
}
