//! Names that operations read: `<api:set attr="URI" …/>`.

use crate::Evidence::{self, Documented, Inferred, Unconfirmed, Wild};
use crate::Support::{self, NotYet, Runs};

/// One input of the row operations. Any other name is a variable of the script.
#[derive(Debug)]
pub struct SetName {
    /// As documented; a trailing `#` stands for a numbered family (`Header:Name#`), a trailing `*` for any
    /// name (`UrlParam:*`).
    pub name: &'static str,
    /// Other accepted spellings.
    pub synonyms: &'static [&'static str],
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
    entry("AuthScheme", &[], Runs, Unconfirmed, "how the request authenticates"),
    entry("BackwardsCompatibilityMode", &[], NotYet, Documented, "reads responses as engines of 2017 did"),
    entry("Charset", &["Encoding"], NotYet, Unconfirmed, "the encoding of the response"),
    entry("ContentType", &[], Runs, Documented, "the media type of the body"),
    entry("Cookie", &[], NotYet, Unconfirmed, "cookies of the request"),
    entry("Cookie:*", &[], NotYet, Unconfirmed, "a cookie with its name in the attribute"),
    entry("CustomHeaders", &[], Runs, Documented, "more request headers, `Name: value` a line"),
    entry("CustomUrlParams", &[], Runs, Documented, "more URL parameters, `a=1&b=2`"),
    entry("data", &["PostData"], Runs, Documented, "the body of the request"),
    entry("DataModel", &[], Runs, Documented, "how nested arrays become rows: `Document`, `FlattenedDocuments` or `Relational`"),
    entry("ElementMapName#", &[], Runs, Wild, "the attribute that the value with the same number becomes"),
    entry("ElementMapPath#", &[], Runs, Wild, "where a value outside the rows is"),
    entry("EnablePaging", &[], Runs, Wild, "asks for the next page while there is one"),
    entry("encodepostdata", &[], Runs, Wild, "whether the parameters of a form body are percent-encoded"),
    entry("firstoffset", &[], NotYet, Unconfirmed, "the offset of the first row"),
    entry("firstpage", &[], NotYet, Unconfirmed, "the number of the first page"),
    entry("FlattenArrays", &[], NotYet, Documented, "how many elements of nested arrays become columns"),
    entry("FlattenObjects", &[], NotYet, Documented, "whether nested objects become columns"),
    entry("FollowRedirects", &[], NotYet, Unconfirmed, "whether redirects are followed"),
    entry("Format", &[], NotYet, Documented, "the format of the response: `JSON`, `XML` or `CSV`"),
    entry("hasmorepath", &[], Runs, Unconfirmed, "where the response says whether there are more pages"),
    entry("Header:*", &[], Runs, Inferred, "a request header with its name in the attribute"),
    entry("Header:Name#", &[], Runs, Wild, "the name of a request header"),
    entry("Header:Value#", &[], Runs, Wild, "the value of the request header with the same number"),
    entry("ignorecontenttype", &[], Runs, Wild, "reads the response whatever its media type"),
    entry("JSONFormat", &[], NotYet, Documented, "the layout of JSON: one document or one a line"),
    entry("JSONPath", &[], Runs, Documented, "where the rows are in JSON, several paths separated by `;`"),
    entry("KeepAlive", &[], NotYet, Unconfirmed, "whether the connection stays open"),
    entry("LogFile", &[], NotYet, Unconfirmed, "the log file of the original engine"),
    entry("MaxRows", &[], Runs, Documented, "the most rows of a run, -1 for all"),
    entry("method", &[], Runs, Documented, "the HTTP verb, `GET` by default"),
    entry("OAuthAccessTokenURL", &[], NotYet, Unconfirmed, "where access tokens are got"),
    entry("OAuthAuthorizationURL", &[], NotYet, Unconfirmed, "where a user grants access"),
    entry("OAuthParam:*", &[], NotYet, Unconfirmed, "a further parameter of token requests"),
    entry("OAuthRefreshTokenURL", &[], NotYet, Unconfirmed, "where access tokens are renewed"),
    entry("OAuthRequestTokenURL", &[], NotYet, Unconfirmed, "where request tokens of OAuth 1 are got"),
    entry("OAuthVersion", &[], NotYet, Unconfirmed, "the version of OAuth"),
    entry("pagecountpath", &[], NotYet, Unconfirmed, "where the number of pages is"),
    entry("PageNumberParam", &[], Runs, Wild, "the URL parameter for the page number, `name;start` to start elsewhere than at 1"),
    entry("PageOffsetParam", &[], Runs, Wild, "the URL parameter for the row offset, `name;start` to start elsewhere than at 0"),
    entry("PageSize", &[], Runs, Wild, "rows of a page, and the step of the offset"),
    entry("PageSizeParam", &[], Runs, Wild, "the URL parameter for the page size"),
    entry("pagetokenparam", &[], Runs, Unconfirmed, "the URL parameter that sends the token back"),
    entry("pagetokenpath", &[], Runs, Unconfirmed, "where the token of the next page is"),
    entry("pageurlpath", &[], Runs, Unconfirmed, "where the URL of the next page is, `header:Link` for a header"),
    entry("PagingType", &[], NotYet, Unconfirmed, "the kind of paging"),
    entry("paramname#", &[], Runs, Unconfirmed, "the name of a parameter: in the URL for GET, in the form for POST"),
    entry("paramvalue#", &[], Runs, Unconfirmed, "the value of the parameter with the same number"),
    entry("Password", &[], Runs, Unconfirmed, "the password of `AuthScheme`"),
    entry("PushAttributes", &[], NotYet, Wild, "whether XML attributes become attributes of the item"),
    entry("QualifyColumns", &[], NotYet, Documented, "how found columns are named"),
    entry("RepeatElement#", &[], Runs, Wild, "where the rows are, as older profiles say it"),
    entry("rows@next", &[], Runs, Documented, "the marker of the next page"),
    entry("RowScanDepth", &[], NotYet, Documented, "rows that are read to find columns"),
    entry("SubRepeatElement#", &[], NotYet, Wild, "where the rows within a row are"),
    entry("Timeout", &[], Runs, Unconfirmed, "seconds without a byte before the request fails"),
    entry("totalpath", &[], NotYet, Unconfirmed, "where the number of rows of all pages is"),
    entry("URI", &["URL"], Runs, Documented, "the URL of the request"),
    entry("UrlParam:*", &[], Runs, Unconfirmed, "a URL parameter with its name in the attribute"),
    entry("UrlParamName#", &[], Runs, Unconfirmed, "the name of a URL parameter, whatever the verb"),
    entry("UrlParamValue#", &[], Runs, Unconfirmed, "the value of the URL parameter with the same number"),
    entry("User", &[], Runs, Unconfirmed, "the user name of `AuthScheme`"),
    entry("UserAgent", &[], Runs, Unconfirmed, "the `User-Agent` header"),
    entry("XPath", &[], Runs, Documented, "where the rows are in XML, several paths separated by `;`"),
];

const fn entry(
    name: &'static str,
    synonyms: &'static [&'static str],
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> SetName {
    SetName { name, synonyms, support, evidence, doc }
}
