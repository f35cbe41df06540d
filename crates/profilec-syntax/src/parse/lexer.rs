//! Cuts a text into tags and leaves.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use quick_xml::{Reader, events::Event};

use super::character::{is_name_start, run};
use super::findings::Findings;
use super::{character::is_name, comment, tag};
use crate::tree::{Tag, TagEnd, TreeNode};

/// A tag or a leaf.
#[derive(Debug)]
pub(super) enum Token {
    Start(Tag),
    End(Tag),
    Leaf(TreeNode),
}

/// A text in tokens, which cover it.
#[derive(Debug)]
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    /// Where the tag, comment or other markup starts in whose midst the file ends.
    pub(super) cut: Option<u32>,
}

/// Markup other than tags, which quick-xml delimits.
#[derive(Clone, Copy)]
enum Markup {
    Comment,
    CData,
    Doctype,
    Instruction,
}

/// The tokens of a text from an offset on.
pub(super) fn lex(text: &str, start: usize, findings: &mut Findings) -> Lexed {
    let mut lexer = Lexer {
        text,
        complete: is_complete(&text[start..]),
        unclosed: [false; 4],
        lexed: Lexed { tokens: Vec::new(), cut: None },
        findings,
    };
    let mut at = start;
    if text[start..].starts_with('\u{FEFF}') {
        at += '\u{FEFF}'.len_utf8();
        lexer.leaf(TreeNode::ByteOrderMark, start..at);
    }
    while at < text.len() {
        at = lexer.token(at);
    }
    lexer.lexed
}

/// Whether a text ends as a whole profile does: with an end tag for its first element, or for a script.
/// Then markup that nothing closes was forgotten, not cut off.
fn is_complete(text: &str) -> bool {
    let Some(tail) = text.trim_end().strip_suffix('>') else { return false };
    let Some((_, last)) = tail.rsplit_once("</") else { return false };
    let last = last.trim_end();
    let first =
        text.match_indices('<').map(|(at, _)| &text[at + 1..]).find(|after| after.starts_with(is_name_start));
    first.is_some_and(|first| first[..run(first, is_name)] == *last)
        || last.to_ascii_lowercase().ends_with("script")
}

struct Lexer<'a> {
    text: &'a str,
    complete: bool,
    /// Which kinds of markup have no end in the rest of the text; it is not searched for again.
    unclosed: [bool; 4],
    lexed: Lexed,
    findings: &'a mut Findings,
}

impl Lexer<'_> {
    fn leaf(&mut self, node: fn(Span) -> TreeNode, range: std::ops::Range<usize>) {
        self.lexed.tokens.push(Token::Leaf(node(Span::from_range(range))));
    }

    /// Reads the token at `at` and says where the next starts.
    fn token(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        match opener(rest) {
            Opener::Tag => self.tag(at),
            Opener::Markup(markup) => self.markup(at, markup),
            Opener::Cut => {
                self.cut(at);
                self.leaf(TreeNode::Text, at..self.text.len());
                self.text.len()
            }
            Opener::None => {
                let is_markup = |&(start, _): &(usize, &str)| !matches!(opener(&rest[start..]), Opener::None);
                let length = rest.match_indices('<').find(is_markup).map_or(rest.len(), |(start, _)| start);
                self.leaf(TreeNode::Text, at..at + length);
                at + length
            }
        }
    }

    fn tag(&mut self, at: usize) -> usize {
        let tag = tag::scan(self.text, at, self.complete, self.findings);
        let end = tag.span.range().end;
        if tag.end == TagEnd::Cut {
            self.cut(at);
        }
        let is_end_tag = self.text[at..].starts_with("</");
        self.lexed.tokens.push(if is_end_tag { Token::End(tag) } else { Token::Start(tag) });
        end
    }

    fn cut(&mut self, at: usize) {
        self.lexed.cut = Some(Span::from_range(at..at).start());
    }

    fn markup(&mut self, at: usize, markup: Markup) -> usize {
        let rest = &self.text[at..];
        let known_unclosed = self.unclosed[markup as usize];
        let closed = if known_unclosed { None } else { length(rest) };
        let end = closed.map_or_else(|| self.unclosed_end(at, markup), |length| at + length);
        let node = match markup {
            Markup::Comment => TreeNode::Comment,
            Markup::CData => TreeNode::CData,
            Markup::Doctype => TreeNode::Doctype,
            Markup::Instruction => TreeNode::Instruction,
        };
        self.leaf(node, at..end);
        match markup {
            Markup::Doctype => self.report_doctype(at, rest),
            Markup::Comment if closed.is_some() => self.report_in_comment(at, end),
            _ => {}
        }
        end
    }

    /// Where markup ends that nothing closes: at the end of a file that was cut off, else where it must
    /// have been meant to.
    fn unclosed_end(&mut self, at: usize, markup: Markup) -> usize {
        self.unclosed[markup as usize] = true;
        if !self.complete {
            self.cut(at);
            return self.text.len();
        }
        let rest = &self.text[at..];
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (what, open, close, length) = match markup {
            Markup::Comment => ("comment", "<!--", "-->", line),
            Markup::CData => ("CDATA section", "<![CDATA[", "]]>", rest.find("</").unwrap_or(line)),
            Markup::Doctype => {
                ("DOCTYPE", "<!DOCTYPE", ">", rest[..line].find('>').map_or(line, |end| end + 1))
            }
            Markup::Instruction => {
                ("instruction", "<?", "?>", rest[..line].find('>').map_or(line, |end| end + 1))
            }
        };
        let length = length.max(open.len()).min(rest.len());
        let code = match markup {
            Markup::Comment => &codes::xml::comment_unclosed,
            _ => &codes::xml::tag_unclosed,
        };
        let place = Label::new(Span::from_range(at..at + open.len()), "opened here");
        self.findings.push(
            Diagnostic::new(code, format!("the {what} is never closed"), place)
                .help(format!("write `{close}` where it ends")),
        );
        at + length
    }

    fn report_doctype(&mut self, at: usize, rest: &str) {
        let open = Span::from_range(at..at + "<!DOCTYPE".len().min(rest.len()));
        self.findings.push(
            Diagnostic::new(
                &codes::xml::doctype,
                "a profile may not have a DOCTYPE",
                Label::new(open, "skipped with all that it declares"),
            )
            .help("remove it, and write its entities out"),
        );
    }

    /// XML ends a comment at the first `-->`: one that was not closed swallows what follows, up to the end
    /// of the next.
    fn report_in_comment(&mut self, at: usize, end: usize) {
        let inner = self.text.get(at + 4..end).unwrap_or_default();
        let Some(second) = inner.find("<!--") else {
            self.findings.extend(comment::hyphens(self.text, at..end));
            return;
        };
        let second = at + 4 + second;
        self.findings.push(
            Diagnostic::new(
                &codes::xml::comment_unclosed,
                "the comment is not closed before the next one opens",
                Label::new(Span::from_range(at..at + 4), "all up to the next `-->` is a comment"),
            )
            .label(Label::new(Span::from_range(second..second + 4), "the next one"))
            .help("write `-->` where the first comment ends; comments do not nest"),
        );
    }
}

enum Opener {
    Tag,
    Markup(Markup),
    /// The file ends before it can be told.
    Cut,
    /// No markup starts here.
    None,
}

/// What starts at the start of a text.
fn opener(rest: &str) -> Opener {
    let Some(after) = rest.strip_prefix('<') else { return Opener::None };
    let begins = |word: &str| after.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match after.chars().next() {
        None => Opener::Cut,
        Some('?') => Opener::Markup(Markup::Instruction),
        Some('!') if begins("!--") => Opener::Markup(Markup::Comment),
        Some('!') if after.starts_with("![CDATA[") => Opener::Markup(Markup::CData),
        Some('!') if begins("!DOCTYPE") => Opener::Markup(Markup::Doctype),
        Some('!') if ["!--", "![CDATA[", "!DOCTYPE"].iter().any(|word| word.starts_with(after)) => {
            Opener::Cut
        }
        Some(next) if next == '/' || is_name_start(next) => Opener::Tag,
        Some(_) => Opener::None,
    }
}

/// The length of the comment, CDATA section, DOCTYPE or instruction that a text starts with, as quick-xml
/// sees it; `None` if it is not closed.
fn length(rest: &str) -> Option<usize> {
    let mut reader = Reader::from_str(rest);
    match reader.read_event() {
        Ok(Event::Comment(_) | Event::CData(_) | Event::DocType(_) | Event::PI(_) | Event::Decl(_)) => {
            usize::try_from(reader.buffer_position()).ok()
        }
        _ => None,
    }
}
