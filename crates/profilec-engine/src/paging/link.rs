//! The `Link` header (RFC 8288).

/// The target of the first link with relation `next`, as written. Several `Link` fields count as one.
pub(crate) fn next_link(headers: &[(String, String)]) -> Option<String> {
    let fields = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("link"));
    fields.flat_map(|(_, field)| links(field)).find(|link| link.is_next).map(|link| link.target)
}

struct Link {
    target: String,
    is_next: bool,
}

/// The links of one field. What is malformed ends the field.
fn links(field: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut rest = field;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let Some((target, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
            return links;
        };
        let (relations, after) = parameters(after);
        let is_next = relations
            .is_some_and(|names| names.split_whitespace().any(|name| name.eq_ignore_ascii_case("next")));
        links.push(Link { target: target.trim().to_owned(), is_next });
        rest = after;
    }
}

/// The first `rel` of a link's parameters, and the text from the comma that ends the link.
fn parameters(text: &str) -> (Option<String>, &str) {
    let mut relations = None;
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() || rest.starts_with(',') {
            return (relations, rest);
        }
        let end = rest.find(['=', ';', ',']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => (String::new(), after),
        };
        if name.trim().eq_ignore_ascii_case("rel") && relations.is_none() {
            relations = Some(value);
        }
        rest = after;
    }
}

/// A token or a quoted string, unescaped.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::next_link;

    fn next(fields: &[&str]) -> Option<String> {
        let headers: Vec<_> = fields.iter().map(|field| ("LINK".to_owned(), (*field).to_owned())).collect();
        next_link(&headers)
    }

    #[test]
    fn the_next_relation_is_found_in_every_spelling() {
        for field in [
            r#"<https://a.example/?p=2>; rel="next", <https://a.example/?p=9>; rel="last""#,
            "<https://a.example/?p=1>; rel=prev, <https://a.example/?p=2>; rel=next",
            r#"<https://a.example/?p=2>; REL="archives Next""#,
            r#"<https://a.example/?p=2>;title="a, \"b\"; rel=x";rel="next""#,
            r#"<https://a.example/?p=2>; rel = "next"; type="text/html""#,
        ] {
            assert_eq!(next(&[field]).as_deref(), Some("https://a.example/?p=2"), "{field}");
        }
    }

    #[test]
    fn commas_inside_a_target_and_several_fields_are_no_trouble() {
        assert_eq!(
            next(&["</x?ids=1,2,3>; rel=prev", "</x?ids=4,5;6>; rel=next"]).as_deref(),
            Some("/x?ids=4,5;6")
        );
    }

    #[test]
    fn without_a_next_relation_there_is_none() {
        for field in [
            "",
            "garbage",
            "<a>; rel=prev",
            "<a>; rel=\"nextish\"",
            "<a",
            "<a>; rel",
            "<a>; rel=prev; rel=next",
        ] {
            assert_eq!(next(&[field]), None, "{field}");
        }
    }
}
