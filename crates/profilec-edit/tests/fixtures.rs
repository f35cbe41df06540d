//! `fixtures/edit`: the cursor is `<|>` in a profile, what is expected stands in the file beside it.

use std::fmt::Write as _;
use std::path::Path;

use profilec_edit::{complete, hover};

#[expect(clippy::needless_pass_by_value, reason = "the harness hands the text over")]
fn hovers(path: &Path, marked: String) -> datatest_stable::Result<()> {
    let (text, offset) = cursor(&marked)?;
    let found = hover(&text, offset);
    if let Some(found) = &found {
        assert!(found.span.range().start <= offset && offset <= found.span.range().end);
    }
    let given = found.map_or_else(String::new, |found| format!("{}\n", found.markdown));
    expect(&path.with_extension("md"), &given)
}

#[expect(clippy::needless_pass_by_value, reason = "the harness hands the text over")]
fn completes(path: &Path, marked: String) -> datatest_stable::Result<()> {
    let (text, offset) = cursor(&marked)?;
    let found = complete(&text, offset);
    let mut given =
        format!("replaces `{}`\n\n", text.get(found.span.range()).ok_or("a span out of the text")?);
    let typed = text.get(found.span.range().start..offset).ok_or("a span without the cursor")?.to_lowercase();
    // As editors show them.
    for candidate in found.candidates.iter().filter(|shown| shown.label.to_lowercase().starts_with(&typed)) {
        write!(given, "{:?} {}", candidate.kind, candidate.label)?;
        if candidate.insert != candidate.label {
            write!(given, " => {}", candidate.insert)?;
        }
        let legacy = if candidate.is_legacy { " (legacy)" } else { "" };
        writeln!(given, "{legacy}")?;
        let first = candidate.markdown.lines().find(|line| !line.is_empty() && !is_title(line));
        writeln!(given, "    {}", first.unwrap_or_default())?;
    }
    expect(&path.with_extension("txt"), &given)
}

/// A line that says the name alone.
fn is_title(line: &str) -> bool {
    line.starts_with('`') && line.ends_with('`') && line.matches('`').count() == 2
}

fn cursor(marked: &str) -> Result<(String, usize), &'static str> {
    let offset = marked.find("<|>").ok_or("no cursor")?;
    Ok((marked.replacen("<|>", "", 1), offset))
}

fn expect(file: &Path, given: &str) -> datatest_stable::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    if std::env::var("PROFILEC_BLESS").is_ok() {
        std::fs::write(file, given)?;
    }
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    let expected = std::fs::read_to_string(file)?;
    assert_eq!(given, expected);
    Ok(())
}

datatest_stable::harness! {
    { test = hovers, root = "../../fixtures/edit/hover", pattern = r"\.rsd$" },
    { test = completes, root = "../../fixtures/edit/complete", pattern = r"\.rsd$" },
}
