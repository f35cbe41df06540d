//! Hiding secrets in text.

use std::collections::BTreeSet;
use std::ops::{Bound, Range};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use aho_corasick::AhoCorasick;

use crate::views::View;
use crate::{forms, looks_secret, members};

/// What is shown instead.
const MASK: &str = "***";

/// A shorter value stands in too much innocent text to be hidden.
const SHORTEST: usize = 4;

/// Hides the secrets that it has learnt. Cheap to clone; clones share what is learnt.
///
/// A text is searched as it stands, with percent escapes undone and with JSON escapes undone, so every
/// mixture of escaped and plain characters is found; base64 and hex are found too. Secrets that overlap
/// are hidden as one.
#[derive(Clone, Debug, Default)]
pub struct Masker {
    learnt: Arc<RwLock<Learnt>>,
}

#[derive(Default)]
struct Learnt {
    patterns: BTreeSet<String>,
    /// Built when a text is to be searched first: secrets come in groups.
    search: OnceLock<Option<AhoCorasick>>,
}

impl std::fmt::Debug for Learnt {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} patterns", self.patterns.len())
    }
}

impl Masker {
    /// Learns a secret. Values under four characters are not masked by value.
    pub fn learn(&self, secret: &str) {
        let is_mask = secret.bytes().all(|byte| byte == b'*');
        if secret.chars().count() < SHORTEST || is_mask {
            return;
        }
        let mut learnt = self.learnt.write().unwrap_or_else(PoisonError::into_inner);
        if learnt.patterns.contains(secret) {
            return;
        }
        learnt.patterns.extend(forms::of(secret));
        learnt.search = OnceLock::new();
    }

    /// The text with every known secret, also URL-encoded, base64-, hex- and JSON-escaped, shown as `***`.
    pub fn mask(&self, text: &str) -> String {
        let learnt = self.learnt.read().unwrap_or_else(PoisonError::into_inner);
        let mut shown = text.to_owned();
        let Some(search) = learnt.search() else { return shown };
        // What a mask brings together may spell a secret again. Every round makes the text shorter.
        while let Some(shorter) = hide(search, &shown) {
            shown = shorter;
        }
        shown
    }

    /// A message without known secrets, in which `…` marks where a quoted text was cut: the beginning of a
    /// secret that stands before it is hidden as well.
    pub fn mask_message(&self, message: &str) -> String {
        let mut shown = self.mask(message);
        let learnt = self.learnt.read().unwrap_or_else(PoisonError::into_inner);
        let cuts: Vec<usize> = shown.match_indices('…').map(|(at, _)| at).collect();
        for cut in cuts.into_iter().rev() {
            if let Some(start) = learnt.beginning_before(&shown, cut) {
                shown.replace_range(start..cut, MASK);
            }
        }
        shown
    }

    /// Learns the credentials that a request carries: the values of headers, parameters and members of the
    /// body whose names [look secret](looks_secret). A script may have got them from anywhere.
    pub fn learn_request<'h>(
        &self,
        url: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h str)>,
        body: Option<&str>,
    ) {
        for (_, value) in headers.into_iter().filter(|(name, _)| looks_secret(name)) {
            self.learn(value);
            // The word before it is the scheme.
            self.learn(value.rsplit(' ').next().unwrap_or(value));
        }
        let body = body.unwrap_or_default();
        if body.trim_start().starts_with(['{', '[']) {
            self.learn_members(body);
        }
        let query = url.split_once('?').map_or("", |(_, query)| query);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            if looks_secret(&readable(name)) {
                self.learn(&readable(value));
            }
        }
    }

    /// The URL without user name and password, without the values of parameters that
    /// [look secret](looks_secret), and without known secrets. The text need not be a valid URL.
    pub fn mask_url(&self, url: &str) -> String {
        self.mask(&without_parameters(&without_userinfo(url)))
    }

    /// A form or JSON text without the values of members that [look secret](looks_secret), and without
    /// known secrets.
    pub fn mask_members(&self, text: &str) -> String {
        if !text.trim_start().starts_with(['{', '[']) {
            let form = without_parameters(&format!("&{text}"));
            return self.mask(form.strip_prefix('&').unwrap_or(&form));
        }
        let mut shown = text.to_owned();
        for range in members::secret_strings(text).into_iter().rev() {
            shown.replace_range(range, MASK);
        }
        self.mask(&shown)
    }

    /// Learns the string values of members that [look secret](looks_secret): of the answer of a token
    /// endpoint.
    pub fn learn_members(&self, json: &str) {
        for range in members::secret_strings(json) {
            let written = json.get(range).unwrap_or_default();
            match View::json(written.as_bytes()) {
                Some(view) => self.learn(&String::from_utf8_lossy(&view.bytes)),
                None => self.learn(written),
            }
        }
    }

    /// The value of a header to show: `***` when the name [looks secret](looks_secret) (an authorization
    /// keeps its scheme), else without known secrets and without secrets in the URLs it holds.
    pub fn mask_header(&self, name: &str, value: &str) -> String {
        if !looks_secret(name) {
            return self.mask(&without_parameters(value));
        }
        let is_authorization = name.to_ascii_lowercase().ends_with("authorization");
        match value.trim().split_once(' ') {
            Some((scheme, _))
                if is_authorization && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
            {
                self.mask(&format!("{scheme} {MASK}"))
            }
            _ => MASK.to_owned(),
        }
    }
}

impl Learnt {
    /// What finds the patterns; `None`: there are none.
    fn search(&self) -> Option<&AhoCorasick> {
        // Building fails only beyond 2^31 states, which no set of secrets reaches.
        let build = || (!self.patterns.is_empty()).then(|| AhoCorasick::new(&self.patterns).ok()).flatten();
        self.search.get_or_init(build).as_ref()
    }

    /// Where the longest beginning of a pattern starts that ends at `end`.
    fn beginning_before(&self, text: &str, end: usize) -> Option<usize> {
        let longest = self.patterns.iter().map(String::len).max()?;
        let starts = text.get(..end)?.char_indices().map(|(at, _)| at);
        let mut starts = starts.skip_while(|at| end - at > longest);
        starts.find(|start| {
            let piece = &text[*start..end];
            let next = || self.patterns.range::<str, _>((Bound::Included(piece), Bound::Unbounded)).next();
            piece.chars().count() >= SHORTEST && next().is_some_and(|pattern| pattern.starts_with(piece))
        })
    }
}

/// The text with what was found hidden; `None` when nothing was found.
fn hide(search: &AhoCorasick, text: &str) -> Option<String> {
    let mut found = find(search, text);
    if found.is_empty() {
        return None;
    }
    found.sort_unstable_by_key(|range| range.start);
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for range in found {
        if range.start >= end {
            shown.push_str(text.get(end..range.start).unwrap_or_default());
            shown.push_str(MASK);
        }
        end = end.max(range.end);
    }
    shown.push_str(text.get(end..).unwrap_or_default());
    Some(shown)
}

fn find(search: &AhoCorasick, text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<_> = search.find_overlapping_iter(bytes).map(|hit| hit.range()).collect();
    let percent = View::percent(bytes);
    for view in percent.iter().chain(View::json(bytes).iter()) {
        found.extend(search.find_overlapping_iter(&view.bytes).map(|hit| view.written(hit.range())));
    }
    // JSON that was put into a URL.
    if let Some(percent) = percent
        && let Some(json) = View::json(&percent.bytes)
    {
        found.extend(
            search.find_overlapping_iter(&json.bytes).map(|hit| percent.written(json.written(hit.range()))),
        );
    }
    found
}

fn without_userinfo(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let authority_end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(authority_end);
    match authority.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{MASK}@{host}{tail}"),
        None => url.to_owned(),
    }
}

/// Hides the value of each `?name=value`, `&name=value` or `#name=value` whose name looks secret.
fn without_parameters(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(mark) = rest.find(['?', '&', '#', ';']) {
        let (before, parameter) = rest.split_at(mark + 1);
        shown.push_str(before);
        let end = parameter.find(['?', '&', '#', ';', '>', '"', '`', ' ']).unwrap_or(parameter.len());
        let (pair, after) = parameter.split_at(end);
        match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() && looks_secret(&readable(name)) => {
                shown.push_str(name);
                shown.push('=');
                shown.push_str(MASK);
            }
            _ => shown.push_str(pair),
        }
        rest = after;
    }
    shown.push_str(rest);
    shown
}

fn readable(name: &str) -> String {
    match View::percent(name.as_bytes()) {
        Some(view) => String::from_utf8_lossy(&view.bytes).into_owned(),
        None => name.to_owned(),
    }
}
