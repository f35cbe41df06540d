//! `profilec auth logout`.

use std::path::Path;

use super::{HERE, called, wait};
use crate::{
    args::LogoutArgs,
    exit::Exit,
    failure::Failure,
    oauth::{Client, Tokens},
    terminal::Terminal,
};

/// Forgets tokens; where the server takes tokens back, it is asked to do so first.
pub(super) fn logout(args: &LogoutArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let Some(name) = &args.client.name else {
        let called = called(&args.client, terminal)?;
        return forget(called.named.client.config.label(), called.named.client.store.as_ref(), terminal);
    };
    let tokens = Tokens::near(Path::new(HERE), terminal);
    let found = tokens.entry(name)?;
    let store = Client::store_of_entry(found)?;
    let is_kept = store.as_ref().is_some_and(|store| matches!(store.read(), Ok(Some(_))));
    let revoked = match found.entry.text("revoke_url") {
        Some(url) if is_kept => called(&args.client, terminal).and_then(|called| {
            wait(async { called.named.source.revoke(url, &called.http).await.map_err(Failure::of_auth) })
        }),
        _ => Ok(false),
    };
    let exit = forget(name, store.as_ref(), terminal)?;
    revoked.map(|_| exit)
}

fn forget(name: &str, store: Option<&profilec_auth::Store>, terminal: &Terminal) -> Result<Exit, Failure> {
    // A lock would make folders.
    let there = store.filter(|store| store.path().exists());
    let forgotten = match there {
        Some(store) => wait(async {
            let file = store.lock().await.map_err(Failure::of_auth)?;
            file.remove().map_err(Failure::of_auth)
        })?,
        None => false,
    };
    terminal.tell(&if forgotten {
        format!("logged out of `{name}`: its tokens are forgotten")
    } else {
        format!("there are no tokens of `{name}`")
    });
    Ok(Exit::Complete)
}
