//! Dates and times as text, digit by digit.

use chrono::Datelike;

const DAY: i64 = 86_400_000_000;

/// `2024-05-01T10:00:00Z`, with six digits of a second's fraction when it is not zero.
pub(crate) fn timestamp(micros: i64, out: &mut Vec<u8>) {
    let day = i32::try_from(micros.div_euclid(DAY)).unwrap_or(i32::MAX);
    date(day, out);
    out.push(b'T');
    time(micros.rem_euclid(DAY), out);
    out.push(b'Z');
}

/// `2024-05-01` of days since the epoch; a year beyond four digits has a sign (ISO 8601).
pub(crate) fn date(days: i32, out: &mut Vec<u8>) {
    let Some(day) = chrono::NaiveDate::from_epoch_days(days) else {
        // Beyond 260,000 years: no calendar knows it. The number loses nothing.
        out.extend_from_slice(itoa::Buffer::new().format(days).as_bytes());
        return;
    };
    match u32::try_from(day.year()) {
        Ok(year) if year <= 9999 => digits(year, 4, out),
        _ => {
            out.push(if day.year() < 0 { b'-' } else { b'+' });
            digits(day.year().unsigned_abs(), 6, out);
        }
    }
    out.push(b'-');
    digits(day.month(), 2, out);
    out.push(b'-');
    digits(day.day(), 2, out);
}

/// `10:00:00` of microseconds since midnight, with six digits of a fraction when it is not zero.
pub(crate) fn time(micros: i64, out: &mut Vec<u8>) {
    let Ok(micros) = u64::try_from(micros) else {
        out.extend_from_slice(itoa::Buffer::new().format(micros).as_bytes());
        return;
    };
    let seconds = micros / 1_000_000;
    let part = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    digits(part(seconds / 3600), 2, out);
    out.push(b':');
    digits(part(seconds / 60 % 60), 2, out);
    out.push(b':');
    digits(part(seconds % 60), 2, out);
    let fraction = part(micros % 1_000_000);
    if fraction != 0 {
        out.push(b'.');
        digits(fraction, 6, out);
    }
}

/// A number with leading zeros up to `width`.
fn digits(value: u32, width: usize, out: &mut Vec<u8>) {
    let mut buffer = itoa::Buffer::new();
    let text = buffer.format(value).as_bytes();
    out.resize(out.len() + width.saturating_sub(text.len()), b'0');
    out.extend_from_slice(text);
}

#[cfg(test)]
mod tests {
    fn text(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_fraction_is_written_only_when_there_is_one() {
        assert_eq!(text(|out| super::timestamp(1_714_557_600_000_000, out)), "2024-05-01T10:00:00Z");
        assert_eq!(text(|out| super::timestamp(1_714_557_600_120_000, out)), "2024-05-01T10:00:00.120000Z");
        assert_eq!(text(|out| super::timestamp(-1, out)), "1969-12-31T23:59:59.999999Z");
        assert_eq!(text(|out| super::time(36_061_000_001, out)), "10:01:01.000001");
    }

    #[test]
    fn dates_beyond_four_digits_have_a_sign() {
        assert_eq!(text(|out| super::date(0, out)), "1970-01-01");
        assert_eq!(text(|out| super::date(2_932_897, out)), "+010000-01-01");
        assert_eq!(text(|out| super::date(-719_529, out)), "-000001-12-31");
        assert_eq!(text(|out| super::date(i32::MAX, out)), "2147483647");
    }
}
