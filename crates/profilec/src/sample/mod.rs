//! A profile held against responses: the extraction that a run would do, carried out on samples, and what it shows.
//!
//! A file is the answer to the call that it fits, as `fitting` tells. The folder of a recorded run is run over, so that
//! the script computes its calls itself. `proof` gathers what the extraction shows, `rules` tells what is wrong with
//! it, and `spelling` how it is mended.

mod attr;
mod fitting;
mod proof;
mod recorded;
mod rules;
mod secrets;
mod spelling;
mod told;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use profilec_diagnostics::{Diagnostic, Source, codes};
use profilec_engine::{Answer, Inputs, Settings, answers, row_paths, tables};
use profilec_plan::Plan;
use profilec_rows::Extractor;

use self::{fitting::fitting, proof::Proof, rules::Cx, spelling::Spelling};
use crate::{
    args::CheckArgs,
    failure::Failure,
    profile::{self, File, Found, Profile},
    session::{self, Values},
    terminal::Terminal,
};

/// Samples for a profile, read once.
pub(crate) struct Samples<'a> {
    args: &'a CheckArgs,
    terminal: &'a Terminal,
    values: Values<'a>,
    all: Vec<Sample>,
    /// Options and inputs, once there was a plan to ask for their names.
    given: Option<(Settings, Inputs)>,
}

enum Sample {
    File {
        name: String,
        body: Vec<u8>,
    },
    /// The folder of a recorded run.
    Recorded(PathBuf),
}

/// What samples say of a profile.
#[derive(Default)]
pub(crate) struct Proven {
    pub(crate) findings: Vec<Diagnostic>,
    /// How much they cover, for people.
    pub(crate) notes: Vec<String>,
}

impl<'a> Samples<'a> {
    /// The samples that the arguments name; `None`: they name none, or the profile cannot be read.
    ///
    /// # Errors
    /// There is not exactly one profile; a sample cannot be read.
    pub(crate) fn read(
        found: &[Found],
        args: &'a CheckArgs,
        terminal: &'a Terminal,
    ) -> Result<Option<Self>, Failure> {
        if args.sample.is_empty() {
            return without_values(args).map(|()| None);
        }
        let file = match found {
            [Ok(file)] => file,
            // It is told that it cannot be read.
            [Err(_)] => return Ok(None),
            _ => {
                return Err(Failure::new(format!(
                    "samples answer one profile, but there are {}",
                    found.len()
                ))
                .help("name the file of the profile that they are for"));
            }
        };
        let values = Values::new(&args.values.connection.var, terminal, &file.place())?;
        let all = args.sample.iter().map(|path| Sample::read(path)).collect::<Result<Vec<_>, _>>()?;
        for sample in &all {
            if let Sample::File { body, .. } = sample {
                secrets::learn(body, &terminal.masker);
            }
        }
        Ok(Some(Self { args, terminal, values, all, given: None }))
    }

    /// What they say of the profile that they are for, as it stands in its file.
    ///
    /// # Errors
    /// See [`Self::judge`].
    pub(crate) fn judge_file(&mut self, file: &File) -> Result<Proven, Failure> {
        match Profile::read(file, self.args.allow_files) {
            Ok(profile) => self.judge(&profile),
            Err(_) => Ok(Proven::default()),
        }
    }

    /// What they say of a profile.
    ///
    /// # Errors
    /// A sample cannot answer what the profile asks; an option or input is not known.
    pub(crate) fn judge(&mut self, profile: &Profile) -> Result<Proven, Failure> {
        let Ok(plan) = profile.compile() else {
            let note = "note: the samples were not looked at, since the profile has errors";
            return Ok(Proven { findings: Vec::new(), notes: vec![note.to_owned()] });
        };
        let (settings, inputs) = self.given(&plan)?;
        let relations = match tables(&plan, &settings) {
            Ok(relations) => relations,
            Err(finding) => return Ok(Proven { findings: vec![finding], notes: Vec::new() }),
        };
        let spelling = Spelling { text: profile.source.text(), row_paths: row_paths(&plan) };
        let cx = Cx { document: profile.document(), spelling: &spelling };
        let plans = match relations.len() {
            0 => vec![plan],
            _ => relations.into_iter().map(|relation| plan.clone().of_relation(relation)).collect(),
        };
        let mut proven = Proven::default();
        let mut proofs = Vec::new();
        for plan in &plans {
            for proof in self.proofs(plan, &settings, &inputs, cx, &profile.source, &mut proven.notes)? {
                proven.notes.extend(told::coverage(&proof));
                // Several tables share columns and calls: what is told of one is not told of the next.
                let is_told = |finding: &Diagnostic| {
                    let is_same = |told: &Diagnostic| {
                        told.code == finding.code
                            && told.primary.span == finding.primary.span
                            && (told.message == finding.message || told.code != &codes::sample::no_rows)
                    };
                    plans.len() > 1 && proven.findings.iter().any(is_same)
                };
                let new = rules::findings(&proof, cx).into_iter().filter(|finding| !is_told(finding));
                let new: Vec<Diagnostic> = new.collect();
                proven.findings.extend(new);
                proofs.push(proof);
            }
        }
        proven.findings.extend(rules::untaken(&proofs, profile.document()));
        proven.findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
        secrets::hide(&mut proven.findings, &self.terminal.masker);
        proven.notes.dedup();
        Ok(proven)
    }

    fn given(&mut self, plan: &Plan) -> Result<(Settings, Inputs), Failure> {
        if let Some(given) = &self.given {
            return Ok(given.clone());
        }
        let given = session::given(&self.args.values.connection, &self.values)?;
        let settings = session::settings(given, plan, self.terminal)?;
        let inputs = session::inputs(&self.args.values, plan, &self.values)?;
        Ok(self.given.insert((settings, inputs)).clone())
    }

    /// What the samples show of the rows, then of calls that give none.
    fn proofs<'p>(
        &self,
        plan: &'p Plan,
        settings: &Settings,
        inputs: &Inputs,
        cx: Cx<'_>,
        source: &Source,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Proof<'p>>, Failure> {
        let answers = answers(plan, settings);
        let mut rows = Proof::new(plan);
        let mut others: Vec<(&Answer, Proof<'p>)> = Vec::new();
        let mut answered = BTreeSet::new();
        for sample in &self.all {
            let (name, body) = match sample {
                Sample::Recorded(folder) => {
                    let given = (inputs.clone(), settings.clone());
                    recorded::add(&mut rows, folder, given, cx.spelling, self.terminal)?;
                    continue;
                }
                Sample::File { name, body } => (name, body),
            };
            let Some((answer, fit)) = fitting(plan, &answers, name, body, cx.spelling) else {
                return Err(Failure::new("no call of the profile reads rows from an answer")
                    .help("samples are for calls such as `jsonproviderGet` with an `api:push` in them"));
            };
            if answer.gives_rows {
                answered.insert(answer.call);
                rows.add_alone(name, fit);
                continue;
            }
            let line = source.position(answer.call.start()).line;
            notes.push(format!("note: {name} answers the call in line {line}, which gives no rows itself"));
            let at = others.iter().position(|(other, _)| std::ptr::eq(*other, answer)).unwrap_or_else(|| {
                others.push((answer, Proof::of_call(plan, answer)));
                others.len() - 1
            });
            others[at].1.add_alone(name, fit);
        }
        let is_open = |answer: &Answer| answer.gives_rows && !answered.contains(&answer.call);
        // A recorded run has what the script asked for.
        let is_recorded = self.all.iter().any(|sample| matches!(sample, Sample::Recorded(_)));
        rows.is_partial = !is_recorded && answers.iter().any(is_open);
        Ok(std::iter::once(rows).chain(others.into_iter().map(|(_, proof)| proof)).collect())
    }
}

impl Sample {
    fn read(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            return Ok(Self::Recorded(path.to_owned()));
        }
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
        Ok(Self::File { name: format!("`{name}`"), body })
    }
}

/// Values are of no use without a recorded run.
fn without_values(args: &CheckArgs) -> Result<(), Failure> {
    let values = &args.values;
    let is_given = !values.input.is_empty()
        || !values.connection.connection.is_empty()
        || !values.connection.var.is_empty()
        || values.connection.connection_string.is_some()
        || values.connection.connection_file.is_some();
    if is_given {
        return Err(Failure::new("inputs and connection options are for `--sample`")
            .help("add `--sample PATH`, or leave them out: `check` alone runs nothing"));
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
