//! A recorded run as a sample: the script runs over it as it would over the service.

use std::path::Path;

use profilec_diagnostics::{Code, Severity, codes};
use profilec_engine::{Engine, EngineOptions, Inputs, Settings, Verdict};
use profilec_http::ReplayTransport;
use profilec_output::{Format, TableOptions, open};
use profilec_run::Run;

use super::{extractor, fitting::row_path_fault, proof::Proof, secrets, spelling::Spelling};
use crate::{failure::Failure, profile, session, terminal::Terminal};

/// Doubts of a run that are told at their own places.
const TOLD: [&Code; 1] = [&codes::path::level_no_match];

/// Runs the plan over a recording and adds every page that gives rows.
pub(super) fn add(
    proof: &mut Proof<'_>,
    folder: &Path,
    (inputs, settings): (Inputs, Settings),
    spelling: &Spelling<'_>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let name = profile::name(folder);
    let plan = proof.plan;
    let transport = ReplayTransport::open(folder, terminal.masker.clone())
        .map_err(|error| Failure::new(format!("the sample cannot be read: {error}")))?;
    // A recording needs nobody who asks.
    let carried_out = session::asked_scheme(&settings, plan);
    let mut options = EngineOptions { carried_out, ..EngineOptions::default() };
    session::begin(&mut options, &transport.began().unwrap_or_else(session::begun));
    let engine = Engine::new(plan, inputs, settings, options).map_err(|finding| {
        Failure::new(format!("the script cannot run over the sample `{name}`: {}", finding.message))
            .help("give inputs with `-i`, connection options with `-c`, as for `run`")
    })?;
    let mut pages = 0;
    let mut fault = None;
    let run = Run {
        transport: &transport,
        extractor: extractor(plan, &format!("a page of `{name}`")),
        sink: open(Format::Csv, Box::new(std::io::sink()), &TableOptions::default()),
        masker: &terminal.masker,
        limit: None,
        origin: plan.origin,
        observer: &mut |_| {},
        inspector: &mut |fetch, page| {
            secrets::learn_seen(&page.summary, &terminal.masker);
            let survey = page.survey.clone().unwrap_or_default();
            fault = row_path_fault(page, &survey.name, &fetch.extraction, spelling);
            if fetch.gives_rows && fault.is_none() {
                pages += 1;
                proof.add(&fetch.extraction, &page.summary, &survey);
            }
        },
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("the runtime cannot start: {error}")))?;
    let finished = runtime.block_on(profilec_run::run(engine, run, std::future::pending()));
    let mut reason = finished.outcome.reason;
    // A recording need not hold all pages.
    let is_over = reason.code == &codes::http::request_failed;
    match finished.outcome.verdict {
        Verdict::Failed if is_over && pages > 0 => {}
        Verdict::Failed if finished.counts.pages == 0 => {
            return Err(Failure::new(format!(
                "the script cannot run over the sample `{name}`: {}",
                reason.message
            ))
            .help("give inputs with `-i`, connection options with `-c`, as for the run that was recorded"));
        }
        // The fault names the file, the reason the page of the run.
        Verdict::Failed => {
            proof.findings.push(fault.filter(|fault| fault.code == reason.code).unwrap_or(reason));
        }
        // These are told at the columns and levels themselves.
        Verdict::Unproven if TOLD.contains(&reason.code) => {}
        Verdict::Unproven => {
            reason.severity = Severity::Warning;
            proof.findings.push(reason);
        }
        Verdict::Complete | Verdict::Truncated => {}
    }
    Ok(())
}
