//! One request of a chain of redirects, and which one comes next.

use profilec_auth::Outgoing;
use profilec_engine::{PasswordLogin, Request};
use reqwest::Url;

use super::failure::Failure;

/// What goes to one place.
#[derive(Clone, Debug)]
pub(super) struct Hop {
    /// What goes there, without the credentials that are added on the way out.
    pub(super) request: Outgoing,
    /// Credentials go along: the profile or the user named this origin.
    pub(super) is_own: bool,
    /// Who asks, where a challenge is to be met.
    pub(super) login: Option<PasswordLogin>,
}

impl Hop {
    pub(super) fn first(request: &Request) -> Result<Self, Failure> {
        let mut url = match Url::parse(&request.url) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => url,
            Ok(url) => return Err(Failure::bad_url(format!("`{}:` is not http or https", url.scheme()))),
            Err(why) => return Err(Failure::bad_url(format!("this is not a URL: {why}"))),
        };
        if request.foreign {
            strip_userinfo(&mut url);
        }
        let (method, headers, body) = (request.method.clone(), request.headers.clone(), request.body.clone());
        let (request, is_own, login) =
            (Outgoing { method, url, headers, body }, !request.foreign, request.login.clone());
        Ok(Self { request, is_own, login })
    }

    /// The request that a redirect asks for.
    pub(super) fn follow(&self, status: u16, location: &str, allowed: &[String]) -> Result<Self, Failure> {
        let mut url = self.request.url.join(location).map_err(|why| {
            Failure::redirect(format!("redirected to `{location}`, which is not a URL: {why}"))
        })?;
        // A server has no say in who we log in as.
        strip_userinfo(&mut url);
        url.set_fragment(None);
        match (self.request.url.scheme(), url.scheme()) {
            ("https", "http") => {
                return Err(Failure::redirect(format!(
                    "redirected from https to `{url}`, which is not safe"
                )));
            }
            (_, "http" | "https") => {}
            (_, scheme) => return Err(Failure::redirect(format!("redirected to a `{scheme}:` URL"))),
        }
        let mut next = Outgoing { url, ..self.request.clone() };
        let mut is_own = self.is_own;
        if becomes_get(status, &self.request.method) {
            "GET".clone_into(&mut next.method);
            next.body = None;
            next.headers.retain(|header| !header.name.to_ascii_lowercase().starts_with("content-"));
        }
        let origin = next.url.origin();
        let is_allowed = || allowed.iter().any(|one| Url::parse(one).is_ok_and(|one| one.origin() == origin));
        if origin != self.request.url.origin() && !is_allowed() {
            if !matches!(next.method.as_str(), "GET" | "HEAD") {
                let place = origin.ascii_serialization();
                return Err(Failure::redirect(format!(
                    "redirected to `{place}`, another origin, which is not given the request body"
                )));
            }
            next.headers.clear();
            next.body = None;
            is_own = false;
        }
        Ok(Self { request: next, is_own, login: self.login.clone().filter(|_| is_own) })
    }
}

/// 303 always means "look there"; browsers have long read 301 and 302 the same way after a POST.
fn becomes_get(status: u16, method: &str) -> bool {
    match status {
        303 => method != "HEAD",
        301 | 302 => method == "POST",
        _ => false,
    }
}

fn strip_userinfo(url: &mut Url) {
    // Both fail only for URLs without a host, which have none to strip.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

#[cfg(test)]
mod tests {
    use profilec_engine::HeaderField;

    use super::*;
    use crate::TransportErrorKind;

    fn hop(url: &str) -> Hop {
        let headers = vec![HeaderField { name: "Authorization".to_owned(), value: "Bearer t".to_owned() }];
        let url = Url::parse(url).expect("it is a URL");
        let request = Outgoing { method: "GET".to_owned(), url, headers, body: None };
        Hop { request, is_own: true, login: None }
    }

    fn follow(from: &str, location: &str) -> Result<Hop, Failure> {
        hop(from).follow(302, location, &[])
    }

    #[test]
    fn https_never_leads_to_http() {
        let failure = follow("https://h/a", "http://h/b").expect_err("it is not safe");
        assert_eq!(failure.kind, TransportErrorKind::Redirect);
        assert_eq!(failure.story, "redirected from https to `http://h/b`, which is not safe");
        // Not even to an origin that may have the headers.
        assert!(hop("https://h/a").follow(302, "http://h/b", &["http://h".to_owned()]).is_err());
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let keeps =
            |from, to| follow(from, to).is_ok_and(|next| next.is_own && !next.request.headers.is_empty());
        assert!(keeps("https://h/a", "https://H:443/b"));
        assert!(keeps("http://h/a", "//h:80/b"));
        for (from, to) in [
            ("http://h/a", "https://h/a"),
            ("https://h/a", "https://h:8443/a"),
            ("https://h/a", "https://www.h/a"),
            ("http://localhost/a", "http://127.0.0.1/a"),
        ] {
            assert!(!keeps(from, to), "{to}");
        }
    }

    #[test]
    fn userinfo_and_fragment_of_a_location_are_dropped() {
        let next = follow("https://ann:pw@h/a", "https://eve:x@h/b#c").expect("it is followed");
        assert_eq!(next.request.url.as_str(), "https://h/b");
    }
}
