use serde_json::json;

use super::hindrance::hindrance;
use super::json::pretty;
use super::{View, words};
use crate::record::Conclusion;

/// What stands on the left of a badge.
const LABEL: &str = "MS-OXWUMS Disconnect";

/// The conclusion as a badge of shields.io: the JSON of its "endpoint badge" (schema version 1). Green only where
/// everything was judged and nothing failed, warned or is only known.
///
/// # Errors
/// Never for a record that a run or [`Record::load`](crate::record::Record::load) made.
pub fn badge(view: &View<'_>) -> Result<String, String> {
    let counts = view.counts();
    let passed = counts.passed + counts.noted;
    let of = format!("{passed} of {}", counts.planned);
    let conclusion = view.conclusion();
    let known = if counts.known > 0 { format!(", {} known", counts.known) } else { String::new() };
    let (message, colour) = match conclusion {
        _ if hindrance(view.record).is_some() => ("not judged".to_owned(), "lightgrey"),
        Conclusion::Interrupted => ("not judged".to_owned(), "lightgrey"),
        Conclusion::Failed => (format!("{of} pass, {} fail{known}", counts.failed), "red"),
        Conclusion::Changed | Conclusion::Expired | Conclusion::Stale => {
            (words::conclusion(conclusion).to_owned(), "red")
        }
        Conclusion::NotJudged => (format!("{of} pass, {} not judged{known}", counts.not_judged), "lightgrey"),
        Conclusion::Passed if counts.warned > 0 => {
            (format!("{of} pass, {} warn{known}", counts.warned), "yellow")
        }
        Conclusion::Passed if counts.known > 0 => (format!("{of} pass{known}"), "yellow"),
        Conclusion::Passed => (format!("{of} pass"), "brightgreen"),
    };
    pretty(&json!({
        "schemaVersion": 1,
        "label": LABEL,
        "message": message,
        "color": colour,
        "isError": conclusion != Conclusion::Passed,
    }))
}
