//! Reading `[auth.NAME]`.

use std::{borrow::Cow, collections::BTreeMap};

use profilec_auth::looks_secret;
use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_vocabulary::instead;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    entry::{ENTRY_KEYS, Entry, EntryGrant, Holds, KEYS, Key, Setting},
    fault::{self, span},
};
use crate::place::Place;

/// What to do about a secret.
const WHERE: &str = "write where it is, `env:NAME`, `file:PATH` or `keyring:SERVICE/USER`";

/// Reads an entry, and where secrets stand in it.
pub(super) fn read_entry(name: &Spanned<Cow<'_, str>>, value: &Spanned<DeValue<'_>>) -> (Entry, Vec<Span>) {
    let mut reader = Reader {
        entry: Entry {
            name: name.get_ref().to_string(),
            grant: EntryGrant::ClientCredentials,
            findings: Vec::new(),
            settings: BTreeMap::new(),
        },
        secrets: Vec::new(),
    };
    let is_name = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    if !is_name(name.get_ref()) {
        let message = format!("`{}` cannot be the name of an entry", name.get_ref());
        let help = "a name has letters, digits, `-`, `_` and `.`, and begins with a letter or digit";
        reader.entry.findings.push(fault::invalid(name.span(), message, "no name", help));
    }
    if let DeValue::Table(table) = value.get_ref() {
        reader.table(name, table);
    } else {
        let header = format!("auth.{}", name.get_ref());
        let fault = fault::wrong_type(&header, value, "no table", &format!("write `[{header}]`"));
        reader.entry.findings.push(fault);
    }
    (reader.entry, reader.secrets)
}

struct Reader {
    entry: Entry,
    secrets: Vec<Span>,
}

impl Reader {
    fn table(&mut self, name: &Spanned<Cow<'_, str>>, table: &DeTable<'_>) {
        let grant = self.grant(name, table);
        for (key, value) in table {
            let written = key.get_ref().as_ref();
            let Some(known) = KEYS.iter().find(|known| known.name == written) else {
                let fault = fault::unknown_key(key, &format!("auth.{}", name.get_ref()), &ENTRY_KEYS, None);
                self.entry.findings.push(fault);
                continue;
            };
            if let Some(setting) = self.setting(known, value) {
                self.entry.settings.insert(known.name, setting);
            }
            if let Some(grant) =
                grant.filter(|grant| !known.grants.is_empty() && !known.grants.contains(grant))
            {
                let readers: Vec<&str> = known.grants.iter().map(|grant| grant.name()).collect();
                let message = format!("`{written}` has no effect with the grant `{}`", grant.name());
                let label = Label::new(span(key.span()), "nothing reads it");
                let finding = Diagnostic::new(&codes::settings::key_without_effect, message, label);
                let help = format!("it belongs to `{}`", readers.join("` and `"));
                self.entry.findings.push(finding.help(help));
            }
        }
        let Some(grant) = grant else { return };
        self.entry.grant = grant;
        let is_missing = |key: &&&str| !table.iter().any(|(written, _)| written.get_ref() == **key);
        let missing: Vec<&str> = grant.needs().iter().filter(is_missing).copied().collect();
        if !missing.is_empty() {
            let message = format!("`{}` lacks `{}`", name.get_ref(), missing.join("`, `"));
            let label = format!("the grant `{}` needs {}", grant.name(), it_or_them(&missing));
            let finding = missing_key(name, message, label);
            self.entry.findings.push(finding.help(how_to_write(&missing)));
        }
    }

    fn grant(&mut self, name: &Spanned<Cow<'_, str>>, table: &DeTable<'_>) -> Option<EntryGrant> {
        let words = EntryGrant::ALL.map(EntryGrant::name);
        let Some((_, value)) = table.iter().find(|(key, _)| key.get_ref() == "grant") else {
            let message = format!("`{}` lacks `grant`", name.get_ref());
            let finding = missing_key(name, message, "how are its tokens got?".to_owned());
            self.entry.findings.push(finding.help(instead("", &words)));
            return None;
        };
        let word = value.get_ref().as_str().unwrap_or_default();
        let grant = EntryGrant::ALL.into_iter().find(|grant| grant.name() == word);
        if grant.is_none() && value.get_ref().as_str().is_some() {
            let fault = fault::invalid(
                value.span(),
                format!("`{word}` is no grant"),
                "no grant",
                &instead(word, &words),
            );
            self.entry.findings.push(fault);
        }
        grant
    }

    fn setting(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<Setting> {
        match key.holds {
            Holds::Text | Holds::Placed => self.text(key, value).map(Setting::Text),
            Holds::Url => {
                let text = self.text(key, value)?;
                let url = url::Url::parse(text.trim()).ok();
                if url.is_none_or(|url| !matches!(url.scheme(), "http" | "https")) {
                    let message = format!("`{}` is no http or https URL", key.name);
                    let help = "write it whole: `https://login.example.com/oauth2/token`";
                    self.entry.findings.push(fault::invalid(value.span(), message, "no URL", help));
                }
                Some(Setting::Text(text))
            }
            Holds::Word(words) => {
                let text = self.text(key, value)?;
                if !words.contains(&text.as_str()) {
                    let message = format!("`{}` cannot be `{text}`", key.name);
                    let help = instead(&text, words);
                    self.entry.findings.push(fault::invalid(value.span(), message, "no such word", &help));
                }
                Some(Setting::Text(text))
            }
            Holds::Secret => {
                let text = self.text(key, value)?;
                self.secret(key.name, &text, value);
                Some(Setting::Text(text))
            }
            Holds::Truth => match value.get_ref() {
                DeValue::Boolean(truth) => Some(Setting::Truth(*truth)),
                _ => self.wrong(key, value, "no boolean", "write `true` or `false`"),
            },
            Holds::Seconds => {
                let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
                let number = number.filter(|number| *number > 0);
                if number.is_none() {
                    let message = format!("`{}` is no number of seconds", key.name);
                    let help = "write a whole number above zero";
                    self.entry.findings.push(fault::invalid(value.span(), message, "no time", help));
                }
                number.map(Setting::Number)
            }
            Holds::Texts => {
                let (texts, faults) = fault::texts(key.name, value);
                self.entry.findings.extend(faults);
                Some(Setting::Texts(texts.into_iter().map(|(text, _)| text).collect()))
            }
            Holds::Pairs => self.pairs(key, value),
        }
    }

    fn text(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<String> {
        if let Some(text) = value.get_ref().as_str() {
            return Some(text.to_owned());
        }
        let is_secret = matches!(key.holds, Holds::Secret);
        if is_secret {
            self.secrets.push(span(value.span()));
        }
        self.wrong(key, value, "no text", if is_secret { WHERE } else { "write it between quotes" })
    }

    fn pairs(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<Setting> {
        let help = format!("write `{} = {{ NAME = \"VALUE\" }}`", key.name);
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong(key, value, "no table", &help);
        };
        let mut pairs = Vec::new();
        for (name, value) in table {
            let written = name.get_ref();
            let Some(text) = value.get_ref().as_str() else {
                let what = format!("{}.{written}", key.name);
                let help = "write it between quotes";
                self.entry.findings.push(fault::wrong_type(&what, value, "no text", help));
                continue;
            };
            if looks_secret(written) {
                self.secret(written, text, value);
            }
            pairs.push((written.to_string(), text.to_owned()));
        }
        Some(Setting::Pairs(pairs))
    }

    /// A secret must stand elsewhere.
    fn secret(&mut self, key: &str, text: &str, value: &Spanned<DeValue<'_>>) {
        if Place::of(text).is_some() {
            return;
        }
        let place = value.span();
        let inside = place.start + 1..place.end.saturating_sub(1).max(place.start + 1);
        self.secrets.push(span(inside));
        let message = format!("the secret `{key}` is written in the file");
        let label = Label::new(span(place), "everyone who has the file can use it");
        let finding = Diagnostic::new(&codes::settings::literal_secret, message, label);
        self.entry.findings.push(finding.help(format!("{WHERE}, and revoke this one")));
    }

    fn wrong<T>(&mut self, key: &Key, value: &Spanned<DeValue<'_>>, label: &str, help: &str) -> Option<T> {
        self.entry.findings.push(fault::wrong_type(key.name, value, label, help));
        None
    }
}

fn missing_key(name: &Spanned<Cow<'_, str>>, message: String, label: String) -> Diagnostic {
    Diagnostic::new(&codes::settings::key_missing, message, Label::new(span(name.span()), label))
}

const fn it_or_them(keys: &[&str]) -> &'static str {
    if keys.len() == 1 { "it" } else { "them" }
}

/// Lines for keys that are missing.
fn how_to_write(keys: &[&str]) -> String {
    let line = |key: &&str| {
        let holds = KEYS.iter().find(|known| known.name == *key).map(|known| known.holds);
        match holds {
            Some(Holds::Secret) => format!("`{key} = \"env:NAME\"`"),
            Some(Holds::Url) => format!("`{key} = \"https://…\"`"),
            _ => format!("`{key} = \"…\"`"),
        }
    };
    format!("write {}", keys.iter().map(line).collect::<Vec<_>>().join(", "))
}
