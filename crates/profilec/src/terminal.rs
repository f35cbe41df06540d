//! Standard output and standard error: colour, width, masking.

use std::io::{IsTerminal, Write, stderr, stdout};

use clap::ValueEnum;
use profilec_auth::Masker;
use profilec_diagnostics::{Diagnostic, RenderOptions, Source, render_pretty};

use crate::failure::Failure;

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal; `NO_COLOR` turns it off, `CLICOLOR_FORCE` on everywhere
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What the program prints goes through here, so that no secret slips by.
#[derive(Clone, Debug)]
pub(crate) struct Terminal {
    pub(crate) masker: Masker,
    color: Color,
}

impl Terminal {
    pub(crate) fn new(color: Color) -> Self {
        Self { masker: Masker::default(), color }
    }

    /// Writes a line to standard error. A closed standard error is nobody's loss.
    pub(crate) fn tell(&self, line: &str) {
        let _ = writeln!(stderr().lock(), "{}", self.masker.mask(line));
    }

    /// Overwrites the current line of standard error.
    pub(crate) fn progress(&self, line: &str) {
        let _ = write!(stderr().lock(), "\r\x1b[2K{}", self.masker.mask(line));
    }

    /// Writes a warning to standard error.
    pub(crate) fn warn(&self, message: &str) {
        self.tell(&format!("{}: {message}", self.word("warning", "33")));
    }

    /// Writes why a command could not start to standard error.
    pub(crate) fn failure(&self, failure: &Failure) {
        if let Some((findings, source)) = failure.findings.as_deref() {
            self.findings(findings, source);
        }
        if failure.message.is_empty() {
            return;
        }
        self.tell(&format!("{}: {}", self.word("error", "31"), failure.message));
        if let Some(help) = &failure.help {
            self.tell(&format!("  {}: {help}", self.word("help", "36")));
        }
    }

    /// Writes findings to standard error.
    pub(crate) fn findings(&self, findings: &[Diagnostic], source: &Source) {
        let options = self.render_options(stderr().is_terminal(), width_of(&stderr()));
        self.tell(render_pretty(findings, source, &options).trim_end());
    }

    /// How findings are shown on standard output.
    pub(crate) fn stdout_options(&self) -> RenderOptions {
        self.render_options(stdout().is_terminal(), width())
    }

    /// Text for standard output in an ANSI style, where that is coloured.
    pub(crate) fn styled(&self, text: &str, style: &str) -> String {
        if self.colored(stdout().is_terminal()) {
            format!("\x1b[1;{style}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    fn render_options(&self, is_terminal: bool, width: u16) -> RenderOptions {
        RenderOptions { color: self.colored(is_terminal), unicode: !is_dumb(), width: usize::from(width) }
    }

    fn colored(&self, is_terminal: bool) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if environment("NO_COLOR").is_some() => false,
            Color::Auto if environment("CLICOLOR_FORCE").is_some_and(|force| force != "0") => true,
            Color::Auto => is_terminal && !is_dumb() && environment("CLICOLOR").is_none_or(|on| on != "0"),
        }
    }

    fn word(&self, word: &str, style: &str) -> String {
        if self.colored(stderr().is_terminal()) {
            format!("\x1b[1;{style}m{word}\x1b[0m")
        } else {
            word.to_owned()
        }
    }
}

/// Writes text to standard output. It is the command's product: nothing in it is masked.
pub(crate) fn product(text: &str) -> Result<(), Failure> {
    product_bytes(text.as_bytes())
}

/// Writes bytes to standard output, as [`product`] does.
pub(crate) fn product_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Failure::of_stdout(&error))
}

/// Whether progress can be shown without disturbing rows.
pub(crate) fn shows_progress(rows_to_stdout: bool) -> bool {
    stderr().is_terminal() && !is_dumb() && !(rows_to_stdout && stdout().is_terminal())
}

/// Columns of standard output; 80 when that is no terminal.
pub(crate) fn width() -> u16 {
    width_of(&stdout())
}

fn width_of(stream: &impl IsTerminal) -> u16 {
    let size = if stream.is_terminal() { terminal_size::terminal_size() } else { None };
    size.map_or(80, |(terminal_size::Width(width), _)| width)
}

fn is_dumb() -> bool {
    environment("TERM").is_some_and(|term| term == "dumb")
}

/// A variable of the environment that is set and not empty.
#[expect(clippy::disallowed_methods, reason = "the binary touches the environment")]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
