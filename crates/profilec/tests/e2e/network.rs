//! Proxies and certificates, as connection options say them.

use crate::{Answer, Bench, Server, page_of};

#[test]
fn requests_go_through_the_proxy_with_its_login() {
    let proxy = Server::start(|_| page_of(1, "null"));
    let (host, port) = proxy.url.trim_start_matches("http://").rsplit_once(':').unwrap();
    let bench = Bench::new("http://kilns.test");
    let (server, port) = (format!("ProxyServer={host}"), format!("ProxyPort={port}"));
    let options = [&server, &port, "ProxyUser=ann", "ProxyPassword=c4n4ry-proxy"];
    let args: Vec<&str> = ["run", "kilns.rsd", "--trace"]
        .into_iter()
        .chain(options.into_iter().flat_map(|o| ["-c", o]))
        .collect();
    let ran = bench.profilec(&args);
    assert_eq!(ran.exit, Some(0), "{}", ran.stderr);
    assert_eq!(ran.stdout, "Id,Name\n1,a\n2,\n");
    assert!(!ran.stderr.contains("c4n4ry"), "{}", ran.stderr);
    let asked = proxy.asked().remove(0);
    assert!(asked.starts_with("GET http://kilns.test/kilns HTTP/1.1"), "{asked}");
    assert!(asked.to_lowercase().contains("proxy-authorization: basic "), "{asked}");
}

#[test]
fn exceptions_and_a_switch_keep_requests_from_the_proxy() {
    let server = Server::start(|_| page_of(1, "null"));
    let bench = Bench::new(&server.url);
    let dead = "ProxyServer=127.0.0.1:1";
    let ran = bench.profilec(&["run", "kilns.rsd", "-c", dead, "-c", "ProxyExceptions=a.example; 127.0.0.1"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.stderr);
    let mut command = bench.command(&["run", "kilns.rsd", "-c", "ProxyAutoDetect=false"]);
    let output = command.env("HTTP_PROXY", "http://127.0.0.1:1").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let ran = bench.profilec(&["run", "kilns.rsd", "--retries", "0", "-c", dead]);
    assert_eq!(ran.exit, Some(3));
    assert!(ran.stderr.contains("through the proxy"), "{}", ran.stderr);
}

#[test]
fn what_an_option_cannot_be_is_said_before_anything_is_sent() {
    let bench = Bench::new("http://127.0.0.1:1");
    for (option, told) in [
        (
            "ProxyAuthScheme=NTLM",
            "error: `ProxyAuthScheme=NTLM` is not carried out here\n  help: `BASIC` and `NONE` are\n",
        ),
        (
            "ProxyAuthScheme=BASC",
            "error: `ProxyAuthScheme` cannot be `BASC`\n  help: did you mean `BASIC`?\n",
        ),
        ("ProxyPort=eighty", "error: the connection option `ProxyPort` is no port: `eighty`\n"),
        (
            "ProxyAutoDetect=ture",
            "error: the connection option `ProxyAutoDetect` is no boolean word: `ture`\n",
        ),
    ] {
        let ran = bench.profilec(&["run", "kilns.rsd", "-c", "ProxyServer=p.example", "-c", option]);
        assert_eq!((ran.exit, ran.stderr.as_str()), (Some(2), told));
    }
    for (value, told) in [
        ("none.pem", "error: the certificate `none.pem` cannot be read: no such file or directory\n"),
        ("kilns.rsd", "error: `SSLServerCert` holds no certificate in PEM\n"),
        (
            "0a:1b 00112233445566778899aabbccdd",
            "error: `SSLServerCert` cannot be a thumbprint: it does not say whom to trust\n",
        ),
    ] {
        let ran = bench.profilec(&["run", "kilns.rsd", "-c", &format!("SSLServerCert={value}")]);
        assert_eq!(ran.exit, Some(2), "{}", ran.stderr);
        assert!(ran.stderr.starts_with(told), "{}", ran.stderr);
    }
}

#[test]
fn trusting_every_server_and_options_without_effect_are_warnings() {
    let server = Server::start(|_| Answer::Body(200, r#"{"data":[]}"#.to_owned()));
    let bench = Bench::new(&server.url);
    let warned = |option: &str| {
        let ran = bench.profilec(&["run", "kilns.rsd", "-q", "-c", option]);
        assert_eq!(ran.exit, Some(0), "{}", ran.stderr);
        ran.stderr
    };
    assert_eq!(
        warned("SSLServerCert=*"),
        "warning: `SSLServerCert=*` trusts every server: anyone in between can read and change what is sent\n"
    );
    assert_eq!(
        warned("FirewallServer=f.example"),
        "warning: the connection option `FirewallServer` has no effect\n"
    );
    assert_eq!(
        warned("Format=XML"),
        "warning: the connection option `Format` has no effect: the operation decides how a response is read\n"
    );
    // What an option would be anyway, and what means nothing outside the drivers, is silent.
    for option in [
        "FirewallType=none",
        "Format=json",
        "XMLFormat=XML",
        "Verbosity=5",
        "Readonly=true",
        "PseudoColumns=*=*",
    ] {
        assert_eq!(warned(option), "", "{option}");
    }
}
