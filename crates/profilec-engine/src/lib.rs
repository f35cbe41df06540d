//! The script machine: control flow, formatters, paging and verdict, without I/O.
//!
//! The driver asks [`Engine::step`] what to do, does it, and reports with [`Engine::resume`]. All
//! decisions are made here, synchronously, from what was seen; so they can be tested without a server.

mod bind;
mod emit;
mod engine;
mod formatters;
mod outcome;
mod page;
mod paging;
mod request;
mod script;

pub use engine::{Engine, EngineOptions, Fetch, Inputs, Settings, Step};
pub use outcome::{Evidence, Outcome, Verdict};
pub use page::{
    Emit, LevelSeen, Member, MemberValue, Miss, Override, PageSeen, PageSummary, PushedRow, RowPathSeen,
    RowsCut, Seen, TextColumn,
};
pub use paging::{next_unread, row_path_finding};
pub use request::{
    Answer, HeaderField, LeadsOn, PasswordLogin, Request, answers, origin_of, row_paths, tables,
};
