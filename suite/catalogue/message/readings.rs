//! What a reader may give for a request that it need not take, where that is beyond doubt.

use crate::catalogue::Case;
use crate::message::xml::{ElementId, Outline, decode};
use crate::protocol::{InputClass, Nuance, names};

use super::flags::WIDE;

/// The texts that a reader may give which takes the request of a case; none where nothing is beyond doubt.
///
/// Half an id, what lies in a file of this machine, and what entities expand to without bounds are among
/// none of them.
pub(super) fn readings(case: &Case, body: &[u8]) -> Vec<String> {
    match case.class {
        // What the bytes mean depends on which label is believed.
        InputClass::EncodingsDisagree => Vec::new(),
        // Internal entities that are small may be used (XML 5.1); what is outside is nothing, unfetched.
        InputClass::Dtd if case.id == "dtd/references-many" => {
            vec![format!("{}{}", names::SAMPLE_CALL_ID, "aaaaaaaa".repeat(1_000))]
        }
        InputClass::Dtd if case.id == "dtd/entities-nested" => {
            vec![format!("{}{}", names::SAMPLE_CALL_ID, "lol".repeat(100_000))]
        }
        // What is against the namespaces or the version of XML stands beside the plain id.
        _ if matches!(case.nuance, Some(Nuance::IgnorableName | Nuance::XmlVersion)) => {
            vec![names::SAMPLE_CALL_ID.to_owned()]
        }
        InputClass::Dtd => vec![names::SAMPLE_CALL_ID.to_owned()],
        _ => texts(body),
    }
}

/// The text of each element named CallId in what Body holds, in whatever namespace.
fn texts(body: &[u8]) -> Vec<String> {
    let Ok(decoded) = decode(body, None) else { return Vec::new() };
    let Ok(outline) = Outline::of(&decoded, &WIDE) else { return Vec::new() };
    let is_in_body = |mut id: ElementId| {
        while let Some(parent) = outline.parent(id) {
            if parent == ElementId::ROOT {
                return outline.local(id) == "Body";
            }
            id = parent;
        }
        false
    };
    let ids = outline.all().filter(|&id| outline.local(id) == "CallId" && is_in_body(id));
    ids.map(|id| outline.text(id).to_owned()).collect()
}
