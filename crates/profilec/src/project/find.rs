//! Which project a profile belongs to.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    rc::Rc,
};

use super::{
    CheckSettings, Exclude, FmtSettings, Project,
    read::{OF_PROJECT, read},
};
use crate::{
    failure::Failure,
    profile::{canonical, folder_of, name},
};

/// The file that makes a folder a project.
const FILE_NAME: &str = "profilec.toml";

/// The projects of all profiles, each read once.
#[derive(Debug, Default)]
pub(crate) struct Projects {
    /// The one of all profiles.
    given: Option<Rc<Project>>,
    /// The folders of profiles, as written; `None`: there is no such folder.
    folders: HashMap<PathBuf, Option<Located>>,
    /// The same of all folders above them, without links.
    real: HashMap<PathBuf, Option<Rc<Project>>>,
}

/// A folder without links, and the project that it belongs to.
type Located = (PathBuf, Option<Rc<Project>>);

impl Projects {
    /// The projects that `profilec.toml` files make, or, with a file, that one for all.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn new(given: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = given else { return Ok(Self::default()) };
        let folder = canonical(&folder_of(path)).unwrap_or_default();
        let project = read(path, name(path), folder, OF_PROJECT);
        if let Err((name, reason)) = &project.file {
            return Err(Failure::new(format!("`{name}` cannot be read: {reason}")));
        }
        Ok(Self { given: Some(Rc::new(project)), ..Self::default() })
    }

    /// The project that a file belongs to: that of the nearest folder above it.
    pub(crate) fn of(&mut self, path: &Path) -> Option<Rc<Project>> {
        self.located(path).and_then(|(_, project)| project)
    }

    /// Whether the project of a file or folder leaves it out, for the command whose list this is.
    pub(crate) fn exclude(&mut self, path: &Path, list: fn(&Project) -> &Exclude) -> bool {
        let Some((folder, Some(project))) = self.located(path) else { return false };
        let Some(file_name) = path.file_name() else { return false };
        let full = folder.join(file_name);
        full.strip_prefix(&project.folder).is_ok_and(|path| list(&project).has(path))
    }

    /// All projects that were met.
    pub(crate) fn met(&self) -> impl Iterator<Item = &Rc<Project>> {
        let found = self.real.values().flatten();
        // Folders share the project above them.
        let mut found: Vec<&Rc<Project>> = found.chain(&self.given).collect();
        found.sort_by(|a, b| a.folder.cmp(&b.folder));
        found.dedup_by(|a, b| Rc::ptr_eq(a, b));
        found.into_iter()
    }

    /// Where the folder of a file is.
    fn located(&mut self, path: &Path) -> Option<Located> {
        let folder = folder_of(path);
        if let Some(known) = self.folders.get(&folder) {
            return known.clone();
        }
        let real = canonical(&folder);
        let located = real.map(|real| {
            let project = self.given.clone().or_else(|| self.above(&real));
            (real, project)
        });
        self.folders.insert(folder, located.clone());
        located
    }

    fn above(&mut self, folder: &Path) -> Option<Rc<Project>> {
        let mut passed = Vec::new();
        let mut project = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.real.get(folder) {
                project.clone_from(known);
                break;
            }
            passed.push(folder.to_path_buf());
            let path = folder.join(FILE_NAME);
            if path.is_file() {
                project = Some(Rc::new(read(&path, shown(&path), folder.to_path_buf(), OF_PROJECT)));
                break;
            }
        }
        self.real.extend(passed.into_iter().map(|folder| (folder, project.clone())));
        project
    }
}

impl Project {
    /// One whose file cannot be read.
    pub(super) fn unreadable(name: String, reason: String, folder: PathBuf) -> Self {
        let (check, fmt) = (CheckSettings::default(), FmtSettings::default());
        Self { folder, check, fmt, auth: Vec::new(), file: Err((name, reason)) }
    }
}

/// The path as messages show it: from the current folder, where it is below that.
pub(super) fn shown(path: &Path) -> String {
    let current = canonical(Path::new(""));
    let below = current.and_then(|current| path.strip_prefix(current).ok().map(Path::to_path_buf));
    name(below.as_deref().unwrap_or(path))
}
