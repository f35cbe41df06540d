//! The plan: what a run does, as data.

use std::collections::BTreeSet;

use profilec_diagnostics::Span;
use profilec_syntax::{Comparison, Path};
use profilec_vocabulary::{FormatterId, ResponseFormat, Verb};

use crate::Relation;

/// What a profile's GET path does.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The table's name: `title`, or the name that lowering was given.
    pub table: String,
    /// Columns in file order; of two with one name the first.
    pub columns: Vec<PlanColumn>,
    /// Those that the table has, in its order.
    pub output: Vec<usize>,
    /// Which of the tables of the data model `Relational` this is.
    pub relation: Option<Relation>,
    /// Declared inputs.
    pub inputs: Vec<Input>,
    /// The program: root statements and the GET block, in order.
    pub body: Block,
    /// Names that the script reads as `[_input.NAME]`, lower case.
    pub inputs_read: BTreeSet<String>,
    /// Names that the script reads as `[_connection.NAME]`, lower case.
    pub connection_read: BTreeSet<String>,
    /// Origins (`https://host:port`) that the profile's own text names: credentials may go there.
    pub literal_origins: BTreeSet<String>,
    /// The start tag's name of the root: the place of what concerns the whole profile.
    pub origin: Span,
}

/// A column.
#[derive(Clone, Debug)]
pub struct PlanColumn {
    /// As written.
    pub name: String,
    /// Its Arrow type.
    pub ty: ColumnType,
    /// `key="true"`.
    pub key: bool,
    /// Where its value is; `None` when `other:xPath=""`, or when there is no path and the script sets it.
    pub path: Option<Path>,
    /// `other:filter="{name}"`: the URI placeholder that it fills.
    pub filter: Option<String>,
    /// The script sets an attribute of this name: its value wins over the path's.
    pub set_by_script: bool,
    /// The column's name in the profile.
    pub origin: Span,
}

/// What a column holds. See design: integers of any width are 64 bits; numbers go from text to column exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Utf8,
    /// 64-bit integer.
    Int64,
    /// 64-bit float.
    Float64,
    /// True or false.
    Boolean,
    /// Microseconds since the epoch, UTC.
    Timestamp,
    /// Days since the epoch.
    Date,
    /// Microseconds since midnight.
    Time,
    /// Bytes, base64 in the response.
    Binary,
    /// Exact decimal: at most 76 digits, of them `scale` after the point. Up to 38 digits it is Decimal128.
    Decimal {
        /// All digits.
        precision: u8,
        /// Digits after the point.
        scale: i8,
    },
}

/// A declared input.
#[derive(Clone, Debug)]
pub struct Input {
    /// As written.
    pub name: String,
    /// Used when the caller gives none.
    pub default: Option<String>,
    /// Must be given.
    pub required: bool,
    /// Allowed values; empty: any.
    pub values: Vec<String>,
    /// `other:filter="{name}"`.
    pub filter: Option<String>,
    /// Where it is declared (its name).
    pub origin: Span,
    /// The first `[_input.NAME]` that reads it.
    pub read_at: Option<Span>,
}

/// Statements in order.
pub type Block = Vec<Statement>;

/// One statement and where it stands (its element's name).
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// The start tag's name.
    pub origin: Span,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub enum StatementKind {
    /// Sets an attribute.
    Set {
        /// Which.
        target: Target,
        /// To what.
        value: Template,
    },
    /// Copies all attributes of an item into another.
    CopyItem {
        /// Item written.
        to: Name,
        /// Item read.
        from: Name,
    },
    /// Copies attributes of an item into another under new names.
    Map {
        /// Item written.
        to: Name,
        /// Item read.
        from: Name,
        /// `to=from` pairs.
        pairs: Template,
    },
    /// Removes an attribute.
    Unset(Target),
    /// Removes a whole item.
    UnsetItem(Name),
    /// Runs one of two blocks.
    If {
        /// When it holds, `then` runs.
        test: Test,
        /// The true branch.
        then: Block,
        /// The false branch.
        otherwise: Block,
    },
    /// Runs the first matching case.
    Select(Select),
    /// A plain nested block.
    Block(Block),
    /// Iterates.
    Enum {
        /// Over what.
        source: EnumSource,
        /// With `_value`, `_attr`, `_index` (from 1) and `_count`.
        body: Block,
    },
    /// Sends a request and runs the body for its rows.
    Call(Box<Call>),
    /// Leaves the marker of the next page, as an item has it: of the item, else of the default items.
    PageToken {
        /// The item that is read.
        input: Option<Name>,
    },
    /// Leaves the innermost loop, or its iteration.
    Leave(Word<Leave>),
    /// Emits a row: of the item, else the current row. Outside a call: of the default item.
    Push {
        /// The item whose attributes alone make the row.
        item: Option<Name>,
    },
    /// Raises an error.
    Throw {
        /// Its code.
        code: Template,
        /// Its text.
        description: Template,
        /// More text.
        details: Template,
    },
    /// Runs a block whose errors can be caught.
    Try {
        /// The block.
        body: Block,
        /// The first that takes the error's code runs.
        catches: Vec<Catch>,
        /// Runs in any case, last.
        finally: Block,
    },
    /// Raises an error when the attribute has no value.
    Validate {
        /// Which.
        target: Target,
        /// The error's code.
        code: Template,
        /// The error's text; when empty, one that names the attribute.
        description: Template,
    },
}

/// What is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// The innermost loop.
    Break,
    /// This iteration of it.
    Continue,
}

/// A word that a parameter takes.
#[derive(Clone, Debug)]
pub enum Word<T: 'static> {
    /// As written.
    Written(T),
    /// Known when its statement runs.
    Computed {
        /// Gives it.
        text: Template,
        /// The parameter, as messages name it.
        parameter: &'static str,
        /// What it may be.
        words: Words<T>,
    },
}

/// Words and what they mean; they compare without case.
pub type Words<T> = &'static [(&'static str, T)];

impl<T> Word<T> {
    /// What computes it.
    pub(crate) const fn text(&self) -> Option<&Template> {
        match self {
            Self::Written(_) => None,
            Self::Computed { text, .. } => Some(text),
        }
    }
}

/// What runs for an error, with `_code`, `_desc`, `_description` and `_details`.
#[derive(Clone, Debug)]
pub struct Catch {
    /// The error's code; empty or `*`: any.
    pub code: Template,
    /// What runs.
    pub body: Block,
}

/// The attribute that a statement writes or tests.
#[derive(Clone, Debug)]
pub struct Target {
    /// `item="…"`, when given.
    pub item: Option<Name>,
    /// `attr="…"`: may be `item.name`, `name#2`, `name#` (append).
    pub attribute: Name,
    /// The `attr` value.
    pub origin: Span,
}

/// A name, maybe computed: the template's text is the name. Compare with [`Name::literal`] first.
pub type Name = Template;

/// `api:call`.
#[derive(Clone, Debug)]
pub struct Call {
    /// How the response is read.
    pub format: ResponseFormat,
    /// The verb, when the script sets no `method`.
    pub verb: Verb,
    /// `in="…"`: the items that the operation reads, the first before the others; the default items when absent.
    pub input: Option<Name>,
    /// `out="…"`: the names under which the row item is visible in the body.
    pub output: Option<Name>,
    /// `ignoreprefix="…"`: prefixes that names of the row item's attributes may lack.
    pub ignored_prefixes: Option<Template>,
    /// `page`, `pagesize` and `maxrows`: which of the output items the body runs for.
    pub window: Window,
    /// What runs for the rows.
    pub body: Body,
    /// The `op` value.
    pub origin: Span,
}

/// Which of a call's output items are wanted.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// The page, from 1.
    pub page: Option<Template>,
    /// Items of a page.
    pub page_size: Option<Template>,
    /// The most items, -1 for all.
    pub max_rows: Option<Template>,
}

/// A call's body, classified by row dependence (design.md §4).
#[derive(Clone, Debug)]
pub enum Body {
    /// Every statement depends on the environment and on captured page values only: it runs once a page.
    Page(Block),
    /// Something depends on a row's column: it runs once a row.
    Row {
        /// What runs.
        block: Block,
        /// Columns that it reads, as indices into [`Plan::columns`]: their text is materialised.
        reads: Vec<usize>,
        /// The first dependence: why.
        because: Span,
    },
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Test {
    /// The attribute has a value (`check`, `exists`, `notnull`, `if operator="notnull"`).
    HasValue(Target),
    /// `check attr value`: the attribute has a value and the template is a true word.
    IsTrue(Target, Template),
    /// Compares an attribute with a value.
    Compare {
        /// The attribute.
        target: Target,
        /// How.
        how: Word<Comparand>,
        /// With what.
        value: Template,
        /// Undefined attribute: an error (`equals`, `notequals`) instead of "no" (`if`).
        strict: bool,
    },
    /// Holds when the inner one does not.
    Not(Box<Test>),
    /// Both hold.
    And(Box<Test>, Box<Test>),
    /// At least one holds.
    Or(Box<Test>, Box<Test>),
    /// A text matches a pattern.
    Matches {
        /// The text.
        value: Template,
        /// The pattern.
        pattern: Template,
        /// How the pattern is read.
        how: Word<Matching>,
    },
    /// The innermost loop is in its first iteration.
    IsFirst,
    /// The innermost loop is in its last iteration.
    IsLast,
    /// `exp`: left operator right. As numbers if both are, as dates if both are, else as text.
    Expression(Operand, Comparison, Operand),
    /// `exp`: a bare boolean word.
    Truth(Operand),
}

/// How a pattern is read. The whole text must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// As text.
    Exact,
    /// As a regular expression.
    Regex,
    /// With `*` and `?`.
    Glob,
}

/// How an attribute and a value compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparand {
    /// The attribute has a value, whatever the other is.
    HasValue,
    /// It has none.
    HasNoValue,
    /// Same text.
    Equals,
    /// Same text, ignoring case.
    EqualsIgnoreCase,
    /// Another text.
    NotEquals,
    /// Smaller: as numbers if both are, else as text.
    LessThan,
    /// Greater: as numbers if both are, else as text.
    GreaterThan,
}

/// A side of an expression.
#[derive(Clone, Debug)]
pub enum Operand {
    /// `null`: compares equal to an undefined or empty value.
    Null,
    /// A value.
    Value(Template),
}

/// `api:select`.
#[derive(Clone, Debug)]
pub struct Select {
    /// What the cases compare with.
    pub value: Template,
    /// In order.
    pub cases: Vec<Case>,
    /// When no case matches.
    pub default: Block,
}

/// A branch of `api:select`.
#[derive(Clone, Debug)]
pub struct Case {
    /// What the value must match.
    pub pattern: Template,
    /// How the pattern is read.
    pub how: Word<Matching>,
    /// What runs.
    pub body: Block,
}

/// What `api:enum` iterates.
#[derive(Clone, Debug)]
pub enum EnumSource {
    /// A delimited list; empty text: no iteration.
    List {
        /// The text.
        list: Template,
        /// The separator; a line break when absent.
        separator: Option<Template>,
    },
    /// `1..5`, `z..a`.
    Range(Template),
    /// The values of an array attribute, in order.
    Attribute(Target),
    /// The attributes of an item, alphabetically.
    Item {
        /// Which; the top default item when absent.
        item: Option<Name>,
        /// Only names like this: text that may hold `*` and `?`.
        pattern: Option<Template>,
        /// When true, one iteration for each value; else values are joined.
        expand: Option<Template>,
        /// Joins values; a line break when absent.
        separator: Option<Template>,
    },
}

/// Text with values put in.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// In order.
    pub parts: Vec<TemplatePart>,
    /// The value's place.
    pub origin: Span,
}

impl Template {
    /// The names in a list that is separated by commas, lower case; `None` when it is computed.
    pub fn names(&self) -> Option<Vec<String>> {
        let names = self.literal()?.split(',').map(|name| name.trim().to_lowercase());
        Some(names.filter(|name| !name.is_empty()).collect())
    }

    /// Its text, when it has no reference.
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [TemplatePart::Literal(text)] => Some(text),
            _ => None,
        }
    }
}

/// A piece of a template.
#[derive(Clone, Debug)]
pub enum TemplatePart {
    /// Text.
    Literal(String),
    /// A value.
    Reference(Reference),
}

/// `[value | formatter | …]`.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where the value comes from.
    pub value: Value,
    /// Applied left to right.
    pub pipeline: Vec<Formatter>,
    /// An undefined value is no error: the pipeline starts with a formatter that accepts it.
    pub accepts_undefined: bool,
    /// The name in the profile, as messages quote it.
    pub origin: Span,
}

/// Where a reference's value comes from.
#[derive(Clone, Debug)]
pub enum Value {
    /// No value: the first formatter makes one.
    Null,
    /// A text.
    Quoted(String),
    /// An attribute, by its name.
    Attribute(Name),
}

/// A formatter with its arguments.
#[derive(Clone, Debug)]
pub struct Formatter {
    /// Which.
    pub id: FormatterId,
    /// In order; count checked by lowering.
    pub arguments: Vec<Template>,
    /// Its name in the profile.
    pub origin: Span,
}
