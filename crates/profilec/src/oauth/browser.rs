//! Where the browser comes back to after a login: a port of this machine (RFC 8252, section 7.3).

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

use tokio::sync::mpsc;
use url::{Host, Url};

use crate::{failure::Failure, profile};

/// Where it comes back to when nothing else is registered.
const DEFAULT: &str = "http://127.0.0.1/callback";
/// Bytes of a request that are read.
const LONGEST: u64 = 32 * 1024;
/// How long a browser may take to ask.
const PATIENCE: Duration = Duration::from_secs(10);

/// Waits for the browser.
#[derive(Debug)]
pub(super) struct Listener {
    redirect: String,
    came: mpsc::UnboundedReceiver<Came>,
}

/// The browser, come back from a login, or whoever knows the port.
#[derive(Debug)]
pub(super) struct Came {
    target: String,
    stream: TcpStream,
}

impl Listener {
    /// Listens at a redirect URL; without a port, at a free one. `None`: it is no place of this machine where plain
    /// HTTP is spoken.
    ///
    /// # Errors
    /// The port cannot be had.
    pub(super) fn open(redirect_url: Option<&str>) -> Result<Option<Self>, Failure> {
        let written = redirect_url.unwrap_or(DEFAULT);
        let Some(url) = Url::parse(written).ok().filter(|url| url.scheme() == "http") else {
            return Ok(None);
        };
        let (wanted, host) = (url.port().unwrap_or(0), url.host_str().unwrap_or_default());
        let bound = match url.host() {
            Some(Host::Ipv4(address)) if address.is_loopback() => TcpListener::bind((address, wanted)),
            Some(Host::Ipv6(address)) if address.is_loopback() => {
                TcpListener::bind((Ipv6Addr::LOCALHOST, wanted))
            }
            Some(Host::Domain("localhost")) => TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)),
            _ => return Ok(None),
        };
        let refused = |error: io::Error| {
            Failure::later(format!("port {wanted} of `{host}` cannot be had: {}", profile::plain(&error)))
                .help("end what listens there, or register a redirect URL with another port")
        };
        let listener = bound.map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let redirect = if wanted == 0 { with_port(written, host, port) } else { written.to_owned() };
        let (tell, came) = mpsc::unbounded_channel();
        let path = url.path().to_owned();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (tell, path) = (tell.clone(), path.clone());
                // Browsers open connections before they need them.
                thread::spawn(move || {
                    if let Some(came) = Came::read(stream, &path) {
                        let _ = tell.send(came);
                    }
                });
            }
        });
        Ok(Some(Self { redirect, came }))
    }

    /// The URL to come back to, as the server must see it.
    pub(super) fn redirect(&self) -> &str {
        &self.redirect
    }

    /// Waits for the next one.
    pub(super) async fn next(&mut self) -> Option<Came> {
        self.came.recv().await
    }
}

impl Came {
    /// Reads a request; what is no end of a login gets an answer here.
    fn read(stream: TcpStream, path: &str) -> Option<Self> {
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.set_write_timeout(Some(PATIENCE)).ok()?;
        let mut lines = BufReader::new(stream.try_clone().ok()?.take(LONGEST)).lines();
        let first = lines.next()?.ok()?;
        // A connection that is closed with something unread takes the answer along.
        while lines.next()?.is_ok_and(|line| !line.is_empty()) {}
        let mut words = first.split(' ');
        let (method, target) = (words.next()?, words.next()?.to_owned());
        let came = Self { target, stream };
        let is_end = came.target.split_once('?').is_some_and(|(asked, query)| {
            let is_answer = |name: &str| name == "code" || name == "error";
            asked == path && url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| is_answer(&name))
        });
        if method == "GET" && is_end {
            return Some(came);
        }
        came.answer("404 Not Found", "Nothing is here", "profilec waits for a login at this port.");
        None
    }

    /// What the browser came back with.
    pub(super) fn target(&self) -> &str {
        &self.target
    }

    /// Shows a page. A browser that is gone needs none.
    pub(super) fn answer(mut self, status: &str, title: &str, text: &str) {
        let (title, text) = (escaped(title), escaped(text));
        let page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>profilec: {title}</title>\n\
             <h1>{title}</h1>\n<p>{text}</p>\n</html>\n"
        );
        let _ = write!(
            self.stream,
            "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'\r\n\
             Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{page}",
            page.len()
        );
        let _ = self.stream.flush();
    }
}

/// A URL as written, with a port behind its host.
fn with_port(written: &str, host: &str, port: u16) -> String {
    let authority = written.find("://").map_or(0, |at| at + "://".len());
    let rest = written.get(authority + host.len()..).unwrap_or_default();
    let start = written.get(..authority + host.len()).unwrap_or(written);
    // A port that goes without saying was left out, or is written.
    let rest = rest.strip_prefix(":80").unwrap_or(rest);
    format!("{start}:{port}{rest}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_url_without_a_port_gets_a_free_one_and_else_stays_as_written() {
        for (written, start, end) in [
            (None, "http://127.0.0.1:", "/callback"),
            (Some("http://127.0.0.1"), "http://127.0.0.1:", ""),
            (Some("http://localhost/a?b=c"), "http://localhost:", "/a?b=c"),
        ] {
            let listener = Listener::open(written).unwrap().unwrap();
            let port = listener.redirect().strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            assert!(port.is_some_and(|port| port.parse::<u16>().is_ok()), "{}", listener.redirect());
        }
        let taken = Listener::open(None).unwrap().unwrap();
        let failure = Listener::open(Some(taken.redirect())).unwrap_err();
        assert!(failure.message.starts_with("port "), "{}", failure.message);
    }

    #[test]
    fn elsewhere_nothing_listens() {
        for written in [
            "https://localhost/callback",
            "https://app.example.com/callback",
            "http://app.example.com/",
            "urn:ietf:wg:oauth:2.0:oob",
        ] {
            assert!(Listener::open(Some(written)).unwrap().is_none(), "{written}");
        }
    }
}
