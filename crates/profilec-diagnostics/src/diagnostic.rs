//! What is wrong, where and why, and how to mend it.

use crate::{Code, Span};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; changes no exit code.
    Info,
    /// Likely a mistake.
    Warning,
    /// The profile cannot do what it says.
    Error,
}

impl Severity {
    /// `error`, `warning` or `info`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A place with a remark about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The smallest range that names the culprit.
    pub span: Span,
    /// Why here. Lower case, no full stop. May be empty.
    pub text: String,
}

impl Label {
    /// A remark about a place.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// Keeps the meaning, or restores the only one that can be meant.
    Safe,
    /// May change what the profile does.
    Unsafe,
}

/// One replaced range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// A mechanical remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "write `urlencode`".
    pub title: String,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
    /// In file order, not overlapping; they apply together.
    pub edits: Vec<Edit>,
    /// The edits are about whole elements, which stand on lines of their own: see [`crate::keep_lines`].
    pub of_elements: bool,
}

impl Fix {
    /// A fix that keeps the meaning.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::Safe, edits, of_elements: false }
    }

    /// A fix that may change what the profile does.
    pub fn risky(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::Unsafe, edits, of_elements: false }
    }

    /// The same, when it removes whole elements, or puts them behind others with a line break in front.
    #[must_use]
    pub fn of_elements(self) -> Self {
        Self { of_elements: true, ..self }
    }
}

/// A finding: message, place, help and fixes. Plain data, without source text.
#[must_use]
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: &'static Code,
    /// Starts as the code's.
    pub severity: Severity,
    /// What is wrong, naming the user's thing. Lower case, no full stop, readable alone.
    pub message: String,
    /// Where and why.
    pub primary: Label,
    /// Places that explain the primary one. Never overlap it.
    pub others: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// Mechanical remedies, the best first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A finding with its code's severity.
    pub fn new(code: &'static Code, message: impl Into<String>, primary: Label) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            primary,
            others: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a place that explains.
    pub fn label(mut self, label: Label) -> Self {
        self.others.push(label);
        self
    }

    /// Adds a remedy.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// The same, with nothing that mends it.
    pub fn without_fixes(mut self) -> Self {
        self.fixes.clear();
        self
    }
}
