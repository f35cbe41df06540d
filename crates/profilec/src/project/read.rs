//! Reading `profilec.toml` and `auth.toml`.

use std::{
    borrow::Cow,
    collections::HashMap,
    ops::Range,
    path::{Path, PathBuf},
};

use profilec_auth::looks_secret;
use profilec_check::unknown_kind;
use profilec_diagnostics::{Diagnostic, Kind, Label, Level, Severity, Source, Span, Tally, codes};
use profilec_vocabulary::instead;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    CheckSettings, Exclude, FmtSettings, Project,
    entry::{ENTRY_KEYS, Entry},
    fault::{self, span},
    read_entry::read_entry,
};
use crate::{
    place::Place,
    profile::{decode, read_bytes},
};

/// The tables of a project's file.
pub(super) const OF_PROJECT: &[&str] = &["auth", "check", "fmt"];
/// The tables of a user's file.
pub(super) const OF_USER: &[&str] = &["auth"];
/// The keys of `[fmt]`.
const FMT_KEYS: [&str; 1] = ["exclude"];
/// The keys of `[check]`.
const CHECK_KEYS: [&str; 6] = ["allow", "deny", "deny_warnings", "exclude", "min_level", "warn"];
/// The words of `min_level`.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// Reads a file with these tables; what is wrong with it is a finding, and the rest counts.
pub(super) fn read(path: &Path, name: String, folder: PathBuf, tables: &'static [&'static str]) -> Project {
    let (text, encoding) = match read_bytes(path).and_then(decode) {
        Ok(read) => read,
        Err(reason) => return Project::unreadable(name, reason, folder),
    };
    let mut reader = Reader { tables, ..Reader::default() };
    reader.document(&text);
    let Reader { check, fmt, auth, mut findings, secrets, tally, .. } = reader;
    findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
    tally.tell(findings.iter_mut());
    let mut source = Source::with_encoding(name, text, encoding);
    source.hide(secrets);
    Project { folder, check, fmt, auth, file: Ok((source, findings)) }
}

#[derive(Default)]
struct Reader {
    tables: &'static [&'static str],
    check: CheckSettings,
    fmt: FmtSettings,
    auth: Vec<Entry>,
    /// Where secrets stand that should not.
    secrets: Vec<Span>,
    /// The kinds that have a level, by name.
    levels: HashMap<&'static str, Span>,
    given: Vec<(Kind, Level)>,
    findings: Vec<Diagnostic>,
    tally: Tally,
}

impl Reader {
    fn document(&mut self, text: &str) {
        let (table, errors) = DeTable::parse_recoverable(text);
        if let Some(error) = errors.first() {
            // What was meant from here on is anyone's guess.
            self.not_toml(text, error);
            self.secrets = secrets_by_name(text);
            return;
        }
        for (key, value) in table.get_ref() {
            let name = key.get_ref().as_ref();
            if !self.tables.contains(&name) {
                self.unknown_key(key, "", self.tables);
                continue;
            }
            match value.get_ref() {
                DeValue::Table(check) if name == "check" => self.check(check),
                DeValue::Table(fmt) if name == "fmt" => self.fmt(fmt),
                DeValue::Table(auth) => self.auth(auth),
                _ => {
                    let header = if name == "auth" { "auth.NAME" } else { name };
                    let help = format!("write `[{header}]`");
                    self.report(fault::wrong_type(name, value, "no table", &help));
                }
            }
        }
        // A code says more than its area; of what is listed twice the graver level counts.
        self.given.sort_by_key(|(kind, level)| (matches!(kind, Kind::Code(_)), *level));
        for (kind, level) in self.given.drain(..) {
            self.check.levels.set(kind, level);
        }
    }

    fn check(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match name {
                "allow" => self.kinds(name, value, Level::Allow),
                "warn" => self.kinds(name, value, Level::Warn),
                "deny" => self.kinds(name, value, Level::Deny),
                "deny_warnings" => match value.get_ref() {
                    DeValue::Boolean(deny) => self.check.deny_warnings = *deny,
                    _ => self.report(fault::wrong_type(name, value, "no boolean", "write `true` or `false`")),
                },
                "min_level" => self.min_level(value),
                "exclude" => self.check.exclude = self.exclude(value),
                _ => self.unknown_key(key, "check", &CHECK_KEYS),
            }
        }
    }

    fn fmt(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "exclude" => self.fmt.exclude = self.exclude(value),
                _ => self.unknown_key(key, "fmt", &FMT_KEYS),
            }
        }
    }

    fn auth(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let (entry, secrets) = read_entry(key, value);
            for finding in &entry.findings {
                self.report(finding.clone());
            }
            self.secrets.extend(secrets);
            self.auth.push(entry);
        }
    }

    fn exclude(&mut self, value: &Spanned<DeValue<'_>>) -> Exclude {
        let mut exclude = Exclude::default();
        for (pattern, place) in self.texts("exclude", value) {
            if let Err(error) = exclude.add(&pattern) {
                let message = format!("`{pattern}` is no pattern");
                let help = "`*` stands for any part of a name, `**` for any number of folders";
                self.invalid(place, message, error.msg, help);
            }
        }
        exclude
    }

    fn kinds(&mut self, key: &str, value: &Spanned<DeValue<'_>>, level: Level) {
        for (name, place) in self.texts(key, value) {
            let span = span(place);
            let Some(kind) = Kind::named(name.trim()) else {
                self.report(unknown_kind(name.trim(), span));
                continue;
            };
            let known = match kind {
                Kind::Area(area) => area,
                Kind::Code(code) => code.id,
            };
            if let Some(first) = self.levels.insert(known, span) {
                let message = format!("`{name}` is listed twice");
                let label = Label::new(span, "listed again");
                let finding = Diagnostic::new(&codes::settings::listed_twice, message, label);
                self.report(finding.label(Label::new(first, "first here")).help("leave one of them"));
            }
            self.given.push((kind, level));
        }
    }

    fn min_level(&mut self, value: &Spanned<DeValue<'_>>) {
        let word = value.get_ref().as_str();
        let known = SEVERITIES.into_iter().find(|severity| word == Some(severity.as_str()));
        if known.is_some() {
            self.check.least = known;
            return;
        }
        let message = match word {
            Some(word) => format!("`{word}` is no level"),
            None => format!("`min_level` is a TOML {}", value.get_ref().type_str()),
        };
        let help = instead(word.unwrap_or_default(), &SEVERITIES.map(Severity::as_str));
        self.invalid(value.span(), message, "no level", &help);
    }

    /// The texts of a list, each with its place.
    fn texts(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<(String, Range<usize>)> {
        let (texts, faults) = fault::texts(key, value);
        for fault in faults {
            self.report(fault);
        }
        texts
    }

    fn unknown_key(&mut self, key: &Spanned<Cow<'_, str>>, table: &str, known: &[&str]) {
        let name = key.get_ref();
        let is_known = |tables: &[&str]| tables.iter().any(|table| self.tables.contains(table));
        let otherwise = match name.as_ref() {
            "exclude" if is_known(&["check"]) => {
                Some("`exclude` belongs below `[check]` or `[fmt]`".to_owned())
            }
            name if CHECK_KEYS.contains(&name) && is_known(&["check"]) => {
                Some(format!("`{name}` belongs below `[check]`"))
            }
            name if ENTRY_KEYS.contains(&name) => Some(format!("`{name}` belongs below `[auth.NAME]`")),
            _ => None,
        };
        self.report(fault::unknown_key(key, table, known, otherwise));
    }

    fn not_toml(&mut self, text: &str, error: &toml::de::Error) {
        let place = error.span().unwrap_or(0..0);
        let start = text.floor_char_boundary(place.start);
        let place = Span::from_range(start..text.floor_char_boundary(place.end).max(start));
        let mut lines = error.message().lines();
        let message = format!("the settings are not TOML: {}", lines.next().unwrap_or_default());
        let finding = Diagnostic::new(&codes::settings::not_toml, message, Label::new(place, "not TOML"));
        let rest: Vec<&str> = lines.collect();
        self.report(if rest.is_empty() { finding } else { finding.help(rest.join("; ")) });
    }

    fn invalid(&mut self, place: Range<usize>, message: String, label: &str, help: &str) {
        self.report(fault::invalid(place, message, label, help));
    }

    fn report(&mut self, finding: Diagnostic) {
        if self.tally.admits(&finding) {
            self.findings.push(finding);
        }
    }
}

/// Where values stand whose names look secret, in a text that is not TOML. What names a place of a secret is none.
fn secrets_by_name(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some((name, value)) = line.split_once('=')
            && looks_secret(name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')))
            && Place::of(value.trim_start().trim_start_matches(['"', '\''])).is_none()
        {
            let value_start = start + line.len() - value.trim_start().len();
            found.push(Span::from_range(value_start..value_start + value.trim().len()));
        }
        start += line.len();
    }
    found
}
