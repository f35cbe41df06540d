//! How nested arrays become rows.

use profilec_vocabulary::closest;

/// `DataModel`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataModel {
    /// One row path; what is nested is text.
    #[default]
    Document,
    /// Parents and children joined in one table.
    FlattenedDocuments,
    /// A table for each row path.
    Relational,
}

impl DataModel {
    /// The words that name them.
    pub const WORDS: [&'static str; 3] = ["Document", "FlattenedDocuments", "Relational"];

    /// The model of this name, ignoring case. Blank: the usual one.
    ///
    /// # Errors
    /// What to write instead.
    pub fn of_word(word: &str) -> Result<Self, String> {
        let word = word.trim();
        let models = [Self::Document, Self::FlattenedDocuments, Self::Relational];
        if word.is_empty() {
            return Ok(Self::default());
        }
        match Self::WORDS.iter().position(|known| known.eq_ignore_ascii_case(word)) {
            Some(at) => Ok(models[at]),
            None => Err(match closest(word, Self::WORDS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of `{}`", Self::WORDS.join("`, `")),
            }),
        }
    }
}
