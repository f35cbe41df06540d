//! A profile joined with the files that it includes.

use std::collections::HashMap;

use profilec_auth::Masker;
use profilec_check::Remark;
use profilec_diagnostics::{Code, Diagnostic, Label, Source, SourceFile, Span, Tally, codes};
use profilec_syntax::{Document, IncludedFile, link as link_document, parse_part};
use profilec_vocabulary::closest;

use super::{
    Profile,
    file::{File, Refused},
};

/// How deeply files may include each other.
const MAX_DEPTH: usize = 16;
/// How many includes a profile may have. Each counts as often as it is brought in.
const MAX_INCLUDES: usize = 1_000;
/// Bytes of all that is included, counted the same way.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Reads all that a profile includes. `file` is where the profile's own text is from.
pub(super) fn link(source: Source, file: &File, allow_files: bool) -> Profile {
    let own = source.files().first().map(SourceFile::span).unwrap_or_default();
    let mut linker = Linker {
        source,
        root: file,
        allow_files,
        open: vec![file.clone()],
        read: HashMap::new(),
        size: Size::default(),
        diagnostics: Vec::new(),
        remarks: Vec::new(),
        tally: Tally::default(),
    };
    let document = linker.document(own);
    let Linker { mut source, read, mut diagnostics, mut remarks, tally, .. } = linker;
    tally.tell(diagnostics.iter_mut());
    let mut secrets = profilec_check::secret_places(&document);
    secrets.extend(repeated_in_remarks(&source, &secrets, &mut remarks));
    source.hide(secrets);
    let included = read.into_keys().collect();
    Profile { source, document, diagnostics, remarks, identity: file.identity(), included }
}

/// What is a credential elsewhere in the profile is one in a remark, too: in its text, where the places of it are
/// given, and in its reason, which some formats tell.
fn repeated_in_remarks(source: &Source, secrets: &[Span], remarks: &mut [Remark]) -> Vec<Span> {
    let mut places = Vec::new();
    if remarks.is_empty() {
        return places;
    }
    let masker = Masker::default();
    for secret in secrets.iter().map(|place| source.slice(*place)).filter(|secret| !secret.is_empty()) {
        masker.learn(secret);
        for remark in remarks.iter() {
            let start = remark.span.range().start;
            let found = source.slice(remark.span).match_indices(secret);
            places.extend(found.map(|(at, _)| Span::from_range(start + at..start + at + secret.len())));
        }
    }
    for reason in remarks.iter_mut().filter_map(|remark| remark.reason.as_mut()) {
        *reason = masker.mask(reason);
    }
    places
}

struct Linker<'a> {
    source: Source,
    root: &'a File,
    allow_files: bool,
    /// The files that are being read, each included by the one before.
    open: Vec<File>,
    /// What was included before, by identity; `None`: it cannot be read.
    read: HashMap<String, Option<(IncludedFile, Size)>>,
    size: Size,
    diagnostics: Vec<Diagnostic>,
    remarks: Vec<Remark>,
    tally: Tally,
}

/// How much was brought in.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    files: usize,
    bytes: usize,
}

impl Size {
    fn plus(self, more: Self) -> Self {
        Self { files: self.files + more.files, bytes: self.bytes + more.bytes }
    }
}

impl Linker<'_> {
    /// The document of a file of the source, linked.
    fn document(&mut self, text: Span) -> Document {
        let parsed = parse_part(self.source.text(), text);
        self.diagnostics.extend(parsed.diagnostics);
        let remarks = profilec_check::remarks(self.source.text(), &parsed.tree, text);
        self.remarks.extend(remarks.remarks);
        self.diagnostics.extend(remarks.diagnostics.into_iter().filter(|finding| self.tally.admits(finding)));
        let mut document = parsed.document;
        let findings = link_document(&mut document, &mut |name, place| self.include(name, place));
        self.diagnostics.extend(findings);
        document
    }

    fn include(&mut self, written: &str, place: Span) -> Option<IncludedFile> {
        let file = self.find(written, place)?;
        let identity = file.identity();
        if let Some(first) = self.open.iter().position(|open| open.identity() == identity) {
            self.report_cycle(first, place);
            return None;
        }
        if let Some(known) = self.read.get(&identity) {
            let (included, size) = known.clone()?;
            return self.has_room(size, place).then(|| {
                self.size = self.size.plus(size);
                included
            });
        }
        if self.open.len() > MAX_DEPTH {
            let message = format!("`{written}` is included more than {MAX_DEPTH} files deep");
            self.report(&codes::structure::include_too_large, message, place, "not included", None);
            return None;
        }
        let (text, encoding) = match file.read() {
            Ok(read) => read,
            Err(reason) => {
                let message = format!("`{written}` cannot be read: {reason}");
                self.report(&codes::structure::include_not_found, message, place, "not included", None);
                self.read.insert(identity, None);
                return None;
            }
        };
        if !self.has_room(Size { files: 1, bytes: text.len() }, place) {
            return None;
        }
        let before = self.size;
        self.size = before.plus(Size { files: 1, bytes: text.len() });
        let span = self.source.add(file.name(), &text, encoding)?;
        self.open.push(file);
        let document = self.document(span);
        self.open.pop();
        let size = Size { files: self.size.files - before.files, bytes: self.size.bytes - before.bytes };
        let included = IncludedFile { document, span };
        self.read.insert(identity, Some((included.clone(), size)));
        Some(included)
    }

    /// The file that a name means where it stands.
    fn find(&mut self, written: &str, place: Span) -> Option<File> {
        let includer = self.open.last().unwrap_or(self.root).clone();
        let beside = format!("no such file beside `{}`", includer.name());
        if written.is_empty() {
            let (message, help) =
                ("`include` names no file".to_owned(), "write the name of a file".to_owned());
            self.report(&codes::structure::include_not_found, message, place, "empty", Some(help));
            return None;
        }
        if let Some(scheme) = scheme(written) {
            let message = format!("a `{scheme}:` address is no file of the profile");
            let help = "save the file beside the profile, and include it by its name".to_owned();
            self.report(&codes::structure::include_outside, message, place, "not included", Some(help));
            return None;
        }
        let name = written.replace('\\', "/");
        match includer.included(&name, self.root, self.allow_files) {
            Ok(file) => Some(file),
            Err(Refused::Missing) => {
                let neighbours = includer.neighbours(&name);
                let near = closest(&name, neighbours.iter().map(String::as_str));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "names are relative to the file that includes".to_owned(),
                };
                let message = format!("there is no file `{written}`");
                self.report(&codes::structure::include_not_found, message, place, &beside, Some(help));
                None
            }
            Err(Refused::Outside) => {
                let message = format!("`{written}` is outside the folder of the profile");
                let help = self.root.how_to_allow().to_owned();
                self.report(&codes::structure::include_outside, message, place, "not included", Some(help));
                None
            }
        }
    }

    fn has_room(&mut self, more: Size, place: Span) -> bool {
        let size = self.size.plus(more);
        let message = if size.files > MAX_INCLUDES {
            format!("the profile includes more than {MAX_INCLUDES} files")
        } else if size.bytes > MAX_BYTES {
            format!("the profile includes more than {} MiB", MAX_BYTES >> 20)
        } else {
            return true;
        };
        self.report(&codes::structure::include_too_large, message, place, "not included", None);
        false
    }

    fn report_cycle(&mut self, first: usize, place: Span) {
        let files: Vec<String> = self.open[first..].iter().map(File::name).collect();
        let name = files.first().cloned().unwrap_or_default();
        let chain: Vec<String> = files.iter().chain([&name]).map(|name| format!("`{name}`")).collect();
        self.report(
            &codes::structure::include_cycle,
            format!("`{name}` includes itself: {}", chain.join(" includes ")),
            place,
            "closes the circle",
            Some("move what both need into a third file that includes neither".to_owned()),
        );
    }

    fn report(
        &mut self,
        code: &'static Code,
        message: String,
        place: Span,
        label: &str,
        help: Option<String>,
    ) {
        let finding = Diagnostic::new(code, message, Label::new(place, label));
        if self.tally.admits(&finding) {
            self.diagnostics.push(match help {
                Some(help) => finding.help(help),
                None => finding,
            });
        }
    }
}

/// The scheme of what is an address: `http` of `http://…`. A drive's letter is none.
fn scheme(name: &str) -> Option<&str> {
    let (scheme, _) = name.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}
