//! Texts that become tokens on the way out.

use std::sync::Arc;

use oauth2::CsrfToken;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{Outgoing, TokenSource};

/// A text that no profile can know, in the place of a token. It has letters and digits alone, so that no escape
/// changes it.
#[derive(Clone, Debug)]
pub(crate) struct StandIn {
    text: String,
    source: Arc<TokenSource>,
}

impl StandIn {
    pub(crate) fn new(source: Arc<TokenSource>) -> Self {
        let text = format!("StandIn{}", random());
        source.masker().learn(&text);
        Self { text, source }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn source(&self) -> &Arc<TokenSource> {
        &self.source
    }

    pub(crate) fn is_in(&self, request: &Outgoing) -> bool {
        request.url.as_str().contains(&self.text)
            || request.headers.iter().any(|header| header.value.contains(&self.text))
            || request.body.as_ref().is_some_and(|body| body.contains(&self.text))
    }

    /// Puts the token in its place: escaped in a URL and in a form.
    pub(crate) fn give_way(&self, request: &mut Outgoing, token: &str) {
        let escaped = utf8_percent_encode(token, NON_ALPHANUMERIC).to_string();
        if request.url.as_str().contains(&self.text)
            && let Ok(url) = request.url.as_str().replace(&self.text, &escaped).parse()
        {
            request.url = url;
        }
        let is_form = request
            .header("Content-Type")
            .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"));
        if let Some(body) = &mut request.body {
            *body = body.replace(&self.text, if is_form { &escaped } else { token });
        }
        for header in &mut request.headers {
            header.value = header.value.replace(&self.text, token);
        }
    }
}

/// 128 bits, less what is neither letter nor digit.
fn random() -> String {
    CsrfToken::new_random().secret().chars().filter(char::is_ascii_alphanumeric).collect()
}
