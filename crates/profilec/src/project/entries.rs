//! The OAuth clients of a project and of its user.

use std::{cell::OnceCell, path::Path, path::PathBuf, rc::Rc};

use profilec_diagnostics::{Diagnostic, Source};

use super::{
    Entry, Project, Projects,
    find::shown,
    read::{OF_USER, read},
};
use crate::{
    failure::Failure,
    folders,
    profile::{self, quoted},
};

/// The file of a user's entries.
const FILE_NAME: &str = "auth.toml";

/// The entries that there are for what is at a place: those of the project that it belongs to, then those of the user
/// that have other names. The files are read when an entry is asked for.
#[derive(Debug)]
pub(crate) struct Entries {
    near: PathBuf,
    files: OnceCell<Vec<Rc<Project>>>,
}

/// An entry in its file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'e> {
    pub(crate) entry: &'e Entry,
    file: &'e Project,
}

impl Entries {
    /// Those for a file.
    pub(crate) fn near(path: &Path) -> Self {
        Self { near: path.to_path_buf(), files: OnceCell::new() }
    }

    /// The entry of this name.
    ///
    /// # Errors
    /// There is none, or its file cannot be read.
    pub(crate) fn named(&self, name: &str) -> Result<Found<'_>, Failure> {
        let all = self.all()?;
        if let Some(found) = all.iter().find(|found| found.entry.name == name) {
            return Ok(*found);
        }
        let names: Vec<&str> = all.iter().map(|found| found.entry.name.as_str()).collect();
        Err(Failure::unknown("entry", name, names.iter().copied(), &Self::listed(&names)))
    }

    /// All of them, in the order of their files.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn all(&self) -> Result<Vec<Found<'_>>, Failure> {
        let mut all: Vec<Found<'_>> = Vec::new();
        for file in self.files() {
            let (source, findings) = match &file.file {
                Ok(read) => read,
                Err((name, reason)) => {
                    return Err(Failure::new(format!("`{name}` cannot be read: {reason}")));
                }
            };
            if let Some(finding) = findings.iter().find(|finding| finding.code.name() == "not_toml") {
                return Err(Failure::of_findings(vec![finding.clone()], source.clone()));
            }
            for entry in &file.auth {
                if !all.iter().any(|found| found.entry.name == entry.name) {
                    all.push(Found { entry, file });
                }
            }
        }
        Ok(all)
    }

    /// What to say of the names that there are.
    pub(crate) fn listed(names: &[&str]) -> String {
        if names.is_empty() {
            let user = folders::settings().map(|folder| folder.join(FILE_NAME));
            let user = user.map(|path| format!(", or in `{}` for all projects", profile::name(&path)));
            return format!("write `[auth.NAME]` in `profilec.toml`{}", user.unwrap_or_default());
        }
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        format!("there is {}", quoted(&names))
    }

    fn files(&self) -> &[Rc<Project>] {
        self.files.get_or_init(|| {
            let of_project = Projects::default().of(&self.near);
            of_project.into_iter().chain(of_user().map(Rc::new)).collect()
        })
    }
}

impl<'e> Found<'e> {
    /// The file as messages show it.
    pub(crate) fn file_name(&self) -> &'e str {
        self.source().map_or("", |source| source.files().first().map_or("", |file| file.name()))
    }

    /// Where relative paths of the entry begin.
    pub(crate) fn folder(&self) -> &'e Path {
        &self.file.folder
    }

    /// What is wrong with the entry, and the text of its file.
    pub(crate) fn findings(&self) -> Option<(&'e [Diagnostic], &'e Source)> {
        self.source()
            .filter(|_| !self.entry.findings.is_empty())
            .map(|source| (&self.entry.findings[..], source))
    }

    fn source(&self) -> Option<&'e Source> {
        self.file.file.as_ref().ok().map(|(source, _)| source)
    }
}

/// The user's file, when there is one.
fn of_user() -> Option<Project> {
    let folder = folders::settings()?;
    let path = folder.join(FILE_NAME);
    path.is_file().then(|| read(&path, shown(&path), folder, OF_USER))
}
