//! What a value is.

/// The kind of a value: of a keyword's attribute, an operation's input, a formatter's argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A boolean word, see [`boolean_word`](crate::boolean_word).
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A date or date-time.
    Date,
    /// How a date is written: `yyyy-MM-dd`.
    DateFormat,
    /// An http or https URL.
    Url,
    /// A path into the response: brackets in it are indexes, not references.
    Path,
    /// Row paths, separated by `;`.
    Paths,
    /// One of these words, ignoring case.
    Word(&'static [&'static str]),
    /// Some of these words, separated by commas, ignoring case.
    Words(&'static [&'static str]),
    /// Usually one of these words, ignoring case; others are taken, too.
    Usual(&'static [&'static str]),
    /// A list of texts; what separates them is said elsewhere.
    List,
    /// The name of an attribute, maybe `item.name`.
    Name,
    /// The name of an item.
    Item,
    /// An operation, maybe with inputs: `jsonproviderGet?URI=…`.
    Operation,
    /// A boolean expression.
    Expression,
    /// What a text must match.
    Pattern,
    /// A regular expression.
    Regex,
    /// Names with values: `a=1;b=2`.
    Pairs,
    /// A file or folder.
    File,
    /// A column type.
    Type,
}

impl Kind {
    /// The words that it takes; `None` for other kinds.
    pub const fn words(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Word(words) | Self::Words(words) => Some(words),
            _ => None,
        }
    }

    /// Whether the value is a path into the response: brackets in it are indexes, not references.
    pub const fn is_path(self) -> bool {
        matches!(self, Self::Path | Self::Paths)
    }

    /// The words to offer: those that it takes, or that are usual; empty for other kinds.
    pub const fn offered(self) -> &'static [&'static str] {
        match self {
            Self::Word(words) | Self::Words(words) | Self::Usual(words) => words,
            Self::Boolean => &["true", "false"],
            _ => &[],
        }
    }

    /// The word among those to offer, as the table writes it; ignores case and blanks around it.
    pub fn word(self, written: &str) -> Option<&'static str> {
        self.offered().iter().copied().find(|word| word.eq_ignore_ascii_case(written.trim()))
    }
}
