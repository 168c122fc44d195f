//! The requirement ledger: what the documents ask of Disconnect, row by row.
//!
//! Rows are grouped by subject, one file per group. Numbers are public and never reused; they may
//! have gaps, and a new row takes the next free one, in whatever group it belongs.

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
                watch: $watch,
            },
        )+];
    };
}

mod call_id;
mod client;
mod envelope;
mod fault;
mod invalid_id;
mod lifecycle;
mod malformed;
mod request;
mod security;
mod success;
mod transport;
mod unseen;
mod xml;

pub use unseen::client_unseen;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Document, Requirement, RequirementId, Source, Watch};

/// The requirements by name, each described by its statement.
pub mod req {
    pub use super::call_id::*;
    pub use super::client::*;
    pub use super::envelope::*;
    pub use super::fault::*;
    pub use super::invalid_id::*;
    pub use super::lifecycle::*;
    pub use super::malformed::*;
    pub use super::request::*;
    pub use super::security::*;
    pub use super::success::*;
    pub use super::transport::*;
    pub use super::xml::*;
}

/// Why nothing looks at the rows that bind the client.
pub(super) const CLIENT: Watch =
    Watch::Unseen("binds the client; a run against a server cannot see it, one against a client can");

/// Why nothing looks at the rows that describe message data.
pub(super) const MESSAGE: Watch = Watch::Unseen(
    "describes message data; it seeds generators and is never an oracle for other vendors' servers",
);

/// The source of a rule that no single text supports.
pub(super) const SUITE_RULE: Source = derived("by this suite, from no single text");

/// The groups, in the order in which they are described.
const GROUPS: [&[Requirement]; 12] = [
    transport::ROWS,
    xml::ROWS,
    envelope::ROWS,
    request::ROWS,
    call_id::ROWS,
    success::ROWS,
    fault::ROWS,
    invalid_id::ROWS,
    malformed::ROWS,
    lifecycle::ROWS,
    client::ROWS,
    security::ROWS,
];

static BY_ID: LazyLock<BTreeMap<RequirementId, &'static Requirement>> =
    LazyLock::new(|| GROUPS.into_iter().flatten().map(|row| (row.id, row)).collect());

/// Every requirement, in the order of its number.
pub fn requirements() -> impl Iterator<Item = &'static Requirement> {
    BY_ID.values().copied()
}

/// The requirement of that number, if there is one.
pub fn requirement(id: RequirementId) -> Option<&'static Requirement> {
    BY_ID.get(&id).copied()
}

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::protocol::Facet;

    #[test]
    fn numbers_are_unique() {
        assert_eq!(requirements().count(), GROUPS.into_iter().flatten().count());
    }

    #[test]
    fn lookup_finds_each_row_and_nothing_else() {
        for row in requirements() {
            assert_eq!(requirement(row.id), Some(row));
        }
        assert_eq!(requirement(RequirementId(0)), None);
        assert_eq!(requirement(RequirementId(u16::MAX)), None);
    }

    #[test]
    fn a_name_stands_for_its_row() {
        let key = |id| requirement(id).map(|row| row.key);
        assert_eq!(key(req::POST_ONLY), Some("http.post"));
        assert_eq!(key(req::EMPTY_CALL_ID), Some("id.empty"));
        assert_eq!(key(req::SAME_ANSWER_TO_SAME_REQUEST), Some("sec.det"));
    }

    #[test]
    fn an_id_is_read_back_and_no_other_is_taken() {
        for row in requirements() {
            assert_eq!(row.id.to_string().parse(), Ok(row.id));
        }
        for spelling in ["UMD-R082", "umd-r82", "R082", "r82", "82"] {
            assert_eq!(spelling.parse(), Ok(req::EMPTY_CALL_ID), "{spelling}");
        }
        for other in ["", "R", "UMD-R000", "UMD-R999", "99999", "UMD-082x", "-1"] {
            assert!(other.parse::<RequirementId>().is_err(), "{other}");
        }
    }

    #[test]
    fn keys_are_unique() {
        let keys: BTreeSet<&str> = requirements().map(|row| row.key).collect();
        assert_eq!(keys.len(), requirements().count());
    }

    #[test]
    fn a_facet_has_a_source_of_its_kind_or_is_derived() {
        use Document as D;
        for row in requirements() {
            let documents: &[Document] = match row.facet {
                Facet::Bp => &[D::BasicProfile],
                Facet::Http => &[D::Http, D::Http11, D::MediaTypes],
                Facet::Own => &[],
                Facet::Ox => &[D::Oxwums, D::Reference],
                Facet::Soap => &[D::Soap],
                Facet::Xml => &[D::Namespaces, D::Xml, D::Xsd1, D::Xsd2],
            };
            let fits = row
                .sources
                .iter()
                .any(|source| documents.contains(&source.document) || source.document == D::Derived);
            assert!(fits, "{}: {:?}", row.id, row.facet);
        }
    }

    #[test]
    fn rows_without_a_watcher_say_why() {
        for row in requirements() {
            if let Watch::Unseen(reason) = row.watch {
                assert!(!reason.trim().is_empty(), "{}", row.id);
            }
        }
    }

    #[test]
    fn rows_that_bind_no_server_are_unseen() {
        for row in requirements().filter(|row| !row.party.binds_server()) {
            assert_ne!(row.watch, Watch::Seen, "{}", row.id);
        }
    }

    #[test]
    fn rows_are_filled_in() {
        for row in requirements() {
            assert!(row.statement.ends_with('.'), "{}", row.id);
            assert!(!row.sources.is_empty(), "{}", row.id);
            assert!(row.sources.iter().all(|source| !source.section.is_empty()), "{}", row.id);
        }
    }
}
