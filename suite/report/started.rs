use chrono::{DateTime, Datelike as _, SecondsFormat, Utc};

use crate::record::Record;

/// Years that RFC 3339 can write and a run can be of.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// When the run began; 1970 for what a record says that cannot be.
pub(super) fn started(record: &Record) -> DateTime<Utc> {
    let at = i64::try_from(record.times.started_ms).ok().and_then(DateTime::from_timestamp_millis);
    at.filter(|at| YEARS.contains(&at.year())).unwrap_or_default()
}

/// The same as RFC 3339 has it, in UTC, to the millisecond.
pub(super) fn started_rfc3339(record: &Record) -> String {
    started(record).to_rfc3339_opts(SecondsFormat::Millis, true)
}
