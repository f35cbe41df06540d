//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use profilec_diagnostics::Severity;

use crate::{levels::LevelArgs, profile::quoted, terminal::Color};

/// Compiler, checker and runner for RSD profiles
#[derive(Debug, Parser)]
#[command(name = "profilec", version, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to colour what is printed
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what is wrong with profiles
    Check(CheckArgs),
    /// Lay profiles out in one way
    Fmt(FmtArgs),
    /// Show what a run would do
    Plan(PlanArgs),
    /// Fetch all rows of a profile
    Run(RunArgs),
    /// Show the first rows of a profile as a table
    Preview(PreviewArgs),
    /// Get, show and forget the tokens of OAuth entries
    #[command(subcommand)]
    Auth(AuthCommand),
    /// Tell the long story of a code
    Explain(ExplainArgs),
}

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct CheckArgs {
    /// Profiles, archives (`.apip`), exports (`.json`), and folders to look in; `-` is standard input
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    /// How findings are written: `pretty`, `short`, `json`, `sarif`, `junit`, `github` or `gitlab`
    #[arg(long, value_parser = named::<CheckFormat>, default_value = "pretty", value_name = "FORMAT")]
    pub(crate) format: CheckFormat,
    #[command(flatten)]
    pub(crate) levels: LevelArgs,
    /// Exit with 1 on warnings too
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// Leave out what is less grave: `error`, `warning` or `info` [default: info]
    #[arg(long, value_parser = named::<MinLevel>, value_name = "LEVEL")]
    pub(crate) min_level: Option<MinLevel>,
    /// The settings of all profiles, instead of the nearest `profilec.toml` above each
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Leave out what `exclude` of `profilec.toml` names, also where it is named here
    #[arg(long)]
    pub(crate) force_exclude: bool,
    /// Mend what can be mended without changing what a profile does
    #[arg(long)]
    pub(crate) fix: bool,
    /// Take fixes too that may change what a profile does
    #[arg(long = "unsafe", requires = "fix")]
    pub(crate) allow_unsafe: bool,
    /// Print what `--fix` would change as a unified diff, instead of findings, and write nothing
    #[arg(long, requires = "fix")]
    pub(crate) diff: bool,
    /// Let profiles include files from outside their folders
    #[arg(long)]
    pub(crate) allow_files: bool,
    /// Hold the profile against a response: a file as the service sends it, or the folder of a recorded run; may be
    /// repeated. Inputs and connection options are for the script that a recorded run needs
    #[arg(long, value_name = "PATH")]
    pub(crate) sample: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) values: ValueArgs,
}

/// The least grave findings that are told.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum MinLevel {
    /// Only errors
    Error,
    /// Errors and warnings
    Warning,
    /// All
    Info,
}

impl From<MinLevel> for Severity {
    fn from(level: MinLevel) -> Self {
        match level {
            MinLevel::Error => Self::Error,
            MinLevel::Warning => Self::Warning,
            MinLevel::Info => Self::Info,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    #[default]
    Pretty,
    /// A line for each finding
    Short,
    /// One document for programs
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// A report of JUnit
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
}

#[derive(Args, Debug)]
pub(crate) struct FmtArgs {
    /// Profiles, and folders to look for profiles in; `-` is standard input, laid out to standard output
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing; list what would change, and exit with 1 if something would
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing; print what would change as a unified diff
    #[arg(long)]
    pub(crate) diff: bool,
    /// The settings of all profiles, instead of the nearest `profilec.toml` above each
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Leave out what `exclude` of `profilec.toml` names, also where it is named here
    #[arg(long)]
    pub(crate) force_exclude: bool,
}

/// Which profile.
#[derive(Args, Debug)]
pub(crate) struct ProfileArgs {
    /// A profile (`.rsd`, `.rsb`), a folder or archive (`.apip`) of them, or an export (`.json`); `-` is standard
    /// input
    pub(crate) profile: PathBuf,
    /// The table to take from several, by its title or file name
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Option<String>,
    /// Let the profile include files from outside its folder
    #[arg(long)]
    pub(crate) allow_files: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) profile: ProfileArgs,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// A code, with or without `profilec::`
    #[arg(required_unless_present = "list")]
    pub(crate) code: Option<String>,
    /// List all codes
    #[arg(long)]
    pub(crate) list: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PreviewArgs {
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// Rows to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u64,
}

#[derive(Args, Debug)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// Where rows go; without it, standard output
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// How rows are written: `csv`, `jsonl`, `arrow` (IPC file), `arrows` (IPC stream) or `table`; a known
    /// file ending picks it, else `csv`
    #[arg(short, long, value_parser = named::<RowFormat>, value_name = "FORMAT")]
    pub(crate) format: Option<RowFormat>,
    /// Stop after N rows
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<u64>,
}

/// What to do about tokens.
#[derive(Debug, Subcommand)]
pub(crate) enum AuthCommand {
    /// Log in, with a browser or on another device
    Login(LoginArgs),
    /// Print a token that is good for now
    Token(TokenArgs),
    /// Say what tokens there are; asks no server
    Status(StatusArgs),
    /// Forget tokens
    Logout(LogoutArgs),
}

/// Whose tokens.
#[derive(Args, Debug)]
pub(crate) struct ClientArgs {
    /// An entry of `profilec.toml` or `auth.toml`: `[auth.NAME]`
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

#[derive(Args, Debug)]
pub(crate) struct LoginArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,
    /// Show the address of the page, and open no browser
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Seconds to wait for the login
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout: u64,
}

#[derive(Args, Debug)]
pub(crate) struct TokenArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,
    /// Get a new one, whatever there is
    #[arg(long)]
    pub(crate) refresh: bool,
    /// Print it on a terminal too
    #[arg(long)]
    pub(crate) show: bool,
}

#[derive(Args, Debug)]
pub(crate) struct StatusArgs {
    /// Entries; without any, all
    pub(crate) names: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct LogoutArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// RFC 4180; null is an empty field, the empty string is `""`
    Csv,
    /// One JSON object a line
    Jsonl,
    /// Arrow IPC file
    Arrow,
    /// Arrow IPC stream
    Arrows,
    /// Parquet (comes later)
    Parquet,
    /// A table for people
    Table,
}

/// What a script is given.
#[derive(Args, Debug)]
pub(crate) struct ValueArgs {
    /// An input of the script; VALUE as for connection options
    #[arg(short, long, value_name = "NAME=VALUE")]
    pub(crate) input: Vec<String>,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

/// How a server is reached.
#[derive(Args, Debug)]
pub(crate) struct ConnectionArgs {
    /// A connection option; VALUE may be `env:NAME`, `file:PATH`, `keyring:SERVICE/USER`, `oauth:ENTRY` or `-`
    #[arg(short, long, value_name = "NAME=VALUE")]
    pub(crate) connection: Vec<String>,
    /// Many connection options: `A=b;C=d`
    #[arg(long, value_name = "TEXT")]
    pub(crate) connection_string: Option<String>,
    /// A TOML file of connection options: `Name = "value"`, values as for `-c`
    #[arg(long, value_name = "FILE")]
    pub(crate) connection_file: Option<PathBuf>,
    /// A value for `${NAME}` in the values above; falls back to the environment
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) var: Vec<String>,
}

/// What a walk over pages needs, whatever becomes of the rows.
#[derive(Args, Debug)]
pub(crate) struct WalkArgs {
    #[command(flatten)]
    pub(crate) profile: ProfileArgs,
    #[command(flatten)]
    pub(crate) values: ValueArgs,
    /// Send the token of this entry of `profilec.toml` or `auth.toml` along
    #[arg(long, value_name = "ENTRY")]
    pub(crate) auth: Option<String>,
    /// Columns to write, by name
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Stop after N pages; the run is then truncated
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) max_pages: Option<u64>,
    /// Pages in flight when they are predictable; one at a time for now
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) concurrency: u16,
    /// Answer requests from recorded exchanges
    #[arg(long, value_name = "DIR", conflicts_with = "record")]
    pub(crate) replay: Option<PathBuf>,
    /// Write all exchanges down, without secrets
    #[arg(long, value_name = "DIR")]
    pub(crate) record: Option<PathBuf>,
    /// Write the run report as JSON; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Print a line per page on standard error
    #[arg(long)]
    pub(crate) trace: bool,
    /// Do not say that a run is complete
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Seconds without a byte before a try is given up [default: 60]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) timeout: Option<u64>,
    /// Tries again, per request
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) retries: u32,
    /// Seconds of waiting between tries, over the whole run
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(crate) max_wait: u64,
    /// Let credentials go to this origin (`https://host:port`) too
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) allow_origin: Vec<String>,
}

/// The value of this name, else a did-you-mean.
fn named<T: ValueEnum>(text: &str) -> Result<T, String> {
    T::from_str(text, true).map_err(|_| {
        let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
        match profilec_vocabulary::closest(text, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", quoted(&names)),
        }
    })
}
