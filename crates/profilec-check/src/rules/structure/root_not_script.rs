//! The root is something else than `api:script`.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::Document;
use profilec_vocabulary::{KeywordId, closest, keyword};

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Document(root_not_script);

fn root_not_script<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    if root_is_script(document) {
        return;
    }
    let Some((name, span)) = root(document) else { return };
    // A misspelt `script` is the cause, and is reported there.
    let local = name.split_once(':').map_or("", |(_, local)| local);
    if keyword(local).is_none() && closest(local, ["script"]).is_some() {
        return;
    }
    if name.eq_ignore_ascii_case("html") {
        let label = Label::new(span, "a profile starts with `api:script`");
        let page =
            Diagnostic::new(&codes::structure::root_not_script, "this is an HTML page, not a profile", label);
        cx.refuse(page.help("a server may have sent a page to sign in: get the file itself"));
        return;
    }
    cx.refuse(
        Diagnostic::new(
            &codes::structure::root_not_script,
            format!("the root is `{name}`, not `api:script`"),
            Label::new(span, "a profile starts with `api:script`"),
        )
        .help("put everything inside one `<api:script xmlns:api=\"http://apiscript.com/ns?v1\">`"),
    );
}

/// Whether the file has a root script of its own. One that the parser made up has no place.
pub(crate) fn root_is_script(document: &Document) -> bool {
    let script = document.script.as_ref();
    script.is_some_and(|script| script.id() == Some(KeywordId::Script) && !script.name.span.is_empty())
}

/// The first element of the file; `None` when there is none: the parser says so.
fn root(document: &Document) -> Option<(String, Span)> {
    let info = document.info.as_ref().map(|info| &info.name);
    let script = document.script.as_ref();
    let inner = script.into_iter().flat_map(|script| &script.body).map(|child| &child.name);
    let own = script.map(|script| &script.name).filter(|name| !name.span.is_empty());
    let first = own.into_iter().chain(info).chain(inner).min_by_key(|name| name.span)?;
    Some((first.node.to_string(), first.span))
}
