//! How the bodies of a call are laid out, in words.

use profilec_vocabulary::{ResponseFormat, boolean_word};

use super::requests::Reads;

/// What the sets say; of CSV also what holds without them.
pub(super) fn of(format: ResponseFormat, reads: &Reads<'_, '_>) -> Vec<String> {
    let said = |name: &str, word: &dyn Fn(&str) -> String| {
        let values = reads.texts(name);
        let words: Vec<String> =
            values.iter().filter(|text| !text.is_empty()).map(|text| word(text)).collect();
        (!words.is_empty()).then(|| words.join(" or "))
    };
    let mut layout: Vec<String> =
        said("charset", &|label| format!("in `{}`", label.trim())).into_iter().collect();
    match format {
        ResponseFormat::Text => {}
        ResponseFormat::Json => layout.extend(said("jsonformat", &json)),
        ResponseFormat::Xml => layout.extend(said("xmlformat", &|word| format!("as `{}`", word.trim()))),
        ResponseFormat::Csv => {
            let separator = said("fmt", &|word| format!("separated as `FMT` says: `{word}`"));
            layout.push(
                separator.unwrap_or_else(|| "the separator found out from the first records".to_owned()),
            );
            layout.extend(said("quotecharacter", &|quote| format!("fields in `{}`", quote.trim())));
            layout.push(said("includecolumnheaders", &header).unwrap_or_else(|| header("TRUE")));
        }
    }
    layout
}

fn json(word: &str) -> String {
    let word = word.trim();
    match word.to_ascii_lowercase().as_str() {
        "json" => "one document".to_owned(),
        "ldjson" => "one document a line".to_owned(),
        "jsonrows" => "a table of arrays".to_owned(),
        _ => format!("as `{word}` says"),
    }
}

fn header(word: &str) -> String {
    match boolean_word(word) {
        Some(true) => "the first record is the header".to_owned(),
        Some(false) => "without a header".to_owned(),
        None => format!("a header as `{}` says", word.trim()),
    }
}
