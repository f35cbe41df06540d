//! Profiles: found, read, linked with what they include, compiled.

mod archive;
mod bundle;
mod export;
mod file;
mod include;
mod includers;
mod listing;
mod outline;
mod table;
mod walk;

use profilec_check::{CheckOptions, Checked, Remark};
use profilec_diagnostics::{Code, Diagnostic, Encoding, Severity, Source, codes, keep_lines};
use profilec_plan::{LowerOptions, Plan};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::KeywordId;

pub(crate) use file::{File, canonical, decode, folder_of, name, plain, read_bytes};
pub(crate) use includers::includers;
use listing::Listing;
pub(crate) use outline::{Outline, tables};
pub(crate) use table::open;
pub(crate) use walk::{Found, Unreadable, walk, walk_but};

/// Faults after which a part of the profile is not known: a run without it could lose columns or pages
/// silently.
const CUTS: [&Code; 5] = [
    &codes::xml::comment_unclosed,
    &codes::xml::doctype,
    &codes::xml::empty_file,
    &codes::xml::too_deep,
    &codes::xml::truncated,
];

/// A profile with all that it includes.
#[derive(Debug)]
pub(crate) struct Profile {
    /// Its text, and that of the included files.
    pub(crate) source: Source,
    document: Document,
    /// What is wrong with the XML and with the included files.
    diagnostics: Vec<Diagnostic>,
    /// What it and the included files say to the checker.
    pub(crate) remarks: Vec<Remark>,
    /// The identity of its own file.
    identity: String,
    /// The identities of the included files.
    included: Vec<String>,
}

impl Profile {
    /// Reads a profile and all that it includes; the error says why it cannot be read.
    pub(crate) fn read(file: &File, allow_files: bool) -> Result<Self, String> {
        let (text, encoding) = file.read()?;
        Ok(Self::of(file, &text, encoding, allow_files))
    }

    /// A text as if a file held it, with all that it includes.
    pub(crate) fn of(file: &File, text: &str, encoding: Encoding, allow_files: bool) -> Self {
        include::link(Source::with_encoding(file.name(), text, encoding), file, allow_files)
    }

    /// Compiles it for running.
    ///
    /// # Errors
    /// What keeps it from running.
    pub(crate) fn compile(&self) -> Result<Plan, Vec<Diagnostic>> {
        let lowered = profilec_plan::lower(&self.document, &self.lower_options());
        let is_whole = !self.diagnostics.iter().any(|finding| CUTS.contains(&finding.code));
        match lowered {
            Ok(plan) if is_whole => Ok(plan),
            lowered => {
                let errors = self.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
                Err(joined(errors.cloned().collect(), lowered.err().unwrap_or_default()))
            }
        }
    }

    /// Everything that can be said about it.
    pub(crate) fn findings(&self) -> Vec<Diagnostic> {
        let checked = Checked::new(&self.document, &self.check_options());
        // What the checker refuses, lowering would only say again.
        let lowered = if checked.is_blocked() {
            Vec::new()
        } else {
            profilec_plan::lower_checked(&self.document, &self.lower_options()).err().unwrap_or_default()
        };
        let mut findings = self.diagnostics.clone();
        findings.extend(checked.into_findings());
        let mut findings = joined(findings, lowered);
        keep_lines(self.source.text(), &mut findings);
        findings
    }

    /// What it says.
    pub(crate) const fn document(&self) -> &Document {
        &self.document
    }

    fn check_options(&self) -> CheckOptions {
        // What comes from the standard input stands in no file.
        if self.source.name() == "<stdin>" {
            CheckOptions::default()
        } else {
            CheckOptions::for_file(self.stem())
        }
    }

    fn lower_options(&self) -> LowerOptions {
        LowerOptions { table: self.stem().to_owned() }
    }

    /// The file's name without folder and ending.
    fn stem(&self) -> &str {
        let file = self.source.name().rsplit('/').next().unwrap_or_default();
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    }

    fn title(&self) -> Option<&str> {
        let title = self.document.info.as_ref()?.title()?.as_str().trim();
        (!title.is_empty()).then_some(title)
    }

    /// Whether it is a stored procedure, as the ending of its file says.
    fn is_procedure(&self) -> bool {
        self.source.name().to_ascii_lowercase().ends_with(".rsb")
    }

    /// What `--table` calls it.
    fn table(&self) -> &str {
        self.title().unwrap_or_else(|| self.stem())
    }

    /// What it is to other files.
    pub(crate) fn outline(&self) -> Outline {
        let (identity, included) = (self.identity.clone(), self.included.clone());
        Outline { identity, is_fragment: self.is_fragment(), included }
    }

    /// Whether it cannot be a table of its own: it declares no columns, or asks for nothing.
    fn is_fragment(&self) -> bool {
        let reads = |script: &Statement| has(script, &[KeywordId::Call, KeywordId::Push]);
        self.document.info.is_none() || !self.document.script.as_ref().is_some_and(reads)
    }
}

fn has(statement: &Statement, keywords: &[KeywordId]) -> bool {
    statement.id().is_some_and(|id| keywords.contains(&id))
        || statement.body.iter().any(|child| has(child, keywords))
}

/// All findings by place. Of an earlier and a later stage that speak of the same place, the graver one stays,
/// else the earlier one.
fn joined(mut earlier: Vec<Diagnostic>, mut later: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_same_place = |a: &Diagnostic, b: &Diagnostic| {
        let (a, b) = (a.primary.span, b.primary.span);
        a == b || (a.start() < b.end() && b.start() < a.end())
    };
    later.retain(|late| {
        !earlier.iter().any(|early| early.severity >= late.severity && is_same_place(early, late))
    });
    earlier.retain(|early| !later.iter().any(|late| early.code == late.code && is_same_place(early, late)));
    let mut findings = earlier;
    findings.append(&mut later);
    findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
    // A file that is included twice is judged twice.
    findings.dedup_by(|a, b| a.code == b.code && a.primary == b.primary && a.message == b.message);
    findings
}

/// "`A`, `B`".
pub(crate) fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Everything that follows from a cut follows from it: it is the one finding.
    #[test]
    fn a_profile_cut_anywhere_gives_one_finding() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/syntax/ok");
        let mut cuts = 0;
        for file in walk(&[folder]).expect("profiles") {
            let file = file.expect("a file");
            let whole = Profile::read(&file, false).expect("a profile");
            if !whole.findings().is_empty() {
                continue;
            }
            let text = whole.source.text();
            let end = text.rfind("</").unwrap_or_default();
            for (at, _) in text.char_indices().take_while(|(at, _)| *at < end) {
                let cut = include::link(Source::new("cut.rsd", &text[..at]), &file, false);
                let codes: Vec<_> = cut.findings().iter().map(|finding| finding.code.id).collect();
                let is_right =
                    matches!(codes[..], ["profilec::xml::truncated" | "profilec::xml::empty_file"]);
                assert!(is_right, "{} cut at byte {at}: {codes:?}", file.name());
                cuts += 1;
            }
        }
        assert!(cuts > 10_000, "only {cuts} cuts were tried");
    }
}
