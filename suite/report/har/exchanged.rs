use serde_json::{Value, json};

/// One exchange on its way into the archive.
pub(super) struct Exchanged {
    /// Case, role and the like.
    pub(super) about: Value,
    pub(super) request: Value,
    pub(super) response: Value,
    /// Bytes that the archive has no place for, by what they are of.
    pub(super) raw: Vec<(&'static str, String)>,
    /// Why there is no answer.
    pub(super) error: Option<String>,
}

impl Exchanged {
    /// The same as an entry of an archive.
    pub(super) fn into_entry(self, started: &str) -> Value {
        let mut entry = json!({
            "startedDateTime": started,
            "time": 0,
            "request": self.request,
            "response": self.response,
            "cache": {},
            "timings": { "send": 0, "wait": 0, "receive": 0 },
            "_umspec": self.about,
        });
        let mut comments = Vec::new();
        if !self.raw.is_empty() {
            comments.push("HTTP as this format has it does not hold all of it: see _raw".to_owned());
            entry["_raw"] = self.raw.into_iter().map(|(name, bytes)| (name, Value::from(bytes))).collect();
        }
        if let Some(error) = self.error {
            entry["_error"] = error.clone().into();
            comments.push(error);
        }
        if !comments.is_empty() {
            entry["comment"] = comments.join("; ").into();
        }
        entry
    }
}
