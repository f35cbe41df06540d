//! Writing exchanges down.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use profilec_auth::Masker;
use profilec_engine::Request;

use super::{Began, Exchange, FILE_ENDING, error, sanitise, write};
use crate::{Reply, Transport, TransportError};

/// Sends through another transport and writes every exchange to a file of its own, without secrets.
#[derive(Debug)]
pub struct RecordingTransport<T> {
    inner: T,
    folder: PathBuf,
    masker: Masker,
    began: Began,
    sent: AtomicUsize,
    notes: Mutex<Vec<String>>,
}

impl<T> RecordingTransport<T> {
    /// A recording into a folder that is empty or does not exist yet.
    ///
    /// # Errors
    /// The folder holds something, so that two recordings would mix, or it cannot be made.
    pub fn create(inner: T, folder: &Path, masker: Masker, began: Began) -> Result<Self, TransportError> {
        fs::create_dir_all(folder)
            .map_err(|why| error(folder, format!("the folder cannot be made: {why}")))?;
        let mut entries =
            fs::read_dir(folder).map_err(|why| error(folder, format!("the folder cannot be read: {why}")))?;
        if entries.next().is_some() {
            return Err(error(folder, "the folder is not empty, and a recording needs one of its own"));
        }
        let folder = folder.to_owned();
        Ok(Self { inner, folder, masker, began, sent: AtomicUsize::new(0), notes: Mutex::default() })
    }

    /// What the user should know about the recording.
    pub fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[expect(clippy::disallowed_methods, reason = "recordings are files of this crate")]
    fn keep(&self, number: usize, request: &Request, reply: &Reply) -> Result<(), TransportError> {
        // The answer first: a token that it grants may stand in the request that asked for it.
        let (answered, held_secret) = sanitise::reply(&self.masker, request, reply);
        let asked = sanitise::request(&self.masker, request);
        if held_secret {
            let note = format!("the response body of exchange {number} held a secret, it is masked");
            self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        }
        let path = self.folder.join(format!("{number:04}.{FILE_ENDING}"));
        let file = write::write(&Exchange { began: (number == 1).then_some(self.began), asked, answered });
        fs::write(&path, file).map_err(|why| error(&path, format!("the exchange cannot be written: {why}")))
    }
}

impl<T: Transport> Transport for RecordingTransport<T> {
    async fn send(&self, request: &Request) -> Result<Reply, TransportError> {
        let number = self.sent.fetch_add(1, Ordering::Relaxed) + 1;
        let reply = self.inner.send(request).await?;
        self.keep(number, request, &reply)?;
        Ok(reply)
    }
}
