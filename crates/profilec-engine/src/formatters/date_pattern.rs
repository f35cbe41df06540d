//! Date patterns such as `yyyy-MM-dd HH:mm:ss`, written and read.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::calendar::{file_time, from_file_time};
use super::date::Moment;

/// The pattern of Windows file times.
pub(super) const FILE_TIME: &str = "file";

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A code letter and how often it stands.
    Code(char, usize),
    /// Text as it is.
    Literal(String),
}

/// The custom pattern that a single-letter standard one stands for, and whether it tells the time in UTC.
fn standard(letter: &str) -> Option<(&'static str, bool)> {
    Some(match letter {
        "d" => ("MM/dd/yyyy", false),
        "D" => ("dddd, dd MMMM yyyy", false),
        "f" => ("dddd, dd MMMM yyyy HH:mm", false),
        "F" => ("dddd, dd MMMM yyyy HH:mm:ss", false),
        "g" => ("MM/dd/yyyy HH:mm", false),
        "G" => ("MM/dd/yyyy HH:mm:ss", false),
        "m" | "M" => ("MMMM dd", false),
        "o" | "O" => ("yyyy-MM-dd'T'HH:mm:ss.fffffffK", false),
        "r" | "R" => ("ddd, dd MMM yyyy HH:mm:ss 'GMT'", true),
        "s" => ("yyyy-MM-dd'T'HH:mm:ss", false),
        "t" => ("HH:mm", false),
        "T" => ("HH:mm:ss", false),
        "u" => ("yyyy-MM-dd HH:mm:ss'Z'", true),
        "U" => ("dddd, dd MMMM yyyy HH:mm:ss", true),
        "y" | "Y" => ("yyyy MMMM", false),
        _ => return None,
    })
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let literal = |tokens: &mut Vec<Token>, c: char| match tokens.last_mut() {
        Some(Token::Literal(text)) => text.push(c),
        _ => tokens.push(Token::Literal(c.to_string())),
    };
    let mut characters = pattern.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => {
                if let Some(escaped) = characters.next() {
                    literal(&mut tokens, escaped);
                }
            }
            '\'' | '"' => {
                for quoted in characters.by_ref().take_while(|end| *end != c) {
                    literal(&mut tokens, quoted);
                }
            }
            // Only says that a single letter after it is a custom pattern.
            '%' => {}
            'd' | 'f' | 'F' | 'h' | 'H' | 'K' | 'm' | 'M' | 's' | 't' | 'y' | 'Y' | 'z' => {
                let mut count = 1;
                while characters.next_if_eq(&c).is_some() {
                    count += 1;
                }
                tokens.push(Token::Code(if c == 'Y' { 'y' } else { c }, count));
            }
            c => literal(&mut tokens, c),
        }
    }
    tokens
}

/// A moment as a pattern says.
pub(super) fn write(moment: &Moment, pattern: &str) -> String {
    if pattern == FILE_TIME {
        return file_time(moment).to_string();
    }
    let (pattern, utc) = standard(pattern).unwrap_or((pattern, false));
    let moment = if utc { moment.in_utc() } else { *moment };
    let time = moment.local;
    let mut out = String::new();
    for token in tokens(pattern) {
        // Writing to a string cannot fail.
        let _ = match token {
            Token::Literal(text) => out.write_str(&text),
            Token::Code(code, count) => write_code(&mut out, code, count, time, moment.offset),
        };
    }
    out
}

fn write_code(
    out: &mut String,
    code: char,
    count: usize,
    time: NaiveDateTime,
    offset: Option<i32>,
) -> std::fmt::Result {
    let month = MONTHS[(time.month0() % 12) as usize];
    let day = DAYS[(time.weekday().num_days_from_sunday() % 7) as usize];
    let twelve = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let half = if time.hour() < 12 { "AM" } else { "PM" };
    let wide = count.min(2);
    match (code, count) {
        ('d', 1 | 2) => write!(out, "{:0wide$}", time.day()),
        ('d', 3) => out.write_str(&day[..3]),
        ('d', _) => out.write_str(day),
        ('M', 1 | 2) => write!(out, "{:0wide$}", time.month()),
        ('M', 3) => out.write_str(&month[..3]),
        ('M', _) => out.write_str(month),
        ('y', 1 | 2) => write!(out, "{:0wide$}", time.year().rem_euclid(100)),
        ('y', _) => write!(out, "{:0count$}", time.year()),
        ('H', _) => write!(out, "{:0wide$}", time.hour()),
        ('h', _) => write!(out, "{twelve:0wide$}"),
        ('m', _) => write!(out, "{:0wide$}", time.minute()),
        ('s', _) => write!(out, "{:0wide$}", time.second()),
        ('t', 1) => out.write_str(&half[..1]),
        ('t', _) => out.write_str(half),
        ('f' | 'F', _) => {
            let digits = format!("{:09}", time.nanosecond() % 1_000_000_000);
            let digits = &digits[..count.min(9)];
            out.write_str(if code == 'F' { digits.trim_end_matches('0') } else { digits })
        }
        ('K', _) => match offset {
            None => Ok(()),
            Some(0) => out.write_str("Z"),
            Some(offset) => write_offset(out, offset, 3),
        },
        ('z', _) => write_offset(out, offset.unwrap_or(0), count),
        _ => Ok(()),
    }
}

fn write_offset(out: &mut String, offset: i32, count: usize) -> std::fmt::Result {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    let (hours, minutes) = (minutes / 60, minutes % 60);
    match count {
        1 => write!(out, "{sign}{hours}"),
        2 => write!(out, "{sign}{hours:02}"),
        _ => write!(out, "{sign}{hours:02}:{minutes:02}"),
    }
}

/// What a pattern has read so far.
#[derive(Default)]
struct Read {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    hour: u32,
    minute: u32,
    second: u32,
    nanos: u32,
    afternoon: Option<bool>,
    offset: Option<i32>,
}

/// Reads a text by a pattern; `None` when it does not fit. What the pattern leaves out is the start of it.
pub(super) fn read(text: &str, pattern: &str) -> Option<Moment> {
    if pattern == FILE_TIME {
        return from_file_time(text);
    }
    let (pattern, utc) = standard(pattern).unwrap_or((pattern, false));
    let mut rest = text.trim();
    let mut read = Read::default();
    for token in tokens(pattern) {
        rest = match token {
            Token::Literal(text) => rest.strip_prefix(text.as_str())?,
            Token::Code(code, count) => read_code(&mut read, code, count, rest)?,
        };
    }
    if !rest.is_empty() {
        return None;
    }
    let hour = match read.afternoon {
        None => read.hour,
        Some(afternoon) => read.hour % 12 + if afternoon { 12 } else { 0 },
    };
    let date =
        NaiveDate::from_ymd_opt(read.year.unwrap_or(1970), read.month.unwrap_or(1), read.day.unwrap_or(1))?;
    let time = NaiveTime::from_hms_nano_opt(hour, read.minute, read.second, read.nanos)?;
    let offset = if utc { Some(0) } else { read.offset };
    Some(Moment { local: date.and_time(time), offset })
}

fn read_code<'t>(read: &mut Read, code: char, count: usize, text: &'t str) -> Option<&'t str> {
    let named = |names: &[&str]| {
        let at = names.iter().position(|name| {
            let name = if count == 3 { &name[..3] } else { name };
            text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        })?;
        let length = if count == 3 { 3 } else { names[at].len() };
        Some((u32::try_from(at).ok()?, &text[length..]))
    };
    let (value, rest) = match (code, count) {
        ('d', 3..) => return named(&DAYS).map(|(_, rest)| rest),
        ('M', 3..) => {
            let (at, rest) = named(&MONTHS)?;
            read.month = Some(at + 1);
            return Some(rest);
        }
        ('t', _) => {
            let length = count.min(2);
            let half = text.get(..length)?;
            read.afternoon = Some(half.starts_with(['P', 'p']));
            return Some(&text[length..]);
        }
        ('K' | 'z', _) => {
            let (offset, rest) = read_offset(text);
            read.offset = offset;
            return Some(rest);
        }
        ('f' | 'F', _) => {
            let (digits, rest) = digits(text, count.min(9));
            if digits.is_empty() && code == 'f' {
                return None;
            }
            read.nanos = format!("{digits:0<9}").parse().ok()?;
            return Some(rest);
        }
        ('y', _) => digits(text, count.max(2)),
        _ => digits(text, 2),
    };
    // Several letters ask for that many digits, one letter for one or two.
    let fewest = if code == 'y' { count.clamp(2, 4) } else { count.min(2) };
    if value.len() < fewest {
        return None;
    }
    let number: u32 = value.parse().ok()?;
    match code {
        'y' => {
            let year = i32::try_from(number).ok()?;
            // Two digits: the century that puts the year between 1950 and 2049.
            read.year = Some(if count > 2 { year } else { year + if year < 50 { 2000 } else { 1900 } });
        }
        'M' => read.month = Some(number),
        'd' => read.day = Some(number),
        'h' | 'H' => read.hour = number,
        'm' => read.minute = number,
        's' => read.second = number,
        _ => {}
    }
    Some(rest)
}

fn digits(text: &str, most: usize) -> (&str, &str) {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    text.split_at(length)
}

/// `Z`, `+02`, `+02:00`, `+0200`, or nothing: seconds east of UTC.
pub(super) fn read_offset(text: &str) -> (Option<i32>, &str) {
    if let Some(rest) = text.strip_prefix(['Z', 'z']) {
        return (Some(0), rest);
    }
    let Some(unsigned) = text.strip_prefix(['+', '-']) else { return (None, text) };
    let (hours, rest) = digits(unsigned, 2);
    let (minutes, rest) = digits(rest.strip_prefix(':').unwrap_or(rest), 2);
    let (Ok(hours), Ok(minutes)) =
        (hours.parse::<i32>(), minutes.parse::<i32>().or(if minutes.is_empty() { Ok(0) } else { Err(()) }))
    else {
        return (None, text);
    };
    let seconds = hours * 3600 + minutes * 60;
    (Some(if text.starts_with('-') { -seconds } else { seconds }), rest)
}
