//! What connection options say about where profiles are and which of them count.

use std::path::PathBuf;

use profilec_engine::Settings;
use profilec_vocabulary::connection_option;

/// `Location`, `Profile`, `Tables` and `Views`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listing {
    /// The folder or archive in which the argument may name a table.
    pub(super) place: Option<PathBuf>,
    /// The tables that count, lower case; none: all.
    pub(super) tables: Vec<String>,
}

impl Listing {
    /// What these options say. An archive is meant before a folder.
    pub(crate) fn of(options: &Settings) -> Self {
        let value = |wanted: &str| {
            let is_it = |name: &str| connection_option(name).is_some_and(|option| option.name == wanted);
            let value = options.iter().rfind(|(name, _)| is_it(name)).map(|(_, value)| value.trim());
            value.filter(|value| !value.is_empty())
        };
        let names = ["Tables", "Views"].into_iter().filter_map(value).flat_map(|list| list.split(','));
        Self {
            place: value("Profile").or_else(|| value("Location")).map(PathBuf::from),
            tables: names.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect(),
        }
    }

    /// Whether a table of one of these names counts.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.tables.is_empty() || names.iter().any(|name| self.tables.contains(&name.to_lowercase()))
    }
}
