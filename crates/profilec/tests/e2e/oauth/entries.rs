//! Which entries there are, and where their values stand.

use super::{Manner, Place, holds_no_canary};
use crate::Ran;

const USERS: &str = "[auth.mine]\ngrant = 'client_credentials'\ntoken_url = 'ORIGIN/token'\nclient_id = 'mine'\nclient_secret = 'file:secret.txt'\n";

#[test]
fn a_users_entries_count_everywhere_but_under_names_of_the_project() {
    let place = Place::of_machine(Manner::Plain);
    std::fs::create_dir(place.bench.path("config")).unwrap();
    place.bench.write("config/secret.txt", "c4n4ry-secret-of-file\n");
    let own = USERS.replace("ORIGIN", &place.server.url);
    place.bench.write("config/auth.toml", &format!("{own}{}", own.replace("auth.mine", "auth.kilns")));
    let ran = place.profilec(&["auth", "token", "mine"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "c4n4ry-access-1\n"), "{}", ran.stderr);
    assert!(place.token_requests()[0].ends_with("client_id=mine&client_secret=c4n4ry-secret-of-file"));
    place.profilec(&["auth", "token", "kilns"]);
    assert!(place.token_requests()[1].contains("client_id=kiln-id&"));
}

#[test]
fn an_unknown_name_gets_a_did_you_mean() {
    let place = Place::of_machine(Manner::Plain);
    for args in [
        &["auth", "token", "kiln"][..],
        &["auth", "status", "kiln"],
        &["run", "kilns.rsd", "--auth", "kiln"],
        &["run", "kilns.rsd", "-i", "Id=oauth:kiln"],
        &["run", "kilns.rsd", "--auth", "kiln", "--replay", "."],
    ] {
        let ran = place.quietly(args);
        let told = "error: unknown entry `kiln`\n  help: did you mean `kilns`?\n";
        assert_eq!((ran.exit, ran.stderr.as_str()), (Some(2), told), "{args:?}");
    }
    let empty = Place::new(Manner::Plain);
    let ran = empty.quietly(&["auth", "token", "kiln"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.contains("help: write `[auth.NAME]` in `profilec.toml`, or in `"), "{}", ran.stderr);
}

#[test]
fn an_entry_with_faults_is_shown_without_its_secrets() {
    let place = Place::with_entry(
        Manner::Plain,
        "grant = 'client_credentials'\ntoken_url = 'ORIGIN/token'\nclient_id = 'a'\nclient_secret = 'c4n4ry-secret'\n",
    );
    for args in
        [&["auth", "token", "kilns"][..], &["auth", "status"], &["run", "kilns.rsd", "--auth", "kilns"]]
    {
        let ran = place.quietly(args);
        assert_eq!(ran.exit, Some(2), "{args:?}");
        assert!(ran.stderr.contains("profilec::settings::literal_secret"), "{}", ran.stderr);
        assert!(ran.stderr.contains("client_secret = '*************'"), "{}", ran.stderr);
    }
    assert!(place.server.asked().is_empty());
    // A run that does not name it minds no entry.
    assert_eq!(place.quietly(&["run", "kilns.rsd"]).exit, Some(0));
}

#[test]
fn a_secret_that_is_not_there_is_named_by_its_key_and_place() {
    let place = Place::of_machine(Manner::Plain);
    let output = place.command(&["auth", "token", "kilns"]).env_remove("KILN_SECRET").output().unwrap();
    let ran = Ran::from(output);
    let told = "error: `client_secret` of `kilns` in `profilec.toml`: the environment has no variable `KILN_SECRET`\n";
    assert_eq!((ran.exit, ran.stderr.as_str()), (Some(2), told));
    // Where its tokens are kept can be told without it.
    let output = place.command(&["auth", "status"]).env_remove("KILN_SECRET").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_keyring_that_is_not_there_is_an_error_and_no_wait() {
    let place = Place::of_machine(Manner::Plain);
    let ran = place.quietly(&["run", "kilns.rsd", "-c", "Password=keyring:kilns/ann"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.starts_with("error: the keyring"), "{}", ran.stderr);
    let ran = place.quietly(&["run", "kilns.rsd", "-c", "Password=keyring:kilns"]);
    assert_eq!(
        (ran.exit, ran.stderr.as_str()),
        (Some(2), "error: `keyring:kilns` names no password\n  help: write `keyring:SERVICE/USER`\n")
    );
}

#[test]
fn an_entry_decides_what_is_sent() {
    let place = Place::with_entry(
        Manner::WithoutRefresh,
        "grant = 'password'\ntoken_url = 'ORIGIN/token'\nclient_id = 'a'\nclient_secret = 'env:KILN_SECRET'\n\
         credentials = 'header'\nuser = 'ann'\npassword = 'env:KILN_PASSWORD'\nscope = 'read write'\n\
         token_parameters = { audience = 'https://api.example.com' }\ntoken_exclude = ['grant_type', 'username']\n\
         header = 'X-Token'\nprefix = ''\n",
    );
    let ran = place.quietly(&["run", "kilns.rsd", "--auth", "kilns"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.stderr);
    let asked = place.token_requests().remove(0);
    assert!(
        asked.ends_with(
            "\r\n\r\npassword=c4n4ry-password&scope=read+write&audience=https%3A%2F%2Fapi.example.com"
        ),
        "{asked}"
    );
    assert!(asked.to_lowercase().contains("authorization: basic "), "{asked}");
    let asked = place.server.asked().pop().unwrap().to_lowercase();
    assert!(asked.contains("x-token: c4n4ry-access-1\r\n"), "{asked}");
    holds_no_canary(&ran.stdout);
}

#[test]
fn the_entries_that_the_guide_shows_are_entries() {
    let guide = include_str!("../../../../../docs/auth.md");
    let shown = guide.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
    let place = Place::new(Manner::Plain);
    place.bench.write("profilec.toml", shown);
    let ran = place.profilec(&["check", "--format", "short", "--deny-warnings", "kilns.rsd"]);
    assert!(!ran.stdout.contains("profilec.toml"), "{}", ran.stdout);
    let ran = place.profilec(&["auth", "status"]);
    assert_eq!((ran.exit, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("`profilec auth login kilns-of-ann` gets one"), "{}", ran.stdout);
}
