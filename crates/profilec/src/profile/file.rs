//! Files that hold profiles, and the files that they include.

use std::{
    io::Read,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use profilec_diagnostics::Encoding;

use super::bundle::Bundle;

/// Bytes of a profile or an archive. The largest known profile has under one million.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Entries of a folder that are looked at for a did-you-mean.
const MAX_NEIGHBOURS: usize = 1_000;

/// A file with a script in it.
#[derive(Clone, Debug)]
pub(crate) enum File {
    /// On disk; `-` is standard input.
    Disk(PathBuf),
    /// In an archive or an export.
    Member {
        /// Which.
        bundle: Arc<Bundle>,
        /// Where in it, with `/`.
        path: String,
    },
}

/// Why a file cannot be included.
pub(crate) enum Refused {
    /// It is not there.
    Missing,
    /// It is outside the folder of the profile.
    Outside,
}

impl File {
    /// As messages show it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Disk(path) => name(path),
            Self::Member { bundle, path } => format!("{}/{path}", bundle.name()),
        }
    }

    /// Its path, when it is a file on disk.
    pub(super) fn on_disk(&self) -> Option<&Path> {
        match self {
            Self::Disk(path) if !is_stdin(path) => Some(path),
            _ => None,
        }
    }

    /// The file on disk that it is, or is in.
    pub(crate) fn place(&self) -> PathBuf {
        match self {
            Self::Disk(path) => path.clone(),
            Self::Member { bundle, .. } => PathBuf::from(bundle.name()),
        }
    }

    /// The same for every way to write the path of a file.
    pub(crate) fn identity(&self) -> String {
        match self {
            Self::Disk(path) => {
                canonical(path).unwrap_or_else(|| path.clone()).to_string_lossy().into_owned()
            }
            Self::Member { .. } => self.name(),
        }
    }

    /// Its text; the error says why it cannot be read.
    pub(crate) fn read(&self) -> Result<(String, Encoding), String> {
        match self {
            Self::Disk(path) => decode(read_bytes(path)?),
            Self::Member { bundle, path } => bundle.text(path),
        }
    }

    /// Whether it is standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        matches!(self, Self::Disk(path) if is_stdin(path))
    }

    /// The file that this one includes under a name. It must belong to the folder of the profile, whose own file
    /// is `root`, unless other files are allowed; what is in an archive stays in it.
    pub(crate) fn included(&self, name: &str, root: &Self, allow_files: bool) -> Result<Self, Refused> {
        match self {
            Self::Disk(path) => {
                let root = match root {
                    Self::Disk(root) => root,
                    Self::Member { .. } => path,
                };
                on_disk(path, name, root, allow_files).map(Self::Disk)
            }
            Self::Member { bundle, path } => {
                let path = resolved(&folder_of(Path::new(path)).join(name));
                let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
                let path = path.to_string_lossy().replace('\\', "/");
                if !is_inside {
                    Err(Refused::Outside)
                } else if bundle.has(&path) {
                    Ok(Self::Member { bundle: Arc::clone(bundle), path })
                } else {
                    Err(Refused::Missing)
                }
            }
        }
    }

    /// What lets a profile in this file include files from elsewhere.
    pub(crate) const fn how_to_allow(&self) -> &'static str {
        match self {
            Self::Disk(_) => "move the file into that folder, or allow it with `--allow-files`",
            Self::Member { .. } => "put the file into the archive",
        }
    }

    /// The names of scripts that stand where a name points, written as that name is.
    pub(crate) fn neighbours(&self, name: &str) -> Vec<String> {
        let lead = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let named = |path: &Path| Some(format!("{lead}{}", path.file_name()?.to_str()?));
        match self {
            Self::Disk(path) => {
                let Ok(entries) = std::fs::read_dir(folder_of(path).join(&lead)) else { return Vec::new() };
                let paths = entries.take(MAX_NEIGHBOURS).flatten().map(|entry| entry.path());
                paths.filter(|path| is_script(path)).filter_map(|path| named(&path)).collect()
            }
            Self::Member { bundle, path } => {
                let folder = resolved(&folder_of(Path::new(path)).join(&lead));
                let paths = bundle.scripts().map(Path::new);
                paths.filter(|path| path.parent() == Some(&folder)).filter_map(named).collect()
            }
        }
    }
}

/// The path that a file on disk includes.
fn on_disk(path: &Path, name: &str, root: &Path, allow_files: bool) -> Result<PathBuf, Refused> {
    let is_inside = |path: &Path, folder: &Path| allow_files || path.starts_with(folder);
    let (here, folder) = (folder_of(path), folder_of(root));
    let (Some(real), Some(bounds)) = (canonical(&here), canonical(&folder)) else {
        return Err(Refused::Missing);
    };
    // What does not exist outside is outside, not missing: it is nobody's business.
    if !is_inside(&resolved(&real.join(name)), &bounds) {
        return Err(Refused::Outside);
    }
    let path = resolved(&here.join(name));
    let real = canonical(&path).filter(|path| path.is_file()).ok_or(Refused::Missing)?;
    if is_inside(&real, &bounds) { Ok(path) } else { Err(Refused::Outside) }
}

/// What a file on disk or standard input holds; the error says why it cannot be read.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)
    } else {
        open_file(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| plain(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("it is larger than 64 MiB".to_owned());
    }
    Ok(bytes)
}

/// The path as messages show it.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.to_string_lossy().replace('\\', "/") }
}

/// An I/O error without the number of the operating system.
pub(crate) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    text[..end].to_lowercase()
}

/// Whether a path ends as scripts do: `.rsd`, `.rsb`.
pub(crate) fn is_script(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("rsd") || ending.eq_ignore_ascii_case("rsb"))
}

/// The folder that a file is in; empty for the current one.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    path.parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The absolute path without links; the empty path is the current folder.
pub(crate) fn canonical(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    path.canonicalize().ok()
}

/// A path without `.`, but at its start, and, where a name stands before it, `..`.
fn resolved(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir if !resolved.as_os_str().is_empty() => {}
            Component::ParentDir
                if matches!(resolved.components().next_back(), Some(Component::Normal(_))) =>
            {
                resolved.pop();
            }
            component => resolved.push(component),
        }
    }
    resolved
}

#[expect(clippy::disallowed_methods, reason = "the binary touches files")]
fn open_file(path: &Path) -> std::io::Result<std::fs::File> {
    std::fs::File::open(path)
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// UTF-8, or UTF-16 with a byte-order mark.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), String> {
    let units = |pair: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let whole: Vec<u16> = pairs.iter().map(|bytes| pair(*bytes)).collect();
        if rest.is_empty() { String::from_utf16(&whole).ok() } else { None }
    };
    let wide = match bytes.as_slice() {
        [0xFF, 0xFE, ..] => Some((units(u16::from_le_bytes), Encoding::Utf16Le)),
        [0xFE, 0xFF, ..] => Some((units(u16::from_be_bytes), Encoding::Utf16Be)),
        _ => None,
    };
    match wide {
        Some((Some(text), encoding)) => Ok((text, encoding)),
        Some((None, _)) => Err("its byte-order mark says UTF-16, but it is not".to_owned()),
        None => String::from_utf8(bytes).map(|text| (text, Encoding::Utf8)).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            format!("it is neither UTF-8 (see byte {at}) nor UTF-16 with a byte-order mark")
        }),
    }
}
