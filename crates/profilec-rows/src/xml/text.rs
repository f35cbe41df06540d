//! Texts of XML values: references resolved, CDATA taken in, comments and instructions left out.

use quick_xml::events::BytesRef;

/// The character that `&name;` stands for: one of the five of XML, or a number. Others are declared in a
/// document type, which is never read.
pub(super) fn reference(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        other => BytesRef::new(other).resolve_char_ref().ok().flatten(),
    }
}

/// The first reference that stands for nothing, or a lone `&`: its place in `source`.
pub(super) fn unknown_reference(source: &str) -> Option<usize> {
    memchr::memchr_iter(b'&', source.as_bytes()).find(|&at| {
        let name = source[at + 1..].split_once(';').map(|(name, _)| name);
        name.and_then(reference).is_none()
    })
}

/// Decodes the content of an element without children. Its references are known to be good.
pub(crate) fn decode_characters(source: &str, out: &mut String) {
    let mut rest = source;
    while let Some(at) = rest.find(['&', '<', '\r']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(cdata) = rest.strip_prefix("<![CDATA[") {
            let (inside, after) = cdata.split_once("]]>").unwrap_or((cdata, ""));
            push_lines(inside, out);
            rest = after;
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with('<') {
            rest = rest.split_once("?>").map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix('\r') {
            out.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
        } else {
            rest = resolve(rest, out);
        }
    }
    out.push_str(rest);
}

/// Decodes an attribute's value; line breaks and tabs in it are blanks.
pub(crate) fn decode_attribute(source: &str, out: &mut String) {
    let mut rest = source;
    while let Some(at) = rest.find(['&', '\t', '\n', '\r']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            rest = resolve(rest, out);
        } else {
            out.push(' ');
            rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
        }
    }
    out.push_str(rest);
}

/// Resolves the reference at the start; gives what follows it.
fn resolve<'s>(source: &'s str, out: &mut String) -> &'s str {
    let Some((name, after)) = source[1..].split_once(';') else { return "" };
    out.extend(reference(name));
    after
}

/// Line breaks are `\n`, however they were written.
fn push_lines(source: &str, out: &mut String) {
    let mut pieces = source.split('\r');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push('\n');
        out.push_str(piece.strip_prefix('\n').unwrap_or(piece));
    }
}

#[cfg(test)]
mod tests {
    use super::{decode_attribute, decode_characters, unknown_reference};

    #[test]
    fn text_is_put_together_from_its_pieces() {
        let mut out = String::new();
        decode_characters("a &lt;&#38;&#x41;<![CDATA[<b> & ]] \r\n]]><!-- no --><?no?>\r\nz\r", &mut out);
        assert_eq!(out, "a <&A<b> & ]] \n\nz\n");
    }

    #[test]
    fn an_attribute_has_no_line_breaks() {
        let mut out = String::new();
        decode_attribute("a\r\nb\tc &quot;&#10;<!--", &mut out);
        assert_eq!(out, "a b c \"\n<!--");
    }

    #[test]
    fn references_that_stand_for_nothing_are_found() {
        assert_eq!(unknown_reference("&amp;&#x41;"), None);
        for source in ["ab&eacute;", "ab&", "ab&#0;", "ab&#xd800;", "ab& c;"] {
            assert_eq!(unknown_reference(source), Some(2), "{source}");
        }
    }
}
