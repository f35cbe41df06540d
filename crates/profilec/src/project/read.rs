//! Reading `profilec.toml`.

use std::{
    borrow::Cow,
    collections::HashMap,
    ops::Range,
    path::{Path, PathBuf},
};

use profilec_check::unknown_kind;
use profilec_diagnostics::{Code, Diagnostic, Kind, Label, Level, Severity, Source, Span, Tally, codes};
use profilec_vocabulary::{closest, instead};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{CheckSettings, Exclude, FmtSettings, Project};
use crate::profile::{decode, read_bytes};

/// The tables.
const TABLES: [&str; 2] = ["check", "fmt"];
/// The keys of `[fmt]`.
const FMT_KEYS: [&str; 1] = ["exclude"];
/// The keys of `[check]`.
const CHECK_KEYS: [&str; 6] = ["allow", "deny", "deny_warnings", "exclude", "min_level", "warn"];
/// The words of `min_level`.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// Reads a project's file; what is wrong with it is a finding, and the rest counts.
pub(super) fn read(path: &Path, name: String, folder: PathBuf) -> Project {
    let (text, encoding) = match read_bytes(path).and_then(decode) {
        Ok(read) => read,
        Err(reason) => return Project::unreadable(name, reason, folder),
    };
    let mut reader = Reader::default();
    reader.document(&text);
    let Reader { check, fmt, mut findings, tally, .. } = reader;
    findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
    tally.tell(findings.iter_mut());
    Project { folder, check, fmt, file: Ok((Source::with_encoding(name, text, encoding), findings)) }
}

#[derive(Default)]
struct Reader {
    check: CheckSettings,
    fmt: FmtSettings,
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
            return;
        }
        for (key, value) in table.get_ref() {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Table(check) if name == "check" => self.check(check),
                DeValue::Table(fmt) if name == "fmt" => self.fmt(fmt),
                other if TABLES.contains(&name) => {
                    let message = format!("`{name}` is a TOML {}", other.type_str());
                    self.invalid(value.span(), message, "no table", &format!("write `[{name}]`"));
                }
                _ => self.unknown_key(key, "", &TABLES),
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
                    other => {
                        let message = format!("`{name}` is a TOML {}", other.type_str());
                        self.invalid(value.span(), message, "no boolean", "write `true` or `false`");
                    }
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
        let help = "write a list of texts: `[\"…\", \"…\"]`";
        let DeValue::Array(list) = value.get_ref() else {
            let message = format!("`{key}` is a TOML {}", value.get_ref().type_str());
            self.invalid(value.span(), message, "no list", help);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), item.span())),
                other => {
                    let message = format!("an item of `{key}` is a TOML {}", other.type_str());
                    self.invalid(item.span(), message, "no text", help);
                }
            }
        }
        texts
    }

    fn unknown_key(&mut self, key: &Spanned<Cow<'_, str>>, table: &str, known: &[&str]) {
        let name = key.get_ref();
        let message = format!("unknown key `{name}`");
        let label = match table {
            "" => "no setting has this name".to_owned(),
            table => format!("no setting of `{table}` has this name"),
        };
        let finding =
            Diagnostic::new(&codes::settings::unknown_key, message, Label::new(span(key.span()), label));
        let help = match closest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if name == "exclude" => "`exclude` belongs below `[check]` or `[fmt]`".to_owned(),
            None if CHECK_KEYS.contains(&name.as_ref()) => format!("`{name}` belongs below `[check]`"),
            None => instead(name, known),
        };
        self.report(finding.help(help));
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
        let code: &'static Code = &codes::settings::invalid_value;
        self.report(Diagnostic::new(code, message, Label::new(span(place), label)).help(help));
    }

    fn report(&mut self, finding: Diagnostic) {
        if self.tally.admits(&finding) {
            self.findings.push(finding);
        }
    }
}

fn span(range: Range<usize>) -> Span {
    Span::from_range(range)
}
