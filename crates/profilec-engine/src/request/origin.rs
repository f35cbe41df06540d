//! Origins, and which of them may get credentials.

use std::collections::BTreeSet;

use ::url::Url;
use profilec_plan::Plan;

/// Scheme, host and port of a URL (`https://host:8443`; the default port left out, host lower case);
/// `None` when it is not an absolute http or https URL.
pub fn origin_of(url: &str) -> Option<String> {
    origin(&Url::parse(url.trim()).ok()?)
}

pub(super) fn origin(url: &Url) -> Option<String> {
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}

/// Origins that the profile or the user named.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trust {
    origins: BTreeSet<String>,
    /// Named by the user on purpose.
    allowed: BTreeSet<String>,
}

impl Trust {
    /// The origins in the profile's text, in the connection's `URI`, and those that the user allows.
    pub(crate) fn new(plan: &Plan, connection_uri: Option<&str>, allowed: &[String]) -> Self {
        let named = plan.literal_origins.iter().map(String::as_str).chain(connection_uri);
        Self {
            origins: named.filter_map(origin_of).collect(),
            allowed: allowed.iter().filter_map(|url| origin_of(url)).collect(),
        }
    }

    /// Whether the origin may get credentials. One that no response had a part in is the profile's or the
    /// user's own, and is remembered.
    pub(super) fn admits(&mut self, origin: &str, from_response: bool) -> bool {
        if !from_response {
            self.origins.insert(origin.to_owned());
        }
        self.origins.contains(origin) || self.allows(origin)
    }

    /// Whether the user named the origin on purpose.
    pub(super) fn allows(&self, origin: &str) -> bool {
        self.allowed.contains(origin)
    }
}

#[cfg(test)]
mod tests {
    use super::origin_of;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(origin_of("HTTPS://Api.Example:443/a?b#c").as_deref(), Some("https://api.example"));
        assert_eq!(origin_of("http://127.0.0.1:8080").as_deref(), Some("http://127.0.0.1:8080"));
        assert_eq!(origin_of("https://user:secret@api.example/").as_deref(), Some("https://api.example"));
        assert_eq!(origin_of("file:///etc/passwd"), None);
        assert_eq!(origin_of("/relative"), None);
    }
}
