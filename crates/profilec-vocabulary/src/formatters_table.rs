//! The table of formatters.

use crate::Evidence::{self, Documented, Inferred, Unconfirmed};
use crate::FormatterId as Id;
use crate::Kind::{self, Boolean, Date, DateFormat, Integer, Number, Regex, Text, Word};
use crate::Support::{Refused, Runs};
use crate::{Argument, Formatter};

const IF_TRUE: Argument = may("iftrue", Text).or("true");
const IF_FALSE: Argument = may("iffalse", Text).or("false");
const OUTPUT: Argument = may("outputformat", DateFormat).or("yyyy-MM-ddTHH:mm:ss");
/// Without it, a date is read in any usual format.
const INPUT: Argument = may("inputformat", DateFormat);
const PADDING: Argument = may("character", Text).or(" ");
const INTERVAL: Kind = Word(&["year", "month", "day", "hour", "minute", "second", "millisecond"]);
const ROUNDING: Kind =
    Word(&["ToEven", "AwayFromZero", "ToZero", "ToNegativeInfinity", "ToPositiveInfinity"]);

/// All formatters, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static FORMATTERS: &[Formatter] = &[
    formatter(Id::Abs, "abs", Documented, "the absolute value", &[]),
    formatter(Id::Add, "add", Documented, "the sum, with 1 by default", &[may("number", Number).or("1")]).also(&["mathadd"]),
    formatter(Id::AllowNull, "allownull", Documented, "the input, which may be missing", &[]).undefined(),
    formatter(Id::And, "and", Documented, "whether both are true; `1`, `yes` and `true` are", &[need("value", Boolean)]),
    formatter(Id::ArrayAverage, "arrayaverage", Documented, "the average of an array attribute, rounded when `rounding` or `decimals` is given", &[may("rounding", ROUNDING).or("ToEven"), may("decimals", Integer).or("0")]).note("application servers from 2024, newer than the drivers"),
    formatter(Id::ArrayFind, "arrayfind", Documented, "the place of a value in an array attribute, counted from 1, -1 if nowhere", &[need("value", Text)]).note("application servers from 2024, newer than the drivers"),
    formatter(Id::ArrayMax, "arraymax", Unconfirmed, "the greatest value of an array attribute", &[]).note("application servers from 2024, newer than the drivers"),
    formatter(Id::ArrayMin, "arraymin", Unconfirmed, "the least value of an array attribute", &[]).note("application servers from 2024, newer than the drivers"),
    formatter(Id::ArraySum, "arraysum", Unconfirmed, "the sum of an array attribute", &[]).note("application servers from 2024, newer than the drivers"),
    formatter(Id::Base64Decode, "base64decode", Unconfirmed, "the UTF-8 text that base64 stands for", &[]),
    formatter(Id::Base64Encode, "base64encode", Unconfirmed, "the input's UTF-8 bytes in base64", &[]),
    formatter(Id::Capitalize, "capitalize", Unconfirmed, "the input with its first letter in upper case, the others as they are", &[]),
    formatter(Id::CapitalizeAll, "capitalizeall", Unconfirmed, "the input with the first letter of every word in upper case", &[]),
    formatter(Id::Ceiling, "ceiling", Documented, "the next whole number above", &[]),
    formatter(Id::Center, "center", Unconfirmed, "the input padded on both sides to a width", &[need("width", Integer), PADDING]),
    formatter(Id::Compare, "compare", Documented, "how the input lies to a date, now by default: -1 earlier, 0 same, 1 later", &[may("value", Date).or("now"), INPUT]),
    formatter(Id::Concat, "concat", Unconfirmed, "the input with a text after it", &[need("text", Text)]),
    formatter(Id::Contains, "contains", Documented, "whether the input holds a text", &[need("target", Text), IF_TRUE, IF_FALSE]),
    formatter(Id::Count, "count", Documented, "how often a text occurs, in all values of an array attribute", &[need("target", Text)]),
    formatter(Id::Currency, "currency", Unconfirmed, "a number as an amount of money, `$1,234.50`, with 2 digits by default", &[may("digits", Integer).or("2")]),
    formatter(Id::Date, "date", Documented, "the current local time, as `now`", &[OUTPUT]).undefined(),
    formatter(Id::DateAdd, "dateadd", Documented, "the date some intervals later", &[may("interval", INTERVAL).or("day"), may("number", Integer).or("1"), OUTPUT, INPUT]),
    formatter(Id::DateDiff, "datediff", Documented, "the whole intervals from a date, now by default, to the input: negative when the input is earlier", &[may("interval", INTERVAL).or("day"), may("value", Date).or("now"), INPUT]),
    formatter(Id::Day, "day", Documented, "the day of the month, from 1", &[INPUT]),
    formatter(Id::DayOfWeek, "dayofweek", Documented, "the day of the week, from 0 for Sunday", &[INPUT]),
    formatter(Id::DayOfYear, "dayofyear", Documented, "the day of the year, from 1", &[INPUT]),
    formatter(Id::Decimal, "decimal", Unconfirmed, "a number with so many digits after the point, 2 by default", &[may("digits", Integer).or("2")]),
    formatter(Id::Def, "def", Documented, "a value in place of a missing one, the empty text by default", &[may("ifnotexists", Text).or(""), may("ifexists", Text)]).undefined(),
    formatter(Id::Divide, "divide", Documented, "the quotient, by 2 by default", &[may("number", Number).or("2")]).also(&["div"]),
    formatter(Id::Ellipsis, "ellipsis", Unconfirmed, "the first characters, with `...` after them when some are left out", &[need("length", Integer)]),
    formatter(Id::Empty, "empty", Documented, "a value in place of an empty or missing one", &[may("value", Text).or("")]).undefined(),
    formatter(Id::EndsWith, "endswith", Documented, "whether the input ends with a text", &[need("text", Text), IF_TRUE, IF_FALSE]),
    formatter(Id::Equals, "equals", Documented, "whether the input is a text", &[need("value", Text), may("ifequal", Text).or("true"), may("ifnotequal", Text).or("false")]),
    formatter(Id::ExpandTabs, "expandtabs", Unconfirmed, "the input with blanks for tabs, up to the next multiple of 8 or of a width", &[may("width", Integer).or("8")]),
    formatter(Id::FileTimeNow, "filetimenow", Documented, "the current time as a Windows file time", &[]).undefined(),
    formatter(Id::Find, "find", Documented, "where a text first occurs, counted from 0, -1 if nowhere", &[need("target", Text), may("startindex", Integer).or("0")]),
    formatter(Id::Floor, "floor", Documented, "the next whole number below", &[]),
    formatter(Id::FromFileTime, "fromfiletime", Documented, "the UTC date of a Windows file time", &[OUTPUT]),
    formatter(Id::GetLength, "getlength", Documented, "the number of characters", &[]),
    formatter(Id::GreaterThan, "greaterthan", Documented, "whether the input is greater: as numbers if both are, else as text", &[need("value", Text), IF_TRUE, IF_FALSE]).also(&["isgreater"]),
    formatter(Id::Guid, "guid", Documented, "a new random UUID, with hyphens unless told `false`", &[may("includehyphens", Boolean).or("true")]).undefined(),
    formatter(Id::HexDecode, "hexdecode", Inferred, "the UTF-8 text that hexadecimal digits stand for", &[]),
    formatter(Id::HexEncode, "hexencode", Inferred, "the input's UTF-8 bytes in hexadecimal, lower case", &[]).also(&["hex"]),
    formatter(Id::HtmlDecode, "htmldecode", Unconfirmed, "the text that HTML escapes stand for", &[]),
    formatter(Id::HtmlEncode, "htmlencode", Unconfirmed, "the input escaped for HTML", &[]),
    formatter(Id::IfEqual, "ifequal", Documented, "one of two values, as the input is a text or not", &[need("value", Text), may("ifequals", Text).or("true"), may("ifnotequals", Text).or("false")]),
    formatter(Id::IfMatches, "ifmatches", Documented, "one of two values, as the input matches a regular expression or not", &[need("pattern", Regex), may("ifmatch", Text).or("true"), may("ifnotmatch", Text).or("false")]),
    formatter(Id::Implode, "implode", Documented, "all values of an array attribute in one text, with commas by default", &[may("separator", Text).or(",")]),
    formatter(Id::Insert, "insert", Unconfirmed, "the input with a text put in before a character, counted from 0", &[need("index", Integer), need("text", Text)]),
    formatter(Id::IsAlphabetic, "isalphabetic", Documented, "whether the input is all letters, and at least one", &[IF_TRUE, IF_FALSE]),
    formatter(Id::IsAlphanumeric, "isalphanumeric", Documented, "whether the input is all letters and digits, and at least one", &[IF_TRUE, IF_FALSE]),
    formatter(Id::IsBetween, "isbetween", Documented, "whether the input lies between two numbers or is one of them", &[need("low", Number), need("high", Number), IF_TRUE, IF_FALSE]),
    formatter(Id::IsEqual, "isequal", Documented, "whether the input is the same number, however written", &[need("value", Number), IF_TRUE, IF_FALSE]),
    formatter(Id::IsLeap, "isleap", Documented, "whether a date or a year's number lies in a leap year", &[may("ifleap", Text).or("true"), may("ifnotleap", Text).or("false")]),
    formatter(Id::IsLower, "islower", Documented, "whether the input has lower-case letters and none in upper case", &[IF_TRUE, IF_FALSE]),
    formatter(Id::IsNumeric, "isnumeric", Documented, "whether the input is all digits, and at least one", &[IF_TRUE, IF_FALSE]),
    formatter(Id::IsSpace, "isspace", Documented, "whether the input is all blanks, and at least one", &[IF_TRUE, IF_FALSE]),
    formatter(Id::IsUpper, "isupper", Documented, "whether the input has upper-case letters and none in lower case", &[IF_TRUE, IF_FALSE]),
    formatter(Id::Join, "join", Documented, "all values of an array attribute in one text, with commas by default", &[may("separator", Text).or(",")]),
    formatter(Id::JsonEscape, "jsonescape", Unconfirmed, "the input escaped for a JSON string", &[]),
    formatter(Id::Just, "just", Unconfirmed, "the input padded on the right to a width", &[need("width", Integer), PADDING]),
    formatter(Id::LessThan, "lessthan", Documented, "whether the input is less: as numbers if both are, else as text", &[need("value", Text), IF_TRUE, IF_FALSE]).also(&["isless"]),
    formatter(Id::LJust, "ljust", Unconfirmed, "the input padded on the right to a width", &[need("width", Integer), PADDING]),
    formatter(Id::LSplit, "lsplit", Unconfirmed, "one of the parts between delimiters, counted from 1 from the left, the first by default", &[need("delimiter", Text), may("index", Integer).or("1")]),
    formatter(Id::Match, "match", Unconfirmed, "the part that matches a regular expression, as `regexmatch`", &[need("pattern", Regex), may("index", Integer).or("0"), may("option", Text)]),
    formatter(Id::Md5Hash, "md5hash", Unconfirmed, "the MD5 of the input's UTF-8 bytes, hexadecimal unless told to give base64", &[may("tobase64", Boolean).or("false")]),
    formatter(Id::Modulus, "modulus", Documented, "the remainder of a division, with the sign of the input", &[need("number", Number)]).also(&["mathmod"]),
    formatter(Id::Month, "month", Documented, "the month, from 1", &[INPUT]),
    formatter(Id::Multiply, "multiply", Documented, "the product, with 2 by default", &[may("number", Number).or("2")]),
    formatter(Id::NotEquals, "notequals", Documented, "whether the input is another text", &[need("value", Text), may("ifnotequal", Text).or("true"), may("ifequal", Text).or("false")]),
    formatter(Id::Now, "now", Documented, "the current local time", &[OUTPUT]).undefined(),
    formatter(Id::NoWhitespace, "nowhitespace", Unconfirmed, "the input without any blanks", &[]),
    formatter(Id::Or, "or", Documented, "whether one is true; `1`, `yes` and `true` are", &[need("value", Boolean)]),
    formatter(Id::Percentage, "percentage", Unconfirmed, "a number as a percentage, `12.34%` for 0.1234, with 2 digits by default", &[may("digits", Integer).or("2")]),
    formatter(Id::Pow, "pow", Documented, "the power, the square by default", &[may("exponent", Number).or("2")]).also(&["mathpow"]),
    formatter(Id::Rand, "rand", Documented, "a random whole number from 0 to below a limit, 2147483647 by default", &[may("limit", Integer).or("2147483647")]).also(&["random"]).undefined(),
    formatter(Id::RegexMatch, "regexmatch", Documented, "the part that matches a regular expression, or a group of it; options `i`, `m`, `s`, `x`", &[need("pattern", Regex), may("index", Integer).or("0"), may("option", Text)]),
    formatter(Id::RegexReplace, "regexreplace", Documented, "the input with the matches of a regular expression replaced; `$1` is a group", &[need("pattern", Regex), need("newvalue", Text), may("startindex", Integer).or("0")]),
    formatter(Id::Remove, "remove", Unconfirmed, "the input without the characters from an index on, counted from 0", &[need("index", Integer), may("length", Integer)]),
    formatter(Id::Replace, "replace", Documented, "the input with a text replaced everywhere", &[need("oldvalue", Text), need("newvalue", Text), may("ishex", Boolean).or("false")]),
    formatter(Id::Reverse, "reverse", Unconfirmed, "the values of an array attribute, last one first", &[]).note("application servers from 2024, newer than the drivers"),
    formatter(Id::RFind, "rfind", Unconfirmed, "where a text last occurs, counted from 0, -1 if nowhere", &[need("target", Text), may("startindex", Integer).or("0")]),
    formatter(Id::RJust, "rjust", Unconfirmed, "the input padded on the left to a width", &[need("width", Integer), PADDING]),
    formatter(Id::Round, "round", Documented, "the number rounded to so many digits after the point, 0 by default; halves go to the even digit", &[may("digits", Integer).or("0")]).also(&["mathround"]),
    formatter(Id::RSplit, "rsplit", Unconfirmed, "one of the parts between delimiters, counted from 1 from the right, the last by default", &[need("delimiter", Text), may("index", Integer).or("1")]),
    formatter(Id::Sha1Hash, "sha1hash", Unconfirmed, "the SHA-1 of the input's UTF-8 bytes, hexadecimal unless told to give base64", &[may("tobase64", Boolean).or("false")]),
    formatter(Id::Sort, "sort", Unconfirmed, "the values of an array attribute in order: as numbers if all are, else as text", &[]).note("application servers from 2024, newer than the drivers"),
    formatter(Id::Split, "split", Documented, "one of the parts between delimiters, counted from 1; nothing past the end", &[need("delimiter", Text), need("index", Integer)]),
    formatter(Id::SqlEscape, "sqlescape", Unconfirmed, "the input with quotes doubled for SQL", &[]),
    formatter(Id::Sqrt, "sqrt", Documented, "the square root", &[]),
    formatter(Id::StartsWith, "startswith", Documented, "whether the input starts with a text", &[need("text", Text), IF_TRUE, IF_FALSE]),
    formatter(Id::StripHtml, "striphtml", Unconfirmed, "the input without HTML tags and comments", &[]),
    formatter(Id::Substring, "substring", Documented, "a part of the input, counted from 0", &[need("index", Integer), may("length", Integer)]),
    formatter(Id::Subtract, "subtract", Documented, "the difference, from 1 by default", &[may("number", Number).or("1")]).also(&["mathsub"]),
    formatter(Id::ToAlpha, "toalpha", Unconfirmed, "the letters of the input", &[]),
    formatter(Id::ToAlphanum, "toalphanum", Unconfirmed, "the letters and digits of the input", &[]),
    formatter(Id::ToDate, "todate", Documented, "the date in another format", &[OUTPUT, INPUT]),
    formatter(Id::ToFileTime, "tofiletime", Documented, "the date as a Windows file time: tenths of microseconds since 1601", &[INPUT]),
    formatter(Id::ToLower, "tolower", Documented, "the input in lower case", &[]),
    formatter(Id::ToMonth, "tomonth", Documented, "the English name of a month's number", &[]),
    formatter(Id::ToUpper, "toupper", Documented, "the input in upper case", &[]),
    formatter(Id::ToUtc, "toutc", Documented, "a local time in UTC", &[OUTPUT, INPUT]),
    formatter(Id::Trim, "trim", Documented, "the input without blanks at its ends", &[]),
    formatter(Id::TrimEnd, "trimend", Unconfirmed, "the input without blanks at its end", &[]),
    formatter(Id::TrimStart, "trimstart", Unconfirmed, "the input without blanks at its start", &[]),
    formatter(Id::Truncate, "truncate", Unconfirmed, "the first characters, at most so many", &[need("length", Integer)]),
    formatter(Id::UrlDecode, "urldecode", Unconfirmed, "the text that percent-encoding stands for", &[]),
    formatter(Id::UrlEncode, "urlencode", Unconfirmed, "the input percent-encoded for a URL", &[]),
    formatter(Id::UtcNow, "utcnow", Documented, "the current time in UTC", &[OUTPUT]).undefined(),
    formatter(Id::Vault, "vault", Documented, "a secret of another product's store", &[need("itemname", Text)]).undefined().refused("reads the secret store of another product").note("Arc only"),
    formatter(Id::Weekday, "weekday", Documented, "the day of the week, from 0 for Sunday", &[INPUT]),
    formatter(Id::Wrap, "wrap", Unconfirmed, "the input in lines of at most a width, broken at blanks", &[need("width", Integer)]),
    formatter(Id::XmlDecode, "xmldecode", Unconfirmed, "the text that XML escapes stand for", &[]),
    formatter(Id::XmlEncode, "xmlencode", Unconfirmed, "the input escaped for XML", &[]),
    formatter(Id::Year, "year", Documented, "the year", &[INPUT]),
];

const fn need(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind, required: true, default: None }
}

const fn may(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind, required: false, default: None }
}

impl Argument {
    const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }
}

const fn formatter(
    id: Id,
    name: &'static str,
    evidence: Evidence,
    doc: &'static str,
    arguments: &'static [Argument],
) -> Formatter {
    let (synonyms, accepts_undefined, support, note) = (&[] as &[_], false, Runs, "");
    Formatter { id, name, synonyms, arguments, accepts_undefined, support, evidence, note, doc }
}

impl Formatter {
    const fn also(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }

    const fn undefined(mut self) -> Self {
        self.accepts_undefined = true;
        self
    }

    const fn refused(mut self, why: &'static str) -> Self {
        self.support = Refused(why);
        self
    }

    const fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }
}
