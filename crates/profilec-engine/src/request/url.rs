//! URLs: what is valid stays as written, the rest is encoded as browsers do.

use ::url::Url;
use percent_encoding::percent_decode_str;

use crate::formatters::percent_encode;

/// An absolute http or https URL.
pub(super) fn absolute(text: &str) -> Option<Url> {
    Url::parse(text.trim()).ok().filter(is_web)
}

/// A link, resolved against the URL that it came from.
pub(crate) fn join(base: &str, link: &str) -> Option<Url> {
    absolute(link).or_else(|| Url::parse(base).ok()?.join(link.trim()).ok().filter(is_web))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// The name of `name=value`, decoded.
fn name_of(pair: &str) -> String {
    decoded(pair.split('=').next().unwrap_or(pair))
}

/// The names of a query's parameters, decoded.
pub(crate) fn parameter_names(url: &Url) -> Vec<String> {
    url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).map(name_of).collect()
}

/// Appends a parameter, encoding both sides.
pub(super) fn add_parameter(url: &mut Url, name: &str, value: &str) {
    add_raw(url, &format!("{}={}", percent_encode(name), percent_encode(value)));
}

/// Appends a parameter unless the URL has one of this name.
pub(super) fn add_missing_parameter(url: &mut Url, name: &str, value: &str) {
    if !parameter_names(url).iter().any(|other| other == name) {
        add_parameter(url, name, value);
    }
}

/// Appends a parameter, or puts its value in the place of the one that is there.
pub(super) fn set_parameter(url: &mut Url, name: &str, value: &str) {
    let mut placed = false;
    let pairs: Vec<String> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter_map(|pair| {
            if name_of(pair) != name {
                return Some(pair.to_owned());
            }
            // A second one of the same name would contradict the first.
            let first = !std::mem::replace(&mut placed, true);
            first.then(|| format!("{}={}", percent_encode(name), percent_encode(value)))
        })
        .collect();
    let query = pairs.join("&");
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    if !placed {
        add_parameter(url, name, value);
    }
}

/// Appends parameters as they are written (`a=1&b=2`), those that the URL has left out.
pub(super) fn add_missing_raw(url: &mut Url, parameters: &str) {
    let present = parameter_names(url);
    for pair in parameters.trim().trim_start_matches(['?', '&']).split('&') {
        if !pair.is_empty() && !present.contains(&name_of(pair)) {
            add_raw(url, pair);
        }
    }
}

fn add_raw(url: &mut Url, pair: &str) {
    let query = match url.query().filter(|query| !query.is_empty()) {
        Some(query) if query.ends_with('&') => format!("{query}{pair}"),
        Some(query) => format!("{query}&{pair}"),
        None => pair.to_owned(),
    };
    url.set_query(Some(&query));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(url: &str, change: impl Fn(&mut Url)) -> String {
        let mut url = absolute(url).expect("an absolute URL");
        change(&mut url);
        url.to_string()
    }

    #[test]
    fn what_is_encoded_stays_and_what_is_not_becomes_so() {
        assert_eq!(
            changed("https://a.example/b c/ü?q=a%20b&n=Zürich x&t=1+2", |_| {}),
            "https://a.example/b%20c/%C3%BC?q=a%20b&n=Z%C3%BCrich%20x&t=1+2"
        );
    }

    #[test]
    fn a_parameter_is_replaced_in_its_place() {
        assert_eq!(
            changed("https://a.example/?page=0&size=5&page=7#end", |url| set_parameter(url, "page", "2")),
            "https://a.example/?page=2&size=5#end"
        );
        assert_eq!(
            changed("https://a.example", |url| set_parameter(url, "page", "2")),
            "https://a.example/?page=2"
        );
    }

    #[test]
    fn given_parameters_never_double_one_that_is_there() {
        assert_eq!(
            changed("https://a.example/?api%5Fkey=1#x", |url| add_missing_raw(url, "?api_key=2&v=a%2Fb")),
            "https://a.example/?api%5Fkey=1&v=a%2Fb#x"
        );
    }

    #[test]
    fn links_resolve_against_the_page_they_came_from() {
        let join = |link: &str| join("https://a.example/v1/items?x=1", link).map(String::from);
        assert_eq!(join("?after=9").as_deref(), Some("https://a.example/v1/items?after=9"));
        assert_eq!(join("/v2").as_deref(), Some("https://a.example/v2"));
        assert_eq!(join("//b.example/z").as_deref(), Some("https://b.example/z"));
        assert_eq!(join("javascript:alert(1)"), None);
    }
}
