//! One file that holds many: an archive or an export. Its members are in memory.

use std::{collections::BTreeMap, path::Path};

use profilec_diagnostics::Encoding;

use super::{
    archive, export,
    file::{decode, is_script, name, read_bytes},
};

/// What members hold, by path; the error says why one cannot be read.
pub(super) type Members = BTreeMap<String, Result<Vec<u8>, String>>;

/// An archive or an export.
#[derive(Debug)]
pub(crate) struct Bundle {
    name: String,
    members: Members,
}

impl Bundle {
    /// Reads what is a bundle by its ending; `None`: it is a plain file.
    pub(super) fn read(path: &Path) -> Option<Result<Self, String>> {
        let read: fn(&[u8]) -> Result<Members, String> = match () {
            () if ends(path, &["apip", "zip"]) => archive::read,
            () if ends(path, &["json"]) => |bytes| export::read(&decode(bytes.to_vec())?.0),
            () => return None,
        };
        let members = read_bytes(path).and_then(|bytes| read(&bytes));
        Some(members.map(|members| Self { name: name(path), members }))
    }

    /// As messages show it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The paths of all scripts, sorted.
    pub(super) fn scripts(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str).filter(|path| is_script(Path::new(path)))
    }

    /// Whether it has a member.
    pub(super) fn has(&self, path: &str) -> bool {
        self.members.contains_key(path)
    }

    /// The text of a member; the error says why it cannot be read.
    pub(super) fn text(&self, path: &str) -> Result<(String, Encoding), String> {
        match self.members.get(path) {
            Some(Ok(bytes)) => decode(bytes.clone()),
            Some(Err(reason)) => Err(reason.clone()),
            None => Err("there is no such member".to_owned()),
        }
    }
}

/// Whether a path in a folder is an archive of profiles.
pub(super) fn is_archive(path: &Path) -> bool {
    ends(path, &["apip"])
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
