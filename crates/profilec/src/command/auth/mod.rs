//! `profilec auth`.

mod login;
mod logout;
mod status;
mod token;

use std::{path::Path, rc::Rc};

use profilec_auth::Masker;
use profilec_engine::Settings;
use profilec_http::HttpTransport;

use crate::{
    args::{AuthCommand, ClientArgs},
    exit::Exit,
    failure::Failure,
    oauth::Named,
    project::Entries,
    session::{self, Values},
    stop,
    terminal::Terminal,
};

/// The entries of the current folder's project are meant.
const HERE: &str = "profilec.toml";

/// Does what is to be done about tokens.
pub(crate) fn auth(command: &AuthCommand, terminal: &Terminal) -> Result<Exit, Failure> {
    match command {
        AuthCommand::Login(args) => login::login(args, terminal),
        AuthCommand::Token(args) => token::token(args, terminal),
        AuthCommand::Status(args) => status::status(args, terminal),
        AuthCommand::Logout(args) => logout::logout(args, terminal),
    }
}

/// A client with its tokens, and the way to its server.
struct Called {
    named: Rc<Named>,
    http: HttpTransport,
}

/// What the arguments name.
fn called(args: &ClientArgs, terminal: &Terminal) -> Result<Called, Failure> {
    let values = Values::new(&args.connection.var, terminal, Path::new(HERE))?;
    let given = session::given(&args.connection, &values)?;
    let settings = session::settings_of_client(given, &terminal.masker)?;
    let named = match &args.name {
        Some(name) => values.tokens.named(name)?,
        None => of_options(&settings, &values, &terminal.masker)?,
    };
    let options = session::network(&settings, terminal)?;
    let http = HttpTransport::new(options, terminal.masker.clone());
    Ok(Called { named, http: http.map_err(|error| Failure::new(error.to_string()))? })
}

/// The client that connection options describe.
fn of_options(settings: &Settings, values: &Values<'_>, masker: &Masker) -> Result<Rc<Named>, Failure> {
    if let Some(client) = session::client(settings)? {
        return Ok(Rc::new(Named::new(client, masker)));
    }
    let all = values.tokens.entries().all()?;
    let names: Vec<&str> = all.iter().map(|found| found.entry.name.as_str()).collect();
    Err(Failure::new("no entry is named").help(Entries::listed(&names)))
}

/// Works until it is done, or a signal ends it.
fn wait<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("the runtime cannot start: {error}")))?;
    runtime.block_on(async {
        tokio::select! {
            done = work => done,
            signal = stop::first_signal() => Err(Failure { exit: signal.into(), ..Failure::new("") }),
        }
    })
}
