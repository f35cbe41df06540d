//! Rules about credentials.

pub(super) mod credential_unencrypted;
pub(super) mod literal_credential;
pub(super) mod scheme_unsupported;
