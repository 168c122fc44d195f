//! What the rows of the ledger are written with.

use crate::protocol::{Document, Source, Visibility};

/// Rows of the ledger: each is a constant of its name in [`req`], and an entry of `ROWS`.
///
/// The columns are number, key, statement, sources, facet, level, party and watch.
macro_rules! rows {
    ($($name:ident = $number:literal, $key:literal, $statement:literal, [$($source:expr),+],
        $facet:ident, $level:ident, $party:ident, $watch:expr;)+) => {
        $(
            #[doc = $statement]
            #[allow(rustdoc::bare_urls, reason = "a statement is plain text, and some names are URLs")]
            pub const $name: $crate::protocol::RequirementId = $crate::protocol::RequirementId($number);
        )+

        pub(super) static ROWS: &[$crate::protocol::Requirement] = &[$(
            $crate::protocol::Requirement {
                id: $name,
                key: $key,
                statement: $statement,
                sources: &[$($source),+],
                facet: $crate::protocol::Facet::$facet,
                level: $crate::protocol::Level::$level,
                party: $crate::protocol::Party::$party,
                visibility: $watch,
            },
        )+];
    };
}

pub(super) use rows;

/// Why nothing looks at the rows that bind the client.
pub(super) const CLIENT: Visibility = Visibility::NotObservable(
    "binds the client; a run against a server cannot see it, one against a client can",
);

/// Why nothing looks at the rows that describe message data.
pub(super) const MESSAGE: Visibility = Visibility::NotObservable(
    "describes message data; it seeds generators and is never an oracle for other vendors' servers",
);

/// The source of a rule that no single text supports.
pub(super) const SUITE_RULE: Source = derived("by this suite, from no single text");

/// WS-I Basic Profile 1.0 and 1.1, by rule number.
pub(super) const fn bp(section: &'static str) -> Source {
    Source { document: Document::BasicProfile, section }
}

/// Our own derivation; the section tells from what.
pub(super) const fn derived(section: &'static str) -> Source {
    Source { document: Document::Derived, section }
}

/// MS-OXDSCLI.
pub(super) const fn dscli(section: &'static str) -> Source {
    Source { document: Document::Dscli, section }
}

/// RFC 9110.
pub(super) const fn http(section: &'static str) -> Source {
    Source { document: Document::Http, section }
}

/// RFC 9112.
pub(super) const fn http11(section: &'static str) -> Source {
    Source { document: Document::Http11, section }
}

/// RFC 7303.
pub(super) const fn media_types(section: &'static str) -> Source {
    Source { document: Document::MediaTypes, section }
}

/// Namespaces in XML 1.0.
pub(super) const fn ns(section: &'static str) -> Source {
    Source { document: Document::Namespaces, section }
}

/// MS-OXWUMS.
pub(super) const fn oxwums(section: &'static str) -> Source {
    Source { document: Document::Oxwums, section }
}

/// Reference pages of the UM web service, by page name.
pub(super) const fn reference(section: &'static str) -> Source {
    Source { document: Document::Reference, section }
}

/// SOAP 1.1.
pub(super) const fn soap(section: &'static str) -> Source {
    Source { document: Document::Soap, section }
}

/// MS-WSMV.
pub(super) const fn wsmv(section: &'static str) -> Source {
    Source { document: Document::Wsmv, section }
}

/// XML 1.0.
pub(super) const fn xml(section: &'static str) -> Source {
    Source { document: Document::Xml, section }
}

/// XML Schema part 1.
pub(super) const fn xsd1(section: &'static str) -> Source {
    Source { document: Document::Xsd1, section }
}

/// XML Schema part 2.
pub(super) const fn xsd2(section: &'static str) -> Source {
    Source { document: Document::Xsd2, section }
}
