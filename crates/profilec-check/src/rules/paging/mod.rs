//! Rules about paging.

pub(super) mod marker_constant;
pub(super) mod marker_declared;
pub(super) mod marker_inside_rows;
pub(crate) mod marker_misspelt;
pub(super) mod marker_never_set;
pub(crate) mod marker_not_encoded;
pub(super) mod marker_outside_call;
pub(super) mod marker_unset_on_first_page;
pub(super) mod not_enabled;
pub(super) mod only_in_write_block;
pub(super) mod order_not_asked;
pub(super) mod page_size;
pub(super) mod push_only_with_more;
pub(super) mod token_not_sent;
pub(super) mod two_strategies;

use crate::cx::Method;
use crate::names::{Names, SetSite};

/// The names that page by themselves once paging is on.
const PAGERS: [&str; 4] = ["PageNumberParam", "PageOffsetParam", "pageurlpath", "pagetokenpath"];

/// The names that mean something only beside one of those. A page size is left out without a word.
const COMPANIONS: [&str; 2] = ["hasmorepath", "pagetokenparam"];

/// The places that say how pages are walked, not that they are.
fn companions<'n, 'a>(names: &'n Names<'a>) -> impl Iterator<Item = &'n SetSite<'a>> {
    let is_companion = |site: &&SetSite<'_>| COMPANIONS.iter().any(|name| site.is(name));
    names.sets().iter().filter(|site| site.method != Method::Write).filter(is_companion)
}

/// The places that turn paging into more than one request: a marker, or a declarative attribute.
fn pagers<'n, 'a>(names: &'n Names<'a>) -> impl Iterator<Item = &'n SetSite<'a>> {
    names.marker_setters().chain(declared_pagers(names))
}

/// The places outside write blocks that let the operation page by itself.
fn declared_pagers<'n, 'a>(names: &'n Names<'a>) -> impl Iterator<Item = &'n SetSite<'a>> {
    let is_pager = |site: &&SetSite<'_>| PAGERS.iter().any(|pager| site.is(pager));
    names.sets().iter().filter(|site| site.method != Method::Write).filter(is_pager)
}

/// Whether paging may be on. What is wrong with one that is never on is said as such.
fn may_be_on(names: &Names<'_>) -> bool {
    names.sets_unknown_names() || names.setters("EnablePaging").any(|site| site.switch() != Some(false))
}
