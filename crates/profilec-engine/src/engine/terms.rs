//! What a call's attributes say, as they stand when it is met.

use std::ops::Range;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::{Call, Template};

use crate::PageSeen;
use crate::script::{Environment, Item, Output, Value, evaluate, name};

/// The evaluated attributes of a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// `in`.
    pub(super) input: Option<String>,
    aliases: Vec<String>,
    ignored_prefixes: Vec<String>,
    pub(super) window: Window,
}

impl Terms {
    /// Of a call that the script met.
    ///
    /// # Errors
    /// A reference to nothing; a count that is none.
    pub(super) fn read(call: &Call, environment: &Environment) -> Result<Self, Diagnostic> {
        let text = |template: &Option<Template>| {
            template.as_ref().map(|template| name(template, environment)).transpose()
        };
        let list = |template: &Option<Template>| -> Result<Vec<String>, Diagnostic> {
            let names = text(template)?.unwrap_or_default();
            let names = names.split(',').map(|name| name.trim().trim_end_matches(':').to_lowercase());
            Ok(names.filter(|name| !name.is_empty()).collect())
        };
        let input = text(&call.input)?.filter(|names| !names.trim().is_empty());
        let (aliases, ignored_prefixes) = (list(&call.output)?, list(&call.ignored_prefixes)?);
        Ok(Self { input, aliases, ignored_prefixes, window: Window::read(&call.window, environment)? })
    }

    /// What the items of an answer share.
    pub(super) fn output(&self, seen: &PageSeen) -> Output {
        Output {
            aliases: self.aliases.clone(),
            ignored_prefixes: self.ignored_prefixes.clone(),
            response: response(seen),
        }
    }
}

/// The status and the headers of an answer; several headers of one name are an array.
fn response(seen: &PageSeen) -> Item {
    let value = |text: &str| Value::response(text, profilec_diagnostics::Span::default());
    let mut item = Item::default();
    item.bind("http:statuscode", Some(value(&seen.status.to_string())));
    for (name, text) in &seen.headers {
        item.bind_indexed(&format!("header:{name}#"), value(text));
    }
    item
}

/// The output items that are wanted, over all pages of a call.
#[derive(Clone, Debug)]
pub(super) struct Window {
    skip: u64,
    left: u64,
}

impl Default for Window {
    fn default() -> Self {
        Self { skip: 0, left: u64::MAX }
    }
}

impl Window {
    fn read(window: &profilec_plan::Window, environment: &Environment) -> Result<Self, Diagnostic> {
        let count = |template: &Option<Template>, least: u64| -> Result<Option<u64>, Diagnostic> {
            let Some(template) = template else { return Ok(None) };
            let text = evaluate(template, environment)?.text;
            let text = text.trim();
            if text.is_empty() || text == "-1" {
                return Ok(None);
            }
            let count = text.parse().ok().filter(|count| *count >= least);
            count.map(Some).ok_or_else(|| {
                Diagnostic::new(
                    &codes::template::argument_type,
                    format!("`{text}` is not a number of items"),
                    Label::new(template.origin, format!("must be a whole number from {least}")),
                )
            })
        };
        let (page, size) = (count(&window.page, 1)?.unwrap_or(1), count(&window.page_size, 1)?);
        let most = count(&window.max_rows, 0)?;
        let skip = size.unwrap_or_default().saturating_mul(page - 1);
        let left = [size, most].into_iter().flatten().min().unwrap_or(u64::MAX);
        Ok(Self { skip, left })
    }

    /// The wanted ones of so many more.
    pub(super) fn take(&mut self, rows: usize) -> Range<usize> {
        let skipped = usize::try_from(self.skip).unwrap_or(usize::MAX).min(rows);
        self.skip -= skipped as u64;
        let taken = usize::try_from(self.left).unwrap_or(usize::MAX).min(rows - skipped);
        if self.left != u64::MAX {
            self.left -= taken as u64;
        }
        skipped..skipped + taken
    }

    /// Whether no more are wanted.
    pub(super) const fn is_met(&self) -> bool {
        self.left == 0
    }
}
