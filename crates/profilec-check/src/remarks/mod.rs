//! Remarks to the checker in a profile: `<!-- profilec: allow(paging::not_enabled) the server sends one page -->`.

mod parse;
mod reach;

use profilec_diagnostics::{Diagnostic, Kind, Label, Span, Spanned, codes};
use profilec_syntax::Tree;

pub use parse::unknown_kind;

/// Remarks of a file that are read. A file with more is made by a program, and each finding is held against all.
const MAX_REMARKS: usize = 1_000;

/// Wants findings not to be told.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Which; each with the place where it is written.
    pub kinds: Vec<Spanned<Kind>>,
    /// Why.
    pub reason: Option<String>,
    /// What it speaks of; `None`: it stands before nothing and behind nothing.
    pub reach: Option<Span>,
    /// The whole comment.
    pub span: Span,
}

/// What a file says to the checker.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// In file order.
    pub remarks: Vec<Remark>,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
}

/// The remarks of a file: of `text`, what `tree` covers. `part` is where the file stands in the text.
pub fn remarks(text: &str, tree: &Tree, part: Span) -> Remarks {
    let mut found = Remarks::default();
    for (comment, reach) in reach::comments(text, tree, part) {
        let Some(body) = parse::body(text, comment) else { continue };
        if found.remarks.len() == MAX_REMARKS {
            let label = Label::new(comment, "neither this one nor those after it are read");
            let message = format!("more than {MAX_REMARKS} remarks");
            found.diagnostics.push(Diagnostic::new(&codes::settings::remark_malformed, message, label));
            break;
        }
        if let Some((kinds, reason)) = parse::allow(text, body, &mut found.diagnostics) {
            found.remarks.push(Remark { kinds, reason, reach, span: comment });
        }
    }
    found
}
