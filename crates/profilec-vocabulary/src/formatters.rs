//! The value formatters: `[name | formatter(arguments)]`.

use crate::Evidence::{self, Documented, Unconfirmed};
use crate::Support::{self, NotYet, Refused, Runs};

use FormatterId::{
    Add, AllowNull, Base64Encode, Contains, DateAdd, Def, Divide, Empty, Equals, Multiply, Now, Other,
    Replace, Split, Substring, Subtract, ToDate, ToLower, ToUpper, Trim, UrlEncode, UtcNow,
};
use Input::{Needed, Optional};

/// A formatter's identity. `Other` stands for the known ones that do not run yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the formatter of its name; the table documents it")]
pub enum FormatterId {
    Add,
    AllowNull,
    Base64Encode,
    Contains,
    DateAdd,
    Def,
    Divide,
    Empty,
    Equals,
    Multiply,
    Now,
    Replace,
    Split,
    Substring,
    Subtract,
    ToDate,
    ToLower,
    ToUpper,
    Trim,
    UrlEncode,
    UtcNow,
    Other,
}

/// One formatter.
#[derive(Debug)]
pub struct Formatter {
    /// Which.
    pub id: FormatterId,
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
    entry(Other, "abs", &[], (0, 0), Needed, NotYet, Documented, "abs()", "the absolute value"),
    entry(Add, "add", &["mathadd"], (0, 1), Needed, Runs, Documented, "add([number])", "the sum, with 1 by default"),
    entry(AllowNull, "allownull", &[], (0, 0), Optional, Runs, Documented, "allownull()", "the input, which may be missing"),
    entry(Other, "and", &[], (1, 1), Needed, NotYet, Documented, "and(value)", "whether both are true"),
    entry(Other, "arrayaverage", &[], (0, 2), Needed, NotYet, Documented, "arrayaverage([rounding][, decimals])", "the average of an array attribute"),
    entry(Other, "arrayfind", &[], (1, 1), Needed, NotYet, Documented, "arrayfind(value)", "the place of a value in an array attribute, counted from 1"),
    entry(Other, "arraymax", &[], (0, 0), Needed, NotYet, Unconfirmed, "arraymax()", "the greatest value of an array attribute"),
    entry(Other, "arraymin", &[], (0, 0), Needed, NotYet, Unconfirmed, "arraymin()", "the least value of an array attribute"),
    entry(Other, "arraysum", &[], (0, 0), Needed, NotYet, Unconfirmed, "arraysum()", "the sum of an array attribute"),
    entry(Other, "base64decode", &[], (0, 0), Needed, NotYet, Unconfirmed, "base64decode()", "the text that base64 stands for"),
    entry(Base64Encode, "base64encode", &[], (0, 0), Needed, Runs, Unconfirmed, "base64encode()", "the input's UTF-8 bytes in base64"),
    entry(Other, "capitalize", &[], (0, 0), Needed, NotYet, Unconfirmed, "capitalize()", "the input with its first letter in upper case"),
    entry(Other, "capitalizeall", &[], (0, 0), Needed, NotYet, Unconfirmed, "capitalizeall()", "the input with the first letter of every word in upper case"),
    entry(Other, "ceiling", &[], (0, 0), Needed, NotYet, Documented, "ceiling()", "the next whole number above"),
    entry(Other, "center", &[], (1, 2), Needed, NotYet, Unconfirmed, "center(width[, character])", "the input padded on both sides"),
    entry(Other, "compare", &[], (0, 2), Needed, NotYet, Documented, "compare([value][, inputformat])", "how the input lies to a date, now by default: -1, 0 or 1"),
    entry(Other, "concat", &[], (1, 1), Needed, NotYet, Unconfirmed, "concat(text)", "the input with a text after it"),
    entry(Contains, "contains", &[], (1, 3), Needed, Runs, Documented, "contains(target[, iftrue][, iffalse])", "whether the input holds a text"),
    entry(Other, "count", &[], (1, 1), Needed, NotYet, Documented, "count(target)", "how often a text or value occurs"),
    entry(Other, "currency", &[], (0, 1), Needed, NotYet, Unconfirmed, "currency([digits])", "a number as an amount of money"),
    entry(Other, "date", &[], (0, 1), Optional, NotYet, Documented, "date([outputformat])", "the current local time"),
    entry(DateAdd, "dateadd", &[], (0, 4), Needed, Runs, Documented, "dateadd([interval][, number][, outputformat][, inputformat])", "the date some intervals later"),
    entry(Other, "datediff", &[], (0, 3), Needed, NotYet, Documented, "datediff([interval][, value][, inputformat])", "the intervals between the input and a date, now by default"),
    entry(Other, "day", &[], (0, 1), Needed, NotYet, Documented, "day([inputformat])", "the day of the month"),
    entry(Other, "dayofweek", &[], (0, 1), Needed, NotYet, Documented, "dayofweek([inputformat])", "the day of the week"),
    entry(Other, "dayofyear", &[], (0, 1), Needed, NotYet, Documented, "dayofyear([inputformat])", "the day of the year"),
    entry(Other, "decimal", &[], (0, 1), Needed, NotYet, Unconfirmed, "decimal([digits])", "a number with decimals"),
    entry(Def, "def", &[], (0, 2), Optional, Runs, Documented, "def([ifnotexists][, ifexists])", "a value in place of a missing one, the empty text by default"),
    entry(Divide, "divide", &["div"], (0, 1), Needed, Runs, Documented, "divide([number])", "the quotient, by 2 by default"),
    entry(Other, "ellipsis", &[], (1, 1), Needed, NotYet, Unconfirmed, "ellipsis(length)", "the first characters with dots after them"),
    entry(Empty, "empty", &[], (0, 1), Optional, Runs, Documented, "empty([value])", "a value in place of an empty or missing one"),
    entry(Other, "endswith", &[], (1, 3), Needed, NotYet, Documented, "endswith(text[, iftrue][, iffalse])", "whether the input ends with a text"),
    entry(Equals, "equals", &[], (1, 3), Needed, Runs, Documented, "equals(value[, ifequal][, ifnotequal])", "whether the input is a text"),
    entry(Other, "expandtabs", &[], (0, 1), Needed, NotYet, Unconfirmed, "expandtabs([width])", "the input with blanks for tabs"),
    entry(Other, "filetimenow", &[], (0, 0), Optional, NotYet, Documented, "filetimenow()", "the current time as a Windows file time"),
    entry(Other, "find", &[], (1, 2), Needed, NotYet, Documented, "find(target[, startindex])", "where a text first occurs, -1 if nowhere"),
    entry(Other, "floor", &[], (0, 0), Needed, NotYet, Documented, "floor()", "the next whole number below"),
    entry(Other, "fromfiletime", &[], (0, 1), Needed, NotYet, Documented, "fromfiletime([outputformat])", "the date of a Windows file time"),
    entry(Other, "getlength", &[], (0, 0), Needed, NotYet, Documented, "getlength()", "the number of characters"),
    entry(Other, "greaterthan", &["isgreater"], (1, 3), Needed, NotYet, Documented, "greaterthan(value[, iftrue][, iffalse])", "whether the input is greater"),
    entry(Other, "guid", &[], (0, 1), Optional, NotYet, Documented, "guid([includehyphens])", "a new UUID"),
    entry(Other, "htmldecode", &[], (0, 0), Needed, NotYet, Unconfirmed, "htmldecode()", "the text that HTML escapes stand for"),
    entry(Other, "htmlencode", &[], (0, 0), Needed, NotYet, Unconfirmed, "htmlencode()", "the input escaped for HTML"),
    entry(Other, "ifequal", &[], (1, 3), Needed, NotYet, Documented, "ifequal(value[, ifequals][, ifnotequals])", "one of two values, as the input is a text or not"),
    entry(Other, "ifmatches", &[], (1, 3), Needed, NotYet, Documented, "ifmatches(pattern[, ifmatch][, ifnotmatch])", "one of two values, as the input matches or not"),
    entry(Other, "implode", &[], (0, 1), Needed, NotYet, Documented, "implode([separator])", "all values of an array attribute in one text"),
    entry(Other, "insert", &[], (2, 2), Needed, NotYet, Unconfirmed, "insert(index, text)", "the input with a text put in"),
    entry(Other, "isalphabetic", &[], (0, 2), Needed, NotYet, Documented, "isalphabetic([iftrue][, iffalse])", "whether the input is all letters"),
    entry(Other, "isalphanumeric", &[], (0, 2), Needed, NotYet, Documented, "isalphanumeric([iftrue][, iffalse])", "whether the input is all letters and digits"),
    entry(Other, "isbetween", &[], (2, 4), Needed, NotYet, Documented, "isbetween(low, high[, iftrue][, iffalse])", "whether the input lies between two numbers"),
    entry(Other, "isequal", &[], (1, 3), Needed, NotYet, Documented, "isequal(value[, iftrue][, iffalse])", "whether the input is the same number"),
    entry(Other, "isleap", &[], (0, 2), Needed, NotYet, Documented, "isleap([ifleap][, ifnotleap])", "whether it is a leap year"),
    entry(Other, "islower", &[], (0, 2), Needed, NotYet, Documented, "islower([iftrue][, iffalse])", "whether the input is all lower-case letters"),
    entry(Other, "isnumeric", &[], (0, 2), Needed, NotYet, Documented, "isnumeric([iftrue][, iffalse])", "whether the input is all digits of a number"),
    entry(Other, "isspace", &[], (0, 2), Needed, NotYet, Documented, "isspace([iftrue][, iffalse])", "whether the input is all blanks"),
    entry(Other, "isupper", &[], (0, 2), Needed, NotYet, Documented, "isupper([iftrue][, iffalse])", "whether the input is all upper-case letters"),
    entry(Other, "join", &[], (0, 1), Needed, NotYet, Documented, "join([separator])", "all values of an array attribute in one text"),
    entry(Other, "jsonescape", &[], (0, 0), Needed, NotYet, Unconfirmed, "jsonescape()", "the input escaped for a JSON string"),
    entry(Other, "just", &[], (1, 2), Needed, NotYet, Unconfirmed, "just(width[, character])", "the input padded on the right"),
    entry(Other, "lessthan", &["isless"], (1, 3), Needed, NotYet, Documented, "lessthan(value[, iftrue][, iffalse])", "whether the input is less"),
    entry(Other, "ljust", &[], (1, 2), Needed, NotYet, Unconfirmed, "ljust(width[, character])", "the input padded on the right"),
    entry(Other, "lsplit", &[], (1, 2), Needed, NotYet, Unconfirmed, "lsplit(delimiter[, index])", "one of the parts between delimiters, from the left"),
    entry(Other, "match", &[], (1, 3), Needed, NotYet, Unconfirmed, "match(pattern[, index][, option])", "the part that matches a pattern"),
    entry(Other, "md5hash", &[], (0, 1), Needed, NotYet, Unconfirmed, "md5hash([tobase64])", "the MD5 of the input"),
    entry(Other, "modulus", &["mathmod"], (1, 1), Needed, NotYet, Documented, "modulus(number)", "the remainder of a division"),
    entry(Other, "month", &[], (0, 1), Needed, NotYet, Documented, "month([inputformat])", "the month"),
    entry(Multiply, "multiply", &[], (0, 1), Needed, Runs, Documented, "multiply([number])", "the product, with 2 by default"),
    entry(Other, "notequals", &[], (1, 3), Needed, NotYet, Documented, "notequals(value[, ifnotequal][, ifequal])", "whether the input is another text"),
    entry(Now, "now", &[], (0, 1), Optional, Runs, Documented, "now([outputformat])", "the current local time"),
    entry(Other, "nowhitespace", &[], (0, 0), Needed, NotYet, Unconfirmed, "nowhitespace()", "the input without blanks"),
    entry(Other, "or", &[], (1, 1), Needed, NotYet, Documented, "or(value)", "whether one is true"),
    entry(Other, "percentage", &[], (0, 1), Needed, NotYet, Unconfirmed, "percentage([digits])", "a number as a percentage"),
    entry(Other, "pow", &["mathpow"], (0, 1), Needed, NotYet, Documented, "pow([exponent])", "the power, the square by default"),
    entry(Other, "rand", &["random"], (0, 1), Optional, NotYet, Documented, "rand([limit])", "a random whole number"),
    entry(Other, "regexmatch", &[], (1, 3), Needed, NotYet, Documented, "regexmatch(pattern[, index][, option])", "the part that matches a pattern"),
    entry(Other, "regexreplace", &[], (2, 3), Needed, NotYet, Documented, "regexreplace(pattern, newvalue[, startindex])", "the input with the matches of a pattern replaced"),
    entry(Other, "remove", &[], (1, 2), Needed, NotYet, Unconfirmed, "remove(index[, length])", "the input without a part"),
    entry(Replace, "replace", &[], (2, 3), Needed, Runs, Documented, "replace(oldvalue, newvalue[, ishex])", "the input with a text replaced everywhere"),
    entry(Other, "reverse", &[], (0, 0), Needed, NotYet, Unconfirmed, "reverse()", "the values of an array attribute, last one first"),
    entry(Other, "rfind", &[], (1, 2), Needed, NotYet, Unconfirmed, "rfind(target[, startindex])", "where a text last occurs, -1 if nowhere"),
    entry(Other, "rjust", &[], (1, 2), Needed, NotYet, Unconfirmed, "rjust(width[, character])", "the input padded on the left"),
    entry(Other, "round", &["mathround"], (0, 1), Needed, NotYet, Documented, "round([digits])", "the rounded number"),
    entry(Other, "rsplit", &[], (1, 2), Needed, NotYet, Unconfirmed, "rsplit(delimiter[, index])", "one of the parts between delimiters, from the right"),
    entry(Other, "sha1hash", &[], (0, 1), Needed, NotYet, Unconfirmed, "sha1hash([tobase64])", "the SHA-1 of the input"),
    entry(Other, "sort", &[], (0, 0), Needed, NotYet, Unconfirmed, "sort()", "the values of an array attribute in order"),
    entry(Split, "split", &[], (2, 2), Needed, Runs, Documented, "split(delimiter, index)", "one of the parts between delimiters, counted from 1"),
    entry(Other, "sqlescape", &[], (0, 0), Needed, NotYet, Unconfirmed, "sqlescape()", "the input escaped for SQL"),
    entry(Other, "sqrt", &[], (0, 0), Needed, NotYet, Documented, "sqrt()", "the square root"),
    entry(Other, "startswith", &[], (1, 3), Needed, NotYet, Documented, "startswith(text[, iftrue][, iffalse])", "whether the input starts with a text"),
    entry(Other, "striphtml", &[], (0, 0), Needed, NotYet, Unconfirmed, "striphtml()", "the input without HTML tags"),
    entry(Substring, "substring", &[], (1, 2), Needed, Runs, Documented, "substring(index[, length])", "a part of the input, counted from 0"),
    entry(Subtract, "subtract", &["mathsub"], (0, 1), Needed, Runs, Documented, "subtract([number])", "the difference, from 1 by default"),
    entry(Other, "toalpha", &[], (0, 0), Needed, NotYet, Unconfirmed, "toalpha()", "the letters of the input"),
    entry(Other, "toalphanum", &[], (0, 0), Needed, NotYet, Unconfirmed, "toalphanum()", "the letters and digits of the input"),
    entry(ToDate, "todate", &[], (0, 2), Needed, Runs, Documented, "todate([outputformat][, inputformat])", "the date in another format"),
    entry(Other, "tofiletime", &[], (0, 1), Needed, NotYet, Documented, "tofiletime([inputformat])", "the date as a Windows file time"),
    entry(ToLower, "tolower", &[], (0, 0), Needed, Runs, Documented, "tolower()", "the input in lower case"),
    entry(Other, "tomonth", &[], (0, 0), Needed, NotYet, Documented, "tomonth()", "the name of a month's number"),
    entry(ToUpper, "toupper", &[], (0, 0), Needed, Runs, Documented, "toupper()", "the input in upper case"),
    entry(Other, "toutc", &[], (0, 2), Needed, NotYet, Documented, "toutc([outputformat][, inputformat])", "a local time in UTC"),
    entry(Trim, "trim", &[], (0, 0), Needed, Runs, Documented, "trim()", "the input without blanks at its ends"),
    entry(Other, "trimend", &[], (0, 0), Needed, NotYet, Unconfirmed, "trimend()", "the input without blanks at its end"),
    entry(Other, "trimstart", &[], (0, 0), Needed, NotYet, Unconfirmed, "trimstart()", "the input without blanks at its start"),
    entry(Other, "truncate", &[], (1, 1), Needed, NotYet, Unconfirmed, "truncate(length)", "the first characters"),
    entry(Other, "urldecode", &[], (0, 0), Needed, NotYet, Unconfirmed, "urldecode()", "the text that percent-encoding stands for"),
    entry(UrlEncode, "urlencode", &[], (0, 0), Needed, Runs, Unconfirmed, "urlencode()", "the input percent-encoded for a URL"),
    entry(UtcNow, "utcnow", &[], (0, 1), Optional, Runs, Documented, "utcnow([outputformat])", "the current time in UTC"),
    entry(Other, "vault", &[], (1, 1), Optional, Refused, Documented, "vault(itemname)", "a secret of another product's store"),
    entry(Other, "weekday", &[], (0, 1), Needed, NotYet, Documented, "weekday([inputformat])", "the day of the week"),
    entry(Other, "wrap", &[], (1, 1), Needed, NotYet, Unconfirmed, "wrap(width)", "the input in lines of a width"),
    entry(Other, "xmldecode", &[], (0, 0), Needed, NotYet, Unconfirmed, "xmldecode()", "the text that XML escapes stand for"),
    entry(Other, "xmlencode", &[], (0, 0), Needed, NotYet, Unconfirmed, "xmlencode()", "the input escaped for XML"),
    entry(Other, "year", &[], (0, 1), Needed, NotYet, Documented, "year([inputformat])", "the year"),
];

/// Whether a formatter needs an input.
#[derive(Clone, Copy)]
enum Input {
    Needed,
    Optional,
}

#[expect(clippy::too_many_arguments, reason = "one for each column of the table")]
const fn entry(
    id: FormatterId,
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
