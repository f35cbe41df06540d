//! Rows whose values have positions and no names: the names stand in a header, or in an array of their own.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::{ColumnSource, Extraction, JsonLayout, Level};
use profilec_syntax::{Anchor, Path, RowPath, Step};
use serde_json::Value as Json;

use crate::column::Uses;
use crate::compile::compile;
use crate::fault::{Place, Scan};
use crate::seen::{MAX_KEYS, Sights};
use crate::sink::Sink;
use crate::survey::{Broken, Unfit};
use crate::walk::walk_body;

/// The values of every row.
#[derive(Debug)]
pub(crate) struct Fields {
    /// Their names, when they have some.
    pub(crate) names: Option<Vec<String>>,
    /// How many there are.
    pub(crate) width: usize,
}

enum Found {
    At(u32),
    Twice,
    Missing,
}

impl Fields {
    /// The extraction by positions. `is_needed` tells the columns that must be there; `unfit` says what becomes of
    /// such a column that has no value, or more than one: it is left out, or keeps the page from being read.
    ///
    /// # Errors
    /// A finding that `unfit` gives back.
    pub(crate) fn positioned(
        &self,
        extraction: &Extraction,
        is_needed: impl Fn(usize) -> bool,
        mut unfit: impl FnMut(Unfit) -> Result<(), Diagnostic>,
        place: &Place<'_>,
    ) -> Result<Extraction, Diagnostic> {
        let in_order = self.in_order(extraction);
        let mut columns = Vec::with_capacity(extraction.columns.len());
        let mut before = 0;
        for (at, source) in extraction.columns.iter().enumerate() {
            let (ColumnSource::Row(steps) | ColumnSource::Outside(steps)) = source else {
                columns.push(source.clone());
                continue;
            };
            let found = match steps.as_slice() {
                [] => {
                    columns.push(source.clone());
                    continue;
                }
                _ if in_order => self.at(before),
                steps => self.find(steps),
            };
            before += 1;
            columns.push(match (found, source) {
                (Found::At(index), _) => ColumnSource::Row(vec![Step::Index(index)]),
                (Found::Missing, ColumnSource::Outside(_)) => source.clone(),
                _ if !is_needed(at) => ColumnSource::Nothing,
                (found, _) => {
                    unfit(self.unfit(&found, at, extraction, place))?;
                    ColumnSource::Nothing
                }
            });
        }
        let captures = extraction.captures.iter().map(|capture| {
            let index = match capture.path.anchor {
                Anchor::Row => self.find(&capture.path.steps),
                Anchor::Root | Anchor::Repeat(_) | Anchor::SubRepeat(_) => Found::Missing,
            };
            match index {
                Found::At(index) => {
                    let path = Path { anchor: Anchor::Row, steps: vec![Step::Index(index)] };
                    profilec_plan::Capture { path, ..capture.clone() }
                }
                _ => capture.clone(),
            }
        });
        let captures = captures.collect();
        Ok(Extraction { columns, captures, ..extraction.clone() })
    }

    /// The names of fields that no column takes.
    pub(crate) fn untaken(&self, positioned: &Extraction) -> impl Iterator<Item = &str> {
        let position = |source: &ColumnSource| match source {
            ColumnSource::Row(steps) => position(steps),
            _ => None,
        };
        let columns = positioned.columns.iter().filter_map(position);
        let captures = positioned.captures.iter().filter_map(|capture| self::position(&capture.path.steps));
        let taken: HashSet<usize> = columns.chain(captures).collect();
        let names = self.names.iter().flatten().enumerate();
        names.filter(move |(at, _)| !taken.contains(at)).map(|(_, name)| name.as_str())
    }

    /// Without names the columns take the values in their order, unless some of them say positions.
    fn in_order(&self, extraction: &Extraction) -> bool {
        let names_no_position = |source: &ColumnSource| match source {
            ColumnSource::Row(steps) => position(steps).is_none(),
            _ => true,
        };
        self.names.is_none() && extraction.columns.iter().all(names_no_position)
    }

    fn at(&self, index: usize) -> Found {
        match u32::try_from(index) {
            Ok(found) if index < self.width => Found::At(found),
            _ => Found::Missing,
        }
    }

    /// A name as written, else one with blanks around it, else a position.
    fn find(&self, steps: &[Step]) -> Found {
        let wanted = joined(steps);
        let names = self.names.as_deref().unwrap_or_default();
        let same = |is: &dyn Fn(&str) -> bool| {
            let mut all = names.iter().enumerate().filter(|(_, name)| is(name)).map(|(at, _)| at);
            all.next().map(|first| if all.next().is_some() { Found::Twice } else { self.at(first) })
        };
        same(&|name| name == wanted)
            .or_else(|| same(&|name| name.trim() == wanted.trim()))
            .unwrap_or_else(|| position(steps).map_or(Found::Missing, |index| self.at(index)))
    }

    fn unfit(&self, found: &Found, at: usize, extraction: &Extraction, place: &Place<'_>) -> Unfit {
        let column = place.columns.get(at);
        let (page, wanted) = (place.page, wanted(&extraction.columns[at]).unwrap_or_default());
        let origin = column.map_or(place.rows_origin, |column| column.origin);
        let name = column.map_or("", |column| column.name.as_str());
        let finding = |message: String, label: &str| {
            Diagnostic::new(&codes::data::header_mismatch, message, Label::new(origin, label))
        };
        let Some(names) = &self.names else {
            let message = format!("column `{name}` has no field: the records of {page} have {}", self.width);
            let finding = finding(message, "would be beyond the last field").help(
                "name a position with `other:xPath=\"[0]\"`, or turn `IncludeColumnHeaders` on if the first record \
                 is a header",
            );
            return Unfit { column: at, finding, broken: None };
        };
        if let Found::Twice = found {
            let message = format!("{page} has more than one field `{wanted}`");
            let help = format!("name its position, the first field is `[0]`; {}", listed(names));
            return Unfit {
                column: at,
                finding: finding(message, "could be any of them").help(help),
                broken: None,
            };
        }
        let finding = finding(format!("{page} has no field `{wanted}`"), "is read from it");
        let taken: HashSet<String> = extraction.columns.iter().filter_map(self::wanted).collect();
        let there: Vec<_> = names.iter().map(|name| (name.as_str(), taken.contains(name))).collect();
        let broken = Broken::before(wanted, &there);
        let help = match &broken.closest {
            Some(near) => format!("did you mean `{}`? {}", near.name, listed(names)),
            None => listed(names),
        };
        Unfit { column: at, finding: finding.help(help), broken: Some(broken) }
    }
}

/// The name of the field that a column is read from.
fn wanted(source: &ColumnSource) -> Option<String> {
    match source {
        ColumnSource::Row(steps) | ColumnSource::Outside(steps) => Some(joined(steps)),
        _ => None,
    }
}

pub(crate) fn joined(steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Name(name) => name.clone(),
        Step::Index(index) => format!("[{index}]"),
        Step::Any => "*".to_owned(),
    };
    steps.iter().map(step).collect::<Vec<_>>().join("/")
}

/// The position that steps name: `[0]`, `0`, or `Col1` as the drivers call it.
fn position(steps: &[Step]) -> Option<usize> {
    match steps {
        [Step::Index(index)] => usize::try_from(*index).ok(),
        [Step::Name(name)] => match name.strip_prefix("Col") {
            Some(number) => number.parse::<usize>().ok()?.checked_sub(1),
            None => name.parse().ok(),
        },
        _ => None,
    }
}

fn listed(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(MAX_KEYS).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > MAX_KEYS { ", …" } else { "" };
    format!("the fields are {}{more}", shown.join(", "))
}

/// The fields of a table in JSON; `None` when the body does not say them.
pub(crate) fn fields_of_json(text: &str, extraction: &Extraction) -> Scan<Option<Fields>> {
    let JsonLayout::Table { columns, name } = &extraction.layout.json else { return Ok(None) };
    let path = Path { anchor: Anchor::Root, steps: columns.clone() };
    let capture = profilec_plan::Capture { name: String::new(), path, origin: extraction.rows_origin };
    let only_names = Extraction {
        levels: vec![Level::rows(RowPath::Query(String::new()))],
        relative: vec![0],
        columns: Vec::new(),
        captures: vec![capture],
        materialise: Vec::new(),
        ..extraction.clone()
    };
    let tree = compile(&only_names);
    let mut sink = Sink::new(&tree, &[], |_| Uses::default(), 0);
    walk_body(text, &tree, &mut sink, &mut Sights::default(), &mut vec![0; tree.hints], true)?;
    let found = sink.captures.first().and_then(|seen| serde_json::from_str(seen.as_text()?).ok());
    let Some(Json::Array(elements)) = found else { return Ok(None) };
    let name = |element: &Json| {
        let found = name.iter().try_fold(element, |at, step| match step {
            Step::Name(name) => at.get(name),
            Step::Index(index) => at.get(*index as usize),
            Step::Any => None,
        });
        match found {
            Some(Json::String(text)) => text.clone(),
            Some(other) if other.is_number() => other.to_string(),
            _ => String::new(),
        }
    };
    let names: Vec<String> = elements.iter().map(name).collect();
    if names.is_empty() {
        return Ok(None);
    }
    let width = names.len();
    Ok(Some(Fields { names: Some(names), width }))
}
