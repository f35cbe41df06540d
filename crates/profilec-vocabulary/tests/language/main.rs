//! What holds for all tables, and the reference pages that are made from them.

mod census;
mod fixtures;
mod page;
mod pages;
mod tables;
