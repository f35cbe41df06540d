//! The profiles that paths name.

use std::path::{Path, PathBuf};

use super::file::{File, is_script, name};
use crate::failure::Failure;

/// The profiles that these paths name, folders walked, sorted.
pub(crate) fn walk(paths: &[PathBuf]) -> Result<Vec<File>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            walk_folder(path, &mut found);
            if found.len() == before {
                return Err(Failure::new(format!("no `.rsd` or `.rsb` file in `{}`", name(path))));
            }
        } else {
            found.push(File::Disk(path.clone()));
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Links to folders are not followed, so that the walk ends.
fn walk_folder(folder: &Path, found: &mut Vec<File>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk_folder(&path, found);
        } else if is_script(&path) {
            found.push(File::Disk(path));
        }
    }
}
