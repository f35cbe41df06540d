//! From the tree to the typed document.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, Severity, Span, Spanned, codes};
use profilec_vocabulary::{Keyword, KeywordId, keyword, operation_input};

use super::decode::{Decoder, Owner};
use super::findings::Findings;
use super::names::{self, Names, split};
use crate::tree::{Tag, TagEnd, Tree, TreeElement, TreeNode, elements};
use crate::{
    Attribute, Column, Document, Info, Input, Param, Part, PrefixedName, Statement, Template, Text,
    parse_template,
};

/// Reads a tree as a profile. A tag in whose midst the file ends is not read.
pub(super) fn build(text: &str, tree: &Tree, findings: &mut Findings) -> Document {
    let roots: Vec<&TreeElement> = whole_elements(&tree.nodes).collect();
    if roots.is_empty() {
        return Document::default();
    }
    let mut builder = Builder { text, names: Names::default(), root: 0, info: None, findings };
    let script = builder.script(&roots);
    builder.names.report_mixed(builder.findings);
    let byte_order_mark = match tree.nodes.first() {
        Some(TreeNode::ByteOrderMark(span)) => Some(*span),
        _ => None,
    };
    Document { info: builder.info, script: Some(script), truncated: false, byte_order_mark }
}

fn whole_elements(nodes: &[TreeNode]) -> impl Iterator<Item = &TreeElement> {
    elements(nodes).filter(|element| element.start.end != TagEnd::Cut)
}

struct Builder<'a, 'f> {
    text: &'a str,
    names: Names<'a>,
    /// Where the root's name ends: declarations that are missing go there. In a file of several roots it is
    /// the one that is read, until the script, whose declarations stay in scope.
    root: u32,
    /// The first `info` of the script.
    info: Option<Info>,
    findings: &'f mut Findings,
}

/// An element whose declarations are in scope.
struct Opened<'a> {
    name: Spanned<PrefixedName>,
    keyword: Option<&'static Keyword>,
    attributes: Vec<Attribute>,
    declared: Vec<&'a str>,
}

impl<'a> Builder<'a, '_> {
    /// The root script, with everything that stands beside it in its body.
    fn script(&mut self, roots: &[&TreeElement]) -> Statement {
        let mut script = None;
        let mut body = Vec::new();
        for element in roots {
            if script.is_none() {
                self.root = element.start.name.end();
            }
            let opened = self.open(element);
            if script.is_none() && opened.keyword.is_some_and(|keyword| keyword.id == KeywordId::Script) {
                for child in whole_elements(&element.children) {
                    let opened = self.open(child);
                    self.part(child, opened, &mut body);
                }
                // Its declarations stay in scope: what follows was meant to stand in it.
                let opened = Opened { declared: Vec::new(), ..opened };
                script = Some(self.statement_with(element, opened, Vec::new()));
            } else {
                self.part(element, opened, &mut body);
            }
        }
        let script = script.unwrap_or_else(|| made_up_script(roots));
        Statement { body, ..script }
    }

    /// A part of the root script: its `info`, or a statement.
    fn part(&mut self, element: &TreeElement, opened: Opened<'a>, body: &mut Vec<Statement>) {
        let is_info = opened.keyword.is_some_and(|keyword| keyword.id == KeywordId::Info);
        if is_info && self.info.is_none() {
            self.info = Some(self.read_info(element, opened));
        } else {
            body.push(self.statement(element, opened));
        }
    }

    fn statement(&mut self, element: &TreeElement, opened: Opened<'a>) -> Statement {
        let takes_text =
            opened.keyword.is_some_and(|keyword| matches!(keyword.id, KeywordId::Set | KeywordId::SetC));
        if takes_text && self.is_markup(element) {
            self.markup(element);
            let text = self.inner_text(element);
            return self.statement_of(element, opened, Vec::new(), text);
        }
        let body = whole_elements(&element.children)
            .map(|child| {
                let opened = self.open(child);
                self.statement(child, opened)
            })
            .collect();
        self.statement_with(element, opened, body)
    }

    fn statement_with(
        &mut self,
        element: &TreeElement,
        opened: Opened<'a>,
        body: Vec<Statement>,
    ) -> Statement {
        let text = self.body_text(element);
        self.statement_of(element, opened, body, text)
    }

    fn statement_of(
        &mut self,
        element: &TreeElement,
        opened: Opened<'a>,
        body: Vec<Statement>,
        text: Option<Text>,
    ) -> Statement {
        self.close(element, &opened);
        let Opened { name, keyword, attributes, .. } = opened;
        let mut found = Vec::new();
        let text = text.map(|text| match keyword {
            Some(keyword) if keyword.id.takes_text() => template(text, &mut found),
            _ => Template { parts: vec![Part::Literal(text.as_str().to_owned())], text },
        });
        let params = attributes
            .into_iter()
            .filter(|attribute| !is_declaration(&attribute.name.node))
            .map(|attribute| Param {
                parameter: keyword.and_then(|keyword| keyword.parameter(&attribute.name.node.local)),
                value: template(
                    attribute.value.unwrap_or_else(|| {
                        Text::verbatim(String::new(), Span::at(attribute.name.span.end()))
                    }),
                    &mut found,
                ),
                name: attribute.name,
            })
            .collect();
        let end_name = self.end_name(element, name.span);
        let span = element.span();
        let statement = Statement { name, keyword, params, body, text, end_name, included: None, span };
        if let Some(path) = path_set(&statement) {
            // Brackets of a path are indexes and filters, meant as text. If they are amiss, the path is.
            let is_literal = path.as_literal().is_some();
            found.retain(|finding| !is_about_brackets(finding, is_literal));
        }
        self.findings.extend(found);
        statement
    }

    /// The name in the end tag. A fix that renames the element leaves an end tag of another name alone.
    fn end_name(&self, element: &TreeElement, name: Span) -> Option<Span> {
        let end = element.end.as_ref().map(|end| end.name);
        end.filter(|end| self.text[end.range()] == self.text[name.range()])
    }

    /// Whether an element holds elements, and none of them, however deep, is meant as a keyword.
    fn is_markup(&self, element: &TreeElement) -> bool {
        let is_markup = |child: &TreeElement| {
            let (prefix, _) = self.prefix(child.start.name);
            let is_closed = child.end.is_some() || child.start.end == TagEnd::Empty;
            is_closed
                && !self.names.is_keyword_prefix(prefix)
                && (whole_elements(&child.children).next().is_none() || self.is_markup(child))
        };
        let mut children = whole_elements(&element.children).peekable();
        element.end.is_some() && children.peek().is_some() && children.all(is_markup)
    }

    /// Looks at the names in what is taken as text.
    fn markup(&mut self, element: &TreeElement) {
        for child in whole_elements(&element.children) {
            let opened = self.open(child);
            self.markup(child);
            self.close(child, &opened);
        }
    }

    /// Everything between the tags of an element, as written.
    fn inner_text(&mut self, element: &TreeElement) -> Option<Text> {
        let end = element.end.as_ref()?;
        let mut decoder = Decoder::default();
        let inner = element.start.span.range().end..end.span.range().start;
        decoder.push_verbatim(self.text, Span::from_range(inner));
        let owner = Owner::Text(&self.text[element.start.name.range()]);
        Some(decoder.finish(Span::default(), owner, self.text, self.findings))
    }

    fn read_info(&mut self, element: &TreeElement, opened: Opened<'a>) -> Info {
        let (mut columns, mut inputs, mut outputs, mut unknown) = (vec![], vec![], vec![], vec![]);
        for child in whole_elements(&element.children) {
            let opened = self.open(child);
            for nested in whole_elements(&child.children) {
                let opened = self.open(nested);
                unknown.push(opened.name.clone());
                self.statement(nested, opened);
            }
            self.body_text(child);
            self.close(child, &opened);
            let end_name = self.end_name(child, opened.name.span);
            let (tag, attributes, span) = (opened.name, opened.attributes, child.span());
            match tag.node.local.to_ascii_lowercase().as_str() {
                "attr" => columns.push(Column { tag, end_name, attributes, span }),
                "output" => outputs.push(Column { tag, end_name, attributes, span }),
                "input" => inputs.push(Input { tag, end_name, attributes, span }),
                _ => unknown.push(tag),
            }
        }
        self.body_text(element);
        self.close(element, &opened);
        let Opened { name, attributes, .. } = opened;
        Info { name, attributes, columns, inputs, outputs, unknown, span: element.span() }
    }

    /// Reads a start tag and brings its declarations into scope.
    fn open(&mut self, element: &TreeElement) -> Opened<'a> {
        let tag = &element.start;
        let attributes = self.attributes(tag);
        let mut declared = Vec::new();
        for attribute in attributes.iter().filter(|attribute| is_declaration(&attribute.name.node)) {
            let written = &self.text[attribute.name.span.range()];
            let prefix = written.split_once(':').map_or("", |(_, prefix)| prefix);
            self.names.declare(prefix, attribute.value.as_ref().map_or("", Text::as_str));
            let foreign = attribute.value.as_ref().and_then(|uri| names::foreign(prefix, uri));
            self.findings.extend(foreign);
            declared.push(prefix);
        }
        self.use_prefix(tag.name, false);
        for attribute in &attributes {
            self.use_prefix(attribute.name.span, true);
        }
        let name = self.name(tag.name);
        let is_keyword = self.names.is_keyword_prefix(&name.node.prefix);
        let keyword = if is_keyword { keyword(&name.node.local) } else { None };
        if keyword.is_some() {
            let (prefix, span) = self.prefix(tag.name);
            self.names.keyword(prefix, span);
        }
        Opened { name, keyword, attributes, declared }
    }

    fn close(&mut self, element: &TreeElement, opened: &Opened<'a>) {
        if let (Some(end), Some(_)) = (&element.end, opened.keyword) {
            let (prefix, span) = self.prefix(end.name);
            self.names.keyword(prefix, span);
        }
        for prefix in &opened.declared {
            self.names.forget(prefix);
        }
    }

    /// All attributes of a tag, decoded; reports the repeated ones.
    fn attributes(&mut self, tag: &Tag) -> Vec<Attribute> {
        let mut seen = HashSet::new();
        let written = tag.attributes();
        let mut attributes = Vec::with_capacity(written.len());
        for attribute in written {
            let name = &self.text[attribute.name.range()];
            let value = attribute.value.map(|span| {
                let mut decoder = Decoder::default();
                decoder.push(self.text, span);
                decoder.finish(span, Owner::Value(name), self.text, self.findings)
            });
            if !seen.insert(name) {
                self.findings.push(
                    Diagnostic::new(
                        &codes::xml::attribute_repeated,
                        format!("attribute `{name}` of `{}` is repeated", &self.text[tag.name.range()]),
                        Label::new(attribute.name, "the first one counts"),
                    )
                    .help("remove or rename one of them"),
                );
            }
            attributes.push(Attribute { name: self.name(attribute.name), value });
        }
        attributes
    }

    /// The text directly in an element, CDATA included; `None` if all of it is blank.
    ///
    /// Child elements part it into pieces; of these the blank ones are layout.
    fn body_text(&mut self, element: &TreeElement) -> Option<Text> {
        let mut decoder = Decoder::default();
        let mut found = false;
        for piece in element.children.split(|node| matches!(node, TreeNode::Element(_))) {
            let is_blank = |node: &TreeNode| match node {
                TreeNode::Text(span) => self.text[span.range()].trim().is_empty(),
                // Blanks in a CDATA section are meant.
                TreeNode::CData(_) => false,
                _ => true,
            };
            if piece.iter().all(is_blank) {
                continue;
            }
            found = true;
            for node in piece {
                match node {
                    TreeNode::Text(span) => decoder.push(self.text, *span),
                    TreeNode::CData(span) => {
                        decoder.push_verbatim(self.text, cdata_content(self.text, *span));
                    }
                    _ => {}
                }
            }
        }
        let owner = Owner::Text(&self.text[element.start.name.range()]);
        found.then(|| decoder.finish(Span::default(), owner, self.text, self.findings))
    }

    fn use_prefix(&mut self, name: Span, in_attribute: bool) {
        let (prefix, span) = self.prefix(name);
        self.names.used(prefix, span, in_attribute, self.root, self.findings);
    }

    /// The prefix of a name, without its colon.
    fn prefix(&self, name: Span) -> (&'a str, Span) {
        let written = &self.text[name.range()];
        let prefix = split(written).map_or("", |(prefix, _)| prefix);
        let start = name.range().start;
        (prefix, Span::from_range(start..start + prefix.len()))
    }

    fn name(&self, span: Span) -> Spanned<PrefixedName> {
        let written = &self.text[span.range()];
        let (prefix, local) = split(written).unwrap_or(("", written));
        Spanned::new(PrefixedName { prefix: prefix.to_owned(), local: local.to_owned() }, span)
    }
}

fn template(text: Text, found: &mut Vec<Diagnostic>) -> Template {
    let (template, findings) = parse_template(text);
    found.extend(findings);
    template
}

/// The value, when it is a `set` of a name whose value is a path into the response.
fn path_set(statement: &Statement) -> Option<&Template> {
    let attr = statement.value("attr").filter(|_| statement.id() == Some(KeywordId::Set))?;
    operation_input(attr.as_literal()?.trim()).filter(|input| input.parameter.kind.is_path())?;
    statement.value("value").or(statement.text.as_ref())
}

/// Whether a finding about a template is about brackets that a path may have; in a literal path the rule about
/// paths reports those that are not closed.
fn is_about_brackets(finding: &Diagnostic, is_literal: bool) -> bool {
    (finding.code == &codes::template::syntax && finding.severity == Severity::Warning)
        || (is_literal && finding.code == &codes::template::unclosed_bracket)
}

/// `xmlns` or `xmlns:…`.
fn is_declaration(name: &PrefixedName) -> bool {
    name.prefix == "xmlns" || (name.prefix.is_empty() && name.local == "xmlns")
}

/// A script around a fragment.
fn made_up_script(roots: &[&TreeElement]) -> Statement {
    let span = roots.iter().map(|element| element.span()).reduce(Span::cover).unwrap_or_default();
    let name = PrefixedName { prefix: "api".to_owned(), local: "script".to_owned() };
    Statement {
        name: Spanned::new(name, Span::at(span.start())),
        keyword: keyword("script"),
        params: Vec::new(),
        body: Vec::new(),
        text: None,
        end_name: None,
        included: None,
        span,
    }
}

/// What stands between `<![CDATA[` and `]]>`.
fn cdata_content(text: &str, span: Span) -> Span {
    let range = span.range();
    let start = (range.start + "<![CDATA[".len()).min(range.end);
    let end = if text[start..range.end].ends_with("]]>") { range.end - 3 } else { range.end };
    Span::from_range(start..end)
}
