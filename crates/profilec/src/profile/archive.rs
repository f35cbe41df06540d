//! `.apip` archives: zip files from anywhere, and so untrusted.
//!
//! Nothing is ever unpacked to disk. An archive that has anything to hide is refused as a whole.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use zip::{ZipArchive, read::ZipFile, result::ZipError};

use super::bundle::Members;

/// Members of an archive.
const MAX_MEMBERS: usize = 2_000;
/// Bytes of one member.
const MAX_MEMBER: u64 = 16 * 1024 * 1024;
/// Bytes of all members.
const MAX_TOTAL: u64 = 64 * 1024 * 1024;
/// How many times its size in the archive a member may have, from this size on: text rarely packs better than
/// 20 to 1, and bombs are packed 1000 to 1.
const MAX_RATIO: u64 = 200;
const SMALL: u64 = 1024 * 1024;
/// What archives start with, whatever they are called.
const MAGIC: &[u8] = b"PK\x03\x04";

/// The members of an archive; the error says why it is refused.
pub(super) fn read(bytes: &[u8]) -> Result<Members, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| match error {
        ZipError::InvalidArchive(_) | ZipError::Io(_) => "it is no zip archive, or is cut off".to_owned(),
        other => format!("it is no archive that can be read: {other}"),
    })?;
    if archive.len() > MAX_MEMBERS {
        return Err(format!("it has more than {MAX_MEMBERS} members"));
    }
    if archive.has_duplicate_names() {
        return Err("two of its members have the same name".to_owned());
    }
    if archive.has_overlapping_entries().map_err(|_| "it is damaged".to_owned())? {
        return Err("members of it overlap, as in an archive that is made to fill memory".to_owned());
    }
    let mut members = BTreeMap::new();
    let mut total = 0;
    for index in 0..archive.len() {
        let mut member = archive.by_index_raw(index).map_err(|error| format!("it is damaged: {error}"))?;
        let written = member.name().map_err(|_| "the name of a member is no text".to_owned())?.into_owned();
        let name = clean(&written)?;
        if member.is_symlink() {
            return Err(format!("its member `{name}` is a link"));
        }
        if member.is_dir() || is_noise(&name) {
            continue;
        }
        if member.encrypted() {
            return Err(format!("its member `{name}` is encrypted"));
        }
        if is_archive(&name) {
            return Err(format!("its member `{name}` is an archive itself"));
        }
        let (size, packed) = (member.size(), member.compressed_size());
        let mut magic = [0; 4];
        let stored = size == packed && member.read_exact(&mut magic).is_ok();
        if stored && magic == MAGIC {
            return Err(format!("its member `{name}` is an archive itself"));
        }
        drop(member);
        let content = match archive.by_index(index) {
            Ok(member) => content(member, &name, packed)?,
            Err(error) => Err(format!("it is packed in a way that cannot be read: {error}")),
        };
        total += content.as_ref().map_or(0, |content| content.len() as u64);
        if total > MAX_TOTAL {
            return Err(format!("its members have more than {} MiB", MAX_TOTAL >> 20));
        }
        if content.as_ref().is_ok_and(|content| content.starts_with(MAGIC)) {
            return Err(format!("its member `{name}` is an archive itself"));
        }
        if members.insert(name.clone(), content).is_some() {
            return Err(format!("two of its members are `{name}`"));
        }
    }
    Ok(members)
}

/// What a member holds. The inner error is about this member alone.
fn content<R: Read>(
    mut member: ZipFile<'_, R>,
    name: &str,
    packed: u64,
) -> Result<Result<Vec<u8>, String>, String> {
    let mut content = Vec::new();
    // What a header says about sizes may be a lie: the bytes themselves are counted.
    let limit = MAX_MEMBER.min(SMALL.max(packed.saturating_mul(MAX_RATIO)));
    let read = member.by_ref().take(limit + 1).read_to_end(&mut content);
    if content.len() as u64 > limit {
        if limit < MAX_MEMBER {
            return Err(format!("its member `{name}` unpacks to more than {MAX_RATIO} times its size"));
        }
        return Ok(Err(format!("it is larger than {} MiB", MAX_MEMBER >> 20)));
    }
    Ok(read.map(|_| content).map_err(|_| "it is damaged".to_owned()))
}

/// A member's path with `/` between its parts.
fn clean(written: &str) -> Result<String, String> {
    let path = written.replace('\\', "/");
    let shown: String = path.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || is_drive {
        return Err(format!("its member `{shown}` has an absolute path"));
    }
    if path.split('/').any(|part| part == "..") {
        return Err(format!("its member `{shown}` leaves the archive"));
    }
    if shown != path {
        return Err(format!("the name of its member `{shown}` has control characters"));
    }
    Ok(path.split('/').filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/"))
}

/// What systems put beside the files that people pack.
fn is_noise(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part.starts_with("._") || part == ".DS_Store")
}

fn is_archive(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    ["apip", "zip", "jar", "7z", "gz", "rar", "tar"].contains(&ending.as_str())
}
