//! Profiles mended by their fixes.

use profilec_diagnostics::{Applicability, Encoding, FileFindings, SourceFile, apply_fixes};

use crate::{
    failure::Failure,
    judge::Judge,
    profile::{File, Profile},
    rewrite::{print_diff, replace},
    sample::{Proven, Samples},
};

/// How often findings are looked for again, since a fix can bring others to light.
const MAX_ROUNDS: usize = 50;

/// How fixes are applied.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FixOptions {
    /// Whether fixes are taken that may change what a profile does.
    pub(crate) allowed: Applicability,
    /// Show what would change instead of writing it.
    pub(crate) diff: bool,
    /// Whether files from outside a profile's folder may be included.
    pub(crate) allow_files: bool,
}

/// A file after its fixes.
pub(crate) struct Mended {
    /// What is left to say about it.
    pub(crate) left: FileFindings,
    /// How many findings were fixed.
    pub(crate) fixed: usize,
}

/// Mends a file, and writes or shows it. What it includes is mended only where it is named itself. `samples`: those that
/// are for it, held against it anew after each round.
///
/// # Errors
/// It cannot be written, or a sample cannot answer what it asks.
pub(crate) fn mend(
    file: &File,
    judge: &mut Judge,
    samples: Option<&mut Samples<'_>>,
    options: FixOptions,
) -> Result<Mended, Failure> {
    let (before, encoding) = match file.read() {
        Ok(read) => read,
        Err(reason) => {
            let left = FileFindings::Unreadable { path: file.name(), reason };
            return Ok(Mended { left, fixed: 0 });
        }
    };
    let (mended, after) = mended(file, &before, encoding, judge, samples, options)?;
    if after != before {
        if options.diff {
            print_diff(file, &before, &after)?;
        } else {
            replace(file, &after, encoding)?;
        }
    }
    Ok(mended)
}

fn mended(
    file: &File,
    before: &str,
    encoding: Encoding,
    judge: &mut Judge,
    mut samples: Option<&mut Samples<'_>>,
    options: FixOptions,
) -> Result<(Mended, String), Failure> {
    let mut text = before.to_owned();
    let mut fixed = 0;
    let mut rounds = 0;
    loop {
        let profile = Profile::of(file, &text, encoding, options.allow_files);
        let own = profile.source.files().first().map(SourceFile::span).unwrap_or_default();
        let whole = profile.source.text().to_owned();
        let proven = samples.as_mut().map(|samples| samples.judge(&profile)).transpose()?;
        let Proven { findings, .. } = proven.unwrap_or_default();
        let left = judge.judge(file, profile, findings);
        let applied = apply_fixes(&whole, own, left.findings(), options.allowed);
        if applied.text == text || rounds == MAX_ROUNDS {
            return Ok((Mended { left, fixed }, text));
        }
        fixed += applied.fixed;
        text = applied.text;
        rounds += 1;
    }
}
