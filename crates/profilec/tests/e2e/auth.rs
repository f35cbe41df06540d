//! How requests authenticate, as connection options say it.

use crate::{Answer, Bench, Server};

fn told(options: &[&str]) -> (Option<i32>, String) {
    let server = Server::start(|_| Answer::Body(200, r#"{"data":[]}"#.to_owned()));
    let bench = Bench::new(&server.url);
    let args = ["run", "kilns.rsd", "-q"].into_iter().chain(options.iter().flat_map(|option| ["-c", option]));
    let ran = bench.profilec(&args.collect::<Vec<_>>());
    (ran.exit, ran.stderr)
}

#[test]
fn an_option_that_no_scheme_reads_is_a_warning() {
    let warned = |options: &[&str]| {
        let (exit, stderr) = told(options);
        assert_eq!(exit, Some(0), "{stderr}");
        stderr
    };
    assert_eq!(
        warned(&["AWSAccessKey=AKIA"]),
        "warning: the connection option `AWSAccessKey` has no effect with `AuthScheme=None`\n"
    );
    assert_eq!(
        warned(&["AuthScheme=Basic", "User=ann", "OAuthAccessTokenSecret=s3cret"]),
        "warning: the connection option `OAuthAccessTokenSecret` has no effect with `AuthScheme=Basic`\n"
    );
    assert_eq!(
        warned(&["SSLClientCertPassword=s3cret"]),
        "warning: the connection option `SSLClientCertPassword` has no effect without `SSLClientCert`\n"
    );
    // Those that a scheme reads, in old and new spelling, and defaults are silent.
    let keys =
        ["AuthScheme=AwsRootKeys", "AccessKey=AKIA", "SecretKey=s3cret", "Region=Ohio", "AWSService=es"];
    assert_eq!(warned(&keys), "");
    assert_eq!(warned(&["SSLClientCertSubject=*", "Sign_Method=hmac-sha1"]), "");
}

#[test]
fn what_a_scheme_lacks_is_said_before_anything_is_sent() {
    for (options, wanted) in [
        (
            vec!["AuthScheme=AwsRootKeys", "AWSAccessKey=AKIA"],
            "error: `AuthScheme=AwsRootKeys` needs the connection option `AWSSecretKey`\n  help: pass `-c AWSSecretKey=env:NAME`\n",
        ),
        (
            vec!["AuthScheme=AwsTempCredentials", "AWSAccessKey=AKIA", "AWSSecretKey=s3cret"],
            "error: `AuthScheme=AwsTempCredentials` needs the connection option `AWSSessionToken`\n  help: pass `-c AWSSessionToken=env:NAME`\n",
        ),
        (
            vec!["AuthScheme=AwsRootKeys", "AWSAccessKey=AKIA", "AWSSecretKey=s3cret", "AWSRegion=Irland"],
            "error: `AWSRegion` cannot be `Irland`\n  help: did you mean `IRELAND`?\n",
        ),
        (
            vec!["OAuthVersion=1.0", "OAuthClientSecret=s3cret"],
            "error: `OAuthVersion=1.0` needs the connection option `OAuthClientId`\n  help: pass `-c OAuthClientId=…`\n",
        ),
        (
            vec![
                "OAuthVersion=1.0",
                "OAuthClientId=kiln",
                "OAuthClientSecret=s3cret",
                "Sign_Method=RSA-SHA1",
            ],
            "error: `Sign_Method` cannot be `RSA-SHA1`\n  help: did you mean `HMAC-SHA1`?\n",
        ),
        (
            vec!["AuthScheme=SSL"],
            "error: `AuthScheme=SSL` needs the connection option `SSLClientCert`\n  help: pass `-c SSLClientCert=env:NAME`\n",
        ),
        (
            vec!["SSLClientCert=none.pem"],
            "error: the client certificate `none.pem` cannot be read: no such file or directory\n  help: `SSLClientCert` is the path of a PEM or PFX file; what is no path has `SSLClientCertType=PEMKEY_BLOB` or `PFXBLOB`\n",
        ),
        (
            vec!["SSLClientCert=kilns.rsd"],
            "error: the client certificate `kilns.rsd` is neither PEM nor PFX\n  help: it begins with `-----BEGIN `, or is an archive of PKCS #12\n",
        ),
        (
            vec!["SSLClientCert=x", "SSLClientCertType=MACHINE"],
            "error: `SSLClientCertType=MACHINE` is not read\n  help: export the certificate with its key from the Windows store as a PFX file, and use `PFXFILE`\n",
        ),
    ] {
        let (exit, stderr) = told(&options);
        assert_eq!((exit, stderr.as_str()), (Some(2), wanted), "{options:?}");
    }
}

#[test]
fn a_scheme_that_is_never_carried_out_is_refused_with_a_way_out() {
    for (scheme, help) in [
        ("ntlm", "run a local proxy that does it, and name it with `-c ProxyServer=…`"),
        ("AwsIAMRoles", "get temporary keys with `aws sts`, and use"),
        ("AzureAD", "get a token there and pass it"),
        ("HMAC", "where the store takes AWS signatures, use `AwsRootKeys`"),
        ("Digset", "did you mean `Digest`?"),
    ] {
        let (exit, stderr) = told(&[&format!("AuthScheme={scheme}")]);
        assert_eq!(exit, Some(2), "{stderr}");
        assert!(stderr.contains("profilec::auth::scheme_unsupported") && stderr.contains(help), "{stderr}");
    }
}
