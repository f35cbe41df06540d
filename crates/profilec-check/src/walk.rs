//! One walk over the document: every rule sees every node of its kind once.

use profilec_syntax::{Param, Statement, Template};
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};
use crate::rules::RULES;

pub(crate) fn walk(cx: &mut Cx<'_>) {
    let document = cx.document();
    for rule in RULES {
        if let Rule::Document(rule) = rule {
            rule(cx, document);
        }
    }
    if let Some(info) = &document.info {
        for rule in RULES {
            if let Rule::Info(rule) = rule {
                rule(cx, info);
            }
        }
    }
    if let Some(script) = &document.script {
        statement(cx, script);
    }
}

/// Recursion is as deep as the document, which the parser bounds.
fn statement<'a>(cx: &mut Cx<'a>, node: &'a Statement) {
    for rule in RULES {
        if let Rule::Statement(rule) = rule {
            rule(cx, node);
        }
    }
    if node.id() == Some(KeywordId::Info) {
        // A second one: nothing in it counts.
        return;
    }
    for param in &node.params {
        template(cx, &param.value, Some(param));
    }
    if let Some(text) = &node.text {
        template(cx, text, None);
    }
    let outer = cx.method;
    cx.method = outer.within(node);
    cx.parents.push(node);
    for child in &node.body {
        statement(cx, child);
    }
    cx.parents.pop();
    cx.method = outer;
}

fn template<'a>(cx: &mut Cx<'a>, node: &'a Template, param: Option<&'a Param>) {
    cx.param = param;
    for rule in RULES {
        if let Rule::Template(rule) = rule {
            rule(cx, node);
        }
    }
    cx.param = None;
}
