//! How a run ended, for people.

use std::fmt::Write;

use profilec_diagnostics::{Diagnostic, Label, Source, Span, codes};
use profilec_engine::Verdict;
use profilec_run::{Finished, Partial};

use crate::terminal::Terminal;

/// Says on standard error how a run ended: failures and doubts at their place in the profile, then one line.
pub(crate) fn outcome(
    finished: &Finished,
    partial: Option<&Partial>,
    source: &Source,
    quiet: bool,
    terminal: &Terminal,
) {
    let (outcome, counts) = (&finished.outcome, &finished.counts);
    let reader_gone = outcome.reason.code == &codes::paging::reader_gone;
    if reader_gone || (quiet && outcome.verdict == Verdict::Complete) {
        return;
    }
    let mut line = format!(
        "{}: {}, {}, {}",
        outcome.verdict.as_str(),
        counted(counts.rows, "row"),
        counted(counts.pages, "page"),
        seconds(counts.elapsed_ms)
    );
    if outcome.verdict == Verdict::Complete {
        let at = outcome.reason.primary.span.start();
        let (place, name, code) = (source.position(at), source.file_at(at).name(), outcome.reason.code.id);
        let _ =
            write!(line, ": {} ({code} at {name}:{}:{})", outcome.reason.message, place.line, place.column);
    } else {
        terminal.findings(std::slice::from_ref(&outcome.reason), source);
    }
    if let Some(partial) = partial {
        let _ = write!(line, "; kept in `{}`", partial.path);
    }
    terminal.tell(&line);
}

/// The output is whole but cannot get its name.
pub(crate) fn not_renamed(error: &std::io::Error, origin: Span) -> Diagnostic {
    let message = format!("the output cannot be renamed: {}", crate::profile::plain(error));
    Diagnostic::new(&codes::output::write_failed, message, Label::new(origin, "this profile's rows"))
}

fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `1.2 s`.
fn seconds(milliseconds: u64) -> String {
    format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100)
}
