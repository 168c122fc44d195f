//! Spellings within a class of inputs for which the decision table makes an exception.

use super::Expected;
use super::http_fault::HttpFault;
use super::outcome::Expected::{AnyFault, Client, ClientError, Http, InvalidCallId, Ok, Refusal};

/// A spelling within a class for which the table makes an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nuance {
    /// A request that RFC 9112 has answered with 400, whatever its body.
    BadRequest,
    /// A request whose body is framed in a way that tells nothing, whatever its body.
    BrokenFraming,
    /// A CallId without text besides, which is refused whatever becomes of the rest (row 5).
    EmptyAsWell,
    /// M-POST of the HTTP Extension Framework, which 510 is an answer to (SOAP 6.3).
    ExtensionMethod,
    /// A name that only the fifth edition of XML 1.0 allows (contradiction C33).
    FifthEdition,
    /// A GET or HEAD, which may be answered by a page for people, or an OPTIONS or TRACE, which may be
    /// answered as such (RFC 9110 9.3).
    Get,
    /// The messages namespace spelled with https (contradiction C15).
    HttpsSpelling,
    /// A namespace error in a name that may be ignored (contradiction C32).
    IgnorableName,
    /// A line of HTTP that its grammar does not allow, and that many take all the same.
    LooseSyntax,
    /// A request that may also be refused, by the words of its requirement.
    MayRefuse,
    /// mustUnderstand or actor where they mean nothing, in a place that may have no attribute of SOAP
    /// (SOAP 4.2.1 and the envelope schema).
    MisplacedAttribute,
    /// A request whose success would itself prove the fault, whatever the row allows.
    MustRefuse,
    /// A namespace name that is no URI reference, for which a parser may refuse the document (Namespaces in XML,
    /// section 3), as all that use libxml2 do.
    NamespaceNoUri,
    /// A reference to an entity beside the id, which makes another one of it.
    OtherIdOnceExpanded,
    /// A version of the protocol that is none of HTTP/1 (RFC 9112 2.3), whatever the request.
    OtherVersion,
    /// What stands in place of the version is the name of no protocol (RFC 9112 2.3).
    NoVersion,
    /// No charset is stated, so that a server which asks for one may be what refuses the message (C31).
    NoCharset,
    /// A SOAPAction that is not there, or not as SOAP 6.1.1 writes it, so that a server may object.
    OddSoapAction,
    /// Text beside elements further out than Disconnect, which the malformed-request fault is not about.
    OuterText,
    /// A qualified element after Body, which SOAP 4 allows and Basic Profile does not.
    QualifiedTrailer,
    /// An envelope in the SOAP 1.2 namespace (contradiction C26).
    Soap12Envelope,
    /// The same with another fault in it, which SOAP 1.2 does not take either.
    Soap12Fault,
    /// The same with the media type of SOAP 1.2, which is refused before the envelope is read.
    Soap12MediaType,
    /// A transfer coding that a server need not know, whatever the body (RFC 9112 6.1).
    UnknownCoding,
    /// Another version of XML than 1.x, fatal in the fifth edition only (contradiction C33).
    XmlVersion,
}

impl Nuance {
    /// That of a namespace name, where it holds what no URI reference does (RFC 3986 2): what is not ASCII, a blank or
    /// control, and delimiters of other texts.
    pub(crate) fn of_namespace(uri: &str) -> Option<Self> {
        let is_foreign = |c: char| !c.is_ascii_graphic() || "<>\"{}|\\^`".contains(c);
        uri.contains(is_foreign).then_some(Self::NamespaceNoUri)
    }

    /// How the request is at fault as HTTP, if that is what the nuance is about.
    pub(super) fn http_fault(self) -> Option<HttpFault> {
        match self {
            Self::BadRequest => Some(HttpFault::BadRequest),
            Self::BrokenFraming => Some(HttpFault::Broken),
            Self::LooseSyntax => Some(HttpFault::Loose),
            Self::NoVersion => Some(HttpFault::VersionName),
            Self::OtherVersion => Some(HttpFault::Version),
            Self::UnknownCoding => Some(HttpFault::Coding),
            _ => None,
        }
    }

    /// Whether the request is at fault as HTTP, so that its status is what counts.
    pub fn is_http_fault(self) -> bool {
        self.http_fault().is_some()
    }

    /// Its name in files, kept from version to version.
    pub fn word(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::BrokenFraming => "broken-framing",
            Self::EmptyAsWell => "empty-as-well",
            Self::ExtensionMethod => "extension-method",
            Self::FifthEdition => "fifth-edition",
            Self::Get => "get",
            Self::HttpsSpelling => "https-spelling",
            Self::IgnorableName => "ignorable-name",
            Self::LooseSyntax => "loose-syntax",
            Self::MayRefuse => "may-refuse",
            Self::MisplacedAttribute => "misplaced-attribute",
            Self::MustRefuse => "must-refuse",
            Self::NamespaceNoUri => "namespace-no-uri",
            Self::NoCharset => "no-charset",
            Self::NoVersion => "no-version",
            Self::OddSoapAction => "odd-soap-action",
            Self::OtherIdOnceExpanded => "other-id-once-expanded",
            Self::OtherVersion => "other-version",
            Self::OuterText => "outer-text",
            Self::QualifiedTrailer => "qualified-trailer",
            Self::Soap12Envelope => "soap12-envelope",
            Self::Soap12Fault => "soap12-fault",
            Self::Soap12MediaType => "soap12-media-type",
            Self::UnknownCoding => "unknown-coding",
            Self::XmlVersion => "xml-version",
        }
    }

    /// What it adds to the strict column.
    pub(super) fn also_expected(self) -> &'static [Expected] {
        match self {
            Self::EmptyAsWell => &[InvalidCallId],
            Self::MayRefuse | Self::XmlVersion => &[Refusal],
            Self::OddSoapAction => &[AnyFault, ClientError],
            Self::OuterText => &[Client],
            Self::QualifiedTrailer => &[Ok],
            // Row 31 comes first: the media type is none of this binding.
            Self::Soap12MediaType => &[Http(415)],
            _ => &[],
        }
    }
}
