//! Output files: written beside, then renamed.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use profilec_output::Writer;
use tempfile::NamedTempFile;

use crate::{
    failure::Failure,
    profile::{name, plain},
};

/// Where a product of the program goes.
pub(crate) enum Destination {
    /// Standard output.
    Stdout,
    /// What exists and is no regular file (a device, a pipe): written in place.
    Device(fs::File),
    /// A file that appears when it is whole.
    File {
        /// Where it is to appear.
        path: PathBuf,
        /// Where it grows: in the same folder, so that renaming it is one step.
        beside: NamedTempFile,
    },
}

impl Destination {
    /// The destination of this path; without one, and for `-`, standard output.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else { return Ok(Self::Stdout) };
        Self::file(path)
            .map_err(|error| Failure::new(format!("`{}` cannot be created: {}", name(path), plain(&error))))
    }

    fn file(path: &Path) -> io::Result<Self> {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(found) if !found.is_file() => {
                return OpenOptions::new().write(true).open(path).map(Self::Device);
            }
            _ => {}
        }
        if path.file_name().is_none() {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".profilec-").suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let beside = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Self::File { path: path.to_owned(), beside })
    }

    /// A writer for a sink.
    pub(crate) fn writer(&self) -> Result<Writer, Failure> {
        let file = match self {
            Self::Stdout => return Ok(Box::new(io::stdout())),
            Self::Device(file) => file,
            Self::File { beside, .. } => beside.as_file(),
        };
        let file =
            file.try_clone().map_err(|error| Failure::new(format!("the output: {}", plain(&error))))?;
        Ok(Box::new(file))
    }

    /// Writes a whole text.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        let bytes = text.as_bytes();
        match self {
            Self::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(bytes).and_then(|()| out.flush())
            }
            Self::Device(file) => file.write_all(bytes),
            Self::File { beside, .. } => beside.write_all(bytes),
        }
    }

    /// Makes a finished file appear.
    pub(crate) fn keep(self) -> io::Result<()> {
        match self {
            Self::File { path, beside } => persist(beside, &path),
            Self::Stdout | Self::Device(_) => Ok(()),
        }
    }

    /// Keeps what there is of a file as `NAME.partial`: its path, if there is such a file.
    pub(crate) fn keep_partial(self) -> io::Result<Option<PathBuf>> {
        let Self::File { path, beside } = self else { return Ok(None) };
        let mut file = path.file_name().unwrap_or_default().to_owned();
        file.push(".partial");
        let partial = path.with_file_name(file);
        persist(beside, &partial)?;
        Ok(Some(partial))
    }
}

fn persist(beside: NamedTempFile, path: &Path) -> io::Result<()> {
    beside.persist(path).map(|_| ()).map_err(|error| error.error)
}
