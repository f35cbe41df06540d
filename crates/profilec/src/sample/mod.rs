//! A profile held against responses: the extraction that a run would do, carried out on samples, and what it shows.
//!
//! A file is the answer to the first call that gives rows. The folder of a recorded run is run over, so that the
//! script computes its calls itself. `proof` gathers what the extraction shows, `rules` tells what is wrong with it.

mod attr;
mod proof;
mod recorded;
mod rules;
mod secrets;
mod told;

use std::path::Path;

use profilec_diagnostics::Diagnostic;
use profilec_engine::{PageSeen, Settings, next_unread, row_path_finding, rows_taken, tables};
use profilec_plan::{Extraction, Plan};
use profilec_rows::{Extractor, Page};

use self::proof::Proof;
use crate::{
    args::CheckArgs,
    failure::Failure,
    profile::{self, Found, Profile},
    session::{self, Values},
    terminal::Terminal,
};

/// What the samples say of the profile that was found.
///
/// # Errors
/// There is not exactly one profile; a sample cannot be read, or cannot answer what the profile asks.
pub(crate) fn findings(
    found: &[Found],
    args: &CheckArgs,
    terminal: &Terminal,
) -> Result<Vec<Diagnostic>, Failure> {
    if args.sample.is_empty() {
        return without_values(args);
    }
    let file = match found {
        [Ok(file)] => file,
        // It is told that it cannot be read.
        [Err(_)] => return Ok(Vec::new()),
        _ => {
            return Err(Failure::new(format!("samples answer one profile, but there are {}", found.len()))
                .help("name the file of the profile that they are for"));
        }
    };
    let Ok(profile) = Profile::read(file, args.allow_files) else { return Ok(Vec::new()) };
    let values = Values::new(&args.values.var, &terminal.masker, file.is_stdin())?;
    let given = session::given(&args.values, &values)?;
    let Ok(plan) = profile.compile() else {
        terminal.tell("note: the samples were not looked at, since the profile has errors");
        return Ok(Vec::new());
    };
    let settings = session::settings(given, &plan, terminal)?;
    let inputs = session::inputs(&args.values, &plan, &values)?;
    let relations = match tables(&plan, &settings) {
        Ok(relations) => relations,
        Err(finding) => return Ok(vec![finding]),
    };
    let plans = match relations.len() {
        0 => vec![plan],
        _ => relations.into_iter().map(|relation| plan.clone().of_relation(relation)).collect(),
    };
    let is_whole_table = plans.len() == 1;
    let mut findings: Vec<Diagnostic> = Vec::new();
    for plan in &plans {
        let mut proof = Proof::new(plan);
        for sample in &args.sample {
            if sample.is_dir() {
                recorded::add(&mut proof, sample, (inputs.clone(), settings.clone()), terminal)?;
            } else {
                add_file(&mut proof, sample, &settings, terminal)?;
            }
        }
        if let Some(note) = told::coverage(&proof) {
            terminal.tell(&note);
        }
        findings.extend(rules::findings(&proof, profile.document(), is_whole_table));
    }
    // Several tables share their columns.
    findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
    findings.dedup_by(|a, b| a.code == b.code && a.primary == b.primary && a.message == b.message);
    secrets::hide(&mut findings, &terminal.masker);
    Ok(findings)
}

/// Values are of no use without a recorded run.
fn without_values(args: &CheckArgs) -> Result<Vec<Diagnostic>, Failure> {
    let values = &args.values;
    let is_given = !values.input.is_empty()
        || !values.connection.is_empty()
        || !values.var.is_empty()
        || values.connection_string.is_some()
        || values.connection_file.is_some();
    if is_given {
        return Err(Failure::new("inputs and connection options are for `--sample`")
            .help("add `--sample PATH`, or leave them out: `check` alone runs nothing"));
    }
    Ok(Vec::new())
}

/// Takes a file as the answer to the first call that gives rows.
fn add_file(
    proof: &mut Proof<'_>,
    path: &Path,
    settings: &Settings,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let name = profile::name(path);
    let body = profile::read_bytes(path)
        .map_err(|reason| Failure::new(format!("the sample `{name}` cannot be read: {reason}")))?;
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Failure::new(format!("the sample `{name}` is empty"))
            .help("save the whole answer of the service, as it came"));
    }
    if body.starts_with(b"profilec-exchange ") {
        return Err(Failure::new(format!("the sample `{name}` is an exchange of a recorded run"))
            .help("give the folder that it is in"));
    }
    secrets::learn(&body, &terminal.masker);
    let extraction = match rows_taken(proof.plan, settings) {
        Ok(Some(extraction)) if !extraction.is_text() => extraction,
        Ok(_) => {
            return Err(Failure::new("no call of the profile reads rows from an answer")
                .help("samples are for calls such as `jsonproviderGet` with an `api:push` in them"));
        }
        Err(finding) => {
            proof.findings.push(finding);
            return Ok(());
        }
    };
    let name = format!("`{name}`");
    match extractor(proof.plan, &name).extract(&body, None, &extraction, 1) {
        Ok(page) => proof.add_alone(&name, &extraction, page),
        Err(finding) => proof.findings.push(finding),
    }
    Ok(())
}

/// The extractor of a run, for all columns.
fn extractor(plan: &Plan, name: &str) -> Extractor {
    let all: Vec<usize> = (0..plan.columns.len()).collect();
    let mut extractor = Extractor::new(&plan.columns, &all);
    extractor.surveying(name);
    extractor
}

impl Proof<'_> {
    /// Adds a page of which nobody else judges whether it has rows, and whether there are more.
    fn add_alone(&mut self, name: &str, extraction: &Extraction, page: Page) {
        let Page { summary, survey, .. } = page;
        let seen = PageSeen { status: 200, page: summary, ..PageSeen::default() };
        if let Some(finding) = row_path_finding(&seen, name, extraction) {
            self.findings.push(finding);
            return;
        }
        let unread = next_unread(&seen, extraction);
        self.unread.extend(unread.into_iter().map(|evidence| (name.to_owned(), evidence)));
        let PageSeen { page, .. } = seen;
        self.add(extraction, &page, &survey.unwrap_or_default());
    }
}
