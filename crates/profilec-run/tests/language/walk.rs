//! A case's profile, run against the answers that stand in the case.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use profilec_auth::Masker;
use profilec_engine::{Engine, EngineOptions, Request};
use profilec_http::{Reply, Transport, TransportError};
use profilec_output::{Format, TableOptions, open};
use profilec_plan::Plan;
use profilec_rows::Extractor;
use profilec_run::Run;

use crate::case::{Case, Section};
use crate::profile::Profile;
use crate::told::Told;

/// What answers every request of a case that holds no answer.
const USUAL: &str = r#"[{"id":1,"name":"Ash"},{"id":2,"name":"Birch"}]"#;

/// 2031-04-05T06:07:08Z, two hours east.
const NOW: (i64, i32) = (1_933_135_628, 7_200);

/// Runs it and keeps what it asks, gives and comes to.
pub(crate) fn walk(plan: &Plan, profile: &Profile, case: &Case, told: &mut Told) -> Result<(), String> {
    let options = options(case)?;
    let (limit, inputs) = (options.limit, case.pairs("inputs")?);
    let engine = match Engine::new(plan, inputs, case.pairs("connection")?, options) {
        Ok(engine) => engine,
        Err(finding) => {
            told.outcome = Some(format!("refused {}", profile.finding(&finding)));
            return Ok(());
        }
    };
    let answers: VecDeque<Reply> = case.all("response").map(reply).collect::<Result<_, _>>()?;
    let transport = Answers {
        usual: answers.is_empty(),
        left: RefCell::new(answers),
        told: RefCell::new(told),
        missing: RefCell::default(),
    };
    let memory = Memory::default();
    let masker = Masker::default();
    let output: Vec<usize> = (0..plan.columns.len()).collect();
    let run = Run {
        transport: &transport,
        extractor: Extractor::new(&plan.columns, &output),
        sink: open(Format::Csv, Box::new(memory.clone()), &TableOptions::default()),
        masker: &masker,
        limit,
        origin: plan.origin,
        observer: &mut |_| {},
        inspector: &mut |_, _| {},
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| error.to_string())?;
    let finished = runtime.block_on(profilec_run::run(engine, run, std::future::pending()));
    let (left, missing) = (transport.left.into_inner(), transport.missing.into_inner());
    if let Some(url) = missing {
        return Err(format!("it asked for more than there are responses: {url}"));
    }
    if !left.is_empty() {
        return Err(format!("{} responses were never asked for", left.len()));
    }
    let rows = String::from_utf8(memory.0.lock().unwrap_or_else(PoisonError::into_inner).clone());
    let rows = rows.map_err(|error| error.to_string())?;
    let rows = rows.trim_end_matches('\n');
    // A run that fails before its first request gives no header either.
    told.rows = (!rows.is_empty()).then(|| rows.to_owned());
    told.end(&finished.outcome, profile);
    Ok(())
}

/// `limit=N`, `pages=N`.
fn options(case: &Case) -> Result<EngineOptions, String> {
    let mut options = EngineOptions { now: NOW, seed: 7, ..EngineOptions::default() };
    for (name, value) in case.pairs("limits")? {
        let value = value.parse().map_err(|_| format!("`{value}` is no number"))?;
        match name.as_str() {
            "limit" => options.limit = Some(value),
            "pages" => options.max_pages = Some(value),
            _ => return Err(format!("`{name}` is no limit")),
        }
    }
    Ok(options)
}

/// `-- response 404 --`; lines `Name: value` and a blank one may stand before the body of a response with `headers`
/// in its title.
fn reply(section: &Section) -> Result<Reply, String> {
    let mut reply = Reply { status: 200, requests: 1, ..Reply::default() };
    let mut body = section.content.as_str();
    for word in section.argument().split_whitespace() {
        if word == "headers" {
            let (head, rest) = body.split_once("\n\n").unwrap_or((body, ""));
            for line in head.lines() {
                let (name, value) = line.split_once(':').ok_or_else(|| format!("`{line}` is no header"))?;
                reply.headers.push((name.to_owned(), value.trim().to_owned()));
            }
            body = rest;
        } else {
            reply.status = word.parse().map_err(|_| format!("`{word}` is no status"))?;
        }
    }
    reply.body = body.as_bytes().to_vec();
    Ok(reply)
}

/// Answers with one response after another.
struct Answers<'t> {
    usual: bool,
    left: RefCell<VecDeque<Reply>>,
    told: RefCell<&'t mut Told>,
    /// What was asked when none was left.
    missing: RefCell<Option<String>>,
}

impl Transport for Answers<'_> {
    async fn send(&self, request: &Request) -> Result<Reply, TransportError> {
        self.told.borrow_mut().ask(request);
        let reply = self.left.borrow_mut().pop_front().unwrap_or_else(|| {
            if !self.usual {
                self.missing.borrow_mut().get_or_insert_with(|| request.url.clone());
            }
            Reply { status: 200, body: USUAL.as_bytes().to_vec(), requests: 1, ..Reply::default() }
        });
        Ok(Reply { url: request.url.clone(), ..reply })
    }
}

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
