//! What a path into the response means, in words.

use profilec_diagnostics::Span;
use profilec_syntax::{Anchor, Path, RowPath, Step, Text, parse_path, parse_row_path};
use profilec_vocabulary::{Kind, OperationId, Parameter, ResponseFormat, operation_input};

use crate::context::Context;
use crate::describe::{self, code};
use crate::names::{Name, names};

/// `is_column`: of a column, so that a relative path starts at the rows.
pub(crate) fn words(context: &Context<'_>, written: &str, of: &Parameter, is_column: bool) -> Option<String> {
    let formats = context.called().into_iter().filter_map(|id| match id {
        OperationId::FetchRows(format) => Some(format),
        _ => None,
    });
    let format = formats.into_iter().next().unwrap_or(ResponseFormat::Json);
    let text = Text::verbatim(written, Span::at(0));
    let said = if of.kind == Kind::Paths {
        rows_in_words(&parse_row_path(&text, format).ok()?)
    } else {
        let rows = Rows::of(&names(context.document), format);
        match parse_path(&text, format).ok()? {
            None => "An empty path: there is never a value.".to_owned(),
            Some(path) => rows.in_words(&path, is_column),
        }
    };
    Some(format!("{}\n\n{said}", describe::parameter(of.name, of)))
}

fn rows_in_words(paths: &[RowPath]) -> String {
    let one = |path: &RowPath| match path {
        RowPath::Steps(steps) if steps.is_empty() => "the whole response".to_owned(),
        RowPath::Steps(_) => {
            format!("the element, or each element of the array, at {}", code(&path.to_string()))
        }
        RowPath::Query(query) => format!("what the JSONPath {} finds", code(query)),
    };
    let all: Vec<String> = paths.iter().map(one).collect();
    format!("From the root of the response; a row is {}.", all.join(", and "))
}

/// Where the rows of the profile are.
struct Rows {
    /// `RepeatElement#n`, `JSONPath` or `XPath`: the number, the first path, and what is written.
    lists: Vec<(u32, RowPath, String)>,
    /// `SubRepeatElement#n`, as written.
    subs: Vec<(u32, String)>,
}

impl Rows {
    fn of(names: &[Name], format: ResponseFormat) -> Self {
        let mut rows = Self { lists: Vec::new(), subs: Vec::new() };
        for Name { attribute, number, value, .. } in names {
            let (Some(known), Some(value)) = (operation_input(attribute), value) else { continue };
            if known.parameter.kind == Kind::Paths {
                let paths = parse_row_path(&Text::verbatim(value, Span::at(0)), format).unwrap_or_default();
                rows.lists.extend(paths.into_iter().next().map(|path| (*number, path, value.clone())));
            } else if known.parameter.name == "SubRepeatElement#" {
                rows.subs.push((*number, value.clone()));
            }
        }
        rows
    }

    fn in_words(&self, path: &Path, is_column: bool) -> String {
        let way = steps(&path.steps);
        match (path.anchor, self.list(1)) {
            (Anchor::Root, Some(list)) if is_column => self.beside_rows(path, list),
            (Anchor::Root, _) => format!("Absolute, from the root of the response: {way}."),
            (Anchor::Row, Some(list)) => format!("Relative to each row, {}: {way}.", code(list)),
            (Anchor::Row, None) => format!("Relative to each row: {way}."),
            (Anchor::Repeat(number), _) => from("RepeatElement", number, self.list(number), &way),
            (Anchor::SubRepeat(number), _) => {
                let sub = self.subs.iter().find(|(own, _)| *own == number).map(|(_, path)| path.as_str());
                from("SubRepeatElement", number, sub, &way)
            }
        }
    }

    /// An absolute path, seen from the rows.
    fn beside_rows(&self, path: &Path, list: &str) -> String {
        let within = self.lists.iter().find_map(|(_, list, written)| match list {
            RowPath::Steps(list) => Some((written, path.steps.strip_prefix(list.as_slice())?)),
            RowPath::Query(_) => None,
        });
        match within {
            Some((list, rest)) => format!("Absolute, within each row, {}: {}.", code(list), steps(rest)),
            None => format!(
                "Absolute, outside of the rows, {}: {}, from the root of the response. \
                 Each row takes the value from what is around it.",
                code(list),
                steps(&path.steps)
            ),
        }
    }

    fn list(&self, number: u32) -> Option<&str> {
        self.lists.iter().find(|(own, ..)| *own == number).map(|(.., written)| written.as_str())
    }
}

fn from(name: &str, number: u32, at: Option<&str>, way: &str) -> String {
    match at {
        Some(at) => format!("Relative to each element of `{name}#{number}`, {}: {way}.", code(at)),
        None => {
            format!("Relative to each element of `{name}#{number}`, which the script does not set: {way}.")
        }
    }
}

/// The way in words.
fn steps(steps: &[Step]) -> String {
    let one = |step: &Step| match step {
        Step::Name(name) => code(name),
        Step::Index(index) => format!("the element with index {index}"),
        Step::Any => "each member".to_owned(),
    };
    match steps {
        [] => "the element itself".to_owned(),
        [only] => one(only),
        steps => steps.iter().map(one).collect::<Vec<_>>().join(", then "),
    }
}
