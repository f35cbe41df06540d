//! The engine, driven with invented pages: no server, no clock.

mod environment;
mod formatters;
mod harness;
mod paging;
#[expect(dead_code, reason = "other properties are about bodies alone")]
mod programs;
mod requests;
mod samples;
mod termination;
