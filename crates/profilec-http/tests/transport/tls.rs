use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use profilec_auth::Masker;
use profilec_http::{HttpOptions, TransportErrorKind, Trust};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{get, options, send, send_with, story};

/// A server whose certificate nobody has signed; tells its origin and its certificate.
fn self_signed() -> (String, String) {
    let identity = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a key can be made");
    let key = PrivateKeyDer::try_from(identity.signing_key.serialize_der()).expect("it was made just now");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows the versions")
        .with_no_client_auth()
        .with_single_cert(vec![identity.cert.der().clone()], key)
        .expect("certificate and key belong together");
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let origin = format!("https://{}", listener.local_addr().expect("it is bound"));
    let config = Arc::new(config);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(stream), Ok(connection)) = (stream, ServerConnection::new(config.clone())) else {
                return;
            };
            let mut stream = StreamOwned::new(connection, stream);
            // The client goes away when it sees the certificate and does not trust it.
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        }
    });
    let der = STANDARD.encode(identity.cert.der());
    (origin, format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n"))
}

#[test]
fn a_certificate_that_nobody_signed_is_not_trusted() {
    let error = send(&get(&self_signed().0)).expect_err("it is not trusted");
    assert_eq!((error.kind(), error.requests), (TransportErrorKind::Connection, 1));
    let told = story(Err(error));
    assert!(told.starts_with("GET `https://127.0.0.1:PORT`: TLS certificate not trusted: "), "{told}");
}

#[test]
fn a_server_without_tls_is_told() {
    let server = crate::server::Server::start(vec![crate::server::Answer::new(200, &[], b"")]);
    let told = story(send(&get(&server.origin.replace("http:", "https:"))));
    assert!(told.starts_with("GET `https://127.0.0.1:PORT`: TLS failed: "), "{told}");
}

#[test]
fn a_certificate_that_the_user_names_is_trusted_and_no_other() {
    let (origin, certificate) = self_signed();
    let (_, another) = self_signed();
    let trusting = |pem: &str| HttpOptions { trust: Trust::Also(pem.to_owned()), ..options() };
    let reply = send_with(trusting(&certificate), Masker::default(), &get(&origin));
    assert_eq!(reply.expect("it is trusted").body, b"{}");
    let told = story(send_with(trusting(&another), Masker::default(), &get(&origin)));
    assert!(told.contains("TLS certificate not trusted: "), "{told}");
}

#[test]
fn any_certificate_is_trusted_when_the_user_says_so() {
    let options = HttpOptions { trust: Trust::Any, ..options() };
    let reply = send_with(options, Masker::default(), &get(&self_signed().0));
    assert_eq!(reply.expect("it is trusted").body, b"{}");
}
