//! What must hold of a request for a defect to show.

use super::seen::{Past, Seen};

/// One thing that must hold of a request, told by a glance at it. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Factor {
    /// The target is a URL.
    AbsoluteTarget,
    /// An attribute of the schemas for instances, or of a namespace of its own.
    Attributes,
    /// Attributes in apostrophes.
    Apostrophes,
    /// At least this many calls are up.
    CallsUp(usize),
    /// Names of fields in capital letters.
    CapitalFields,
    /// The id is in a CDATA section.
    CData,
    /// Content-Type names no charset.
    CharsetAbsent,
    /// Content-Type names its charset in quotes.
    CharsetQuoted,
    /// The body comes in chunks.
    Chunked,
    /// The connection is to be closed after the answer.
    Closes,
    /// A comment outside of the id.
    Comment,
    /// A comment within the id.
    CommentInId,
    /// A cookie.
    Cookie,
    /// There is no XML declaration.
    DeclarationAbsent,
    /// Envelope has another prefix than soap.
    EnvelopePrefix,
    /// The last requests were refused, this many of them or more.
    FaultsBefore(usize),
    /// Expect is there.
    Expects,
    /// There is a Header.
    Header,
    /// The call was looked at this often or more.
    LookedAt(usize),
    /// A byte order mark before UTF-8.
    Mark,
    /// Disconnect has a prefix.
    MessagePrefix,
    /// At least this many requests came before on the connection.
    OnConnection(usize),
    /// The bytes came in several pieces.
    Parted,
    /// The id is spelled by character references.
    References,
    /// The same body came this often in a row, this one counted.
    Repeated(usize),
    /// Every request of this number.
    RequestNumber(usize),
    /// The end of this call is asked for the n-th time, or later.
    SameCall(usize),
    /// A body of at least this many bytes came before.
    SeenLarge(usize),
    /// SOAPAction is empty or absent.
    SoapActionEmpty,
    /// The last requests were granted, this many of them or more.
    SuccessesBefore(usize),
    /// White space before the end of a tag.
    TagSpace,
    /// In UTF-16.
    Utf16,
    /// White space between elements.
    WhiteSpace,
}

impl Factor {
    /// Whether it holds.
    pub(super) fn holds(self, seen: &Seen<'_>, past: &Past, calls_up: impl FnOnce() -> usize) -> bool {
        let text = &seen.text;
        let (before, after) = seen.around_id();
        let around = |wanted: &str| before.contains(wanted) || after.contains(wanted);
        let charset = || seen.field("content-type").unwrap_or_default().to_ascii_lowercase();
        match self {
            Self::AbsoluteTarget => seen.request.is_absolute,
            Self::Attributes => around("xsi:") || around(" x:a="),
            Self::Apostrophes => around("='http"),
            Self::CallsUp(count) => calls_up() >= count,
            Self::CapitalFields => seen.request.headers.iter().any(|(name, _)| name == "CONTENT-TYPE"),
            Self::CData => seen.written_id().contains("<![CDATA["),
            Self::CharsetAbsent => !charset().contains("charset"),
            Self::CharsetQuoted => charset().contains("charset=\""),
            Self::Chunked => seen.field("transfer-encoding").is_some(),
            Self::Closes => seen.field("connection").is_some_and(|value| value.contains("close")),
            Self::Comment => around("<!--"),
            Self::CommentInId => seen.written_id().contains("<!--"),
            Self::Cookie => seen.field("cookie").is_some(),
            Self::DeclarationAbsent => !text.starts_with("<?xml"),
            Self::EnvelopePrefix => !text.contains("<soap:Envelope"),
            Self::FaultsBefore(count) => past.faults >= count,
            Self::Expects => seen.field("expect").is_some(),
            Self::Header => around(":Header") || around("<Header"),
            Self::LookedAt(count) => past.looks.get(seen.written_id()).is_some_and(|looks| *looks >= count),
            Self::Mark => seen.has_mark,
            Self::MessagePrefix => around(":Disconnect"),
            Self::OnConnection(count) => seen.request.arrival.before >= count,
            Self::Parted => seen.request.arrival.parted,
            Self::References => seen.written_id().contains("&#"),
            Self::Repeated(count) => past.repeats.0 >= count,
            Self::RequestNumber(every) => past.requests.is_multiple_of(every),
            Self::SameCall(count) => past.named.get(seen.written_id()).is_some_and(|times| *times >= count),
            Self::SeenLarge(bytes) => past.largest >= bytes,
            Self::SoapActionEmpty => {
                seen.field("soapaction").unwrap_or_default().trim_matches('"').is_empty()
            }
            Self::SuccessesBefore(count) => past.successes >= count,
            Self::TagSpace => around(" >") || around("\t>") || around("\n>"),
            Self::Utf16 => seen.is_wide,
            Self::WhiteSpace => around(">\n") || around(">\r\n") || around(">\t"),
        }
    }

    /// The neutral dimension that it lies on: what a run varies to come to it. None for what came before a
    /// request, but for the connection.
    pub fn dimension(self) -> Option<&'static str> {
        Some(match self {
            Self::AbsoluteTarget => "target",
            Self::Attributes => "attributes",
            Self::Apostrophes => "quotes",
            Self::CapitalFields => "field-names",
            Self::CData | Self::CommentInId | Self::References => "call-id",
            Self::CharsetAbsent | Self::CharsetQuoted => "charset",
            Self::Chunked => "framing",
            Self::Closes | Self::OnConnection(1) => "connection",
            Self::Comment => "comments",
            Self::Cookie => "extra-fields",
            Self::DeclarationAbsent => "declaration",
            Self::EnvelopePrefix => "envelope-prefix",
            Self::Expects => "expect",
            Self::Header => "header",
            Self::Mark | Self::Utf16 => "encoding",
            Self::MessagePrefix => "message-prefix",
            Self::Parted => "segments",
            Self::SoapActionEmpty => "soap-action",
            Self::TagSpace => "tag-space",
            Self::WhiteSpace => "white-space",
            Self::CallsUp(_)
            | Self::FaultsBefore(_)
            | Self::LookedAt(_)
            | Self::OnConnection(_)
            | Self::Repeated(_)
            | Self::RequestNumber(_)
            | Self::SameCall(_)
            | Self::SeenLarge(_)
            | Self::SuccessesBefore(_) => return None,
        })
    }

    /// When it holds, as the rest of a sentence that begins with "only".
    pub(super) fn words(self) -> String {
        match self {
            Self::AbsoluteTarget => "where the target is a URL".to_owned(),
            Self::Attributes => "where an element has an attribute that means nothing".to_owned(),
            Self::Apostrophes => "where namespaces are declared in apostrophes".to_owned(),
            Self::CallsUp(count) => format!("while {count} calls or more are up"),
            Self::CapitalFields => "where names of fields are in capital letters".to_owned(),
            Self::CData => "where the id is in a CDATA section".to_owned(),
            Self::CharsetAbsent => "where Content-Type names no charset".to_owned(),
            Self::CharsetQuoted => "where the charset is in quotes".to_owned(),
            Self::Chunked => "where the body comes in chunks".to_owned(),
            Self::Closes => "where the client closes".to_owned(),
            Self::Comment => "where a comment stands around the id".to_owned(),
            Self::CommentInId => "where a comment stands in the id".to_owned(),
            Self::Cookie => "where there is a cookie".to_owned(),
            Self::DeclarationAbsent => "where there is no XML declaration".to_owned(),
            Self::EnvelopePrefix => "where Envelope has another prefix".to_owned(),
            Self::FaultsBefore(count) => format!("after {count} refusals in a row"),
            Self::Expects => "where the client expects 100".to_owned(),
            Self::Header => "where there is a Header".to_owned(),
            Self::LookedAt(count) => format!("where the call was looked at {count} times"),
            Self::Mark => "where a mark stands before UTF-8".to_owned(),
            Self::MessagePrefix => "where Disconnect has a prefix".to_owned(),
            Self::OnConnection(1) => "on a connection that was used before".to_owned(),
            Self::OnConnection(count) => format!("after {count} requests on the connection"),
            Self::Parted => "where the bytes come in pieces".to_owned(),
            Self::References => "where the id is spelled by references".to_owned(),
            Self::Repeated(count) => format!("where the same bytes come {count} times in a row"),
            Self::RequestNumber(every) => format!("at every {every}th request"),
            Self::SameCall(count) => format!("from the {count}th request for the same call on"),
            Self::SeenLarge(bytes) => format!("after a body of {bytes} bytes"),
            Self::SoapActionEmpty => "where SOAPAction says nothing".to_owned(),
            Self::SuccessesBefore(count) => format!("after {count} successes in a row"),
            Self::TagSpace => "where white space stands within tags".to_owned(),
            Self::Utf16 => "in UTF-16".to_owned(),
            Self::WhiteSpace => "where white space stands between elements".to_owned(),
        }
    }
}
