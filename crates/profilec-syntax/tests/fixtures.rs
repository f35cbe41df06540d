//! Every `fixtures/syntax/{ok,broken}/<case>.rsd` has a `.snap` beside it: what it means, then what is
//! wrong with it.

use std::fmt::Write;

use profilec_diagnostics::{Applicability, Diagnostic, Edit, Source, Span};
use profilec_syntax::{Attribute, Document, Parsed, Statement, Template, parse};

datatest_stable::harness! {
    { test = ok, root = "../../fixtures/syntax/ok", pattern = r"\.rsd$" },
    { test = broken, root = "../../fixtures/syntax/broken", pattern = r"\.rsd$" },
}

/// A profile as it should be: no finding.
#[expect(clippy::needless_pass_by_value, reason = "the harness hands the text over")]
fn ok(path: &datatest_stable::Utf8Path, text: String) -> datatest_stable::Result<()> {
    let parsed = parse(&text);
    snapshot(path, &text, &parsed);
    if parsed.diagnostics.is_empty() { Ok(()) } else { Err("findings in a whole profile".into()) }
}

/// A profile with faults: each is found, and what can be mended safely can be mended.
fn broken(path: &datatest_stable::Utf8Path, text: String) -> datatest_stable::Result<()> {
    let parsed = parse(&text);
    snapshot(path, &text, &parsed);
    if parsed.diagnostics.is_empty() {
        return Err("no finding in a broken profile".into());
    }
    let mended = mend(text);
    let left: Vec<_> = parse(&mended).diagnostics.iter().filter_map(safe_edits).collect();
    if left.is_empty() { Ok(()) } else { Err(format!("fixes that do not fix: {left:#?}\n{mended}").into()) }
}

fn snapshot(path: &datatest_stable::Utf8Path, text: &str, parsed: &Parsed) {
    tiles(text, parsed);
    let mut out = String::new();
    document(&mut out, &parsed.document);
    findings(&mut out, text, &parsed.diagnostics);
    let mut settings = insta::Settings::new();
    let folder = path.parent().expect("a fixture is in a folder").canonicalize_utf8().expect("it exists");
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(path.file_stem().expect("a fixture has a name"), out));
}

fn tiles(text: &str, parsed: &Parsed) {
    let mut at = 0;
    for leaf in parsed.tree.leaves() {
        assert_eq!(leaf.range().start, at, "leaves leave a gap or overlap");
        at = leaf.range().end;
    }
    assert_eq!(at, text.len(), "leaves do not reach the end");
}

fn document(out: &mut String, document: &Document) {
    if let Some(info) = &document.info {
        attributes(out, 0, "info", &info.name.node.to_string(), &info.attributes);
        for column in &info.columns {
            attributes(out, 1, "column", &column.tag.node.to_string(), &column.attributes);
        }
        for output in &info.outputs {
            attributes(out, 1, "output", &output.tag.node.to_string(), &output.attributes);
        }
        for input in &info.inputs {
            attributes(out, 1, "input", &input.tag.node.to_string(), &input.attributes);
        }
        for unknown in &info.unknown {
            let _ = writeln!(out, "  unknown {}", unknown.node);
        }
    }
    match &document.script {
        Some(script) => statement(out, 0, script),
        None => out.push_str("nothing\n"),
    }
}

fn attributes(out: &mut String, depth: usize, what: &str, name: &str, attributes: &[Attribute]) {
    let _ = write!(out, "{:1$}{what} {name}", "", depth * 2);
    for attribute in attributes {
        match &attribute.value {
            Some(value) => {
                let _ = write!(out, " {}={:?}", attribute.name.node, value.as_str());
            }
            None => {
                let _ = write!(out, " {}", attribute.name.node);
            }
        }
    }
    out.push('\n');
}

fn statement(out: &mut String, depth: usize, it: &Statement) {
    let unknown = if it.keyword.is_none() { "unknown " } else { "" };
    let made_up = if it.name.span.is_empty() { " (made up)" } else { "" };
    let _ = write!(out, "{:1$}{unknown}{2}{made_up}", "", depth * 2, it.name.node);
    for param in &it.params {
        let unknown = if it.keyword.is_some() && param.parameter.is_none() { "unknown " } else { "" };
        let _ = write!(out, " {unknown}{}={:?}", param.name.node, value(&param.value));
    }
    out.push('\n');
    if let Some(text) = &it.text {
        let _ = writeln!(out, "{:1$}text {2:?}", "", depth * 2 + 2, value(text));
    }
    for child in &it.body {
        statement(out, depth + 1, child);
    }
}

fn value(template: &Template) -> &str {
    template.text.as_str()
}

fn findings(out: &mut String, text: &str, findings: &[Diagnostic]) {
    let source = Source::new("profile", text);
    let place = |span: Span| {
        let (start, end) = (source.position(span.start()), source.position(span.end()));
        format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
    };
    for finding in findings {
        let code = finding.code.id.trim_start_matches("profilec::");
        let _ = writeln!(
            out,
            "\n{} {} {code}: {}",
            place(finding.primary.span),
            finding.severity.as_str(),
            finding.message
        );
        let _ = writeln!(
            out,
            "  `{}` {}",
            source.slice(finding.primary.span).escape_debug(),
            finding.primary.text
        );
        for label in &finding.others {
            let _ = writeln!(out, "  {} `{}` {}", place(label.span), source.slice(label.span), label.text);
        }
        if let Some(help) = &finding.help {
            let _ = writeln!(out, "  help: {help}");
        }
        for fix in &finding.fixes {
            let safe = if fix.applicability == Applicability::Safe { "fix" } else { "unsafe fix" };
            let _ = writeln!(out, "  {safe}: {}", fix.title);
            for edit in &fix.edits {
                let old = source.slice(edit.span).escape_debug();
                let _ = writeln!(out, "    {} `{old}` -> `{}`", place(edit.span), edit.text);
            }
        }
    }
}

fn safe_edits(finding: &Diagnostic) -> Option<Vec<Edit>> {
    let safe = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)?;
    Some(safe.edits.clone())
}

/// Applies the first safe fix of each finding until nothing changes, as `check --fix` does.
fn mend(mut text: String) -> String {
    for _ in 0..20 {
        let mut edits: Vec<Edit> = Vec::new();
        for fix in parse(&text).diagnostics.iter().filter_map(safe_edits) {
            let clear = |edit: &Edit| {
                edits
                    .iter()
                    .all(|other| other.span.end() < edit.span.start() || edit.span.end() < other.span.start())
            };
            if fix.iter().all(clear) {
                edits.extend(fix);
            }
        }
        if edits.is_empty() {
            break;
        }
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start()));
        for edit in edits {
            text.replace_range(edit.span.range(), &edit.text);
        }
    }
    text
}
