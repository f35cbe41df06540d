//! What an editor asks about one place of a profile: [`hover`].
//!
//! It takes the text as it is, half typed or broken, parses it once and never fails. Offsets are UTF-8 bytes;
//! [`line_and_character`] and [`offset_at`] translate the positions of the Language Server Protocol.
//! Every name and text comes from `profilec-vocabulary`. Nothing here reads files or prints.
//!
//! ```
//! let text = r#"<api:script><api:call op="jsonproviderGet"/></api:script>"#;
//! let found = profilec_edit::hover(text, text.find("call").unwrap()).unwrap();
//! assert!(found.markdown.contains("operation"));
//! ```

mod describe;
mod hover;
mod names;
mod place;
mod position;
mod template;

pub use hover::{Hover, hover};
pub use position::{LineAndCharacter, line_and_character, offset_at};
