//! The transport that sends.

mod attempt;
mod failure;
mod hop;
mod retry;

use profilec_auth::Masker;
use profilec_engine::Request;
use reqwest::{Certificate, Client, ClientBuilder, NoProxy, redirect};

use crate::{HttpOptions, Proxy, ProxyServer, Reply, Transport, TransportError, TransportErrorKind, Trust};
use attempt::Answer;
use failure::Failure;
use hop::Hop;
use retry::Patience;

/// Sends requests over HTTP/1.1, retries, and follows redirects.
///
/// A redirect to another origin takes neither headers nor body along, and none leads from https to
/// http. No error message holds a secret that the masker knows.
#[derive(Debug)]
pub struct HttpTransport {
    client: Client,
    /// Why no certificate is trusted at all.
    without_roots: Option<String>,
    options: HttpOptions,
    masker: Masker,
    patience: Patience,
}

impl HttpTransport {
    /// A transport with connections of its own.
    ///
    /// Without certificates of authorities on the machine, plain http still works, and https fails with the
    /// reason.
    ///
    /// # Errors
    /// The proxy's URL is none, a certificate cannot be read, or the client cannot be set up.
    pub fn new(options: HttpOptions, masker: Masker) -> Result<Self, TransportError> {
        // An error only says that the process has a provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let setup_error = |why| setup_error(&masker, &why);
        let builder = || {
            let builder = Client::builder().redirect(redirect::Policy::none()).referer(false);
            through(builder, &options.proxy)
        };
        let certificates = match &options.trust {
            Trust::Also(pem) => Certificate::from_pem_bundle(pem.as_bytes()).map_err(setup_error)?,
            Trust::System | Trust::Any => Vec::new(),
        };
        let trusting = match &options.trust {
            Trust::Any => builder().map_err(setup_error)?.tls_danger_accept_invalid_certs(true),
            Trust::Also(_) => builder().map_err(setup_error)?.tls_certs_merge(certificates.clone()),
            Trust::System => builder().map_err(setup_error)?,
        };
        let (client, without_roots) = match trusting.build() {
            Ok(client) => (client, None),
            Err(why) => {
                let client = builder().map_err(setup_error)?.tls_certs_only(certificates).build();
                (client.map_err(setup_error)?, Some(failure::root_cause(&why)))
            }
        };
        let patience = Patience::new(&options);
        Ok(Self { client, without_roots, options, masker, patience })
    }

    async fn walk(&self, request: &Request, effort: &mut Effort) -> Result<(Hop, Answer), Failure> {
        let mut hop = Hop::first(request)?;
        let mut visited = vec![(hop.method.clone(), hop.url.clone())];
        loop {
            effort.requests += 1;
            let tried = attempt::attempt(&self.client, &self.options, &hop, request.timeout).await;
            let story = match tried {
                Ok(answer) => {
                    if let Some(location) = answer.redirect().filter(|_| request.follow_redirects) {
                        hop = hop.follow(answer.status, location, &self.options.allowed_origins)?;
                        if visited.contains(&(hop.method.clone(), hop.url.clone())) {
                            return Err(Failure::redirect("the redirects lead round in a circle"));
                        }
                        if visited.len() > self.options.max_redirects as usize {
                            let limit = self.options.max_redirects;
                            return Err(Failure::redirect(format!("more than {limit} redirects")));
                        }
                        visited.push((hop.method.clone(), hop.url.clone()));
                        continue;
                    }
                    if !retry::is_passing(answer.status) || effort.retries >= u64::from(self.options.retries)
                    {
                        return Ok((hop, answer));
                    }
                    (format!("status {}", answer.status), answer.retry_after())
                }
                Err(failure) => {
                    if let Some(why) = self.without_roots.as_ref().filter(|_| hop.url.scheme() == "https") {
                        return Err(failure.because(why));
                    }
                    let failure = match &self.options.proxy {
                        Proxy::Server(proxy) if failure.kind == TransportErrorKind::Connection => {
                            failure.because(&format!("asked through the proxy `{}`", proxy.url))
                        }
                        _ => failure,
                    };
                    if !failure.may_pass || effort.retries >= u64::from(self.options.retries) {
                        return Err(failure);
                    }
                    (failure.story, None)
                }
            };
            let waited = self.patience.wait(effort.retries, &story.0, story.1).await?;
            effort.waited_ms += waited;
            effort.retries += 1;
        }
    }

    fn error(&self, request: &Request, effort: &Effort, failure: &Failure) -> TransportError {
        let tries = match effort.requests {
            0 | 1 => String::new(),
            1.. if effort.retries == 0 => String::new(),
            _ => format!(" ({} tries)", effort.retries + 1),
        };
        let url = self.masker.mask_url(&request.url);
        // A redirect's story holds a URL.
        let story = self.masker.mask_url(&failure.story);
        let mut error =
            TransportError::new(failure.kind, format!("{} `{url}`: {story}{tries}", request.method));
        error.requests = effort.requests;
        error.retries = effort.retries;
        error.waited_ms = effort.waited_ms;
        error
    }
}

/// Sends requests this way.
fn through(builder: ClientBuilder, proxy: &Proxy) -> Result<ClientBuilder, reqwest::Error> {
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

fn setup_error(masker: &Masker, why: &reqwest::Error) -> TransportError {
    let story = format!("no HTTP client can be set up: {}", failure::root_cause(why));
    TransportError::new(TransportErrorKind::Connection, masker.mask_url(&story))
}

/// What a request took.
#[derive(Default)]
struct Effort {
    requests: u64,
    retries: u64,
    waited_ms: u64,
}

impl Transport for HttpTransport {
    async fn send(&self, request: &Request) -> Result<Reply, TransportError> {
        let mut effort = Effort::default();
        match self.walk(request, &mut effort).await {
            Ok((hop, answer)) => Ok(Reply {
                status: answer.status,
                url: hop.url.into(),
                headers: answer.headers,
                body: answer.body,
                requests: effort.requests,
                retries: effort.retries,
                waited_ms: effort.waited_ms,
                file: None,
            }),
            Err(failure) => Err(self.error(request, &effort, &failure)),
        }
    }
}
