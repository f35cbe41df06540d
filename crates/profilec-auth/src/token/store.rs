//! Where tokens outlive a run: a file for each client, for its owner's eyes.
//!
//! Processes take turns by a lock on a file beside it, so that a refresh token which is good for one use is used once;
//! what they write is on the disk before it is used.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use profilec_diagnostics::codes;
use serde::{Deserialize, Serialize};

use super::config::digest;
use super::life::Life;
use crate::AuthError;

/// How often a lock is tried again.
const AGAIN: Duration = Duration::from_millis(20);

/// How long another process may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// A file of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    path: PathBuf,
}

/// What is kept of the tokens of one client.
#[derive(Clone, Deserialize, Serialize)]
pub struct Stored {
    /// Of this layout, 1.
    version: u32,
    /// Where they are from, for people.
    pub token_url: String,
    /// Whose they are, for people.
    pub client_id: String,
    pub(crate) access_token: String,
    /// Seconds since 1970.
    obtained_at: f64,
    /// Seconds.
    lifetime: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    /// The granted scopes, when the server told them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// A digest of the refresh token that these began with: another one is a new login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) began_with: Option<String>,
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "tokens of `{}`", self.client_id)
    }
}

impl Stored {
    pub(crate) fn new(token_url: &str, client_id: &str, access_token: &str, life: Life) -> Self {
        Self {
            version: 1,
            token_url: token_url.to_owned(),
            client_id: client_id.to_owned(),
            access_token: access_token.to_owned(),
            obtained_at: life.start.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64(),
            lifetime: life.lasts.as_secs_f64(),
            refresh_token: None,
            scope: None,
            began_with: None,
        }
    }

    pub(crate) fn life(&self) -> Life {
        let duration = |seconds| Duration::try_from_secs_f64(seconds).unwrap_or_default();
        let start = SystemTime::UNIX_EPOCH.checked_add(duration(self.obtained_at));
        Life { start: start.unwrap_or(SystemTime::UNIX_EPOCH), lasts: duration(self.lifetime) }
    }

    /// When the access token ends.
    pub fn expires(&self) -> SystemTime {
        self.life().end()
    }

    /// Whether the access token can be renewed without a person.
    pub const fn is_renewable(&self) -> bool {
        self.refresh_token.is_some()
    }
}

impl Store {
    /// A name for the file of a client's tokens, made of what tells them from those of another one.
    pub fn file_name(parts: &[&str]) -> String {
        format!("{}.json", digest(&parts.join("\n")))
    }

    /// The tokens in this file, which need not be there yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where they are.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is kept at this moment; `None`: nothing yet.
    ///
    /// # Errors
    /// It cannot be read.
    #[expect(clippy::disallowed_methods, reason = "tokens are kept in files")]
    pub fn read(&self) -> Result<Option<Stored>, AuthError> {
        let text = match std::fs::read_to_string(&self.path) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(|why| self.failed("cannot be read", &why))?,
        };
        let stored: Option<Stored> = serde_json::from_str(&text).ok();
        let stored = stored.filter(|stored| stored.version == 1).ok_or_else(|| {
            let message = format!("`{}` holds no tokens of profilec", self.path.display());
            AuthError::new(&codes::auth::store_failed, message).help(
                "`profilec auth logout` removes it; `OAuthSettingsLocation` or `store` names another file",
            )
        })?;
        Ok(Some(stored))
    }

    /// Whether the file is for its owner's eyes alone; `None`: there is none, or the system does not tell.
    pub fn is_private(&self) -> Option<bool> {
        let told = std::fs::metadata(&self.path).ok()?.permissions();
        #[cfg(unix)]
        let for_others = Some(std::os::unix::fs::PermissionsExt::mode(&told) & 0o077);
        #[cfg(not(unix))]
        let for_others: Option<u32> = Some(told).and(None);
        for_others.map(|bits| bits == 0)
    }

    /// Takes the turn; waits while another process has it.
    ///
    /// # Errors
    /// The file cannot be had, or the other process takes too long.
    pub async fn lock(&self) -> Result<LockedStore<'_>, AuthError> {
        let lock = self.open_lock().map_err(|why| self.failed("cannot be locked", &why))?;
        let mut waited = Duration::ZERO;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(LockedStore { store: self, _lock: lock }),
                Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                    tokio::time::sleep(AGAIN).await;
                    waited += AGAIN;
                }
                Err(TryLockError::WouldBlock) => {
                    let message = format!(
                        "another process has held the tokens in `{}` for too long",
                        self.path.display()
                    );
                    return Err(AuthError::new(&codes::auth::store_failed, message)
                        .help("end that process, or try again later"));
                }
                Err(TryLockError::Error(why)) => return Err(self.failed("cannot be locked", &why)),
            }
        }
    }

    fn open_lock(&self) -> io::Result<File> {
        let mut folders = DirBuilder::new();
        folders.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
        folders.create(self.folder())?;
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(self.path.with_file_name(name))
    }

    fn folder(&self) -> &Path {
        let parent = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        parent.unwrap_or(Path::new("."))
    }

    fn failed(&self, what: &str, why: &io::Error) -> AuthError {
        // The number of the operating system tells people nothing.
        let why = why.to_string();
        let why = why.split(" (os error").next().unwrap_or_default().to_lowercase();
        AuthError::new(
            &codes::auth::store_failed,
            format!("the tokens in `{}` {what}: {why}", self.path.display()),
        )
        .help(
            "`OAuthSettingsLocation=memory://`, or in an entry `store = \"memory\"`, keeps tokens for one run; a path is \
             another file",
        )
    }
}

/// The tokens of a client while no other process may touch them.
#[derive(Debug)]
pub struct LockedStore<'s> {
    store: &'s Store,
    _lock: File,
}

impl LockedStore<'_> {
    /// What is kept; `None`: nothing yet.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(&self) -> Result<Option<Stored>, AuthError> {
        self.store.read()
    }

    /// Keeps these. When it returns they are on the disk.
    ///
    /// # Errors
    /// They cannot be written; what was there is still there.
    #[expect(clippy::disallowed_methods, reason = "tokens are kept in files")]
    pub fn write(&self, stored: &Stored) -> Result<(), AuthError> {
        let write = || {
            // For the owner's eyes from the start.
            let mut file = tempfile::NamedTempFile::new_in(self.store.folder())?;
            file.write_all(&serde_json::to_vec_pretty(stored)?)?;
            file.as_file().sync_all()?;
            file.persist(&self.store.path)?;
            #[cfg(unix)]
            File::open(self.store.folder())?.sync_all()?;
            Ok(())
        };
        write().map_err(|why: io::Error| self.store.failed("cannot be written", &why))
    }

    /// Forgets them; tells whether there were any.
    ///
    /// # Errors
    /// They cannot be removed.
    pub fn remove(&self) -> Result<bool, AuthError> {
        match std::fs::remove_file(&self.store.path) {
            Ok(()) => Ok(true),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(why) => Err(self.store.failed("cannot be removed", &why)),
        }
    }
}
