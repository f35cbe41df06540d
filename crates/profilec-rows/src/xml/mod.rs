//! XML bodies: the same tree, sink and sights as JSON, filled from the events of quick-xml.
//!
//! As in JSON nothing is decoded on the way: a value is a range of the body, and its references are resolved
//! when its column takes it.

mod evidence;
mod place;
mod text;
mod walk;

pub(crate) use place::path_to;
pub(crate) use text::{decode_attribute, decode_characters};
pub(crate) use walk::walk_xml;

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Where a part of `text` begins in it.
fn offset_of(part: &str, text: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}
