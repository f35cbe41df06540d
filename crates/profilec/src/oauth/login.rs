//! Logins of people.

use std::{
    io::{BufRead, IsTerminal, stdin},
    thread,
};

use profilec_auth::{AuthError, BrowserLogin, DeviceLogin, Endpoint, Grant, LoginCode};
use tokio::sync::mpsc;

use super::{
    browser::{Came, Listener},
    tokens::Named,
};
use crate::{failure::Failure, terminal::Terminal};

/// How a login was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoggedIn {
    /// By a person.
    Person,
    /// The client needs none.
    NotNeeded,
}

/// Logs in as the grant of a client demands, and keeps the tokens. Without the need of a person it gets a new token, to
/// prove that.
///
/// # Errors
/// Access is not granted, or the tokens cannot be got or kept.
pub(crate) async fn login(
    named: &Named,
    opens_browser: bool,
    endpoint: &impl Endpoint,
    terminal: &Terminal,
) -> Result<LoggedIn, Failure> {
    let config = &named.client.config;
    match &config.grant {
        Grant::RefreshToken if config.login.device_url.is_some() => {
            on_device(named, endpoint, terminal).await.map_err(Failure::of_auth)?;
            Ok(LoggedIn::Person)
        }
        Grant::RefreshToken if config.login.authorize_url.is_some() => {
            in_browser(named, opens_browser, endpoint, terminal).await?;
            Ok(LoggedIn::Person)
        }
        _ => {
            named.source.renewed(endpoint).await.map_err(Failure::of_auth)?;
            Ok(LoggedIn::NotNeeded)
        }
    }
}

async fn on_device(named: &Named, endpoint: &impl Endpoint, terminal: &Terminal) -> Result<(), AuthError> {
    let login = DeviceLogin::begin(&named.client.config, endpoint).await?;
    terminal.tell(&format!(
        "on any device, go to\n\n  {}\n\nand enter the code\n\n  {}\n",
        login.url(),
        login.user_code()
    ));
    if let Some(whole) = login.whole_url() {
        terminal.tell(&format!("or go to this page, which has the code already:\n\n  {whole}\n"));
    }
    terminal.tell(&format!("waiting; the code is good for {}", super::status::span(login.lasts())));
    named.source.finish_on_device(login, endpoint).await
}

async fn in_browser(
    named: &Named,
    opens_browser: bool,
    endpoint: &impl Endpoint,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let config = &named.client.config;
    let registered = config.login.redirect_url.as_deref();
    let mut listener = Listener::open(registered)?;
    let redirect = listener.as_ref().map(Listener::redirect).or(registered);
    let login = BrowserLogin::new(config, redirect).map_err(Failure::of_auth)?;
    let mut pasted = (!opens_browser || listener.is_none() || stdin().is_terminal()).then(lines);
    if opens_browser {
        open(login.url().as_str());
        terminal.tell(&format!("a browser opens this page; if none does, go there:\n\n  {}\n", login.url()));
    } else {
        terminal.tell(&format!("go to this page and log in:\n\n  {}\n", login.url()));
    }
    terminal.tell(match (&listener, &pasted) {
        (Some(_), Some(_)) => {
            "waiting for the browser to come back; if it cannot, because it runs on another\n\
             machine, paste the address of the page that it does not find, or the code:"
        }
        (Some(_), None) => "waiting for the browser to come back",
        (None, _) => "then paste the address that the browser ends at, or the code:",
    });
    loop {
        let (code, came) = tokio::select! {
            Some(came) = next_visit(&mut listener) => (login.code(came.target()), Some(came)),
            line = next_line(&mut pasted) => match line {
                Some(line) if line.trim().is_empty() => continue,
                Some(line) => (login.code(&line), None),
                // The browser may still come.
                None if listener.is_some() => {
                    pasted = None;
                    continue;
                }
                None => return Err(Failure::later("standard input ended, and no code was pasted")),
            },
        };
        match (code, came) {
            (Ok(code), came) => return finish(named, login, code, came, endpoint, terminal).await,
            (Err(error), Some(came)) => {
                let is_end = error.oauth_error.is_some();
                page_of(&error, came, terminal);
                // Whoever knows the port may ask; the login goes on.
                if is_end {
                    return Err(Failure::of_auth(error));
                }
            }
            (Err(error), None) => {
                if error.oauth_error.is_some() || !stdin().is_terminal() {
                    return Err(Failure::of_auth(error));
                }
                let help = error.help.unwrap_or_default();
                terminal.warn(&format!("{}: {help}", error.message));
            }
        }
    }
}

async fn finish(
    named: &Named,
    login: BrowserLogin,
    code: LoginCode,
    came: Option<Came>,
    endpoint: &impl Endpoint,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let finished = named.source.finish_in_browser(login, code, endpoint).await;
    if let Some(came) = came {
        match &finished {
            Ok(()) => {
                let text = format!(
                    "profilec has a token of {}. You may close this page.",
                    named.client.config.label()
                );
                came.answer("200 OK", "You are logged in", &text);
            }
            Err(error) => page_of(error, came, terminal),
        }
    }
    finished.map_err(Failure::of_auth)
}

/// Tells people in the browser what went wrong.
fn page_of(error: &AuthError, came: Came, terminal: &Terminal) {
    came.answer("400 Bad Request", "You are not logged in", &terminal.masker.mask(&error.message));
}

async fn next_visit(listener: &mut Option<Listener>) -> Option<Came> {
    match listener {
        Some(listener) => listener.next().await,
        None => std::future::pending().await,
    }
}

async fn next_line(pasted: &mut Option<mpsc::UnboundedReceiver<String>>) -> Option<String> {
    match pasted {
        Some(pasted) => pasted.recv().await,
        None => std::future::pending().await,
    }
}

/// The lines of standard input.
fn lines() -> mpsc::UnboundedReceiver<String> {
    let (tell, told) = mpsc::unbounded_channel();
    // A read cannot be given up; the thread ends with the program.
    thread::spawn(move || {
        for line in stdin().lock().lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                break;
            }
        }
    });
    told
}

/// Opens a page in the user's browser. Nobody waits for it: a browser of a terminal runs until it is left.
fn open(url: &str) {
    let url = url.to_owned();
    thread::spawn(move || webbrowser::open(&url));
}
