//! When a run was, for people.

use crate::record::known::Date;

/// The time so many milliseconds after 1970-01-01 UTC, to the second.
pub(super) fn utc(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{} {hour:02}:{minute:02}:{second:02} UTC", Date::of_unix_ms(milliseconds))
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn a_time_is_told_to_the_second() {
        assert_eq!(utc(951_782_399_999), "2000-02-28 23:59:59 UTC");
        // No number of a record overflows.
        assert!(utc(u64::MAX).ends_with("UTC"));
    }
}
