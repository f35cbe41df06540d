//! The mistakes that the README shows.

#![expect(clippy::disallowed_methods, reason = "which ones stands in a file")]

use std::fmt::Write;
use std::path::Path;

use profilec_diagnostics::{RenderOptions, render_pretty};
use serde::Deserialize;

use super::{Fault, Profile};

/// Which mistakes are shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    mistake: Vec<Mistake>,
}

/// A fault in a profile.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    /// What happened, for people.
    says: String,
    fault: String,
    profile: String,
}

/// What `profilec check` prints about each of the mistakes on a terminal of 80 columns, as Markdown.
///
/// # Panics
/// The list of mistakes cannot be read, or names a fault or a profile that there is not.
pub fn shown(profiles: &[Profile], faults: &[Fault]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/mutation/shown.toml");
    let text = std::fs::read_to_string(&path).expect("the list of mistakes can be read");
    let Shown { mistake: mistakes } =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut page = String::new();
    for Mistake { says, fault, profile } in mistakes {
        let of_name = profiles.iter().find(|known| known.name() == profile);
        let of_kind = faults.iter().find(|known| known.name == fault);
        let (Some(of_name), Some(of_kind)) = (of_name, of_kind) else {
            panic!("there is no fault `{fault}`, or no profile `{profile}`")
        };
        let mutant =
            of_kind.apply(&of_name.text).unwrap_or_else(|| panic!("`{profile}` has no room for `{fault}`"));
        let (source, findings) = profilec::check_text(Path::new(&format!("{profile}.rsd")), &mutant.text);
        let printed = render_pretty(&findings, &source, &RenderOptions::default());
        let _ = write!(page, "\n{says}:\n\n```text\n{}\n```\n", printed.trim_end());
    }
    page
}
