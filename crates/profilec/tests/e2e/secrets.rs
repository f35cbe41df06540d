//! Secrets go to the server and nowhere else.

use crate::{Answer, Bench, page_of, three_pages};

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
