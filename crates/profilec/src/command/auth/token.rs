//! `profilec auth token`.

use std::io::{IsTerminal, stdout};

use super::{called, wait};
use crate::{
    args::TokenArgs,
    exit::Exit,
    failure::Failure,
    terminal::{Terminal, product},
};

/// Prints a token that is good for now.
pub(super) fn token(args: &TokenArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    if stdout().is_terminal() && !args.show {
        return Err(Failure::new("the token would stand on the screen")
            .help("pass it on by a pipe, or show it with `--show`"));
    }
    let called = called(&args.client, terminal)?;
    let source = &called.named.source;
    let token = wait(async {
        let token =
            if args.refresh { source.renewed(&called.http).await } else { source.token(&called.http).await };
        token.map_err(Failure::of_auth)
    })?;
    product(&format!("{}\n", token.value()))?;
    Ok(Exit::Complete)
}
