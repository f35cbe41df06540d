//! Where tokens are kept.

use std::{fs, sync::atomic::Ordering};

use super::{Manner, Place};

#[cfg(unix)]
#[test]
fn tokens_are_for_their_owners_eyes() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::of_machine(Manner::Plain);
    place.profilec(&["auth", "token", "kilns"]);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = place.files().remove(0);
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let ran = place.quietly(&["auth", "status"]);
    assert!(ran.stdout.contains("others can read"), "{}", ran.stdout);
    place.profilec(&["auth", "token", "kilns", "--refresh"]);
    assert_eq!(mode(&file), 0o600);
}

#[test]
fn what_is_no_file_of_tokens_is_said_and_logout_removes_it() {
    let place = Place::of_machine(Manner::Plain);
    place.profilec(&["auth", "token", "kilns"]);
    let file = place.files().remove(0);
    fs::write(&file, "{\"access_token\": \"c4n4ry-acc").unwrap();
    let ran = place.quietly(&["auth", "token", "kilns"]);
    assert_eq!(ran.exit, Some(3));
    assert!(ran.stderr.contains("holds no tokens of profilec"), "{}", ran.stderr);
    let ran = place.quietly(&["auth", "status"]);
    assert_eq!(ran.exit, Some(3));
    assert!(ran.stdout.contains("holds no tokens of profilec"), "{}", ran.stdout);
    assert_eq!(place.quietly(&["auth", "logout", "kilns"]).exit, Some(0));
    assert_eq!(place.profilec(&["auth", "token", "kilns"]).exit, Some(0));
}

#[test]
fn a_folder_that_cannot_be_made_is_said_before_a_token_is_spent() {
    let place = Place::of_machine(Manner::Plain);
    fs::write(place.bench.path("data"), "a file").unwrap();
    let ran = place.quietly(&["auth", "token", "kilns"]);
    assert_eq!(ran.exit, Some(3));
    assert!(ran.stderr.contains("cannot be locked"), "{}", ran.stderr);
    assert!(place.server.asked().is_empty());
    assert_eq!(place.quietly(&["auth", "logout", "kilns"]).exit, Some(0));
}

#[test]
fn an_entry_may_keep_its_tokens_elsewhere_or_nowhere() {
    let place = Place::of_machine(Manner::Plain);
    let entry = place.bench.read("profilec.toml");
    place.bench.write("profilec.toml", &format!("{entry}store = 'kept/kilns.json'\n"));
    place.profilec(&["auth", "token", "kilns"]);
    assert!(place.bench.path("kept/kilns.json").is_file());
    place.bench.write("profilec.toml", &format!("{entry}store = 'memory'\n"));
    for number in 2..4 {
        let ran = place.profilec(&["auth", "token", "kilns"]);
        assert_eq!(ran.stdout, format!("c4n4ry-access-{number}\n"));
    }
    assert!(place.files().is_empty());
}

#[test]
fn processes_at_once_share_one_token() {
    let place = Place::of_machine(Manner::Plain);
    let children: Vec<_> = (0..6)
        .map(|_| {
            place.command(&["auth", "token", "kilns"]).stdout(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in children {
        assert_eq!(child.wait_with_output().unwrap().stdout, b"c4n4ry-access-1\n");
    }
    assert_eq!(place.tokens.load(Ordering::Relaxed), 1);
}

#[test]
fn options_name_a_client_as_an_entry_does_and_share_its_token_with_runs() {
    let place = Place::new(Manner::Plain);
    let url = format!("OAuthAccessTokenURL={}/token", place.server.url);
    let options = [
        "-c",
        "AuthScheme=OAuthClient",
        "-c",
        &url,
        "-c",
        "OAuthClientId=kiln-id",
        "-c",
        "OAuthClientSecret=env:KILN_SECRET",
    ];
    let with = |args: &[&'static str]| [args, &options].concat();
    let login = place.quietly(&with(&["auth", "login"]));
    assert_eq!(login.exit, Some(0), "{}", login.stderr);
    assert!(
        login.stderr.starts_with("`kiln-id` needs no login: it got a token by `client_credentials`"),
        "{}",
        login.stderr
    );
    let token = place.profilec(&with(&["auth", "token"]));
    assert!(token.stdout.starts_with("c4n4ry-access"), "{}", token.stdout);
    let run = place.quietly(&with(&["run", "kilns.rsd", "-q"]));
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    assert_eq!(place.tokens.load(Ordering::Relaxed), 1, "one token served all");
    assert_eq!(place.quietly(&with(&["auth", "logout"])).exit, Some(0));
    assert_eq!(place.files(), [] as [std::path::PathBuf; 0]);
    let nobody = place.quietly(&["auth", "token"]);
    assert_eq!(nobody.exit, Some(2));
}
