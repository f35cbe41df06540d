//! Rules about paging.

pub(super) mod marker_never_set;
pub(super) mod not_enabled;

use crate::cx::Method;
use crate::names::{Names, SetSite};

/// The names that page by themselves once paging is on.
const PAGERS: [&str; 4] = ["PageNumberParam", "PageOffsetParam", "pageurlpath", "pagetokenpath"];

/// The places that turn paging into more than one request: a marker, or a declarative attribute.
fn pagers<'n>(names: &'n Names<'_>) -> impl Iterator<Item = &'n SetSite<'n>> {
    let declared = names
        .sets()
        .iter()
        .filter(|site| site.method != Method::Write && PAGERS.iter().any(|pager| site.is(pager)));
    names.marker_setters().chain(declared)
}
