//! The `profilec` command: arguments, files, exit codes.
//!
//! A library, so that the package at the top of the repository, which pre-commit installs, is the same program.

mod args;
mod command;
mod exit;
mod failure;
mod fix;
mod folders;
mod judge;
mod levels;
mod oauth;
mod parallel;
mod place;
mod profile;
mod project;
mod rewrite;
mod sample;
mod screen;
mod session;
mod sink;
mod stop;
mod terminal;

use std::{path::Path, process::ExitCode};

use clap::Parser;
use profilec_check::{SettleOptions, settle};
use profilec_diagnostics::{Diagnostic, Encoding, Source, SourceFile};

use crate::{
    args::{Cli, Command},
    profile::{File, Profile},
    terminal::Terminal,
};

/// Parsing and checking make many small texts, in several threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Does what the command line says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new(cli.color);
    let result = match &cli.command {
        Command::Check(args) => command::check(args, &terminal),
        Command::Fmt(args) => command::fmt(args, &terminal),
        Command::Plan(args) => command::plan(args, &terminal),
        Command::Auth(what) => command::auth(what, &terminal),
        Command::Explain(args) => command::explain(args),
        Command::Run(args) => command::run(args, &terminal),
        Command::Preview(args) => command::preview(args, &terminal),
    };
    let exit = result.unwrap_or_else(|failure| {
        terminal.failure(&failure);
        failure.exit
    });
    ExitCode::from(exit)
}

/// What `profilec check` says about a text as if it stood in this file: with what it includes from beside the file,
/// and without the settings of a project. Offsets count through the text, then through the included files.
pub fn check_text(path: &Path, text: &str) -> (Source, Vec<Diagnostic>) {
    let profile = Profile::of(&File::Disk(path.to_owned()), text, Encoding::Utf8, false);
    let own = profile.source.files().first().map(SourceFile::span).unwrap_or_default();
    let findings = profile.findings();
    let settled = settle(profile.source.text(), own, findings, &profile.remarks, &SettleOptions::default());
    (profile.source, settled.findings)
}
