//! The identities of the formatters.

/// A formatter's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the formatter of its name; the table documents it")]
pub enum FormatterId {
    Abs,
    Add,
    AllowNull,
    And,
    ArrayAverage,
    ArrayFind,
    ArrayMax,
    ArrayMin,
    ArraySum,
    Base64Decode,
    Base64Encode,
    Capitalize,
    CapitalizeAll,
    Ceiling,
    Center,
    Compare,
    Concat,
    Contains,
    Count,
    Currency,
    Date,
    DateAdd,
    DateDiff,
    Day,
    DayOfWeek,
    DayOfYear,
    Decimal,
    Def,
    Divide,
    Ellipsis,
    Empty,
    EndsWith,
    Equals,
    ExpandTabs,
    FileTimeNow,
    Find,
    Floor,
    FromFileTime,
    GetLength,
    GreaterThan,
    Guid,
    HexDecode,
    HexEncode,
    HtmlDecode,
    HtmlEncode,
    IfEqual,
    IfMatches,
    Implode,
    Insert,
    IsAlphabetic,
    IsAlphanumeric,
    IsBetween,
    IsEqual,
    IsLeap,
    IsLower,
    IsNumeric,
    IsSpace,
    IsUpper,
    Join,
    JsonEscape,
    Just,
    LessThan,
    LJust,
    LSplit,
    Match,
    Md5Hash,
    Modulus,
    Month,
    Multiply,
    NotEquals,
    Now,
    NoWhitespace,
    Or,
    Percentage,
    Pow,
    Rand,
    RegexMatch,
    RegexReplace,
    Remove,
    Replace,
    Reverse,
    RFind,
    RJust,
    Round,
    RSplit,
    Sha1Hash,
    Sort,
    Split,
    SqlEscape,
    Sqrt,
    StartsWith,
    StripHtml,
    Substring,
    Subtract,
    ToAlpha,
    ToAlphanum,
    ToDate,
    ToFileTime,
    ToLower,
    ToMonth,
    ToUpper,
    ToUtc,
    Trim,
    TrimEnd,
    TrimStart,
    Truncate,
    UrlDecode,
    UrlEncode,
    UtcNow,
    Vault,
    Weekday,
    Wrap,
    XmlDecode,
    XmlEncode,
    Year,
}

impl FormatterId {
    /// It works on all values of an array attribute, the others on the first.
    pub fn takes_array(self) -> bool {
        matches!(
            self,
            Self::ArrayAverage
                | Self::ArrayFind
                | Self::ArrayMax
                | Self::ArrayMin
                | Self::ArraySum
                | Self::Count
                | Self::Implode
                | Self::Join
                | Self::Reverse
                | Self::Sort
        )
    }

    /// It makes something new each time: what uses it cannot run once for all rows.
    pub fn is_random(self) -> bool {
        matches!(self, Self::Guid | Self::Rand)
    }
}
