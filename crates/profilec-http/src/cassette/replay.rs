//! Answering from what was written down.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use profilec_auth::Masker;
use profilec_engine::Request;

use super::difference::{closest, difference};
use super::{Asked, Began, Exchange, FILE_ENDING, error, read, sanitise};
use crate::{Reply, Transport, TransportError, TransportErrorKind};

/// Answers from a folder of recorded exchanges. It never touches the network.
///
/// An exchange answers one request: the same method, URL and body once secrets are masked. Equal
/// requests get their answers in the order of the files' names.
#[derive(Debug)]
pub struct ReplayTransport {
    folder: PathBuf,
    masker: Masker,
    began: Option<Began>,
    recorded: Mutex<Vec<Recorded>>,
}

/// An exchange whose answer stays in its file until it is asked for.
#[derive(Debug)]
struct Recorded {
    path: PathBuf,
    asked: Asked,
    answered: bool,
}

impl ReplayTransport {
    /// Reads the requests of a folder.
    ///
    /// # Errors
    /// The folder cannot be read or holds no exchange, or one of the files is not what it should be.
    pub fn open(folder: &Path, masker: Masker) -> Result<Self, TransportError> {
        let unreadable = |why| error(folder, format!("the recording cannot be read: {why}"));
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|ending| ending == FILE_ENDING) {
                paths.push(path);
            }
        }
        if paths.is_empty() {
            return Err(error(
                folder,
                format!("no recorded exchange (`0001.{FILE_ENDING}`) is in this folder"),
            ));
        }
        paths.sort();
        let mut recorded = Vec::with_capacity(paths.len());
        let mut began = None;
        for path in paths {
            let exchange = load(&path)?;
            began = began.or(exchange.began);
            recorded.push(Recorded { asked: exchange.asked, path, answered: false });
        }
        Ok(Self { folder: folder.to_owned(), masker, began, recorded: Mutex::new(recorded) })
    }

    /// What the recorded run began with, when the recording tells.
    pub fn began(&self) -> Option<Began> {
        self.began
    }

    /// The file that answers, which then answers no more.
    fn take(&self, request: &Request) -> Result<PathBuf, TransportError> {
        let asked = sanitise::request(&self.masker, request);
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        let is_equal = |one: &&mut Recorded| !one.answered && is_same(&one.asked, &asked);
        if let Some(found) = recorded.iter_mut().find(is_equal) {
            found.answered = true;
            return Ok(found.path.clone());
        }
        // Secrets may be masked in one of the two only, say because a value was not known as one then.
        let fits = |one: &&mut Recorded| !one.answered && self.fits(&one.asked, &asked);
        if let Some(found) = recorded.iter_mut().find(fits) {
            found.answered = true;
            return Ok(found.path.clone());
        }
        Err(self.not_recorded(&recorded, &asked))
    }

    fn fits(&self, recorded: &Asked, asked: &Asked) -> bool {
        let url = self.masker.mask_url(&recorded.url);
        recorded.method == asked.method
            && matches_masked(&url, &asked.url)
            && matches_masked(&String::from_utf8_lossy(&recorded.body), &String::from_utf8_lossy(&asked.body))
    }

    fn not_recorded(&self, recorded: &[Recorded], asked: &Asked) -> TransportError {
        let name = |one: &Recorded| one.path.file_name().unwrap_or_default().display().to_string();
        let request = format!("{} `{}`", asked.method, asked.url);
        let folder = self.folder.display();
        let story = if let Some(used) = recorded.iter().rfind(|one| self.fits(&one.asked, asked)) {
            format!("{request}: asked once more than it is recorded in `{folder}`, last in `{}`", name(used))
        } else if let Some(near) = closest(recorded, |one| &one.asked, asked) {
            let story = difference(&near.asked, asked);
            format!("{request}: not recorded in `{folder}`; the closest is `{}`, where {story}", name(near))
        } else {
            format!("{request}: not recorded in `{folder}`")
        };
        TransportError::new(TransportErrorKind::NotRecorded, self.masker.mask(&story))
    }
}

fn is_same(recorded: &Asked, asked: &Asked) -> bool {
    recorded.method == asked.method && recorded.url == asked.url && recorded.body == asked.body
}

/// Whether the text is the recorded one with something in the place of every `***`.
fn matches_masked(recorded: &str, text: &str) -> bool {
    let mut parts = recorded.split("***");
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    false
}

#[expect(clippy::disallowed_methods, reason = "recordings are files of this crate")]
fn load(path: &Path) -> Result<Exchange, TransportError> {
    let file = fs::read(path).map_err(|why| error(path, format!("the exchange cannot be read: {why}")))?;
    read::read(&file).map_err(|why| error(path, why))
}

impl Transport for ReplayTransport {
    async fn send(&self, request: &Request) -> Result<Reply, TransportError> {
        let file = self.take(request)?;
        let answered = load(&file)?.answered;
        Ok(Reply {
            status: answered.status,
            url: answered.url.unwrap_or_else(|| request.url.clone()),
            headers: answered.headers,
            body: answered.body,
            requests: 1,
            retries: 0,
            waited_ms: 0,
            file: Some(file),
            token_requests: 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::matches_masked;

    #[test]
    fn a_mask_stands_for_any_text() {
        assert!(matches_masked("a?k=***&p=1", "a?k=secret&p=1"));
        assert!(matches_masked("a?k=***", "a?k="));
        assert!(matches_masked("***a***", "xay"));
        assert!(!matches_masked("a?k=***&p=1", "a?k=secret&p=2"));
        assert!(!matches_masked("a", "ab"));
        assert!(!matches_masked("ab***ba", "aba"));
    }
}
