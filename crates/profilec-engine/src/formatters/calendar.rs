//! Formatters that take dates apart and compare them. A date without an offset is read as UTC.

use chrono::{Datelike, Duration, Months, NaiveDate, NaiveDateTime};
use profilec_diagnostics::Diagnostic;
use profilec_vocabulary::FormatterId as Id;

use super::date::{self, Moment};
use super::{Call, date_pattern, number};

/// The formatters of this group; `None`: it is of another.
pub(super) fn apply(call: &Call<'_>) -> Result<Option<String>, Diagnostic> {
    let component = |of: fn(NaiveDate) -> String| {
        date::read(call.formatter, call.value, call.argument(0)).map(|moment| of(moment.local.date()))
    };
    let made = match call.formatter.id {
        Id::Day => component(|date| date.day().to_string())?,
        Id::DayOfYear => component(|date| date.ordinal().to_string())?,
        Id::DayOfWeek | Id::Weekday => component(|date| date.weekday().num_days_from_sunday().to_string())?,
        Id::Month => component(|date| date.month().to_string())?,
        Id::Year => component(|date| date.year().to_string())?,
        Id::ToMonth => {
            let month = usize::try_from(number::whole(call.formatter, call.value)?).ok();
            let name = month.and_then(|month| date_pattern::MONTHS.get(month.checked_sub(1)?));
            let none = || date::not_a_date(call.formatter, format!("`{}` is not a month", call.value));
            (*name.ok_or_else(none)?).to_owned()
        }
        Id::IsLeap => call.answer(NaiveDate::from_ymd_opt(year(call)?, 2, 29).is_some(), 0),
        Id::Compare => {
            let left = date::read(call.formatter, call.value, call.argument(1))?.instant();
            (left.cmp(&other(call, 0, 1)?) as i8).to_string()
        }
        Id::DateDiff => difference(call)?,
        Id::ToUtc => {
            let mut moment = date::read(call.formatter, call.value, call.argument(1))?;
            moment.offset.get_or_insert(call.ambient.now.1);
            date::write(&moment.in_utc(), call.argument(0))
        }
        Id::ToFileTime => {
            let moment = date::read(call.formatter, call.value, call.argument(0))?;
            date_pattern::write(&moment, date_pattern::FILE_TIME)
        }
        Id::FromFileTime => {
            let moment = date::read(call.formatter, call.value, Some(date_pattern::FILE_TIME))?;
            date::write(&moment, call.argument(0))
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// `filetimenow()`.
pub(super) fn file_time_now(call: &Call<'_>) -> Result<String, Diagnostic> {
    Ok(date_pattern::write(&date::moment_now(call, 0)?, date_pattern::FILE_TIME))
}

/// A year's number, or the year of a date.
fn year(call: &Call<'_>) -> Result<i32, Diagnostic> {
    match call.value.trim().parse() {
        Ok(year) => Ok(year),
        Err(_) => Ok(date::read(call.formatter, call.value, None)?.local.year()),
    }
}

/// The date to compare with: an argument, now when it is left out or empty.
fn other(call: &Call<'_>, at: usize, format: usize) -> Result<NaiveDateTime, Diagnostic> {
    match call.argument(at).filter(|value| !value.is_empty()) {
        Some(value) => Ok(date::read(call.formatter, value, call.argument(format))?.instant()),
        None => Ok(date::moment_now(call, 0)?.instant()),
    }
}

/// `datediff([interval][, value][, inputformat])`: whole intervals from the other date to this one.
fn difference(call: &Call<'_>) -> Result<String, Diagnostic> {
    let to = date::read(call.formatter, call.value, call.argument(2))?.instant();
    let from = other(call, 1, 2)?;
    let interval = date::interval(call.argument(0));
    let elapsed = to - from;
    let unit = match interval.as_str() {
        "year" => return Ok((months_between(from, to) / 12).to_string()),
        "month" => return Ok(months_between(from, to).to_string()),
        "millisecond" => return Ok(elapsed.num_milliseconds().to_string()),
        "week" => Duration::weeks(1),
        "day" => Duration::days(1),
        "hour" => Duration::hours(1),
        "minute" => Duration::minutes(1),
        "second" => Duration::seconds(1),
        _ => return Err(date::not_an_interval(call, &interval)),
    };
    Ok((elapsed.num_seconds() / unit.num_seconds()).to_string())
}

/// Whole months: the last one counts when its day and time are reached.
fn months_between(from: NaiveDateTime, to: NaiveDateTime) -> i64 {
    let month = |date: NaiveDateTime| i64::from(date.year()) * 12 + i64::from(date.month0());
    let months = month(to) - month(from);
    let by = Months::new(u32::try_from(months.unsigned_abs()).unwrap_or(u32::MAX));
    let (reached, passed) = if months < 0 {
        (from.checked_sub_months(by), from.checked_sub_months(by).is_some_and(|reached| reached < to))
    } else {
        (from.checked_add_months(by), from.checked_add_months(by).is_some_and(|reached| reached > to))
    };
    if reached.is_some() && passed { months - months.signum() } else { months }
}

/// Tells file times: tenths of microseconds since 1601.
pub(super) fn file_time(moment: &Moment) -> i128 {
    let instant = moment.instant().and_utc();
    (i128::from(instant.timestamp()) + EPOCH) * 10_000_000
        + i128::from(instant.timestamp_subsec_nanos() / 100)
}

/// The moment of a file time.
pub(super) fn from_file_time(text: &str) -> Option<Moment> {
    let ticks: i64 = text.trim().parse().ok()?;
    let seconds = i128::from(ticks.div_euclid(10_000_000)) - EPOCH;
    let nanos = u32::try_from(ticks.rem_euclid(10_000_000)).ok()?.checked_mul(100)?;
    let instant = chrono::DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)?;
    Some(Moment { local: instant.naive_utc(), offset: Some(0) })
}

/// Seconds from 1601 to 1970.
const EPOCH: i128 = 11_644_473_600;
