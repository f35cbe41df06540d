//! The findings of all files, their counts, and the order in which programs get them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{Applicability, Diagnostic, Fix, Severity, Source, SourceFile};

/// What was found in one profile, or why it could not be read.
#[derive(Clone, Debug)]
pub enum FileFindings {
    /// It was read and checked.
    Checked {
        /// Its file, and those that it includes.
        source: Source,
        /// What is wrong with them, in any order.
        findings: Vec<Diagnostic>,
        /// What is not told, in any order.
        allowed: Vec<Allowed>,
        /// Its warnings are as grave as errors.
        deny_warnings: bool,
    },
    /// It was not read: missing, not UTF-8, too large.
    Unreadable {
        /// Its name, with `/`.
        path: String,
        /// Why not.
        reason: String,
    },
}

/// A finding that is not told.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// What it would say.
    pub finding: Diagnostic,
    /// Who wants it so.
    pub by: AllowedBy,
}

/// Who wants a finding not to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedBy {
    /// A remark in the profile: `<!-- profilec: allow(CODE) why -->`.
    Remark {
        /// Why.
        reason: Option<String>,
    },
    /// The command line, or the project's settings.
    Settings,
}

impl FileFindings {
    /// The name that messages show.
    pub fn path(&self) -> &str {
        match self {
            Self::Checked { source, .. } => source.name(),
            Self::Unreadable { path, .. } => path,
        }
    }

    /// The names of all its files.
    fn paths(&self) -> Vec<&str> {
        match self {
            Self::Checked { source, .. } => source.files().iter().map(SourceFile::name).collect(),
            Self::Unreadable { path, .. } => vec![path],
        }
    }

    /// Its findings; none when it was not read.
    pub fn findings(&self) -> &[Diagnostic] {
        match self {
            Self::Checked { findings, .. } => findings,
            Self::Unreadable { .. } => &[],
        }
    }

    /// What is not told about it.
    pub fn allowed(&self) -> &[Allowed] {
        match self {
            Self::Checked { allowed, .. } => allowed,
            Self::Unreadable { .. } => &[],
        }
    }

    /// The least grave finding that fails its check.
    pub fn failing(&self) -> Severity {
        match self {
            Self::Checked { deny_warnings: true, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Whether it has findings that fail its check.
    pub fn fails(&self) -> bool {
        self.findings().iter().any(|finding| finding.severity >= self.failing())
    }
}

/// Counts over all files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files, those that were not read included.
    pub files: usize,
    /// Files that were not read.
    pub unreadable: usize,
    /// Findings of this severity.
    pub errors: usize,
    /// Findings of this severity.
    pub warnings: usize,
    /// Findings of this severity.
    pub infos: usize,
    /// Findings that were turned off.
    pub allowed: usize,
    /// Those of them that would be errors by their code.
    pub allowed_errors: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings that were fixed.
    pub fixed: usize,
}

impl Summary {
    /// Counts what is there. What was fixed is not: the caller knows.
    pub fn of(files: &[FileFindings]) -> Self {
        let names: BTreeSet<&str> = files.iter().flat_map(FileFindings::paths).collect();
        let mut summary = Self { files: names.len(), ..Self::default() };
        for file in files {
            summary.unreadable += usize::from(matches!(file, FileFindings::Unreadable { .. }));
            for finding in file.findings() {
                match finding.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                    Severity::Info => summary.infos += 1,
                }
                let safe = |fix: &Fix| fix.applicability == Applicability::Safe;
                summary.fixable += usize::from(finding.fixes.iter().any(safe));
            }
            summary.allowed += file.allowed().len();
            let errors = file.allowed().iter().filter(|allowed| allowed.finding.severity == Severity::Error);
            summary.allowed_errors += errors.count();
        }
        summary
    }
}

/// A file with its findings, each with the source that its spans are of.
pub(crate) struct ListedFile<'a> {
    pub(crate) path: &'a str,
    pub(crate) unreadable: Option<&'a str>,
    pub(crate) findings: Vec<ListedFinding<'a>>,
}

/// A finding with all that is known about it.
#[derive(Clone, Copy)]
pub(crate) struct ListedFinding<'a> {
    pub(crate) finding: &'a Diagnostic,
    /// What its places are of.
    pub(crate) source: &'a Source,
    /// It fails the check.
    pub(crate) fails: bool,
    /// Who wants it not to be told.
    pub(crate) allowed: Option<&'a AllowedBy>,
}

impl<'a> ListedFile<'a> {
    const fn new(path: &'a str) -> Self {
        Self { path, unreadable: None, findings: Vec::new() }
    }
}

/// Files by path, findings by start, then code. An included file is a file of its own.
pub(crate) fn listed(files: &[FileFindings]) -> Vec<ListedFile<'_>> {
    list(files, false)
}

/// As [`listed`], with the findings that are not told.
pub(crate) fn listed_with_allowed(files: &[FileFindings]) -> Vec<ListedFile<'_>> {
    list(files, true)
}

fn list(files: &[FileFindings], with_allowed: bool) -> Vec<ListedFile<'_>> {
    let mut by_path: BTreeMap<&str, ListedFile<'_>> = BTreeMap::new();
    for file in files {
        match file {
            FileFindings::Checked { source, findings, allowed, .. } => {
                for file in source.files() {
                    by_path.entry(file.name()).or_insert_with(|| ListedFile::new(file.name()));
                }
                let fails = |finding: &Diagnostic| finding.severity >= file.failing();
                let told = findings.iter().map(|finding| (finding, fails(finding), None));
                let allowed = allowed.iter().filter(|_| with_allowed);
                let allowed = allowed.map(|allowed| (&allowed.finding, false, Some(&allowed.by)));
                for (finding, fails, allowed) in told.chain(allowed) {
                    let path = source.file_at(finding.primary.span.start()).name();
                    let file = by_path.entry(path).or_insert_with(|| ListedFile::new(path));
                    file.findings.push(ListedFinding { finding, source, fails, allowed });
                }
            }
            FileFindings::Unreadable { path, reason } => {
                by_path.entry(path).or_insert_with(|| ListedFile::new(path)).unreadable = Some(reason);
            }
        }
    }
    let mut listed: Vec<ListedFile<'_>> = by_path.into_values().collect();
    for file in &mut listed {
        file.findings.sort_by_key(|listed| {
            let ListedFinding { finding, source, .. } = listed;
            (source.stored_offset(finding.primary.span.start()), finding.code.id)
        });
    }
    listed
}
