use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{
    call_id, client, envelope, fault, invalid_id, lifecycle, malformed, request, security, success,
    transport, xml,
};
use crate::protocol::{Requirement, RequirementId};

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::protocol::Facet;
    use crate::protocol::{Document, Visibility, req};

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
            if let Visibility::NotObservable(reason) = row.visibility {
                assert!(!reason.trim().is_empty(), "{}", row.id);
            }
        }
    }

    #[test]
    fn rows_that_bind_no_server_are_unseen() {
        for row in requirements().filter(|row| !row.party.binds_server()) {
            assert_ne!(row.visibility, Visibility::Observable, "{}", row.id);
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
