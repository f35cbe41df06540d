//! Connection options: `-c Name=Value`, `[_connection.Name]`.

use std::sync::LazyLock;

use crate::Evidence::{self, Documented, Inferred, Unconfirmed};
use crate::Kind::{self, Boolean, File, Integer, List, Pairs, Text, Word};
use crate::Support::{self, Auth, Ignored, NoEffect, Runs};
use crate::index::Index;
use crate::{OPERATION_INPUTS, Parameter, operation_input};

/// The option of this name, ignoring case and blanks (`Auth Scheme`): one of its own, or an operation's input.
pub fn connection_option(name: &str) -> Option<&'static Parameter> {
    static OWN: LazyLock<Index<Parameter>> =
        LazyLock::new(|| Index::new(CONNECTION_OPTIONS, Parameter::spellings));
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    OWN.get(&bare).or_else(|| Some(&operation_input(&bare)?.parameter))
}

/// All options that are known as such, in alphabetical order: those of the table, and the inputs of operations
/// that are options too.
pub fn connection_options() -> Vec<&'static Parameter> {
    let inputs = OPERATION_INPUTS.iter().filter(|input| input.is_option).map(|input| &input.parameter);
    let mut options: Vec<&Parameter> = CONNECTION_OPTIONS.iter().chain(inputs).collect();
    options.sort_by_cached_key(|option| option.name.to_lowercase());
    options
}

/// The connection options that no operation reads, in alphabetical order.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static CONNECTION_OPTIONS: &[Parameter] = &[
    entry("AccessKey", Text, Auth, Documented, "an older name of `AWSAccessKey`").secret(),
    entry("AggregateFiles", Text, Ignored, Unconfirmed, "which files a folder of data gives"),
    entry("ApiKey", Text, NoEffect, Documented, "a key; a script puts it where it belongs: `[_connection.ApiKey]`").secret(),
    entry("AuthorizationHeaderPrefix", Text, Auth, Documented, "the word before the secret in the `Authorization` header"),
    entry("AutoCache", Boolean, Ignored, Documented, "a setting of the drivers' cache").or("false"),
    entry("AWSAccessKey", Text, Auth, Documented, "the name of the key that signs requests").secret(),
    entry("AWSPrincipalARN", Text, NoEffect, Documented, "a setting of cloud storage"),
    entry("AWSRegion", Text, Auth, Documented, "the region that requests are signed for: `eu-west-1` or `IRELAND`; without it the region that the host name has, else `us-east-1`"),
    entry("AWSRoleARN", Text, NoEffect, Documented, "a setting of cloud storage"),
    entry("AWSSecretKey", Text, Auth, Documented, "the key that signs requests").secret(),
    entry("AWSService", Text, Auth, Inferred, "the service that requests are signed for: `s3`; without it the service that the host name has, else `execute-api`").note("no option of the drivers"),
    entry("AWSSessionToken", Text, Auth, Documented, "the token of temporary keys").secret(),
    entry("AzureAccessKey", Text, NoEffect, Documented, "a credential of cloud storage").secret(),
    entry("AzureEnvironment", Text, NoEffect, Documented, "a setting of cloud storage"),
    entry("AzureSharedAccessSignature", Text, NoEffect, Documented, "a credential of cloud storage").secret(),
    entry("AzureStorageAccount", Text, NoEffect, Documented, "a setting of cloud storage"),
    entry("AzureTenant", Text, NoEffect, Documented, "a setting of cloud storage"),
    entry("BatchSize", Integer, Ignored, Documented, "the size of batched writes").or("0"),
    entry("BrowsableSchemas", List, Ignored, Documented, "the schemas that are listed; the argument names the profile here"),
    entry("CacheConnection", Text, Ignored, Documented, "the connection of the drivers' cache").secret(),
    entry("CacheDriver", Text, Ignored, Documented, "a setting of the drivers' cache"),
    entry("CacheLocation", Text, Ignored, Documented, "a setting of the drivers' cache"),
    entry("CacheMetadata", Text, Ignored, Documented, "a setting of the drivers' cache"),
    entry("CacheQueryResult", Text, Ignored, Documented, "a setting of the drivers' cache"),
    entry("CacheTolerance", Text, Ignored, Documented, "a setting of the drivers' cache"),
    entry("ConnectionLifeTime", Text, Ignored, Documented, "a setting of the drivers' connection pool"),
    entry("ConnectOnOpen", Boolean, Ignored, Documented, "a setting of the drivers' connection pool"),
    entry("ConvertDateTimeToGMT", Boolean, NoEffect, Unconfirmed, "gives date-times in UTC, which is always so here"),
    entry("DefaultColumnSize", Integer, Ignored, Unconfirmed, "the size of text columns without one").or("2000"),
    entry("DirectoryRetrievalDepth", Text, Ignored, Unconfirmed, "which files a folder of data gives"),
    entry("ExcludeStorageClasses", Text, Ignored, Unconfirmed, "which files a folder of data gives"),
    entry("FirewallPassword", Text, NoEffect, Documented, "the password at the firewall").secret(),
    entry("FirewallPort", Integer, NoEffect, Documented, "a setting of a SOCKS or tunnel firewall"),
    entry("FirewallServer", Text, NoEffect, Documented, "a setting of a SOCKS or tunnel firewall"),
    entry("FirewallType", Word(&["NONE", "TUNNEL", "SOCKS4", "SOCKS5"]), NoEffect, Documented, "a setting of a SOCKS or tunnel firewall").or("NONE"),
    entry("FirewallUser", Text, NoEffect, Documented, "a setting of a SOCKS or tunnel firewall"),
    entry("GenerateSchemaFiles", Word(&["Never", "OnUse", "OnStart", "OnCreate"]), Ignored, Documented, "when profiles of found tables are written").or("Never"),
    entry("IncludeFiles", Text, Ignored, Unconfirmed, "which files a folder of data gives"),
    entry("InitiateOAuth", Word(&["OFF", "REFRESH", "GETANDREFRESH"]), Auth, Documented, "who gets and renews OAuth tokens: `OFF`, `REFRESH` or `GETANDREFRESH`").or("OFF"),
    entry("KerberosKDC", Text, NoEffect, Documented, "a setting of Kerberos"),
    entry("KerberosKeytabFile", Text, NoEffect, Documented, "the credentials file of Kerberos"),
    entry("KerberosRealm", Text, NoEffect, Documented, "a setting of Kerberos"),
    entry("KerberosServiceKDC", Text, NoEffect, Documented, "a setting of Kerberos"),
    entry("KerberosServiceRealm", Text, NoEffect, Documented, "a setting of Kerberos"),
    entry("KerberosSPN", Text, NoEffect, Documented, "a setting of Kerberos"),
    entry("KerberosTicketCache", Text, NoEffect, Documented, "the credentials file of Kerberos"),
    entry("KerberosUser", Text, NoEffect, Documented, "a setting of Kerberos"),
    entry("Location", File, Runs, Documented, "the folder of the profiles, in which the argument may name a table"),
    entry("LogModules", Text, Ignored, Documented, "a setting of the drivers' log"),
    entry("MaxLogFileCount", Integer, Ignored, Documented, "a setting of the drivers' log"),
    entry("MaxLogFileSize", Text, Ignored, Documented, "a setting of the drivers' log"),
    entry("MetadataDiscoveryURI", Text, Ignored, Unconfirmed, "which files a folder of data gives"),
    entry("MFASerialNumber", Text, NoEffect, Documented, "the device of a second factor"),
    entry("MFAToken", Text, NoEffect, Documented, "the code of a second factor").secret(),
    entry("OAuthExpiresIn", Integer, Auth, Documented, "how old the access token is"),
    entry("OAuthGrantType", Word(&["CODE", "PASSWORD", "CLIENT", "REFRESH"]), Auth, Documented, "how an access token is got: `CODE`, `PASSWORD`, `CLIENT` or `REFRESH`").or("CODE"),
    entry("OAuthIncludeCallbackURL", Boolean, Auth, Documented, "whether token requests carry the callback URL"),
    entry("OAuthJWTAudience", Text, Auth, Documented, "to whom a JWT is addressed; the token endpoint when absent"),
    entry("OAuthJWTCert", Text, Auth, Documented, "the private key that signs a JWT, as PEM: a path or the text").secret(),
    entry("OAuthJWTCertPassword", Text, NoEffect, Documented, "the key that signs a JWT").secret(),
    entry("OAuthJWTCertSubject", Text, NoEffect, Documented, "a part of a JWT grant"),
    entry("OAuthJWTCertType", Text, NoEffect, Documented, "a part of a JWT grant"),
    entry("OAuthJWTIssuer", Text, Auth, Documented, "who makes a JWT; `OAuthClientId` when absent"),
    entry("OAuthJWTSubject", Text, Auth, Documented, "whom a JWT speaks for; its issuer when absent"),
    entry("OAuthJWTValidityTime", Text, Auth, Documented, "the seconds that a JWT holds; an hour when absent"),
    entry("OAuthParams", Pairs, Auth, Documented, "further parameters of token requests").secret(),
    entry("OAuthPasswordGrantMode", Word(&["BASIC", "POST"]), Auth, Documented, "how the client names itself: `BASIC` or `POST`"),
    entry("OAuthRealm", Text, Auth, Inferred, "the realm that the `Authorization` header names; it is not signed").note("OAuth 1.0; no option of the drivers"),
    entry("OAuthSettingsLocation", File, Auth, Documented, "where tokens are kept"),
    entry("OAuthTokenTimestamp", Integer, Auth, Documented, "how old the access token is"),
    entry("OAuthVerifier", Text, Auth, Documented, "the code that a user got").secret(),
    entry("Offline", Boolean, Ignored, Documented, "a setting of the drivers' cache").or("false"),
    entry("OracleNamespace", Text, NoEffect, Documented, "a setting of file stores"),
    entry("Other", Pairs, Runs, Documented, "more options, `name=value;name=value`").secret(),
    entry("PoolIdleTimeout", Text, Ignored, Documented, "a setting of the drivers' connection pool"),
    entry("PoolMaxSize", Text, Ignored, Documented, "a setting of the drivers' connection pool"),
    entry("PoolMinSize", Text, Ignored, Documented, "a setting of the drivers' connection pool"),
    entry("PoolWaitTime", Text, Ignored, Documented, "a setting of the drivers' connection pool"),
    entry("Profile", File, Runs, Documented, "the archive of the profiles, in which the argument may name a table"),
    entry("ProfileSettings", Pairs, Runs, Documented, "options of the profile, `name=value;name=value`").secret(),
    entry("ProjectId", Text, NoEffect, Documented, "a setting of file stores"),
    entry("ProxyAuthScheme", Word(&["NONE", "BASIC", "DIGEST", "NEGOTIATE", "NTLM", "PROPRIETARY"]), Runs, Documented, "how requests authenticate at the proxy; `BASIC` and `NONE` are carried out, others are an error").or("BASIC"),
    entry("ProxyAutoDetect", Boolean, Runs, Documented, "`true` takes the proxy that the system names, `false` none but `ProxyServer`").or("false"),
    entry("ProxyExceptions", List, Runs, Documented, "the hosts that are reached without the proxy, their subdomains too, separated by `;`"),
    entry("ProxyPassword", Text, Runs, Documented, "the password at the proxy").secret(),
    entry("ProxyPort", Integer, Runs, Documented, "the port of the proxy").or("80"),
    entry("ProxyServer", Text, Runs, Documented, "the host of the proxy"),
    entry("ProxySSLType", Word(&["AUTO", "ALWAYS", "NEVER", "TUNNEL"]), Runs, Documented, "`ALWAYS` speaks TLS to the proxy itself; https URLs go through a tunnel in any case, http URLs never").or("AUTO"),
    entry("ProxyUser", Text, Runs, Documented, "the user name at the proxy"),
    entry("PseudoColumns", Pairs, Ignored, Documented, "the inputs that are listed as columns; here `-i` gives every input"),
    entry("Readonly", Boolean, Ignored, Documented, "refuses writes, which never run here").or("false"),
    entry("RecordToFile", Text, NoEffect, Unconfirmed, "the file for the traffic"),
    entry("Region", Text, Auth, Documented, "an older name of `AWSRegion`"),
    entry("RTK", Text, Ignored, Documented, "the drivers' licence key").secret(),
    entry("SecretKey", Text, Auth, Documented, "an older name of `AWSSecretKey`").secret(),
    entry("SeparatorCharacter", Text, Ignored, Unconfirmed, "a separator of generated names"),
    entry("SharePointEdition", Text, NoEffect, Documented, "a setting of file stores"),
    entry("SimpleUploadLimit", Text, NoEffect, Documented, "a setting of file stores"),
    entry("SSLClientCert", Text, Auth, Documented, "the client certificate with its key: the path of a PEM or PFX file, PEM text, or either in base64").secret(),
    entry("SSLClientCertPassword", Text, Auth, Documented, "the password of the file, or of the key in it").secret(),
    entry("SSLClientCertSubject", Text, Auth, Documented, "a part of the subject of the certificate, where there are several; `*` takes the first one").or("*"),
    entry("SSLClientCertType", Word(&["USER", "MACHINE", "PFXFILE", "PFXBLOB", "JKSFILE", "JKSBLOB", "PEMKEY_FILE", "PEMKEY_BLOB", "PUBLIC_KEY_FILE", "PUBLIC_KEY_BLOB", "SSHPUBLIC_KEY_FILE", "SSHPUBLIC_KEY_BLOB", "P7BFILE", "PPKFILE", "XMLFILE", "XMLBLOB", "BCFKSFILE", "BCFKSBLOB"]), Auth, Unconfirmed, "how the certificate is given: `PEMKEY_FILE`, `PEMKEY_BLOB`, `PFXFILE` and `PFXBLOB` are read, others are an error; without it the content tells"),
    entry("SSLMode", Text, NoEffect, Documented, "the TLS mode of file transfers"),
    entry("SSLServerCert", Text, Runs, Documented, "the server certificate that is trusted too, or its authority: PEM text or the path of a PEM file; `*` trusts all, with a warning"),
    entry("SSOLoginURL", Text, NoEffect, Documented, "the page of a single sign-on"),
    entry("SSOProperties", Text, NoEffect, Documented, "options of a single sign-on").secret(),
    entry("StorageBaseURL", Text, NoEffect, Documented, "a setting of file stores"),
    entry("SubjectId", Text, NoEffect, Documented, "on whose behalf a token is got"),
    entry("SubjectType", Text, NoEffect, Documented, "on whose behalf a token is got"),
    entry("SupportEnhancedSQL", Boolean, Ignored, Documented, "finishes queries in memory").or("true"),
    entry("Tables", List, Runs, Documented, "the tables to choose from"),
    entry("TypeDetectionScheme", Word(&["RowScan", "None"]), Ignored, Unconfirmed, "how types of found columns are chosen; the profile says them here").or("RowScan"),
    entry("URISeparator", Text, Ignored, Unconfirmed, "a separator of generated names"),
    entry("UseConnectionPooling", Boolean, Ignored, Documented, "a setting of the drivers' connection pool"),
    entry("UserDefinedViews", Text, Ignored, Documented, "the file of the drivers' views"),
    entry("UseVirtualHosting", Text, NoEffect, Documented, "a setting of file stores"),
    entry("Verbosity", Integer, Ignored, Documented, "a setting of the drivers' log").or("1"),
    entry("Views", List, Runs, Documented, "further tables to choose from"),
];

const fn entry(
    name: &'static str,
    kind: Kind,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> Parameter {
    Parameter::new(name, kind, evidence, doc).but(support)
}
