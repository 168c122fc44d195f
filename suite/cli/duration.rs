use std::time::Duration;

/// Reads `5s`, `500ms` or `5` (seconds).
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()));
    let seconds: f64 = number.parse().map_err(|_| "write it as 5s or 500ms".to_owned())?;
    let seconds = match unit {
        "" | "s" => seconds,
        "ms" => seconds / 1000.0,
        "m" => seconds * 60.0,
        _ => return Err("write it as 5s or 500ms".to_owned()),
    };
    // A day is longer than anything here should take, and far from where Duration overflows.
    if (0.001..=86_400.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("it must be between 1ms and 24 hours".to_owned())
    }
}
