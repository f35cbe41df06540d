//! What is said about profiles, after the command line, the profile itself and its project had their say.

use std::{collections::HashSet, path::Path};

use profilec_check::{Remark, SettleOptions, settle};
use profilec_diagnostics::{Diagnostic, FileFindings, Levels, Severity, Source, SourceFile, codes};

use crate::{
    args::CheckArgs,
    failure::Failure,
    parallel,
    profile::{File, Found, Outline, Profile, Unreadable, includers, tables},
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
        self.projects.exclude(path, |project| &project.check.exclude)
    }

    /// What there is to say about a profile. `proven`: what samples say of it.
    pub(crate) fn judge(&mut self, file: &File, profile: Profile, proven: Vec<Diagnostic>) -> FileFindings {
        let findings = profile.findings();
        self.judge_found(file, profile, findings, proven)
    }

    /// The same, of what was found, with what samples say of it.
    fn judge_found(
        &mut self,
        file: &File,
        profile: Profile,
        mut findings: Vec<Diagnostic>,
        proven: Vec<Diagnostic>,
    ) -> FileFindings {
        let project = self.projects.of(&file.place());
        let check = project.as_ref().map(|project| &project.check);
        // What a sample proves need not be guessed.
        let is_proven = |guess: &Diagnostic| {
            guess.code == &codes::column::code_as_number
                && proven.iter().any(|finding| finding.primary.span == guess.primary.span)
        };
        findings.retain(|finding| !is_proven(finding));
        findings.extend(proven);
        self.settled(profile.source, findings, &profile.remarks, check)
    }

    /// What there is to say about files. What a table includes is judged with the table, also where the table is not
    /// among the files; of a finding about a file that several include, one is enough. `proven`: what samples say of
    /// the one profile that they are for.
    pub(crate) fn judge_all(
        &mut self,
        found: Vec<Found>,
        mut proven: Vec<Diagnostic>,
        allow_files: bool,
    ) -> Vec<FileFindings> {
        let mut all = Vec::new();
        let (mut files, mut judged) = (Vec::new(), Vec::new());
        let look = |found: Found| {
            let file = found?;
            match Profile::read(&file, allow_files) {
                Ok(profile) => {
                    let findings = profile.findings();
                    Ok((file, profile, findings))
                }
                Err(reason) => Err(Unreadable { name: file.name(), reason }),
            }
        };
        for found in parallel::map(found, look) {
            match found {
                Ok((file, profile, findings)) => {
                    let outline = profile.outline();
                    let proven = std::mem::take(&mut proven);
                    judged.push(self.judge_found(&file, profile, findings, proven));
                    files.push((file, outline));
                }
                Err(Unreadable { name: path, reason }) => {
                    all.push(FileFindings::Unreadable { path, reason });
                }
            }
        }
        for (file, profile) in includers(&files, allow_files) {
            let outline = profile.outline();
            judged.push(self.judge(&file, profile, Vec::new()));
            files.push((file, outline));
        }
        let outlines: Vec<Outline> = files.into_iter().map(|(_, outline)| outline).collect();
        let mut said = HashSet::new();
        let stand = judged.into_iter().zip(tables(&outlines)).filter(|(_, stands)| *stands);
        all.extend(stand.map(|(mut file, _)| {
            keep_new(&mut file, &mut said);
            file
        }));
        all
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

/// A finding, told by its file, place in it, code and message.
type Said = (String, (u32, u32), &'static str, String);

/// Drops what was said about an included file before.
fn keep_new(file: &mut FileFindings, said: &mut HashSet<Said>) {
    let FileFindings::Checked { source, findings, allowed, .. } = file else { return };
    let mut is_new = |finding: &Diagnostic| {
        let (start, end) = (finding.primary.span.start(), finding.primary.span.end());
        let place = (source.stored_offset(start), source.stored_offset(end));
        let path = source.file_at(start).name().to_owned();
        said.insert((path, place, finding.code.id, finding.message.clone()))
    };
    findings.retain(&mut is_new);
    allowed.retain(|allowed| is_new(&allowed.finding));
}
