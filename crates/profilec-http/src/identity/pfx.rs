//! PFX: archives of PKCS #12.

use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::{Content, IdentityError};

/// Certificates and keys, decrypted. A certificate alone is read too: it tells what is missing.
pub(super) fn read(der: &[u8], password: Option<&str>) -> Result<Content, IdentityError> {
    let closed = || match password {
        None => IdentityError::PasswordNeeded,
        Some(_) => IdentityError::PasswordWrong,
    };
    if X509Certificate::from_der(der).is_ok() {
        return Ok(Content { certificates: vec![der.to_vec()], keys: Vec::new() });
    }
    let archive = Pkcs12Archive::from_pkcs12(der, password.unwrap_or_default()).map_err(|why| match why {
        Error::MacError(_) | Error::UnpadError | Error::Pkcs5Error(_) => closed(),
        Error::UnsupportedEncryptionScheme | Error::UnsupportedMacAlgorithm => {
            IdentityError::UnknownEncryption
        }
        _ => IdentityError::Malformed("the archive"),
    })?;
    let key = |der: &[u8]| PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der.to_vec()));
    Ok(Content {
        certificates: archive.certs.iter().map(|bag| bag.cert.as_der().to_vec()).collect(),
        keys: archive.keys.iter().map(|bag| key(bag.key.as_der())).collect(),
    })
}
