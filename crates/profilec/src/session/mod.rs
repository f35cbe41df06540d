//! A walk over a profile's pages, from arguments to exit code.

mod aws_region;
mod certificate;
mod connection_file;
mod network;
mod oauth;
mod scheme;
mod settings;
mod setup;
mod tell;
mod values;

pub(crate) use network::network;
pub(crate) use oauth::client;
pub(crate) use scheme::asked_scheme;
pub(crate) use settings::{given, inputs, settings, settings_of_client};
pub(crate) use setup::{begin, begun};
pub(crate) use values::Values;

use profilec_diagnostics::{Diagnostic, Source, codes};
use profilec_engine::{Engine, Outcome, Verdict};
use profilec_output::{Format, TableOptions, open};
use profilec_rows::Extractor;
use profilec_run::{Counts, Ending, Finished, PageLine, Partial, Run, report_json};

use crate::{
    args::WalkArgs,
    exit::Exit,
    failure::Failure,
    profile,
    sink::Destination,
    stop,
    terminal::{Terminal, shows_progress, width},
};

/// What becomes of the rows.
pub(crate) struct Rows {
    /// How they are written.
    pub(crate) format: Format,
    /// Where they go.
    pub(crate) output: Option<std::path::PathBuf>,
    /// How many are wanted.
    pub(crate) limit: Option<u64>,
}

/// Walks a profile's pages and writes its rows.
pub(crate) fn walk(args: &WalkArgs, rows: &Rows, terminal: &Terminal) -> Result<Exit, Failure> {
    let values = Values::new(&args.values.connection.var, terminal, &args.profile.profile)?;
    let given = settings::given(&args.values.connection, &values)?;
    let table = profile::open(&args.profile, &given)?;
    let source = &table.profile.source;
    let plan = match table.compile(&given) {
        Ok(plan) => plan,
        Err(findings) => return refused(args, findings, source, terminal),
    };
    let setup = setup::setup(args, rows.limit, &plan, (&values, given), terminal)?;
    let output: Vec<usize> = match &setup.options.select {
        Some(selected) => selected.clone(),
        None => plan.output.clone(),
    };
    let limit = setup.options.limit;
    let engine = match Engine::new(&plan, setup.inputs, setup.settings, setup.options) {
        Ok(engine) => engine,
        Err(finding) => {
            terminal.findings(&[finding], source);
            return Ok(Exit::CannotStart);
        }
    };
    let report = args.report.as_deref().map(|path| Destination::open(Some(path))).transpose()?;
    let destination = Destination::open(rows.output.as_deref())?;
    let to_stdout = matches!(destination, Destination::Stdout);
    if to_stdout && matches!(report, Some(Destination::Stdout)) {
        return Err(Failure::new("rows and the report cannot both go to standard output")
            .help("write the rows to a file with `-o`"));
    }
    let progress = shows_progress(to_stdout) && !args.quiet && !args.trace;
    let run = Run {
        transport: &setup.client,
        extractor: Extractor::new(&plan.columns, &output),
        sink: open(rows.format, destination.writer()?, &TableOptions { width: width() }),
        masker: &terminal.masker,
        limit,
        origin: plan.origin,
        observer: &mut |line: &PageLine| match (args.trace, progress) {
            (true, _) => terminal.tell(&line.to_string()),
            (_, true) => terminal.progress(&format!("page {}, {} rows", line.page, line.written)),
            _ => {}
        },
        inspector: &mut |_, _| {},
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("the runtime cannot start: {error}")))?;
    let mut finished = runtime.block_on(profilec_run::run(engine, run, stop::first_signal()));
    if progress {
        terminal.progress("");
    }
    for note in setup.client.notes() {
        terminal.warn(&note);
    }
    let exit = Exit::of_run(&finished);
    let (exit, partial) = settle(destination, exit, rows.format, &mut finished, &plan);
    if exit == Exit::CannotStart {
        terminal.findings(std::slice::from_ref(&finished.outcome.reason), source);
    } else {
        tell::outcome(&finished, partial.as_ref(), source, args.quiet, terminal);
        write_report(report, &report_json(&finished, source, partial.as_ref()))?;
    }
    Ok(exit)
}

/// Renames the output as the exit code demands.
fn settle(
    destination: Destination,
    exit: Exit,
    format: Format,
    finished: &mut Finished,
    plan: &profilec_plan::Plan,
) -> (Exit, Option<Partial>) {
    let kept = match exit {
        Exit::Complete => destination.keep().map(|()| None),
        Exit::CannotStart => Ok(None),
        // Its footer could not be written: no reader would open it.
        _ if format == Format::Arrow && finished.outcome.reason.code == &codes::output::write_failed => {
            Ok(None)
        }
        _ => destination.keep_partial(),
    };
    match kept {
        Ok(path) => {
            let rows = finished.counts.rows;
            (exit, path.map(|path| Partial { path: profile::name(&path), rows }))
        }
        Err(error) => {
            finished.outcome.verdict = Verdict::Failed;
            finished.outcome.reason = tell::not_renamed(&error, plan.origin);
            (Exit::Failed, None)
        }
    }
}

/// The profile cannot run: its findings, and a report that says so.
fn refused(
    args: &WalkArgs,
    findings: Vec<Diagnostic>,
    source: &Source,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    terminal.findings(&findings, source);
    let report = args.report.as_deref().map(|path| Destination::open(Some(path))).transpose()?;
    if let Some(reason) = findings.into_iter().next() {
        let finished = Finished {
            outcome: Outcome { verdict: Verdict::Failed, reason, evidence: Vec::new() },
            ending: Ending::Walk,
            counts: Counts::default(),
            columns: Vec::new(),
        };
        write_report(report, &report_json(&finished, source, None))?;
    }
    Ok(Exit::ProfileErrors)
}

fn write_report(report: Option<Destination>, json: &str) -> Result<(), Failure> {
    let Some(mut report) = report else { return Ok(()) };
    let failed = |error: std::io::Error| {
        Failure::later(format!("the report cannot be written: {}", profile::plain(&error)))
    };
    report.write(json).map_err(failed)?;
    report.keep().map_err(failed)
}
