//! Parts of the language that profilec does not run: said at their place, never skipped.
//!
//! Write blocks are not looked at: they never run here.

use profilec_diagnostics::{Diagnostic, Label, Severity, Span, codes};
use profilec_syntax::{Document, Statement, Template};
use profilec_vocabulary::{FormatterId, KeywordId, OperationInput, Support, formatter, operation};

use super::unknown_operation::is_script;
use crate::cx::{Cx, Method, Rule};
use crate::names::{CallSite, SetSite};

/// Keywords, their attributes, operations and formatters.
pub(crate) const RULE: Rule = Rule::Statement(statement);
/// Values of names that operations read.
pub(crate) const VALUES: Rule = Rule::Document(values);

fn statement(cx: &mut Cx<'_>, statement: &Statement) {
    if cx.method == Method::Write {
        return;
    }
    let Some(keyword) = statement.keyword else { return };
    let name = &statement.name;
    if !keyword.support.is_runnable() {
        cx.refuse(finding(name.span, &format!("`{}`", name.node), keyword.support));
        return;
    }
    match keyword.id {
        KeywordId::Call | KeywordId::Push => call(cx, statement),
        KeywordId::Select => inside_select(cx, statement),
        KeywordId::Set | KeywordId::SetC => {
            if let Some(child) = statement.body.first() {
                let what = format!("an element inside `{}`", name.node);
                cx.refuse(
                    never(child.name.span, &what, "the body is a value, not a block").help(
                        "set the value from what stands before it, or write the markup without a prefix",
                    ),
                );
            }
        }
        _ => {}
    }
    for template in statement.params.iter().map(|param| &param.value).chain(&statement.text) {
        formatters(cx, template);
    }
}

fn call(cx: &mut Cx<'_>, statement: &Statement) {
    let Some(call) = CallSite::new(statement, cx.method) else { return };
    let span = call.op.span();
    match call.name() {
        None => cx.refuse(
            never(span, "a computed operation", "what it does would be known only in the run")
                .help("write the operation's name; conditions around several calls can choose one"),
        ),
        Some(name) if is_script(name) => cx.refuse(
            never(span, "a call of another script", "leads out of this profile")
                .help("put the other script in place with `api:include`"),
        ),
        Some(name) => {
            let Some(known) = operation(name).filter(|known| !known.support.is_runnable()) else { return };
            cx.refuse(finding(span, &format!("operation `{}`", known.name), known.support));
        }
    }
}

/// What stands beside the cases of a `select`.
fn inside_select(cx: &mut Cx<'_>, statement: &Statement) {
    let is_branch = |child: &&Statement| {
        matches!(
            child.id(),
            Some(
                KeywordId::Case
                    | KeywordId::Default
                    | KeywordId::Else
                    | KeywordId::Catch
                    | KeywordId::Finally
            ) | None
        )
    };
    for child in statement.body.iter().filter(|child| !is_branch(child)) {
        let what = format!("`{}` directly inside `{}`", child.name.node, statement.name.node);
        cx.refuse(
            never(child.name.span, &what, "belongs to no case")
                .help("put it into a `case` or the `default`, or before the whole"),
        );
    }
}

fn formatters(cx: &mut Cx<'_>, template: &Template) {
    for call in template.references().iter().flat_map(|reference| &reference.pipeline) {
        let Some(known) = formatter(&call.name.node).filter(|known| !known.support.is_runnable()) else {
            continue;
        };
        let name = &call.name.node;
        cx.refuse(match known.id {
            FormatterId::Vault => vault(call.name.span, name),
            _ => finding(call.name.span, &format!("formatter `{name}`"), known.support),
        });
    }
}

/// Its secrets are in a store that only its own product opens.
fn vault(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::structure::not_supported_yet,
        format!("formatter `{written}` is never run"),
        Label::new(span, "reads the secret store of another product"),
    )
    .help("pass the secret with `-c NAME=env:VARIABLE` and write `[_connection.NAME]`")
}

fn values<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    for site in cx.names().sets().iter().filter(|site| site.method != Method::Write) {
        let input = site.known().filter(|input| cx.names().operations_read(input));
        if let Some(input) = input.filter(|input| !input.parameter.support.is_runnable()) {
            operation_input(cx, site, input);
        }
    }
}

/// A name that the script reads may be a variable of its own.
fn operation_input(cx: &mut Cx<'_>, site: &SetSite<'_>, input: &OperationInput) {
    if cx.names().is_read(site) {
        return;
    }
    let mut finding = finding(
        site.span,
        &format!("`{}`", input.parameter.name.trim_end_matches('#')),
        input.parameter.support,
    );
    finding.severity = Severity::Info;
    cx.report(finding);
}

fn never(span: Span, what: &str, why: &str) -> Diagnostic {
    let message = format!("{what} is never run");
    Diagnostic::new(&codes::structure::not_supported_yet, message, Label::new(span, why))
}

/// Of what does not run, and the reason.
fn finding(span: Span, what: &str, support: Support) -> Diagnostic {
    if let Support::Refused(why) = support {
        return never(span, what, why)
            .help("profilec runs only what sends requests over HTTP; do this step outside the profile");
    }
    never(span, what, "is a step to an OAuth token, which is got before a run").help(
        "get the token outside of the profile, and pass it with `-c 'CustomHeaders=Authorization: Bearer …'`",
    )
}
