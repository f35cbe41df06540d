//! Every entry of every table, by what profilec does with it.

use profilec_vocabulary::{
    AUTH_SCHEMES, BUILT_IN_ITEMS, COLUMN_ATTRIBUTES, CONTROL_ATTRIBUTES, FORMATTERS, KEYWORDS,
    OPERATION_INPUTS, OPERATION_OUTPUTS, OPERATIONS, Support, connection_options,
};

use crate::page::{head, row};

/// The entries of one table: name, what becomes of it.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) page: &'static str,
    pub(crate) entries: Vec<(String, Support)>,
}

impl Table {
    fn count(&self, is: fn(Support) -> bool) -> usize {
        self.entries.iter().filter(|(_, support)| is(*support)).count()
    }
}

/// All tables whose entries may run.
pub(crate) fn tables() -> Vec<Table> {
    let table = |name, page, entries: Vec<(String, Support)>| Table { name, page, entries };
    let parameters = KEYWORDS.iter().flat_map(|keyword| {
        let of = move |name: &str| format!("{} of {}", name, keyword.name);
        keyword.parameters.iter().map(move |parameter| (of(parameter.name), parameter.support))
    });
    let named = |name: &str, support: Support| (name.to_owned(), support);
    let keywords = KEYWORDS.iter().map(|keyword| named(keyword.name, keyword.support));
    let formatters = FORMATTERS.iter().map(|formatter| named(formatter.name, formatter.support));
    let operations = OPERATIONS.iter().map(|operation| named(operation.name, operation.support));
    let inputs = OPERATION_INPUTS.iter().map(|input| named(input.parameter.name, input.parameter.support));
    let outputs =
        OPERATION_OUTPUTS.iter().map(|output| named(output.parameter.name, output.parameter.support));
    let attributes =
        COLUMN_ATTRIBUTES.iter().map(|entry| named(entry.parameter.name, entry.parameter.support));
    let items = BUILT_IN_ITEMS.iter().map(|item| named(item.name, item.support));
    let controls = CONTROL_ATTRIBUTES.iter().map(|control| named(control.name, control.support));
    let options = connection_options().into_iter().map(|option| named(option.name, option.support));
    let schemes = AUTH_SCHEMES.iter().map(|scheme| named(scheme.name, scheme.support));
    vec![
        table("keywords", "keywords.md", keywords.collect()),
        table("attributes of keywords", "keywords.md", parameters.collect()),
        table("formatters", "formatters.md", formatters.collect()),
        table("operations", "operations.md", operations.collect()),
        table("inputs of operations", "operation-inputs.md", inputs.collect()),
        table("outputs of operations", "operation-inputs.md", outputs.collect()),
        table("attributes of columns and inputs", "column-attributes.md", attributes.collect()),
        table("built-in items", "items.md", items.collect()),
        table("control attributes", "items.md", controls.collect()),
        table("connection options", "connection-options.md", options.collect()),
        table("authentication schemes", "auth-schemes.md", schemes.collect()),
    ]
}

/// The census as a table of a page.
pub(crate) fn census(page: &mut String) {
    head(page, &["table", "known", "run", "taken", "for authentication", "refused"]);
    for table in tables() {
        let counts = [
            table.entries.len(),
            table.count(|support| support == Support::Runs),
            table.count(|support| matches!(support, Support::Ignored | Support::NoEffect)),
            table.count(|support| support == Support::Auth),
            table.count(|support| matches!(support, Support::Refused(_))),
        ];
        let link = format!("[{}]({})", table.name, table.page);
        let counts = counts.map(|count| count.to_string());
        let cells: Vec<&str> =
            std::iter::once(link.as_str()).chain(counts.iter().map(String::as_str)).collect();
        row(page, &cells);
    }
}

#[test]
fn a_refusal_has_a_reason_that_reads_on() {
    for (name, support) in tables().into_iter().flat_map(|table| table.entries) {
        if let Support::Refused(why) = support {
            assert!(
                why.len() > 8 && why.starts_with(char::is_lowercase) && !why.ends_with('.'),
                "{name}: {why}"
            );
        }
    }
}
