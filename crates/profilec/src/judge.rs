//! What is said about profiles, after the command line, the profile itself and its project had their say.

use std::path::Path;

use profilec_check::{Remark, SettleOptions, settle};
use profilec_diagnostics::{Diagnostic, FileFindings, Levels, Severity, Source, SourceFile};

use crate::{
    args::CheckArgs,
    failure::Failure,
    profile::{File, Profile},
    project::{CheckSettings, Projects},
};

/// Settles findings.
pub(crate) struct Judge {
    over: Levels,
    deny_warnings: bool,
    least: Option<Severity>,
    projects: Projects,
}

impl Judge {
    /// What the command line wants.
    ///
    /// # Errors
    /// The file of `--config` cannot be read.
    pub(crate) fn new(args: &CheckArgs) -> Result<Self, Failure> {
        Ok(Self {
            over: args.levels.levels.clone(),
            deny_warnings: args.deny_warnings,
            least: args.min_level.map(Severity::from),
            projects: Projects::new(args.config.as_deref())?,
        })
    }

    /// Whether the project of a file or folder leaves it out.
    pub(crate) fn excludes(&mut self, path: &Path) -> bool {
        self.projects.exclude(path)
    }

    /// What there is to say about a profile.
    pub(crate) fn judge(&mut self, file: &File, profile: Profile) -> FileFindings {
        let project = self.projects.of(&file.place());
        let check = project.as_ref().map(|project| &project.check);
        let findings = profile.findings();
        self.settled(profile.source, findings, &profile.remarks, check)
    }

    /// What is wrong with the settings of the projects that were met.
    pub(crate) fn faults_of_projects(&self) -> Vec<FileFindings> {
        let faults = self.projects.met().filter_map(|project| match &project.file {
            Ok((_, findings)) if findings.is_empty() => None,
            Ok((source, findings)) => {
                Some(self.settled(source.clone(), findings.clone(), &[], Some(&project.check)))
            }
            Err((path, reason)) => {
                Some(FileFindings::Unreadable { path: path.clone(), reason: reason.clone() })
            }
        });
        faults.collect()
    }

    fn settled(
        &self,
        source: Source,
        findings: Vec<Diagnostic>,
        remarks: &[Remark],
        check: Option<&CheckSettings>,
    ) -> FileFindings {
        let options = SettleOptions {
            over: self.over.clone(),
            under: check.map(|check| check.levels.clone()).unwrap_or_default(),
            least: self.least.or(check.and_then(|check| check.least)).unwrap_or(Severity::Info),
        };
        let own = source.files().first().map(SourceFile::span).unwrap_or_default();
        let settled = settle(source.text(), own, findings, remarks, &options);
        FileFindings::Checked {
            source,
            findings: settled.findings,
            allowed: settled.allowed,
            deny_warnings: self.deny_warnings || check.is_some_and(|check| check.deny_warnings),
        }
    }
}
