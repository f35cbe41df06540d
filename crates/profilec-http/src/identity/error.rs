//! Why a client certificate cannot be used.

/// Why a client certificate cannot be used. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentityError {
    /// Neither PEM nor PFX.
    Unreadable,
    /// A key store of Java.
    JavaKeyStore,
    /// There is no certificate in it.
    NoCertificate,
    /// There is no private key in it.
    NoKey,
    /// Its key belongs to none of its certificates.
    KeyOfNone,
    /// None of these subjects is the wanted one.
    SubjectOfNone(Vec<String>),
    /// It is encrypted, and no password was given.
    PasswordNeeded,
    /// The password does not open it.
    PasswordWrong,
    /// Its key is encrypted in the way that OpenSSL had before PKCS #8.
    OldEncryption,
    /// It is encrypted in a way that is not known here.
    UnknownEncryption,
    /// TLS has no use for a key of this kind.
    KeyUnsupported(String),
    /// It is no longer valid since this day.
    Expired(String),
    /// It is not valid before this day.
    NotYet(String),
    /// This part of it is damaged.
    Malformed(&'static str),
}

impl std::fmt::Display for IdentityError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable => write!(out, "is neither PEM nor PFX"),
            Self::JavaKeyStore => write!(out, "is a key store of Java"),
            Self::NoCertificate => write!(out, "has no certificate"),
            Self::NoKey => write!(out, "has no private key"),
            Self::KeyOfNone => write!(out, "has a private key that belongs to none of its certificates"),
            Self::SubjectOfNone(_) => write!(out, "has no certificate of the wanted subject"),
            Self::PasswordNeeded => write!(out, "is encrypted"),
            Self::PasswordWrong => write!(out, "cannot be opened with this password"),
            Self::OldEncryption => write!(out, "has a private key in the old encryption of OpenSSL"),
            Self::UnknownEncryption => write!(out, "is encrypted in an unknown way"),
            Self::KeyUnsupported(why) => write!(out, "has a private key that TLS cannot use: {why}"),
            Self::Expired(day) => write!(out, "expired on {day}"),
            Self::NotYet(day) => write!(out, "is not valid before {day}"),
            Self::Malformed(what) => write!(out, "is damaged: {what} cannot be read"),
        }
    }
}

impl std::error::Error for IdentityError {}
