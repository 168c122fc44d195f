use serde_json::json;

use super::View;
use super::hindrance::hindrance;
use super::json::pretty;
use crate::record::Conclusion;

/// What stands on the left of a badge.
const LABEL: &str = "MS-OXWUMS Disconnect";

/// The conclusion as a badge of shields.io: the JSON of its "endpoint badge" (schema version 1). Green only where
/// everything was judged and nothing failed or warned.
///
/// # Errors
/// Never for a record that a run or [`Record::load`](crate::record::Record::load) made.
pub fn badge(view: &View<'_>) -> Result<String, String> {
    let counts = view.counts();
    let passed = counts.passed + counts.noted;
    let of = format!("{passed} of {}", counts.planned);
    let conclusion = view.conclusion();
    let (message, colour) = if conclusion == Conclusion::Interrupted || hindrance(view.record).is_some() {
        ("not judged".to_owned(), "lightgrey")
    } else if conclusion == Conclusion::Failed {
        (format!("{of} pass, {} fail", counts.failed), "red")
    } else if conclusion != Conclusion::Passed {
        (format!("{of} pass, {} not judged", counts.not_judged), "lightgrey")
    } else if counts.warned > 0 {
        (format!("{of} pass, {} warn", counts.warned), "yellow")
    } else {
        (format!("{of} pass"), "brightgreen")
    };
    pretty(&json!({
        "schemaVersion": 1,
        "label": LABEL,
        "message": message,
        "color": colour,
        "isError": conclusion != Conclusion::Passed,
    }))
}
