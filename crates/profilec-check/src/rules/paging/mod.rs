//! Rules about paging.

pub(super) mod marker_never_set;
pub(super) mod not_enabled;

use crate::cx::Method;
use crate::names::{Names, SetSite};

/// The names that page by themselves once paging is on.
const PAGERS: [&str; 4] = ["PageNumberParam", "PageOffsetParam", "pageurlpath", "pagetokenpath"];

/// The names that mean something only beside one of those. A page size is left out without a word.
const COMPANIONS: [&str; 2] = ["hasmorepath", "pagetokenparam"];

/// The places that say how pages are walked, not that they are.
fn companions<'n>(names: &'n Names<'_>) -> impl Iterator<Item = &'n SetSite<'n>> {
    let is_companion = |site: &&SetSite<'_>| COMPANIONS.iter().any(|name| site.is(name));
    names.sets().iter().filter(|site| site.method != Method::Write).filter(is_companion)
}

/// The places that turn paging into more than one request: a marker, or a declarative attribute.
fn pagers<'n>(names: &'n Names<'_>) -> impl Iterator<Item = &'n SetSite<'n>> {
    let declared = names
        .sets()
        .iter()
        .filter(|site| site.method != Method::Write && PAGERS.iter().any(|pager| site.is(pager)));
    names.marker_setters().chain(declared)
}
