//! The `profilec` command: arguments, files, exit codes.
//!
//! A library, so that the package at the top of the repository, which pre-commit installs, is the same program.

mod args;
mod command;
mod exit;
mod failure;
mod fix;
mod judge;
mod levels;
mod profile;
mod project;
mod rewrite;
mod sample;
mod screen;
mod session;
mod sink;
mod stop;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    args::{Cli, Command},
    terminal::Terminal,
};

/// Does what the command line says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new(cli.color);
    let result = match &cli.command {
        Command::Check(args) => command::check(args, &terminal),
        Command::Fmt(args) => command::fmt(args, &terminal),
        Command::Plan(args) => command::plan(args, &terminal),
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
