//! Names that operations read: `<api:set attr="URI" …/>`.

use crate::Evidence::{self, Documented, Inferred, Unconfirmed, Wild};
use crate::Support::{self, NotYet, Runs};

use Value::{Path, Text};

/// One input of the row operations. Any other name is a variable of the script.
#[derive(Debug)]
pub struct SetName {
    /// As documented; a trailing `#` stands for a numbered family (`Header:Name#`), a trailing `*` for any
    /// name (`UrlParam:*`).
    pub name: &'static str,
    /// Other accepted spellings.
    pub synonyms: &'static [&'static str],
    /// Its value is a path into the response: brackets in it are indexes, not references.
    pub is_path: bool,
    /// Whether it takes effect.
    pub support: Support,
    /// How it is known.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
}

/// The set name that `written` is, ignoring case and a `#` with or without digits.
pub fn set_name(written: &str) -> Option<&'static SetName> {
    let bare = written.split('#').next().unwrap_or(written);
    let is = |name: &str| name.trim_end_matches('#').eq_ignore_ascii_case(bare);
    let exact =
        || SET_NAMES.iter().find(|name| is(name.name) || name.synonyms.iter().any(|synonym| is(synonym)));
    let family = || {
        SET_NAMES
            .iter()
            .find(|name| name.name.strip_suffix('*').is_some_and(|prefix| starts_with(bare, prefix)))
    };
    exact().or_else(family)
}

/// Whether a name starts with this prefix and goes on, ignoring case.
fn starts_with(name: &str, prefix: &str) -> bool {
    name.len() > prefix.len()
        && name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// All set names, in alphabetical order.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static SET_NAMES: &[SetName] = &[
    entry("AuthScheme", &[], Text, Runs, Unconfirmed, "how the request authenticates"),
    entry("BackwardsCompatibilityMode", &[], Text, NotYet, Documented, "reads responses as engines of 2017 did"),
    entry("Charset", &["Encoding"], Text, NotYet, Unconfirmed, "the encoding of the response"),
    entry("ContentType", &[], Text, Runs, Documented, "the media type of the body"),
    entry("Cookie", &["Cookies"], Text, Runs, Unconfirmed, "cookies of the request"),
    entry("Cookie:*", &[], Text, Runs, Unconfirmed, "a cookie with its name in the attribute"),
    entry("CustomHeaders", &[], Text, Runs, Documented, "more request headers, `Name: value` a line"),
    entry("CustomUrlParams", &[], Text, Runs, Documented, "more URL parameters, `a=1&b=2`"),
    entry("data", &["PostData"], Text, Runs, Documented, "the body of the request"),
    entry("DataModel", &[], Text, Runs, Documented, "how nested arrays become rows: `Document`, `FlattenedDocuments` or `Relational`"),
    entry("ElementMapName#", &[], Text, Runs, Wild, "the attribute that the value with the same number becomes"),
    entry("ElementMapPath#", &[], Path, Runs, Wild, "where a value outside the rows is"),
    entry("EnablePaging", &[], Text, Runs, Wild, "asks for the next page while there is one"),
    entry("encodepostdata", &[], Text, Runs, Wild, "whether the parameters of a form body are percent-encoded"),
    entry("firstoffset", &[], Text, Runs, Unconfirmed, "the offset of the first row, where `PageOffsetParam` has none"),
    entry("firstpage", &[], Text, Runs, Unconfirmed, "the number of the first page, where `PageNumberParam` has none"),
    entry("FlattenArrays", &[], Text, NotYet, Documented, "how many elements of nested arrays become columns"),
    entry("FlattenObjects", &[], Text, NotYet, Documented, "whether nested objects become columns"),
    entry("FollowRedirects", &[], Text, NotYet, Unconfirmed, "whether redirects are followed"),
    entry("Format", &[], Text, NotYet, Documented, "the format of the response: `JSON`, `XML` or `CSV`"),
    entry("hasmorepath", &[], Path, Runs, Unconfirmed, "where the response says whether there are more pages"),
    entry("Header:*", &[], Text, Runs, Inferred, "a request header with its name in the attribute"),
    entry("Header:Name#", &[], Text, Runs, Wild, "the name of a request header"),
    entry("Header:Value#", &[], Text, Runs, Wild, "the value of the request header with the same number"),
    entry("ignorecontenttype", &[], Text, Runs, Wild, "reads the response whatever its media type"),
    entry("JSONFormat", &[], Text, NotYet, Documented, "the layout of JSON: one document or one a line"),
    entry("JSONPath", &[], Path, Runs, Documented, "where the rows are in JSON, several paths separated by `;`"),
    entry("KeepAlive", &[], Text, NotYet, Unconfirmed, "whether the connection stays open"),
    entry("LogFile", &[], Text, NotYet, Unconfirmed, "the log file of the original engine"),
    entry("MaxRows", &[], Text, Runs, Documented, "the most rows of a run, -1 for all"),
    entry("method", &[], Text, Runs, Documented, "the HTTP verb, `GET` by default"),
    entry("OAuthAccessTokenURL", &[], Text, NotYet, Unconfirmed, "where access tokens are got"),
    entry("OAuthAuthorizationURL", &[], Text, NotYet, Unconfirmed, "where a user grants access"),
    entry("OAuthParam:*", &[], Text, NotYet, Unconfirmed, "a further parameter of token requests"),
    entry("OAuthRefreshTokenURL", &[], Text, NotYet, Unconfirmed, "where access tokens are renewed"),
    entry("OAuthRequestTokenURL", &[], Text, NotYet, Unconfirmed, "where request tokens of OAuth 1 are got"),
    entry("OAuthVersion", &[], Text, NotYet, Unconfirmed, "the version of OAuth"),
    entry("pagecountpath", &[], Path, Runs, Unconfirmed, "where the number of pages is: fewer that came make a run unproven"),
    entry("PageNumberParam", &[], Text, Runs, Wild, "the URL parameter for the page number, `name;start` to start elsewhere than at 1"),
    entry("PageOffsetParam", &[], Text, Runs, Wild, "the URL parameter for the row offset, `name;start` to start elsewhere than at 0"),
    entry("PageSize", &[], Text, Runs, Wild, "rows of a page, and the step of the offset"),
    entry("PageSizeParam", &[], Text, Runs, Wild, "the URL parameter for the page size"),
    entry("pagetokenparam", &[], Text, Runs, Unconfirmed, "the URL parameter that sends the token back"),
    entry("pagetokenpath", &[], Path, Runs, Unconfirmed, "where the token of the next page is"),
    entry("pageurlpath", &[], Path, Runs, Unconfirmed, "where the URL of the next page is, `header:Link` for a header"),
    entry("PagingType", &[], Text, NotYet, Unconfirmed, "the kind of paging"),
    entry("paramname#", &[], Text, Runs, Unconfirmed, "the name of a parameter: in the URL for GET, in the form for POST"),
    entry("paramvalue#", &[], Text, Runs, Unconfirmed, "the value of the parameter with the same number"),
    entry("Password", &[], Text, Runs, Unconfirmed, "the password of `AuthScheme`"),
    entry("PushAttributes", &[], Text, Runs, Wild, "whether undeclared XML attributes become columns: they never do here"),
    entry("QualifyColumns", &[], Text, NotYet, Documented, "how found columns are named"),
    entry("RepeatElement#", &[], Path, Runs, Wild, "where the rows are, as older profiles say it"),
    entry("rows@next", &[], Text, Runs, Documented, "the marker of the next page"),
    entry("RowScanDepth", &[], Text, NotYet, Documented, "rows that are read to find columns"),
    entry("SubRepeatElement#", &[], Path, NotYet, Wild, "where the rows within a row are"),
    entry("Timeout", &[], Text, Runs, Unconfirmed, "seconds without a byte before the request fails"),
    entry("totalpath", &[], Path, Runs, Unconfirmed, "where the number of rows of all pages is: fewer that came make a run unproven"),
    entry("URI", &["URL"], Text, Runs, Documented, "the URL of the request"),
    entry("UrlParam:*", &[], Text, Runs, Unconfirmed, "a URL parameter with its name in the attribute"),
    entry("UrlParamName#", &[], Text, Runs, Unconfirmed, "the name of a URL parameter, whatever the verb"),
    entry("UrlParamValue#", &[], Text, Runs, Unconfirmed, "the value of the URL parameter with the same number"),
    entry("User", &[], Text, Runs, Unconfirmed, "the user name of `AuthScheme`"),
    entry("UserAgent", &[], Text, Runs, Unconfirmed, "the `User-Agent` header"),
    entry("XPath", &[], Path, Runs, Documented, "where the rows are in XML, several paths separated by `;`"),
];

/// What a value is.
#[derive(Clone, Copy)]
enum Value {
    Path,
    Text,
}

const fn entry(
    name: &'static str,
    synonyms: &'static [&'static str],
    value: Value,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> SetName {
    let is_path = matches!(value, Value::Path);
    SetName { name, synonyms, is_path, support, evidence, doc }
}
