//! Formatters of dates. There is no clock here: the driver tells what `now` is.

use chrono::{DateTime, Duration, Months, NaiveDateTime};
use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::Formatter;
use profilec_vocabulary::FormatterId as Id;

use super::{Call, date_pattern};

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

/// The formatters of this group; `None`: it is of another.
pub(super) fn apply(call: &Call<'_>) -> Result<Option<String>, Diagnostic> {
    let made = match call.formatter.id {
        Id::ToDate => write(&read(call.formatter, call.value, call.argument(1))?, call.argument(0)),
        Id::DateAdd => dateadd(call)?,
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// `now([format])`, `utcnow([format])`.
pub(super) fn now(call: &Call<'_>, offset: i32) -> Result<String, Diagnostic> {
    Ok(write(&moment_now(call, offset)?, call.argument(0)))
}

/// What the clock tells, so many seconds east of UTC.
pub(super) fn moment_now(call: &Call<'_>, offset: i32) -> Result<Moment, Diagnostic> {
    let (seconds, _) = call.ambient.now;
    let local = seconds
        .checked_add(i64::from(offset))
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or_else(|| not_a_date(call.formatter, "the clock tells no date".to_owned()))?;
    Ok(Moment { local: local.naive_utc(), offset: Some(offset) })
}

/// `dateadd([interval][, n][, outputformat][, inputformat])`.
fn dateadd(call: &Call<'_>) -> Result<String, Diagnostic> {
    let moment = read(call.formatter, call.value, call.argument(3))?;
    let interval = interval(call.argument(0));
    let count = call.whole(1)?.unwrap_or(1);
    let months = |months: i64| {
        let by = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        if months < 0 { moment.local.checked_sub_months(by) } else { moment.local.checked_add_months(by) }
    };
    let shift = |unit: Option<Duration>| moment.local.checked_add_signed(unit?);
    let local = match interval.as_str() {
        "year" => count.checked_mul(12).and_then(months),
        "month" => months(count),
        "week" => shift(Duration::try_weeks(count)),
        "day" => shift(Duration::try_days(count)),
        "hour" => shift(Duration::try_hours(count)),
        "minute" => shift(Duration::try_minutes(count)),
        "second" => shift(Duration::try_seconds(count)),
        "millisecond" => shift(Duration::try_milliseconds(count)),
        _ => return Err(not_an_interval(call, &interval)),
    };
    let local = local.ok_or_else(|| {
        not_a_date(call.formatter, format!("{count} {interval} from `{}` is no date", call.value))
    })?;
    Ok(write(&Moment { local, ..moment }, call.argument(2)))
}

/// An interval's name, singular and lower case; a day when it is left out or empty.
pub(super) fn interval(argument: Option<&str>) -> String {
    let interval = argument.unwrap_or_default().trim().to_lowercase();
    if interval.is_empty() { "day".to_owned() } else { interval.trim_end_matches('s').to_owned() }
}

pub(super) fn not_an_interval(call: &Call<'_>, interval: &str) -> Diagnostic {
    call.wrong(format!("`{interval}` is not an interval"), "counts in one of these")
        .help("write `year`, `month`, `week`, `day`, `hour`, `minute`, `second` or `millisecond`")
}

/// A moment in a format; in the default one when none is named.
pub(super) fn write(moment: &Moment, format: Option<&str>) -> String {
    date_pattern::write(moment, format.filter(|format| !format.is_empty()).unwrap_or(DEFAULT))
}

/// A date in a format; in one of the usual ones when none is named.
pub(super) fn read(formatter: &Formatter, value: &str, format: Option<&str>) -> Result<Moment, Diagnostic> {
    let (moment, shape) = match format.filter(|format| !format.is_empty()) {
        Some(format) => (date_pattern::read(value, format), format!(" of the form `{format}`")),
        None => (Moment::detect(value), String::new()),
    };
    moment.ok_or_else(|| not_a_date(formatter, format!("`{value}` is not a date{shape}")))
}

pub(super) fn not_a_date(formatter: &Formatter, message: String) -> Diagnostic {
    Diagnostic::new(&codes::template::not_a_date, message, Label::new(formatter.origin, "needs a date"))
}
