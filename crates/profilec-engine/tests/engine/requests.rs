//! From operation inputs to requests.

use profilec_engine::{Engine, EngineOptions, Request, Step};

use crate::harness::{Saying, engine, fetch, outcome, page, pairs, plan, profile, request, told, with};

fn call(sets: &str) -> String {
    profile(&format!("{sets}<api:call op=\"jsonproviderGet\"><api:push/></api:call>"))
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.headers.iter().find(|header| header.name == name).map(|header| header.value.as_str())
}

const URI: &str = r#"<api:set attr="URI" value="https://a.example/kilns"/>"#;

#[test]
fn header_pairs_mix_in_every_spelling_and_values_are_trimmed() {
    let sets = r#"
      <api:set attr="Header:Name#2" value="X-Second"/>
      <api:set attr="header:value#2" value=" two "/>
      <api:set attr="HEADER:NAME" value="X-First"/>
      <api:set attr="Header:Value" value="one"/>
      <api:set attr="Header:X-Single" value="three"/>
      <api:set attr="Header:Name#9" value="X-Half"/>"#;
    let request = request(&call(&format!("{URI}{sets}")), &[], &[]);
    let headers: Vec<_> =
        request.headers.iter().map(|header| format!("{}: {}", header.name, header.value)).collect();
    assert_eq!(headers, ["X-First: one", "X-Second: two", "X-Single: three"]);
}

#[test]
fn custom_headers_win_in_every_line_spelling() {
    let sets =
        r#"<api:set attr="Header:Name" value="authorization"/><api:set attr="Header:Value" value="old"/>"#;
    for lines in [
        "Authorization: Bearer t\r\nX-A: 1",
        "Authorization: Bearer t\nX-A: 1",
        r"Authorization: Bearer t\r\nX-A: 1",
        r"Authorization: Bearer t\nX-A: 1",
    ] {
        let request = request(&call(&format!("{URI}{sets}")), &[], &[("CustomHeaders", lines)]);
        assert_eq!(request.headers.len(), 2, "{lines}");
        assert_eq!(header(&request, "Authorization"), Some("Bearer t"));
        assert_eq!(header(&request, "X-A"), Some("1"));
    }
}

#[test]
fn parameters_go_to_the_query_of_a_get_and_the_form_of_a_post() {
    let sets = r#"
      <api:set attr="paramname#1" value="q"/><api:set attr="paramvalue#1" value="a b&amp;c"/>
      <api:set attr="UrlParam:Since" value="2031-04-05"/>"#;
    let get = request(&call(&format!("{URI}{sets}")), &[], &[]);
    assert_eq!(get.url, "https://a.example/kilns?Since=2031-04-05&q=a%20b%26c");
    let post = request(&call(&format!("{URI}{sets}<api:set attr=\"method\" value=\"post\"/>")), &[], &[]);
    assert_eq!(
        (post.method.as_str(), post.url.as_str()),
        ("POST", "https://a.example/kilns?Since=2031-04-05")
    );
    assert_eq!(post.body.as_deref(), Some("q=a+b%26c"));
    assert_eq!(header(&post, "Content-Type"), Some("application/x-www-form-urlencoded"));
}

#[test]
fn a_body_is_sent_as_written() {
    let sets = r#"<api:set attr="method" value="POST"/><api:set attr="data">{"kinds":\["a b"\]}</api:set>"#;
    let plain = request(&call(&format!("{URI}{sets}")), &[], &[]);
    assert_eq!(plain.body.as_deref(), Some(r#"{"kinds":["a b"]}"#));
    assert_eq!(header(&plain, "Content-Type"), Some("application/json"));
    let sets = r#"<api:set attr="method" value="POST"/><api:set attr="PostData" value="a=b c&amp;d=é"/>
      <api:set attr="encodepostdata" value="true"/><api:set attr="ContentType" value="text/x-form"/>"#;
    let encoded = request(&call(&format!("{URI}{sets}")), &[], &[]);
    assert_eq!(encoded.body.as_deref(), Some("a=b+c&d=%C3%A9"));
    assert_eq!(header(&encoded, "Content-Type"), Some("text/x-form"));
}

#[test]
fn custom_url_params_never_double_a_parameter_and_a_fragment_is_never_sent() {
    let sets = r#"<api:set attr="URI" value="https://a.example/kilns?key=mine#top"/>"#;
    let request = request(&call(sets), &[], &[("customurlparams", "key=yours&v=a%2Fb")]);
    assert_eq!(request.url, "https://a.example/kilns?key=mine&v=a%2Fb");
}

#[test]
fn urls_keep_what_is_valid_and_encode_the_rest() {
    let sets = r#"<api:set attr="URI" value="https://a.example/öfen/a b?ids\[\]=1&amp;q=%C3%B6+x y"/>"#;
    let request = request(&call(sets), &[], &[]);
    assert_eq!(request.url, "https://a.example/%C3%B6fen/a%20b?ids[]=1&q=%C3%B6+x%20y");
}

#[test]
fn placeholders_are_filled_from_the_input_whose_filter_they_are() {
    let text = call(r#"<api:set attr="URI" value="https://a.example/{depot}/kilns?f={&quot;a&quot;:1}"/>"#)
        .replace("</api:info>", r#"<input name="DepotId" other:filter="{depot}"/></api:info>"#);
    let filled = request(&text, &[("depotid", "a/b")], &[]);
    assert_eq!(filled.url, "https://a.example/a%2Fb/kilns?f={%22a%22:1}");
    let plan = plan(&text);
    let outcome = outcome(&mut engine(&plan));
    assert_eq!(told(&outcome), "failed request::placeholder_unfilled: nothing fills `{depot}` in the URI");
    assert_eq!(outcome.reason.help.as_deref(), Some("pass `-i DepotId=…`"));
}

#[test]
fn basic_authentication_comes_from_the_connection() {
    let given = request(&call(URI), &[], &[("Auth Scheme", "BASIC"), ("User", "ida"), ("Password", "é:x")]);
    assert_eq!(header(&given, "Authorization"), Some("Basic aWRhOsOpOng="));
    let plan = plan(&call(URI));
    let mut engine = with(&plan, &[], &[("AuthScheme", "Basic")], EngineOptions::default());
    assert!(told(&outcome(&mut engine)).starts_with("failed auth::user_missing"));
    let refused = Engine::new(&plan, Vec::new(), pairs(&[("AuthScheme", "NTLM")]), EngineOptions::default());
    assert_eq!(refused.err().map(|finding| finding.code.id), Some("profilec::auth::scheme_unsupported"));
}

#[test]
fn timeout_cookies_and_agent_are_read() {
    let request =
        request(&call(URI), &[], &[("Timeout", "0"), ("Cookies", "a=1;b=2"), ("UserAgent", "kilnbot")]);
    assert_eq!(request.timeout, Some(0));
    assert_eq!(header(&request, "Cookie"), Some("a=1;b=2"));
    assert_eq!(header(&request, "User-Agent"), Some("kilnbot"));
}

#[test]
fn with_in_the_operation_reads_that_item_over_the_connection() {
    let text = profile(
        r#"<api:set attr="URI" value="https://wrong.example/"/>
        <api:set attr="Header:Name" value="X-Wrong"/><api:set attr="Header:Value" value="1"/>
        <api:set attr="req.method" value="POST"/>
        <api:call op="jsonproviderGet" in="req"><api:push/></api:call>"#,
    );
    let request = request(&text, &[], &[("URI", "https://right.example/")]);
    assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "https://right.example/"));
    assert!(request.headers.is_empty());
}

#[test]
fn a_link_to_a_foreign_origin_carries_nothing() {
    let text = call(&format!(
        r#"{URI}<api:set attr="EnablePaging" value="true"/><api:set attr="pageurlpath" value="header:X-Next"/>
        <api:set attr="Header:Name" value="X-Key"/><api:set attr="Header:Value" value="k"/>
        <api:set attr="UrlParam:sig" value="s"/>"#
    ));
    let plan = plan(&text);
    let secret: &[(&str, &str)] =
        &[("CustomHeaders", "Authorization: Bearer t"), ("CustomUrlParams", "key=s")];
    let next = |options: EngineOptions, link: &str| {
        let mut engine = with(&plan, &[], secret, options);
        let first = fetch(&mut engine);
        assert!(!first.request.foreign);
        engine.resume(page(1, 1).header("X-Next", link));
        engine.step()
    };
    let Step::Fetch(foreign) = next(EngineOptions::default(), "https://user:pw@b.example/2") else {
        panic!()
    };
    assert!(foreign.request.foreign && foreign.request.headers.is_empty());
    assert_eq!(foreign.request.url, "https://b.example/2");
    let Step::Fetch(own) = next(EngineOptions::default(), "https://a.example:443/2") else { panic!() };
    assert!(!own.request.foreign);
    assert_eq!(own.request.url, "https://a.example/2?sig=s&key=s");
    let allowed =
        EngineOptions { allowed_origins: vec!["https://b.example".to_owned()], ..Default::default() };
    let Step::Fetch(allowed) = next(allowed, "https://b.example/2") else { panic!() };
    assert!(!allowed.request.foreign && allowed.request.headers.len() == 2);
    let Step::Done(refused) = next(EngineOptions::default(), "http://a.example/2") else { panic!() };
    assert!(told(&refused).starts_with("failed http::redirect_refused"));
}

#[test]
fn an_origin_made_from_an_input_is_trusted_and_one_from_a_response_is_not() {
    let text = profile(
        r#"<api:set attr="URI" value="https://[_input.host]/token"/>
        <api:set attr="ElementMapPath#1" value="/json/instance"/><api:set attr="ElementMapName#1" value="instance"/>
        <api:call op="jsonproviderGet"><api:set attr="keep.url" value="[instance]"/></api:call>
        <api:set attr="URI" value="[keep.url]/kilns"/>
        <api:call op="jsonproviderGet"><api:push/></api:call>"#,
    );
    let plan = plan(&text);
    let mut engine = with(&plan, &[("host", "a.example")], &[], EngineOptions::default());
    assert!(!fetch(&mut engine).request.foreign);
    engine.resume(page(1, 1).capture(crate::harness::text("https://b.example")));
    let second = fetch(&mut engine);
    assert_eq!(second.request.url, "https://b.example/kilns");
    assert!(second.request.foreign);
}

#[test]
fn what_cannot_be_requested_says_so() {
    for (sets, expected) in [
        ("", "failed request::uri_missing: the call has no `URI`"),
        (r#"<api:set attr="URI" value="kilns"/>"#, "failed http::bad_url: `kilns` cannot be requested"),
        (
            r#"<api:set attr="URI" value="file:///etc/passwd"/>"#,
            "failed http::bad_url: `file:///etc/passwd` cannot be requested",
        ),
    ] {
        let plan = plan(&call(sets));
        assert_eq!(told(&outcome(&mut engine(&plan))), expected);
    }
}
