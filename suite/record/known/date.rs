use std::fmt;
use std::str::FromStr;

/// A day of the calendar, without a time zone: the last on which a deviation is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// That day of the Gregorian calendar, from the year 1970 on; none if there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
            2 => 28,
            _ => return None,
        };
        ((1970..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The day, in UTC, of a time in milliseconds since 1970-01-01 UTC; the last of 9999 for what is later.
    pub fn of_unix_ms(milliseconds: u64) -> Self {
        const LAST: u64 = 2_932_896;
        let days = (milliseconds / 86_400_000).min(LAST);
        // Howard Hinnant's `civil_from_days`, counted from 0000-03-01, where a leap day ends its year.
        let days = days + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = era * 400 + year_of_era + u64::from(month <= 2);
        let small = |number: u64| u8::try_from(number).unwrap_or(u8::MAX);
        Self { year: u16::try_from(year).unwrap_or(u16::MAX), month: small(month), day: small(day) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no day of the calendar from 1970 on; write it as 2027-03-31")]
pub struct NoDate;

impl FromStr for Date {
    type Err = NoDate;

    /// Reads `2027-03-31`.
    fn from_str(text: &str) -> Result<Self, NoDate> {
        let digits = |part: &str, length: usize| {
            let fits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| part.parse::<u16>().ok()).flatten().ok_or(NoDate)
        };
        let mut parts = text.splitn(3, '-');
        let mut next = |length| digits(parts.next().unwrap_or_default(), length);
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        let small = |number| u8::try_from(number).map_err(|_| NoDate);
        Self::new(year, small(month)?, small(day)?).ok_or(NoDate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_written_and_found_in_time() {
        for (text, day) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-26", 20_783)] {
            let date: Date = text.parse().unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(Date::of_unix_ms(day * 86_400_000), date);
            assert_eq!(Date::of_unix_ms(day * 86_400_000 + 86_399_999), date);
        }
        assert_eq!(Date::of_unix_ms(u64::MAX).to_string(), "9999-12-31");
        for none in [
            "2027-02-29",
            "2100-02-29",
            "2027-13-01",
            "2027-1-1",
            "1969-12-31",
            "soon",
            "",
            "2027-03-31T00:00:00",
        ] {
            assert_eq!(none.parse::<Date>(), Err(NoDate), "{none}");
        }
        assert!("2027-03-31".parse::<Date>().unwrap() < "2027-04-01".parse().unwrap());
    }
}
