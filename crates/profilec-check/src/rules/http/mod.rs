//! Rules about connections.

pub(super) mod certificate_unchecked;
