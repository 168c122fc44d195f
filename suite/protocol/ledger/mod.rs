//! The requirement ledger: what the documents ask of Disconnect, row by row.
//!
//! Rows are grouped by subject, one file per group, and numbered through all groups without a
//! gap. Numbers are public and never reused, so a new row goes to the end of the last group.

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

use super::{Document, Facet, Level, Party, Requirement, RequirementId, Source, Watch};

/// Why nothing looks at the rows that bind the client.
pub(super) const CLIENT: Watch =
    Watch::Unseen("binds the client; a run against a server cannot see it, one against a client can");

/// Why nothing looks at the rows that describe message data.
pub(super) const MESSAGE: Watch = Watch::Unseen(
    "describes message data; it seeds generators and is never an oracle for other vendors' servers",
);

/// The source of a rule that no single text supports.
pub(super) const SUITE_RULE: Source = derived("by this suite, from no single text");

/// Every requirement, in the order of its number.
pub fn requirements() -> impl Iterator<Item = &'static Requirement> {
    [
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
    ]
    .into_iter()
    .flatten()
}

/// The requirement of that number, if there is one.
pub fn requirement(id: RequirementId) -> Option<&'static Requirement> {
    // Rows stand in the order of their numbers, without gaps; a test holds them to it.
    let index = usize::from(id.0).checked_sub(1)?;
    requirements().nth(index)
}

/// One row of the ledger, its columns in the order of the fields.
#[expect(clippy::too_many_arguments, reason = "one argument per column keeps a row as flat as its table")]
pub(super) const fn row(
    number: u16,
    key: &'static str,
    statement: &'static str,
    sources: &'static [Source],
    facet: Facet,
    level: Level,
    party: Party,
    watch: Watch,
) -> Requirement {
    Requirement { id: RequirementId(number), key, statement, sources, facet, level, party, watch }
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

    fn count(wanted: impl Fn(&Requirement) -> bool) -> usize {
        requirements().filter(|row| wanted(row)).count()
    }

    #[test]
    fn numbers_run_from_1_to_187() {
        let numbers: Vec<u16> = requirements().map(|row| row.id.0).collect();
        assert_eq!(numbers, (1..=187).collect::<Vec<u16>>());
    }

    #[test]
    fn lookup_finds_each_row_and_nothing_else() {
        for row in requirements() {
            assert_eq!(requirement(row.id), Some(row));
        }
        assert_eq!(requirement(RequirementId(0)), None);
        assert_eq!(requirement(RequirementId(188)), None);
    }

    #[test]
    fn keys_are_unique() {
        let keys: BTreeSet<&str> = requirements().map(|row| row.key).collect();
        assert_eq!(keys.len(), requirements().count());
    }

    #[test]
    fn levels_add_up() {
        let of = |level| count(|row| row.level == level);
        assert_eq!(of(Level::Must), 90);
        assert_eq!(of(Level::Should), 23);
        assert_eq!(of(Level::May), 5);
        assert_eq!(of(Level::DerivedMust), 29);
        assert_eq!(of(Level::DerivedShould), 29);
        assert_eq!(of(Level::Record), 11);
    }

    #[test]
    fn parties_add_up() {
        let of = |party| count(|row| row.party == party);
        assert_eq!(of(Party::Client), 36);
        assert_eq!(of(Party::Server), 109);
        assert_eq!(of(Party::Both), 41);
        assert_eq!(of(Party::Message), 1);
    }

    #[test]
    fn facets_add_up() {
        let of = |facet| count(|row| row.facet == facet);
        assert_eq!(of(Facet::Ox), 69);
        assert_eq!(of(Facet::Soap), 33);
        assert_eq!(of(Facet::Xml), 22);
        assert_eq!(of(Facet::Http), 7);
        assert_eq!(of(Facet::Bp), 26);
        assert_eq!(of(Facet::Own), 30);
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
