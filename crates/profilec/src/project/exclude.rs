//! Files that a project leaves out.

use std::path::Path;

use glob::{MatchOptions, Pattern, PatternError};

/// `*` stays within a name, `**` goes over any number of folders.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// Patterns of files and folders.
#[derive(Debug, Default)]
pub(crate) struct Exclude {
    patterns: Vec<Excluded>,
}

#[derive(Debug)]
struct Excluded {
    pattern: Pattern,
    /// It is a path from the project's folder; else a name at any depth.
    is_path: bool,
}

impl Exclude {
    /// Adds a pattern: with a `/` in it a path from the project's folder, else a name at any depth.
    pub(super) fn add(&mut self, written: &str) -> Result<(), PatternError> {
        let path = written.strip_prefix("./").unwrap_or(written).trim_end_matches('/');
        let pattern = Pattern::new(path.trim_start_matches('/'))?;
        self.patterns.push(Excluded { pattern, is_path: path.contains('/') });
        Ok(())
    }

    /// Whether a file or one of the folders around it is left out. The path is that from the project's folder.
    pub(super) fn has(&self, path: &Path) -> bool {
        let mut parts = path.ancestors().filter(|part| !part.as_os_str().is_empty());
        parts.any(|part| self.patterns.iter().any(|excluded| excluded.is(part)))
    }
}

impl Excluded {
    fn is(&self, path: &Path) -> bool {
        if self.is_path {
            self.pattern.matches_path_with(path, OPTIONS)
        } else {
            path.file_name().is_some_and(|name| self.pattern.matches_path_with(Path::new(name), OPTIONS))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_at_any_depth_and_paths_from_the_folder() {
        let mut exclude = Exclude::default();
        for pattern in ["old_*.rsd", "vendor", "./shop/drafts/", "gen/**/x.rsd"] {
            exclude.add(pattern).unwrap();
        }
        for path in [
            "old_a.rsd",
            "a/old_b.rsd",
            "vendor/a.rsd",
            "a/vendor/b/c.rsd",
            "shop/drafts/a.rsd",
            "gen/a/b/x.rsd",
        ] {
            assert!(exclude.has(Path::new(path)), "{path}");
        }
        for path in ["a.rsd", "vendors/a.rsd", "a/shop/drafts/a.rsd", "drafts/a.rsd", "gen/a/y.rsd"] {
            assert!(!exclude.has(Path::new(path)), "{path}");
        }
        assert!(exclude.add("a[").is_err());
    }
}
