//! The value formatters: `[name | formatter(arguments)]`.

use crate::Evidence::{self, Documented, Unconfirmed};
use crate::FormatterId as Id;
use crate::Support::{self, Refused, Runs};

use Input::{Needed, Optional};

/// One formatter.
#[derive(Debug)]
pub struct Formatter {
    /// Which.
    pub id: Id,
    /// Its name, lower case.
    pub name: &'static str,
    /// Other names for the same.
    pub synonyms: &'static [&'static str],
    /// Fewest arguments.
    pub min: usize,
    /// Most arguments.
    pub max: usize,
    /// It gives a value where the input is undefined (`def`, `allownull`, `empty`, `now`, …).
    pub accepts_undefined: bool,
    /// Whether it runs.
    pub support: Support,
    /// How its name is known.
    pub evidence: Evidence,
    /// `replace(oldvalue, newvalue)`.
    pub signature: &'static str,
    /// One line.
    pub doc: &'static str,
}

/// The formatter of this name, ignoring case.
pub fn formatter(name: &str) -> Option<&'static Formatter> {
    FORMATTERS.iter().find(|formatter| {
        formatter.name.eq_ignore_ascii_case(name)
            || formatter.synonyms.iter().any(|synonym| synonym.eq_ignore_ascii_case(name))
    })
}

/// All formatters, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static FORMATTERS: &[Formatter] = &[
    entry(Id::Abs, "abs", &[], (0, 0), Needed, Runs, Documented, "abs()", "the absolute value"),
    entry(Id::Add, "add", &["mathadd"], (0, 1), Needed, Runs, Documented, "add([number])", "the sum, with 1 by default"),
    entry(Id::AllowNull, "allownull", &[], (0, 0), Optional, Runs, Documented, "allownull()", "the input, which may be missing"),
    entry(Id::And, "and", &[], (1, 1), Needed, Runs, Documented, "and(value)", "whether both are true; `1`, `yes` and `true` are"),
    entry(Id::ArrayAverage, "arrayaverage", &[], (0, 2), Needed, Runs, Documented, "arrayaverage([rounding][, decimals])", "the average of an array attribute, rounded when `rounding` or `decimals` is given"),
    entry(Id::ArrayFind, "arrayfind", &[], (1, 1), Needed, Runs, Documented, "arrayfind(value)", "the place of a value in an array attribute, counted from 1, -1 if nowhere"),
    entry(Id::ArrayMax, "arraymax", &[], (0, 0), Needed, Runs, Unconfirmed, "arraymax()", "the greatest value of an array attribute"),
    entry(Id::ArrayMin, "arraymin", &[], (0, 0), Needed, Runs, Unconfirmed, "arraymin()", "the least value of an array attribute"),
    entry(Id::ArraySum, "arraysum", &[], (0, 0), Needed, Runs, Unconfirmed, "arraysum()", "the sum of an array attribute"),
    entry(Id::Base64Decode, "base64decode", &[], (0, 0), Needed, Runs, Unconfirmed, "base64decode()", "the UTF-8 text that base64 stands for"),
    entry(Id::Base64Encode, "base64encode", &[], (0, 0), Needed, Runs, Unconfirmed, "base64encode()", "the input's UTF-8 bytes in base64"),
    entry(Id::Capitalize, "capitalize", &[], (0, 0), Needed, Runs, Unconfirmed, "capitalize()", "the input with its first letter in upper case, the others as they are"),
    entry(Id::CapitalizeAll, "capitalizeall", &[], (0, 0), Needed, Runs, Unconfirmed, "capitalizeall()", "the input with the first letter of every word in upper case"),
    entry(Id::Ceiling, "ceiling", &[], (0, 0), Needed, Runs, Documented, "ceiling()", "the next whole number above"),
    entry(Id::Center, "center", &[], (1, 2), Needed, Runs, Unconfirmed, "center(width[, character])", "the input padded on both sides to a width"),
    entry(Id::Compare, "compare", &[], (0, 2), Needed, Runs, Documented, "compare([value][, inputformat])", "how the input lies to a date, now by default: -1 earlier, 0 same, 1 later"),
    entry(Id::Concat, "concat", &[], (1, 1), Needed, Runs, Unconfirmed, "concat(text)", "the input with a text after it"),
    entry(Id::Contains, "contains", &[], (1, 3), Needed, Runs, Documented, "contains(target[, iftrue][, iffalse])", "whether the input holds a text"),
    entry(Id::Count, "count", &[], (1, 1), Needed, Runs, Documented, "count(target)", "how often a text occurs, in all values of an array attribute"),
    entry(Id::Currency, "currency", &[], (0, 1), Needed, Runs, Unconfirmed, "currency([digits])", "a number as an amount of money, `$1,234.50`, with 2 digits by default"),
    entry(Id::Date, "date", &[], (0, 1), Optional, Runs, Documented, "date([outputformat])", "the current local time, as `now`"),
    entry(Id::DateAdd, "dateadd", &[], (0, 4), Needed, Runs, Documented, "dateadd([interval][, number][, outputformat][, inputformat])", "the date some intervals later"),
    entry(Id::DateDiff, "datediff", &[], (0, 3), Needed, Runs, Documented, "datediff([interval][, value][, inputformat])", "the whole intervals from a date, now by default, to the input: negative when the input is earlier"),
    entry(Id::Day, "day", &[], (0, 1), Needed, Runs, Documented, "day([inputformat])", "the day of the month, from 1"),
    entry(Id::DayOfWeek, "dayofweek", &[], (0, 1), Needed, Runs, Documented, "dayofweek([inputformat])", "the day of the week, from 0 for Sunday"),
    entry(Id::DayOfYear, "dayofyear", &[], (0, 1), Needed, Runs, Documented, "dayofyear([inputformat])", "the day of the year, from 1"),
    entry(Id::Decimal, "decimal", &[], (0, 1), Needed, Runs, Unconfirmed, "decimal([digits])", "a number with so many digits after the point, 2 by default"),
    entry(Id::Def, "def", &[], (0, 2), Optional, Runs, Documented, "def([ifnotexists][, ifexists])", "a value in place of a missing one, the empty text by default"),
    entry(Id::Divide, "divide", &["div"], (0, 1), Needed, Runs, Documented, "divide([number])", "the quotient, by 2 by default"),
    entry(Id::Ellipsis, "ellipsis", &[], (1, 1), Needed, Runs, Unconfirmed, "ellipsis(length)", "the first characters, with `...` after them when some are left out"),
    entry(Id::Empty, "empty", &[], (0, 1), Optional, Runs, Documented, "empty([value])", "a value in place of an empty or missing one"),
    entry(Id::EndsWith, "endswith", &[], (1, 3), Needed, Runs, Documented, "endswith(text[, iftrue][, iffalse])", "whether the input ends with a text"),
    entry(Id::Equals, "equals", &[], (1, 3), Needed, Runs, Documented, "equals(value[, ifequal][, ifnotequal])", "whether the input is a text"),
    entry(Id::ExpandTabs, "expandtabs", &[], (0, 1), Needed, Runs, Unconfirmed, "expandtabs([width])", "the input with blanks for tabs, up to the next multiple of 8 or of a width"),
    entry(Id::FileTimeNow, "filetimenow", &[], (0, 0), Optional, Runs, Documented, "filetimenow()", "the current time as a Windows file time"),
    entry(Id::Find, "find", &[], (1, 2), Needed, Runs, Documented, "find(target[, startindex])", "where a text first occurs, counted from 0, -1 if nowhere"),
    entry(Id::Floor, "floor", &[], (0, 0), Needed, Runs, Documented, "floor()", "the next whole number below"),
    entry(Id::FromFileTime, "fromfiletime", &[], (0, 1), Needed, Runs, Documented, "fromfiletime([outputformat])", "the UTC date of a Windows file time"),
    entry(Id::GetLength, "getlength", &[], (0, 0), Needed, Runs, Documented, "getlength()", "the number of characters"),
    entry(Id::GreaterThan, "greaterthan", &["isgreater"], (1, 3), Needed, Runs, Documented, "greaterthan(value[, iftrue][, iffalse])", "whether the input is greater: as numbers if both are, else as text"),
    entry(Id::Guid, "guid", &[], (0, 1), Optional, Runs, Documented, "guid([includehyphens])", "a new random UUID, with hyphens unless told `false`"),
    entry(Id::HtmlDecode, "htmldecode", &[], (0, 0), Needed, Runs, Unconfirmed, "htmldecode()", "the text that HTML escapes stand for"),
    entry(Id::HtmlEncode, "htmlencode", &[], (0, 0), Needed, Runs, Unconfirmed, "htmlencode()", "the input escaped for HTML"),
    entry(Id::IfEqual, "ifequal", &[], (1, 3), Needed, Runs, Documented, "ifequal(value[, ifequals][, ifnotequals])", "one of two values, as the input is a text or not"),
    entry(Id::IfMatches, "ifmatches", &[], (1, 3), Needed, Runs, Documented, "ifmatches(pattern[, ifmatch][, ifnotmatch])", "one of two values, as the input matches a regular expression or not"),
    entry(Id::Implode, "implode", &[], (0, 1), Needed, Runs, Documented, "implode([separator])", "all values of an array attribute in one text, with commas by default"),
    entry(Id::Insert, "insert", &[], (2, 2), Needed, Runs, Unconfirmed, "insert(index, text)", "the input with a text put in before a character, counted from 0"),
    entry(Id::IsAlphabetic, "isalphabetic", &[], (0, 2), Needed, Runs, Documented, "isalphabetic([iftrue][, iffalse])", "whether the input is all letters, and at least one"),
    entry(Id::IsAlphanumeric, "isalphanumeric", &[], (0, 2), Needed, Runs, Documented, "isalphanumeric([iftrue][, iffalse])", "whether the input is all letters and digits, and at least one"),
    entry(Id::IsBetween, "isbetween", &[], (2, 4), Needed, Runs, Documented, "isbetween(low, high[, iftrue][, iffalse])", "whether the input lies between two numbers or is one of them"),
    entry(Id::IsEqual, "isequal", &[], (1, 3), Needed, Runs, Documented, "isequal(value[, iftrue][, iffalse])", "whether the input is the same number, however written"),
    entry(Id::IsLeap, "isleap", &[], (0, 2), Needed, Runs, Documented, "isleap([ifleap][, ifnotleap])", "whether a date or a year's number lies in a leap year"),
    entry(Id::IsLower, "islower", &[], (0, 2), Needed, Runs, Documented, "islower([iftrue][, iffalse])", "whether the input has lower-case letters and none in upper case"),
    entry(Id::IsNumeric, "isnumeric", &[], (0, 2), Needed, Runs, Documented, "isnumeric([iftrue][, iffalse])", "whether the input is all digits, and at least one"),
    entry(Id::IsSpace, "isspace", &[], (0, 2), Needed, Runs, Documented, "isspace([iftrue][, iffalse])", "whether the input is all blanks, and at least one"),
    entry(Id::IsUpper, "isupper", &[], (0, 2), Needed, Runs, Documented, "isupper([iftrue][, iffalse])", "whether the input has upper-case letters and none in lower case"),
    entry(Id::Join, "join", &[], (0, 1), Needed, Runs, Documented, "join([separator])", "all values of an array attribute in one text, with commas by default"),
    entry(Id::JsonEscape, "jsonescape", &[], (0, 0), Needed, Runs, Unconfirmed, "jsonescape()", "the input escaped for a JSON string"),
    entry(Id::Just, "just", &[], (1, 2), Needed, Runs, Unconfirmed, "just(width[, character])", "the input padded on the right to a width"),
    entry(Id::LessThan, "lessthan", &["isless"], (1, 3), Needed, Runs, Documented, "lessthan(value[, iftrue][, iffalse])", "whether the input is less: as numbers if both are, else as text"),
    entry(Id::LJust, "ljust", &[], (1, 2), Needed, Runs, Unconfirmed, "ljust(width[, character])", "the input padded on the right to a width"),
    entry(Id::LSplit, "lsplit", &[], (1, 2), Needed, Runs, Unconfirmed, "lsplit(delimiter[, index])", "one of the parts between delimiters, counted from 1 from the left, the first by default"),
    entry(Id::Match, "match", &[], (1, 3), Needed, Runs, Unconfirmed, "match(pattern[, index][, option])", "the part that matches a regular expression, as `regexmatch`"),
    entry(Id::Md5Hash, "md5hash", &[], (0, 1), Needed, Runs, Unconfirmed, "md5hash([tobase64])", "the MD5 of the input's UTF-8 bytes, hexadecimal unless told to give base64"),
    entry(Id::Modulus, "modulus", &["mathmod"], (1, 1), Needed, Runs, Documented, "modulus(number)", "the remainder of a division, with the sign of the input"),
    entry(Id::Month, "month", &[], (0, 1), Needed, Runs, Documented, "month([inputformat])", "the month, from 1"),
    entry(Id::Multiply, "multiply", &[], (0, 1), Needed, Runs, Documented, "multiply([number])", "the product, with 2 by default"),
    entry(Id::NotEquals, "notequals", &[], (1, 3), Needed, Runs, Documented, "notequals(value[, ifnotequal][, ifequal])", "whether the input is another text"),
    entry(Id::Now, "now", &[], (0, 1), Optional, Runs, Documented, "now([outputformat])", "the current local time"),
    entry(Id::NoWhitespace, "nowhitespace", &[], (0, 0), Needed, Runs, Unconfirmed, "nowhitespace()", "the input without any blanks"),
    entry(Id::Or, "or", &[], (1, 1), Needed, Runs, Documented, "or(value)", "whether one is true; `1`, `yes` and `true` are"),
    entry(Id::Percentage, "percentage", &[], (0, 1), Needed, Runs, Unconfirmed, "percentage([digits])", "a number as a percentage, `12.34%` for 0.1234, with 2 digits by default"),
    entry(Id::Pow, "pow", &["mathpow"], (0, 1), Needed, Runs, Documented, "pow([exponent])", "the power, the square by default"),
    entry(Id::Rand, "rand", &["random"], (0, 1), Optional, Runs, Documented, "rand([limit])", "a random whole number from 0 to below a limit, 2147483647 by default"),
    entry(Id::RegexMatch, "regexmatch", &[], (1, 3), Needed, Runs, Documented, "regexmatch(pattern[, index][, option])", "the part that matches a regular expression, or a group of it; options `i`, `m`, `s`, `x`"),
    entry(Id::RegexReplace, "regexreplace", &[], (2, 3), Needed, Runs, Documented, "regexreplace(pattern, newvalue[, startindex])", "the input with the matches of a regular expression replaced; `$1` is a group"),
    entry(Id::Remove, "remove", &[], (1, 2), Needed, Runs, Unconfirmed, "remove(index[, length])", "the input without the characters from an index on, counted from 0"),
    entry(Id::Replace, "replace", &[], (2, 3), Needed, Runs, Documented, "replace(oldvalue, newvalue[, ishex])", "the input with a text replaced everywhere"),
    entry(Id::Reverse, "reverse", &[], (0, 0), Needed, Runs, Unconfirmed, "reverse()", "the values of an array attribute, last one first"),
    entry(Id::RFind, "rfind", &[], (1, 2), Needed, Runs, Unconfirmed, "rfind(target[, startindex])", "where a text last occurs, counted from 0, -1 if nowhere"),
    entry(Id::RJust, "rjust", &[], (1, 2), Needed, Runs, Unconfirmed, "rjust(width[, character])", "the input padded on the left to a width"),
    entry(Id::Round, "round", &["mathround"], (0, 1), Needed, Runs, Documented, "round([digits])", "the number rounded to so many digits after the point, 0 by default; halves go to the even digit"),
    entry(Id::RSplit, "rsplit", &[], (1, 2), Needed, Runs, Unconfirmed, "rsplit(delimiter[, index])", "one of the parts between delimiters, counted from 1 from the right, the last by default"),
    entry(Id::Sha1Hash, "sha1hash", &[], (0, 1), Needed, Runs, Unconfirmed, "sha1hash([tobase64])", "the SHA-1 of the input's UTF-8 bytes, hexadecimal unless told to give base64"),
    entry(Id::Sort, "sort", &[], (0, 0), Needed, Runs, Unconfirmed, "sort()", "the values of an array attribute in order: as numbers if all are, else as text"),
    entry(Id::Split, "split", &[], (2, 2), Needed, Runs, Documented, "split(delimiter, index)", "one of the parts between delimiters, counted from 1; nothing past the end"),
    entry(Id::SqlEscape, "sqlescape", &[], (0, 0), Needed, Runs, Unconfirmed, "sqlescape()", "the input with quotes doubled for SQL"),
    entry(Id::Sqrt, "sqrt", &[], (0, 0), Needed, Runs, Documented, "sqrt()", "the square root"),
    entry(Id::StartsWith, "startswith", &[], (1, 3), Needed, Runs, Documented, "startswith(text[, iftrue][, iffalse])", "whether the input starts with a text"),
    entry(Id::StripHtml, "striphtml", &[], (0, 0), Needed, Runs, Unconfirmed, "striphtml()", "the input without HTML tags and comments"),
    entry(Id::Substring, "substring", &[], (1, 2), Needed, Runs, Documented, "substring(index[, length])", "a part of the input, counted from 0"),
    entry(Id::Subtract, "subtract", &["mathsub"], (0, 1), Needed, Runs, Documented, "subtract([number])", "the difference, from 1 by default"),
    entry(Id::ToAlpha, "toalpha", &[], (0, 0), Needed, Runs, Unconfirmed, "toalpha()", "the letters of the input"),
    entry(Id::ToAlphanum, "toalphanum", &[], (0, 0), Needed, Runs, Unconfirmed, "toalphanum()", "the letters and digits of the input"),
    entry(Id::ToDate, "todate", &[], (0, 2), Needed, Runs, Documented, "todate([outputformat][, inputformat])", "the date in another format"),
    entry(Id::ToFileTime, "tofiletime", &[], (0, 1), Needed, Runs, Documented, "tofiletime([inputformat])", "the date as a Windows file time: tenths of microseconds since 1601"),
    entry(Id::ToLower, "tolower", &[], (0, 0), Needed, Runs, Documented, "tolower()", "the input in lower case"),
    entry(Id::ToMonth, "tomonth", &[], (0, 0), Needed, Runs, Documented, "tomonth()", "the English name of a month's number"),
    entry(Id::ToUpper, "toupper", &[], (0, 0), Needed, Runs, Documented, "toupper()", "the input in upper case"),
    entry(Id::ToUtc, "toutc", &[], (0, 2), Needed, Runs, Documented, "toutc([outputformat][, inputformat])", "a local time in UTC"),
    entry(Id::Trim, "trim", &[], (0, 0), Needed, Runs, Documented, "trim()", "the input without blanks at its ends"),
    entry(Id::TrimEnd, "trimend", &[], (0, 0), Needed, Runs, Unconfirmed, "trimend()", "the input without blanks at its end"),
    entry(Id::TrimStart, "trimstart", &[], (0, 0), Needed, Runs, Unconfirmed, "trimstart()", "the input without blanks at its start"),
    entry(Id::Truncate, "truncate", &[], (1, 1), Needed, Runs, Unconfirmed, "truncate(length)", "the first characters, at most so many"),
    entry(Id::UrlDecode, "urldecode", &[], (0, 0), Needed, Runs, Unconfirmed, "urldecode()", "the text that percent-encoding stands for"),
    entry(Id::UrlEncode, "urlencode", &[], (0, 0), Needed, Runs, Unconfirmed, "urlencode()", "the input percent-encoded for a URL"),
    entry(Id::UtcNow, "utcnow", &[], (0, 1), Optional, Runs, Documented, "utcnow([outputformat])", "the current time in UTC"),
    entry(Id::Vault, "vault", &[], (1, 1), Optional, Refused, Documented, "vault(itemname)", "a secret of another product's store"),
    entry(Id::Weekday, "weekday", &[], (0, 1), Needed, Runs, Documented, "weekday([inputformat])", "the day of the week, from 0 for Sunday"),
    entry(Id::Wrap, "wrap", &[], (1, 1), Needed, Runs, Unconfirmed, "wrap(width)", "the input in lines of at most a width, broken at blanks"),
    entry(Id::XmlDecode, "xmldecode", &[], (0, 0), Needed, Runs, Unconfirmed, "xmldecode()", "the text that XML escapes stand for"),
    entry(Id::XmlEncode, "xmlencode", &[], (0, 0), Needed, Runs, Unconfirmed, "xmlencode()", "the input escaped for XML"),
    entry(Id::Year, "year", &[], (0, 1), Needed, Runs, Documented, "year([inputformat])", "the year"),
];

/// Whether a formatter needs an input.
#[derive(Clone, Copy)]
enum Input {
    Needed,
    Optional,
}

#[expect(clippy::too_many_arguments, reason = "one for each column of the table")]
const fn entry(
    id: Id,
    name: &'static str,
    synonyms: &'static [&'static str],
    (min, max): (usize, usize),
    input: Input,
    support: Support,
    evidence: Evidence,
    signature: &'static str,
    doc: &'static str,
) -> Formatter {
    let accepts_undefined = matches!(input, Input::Optional);
    Formatter { id, name, synonyms, min, max, accepts_undefined, support, evidence, signature, doc }
}
