//! OAuth entries, their tokens, and the commands for them, against a token endpoint on loopback.

mod browser;
mod entries;
mod store;

use std::{
    fs,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use base64::Engine as _;

use crate::{Answer, Bench, Ran, Server, page_of};

/// In no output, but for what `auth token` prints.
const CANARIES: [&str; 5] =
    ["c4n4ry-secret", "c4n4ry-access", "c4n4ry-refresh", "c4n4ry-password", "c4n4ry-code"];

/// An OAuth server that counts its tokens, and an API that wants the last one.
struct Place {
    bench: Bench,
    server: Server,
    tokens: Arc<AtomicUsize>,
}

/// How a place behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Tokens live for an hour; a refresh token comes with each.
    Plain,
    /// Tokens live for an hour, and there are no refresh tokens.
    WithoutRefresh,
    /// No token is good for anybody.
    Refusing,
}

impl Place {
    fn new(manner: Manner) -> Self {
        let tokens = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&tokens);
        let server = Server::start(move |target| answer(target, manner, &count));
        let bench = Bench::new(&server.url);
        Self { bench, server, tokens }
    }

    /// With an entry `kilns` in `profilec.toml`.
    fn with_entry(manner: Manner, entry: &str) -> Self {
        let place = Self::new(manner);
        let entry = entry.replace("ORIGIN", &place.server.url);
        place.bench.write("profilec.toml", &format!("[auth.kilns]\n{entry}"));
        place
    }

    /// With an entry of a client that gets its tokens itself.
    fn of_machine(manner: Manner) -> Self {
        Self::with_entry(
            manner,
            "grant = 'client_credentials'\ntoken_url = 'ORIGIN/token'\nclient_id = 'kiln-id'\nclient_secret = \
             'env:KILN_SECRET'\n",
        )
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.bench.command(args);
        command.env("KILN_SECRET", "c4n4ry-secret").env("KILN_PASSWORD", "c4n4ry-password");
        command.env("PROFILEC_DATA_DIR", self.bench.path("data"));
        command.env("PROFILEC_CONFIG_DIR", self.bench.path("config"));
        command.stdin(Stdio::null());
        command
    }

    fn profilec(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().unwrap())
    }

    /// Runs a command that prints no secret.
    fn quietly(&self, args: &[&str]) -> Ran {
        let ran = self.profilec(args);
        holds_no_canary(&ran.stdout);
        holds_no_canary(&ran.stderr);
        ran
    }

    /// The files with tokens.
    fn files(&self) -> Vec<std::path::PathBuf> {
        let Ok(folder) = fs::read_dir(self.bench.path("data/tokens")) else { return Vec::new() };
        let paths = folder.map(|entry| entry.unwrap().path());
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect()
    }

    fn token_requests(&self) -> Vec<String> {
        self.server.asked().into_iter().filter(|asked| asked.starts_with("POST /token")).collect()
    }
}

fn holds_no_canary(text: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
}

fn answer(target: &str, manner: Manner, tokens: &AtomicUsize) -> Answer {
    let path = target.split('?').next().unwrap();
    match path {
        "/token" if manner == Manner::Refusing => Answer::Body(
            400,
            r#"{"error":"invalid_client","error_description":"no c4n4ry-secret"}"#.to_owned(),
        ),
        "/token" => {
            let number = tokens.fetch_add(1, Ordering::Relaxed) + 1;
            let refresh = match manner {
                Manner::WithoutRefresh => String::new(),
                _ => format!(r#","refresh_token":"c4n4ry-refresh-{number}""#),
            };
            let body = format!(
                r#"{{"access_token":"c4n4ry-access-{number}","token_type":"Bearer","expires_in":3600,"scope":"read"{refresh}}}"#
            );
            Answer::Body(200, body)
        }
        "/device" => Answer::Body(
            200,
            r#"{"device_code":"c4n4ry-code","user_code":"WDJB-MJHT","verification_uri":"https://login.example.com/device","expires_in":600,"interval":1}"#
                .to_owned(),
        ),
        "/revoke" => Answer::Body(200, String::new()),
        _ if target.ends_with("key=revoked&token=c4n4ry%2Daccess%2D1") => Answer::Body(401, String::new()),
        _ => page_of(1, "null"),
    }
}

#[test]
fn a_token_is_printed_to_a_pipe_and_kept_for_its_owner() {
    let place = Place::of_machine(Manner::Plain);
    for _ in 0..2 {
        let ran = place.profilec(&["auth", "token", "kilns"]);
        assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "c4n4ry-access-1\n", ""));
    }
    assert_eq!(place.token_requests().len(), 1);
    assert!(
        place.token_requests()[0]
            .ends_with("grant_type=client_credentials&client_id=kiln-id&client_secret=c4n4ry-secret")
    );
    let ran = place.profilec(&["auth", "token", "kilns", "--refresh"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "c4n4ry-access-2\n"), "{}", ran.stderr);
    assert!(place.token_requests()[1].contains("refresh_token=c4n4ry-refresh-1"));
    let files = place.files();
    assert_eq!(files.len(), 1);
    assert!(files[0].file_name().unwrap().to_str().unwrap().starts_with("kilns-"));
}

#[test]
fn a_refusal_says_what_to_look_at_and_no_secret() {
    let place = Place::of_machine(Manner::Refusing);
    for args in [
        &["auth", "token", "kilns"][..],
        &["auth", "login", "kilns"],
        &["run", "kilns.rsd", "--auth", "kilns"],
    ] {
        let ran = place.quietly(args);
        assert_eq!(ran.exit, Some(3), "{}", ran.stderr);
        assert!(ran.stderr.contains("`invalid_client`: no ***"), "{}", ran.stderr);
        assert_eq!(ran.stdout.trim_end(), if args[0] == "run" { "Id,Name" } else { "" });
    }
    assert!(place.files().is_empty());
}

#[test]
fn status_tells_of_tokens_and_asks_no_server() {
    let place = Place::of_machine(Manner::Plain);
    let ran = place.quietly(&["auth", "status"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("none: it is got when it is needed"), "{}", ran.stdout);
    assert!(place.server.asked().is_empty());
    place.profilec(&["auth", "token", "kilns"]);
    let ran = place.quietly(&["auth", "status", "kilns"]);
    for told in ["client_credentials in profilec.toml", "expires in 59 min", "scopes   read", "by itself"] {
        assert!(ran.stdout.contains(told), "{told} in {}", ran.stdout);
    }
    let ran = place.quietly(&["auth", "status", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let entry = &told["entries"][0];
    assert_eq!((&entry["name"], &entry["renewable"]), (&"kilns".into(), &true.into()));
    assert!((3_000..=3_600).contains(&entry["token"]["expires_in"].as_u64().unwrap()), "{told}");
    if cfg!(unix) {
        assert_eq!(entry["private"], true);
    }
    assert_eq!(place.server.asked().len(), 1);
}

#[test]
fn logout_forgets_tokens_and_asks_the_server_to_take_them_back() {
    let place = Place::of_machine(Manner::Plain);
    place.profilec(&["auth", "token", "kilns"]);
    let ran = place.quietly(&["auth", "logout", "kilns"]);
    assert_eq!(
        (ran.exit, ran.stderr.as_str()),
        (Some(0), "logged out of `kilns`: its tokens are forgotten\n")
    );
    assert!(place.files().is_empty());
    let ran = place.quietly(&["auth", "logout", "kilns"]);
    assert_eq!((ran.exit, ran.stderr.as_str()), (Some(0), "there are no tokens of `kilns`\n"));
    let entry = place.bench.read("profilec.toml");
    place.bench.write("profilec.toml", &format!("{entry}revoke_url = '{}/revoke'\n", place.server.url));
    place.profilec(&["auth", "token", "kilns"]);
    let ran = place.quietly(&["auth", "logout", "kilns"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.stderr);
    let asked = place.server.asked().pop().unwrap();
    assert!(asked.starts_with("POST /revoke") && asked.contains("token=c4n4ry-refresh-2&"), "{asked}");
    assert!(place.files().is_empty());
}

#[test]
fn a_grant_without_a_person_proves_itself() {
    let place = Place::of_machine(Manner::Plain);
    let ran = place.quietly(&["auth", "login", "kilns"]);
    assert_eq!(ran.exit, Some(0));
    assert!(
        ran.stderr.starts_with(
            "`kilns` needs no login: it got a token by `client_credentials`\nthe token expires in 59 min"
        ),
        "{}",
        ran.stderr
    );
    assert_eq!(place.tokens.load(Ordering::Relaxed), 1);
}

#[test]
fn every_page_of_a_run_has_the_token_of_its_entry() {
    let place = Place::of_machine(Manner::Plain);
    for args in [
        &["run", "kilns.rsd", "--auth", "kilns", "--trace"][..],
        &["run", "kilns.rsd", "-c", "CustomHeaders=Authorization: Bearer ${t}", "--var", "t=oauth:kilns"],
        &["preview", "kilns.rsd", "--auth", "kilns", "-c", "AuthScheme=OAuth"],
    ] {
        let ran = place.quietly(args);
        assert_eq!(ran.exit, Some(0), "{}", ran.stderr);
        let asked = place.server.asked().pop().unwrap().to_lowercase();
        assert!(asked.contains("authorization: bearer c4n4ry-access-1\r\n"), "{asked}");
    }
    let ran =
        place.quietly(&["run", "kilns.rsd", "--auth", "kilns", "-c", "AuthScheme=Basic", "-c", "User=a"]);
    assert_eq!(
        (ran.exit, ran.stderr.as_str()),
        (
            Some(2),
            "error: `--auth` and `AuthScheme=Basic` are two ways to authenticate\n  help: leave out one of them\n"
        )
    );
}

#[test]
fn a_token_that_a_server_takes_no_longer_is_renewed_within_a_run() {
    let place = Place::of_machine(Manner::Plain);
    place.profilec(&["auth", "token", "kilns"]);
    let ran = place.quietly(&[
        "run",
        "kilns.rsd",
        "-c",
        "CustomUrlParams=key=revoked&token=${t}",
        "--var",
        "t=oauth:kilns",
    ]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "Id,Name\n1,a\n2,\n"), "{}", ran.stderr);
    let asked: Vec<String> =
        place.server.asked().iter().map(|asked| asked.split(' ').nth(1).unwrap().to_owned()).collect();
    let page = |token: &str| format!("/kilns?key=revoked&token={token}");
    assert_eq!(
        asked,
        ["/token".to_owned(), page("c4n4ry%2Daccess%2D1"), "/token".to_owned(), page("c4n4ry%2Daccess%2D2")]
    );
}

#[test]
fn a_recorded_run_is_replayed_without_the_secrets_of_its_entry() {
    let place = Place::of_machine(Manner::Plain);
    place.quietly(&["run", "kilns.rsd", "--auth", "kilns", "--record", "recorded"]);
    for entry in fs::read_dir(place.bench.path("recorded")).unwrap() {
        holds_no_canary(&fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let mut command = place.command(&["run", "kilns.rsd", "--auth", "kilns", "--replay", "recorded"]);
    let ran = Ran::from(command.env_remove("KILN_SECRET").output().unwrap());
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "Id,Name\n1,a\n2,\n"), "{}", ran.stderr);
}

#[test]
fn a_signed_statement_gets_a_token() {
    let place = Place::with_entry(
        Manner::WithoutRefresh,
        "grant = 'jwt_bearer'\ntoken_url = 'ORIGIN/token'\njwt_issuer = 'kiln-id'\njwt_key = 'file:key.pem'\n\
         jwt_audience = 'https://login.example.com'\njwt_validity = 60\ntoken_exclude = ['client_id']\n",
    );
    place.bench.write("key.pem", "not a key");
    let ran = place.quietly(&["auth", "token", "kilns"]);
    assert_eq!(ran.exit, Some(2));
    assert!(
        ran.stderr.starts_with("error: `jwt_key` of `kilns` cannot sign\n  help: it takes an RSA or EC"),
        "{}",
        ran.stderr
    );
    let key = rcgen::KeyPair::generate().unwrap();
    let pem = base64::engine::general_purpose::STANDARD.encode(key.serialize_der());
    let lines: Vec<&str> = pem.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let kind = "PRIVATE KEY";
    place
        .bench
        .write("key.pem", &format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", lines.join("\n")));
    let ran = place.profilec(&["auth", "token", "kilns"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "c4n4ry-access-1\n"), "{}", ran.stderr);
    let form = place.token_requests()[0].split("\r\n\r\n").nth(1).unwrap().to_owned();
    assert!(
        form.starts_with("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=ey"),
        "{form}"
    );
    assert!(!form.contains("client_id"), "{form}");
}
