//! The abstract run.

use std::collections::{BTreeMap, HashMap};

use profilec_diagnostics::Span;
use profilec_syntax::{Document, Part, Source, Statement, Template};
use profilec_vocabulary::{KeywordId, OPERATION_INPUTS};

use super::env::{Changes, Env, folded};
use super::writes::{Write, all_writes, writes};
use super::{CallView, Flow, Given, Place, Reaching};
use crate::cx::Method;
use crate::names::{is_marker, literal_name};

pub(super) fn run(document: &Document) -> Flow<'_> {
    let columns = document.info.iter().flat_map(|info| info.columns.iter().chain(&info.outputs));
    let names = columns.filter_map(|column| column.name()).map(|name| name.as_str().trim().to_lowercase());
    let mut run = Run {
        flow: Flow::default(),
        env: Env::new(names.filter(|name| name.contains('.')).collect()),
        ids: HashMap::new(),
        has_run_get: false,
        method: Method::Any,
        branches: 0,
    };
    if let Some(script) = &document.script {
        run.scope(&script.body);
    }
    run.flow
}

struct Run<'a> {
    flow: Flow<'a>,
    env: Env,
    /// The places by where they stand: a loop's body knows them before it reaches them.
    ids: HashMap<Span, u32>,
    /// The block that answers GET was met: no other does.
    has_run_get: bool,
    method: Method,
    /// How many branches are open around the statement.
    branches: u32,
}

impl<'a> Run<'a> {
    /// Statements under the guard of the handlers among them.
    fn scope(&mut self, statements: &'a [Statement]) {
        let is_catch = |child: &&Statement| child.id() == Some(KeywordId::Catch);
        if statements.iter().any(|child| is_catch(&child)) {
            let mark = self.env.mark();
            self.block(statements);
            let changes = self.env.rewind(mark);
            self.env.may_apply(changes);
        } else {
            self.block(statements);
        }
        for handler in statements.iter().filter(is_catch) {
            self.templates(handler);
            let changes = self.branch(|run| run.scope(&handler.body));
            self.env.may_apply(changes);
        }
        for last in statements.iter().filter(|child| child.id() == Some(KeywordId::Finally)) {
            self.scope(&last.body);
        }
    }

    fn block(&mut self, statements: &'a [Statement]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    /// Recursion is as deep as the document, which the parser bounds.
    fn statement(&mut self, node: &'a Statement) {
        match node.id() {
            Some(KeywordId::Info | KeywordId::Catch | KeywordId::Finally) => {}
            Some(KeywordId::Script) if node.value("method").is_some() => self.method_block(node),
            Some(KeywordId::Call) => self.call(node),
            Some(KeywordId::Push) if node.value("op").is_some() => self.call(node),
            Some(KeywordId::Enum) => self.enumeration(node),
            Some(KeywordId::Select) => self.select(node),
            // A branch that belongs to nothing is one all the same: it was not meant to run in any case.
            Some(
                KeywordId::First | KeywordId::Last | KeywordId::Else | KeywordId::Case | KeywordId::Default,
            ) => {
                let changes = self.branch(|run| run.scope(&node.body));
                self.env.join(&[changes, Changes::new()]);
            }
            Some(id) if id.is_conditional() => self.conditional(node, id),
            Some(KeywordId::Set | KeywordId::SetC | KeywordId::SetM) => {
                self.templates(node);
                for write in writes(node) {
                    self.write(write);
                }
            }
            Some(KeywordId::Unset) => {
                self.templates(node);
                let attr = node.value("attr").and_then(Template::as_literal);
                let item = node.value("item").and_then(Template::as_literal);
                if let Some(attr) = attr {
                    let key = self.env.key(item, attr);
                    self.env.may_unset(key);
                }
            }
            _ => {
                self.templates(node);
                self.scope(&node.body);
            }
        }
    }

    /// The first block for GET runs in its place; what another does is seen by itself alone.
    fn method_block(&mut self, node: &'a Statement) {
        let outer = self.method;
        self.method = outer.within(node);
        if self.method == Method::Get && outer == Method::Any && !self.has_run_get {
            self.has_run_get = true;
            self.scope(&node.body);
        } else {
            let mark = self.env.mark();
            self.scope(&node.body);
            self.env.rewind(mark);
        }
        self.method = outer;
    }

    fn branch(&mut self, body: impl FnOnce(&mut Self)) -> Changes {
        let mark = self.env.mark();
        self.branches += 1;
        body(self);
        self.branches -= 1;
        self.env.rewind(mark)
    }

    fn conditional(&mut self, node: &'a Statement, id: KeywordId) {
        self.templates(node);
        let attr = node.value("attr").and_then(Template::as_literal).unwrap_or_default();
        let name = attr.trim().to_lowercase();
        let on_marker = is_marker(&name);
        // Where the marker is known to be there, or may be: what tests it has thought of both.
        let holds = on_marker && id != KeywordId::Null;
        let fails = on_marker && id == KeywordId::Null;
        let then = self.branch(|run| {
            run.assume_marker(holds);
            let children = node.body.iter().filter(|child| child.id() != Some(KeywordId::Else));
            for child in children {
                run.statement(child);
            }
        });
        let otherwise = self.branch(|run| {
            run.assume_marker(fails);
            for child in node.body.iter().filter(|child| child.id() == Some(KeywordId::Else)) {
                run.scope(&child.body);
            }
        });
        self.env.join(&[then, otherwise]);
        // Handlers of a conditional guard it as a whole.
        for child in node.body.iter().filter(|child| child.id() == Some(KeywordId::Catch)) {
            let changes = self.branch(|run| run.scope(&child.body));
            self.env.may_apply(changes);
        }
    }

    fn assume_marker(&mut self, holds: bool) {
        if holds {
            let key = self.env.key(Some("_input"), "rows@next");
            let known = self.env.read("_input.rows@next");
            self.env.set(key, Reaching { certain: true, ..known });
        }
    }

    fn select(&mut self, node: &'a Statement) {
        self.templates(node);
        let mut branches = Vec::new();
        let mut has_default = false;
        for child in &node.body {
            let is_default = child.id() == Some(KeywordId::Default);
            if !is_default && child.id() != Some(KeywordId::Case) {
                continue;
            }
            has_default |= is_default;
            branches.push(self.branch(|run| {
                run.templates(child);
                run.scope(&child.body);
            }));
        }
        if !has_default {
            branches.push(Changes::new());
        }
        self.env.join(&branches);
    }

    fn enumeration(&mut self, node: &'a Statement) {
        self.templates(node);
        self.foresee(&node.body, 0);
        let changes = self.branch(|run| run.scope(&node.body));
        self.env.join(&[changes, Changes::new()]);
    }

    /// A loop's body meets what it set the time before. Names without an item that a call's body sets are gone by
    /// then; `inner` says whether the statements stand in one.
    fn foresee(&mut self, body: &'a [Statement], inner: u32) {
        let mut found = Vec::new();
        all_writes(body, &mut |write, depth| found.push((write, depth + inner)));
        for (write, depth) in found {
            let has_item = write.item.is_some() || write.name.contains('.');
            if has_item || depth == 0 {
                let value = self.given(write);
                let key = self.env.key(write.item, write.name);
                self.env.may_set(key, &value);
            }
        }
    }

    fn call(&mut self, node: &'a Statement) {
        self.templates(node);
        let view = self.view(node);
        let mapped = self.mapped(&view);
        self.flow.calls.push(view);
        let aliases = node.value("out").and_then(Template::as_literal).unwrap_or_default();
        let aliases = aliases.split(',').map(|name| name.trim().to_lowercase()).collect();
        let mark = self.env.mark();
        self.env.enter(aliases);
        self.foresee(&node.body, 1);
        for (name, value) in mapped {
            let key = self.env.key(Some("_"), &name);
            self.env.set(key, value);
        }
        self.scope(&node.body);
        let level = self.env.level();
        self.env.leave();
        let mut changes = self.env.rewind(mark);
        changes.retain(|(at, _), _| *at < level);
        self.env.join(&[changes, Changes::new()]);
    }

    /// What reaches a call.
    fn view(&mut self, node: &'a Statement) -> CallView<'a> {
        let mut inputs = BTreeMap::new();
        let item = match node.value("in").or_else(|| node.value("item")).map(Template::as_literal) {
            // Which item it reads is not known: nothing is.
            Some(None) => return CallView { statement: node, method: self.method, inputs },
            Some(Some(item)) => Some(item.split(',').next().unwrap_or_default().trim().to_lowercase()),
            None => None,
        };
        for known in OPERATION_INPUTS.iter().flat_map(|input| input.parameter.spellings()) {
            let name = folded(known.trim_end_matches('*'));
            let names = if known.ends_with(['#', '*']) {
                self.env.prefixed(item.as_deref(), &name)
            } else {
                vec![name]
            };
            for name in names {
                let found = match &item {
                    Some(item) => self.env.read(&format!("{item}.{name}")),
                    None => self.env.read(&name),
                };
                if !found.is_nothing() {
                    inputs.insert(name, found);
                }
            }
        }
        if let Some(op) = node.value("op") {
            for write in pairs(op) {
                let value = self.given(write);
                inputs.insert(folded(write.name), value);
            }
        }
        CallView { statement: node, method: self.method, inputs }
    }

    /// The names that the call maps values of the response to.
    fn mapped(&mut self, view: &CallView<'a>) -> Vec<(String, Reaching)> {
        let mut found = Vec::new();
        for (_, reaching) in view.inputs().filter(|(name, _)| name.starts_with("elementmapname")) {
            for place in self.flow.places(reaching).unwrap_or_default() {
                let name = match place.value {
                    Given::Template(template) => template.as_literal(),
                    Given::Literal(name) => Some(name),
                    Given::Mapped | Given::Unknown => None,
                };
                found.extend(name.map(|name| (name.trim().to_owned(), place.span)));
            }
        }
        let mut mapped = Vec::new();
        for (name, span) in found {
            // The name of the place is that of `ElementMapName#`: its value is another place.
            let id = self.place(Span::new(span.end(), span.end()), Given::Mapped);
            mapped.push((name, Reaching { places: vec![id], certain: true, ..Reaching::default() }));
        }
        mapped
    }

    fn write(&mut self, write: Write<'a>) {
        let value = self.given(write);
        let key = self.env.key(write.item, write.name);
        // `name#` appends: what was there stays the first.
        if write.name.ends_with('#') {
            self.env.may_set(key, &value);
        } else {
            self.env.set(key, value);
        }
    }

    fn given(&mut self, write: Write<'a>) -> Reaching {
        let id = self.place(write.span, write.value);
        Reaching { places: vec![id], certain: true, ..Reaching::default() }
    }

    fn place(&mut self, span: Span, value: Given<'a>) -> u32 {
        let next = u32::try_from(self.flow.places.len()).unwrap_or(u32::MAX);
        let id = *self.ids.entry(span).or_insert(next);
        if id == next {
            self.flow.places.push(Place { span, value });
        }
        id
    }

    /// Notes what reaches the references of a statement's own values.
    fn templates(&mut self, node: &'a Statement) {
        for template in node.params.iter().map(|param| &param.value).chain(&node.text) {
            self.template(template);
        }
    }

    fn template(&mut self, template: &'a Template) {
        for reference in template.references() {
            let found = match literal_name(reference) {
                Some((name, _)) => self.env.read(name),
                None => {
                    Reaching { many: matches!(&reference.source, Source::Name(_)), ..Reaching::default() }
                }
            };
            let found = Reaching { branched: self.branches > 0, ..found };
            match self.flow.reaching.get_mut(&reference.span) {
                // A file that is included twice: both runs count.
                Some(known) if *known != found => {
                    known.many = true;
                    known.places.clear();
                    known.certain &= found.certain;
                    known.branched |= found.branched;
                }
                Some(_) => {}
                None => {
                    self.flow.reaching.insert(reference.span, found);
                }
            }
        }
    }
}

/// The pairs of `jsonproviderGet?URI=…&method=POST`.
fn pairs(op: &Template) -> Vec<Write<'_>> {
    let text = op.text.as_str();
    // In an `op` with entities or references only the names before them are sure.
    let literal = matches!(op.parts.as_slice(), [Part::Literal(_)]);
    let mut start = text.find('?').map_or(text.len(), |at| at + 1);
    let mut found = Vec::new();
    for pair in text.get(start..).unwrap_or_default().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if !name.trim().is_empty() {
            let value = if literal { Given::Literal(value) } else { Given::Unknown };
            let span = op.text.span_of(start..start + name.len());
            found.push(Write { item: None, name: name.trim(), span, value });
        }
        start += pair.len() + 1;
    }
    found
}
