//! OAuth clients of settings, and their tokens.

mod browser;
mod client;
mod login;
mod status;
mod tokens;

pub(crate) use client::Client;
pub(crate) use login::{LoggedIn, login};
pub(crate) use status::Status;
pub(crate) use tokens::{Named, Tokens};
