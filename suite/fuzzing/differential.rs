//! The reader against roxmltree, an independent reader of XML: both accept or both refuse, and
//! names, attributes and text agree.

use crate::message::xml::{ElementId, Limits, Outline, decode, is_xml_white};
use crate::protocol::Defect;

/// How two readers of the same text differ, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement(pub String);

/// Bounds that only the size of an input meets, so that well-formedness decides.
const WIDE: Limits = Limits { bytes: usize::MAX, depth: 1_000, attributes: 20_000, elements: 200_000 };

/// Bytes into both readers.
///
/// # Panics
/// On a finding.
pub fn differential(data: &[u8]) {
    // roxmltree reads UTF-8 only: decoding is ours in both.
    let Ok(decoded) = decode(data, None) else { return };
    if let Err(Disagreement(words)) = compare(&decoded.text) {
        panic!("{words}");
    }
}

/// Reads a text with both and compares, but for the differences that are meant.
///
/// # Errors
/// The first disagreement.
pub fn compare(text: &str) -> Result<(), Disagreement> {
    let ours = Outline::parse(text, &WIDE);
    let theirs = roxmltree::Document::parse(text);
    match (&ours, &theirs) {
        // roxmltree takes the attribute `p:xmlns` for a declaration of the default namespace.
        (Ok(_), Ok(_)) if text.contains(":xmlns") => Ok(()),
        (Ok(ours), Ok(theirs)) => same_content(ours, theirs, text),
        (Err(_), Err(_)) => Ok(()),
        (Err(refusal), Ok(_)) if is_meant(refusal.defect, text) => Ok(()),
        (Err(refusal), Ok(_)) => {
            Err(Disagreement(format!("refused here ({refusal}), accepted by roxmltree")))
        }
        (Ok(_), Err(error)) if is_their_gap(error) => Ok(()),
        (Ok(_), Err(error)) => Err(Disagreement(format!("accepted here, refused by roxmltree: {error}"))),
    }
}

/// What this reader refuses and roxmltree takes, each with its reason.
fn is_meant(defect: Defect, text: &str) -> bool {
    match defect {
        // Bounds of this reader.
        Defect::LimitDepth | Defect::LimitAttributes | Defect::LimitElements => true,
        // roxmltree takes xmlns:p="", which is legal in Namespaces 1.1 only (NS 5).
        Defect::NamespaceDeclaration => text.contains("xmlns"),
        // It does not look at what the XML declaration says (XML 2.8, 4.3.3).
        Defect::DeclarationSyntax => text.contains("<?xml"),
        // It does not look at the case of reserved targets, nor for colons in them (XML 2.6, NS 7).
        Defect::ProcessingInstructionSyntax => text.contains("<?"),
        // It drops references to characters that there are not (XML 4.1).
        Defect::CharacterForbidden => text.contains("&#"),
        // It takes `p:xmlns` for a declaration of the default namespace.
        Defect::PrefixUnbound => text.contains(":xmlns"),
        // It takes two declarations of the same prefix on one element (XML 3.1).
        Defect::AttributeDuplicate => text.split('<').any(|tag| tag.matches("xmlns").count() >= 2),
        // It takes names with an empty prefix, `:a` (NS 4).
        Defect::NameSyntax | Defect::EndTagMismatch => has_empty_prefix(text),
        // It skips a byte order mark by itself, so a second one is lost on it (XML 4.3.3).
        Defect::TextOutsideRoot => text.starts_with('\u{FEFF}'),
        _ => false,
    }
}

fn has_empty_prefix(text: &str) -> bool {
    text.contains("<:") || text.contains("</:") || text.split(is_xml_white).any(|word| word.starts_with(':'))
}

/// What roxmltree refuses and this reader takes, each with its reason.
pub(super) fn is_their_gap(error: &roxmltree::Error) -> bool {
    // The prefix xml is bound without a declaration, on elements too (NS 3).
    matches!(error, roxmltree::Error::UnknownNamespace(prefix, _) if prefix == "xml")
}

fn same_content(
    ours: &Outline<'_>,
    theirs: &roxmltree::Document<'_>,
    source: &str,
) -> Result<(), Disagreement> {
    let differ = |what: &str, ours: &dyn std::fmt::Debug, theirs: &dyn std::fmt::Debug| {
        Err(Disagreement(format!("{what}: {ours:?} here, {theirs:?} by roxmltree")))
    };
    let nodes: Vec<_> = theirs.descendants().filter(roxmltree::Node::is_element).collect();
    let ids: Vec<ElementId> = ours.all().collect();
    if ids.len() != nodes.len() {
        return differ("elements", &ids.len(), &nodes.len());
    }
    for (&id, node) in ids.iter().zip(&nodes) {
        let name = (ours.namespace(id), ours.local(id));
        let tag = node.tag_name();
        // An undeclared default namespace is the empty string there.
        let their_name = (tag.namespace().filter(|uri| !uri.is_empty()), tag.name());
        if name != their_name {
            return differ("name", &name, &their_name);
        }
        let attributes: Vec<_> =
            ours.attributes(id).iter().map(|a| (ours.attribute_namespace(a), a.local, &*a.value)).collect();
        let their_attributes: Vec<_> =
            node.attributes().map(|a| (a.namespace(), a.name(), a.value())).collect();
        if attributes != their_attributes {
            return differ("attributes", &attributes, &their_attributes);
        }
        let mut text = ours.text(id).to_owned();
        let mut their_text: String =
            node.children().filter(roxmltree::Node::is_text).filter_map(|child| child.text()).collect();
        if ours.children(id).next().is_some() {
            // An outline leaves out white space between child elements.
            text.retain(|c| !is_xml_white(c));
            their_text.retain(|c| !is_xml_white(c));
        }
        // roxmltree leaves a CR before a CDATA section or a reference, or in a section, as it is, which
        // is a line end to XML (2.11). A CR that a reference means is one for both.
        let fold = |text: &str| text.replace('\r', "\n");
        let line_ends = source.contains('\r');
        if text != their_text && !(line_ends && fold(&text) == fold(&their_text)) {
            return differ("text", &text, &their_text);
        }
    }
    Ok(())
}
