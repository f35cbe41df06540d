//! Who is asking: the credentials of each request.

use std::sync::Arc;

use profilec_engine::PasswordLogin;

use crate::scheme::{Challenges, Clock, origin, random_word};
use crate::stand_in::StandIn;
use crate::{Answer, AuthError, AwsSignature, Endpoint, Masker, OAuth1, Outgoing, Token, TokenSource};

/// Gives requests their credentials. Cheap to clone; clones share tokens and challenges.
///
/// Tokens are got when a request needs one, looked at for every request and renewed before they expire. A script
/// never sees one: what it reads is a [stand-in](Self::stand_in), which becomes the token on the way out.
#[derive(Clone, Debug, Default)]
pub struct Authenticator {
    scheme: Scheme,
    stand_ins: Vec<StandIn>,
    challenges: Challenges,
    clock: Clock,
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
    /// An OAuth 1.0a signature, where the request has no `Authorization`.
    OAuth1(Arc<OAuth1>),
    /// An AWS signature, where the request has no `Authorization`.
    Aws(Arc<AwsSignature>),
}

/// What a request was signed with.
#[derive(Debug, Default)]
pub struct Signed {
    used: Vec<(Arc<TokenSource>, Token)>,
    /// The origin whose challenge the request may meet.
    challenged_by: Option<String>,
    /// The signature tells the time.
    is_timed: bool,
}

impl Scheme {
    /// Teaches a masker what a request may carry of this besides the secrets themselves.
    pub fn teach(&self, masker: &Masker) {
        if let Self::OAuth1(client) = self {
            masker.learn(&client.key());
        }
    }
}

impl Authenticator {
    /// Requests prove who sends them in this way.
    pub fn new(scheme: Scheme) -> Self {
        Self { scheme, ..Self::default() }
    }

    /// The same, with requests that prove who sends them in this way.
    #[must_use]
    pub fn with(self, scheme: Scheme) -> Self {
        Self { scheme, ..self }
    }

    /// A text for a script to put wherever the token of a source belongs.
    pub fn stand_in(&mut self, source: Arc<TokenSource>) -> String {
        let stand_in = StandIn::new(source);
        let text = stand_in.text().to_owned();
        self.stand_ins.push(stand_in);
        text
    }

    /// Adds credentials to a request that may have them. `login` is who asks where a challenge is to be met.
    ///
    /// # Errors
    /// No token can be had, or the request cannot be signed.
    pub async fn sign(
        &self,
        request: &mut Outgoing,
        login: Option<&PasswordLogin>,
        endpoint: &impl Endpoint,
    ) -> Result<Signed, AuthError> {
        let mut signed = Signed::default();
        // Before the stand-ins: what was given as a token may be one.
        if let Scheme::Token { header, prefix, source } = &self.scheme
            && request.header(header).is_none()
        {
            let token = signed.token(source, endpoint).await?;
            let value = format!("{prefix} {}", token.value());
            request.set_header(header, value.trim());
        }
        for stand_in in &self.stand_ins {
            if !stand_in.is_in(request) {
                continue;
            }
            let token = signed.token(stand_in.source(), endpoint).await?;
            stand_in.give_way(request, token.value());
        }
        match &self.scheme {
            Scheme::None | Scheme::Token { .. } => {}
            Scheme::OAuth1(_) | Scheme::Aws(_) if request.header("Authorization").is_some() => {}
            Scheme::OAuth1(client) => {
                client.sign(request, self.clock.seconds(), &random_word()?);
                signed.is_timed = true;
            }
            Scheme::Aws(key) => {
                key.sign(request, self.clock.now())?;
                signed.is_timed = true;
            }
        }
        if let Some(login) = login {
            signed.challenged_by = self.challenges.meet(request, login).then(|| origin(request));
        }
        Ok(signed)
    }

    /// Whether a request that was answered so may be answered better when it is signed again: once, with a new token
    /// or with what the answer demands.
    pub fn may_sign_better(&self, signed: &Signed, answer: &Answer) -> bool {
        let may_be_late = signed.is_timed && matches!(answer.status, 400 | 401 | 403);
        if may_be_late && self.clock.set_by(answer) {
            return true;
        }
        if answer.status != 401 {
            return false;
        }
        // All of them are told, also when the first one says that it can be renewed.
        let renewed = signed.used.iter().map(|(source, token)| source.refuse(token));
        let is_renewed = renewed.fold(false, |any, can| any | can);
        is_renewed || signed.challenged_by.as_ref().is_some_and(|by| self.challenges.learn(by, answer))
    }
}

impl Signed {
    /// A token of a source, which is noted.
    async fn token(
        &mut self,
        source: &Arc<TokenSource>,
        endpoint: &impl Endpoint,
    ) -> Result<Token, AuthError> {
        let token = source.token(endpoint).await?;
        self.used.push((Arc::clone(source), token.clone()));
        Ok(token)
    }
}
