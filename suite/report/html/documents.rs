//! The documents: their names in full, and the order of their sections.

use crate::protocol::Document;

/// Every document in the order in which a page shows them: the protocol first, then what it rests on.
pub(super) const DOCUMENTS: [Document; 14] = [
    Document::Oxwums,
    Document::Reference,
    Document::Dscli,
    Document::Soap,
    Document::BasicProfile,
    Document::Xml,
    Document::Namespaces,
    Document::Xsd1,
    Document::Xsd2,
    Document::Http,
    Document::Http11,
    Document::MediaTypes,
    Document::Wsmv,
    Document::Derived,
];

/// What a document is called in full.
pub(super) fn title(document: Document) -> &'static str {
    match document {
        Document::BasicProfile => "WS-I Basic Profile 1.0 and 1.1",
        Document::Derived => "Derived by this suite from the other documents",
        Document::Dscli => "MS-OXDSCLI, Autodiscover publishing and lookup",
        Document::Http => "RFC 9110, HTTP semantics",
        Document::Http11 => "RFC 9112, HTTP/1.1",
        Document::MediaTypes => "RFC 7303, XML media types",
        Document::Namespaces => "Namespaces in XML 1.0",
        Document::Oxwums => "MS-OXWUMS, the protocol itself",
        Document::Reference => "Reference pages of the UM web service",
        Document::Soap => "SOAP 1.1",
        Document::Wsmv => "MS-WSMV",
        Document::Xml => "XML 1.0",
        Document::Xsd1 => "XML Schema part 1",
        Document::Xsd2 => "XML Schema part 2",
    }
}

/// What sections are ordered by: their numbers first, then their names.
pub(super) fn order(section: &str) -> (Vec<u32>, &str) {
    let first = section.split([' ', ',', ';']).next().unwrap_or_default();
    let digits = first.trim_start_matches(|c: char| !c.is_ascii_digit());
    let numbers: Option<Vec<u32>> = digits.split('.').map(|part| part.parse().ok()).collect();
    // What has no number stands behind what has.
    (numbers.unwrap_or_else(|| vec![u32::MAX]), section)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::protocol::ledger;

    #[test]
    fn each_document_that_the_ledger_cites_has_its_place() {
        let cited: BTreeSet<Document> =
            ledger::requirements().flat_map(|row| row.sources).map(|source| source.document).collect();
        for document in cited {
            assert!(DOCUMENTS.contains(&document), "{document:?}");
            assert!(title(document).contains(' ') || title(document).contains('-'), "{document:?}");
        }
    }

    #[test]
    fn sections_are_in_the_order_of_their_numbers() {
        let mut sections = ["3.1.4.10", "R1031", "envelope schema", "3.1.4.9", "2", "R0004", "3.1.4"];
        sections.sort_by_key(|section| order(section));
        assert_eq!(sections, ["2", "3.1.4", "3.1.4.9", "3.1.4.10", "R0004", "R1031", "envelope schema"]);
    }
}
