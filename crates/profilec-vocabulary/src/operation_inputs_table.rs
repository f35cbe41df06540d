//! The tables of what operations read and give.

use crate::Evidence::{self, Documented, Inferred, Unconfirmed, Wild};
use crate::Kind::{self, Boolean, File, Integer, Pairs, Path, Paths, Text, Url, Usual, Word};
use crate::OperationId::{self, FetchRows, Http, OAuth, PushPageToken};
use crate::ResponseFormat::{Csv, Json, Xml};
use crate::Support::{self, Auth, Ignored, NoEffect, Runs};
use crate::Verb::{Get, Post};
use crate::{CHARSETS, OperationInput, OperationOutput, Parameter};

type Readers = &'static [OperationId];

/// Operations that send a request.
const REQUESTS: Readers = &[FetchRows(Json), FetchRows(Xml), FetchRows(Csv), Http(Get), Http(Post)];
/// Operations that give rows.
const ROWS: Readers = &[FetchRows(Json), FetchRows(Xml), FetchRows(Csv)];
const TREES: Readers = &[FetchRows(Json), FetchRows(Xml)];
const TEXTS: Readers = &[Http(Get), Http(Post)];
const JSON: Readers = &[FetchRows(Json)];
const XML: Readers = &[FetchRows(Xml)];
const CSV: Readers = &[FetchRows(Csv)];
const TOKENS: Readers = &[OAuth];
const REQUESTS_AND_TOKENS: Readers =
    &[FetchRows(Json), FetchRows(Xml), FetchRows(Csv), Http(Get), Http(Post), OAuth];
const PAGE_TOKEN: Readers = &[PushPageToken];

/// What servers of such profiles may be asked with.
const VERBS: &[&str] =
    &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "MERGE", "SEARCH", "REPORT"];

/// All inputs of operations, in alphabetical order.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static OPERATION_INPUTS: &[OperationInput] = &[
    input(TOKENS, "AuthKey", Text, NoEffect, Documented, "the secret of a request token").also(&["AuthSecret"]).secret().option().note(OAUTH_1),
    input(TOKENS, "AuthMode", Word(&["APP", "WEB"]), Auth, Documented, "whether the user is asked by an application or a web page").or("WEB"),
    input(REQUESTS, "AuthScheme", Text, Runs, Documented, "how the request authenticates").or("None").option(),
    input(TOKENS, "AuthToken", Text, NoEffect, Documented, "the request token").secret().option().note(OAUTH_1),
    input(ROWS, "BackwardsCompatibilityMode", Boolean, NoEffect, Documented, "reads responses as engines of 2017 did; here old and new spellings are always read alike").or("false").option(),
    input(TOKENS, "CallbackURL", Url, Auth, Documented, "where the user is sent back to").option(),
    input(TOKENS, "Cert", File, NoEffect, Documented, "the certificate that signs requests").note(OAUTH_1),
    input(TOKENS, "Cert_Password", Text, NoEffect, Documented, "the password of the certificate").secret().note(OAUTH_1),
    input(REQUESTS, "Charset", Usual(CHARSETS), Runs, Unconfirmed, "the encoding of the response, over what it says itself").also(&["Encoding"]).or("UTF-8").option(),
    input(REQUESTS, "ContentType", Text, Runs, Documented, "the media type of the body"),
    input(REQUESTS, "Cookie", Pairs, Runs, Documented, "cookies of the request, `name=value;name=value`").also(&["Cookies"]).secret().option(),
    input(REQUESTS, "Cookie:*", Text, Runs, Unconfirmed, "a cookie with its name in the attribute").secret(),
    input(REQUESTS, "CustomHeaders", Pairs, Runs, Documented, "more request headers, `Name: value` a line").secret().option(),
    input(REQUESTS, "CustomUrlParams", Pairs, Runs, Documented, "more URL parameters, `a=1&b=2`").secret().option(),
    input(REQUESTS, "data", Text, Runs, Documented, "the body of the request").also(&["PostData"]),
    input(TREES, "DataModel", Word(&["Document", "FlattenedDocuments", "Relational"]), Runs, Documented, "how nested arrays become rows").or("Document").option(),
    input(ROWS, "ElementMapName#", Text, Runs, Wild, "the attribute that the value with the same number becomes").half_of("ElementMapPath#"),
    input(ROWS, "ElementMapPath#", Path, Runs, Wild, "where a value outside the rows is").half_of("ElementMapName#"),
    input(ROWS, "EnablePaging", Boolean, Runs, Wild, "asks for the next page while there is one").or("false"),
    input(REQUESTS, "encodepostdata", Boolean, Runs, Wild, "whether the parameters of a form body are percent-encoded").or("false"),
    input(ROWS, "firstoffset", Integer, Runs, Unconfirmed, "the offset of the first row, where `PageOffsetParam` has none").or("0"),
    input(ROWS, "firstpage", Integer, Runs, Unconfirmed, "the number of the first page, where `PageNumberParam` has none").or("1"),
    input(ROWS, "FlattenArrays", Integer, Ignored, Documented, "how many elements of nested arrays become columns, -1 for all; the profile lists them here").option(),
    input(ROWS, "FlattenObjects", Boolean, Ignored, Documented, "whether nested objects become columns; the profile lists them here").or("true").option(),
    input(CSV, "FMT", Text, Runs, Documented, "what separates fields: `CsvDelimited`, `TabDelimited`, a character, or `0x` and its number; found out when it is not set").option(),
    input(REQUESTS, "FollowRedirects", Boolean, Runs, Unconfirmed, "whether redirects are followed").or("true"),
    input(ROWS, "Format", Word(&["XML", "JSON", "CSV"]), Ignored, Documented, "the format of the response; the operation's name says it").option(),
    input(TOKENS, "GrantType", Word(&["CODE", "PASSWORD", "CLIENT", "REFRESH"]), Auth, Documented, "how the token is got; `OAuthGrantType` when absent"),
    input(ROWS, "hasmorepath", Path, Runs, Unconfirmed, "where the response says whether there are more pages"),
    input(REQUESTS, "Header:*", Text, Runs, Inferred, "a request header with its name in the attribute"),
    input(REQUESTS, "Header:Name#", Text, Runs, Wild, "the name of a request header").half_of("Header:Value#"),
    input(REQUESTS, "Header:Value#", Text, Runs, Wild, "the value of the request header with the same number").half_of("Header:Name#"),
    input(ROWS, "ignorecontenttype", Boolean, Runs, Wild, "reads the response whatever its media type").or("false"),
    input(CSV, "IncludeColumnHeaders", Boolean, Runs, Documented, "whether the first record is the header").or("true").option(),
    input(JSON, "JSONFormat", Word(&["JSON", "JSONRows", "LDJSON"]), Runs, Documented, "the layout of the response: one document, a table of arrays, or one document a line").or("JSON").option(),
    input(ROWS, "JSONPath", Paths, Runs, Documented, "where the rows are in JSON").option(),
    input(REQUESTS, "KeepAlive", Boolean, Ignored, Unconfirmed, "whether the connection stays open; it does here, as long as the server lets it"),
    input(REQUESTS, "LogFile", File, Ignored, Unconfirmed, "the log file of the drivers; `--trace` and `--report` tell of a run here").option(),
    input(ROWS, "MaxRows", Integer, Runs, Documented, "the most rows of a run, -1 for all").or("-1").option(),
    input(REQUESTS, "method", Usual(VERBS), Runs, Documented, "the HTTP verb").or("GET"),
    input(TOKENS, "OAuthAccessToken", Text, Auth, Documented, "the token that requests carry").secret().option(),
    input(TOKENS, "OAuthAccessTokenSecret", Text, Auth, Documented, "the token's secret").secret().option().note(OAUTH_1),
    input(TOKENS, "OAuthAccessTokenURL", Url, Auth, Documented, "where access tokens are got").option(),
    input(TOKENS, "OAuthAuthorizationURL", Url, Auth, Documented, "where a user grants access").option(),
    input(TOKENS, "OAuthClientId", Text, Auth, Documented, "the client's name at the OAuth server").option(),
    input(TOKENS, "OAuthClientSecret", Text, Auth, Documented, "the client's secret at the OAuth server").secret().option(),
    input(TOKENS, "OAuthParam:*", Text, Auth, Unconfirmed, "a further parameter of token requests"),
    input(TOKENS, "OAuthRefreshToken", Text, Auth, Documented, "the token that gets new access tokens").secret().option(),
    input(TOKENS, "OAuthRefreshTokenURL", Url, Auth, Documented, "where access tokens are renewed").option(),
    input(TOKENS, "OAuthRequestTokenURL", Url, NoEffect, Documented, "where request tokens are got").option().note(OAUTH_1),
    input(TOKENS, "OAuthVersion", Word(&["1.0", "2.0", "Disabled"]), Auth, Documented, "the version of OAuth: `1.0` signs requests, `2.0` sends a token").option(),
    input(TOKENS, "Operation", Word(&["GetOAuthAuthorizationUrl", "GetOAuthAccessToken", "RefreshOAuthAccessToken"]), Auth, Documented, "the step that `utiladoCloudOAuth` takes").note("from 2026"),
    input(TOKENS, "Other_Options", Pairs, Auth, Documented, "more options of the drivers"),
    input(ROWS, "pagecountpath", Path, Runs, Unconfirmed, "where the number of pages is: fewer that came make a run unproven"),
    input(ROWS, "PageNumberParam", Text, Runs, Wild, "the URL parameter for the page number, `name;start` to start elsewhere than at 1"),
    input(ROWS, "PageOffsetParam", Text, Runs, Wild, "the URL parameter for the row offset, `name;start` to start elsewhere than at 0"),
    input(ROWS, "PageSize", Integer, Runs, Wild, "rows of a page, and the step of the offset").option(),
    input(ROWS, "PageSizeParam", Text, Runs, Wild, "the URL parameter for the page size"),
    input(PAGE_TOKEN, "PageToken", Text, Runs, Inferred, "what the next page is asked with; `rows@next` goes before it").also(&["NextPageToken", "Token"]),
    input(ROWS, "pagetokenparam", Text, Runs, Unconfirmed, "the URL parameter that sends the token back"),
    input(ROWS, "pagetokenpath", Path, Runs, Unconfirmed, "where the token of the next page is"),
    input(ROWS, "pageurlpath", Path, Runs, Unconfirmed, "where the URL of the next page is, `header:Link` for a header"),
    input(ROWS, "PagingType", Text, NoEffect, Unconfirmed, "the kind of paging; the other inputs say it here").note("seen in tools"),
    input(REQUESTS, "ParamName#", Text, Runs, Unconfirmed, "the name of a parameter: in the URL for GET, in the form for POST").half_of("ParamValue#"),
    input(REQUESTS, "ParamValue#", Text, Runs, Unconfirmed, "the value of the parameter with the same number").half_of("ParamName#"),
    input(REQUESTS_AND_TOKENS, "Password", Text, Runs, Documented, "the password of `AuthScheme`").secret().option(),
    input(TOKENS, "Post_Data", Text, Auth, Documented, "the body of the token request"),
    input(TOKENS, "Prompt", Word(&["NONE", "CONSENT", "SELECT_ACCOUNT"]), Auth, Documented, "what the user is asked").or("SELECT_ACCOUNT"),
    input(XML, "PushAttributes", Boolean, Ignored, Wild, "whether undeclared XML attributes become columns: they never do here"),
    input(ROWS, "QualifyColumns", Word(&["None", "Parent", "Full"]), Ignored, Documented, "how found columns are named; the profile names them here").or("None").option(),
    input(CSV, "QuoteCharacter", Text, Runs, Documented, "the character around fields that hold separators or line breaks").also(&["QuoteChar"]).or("\"").option(),
    input(ROWS, "RepeatElement#", Paths, Runs, Wild, "where the rows are").note("profiles of the API driver, and before 2018"),
    input(TOKENS, "ResponseType", Word(&["CODE", "TOKEN"]), Auth, Documented, "what the page of the grant gives back").or("CODE"),
    input(ROWS, "rows@next", Text, Runs, Documented, "the marker of the next page"),
    input(ROWS, "RowScanDepth", Integer, Ignored, Documented, "rows that are read to find columns; the profile lists them here").or("100").option(),
    input(TOKENS, "Scope", Text, Auth, Documented, "the requested scopes").option(),
    input(TOKENS, "Sign_Method", Word(&["HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"]), Auth, Documented, "how requests are signed").also(&["OAuthSignatureMethod"]).or("HMAC-SHA1").option().note(OAUTH_1),
    input(TOKENS, "State", Text, Auth, Documented, "a text that comes back with the code"),
    input(TREES, "SubRepeatElement#", Path, Runs, Wild, "where the rows within a row are: columns write `{SubRepeatElement#n}/name`"),
    input(REQUESTS, "Timeout", Integer, Runs, Documented, "seconds without a byte before the request fails, 0 for none").or("60").option(),
    input(ROWS, "totalpath", Path, Runs, Unconfirmed, "where the number of rows of all pages is: fewer that came make a run unproven"),
    input(REQUESTS, "URI", Url, Runs, Documented, "the URL of the request").also(&["URL"]).option(),
    input(REQUESTS, "UrlParam:*", Text, Runs, Unconfirmed, "a URL parameter with its name in the attribute"),
    input(REQUESTS, "UrlParamName#", Text, Runs, Unconfirmed, "the name of a URL parameter, whatever the verb").half_of("UrlParamValue#"),
    input(REQUESTS, "UrlParamValue#", Text, Runs, Unconfirmed, "the value of the URL parameter with the same number").half_of("UrlParamName#"),
    input(REQUESTS_AND_TOKENS, "User", Text, Runs, Documented, "the user name of `AuthScheme`").option(),
    input(REQUESTS, "UserAgent", Text, Runs, Unconfirmed, "the `User-Agent` header").option(),
    input(TOKENS, "Verifier", Text, Auth, Documented, "the code that the user got").secret(),
    input(XML, "XMLFormat", Word(&["XML", "XMLTable"]), Runs, Documented, "the layout of the response; `XMLTable` is refused").or("XML").option(),
    input(ROWS, "XPath", Paths, Runs, Documented, "where the rows are in XML").option(),
];

/// All attributes that operations give besides columns, in alphabetical order.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static OPERATION_OUTPUTS: &[OperationOutput] = &[
    output(TOKENS, "ExpiresIn", Integer, Auth, Documented, "the seconds that the token lives"),
    output(REQUESTS, "header:*", Text, Runs, Inferred, "a header of the response; several of one name are an array"),
    output(TEXTS, "http:content", Text, Runs, Inferred, "the body of the response"),
    output(REQUESTS, "http:statuscode", Integer, Runs, Inferred, "the status of the response"),
    output(TOKENS, "OAuthAccessToken", Text, Auth, Documented, "the token that requests carry"),
    output(TOKENS, "OAuthAccessTokenSecret", Text, NoEffect, Documented, "the token's secret"),
    output(TOKENS, "OAuthRefreshToken", Text, Auth, Documented, "the token that gets new access tokens"),
    output(TOKENS, "URL", Url, Auth, Documented, "where the user grants access"),
];

const OAUTH_1: &str = "OAuth 1.0";

const fn input(
    read_by: Readers,
    name: &'static str,
    kind: Kind,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> OperationInput {
    let parameter = Parameter::new(name, kind, evidence, doc).but(support);
    OperationInput { parameter, read_by, pair: None, is_option: false }
}

const fn output(
    given_by: Readers,
    name: &'static str,
    kind: Kind,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> OperationOutput {
    OperationOutput { parameter: Parameter::new(name, kind, evidence, doc).but(support), given_by }
}

impl OperationInput {
    const fn also(mut self, synonyms: &'static [&'static str]) -> Self {
        self.parameter = self.parameter.also(synonyms);
        self
    }

    const fn or(mut self, default: &'static str) -> Self {
        self.parameter = self.parameter.or(default);
        self
    }

    const fn secret(mut self) -> Self {
        self.parameter = self.parameter.secret();
        self
    }

    const fn note(mut self, note: &'static str) -> Self {
        self.parameter = self.parameter.note(note);
        self
    }

    const fn half_of(mut self, other: &'static str) -> Self {
        self.pair = Some(other);
        self
    }

    const fn option(mut self) -> Self {
        self.is_option = true;
        self
    }
}
