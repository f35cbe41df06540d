//! Why a command could not start.

use profilec_auth::AuthError;
use profilec_diagnostics::{Diagnostic, Source};

use crate::exit::Exit;

/// A message, what to do about it, and the exit code that it means.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// What is told instead of the message: findings, and the text that they are about.
    pub(crate) findings: Option<Box<(Vec<Diagnostic>, Source)>>,
    pub(crate) exit: Exit,
}

impl Failure {
    /// The command cannot start like this.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, findings: None, exit: Exit::CannotStart }
    }

    /// The command started, and failed.
    pub(crate) fn later(message: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, ..Self::new(message) }
    }

    /// The command cannot start with a file in which this is found.
    pub(crate) fn of_findings(findings: Vec<Diagnostic>, source: Source) -> Self {
        Self { findings: Some(Box::new((findings, source))), ..Self::new("") }
    }

    /// No token can be had.
    pub(crate) fn of_auth(error: AuthError) -> Self {
        Self { help: error.help, ..Self::later(error.message) }
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
            return Self { exit: Exit::ReaderGone, ..Self::new("") };
        }
        Self::later(format!("standard output cannot be written: {error}"))
    }
}
