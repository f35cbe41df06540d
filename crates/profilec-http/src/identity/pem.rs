//! PEM: texts of base64 between lines with labels.

use pkcs8::EncryptedPrivateKeyInfoRef;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};
use x509_parser::pem::Pem;

use super::{Content, IdentityError};

/// Certificates and keys, encrypted ones decrypted; other blocks are of no account.
pub(super) fn read(text: &str, password: Option<&str>) -> Result<Content, IdentityError> {
    // Where an option is one line, its line ends are escapes.
    let text = text.replace("\\r", "").replace("\\n", "\n");
    if text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(IdentityError::OldEncryption);
    }
    let mut content = Content::default();
    for block in Pem::iter_from_buffer(text.as_bytes()) {
        let Pem { label, contents } = block.map_err(|_| IdentityError::Malformed("a PEM block"))?;
        match label.as_str() {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => content.certificates.push(contents),
            "PRIVATE KEY" => content.keys.push(PrivateKeyDer::Pkcs8(contents.into())),
            "RSA PRIVATE KEY" => {
                content.keys.push(PrivateKeyDer::Pkcs1(PrivatePkcs1KeyDer::from(contents)));
            }
            "EC PRIVATE KEY" => content.keys.push(PrivateKeyDer::Sec1(PrivateSec1KeyDer::from(contents))),
            "ENCRYPTED PRIVATE KEY" => content.keys.push(decrypted(&contents, password)?),
            _ => {}
        }
    }
    Ok(content)
}

fn decrypted(der: &[u8], password: Option<&str>) -> Result<PrivateKeyDer<'static>, IdentityError> {
    // An algorithm that is not known reads like damage.
    let info = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|_| IdentityError::UnknownEncryption)?;
    let password = password.ok_or(IdentityError::PasswordNeeded)?;
    let key = info.decrypt(password).map_err(|why| match why {
        pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::UnsupportedAlgorithm { .. }) => {
            IdentityError::UnknownEncryption
        }
        _ => IdentityError::PasswordWrong,
    })?;
    Ok(PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.as_bytes().to_vec())))
}
