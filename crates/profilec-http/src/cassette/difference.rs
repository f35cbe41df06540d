//! How a request differs from a recorded one.

use super::Asked;

/// The recorded request that shares most of its URL with the one that was asked.
pub(super) fn closest<'r, R>(
    recorded: &'r [R],
    request_of: impl Fn(&R) -> &Asked,
    asked: &Asked,
) -> Option<&'r R> {
    // Of equals the first: `max_by_key` takes the last.
    recorded.iter().rev().max_by_key(|one| {
        let one = request_of(one);
        (shared(&one.url, &asked.url), one.method == asked.method, one.body == asked.body)
    })
}

/// In words, for after "where": the first part that differs, or every parameter that does.
pub(super) fn difference(recorded: &Asked, asked: &Asked) -> String {
    if recorded.method != asked.method {
        return format!("the method is `{}`", recorded.method);
    }
    let (recorded_path, recorded_query) = split(&recorded.url);
    let (asked_path, asked_query) = split(&asked.url);
    if recorded_path != asked_path {
        return format!("the URL is `{}`", recorded.url);
    }
    let mut stories = Vec::new();
    for (name, value) in &recorded_query {
        match asked_query.iter().find(|(other, _)| other == name) {
            Some((_, other)) if other == value => {}
            Some((_, other)) => stories.push(format!("`{name}` is `{value}`, not `{other}`")),
            None => stories.push(format!("`{name}` is `{value}`, not absent")),
        }
    }
    for (name, value) in &asked_query {
        if !recorded_query.iter().any(|(other, _)| other == name) {
            stories.push(format!("`{name}` is absent, not `{value}`"));
        }
    }
    if !stories.is_empty() {
        return stories.join(" and ");
    }
    if recorded.url != asked.url {
        return format!("the parameters stand in another order: `{}`", recorded.url);
    }
    "the request body is another".to_owned()
}

fn split(url: &str) -> (&str, Vec<(&str, &str)>) {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    (path, pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect())
}

/// Bytes that two texts have in common at their ends.
fn shared(one: &str, other: &str) -> usize {
    let front = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let room = one.len().min(other.len()) - front;
    front + one.bytes().rev().zip(other.bytes().rev()).take(room).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(url: &str) -> Asked {
        Asked { method: "GET".to_owned(), url: url.to_owned(), ..Asked::default() }
    }

    #[test]
    fn parameters_that_differ_are_named() {
        let story = difference(&asked("http://h/a?page=2&size=5"), &asked("http://h/a?page=3&sort=id"));
        assert_eq!(
            story,
            "`page` is `2`, not `3` and `size` is `5`, not absent and `sort` is absent, not `id`"
        );
    }

    #[test]
    fn order_and_path_matter() {
        assert_eq!(difference(&asked("http://h/a"), &asked("http://h/b")), "the URL is `http://h/a`");
        assert_eq!(
            difference(&asked("http://h/a?x=1&y=2"), &asked("http://h/a?y=2&x=1")),
            "the parameters stand in another order: `http://h/a?x=1&y=2`"
        );
    }

    #[test]
    fn the_closest_shares_most_and_comes_first() {
        let recorded = [asked("http://h/b?page=1"), asked("http://h/a?page=1"), asked("http://h/a?page=2")];
        let near = closest(&recorded, |one| one, &asked("http://h/a?page=3"));
        assert_eq!(near.map(|one| one.url.as_str()), Some("http://h/a?page=1"));
    }
}
