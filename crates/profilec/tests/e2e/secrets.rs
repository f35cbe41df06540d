//! Secrets go to the server and nowhere else.

use crate::{Answer, Bench, Server, page_of, three_pages};

const CANARIES: [&str; 4] = ["c4n4ry-header", "c4n4ry/param+x", "c4n4ry-env", "c4n4ry-password"];

#[test]
fn no_secret_is_printed_reported_or_recorded() {
    for last in [true, false] {
        let server =
            three_pages(move || if last { page_of(3, "null") } else { Answer::Body(401, "no".to_owned()) });
        let bench = Bench::new(&server.url);
        let mut command = bench.command(&[
            "run",
            "kilns.rsd",
            "-c",
            "CustomHeaders=X-Api-Key: c4n4ry-header",
            "-c",
            "CustomUrlParams=token=c4n4ry%2Fparam%2Bx",
            "-c",
            "AuthScheme=Basic",
            "-c",
            "User=ada",
            "-c",
            "Password=c4n4ry-password",
            "-i",
            "Name=env:KILN",
            "--trace",
            "--record",
            "recorded",
            "--report",
            "report.json",
        ]);
        let output = command.env("KILN", "c4n4ry-env").output().unwrap();
        let sent = server.asked().join("\n");
        assert!(sent.contains("c4n4ry-header") && sent.contains("c4n4ry%2Fparam%2Bx"), "{sent}");
        assert!(sent.to_lowercase().contains("authorization: basic"), "{sent}");
        let mut seen = vec![
            ("stdout".to_owned(), output.stdout),
            ("stderr".to_owned(), output.stderr),
            ("report".to_owned(), std::fs::read(bench.path("report.json")).unwrap()),
        ];
        for entry in std::fs::read_dir(bench.path("recorded")).unwrap() {
            let path = entry.unwrap().path();
            seen.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
        assert!(seen.len() > 3, "nothing was recorded");
        for (place, bytes) in seen {
            let text = String::from_utf8_lossy(&bytes);
            let encoded = ["c4n4ry%2Fparam%2Bx", "YWRhOmM0bjRyeS1wYXNzd29yZA=="];
            for secret in CANARIES.iter().chain(&encoded) {
                assert!(!text.contains(secret), "`{secret}` in {place}:\n{text}");
            }
        }
    }
}

#[test]
fn a_secret_that_an_error_repeats_at_the_end_of_what_is_shown_is_hidden() {
    // So long that what is shown of the body ends within the secret.
    for before in 170..200 {
        let body =
            format!("{}c4n4ry-header-of-some-length", " x".repeat(before / 2) + &"x".repeat(before % 2));
        let server = Server::start(move |_| Answer::Body(400, body.clone()));
        let bench = Bench::new(&server.url);
        let ran = bench.profilec(&[
            "run",
            "kilns.rsd",
            "-c",
            "CustomHeaders=X-Api-Key: c4n4ry-header-of-some-length",
        ]);
        assert_eq!(ran.exit, Some(3));
        assert!(!ran.stderr.contains("c4n4"), "{}", ran.stderr);
    }
}

#[test]
fn connection_options_come_from_a_file() {
    let server = three_pages(|| page_of(3, "null"));
    let bench = Bench::new(&server.url);
    bench.write("secret.txt", "c4n4ry-password\n");
    bench.write(
        "connection.toml",
        "AuthScheme = \"Basic\"\nUser = \"ann\" # replaced below\nPassword = \"file:secret.txt\"\nMaxRows = 3\n",
    );
    let ran = bench.profilec(&["run", "kilns.rsd", "--connection-file", "connection.toml", "-c", "User=ada"]);
    assert_eq!((ran.exit, ran.stdout.lines().count()), (Some(0), 4), "{}", ran.stderr);
    assert!(server.asked()[0].contains("authorization: Basic YWRhOmM0bjRyeS1wYXNzd29yZA=="));
    bench.write("connection.toml", "Usr = \"ann\"");
    let ran = bench.profilec(&["run", "kilns.rsd", "--connection-file", "connection.toml"]);
    assert_eq!(ran.stderr, "error: unknown connection option `Usr`\n  help: did you mean `User`?\n");
    assert_eq!(ran.exit, Some(2));
}
