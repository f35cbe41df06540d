//! How walks go on and end.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_engine::{Emit, EngineOptions, MemberValue, PageSeen, RowPathSeen, Seen, Verdict};
use profilec_plan::Plan;

use crate::harness::{
    Saying, all, engine, fetch, number, outcome, page, plan, profile, text, told, walk, with, word,
};

const COUNTER: &str = r#"
    <api:set attr="JSONPath" value="$.rows"/>
    <api:set attr="EnablePaging" value="TRUE"/>
    <api:set attr="page" value="[rows@next | def('1')]"/>
    <api:set attr="URI" value="https://a.example/kilns?page=[page]"/>
    <api:call op="jsonproviderGet">
      <api:set attr="rows@next" value="[page | add(1)]"/>
      <api:push/>
    </api:call>"#;

const CURSOR: &str = r#"
    <api:set attr="JSONPath" value="$.rows"/>
    <api:set attr="EnablePaging" value="TRUE"/>
    <api:set attr="ElementMapPath#1" value="/json/meta/cursor"/>
    <api:set attr="ElementMapName#1" value="cursor"/>
    <api:set attr="URI" value="https://a.example/kilns"/>
    <api:check attr="_input.rows@next">
      <api:set attr="URI" value="https://a.example/kilns?after=[_input.rows@next | urlencode]"/>
    </api:check>
    <api:call op="jsonproviderGet">
      <api:check attr="cursor">
        <api:set attr="rows@next" value="[cursor]"/>
      </api:check>
      <api:push/>
    </api:call>"#;

fn declared(sets: &[(&str, &str)]) -> Plan {
    let sets: Vec<_> =
        sets.iter().map(|(name, value)| format!("<api:set attr=\"{name}\" value=\"{value}\"/>")).collect();
    let sets = sets.concat();
    plan(&profile(&format!(
        r#"<api:set attr="JSONPath" value="$.rows"/>
        <api:set attr="EnablePaging" value="TRUE"/>
        {sets}
        <api:call op="jsonproviderGet"><api:push/></api:call>"#
    )))
}

#[test]
fn a_counter_ends_at_the_empty_page() {
    let plan = plan(&profile(COUNTER));
    let (urls, told) = walk(&mut engine(&plan), vec![page(5, 1), page(2, 2), page(0, 0)]);
    assert_eq!(urls, [1, 2, 3].map(|n| format!("https://a.example/kilns?page={n}")));
    assert_eq!(told, "complete paging::empty_page: page 3 had no rows");
}

#[test]
fn no_body_and_null_are_empty_pages() {
    let plan = plan(&profile(COUNTER));
    for seen in [RowPathSeen::NoBody, RowPathSeen::Null] {
        let (_, told) = walk(&mut engine(&plan), vec![page(5, 1), page(0, 0).row_path(seen)]);
        assert_eq!(told, "complete paging::empty_page: page 2 had no rows");
    }
}

#[test]
fn a_cursor_goes_round_and_ends_in_each_of_four_ways() {
    let plan = plan(&profile(CURSOR));
    for (last, why) in [
        (Seen::Absent, "is not there"),
        (Seen::Null, "is null"),
        (text(""), "is empty"),
        (text("false"), "is `false`"),
    ] {
        let pages = vec![page(5, 1).capture(text("x+y/=")), page(5, 2).capture(last)];
        let (urls, told) = walk(&mut engine(&plan), pages);
        assert_eq!(urls, ["https://a.example/kilns", "https://a.example/kilns?after=x%2By%2F%3D"]);
        let expected = if why == "is `false`" {
            "complete paging::marker_absent: page 2 is the last: `rows@next` is `false`".to_owned()
        } else {
            format!("complete paging::marker_absent: page 2 is the last: `/meta/cursor` {why}")
        };
        assert_eq!(told, expected);
    }
}

#[test]
fn zero_is_a_marker() {
    let plan = plan(&profile(CURSOR));
    let (urls, _) =
        walk(&mut engine(&plan), vec![page(5, 1).capture(text("0")), page(5, 2).capture(Seen::Null)]);
    assert_eq!(urls[1], "https://a.example/kilns?after=0");
}

#[test]
fn a_marker_seen_at_any_distance_ends_unproven_unless_the_total_is_reached() {
    let plan = plan(&profile(CURSOR));
    let pages =
        || vec![page(5, 1).capture(text("a")), page(5, 2).capture(text("b")), page(5, 3).capture(text("a"))];
    let (_, told) = walk(&mut engine(&plan), pages());
    assert_eq!(told, "unproven paging::marker_repeated: page 3 names the next page `a`, as page 1 did");
    let counted = pages().into_iter().map(|page| page.member("/total", number("15"))).collect();
    let (_, told) = walk(&mut engine(&plan), counted);
    assert!(told.starts_with("complete paging::marker_repeated"), "{told}");
}

#[test]
fn a_repeated_page_is_not_written() {
    let plan = plan(&profile(COUNTER));
    let mut engine = engine(&plan);
    fetch(&mut engine);
    assert_eq!(engine.resume(page(5, 1)), all());
    fetch(&mut engine);
    assert_eq!(engine.resume(page(5, 1)), Emit::Nothing);
    assert_eq!(
        told(&outcome(&mut engine)),
        "unproven paging::page_repeated: the rows of page 2 are those of page 1"
    );
}

#[test]
fn an_empty_page_with_a_scripted_marker_is_unproven() {
    let plan = plan(&profile(CURSOR));
    let pages = vec![page(5, 1).capture(text("a")), page(0, 0).capture(text("b"))];
    let (_, told) = walk(&mut engine(&plan), pages);
    assert_eq!(
        told,
        "unproven paging::empty_page_with_marker: page 2 had no rows, yet `/meta/cursor` is `b`"
    );
}

#[test]
fn a_declared_token_goes_on_past_an_empty_page() {
    let plan = declared(&[
        ("URI", "https://a.example/kilns?size=5&amp;after=old"),
        ("pagetokenpath", "/json/meta/cursor"),
        ("pagetokenparam", "after"),
    ]);
    let pages = vec![
        page(5, 1).capture(text("a b")),
        page(0, 0).capture(text("c")),
        page(3, 3).capture(Seen::Absent),
    ];
    let (urls, told) = walk(&mut engine(&plan), pages);
    assert_eq!(
        urls,
        [
            "https://a.example/kilns?size=5&after=old",
            "https://a.example/kilns?size=5&after=a%20b",
            "https://a.example/kilns?size=5&after=c"
        ]
    );
    assert_eq!(told, "complete paging::marker_absent: page 3 is the last: `/meta/cursor` is not there");
}

#[test]
fn a_declared_number_starts_at_one_and_replaces_the_parameter() {
    let plan = declared(&[
        ("URI", "https://a.example/kilns?page=9&amp;x=1"),
        ("PageNumberParam", "page"),
        ("PageSizeParam", "per_page"),
        ("PageSize", "100"),
    ]);
    let (urls, told) = walk(&mut engine(&plan), vec![page(100, 1), page(40, 2), page(0, 0)]);
    assert_eq!(
        urls,
        [1, 2, 3].map(|n| format!("https://a.example/kilns?page={n}&x=1&per_page=100")),
        "a short page does not end the walk"
    );
    assert_eq!(told, "complete paging::empty_page: page 3 had no rows");
}

#[test]
fn a_declared_offset_grows_by_the_page_size_or_by_what_came() {
    let sized =
        declared(&[("URI", "https://a.example/kilns"), ("PageOffsetParam", "skip;1"), ("PageSize", "50")]);
    let (urls, _) = walk(&mut engine(&sized), vec![page(50, 1), page(0, 0)]);
    assert_eq!(urls, ["https://a.example/kilns?skip=1", "https://a.example/kilns?skip=51"]);
    let unsized_ = declared(&[("URI", "https://a.example/kilns"), ("PageOffsetParam", "skip")]);
    let (urls, _) = walk(&mut engine(&unsized_), vec![page(30, 1), page(0, 0)]);
    assert_eq!(urls, ["https://a.example/kilns?skip=0", "https://a.example/kilns?skip=30"]);
}

#[test]
fn a_link_header_is_followed_relative_to_its_page() {
    let plan = declared(&[("URI", "https://a.example/v1/kilns?size=2"), ("pageurlpath", "header:Link")]);
    let pages = vec![
        page(2, 1).header("link", "<?size=2&page=2>; rel=\"next\"").from("https://a.example/v1/kilns?size=2"),
        page(1, 2).header("Link", "<?page=1>; rel=prev"),
    ];
    let (urls, told) = walk(&mut engine(&plan), pages);
    assert_eq!(urls[1], "https://a.example/v1/kilns?size=2&page=2");
    assert_eq!(told, "complete paging::marker_absent: page 2 is the last: `header:Link` is not there");
}

#[test]
fn has_more_false_or_missing_ends_a_token_walk() {
    let plan = declared(&[
        ("URI", "https://a.example/kilns"),
        ("pagetokenpath", "/json/cursor"),
        ("pagetokenparam", "after"),
        ("hasmorepath", "/json/more"),
    ]);
    let pages = vec![
        page(5, 1).capture(text("a")).capture(text("true")),
        page(5, 2).capture(text("b")).capture(text("false")),
    ];
    let (_, told) = walk(&mut engine(&plan), pages);
    assert_eq!(told, "complete paging::has_more_false: page 2 says that there are no more");
}

#[test]
fn declared_paging_wins_over_scripted() {
    let plan = plan(&profile(
        &COUNTER.replace("<api:call", "<api:set attr=\"PageOffsetParam\" value=\"skip\"/><api:call"),
    ));
    let (urls, _) = walk(&mut engine(&plan), vec![page(5, 1), page(0, 0)]);
    assert_eq!(urls[1], "https://a.example/kilns?page=1&skip=5");
}

fn refused(status: u16) -> PageSeen {
    let label = Label::new(Span::default(), "");
    let problem = Diagnostic::new(&codes::http::status, format!("status {status}"), label);
    PageSeen { status, problem: Some(problem), ..PageSeen::default() }
}

#[test]
fn a_404_past_the_last_page_ends_a_counted_walk() {
    let plan = plan(&profile(COUNTER));
    let short = vec![page(5, 1), page(2, 2), refused(404)];
    let (_, told) = walk(&mut engine(&plan), short);
    assert!(
        told.starts_with("complete paging::error_status_after_last_page: page 3 answered with"),
        "{told}"
    );
    let full = vec![page(5, 1), page(5, 2), refused(416)];
    let (_, told) = walk(&mut engine(&plan), full);
    assert!(told.starts_with("unproven paging::error_status_after_last_page"), "{told}");
    let counted = vec![page(5, 1).member("/total", number("5")), refused(400)];
    let (_, told) = walk(&mut engine(&plan), counted);
    assert!(told.starts_with("complete paging::error_status_after_last_page"), "{told}");
}

#[test]
fn other_errors_fail_the_run() {
    let plan = plan(&profile(COUNTER));
    for pages in [vec![refused(404)], vec![page(5, 1), refused(500)]] {
        let (_, told) = walk(&mut engine(&plan), pages);
        assert!(told.starts_with("failed http::status"), "{told}");
    }
    let cursor = crate::harness::plan(&profile(CURSOR));
    let (_, told) = walk(&mut engine(&cursor), vec![page(5, 1).capture(text("abc")), refused(404)]);
    assert!(told.starts_with("failed http::status"), "{told}");
}

#[test]
fn fewer_rows_than_a_total_are_unproven() {
    let plan = plan(&profile(COUNTER));
    for said in [
        page(0, 0).member("/total", number("12")),
        page(0, 0).member("/meta/totalCount", word("12")),
        page(0, 0).header("X-Total-Count", "12"),
        page(0, 0).header("Content-Range", "items 0-9/12"),
    ] {
        let (_, told) = walk(&mut engine(&plan), vec![page(10, 1), said]);
        assert!(told.starts_with("unproven paging::fewer_rows_than_total: 10 rows came, but `"), "{told}");
    }
    for said in [page(0, 0).member("/total", number("10")), page(0, 0).member("/count", number("0"))] {
        let (_, told) = walk(&mut engine(&plan), vec![page(10, 1), said]);
        assert!(told.starts_with("complete"), "{told}");
    }
}

const SINGLE: &str = r#"
    <api:set attr="JSONPath" value="$.rows"/>
    <api:set attr="URI" value="https://a.example/kilns"/>
    <api:call op="jsonproviderGet"><api:push/></api:call>"#;

#[test]
fn one_page_is_complete_unless_it_names_another() {
    let plan = plan(&profile(SINGLE));
    let (_, told) = walk(&mut engine(&plan), vec![page(5, 1)]);
    assert_eq!(told, "complete paging::single_page: the profile asks for one page");
    for said in [
        page(5, 1).member("/@odata.nextLink", word("https://a.example/kilns?skip=5")),
        page(5, 1).member("/paging/next", word("abc")),
        page(5, 1).member("/has_more", MemberValue::Boolean(true)),
        page(5, 1).header("Link", "<?page=2>; rel=next"),
    ] {
        let (_, told) = walk(&mut engine(&plan), vec![said]);
        assert!(told.starts_with("unproven paging::next_page_unread: `"), "{told}");
    }
    for said in [
        page(5, 1).member("/next", MemberValue::Null),
        page(5, 1).member("/next", word("")),
        page(5, 1).member("/next", MemberValue::Boolean(false)),
        page(5, 1).member("/has_more", MemberValue::Boolean(false)),
        page(5, 1).header("Link", "<?page=1>; rel=first"),
    ] {
        let (_, told) = walk(&mut engine(&plan), vec![said]);
        assert!(told.starts_with("complete"), "{told}");
    }
}

#[test]
fn paging_without_any_marker_ends_after_one_page() {
    let plan = declared(&[("URI", "https://a.example/kilns")]);
    let (_, told) = walk(&mut engine(&plan), vec![page(5, 1)]);
    assert_eq!(told, "complete paging::single_page: paging is on, but nothing says what the next page is");
}

#[test]
fn a_marker_without_enable_paging_is_unproven_at_the_marker() {
    let text = profile(&COUNTER.replace("TRUE", "FALSE"));
    let plan = plan(&text);
    let mut engine = engine(&plan);
    fetch(&mut engine);
    engine.resume(page(5, 1));
    let outcome = outcome(&mut engine);
    assert_eq!(
        told(&outcome),
        "unproven paging::not_enabled: the run ended after one page: `rows@next` has no effect without `EnablePaging`"
    );
    assert_eq!(&text[outcome.reason.primary.span.range()], "[page | add(1)]");
}

#[test]
fn the_reason_points_at_the_profile() {
    let text = profile(COUNTER);
    let plan = plan(&text);
    let mut engine = engine(&plan);
    fetch(&mut engine);
    engine.resume(page(0, 0));
    assert_eq!(&text[outcome(&mut engine).reason.primary.span.range()], "TRUE");
}

#[test]
fn a_missing_row_path_fails_with_the_keys() {
    let text = profile(COUNTER);
    let plan = plan(&text);
    let mut engine = engine(&plan);
    fetch(&mut engine);
    engine.resume(page(0, 0).row_path(RowPathSeen::Missing {
        step: "rows".to_owned(),
        at: String::new(),
        keys: vec!["row".to_owned(), "total".to_owned()],
        closest: Some("row".to_owned()),
    }));
    let outcome = outcome(&mut engine);
    assert_eq!(told(&outcome), "failed path::row_path_no_match: page 1 has no `rows` at the root");
    assert_eq!(outcome.reason.help.as_deref(), Some("did you mean `row`? the keys are `row`, `total`"));
    assert_eq!(&text[outcome.reason.primary.span.range()], "$.rows");
}

#[test]
fn a_scalar_at_the_row_path_fails() {
    let plan = plan(&profile(COUNTER));
    let seen = page(0, 0).row_path(RowPathSeen::Scalar { kind: "a string", at: "/items".into() });
    let (_, told) = walk(&mut engine(&plan), vec![seen]);
    assert_eq!(told, "failed path::row_path_not_rows: page 1 has a string at `/items`, where rows should be");
}

#[test]
fn an_error_in_the_body_fails_beside_an_empty_array_too() {
    let plan = plan(&profile(COUNTER));
    let (_, told) = walk(
        &mut engine(&plan),
        vec![
            page(0, 0)
                .member("/error", MemberValue::Object(2))
                .member("/error/message", word("quota exceeded")),
        ],
    );
    assert_eq!(
        told,
        "failed data::error_in_body: page 1 has no rows but an error: `/error/message` is `quota exceeded`"
    );
    for member in [
        ("/success", MemberValue::Boolean(false)),
        ("/errors", MemberValue::Array(1)),
        ("/status", word("error")),
    ] {
        let (_, told) = walk(&mut engine(&plan), vec![page(0, 0).member(member.0, member.1)]);
        assert!(told.starts_with("failed data::error_in_body"), "{told}");
    }
    for member in [
        ("/error", MemberValue::Null),
        ("/errors", MemberValue::Array(0)),
        ("/success", MemberValue::Boolean(true)),
    ] {
        let (_, told) = walk(&mut engine(&plan), vec![page(0, 0).member(member.0, member.1)]);
        assert!(told.starts_with("complete"), "{told}");
    }
}

fn limited(limit: u64) -> EngineOptions {
    EngineOptions { limit: Some(limit), ..EngineOptions::default() }
}

#[test]
fn a_limit_cuts_the_page_that_passes_it() {
    let plan = plan(&profile(COUNTER));
    let mut engine = with(&plan, &[], &[], limited(7));
    fetch(&mut engine);
    assert_eq!(engine.resume(page(5, 1)), all());
    fetch(&mut engine);
    let Emit::Picked(rows) = engine.resume(page(5, 2)) else { panic!("not cut") };
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(told(&outcome(&mut engine)), "complete paging::limit_met: the 7 rows asked for are there");
}

#[test]
fn a_limit_met_at_a_page_end_asks_no_more_and_zero_asks_nothing() {
    let plan = plan(&profile(COUNTER));
    let mut engine = with(&plan, &[], &[], limited(5));
    fetch(&mut engine);
    assert_eq!(engine.resume(page(5, 1)), all());
    assert!(told(&outcome(&mut engine)).starts_with("complete paging::limit_met"));
    let mut engine = with(&plan, &[], &[], limited(0));
    assert!(told(&outcome(&mut engine)).starts_with("complete paging::limit_met"));
}

#[test]
fn a_page_cap_truncates_unless_the_walk_ends_there() {
    let plan = plan(&profile(COUNTER));
    let options = || EngineOptions { max_pages: Some(2), ..EngineOptions::default() };
    let (_, told) = walk(&mut with(&plan, &[], &[], options()), vec![page(5, 1), page(5, 2)]);
    assert_eq!(told, "truncated paging::page_cap: stopped after 2 pages, as many as are allowed");
    let (_, told) = walk(&mut with(&plan, &[], &[], options()), vec![page(5, 1), page(0, 0)]);
    assert!(told.starts_with("complete paging::empty_page"), "{told}");
}

#[test]
fn an_interrupt_is_the_outcome_from_then_on() {
    let plan = plan(&profile(COUNTER));
    let mut engine = engine(&plan);
    fetch(&mut engine);
    let label = Label::new(Span::default(), "");
    let told = engine.interrupt(Diagnostic::new(&codes::paging::interrupted, "stopped by Ctrl-C", label));
    assert_eq!(told.verdict, Verdict::Truncated);
    assert_eq!(engine.resume(page(5, 1)), Emit::Nothing);
    assert_eq!(outcome(&mut engine).verdict, Verdict::Truncated);
}

#[test]
fn input_set_in_a_body_outlives_the_call_but_not_the_page() {
    let plan = plan(&profile(
        r#"<api:set attr="EnablePaging" value="true"/>
        <api:set attr="JSONPath" value="$.rows"/>
        <api:set attr="URI" value="https://a.example/[_input.seen | def('new')]"/>
        <api:call op="jsonproviderGet">
          <api:set attr="_input.seen" value="old"/>
          <api:set attr="rows@next" value="[rows@next | def('0') | add(1)]"/>
          <api:push/>
        </api:call>"#,
    ));
    let (urls, _) = walk(&mut engine(&plan), vec![page(1, 1), page(0, 0)]);
    assert_eq!(urls, ["https://a.example/new", "https://a.example/new"]);
}

#[test]
fn the_next_marker_never_falls_through_to_this_page_s() {
    // The second page sets none; the default item's own `rows@next` is this page's, not the next one's.
    let plan = plan(&profile(
        r#"<api:set attr="EnablePaging" value="true"/>
        <api:set attr="JSONPath" value="$.rows"/>
        <api:set attr="URI" value="https://a.example/[rows@next | def('1')]"/>
        <api:call op="jsonproviderGet">
          <api:null attr="rows@next"><api:set attr="rows@next" value="2"/></api:null>
          <api:push/>
        </api:call>"#,
    ));
    let (urls, told) = walk(&mut engine(&plan), vec![page(1, 1), page(1, 2)]);
    assert_eq!(urls.len(), 2);
    assert_eq!(told, "complete paging::marker_absent: page 2 is the last: nothing set `rows@next`");
}

#[test]
fn calls_in_a_loop_each_have_pages_and_totals_of_their_own() {
    let text = |paging: &str| {
        profile(&format!(
            r#"<api:set attr="EnablePaging" value="true"/><api:set attr="JSONPath" value="$.rows"/>{paging}
            <api:enum list="a,b" separator=",">
              <api:set attr="URI" value="https://a.example/[_value]"/>
              <api:call op="jsonproviderGet"><api:push/></api:call>
            </api:enum>"#
        ))
    };
    let counted = plan(&text(r#"<api:set attr="PageNumberParam" value="page"/>"#));
    let (urls, told) = walk(&mut engine(&counted), vec![page(2, 1), page(0, 0), page(2, 1), page(0, 0)]);
    let wanted = ["a?page=1", "a?page=2", "b?page=1", "b?page=2"];
    assert_eq!(urls, wanted.map(|end| format!("https://a.example/{end}")));
    assert_eq!(told, "complete paging::empty_page: page 4 had no rows");
    let linked = plan(&text(r#"<api:set attr="pageurlpath" value="header:Link"/>"#));
    let pages = vec![page(2, 1).header("Link", "</a2>; rel=next"), page(2, 2), page(2, 1)];
    let (urls, told) = walk(&mut engine(&linked), pages);
    assert_eq!(urls, ["a", "a2", "b"].map(|end| format!("https://a.example/{end}")));
    assert!(told.starts_with("complete paging::marker_absent"), "{told}");
}

#[test]
fn an_offset_that_leaps_over_rows_is_a_doubt() {
    let sets = [
        ("URI", "https://a.example/kilns"),
        ("PageOffsetParam", "offset"),
        ("PageSizeParam", "limit"),
        ("PageSize", "10"),
    ];
    let plan = declared(&sets);
    let (urls, told) = walk(&mut engine(&plan), vec![page(4, 1), page(4, 2), page(0, 0)]);
    assert_eq!(urls[1], "https://a.example/kilns?offset=10&limit=10");
    assert!(told.starts_with("unproven paging::offset_gap: page 1 had 4 rows"), "{told}");
    // Short last pages are no gaps, nor are short pages whose rows reach a total.
    let (_, told) = walk(&mut engine(&plan), vec![page(10, 1), page(4, 2), page(0, 0)]);
    assert!(told.starts_with("complete paging::empty_page"), "{told}");
    let total = |rows, hash| page(rows, hash).member("/total", number("8"));
    let (_, told) = walk(&mut engine(&plan), vec![total(4, 1), total(4, 2), total(0, 0)]);
    assert!(told.starts_with("complete paging::empty_page"), "{told}");
}
