//! Walks that combine several parts of the language, as profiles in the world do.

use profilec_engine::Seen;
use profilec_plan::ColumnSource;

use crate::harness::{Saying, engine, fetch, page, plan, profile, text, walk};

#[test]
fn a_marker_packs_page_and_token_and_is_split_again() {
    let plan = plan(&profile(
        r#"<api:set attr="EnablePaging" value="TRUE"/>
        <api:set attr="JSONPath" value="$.rows"/>
        <api:set attr="marker" value="[rows@next | def('1,')]"/>
        <api:set attr="page" value="[marker | split(',', 1)]"/>
        <api:set attr="token" value="[marker | split(',', 2)]"/>
        <api:set attr="ElementMapPath#" value="/json/token"/>
        <api:set attr="ElementMapName#" value="fresh"/>
        <api:set attr="URI" value="https://a.example/kilns?page=[page]&amp;token=[token]"/>
        <api:call op="jsonproviderGet">
          <api:set attr="rows@next" value="[page | add(1)],[fresh]"/>
          <api:push/>
        </api:call>"#,
    ));
    let pages = vec![
        page(2, 1).capture(text("t1")),
        page(2, 2).capture(text("t2")),
        page(0, 0).capture(Seen::Absent),
    ];
    let (urls, told) = walk(&mut engine(&plan), pages);
    assert_eq!(
        urls,
        [
            "https://a.example/kilns?page=1&token=",
            "https://a.example/kilns?page=2&token=t1",
            "https://a.example/kilns?page=3&token=t2"
        ]
    );
    assert!(told.starts_with("complete paging::empty_page"), "{told}");
}

#[test]
fn an_offset_runs_up_to_the_mapped_total() {
    let plan = plan(&profile(
        r#"<api:set attr="EnablePaging" value="TRUE"/>
        <api:set attr="JSONPath" value="$.items"/>
        <api:set attr="limit" value="5"/>
        <api:set attr="offset" value="[rows@next | def('0')]"/>
        <api:set attr="nextOffset" value="[offset | add([limit])]"/>
        <api:set attr="URI" value="https://a.example/kilns?limit=[limit]&amp;offset=[offset]"/>
        <api:set attr="ElementMapPath#1" value="/json/total"/>
        <api:set attr="ElementMapName#1" value="total"/>
        <api:call op="jsonproviderGet">
          <api:if attr="total" value="[nextOffset]" operator="greaterthan">
            <api:set attr="rows@next" value="[nextOffset]"/>
          </api:if>
          <api:push/>
        </api:call>"#,
    ));
    let total = || crate::harness::number("12");
    let said = |rows, hash| page(rows, hash).capture(text("12")).member("/total", total());
    let (urls, told) = walk(&mut engine(&plan), vec![said(5, 1), said(5, 2), said(2, 3)]);
    assert_eq!(urls.last().map(String::as_str), Some("https://a.example/kilns?limit=5&offset=10"));
    assert!(told.starts_with("complete paging::marker_absent"), "{told}");
}

#[test]
fn a_relative_marker_in_the_uri_resolves_against_its_page() {
    let plan = plan(&profile(
        r#"<api:set attr="EnablePaging" value="TRUE"/>
        <api:set attr="JSONPath" value="$.rows"/>
        <api:set attr="ElementMapPath" value="/json/next"/><api:set attr="ElementMapName" value="rows@next"/>
        <api:set attr="URI" value="[rows@next | def('https://a.example/v1/kilns?size=2')]"/>
        <api:call op="jsonproviderGet"><api:push/></api:call>"#,
    ));
    let pages = vec![page(2, 1).capture(text("?after=9")), page(1, 2).capture(Seen::Null)];
    let (urls, _) = walk(&mut engine(&plan), pages);
    assert_eq!(urls[1], "https://a.example/v1/kilns?after=9");
}

#[test]
fn columns_are_found_within_and_outside_the_rows() {
    let text = profile(
        r#"<api:set attr="URI" value="https://a.example/"/>
        <api:set attr="JSONPath" value="$.data.rows"/>
        <api:call op="jsonproviderGet"><api:push/></api:call>"#,
    )
    .replace(r#"other:xPath="id""#, r#"other:xPath="/json/data/rows/id""#)
    .replace(r#"other:xPath="note""#, r#"other:xPath="/json/data/batch""#);
    let plan = plan(&text);
    let extraction = fetch(&mut engine(&plan)).extraction;
    assert!(matches!(&extraction.columns[0], ColumnSource::Row(steps) if steps.len() == 1));
    assert!(matches!(&extraction.columns[1], ColumnSource::Outside(steps) if steps.len() == 2));
    assert_eq!(&text[extraction.rows_origin.range()], "$.data.rows");
}

#[test]
fn the_stronger_row_path_wins_and_the_connection_comes_last() {
    let text = profile(
        r#"<api:set attr="URI" value="https://a.example/"/>
        <api:set attr="RepeatElement" value="/json/weak"/><api:set attr="JSONPath" value="$.strong"/>
        <api:call op="jsonproviderGet"><api:push/></api:call>"#,
    );
    let plan = plan(&text);
    let extraction = fetch(&mut engine(&plan)).extraction;
    assert_eq!(extraction.levels.iter().map(|level| level.path.to_string()).collect::<Vec<_>>(), ["/strong"]);
}
