//! Formatters of dates. There is no clock here: the driver tells what `now` is.

use chrono::{DateTime, Duration, Months, NaiveDateTime};
use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::Formatter;

use super::{date_pattern, number};

/// What dates look like when no format is named.
const DEFAULT: &str = "s";

/// Formats that are tried in order when none is named; each also with a fraction and an offset where it has
/// seconds.
const DETECTED: [&str; 12] = [
    "yyyy-MM-dd'T'HH:mm:ss",
    "yyyy-MM-dd HH:mm:ss",
    "yyyy-MM-dd",
    "yyyy-MM-dd'T'HH:mm",
    "yyyy-MM-dd HH:mm",
    "yyyy/MM/dd HH:mm:ss",
    "yyyy/MM/dd HH:mm",
    "yyyy/MM/dd",
    "M/d/yyyy h:mm:ss tt",
    "M/d/yyyy H:mm:ss",
    "M/d/yyyy H:mm",
    "M/d/yyyy",
];

/// A date and time, and its offset from UTC in seconds where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(super) local: NaiveDateTime,
    pub(super) offset: Option<i32>,
}

impl Moment {
    /// Reads a date in one of the usual formats.
    pub(crate) fn detect(text: &str) -> Option<Self> {
        let text = text.trim();
        // Nothing shorter or longer is a date; and a number is not one.
        if !(8..=64).contains(&text.len()) || !text.is_ascii() {
            return None;
        }
        DETECTED.iter().find_map(|pattern| detect_as(text, pattern)).or_else(|| {
            let read = DateTime::parse_from_rfc2822(text).ok()?;
            Some(Self { local: read.naive_local(), offset: Some(read.offset().local_minus_utc()) })
        })
    }

    /// The same moment as UTC tells it; without an offset it is taken as UTC already.
    pub(super) fn in_utc(self) -> Self {
        Self { local: self.instant(), offset: Some(0) }
    }

    /// The moment in UTC, for comparing.
    pub(crate) fn instant(self) -> NaiveDateTime {
        let shift = Duration::seconds(i64::from(self.offset.unwrap_or(0)));
        self.local.checked_sub_signed(shift).unwrap_or(self.local)
    }
}

fn detect_as(text: &str, pattern: &str) -> Option<Moment> {
    if !pattern.ends_with("ss") {
        return date_pattern::read(text, pattern)
            .or_else(|| date_pattern::read(text, &format!("{pattern}K")).filter(|_| pattern.contains("mm")));
    }
    date_pattern::read(text, &format!("{pattern}K"))
        .or_else(|| date_pattern::read(text, &format!("{pattern}.fffffffffK")))
        .or_else(|| date_pattern::read(text, &format!("{pattern} K")))
}

/// `now([format])`, `utcnow([format])`.
pub(super) fn now(
    formatter: &Formatter,
    format: Option<&str>,
    now: (i64, i32),
) -> Result<String, Diagnostic> {
    let (seconds, offset) = now;
    let local = seconds
        .checked_add(i64::from(offset))
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or_else(|| not_a_date(formatter, "the clock tells no date".to_owned()))?;
    let moment = Moment { local: local.naive_utc(), offset: Some(offset) };
    Ok(date_pattern::write(&moment, or_default(format)))
}

/// `todate([outputformat][, inputformat])`.
pub(super) fn todate(formatter: &Formatter, value: &str, arguments: &[String]) -> Result<String, Diagnostic> {
    let moment = read(formatter, value, arguments.get(1))?;
    Ok(date_pattern::write(&moment, or_default(arguments.first().map(String::as_str))))
}

/// `dateadd([interval][, n][, outputformat][, inputformat])`.
pub(super) fn dateadd(
    formatter: &Formatter,
    value: &str,
    arguments: &[String],
) -> Result<String, Diagnostic> {
    let moment = read(formatter, value, arguments.get(3))?;
    let interval = arguments.first().map_or("day", |interval| interval.trim()).to_lowercase();
    let count = arguments.get(1).map_or(Ok(1), |count| number::whole(formatter, count))?;
    let months = |months: i64| {
        let by = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        if months < 0 { moment.local.checked_sub_months(by) } else { moment.local.checked_add_months(by) }
    };
    let shift = |unit: Option<Duration>| moment.local.checked_add_signed(unit?);
    let local = match interval.trim_end_matches('s') {
        "year" => count.checked_mul(12).and_then(months),
        "month" => months(count),
        "week" => shift(Duration::try_weeks(count)),
        "day" => shift(Duration::try_days(count)),
        "hour" => shift(Duration::try_hours(count)),
        "minute" => shift(Duration::try_minutes(count)),
        "second" => shift(Duration::try_seconds(count)),
        "millisecond" => shift(Duration::try_milliseconds(count)),
        _ => {
            return Err(Diagnostic::new(
                &codes::template::argument_type,
                format!("`{interval}` is not an interval"),
                Label::new(formatter.origin, "adds one of these"),
            )
            .help("write `year`, `month`, `day`, `hour`, `minute`, `second` or `millisecond`"));
        }
    };
    let local = local
        .ok_or_else(|| not_a_date(formatter, format!("{count} {interval} from `{value}` is no date")))?;
    Ok(date_pattern::write(&Moment { local, ..moment }, or_default(arguments.get(2).map(String::as_str))))
}

fn or_default(format: Option<&str>) -> &str {
    format.filter(|format| !format.is_empty()).unwrap_or(DEFAULT)
}

fn read(formatter: &Formatter, value: &str, format: Option<&String>) -> Result<Moment, Diagnostic> {
    let (moment, shape) = match format.filter(|format| !format.is_empty()) {
        Some(format) => (date_pattern::read(value, format), format!(" of the form `{format}`")),
        None => (Moment::detect(value), String::new()),
    };
    moment.ok_or_else(|| not_a_date(formatter, format!("`{value}` is not a date{shape}")))
}

fn not_a_date(formatter: &Formatter, message: String) -> Diagnostic {
    Diagnostic::new(&codes::template::not_a_date, message, Label::new(formatter.origin, "needs a date"))
}
