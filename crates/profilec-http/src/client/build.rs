//! The client that the options ask for.

use reqwest::{Certificate, Client, ClientBuilder, Error, NoProxy, redirect};

use super::failure;
use crate::{HttpOptions, Identity, Proxy, ProxyServer, Trust};

/// A client, and why no certificate is trusted at all, when the machine has none.
pub(super) fn client(
    options: &HttpOptions,
    identity: Option<&Identity>,
) -> Result<(Client, Option<String>), Error> {
    let certificates = match &options.trust {
        Trust::Also(pem) => Certificate::from_pem_bundle(pem.as_bytes())?,
        Trust::System | Trust::Any => Vec::new(),
    };
    let trusting = match &options.trust {
        Trust::Any => builder(options, identity)?.tls_danger_accept_invalid_certs(true),
        Trust::Also(_) => builder(options, identity)?.tls_certs_merge(certificates.clone()),
        Trust::System => builder(options, identity)?,
    };
    match trusting.build() {
        Ok(client) => Ok((client, None)),
        Err(why) => {
            let client = builder(options, identity)?.tls_certs_only(certificates).build()?;
            Ok((client, Some(failure::root_cause(&why))))
        }
    }
}

fn builder(options: &HttpOptions, identity: Option<&Identity>) -> Result<ClientBuilder, Error> {
    let builder = Client::builder().redirect(redirect::Policy::none()).referer(false);
    let builder = through(builder, &options.proxy)?;
    Ok(match identity {
        Some(identity) => builder.identity(reqwest::Identity::from_pem(identity.pem())?),
        None => builder,
    })
}

/// Sends requests this way.
fn through(builder: ClientBuilder, proxy: &Proxy) -> Result<ClientBuilder, Error> {
    let ProxyServer { url, login, exceptions } = match proxy {
        Proxy::System => return Ok(builder),
        Proxy::Direct => return Ok(builder.no_proxy()),
        Proxy::Server(server) => server,
    };
    let mut proxy = reqwest::Proxy::all(url)?.no_proxy(NoProxy::from_string(&exceptions.join(",")));
    if let Some((user, password)) = login {
        proxy = proxy.basic_auth(user, password);
    }
    Ok(builder.proxy(proxy))
}
