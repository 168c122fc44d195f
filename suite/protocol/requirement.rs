use std::fmt;
use std::str::FromStr;

use super::ledger;

/// One row of the requirement ledger: something a document asks for, or that follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// Public, never reused identifier.
    pub id: RequirementId,
    /// Short key, dotted by subject (`id.empty`).
    pub key: &'static str,
    /// What must hold, in our own words.
    pub statement: &'static str,
    /// Where it is written, or what it is derived from.
    pub sources: &'static [Source],
    /// Which body of rules gives it authority.
    pub facet: Facet,
    /// How binding it is.
    pub level: Level,
    /// Whom it binds.
    pub party: Party,
    /// Whether a server can be judged by it over HTTP, and if not, why.
    pub visibility: Visibility,
}

impl Requirement {
    /// Where to read of it on the web: its first source that is written somewhere, else MS-OXWUMS.
    pub fn url(&self) -> String {
        let written = self.sources.iter().find_map(Source::url);
        written.or_else(|| Document::Oxwums.url().map(str::to_owned)).unwrap_or_default()
    }
}

/// Identifier of a [`Requirement`], printed as `UMD-R083`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequirementId(pub(super) u16);

impl RequirementId {
    /// The row of the ledger: each id is one of [`req`](super::req), or was read from text and found there.
    pub fn requirement(self) -> &'static Requirement {
        ledger::requirement(self).unwrap_or_else(|| unreachable!("{self} is no row of the ledger"))
    }
}

impl fmt::Display for RequirementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UMD-R{:03}", self.0)
    }
}

impl FromStr for RequirementId {
    type Err = String;

    /// Reads `UMD-R083`, `R083`, `r83` or `83`.
    fn from_str(text: &str) -> Result<Self, String> {
        let upper = text.to_ascii_uppercase();
        let digits = upper.strip_prefix("UMD-").unwrap_or(&upper);
        let digits = digits.strip_prefix('R').unwrap_or(digits);
        digits
            .parse()
            .ok()
            .and_then(|number| ledger::requirement(Self(number)))
            .map(|row| row.id)
            .ok_or_else(|| format!("no requirement {text:?}; `umspec list --requirements` shows them"))
    }
}

/// A place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub document: Document,
    /// Section, rule number or page within it.
    pub section: &'static str,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.document.short(), self.section)
    }
}

impl Source {
    /// Where it can be read on the web, to the section where that has an address of its own; nothing for what is
    /// derived.
    pub fn url(&self) -> Option<String> {
        let url = self.document.url()?;
        let first = self.section.split([' ', ',']).next().unwrap_or_default();
        let is_numbered = first.starts_with(|c: char| c.is_ascii_digit())
            && first.chars().all(|c| c.is_ascii_digit() || c == '.');
        let is_rfc = matches!(self.document, Document::Http | Document::Http11 | Document::MediaTypes);
        let section = match self.document {
            // Each rule has its number for an anchor.
            Document::BasicProfile => format!("#{first}"),
            _ if is_rfc && is_numbered => format!("#section-{first}"),
            _ => String::new(),
        };
        Some(format!("{url}{section}"))
    }
}

/// A document the ledger cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Document {
    /// WS-I Basic Profile 1.0 and 1.1.
    BasicProfile,
    /// Derived by us from the other documents.
    Derived,
    /// MS-OXDSCLI, Autodiscover publishing and lookup.
    Dscli,
    /// RFC 9110, HTTP semantics.
    Http,
    /// RFC 9112, HTTP/1.1.
    Http11,
    /// RFC 7303, XML media types.
    MediaTypes,
    /// Namespaces in XML 1.0.
    Namespaces,
    /// MS-OXWUMS, the protocol itself.
    Oxwums,
    /// Reference pages of the UM web service.
    Reference,
    /// SOAP 1.1.
    Soap,
    /// MS-WSMV, whose Disconnect is another operation.
    Wsmv,
    /// XML 1.0.
    Xml,
    /// XML Schema part 1.
    Xsd1,
    /// XML Schema part 2.
    Xsd2,
}

impl Document {
    /// Short name as printed in reports.
    pub fn short(self) -> &'static str {
        match self {
            Self::BasicProfile => "BP",
            Self::Derived => "derived:",
            Self::Dscli => "MS-OXDSCLI",
            Self::Http => "RFC 9110",
            Self::Http11 => "RFC 9112",
            Self::MediaTypes => "RFC 7303",
            Self::Namespaces => "NS",
            Self::Oxwums => "MS-OXWUMS",
            Self::Reference => "REF",
            Self::Soap => "SOAP 1.1",
            Self::Wsmv => "MS-WSMV",
            Self::Xml => "XML 1.0",
            Self::Xsd1 => "XSD1",
            Self::Xsd2 => "XSD2",
        }
    }
}

impl Document {
    /// Where it can be read on the web; nothing for what is derived. Of MS-OXWUMS the section about Disconnect, of
    /// MS-OXDSCLI and MS-WSMV the section that is cited.
    pub fn url(self) -> Option<&'static str> {
        Some(match self {
            Self::BasicProfile => "http://www.ws-i.org/Profiles/BasicProfile-1.1.html",
            Self::Derived => return None,
            Self::Dscli => {
                "https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxdscli/d4c2144c-3a05-4ce8-b175-e60a26654c1c"
            }
            Self::Http => "https://www.rfc-editor.org/rfc/rfc9110.html",
            Self::Http11 => "https://www.rfc-editor.org/rfc/rfc9112.html",
            Self::MediaTypes => "https://www.rfc-editor.org/rfc/rfc7303.html",
            Self::Namespaces => "https://www.w3.org/TR/xml-names/",
            Self::Oxwums => {
                "https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxwums/16f25ad2-0b9c-4a36-b47c-392700103f9d"
            }
            Self::Reference => {
                "https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/disconnect-operation-um-web-service"
            }
            Self::Soap => "https://www.w3.org/TR/2000/NOTE-SOAP-20000508/",
            Self::Wsmv => {
                "https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-wsmv/4d3d57be-c0d7-473b-b57f-628281ad6130"
            }
            Self::Xml => "https://www.w3.org/TR/xml/",
            Self::Xsd1 => "https://www.w3.org/TR/xmlschema-1/",
            Self::Xsd2 => "https://www.w3.org/TR/xmlschema-2/",
        })
    }
}

/// Which body of rules gives a requirement its authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Only WS-I Basic Profile asks for it: it warns unless the tester switches the facet on.
    Bp,
    /// The HTTP RFCs.
    Http,
    /// Our own derivation.
    Own,
    /// MS-OXWUMS or its reference pages.
    Ox,
    /// SOAP 1.1, which MS-OXWUMS cites.
    Soap,
    /// XML, namespaces, schema.
    Xml,
}

impl Facet {
    /// The word printed in lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bp => "bp",
            Self::Http => "http",
            Self::Own => "own",
            Self::Ox => "ox",
            Self::Soap => "soap",
            Self::Xml => "xml",
        }
    }
}

/// How binding a requirement is. Ordered from the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// MUST in the cited text.
    Must,
    /// Our derivation, graded like MUST.
    DerivedMust,
    /// SHOULD in the cited text.
    Should,
    /// Our derivation, graded like SHOULD.
    DerivedShould,
    /// MAY.
    May,
    /// Recorded only; never fails a run.
    Record,
}

impl Level {
    /// The word printed in reports and understood by `--level`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Must | Self::DerivedMust => "MUST",
            Self::Should | Self::DerivedShould => "SHOULD",
            Self::May => "MAY",
            Self::Record => "RECORD",
        }
    }
}

/// Whom a requirement binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// Client and server.
    Both,
    /// The client.
    Client,
    /// The message data itself.
    Message,
    /// The server.
    Server,
}

impl Party {
    /// The word printed in lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Client => "client",
            Self::Message => "message",
            Self::Server => "server",
        }
    }

    /// Whether a server is bound.
    pub fn binds_server(self) -> bool {
        matches!(self, Self::Both | Self::Server)
    }
}

/// Whether a server can be judged by a requirement over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// A case or a check of the answers looks at it.
    Observable,
    /// Nothing does, for this reason.
    NotObservable(&'static str),
}
