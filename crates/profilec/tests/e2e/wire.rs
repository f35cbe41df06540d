//! What arrives at the server, byte for byte.

use crate::{Answer, Bench, Ran, Server};

/// What the server was asked by one run: each request's head without the lines that never change, then its body.
fn asked(statements: &str, args: &[&str]) -> String {
    let server = Server::start(|_| Answer::Body(200, "{\"data\":[{\"id\":1}]}".to_owned()));
    let ran = run(&server, statements, args);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "Id,Name\n1,\n"), "{}", ran.stderr);
    plain(&server)
}

fn run(server: &Server, statements: &str, args: &[&str]) -> Ran {
    let bench = Bench::new(&server.url);
    let profile =
        bench.read("kilns.rsd").replace("<api:script method", &format!("{statements}<api:script method"));
    bench.write("kilns.rsd", &profile.replace("ORIGIN", &server.url));
    bench.profilec(&[&["run", "kilns.rsd"], args].concat())
}

fn plain(server: &Server) -> String {
    let host = server.url.replace("http://", "host: ");
    server.asked().join("--\n").replace("\r\n", "\n").replace(&format!("{host}\n"), "")
}

fn set(name: &str, value: &str) -> String {
    format!("<api:set attr=\"{name}\" value=\"{value}\"/>")
}

fn sets(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| set(name, value)).collect()
}

#[test]
fn a_plain_request_says_what_it_takes_and_who_asks() {
    let version = env!("CARGO_PKG_VERSION");
    let wanted = format!(
        "GET /kilns HTTP/1.1\naccept: application/json, */*;q=0.5\nuser-agent: profilec/{version}\naccept-encoding: gzip\n\n"
    );
    assert_eq!(asked("", &[]), wanted);
}

/// The lines of the only request that are named, in the order of the wire.
fn lines(text: &str, names: &[&str]) -> Vec<String> {
    let wanted = |line: &&str| names.iter().any(|name| line.starts_with(&format!("{name}: ")));
    text.lines().filter(wanted).map(str::to_owned).collect()
}

#[test]
fn every_spelling_of_a_header_pair_arrives() {
    let statements = sets(&[
        ("header:NAME", " X-First: "),
        ("header:value", " one "),
        ("Header:Name#2", "x-second"),
        ("HEADER:VALUE#2", "two"),
        ("Header:Name#10", "X-Tenth"),
        ("Header:Value#10", "a, b"),
        ("header:X-Single", "three"),
    ]);
    let text = asked(&statements, &[]);
    let names = ["x-first", "x-second", "x-tenth", "x-single"];
    assert_eq!(
        lines(&text, &names),
        ["x-first: one", "x-second: two", "x-tenth: a, b", "x-single: three"],
        "{text}"
    );
}

#[test]
fn custom_headers_win_over_the_script_in_each_way_of_writing_lines() {
    let statements = sets(&[("Header:Name#1", "x-key"), ("Header:Value#1", "script")]);
    for between in ["\r\n", "\n", "\\r\\n", "\\n"] {
        let headers = format!("CustomHeaders=X-Key: user{between}X-Other:  a: b {between}Accept: text/plain");
        let text = asked(&statements, &["-c", &headers]);
        assert_eq!(
            lines(&text, &["x-key", "x-other", "accept"]),
            ["x-key: user", "x-other: a: b", "accept: text/plain"],
            "{text}"
        );
    }
}

#[test]
fn basic_authentication_agent_and_parameters_arrive() {
    let statements = sets(&[
        ("UrlParam:state", "lit &amp; hot"),
        ("paramname#1", "q"),
        ("paramvalue#1", "é+1"),
        ("UserAgent", "kiln/1"),
    ]);
    let text = asked(
        &statements,
        &[
            "-c",
            "AuthScheme=Basic",
            "-c",
            "User=ann",
            "-c",
            "Password=p:w",
            "-c",
            "CustomUrlParams=q=2&z=%2F",
        ],
    );
    assert!(text.starts_with("GET /kilns?state=lit%20%26%20hot&q=%C3%A9%2B1&z=%2F HTTP/1.1\n"), "{text}");
    assert_eq!(
        lines(&text, &["authorization", "user-agent"]),
        ["user-agent: kiln/1", "authorization: Basic YW5uOnA6dw=="]
    );
}

#[test]
fn bodies_are_sent_as_written_with_the_type_they_have() {
    let json = "<api:set attr=\"data\">{\"a\":\\[1\\],  \"b\":\"é &amp; x\"}</api:set>";
    let form = set("data", "a=b c&amp;d=é");
    let pairs = sets(&[("paramname#1", "k 1"), ("paramvalue#1", "v&amp;1"), ("paramname#2", "k2")]);
    let typed = [set("data", "x"), set("ContentType", "text/x-kiln")].concat();
    let encoded = [form.clone(), set("encodepostdata", "true")].concat();
    for (statements, content_type, body) in [
        (json, "application/json", "{\"a\":[1],  \"b\":\"é & x\"}"),
        (&form, "application/x-www-form-urlencoded", "a=b c&d=é"),
        (&encoded, "application/x-www-form-urlencoded", "a=b+c&d=%C3%A9"),
        (&pairs, "application/x-www-form-urlencoded", "k+1=v%261"),
        (&typed, "text/x-kiln", "x"),
    ] {
        let text = asked(&format!("{}{statements}", set("method", "post")), &[]);
        assert!(text.starts_with("POST /kilns HTTP/1.1\n"), "{text}");
        assert_eq!(lines(&text, &["content-type"]), [format!("content-type: {content_type}")]);
        assert_eq!(lines(&text, &["content-length"]), [format!("content-length: {}", body.len())]);
        assert_eq!(text.split_once("\n\n").unwrap().1, body);
    }
}

#[test]
fn a_foreign_next_link_gets_nothing_of_the_users() {
    let foreign = Server::start(|_| Answer::Body(200, "{\"data\":[{\"id\":2}]}".to_owned()));
    let next = format!("{{\"data\":[{{\"id\":1}}],\"next\":\"{}/more?page=2\"}}", foreign.url);
    let own = Server::start(move |_| Answer::Body(200, next.clone()));
    let statements =
        sets(&[("Header:Name", "X-Script"), ("Header:Value", "c4n4ry"), ("UrlParam:u", "c4n4ry")]);
    let args =
        ["-c", "CustomHeaders=X-Key: c4n4ry", "-c", "CustomUrlParams=key=c4n4ry", "-c", "AuthScheme=Basic"];
    let args = [args.as_slice(), &["-c", "User=c4n4ry", "-c", "Password=c4n4ry"]].concat();
    let ran = run(&own, &statements, &args);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "Id,Name\n1,\n2,\n"), "{}", ran.stderr);
    assert_eq!(plain(&own).matches("c4n4ry").count(), 4, "{}", plain(&own));
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        plain(&foreign),
        format!(
            "GET /more?page=2 HTTP/1.1\naccept: application/json, */*;q=0.5\nuser-agent: profilec/{version}\naccept-encoding: gzip\n\n"
        )
    );
}

#[test]
fn a_token_from_a_login_feeds_the_next_call_and_is_masked() {
    let server = Server::start(|target| match target {
        "/login" => Answer::Body(200, "{\"access_token\":\"c4n4ry-token\"}".to_owned()),
        // An error that repeats what it was sent.
        _ => Answer::Body(401, "{\"error\":\"c4n4ry-token is not welcome\"}".to_owned()),
    });
    let bench = Bench::new(&server.url);
    let login = format!(
        "{}<api:set attr=\"login.data\">{{\"password\":\"[_connection.Password]\"}}</api:set>
        <api:call op=\"jsonproviderGet\" in=\"login\" out=\"answer\"><api:set attr=\"session.token\" value=\"[answer.token]\"/></api:call>{}",
        sets(&[
            ("login.URI", &format!("{}/login", server.url)),
            ("login.method", "POST"),
            ("login.JSONPath", "$."),
            ("login.ElementMapPath#1", "/json/access_token"),
            ("login.ElementMapName#1", "token"),
        ]),
        sets(&[("Header:Name#1", "Authorization"), ("Header:Value#1", "Bearer [session.token]")]),
    );
    let profile = bench.read("kilns.rsd").replace("<api:call", &format!("{login}<api:call"));
    bench.write("kilns.rsd", &profile);
    let ran = bench.profilec(&["run", "kilns.rsd", "--trace", "-c", "Password=c4n4ry-password"]);
    let text = plain(&server);
    assert!(text.contains("{\"password\":\"c4n4ry-password\"}"), "{text}");
    assert_eq!(lines(&text, &["authorization"]), ["authorization: Bearer c4n4ry-token"]);
    assert_eq!(ran.exit, Some(3), "{}", ran.stderr);
    assert!(ran.stderr.contains("*** is not welcome") && !ran.stderr.contains("c4n4ry"), "{}", ran.stderr);
}
