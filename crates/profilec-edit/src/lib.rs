//! What an editor asks about one place of a profile: [`hover`] and [`complete`].
//!
//! They take the text as it is, half typed or broken, parse it once and never fail. Offsets are UTF-8 bytes;
//! [`line_and_character`] and [`offset_at`] translate the positions of the Language Server Protocol.
//! Every name and text comes from `profilec-vocabulary`. Nothing here reads files or prints.
//!
//! ```
//! let text = r#"<api:script><api:call op="jsonproviderGet"/></api:script>"#;
//! let found = profilec_edit::hover(text, text.find("call").unwrap()).unwrap();
//! assert!(found.markdown.contains("operation"));
//!
//! let offset = text.find(" op=").unwrap() + 1;
//! let found = profilec_edit::complete(r#"<api:script><api:call /></api:script>"#, offset);
//! assert_eq!(found.candidates[0].insert, r#"op="""#);
//! ```

mod complete;
mod context;
mod describe;
mod elements;
mod hover;
mod names;
mod parts;
mod path;
mod place;
mod position;
mod remark;
mod scope;
mod template;
mod values;

pub use complete::{Candidate, CandidateKind, Completions, complete};
pub use hover::{Hover, hover};
pub use position::{LineAndCharacter, line_and_character, offset_at};
