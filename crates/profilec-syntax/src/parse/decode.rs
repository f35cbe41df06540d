//! From text as written to text as meant, with the way back.
//!
//! Only XML's five entities and numeric references are decoded, and only with their `;`: `&copy=1` in a
//! URL is a parameter. Line ends become LF. A line break or tab inside an attribute value stays what it
//! is, although XML would make it a space: authors who break a value mean the break.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use quick_xml::{escape::resolve_xml_entity, events::BytesRef};

use super::character::{is_forbidden_control, run, shown};
use super::entities::html_entity;
use super::findings::Findings;
use crate::Text;

/// Gathers one decoded text from one or more pieces of the file.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    decoded: String,
    steps: Vec<(u32, u32)>,
    span: Option<Span>,
    faults: Faults,
}

/// Whose text it is, for messages.
#[derive(Clone, Copy)]
pub(super) enum Owner<'a> {
    /// An attribute's value.
    Value(&'a str),
    /// The text in an element.
    Text(&'a str),
}

impl std::fmt::Display for Owner<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(name) => write!(out, "the value of `{name}`"),
            Self::Text(name) => write!(out, "the text of `{name}`"),
        }
    }
}

/// What is wrong in a text, by kind: one finding each.
#[derive(Debug, Default)]
struct Faults {
    ampersands: Vec<Span>,
    less_than: Vec<Span>,
    entities: Vec<Span>,
    controls: Vec<Span>,
}

impl Decoder {
    /// Adds a piece in which references count.
    pub(super) fn push(&mut self, text: &str, span: Span) {
        self.extend(span);
        let raw = &text[span.range()];
        let bytes = raw.as_bytes();
        let base = span.range().start;
        let mut at = 0;
        while at < bytes.len() {
            let plain = bytes[at..].iter().position(|byte| is_special(*byte)).unwrap_or(bytes.len() - at);
            self.copy(&raw[at..at + plain], base + at);
            at += plain;
            let Some(byte) = bytes.get(at) else { break };
            let place = Span::from_range(base + at..base + at + 1);
            match byte {
                b'&' => {
                    let reference = reference(&raw[at..]);
                    let length = reference.length();
                    match reference {
                        Reference::Char(c, length) => self.replace(c, base + at, length),
                        Reference::Bare => {
                            self.faults.ampersands.push(place);
                            self.copy("&", base + at);
                        }
                        Reference::Unknown(length) => {
                            self.faults.entities.push(Span::from_range(base + at..base + at + length));
                            self.copy(&raw[at..at + length], base + at);
                        }
                    }
                    at += length;
                }
                b'\r' => at += self.line_end(bytes, base, at),
                b'<' => {
                    self.faults.less_than.push(place);
                    self.copy("<", base + at);
                    at += 1;
                }
                _ => {
                    self.faults.controls.push(place);
                    self.copy(&raw[at..=at], base + at);
                    at += 1;
                }
            }
        }
    }

    /// Adds a piece that means what it says, as in CDATA; only line ends are made one kind.
    pub(super) fn push_verbatim(&mut self, text: &str, span: Span) {
        self.extend(span);
        let raw = &text[span.range()];
        let base = span.range().start;
        let mut at = 0;
        while at < raw.len() {
            let plain = raw[at..].find('\r').unwrap_or(raw.len() - at);
            self.copy(&raw[at..at + plain], base + at);
            at += plain;
            if at < raw.len() {
                at += self.line_end(raw.as_bytes(), base, at);
            }
        }
    }

    /// The text, and a finding for each kind of fault in it. `owner` says whose text it is.
    pub(super) fn finish(self, empty: Span, owner: Owner<'_>, text: &str, findings: &mut Findings) -> Text {
        self.faults.report(owner, text, findings);
        let span = self.span.unwrap_or(empty);
        if let Owner::Value(_) = owner {
            findings.extend(tab(owner, text, span));
        }
        if self.steps.is_empty() || self.steps == [(0, span.start())] {
            return Text::verbatim(self.decoded, span);
        }
        Text::decoded(self.decoded, span, self.steps)
    }

    fn extend(&mut self, span: Span) {
        self.span = Some(self.span.map_or(span, |whole| whole.cover(span)));
        self.step(span.range().start);
    }

    /// From here on, decoded text and source run in step.
    fn step(&mut self, source: usize) {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let step = (offset(self.decoded.len()), offset(source));
        match self.steps.last_mut() {
            Some(last) if last.0 == step.0 => *last = step,
            Some(last) if step.1 - last.1 == step.0 - last.0 => {}
            _ => self.steps.push(step),
        }
    }

    fn copy(&mut self, text: &str, source: usize) {
        if !text.is_empty() {
            self.step(source);
            self.decoded.push_str(text);
        }
    }

    fn replace(&mut self, c: char, source: usize, length: usize) {
        self.step(source);
        self.decoded.push(c);
        self.step(source + length);
    }

    fn line_end(&mut self, bytes: &[u8], base: usize, at: usize) -> usize {
        let length = if bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
        self.replace('\n', base + at, length);
        length
    }
}

const fn is_special(byte: u8) -> bool {
    matches!(byte, b'&' | b'\r' | b'<') || is_forbidden_control(byte as char)
}

/// What an `&` starts; lengths are those in the file.
enum Reference {
    Char(char, usize),
    Unknown(usize),
    Bare,
}

impl Reference {
    const fn length(&self) -> usize {
        match self {
            Self::Char(_, length) | Self::Unknown(length) => *length,
            Self::Bare => 1,
        }
    }
}

/// Reads the `&` at the start of a text.
fn reference(raw: &str) -> Reference {
    let after = &raw[1..];
    let hash = usize::from(after.starts_with('#'));
    let name =
        run(&after[hash..], |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')) + hash;
    if name == hash || !after[name..].starts_with(';') {
        return Reference::Bare;
    }
    let length = name + 2;
    let name = &after[..name];
    let known = if hash == 1 {
        let known = BytesRef::new(name).resolve_char_ref().ok().flatten();
        known.filter(|c| !is_forbidden_control(*c) && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    } else {
        resolve_xml_entity(name).and_then(|text| text.chars().next())
    };
    known.map_or(Reference::Unknown(length), |c| Reference::Char(c, length))
}

impl Faults {
    fn report(&self, owner: Owner<'_>, text: &str, findings: &mut Findings) {
        if let Some(first) = self.ampersands.first() {
            let message = counted("bare `&`", self.ampersands.len(), owner);
            findings.push(
                Diagnostic::new(&codes::xml::bare_ampersand, message, Label::new(*first, "starts no entity"))
                    .help("in XML `&` is written `&amp;`; it is read as if it were")
                    .fix(Fix::safe("write `&amp;`", edits(&self.ampersands, "&amp;"))),
            );
        }
        if let Some(first) = self.less_than.first() {
            let message = counted("bare `<`", self.less_than.len(), owner);
            findings.push(
                Diagnostic::new(&codes::xml::bare_less_than, message, Label::new(*first, "starts no tag"))
                    .help("in XML `<` is written `&lt;`; it is read as if it were")
                    .fix(Fix::safe("write `&lt;`", edits(&self.less_than, "&lt;"))),
            );
        }
        if let Some(first) = self.controls.first() {
            let found = u32::from(text.as_bytes().get(first.range().start).copied().unwrap_or_default());
            let message = format!("control character U+{found:04X} in {owner}");
            findings.push(
                Diagnostic::new(
                    &codes::xml::control_character,
                    message,
                    Label::new(*first, "not a character of XML"),
                )
                .help("remove it; XML 1.0 has no way to write it")
                .fix(Fix::risky("remove it", edits(&self.controls, ""))),
            );
        }
        self.report_entities(owner, text, findings);
    }

    fn report_entities(&self, owner: Owner<'_>, text: &str, findings: &mut Findings) {
        let Some(first) = self.entities.first() else { return };
        let name = &text[first.range()];
        let escaped =
            |span: &Span| Edit { span: Span::new(span.start(), span.start() + 1), text: "&amp;".to_owned() };
        let character = |span: &Span| {
            let code = html_entity(text[span.range()].trim_matches(['&', ';']))?;
            Some(Edit { span: *span, text: format!("&#{code};") })
        };
        let characters: Option<Vec<Edit>> = self.entities.iter().map(character).collect();
        let mut finding = Diagnostic::new(
            &codes::xml::unknown_entity,
            format!("unknown entity `{}` in {owner}", shown(name)),
            Label::new(*first, "XML does not know it; it stays as written"),
        )
        .fix(Fix::safe(
            format!("write `&amp;{}`, as it is read", &name[1..]),
            self.entities.iter().map(escaped).collect(),
        ));
        if let Some(characters) = characters {
            let written = characters[0].text.clone();
            finding = finding
                .help(format!("write `{written}` for the character, or `&amp;{}` for the text", &name[1..]))
                .fix(Fix::risky(format!("write the character, `{written}`"), characters));
        } else {
            finding = finding
                .help("XML knows `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` and numbers such as `&#160;`");
        }
        findings.push(finding);
    }
}

/// The finding about tabs in a value of one line. In a value of several lines they indent what is written there.
fn tab(owner: Owner<'_>, text: &str, span: Span) -> Option<Diagnostic> {
    let raw = text.get(span.range())?;
    let at = raw.find('\t').filter(|_| !raw.contains(['\n', '\r']))?;
    let place = span.range().start + at;
    Some(
        Diagnostic::new(
            &codes::xml::tab_in_value,
            format!("a tab in {owner}"),
            Label::new(Span::from_range(place..place + 1), "strict readers make a space of it"),
        )
        .help("write `&#9;` if a tab is meant, else a space"),
    )
}

fn counted(what: &str, count: usize, owner: Owner<'_>) -> String {
    match count {
        1 => format!("{what} in {owner}"),
        _ => format!("{what} in {owner}, {count} times"),
    }
}

fn edits(places: &[Span], text: &str) -> Vec<Edit> {
    places.iter().map(|span| Edit { span: *span, text: text.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(raw: &str) -> (Text, Vec<&'static str>) {
        let mut decoder = Decoder::default();
        let span = Span::from_range(0..raw.len());
        decoder.push(raw, span);
        let mut findings = Findings::default();
        let text = decoder.finish(span, Owner::Value("it"), raw, &mut findings);
        (text, findings.sorted(|_| true).iter().map(|finding| finding.code.id).collect())
    }

    #[test]
    fn only_the_entities_of_xml_are_decoded() {
        let (text, findings) = decode("&amp;&lt;&#65;&#x42;");
        assert_eq!((text.as_str(), findings.len()), ("&<AB", 0));
        let (text, findings) = decode("?a=1&count=2&copy=3&amp");
        assert_eq!(text.as_str(), "?a=1&count=2&copy=3&amp");
        assert_eq!(findings, ["profilec::xml::bare_ampersand"]);
        let (text, findings) = decode("a&nbsp;b&#0;");
        assert_eq!(text.as_str(), "a&nbsp;b&#0;");
        assert_eq!(findings, ["profilec::xml::unknown_entity"]);
    }

    #[test]
    fn every_line_end_becomes_one_line_feed() {
        let (text, findings) = decode("a\r\nb\rc\nd");
        assert_eq!((text.as_str(), findings.len()), ("a\nb\nc\nd", 0));
        assert_eq!(text.span_of(2..3), Span::new(3, 4));
        assert_eq!(text.span_of(1..2), Span::new(1, 3));
    }

    #[test]
    fn decoded_offsets_map_back_across_references() {
        let (text, _) = decode("a&amp;&amp;[b");
        assert_eq!(text.as_str(), "a&&[b");
        assert_eq!(text.span_of(1..2), Span::new(1, 6));
        assert_eq!(text.span_of(2..3), Span::new(6, 11));
        assert_eq!(text.span_of(3..4), Span::new(11, 12));
    }
}
