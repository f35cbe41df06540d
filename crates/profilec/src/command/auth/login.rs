//! `profilec auth login`.

use std::time::{Duration, SystemTime};

use super::{called, wait};
use crate::{
    args::LoginArgs,
    exit::Exit,
    failure::Failure,
    oauth::{LoggedIn, Status, login as log_in},
    terminal::Terminal,
};

/// Logs in, and keeps the tokens.
pub(super) fn login(args: &LoginArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let called = called(&args.client, terminal)?;
    let client = &called.named.client;
    let how = wait(async {
        let login = log_in(&called.named, !args.no_browser, &called.http, terminal);
        match tokio::time::timeout(Duration::from_secs(args.timeout), login).await {
            Ok(done) => done,
            Err(_) => Err(Failure::later(format!("no login within {} s", args.timeout))
                .help("log in again; `--timeout` says how long to wait")),
        }
    })?;
    let name = client.config.label();
    let done = match how {
        LoggedIn::Person => format!("logged in as `{name}`"),
        LoggedIn::NotNeeded => {
            format!("`{name}` needs no login: it got a token by `{}`", client.config.grant.name())
        }
    };
    terminal.tell(&format!("{done}\n{}", Status::of_new(client.store.as_ref(), SystemTime::now())));
    Ok(Exit::Complete)
}
