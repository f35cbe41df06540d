//! Client certificates: from a file's content to what TLS shows a server.

mod error;
mod pem;
mod pfx;
mod subject;

use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::DateTime;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer as _, X509Certificate};

pub use error::IdentityError;

/// A client certificate with its key and the certificates of its authorities.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    pem: String,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Identity")
    }
}

/// The certificates and keys that a file holds, in its order.
#[derive(Default)]
struct Content {
    certificates: Vec<Vec<u8>>,
    keys: Vec<PrivateKeyDer<'static>>,
}

impl Identity {
    /// Reads PEM or PFX (PKCS #12), either of them also in base64. Of several certificates with keys it is the first
    /// whose subject has `subject` in it.
    ///
    /// # Errors
    /// It is none of these, lacks a part, or wants another password; the certificate does not hold at `now`.
    pub fn read(
        content: &[u8],
        password: Option<&str>,
        subject: Option<&str>,
        now: SystemTime,
    ) -> Result<Self, IdentityError> {
        Self::choose(&read(content, password)?, subject, now)
    }

    fn choose(content: &Content, subject: Option<&str>, now: SystemTime) -> Result<Self, IdentityError> {
        if content.certificates.is_empty() {
            return Err(IdentityError::NoCertificate);
        }
        if content.keys.is_empty() {
            return Err(IdentityError::NoKey);
        }
        let parsed = content.certificates.iter().map(|der| {
            let parsed = X509Certificate::from_der(der).map(|(_, parsed)| parsed);
            parsed.map(|parsed| (der, parsed)).map_err(|_| IdentityError::Malformed("a certificate"))
        });
        let parsed: Vec<(&Vec<u8>, X509Certificate<'_>)> = parsed.collect::<Result<_, _>>()?;
        let mut own = Vec::new();
        for (der, certificate) in &parsed {
            if let Some(key) = key_of(der, &content.keys)? {
                own.push((*der, certificate, key));
            }
        }
        if own.is_empty() {
            return Err(IdentityError::KeyOfNone);
        }
        let subjects = own.iter().map(|(_, certificate, _)| certificate.subject().to_string());
        let subjects: Vec<String> = subjects.collect();
        let at = subject::position(&subjects, subject).ok_or(IdentityError::SubjectOfNone(subjects))?;
        let Some((der, certificate, key)) = own.get(at) else { return Err(IdentityError::NoCertificate) };
        holds(certificate, now)?;
        let mut chain = vec![*der];
        let mut last = *certificate;
        while let Some((issuer, parsed)) = parsed
            .iter()
            .find(|(der, parsed)| parsed.subject().as_raw() == last.issuer().as_raw() && !chain.contains(der))
        {
            chain.push(issuer);
            last = parsed;
        }
        let mut pem = armoured(label(key), key.secret_der());
        for der in chain {
            pem.push_str(&armoured("CERTIFICATE", der));
        }
        Ok(Self { pem })
    }

    /// Key and certificates, the client's own first.
    pub(crate) fn pem(&self) -> &[u8] {
        self.pem.as_bytes()
    }
}

fn read(content: &[u8], password: Option<&str>) -> Result<Content, IdentityError> {
    let text = std::str::from_utf8(content).ok();
    match (content, text) {
        (_, Some(text)) if text.contains("-----BEGIN ") => pem::read(text, password),
        // A sequence of DER.
        ([0x30, ..], None) => pfx::read(content, password),
        ([0xFE, 0xED, 0xFE, 0xED, ..] | [0xCE, 0xCE, 0xCE, 0xCE, ..], _) => Err(IdentityError::JavaKeyStore),
        (_, Some(text)) => {
            let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            match STANDARD.decode(packed) {
                Ok(unpacked) if unpacked.starts_with(b"-----BEGIN ") || unpacked.starts_with(&[0x30]) => {
                    read(&unpacked, password)
                }
                _ => Err(IdentityError::Unreadable),
            }
        }
        _ => Err(IdentityError::Unreadable),
    }
}

/// The key that belongs to a certificate.
fn key_of<'k>(
    certificate: &[u8],
    keys: &'k [PrivateKeyDer<'static>],
) -> Result<Option<&'k PrivateKeyDer<'static>>, IdentityError> {
    let provider = rustls::crypto::ring::default_provider();
    for key in keys {
        let chain = vec![CertificateDer::from(certificate.to_vec())];
        match CertifiedKey::from_der(chain, key.clone_key(), &provider) {
            Ok(_) => return Ok(Some(key)),
            Err(rustls::Error::InconsistentKeys(_)) => {}
            Err(why) => return Err(IdentityError::KeyUnsupported(why.to_string())),
        }
    }
    Ok(None)
}

fn holds(certificate: &X509Certificate<'_>, now: SystemTime) -> Result<(), IdentityError> {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let (begins, ends) = (certificate.validity().not_before, certificate.validity().not_after);
    let date = |seconds: i64| {
        DateTime::from_timestamp(seconds, 0).map_or_else(String::new, |at| at.format("%Y-%m-%d").to_string())
    };
    if ends.timestamp() < now {
        return Err(IdentityError::Expired(date(ends.timestamp())));
    }
    if begins.timestamp() > now {
        return Err(IdentityError::NotYet(date(begins.timestamp())));
    }
    Ok(())
}

fn label(key: &PrivateKeyDer<'_>) -> &'static str {
    match key {
        PrivateKeyDer::Pkcs1(_) => "RSA PRIVATE KEY",
        PrivateKeyDer::Sec1(_) => "EC PRIVATE KEY",
        _ => "PRIVATE KEY",
    }
}

fn armoured(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
}
