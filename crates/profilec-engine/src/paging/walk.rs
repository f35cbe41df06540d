//! The walk from page to page, and its end.

use std::collections::HashMap;

use profilec_diagnostics::{Diagnostic, Span, codes};
use profilec_plan::{ColumnSource, Extraction};

use super::ends::{self, complete, or, page_cap, reason, state};
use super::evidence::{self, is_live, shorten};
use super::ledger::Ledger;
use super::pager::{How, Pager};
use super::pass::{Pass, mapped_next, pointers_read};
use crate::request::Wanted;
use crate::script::Value;
use crate::{Evidence, Outcome, PageSeen, Verdict};

/// Empty pages in a row that a token or link may lead through.
const EMPTY_PAGES: u32 = 1_000;

/// What comes after a pass.
#[derive(Debug)]
pub(crate) enum Next {
    /// Another pass; with a marker when the script pages.
    Pass(Option<Value>),
    /// The end.
    End(Box<Outcome>),
}

/// Where the walk stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Position {
    #[default]
    First,
    Marker(String),
    Link(String),
    Token(String),
    Number(u64),
    Offset(u64),
}

/// The state of a walk.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    limit: Option<u64>,
    max_pages: Option<u64>,
    position: Position,
    /// Pages that the pager asked for and got.
    pages: u64,
    emitted: u64,
    first_rows: Option<u64>,
    rows_before: u64,
    empty_in_a_row: u32,
    /// Markers, links and tokens by the page that brought them.
    markers: HashMap<String, u64>,
    ledger: Ledger,
    pass: Option<Pass>,
}

impl Walk {
    /// A walk at its start.
    pub(crate) fn new(limit: Option<u64>, max_pages: Option<u64>) -> Self {
        Self { limit, max_pages, ..Self::default() }
    }

    /// Rows that may still be emitted.
    pub(crate) fn remaining(&self) -> u64 {
        self.limit.map_or(u64::MAX, |limit| limit.saturating_sub(self.emitted))
    }

    /// Rows were emitted; the end when these were all that are wanted.
    pub(crate) fn emitted(&mut self, rows: u64, place: Span) -> Option<Outcome> {
        self.emitted = self.emitted.saturating_add(rows);
        let limit = self.limit.filter(|limit| self.emitted >= *limit)?;
        Some(complete(reason(
            &codes::paging::limit_met,
            if limit == 1 {
                "the row asked for is there".to_owned()
            } else {
                format!("the {limit} rows asked for are there")
            },
            place,
            "no more rows of this were wanted",
        )))
    }

    /// The profile caught an error that kept rows from coming.
    pub(crate) fn caught(&mut self, page: u64, finding: &Diagnostic) {
        self.ledger.caught.push(Evidence {
            code: codes::paging::error_caught.id,
            page,
            field: "error".to_owned(),
            value: shorten(&finding.message),
        });
    }

    /// How the pager changes the next request.
    pub(crate) fn wanted(&self, pager: &Pager) -> Wanted {
        let mut parameters = Vec::new();
        if pager.enabled.is_some() {
            match (&pager.how, &self.position) {
                (How::Link(_), Position::Link(link)) => return Wanted::Link(link.clone()),
                (How::Scripted, _) => {}
                (How::Link(_), _) => parameters = pager.size_parameter(),
                (How::Token { parameter, .. }, position) => {
                    parameters = pager.size_parameter();
                    if let Position::Token(token) = position {
                        parameters.push((parameter.clone(), token.clone()));
                    }
                }
                (How::Number { parameter, start }, position) => {
                    let number = if let Position::Number(number) = position { *number } else { *start };
                    parameters.push((parameter.clone(), number.to_string()));
                    parameters.extend(pager.size_parameter());
                }
                (How::Offset { parameter, start }, position) => {
                    let offset = if let Position::Offset(offset) = position { *offset } else { *start };
                    parameters.push((parameter.clone(), offset.to_string()));
                    parameters.extend(pager.size_parameter());
                }
            }
        }
        if parameters.is_empty() { Wanted::AsWritten } else { Wanted::Parameters(parameters) }
    }

    /// The end that a page beyond the last one is, when its status may mean that.
    pub(crate) fn past_the_end(&self, pager: &Pager, seen: &PageSeen, page: u64) -> Option<Outcome> {
        let counted = match (&pager.how, &self.position) {
            (How::Number { .. } | How::Offset { .. }, _) => true,
            (How::Scripted, Position::Marker(marker)) => marker.trim().parse::<u64>().is_ok(),
            _ => false,
        };
        let place = pager.enabled?;
        if !counted || self.pages == 0 || !matches!(seen.status, 404 | 416 | 400) {
            return None;
        }
        let was_short = pager.size.is_some_and(|size| self.rows_before < size)
            || self.first_rows.is_some_and(|first| self.rows_before < first);
        let reason = reason(
            &codes::paging::error_status_after_last_page,
            format!("page {page} answered with status {}, as servers do past the last page", seen.status),
            place,
            "went on until here",
        );
        let proven = self.ledger.total_reached() || (was_short && !self.ledger.skips());
        let evidence = vec![Evidence {
            code: codes::paging::error_status_after_last_page.id,
            page,
            field: "status".to_owned(),
            value: seen.status.to_string(),
        }];
        Some(Outcome {
            verdict: if proven { Verdict::Complete } else { Verdict::Unproven },
            reason: if proven {
                reason
            } else {
                reason.help("the page before was full and no total says that it was the last: compare with the source")
            },
            evidence,
        })
    }

    /// The end when a page has the rows of an earlier one; else takes note of its rows.
    pub(crate) fn repeated(
        &mut self,
        call: Span,
        seen: &PageSeen,
        extraction: &Extraction,
        page: u64,
        pager: &Pager,
    ) -> Option<Outcome> {
        let compared = extraction.columns.iter().any(|column| matches!(column, ColumnSource::Row(_)));
        if seen.page.rows == 0 || !compared {
            return None;
        }
        let earlier = self.ledger.page_with_rows(call, seen.page.rows_hash, page)?;
        let code = &codes::paging::page_repeated;
        let message = format!("the rows of page {page} are those of page {earlier}");
        Some(self.ledger.repetition(
            reason(code, message, pager.enabled.unwrap_or(call), "went on until here"),
            Evidence {
                code: code.id,
                page,
                field: "rows".to_owned(),
                value: format!("those of page {earlier}"),
            },
        ))
    }

    /// Takes note of a page that the pager asked for.
    pub(crate) fn note(
        &mut self,
        pager: &Pager,
        extraction: &Extraction,
        seen: &PageSeen,
        page: u64,
        call: Span,
        scripted: bool,
    ) {
        let rows = seen.page.rows as u64;
        self.ledger.came(call, seen, page);
        let read = pointers_read(extraction, scripted);
        let mut doubts = evidence::unread_next(seen, page, &read, pager.reads_link_header());
        let mut rows_of_pass = rows;
        if let Some(pass) = self.pass.take() {
            if let Some(next) = pass.next.as_text().filter(|next| is_live(next) && !pass.no_more) {
                // The walk follows the last page of a pass only.
                self.ledger.lost.push(Evidence {
                    code: codes::paging::next_page_unread.id,
                    page: pass.page,
                    field: pass.mapped_next.map_or_else(String::new, |(name, _, _)| name),
                    value: shorten(next),
                });
            }
            rows_of_pass = rows_of_pass.saturating_add(pass.rows);
            doubts.splice(0..0, pass.doubts);
        }
        self.pass = Some(Pass {
            pager: pager.clone(),
            page,
            call,
            rows: rows_of_pass,
            next: pager.next(seen),
            no_more: pager.says_no_more(seen),
            scripted,
            mapped_next: mapped_next(pager, extraction, seen),
            doubts,
        });
    }

    /// Takes note of a page of a call within a row: nobody walks on from it, whatever it names as next.
    pub(crate) fn note_in_row(&mut self, seen: &PageSeen, page: u64, call: Span) {
        self.ledger.came(call, seen, page);
        self.ledger.lost.extend(evidence::unread_next(seen, page, &[], false));
    }

    /// A pass is through: what comes next. `marker` is what its rows left in `rows@next`.
    pub(crate) fn advance(&mut self, marker: Option<Value>, program: Span) -> Next {
        let Some(pass) = self.pass.take() else {
            return end(self.ledger.conclude_without_page(reason(
                &codes::paging::single_page,
                "the script asked for no page".to_owned(),
                program,
                "ran to its end",
            )));
        };
        self.pages += 1;
        self.ledger.pass_ends(pass.rows);
        self.first_rows.get_or_insert(pass.rows);
        self.rows_before = pass.rows;
        self.empty_in_a_row = if pass.rows == 0 { self.empty_in_a_row + 1 } else { 0 };
        let Some(enabled) = pass.pager.enabled else { return end(self.without_paging(&pass, marker)) };
        let step = match &pass.pager.how {
            How::Scripted => self.scripted(&pass, enabled, marker.as_ref()),
            How::Link(_) | How::Token { .. } => self.pointed(&pass),
            How::Number { start, .. } => self.counted(&pass, |walk| {
                let number = if let Position::Number(number) = walk.position { number } else { *start };
                Position::Number(number.saturating_add(1))
            }),
            How::Offset { start, .. } => {
                let step = pass.pager.size.unwrap_or(pass.rows);
                self.ledger.may_be_skipped = ends::rows_skipped(&pass, step);
                self.counted(&pass, |walk| {
                    let offset = if let Position::Offset(offset) = walk.position { offset } else { *start };
                    Position::Offset(offset.saturating_add(step))
                })
            }
        };
        let position = match step {
            Ok(position) => position,
            Err(outcome) => return Next::End(outcome),
        };
        if let Some(most) = self.max_pages.filter(|most| self.pages >= *most) {
            return end(page_cap(most, enabled));
        }
        self.position = position;
        Next::Pass(marker.filter(|_| pass.pager.how == How::Scripted))
    }

    /// What leads to the page that is asked for: a marker, a token, a number. A link shows in the URL.
    pub(crate) fn marker(&self) -> Option<String> {
        match &self.position {
            Position::First | Position::Link(_) => None,
            Position::Marker(text) | Position::Token(text) => Some(text.clone()),
            Position::Number(number) | Position::Offset(number) => Some(number.to_string()),
        }
    }

    /// The end at once, when no page at all is allowed.
    pub(crate) fn no_page_allowed(&self, place: Span) -> Option<Outcome> {
        (self.max_pages == Some(0)).then(|| page_cap(0, place))
    }

    fn without_paging(&self, pass: &Pass, marker: Option<Value>) -> Outcome {
        let declared = (pass.pager.how != How::Scripted).then_some(pass.pager.origin);
        let set = marker.filter(|marker| is_live(&marker.text)).map(|marker| marker.origin);
        if let Some(place) = declared.or(set) {
            let what = if declared.is_some() { "the paging set here" } else { "`rows@next`" };
            return Outcome {
                verdict: Verdict::Unproven,
                reason: reason(
                    &codes::paging::not_enabled,
                    format!("the run ended after one page: {what} has no effect without `EnablePaging`"),
                    if place == Span::default() { pass.call } else { place },
                    "says where the next page is, and is not followed",
                )
                .help("set `EnablePaging` to `TRUE` before the call"),
                evidence: pass.doubts.clone(),
            };
        }
        let reason = reason(
            &codes::paging::single_page,
            "the profile asks for one page".to_owned(),
            pass.call,
            "without `EnablePaging`",
        );
        self.ledger.conclude(reason, pass)
    }

    fn scripted(
        &mut self,
        pass: &Pass,
        enabled: Span,
        marker: Option<&Value>,
    ) -> Result<Position, Box<Outcome>> {
        let mapped = pass.mapped_next.as_ref();
        if pass.rows == 0 {
            let live = mapped.filter(|(_, _, seen)| seen.as_text().is_some_and(is_live));
            return Err(Box::new(match live {
                Some((pointer, place, seen)) => ends::empty_page_with_marker(pass, pointer, *place, seen),
                None => self.empty_page(pass, enabled),
            }));
        }
        let Some(marker) = marker.filter(|marker| is_live(&marker.text)) else {
            let (why, place) = match (mapped, marker) {
                (_, Some(marker)) => (format!("`rows@next` is `{}`", marker.text.trim()), marker.origin),
                (Some((pointer, place, seen)), None) => (format!("`{pointer}` {}", state(seen)), *place),
                (None, None) => ("nothing set `rows@next`".to_owned(), enabled),
            };
            let finding = if pass.scripted || mapped.is_some() {
                reason(
                    &codes::paging::marker_absent,
                    format!("page {} is the last: {why}", pass.page),
                    or(place, enabled),
                    "says what the next page is",
                )
            } else {
                reason(
                    &codes::paging::single_page,
                    "paging is on, but nothing says what the next page is".to_owned(),
                    enabled,
                    "turned on here",
                )
            };
            return Err(Box::new(self.ledger.conclude(finding, pass)));
        };
        self.fresh(&marker.text, pass, or(marker.origin, enabled))?;
        Ok(Position::Marker(marker.text.clone()))
    }

    /// Paging by a link or a token of the response.
    fn pointed(&mut self, pass: &Pass) -> Result<Position, Box<Outcome>> {
        let name = pass.mapped_next.as_ref().map_or("the next page", |(name, _, _)| name.as_str());
        if pass.no_more {
            return Err(Box::new(self.no_more(pass)));
        }
        let Some(text) = pass.next.as_text().filter(|text| is_live(text)) else {
            if pass.rows == 0 {
                return Err(Box::new(self.empty_page(pass, pass.pager.origin)));
            }
            let finding = reason(
                &codes::paging::marker_absent,
                format!("page {} is the last: `{name}` {}", pass.page, state(&pass.next)),
                pass.pager.origin,
                "says what the next page is",
            );
            return Err(Box::new(self.ledger.conclude(finding, pass)));
        };
        if self.empty_in_a_row >= EMPTY_PAGES {
            return Err(Box::new(ends::empty_page_with_marker(pass, name, pass.pager.origin, &pass.next)));
        }
        self.fresh(text, pass, pass.pager.origin)?;
        Ok(match pass.pager.how {
            How::Token { .. } => Position::Token(text.to_owned()),
            _ => Position::Link(text.to_owned()),
        })
    }

    /// Paging by a number or an offset.
    fn counted(
        &self,
        pass: &Pass,
        position: impl FnOnce(&Self) -> Position,
    ) -> Result<Position, Box<Outcome>> {
        if pass.rows == 0 {
            return Err(Box::new(self.empty_page(pass, pass.pager.origin)));
        }
        if pass.no_more {
            return Err(Box::new(self.no_more(pass)));
        }
        let position = position(self);
        if position == self.position {
            // The number does not grow any more.
            let code = &codes::paging::marker_repeated;
            let message = format!("page {} cannot be counted on from", pass.page);
            return Err(Box::new(self.ledger.repetition(
                reason(code, message, pass.pager.origin, "went on until here"),
                Evidence {
                    code: code.id,
                    page: pass.page,
                    field: "position".to_owned(),
                    value: "as high as it can be".to_owned(),
                },
            )));
        }
        Ok(position)
    }

    /// Remembers a marker; the end when it was there before.
    fn fresh(&mut self, marker: &str, pass: &Pass, place: Span) -> Result<(), Box<Outcome>> {
        let Some(earlier) = self.markers.insert(marker.to_owned(), pass.page) else { return Ok(()) };
        let value = shorten(marker);
        let code = &codes::paging::marker_repeated;
        let message = format!("page {} names the next page `{value}`, as page {earlier} did", pass.page);
        Err(Box::new(self.ledger.repetition(
            reason(code, message, place, "went on until here"),
            Evidence { code: code.id, page: pass.page, field: "rows@next".to_owned(), value },
        )))
    }

    fn no_more(&self, pass: &Pass) -> Outcome {
        let finding = reason(
            &codes::paging::has_more_false,
            format!("page {} says that there are no more", pass.page),
            pass.pager.origin,
            "went on until here",
        );
        self.ledger.conclude(finding, pass)
    }

    fn empty_page(&self, pass: &Pass, place: Span) -> Outcome {
        let finding = reason(
            &codes::paging::empty_page,
            format!("page {} had no rows", pass.page),
            place,
            "went on until here",
        );
        self.ledger.conclude(finding, pass)
    }
}

fn end(outcome: Outcome) -> Next {
    Next::End(Box::new(outcome))
}
