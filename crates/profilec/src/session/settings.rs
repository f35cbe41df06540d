//! Connection options and inputs: which names there are, and what they hold.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use profilec_auth::{Masker, looks_secret};
use profilec_engine::{Inputs, Settings};
use profilec_plan::{Plan, sets_at_calls};
use profilec_vocabulary::{ResponseFormat, Support, connection_option, connection_options};

use super::{
    connection_file,
    values::{Values, pairs},
};
use crate::{
    args::{ConnectionArgs, ValueArgs, WalkArgs},
    failure::Failure,
    terminal::Terminal,
};

/// The connection options that the arguments give, in the order in which a later one of the same name wins: file,
/// text, `-c`.
pub(crate) fn given(args: &ConnectionArgs, values: &Values<'_>) -> Result<Settings, Failure> {
    let mut given = Settings::new();
    if let Some(path) = &args.connection_file {
        for (name, value) in connection_file::read(path)? {
            let value = values.resolved(&name, &value)?;
            given.push((name, value));
        }
    }
    for (name, value) in
        pairs("`--connection-string`", args.connection_string.as_deref().unwrap_or_default())?
    {
        let value = values.resolved(&name, &value)?;
        given.push((name, value));
    }
    for text in &args.connection {
        given.push(values.named("-c", text)?);
    }
    Ok(given)
}

/// The options by their own names; those within `Other` and `ProfileSettings` too.
pub(crate) fn settings(given: Settings, plan: &Plan, terminal: &Terminal) -> Result<Settings, Failure> {
    let settings = by_own_names(given, &plan.connection_read, &terminal.masker)?;
    for (name, value) in &settings {
        if let Some(why) = without_effect(name, value, plan) {
            terminal.warn(&format!("the connection option `{name}` {why}"));
        }
    }
    Ok(settings)
}

/// The same without a profile.
pub(crate) fn settings_of_client(given: Settings, masker: &Masker) -> Result<Settings, Failure> {
    by_own_names(given, &BTreeSet::new(), masker)
}

/// `read`: the names that a script reads.
fn by_own_names(given: Settings, read: &BTreeSet<String>, masker: &Masker) -> Result<Settings, Failure> {
    let mut settings = Settings::new();
    for (name, value) in given {
        let name = known(&name, read)?;
        learn(&name, &value, masker);
        if name == "Other" || name == "ProfileSettings" {
            for (name, value) in pairs(&format!("`{name}`"), &value)? {
                let name = known(&name, read)?;
                learn(&name, &value, masker);
                put(&mut settings, name, value);
            }
        } else {
            put(&mut settings, name, value);
        }
    }
    learn_basic(&settings, masker);
    Ok(settings)
}

/// The inputs that the arguments give. An input need not be declared: a column or a name that the script reads
/// will do.
pub(crate) fn inputs(args: &ValueArgs, plan: &Plan, values: &Values<'_>) -> Result<Inputs, Failure> {
    let declared = plan.inputs.iter().map(|input| input.name.as_str());
    let columns = plan.columns.iter().map(|column| column.name.as_str());
    let read = plan.inputs_read.iter().map(String::as_str);
    let names: Vec<&str> = declared.chain(columns).chain(read).collect();
    let mut inputs = Inputs::new();
    for text in &args.input {
        let (name, value) = values.named("-i", text)?;
        let is_several = |known: &&&str| known.strip_suffix('#').is_some_and(|bare| is_value_of(&name, bare));
        if let Some(array) = names.iter().find(is_several) {
            let name = if name.contains('#') { name } else { (*array).to_owned() };
            inputs.push((name, value));
            continue;
        }
        if !names.iter().any(|known| is_meant(&name, known)) {
            return Err(Failure::unknown("input", &name, names.iter().copied(), &listed("input", &names)));
        }
        put(&mut inputs, name, value);
    }
    Ok(inputs)
}

/// Whether a name is that of an input that takes several values, or of one of its values: `Ids`, `Ids#2`.
fn is_value_of(name: &str, array: &str) -> bool {
    let (bare, number) = name.split_once('#').unwrap_or((name, ""));
    bare.eq_ignore_ascii_case(array) && number.chars().all(|c| c.is_ascii_digit())
}

/// Whether a declared name, maybe a pattern (`env:*`), stands for a name.
fn is_meant(name: &str, declared: &str) -> bool {
    match declared.strip_suffix('*') {
        Some(prefix) => name.to_lowercase().starts_with(&prefix.to_lowercase()),
        None => declared.eq_ignore_ascii_case(name),
    }
}

/// The columns that `--select` names, as indices in output order; `None`: all.
pub(crate) fn selection(args: &WalkArgs, plan: &Plan) -> Result<Option<Vec<usize>>, Failure> {
    if args.select.is_empty() {
        return Ok(None);
    }
    let names = || plan.output.iter().map(|&at| plan.columns[at].name.as_str());
    let mut selected: Vec<usize> = Vec::new();
    for wanted in args.select.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let index =
            names().position(|name| name.to_lowercase() == wanted.to_lowercase()).ok_or_else(|| {
                Failure::unknown("column", wanted, names(), &listed("column", &names().collect::<Vec<_>>()))
            })?;
        let column = plan.output[index];
        if !selected.contains(&column) {
            selected.push(column);
        }
    }
    if selected.is_empty() {
        let names: Vec<&str> = names().collect();
        return Err(Failure::new("`--select` names no column").help(listed("column", &names)));
    }
    Ok(Some(selected))
}

/// The option's own name when the vocabulary has it, else the name that the script reads.
fn known(name: &str, read: &BTreeSet<String>) -> Result<String, Failure> {
    if let Some(option) = connection_option(name) {
        let family = option.name.ends_with(['#', '*']);
        return Ok(if family { name.to_owned() } else { option.name.to_owned() });
    }
    if read.contains(&name.to_lowercase()) {
        return Ok(name.to_owned());
    }
    let options: Vec<&str> =
        connection_options().into_iter().flat_map(profilec_vocabulary::Parameter::spellings).collect();
    let read = read.iter().map(String::as_str);
    let otherwise = "the script reads no option of this name either";
    Err(Failure::unknown("connection option", name, options.into_iter().chain(read), otherwise))
}

/// Why an option does nothing in this run; `None`: it does, or nobody expects it to.
fn without_effect(name: &str, value: &str, plan: &Plan) -> Option<&'static str> {
    if plan.connection_read.contains(&name.to_lowercase()) {
        return None;
    }
    let option = connection_option(name)?;
    let is_default = option.default.is_some_and(|default| default.eq_ignore_ascii_case(value.trim()));
    match option.support {
        _ if is_default => None,
        Support::NoEffect | Support::Refused(_) => Some("has no effect"),
        Support::Ignored if name == "Format" && !reads(plan, value) => {
            Some("has no effect: the operation decides how a response is read")
        }
        // Whether an option of authentication is read depends on the scheme.
        Support::Runs | Support::Ignored | Support::Auth => None,
    }
}

/// Whether an operation of the profile reads this format.
fn reads(plan: &Plan, format: &str) -> bool {
    let word = |format| match format {
        ResponseFormat::Json => "JSON",
        ResponseFormat::Xml => "XML",
        ResponseFormat::Csv => "CSV",
        ResponseFormat::Text => "",
    };
    sets_at_calls(plan).iter().any(|reached| word(reached.call.format).eq_ignore_ascii_case(format.trim()))
}

/// A value that is longer holds a certificate itself.
const LONGEST_PATH: usize = 400;

/// Whether the value of an option or input of this name is a secret. Of an option the vocabulary knows it: an
/// `OAuthClientId` is none.
pub(super) fn is_secret(name: &str, value: &str) -> bool {
    let Some(option) = connection_option(name) else { return looks_secret(name) };
    // The path of a file is none.
    let is_path = matches!(option.name, "SSLClientCert" | "OAuthJWTCert")
        && value.len() < LONGEST_PATH
        && !value.contains("-----BEGIN ");
    option.secret && !is_path
}

/// The named parts of an option's value: its headers, or its parameters.
pub(super) fn parts<'v>(name: &str, value: &'v str) -> Vec<(&'v str, &'v str)> {
    let split = |separator: char, part: &'v str| {
        part.split_once(separator).map(|(name, value)| (name.trim(), value.trim()))
    };
    match connection_option(name).map(|option| option.name) {
        Some("CustomHeaders") => {
            let lines = value.split("\\r").flat_map(|text| text.split("\\n")).flat_map(str::lines);
            lines.filter_map(|line| split(':', line)).collect()
        }
        Some("CustomUrlParams") => {
            value.trim_start_matches('?').split('&').filter_map(|pair| split('=', pair)).collect()
        }
        _ => Vec::new(),
    }
}

/// Learns what is secret in an option's value: all of it, and its secret parts where it has parts.
fn learn(name: &str, value: &str, masker: &Masker) {
    let parts = parts(name, value);
    for (_, part) in parts.iter().filter(|(name, _)| looks_secret(name)) {
        learn_part(part, masker);
    }
    // What is made of options is learnt option by option.
    if parts.is_empty() && !matches!(name, "Other" | "ProfileSettings") && is_secret(name, value) {
        masker.learn(value);
    }
}

/// Learns a header's or parameter's value, and what follows the scheme in it.
pub(super) fn learn_part(part: &str, masker: &Masker) {
    masker.learn(part);
    masker.learn(part.rsplit(' ').next().unwrap_or(part));
}

/// A password travels inside base64 together with its user's name.
fn learn_basic(settings: &Settings, masker: &Masker) {
    let value = |name: &str| settings.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    for (user, password) in [("User", "Password"), ("ProxyUser", "ProxyPassword")] {
        if let (Some(user), Some(password)) = (value(user), value(password)) {
            masker.learn(&STANDARD.encode(format!("{user}:{password}")));
        }
    }
}

fn put(pairs: &mut Vec<(String, String)>, name: String, value: String) {
    pairs.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
    pairs.push((name, value));
}

fn listed(what: &str, names: &[&str]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for name in names {
        if !shown.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            shown.push((*name).to_owned());
        }
    }
    if shown.is_empty() {
        return format!("the profile has no {what}");
    }
    shown.truncate(20);
    format!("the profile has {}", crate::profile::quoted(&shown))
}
