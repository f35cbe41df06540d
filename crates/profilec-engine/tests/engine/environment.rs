//! Inputs, bodies, rows and the statements around them.

use profilec_engine::{Emit, Engine, EngineOptions, Override, PushedRow, Seen, Step};
use profilec_plan::{Body, StatementKind};

use crate::harness::{
    Saying, all, engine, fetch, outcome, page, pairs, plan, profile, request, text, told, with,
};

const CALL: &str = r#"<api:call op="jsonproviderGet"><api:push/></api:call>"#;

fn with_inputs(inputs: &str, uri: &str) -> String {
    profile(&format!("<api:set attr=\"URI\" value=\"{uri}\"/>{CALL}"))
        .replace("</api:info>", &format!("{inputs}</api:info>"))
}

#[test]
fn inputs_have_defaults_and_ignore_case() {
    let text = with_inputs(r#"<input name="Depot" default="north"/>"#, "https://a.example/[_input.depot]");
    assert_eq!(request(&text, &[], &[]).url, "https://a.example/north");
    assert_eq!(request(&text, &[("DEPOT", "south")], &[]).url, "https://a.example/south");
}

#[test]
fn a_missing_required_input_names_the_reference_that_needs_it() {
    let text = with_inputs(r#"<input name="depot" required="true"/>"#, "https://a.example/[_input.depot]");
    let plan = plan(&text);
    let Err(finding) = Engine::new(&plan, Vec::new(), Vec::new(), EngineOptions::default()) else { panic!() };
    assert_eq!(finding.code.id, "profilec::reference::input_missing");
    assert_eq!(finding.message, "the input `depot` is required");
    assert!(text[finding.primary.span.range()].contains("_input.depot"), "{finding:?}");
    assert_eq!(finding.help.as_deref(), Some("pass `-i depot=…`"));
}

#[test]
fn a_value_that_is_not_allowed_gets_the_near_one() {
    let text = with_inputs(r#"<input name="state" values="open, closed"/>"#, "https://a.example/");
    let plan = plan(&text);
    let given = pairs(&[("state", "opne")]);
    let Err(finding) = Engine::new(&plan, given, Vec::new(), EngineOptions::default()) else { panic!() };
    assert_eq!(finding.code.id, "profilec::reference::input_value_not_allowed");
    assert_eq!(finding.help.as_deref(), Some("did you mean `open`? allowed are `open`, `closed`"));
}

#[test]
fn an_undefined_reference_says_how_to_pass_it() {
    for (uri, help) in [
        ("https://a.example/[_input.depot]", "pass `-i depot=…`, or give it a default with `def('…')`"),
        ("https://a.example/[_connection.Key]", "pass `-c Key=…`, or give it a default with `def('…')`"),
    ] {
        let text = with_inputs("", uri);
        let plan = plan(&text);
        let outcome = outcome(&mut engine(&plan));
        assert_eq!(outcome.reason.code.id, "profilec::reference::undefined");
        assert_eq!(outcome.reason.help.as_deref(), Some(help));
    }
    let text = with_inputs("", "https://a.example/[_connection.Key]");
    assert_eq!(request(&text, &[], &[("Other", "key=k;x=y")]).url, "https://a.example/k");
}

fn resumed(statements: &str, seen: profilec_engine::PageSeen) -> Emit {
    let plan = plan(&profile(&format!("<api:set attr=\"URI\" value=\"https://a.example/\"/>{statements}")));
    let mut engine = engine(&plan);
    fetch(&mut engine);
    engine.resume(seen)
}

fn set(column: usize, value: &str) -> Override {
    Override { column, value: Some(value.to_owned()) }
}

#[test]
fn a_page_body_runs_once_and_counts_its_pushes() {
    assert_eq!(resumed(CALL, page(3, 1)), all());
    let body = |inner: &str| format!(r#"<api:call op="jsonproviderGet" out="Row">{inner}</api:call>"#);
    let never = r#"<api:exists attr="_input.never"><api:push/></api:exists>"#;
    assert_eq!(resumed(&body(never), page(3, 1)), Emit::Nothing);
    assert_eq!(
        resumed(&body("<api:push/><api:push/>"), page(3, 1)),
        Emit::All { copies: 2, overrides: vec![] }
    );
    for name in ["note", "Row.note", "_.NOTE"] {
        let inner = format!(r#"<api:set attr="{name}" value="n"/><api:push/>"#);
        assert_eq!(resumed(&body(&inner), page(3, 1)), Emit::All { copies: 1, overrides: vec![set(1, "n")] });
    }
    let inner = r#"<api:push/><api:set attr="note" value="n"/><api:push/>"#;
    let Emit::Picked(rows) = resumed(&body(inner), page(2, 1)) else { panic!() };
    let rows: Vec<_> = rows.into_iter().map(|row| (row.row, row.overrides)).collect();
    assert_eq!(rows, [(0, vec![]), (0, vec![set(1, "n")]), (1, vec![]), (1, vec![set(1, "n")])]);
}

#[test]
fn a_column_that_the_body_removes_is_null() {
    let body = r#"<api:call op="jsonproviderGet"><api:unset attr="note"/><api:push/></api:call>"#;
    let overrides = vec![Override { column: 1, value: None }];
    assert_eq!(resumed(body, page(3, 1)), Emit::All { copies: 1, overrides });
}

#[test]
fn a_row_body_sees_its_row_and_picks() {
    let body = r#"<api:call op="jsonproviderGet">
        <api:check attr="id"><api:set attr="note" value="kiln [id]"/><api:push/></api:check>
      </api:call>"#;
    let seen = page(3, 1).texts(0, &[Some("a"), None, Some("c")]);
    assert_eq!(
        resumed(body, seen),
        Emit::Picked(vec![
            PushedRow { row: 0, overrides: vec![set(1, "kiln a")] },
            PushedRow { row: 2, overrides: vec![set(1, "kiln c")] },
        ])
    );
}

#[test]
fn a_null_column_reads_as_the_empty_text() {
    let body = r#"<api:call op="jsonproviderGet">
        <api:set attr="note" value="<[id]|[id | def('none')]>"/><api:push/>
      </api:call>"#
        .replace("\"<[", "\"([")
        .replace("]>\"", "])\"");
    assert_eq!(
        resumed(&body, page(1, 1).texts(0, &[None])),
        Emit::Picked(vec![PushedRow { row: 0, overrides: vec![set(1, "(|none)")] }])
    );
}

#[test]
fn a_mapped_value_with_a_column_s_name_fills_it() {
    let sets = r#"<api:set attr="ElementMapPath" value="/json/batch"/><api:set attr="ElementMapName" value="note"/>"#;
    assert_eq!(
        resumed(&format!("{sets}{CALL}"), page(2, 1).capture(text("b7"))),
        Emit::All { copies: 1, overrides: vec![set(1, "b7")] }
    );
    assert_eq!(resumed(&format!("{sets}{CALL}"), page(2, 1).capture(Seen::Absent)), all());
}

#[test]
fn rows_of_the_script_itself_are_pushed() {
    let plan = plan(&profile(
        r#"<api:enum range="1..3"><api:set attr="id" value="k[_value]"/><api:push/></api:enum>"#,
    ));
    let mut engine = engine(&plan);
    let Step::Push(rows) = engine.step() else { panic!() };
    let ids: Vec<_> = rows.into_iter().flat_map(|row| row.overrides).map(|set| set.value).collect();
    assert_eq!(ids, [Some("k1".to_owned()), Some("k2".to_owned()), Some("k3".to_owned())]);
    assert_eq!(told(&outcome(&mut engine)), "complete paging::single_page: the script asked for no page");
}

#[test]
fn one_call_feeds_the_next() {
    let plan = plan(&profile(
        r#"<api:set attr="URI" value="https://a.example/token"/>
        <api:set attr="ElementMapPath#1" value="/json/token"/><api:set attr="ElementMapName#1" value="token"/>
        <api:call op="jsonproviderGet"><api:set attr="auth.token" value="[token]"/></api:call>
        <api:set attr="Header:Name" value="X-Token"/>
        <api:set attr="Header:Value" value="[auth.token]"/>
        <api:set attr="URI" value="https://a.example/kilns"/>
        <api:call op="jsonproviderGet"><api:push/></api:call>"#,
    ));
    let mut engine = engine(&plan);
    assert_eq!(fetch(&mut engine).request.url, "https://a.example/token");
    assert_eq!(engine.resume(page(1, 1).capture(text("t1"))), Emit::Nothing);
    let second = fetch(&mut engine);
    assert_eq!((second.page, second.request.headers[0].value.as_str()), (2, "t1"));
    assert_eq!(engine.resume(page(3, 2).capture(Seen::Absent)), all());
    assert!(told(&outcome(&mut engine)).starts_with("complete paging::single_page"));
}

#[test]
fn thrown_and_validated_errors_fail_the_run() {
    for (statement, expected) in [
        (
            r#"<api:throw code="kiln" desc="it is cold"/>"#,
            "failed structure::thrown: the profile raised `kiln`: it is cold",
        ),
        (r#"<api:validate attr="_input.depot" desc="depot is needed"/>"#, "depot is needed"),
    ] {
        let plan = plan(&profile(&format!("{statement}{CALL}")));
        let told = told(&outcome(&mut engine(&plan)));
        assert!(told.starts_with("failed structure::") && told.ends_with(expected), "{told}");
    }
}

#[test]
fn conditions_choose() {
    for (condition, holds) in [
        (r#"<api:if attr="n" value="7" operator="equals">"#, true),
        (r#"<api:if attr="n" value="10" operator="lessthan">"#, true),
        (r#"<api:if attr="n" value="10" operator="greaterthan">"#, false),
        (r#"<api:if exp="[n] &gt;= 7 &amp;&amp; [n] != 8">"#, true),
        (r#"<api:if exp="[x | allownull] == null">"#, true),
        (r#"<api:check attr="none">"#, false),
        (r#"<api:exists attr="n">"#, true),
        (r#"<api:notnull attr="x">"#, false),
        (r#"<api:null attr="x">"#, true),
        (r#"<api:equals attr="w" value="KILN" case="ignore">"#, true),
        (r#"<api:notequals attr="w" value="KILN">"#, true),
    ] {
        let name = condition.trim_start_matches('<').split(' ').next().unwrap_or_default();
        let text = profile(&format!(
            r#"<api:set attr="n" value="7"/><api:set attr="none" value=""/><api:set attr="w" value="kiln"/>
            {condition}<api:set attr="URI" value="https://a.example/yes"/>
              <api:else><api:set attr="URI" value="https://a.example/no"/></api:else></{name}>{CALL}"#
        ));
        let expected = if holds { "https://a.example/yes" } else { "https://a.example/no" };
        assert_eq!(request(&text, &[], &[]).url, expected, "{condition}");
    }
}

#[test]
fn cases_lists_and_arrays_work() {
    let text = profile(&format!(
        r#"<api:set attr="kind" value="b"/>
        <api:select value="[kind]">
          <api:case value="a"><api:set attr="path" value="as"/></api:case>
          <api:case value="b"><api:set attr="path" value="bs"/></api:case>
          <api:default><api:set attr="path" value="others"/></api:default>
        </api:select>
        <api:set attr="q.ids" value=""/>
        <api:enum list="1,2,3" separator=","><api:set attr="q.ids" value="[q.ids][_index]:[_value];"/></api:enum>
        <api:set attr="URI" value="https://a.example/[path]?ids=[q.ids]"/>{CALL}"#
    ));
    assert_eq!(request(&text, &[], &[]).url, "https://a.example/bs?ids=1:1;2:2;3:3;");
}

#[test]
fn a_range_without_reason_is_refused() {
    let plan = plan(&profile(&format!(
        r#"<api:enum range="1..9999999"><api:set attr="x" value="1"/></api:enum>{CALL}"#
    )));
    assert!(told(&outcome(&mut engine(&plan))).starts_with("failed structure::too_many_steps"));
}

#[test]
fn loops_around_calls_end() {
    let plan = plan(&profile(&format!(
        r#"<api:enum range="1..100"><api:set attr="URI" value="https://a.example/[_value]"/>{CALL}</api:enum>"#
    )));
    let options = || EngineOptions { max_requests: Some(3), ..EngineOptions::default() };
    let mut engine = with(&plan, &[], &[], options());
    let mut asked = 0;
    let outcome = loop {
        match engine.step() {
            Step::Fetch(_) => {
                asked += 1;
                engine.resume(page(0, asked));
            }
            Step::Push(_) => {}
            Step::Done(outcome) => break outcome,
        }
    };
    assert_eq!(asked, 3);
    let wanted = "failed structure::too_many_steps: the script wants more than 3 requests in one pass";
    assert_eq!(told(&outcome), wanted);
}

#[test]
fn a_call_in_a_body_runs_for_each_row() {
    // Lowering refuses such a body today; the plan can say it.
    let nested = |name: &str, inner: &str| {
        format!(
            r#"<api:set attr="URI" value="https://a.example/{name}"/>
            <api:call op="jsonproviderGet">{inner}</api:call>"#
        )
    };
    let mut outer = plan(&profile(&nested("kilns", r#"<api:check attr="id"><api:push/></api:check>"#)));
    let inner = plan(&profile(&nested("firings", "<api:push/>")));
    let Some(StatementKind::Call(call)) = outer.body.last_mut().map(|statement| &mut statement.kind) else {
        panic!()
    };
    let Body::Row { block, .. } = &mut call.body else { panic!() };
    block.extend(inner.body);

    let mut engine = engine(&outer);
    let kilns = fetch(&mut engine);
    assert_eq!(kilns.extraction.materialise, [0, 1], "rows go out as text");
    let ids = page(2, 1).texts(0, &[Some("a"), Some("b")]).texts(1, &[None, None]);
    assert_eq!(engine.resume(ids), Emit::Nothing);
    for id in ["a", "b"] {
        let Step::Push(rows) = engine.step() else { panic!() };
        assert_eq!(rows[0].overrides[0], set(0, id));
        assert_eq!(fetch(&mut engine).request.url, "https://a.example/firings");
        assert_eq!(engine.resume(page(4, 9)), all(), "pages within a row are not compared");
    }
    assert!(told(&outcome(&mut engine)).starts_with("complete paging::single_page"));
}
