//! One layout for every profile: tables of columns aligned, one order of attributes, comments kept.
//!
//! [`format()`] changes blanks between tags and attributes, the order of attributes, quotes and the way an empty
//! element is closed, and nothing else: what a profile means stays, and values stay byte for byte.
//! It touches no file, and gives what it gave before when it is asked again.
//!
//! ```
//! let profile = "<api:script xmlns:api='http://apiscript.com/ns?v1'><api:push></api:push></api:script>";
//! let laid_out = profilec_format::format(profile).expect("nothing to mend");
//! assert_eq!(
//!     laid_out,
//!     "<api:script xmlns:api=\"http://apiscript.com/ns?v1\">\n  <api:push/>\n</api:script>\n"
//! );
//! ```

mod attributes;
mod content;
mod elements;
mod format;
mod printer;
mod table;

pub use format::format;
