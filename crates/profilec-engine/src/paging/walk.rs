//! The walk from page to page, and its end.

use std::collections::HashMap;

use profilec_diagnostics::{Span, codes};
use profilec_plan::ColumnSource;

use super::ends::{self, or, page_cap, reason, state};
use super::evidence::{is_live, shorten};
use super::ledger::Ledger;
use super::pager::{How, Pager};
use super::round::{Part, Round, Visit};
use crate::request::Wanted;
use crate::script::{Leaving, Value};
use crate::{Evidence, Outcome, Verdict};

/// Empty pages in a row that a token or link may lead through.
const EMPTY_PAGES: u32 = 1_000;

/// What comes after a round.
#[derive(Debug)]
pub(crate) enum Next {
    /// Another one; with a marker when the script pages.
    Round(Option<Value>),
    /// No page belongs to it.
    NoPage,
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

/// The state of a walk: over the pages of a call, or over the passes of the script.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    max_pages: Option<u64>,
    position: Position,
    /// Rounds that are through.
    rounds: u64,
    empty_in_a_row: u32,
    /// Markers, links and tokens by the page that brought them.
    markers: HashMap<String, u64>,
    ledger: Ledger,
    round: Option<Round>,
}

impl Walk {
    /// A walk at its start, of so many rounds at most.
    pub(crate) fn new(max_pages: Option<u64>) -> Self {
        Self { max_pages, ..Self::default() }
    }

    /// Whether a round is behind it.
    pub(crate) fn has_begun(&self) -> bool {
        self.rounds > 0
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
    pub(crate) fn past_the_end(&self, visit: &Visit<'_>) -> Option<Outcome> {
        let Visit { pager, seen, page, .. } = visit;
        let counted = match (&pager.how, &self.position) {
            (How::Number { .. } | How::Offset { .. }, _) => true,
            (How::Scripted, Position::Marker(marker)) => marker.trim().parse::<u64>().is_ok(),
            _ => false,
        };
        let place = pager.enabled?;
        if !counted || !matches!(seen.status, 404 | 416 | 400) {
            return None;
        }
        let was_short = self.ledger.pages_before(visit)?;
        let reason = reason(
            &codes::paging::error_status_after_last_page,
            format!("page {page} answered with status {}, as servers do past the last page", seen.status),
            place,
            "went on until here",
        );
        let proven = self.ledger.total_reached() || (was_short && !self.ledger.skips());
        let evidence = vec![Evidence {
            code: codes::paging::error_status_after_last_page.id,
            page: *page,
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

    /// A page beyond the last one is an empty one, and the end when no other call has rows.
    pub(crate) fn note_past_the_end(&mut self, visit: &Visit<'_>, outcome: Outcome) {
        self.ledger.none_came(visit);
        let round = self.round.get_or_insert_with(|| Round::new(visit));
        round.add_past_the_end(outcome);
    }

    /// The end when a page has the rows of an earlier one; else takes note of its rows.
    pub(crate) fn repeated(&mut self, visit: &Visit<'_>) -> Option<Outcome> {
        let compared = visit
            .extraction
            .columns
            .iter()
            .any(|column| matches!(column, ColumnSource::Row(_) | ColumnSource::Level(..)));
        if visit.part == Part::Beside || visit.seen.page.rows == 0 || !compared {
            return None;
        }
        let earlier = self.ledger.page_with_rows(visit)?;
        let code = &codes::paging::page_repeated;
        let message = format!("the rows of page {} are those of page {earlier}", visit.page);
        Some(self.ledger.repetition(
            reason(code, message, visit.pager.enabled.unwrap_or(visit.call), "went on until here"),
            Evidence {
                code: code.id,
                page: visit.page,
                field: "rows".to_owned(),
                value: format!("those of page {earlier}"),
            },
        ))
    }

    /// Whether this walk asked the same at the same place before.
    pub(crate) fn asked_before(&self, context: u64, call: Span, request: u64) -> bool {
        self.ledger.asked_before(context, call, request)
    }

    /// Takes note of a page that came: how many of its rows the page before had.
    pub(crate) fn note(&mut self, visit: &Visit<'_>) -> u64 {
        let repeated = self.ledger.came(visit);
        match &mut self.round {
            Some(round) => round.add(visit),
            None => self.round = Some(Round::new(visit)),
        }
        repeated
    }

    /// A round is through: what comes next. `left` is what its pages left in `rows@next`.
    pub(crate) fn advance(&mut self, left: &[Leaving]) -> Next {
        let Some(mut round) = self.round.take() else { return Next::NoPage };
        self.rounds += 1;
        self.ledger.round_ends(round.rows);
        self.empty_in_a_row = if round.rows == 0 { self.empty_in_a_row + 1 } else { 0 };
        if let Some(outcome) = round.past_the_end.take() {
            if round.rows == 0 {
                return end(self.ledger.doubted(outcome));
            }
            self.ledger.lose(outcome.evidence.into_iter().filter(|_| outcome.verdict != Verdict::Complete));
        }
        let marker = self.followed(left);
        let Some(enabled) = round.pager.enabled else { return end(self.without_paging(&round, marker)) };
        let step = match &round.pager.how {
            How::Scripted => self.scripted(&round, enabled, marker.as_ref()),
            How::Link(_) | How::Token { .. } => self.pointed(&round),
            How::Number { start, .. } => self.counted(&round, |walk| {
                let number = if let Position::Number(number) = walk.position { number } else { *start };
                Position::Number(number.saturating_add(1))
            }),
            How::Offset { start, .. } => {
                let step = round.pager.size.unwrap_or(round.rows);
                self.ledger.may_be_skipped = ends::rows_skipped(&round, step);
                self.counted(&round, |walk| {
                    let offset = if let Position::Offset(offset) = walk.position { offset } else { *start };
                    Position::Offset(offset.saturating_add(step))
                })
            }
        };
        let position = match step {
            Ok(position) => position,
            Err(outcome) => return Next::End(outcome),
        };
        if let Some(most) = self.max_pages.filter(|most| self.rounds >= *most) {
            return end(page_cap(most, enabled));
        }
        self.position = position;
        Next::Round(marker.filter(|_| round.pager.how == How::Scripted))
    }

    /// The last marker that was left. There is one for the whole script: where pages left others, or the
    /// pages of one call left some and none, it does not fit them all.
    fn followed(&mut self, left: &[Leaving]) -> Option<Value> {
        let marker = left.iter().rev().find_map(|leaving| leaving.marker.clone())?;
        let differ = |leaving: &&Leaving| match &leaving.marker {
            Some(other) => is_live(&other.text) && other.text != marker.text,
            None => {
                is_live(&marker.text)
                    && left.iter().any(|other| other.call == leaving.call && other.marker.is_some())
            }
        };
        for leaving in left.iter().filter(differ) {
            self.ledger.differs(Evidence {
                code: codes::paging::markers_differ.id,
                page: leaving.page,
                field: "rows@next".to_owned(),
                value: leaving
                    .marker
                    .as_ref()
                    .map_or_else(|| "nothing".to_owned(), |left| shorten(&left.text)),
            });
        }
        Some(marker)
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

    fn without_paging(&self, round: &Round, marker: Option<Value>) -> Outcome {
        let declared = (round.pager.how != How::Scripted).then_some(round.pager.origin);
        let set = marker.filter(|marker| is_live(&marker.text)).map(|marker| marker.origin);
        if let Some(place) = declared.or(set) {
            let what = if declared.is_some() { "the paging set here" } else { "`rows@next`" };
            return Outcome {
                verdict: Verdict::Unproven,
                reason: reason(
                    &codes::paging::not_enabled,
                    format!("the run ended after one page: {what} has no effect without `EnablePaging`"),
                    if place == Span::default() { round.place } else { place },
                    "says where the next page is, and is not followed",
                )
                .help("set `EnablePaging` to `TRUE` before the call"),
                evidence: self.ledger.unread().into_iter().cloned().collect(),
            };
        }
        let reason = reason(
            &codes::paging::single_page,
            "the profile asks for one page".to_owned(),
            round.place,
            "without `EnablePaging`",
        );
        self.ledger.conclude(reason)
    }

    fn scripted(
        &mut self,
        round: &Round,
        enabled: Span,
        marker: Option<&Value>,
    ) -> Result<Position, Box<Outcome>> {
        let mapped = round.mapped_next.as_ref();
        if round.rows == 0 {
            let live = mapped.filter(|(_, _, seen)| seen.as_text().is_some_and(is_live));
            return Err(Box::new(match live {
                Some((pointer, place, seen)) => ends::empty_page_with_marker(round, pointer, *place, seen),
                None => self.empty_page(round, enabled),
            }));
        }
        let Some(marker) = marker.filter(|marker| is_live(&marker.text)) else {
            let (why, place) = match (mapped, marker) {
                (_, Some(marker)) => (format!("`rows@next` is `{}`", marker.text.trim()), marker.origin),
                (Some((pointer, place, seen)), None) => (format!("`{pointer}` {}", state(seen)), *place),
                (None, None) => ("nothing set `rows@next`".to_owned(), enabled),
            };
            let finding = if round.scripted || mapped.is_some() {
                reason(
                    &codes::paging::marker_absent,
                    format!("page {} is the last: {why}", round.page),
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
            return Err(Box::new(self.ledger.conclude(finding)));
        };
        self.fresh(&marker.text, round, or(marker.origin, enabled))?;
        Ok(Position::Marker(marker.text.clone()))
    }

    /// Paging by a link or a token of the response.
    fn pointed(&mut self, round: &Round) -> Result<Position, Box<Outcome>> {
        let name = round.mapped_next.as_ref().map_or("the next page", |(name, _, _)| name.as_str());
        if round.no_more {
            return Err(Box::new(self.no_more(round)));
        }
        let Some(text) = round.next.as_text().filter(|text| is_live(text)) else {
            if round.rows == 0 {
                return Err(Box::new(self.empty_page(round, round.pager.origin)));
            }
            let finding = reason(
                &codes::paging::marker_absent,
                format!("page {} is the last: `{name}` {}", round.page, state(&round.next)),
                round.pager.origin,
                "says what the next page is",
            );
            return Err(Box::new(self.ledger.conclude(finding)));
        };
        if self.empty_in_a_row >= EMPTY_PAGES {
            return Err(Box::new(ends::empty_page_with_marker(round, name, round.pager.origin, &round.next)));
        }
        self.fresh(text, round, round.pager.origin)?;
        Ok(match round.pager.how {
            How::Token { .. } => Position::Token(text.to_owned()),
            _ => Position::Link(text.to_owned()),
        })
    }

    /// Paging by a number or an offset.
    fn counted(
        &self,
        round: &Round,
        position: impl FnOnce(&Self) -> Position,
    ) -> Result<Position, Box<Outcome>> {
        if round.rows == 0 {
            return Err(Box::new(self.empty_page(round, round.pager.origin)));
        }
        if round.no_more {
            return Err(Box::new(self.no_more(round)));
        }
        let position = position(self);
        if position == self.position {
            // The number does not grow any more.
            let code = &codes::paging::marker_repeated;
            let message = format!("page {} cannot be counted on from", round.page);
            return Err(Box::new(self.ledger.repetition(
                reason(code, message, round.pager.origin, "went on until here"),
                Evidence {
                    code: code.id,
                    page: round.page,
                    field: "position".to_owned(),
                    value: "as high as it can be".to_owned(),
                },
            )));
        }
        Ok(position)
    }

    /// Remembers a marker; the end when it was there before.
    fn fresh(&mut self, marker: &str, round: &Round, place: Span) -> Result<(), Box<Outcome>> {
        let Some(earlier) = self.markers.insert(marker.to_owned(), round.page) else { return Ok(()) };
        let value = shorten(marker);
        let code = &codes::paging::marker_repeated;
        let message = format!("page {} names the next page `{value}`, as page {earlier} did", round.page);
        Err(Box::new(self.ledger.repetition(
            reason(code, message, place, "went on until here"),
            Evidence { code: code.id, page: round.page, field: "rows@next".to_owned(), value },
        )))
    }

    fn no_more(&self, round: &Round) -> Outcome {
        let finding = reason(
            &codes::paging::has_more_false,
            format!("page {} says that there are no more", round.page),
            round.pager.origin,
            "went on until here",
        );
        self.ledger.conclude(finding)
    }

    fn empty_page(&self, round: &Round, place: Span) -> Outcome {
        let finding = reason(
            &codes::paging::empty_page,
            format!("page {} had no rows", round.page),
            place,
            "went on until here",
        );
        self.ledger.conclude(finding)
    }
}

fn end(outcome: Outcome) -> Next {
    Next::End(Box::new(outcome))
}
