//! From operation inputs to a request.

use ::url::{Url, form_urlencoded};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::Plan;
use profilec_vocabulary::AuthSchemeId;

use super::credentials::{Credentials, PasswordLogin, credentials};
use super::{HeaderField, OperationInputs, Request, Trust, origin, url};
use crate::formatters::percent_encode;
use crate::script::{Item, is_true};

/// What a request depends on besides the operation's inputs.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    /// The profile.
    pub(crate) plan: &'c Plan,
    /// `_input`: fills `{name}` in the URI.
    pub(crate) input: &'c Item,
    /// The verb, when the script sets no `method`.
    pub(crate) verb: &'static str,
    /// The call's place.
    pub(crate) call: Span,
    /// The URL of the page before: relative links resolve against it.
    pub(crate) base: Option<&'c str>,
    /// How declarative paging changes the request.
    pub(crate) wanted: &'c Wanted,
    /// The authentication that the transport carries out for every request.
    pub(crate) carried_out: Option<AuthSchemeId>,
}

/// The page that declarative paging wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The one that the script asks for.
    AsWritten,
    /// The one behind this link.
    Link(String),
    /// The one with these query parameters, in the place of the script's.
    Parameters(Vec<(String, String)>),
}

/// The request, and the place of its URL.
///
/// # Errors
/// No URI, one that cannot be requested, an unfilled placeholder, an authentication that cannot be carried out.
pub(crate) fn build(
    inputs: &OperationInputs<'_>,
    context: &Context<'_>,
    trust: &mut Trust,
) -> Result<(Request, Span), Diagnostic> {
    let (mut url, from_response, place) = address(inputs, context)?;
    // A fragment is for the reader of a page; it is never sent (RFC 9110, section 7.1).
    url.set_fragment(None);
    let method = inputs.text(&["method"]).unwrap_or(context.verb).trim().to_uppercase();
    let user_info = take_user_info(&mut url).filter(|_| !from_response);

    let scheme_lost = url.scheme() == "http" && context.base.is_some_and(|base| base.starts_with("https:"));
    let origin = origin::origin(&url).unwrap_or_default();
    if scheme_lost && from_response && !trust.allows(&origin) {
        return Err(Diagnostic::new(
            &codes::http::redirect_refused,
            format!("the next link goes from https to `{origin}`"),
            Label::new(place, "would be followed without encryption"),
        )
        .help(format!("pass `--allow-origin {origin}` if that is meant")));
    }
    let foreign = !trust.admits(&origin, from_response);
    if let Wanted::Parameters(parameters) = context.wanted {
        for (name, value) in parameters {
            url::set_parameter(&mut url, name, value);
        }
    }
    if foreign {
        // Parameters of the script may be keys as well as headers may: neither leaves for a stranger.
        let (headers, body, login) = (Vec::new(), None, None);
        let (timeout, follow_redirects) = (timeout(inputs), follows_redirects(inputs));
        let url = url.into();
        return Ok((
            Request { method, url, headers, body, timeout, follow_redirects, login, foreign },
            place,
        ));
    }
    let body = add_parameters(&mut url, inputs, context, &method);
    if let Some(parameters) = inputs.text(&["CustomUrlParams"]) {
        url::add_missing_raw(&mut url, parameters);
    }
    let (basic, login) = match credentials(inputs, context)? {
        Credentials::Basic(login) => (Some(login), None),
        Credentials::Challenge(login) => (None, Some(login)),
        Credentials::None => (user_info, None),
    };
    let headers = headers(inputs, context, body.as_ref(), basic)?;
    let body = body.map(|body| body.text);
    let (timeout, follow_redirects) = (timeout(inputs), follows_redirects(inputs));
    let url = url.into();
    Ok((Request { method, url, headers, body, timeout, follow_redirects, login, foreign }, place))
}

/// The URL to start from, whether a response had a part in it, and its place.
fn address(inputs: &OperationInputs<'_>, context: &Context<'_>) -> Result<(Url, bool, Span), Diagnostic> {
    let uri = inputs.value(&["URI", "URL"]).filter(|uri| !uri.text.trim().is_empty());
    let place = uri.map_or(context.call, |uri| uri.origin);
    let place = if place == Span::default() { context.call } else { place };
    let bad = |text: &str, why: &str| {
        Diagnostic::new(
            &codes::http::bad_url,
            format!("`{text}` cannot be requested"),
            Label::new(place, why),
        )
    };
    if let Wanted::Link(link) = context.wanted {
        let url = url::join(context.base.unwrap_or_default(), link);
        return url
            .map(|url| (url, true, place))
            .ok_or_else(|| bad(&shorten(link), "the next page of this request has no http or https URL"));
    }
    let Some(uri) = uri else {
        return Err(Diagnostic::new(
            &codes::request::uri_missing,
            "the call has no `URI`",
            Label::new(context.call, "asks for nothing"),
        )
        .help("set `URI` before the call, or pass `-c URI=…`"));
    };
    let filled = fill_placeholders(&uri.text, uri.from_response, place, context)?;
    let url = match context.base {
        // A script that puts a relative next link into `URI` means the page it came from.
        Some(base) if uri.from_response => url::join(base, &filled),
        _ => url::absolute(&filled),
    };
    let url = url.ok_or_else(|| {
        bad(&shorten(&filled), "is no http or https URL").help("write it with `http://` or `https://`")
    })?;
    Ok((url, uri.from_response, place))
}

/// Fills `{name}` from the column or input whose filter it is.
fn fill_placeholders(
    uri: &str,
    from_response: bool,
    place: Span,
    context: &Context<'_>,
) -> Result<String, Diagnostic> {
    let mut out = String::with_capacity(uri.len());
    let mut rest = uri;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let name = after[1..].split('}').next().filter(|name| after.len() > name.len() + 1);
        let is_name = |name: &&str| {
            !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@'))
        };
        let Some(name) = name.filter(is_name) else {
            out.push('{');
            rest = &after[1..];
            continue;
        };
        let fillers = fillers(name, context.plan);
        match fillers.iter().find_map(|filler| context.input.value(filler)) {
            Some(value) => out.push_str(&percent_encode(&value.text)),
            // A link may have braces of its own.
            None if fillers.is_empty() && from_response => out.push_str(&after[..name.len() + 2]),
            None => {
                let finding = Diagnostic::new(
                    &codes::request::placeholder_unfilled,
                    format!("nothing fills `{{{name}}}` in the URI"),
                    Label::new(place, "is not a URL before it is filled"),
                );
                return Err(match fillers.first() {
                    Some(filler) => finding.help(format!("pass `-i {filler}=…`")),
                    None => finding.help(format!(
                        "write `[_input.{name}]`, or give a column or input `other:filter=\"{{{name}}}\"`"
                    )),
                });
            }
        }
        rest = &after[name.len() + 2..];
    }
    out.push_str(rest);
    Ok(out)
}

/// Names of columns and inputs whose filter is `{name}`.
fn fillers<'p>(name: &str, plan: &'p Plan) -> Vec<&'p str> {
    let fits = |filter: &Option<String>| {
        filter.as_ref().is_some_and(|filter| {
            filter.trim().trim_start_matches('{').trim_end_matches('}').eq_ignore_ascii_case(name)
        })
    };
    let inputs = plan.inputs.iter().filter(|input| fits(&input.filter)).map(|input| input.name.as_str());
    let columns = plan.columns.iter().filter(|column| fits(&column.filter));
    inputs.chain(columns.map(|column| column.name.as_str())).collect()
}

/// Userinfo never stays in a URL. What the profile itself wrote there is meant as Basic authentication.
fn take_user_info(url: &mut Url) -> Option<PasswordLogin> {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let user = decode(url.username());
    let password = url.password().map(decode).unwrap_or_default();
    // Both fail only for URLs without a host.
    let _ = (url.set_username(""), url.set_password(None));
    (!user.is_empty()).then_some(PasswordLogin { user, password })
}

/// A body and its content type when the script names none.
struct Payload {
    text: String,
    content_type: &'static str,
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Adds the script's parameters to the URL; gives the body.
fn add_parameters(
    url: &mut Url,
    inputs: &OperationInputs<'_>,
    context: &Context<'_>,
    method: &str,
) -> Option<Payload> {
    // A next link is complete: what it has is not said twice.
    let add = match context.wanted {
        Wanted::Link(_) => url::add_missing_parameter,
        Wanted::AsWritten | Wanted::Parameters(_) => url::add_parameter,
    };
    for (name, value) in inputs.prefixed("urlparam:") {
        add(url, name, &value.text);
    }
    for (name, value) in inputs.pairs("UrlParamName", "UrlParamValue") {
        add(url, &name.text, &value.text);
    }
    let data = inputs.value(&["data", "PostData"]).filter(|data| !data.text.is_empty());
    let parameters = inputs.pairs("ParamName", "ParamValue");
    if method == "GET" || method == "HEAD" || data.is_some() {
        for (name, value) in &parameters {
            add(url, &name.text, &value.text);
        }
        let data = data?;
        let encode = inputs.value(&["EncodePostData"]).is_some_and(|word| is_true(&word.text));
        let text = if encode { form_encoded(&data.text) } else { data.text.clone() };
        let content_type = if text.trim_start().starts_with(['{', '[']) { "application/json" } else { FORM };
        return Some(Payload { text, content_type });
    }
    if parameters.is_empty() {
        return None;
    }
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(parameters.iter().map(|(name, value)| (&name.text, &value.text)));
    Some(Payload { text: form.finish(), content_type: FORM })
}

/// `a=b c&d=e` with each name and value encoded.
fn form_encoded(data: &str) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for pair in data.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        form.append_pair(name, value);
    }
    form.finish()
}

fn follows_redirects(inputs: &OperationInputs<'_>) -> bool {
    let word = inputs.text(&["FollowRedirects"]);
    word.is_none_or(|word| profilec_vocabulary::boolean_word(word) != Some(false))
}

fn timeout(inputs: &OperationInputs<'_>) -> Option<u64> {
    inputs.text(&["Timeout"])?.trim().parse().ok()
}

/// Headers in the order: the script's pairs, its single ones, what other inputs amount to; `CustomHeaders`
/// take the place of one with their name.
fn headers(
    inputs: &OperationInputs<'_>,
    context: &Context<'_>,
    body: Option<&Payload>,
    basic: Option<PasswordLogin>,
) -> Result<Vec<HeaderField>, Diagnostic> {
    let mut headers = Headers::default();
    for (name, value) in inputs.pairs("Header:Name", "Header:Value") {
        headers.add(&name.text, &value.text);
    }
    for (name, value) in inputs.prefixed("header:") {
        if !matches!(name.to_lowercase().as_str(), "name" | "value") {
            headers.add_missing(name, &value.text);
        }
    }
    match (inputs.text(&["ContentType"]), body) {
        (Some(content_type), _) => headers.add_missing("Content-Type", content_type),
        (None, Some(body)) => headers.add_missing("Content-Type", body.content_type),
        (None, None) => {}
    }
    let cookies: Vec<String> = inputs
        .text(&["Cookie", "Cookies"])
        .map(str::to_owned)
        .into_iter()
        .chain(inputs.prefixed("cookie:").into_iter().map(|(name, value)| format!("{name}={}", value.text)))
        .collect();
    if !cookies.is_empty() {
        headers.add_missing("Cookie", &cookies.join("; "));
    }
    if let Some(agent) = inputs.text(&["UserAgent"]) {
        headers.add_missing("User-Agent", agent);
    }
    if let Some(PasswordLogin { user, password }) = basic {
        let secret = STANDARD.encode(format!("{user}:{password}"));
        headers.add_missing("Authorization", &format!("Basic {secret}"));
    }
    if let Some(lines) = inputs.text(&["CustomHeaders"]) {
        for line in lines.replace("\\r\\n", "\n").replace("\\n", "\n").split(['\r', '\n']) {
            if line.trim().is_empty() {
                continue;
            }
            // The line may be a secret: it is not shown.
            let Some((name, value)) = line.split_once(':').filter(|(name, _)| is_header_name(name.trim()))
            else {
                return Err(Diagnostic::new(
                    &codes::request::header_malformed,
                    "a line of `CustomHeaders` does not begin with a header name",
                    Label::new(context.call, "would be sent with this request"),
                )
                .help("write each line as `Name: value`, separated by `\\r\\n`"));
            };
            headers.replace(name, value);
        }
    }
    Ok(headers.0)
}

/// A token of RFC 9110, section 5.6.2.
fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[derive(Default)]
struct Headers(Vec<HeaderField>);

impl Headers {
    fn add(&mut self, name: &str, value: &str) {
        let name = name.trim().trim_end_matches(':');
        if !name.is_empty() {
            self.0.push(HeaderField { name: name.to_owned(), value: value.trim().to_owned() });
        }
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|header| header.name.eq_ignore_ascii_case(name.trim()))
    }

    fn add_missing(&mut self, name: &str, value: &str) {
        if !self.has(name) {
            self.add(name, value);
        }
    }

    fn replace(&mut self, name: &str, value: &str) {
        self.0.retain(|header| !header.name.eq_ignore_ascii_case(name.trim()));
        self.add(name, value);
    }
}

fn shorten(text: &str) -> String {
    crate::paging::shorten(text)
}
