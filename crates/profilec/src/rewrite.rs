//! Profiles that a command changes: where the new text goes.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
    time::Duration,
};

use profilec_diagnostics::Encoding;
use similar::TextDiff;

use crate::{
    failure::Failure,
    profile::{File, plain},
    terminal::{product, product_bytes},
};

/// How long a diff may be searched for; after that it is a coarser one.
const DIFF_TIME: Duration = Duration::from_secs(2);

/// Puts a text in the place of a file's: standard output takes that of standard input.
pub(crate) fn replace(file: &File, text: &str, encoding: Encoding) -> Result<(), Failure> {
    let bytes = encoding.encode(text);
    if file.is_stdin() {
        return product_bytes(&bytes);
    }
    let written = match file {
        File::Disk(path) => replace_file(path, &bytes),
        File::Member { .. } => Err(io::Error::other("it is in an archive")),
    };
    written.map_err(|error| {
        let reason = plain(&error);
        Failure::new(format!("`{}` cannot be written: {reason}; it is as it was", file.name()))
    })
}

/// Prints how a file's text would change, as a unified diff.
pub(crate) fn print_diff(file: &File, before: &str, after: &str) -> Result<(), Failure> {
    let diff = TextDiff::configure().timeout(DIFF_TIME).diff_lines(before, after);
    let name = file.name();
    product(&diff.unified_diff().header(&name, &name).to_string())
}

/// Writes beside a file, then renames: the file has its old bytes or its new ones, never a part of them. Links
/// and permissions stay.
fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    // Renaming over it would not ask whether it may be written.
    let file = OpenOptions::new().write(true).open(&path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(".profilec-").suffix(".tmp").tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().set_permissions(permissions)?;
    // A rename may reach the disk before what it names does.
    beside.as_file().sync_all()?;
    beside.persist(&path).map(|_| ()).map_err(|error| error.error)
}
