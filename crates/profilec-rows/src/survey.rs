//! What a page shows of an extraction: how often the paths lead somewhere, which values do not fit, what no path
//! takes. Gathered by the same walk that reads rows: `watch` goes with it, and the facts of columns are noted here.

use std::collections::BTreeMap;

use profilec_diagnostics::Diagnostic;
use profilec_plan::ColumnType;
use profilec_vocabulary::closest;

use crate::fault::shorten;
use crate::scan::{Kind, Value};
use crate::watch::Lead;

/// Whole numbers up to this are exact in a double.
const EXACT: u64 = 1 << 53;

/// What a page shows of its extraction.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The columns that are read from the page.
    pub columns: Vec<ColumnSurvey>,
    /// Members of records that no path takes, by their way from the record, and how often they came.
    pub strays: BTreeMap<String, usize>,
    /// How many records each level of the extraction had.
    pub records: Vec<usize>,
    /// By level: where the way to its records breaks off.
    pub levels: Vec<Option<Broken>>,
    /// By capture: where its path breaks off.
    pub captures: Vec<Option<Broken>>,
    /// What messages call the page.
    pub name: String,
    /// Columns that have no field where rows have positions instead of names.
    pub faults: Vec<Unfit>,
}

/// A column without a field, or with more than one.
#[derive(Clone, Debug)]
pub struct Unfit {
    /// Index into the plan's columns.
    pub column: usize,
    /// What is wrong.
    pub finding: Diagnostic,
    /// The name of the field that is not there.
    pub broken: Option<Broken>,
}

/// What a page shows of a column.
#[derive(Clone, Debug, Default)]
pub struct ColumnSurvey {
    /// Index into the plan's columns.
    pub column: usize,
    /// Rows in which the path leads to something, be it null.
    pub hits: usize,
    /// The path leads nowhere in all of the page: where it breaks off.
    pub broken: Option<Broken>,
    /// No record came that could have it.
    pub has_no_record: bool,
    /// Rows whose value does not fit the type, and the first such value.
    pub misfits: usize,
    /// See [`Self::misfits`].
    pub misfit: Option<Example>,
    /// The first number that begins with a zero which its type drops.
    pub leading_zero: Option<Example>,
    /// The first whole number that a double does not hold exactly.
    pub inexact: Option<Example>,
    /// The first value of a date that has a time of day.
    pub time: Option<Example>,
    /// The longest text, in characters.
    pub longest: Option<(usize, Example)>,
}

/// Where a path breaks off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The step that is not there.
    pub step: String,
    /// The name there that is nearest to it.
    pub closest: Option<Near>,
}

/// A name that a path may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// As the response has it.
    pub name: String,
    /// It differs by case, `_`, `-` or blanks alone.
    pub is_alike: bool,
    /// Another path leads there.
    pub is_taken: bool,
    /// No other name is near.
    pub is_only: bool,
}

impl Broken {
    /// A path breaks off before `step`, where these names are, each with whether another path leads there.
    pub fn before(step: String, there: &[(&str, bool)]) -> Self {
        let is_near = |name: &&(&str, bool)| closest(&step, [name.0]).is_some();
        let alike = there.iter().find(|(name, is_taken)| !is_taken && is_alike(name, &step));
        let nearest = || {
            let name = closest(&step, there.iter().map(|(name, _)| *name))?;
            there.iter().find(|(other, _)| *other == name)
        };
        let near = alike.or_else(nearest).map(|(name, is_taken)| Near {
            name: (*name).to_owned(),
            is_alike: is_alike(name, &step),
            is_taken: *is_taken,
            is_only: !there.iter().filter(is_near).any(|(other, _)| other != name),
        });
        Self { step, closest: near }
    }
}

fn is_alike(one: &str, other: &str) -> bool {
    let plain = |name: &str| {
        let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    plain(one) == plain(other)
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// As written, shortened.
    pub value: String,
    /// Its JSON pointer, its XPath, or its line.
    pub place: String,
}

/// Values that are examples, told by where they stand until their text ends.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) hits: usize,
    misfits: usize,
    misfit: Noted,
    leading_zero: Noted,
    inexact: Noted,
    time: Noted,
    longest: (usize, Noted),
}

#[derive(Debug, Default)]
enum Noted {
    #[default]
    None,
    /// In the text that is being walked.
    At(Value),
    Told(Example),
}

impl Noted {
    fn first(&mut self, value: Value) {
        if matches!(self, Self::None) {
            *self = Self::At(value);
        }
    }

    fn tell(&mut self, example: &impl Fn(Value) -> Example) {
        if let Self::At(value) = self {
            *self = Self::Told(example(*value));
        }
    }

    fn told(self) -> Option<Example> {
        match self {
            Self::Told(example) => Some(example),
            Self::None | Self::At(_) => None,
        }
    }
}

impl Facts {
    /// The path led to a value; `words` is its text when it is not null.
    pub(crate) fn note(&mut self, value: Value, words: Option<&str>, ty: ColumnType, times: usize) {
        if value.kind == Kind::Absent {
            return;
        }
        self.hits += times;
        let Some(words) = words else { return };
        match ty {
            ColumnType::Int64 | ColumnType::Float64 | ColumnType::Decimal { .. } => {
                let digits = words.trim().trim_start_matches(['-', '+']);
                if digits.len() > 1 && digits.starts_with('0') && is_whole(digits) {
                    self.leading_zero.first(value);
                }
                if ty == ColumnType::Float64 && is_whole(digits) && !is_exact(digits) {
                    self.inexact.first(value);
                }
            }
            ColumnType::Date if has_time(words.trim()) => self.time.first(value),
            ColumnType::Utf8 => {
                let length = words.chars().count();
                if length > self.longest.0 {
                    self.longest = (length, Noted::At(value));
                }
            }
            _ => {}
        }
    }

    /// The value does not fit its column.
    pub(crate) fn misfit(&mut self, value: Value, times: usize) {
        self.misfits += times;
        self.misfit.first(value);
    }

    fn tell(&mut self, example: &impl Fn(Value) -> Example) {
        let noted = [&mut self.misfit, &mut self.leading_zero, &mut self.inexact, &mut self.time];
        noted.into_iter().chain([&mut self.longest.1]).for_each(|noted| noted.tell(example));
    }

    pub(crate) fn survey(self, column: usize, lead: Lead) -> ColumnSurvey {
        let (length, longest) = self.longest;
        ColumnSurvey {
            column,
            hits: self.hits,
            has_no_record: matches!(lead, Lead::NoRecord),
            broken: lead.broken(),
            misfits: self.misfits,
            misfit: self.misfit.told(),
            leading_zero: self.leading_zero.told(),
            inexact: self.inexact.told(),
            time: self.time.told(),
            longest: longest.told().map(|example| (length, example)),
        }
    }
}

fn is_whole(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a double holds the number as it is: trailing zeros cost nothing in decimal, but are not looked at.
fn is_exact(digits: &str) -> bool {
    digits.parse::<u64>().is_ok_and(|number| number <= EXACT)
}

/// Whether a date is followed by a time of day that is not midnight.
fn has_time(words: &str) -> bool {
    let clock = words.get(10..).unwrap_or_default();
    let clock = clock.trim_start_matches(['T', 't', ' ']);
    let clock = clock.split(['Z', 'z', '+', '-']).next().unwrap_or_default();
    clock.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// Puts off no longer what the examples in a text say, which ends.
pub(crate) fn tell<'f>(
    facts: impl Iterator<Item = &'f mut Facts>,
    text: &str,
    place: impl Fn(Value) -> String,
) {
    let example = |value: Value| Example { value: shorten(value.source(text)), place: place(value) };
    facts.for_each(|facts| facts.tell(&example));
}

#[cfg(test)]
mod tests {
    use super::{has_time, is_exact};

    #[test]
    fn midnight_is_no_time_of_day() {
        for (text, expected) in [
            ("2024-05-01", false),
            ("2024-05-01T00:00:00Z", false),
            ("2024-05-01 00:00:00.000+02:00", false),
            ("2024-05-01T10:00", true),
            ("2024-05-01T00:00:00.5Z", true),
        ] {
            assert_eq!(has_time(text), expected, "{text}");
        }
    }

    #[test]
    fn a_double_holds_whole_numbers_up_to_two_to_the_53() {
        assert!(is_exact("9007199254740992"));
        assert!(!is_exact("9007199254740993"));
        assert!(!is_exact("99999999999999999999999"));
    }
}
