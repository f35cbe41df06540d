//! The way to the server as connection options say it: proxy, certificates.

use profilec_engine::Settings;
use profilec_http::{HttpOptions, Proxy, ProxyServer, Trust};
use profilec_vocabulary::{boolean_word, connection_option, instead};

use super::{setup::setting, values::read_text};
use crate::{failure::Failure, profile, terminal::Terminal};

/// How requests go, as far as options say it.
pub(crate) fn network(settings: &Settings, terminal: &Terminal) -> Result<HttpOptions, Failure> {
    let mut http = HttpOptions {
        proxy: proxy(settings, terminal)?,
        trust: trust(settings, terminal)?,
        ..HttpOptions::default()
    };
    if let Some(agent) = setting(settings, "UserAgent") {
        agent.clone_into(&mut http.user_agent);
    }
    Ok(http)
}

/// What the options `Proxy…` amount to. Without any, the system's proxy is used.
fn proxy(settings: &Settings, terminal: &Terminal) -> Result<Proxy, Failure> {
    let detect = match setting(settings, "ProxyAutoDetect") {
        Some(written) => Some(boolean_word(written).ok_or_else(|| {
            Failure::new(format!("the connection option `ProxyAutoDetect` is no boolean word: `{written}`"))
        })?),
        None => None,
    };
    let Some(server) = setting(settings, "ProxyServer") else {
        return Ok(if detect == Some(false) { Proxy::Direct } else { Proxy::System });
    };
    if detect == Some(true) {
        terminal.warn("`ProxyAutoDetect` takes the system's proxy, and `ProxyServer` has no effect");
        return Ok(Proxy::System);
    }
    let scheme = match word(settings, "ProxySSLType")? {
        Some("ALWAYS") => "https",
        Some("TUNNEL") => {
            terminal.warn("`ProxySSLType=TUNNEL`: https URLs go through a tunnel, http URLs never do");
            "http"
        }
        _ => "http",
    };
    let (scheme, host) = match server.split_once("://") {
        Some((written, host)) => (written, host),
        None => (scheme, server),
    };
    let host = host.trim_end_matches('/');
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| is_port(port)) && !host.ends_with(']');
    let url = match setting(settings, "ProxyPort") {
        _ if has_port => format!("{scheme}://{host}"),
        Some(port) => {
            let number: u16 = port.trim().parse().map_err(|_| {
                Failure::new(format!("the connection option `ProxyPort` is no port: `{port}`"))
            })?;
            format!("{scheme}://{host}:{number}")
        }
        None => format!("{scheme}://{host}:80"),
    };
    let exceptions = setting(settings, "ProxyExceptions").unwrap_or_default();
    let exceptions = exceptions.split([';', ',']).map(str::trim).filter(|host| !host.is_empty());
    let exceptions = exceptions.map(str::to_owned).collect();
    Ok(Proxy::Server(ProxyServer { url, login: login(settings)?, exceptions }))
}

/// User and password at the proxy.
fn login(settings: &Settings) -> Result<Option<(String, String)>, Failure> {
    let user = setting(settings, "ProxyUser").filter(|user| !user.is_empty());
    match word(settings, "ProxyAuthScheme")? {
        Some("NONE") => return Ok(None),
        Some("BASIC") | None => {}
        Some(scheme) => {
            return Err(Failure::new(format!("`ProxyAuthScheme={scheme}` is not carried out here"))
                .help("`BASIC` and `NONE` are"));
        }
    }
    let password = setting(settings, "ProxyPassword").unwrap_or_default();
    Ok(user.map(|user| (user.to_owned(), password.to_owned())))
}

/// What `SSLServerCert` amounts to: PEM text, a file of it, or `*`.
fn trust(settings: &Settings, terminal: &Terminal) -> Result<Trust, Failure> {
    let written = setting(settings, "SSLServerCert").map(str::trim).unwrap_or_default();
    if written.is_empty() {
        return Ok(Trust::System);
    }
    if written == "*" {
        terminal.warn(
            "`SSLServerCert=*` trusts every server: anyone in between can read and change what is sent",
        );
        return Ok(Trust::Any);
    }
    let pem = if written.contains("-----BEGIN ") {
        written.to_owned()
    } else if is_thumbprint(written) {
        return Err(Failure::new("`SSLServerCert` cannot be a thumbprint: it does not say whom to trust")
            .help("give the server's certificate, or that of its authority, as PEM: a path or the text"));
    } else {
        read_text(written).map_err(|error| {
            Failure::new(format!("the certificate `{written}` cannot be read: {}", profile::plain(&error)))
                .help("`SSLServerCert` is the path of a PEM file, its text, or `*`")
        })?
    };
    if !pem.contains("-----BEGIN CERTIFICATE-----") {
        return Err(Failure::new("`SSLServerCert` holds no certificate in PEM")
            .help("it begins with `-----BEGIN CERTIFICATE-----`"));
    }
    Ok(Trust::Also(pem))
}

/// MD5 or SHA-1 in hexadecimal, maybe with blanks or colons between bytes.
fn is_thumbprint(written: &str) -> bool {
    let digits = written.chars().filter(|c| !matches!(c, ':' | ' '));
    written.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | ' '))
        && [32, 40].contains(&digits.count())
}

/// The option's word, as the vocabulary writes it.
fn word(settings: &Settings, name: &str) -> Result<Option<&'static str>, Failure> {
    let Some(written) = setting(settings, name).filter(|written| !written.trim().is_empty()) else {
        return Ok(None);
    };
    let Some(kind) = connection_option(name).map(|option| option.kind) else { return Ok(None) };
    if let Some(word) = kind.word(written) {
        return Ok(Some(word));
    }
    let (written, words) = (written.trim(), kind.words().unwrap_or_default());
    Err(Failure::new(format!("`{name}` cannot be `{written}`")).help(instead(written, words)))
}
