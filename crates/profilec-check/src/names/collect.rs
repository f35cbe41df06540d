//! Finding the names, in one walk.

use profilec_syntax::{Document, Info, Part, Source, Statement, Template};
use profilec_vocabulary::KeywordId;

use super::known::bare;
use super::sites::{CallSite, SetSite};
use super::{Names, literal_name};
use crate::cx::Method;
use crate::rules::is_meant_as_keyword;

pub(super) fn collect(document: &Document) -> Names<'_> {
    // What the rest of a cut-off file sets and reads cannot be known.
    let mut names = Names { open: document.truncated, reads_any: document.truncated, ..Names::default() };
    names.declares_unknown = document.info.as_ref().is_none_or(declares_unknown);
    if let Some(info) = &document.info {
        let columns = info.columns.iter().chain(&info.outputs).filter_map(|column| column.name());
        let inputs = info.inputs.iter().filter_map(|input| input.name());
        let own = info.columns.iter().filter_map(|column| column.name());
        names.columns = own.map(|name| name.as_str().trim()).collect();
        names.declared = columns.chain(inputs).map(|name| name.as_str().trim()).collect();
        let prefixes = names.declared.iter().filter_map(|name| name.strip_suffix('*'));
        names.declared_prefixes = prefixes.map(str::to_lowercase).collect();
        names.declared_bare = names.declared.iter().map(|name| bare(name)).collect();
    }
    if let Some(script) = &document.script {
        statement(&mut names, script, Method::Any);
    }
    names
}

/// Whether something in `info` was to declare a name that is not known: a misspelt element, or one without a name.
fn declares_unknown(info: &Info) -> bool {
    let columns = info.columns.iter().chain(&info.outputs).map(|column| column.name());
    let mut names = columns.chain(info.inputs.iter().map(|input| input.name()));
    !info.unknown.is_empty() || names.any(|name| name.is_none_or(|name| name.as_str().trim().is_empty()))
}

fn statement<'a>(names: &mut Names<'a>, node: &'a Statement, method: Method) {
    if node.keyword.is_none() && is_meant_as_keyword(node) {
        names.open_for(method);
    }
    writes(names, node, method);
    tests(names, node);
    for template in node.params.iter().map(|param| &param.value).chain(&node.text) {
        reads(names, template);
    }
    let inner = method.within(node);
    for child in &node.body {
        statement(names, child, inner);
    }
}

fn writes<'a>(names: &mut Names<'a>, node: &'a Statement, method: Method) {
    let item = node.value("item");
    match node.id() {
        Some(KeywordId::Set | KeywordId::SetC) => {
            if node.value("copyfrom").is_some() {
                opened(names, item, method);
                names.reads_any = true;
            }
            let Some(attr) = node.value("attr") else {
                if node.params.iter().any(|param| param.parameter.is_none()) {
                    // The misspelt one may be `attr`.
                    names.open_for(method);
                }
                return;
            };
            let Some(name) = attr.as_literal().filter(|_| !is_computed_item(item)) else {
                names.open_for(method);
                return;
            };
            let item = item.and_then(Template::as_literal);
            let value = node.value("value").or(node.text.as_ref());
            let literal = match value {
                Some(value) => value.as_literal().map(str::to_owned),
                None => Some(String::new()),
            };
            names.sets_name(SetSite::new(item, name, attr.span(), value, literal, method));
        }
        Some(KeywordId::SetM) => set_many(names, node, method),
        Some(KeywordId::Map) => {
            opened(names, node.value("to"), method);
            names.reads_any = true;
        }
        Some(KeywordId::Include) if node.included.is_none() => {
            names.open_for(method);
            names.reads_any = true;
        }
        Some(KeywordId::Call | KeywordId::Push) => call(names, node, method),
        _ => {}
    }
}

/// Whether an item is named only at run time.
fn is_computed_item(item: Option<&Template>) -> bool {
    item.is_some_and(|item| item.as_literal().is_none())
}

/// An item that gets attributes of unknown names.
fn opened(names: &mut Names<'_>, item: Option<&Template>, method: Method) {
    match item.map(Template::as_literal) {
        Some(Some(item)) if bare(item) != "_" => {
            names.open_items.insert(bare(item));
        }
        _ => names.open_for(method),
    }
}

/// `api:setm`: one `name = value` a line.
fn set_many<'a>(names: &mut Names<'a>, node: &'a Statement, method: Method) {
    let Some(text) = &node.text else { return };
    let item = node.value("item");
    if is_computed_item(item) {
        names.open_for(method);
    }
    let item = item.and_then(Template::as_literal);
    let body = text.text.as_str();
    let mut offset = 0;
    for line in body.split_inclusive('\n') {
        if let Some((name, value)) = line.split_once('=') {
            let start = offset + (name.len() - name.trim_start().len());
            let span = text.text.span_of(start..start + name.trim().len());
            if name.contains('[') {
                names.open_for(method);
            }
            let literal = (!value.contains('[')).then(|| value.trim().trim_matches('"').to_owned());
            let value = value.trim();
            let end = offset + line.trim_end().len();
            let place = text.text.span_of(end.saturating_sub(value.len())..end);
            names.sets_name(SetSite::new(item, name, span, None, literal, method).valued_at(place));
        }
        offset += line.len();
    }
}

fn call<'a>(names: &mut Names<'a>, node: &'a Statement, method: Method) {
    // Also where the operation is missing, its rows are meant to be there.
    for template in [node.value("out")].into_iter().flatten() {
        match template.as_literal() {
            Some(items) => names.open_items.extend(items.split(',').map(bare)),
            None => names.open_for(method),
        }
    }
    let Some(site) = CallSite::new(node, method) else { return };
    names.calls_operation(site);
    if (site.format().is_none() && !site.gives_marker()) || node.value("ignoreprefix").is_some() {
        // Another operation brings attributes that no table here knows.
        names.open_for(method);
    }
    let text = &site.op.text;
    // The pairs of `jsonproviderGet?URI=…&method=POST`.
    let mut start = text.as_str().find('?').map_or(text.as_str().len(), |at| at + 1);
    for pair in text.as_str().get(start..).unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let literal = (!value.contains('[')).then(|| value.to_owned());
        let end = start + pair.len();
        let set = SetSite::new(None, name, text.span_of(start..start + name.len()), None, literal, method);
        names.sets_name(set.within(site.name()).valued_at(text.span_of(end - value.len()..end)));
        start = end + 1;
    }
}

/// What a conditional or loop names may be absent, and is read.
fn tests(names: &mut Names<'_>, node: &Statement) {
    let attr = node.value("attr");
    match node.id() {
        Some(id) if id.is_conditional() || id == KeywordId::Validate => {
            let Some(name) = attr.and_then(Template::as_literal) else { return };
            let item = node.value("item").and_then(Template::as_literal);
            names.tested.insert(bare(&item.map_or_else(|| name.to_owned(), |item| format!("{item}.{name}"))));
            names.tested.insert(bare(name));
        }
        Some(KeywordId::Enum) => {
            names.reads_any |= node.value("item").is_some() || node.value("prefix").is_some();
            if let Some(name) = attr.and_then(Template::as_literal) {
                names.reads_any |= name.contains('*');
                names.tested.insert(bare(name));
            }
        }
        _ => {}
    }
}

fn reads<'a>(names: &mut Names<'a>, template: &'a Template) {
    for reference in template.references() {
        match literal_name(reference) {
            Some((name, _)) => {
                names.reads_any |= name.contains('*');
                names.reads_name(name, reference);
            }
            None => names.reads_any |= matches!(&reference.source, Source::Name(parts) if is_computed(parts)),
        }
    }
}

fn is_computed(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part, Part::Reference(_)))
}
