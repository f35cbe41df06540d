//! Tokens against a scripted OAuth server: when one is asked for, with what, and what is kept.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use profilec_auth::{
    Answer, Authenticator, ClientAuthentication, ClientSecret, Endpoint, FirstToken, Grant, Login, Masker,
    OAuthConfig, Outgoing, Parameters, RefreshToken, ResourceOwnerPassword, Scheme, Store, TokenSource,
};
use url::form_urlencoded;

/// Answers in order, and keeps what it was asked.
#[derive(Default)]
struct Server {
    answers: RefCell<VecDeque<Answer>>,
    asked: RefCell<Vec<Outgoing>>,
}

impl Server {
    fn answering(answers: &[(u16, &str)]) -> Self {
        let answer = |(status, body): &(u16, &str)| Answer {
            status: *status,
            headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
            body: body.as_bytes().to_vec(),
        };
        Self { answers: RefCell::new(answers.iter().map(answer).collect()), ..Self::default() }
    }

    fn requests(&self) -> usize {
        self.asked.borrow().len()
    }

    /// The form of a request, from 0.
    fn form(&self, at: usize) -> Vec<(String, String)> {
        let asked = self.asked.borrow();
        let body = asked[at].body.as_deref().unwrap_or_default();
        form_urlencoded::parse(body.as_bytes()).into_owned().collect()
    }

    fn field(&self, at: usize, name: &str) -> Option<String> {
        self.form(at).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl Endpoint for Server {
    async fn exchange(&self, request: Outgoing) -> Result<Answer, String> {
        self.asked.borrow_mut().push(request);
        // Others get their turn, as they do while a real server is asked.
        tokio::task::yield_now().await;
        self.answers.borrow_mut().pop_front().ok_or_else(|| "connection refused".to_owned())
    }
}

fn config(grant: Grant) -> OAuthConfig {
    OAuthConfig {
        name: None,
        grant,
        token_url: "https://login.example/token".to_owned(),
        refresh_url: None,
        client_id: "kiln watcher".to_owned(),
        client_secret: Some(ClientSecret::new("cl13nt-s3cret".to_owned())),
        authentication: ClientAuthentication::Body,
        scope: None,
        refresh_token: None,
        first_token: None,
        parameters: Parameters::default(),
        login: Login::default(),
    }
}

fn source(config: OAuthConfig) -> TokenSource {
    TokenSource::oauth(config, None, &Masker::default())
}

#[tokio::test]
async fn one_request_serves_all_who_want_a_token_at_once() {
    let server = Server::answering(&[(200, r#"{"access_token":"t1","expires_in":60}"#)]);
    let (server, source) = (std::rc::Rc::new(server), Arc::new(source(config(Grant::ClientCredentials))));
    let tasks = tokio::task::LocalSet::new();
    for _ in 0..32 {
        let (server, source) = (server.clone(), source.clone());
        tasks.spawn_local(async move {
            let token = source.token(&*server).await.expect("there is one");
            assert_eq!(token.value(), "t1");
        });
    }
    tasks.await;
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn the_client_names_itself_in_the_body_or_in_the_header() {
    let answers = [(200, r#"{"access_token":"t1"}"#)];
    let server = Server::answering(&answers);
    source(config(Grant::ClientCredentials)).token(&server).await.expect("there is one");
    assert_eq!(server.field(0, "grant_type").as_deref(), Some("client_credentials"));
    assert_eq!(server.field(0, "client_id").as_deref(), Some("kiln watcher"));
    assert_eq!(server.field(0, "client_secret").as_deref(), Some("cl13nt-s3cret"));

    let server = Server::answering(&answers);
    let by_header =
        OAuthConfig { authentication: ClientAuthentication::Header, ..config(Grant::ClientCredentials) };
    source(by_header).token(&server).await.expect("there is one");
    // `kiln+watcher:cl13nt-s3cret`.
    let header = server.asked.borrow()[0].header("authorization").map(str::to_owned);
    assert_eq!(header.as_deref(), Some("Basic a2lsbit3YXRjaGVyOmNsMTNudC1zM2NyZXQ="));
    assert_eq!(server.form(0), [("grant_type".to_owned(), "client_credentials".to_owned())]);
}

#[tokio::test]
async fn parameters_are_added_replaced_and_left_out() {
    let server = Server::answering(&[(200, r#"{"access_token":"t1"}"#)]);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let parameters = Parameters {
        extra: vec![pair("audience", "https://api.example/?a=b&c"), pair("grant_type", "kiln")],
        excluded: vec!["Client_Secret".to_owned(), "scope".to_owned()],
    };
    let config =
        OAuthConfig { parameters, scope: Some("read write".to_owned()), ..config(Grant::ClientCredentials) };
    source(config).token(&server).await.expect("there is one");
    let wanted = [
        pair("client_id", "kiln watcher"),
        pair("audience", "https://api.example/?a=b&c"),
        pair("grant_type", "kiln"),
    ];
    assert_eq!(server.form(0), wanted);
}

#[tokio::test]
async fn a_password_goes_with_its_user_and_scope() {
    let server = Server::answering(&[(200, r#"{"access_token":"t1"}"#)]);
    let grant = Grant::Password("ann".to_owned(), ResourceOwnerPassword::new("p&ss".to_owned()));
    source(OAuthConfig { scope: Some("read  write".to_owned()), ..config(grant) })
        .token(&server)
        .await
        .expect("there is one");
    for (name, value) in
        [("grant_type", "password"), ("username", "ann"), ("password", "p&ss"), ("scope", "read write")]
    {
        assert_eq!(server.field(0, name).as_deref(), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_a_rotated_refresh_token_is_the_next() {
    let server = Server::answering(&[
        (200, r#"{"access_token":"t1","refresh_token":"r2","expires_in":600}"#),
        (200, r#"{"access_token":"t2","refresh_token":"r3","expires_in":600}"#),
        (200, r#"{"access_token":"t3","expires_in":600}"#),
        (200, r#"{"access_token":"t4","expires_in":600}"#),
    ]);
    let refresh_token = Some(RefreshToken::new("r1".to_owned()));
    let source = Arc::new(source(OAuthConfig { refresh_token, ..config(Grant::RefreshToken) }));
    let authenticator = Authenticator::new(Scheme::Token {
        header: "Authorization".to_owned(),
        prefix: "Bearer".to_owned(),
        source,
    });
    let refused = Answer { status: 401, ..Answer::default() };
    for (at, refresh_token) in ["r1", "r2", "r3", "r3"].into_iter().enumerate() {
        let mut request = request();
        let signed = authenticator.sign(&mut request, None, &server).await.expect("there is a token");
        assert_eq!(request.header("authorization"), Some(format!("Bearer t{}", at + 1).as_str()));
        assert_eq!(server.field(at, "refresh_token").as_deref(), Some(refresh_token));
        assert!(authenticator.may_sign_better(&signed, &refused));
        assert!(!authenticator.may_sign_better(&signed, &Answer { status: 403, ..Answer::default() }));
    }
}

fn request() -> Outgoing {
    let url = "https://api.example/kilns".parse().expect("it is a URL");
    Outgoing { method: "GET".to_owned(), url, headers: Vec::new(), body: None }
}

#[tokio::test]
async fn a_header_that_is_there_stays() {
    let source = Arc::new(TokenSource::fixed("t0k3n", &Masker::default()));
    let (header, prefix) = ("X-Auth".to_owned(), String::new());
    let authenticator = Authenticator::new(Scheme::Token { header, prefix, source });
    let server = Server::default();
    let mut first = request();
    authenticator.sign(&mut first, None, &server).await.expect("nothing is asked");
    assert_eq!(first.header("x-auth"), Some("t0k3n"));
    let mut own = request();
    own.set_header("x-auth", "mine");
    authenticator.sign(&mut own, None, &server).await.expect("nothing is asked");
    assert_eq!(own.header("x-auth"), Some("mine"));
}

#[tokio::test]
async fn a_stand_in_becomes_the_token_in_url_header_and_body() {
    let masker = Masker::default();
    let mut authenticator = Authenticator::default();
    let stand_in = authenticator.stand_in(Arc::new(TokenSource::fixed("a+b/c=", &masker)));
    assert_eq!(masker.mask(&stand_in), "***");
    let mut request = request();
    request.url = format!("https://api.example/kilns?token={stand_in}&page=2").parse().expect("it is a URL");
    request.set_header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    request.set_header("X-Key", format!("Token {stand_in}"));
    request.body = Some(format!("key={stand_in}"));
    authenticator.sign(&mut request, None, &Server::default()).await.expect("nothing is asked");
    assert_eq!(request.url.as_str(), "https://api.example/kilns?token=a%2Bb%2Fc%3D&page=2");
    assert_eq!(request.header("x-key"), Some("Token a+b/c="));
    assert_eq!(request.body.as_deref(), Some("key=a%2Bb%2Fc%3D"));
}

#[tokio::test]
async fn what_is_given_as_a_token_may_stand_for_one() {
    let masker = Masker::default();
    let mut authenticator = Authenticator::default();
    let stand_in = authenticator.stand_in(Arc::new(TokenSource::fixed("t0ken", &masker)));
    let (header, prefix) = ("Authorization".to_owned(), "Bearer".to_owned());
    let source = Arc::new(TokenSource::fixed(&stand_in, &masker));
    let authenticator = authenticator.with(Scheme::Token { header, prefix, source });
    let mut request = request();
    authenticator.sign(&mut request, None, &Server::default()).await.expect("nothing is asked");
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
}

#[tokio::test]
async fn a_new_token_can_be_had_while_the_last_one_is_good() {
    let server = Server::answering(&[(200, r#"{"access_token":"t1"}"#), (200, r#"{"access_token":"t2"}"#)]);
    let source = source(config(Grant::ClientCredentials));
    assert_eq!(source.token(&server).await.expect("there is one").value(), "t1");
    assert_eq!(source.renewed(&server).await.expect("there is one").value(), "t2");
    assert_eq!(source.token(&server).await.expect("it is held").value(), "t2");
}

#[tokio::test]
async fn an_ended_refresh_token_gives_way_to_the_grant_where_no_person_is_needed() {
    let ended = r#"{"error":"invalid_grant"}"#;
    let refresh_token = || Some(RefreshToken::new("0ldt0ken".to_owned()));
    let server = Server::answering(&[(400, ended), (200, r#"{"access_token":"t2"}"#)]);
    let again = source(OAuthConfig { refresh_token: refresh_token(), ..config(Grant::ClientCredentials) });
    assert_eq!(again.token(&server).await.expect("there is one").value(), "t2");

    let server = Server::answering(&[(400, ended)]);
    let person = source(OAuthConfig { refresh_token: refresh_token(), ..config(Grant::RefreshToken) });
    let error = person.token(&server).await.expect_err("nobody logs in");
    assert_eq!(error.code.id, "profilec::auth::token_refused");
    assert_eq!(
        error.help.as_deref(),
        Some(
            "the refresh token has expired, was revoked or was used already: `profilec auth login`, or look at `OAuthRefreshToken`"
        )
    );
}

#[tokio::test]
async fn every_way_to_no_token_says_what_to_look_at_and_no_secret() {
    let html = "<!DOCTYPE html><title>cl13nt-s3cret</title>";
    let cases: &[(&str, u16, &str, &str, &str)] = &[
        (
            "an error",
            401,
            r#"{"error":"invalid_client","error_description":"no  such\nclient"}"#,
            "`https://login.example/token` gives `kiln watcher` no token: 401 `invalid_client`: no such client",
            "profilec::auth::token_refused",
        ),
        (
            "a page",
            200,
            html,
            "`https://login.example/token` answers `kiln watcher` 200 with a web page",
            "profilec::auth::token_unusable",
        ),
        (
            "nothing",
            204,
            "",
            "`https://login.example/token` answers `kiln watcher` 204 without a body",
            "profilec::auth::token_unusable",
        ),
        (
            "text",
            200,
            "ok",
            "`https://login.example/token` answers `kiln watcher` 200 with a text that is no JSON",
            "profilec::auth::token_unusable",
        ),
        (
            "other JSON",
            200,
            r#"{"token":"x"}"#,
            "`https://login.example/token` answers `kiln watcher` 200 with JSON that has no `access_token`",
            "profilec::auth::token_unusable",
        ),
        (
            "another type",
            200,
            r#"{"access_token":"t","token_type":"MAC"}"#,
            "`https://login.example/token` gave `kiln watcher` a token of the type `mac`, and requests carry `Bearer` ones",
            "profilec::auth::token_unusable",
        ),
        (
            "a redirect",
            302,
            "",
            "`https://login.example/token` answers `kiln watcher` with a redirect, where no credentials go",
            "profilec::auth::token_unusable",
        ),
    ];
    for (what, status, body, message, code) in cases {
        let server = Server::answering(&[(*status, body)]);
        let error = source(config(Grant::ClientCredentials)).token(&server).await.expect_err(what);
        assert_eq!((error.message.as_str(), error.code.id), (*message, *code), "{what}");
        assert!(error.help.is_some(), "{what}");
    }
    let error = source(config(Grant::ClientCredentials)).token(&Server::default()).await.expect_err("dead");
    assert_eq!(
        error.message,
        "no token for `kiln watcher`: `https://login.example/token`: connection refused"
    );
    let error = source(config(Grant::RefreshToken)).token(&Server::default()).await.expect_err("no login");
    assert_eq!(error.code.id, "profilec::auth::login_needed");
}

#[tokio::test]
async fn a_token_that_was_given_is_used_until_it_is_refused() {
    let server = Server::answering(&[(200, r#"{"access_token":"t2"}"#)]);
    let first_token = Some(FirstToken::new("t1", None, None));
    let source = source(OAuthConfig { first_token, ..config(Grant::ClientCredentials) });
    assert_eq!(source.token(&server).await.expect("it was given").value(), "t1");
    assert_eq!(server.requests(), 0);
    let old = Some(FirstToken::new("t1", Some(std::time::Duration::ZERO), None));
    let source = TokenSource::oauth(
        OAuthConfig { first_token: old, ..config(Grant::ClientCredentials) },
        None,
        &Masker::default(),
    );
    assert_eq!(source.token(&server).await.expect("there is a new one").value(), "t2");
}

mod store {
    use super::*;

    fn kept(config: OAuthConfig, folder: &std::path::Path) -> (TokenSource, Store) {
        let store = Store::at(folder.join("deep").join(config.file_name()));
        (TokenSource::oauth(config, Some(store.clone()), &Masker::default()), store)
    }

    fn with_refresh(token: &str) -> OAuthConfig {
        let refresh_token = Some(RefreshToken::new(token.to_owned()));
        OAuthConfig { refresh_token, ..config(Grant::RefreshToken) }
    }

    #[tokio::test]
    async fn tokens_outlive_the_process_and_the_newest_refresh_token_is_used() {
        let folder = tempfile::tempdir().expect("there is room");
        let server = Server::answering(&[
            (200, r#"{"access_token":"t1","refresh_token":"r2","expires_in":600,"scope":"a b"}"#),
            (200, r#"{"access_token":"t2","refresh_token":"r3","expires_in":600}"#),
        ]);
        let (first, store) = kept(with_refresh("r1"), folder.path());
        first.token(&server).await.expect("there is one");
        let stored =
            store.lock().await.expect("it is free").read().expect("it is whole").expect("it is there");
        assert!(stored.is_renewable());
        assert_eq!(stored.scope.as_deref(), Some("a b"));
        // Another process.
        let (second, _) = kept(with_refresh("r1"), folder.path());
        assert_eq!(second.token(&server).await.expect("it is kept").value(), "t1");
        assert_eq!(server.requests(), 1);
        // A third one, whose token is refused.
        let (third, _) = kept(with_refresh("r1"), folder.path());
        let third = Arc::new(third);
        let (header, prefix) = ("Authorization".to_owned(), "Bearer".to_owned());
        let authenticator = Authenticator::new(Scheme::Token { header, prefix, source: third });
        let signed = authenticator.sign(&mut request(), None, &server).await.expect("it is kept");
        assert!(authenticator.may_sign_better(&signed, &Answer { status: 401, ..Answer::default() }));
        authenticator.sign(&mut request(), None, &server).await.expect("it is renewed");
        assert_eq!(server.field(1, "refresh_token").as_deref(), Some("r2"));
        // The second process finds what the third one left.
        let (header, prefix) = ("Authorization".to_owned(), "Bearer".to_owned());
        let authenticator = Authenticator::new(Scheme::Token { header, prefix, source: Arc::new(second) });
        let mut late = request();
        let signed = authenticator.sign(&mut late, None, &server).await.expect("it has one");
        assert!(authenticator.may_sign_better(&signed, &Answer { status: 401, ..Answer::default() }));
        authenticator.sign(&mut late, None, &server).await.expect("it is kept");
        assert_eq!(server.requests(), 2);
    }

    #[tokio::test]
    async fn another_refresh_token_is_a_new_login() {
        let folder = tempfile::tempdir().expect("there is room");
        let server = Server::answering(&[
            (200, r#"{"access_token":"t1","refresh_token":"r2"}"#),
            (200, r#"{"access_token":"t9"}"#),
        ]);
        kept(with_refresh("r1"), folder.path()).0.token(&server).await.expect("there is one");
        let token = kept(with_refresh("r8"), folder.path()).0.token(&server).await.expect("there is one");
        assert_eq!(token.value(), "t9");
        assert_eq!(server.field(1, "refresh_token").as_deref(), Some("r8"));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("there is room");
        let server = Server::answering(&[(200, r#"{"access_token":"t1"}"#)]);
        let (source, store) = kept(config(Grant::ClientCredentials), folder.path());
        source.token(&server).await.expect("there is one");
        let mode =
            |path: &std::path::Path| path.metadata().expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(store.path()), 0o600);
        assert_eq!(mode(store.path().parent().expect("it has one")), 0o700);
    }

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "the test breaks a file")]
    async fn what_cannot_be_read_is_said_and_left() {
        let folder = tempfile::tempdir().expect("there is room");
        let (source, store) = kept(config(Grant::ClientCredentials), folder.path());
        drop(store.lock().await.expect("it is free"));
        std::fs::write(store.path(), "{").expect("there is room");
        let error = source.token(&Server::default()).await.expect_err("it is no JSON");
        assert_eq!(error.code.id, "profilec::auth::store_failed");
        assert_eq!(std::fs::read_to_string(store.path()).expect("it is there"), "{");
    }

    #[tokio::test]
    async fn a_login_forgets_and_removing_tells_whether_there_was_one() {
        let folder = tempfile::tempdir().expect("there is room");
        let server = Server::answering(&[(200, r#"{"access_token":"t1"}"#)]);
        let (source, store) = kept(config(Grant::ClientCredentials), folder.path());
        source.token(&server).await.expect("there is one");
        let locked = store.lock().await.expect("it is free");
        assert_eq!(locked.remove().ok(), Some(true));
        assert_eq!(locked.remove().ok(), Some(false));
    }
}
