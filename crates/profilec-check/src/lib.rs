//! Rules over the AST: what is wrong with a profile, where and why.
//!
//! The parser reports faults of the XML and of template syntax; everything else that can be said without a
//! response is said here. One cause gives one finding. Nothing here parses files, reads or prints.
//!
//! ```
//! use profilec_check::{CheckOptions, check};
//!
//! let profile = profilec_syntax::parse("<api:script><api:pusch/></api:script>");
//! for finding in check(&profile.document, &CheckOptions::default()) {
//!     assert!(!finding.message.is_empty());
//! }
//! ```

mod check;
mod cx;
mod flow;
mod names;
mod remarks;
mod rules;
mod secrets;
mod settle;
mod suggest;
mod walk;

pub use check::{CheckOptions, Checked, blocking, check};
pub use remarks::{Remark, Remarks, remarks, unknown_kind};
pub use secrets::secret_places;
pub use settle::{SettleOptions, Settled, settle};
