//! The template grammar over a decoded text: never panics, places lead to what they are of, the parts cover the
//! text, and evaluating whatever was read is bounded.
//!
//! The input is a template in its first line, entities and all, and values of `[a]`, `[b]` … in the others.

#![no_main]

use libfuzzer_sys::fuzz_target;
use profilec_diagnostics::{Applicability, Span};
use profilec_fuzz::{assert_within, document, lies_in, lines, quoted, run};
use profilec_syntax::{Document, Part, Reference, Source, Template, Text, escape_template, parse_template};

fuzz_target!(|input: &str| {
    let (written, values) = lines(input);
    let statements = |value: &str| {
        let inputs = ('a'..='h').zip(&values);
        let sets: String =
            inputs.map(|(name, _)| format!(r#"<api:set attr="{name}" value="[_input.{name}]"/>"#)).collect();
        format!(r#"{sets}<api:set attr="id" value="{}"/><api:push/>"#, quoted(value))
    };
    let (file, whole) = document(&statements(written));
    let Some(template) = value_of_id(&whole) else { return };
    places(&file, template);
    let plain = covered(template.text.as_str());
    assert_eq!(&plain, template, "decoding changes what a template means");
    same_places(&file, template, &plain);
    let escaped = escape_template(template.text.as_str());
    let (literal, findings) = parse_template(verbatim(&escaped));
    assert!(findings.is_empty(), "an escaped text has findings: {findings:?}");
    assert_eq!(literal.as_literal(), Some(template.text.as_str()), "escaping is not undone");
    // A text that goes beyond its attribute is not the one that is meant.
    if let Some(first) = run(&file, &whole, &values) {
        assert_eq!(Some(first), run(&file, &whole, &values), "the same seed gives another value");
    }
});

fn verbatim(text: &str) -> Text {
    Text::verbatim(text, Span::from_range(0..text.len()))
}

fn value_of_id(document: &Document) -> Option<&Template> {
    let block = document.script.as_ref()?.body.first()?;
    let is_id = |template: &Template| template.as_literal() == Some("id");
    let set = block.body.iter().find(|set| set.value("attr").is_some_and(is_id))?;
    set.value("value")
}

/// References lie in the template, what is in them lies in them, and names are spelt as they are read.
fn places(file: &str, template: &Template) {
    for part in &template.parts {
        let Part::Reference(reference) = part else { continue };
        within(file, reference, template.span());
    }
}

fn within(file: &str, reference: &Reference, outer: Span) {
    let inside = |span: Span, outer: Span| {
        assert!(lies_in(span, &outer.range()), "{span:?} leaves {outer:?} in {file:?}");
        assert!(file.get(span.range()).is_some(), "{span:?} cuts a character");
    };
    inside(reference.span, outer);
    inside(reference.source_span, reference.span);
    if let Source::Name(parts) = &reference.source {
        nested(file, parts, reference.span);
    }
    let mut before = reference.source_span.start();
    for call in &reference.pipeline {
        inside(call.name.span, reference.span);
        assert!(before <= call.name.span.start(), "formatters stand out of order");
        before = call.name.span.end();
        for argument in &call.arguments {
            inside(argument.span, reference.span);
            assert!(before <= argument.span.start(), "arguments stand out of order");
            before = argument.span.end();
            nested(file, &argument.node.parts, argument.span);
        }
    }
}

fn nested(file: &str, parts: &[Part], outer: Span) {
    for part in parts {
        if let Part::Reference(reference) = part {
            within(file, reference, outer);
        }
    }
}

/// Parses a text that stands as it means: between its references there is nothing but its literals. The safe
/// fix keeps the meaning.
fn covered(text: &str) -> Template {
    let (template, findings) = parse_template(verbatim(text));
    findings.iter().for_each(|finding| assert_within(finding, text));
    let mut at = 0;
    let mut parts = template.parts.iter().peekable();
    while at < text.len() || parts.peek().is_some() {
        let gap = match parts.peek() {
            Some(Part::Literal(literal)) => {
                parts.next();
                literal.as_str()
            }
            _ => "",
        };
        let end = match parts.next() {
            Some(Part::Reference(reference)) => {
                let range = reference.span.range();
                assert_eq!(unescaped(&text[at..range.start]), gap, "a literal is not what stands there");
                range.end
            }
            None => {
                assert_eq!(unescaped(&text[at..]), gap, "the last literal is not what stands there");
                text.len()
            }
            Some(Part::Literal(_)) => panic!("two literals are one"),
        };
        at = end;
    }
    let safe = findings.iter().flat_map(|finding| &finding.fixes);
    for fix in safe.filter(|fix| fix.applicability == Applicability::Safe) {
        let mut mended = text.to_owned();
        for edit in fix.edits.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.text);
        }
        assert_eq!(parse_template(verbatim(&mended)).0, template, "a safe fix changes the meaning");
    }
    template
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('[' | ']' | '\\')) => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

/// What a place of the file says is what the same place of the decoded text says.
fn same_places(file: &str, template: &Template, plain: &Template) {
    for (written, meant) in template.references().into_iter().zip(plain.references()) {
        let text = &template.text.as_str()[meant.span.range()];
        let (_, again) =
            document(&format!(r#"<api:set attr="id" value="{}"/>"#, &file[written.span.range()]));
        let decoded = value_of_id(&again).map(|value| value.text.as_str().to_owned());
        assert_eq!(decoded.as_deref(), Some(text), "a place of the file is not that of its text");
    }
}
