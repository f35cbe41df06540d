//! Exit codes. They are set here and nowhere else.

use profilec_diagnostics::codes;
use profilec_engine::{Outcome, Verdict};
use profilec_run::{Ending, Finished, Signal};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well; a run is complete.
    Complete = 0,
    /// The profile has errors.
    ProfileErrors = 1,
    /// It could not start: usage, an unreadable file, a missing input.
    CannotStart = 2,
    /// The run failed.
    Failed = 3,
    /// The run ended truncated or unproven.
    NotAllRows = 4,
    /// Ctrl-C.
    Interrupted = 130,
    /// The reader of standard output went away.
    ReaderGone = 141,
    /// SIGTERM.
    Terminated = 143,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Signal> for Exit {
    fn from(signal: Signal) -> Self {
        match signal {
            Signal::Interrupt => Self::Interrupted,
            Signal::Terminate => Self::Terminated,
        }
    }
}

impl Exit {
    /// How a run ends the program.
    pub(crate) fn of_run(finished: &Finished) -> Self {
        match finished.ending {
            Ending::Signal(signal) => signal.into(),
            Ending::ReaderGone => Self::ReaderGone,
            Ending::Walk => match finished.outcome.verdict {
                Verdict::Complete => Self::Complete,
                Verdict::Truncated | Verdict::Unproven => Self::NotAllRows,
                Verdict::Failed if finished.counts.requests == 0 && wants_more(&finished.outcome) => {
                    Self::CannotStart
                }
                Verdict::Failed => Self::Failed,
            },
        }
    }

    /// Ends the program at once, leaving everything as it is.
    pub(crate) fn abort(self) -> ! {
        std::process::exit(self as i32)
    }
}

/// Whether the user has to give something before the first request can be made.
fn wants_more(outcome: &Outcome) -> bool {
    let code = outcome.reason.code;
    *code == codes::reference::undefined
        || *code == codes::reference::input_missing
        || *code == codes::reference::input_value_not_allowed
        || *code == codes::request::header_malformed
        || *code == codes::request::placeholder_unfilled
        || *code == codes::auth::user_missing
        || *code == codes::auth::scheme_unsupported
}
