//! `fixtures/edit/hover`: the cursor is `<|>`, the expected Markdown stands in the `.md` beside the profile.

use std::path::Path;

use profilec_edit::hover;

#[expect(clippy::needless_pass_by_value, reason = "the harness hands the text over")]
fn hovers(path: &Path, marked: String) -> datatest_stable::Result<()> {
    let offset = marked.find("<|>").ok_or("no cursor")?;
    let text = marked.replacen("<|>", "", 1);
    let expected = path.with_extension("md");
    let found = hover(&text, offset);
    if let Some(found) = &found {
        assert!(found.span.range().start <= offset && offset <= found.span.range().end);
    }
    let given = found.map_or_else(String::new, |found| format!("{}\n", found.markdown));
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    if std::env::var("PROFILEC_BLESS").is_ok() {
        std::fs::write(&expected, &given)?;
    }
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    let expected = std::fs::read_to_string(expected)?;
    assert_eq!(given, expected);
    Ok(())
}

datatest_stable::harness! {
    { test = hovers, root = "../../fixtures/edit/hover", pattern = r"\.rsd$" },
}
