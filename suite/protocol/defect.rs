use std::fmt;

use super::InputClass;

/// A way in which a message breaks a rule. A fact about the message, not an error of ours.
///
/// Alphabetical; each variant names the rule it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Defect {
    /// An ampersand that starts no reference (XML 4.1).
    AmpersandAlone,
    /// An attribute name that occurs twice, as written or after namespaces (XML 3.1, NS 6.3).
    AttributeDuplicate,
    /// An attribute that is not `name="value"` with white space before it (XML 3.1).
    AttributeSyntax,
    /// An attribute that Disconnect or CallId does not declare (OXWUMS 3.1.4.1.2.1).
    AttributeUndeclared,
    /// An unqualified attribute on Envelope (SOAP 4.1).
    AttributeUnqualified,
    /// Body has no child element (BP R9981; OXWUMS 3.1.4.1.2.1).
    BodyEmpty,
    /// Body is missing (SOAP 4).
    BodyMissing,
    /// Body occurs twice (SOAP 4).
    BodyRepeated,
    /// Body has more than one child element (BP R9981).
    BodyShared,
    /// CallId holds only white space.
    CallIdBlank,
    /// CallId is empty (OXWUMS 3.1.4.1).
    CallIdEmpty,
    /// CallId has more than 512 characters (OXWUMS 3.1.4.3.2.1).
    CallIdLong,
    /// CallId is missing (OXWUMS 3.1.4.1.2.1).
    CallIdMissing,
    /// CallId stands in no or another namespace (OXWUMS 6).
    CallIdNamespace,
    /// CallId occurs twice (OXWUMS 3.1.4.1.2.1).
    CallIdRepeated,
    /// A character that XML does not allow, literally or by reference (XML 2.2).
    CharacterForbidden,
    /// `--` inside a comment, or a comment that does not end (XML 2.5).
    CommentSyntax,
    /// A CDATA section that does not end, or stands outside the root element (XML 2.7).
    CdataSyntax,
    /// An XML declaration that is wrong or not at the very start (XML 2.8).
    DeclarationSyntax,
    /// A document type declaration (SOAP 3).
    Doctype,
    /// An element inside CallId (OXWUMS 3.1.4.1.2.1).
    ElementInCallId,
    /// The input ends before the root element does (XML 2.1).
    EndEarly,
    /// An end tag that matches no start tag (XML 3).
    EndTagMismatch,
    /// A reference to an entity that XML does not predefine (XML 4.1).
    EntityUndeclared,
    /// The bytes are not in the encoding that applies (XML 4.3.3).
    EncodingInvalid,
    /// Byte order mark, charset and declaration name different encodings (RFC 7303 3).
    EncodingsDisagree,
    /// An encoding other than UTF-8 and UTF-16 (BP R1012).
    EncodingUnknown,
    /// Envelope is in another namespace (SOAP 4.1.2).
    EnvelopeNamespace,
    /// Envelope is in no namespace (BP R1015).
    EnvelopeNoNamespace,
    /// An element beside CallId (OXWUMS 3.1.4.1.2.1).
    ExtraSibling,
    /// A header entry without a namespace (SOAP 4.2.1).
    HeaderEntryUnqualified,
    /// Header is not the first child of Envelope (SOAP 4.2).
    HeaderMisplaced,
    /// Header occurs twice (SOAP 4).
    HeaderRepeated,
    /// More attributes on one element than the limit.
    LimitAttributes,
    /// More bytes than the limit.
    LimitBytes,
    /// Deeper nesting than the limit.
    LimitDepth,
    /// More elements than the limit.
    LimitElements,
    /// `<` where no markup may start, or markup that is none (XML 2.4).
    MarkupSyntax,
    /// An unknown header entry that must be understood (SOAP 4.2.3).
    MustUnderstand,
    /// A mustUnderstand value other than 0 and 1 (BP R1013).
    MustUnderstandValue,
    /// A name that XML or its namespaces do not allow (XML 2.3, NS 4).
    NameSyntax,
    /// A namespace declaration that is not allowed (NS 3, 5).
    NamespaceDeclaration,
    /// `xsi:nil` on an element that is not nillable (XSD1 3.3.4).
    Nil,
    /// No element at all (XML 2.1).
    NoElement,
    /// The Body child is another operation's element.
    OperationName,
    /// The Body child is in no or another namespace (OXWUMS 3.1.4.1.2.1).
    OperationNamespace,
    /// Something after Body (BP R1011).
    Trailer,
    /// A prefix that is not bound (NS 5).
    PrefixUnbound,
    /// A processing instruction (SOAP 3).
    ProcessingInstruction,
    /// A processing instruction without target or end, or named xml (XML 2.6).
    ProcessingInstructionSyntax,
    /// The root element is not Envelope (SOAP 4).
    RootName,
    /// A second root element (XML 2.1).
    RootRepeated,
    /// Text between elements that only hold elements (XSD1 3.4.4).
    TextMisplaced,
    /// Text outside the root element (XML 2.8).
    TextOutsideRoot,
    /// `]]>` in text (XML 2.4).
    TextSyntax,
    /// An `xsi:type` that does not derive from the declared type (XSD1 3.3.4).
    TypeSubstitution,
}

impl Defect {
    /// The input class that a request with this defect belongs to.
    pub fn class(self) -> InputClass {
        use InputClass as C;
        match self {
            Self::AttributeUndeclared | Self::TypeSubstitution => C::UndeclaredAttribute,
            Self::AttributeUnqualified
            | Self::BodyEmpty
            | Self::BodyMissing
            | Self::BodyRepeated
            | Self::BodyShared
            | Self::RootName => C::BodyShape,
            Self::CallIdBlank => C::BlankCallId,
            Self::CallIdEmpty => C::EmptyCallId,
            Self::CallIdMissing => C::MissingCallId,
            Self::CallIdNamespace => C::CallIdNamespace,
            Self::CallIdRepeated => C::TwoCallIds,
            Self::Doctype => C::Dtd,
            Self::ElementInCallId => C::ElementInCallId,
            Self::EncodingsDisagree | Self::EncodingUnknown => C::EncodingsDisagree,
            Self::EnvelopeNamespace => C::EnvelopeNamespace,
            Self::EnvelopeNoNamespace => C::EnvelopeNoNamespace,
            Self::ExtraSibling | Self::TextMisplaced => C::ExtraSibling,
            Self::CallIdLong
            | Self::LimitAttributes
            | Self::LimitBytes
            | Self::LimitDepth
            | Self::LimitElements => C::OversizedCallId,
            Self::HeaderEntryUnqualified | Self::MustUnderstand | Self::MustUnderstandValue => {
                C::MandatoryHeader
            }
            Self::Nil => C::Nil,
            Self::OperationName | Self::OperationNamespace => C::OperationName,
            Self::HeaderMisplaced | Self::HeaderRepeated | Self::Trailer => C::Trailer,
            Self::ProcessingInstruction => C::ProcessingInstruction,
            Self::AmpersandAlone
            | Self::AttributeDuplicate
            | Self::AttributeSyntax
            | Self::CharacterForbidden
            | Self::CommentSyntax
            | Self::CdataSyntax
            | Self::DeclarationSyntax
            | Self::EndEarly
            | Self::EndTagMismatch
            | Self::EntityUndeclared
            | Self::EncodingInvalid
            | Self::MarkupSyntax
            | Self::NameSyntax
            | Self::NamespaceDeclaration
            | Self::NoElement
            | Self::PrefixUnbound
            | Self::ProcessingInstructionSyntax
            | Self::RootRepeated
            | Self::TextOutsideRoot
            | Self::TextSyntax => C::NotWellFormed,
        }
    }

    /// Whether the message is not even well-formed XML with namespaces.
    pub fn is_ill_formed(self) -> bool {
        self.class() == InputClass::NotWellFormed
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AmpersandAlone => "an ampersand that starts no reference",
            Self::AttributeDuplicate => "an attribute that occurs twice",
            Self::AttributeSyntax => "an attribute that is not name=\"value\"",
            Self::AttributeUndeclared => "an attribute that the schema does not declare",
            Self::AttributeUnqualified => "an attribute without namespace on Envelope",
            Self::BodyEmpty => "a Body without a child element",
            Self::BodyMissing => "no Body",
            Self::BodyRepeated => "a second Body",
            Self::BodyShared => "a second child element of Body",
            Self::CallIdBlank => "a CallId of white space only",
            Self::CallIdEmpty => "an empty CallId",
            Self::CallIdLong => "a CallId of more than 512 characters",
            Self::CallIdMissing => "no CallId",
            Self::CallIdNamespace => "a CallId in no or a wrong namespace",
            Self::CallIdRepeated => "a second CallId",
            Self::CdataSyntax => "a CDATA section that does not end or is out of place",
            Self::CharacterForbidden => "a character that XML does not allow",
            Self::CommentSyntax => "a comment with -- inside or without end",
            Self::DeclarationSyntax => "an XML declaration that is wrong or out of place",
            Self::Doctype => "a document type declaration",
            Self::ElementInCallId => "an element inside CallId",
            Self::EncodingInvalid => "bytes that are not in the encoding they claim",
            Self::EncodingUnknown => "an encoding other than UTF-8 and UTF-16",
            Self::EncodingsDisagree => "encoding labels that disagree",
            Self::EndEarly => "an end before the root element is closed",
            Self::EndTagMismatch => "an end tag that matches no start tag",
            Self::EntityUndeclared => "a reference to an undeclared entity",
            Self::EnvelopeNamespace => "an Envelope in a foreign namespace",
            Self::EnvelopeNoNamespace => "an Envelope in no namespace",
            Self::ExtraSibling => "an element beside CallId",
            Self::HeaderEntryUnqualified => "a header entry without a namespace",
            Self::HeaderMisplaced => "a Header that is not first",
            Self::HeaderRepeated => "a second Header",
            Self::LimitAttributes => "more attributes on one element than the limit",
            Self::LimitBytes => "more bytes than the limit",
            Self::LimitDepth => "deeper nesting than the limit",
            Self::LimitElements => "more elements than the limit",
            Self::MarkupSyntax => "markup that is none",
            Self::MustUnderstand => "an unknown header entry that must be understood",
            Self::MustUnderstandValue => "a mustUnderstand value other than 0 and 1",
            Self::NameSyntax => "a name that XML does not allow",
            Self::NamespaceDeclaration => "a namespace declaration that is not allowed",
            Self::Nil => "xsi:nil on an element that is not nillable",
            Self::NoElement => "no element at all",
            Self::OperationName => "a Body child that is another element",
            Self::OperationNamespace => "a Body child in no or a wrong namespace",
            Self::PrefixUnbound => "a prefix that is not bound",
            Self::ProcessingInstruction => "a processing instruction",
            Self::ProcessingInstructionSyntax => "a broken processing instruction",
            Self::RootName => "a root element other than Envelope",
            Self::RootRepeated => "a second root element",
            Self::TextMisplaced => "text where only elements may stand",
            Self::TextOutsideRoot => "text outside the root element",
            Self::TextSyntax => "]]> in text",
            Self::Trailer => "an element after Body",
            Self::TypeSubstitution => "an xsi:type that does not derive from the declared type",
        })
    }
}
