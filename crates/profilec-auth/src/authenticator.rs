//! Who is asking: the credentials of each request.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::stand_in::StandIn;
use crate::{Answer, AuthError, Endpoint, Outgoing, Token, TokenSource};

/// Gives requests their credentials. Cheap to clone; clones share tokens and challenges.
///
/// Tokens are got when a request needs one, looked at for every request and renewed before they expire. A script
/// never sees one: what it reads is a [stand-in](Self::stand_in), which becomes the token on the way out.
#[derive(Clone, Debug, Default)]
pub struct Authenticator {
    scheme: Scheme,
    stand_ins: Vec<StandIn>,
    token_requests: Arc<AtomicU64>,
}

/// How every request proves who sends it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Scheme {
    /// As the script says, and no other way.
    #[default]
    None,
    /// A token in a header, where the request has no header of that name.
    Token {
        /// `Authorization`.
        header: String,
        /// What stands before the token: `Bearer`. Empty: nothing.
        prefix: String,
        /// Where the token comes from.
        source: Arc<TokenSource>,
    },
}

/// What a request was signed with.
#[derive(Debug, Default)]
pub struct Signed {
    used: Vec<(Arc<TokenSource>, Token)>,
}

impl Authenticator {
    /// Requests prove who sends them in this way.
    pub fn new(scheme: Scheme) -> Self {
        Self { scheme, ..Self::default() }
    }

    /// A text for a script to put wherever the token of a source belongs.
    pub fn stand_in(&mut self, source: Arc<TokenSource>) -> String {
        let stand_in = StandIn::new(source);
        let text = stand_in.text().to_owned();
        self.stand_ins.push(stand_in);
        text
    }

    /// Adds credentials to a request that may have them.
    ///
    /// # Errors
    /// No token can be had.
    pub async fn sign(&self, request: &mut Outgoing, endpoint: &impl Endpoint) -> Result<Signed, AuthError> {
        let mut signed = Signed::default();
        for stand_in in &self.stand_ins {
            if !stand_in.is_in(request) {
                continue;
            }
            let token = self.token(stand_in.source(), endpoint, &mut signed).await?;
            stand_in.give_way(request, token.value());
        }
        match &self.scheme {
            Scheme::None => {}
            Scheme::Token { header, prefix, source } => {
                if request.header(header).is_none() {
                    let token = self.token(source, endpoint, &mut signed).await?;
                    let value = format!("{prefix} {}", token.value());
                    request.set_header(header, value.trim());
                }
            }
        }
        Ok(signed)
    }

    /// Whether a request that was answered so may be answered better when it is signed again: once, with a new token
    /// or with what the answer demands.
    pub fn may_sign_better(&self, signed: &Signed, answer: &Answer) -> bool {
        if answer.status != 401 {
            return false;
        }
        // All of them are told, also when the first one says that it can be renewed.
        let renewed = signed.used.iter().map(|(source, token)| source.refuse(token));
        renewed.fold(false, |any, can| any | can)
    }

    /// Token requests that were sent so far.
    pub fn token_requests(&self) -> u64 {
        self.token_requests.load(Ordering::Relaxed)
    }

    async fn token(
        &self,
        source: &Arc<TokenSource>,
        endpoint: &impl Endpoint,
        signed: &mut Signed,
    ) -> Result<Token, AuthError> {
        let token = source.token(&Counting { endpoint, count: &self.token_requests }).await?;
        signed.used.push((Arc::clone(source), token.clone()));
        Ok(token)
    }
}

/// Counts what goes through.
struct Counting<'e, E> {
    endpoint: &'e E,
    count: &'e AtomicU64,
}

impl<E: Endpoint> Endpoint for Counting<'_, E> {
    async fn exchange(&self, request: Outgoing) -> Result<Answer, String> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.endpoint.exchange(request).await
    }
}
