//! The script: items, templates, conditions and the machine that runs statements.

mod condition;
mod environment;
mod item;
mod iterate;
mod machine;
mod pairs;
mod pattern;
mod raised;
pub(crate) mod shape;
mod template;
mod unwind;

pub(crate) use condition::{is_true, number_or_text_order};
pub(crate) use environment::{Environment, Found, Output, Position, item_of};
pub(crate) use item::{Attribute, Item, Value, split_index};
pub(crate) use machine::{Leaving, Machine, PageOf, Pause, Ran, RowItem};
pub(crate) use raised::Raised;
pub(crate) use template::{evaluate, name};
