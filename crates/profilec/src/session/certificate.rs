//! The client certificate, as connection options say it.

use std::time::SystemTime;

use profilec_http::{Identity, IdentityError};

use super::scheme::AuthOptions;
use crate::{failure::Failure, profile};

/// What `SSLClientCert…` amounts to.
pub(super) fn identity(options: &AuthOptions<'_>) -> Result<Option<Identity>, Failure> {
    let Some(written) = options.text("SSLClientCert") else { return Ok(None) };
    let password = options.text("SSLClientCertPassword");
    let subject = options.text("SSLClientCertSubject");
    let is_text = written.contains("-----BEGIN ");
    let is_file = match options.word("SSLClientCertType")? {
        Some("PEMKEY_FILE" | "PFXFILE") | None => !is_text,
        Some("PEMKEY_BLOB" | "PFXBLOB") => false,
        Some(other) => return Err(unread(other)),
    };
    let (content, called) = if is_file {
        let content = read(written.trim()).map_err(|error| {
            let why = profile::plain(&error);
            Failure::new(format!("the client certificate `{}` cannot be read: {why}", written.trim())).help(
                "`SSLClientCert` is the path of a PEM or PFX file; what is no path has \
                     `SSLClientCertType=PEMKEY_BLOB` or `PFXBLOB`",
            )
        })?;
        (content, format!("the client certificate `{}`", written.trim()))
    } else {
        (written.as_bytes().to_vec(), "the client certificate".to_owned())
    };
    let identity = Identity::read(&content, password, subject, SystemTime::now());
    identity.map(Some).map_err(|why| {
        let failure = Failure::new(format!("{called} {why}"));
        match help(&why) {
            Some(help) => failure.help(help),
            None => failure,
        }
    })
}

/// The kinds of stores that are not read.
fn unread(kind: &str) -> Failure {
    let help = match kind {
        "USER" | "MACHINE" => {
            "export the certificate with its key from the Windows store as a PFX file, and use `PFXFILE`"
                .to_owned()
        }
        "JKSFILE" | "JKSBLOB" | "BCFKSFILE" | "BCFKSBLOB" => TO_PFX.to_owned(),
        "PUBLIC_KEY_FILE" | "PUBLIC_KEY_BLOB" | "SSHPUBLIC_KEY_FILE" | "SSHPUBLIC_KEY_BLOB" | "P7BFILE" => {
            "it holds no private key: use `PEMKEY_FILE` or `PFXFILE`".to_owned()
        }
        _ => "use `PEMKEY_FILE`, `PEMKEY_BLOB`, `PFXFILE` or `PFXBLOB`".to_owned(),
    };
    Failure::new(format!("`SSLClientCertType={kind}` is not read")).help(help)
}

const TO_PFX: &str = "make a PFX file of it: `keytool -importkeystore -srckeystore … -destkeystore client.pfx -deststoretype PKCS12`";

fn help(why: &IdentityError) -> Option<String> {
    let help = match why {
        IdentityError::Unreadable => "it begins with `-----BEGIN `, or is an archive of PKCS #12",
        IdentityError::JavaKeyStore => TO_PFX,
        IdentityError::NoCertificate => "certificate and key go together: put both into one PEM file",
        IdentityError::NoKey | IdentityError::KeyOfNone => {
            "certificate and its own key go together: put both into one PEM file, or make a PFX file of them"
        }
        IdentityError::SubjectOfNone(subjects) => {
            let subjects: Vec<String> = subjects.iter().map(|subject| format!("`{subject}`")).collect();
            return Some(format!("`SSLClientCertSubject` may be a part of {}, or `*`", subjects.join(", ")));
        }
        IdentityError::PasswordNeeded => "pass `-c SSLClientCertPassword=env:NAME`",
        IdentityError::PasswordWrong => "look at `SSLClientCertPassword`",
        IdentityError::OldEncryption => "encrypt it anew: `openssl pkcs8 -topk8 -in old.pem -out new.pem`",
        IdentityError::UnknownEncryption => {
            "encrypt it anew: `openssl pkcs8 -topk8` for PEM, `openssl pkcs12 -export` for PFX"
        }
        IdentityError::Expired(_) | IdentityError::NotYet(_) => "ask whoever issued it for a valid one",
        _ => return None,
    };
    Some(help.to_owned())
}

#[expect(clippy::disallowed_methods, reason = "the binary touches files")]
fn read(path: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(path)
}
