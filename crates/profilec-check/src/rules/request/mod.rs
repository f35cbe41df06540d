//! Rules about requests.

pub(super) mod body;
pub(super) mod encoded_twice;
pub(super) mod half_of_pair;
pub(super) mod headers;
pub(super) mod input_dropped;
pub(super) mod placeholder_unfilled;
pub(super) mod slash_at_join;
pub(super) mod unknown_method;
pub(super) mod uri_missing;
pub(super) mod uri_not_absolute;
pub(crate) mod url;
pub(super) mod url_parameters;
pub(super) mod value_not_encoded;
pub(super) mod variable_in_profile;
