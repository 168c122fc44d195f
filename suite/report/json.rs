//! JSON that shows what it holds: characters that would not be seen, or would steer a terminal, are escaped.

use serde::Serialize;

use crate::message::visible_json;

/// A value as JSON on several lines, with a line feed at the end.
pub(super) fn pretty(value: &impl Serialize) -> Result<String, String> {
    let json = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    Ok(visible_json(json) + "\n")
}

/// A value as JSON on one line, with a line feed at the end.
pub(super) fn line(value: &impl Serialize) -> Result<String, String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    Ok(visible_json(json) + "\n")
}
