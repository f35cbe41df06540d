//! Dates and times as APIs write them: ISO 8601 with `T` or a blank, `yyyy/MM/dd`, any of the zone spellings.
//!
//! A text without a zone is UTC. Digits beyond the microsecond, which some servers write, are dropped: the
//! column's type holds microseconds.

const MICROS: i64 = 1_000_000;
const DAY: i64 = 86_400 * MICROS;

/// Microseconds since the epoch. A date alone is its midnight.
pub(super) fn timestamp(text: &str) -> Option<i64> {
    let mut rest = Rest(text.as_bytes());
    let days = rest.date()?;
    if rest.0.is_empty() {
        return Some(i64::from(days) * DAY);
    }
    rest.any(b"Tt ")?;
    let micros = rest.clock()?;
    let ahead = rest.zone()?;
    rest.0.is_empty().then_some(i64::from(days) * DAY + micros - ahead * MICROS)
}

/// Days since the epoch; of a date-time the date as written, whatever its zone.
pub(super) fn date(text: &str) -> Option<i32> {
    let mut rest = Rest(text.as_bytes());
    let days = rest.date()?;
    (rest.0.is_empty() || timestamp(text).is_some()).then_some(days)
}

/// Microseconds since midnight.
pub(super) fn time(text: &str) -> Option<i64> {
    let mut rest = Rest(text.as_bytes());
    let micros = rest.clock()?;
    rest.0.is_empty().then_some(micros)
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Takes one of these bytes.
    fn any(&mut self, bytes: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        bytes.contains(&first).then(|| {
            self.0 = rest;
            first
        })
    }

    /// Takes a number of exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let value = number.iter().try_fold(0, |value, digit| {
            digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0'))
        })?;
        self.0 = rest;
        Some(value)
    }

    fn date(&mut self) -> Option<i32> {
        let year = self.number(4)?;
        let separator = self.any(b"-/")?;
        let month = self.number(2)?;
        self.any(&[separator])?;
        let day = self.number(2)?;
        let valid = (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
        valid.then(|| days_from_civil(year, month, day)).and_then(|days| i32::try_from(days).ok())
    }

    /// `HH:mm`, `HH:mm:ss`, `HH:mm:ss.f` with one to nine digits, in microseconds.
    fn clock(&mut self) -> Option<i64> {
        let hour = self.number(2)?;
        self.any(b":")?;
        let minute = self.number(2)?;
        let mut second = 0;
        let mut micros = 0;
        if self.any(b":").is_some() {
            second = self.number(2)?;
            if self.any(b".").is_some() {
                micros = self.fraction()?;
            }
        }
        (hour < 24 && minute < 60 && second < 60)
            .then_some(((hour * 60 + minute) * 60 + second) * MICROS + micros)
    }

    fn fraction(&mut self) -> Option<i64> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=9).contains(&digits) {
            return None;
        }
        let mut micros = self.number(digits.min(6))?;
        for _ in digits..6 {
            micros *= 10;
        }
        self.number(digits.saturating_sub(6))?;
        Some(micros)
    }

    /// Seconds ahead of UTC: nothing, `Z`, `+01:00`, `+0100`, `+01`.
    fn zone(&mut self) -> Option<i64> {
        if self.0.is_empty() || self.any(b"Zz").is_some() {
            return Some(0);
        }
        let sign = if self.any(b"+-")? == b'-' { -1 } else { 1 };
        let hours = self.number(2)?;
        let minutes = if self.0.is_empty() {
            0
        } else {
            let _ = self.any(b":");
            self.number(2)?
        };
        (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60)
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so that the leap
/// day is a year's last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use proptest::prelude::*;

    use super::{DAY, date, time, timestamp};

    #[test]
    fn every_spelling_of_one_moment_is_that_moment() {
        let moment = DateTime::parse_from_rfc3339("2024-03-01T11:30:00Z").unwrap().timestamp_micros();
        for text in [
            "2024-03-01T11:30:00Z",
            "2024-03-01T11:30Z",
            "2024-03-01 11:30:00",
            "2024/03/01 11:30:00",
            "2024-03-01T12:30:00+01:00",
            "2024-03-01T12:30:00.000+0100",
            "2024-03-01T12:30:00.0000000+01",
            "2024-02-29T23:30:00-1200",
            "2024-03-01t11:30:00z",
        ] {
            assert_eq!(timestamp(text), Some(moment), "{text}");
        }
        assert_eq!(timestamp("2024-03-01T11:30:00.1234567Z"), Some(moment + 123_456));
        assert_eq!(timestamp("2024-03-01"), Some(moment - moment.rem_euclid(DAY)));
        for text in [
            "2024-02-30",
            "2023-02-29T00:00:00Z",
            "2024-03-01T24:00:00Z",
            "2024-03-01T11:30:00 Z",
            "2024-03-01T11:30:00.Z",
            "2024-03-01T",
            "2024-3-1",
            "2024-03/01",
            "20240301",
            "1709292600",
            "2024-03-01T11:30:00+1",
            "2024-03-01T11:30:00Zx",
            "",
        ] {
            assert_eq!(timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_taken_as_written() {
        let day = i32::try_from(timestamp("2024-03-01").unwrap() / DAY).unwrap();
        assert_eq!(date("2024-03-01"), Some(day));
        assert_eq!(date("2024/03/01"), Some(day));
        assert_eq!(date("2024-03-01T23:30:00-05:00"), Some(day));
        assert_eq!(date("2024-03-01T99:30"), None);
    }

    #[test]
    fn times_are_micros_since_midnight() {
        assert_eq!(time("01:02:03.5"), Some(3_723_500_000));
        assert_eq!(time("01:02"), Some(3_720_000_000));
        assert_eq!(time("1:02"), None);
    }

    proptest! {
        #[test]
        fn agrees_with_chrono(secs in -62_135_596_800_i64..253_402_300_800, micros in 0..1_000_000_i64, zone in -1439..=1439_i32) {
            let moment = DateTime::from_timestamp_micros(secs * 1_000_000 + micros).unwrap();
            let zone = chrono::FixedOffset::east_opt(zone * 60).unwrap();
            let local = moment.with_timezone(&zone);
            let year = chrono::Datelike::year(&local);
            prop_assume!((1..=9999).contains(&year));
            for text in [local.to_rfc3339(), local.format("%Y/%m/%d %H:%M:%S%.6f%z").to_string()] {
                prop_assert_eq!(timestamp(&text), Some(moment.timestamp_micros()), "{}", text);
                let days = local.date_naive().signed_duration_since(NaiveDate::default()).num_days();
                prop_assert_eq!(date(&text).map(i64::from), Some(days));
            }
        }

        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = (timestamp(&text), date(&text), time(&text));
        }
    }
}
