use std::fmt;

use serde::{Deserialize, Serialize};

use super::RequirementId;

/// What kind of input a request is: the rows of the decision table (see [`super::DECISIONS`]).
///
/// A case names its class by hand; the reference reader derives one from the bytes.
/// In the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputClass {
    /// Valid request, live id.
    Valid,
    /// Valid request, id of a call that has ended.
    EndedCall,
    /// Well-formed id that was never issued.
    Unissued,
    /// An id that is not of the server's form.
    Garbage,
    /// CallId present but empty.
    EmptyCallId,
    /// CallId missing.
    MissingCallId,
    /// CallId of white space only.
    BlankCallId,
    /// Live id with white space around it.
    PaddedCallId,
    /// Two CallIds.
    TwoCallIds,
    /// An extra element beside CallId, or text where only elements may stand.
    ExtraSibling,
    /// An undeclared attribute on Disconnect or CallId.
    UndeclaredAttribute,
    /// CallId in no or a wrong namespace.
    CallIdNamespace,
    /// The Body child is not `m:Disconnect`: wrong namespace or wrong name.
    OperationName,
    /// `xsi:nil` on CallId.
    Nil,
    /// An element inside CallId.
    ElementInCallId,
    /// No Body, two Bodies, an empty Body, or two Body children.
    BodyShape,
    /// Something after Body, or Header out of its place.
    Trailer,
    /// Envelope in a foreign namespace.
    EnvelopeNamespace,
    /// Envelope in no namespace.
    EnvelopeNoNamespace,
    /// An unknown header entry that must be understood by us.
    MandatoryHeader,
    /// An unknown header entry that need not be understood by us.
    OptionalHeader,
    /// Not well-formed XML.
    NotWellFormed,
    /// A document type declaration.
    Dtd,
    /// A processing instruction.
    ProcessingInstruction,
    /// A live id spelled with comments, CDATA or references.
    TextSplit,
    /// A UTF-8 byte order mark.
    Utf8Bom,
    /// UTF-16 with byte order mark and charset.
    Utf16,
    /// Encoding labels that disagree, or an encoding that need not be known.
    EncodingsDisagree,
    /// An unissued id of 1 to 512 characters whose length is the point.
    LongCallId,
    /// An id of more than 512 characters, or another oversized part.
    OversizedCallId,
    /// A media type other than `text/xml`.
    MediaType,
    /// SOAPAction missing, empty, unquoted or unrelated.
    SoapAction,
    /// A method other than POST.
    Method,
    /// No or wrong credentials.
    Credentials,
    /// The EWS operation DisconnectPhoneCall, or another service's like-named one.
    ForeignOperation,
}

impl fmt::Display for InputClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.decision().about)
    }
}

impl InputClass {
    /// The row of the ledger that an input of this class is about, where a case that meets it in
    /// passing needs one to cite. Never one that only Basic Profile asks for, where another says
    /// the same.
    pub fn row(self) -> RequirementId {
        RequirementId(match self {
            Self::BodyShape | Self::OperationName | Self::TextSplit | Self::Valid => 65,
            Self::EndedCall => 152,
            Self::Unissued => 84,
            Self::Garbage => 83,
            Self::EmptyCallId | Self::BlankCallId => 82,
            Self::MissingCallId => 80,
            Self::PaddedCallId => 86,
            Self::TwoCallIds => 77,
            Self::ExtraSibling => 76,
            Self::UndeclaredAttribute => 72,
            Self::CallIdNamespace => 70,
            Self::Nil => 74,
            Self::ElementInCallId => 75,
            Self::Trailer => 50,
            Self::EnvelopeNamespace => 45,
            Self::EnvelopeNoNamespace => 46,
            Self::MandatoryHeader => 59,
            Self::OptionalHeader => 58,
            Self::NotWellFormed => 34,
            Self::Dtd => 37,
            Self::ProcessingInstruction => 38,
            Self::Utf8Bom => 30,
            Self::Utf16 => 29,
            Self::EncodingsDisagree => 32,
            Self::LongCallId => 89,
            Self::OversizedCallId => 88,
            Self::MediaType => 6,
            Self::SoapAction => 12,
            Self::Method => 4,
            Self::Credentials => 172,
            Self::ForeignOperation => 68,
        })
    }
}
