//! Why a command could not start.

use crate::exit::Exit;

/// A message, what to do about it, and the exit code that it means.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) exit: Exit,
}

impl Failure {
    /// The command cannot start like this.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, exit: Exit::CannotStart }
    }

    /// Says what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// An unknown name, with the candidate it most likely stands for.
    pub(crate) fn unknown<'a>(
        what: &str,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        otherwise: &str,
    ) -> Self {
        let help = match profilec_vocabulary::closest(name, candidates) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_owned(),
        };
        Self::new(format!("unknown {what} `{name}`")).help(help)
    }

    /// Standard output takes no more.
    pub(crate) fn of_stdout(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self { message: String::new(), help: None, exit: Exit::ReaderGone };
        }
        Self {
            message: format!("standard output cannot be written: {error}"),
            help: None,
            exit: Exit::Failed,
        }
    }
}
