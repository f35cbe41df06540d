//! Rows of a general JSONPath: found by jsonpath-rust in a whole document, then read like any others.

use jsonpath_rust::JsonPath;
use serde_json::Value as Json;

/// A row: its JSON pointer and its text.
pub(crate) type FoundRow = (String, String);

/// The elements that a query finds in a body, in its order. `Err`: what is wrong, for a message.
pub(crate) fn find_rows(text: &str, query: &str) -> Result<Vec<FoundRow>, String> {
    let document: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let found = document.query_with_path(query).map_err(|error| error.to_string())?;
    Ok(found.into_iter().map(|row| (pointer(&row.clone().path()), row.val().to_string())).collect())
}

/// A normalised path (`$['a'][0]`) as a JSON pointer.
fn pointer(path: &str) -> String {
    let mut pointer = String::new();
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    while let Some(inner) = rest.strip_prefix('[') {
        let (step, after) = match inner.strip_prefix('\'') {
            Some(name) => name.split_once("']").unwrap_or((name, "")),
            None => inner.split_once(']').unwrap_or((inner, "")),
        };
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        rest = after;
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::{find_rows, pointer};

    #[test]
    fn rows_keep_their_numbers_and_tell_their_place() {
        let text = r#"{"a":[{"n":1.10,"ok":true},{"n":2,"ok":false},{"n":9007199254740993,"ok":true}]}"#;
        let rows = find_rows(text, "$.a[?@.ok==true]").unwrap();
        assert_eq!(
            rows,
            [
                ("/a/0".to_owned(), r#"{"n":1.10,"ok":true}"#.to_owned()),
                ("/a/2".to_owned(), r#"{"n":9007199254740993,"ok":true}"#.to_owned()),
            ]
        );
        assert_eq!(pointer("$['x/y'][3]"), "/x~1y/3");
    }
}
