//! The engine, driven with invented pages: no server, no clock.

mod environment;
mod formatters;
mod harness;
mod paging;
mod requests;
mod samples;
mod termination;
