//! The script: items, templates, conditions and the machine that runs statements.

mod condition;
mod environment;
mod item;
mod iterate;
mod machine;
pub(crate) mod shape;
mod template;

pub(crate) use condition::{is_true, number_or_text_order};
pub(crate) use environment::{Environment, Found, item_of};
pub(crate) use item::{Attribute, Item, Value};
pub(crate) use machine::{Machine, Pause, RowItem};
