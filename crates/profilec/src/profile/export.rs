//! JSON exports of a platform's profiles: documents with whole scripts in their strings.
//!
//! Their layout is not documented. So every string is looked at, and the names around it tell what it is.

use std::collections::BTreeMap;

use serde_json::Value;

use super::bundle::Members;

/// Scripts of an export.
const MAX_SCRIPTS: usize = 2_000;
/// Members of an object that may hold its name.
const NAMES: [&str; 5] = ["filename", "file_name", "file", "name", "title"];
/// What scripts start with.
const STARTS: [&str; 3] = ["<api:script", "<rsb:script", "<arc:script"];

/// The scripts in an export; the error says why it is none.
pub(super) fn read(text: &str) -> Result<Members, String> {
    let json: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}'))
        .map_err(|error| format!("it is not JSON: {error}"))?;
    let mut scripts = BTreeMap::new();
    collect(&json, &[], &mut scripts);
    if scripts.is_empty() {
        return Err("no string in it starts with `<api:script` or `<rsb:script`".to_owned());
    }
    if scripts.len() > MAX_SCRIPTS {
        return Err(format!("it holds more than {MAX_SCRIPTS} scripts"));
    }
    Ok(scripts)
}

/// `path` are the names around the value. `serde_json` bounds how deeply values nest.
fn collect(value: &Value, path: &[String], scripts: &mut Members) {
    match value {
        Value::String(text) if is_script(text) => add(text, path, scripts),
        Value::Array(items) => {
            for item in items {
                collect(item, path, scripts);
            }
        }
        Value::Object(members) => {
            let mut inner = path.to_vec();
            let own = NAMES.iter().find_map(|name| {
                let found = members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
                found.1.as_str().filter(|text| !text.trim().is_empty() && !is_script(text))
            });
            inner.extend(own.map(part));
            for (key, value) in members {
                if has_ending(key) {
                    let named = [path, &[part(key)]].concat();
                    collect(value, &named, scripts);
                } else {
                    collect(value, &inner, scripts);
                }
            }
        }
        _ => {}
    }
}

fn add(text: &str, path: &[String], scripts: &mut Members) {
    let path = if path.is_empty() { "script".to_owned() } else { path.join("/") };
    let (stem, ending) =
        if has_ending(&path) { path.split_at(path.len() - 4) } else { (path.as_str(), ".rsd") };
    let mut name = format!("{stem}{ending}");
    let mut number = 2;
    while scripts.contains_key(&name) {
        name = format!("{stem} ({number}){ending}");
        number += 1;
    }
    scripts.insert(name, Ok(text.as_bytes().to_vec()));
}

/// A name as a part of a path.
fn part(name: &str) -> String {
    name.trim().replace(['/', '\\'], "_")
}

fn has_ending(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".rsd") || name.to_ascii_lowercase().ends_with(".rsb")
}

/// A script may have an XML declaration and comments before it.
fn is_script(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    STARTS.iter().any(|start| rest.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(json: &str) -> Vec<String> {
        read(json).map_or_else(|reason| vec![reason], |scripts| scripts.into_keys().collect())
    }

    #[test]
    fn scripts_are_named_by_what_stands_around_them() {
        let json = r#"{"name": "Shop", "files": [
            {"name": "Orders.rsd", "content": "<api:script/>"},
            {"fileName": "Items", "content": "<?xml version='1.0'?>\n<!-- x -->\n<rsb:script/>"},
            {"name": "sample.json", "content": "{}"}],
            "scripts": {"Login.rsb": "<api:script/>", "Login.RSB": "<api:script/>"}}"#;
        let wanted = ["Shop/Items.rsd", "Shop/Login.RSB", "Shop/Login.rsb", "Shop/Orders.rsd"];
        assert_eq!(names(json), wanted);
    }

    #[test]
    fn scripts_of_one_name_are_numbered() {
        assert_eq!(names(r#"["<api:script/>", "<api:script/>"]"#), ["script (2).rsd", "script.rsd"]);
    }

    #[test]
    fn what_is_no_export_says_why() {
        assert_eq!(names("{}"), ["no string in it starts with `<api:script` or `<rsb:script`"]);
        assert!(names("{")[0].starts_with("it is not JSON"));
    }
}
