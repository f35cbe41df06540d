//! The next page's marker is looked for within a row.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{
    Anchor, Document, Part, RowPath, Step, Template, is_table_path, parse_path, parse_row_path,
};

use super::may_be_on;
use crate::cx::{Cx, Rule};
use crate::names::{Index, SetSite, bare, is_marker, literal_name};

/// Each marker's path is held against each of them.
const MAX_ROW_PATHS: usize = 64;

pub(crate) const RULE: Rule = Rule::Document(marker_inside_rows);

fn marker_inside_rows<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    if names.sets_unknown_names() || !may_be_on(names) {
        return;
    }
    let Some(rows) = row_paths(cx) else { return };
    let given = names_of_marker(cx);
    let mapped: HashSet<Index> = names
        .setters("ElementMapName")
        .filter(|name| name.maps().is_some_and(|name| is_marker(&name) || given.contains(&name)))
        .map(SetSite::index)
        .collect();
    let declared = ["pageurlpath", "pagetokenpath"].into_iter().flat_map(|name| names.setters(name));
    let mapped = names.setters("ElementMapPath").filter(|site| mapped.contains(&site.index()));
    let sites: Vec<&SetSite<'a>> = declared.chain(mapped).collect();
    for site in sites {
        let Some(text) = site.value.and_then(Template::literal_text) else { continue };
        let is_header = text.as_str().trim().to_lowercase().starts_with("header:");
        let Ok(Some(path)) = parse_path(&text, names.format()) else { continue };
        let is_inside = |rows: &Vec<Step>| path.steps.len() > rows.len() && path.steps.starts_with(rows);
        if is_header || path.anchor != Anchor::Root || !rows.iter().any(is_inside) {
            continue;
        }
        cx.report(
            Diagnostic::new(
                &codes::paging::marker_inside_rows,
                format!("`{}` leads into a row", text.as_str().trim()),
                Label::new(text.span(), "each row has a value of its own there"),
            )
            .help("name the place beside the rows where the response says what the next page is"),
        );
    }
}

/// The steps to the rows; `None` when there are many, a path is not known or the document itself is the row, which holds all else.
fn row_paths(cx: &Cx<'_>) -> Option<Vec<Vec<Step>>> {
    let mut found = Vec::new();
    for name in ["JSONPath", "XPath", "RepeatElement"] {
        for site in cx.names().setters(name) {
            let text = site.value.and_then(Template::literal_text)?;
            if is_table_path(&text) {
                return None;
            }
            for path in parse_row_path(&text, cx.names().format()).ok()? {
                match path {
                    RowPath::Steps(steps) if !steps.is_empty() && found.len() < MAX_ROW_PATHS => {
                        found.push(steps);
                    }
                    _ => return None,
                }
            }
        }
    }
    Some(found)
}

/// The names whose value becomes the marker as it is.
fn names_of_marker(cx: &Cx<'_>) -> HashSet<String> {
    let values = cx.names().marker_setters().filter_map(|site| site.value);
    let names = values.filter_map(|value| match value.parts.as_slice() {
        [Part::Reference(reference)] => literal_name(cx.values().chain(reference).first),
        _ => None,
    });
    names.map(|(name, _)| bare(name)).collect()
}
