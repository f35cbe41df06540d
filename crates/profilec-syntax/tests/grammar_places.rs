//! Findings point into the file, and paths are shown as people write them.

use profilec_diagnostics::Span;
use profilec_syntax::{Text, parse, parse_expression, parse_path, parse_row_path, parse_template};
use profilec_vocabulary::ResponseFormat::Json;

/// The text of an attribute `a="…"`, whose value has `&amp;` and `&lt;` in it.
fn attribute(value: &str) -> (String, Text) {
    let file = format!("a=\"{value}\"");
    let mut decoded = String::new();
    let mut steps = Vec::new();
    let mut rest = value;
    let place = |rest: &str| u32::try_from(file.len() - 1 - rest.len()).expect("a short text");
    let length = |text: &str| u32::try_from(text.len()).expect("a short text");
    steps.push((0, place(rest)));
    while let Some(c) = rest.chars().next() {
        let entity = [("&amp;", '&'), ("&lt;", '<')].into_iter().find(|(entity, _)| rest.starts_with(entity));
        let (len, meant) = entity.map_or((c.len_utf8(), c), |(entity, meant)| (entity.len(), meant));
        if entity.is_some() {
            steps.push((length(&decoded), place(rest)));
        }
        decoded.push(meant);
        rest = &rest[len..];
        if entity.is_some() {
            steps.push((length(&decoded), place(rest)));
        }
    }
    let span = Span::from_range(3..file.len() - 1);
    (file, Text::decoded(decoded, span, steps))
}

#[test]
fn a_reference_after_an_entity_is_found_in_the_file() {
    let (file, text) = attribute("a&amp;b=[x | replace('&lt;', '-')]&amp;[y");
    let (template, findings) = parse_template(text);
    let references = template.references();
    assert_eq!(&file[references[0].span.range()], "[x | replace('&lt;', '-')]");
    assert_eq!(&file[references[0].source_span.range()], "x");
    let call = &references[0].pipeline[0];
    assert_eq!(&file[call.name.span.range()], "replace");
    assert_eq!(&file[call.arguments[0].span.range()], "'&lt;'");
    assert_eq!(findings.len(), 1);
    assert_eq!(&file[findings[0].primary.span.start() as usize..], "[y\"");
}

#[test]
fn a_fault_in_an_expression_is_found_in_the_file() {
    let (file, text) = attribute("[a] &lt; 3 &amp;&amp; [b] &lt; ");
    let (template, _) = parse_template(text);
    let finding = parse_expression(&template).expect_err("a value is missing");
    assert_eq!(&file[..finding.primary.span.start() as usize], "a=\"[a] &lt; 3 &amp;&amp; [b] &lt;");
    let (file, text) = attribute("[a] &lt; 3 &amp; [b]");
    let finding = parse_expression(&parse_template(text).0).expect_err("`&` is no operator");
    assert_eq!(&file[finding.primary.span.range()], "&amp;");
}

#[test]
fn a_fault_in_a_row_path_is_found_in_the_file() {
    let (file, text) = attribute("$.a&amp;b;$.c");
    let finding = parse_row_path(&text, Json).expect_err("`&` is no member character");
    assert_eq!(&file[finding.primary.span.start() as usize..], "&amp;b;$.c\"");
}

#[test]
fn a_fault_in_an_escaped_path_is_found_in_the_file() {
    let (file, text) = attribute(r"/a\[x\]/b");
    let literal = parse_template(text).0.literal_text().expect("it has no reference");
    assert_eq!(literal.as_str(), "/a[x]/b");
    let finding = parse_path(&literal, Json).expect_err("`x` is no index");
    assert_eq!(&file[finding.primary.span.start() as usize..], "x\\]/b\"");
}

#[test]
fn paths_are_shown_as_people_write_them() {
    let shown = |written: &str| {
        let text = Text::verbatim(written, Span::from_range(0..written.len()));
        let path = parse_path(&text, Json).expect("a good path").expect("not empty");
        let rows = parse_row_path(&text, Json).expect("a good path");
        (path.to_string(), rows[0].to_string())
    };
    let both = |path: &str, rows: &str| (path.to_owned(), rows.to_owned());
    assert_eq!(shown("a/b[1]/c"), both("a/b[1]/c", "/a/b[1]/c"));
    assert_eq!(shown("$.json.a[0].b"), both("/a[0]/b", "/a[0]/b"));
    assert_eq!(shown("/json"), both("/", "/"));
    assert_eq!(shown("."), both(".", "/"));
    assert_eq!(shown("$[0].*"), both("/[0]/*", "/[0]/*"));
    let query = Text::verbatim("$..a", Span::at(0));
    assert_eq!(parse_row_path(&query, Json).expect("a good query")[0].to_string(), "$..a");
}

#[test]
fn a_path_that_slashes_cannot_say_is_shown_so_that_it_reads_back() {
    for (written, expected) in [
        ("$['a/b'].c[0].*", "$['a/b'].c[0].*"),
        ("$[\"it's/\"]", "$[\"it's/\"]"),
        ("$['a;b']", "$['a;b']"),
        ("$[' a']['']", "$[' a']['']"),
        ("json/a", "json/a"),
        ("./$a", "/$a"),
    ] {
        let rows = |written: &str| {
            let text = Text::verbatim(written, Span::from_range(0..written.len()));
            parse_row_path(&text, Json).expect("a good path")
        };
        let shown = rows(written)[0].to_string();
        assert_eq!(shown, expected);
        assert_eq!(rows(&shown), rows(written), "{shown}");
    }
    let of_row = Text::verbatim("./$a", Span::from_range(0..4));
    let path = parse_path(&of_row, Json).expect("a good path").expect("not empty");
    assert_eq!(path.to_string(), "./$a");
}

#[test]
fn brackets_of_a_path_are_text_without_a_warning() {
    let warnings = |attr: &str, value: &str| {
        let file = format!(
            "<api:script xmlns:api=\"http://apiscript.com/ns?v1\"><api:set attr=\"{attr}\" value=\"{value}\"/></api:script>"
        );
        parse(&file)
            .diagnostics
            .iter()
            .filter(|finding| finding.code.id == "profilec::template::syntax")
            .count()
    };
    assert_eq!(warnings("JSONPath", "$.a[0].b[*]"), 0);
    assert_eq!(warnings("elementmappath#2", "/json/a[0]/next"), 0);
    assert_eq!(warnings("data", "[1, 2]"), 1);
    assert_eq!(warnings("JSONPath", "$.[x | ]"), 1, "a broken reference stays an error");
}

#[test]
fn a_fault_at_a_wide_character_covers_all_of_it() {
    let (file, text) = attribute("[x | trim é]");
    let (template, _) = parse_template(text);
    let fault = parse_expression(&template).expect_err("the pipeline is broken");
    assert_eq!(&file[fault.primary.span.range()], "é");
}
