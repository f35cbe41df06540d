//! The scanner of one tag.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};

use super::character::{is_blank, is_curly_quote, is_name, is_xml_blank, run, shown};
use super::findings::Findings;
use super::names::is_keyword;
use super::quote::{ValueEnd, plain_value, value_end};
use crate::tree::{Piece, PieceKind, Tag, TagEnd};

/// Scans the tag that starts at `at` with `<` or `</`. `complete` says that the file was not cut off.
pub(super) fn scan(text: &str, at: usize, complete: bool, findings: &mut Findings) -> Tag {
    let mut scanner = Scanner { text, at, complete, pieces: Vec::new(), blanks: Vec::new(), findings };
    let is_end_tag = text[at..].starts_with("</");
    scanner.take(PieceKind::Open, if is_end_tag { 2 } else { 1 });
    if is_end_tag {
        scanner.blank_before_name();
    }
    let length = scanner.name_length();
    let name = scanner.take(PieceKind::Name, length);
    let end = if is_end_tag { scanner.nothing_more() } else { scanner.attributes(name) };
    scanner.report_blanks(name);
    scanner.report_junk(name, end);
    let span = Span::from_range(at..scanner.at);
    Tag { name, pieces: scanner.pieces, end, span }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    complete: bool,
    pieces: Vec<Piece>,
    /// Blanks between attributes that XML does not take for blanks.
    blanks: Vec<Span>,
    findings: &'a mut Findings,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn slice(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    fn take(&mut self, kind: PieceKind, length: usize) -> Span {
        let span = Span::from_range(self.at..self.at + length);
        self.at += length;
        self.pieces.push(Piece { kind, span });
        span
    }

    /// `</ name>`.
    fn blank_before_name(&mut self) {
        let length = run(self.rest(), is_blank);
        if length > 0 && self.rest()[length..].starts_with(is_name) {
            self.take(PieceKind::Junk, length);
        }
    }

    /// The length of the tag's name. `api;set` is one: the slip is reported here, and the name is read as meant.
    fn name_length(&mut self) -> usize {
        let rest = self.rest();
        let length = run(rest, is_name);
        let after = rest[length..].strip_prefix(';').filter(|_| is_keyword(&rest[..length]));
        let local = after.map_or(0, |after| run(after, is_name));
        if local == 0 {
            return length;
        }
        let place = Span::from_range(self.at + length..self.at + length + 1);
        let name = &rest[..length + 1 + local];
        self.findings.push(
            Diagnostic::new(
                &codes::xml::stray_character,
                format!("`;` in the name `{}`", shown(name)),
                Label::new(place, "a colon stands between prefix and name"),
            )
            .help("write `:`; it is read as if it were")
            .fix(Fix::safe("write `:`", vec![Edit { span: place, text: ":".to_owned() }])),
        );
        length + 1 + local
    }

    /// Everything after the name of an end tag, which should be nothing.
    fn nothing_more(&mut self) -> TagEnd {
        loop {
            self.blank();
            match self.rest().chars().next() {
                None => return TagEnd::Cut,
                Some('<') => return TagEnd::Missing,
                Some('>') => {
                    self.take(PieceKind::Close, 1);
                    return TagEnd::Open;
                }
                Some(_) => {
                    let length = run(self.rest(), |c| !is_blank(c) && !matches!(c, '>' | '<'));
                    self.take(PieceKind::Junk, length);
                }
            }
        }
    }

    /// Everything after the name.
    fn attributes(&mut self, tag: Span) -> TagEnd {
        let mut slash = false;
        loop {
            self.blank();
            let rest = self.rest();
            let Some(next) = rest.chars().next() else { return TagEnd::Cut };
            if next == '>' {
                self.take(PieceKind::Close, 1);
                return if slash { TagEnd::Empty } else { TagEnd::Open };
            }
            if next == '<' {
                return TagEnd::Missing;
            }
            if rest.starts_with("/>") {
                self.take(PieceKind::Close, 2);
                return TagEnd::Empty;
            }
            slash = false;
            if matches!(next, '/' | '\\') {
                // `/ >` and `\>` are meant to close the element; the slash is reported with the junk.
                slash = rest[1..].trim_start_matches(is_blank).starts_with('>');
                self.take(PieceKind::Junk, 1);
            } else if is_name(next) {
                self.attribute(tag);
            } else {
                let length =
                    run(rest, |c| !is_blank(c) && !is_name(c) && !matches!(c, '>' | '<' | '/' | '\\'));
                self.take(PieceKind::Junk, length);
            }
        }
    }

    fn blank(&mut self) {
        let length = run(self.rest(), is_blank);
        if length == 0 {
            return;
        }
        let span = self.take(PieceKind::Blank, length);
        let mut at = span.start() as usize;
        while let Some(skipped) = self.text[at..span.range().end].find(|c| !is_xml_blank(c)) {
            let start = at + skipped;
            at = start + run(&self.text[start..span.range().end], |c| !is_xml_blank(c));
            self.blanks.push(Span::from_range(start..at));
        }
    }

    fn attribute(&mut self, tag: Span) {
        let length = run(self.rest(), is_name);
        if self.equals_left_out(tag, length) {
            return;
        }
        let name = self.take(PieceKind::AttributeName, length);
        self.blank();
        if !self.rest().starts_with('=') {
            self.value_missing(tag, name, "stands without `=` and a value");
            return;
        }
        self.take(PieceKind::Equals, 1);
        self.blank();
        let doubled = run(self.rest(), |c| c == '=' || is_blank(c));
        if doubled > 0 {
            self.take(PieceKind::Junk, doubled);
        }
        match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(name, quote),
            Some(quote) if is_curly_quote(quote) => self.curly(name, quote),
            None | Some('>' | '<') => self.value_missing(tag, name, "no value after `=`"),
            Some(_) if self.rest().starts_with("/>") => self.value_missing(tag, name, "no value after `=`"),
            Some(_) => self.unquoted(name),
        }
    }

    /// `name "value"` or `name:"value"`; reads it if it is that. `length` is that of the name.
    fn equals_left_out(&mut self, tag: Span, length: usize) -> bool {
        let written = &self.rest()[..length];
        let bare = written.trim_end_matches(':').len();
        let blanks = run(&self.rest()[length..], is_blank);
        let open = self.at + length + blanks;
        let Some(quote @ ('"' | '\'')) = self.text[open..].chars().next() else { return false };
        let Some(end) = plain_value(self.text, open + 1, quote) else { return false };
        if bare == 0 {
            return false;
        }
        let name = self.take(PieceKind::AttributeName, bare);
        let equals =
            if length > bare { self.take(PieceKind::Equals, length - bare) } else { Span::at(name.end()) };
        self.blank();
        self.take(PieceKind::OpenQuote, 1);
        self.value_to(end);
        self.take(PieceKind::CloseQuote, 1);
        let message = format!("attribute `{}` of `{}` has no `=`", self.slice(name), self.slice(tag));
        let edits = vec![Edit { span: equals, text: "=".to_owned() }];
        self.findings.push(
            Diagnostic::new(
                &codes::xml::attribute_value_missing,
                message,
                Label::new(name, "no `=` before its value"),
            )
            .help(format!("write `{}=\"…\"`", self.slice(name)))
            .fix(Fix::safe("write `=`", edits)),
        );
        true
    }

    fn value_missing(&mut self, tag: Span, name: Span, label: &str) {
        let message = format!("attribute `{}` of `{}` has no value", self.slice(name), self.slice(tag));
        self.findings.push(
            Diagnostic::new(&codes::xml::attribute_value_missing, message, Label::new(name, label))
                .help(format!("write `{}=\"…\"`, or remove it", self.slice(name))),
        );
    }

    fn quoted(&mut self, name: Span, quote: char) {
        let open = self.take(PieceKind::OpenQuote, 1);
        let start = self.at;
        match value_end(self.text, start, quote, self.complete) {
            ValueEnd::Quote(at) => self.value_to(at),
            ValueEnd::QuoteAfterInner(at) => {
                self.inner_quotes(name, start..at, quote);
                self.value_to(at);
            }
            ValueEnd::Missing(at) if self.other_quote(start, at, quote) => {
                self.value_to(at - 1);
                let close = self.take(PieceKind::CloseQuote, 1);
                let message = format!("the value of `{}` ends with another quote", self.slice(name));
                self.findings.push(
                    Diagnostic::new(&codes::xml::quote_unclosed, message, Label::new(open, "opened here"))
                        .label(Label::new(close, "not the same quote"))
                        .help(format!("write `{quote}` on both sides"))
                        .fix(Fix::safe(
                            format!("write `{quote}` at the end"),
                            vec![Edit { span: close, text: quote.to_string() }],
                        )),
                );
                return;
            }
            ValueEnd::Missing(at) => {
                self.take(PieceKind::Value, at - start);
                let message = format!("the value of `{}` has no end quote", self.slice(name));
                self.findings.push(
                    Diagnostic::new(&codes::xml::quote_unclosed, message, Label::new(open, "opened here"))
                        .help(format!("write `{quote}` where the value ends"))
                        .fix(Fix::risky(
                            format!("write `{quote}` after the value"),
                            vec![Edit { span: Span::from_range(at..at), text: quote.to_string() }],
                        )),
                );
                return;
            }
            ValueEnd::Cut => {
                let length = self.rest().len();
                self.take(PieceKind::Value, length);
                return;
            }
        }
        let close = self.take(PieceKind::CloseQuote, 1);
        if self.rest().starts_with(is_name) {
            let after = Span::at(close.end());
            let next = run(self.rest(), is_name);
            let place = Span::from_range(self.at..self.at + next);
            let message = format!("no blank before attribute `{}`", self.slice(place));
            self.findings.push(
                Diagnostic::new(
                    &codes::xml::blank_missing,
                    message,
                    Label::new(place, "touches the quote before"),
                )
                .help("put a blank between attributes")
                .fix(Fix::safe("insert a blank", vec![Edit { span: after, text: " ".to_owned() }])),
            );
        }
    }

    /// Whether a value without its end quote ends with the other one, which is nowhere else in it.
    fn other_quote(&self, start: usize, end: usize, quote: char) -> bool {
        let other = if quote == '"' { '\'' } else { '"' };
        self.text[start..end]
            .strip_suffix(other)
            .is_some_and(|value| !value.is_empty() && !value.contains(other))
    }

    fn value_to(&mut self, end: usize) {
        self.take(PieceKind::Value, end - self.at);
    }

    fn inner_quotes(&mut self, name: Span, value: std::ops::Range<usize>, quote: char) {
        let entity = if quote == '"' { "&quot;" } else { "&apos;" };
        let edits: Vec<Edit> = self.text[value.clone()]
            .match_indices(quote)
            .map(|(at, _)| {
                let start = value.start + at;
                Edit { span: Span::from_range(start..start + 1), text: entity.to_owned() }
            })
            .collect();
        let Some(first) = edits.first() else { return };
        let message = format!("unescaped `{quote}` inside the value of `{}`", self.slice(name));
        self.findings.push(
            Diagnostic::new(
                &codes::xml::quote_in_value,
                message,
                Label::new(first.span, "would end the value here"),
            )
            .help(format!("write `{entity}` inside a value in `{quote}`"))
            .fix(Fix::safe(format!("write `{entity}`"), edits)),
        );
    }

    fn curly(&mut self, name: Span, quote: char) {
        let open = quote.len_utf8();
        let end = |c: char| is_curly_quote(c) || matches!(c, '"' | '>' | '<' | '\n');
        let value = self.rest()[open..].find(end).map(|at| &self.rest()[open..open + at]);
        let close = value.and_then(|value| self.rest()[open + value.len()..].chars().next());
        match (value, close) {
            (Some(value), Some(close)) if is_curly_quote(close) || close == '"' => {
                let open = self.take(PieceKind::OpenQuote, open);
                self.take(PieceKind::Value, value.len());
                let close = self.take(PieceKind::CloseQuote, close.len_utf8());
                let message = format!("the value of `{}` stands in typographic quotes", self.slice(name));
                let edits = [open, close].map(|span| Edit { span, text: "\"".to_owned() }).to_vec();
                self.findings.push(
                    Diagnostic::new(
                        &codes::xml::attribute_unquoted,
                        message,
                        Label::new(open, "not a quote of XML"),
                    )
                    .help("XML takes `\"` and `'` only")
                    .fix(Fix::safe("write plain quotes", edits)),
                );
            }
            _ => self.unquoted(name),
        }
    }

    fn unquoted(&mut self, name: Span) {
        let rest = self.rest();
        let ends = |(at, c): &(usize, char)| {
            is_blank(*c) || matches!(c, '>' | '<') || (*c == '/' && rest[*at..].starts_with("/>"))
        };
        let length = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
        let raw = &rest[..length];
        let bare = raw.trim_end_matches(['"', '\'']);
        let value = self.take(PieceKind::Value, bare.len());
        let close =
            (raw.len() > bare.len()).then(|| self.take(PieceKind::CloseQuote, raw.len() - bare.len()));
        let quote = if bare.contains('"') { "'" } else { "\"" };
        let message = format!("the value of `{}` is not quoted", self.slice(name));
        let label = if close.is_some() { "its opening quote is missing" } else { "stands without quotes" };
        let after = close.unwrap_or(Span::at(value.end()));
        let edits = vec![
            Edit { span: Span::at(value.start()), text: quote.to_owned() },
            Edit { span: after, text: quote.to_owned() },
        ];
        let place = if value.is_empty() { after } else { value };
        self.findings.push(
            Diagnostic::new(&codes::xml::attribute_unquoted, message, Label::new(place, label))
                .help(format!("write `{}={quote}…{quote}`", self.slice(name)))
                .fix(Fix::safe("put the value in quotes", edits)),
        );
    }

    fn report_blanks(&mut self, tag: Span) {
        let Some(first) = self.blanks.first().copied() else { return };
        let found = self.slice(first).chars().next().unwrap_or('\u{A0}');
        let what = if found == '\u{A0}' { "no-break space" } else { "blank that XML does not know" };
        let message = format!("{what} (U+{:04X}) in the tag `{}`", u32::from(found), self.slice(tag));
        let edits = self.blanks.iter().map(|span| Edit { span: *span, text: " ".to_owned() }).collect();
        self.findings.push(
            Diagnostic::new(
                &codes::xml::no_break_space,
                message,
                Label::new(first, "no blank to an XML parser"),
            )
            .help("write plain spaces; such blanks come with text pasted from a page or document")
            .fix(Fix::safe("write plain spaces", edits)),
        );
    }

    /// One finding for all the junk of a tag. The slash of a tag without `>` is none.
    fn report_junk(&mut self, tag: Span, end: TagEnd) {
        let mut junk: Vec<Span> = self
            .pieces
            .iter()
            .filter(|piece| piece.kind == PieceKind::Junk)
            .map(|piece| piece.span)
            .collect();
        let last = self.pieces.iter().rfind(|piece| piece.kind != PieceKind::Blank).map(|piece| piece.span);
        if end == TagEnd::Missing {
            junk.pop_if(|span| Some(*span) == last && self.slice(*span) == "/");
        }
        let Some(first) = junk.first().copied() else { return };
        let message = format!("stray `{}` in the tag `{}`", shown(self.slice(first)), self.slice(tag));
        let closes = end == TagEnd::Empty
            && self.slice(Span::new(first.end(), self.end())).trim_start_matches(is_blank) == ">";
        let (help, fix) = if closes {
            let close = Span::new(first.start(), self.end());
            ("close it with `/>`", Fix::safe("write `/>`", vec![Edit { span: close, text: "/>".to_owned() }]))
        } else if self.pieces.first().is_some_and(|open| self.slice(open.span) == "</") {
            let edits = junk.iter().map(|span| Edit { span: *span, text: String::new() }).collect();
            ("remove it; an end tag holds its name alone", Fix::safe("remove it", edits))
        } else {
            let edits = junk.iter().map(|span| Edit { span: *span, text: String::new() }).collect();
            ("remove it; attributes are separated by blanks alone", Fix::safe("remove it", edits))
        };
        self.findings.push(
            Diagnostic::new(
                &codes::xml::stray_character,
                message,
                Label::new(first, "belongs to no attribute"),
            )
            .help(help)
            .fix(fix),
        );
    }

    fn end(&self) -> u32 {
        Span::from_range(self.at..self.at).start()
    }
}
