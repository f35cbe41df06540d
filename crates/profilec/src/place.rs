//! Where values stand that are not written down: the environment, files, the keyring of the system.

use std::path::Path;

use crate::{failure::Failure, profile, terminal::environment};

/// The place of a value, for secrets above all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'t> {
    /// `env:NAME`
    Variable(&'t str),
    /// `file:PATH`
    File(&'t str),
    /// `keyring:SERVICE/USER`
    Keyring(&'t str),
}

impl<'t> Place<'t> {
    /// The place that a text names; `None`: it is the value itself.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "env" => Some(Self::Variable(rest)),
            "file" => Some(Self::File(rest)),
            "keyring" => Some(Self::Keyring(rest)),
            _ => None,
        }
    }

    /// What stands there. `folder`: where relative paths begin.
    pub(crate) fn fetch(self, folder: &Path) -> Result<String, Failure> {
        match self {
            Self::Variable(name) => environment(name)
                .ok_or_else(|| Failure::new(format!("the environment has no variable `{name}`"))),
            Self::File(path) => {
                let text = read_text(&folder.join(path)).map_err(|error| {
                    Failure::new(format!("`{path}` cannot be read: {}", profile::plain(&error)))
                })?;
                Ok(without_line_end(text))
            }
            Self::Keyring(entry) => of_keyring(entry),
        }
    }
}

fn of_keyring(entry: &str) -> Result<String, Failure> {
    let Some((service, user)) =
        entry.rsplit_once('/').filter(|(service, user)| !service.is_empty() && !user.is_empty())
    else {
        return Err(
            Failure::new(format!("`keyring:{entry}` names no password")).help("write `keyring:SERVICE/USER`")
        );
    };
    let password = keyring::Entry::new(service, user).and_then(|entry| entry.inner.get_password());
    password.map_err(|error| match error {
        keyring::Error::NoEntry => {
            Failure::new(format!("the keyring has no password of `{user}` for `{service}`"))
                .help("put it there, or use `env:NAME` or `file:PATH`")
        }
        keyring::Error::BadEncoding(_) => {
            Failure::new(format!("what the keyring has of `{user}` for `{service}` is no text"))
        }
        keyring::Error::Ambiguous(_) => {
            Failure::new(format!("the keyring has several passwords of `{user}` for `{service}`"))
        }
        _ => Failure::new("the keyring of this system cannot be reached, or is locked")
            .help("unlock it, or use `env:NAME` or `file:PATH`"),
    })
}

/// The text without the end of its last line.
pub(crate) fn without_line_end(mut text: String) -> String {
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "the binary touches files")]
pub(crate) fn read_text(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}
