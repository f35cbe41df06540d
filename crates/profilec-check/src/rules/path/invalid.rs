//! A path that cannot be read.

use profilec_syntax::{
    Document, Template, Text, is_table_path, parse_path, parse_row_path, parse_table_paths,
};
use profilec_vocabulary::Kind;

use crate::cx::{Cx, Method, Rule};

pub(crate) const RULE: Rule = Rule::Document(invalid);

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
        let result = match site.kind() {
            Some(Kind::Paths) if is_table_path(&text) => parse_table_paths(&text).map(drop),
            Some(Kind::Paths) => parse_row_path(&text, format).map(drop),
            Some(Kind::Path) if !is_header(&text) => parse_path(&text, format).map(drop),
            _ => continue,
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
