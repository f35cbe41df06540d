//! Connection options: `-c Name=Value`, `[_connection.Name]`.

use crate::Evidence::{self, Documented, Unconfirmed};

use OptionUse::{Ignored, NoEffect, NotYet, Used};

/// What profilec does with an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionUse {
    /// It takes effect.
    Used,
    /// Known, takes effect in a later version: a warning says so.
    NotYet,
    /// Accepted silently; it has no meaning outside the drivers.
    Ignored,
    /// Accepted, with a warning that it has no effect.
    NoEffect,
}

/// One connection option.
#[derive(Debug)]
pub struct ConnectionOption {
    /// As documented.
    pub name: &'static str,
    /// What profilec does with it.
    pub use_: OptionUse,
    /// Its value is masked in every output.
    pub secret: bool,
    /// How it is known.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
}

/// The option of this name, ignoring case and blanks (`Auth Scheme`).
pub fn connection_option(name: &str) -> Option<&'static ConnectionOption> {
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    CONNECTION_OPTIONS.iter().find(|option| option.name.eq_ignore_ascii_case(&bare))
}

/// Masked in every output.
const SECRET: bool = true;
/// Shown as it is.
const PLAIN: bool = false;

/// All connection options, in alphabetical order.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static CONNECTION_OPTIONS: &[ConnectionOption] = &[
    entry("AccessKey", NoEffect, SECRET, Documented, "a credential of cloud storage"),
    entry("AggregateFiles", Ignored, PLAIN, Unconfirmed, "which files a folder of data gives"),
    entry("ApiKey", NotYet, SECRET, Documented, "a key that the profile refers to"),
    entry("AuthKey", NoEffect, SECRET, Documented, "the request token of OAuth 1"),
    entry("AuthorizationHeaderPrefix", NotYet, PLAIN, Documented, "the word before the secret in the `Authorization` header"),
    entry("AuthScheme", Used, PLAIN, Documented, "how requests authenticate"),
    entry("AuthToken", NoEffect, SECRET, Documented, "the request token of OAuth 1"),
    entry("AutoCache", Ignored, PLAIN, Documented, "a setting of the drivers' cache"),
    entry("AWSAccessKey", NoEffect, SECRET, Documented, "a credential of cloud storage"),
    entry("AWSPrincipalARN", NoEffect, PLAIN, Documented, "a setting of cloud storage"),
    entry("AWSRegion", NoEffect, PLAIN, Documented, "a setting of cloud storage"),
    entry("AWSRoleARN", NoEffect, PLAIN, Documented, "a setting of cloud storage"),
    entry("AWSSecretKey", NoEffect, SECRET, Documented, "a credential of cloud storage"),
    entry("AWSSessionToken", NoEffect, SECRET, Documented, "a credential of cloud storage"),
    entry("AzureAccessKey", NoEffect, SECRET, Documented, "a credential of cloud storage"),
    entry("AzureEnvironment", NoEffect, PLAIN, Documented, "a setting of cloud storage"),
    entry("AzureSharedAccessSignature", NoEffect, SECRET, Documented, "a credential of cloud storage"),
    entry("AzureStorageAccount", NoEffect, PLAIN, Documented, "a setting of cloud storage"),
    entry("AzureTenant", NoEffect, PLAIN, Documented, "a setting of cloud storage"),
    entry("BackwardsCompatibilityMode", NotYet, PLAIN, Documented, "reads responses as engines of 2017 did"),
    entry("BatchSize", Ignored, PLAIN, Documented, "the size of batched writes"),
    entry("BrowsableSchemas", NotYet, PLAIN, Documented, "the tables that are listed"),
    entry("CacheConnection", Ignored, SECRET, Documented, "the connection of the drivers' cache"),
    entry("CacheDriver", Ignored, PLAIN, Documented, "a setting of the drivers' cache"),
    entry("CacheLocation", Ignored, PLAIN, Documented, "a setting of the drivers' cache"),
    entry("CacheMetadata", Ignored, PLAIN, Documented, "a setting of the drivers' cache"),
    entry("CacheQueryResult", Ignored, PLAIN, Documented, "a setting of the drivers' cache"),
    entry("CacheTolerance", Ignored, PLAIN, Documented, "a setting of the drivers' cache"),
    entry("CallbackURL", NotYet, PLAIN, Documented, "where the user is sent back to"),
    entry("Charset", NotYet, PLAIN, Documented, "the encoding of responses"),
    entry("ConnectionLifeTime", Ignored, PLAIN, Documented, "a setting of the drivers' connection pool"),
    entry("ConnectOnOpen", Ignored, PLAIN, Documented, "a setting of the drivers' connection pool"),
    entry("ConvertDateTimeToGMT", NoEffect, PLAIN, Unconfirmed, "gives date-times in UTC, which is always so here"),
    entry("Cookies", NotYet, SECRET, Documented, "cookies, `name=value;name=value`"),
    entry("CustomHeaders", Used, SECRET, Documented, "more request headers, `Name: value` a line"),
    entry("CustomUrlParams", Used, SECRET, Documented, "more URL parameters, `a=1&b=2`"),
    entry("DataModel", Used, PLAIN, Documented, "how nested arrays become rows, `Document` so far"),
    entry("DefaultColumnSize", Ignored, PLAIN, Unconfirmed, "the size of text columns without one"),
    entry("DirectoryRetrievalDepth", Ignored, PLAIN, Unconfirmed, "which files a folder of data gives"),
    entry("ExcludeStorageClasses", Ignored, PLAIN, Unconfirmed, "which files a folder of data gives"),
    entry("FirewallPassword", NoEffect, SECRET, Documented, "the password at the firewall"),
    entry("FirewallPort", NoEffect, PLAIN, Documented, "a setting of a SOCKS or tunnel firewall"),
    entry("FirewallServer", NoEffect, PLAIN, Documented, "a setting of a SOCKS or tunnel firewall"),
    entry("FirewallType", NoEffect, PLAIN, Documented, "a setting of a SOCKS or tunnel firewall"),
    entry("FirewallUser", NoEffect, PLAIN, Documented, "a setting of a SOCKS or tunnel firewall"),
    entry("FlattenArrays", NotYet, PLAIN, Documented, "how many elements of nested arrays become columns"),
    entry("FlattenObjects", NotYet, PLAIN, Documented, "whether nested objects become columns"),
    entry("FMT", NoEffect, PLAIN, Documented, "the layout of CSV responses"),
    entry("Format", NotYet, PLAIN, Documented, "the format of responses: `JSON`, `XML` or `CSV`"),
    entry("GenerateSchemaFiles", Ignored, PLAIN, Documented, "when profiles of found tables are written"),
    entry("IncludeColumnHeaders", NoEffect, PLAIN, Documented, "the layout of CSV responses"),
    entry("IncludeFiles", Ignored, PLAIN, Unconfirmed, "which files a folder of data gives"),
    entry("InitiateOAuth", NotYet, PLAIN, Documented, "who gets and renews OAuth tokens: `OFF`, `REFRESH` or `GETANDREFRESH`"),
    entry("JSONFormat", NotYet, PLAIN, Documented, "the layout of responses"),
    entry("JSONPath", Used, PLAIN, Documented, "where the rows are when the profile does not say it"),
    entry("KerberosKDC", NoEffect, PLAIN, Documented, "a setting of Kerberos"),
    entry("KerberosKeytabFile", NoEffect, PLAIN, Documented, "the credentials file of Kerberos"),
    entry("KerberosRealm", NoEffect, PLAIN, Documented, "a setting of Kerberos"),
    entry("KerberosServiceKDC", NoEffect, PLAIN, Documented, "a setting of Kerberos"),
    entry("KerberosServiceRealm", NoEffect, PLAIN, Documented, "a setting of Kerberos"),
    entry("KerberosSPN", NoEffect, PLAIN, Documented, "a setting of Kerberos"),
    entry("KerberosTicketCache", NoEffect, PLAIN, Documented, "the credentials file of Kerberos"),
    entry("KerberosUser", NoEffect, PLAIN, Documented, "a setting of Kerberos"),
    entry("Location", Ignored, PLAIN, Documented, "the folder of the profiles"),
    entry("Logfile", Ignored, PLAIN, Documented, "a setting of the drivers' log"),
    entry("LogModules", Ignored, PLAIN, Documented, "a setting of the drivers' log"),
    entry("MaxLogFileCount", Ignored, PLAIN, Documented, "a setting of the drivers' log"),
    entry("MaxLogFileSize", Ignored, PLAIN, Documented, "a setting of the drivers' log"),
    entry("MaxRows", Used, PLAIN, Documented, "the most rows of a run, -1 for all"),
    entry("MetadataDiscoveryURI", Ignored, PLAIN, Unconfirmed, "which files a folder of data gives"),
    entry("MFASerialNumber", NoEffect, PLAIN, Documented, "the device of a second factor"),
    entry("MFAToken", NoEffect, SECRET, Documented, "the code of a second factor"),
    entry("OAuthAccessToken", NotYet, SECRET, Documented, "the token that requests carry"),
    entry("OAuthAccessTokenSecret", NotYet, SECRET, Documented, "the token's secret in OAuth 1"),
    entry("OAuthAccessTokenURL", NotYet, PLAIN, Documented, "where access tokens are got"),
    entry("OAuthAuthorizationURL", NotYet, PLAIN, Documented, "where a user grants access"),
    entry("OAuthClientId", NotYet, PLAIN, Documented, "the client's name at the OAuth server"),
    entry("OAuthClientSecret", NotYet, SECRET, Documented, "the client's secret at the OAuth server"),
    entry("OAuthExpiresIn", NotYet, PLAIN, Documented, "how old the access token is"),
    entry("OAuthGrantType", NotYet, PLAIN, Documented, "how an access token is got: `CODE`, `PASSWORD`, `CLIENT` or `REFRESH`"),
    entry("OAuthIncludeCallbackURL", NotYet, PLAIN, Documented, "whether token requests carry the callback URL"),
    entry("OAuthJWTAudience", NoEffect, PLAIN, Documented, "a part of a JWT grant"),
    entry("OAuthJWTCert", NoEffect, SECRET, Documented, "the key that signs a JWT"),
    entry("OAuthJWTCertPassword", NoEffect, SECRET, Documented, "the key that signs a JWT"),
    entry("OAuthJWTCertSubject", NoEffect, PLAIN, Documented, "a part of a JWT grant"),
    entry("OAuthJWTCertType", NoEffect, PLAIN, Documented, "a part of a JWT grant"),
    entry("OAuthJWTIssuer", NoEffect, PLAIN, Documented, "a part of a JWT grant"),
    entry("OAuthJWTSubject", NoEffect, PLAIN, Documented, "a part of a JWT grant"),
    entry("OAuthJWTValidityTime", NoEffect, PLAIN, Documented, "a part of a JWT grant"),
    entry("OAuthParams", NotYet, SECRET, Documented, "further parameters of token requests"),
    entry("OAuthPasswordGrantMode", NotYet, PLAIN, Documented, "how the client names itself: `BASIC` or `POST`"),
    entry("OAuthRefreshToken", NotYet, SECRET, Documented, "the token that gets new access tokens"),
    entry("OAuthRefreshTokenURL", NotYet, PLAIN, Documented, "where access tokens are renewed"),
    entry("OAuthRequestTokenURL", NoEffect, PLAIN, Documented, "where request tokens of OAuth 1 are got"),
    entry("OAuthSettingsLocation", NotYet, PLAIN, Documented, "where tokens are kept"),
    entry("OAuthTokenTimestamp", NotYet, PLAIN, Documented, "how old the access token is"),
    entry("OAuthVerifier", NotYet, SECRET, Documented, "the code that a user got"),
    entry("OAuthVersion", NotYet, PLAIN, Documented, "the version of OAuth"),
    entry("Offline", Ignored, PLAIN, Documented, "a setting of the drivers' cache"),
    entry("OracleNamespace", NoEffect, PLAIN, Documented, "a setting of file stores"),
    entry("Other", Used, SECRET, Documented, "more options, `name=value;name=value`"),
    entry("Pagesize", NotYet, PLAIN, Documented, "rows of a page when the profile does not say it"),
    entry("Password", Used, SECRET, Documented, "the password of `AuthScheme`"),
    entry("PoolIdleTimeout", Ignored, PLAIN, Documented, "a setting of the drivers' connection pool"),
    entry("PoolMaxSize", Ignored, PLAIN, Documented, "a setting of the drivers' connection pool"),
    entry("PoolMinSize", Ignored, PLAIN, Documented, "a setting of the drivers' connection pool"),
    entry("PoolWaitTime", Ignored, PLAIN, Documented, "a setting of the drivers' connection pool"),
    entry("Profile", Ignored, PLAIN, Documented, "the archive of the profiles"),
    entry("ProfileSettings", Used, SECRET, Documented, "options of the profile, `name=value;name=value`"),
    entry("ProjectId", NoEffect, PLAIN, Documented, "a setting of file stores"),
    entry("ProxyAuthScheme", NotYet, PLAIN, Documented, "how requests authenticate at the proxy"),
    entry("ProxyAutoDetect", NotYet, PLAIN, Documented, "whether the system's proxy is used"),
    entry("ProxyExceptions", NotYet, PLAIN, Documented, "the hosts that are reached without the proxy"),
    entry("ProxyPassword", NotYet, SECRET, Documented, "the password at the proxy"),
    entry("ProxyPort", NotYet, PLAIN, Documented, "the port of the proxy"),
    entry("ProxyServer", NotYet, PLAIN, Documented, "the host of the proxy"),
    entry("ProxySSLType", NotYet, PLAIN, Documented, "whether the proxy is spoken to over TLS"),
    entry("ProxyUser", NotYet, PLAIN, Documented, "the user name at the proxy"),
    entry("PseudoColumns", NotYet, PLAIN, Documented, "the inputs that are listed as columns"),
    entry("QualifyColumns", NotYet, PLAIN, Documented, "how found columns are named"),
    entry("Readonly", Ignored, PLAIN, Documented, "refuses writes, which never run here"),
    entry("RecordToFile", NoEffect, PLAIN, Unconfirmed, "the file for the traffic"),
    entry("Region", NoEffect, PLAIN, Documented, "a setting of cloud storage"),
    entry("RowScanDepth", NotYet, PLAIN, Documented, "rows that are read to find columns"),
    entry("RTK", Ignored, SECRET, Documented, "the drivers' licence key"),
    entry("Scope", NotYet, PLAIN, Documented, "the requested scopes"),
    entry("SecretKey", NoEffect, SECRET, Documented, "a credential of cloud storage"),
    entry("SeparatorCharacter", Ignored, PLAIN, Unconfirmed, "a separator of generated names"),
    entry("SharePointEdition", NoEffect, PLAIN, Documented, "a setting of file stores"),
    entry("SimpleUploadLimit", NoEffect, PLAIN, Documented, "a setting of file stores"),
    entry("SSLClientCert", NotYet, SECRET, Documented, "the client certificate with its key"),
    entry("SSLClientCertPassword", NotYet, SECRET, Documented, "the password of the client certificate"),
    entry("SSLClientCertSubject", NotYet, PLAIN, Documented, "which client certificate it is"),
    entry("SSLClientCertType", NotYet, PLAIN, Documented, "which client certificate it is"),
    entry("SSLMode", NoEffect, PLAIN, Documented, "the TLS mode of file transfers"),
    entry("SSLServerCert", NotYet, PLAIN, Documented, "the server certificate that is accepted"),
    entry("SSOLoginURL", NoEffect, PLAIN, Documented, "the page of a single sign-on"),
    entry("SSOProperties", NoEffect, SECRET, Documented, "options of a single sign-on"),
    entry("StorageBaseURL", NoEffect, PLAIN, Documented, "a setting of file stores"),
    entry("SubjectId", NoEffect, PLAIN, Documented, "on whose behalf a token is got"),
    entry("SubjectType", NoEffect, PLAIN, Documented, "on whose behalf a token is got"),
    entry("SupportEnhancedSQL", Ignored, PLAIN, Documented, "finishes queries in memory"),
    entry("Tables", NotYet, PLAIN, Documented, "the tables that are listed"),
    entry("Timeout", Used, PLAIN, Documented, "seconds without a byte before a request fails, 0 for none"),
    entry("TypeDetectionScheme", NotYet, PLAIN, Unconfirmed, "how types of found columns are chosen"),
    entry("URI", Used, PLAIN, Documented, "the URL when the profile sets none"),
    entry("URISeparator", Ignored, PLAIN, Unconfirmed, "a separator of generated names"),
    entry("UseConnectionPooling", Ignored, PLAIN, Documented, "a setting of the drivers' connection pool"),
    entry("User", Used, PLAIN, Documented, "the user name of `AuthScheme`"),
    entry("UserAgent", Used, PLAIN, Unconfirmed, "the `User-Agent` header"),
    entry("UserDefinedViews", Ignored, PLAIN, Documented, "the file of the drivers' views"),
    entry("UseVirtualHosting", NoEffect, PLAIN, Documented, "a setting of file stores"),
    entry("Verbosity", Ignored, PLAIN, Documented, "a setting of the drivers' log"),
    entry("Views", NotYet, PLAIN, Documented, "the tables that are listed"),
    entry("XMLFormat", NotYet, PLAIN, Documented, "the layout of responses"),
    entry("XPath", Used, PLAIN, Documented, "where the rows are when the profile does not say it"),
];

const fn entry(
    name: &'static str,
    use_: OptionUse,
    secret: bool,
    evidence: Evidence,
    doc: &'static str,
) -> ConnectionOption {
    ConnectionOption { name, use_, secret, evidence, doc }
}
