//! Output files: written beside, then renamed.

use std::{
    fs::{self, OpenOptions},
    io::{self, Seek, Write},
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
        let clone = |file: &fs::File| {
            file.try_clone().map_err(|error| Failure::new(format!("the output: {}", plain(&error))))
        };
        Ok(match self {
            Self::Stdout => Box::new(io::stdout()),
            Self::Device(file) => Box::new(clone(file)?),
            Self::File { beside, .. } => {
                Box::new(WholePages { file: clone(beside.as_file())?, whole: Some(0) })
            }
        })
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

/// A file that a full disk leaves with whole pages: what was not flushed when a write fails is taken back, and
/// nothing follows.
struct WholePages {
    file: fs::File,
    /// The length up to the last flush; `None` after a failure.
    whole: Option<u64>,
}

impl WholePages {
    fn guarded<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        match &result {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                if let Some(whole) = self.whole.take() {
                    // The failure that is told is the first one.
                    let _ = self.file.set_len(whole);
                }
            }
            _ => {}
        }
        result
    }

    fn usable(&self) -> io::Result<()> {
        self.whole.map(|_| ()).ok_or_else(|| io::Error::other("it failed before"))
    }
}

impl Write for WholePages {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.usable()?;
        let written = self.file.write(bytes);
        self.guarded(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.usable()?;
        let length = self.file.flush().and_then(|()| self.file.stream_position());
        self.whole = Some(self.guarded(length)?);
        Ok(())
    }
}

fn persist(beside: NamedTempFile, path: &Path) -> io::Result<()> {
    beside.persist(path).map(|_| ()).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_flushed_before_a_failure_is_taken_back() {
        let file = tempfile::tempfile().unwrap();
        let mut pages = WholePages { file: file.try_clone().unwrap(), whole: Some(0) };
        pages.write_all(b"a page\n").unwrap();
        pages.flush().unwrap();
        pages.write_all(b"half a pa").unwrap();
        let full: io::Result<usize> = Err(io::ErrorKind::StorageFull.into());
        assert!(pages.guarded(full).is_err());
        assert_eq!(file.metadata().unwrap().len(), 7);
        assert!(pages.write(b"ge\n").is_err() && pages.flush().is_err());
        assert_eq!(file.metadata().unwrap().len(), 7);
    }
}
