//! Profiles on disk: found, read, decoded, compiled.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use profilec_check::CheckOptions;
use profilec_diagnostics::{Code, Diagnostic, Encoding, Severity, Source, codes};
use profilec_plan::{LowerOptions, Plan};

use crate::{args::ProfileArgs, failure::Failure};

/// Bytes of a profile. The largest known has under one million.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Faults after which a part of the profile is not known: a run without it could lose columns or pages
/// silently.
const CUTS: [&Code; 5] = [
    &codes::xml::comment_unclosed,
    &codes::xml::doctype,
    &codes::xml::empty_file,
    &codes::xml::too_deep,
    &codes::xml::truncated,
];

/// The profile that the arguments name.
pub(crate) fn open(args: &ProfileArgs) -> Result<Source, Failure> {
    if !args.profile.is_dir() {
        let source = read_or_fail(&args.profile)?;
        return match &args.table {
            Some(table) if !is_table(&source, table) => {
                let name = table_name(&source);
                Err(Failure::new(format!("the profile's table is `{name}`, not `{table}`")))
            }
            _ => Ok(source),
        };
    }
    let paths = walk(std::slice::from_ref(&args.profile))?;
    let sources = paths.iter().map(|path| read_or_fail(path)).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<String> = sources.iter().map(table_name).collect();
    let listed = || format!("it has {}", quoted(&names));
    let Some(table) = &args.table else {
        let mut sources = sources;
        return match (sources.pop(), sources.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => Err(Failure::new(format!("`{}` holds several profiles", name(&args.profile)))
                .help(format!("choose one with `--table`: {}", listed()))),
        };
    };
    sources
        .into_iter()
        .find(|source| is_table(source, table))
        .ok_or_else(|| Failure::unknown("table", table, names.iter().map(String::as_str), &listed()))
}

/// Compiles a profile for running.
///
/// # Errors
/// What keeps it from running.
pub(crate) fn compile(source: &Source) -> Result<Plan, Vec<Diagnostic>> {
    let parsed = profilec_syntax::parse(source.text());
    let lowered = profilec_plan::lower(&parsed.document, &lower_options(source));
    let is_whole = !parsed.diagnostics.iter().any(|finding| CUTS.contains(&finding.code));
    match lowered {
        Ok(plan) if is_whole => Ok(plan),
        lowered => {
            let errors = parsed.diagnostics.into_iter().filter(|finding| finding.severity == Severity::Error);
            Err(joined(errors.collect(), lowered.err().unwrap_or_default()))
        }
    }
}

/// Everything that can be said about a profile.
pub(crate) fn findings(source: &Source) -> Vec<Diagnostic> {
    let parsed = profilec_syntax::parse(source.text());
    let mut findings = parsed.diagnostics;
    findings.extend(profilec_check::check(&parsed.document, &CheckOptions::default()));
    // What the checker refuses, lowering would only say again.
    let is_refused = !profilec_check::blocking(&parsed.document).is_empty();
    let lowered = if is_refused {
        Vec::new()
    } else {
        profilec_plan::lower(&parsed.document, &lower_options(source)).err().unwrap_or_default()
    };
    joined(findings, lowered)
}

/// All findings by place. Of an earlier and a later stage that speak of the same place, the graver one stays,
/// else the earlier one.
fn joined(mut earlier: Vec<Diagnostic>, mut later: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_same_place = |a: &Diagnostic, b: &Diagnostic| {
        let (a, b) = (a.primary.span, b.primary.span);
        a == b || (a.start() < b.end() && b.start() < a.end())
    };
    later.retain(|late| {
        !earlier.iter().any(|early| early.severity >= late.severity && is_same_place(early, late))
    });
    earlier.retain(|early| !later.iter().any(|late| early.code == late.code && is_same_place(early, late)));
    let mut findings = earlier;
    findings.append(&mut later);
    findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
    findings
}

fn lower_options(source: &Source) -> LowerOptions {
    LowerOptions { table: stem(source).to_owned() }
}

/// The profiles that these paths name, folders walked, sorted.
pub(crate) fn walk(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            walk_folder(path, &mut found);
            if found.len() == before {
                return Err(Failure::new(format!("no `.rsd` or `.rsb` file in `{}`", name(path))));
            }
        } else {
            found.push(path.clone());
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Links to folders are not followed, so that the walk ends.
fn walk_folder(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk_folder(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("rsd") || ending.eq_ignore_ascii_case("rsb"))
        {
            found.push(path);
        }
    }
}

/// Reads a profile; the error says why not.
pub(crate) fn read(path: &Path) -> Result<Source, String> {
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)
    } else {
        open_file(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| plain(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("it is larger than 64 MiB".to_owned());
    }
    let (text, encoding) = decode(bytes)?;
    Ok(Source::with_encoding(name(path), text, encoding))
}

fn read_or_fail(path: &Path) -> Result<Source, Failure> {
    read(path).map_err(|reason| Failure::new(format!("`{}` cannot be read: {reason}", name(path))))
}

/// The path as messages show it.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.to_string_lossy().replace('\\', "/") }
}

/// An I/O error without the number of the operating system.
pub(crate) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    text[..end].to_lowercase()
}

#[expect(clippy::disallowed_methods, reason = "the binary touches files")]
fn open_file(path: &Path) -> std::io::Result<std::fs::File> {
    std::fs::File::open(path)
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// UTF-8, or UTF-16 with a byte-order mark.
fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), String> {
    let units = |pair: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let whole: Vec<u16> = pairs.iter().map(|bytes| pair(*bytes)).collect();
        if rest.is_empty() { String::from_utf16(&whole).ok() } else { None }
    };
    let wide = match bytes.as_slice() {
        [0xFF, 0xFE, ..] => Some(units(u16::from_le_bytes)),
        [0xFE, 0xFF, ..] => Some(units(u16::from_be_bytes)),
        _ => None,
    };
    match wide {
        Some(Some(text)) => Ok((text, Encoding::Utf16)),
        Some(None) => Err("its byte-order mark says UTF-16, but it is not".to_owned()),
        None => String::from_utf8(bytes).map(|text| (text, Encoding::Utf8)).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            format!("it is neither UTF-8 (see byte {at}) nor UTF-16 with a byte-order mark")
        }),
    }
}

/// The file's name without folder and ending.
fn stem(source: &Source) -> &str {
    let file = source.name().rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn table_name(source: &Source) -> String {
    title(source).unwrap_or_else(|| stem(source).to_owned())
}

fn is_table(source: &Source, table: &str) -> bool {
    stem(source).eq_ignore_ascii_case(table)
        || title(source).is_some_and(|title| title.eq_ignore_ascii_case(table))
}

fn title(source: &Source) -> Option<String> {
    let info = profilec_syntax::parse(source.text()).document.info?;
    let title = info.title()?.as_str().trim().to_owned();
    (!title.is_empty()).then_some(title)
}

/// "`A`, `B`".
pub(crate) fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that follows from a cut follows from it: it is the one finding.
    #[test]
    fn a_profile_cut_anywhere_gives_one_finding() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/syntax/ok");
        let mut cuts = 0;
        for path in walk(&[folder]).expect("profiles") {
            let whole = read(&path).expect("a profile");
            if !findings(&whole).is_empty() {
                continue;
            }
            let end = whole.text().rfind("</").unwrap_or_default();
            for (at, _) in whole.text().char_indices().take_while(|(at, _)| *at < end) {
                let cut = Source::new("cut.rsd", &whole.text()[..at]);
                let codes: Vec<_> = findings(&cut).iter().map(|finding| finding.code.id).collect();
                let is_right =
                    matches!(codes[..], ["profilec::xml::truncated" | "profilec::xml::empty_file"]);
                assert!(is_right, "{} cut at byte {at}: {codes:?}", path.display());
                cuts += 1;
            }
        }
        assert!(cuts > 10_000, "only {cuts} cuts were tried");
    }
}
