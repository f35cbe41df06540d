//! The walk: ask the engine, send, extract, tell the engine, write.

use std::pin::Pin;

use arrow_array::RecordBatch;
use profilec_auth::Masker;
use profilec_diagnostics::{Diagnostic, Span};
use profilec_engine::{
    Engine, Fetch, Outcome, PageSeen, PageSummary, Request, RowPathSeen, Seen, Step, Verdict,
};
use profilec_http::{Reply, Transport};
use profilec_output::{RowSink, SinkError};
use profilec_rows::{Extractor, Page};
use tokio::time::Instant;

use crate::{
    ColumnCount, Counts, Decision, Ending, Finished, PageLine, Signal, finding,
    finished::{columns_of, count_nulls, masked},
};

/// What a run works with.
pub struct Run<'r, T> {
    /// Sends.
    pub transport: &'r T,
    /// Reads bodies.
    pub extractor: Extractor,
    /// Takes rows.
    pub sink: Box<dyn RowSink>,
    /// Hides secrets in what people read.
    pub masker: &'r Masker,
    /// Rows wanted.
    pub limit: Option<u64>,
    /// The place of what concerns the whole profile.
    pub origin: Span,
    /// Is told of each page.
    pub observer: &'r mut dyn FnMut(&PageLine),
    /// Looks at each page that was read, before anything becomes of it.
    pub inspector: &'r mut dyn FnMut(&Fetch, &Page),
}

/// Why a walk ends before the engine says so.
enum Stop {
    Signal(Signal),
    Sink(SinkError),
    Fault(Diagnostic),
}

impl From<SinkError> for Stop {
    fn from(error: SinkError) -> Self {
        Self::Sink(error)
    }
}

impl From<Diagnostic> for Stop {
    fn from(fault: Diagnostic) -> Self {
        Self::Fault(fault)
    }
}

/// Walks until the engine is done, a signal comes or the output fails. The sink is finished in every case, so
/// that what was written stays readable.
pub async fn run<T: Transport>(
    mut engine: Engine<'_>,
    run: Run<'_, T>,
    signal: impl Future<Output = Signal>,
) -> Finished {
    let started = Instant::now();
    let Run { transport, extractor, sink, masker, limit, origin, observer, inspector } = run;
    let columns = columns_of(&extractor.schema());
    let mut walk = Walk {
        transport,
        extractor,
        sink,
        masker,
        limit,
        observer,
        inspector,
        columns,
        counts: Counts::default(),
        signal: std::pin::pin!(signal),
        asked: None,
        marker: None,
    };
    let (mut outcome, mut ending) = match walk.pages(&mut engine).await {
        Ok(outcome) => (outcome, Ending::Walk),
        Err(stop) => stopped(&mut engine, stop, origin),
    };
    walk.tell(&Decision::Stop {
        verdict: outcome.verdict,
        message: masker.mask_message(&outcome.reason.message),
    });
    let (sink, columns, mut counts) = (walk.sink, walk.columns, walk.counts);
    // A failed end counts only when it is the first thing that failed.
    if let Err(error) = sink.finish()
        && ending == Ending::Walk
        && outcome.verdict != Verdict::Failed
    {
        (outcome, ending) = stopped(&mut engine, Stop::Sink(error), origin);
    }
    counts.repeated_rows = engine.repeated_rows();
    counts.elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Finished { outcome: masked(outcome, masker), ending, counts, columns }
}

/// The outcome of a walk that ended from outside.
fn stopped(engine: &mut Engine<'_>, stop: Stop, origin: Span) -> (Outcome, Ending) {
    let (reason, verdict, ending) = match stop {
        Stop::Signal(signal) => {
            (finding::interrupted(signal, origin), Verdict::Truncated, Ending::Signal(signal))
        }
        Stop::Sink(error) if error.is_broken_pipe() => {
            (finding::reader_gone(origin), Verdict::Truncated, Ending::ReaderGone)
        }
        Stop::Sink(error) => (finding::write_failed(&error, origin), Verdict::Failed, Ending::Walk),
        Stop::Fault(fault) => (fault, Verdict::Failed, Ending::Walk),
    };
    let mut outcome = engine.interrupt(reason);
    outcome.verdict = verdict;
    (outcome, ending)
}

struct Walk<'r, T, S> {
    transport: &'r T,
    extractor: Extractor,
    sink: Box<dyn RowSink>,
    masker: &'r Masker,
    limit: Option<u64>,
    observer: &'r mut dyn FnMut(&PageLine),
    inspector: &'r mut dyn FnMut(&Fetch, &Page),
    columns: Vec<ColumnCount>,
    counts: Counts,
    signal: Pin<&'r mut S>,
    /// The page that the observer has yet to hear of: its decision shows in the next step.
    asked: Option<PageLine>,
    /// The marker that was told last: a pass may ask for more than one page.
    marker: Option<String>,
}

impl<T: Transport, S: Future<Output = Signal>> Walk<'_, T, S> {
    async fn pages(&mut self, engine: &mut Engine<'_>) -> Result<Outcome, Stop> {
        let mut step = engine.step();
        // A run that fails before it asks for anything leaves the output untouched.
        if !matches!(&step, Step::Done(outcome) if outcome.verdict == Verdict::Failed) {
            self.sink.begin(&self.extractor.schema())?;
        }
        loop {
            match step {
                Step::Fetch(fetch) => {
                    self.learn(&fetch.request);
                    let news = engine.marker().filter(|marker| self.marker.as_ref() != Some(marker));
                    self.marker = news.clone().or(self.marker.take());
                    self.tell(&Decision::Next {
                        marker: news.map(|marker| self.masker.mask_url(&marker)),
                        url: self.masker.mask_url(&fetch.request.url),
                    });
                    self.page(engine, &fetch).await?;
                }
                Step::Push(rows) => {
                    self.tell(&Decision::Rows);
                    let batch = self.extractor.from_script(rows)?;
                    self.write(batch)?;
                }
                Step::Done(outcome) => return Ok(*outcome),
            }
            step = engine.step();
        }
    }

    /// A script may have a token from an answer, or from itself: what is sent as a credential is one.
    fn learn(&self, request: &Request) {
        let headers = request.headers.iter().map(|field| (field.name.as_str(), field.value.as_str()));
        self.masker.learn_request(&request.url, headers, request.body.as_deref());
        if let Some(login) = &request.login {
            self.masker.learn(&login.password);
        }
    }

    async fn page(&mut self, engine: &mut Engine<'_>, fetch: &Fetch) -> Result<(), Stop> {
        self.asked = Some(PageLine {
            page: fetch.page,
            method: fetch.request.method.clone(),
            url: self.masker.mask_url(&fetch.request.url),
            status: None,
            rows: 0,
            written: self.counts.rows,
            decision: Decision::Rows,
        });
        let answer = tokio::select! {
            biased;
            signal = self.signal.as_mut() => return Err(Stop::Signal(signal)),
            answer = self.transport.send(&fetch.request) => answer,
        };
        let (seen, batch) = match answer {
            Ok(reply) => self.read(fetch, reply),
            Err(error) => {
                self.count(error.requests, error.retries, error.waited_ms);
                self.counts.token_requests += error.token_requests;
                let problem = Some(finding::no_answer(fetch, &error));
                (PageSeen { problem, ..PageSeen::default() }, None)
            }
        };
        let emit = engine.resume(seen);
        if let Some(batch) = batch
            && let Some(batch) = self.extractor.emit(batch, emit)?
        {
            self.write(batch)?;
            self.sink.flush()?;
        }
        Ok(())
    }

    /// What an answer holds.
    fn read(&mut self, fetch: &Fetch, reply: Reply) -> (PageSeen, Option<RecordBatch>) {
        self.count(reply.requests, reply.retries, reply.waited_ms);
        self.counts.token_requests += reply.token_requests;
        self.counts.pages += 1;
        self.counts.bytes += reply.body.len() as u64;
        let is_text = fetch.extraction.is_text();
        // A redirect that is not followed is what the script asks for.
        let is_redirect = (300..400).contains(&reply.status) && is_text && !fetch.request.follow_redirects;
        let (page, batch, problem) = if !(200..300).contains(&reply.status) && !is_redirect {
            (PageSummary::default(), None, Some(finding::bad_status(fetch, &reply, self.masker)))
        } else if (reply.status == 204 || reply.body.is_empty()) && !is_text {
            (no_body(fetch), None, None)
        } else {
            let charset = charset(&reply.headers);
            if let Some(file) = reply.file.as_ref().filter(|_| self.extractor.is_surveying()) {
                self.extractor.surveying(&format!("`{}`", file.display()));
            }
            match self.extractor.extract(&reply.body, charset, &fetch.extraction, fetch.page) {
                Ok(page) => {
                    (self.inspector)(fetch, &page);
                    (page.summary, Some(page.batch), None)
                }
                Err(problem) => (PageSummary::default(), None, Some(problem)),
            }
        };
        if let Some(line) = &mut self.asked {
            line.status = Some(reply.status);
            line.rows = page.rows;
        }
        (PageSeen { status: reply.status, url: reply.url, headers: reply.headers, page, problem }, batch)
    }

    /// Writes rows, at most up to the limit.
    fn write(&mut self, batch: RecordBatch) -> Result<(), SinkError> {
        let room = self.limit.map_or(u64::MAX, |limit| limit.saturating_sub(self.counts.rows));
        let rows = batch.num_rows().min(usize::try_from(room).unwrap_or(usize::MAX));
        let batch = if rows < batch.num_rows() { batch.slice(0, rows) } else { batch };
        if rows == 0 {
            return Ok(());
        }
        self.sink.write(&batch)?;
        self.counts.rows += rows as u64;
        count_nulls(&mut self.columns, &batch);
        Ok(())
    }

    fn count(&mut self, requests: u64, retries: u64, waited_ms: u64) {
        self.counts.requests += requests;
        self.counts.retries += retries;
        self.counts.waited_ms += waited_ms;
    }

    /// Tells the observer of the last page, now that it is known what follows.
    fn tell(&mut self, decision: &Decision) {
        if let Some(mut line) = self.asked.take() {
            line.decision = decision.clone();
            line.written = self.counts.rows;
            (self.observer)(&line);
        }
    }
}

/// An answer without a body is an empty page.
fn no_body(fetch: &Fetch) -> PageSummary {
    PageSummary {
        row_path: RowPathSeen::NoBody,
        captures: vec![Seen::Absent; fetch.extraction.captures.len()],
        ..PageSummary::default()
    }
}

/// The encoding that the response declares.
fn charset(headers: &[(String, String)]) -> Option<&str> {
    let (_, kind) = headers.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
    kind.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}
