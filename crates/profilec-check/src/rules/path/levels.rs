//! Row paths that do not go together: several for one document, united ones, elements that nothing names.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Anchor, Document, Template, is_table_path, parse_path, parse_row_path};
use profilec_vocabulary::Kind;

use crate::cx::{Cx, Method, Rule};
use crate::names::{Index, SetSite};

/// Values of names that say where the rows are.
pub(crate) const RULE: Rule = Rule::Document(row_paths);
/// Columns that start at an element.
pub(crate) const COLUMNS: Rule = Rule::Document(columns);

fn row_paths<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let models = || names.setters("DataModel");
    let has_no_model = models().next().is_none();
    let is_relational = models().any(|model| model.is_word(&["Relational"]));
    // A misspelt model is told as such.
    let is_document = models().all(|model| model.is_word(&["Document", ""])) && !names.is_meant("DataModel");
    for site in names.sets().iter().filter(|site| site.method != Method::Write) {
        let place = site.value.map_or(site.span, Template::span);
        if site.is("RepeatElement") && site.index() != Index::Number(1) {
            let first = names.numbered("RepeatElement", Index::Number(1)).next();
            let is_set = |name| names.setters(name).next().is_some();
            if first.is_some() && !is_set("JSONPath") && !is_set("XPath") {
                cx.report(
                    Diagnostic::new(
                        &codes::path::rows_united,
                        format!("the rows of `{}` follow those of the first", site.spelling),
                        Label::new(site.span, "columns of the others are null on them"),
                    )
                    .help("join them with `SubRepeatElement#n` if they lie in the rows"),
                );
            }
        }
        if site.kind() != Some(Kind::Paths) {
            continue;
        }
        let Some(text) = site.value.and_then(Template::literal_text) else {
            if is_relational {
                cx.refuse(computed(place));
            }
            continue;
        };
        // The parts of a table of arrays are no levels.
        if is_table_path(&text) {
            continue;
        }
        let Ok(paths) = parse_row_path(&text, names.format()) else { continue };
        if paths.iter().all(|path| Some(path) == paths.first()) {
            continue;
        }
        if is_document {
            let finding = Diagnostic::new(
                &codes::path::several_row_paths,
                format!("{} row paths, but a document has one", paths.len()),
                Label::new(place, "names more than one level"),
            )
            .help("set `DataModel` to `FlattenedDocuments` to join them, or name one path");
            // Without a model in the profile, the connection may give one.
            if has_no_model { cx.report(finding) } else { cx.refuse(finding) }
        }
    }
}

/// One table of several is chosen before the first request.
fn computed(place: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::path::tables_unknown,
        "the row paths of the data model `Relational` are computed",
        Label::new(place, "not known before the run"),
    )
    .help("write them out: which tables there are is asked before the first request")
}

fn columns<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let format = cx.names().format();
    for path in document.info.iter().flat_map(|info| &info.columns).filter_map(|column| column.path()) {
        let Ok(Some(parsed)) = parse_path(path, format) else { continue };
        let (name, number) = match parsed.anchor {
            Anchor::Repeat(number) => ("RepeatElement", number),
            Anchor::SubRepeat(number) => ("SubRepeatElement", number),
            Anchor::Root | Anchor::Row => continue,
        };
        let gives = |site: &&SetSite<'_>| {
            site.is(name) && [Index::Appended, Index::Number(number)].contains(&site.index())
        };
        if cx.names().sets().iter().any(|site| gives(&site)) {
            continue;
        }
        cx.refuse(
            Diagnostic::new(
                &codes::path::level_misplaced,
                format!("`{parsed}` starts nowhere"),
                Label::new(path.span(), format!("nothing sets `{name}#{number}`")),
            )
            .help(format!("set `{name}#{number}`, or write the path from the root")),
        );
    }
}
