//! What is set for a request that is already sent.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Statement, Template};
use profilec_vocabulary::{KeywordId as Id, operation_input};

use crate::cx::{Cx, Method, Rule};
use crate::names::{CallSite, Names, SetSite};

pub(crate) const RULE: Rule = Rule::Document(set_after_call);

/// The statements in the order in which they run.
#[derive(Default)]
struct Order {
    calls: Vec<(usize, Span)>,
    /// Sets outside of all loops, with the place of their name.
    sets: Vec<(usize, Span)>,
    next: usize,
}

fn set_after_call<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    let Some(script) = document.script.as_ref().filter(|_| !document.is_partial()) else { return };
    let mut order = Order::default();
    order.block(&script.body);
    let (Some((_, call)), Some((last, _))) = (order.calls.first(), order.calls.last()) else { return };
    let late: HashSet<Span> =
        order.sets.iter().filter(|(at, _)| at > last).map(|(_, place)| *place).collect();
    for site in names.sets().iter().filter(|site| late.contains(&site.span) && is_for_requests(names, site)) {
        cx.report(
            Diagnostic::new(
                &codes::structure::set_after_call,
                format!("`{}` is set after the last call", site.attribute()),
                Label::new(site.span, "changes no request"),
            )
            .label(Label::new(*call, "sent before it"))
            .help("set it before the call"),
        );
    }
}

/// Whether the calls of the profile read it, and nothing else does. The only URL leaves them without one, which is
/// a finding of its own.
fn is_for_requests(names: &Names<'_>, site: &SetSite<'_>) -> bool {
    let is_only_url = || names.setters("URI").next().is_some_and(|first| first.span == site.span);
    names.input_of(site).is_some() && !names.is_read(site) && !is_only_url()
}

impl Order {
    /// Recursion is as deep as the document, which the parser bounds.
    fn block(&mut self, statements: &[Statement]) {
        for statement in statements {
            self.next += 1;
            if let Some(call) = CallSite::new(statement, Method::Any) {
                self.calls.push((self.next, call.op.span()));
            }
            match statement.id() {
                Some(Id::Set | Id::SetC) => {
                    let attr = statement.value("attr").filter(|attr| is_input(attr));
                    self.sets.extend(attr.map(|attr| (self.next, attr.span())));
                }
                // A loop comes back to its calls, and a handler is about what has failed.
                Some(Id::Call | Id::Push | Id::Enum | Id::Catch | Id::Finally) => {
                    let known = self.sets.len();
                    self.block(&statement.body);
                    self.sets.truncate(known);
                }
                _ => self.block(&statement.body),
            }
        }
    }
}

fn is_input(attr: &Template) -> bool {
    attr.as_literal().is_some_and(|name| operation_input(name.trim()).is_some())
}
