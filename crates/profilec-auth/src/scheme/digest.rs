//! Digest authentication (RFC 7616): the password never travels, an answer to the server's challenge does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http_auth::digest::{Algorithm, Qop};
use http_auth::{ChallengeParser, ChallengeRef, DigestClient, ParamValue, PasswordParams};
use md5::{Digest as _, Md5};
use profilec_engine::PasswordLogin;
use sha2::{Sha256, Sha512_256};

use super::random_word;
use crate::{Answer, Outgoing};

/// The challenges of servers, by origin: a nonce is good for many requests, each of which counts it up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Challenges {
    last: Arc<Mutex<HashMap<String, Challenge>>>,
}

#[derive(Debug)]
struct Challenge {
    client: DigestClient,
    /// Ours, the same for all requests of a session: a server may compute the session's key once.
    cnonce: String,
}

impl Challenges {
    /// Answers the last challenge of the request's server, when there was one and the request has no other
    /// credentials. Tells whether the request may be answered with a challenge that we can meet.
    pub(crate) fn meet(&self, request: &mut Outgoing, login: &PasswordLogin) -> bool {
        if request.header("Authorization").is_some() {
            return false;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Challenge { client, cnonce }) = last.get_mut(&origin(request)) {
            let body = (!(client.qop() & Qop::Auth)).then(|| entity(client.algorithm(), request));
            let parameters = PasswordParams {
                username: &login.user,
                password: &login.password,
                uri: &target(request),
                method: &request.method,
                body: body.as_deref().map(str::as_bytes),
            };
            let answer = if client.session() {
                client.respond_with_testing_cnonce(&parameters, cnonce)
            } else {
                client.respond(&parameters)
            };
            // Without an answer the request goes out bare, and a new challenge comes.
            if let Ok(answer) = answer {
                request.set_header("Authorization", answer);
            }
        }
        true
    }

    /// Takes the challenge of an answer; tells whether there was one that we can meet.
    pub(crate) fn learn(&self, origin: &str, answer: &Answer) -> bool {
        let Some(client) = answer.headers("WWW-Authenticate").find_map(challenge) else { return false };
        let Ok(cnonce) = random_word() else { return false };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.insert(origin.to_owned(), Challenge { client, cnonce });
        true
    }
}

/// Scheme, host and port: the space in which a challenge counts.
pub(crate) fn origin(request: &Outgoing) -> String {
    request.url.origin().ascii_serialization()
}

/// The first challenge of a list that we can meet: the server names the one that it likes best first.
fn challenge(list: &str) -> Option<DigestClient> {
    let readable = ChallengeParser::new(list).map_while(Result::ok);
    readable.into_iter().find_map(|challenge| DigestClient::try_from(&plain(challenge)).ok())
}

/// Some servers write the algorithm in letters of another case.
fn plain(mut challenge: ChallengeRef<'_>) -> ChallengeRef<'_> {
    for (name, value) in &mut challenge.params {
        if name.eq_ignore_ascii_case("algorithm") {
            let is_meant = |known: &&&str| known.eq_ignore_ascii_case(value.as_escaped());
            let known = ALGORITHMS.iter().find(is_meant);
            if let Some(Ok(plain)) = known.map(|known| ParamValue::try_from_escaped(known)) {
                *value = plain;
            }
        }
    }
    challenge
}

const ALGORITHMS: [&str; 6] =
    ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"];

/// What stands for the body where it is a part of the answer: its digest.
fn entity(algorithm: Algorithm, request: &Outgoing) -> String {
    let body = request.body.as_deref().unwrap_or_default();
    match algorithm {
        Algorithm::Sha256 => hex(&Sha256::digest(body)),
        Algorithm::Sha512Trunc256 => hex(&Sha512_256::digest(body)),
        _ => hex(&Md5::digest(body)),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Path and query, as in the request's first line.
fn target(request: &Outgoing) -> String {
    match request.url.query() {
        Some(query) => format!("{}?{query}", request.url.path()),
        None => request.url.path().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(url: &str) -> Outgoing {
        let url = url.parse().expect("it is a URL");
        Outgoing { method: "GET".to_owned(), url, headers: Vec::new(), body: None }
    }

    fn login() -> PasswordLogin {
        PasswordLogin { user: "Mufasa".to_owned(), password: "Circle of Life".to_owned() }
    }

    fn refused(challenges: &[&str]) -> Answer {
        let header = |value: &&str| ("www-authenticate".to_owned(), (*value).to_owned());
        Answer { status: 401, headers: challenges.iter().map(header).collect(), body: Vec::new() }
    }

    /// The parameters of an answer.
    fn said(request: &Outgoing) -> HashMap<String, String> {
        let header = request.header("Authorization").and_then(|value| value.strip_prefix("Digest "));
        let parts = header.expect("it is an answer").split(", ");
        let pairs = parts.filter_map(|part| part.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned())).collect()
    }

    #[test]
    fn a_nonce_is_counted_up_over_requests_and_told_apart_by_origin() {
        let challenges = Challenges::default();
        let mut first = request("http://h/dir/index.html");
        assert!(challenges.meet(&mut first, &login()));
        assert_eq!(first.header("Authorization"), None, "nobody asked yet");
        assert!(challenges.learn("http://h", &refused(&[r#"Digest realm="r", nonce="n1", qop="auth""#])));
        for count in ["00000001", "00000002"] {
            let mut next = request("http://h/a?b=c%20d");
            challenges.meet(&mut next, &login());
            let said = said(&next);
            assert_eq!((said["nc"].as_str(), said["nonce"].as_str()), (count, "n1"));
            assert_eq!(said["uri"], "/a?b=c%20d");
        }
        let mut other = request("http://h:81/");
        challenges.meet(&mut other, &login());
        assert_eq!(other.header("Authorization"), None);
        assert!(
            challenges
                .learn("http://h", &refused(&[r#"Digest realm="r", nonce="n2", qop="auth", stale=true"#]))
        );
        let mut after = request("http://h/a");
        challenges.meet(&mut after, &login());
        assert_eq!((said(&after)["nc"].as_str(), said(&after)["nonce"].as_str()), ("00000001", "n2"));
    }

    #[test]
    fn the_first_challenge_that_can_be_met_is_met() {
        for (offered, algorithm) in [
            (
                vec![
                    "Negotiate",
                    r#"Basic realm="r""#,
                    r#"Digest realm="r", nonce="n", qop="auth", algorithm=sha-256"#,
                ],
                "SHA-256",
            ),
            (
                vec![
                    r#"Digest realm="r", nonce="n", qop="auth", algorithm=TIGER, Digest realm="r", nonce="n", qop="auth", algorithm=MD5"#,
                ],
                "MD5",
            ),
            (
                vec![
                    r#"Digest realm="r", nonce="n", qop="auth", algorithm=SHA-512-256, Digest realm="r", nonce="n", qop="auth""#,
                ],
                "SHA-512-256",
            ),
            (
                vec![
                    r#"Basic realm="a, b", Digest realm="r, \"s\"", nonce="n", qop="auth,auth-int", algorithm=MD5-sess"#,
                ],
                "MD5-sess",
            ),
        ] {
            let challenges = Challenges::default();
            assert!(challenges.learn("http://h", &refused(&offered)), "{offered:?}");
            let mut asked = request("http://h/");
            challenges.meet(&mut asked, &login());
            assert_eq!(said(&asked)["algorithm"], algorithm, "{offered:?}");
        }
        let challenges = Challenges::default();
        for none in [
            &[r#"Basic realm="r""#][..],
            &["Digest"],
            &[r#"Digest realm="r", nonce="n", algorithm=TIGER"#],
            &[],
        ] {
            assert!(!challenges.learn("http://h", &refused(none)), "{none:?}");
        }
    }

    #[test]
    fn a_session_has_one_nonce_of_ours() {
        let challenges = Challenges::default();
        let offered = r#"Digest realm="r", nonce="n", qop="auth", algorithm=MD5-sess"#;
        challenges.learn("http://h", &refused(&[offered]));
        let mut asked = [request("http://h/a"), request("http://h/b")];
        for one in &mut asked {
            challenges.meet(one, &login());
        }
        assert_eq!(said(&asked[0])["cnonce"], said(&asked[1])["cnonce"]);
    }

    #[test]
    fn credentials_of_the_script_stay() {
        let challenges = Challenges::default();
        challenges.learn("http://h", &refused(&[r#"Digest realm="r", nonce="n", qop="auth""#]));
        let mut asked = request("http://h/a");
        asked.set_header("authorization", "Bearer t");
        assert!(!challenges.meet(&mut asked, &login()));
        assert_eq!(asked.header("Authorization"), Some("Bearer t"));
    }
}
