//! A path that cannot be read.

use profilec_syntax::{
    Document, Template, Text, is_table_path, parse_path, parse_row_path, parse_table_paths,
};

use crate::cx::{Cx, Method, Rule};

pub(crate) const RULE: Rule = Rule::Document(invalid);

/// Names whose value is a list of row paths.
const ROWS: [&str; 3] = ["JSONPath", "XPath", "RepeatElement"];
/// Names whose value is one path, or the name of a header.
const VALUES: [&str; 5] =
    ["ElementMapPath", "SubRepeatElement", "pageurlpath", "pagetokenpath", "hasmorepath"];

fn invalid<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let format = cx.names().format();
    let columns = document.info.iter().flat_map(|info| info.columns.iter().chain(&info.outputs));
    for path in columns.filter_map(|column| column.path()) {
        if let Err(finding) = parse_path(path, format) {
            cx.refuse(finding);
        }
    }
    for site in cx.names().sets() {
        let Some(text) = site.value.and_then(Template::literal_text) else { continue };
        let result = if ROWS.iter().any(|name| site.is(name)) {
            if is_table_path(&text) {
                parse_table_paths(&text).map(drop)
            } else {
                parse_row_path(&text, format).map(drop)
            }
        } else if VALUES.iter().any(|name| site.is(name)) && !is_header(&text) {
            parse_path(&text, format).map(drop)
        } else {
            continue;
        };
        match result {
            Ok(()) => {}
            Err(finding) if site.method == Method::Write => cx.report(finding),
            Err(finding) => cx.refuse(finding),
        }
    }
}

fn is_header(text: &Text) -> bool {
    text.as_str().trim_start().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("header:"))
}
