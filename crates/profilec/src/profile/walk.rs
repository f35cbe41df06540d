//! The profiles that paths name.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    bundle::{self, Bundle},
    file::{File, is_script, name},
};
use crate::failure::Failure;

/// The hidden folder that a Git tree keeps profiles in.
const HIDDEN: [&str; 2] = [".matillion", "api-query-profiles"];

/// A profile, or an archive that is refused.
pub(crate) type Found = Result<File, Unreadable>;

/// A file that cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct Unreadable {
    /// As messages show it.
    pub(crate) name: String,
    /// Why.
    pub(crate) reason: String,
}

/// The profiles that these paths name, folders, archives and exports walked, sorted.
pub(crate) fn walk(paths: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    walk_but(paths, &mut |_| false)
}

/// As [`walk`], without the files and folders in folders that are left out.
pub(crate) fn walk_but(
    paths: &[PathBuf],
    leave_out: &mut dyn FnMut(&Path) -> bool,
) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        let mut is_some_left_out = false;
        let what = if path.is_dir() {
            let mut leave_out = |path: &Path| {
                let is_left_out = leave_out(path);
                is_some_left_out |= is_left_out;
                is_left_out
            };
            walk_folder(path, &mut leave_out, &mut found);
            "`.rsd`, `.rsb` or `.apip`"
        } else {
            add(path, &mut found);
            "`.rsd` or `.rsb`"
        };
        if found.len() == before && !is_some_left_out {
            return Err(Failure::new(format!("no {what} file in `{}`", name(path))));
        }
    }
    let name = |found: &Found| match found {
        Ok(file) => file.name(),
        Err(unreadable) => unreadable.name.clone(),
    };
    found.sort_by_cached_key(name);
    found.dedup_by_key(|found| name(found));
    Ok(found)
}

/// A file, or the scripts that are in it.
fn add(path: &Path, found: &mut Vec<Found>) {
    match Bundle::read(path) {
        None => found.push(Ok(File::Disk(path.to_path_buf()))),
        Some(Err(reason)) => found.push(Err(Unreadable { name: name(path), reason })),
        Some(Ok(bundle)) => {
            let bundle = Arc::new(bundle);
            let member = |path: &str| Ok(File::Member { bundle: Arc::clone(&bundle), path: path.to_owned() });
            found.extend(bundle.scripts().map(member));
        }
    }
}

/// Links to folders are not followed, so that the walk ends. Of hidden folders only the one of profiles is entered.
fn walk_folder(folder: &Path, leave_out: &mut dyn FnMut(&Path) -> bool, found: &mut Vec<Found>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let file_name = entry.file_name();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if leave_out(&path) {
                continue;
            }
            if file_name == HIDDEN[0] {
                let profiles = path.join(HIDDEN[1]);
                if !profiles.is_symlink() {
                    walk_folder(&profiles, leave_out, found);
                }
            } else if !file_name.to_string_lossy().starts_with('.') {
                walk_folder(&path, leave_out, found);
            }
        } else if (is_script(&path) || bundle::is_archive(&path)) && !leave_out(&path) {
            add(&path, found);
        }
    }
}
