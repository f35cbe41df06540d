//! How the next page is found, as a call's inputs say.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::Capture;
use profilec_syntax::{Anchor, Path, Step, Text, parse_path};
use profilec_vocabulary::ResponseFormat;

use super::link::next_link;
use crate::request::OperationInputs;
use crate::script::{Value, is_true};
use crate::{PageSeen, Seen};

/// A call's way from page to page.
#[derive(Clone, Debug)]
pub(crate) struct Pager {
    /// How the next page is found.
    pub(crate) how: How,
    /// `EnablePaging` is on: its place.
    pub(crate) enabled: Option<Span>,
    /// The place that says how: `PageNumberParam`, `pageurlpath`, …; the call's for scripted paging.
    pub(crate) origin: Span,
    /// `PageSize`.
    pub(crate) size: Option<u64>,
    size_parameter: Option<(String, String)>,
    has_more: Option<Locator>,
    total: Option<Locator>,
    page_count: Option<Locator>,
    /// The mapped values that the script can make its marker from: `ElementMapPath#`.
    pub(crate) mapped: usize,
}

/// The strategies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// The script sets `rows@next`.
    Scripted,
    /// The response has the next page's URL.
    Link(Locator),
    /// The response has a token that goes into a parameter.
    Token { from: Locator, parameter: String },
    /// Pages are numbered.
    Number { parameter: String, start: u64 },
    /// Rows are numbered.
    Offset { parameter: String, start: u64 },
}

/// Where a value of the response is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Locator {
    /// In the body: which capture.
    Capture(usize),
    /// In a header of this name.
    Header(String),
}

impl Locator {
    fn read(&self, seen: &PageSeen) -> Seen {
        match self {
            Self::Capture(at) => seen.page.captures.get(*at).cloned().unwrap_or_default(),
            Self::Header(name) if name.eq_ignore_ascii_case("link") => {
                next_link(&seen.headers).map_or(Seen::Absent, Seen::Value)
            }
            Self::Header(name) => {
                let header = seen.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
                header.map_or(Seen::Absent, |(_, value)| Seen::Value(value.trim().to_owned()))
            }
        }
    }

    /// What messages call it.
    pub(crate) fn describe(&self, captures: &[Capture]) -> String {
        match self {
            Self::Capture(at) => captures.get(*at).map_or_else(String::new, |capture| pointer(&capture.path)),
            Self::Header(name) => format!("header:{name}"),
        }
    }
}

impl Pager {
    /// Reads the paging inputs; paths that they name join the captures. Declarative paging wins over scripted.
    ///
    /// # Errors
    /// A path that cannot be read, a token path without its parameter.
    pub(crate) fn read(
        inputs: &OperationInputs<'_>,
        captures: &mut Vec<Capture>,
        format: ResponseFormat,
        call: Span,
    ) -> Result<Self, Diagnostic> {
        let mapped = captures.len();
        let switch = inputs.value(&["EnablePaging"]);
        let enabled = switch.filter(|switch| is_true(&switch.text)).map(|switch| place(switch, call));
        let size = inputs.text(&["PageSize"]).and_then(|size| size.trim().parse().ok());
        let size_parameter = inputs
            .text(&["PageSizeParam"])
            .zip(inputs.text(&["PageSize"]))
            .map(|(name, size)| (name.trim().to_owned(), size.trim().to_owned()));
        let mut locate = |name: &str| -> Result<Option<(Locator, Span)>, Diagnostic> {
            let Some(value) = given(inputs, name) else { return Ok(None) };
            let at = locator(name, value, captures, format)?;
            Ok(at.map(|at| (at, place(value, call))))
        };
        let (how, origin) = if let Some((from, origin)) = locate("pageurlpath")? {
            (How::Link(from), origin)
        } else if let Some((from, origin)) = locate("pagetokenpath")? {
            let Some(parameter) = inputs.text(&["pagetokenparam"]) else {
                return Err(Diagnostic::new(
                    &codes::structure::parameter_missing,
                    "`pagetokenpath` needs `pagetokenparam`",
                    Label::new(origin, "finds a token that no parameter carries"),
                )
                .help("set `pagetokenparam` to the name of the query parameter"));
            };
            (How::Token { from, parameter: parameter.trim().to_owned() }, origin)
        } else if let Some(value) = given(inputs, "PageNumberParam") {
            let (parameter, start) = parameter_and_start(&value.text, start_of(inputs, "firstpage", 1));
            (How::Number { parameter, start }, place(value, call))
        } else if let Some(value) = given(inputs, "PageOffsetParam") {
            let (parameter, start) = parameter_and_start(&value.text, start_of(inputs, "firstoffset", 0));
            (How::Offset { parameter, start }, place(value, call))
        } else {
            (How::Scripted, call)
        };
        let has_more = locate("hasmorepath")?.map(|(at, _)| at);
        let total = locate("totalpath")?.map(|(at, _)| at);
        let page_count = locate("pagecountpath")?.map(|(at, _)| at);
        Ok(Self { how, enabled, origin, size, size_parameter, has_more, total, page_count, mapped })
    }

    /// Whether the pages of one call lead on by themselves, without another pass over the script.
    pub(crate) fn walks_the_call(&self) -> bool {
        self.enabled.is_some() && self.how != How::Scripted
    }

    /// The number of all rows, where `totalpath` says it is, and that place.
    pub(crate) fn total(&self, seen: &PageSeen, captures: &[Capture]) -> Option<(u64, String)> {
        number(self.total.as_ref()?, seen, captures)
    }

    /// The number of all pages, where `pagecountpath` says it is, and that place.
    pub(crate) fn page_count(&self, seen: &PageSeen, captures: &[Capture]) -> Option<(u64, String)> {
        number(self.page_count.as_ref()?, seen, captures)
    }

    /// Parameters that every page is asked with.
    pub(crate) fn size_parameter(&self) -> Vec<(String, String)> {
        self.size_parameter.iter().cloned().collect()
    }

    /// What the response says about the next page; absent where the script or a number tells.
    pub(crate) fn next(&self, seen: &PageSeen) -> Seen {
        match &self.how {
            How::Link(from) | How::Token { from, .. } => from.read(seen),
            How::Scripted | How::Number { .. } | How::Offset { .. } => Seen::Absent,
        }
    }

    /// Whether the response says that there is no more: false, or missing where it should be.
    pub(crate) fn says_no_more(&self, seen: &PageSeen) -> bool {
        self.has_more.as_ref().is_some_and(|at| !at.read(seen).as_text().is_some_and(is_true))
    }

    /// Where the next page's address or token is, for messages.
    pub(crate) fn locator(&self) -> Option<&Locator> {
        match &self.how {
            How::Link(from) | How::Token { from, .. } => Some(from),
            How::Scripted | How::Number { .. } | How::Offset { .. } => None,
        }
    }

    /// Whether the pager reads the `Link` header.
    pub(crate) fn reads_link_header(&self) -> bool {
        matches!(self.locator(), Some(Locator::Header(name)) if name.eq_ignore_ascii_case("link"))
    }
}

fn given<'e>(inputs: &OperationInputs<'e>, name: &str) -> Option<&'e Value> {
    inputs.value(&[name]).filter(|value| !value.text.trim().is_empty())
}

fn place(value: &Value, call: Span) -> Span {
    if value.origin == Span::default() { call } else { value.origin }
}

fn locator(
    name: &str,
    value: &Value,
    captures: &mut Vec<Capture>,
    format: ResponseFormat,
) -> Result<Option<Locator>, Diagnostic> {
    let text = value.text.trim();
    if let Some(header) =
        text.get(..7).filter(|start| start.eq_ignore_ascii_case("header:")).map(|_| &text[7..])
    {
        return Ok(Some(Locator::Header(header.trim().to_owned())));
    }
    let Some(path) = parse_path(&Text::verbatim(text, value.origin), format)? else { return Ok(None) };
    // Beside the rows a path without a leading slash can only start at the root.
    let path = Path { anchor: Anchor::Root, ..path };
    captures.push(Capture { name: name.to_owned(), path, origin: value.origin });
    Ok(Some(Locator::Capture(captures.len() - 1)))
}

fn number(at: &Locator, seen: &PageSeen, captures: &[Capture]) -> Option<(u64, String)> {
    let count = at.read(seen).as_text()?.trim().parse().ok()?;
    Some((count, at.describe(captures)))
}

fn start_of(inputs: &OperationInputs<'_>, name: &str, usual: u64) -> u64 {
    inputs.text(&[name]).and_then(|start| start.trim().parse().ok()).unwrap_or(usual)
}

/// `skip;1`: the parameter `skip`, starting at 1.
fn parameter_and_start(text: &str, usual: u64) -> (String, u64) {
    let (name, start) = text.split_once(';').unwrap_or((text, ""));
    (name.trim().to_owned(), start.trim().parse().unwrap_or(usual))
}

/// A path as a JSON pointer.
pub(crate) fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for step in &path.steps {
        pointer.push('/');
        match step {
            Step::Name(name) => pointer.push_str(&name.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => pointer.push_str(&index.to_string()),
            Step::Any => pointer.push('*'),
        }
    }
    pointer
}
