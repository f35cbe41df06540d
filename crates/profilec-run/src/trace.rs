//! A line a page: what was asked, what came, what was decided.

use profilec_engine::Verdict;

/// One page of the walk. Its texts are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLine {
    /// From 1.
    pub page: u64,
    /// `GET`, `POST`.
    pub method: String,
    /// As requested.
    pub url: String,
    /// `None`: no answer.
    pub status: Option<u16>,
    /// Rows found on the page.
    pub rows: usize,
    /// Rows in the output so far.
    pub written: u64,
    /// What follows.
    pub decision: Decision,
}

/// What follows a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Another page.
    Next {
        /// What leads there, when that is news and no link.
        marker: Option<String>,
        /// Its URL.
        url: String,
    },
    /// Rows that the script makes itself.
    Rows,
    /// Nothing.
    Stop {
        /// How it ended.
        verdict: Verdict,
        /// Why.
        message: String,
    },
}

impl std::fmt::Display for PageLine {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { page, method, url, status, rows, decision, .. } = self;
        write!(out, "page {page}: {method} {url}: ")?;
        match status {
            Some(status) => write!(out, "{status}, {rows} {}", if *rows == 1 { "row" } else { "rows" })?,
            None => write!(out, "no answer")?,
        }
        match decision {
            Decision::Next { marker: Some(marker), url } => write!(out, "; next marker `{marker}`: {url}"),
            Decision::Next { marker: None, url } => write!(out, "; next {url}"),
            Decision::Rows => write!(out, "; the script goes on"),
            Decision::Stop { verdict, message } => write!(out, "; {}: {message}", verdict.as_str()),
        }
    }
}
