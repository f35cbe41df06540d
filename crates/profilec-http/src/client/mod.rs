//! The transport that sends.

mod attempt;
mod build;
mod failure;
mod hop;
mod retry;

use std::sync::atomic::{AtomicU64, Ordering};

use profilec_auth::{Answer, Authenticator, Endpoint, Masker, Outgoing, Signed};
use profilec_engine::Request;
use reqwest::{Client, Url};

use crate::{HttpOptions, Proxy, Reply, Transport, TransportError, TransportErrorKind};
use failure::Failure;
use hop::Hop;
use retry::Patience;

/// Sends requests over HTTP/1.1, retries, and follows redirects.
///
/// Each try gets its credentials on the way out, and a request that was refused is signed once more when that may
/// help. A redirect to another origin takes neither headers nor body along, and none leads from https to
/// http. No error message holds a secret that the masker knows.
#[derive(Debug)]
pub struct HttpTransport {
    client: Client,
    /// For foreign origins: it shows nobody who we are.
    stranger: Client,
    /// Why no certificate is trusted at all.
    without_roots: Option<String>,
    options: HttpOptions,
    authenticator: Authenticator,
    /// Token requests that were sent so far.
    token_requests: AtomicU64,
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
        let setup_error = |why: reqwest::Error| setup_error(&masker, &why);
        let (stranger, without_roots) = build::client(&options, None).map_err(setup_error)?;
        let client = match &options.identity {
            Some(identity) => build::client(&options, Some(identity)).map_err(setup_error)?.0,
            None => stranger.clone(),
        };
        let patience = Patience::new(&options);
        Ok(Self {
            client,
            stranger,
            without_roots,
            options,
            authenticator: Authenticator::default(),
            token_requests: AtomicU64::new(0),
            masker,
            patience,
        })
    }

    /// The same, with credentials for the requests that may have them.
    #[must_use]
    pub fn authenticated(self, authenticator: Authenticator) -> Self {
        Self { authenticator, ..self }
    }

    async fn walk(&self, request: &Request, effort: &mut Effort) -> Result<(Hop, Answer), Failure> {
        let mut hop = Hop::first(request)?;
        let mut visited = vec![place(&hop)];
        let mut signed_again = false;
        loop {
            let (out, signed) = self.signed(&hop).await?;
            effort.requests += 1;
            let client = if hop.is_own { &self.client } else { &self.stranger };
            let tried = attempt::attempt(client, &self.options, &out, request.timeout).await;
            let (story, asked) = match tried {
                Ok(answer) => {
                    if let Some(location) = attempt::redirect(&answer).filter(|_| request.follow_redirects) {
                        hop = hop.follow(answer.status, location, &self.options.allowed_origins)?;
                        if visited.contains(&place(&hop)) {
                            return Err(Failure::redirect("the redirects lead round in a circle"));
                        }
                        if visited.len() > self.options.max_redirects as usize {
                            let limit = self.options.max_redirects;
                            return Err(Failure::redirect(format!("more than {limit} redirects")));
                        }
                        visited.push(place(&hop));
                        signed_again = false;
                        continue;
                    }
                    if !signed_again && self.authenticator.may_sign_better(&signed, &answer) {
                        signed_again = true;
                        continue;
                    }
                    if !retry::is_passing(answer.status) || effort.retries >= u64::from(self.options.retries)
                    {
                        return Ok((hop, answer));
                    }
                    (format!("status {}", answer.status), attempt::retry_after(&answer))
                }
                Err(failure) => {
                    let failure = self.explained(failure, hop.request.url.scheme() == "https");
                    if !failure.may_pass || effort.retries >= u64::from(self.options.retries) {
                        return Err(failure);
                    }
                    (failure.story, None)
                }
            };
            let waited = self.patience.wait(effort.retries, &story, asked).await?;
            effort.waited_ms += waited;
            effort.retries += 1;
            // What it was signed with may have expired meanwhile.
            signed_again = false;
        }
    }

    /// What goes out for a hop, with its credentials.
    async fn signed(&self, hop: &Hop) -> Result<(Outgoing, Signed), Failure> {
        let mut out = hop.request.clone();
        let signed = if hop.is_own {
            self.authenticator
                .sign(&mut out, hop.login.as_ref(), self)
                .await
                .map_err(Failure::no_credentials)?
        } else {
            Signed::default()
        };
        Ok((out, signed))
    }

    /// The failure with what lies behind it.
    fn explained(&self, failure: Failure, is_https: bool) -> Failure {
        if let Some(why) = self.without_roots.as_ref().filter(|_| is_https) {
            return Failure { may_pass: false, ..failure.because(why) };
        }
        match &self.options.proxy {
            Proxy::Server(proxy) if failure.kind == TransportErrorKind::Connection => {
                failure.because(&format!("asked through the proxy `{}`", proxy.url))
            }
            _ => failure,
        }
    }

    fn error(&self, request: &Request, effort: &Effort, failure: &Failure) -> TransportError {
        let tries = match effort.requests {
            0 | 1 => String::new(),
            1.. if effort.retries == 0 => String::new(),
            _ => format!(" ({} tries)", effort.retries + 1),
        };
        if let Some(auth) = &failure.auth {
            return self.spent(TransportError::unauthenticated(auth.clone()), effort);
        }
        let url = self.masker.mask_url(&request.url);
        // A redirect's story holds a URL.
        let story = self.masker.mask_url(&failure.story);
        let message = format!("{} `{url}`: {story}{tries}", request.method);
        self.spent(TransportError::new(failure.kind, message), effort)
    }

    fn spent(&self, mut error: TransportError, effort: &Effort) -> TransportError {
        error.requests = effort.requests;
        error.retries = effort.retries;
        error.waited_ms = effort.waited_ms;
        error.token_requests = self.token_requests.load(Ordering::Relaxed) - effort.token_requests;
        error
    }
}

fn setup_error(masker: &Masker, why: &reqwest::Error) -> TransportError {
    let story = format!("no HTTP client can be set up: {}", failure::root_cause(why));
    TransportError::new(TransportErrorKind::Connection, masker.mask_url(&story))
}

/// The request of a hop, as far as it tells one from another.
fn place(hop: &Hop) -> (String, Url) {
    (hop.request.method.clone(), hop.request.url.clone())
}

/// What a request took.
#[derive(Default)]
struct Effort {
    requests: u64,
    retries: u64,
    waited_ms: u64,
    /// Token requests before it.
    token_requests: u64,
}

impl Endpoint for HttpTransport {
    /// Tries again only where the server surely did nothing: a refresh token may be good for one use.
    async fn exchange(&self, request: Outgoing) -> Result<Answer, String> {
        let mut retries = 0;
        loop {
            self.token_requests.fetch_add(1, Ordering::Relaxed);
            let tried = attempt::attempt(&self.client, &self.options, &request, None).await;
            let is_https = request.url.scheme() == "https";
            let answer =
                tried.map_err(|failure| self.masker.mask_url(&self.explained(failure, is_https).story))?;
            if !matches!(answer.status, 429 | 503) || retries >= u64::from(self.options.retries) {
                return Ok(answer);
            }
            let story = format!("status {}", answer.status);
            let waited = self.patience.wait(retries, &story, attempt::retry_after(&answer)).await;
            waited.map_err(|failure| failure.story)?;
            retries += 1;
        }
    }
}

impl Transport for HttpTransport {
    async fn send(&self, request: &Request) -> Result<Reply, TransportError> {
        let token_requests = self.token_requests.load(Ordering::Relaxed);
        let mut effort = Effort { token_requests, ..Effort::default() };
        match self.walk(request, &mut effort).await {
            Ok((hop, answer)) => Ok(Reply {
                status: answer.status,
                url: hop.request.url.into(),
                headers: answer.headers,
                body: answer.body,
                requests: effort.requests,
                retries: effort.retries,
                waited_ms: effort.waited_ms,
                file: None,
                token_requests: self.token_requests.load(Ordering::Relaxed) - effort.token_requests,
            }),
            Err(failure) => Err(self.error(request, &effort, &failure)),
        }
    }
}
