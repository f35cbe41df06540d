//! `profilec.toml`: what a project settles for all its profiles; `auth.toml`: what a user settles for all projects.

mod entries;
mod entry;
mod exclude;
mod fault;
mod find;
mod read;
mod read_entry;

use std::path::PathBuf;

use profilec_diagnostics::{Diagnostic, Levels, Severity, Source};

pub(crate) use entries::{Entries, Found};
pub(crate) use entry::{Entry, EntryGrant};
pub(crate) use exclude::Exclude;
pub(crate) use find::Projects;

/// The settings of a project.
#[derive(Debug)]
pub(crate) struct Project {
    /// Where its file is, without links.
    folder: PathBuf,
    /// What it says about `check`; the default when its file cannot be read.
    pub(crate) check: CheckSettings,
    /// What it says about `fmt`.
    pub(crate) fmt: FmtSettings,
    /// The OAuth clients that it describes.
    auth: Vec<Entry>,
    /// Its file, and what is wrong with it; the error says why it cannot be read.
    pub(crate) file: Result<(Source, Vec<Diagnostic>), (String, String)>,
}

/// What a project settles for `check`.
#[derive(Debug, Default)]
pub(crate) struct CheckSettings {
    /// What is made of findings.
    pub(crate) levels: Levels,
    /// Warnings fail too.
    pub(crate) deny_warnings: bool,
    /// What is less grave is left out.
    pub(crate) least: Option<Severity>,
    /// Which files are left out.
    pub(crate) exclude: Exclude,
}

/// What a project settles for `fmt`.
#[derive(Debug, Default)]
pub(crate) struct FmtSettings {
    /// Which files are left out.
    pub(crate) exclude: Exclude,
}
