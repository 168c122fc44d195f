use std::fmt;

use serde::{Deserialize, Serialize};

use super::{RequirementId, req};

/// What kind of input a request is: the rows of the decision table (see [`super::DECISIONS`]).
///
/// A case names its class by hand; the reference reader derives one from the bytes.
/// In the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
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
    /// Its name in files, kept from version to version.
    pub fn word(self) -> &'static str {
        match self {
            Self::Valid => "Valid",
            Self::EndedCall => "EndedCall",
            Self::Unissued => "Unissued",
            Self::Garbage => "Garbage",
            Self::EmptyCallId => "EmptyCallId",
            Self::MissingCallId => "MissingCallId",
            Self::BlankCallId => "BlankCallId",
            Self::PaddedCallId => "PaddedCallId",
            Self::TwoCallIds => "TwoCallIds",
            Self::ExtraSibling => "ExtraSibling",
            Self::UndeclaredAttribute => "UndeclaredAttribute",
            Self::CallIdNamespace => "CallIdNamespace",
            Self::OperationName => "OperationName",
            Self::Nil => "Nil",
            Self::ElementInCallId => "ElementInCallId",
            Self::BodyShape => "BodyShape",
            Self::Trailer => "Trailer",
            Self::EnvelopeNamespace => "EnvelopeNamespace",
            Self::EnvelopeNoNamespace => "EnvelopeNoNamespace",
            Self::MandatoryHeader => "MandatoryHeader",
            Self::OptionalHeader => "OptionalHeader",
            Self::NotWellFormed => "NotWellFormed",
            Self::Dtd => "Dtd",
            Self::ProcessingInstruction => "ProcessingInstruction",
            Self::TextSplit => "TextSplit",
            Self::Utf8Bom => "Utf8Bom",
            Self::Utf16 => "Utf16",
            Self::EncodingsDisagree => "EncodingsDisagree",
            Self::LongCallId => "LongCallId",
            Self::OversizedCallId => "OversizedCallId",
            Self::MediaType => "MediaType",
            Self::SoapAction => "SoapAction",
            Self::Method => "Method",
            Self::Credentials => "Credentials",
            Self::ForeignOperation => "ForeignOperation",
        }
    }

    /// The row of the ledger that an input of this class is about, where a case that meets it in
    /// passing needs one to cite. Never one that only Basic Profile asks for, where another says
    /// the same.
    pub fn row(self) -> RequirementId {
        match self {
            Self::BodyShape | Self::OperationName | Self::TextSplit | Self::Valid => req::DISCONNECT_ELEMENT,
            Self::EndedCall => req::SECOND_DISCONNECT,
            Self::Unissued => req::UNISSUED_CALL_ID,
            Self::Garbage => req::INCORRECT_CALL_ID,
            Self::EmptyCallId | Self::BlankCallId => req::EMPTY_CALL_ID,
            Self::MissingCallId => req::MISSING_CALL_ID,
            Self::PaddedCallId => req::PADDED_CALL_ID,
            Self::TwoCallIds => req::TWO_CALL_IDS,
            Self::ExtraSibling => req::EXTRA_SIBLING,
            Self::UndeclaredAttribute => req::NO_ATTRIBUTES,
            Self::CallIdNamespace => req::CALL_ID_NAMESPACE,
            Self::Nil => req::NIL_CALL_ID,
            Self::ElementInCallId => req::ELEMENT_IN_CALL_ID,
            Self::Trailer => req::NOTHING_AFTER_BODY,
            Self::EnvelopeNamespace => req::VERSION_MISMATCH,
            Self::EnvelopeNoNamespace => req::ENVELOPE_WITHOUT_NAMESPACE,
            Self::MandatoryHeader => req::MUST_UNDERSTAND,
            Self::OptionalHeader => req::OPTIONAL_HEADER_IGNORED,
            Self::NotWellFormed => req::WELL_FORMED,
            Self::Dtd => req::NO_DTD,
            Self::ProcessingInstruction => req::NO_PROCESSING_INSTRUCTION,
            Self::Utf8Bom => req::BYTE_ORDER_MARK_ACCEPTED,
            Self::Utf16 => req::UTF16_READ,
            Self::EncodingsDisagree => req::ENCODING_PRECEDENCE,
            Self::LongCallId => req::LONG_CALL_ID_ALLOWED,
            Self::OversizedCallId => req::CALL_ID_TOO_LONG,
            Self::MediaType => req::UNSUPPORTED_MEDIA_TYPE,
            Self::SoapAction => req::SOAP_ACTION_NOT_NEEDED,
            Self::Method => req::OTHER_METHODS_CHANGE_NOTHING,
            Self::Credentials => req::AUTHENTICATION_REQUIRED,
            Self::ForeignOperation => req::FOREIGN_OPERATION,
        }
    }
}
