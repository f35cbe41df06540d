//! What a page says beside its rows: totals, next pages that nobody reads, errors.

use profilec_diagnostics::codes;
use profilec_plan::{ColumnSource, Extraction};
use profilec_syntax::Path;

use super::link::next_link;
use super::pager::pointer;
use crate::{Evidence, Member, MemberValue, PageSeen};

/// Names of members that point at the next page, letters and digits only, lower case.
const NEXT: &[&str] = &[
    "continuation",
    "continuationtoken",
    "cursor",
    "endcursor",
    "next",
    "nextcontinuationtoken",
    "nextcursor",
    "nexthref",
    "nextlink",
    "nextmarker",
    "nextoffset",
    "nextpage",
    "nextpagecursor",
    "nextpagelink",
    "nextpagetoken",
    "nextpageuri",
    "nextpageurl",
    "nextpath",
    "nextrecordsurl",
    "nextstart",
    "nexttoken",
    "nexturi",
    "nexturl",
    "odatanextlink",
];

/// Names of members that say whether there is more.
const MORE: &[&str] = &[
    "hasmore",
    "hasmoreitems",
    "hasmorepages",
    "hasnext",
    "hasnextpage",
    "istruncated",
    "more",
    "moreresults",
];

/// Names of totals.
const TOTAL: &[&str] = &[
    "numfound",
    "odatacount",
    "recordstotal",
    "total",
    "totalcount",
    "totalelements",
    "totalhits",
    "totalitems",
    "totalnumber",
    "totalrecords",
    "totalresults",
    "totalrows",
    "totalsize",
];

/// Names that may be totals, or may count the page.
const COUNT: &[&str] = &["count", "itemcount", "recordcount", "resultcount", "rowcount"];

/// Headers that tell the total.
const TOTAL_HEADERS: &[&str] = &["x-total-count", "x-wp-total", "x-total"];

/// Letters and digits of a name, lower case: `@odata.nextLink` is `odatanextlink`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.contains(&plain(name).as_str())
}

/// Whether a member or attribute of this name points at the next page.
pub(crate) fn is_next_like(name: &str) -> bool {
    is_one_of(name, NEXT) || name.eq_ignore_ascii_case("rows@next")
}

/// The last name of a pointer.
pub(crate) fn last_name(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or(pointer)
}

/// A text that fits into a message.
pub(crate) fn shorten(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A member's value as evidence shows it.
fn shown(value: &MemberValue) -> String {
    match value {
        MemberValue::Null => "null".to_owned(),
        MemberValue::Boolean(value) => value.to_string(),
        MemberValue::Number(text) | MemberValue::Text(text) => shorten(text),
        MemberValue::Array(count) => format!("[{count}]"),
        MemberValue::Object(count) => format!("{{{count}}}"),
    }
}

/// Whether a value names a next page: not null, empty or false; `0` does.
fn names_a_page(value: &MemberValue) -> bool {
    match value {
        MemberValue::Null | MemberValue::Boolean(_) => false,
        MemberValue::Number(_) => true,
        MemberValue::Text(text) => is_live(text),
        MemberValue::Array(count) | MemberValue::Object(count) => *count > 0,
    }
}

/// Whether a marker's text is one: not empty and not `false`.
pub(crate) fn is_live(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !text.eq_ignore_ascii_case("false")
}

/// What speaks of a next page and is read by nothing. `read` has the pointers that the profile reads.
pub(crate) fn unread_next(seen: &PageSeen, page: u64, read: &[String], link_is_read: bool) -> Vec<Evidence> {
    let is_read = |pointer: &str| {
        read.iter().any(|path| {
            path == pointer || path.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let says_more = |member: &Member| {
        let name = last_name(&member.pointer);
        let next = is_one_of(name, NEXT) && names_a_page(&member.value);
        let more = is_one_of(name, MORE)
            && match &member.value {
                MemberValue::Boolean(more) => *more,
                MemberValue::Text(text) => text.eq_ignore_ascii_case("true"),
                _ => false,
            };
        next || more
    };
    let code = codes::paging::next_page_unread.id;
    let mut found: Vec<_> = seen
        .page
        .members
        .iter()
        .filter(|member| says_more(member) && !is_read(&member.pointer))
        .map(|member| Evidence { code, page, field: member.pointer.clone(), value: shown(&member.value) })
        .collect();
    if !link_is_read && let Some(link) = next_link(&seen.headers) {
        found.push(Evidence { code, page, field: "Link".to_owned(), value: shorten(&link) });
    }
    found
}

/// Members of a page that speak of a next page which nothing reads.
pub fn next_unread(seen: &PageSeen, extraction: &Extraction) -> Vec<Evidence> {
    let captured = extraction.captures.iter().map(|capture| pointer(&capture.path));
    let outside = extraction.columns.iter().filter_map(|column| match column {
        ColumnSource::Outside(steps) => Some(pointer(&Path { steps: steps.clone(), ..Path::default() })),
        _ => None,
    });
    let read: Vec<String> = captured.chain(outside).collect();
    unread_next(seen, 1, &read, true)
}

/// The number of all rows that a page claims, and where.
pub(crate) fn total(seen: &PageSeen) -> Option<(u64, String)> {
    let records = seen.page.records as u64;
    let named = |names: &[&str]| {
        seen.page.members.iter().find_map(|member| {
            if !is_one_of(last_name(&member.pointer), names) {
                return None;
            }
            match &member.value {
                MemberValue::Number(text) | MemberValue::Text(text) => {
                    Some((text.trim().parse::<u64>().ok()?, member.pointer.clone()))
                }
                _ => None,
            }
        })
    };
    let in_header = || {
        seen.headers.iter().find_map(|(name, value)| {
            let number = if name.eq_ignore_ascii_case("content-range") {
                value.rsplit_once('/')?.1
            } else if TOTAL_HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header)) {
                value
            } else {
                return None;
            };
            Some((number.trim().parse().ok()?, name.clone()))
        })
    };
    named(TOTAL).or_else(in_header).or_else(|| named(COUNT).filter(|(count, _)| *count != records))
}

/// A member that says that something went wrong, and its value. `root`: the height of the members at the root,
/// 1 in JSON; in XML the root element is a step of its own.
pub(crate) fn error_member(seen: &PageSeen, root: usize) -> Option<(String, String)> {
    let members = &seen.page.members;
    let found = members.iter().find(|member| {
        let depth = member.pointer.matches('/').count();
        let name = plain(last_name(&member.pointer));
        let filled = match &member.value {
            MemberValue::Null | MemberValue::Boolean(false) => false,
            MemberValue::Boolean(true) => true,
            MemberValue::Number(text) => text != "0",
            MemberValue::Text(text) => is_live(text),
            MemberValue::Array(count) | MemberValue::Object(count) => *count > 0,
        };
        let negative = match &member.value {
            MemberValue::Boolean(value) => !value,
            MemberValue::Text(text) => text.eq_ignore_ascii_case("false"),
            _ => false,
        };
        let failed = matches!(&member.value, MemberValue::Text(text)
            if ["error", "fail", "failed", "failure"].iter().any(|word| text.eq_ignore_ascii_case(word)));
        depth == root
            && match name.as_str() {
                "error" | "errors" | "errormessage" | "errordescription" | "errorcode" | "fault"
                | "exception" => filled,
                "success" | "ok" | "succeeded" | "issuccess" => negative,
                "status" | "result" => failed,
                _ => false,
            }
    })?;
    // One level down stands what it is about.
    let below = |name: &str| {
        members.iter().find(|member| {
            let rest = member.pointer.strip_prefix(&found.pointer).and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(|rest| plain(rest) == name)
        })
    };
    let told =
        ["message", "description", "detail", "title", "code"].into_iter().find_map(below).unwrap_or(found);
    Some((told.pointer.clone(), shown(&told.value)))
}
