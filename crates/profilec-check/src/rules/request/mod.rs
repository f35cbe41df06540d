//! Rules about requests.

pub(super) mod half_of_pair;
pub(super) mod placeholder_unfilled;
pub(super) mod uri_missing;
pub(super) mod variable_in_profile;
