//! Ways to authenticate: `AuthScheme=…`.

use crate::Evidence::{self, Documented};
use crate::Support::{self, Auth, Refused, Runs};

use crate::{closest, instead};
use AuthSchemeId::{
    AwsSignature, Basic, ClientCertificate, Digest, None as Nothing, OAuth, OAuthClient, OAuthJwt,
    OAuthPassword, OAuthPkce, Outside,
};

/// A way to authenticate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthSchemeId {
    /// As the script says, and no other way.
    None,
    /// User and password with every request.
    Basic,
    /// User and password, answering the server's challenge.
    Digest,
    /// A client certificate.
    ClientCertificate,
    /// AWS Signature Version 4.
    AwsSignature,
    /// OAuth; `OAuthVersion` and `OAuthGrantType` say how.
    OAuth,
    /// OAuth 2 with client credentials.
    OAuthClient,
    /// OAuth 2 with the password of a user.
    OAuthPassword,
    /// OAuth 2 with an authorization code and PKCE.
    OAuthPkce,
    /// OAuth 2 with a signed assertion.
    OAuthJwt,
    /// Never carried out here.
    Outside,
}

/// A value of `AuthScheme`.
#[derive(Clone, Copy, Debug)]
pub struct AuthScheme {
    /// Which way it is.
    pub id: AuthSchemeId,
    /// As documented.
    pub name: &'static str,
    /// Whether it is carried out.
    pub support: Support,
    /// How its name is known.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
    /// What to do where it is not carried out; may be empty.
    pub instead: &'static str,
}

/// The scheme of this name, ignoring case and blanks around it.
pub fn auth_scheme(name: &str) -> Option<&'static AuthScheme> {
    AUTH_SCHEMES.iter().find(|scheme| scheme.name.eq_ignore_ascii_case(name.trim()))
}

/// Why no scheme of this name is carried out, and what to do: two lines for people. `None`: it is.
pub fn scheme_refused(name: &str) -> Option<(String, String)> {
    let name = name.trim();
    let Some(scheme) = auth_scheme(name) else {
        let carried_out = AUTH_SCHEMES.iter().filter(|scheme| scheme.id != Outside);
        let names = || AUTH_SCHEMES.iter().map(|scheme| scheme.name);
        let help = match closest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => instead(name, &carried_out.map(|scheme| scheme.name).collect::<Vec<_>>()),
        };
        return Some((format!("there is no authentication scheme `{name}`"), help));
    };
    let Refused(why) = scheme.support else { return None };
    let message = format!("`AuthScheme={}` is not carried out: it {why}", scheme.name);
    Some((message, scheme.instead.to_owned()))
}

/// All values of `AuthScheme`, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static AUTH_SCHEMES: &[AuthScheme] = &[
    refused("AccessKey", STORAGE, "the key of a cloud storage account", SIGNED),
    refused("ADFS", SIGN_ON, "single sign-on with ADFS", BEARER),
    refused("Auto", "leaves the choice to the engine", "whatever the server takes", "name the scheme itself"),
    refused("AwsCredentialsFile", OF_THE_MACHINE, "the keys of an AWS credentials file", TEMPORARY),
    refused("AwsEC2Roles", OF_THE_MACHINE, "the role of an EC2 machine", TEMPORARY),
    refused("AwsIAMRoles", "asks another AWS service for keys", "a role that AWS gives keys to", TEMPORARY),
    refused("AwsMFA", "asks another AWS service for keys", "AWS keys with a second factor", TEMPORARY),
    entry(AwsSignature, "AwsRootKeys", Runs, "AWS Signature Version 4 with the keys of a user"),
    entry(AwsSignature, "AwsTempCredentials", Runs, "AWS Signature Version 4 with temporary keys and their session token"),
    refused("AzureAD", SIGN_ON, "a user of Microsoft Entra ID", BEARER),
    refused("AzureMSI", OF_THE_MACHINE, "the identity of an Azure machine", BEARER),
    refused("AzureServicePrincipal", SIGN_ON, "an application of Microsoft Entra ID with a secret", BEARER),
    refused("AzureServicePrincipalCert", SIGN_ON, "an application of Microsoft Entra ID with a certificate", BEARER),
    refused("AzureStorageSAS", STORAGE, "a shared access signature of Azure storage", "put the signature's parameters into `-c 'CustomUrlParams=…'`"),
    entry(Basic, "Basic", Runs, "`User` and `Password` with every request"),
    entry(Digest, "Digest", Runs, "`User` and `Password`, never sent themselves: the server's challenge is answered"),
    refused("GCPInstanceAccount", OF_THE_MACHINE, "the account of a Google machine", BEARER),
    refused("HMAC", STORAGE, "keys of Google cloud storage", SIGNED),
    refused("KerberosDelegation", NEGOTIATED, "Kerberos on behalf of a user", PROXY),
    refused("Negotiate", NEGOTIATED, "Kerberos or NTLM", PROXY),
    entry(Nothing, "None", Runs, "what the script and other options say"),
    refused("NTLM", NEGOTIATED, "a Windows user", PROXY),
    entry(OAuth, "OAuth", Auth, "a token, or with `OAuthVersion=1.0` a signature"),
    entry(OAuthClient, "OAuthClient", Auth, "a token for the client's own credentials"),
    entry(OAuthJwt, "OAuthJWT", Auth, "a token for a signed assertion"),
    entry(OAuthPassword, "OAuthPassword", Auth, "a token for `User` and `Password`"),
    entry(OAuthPkce, "OAuthPKCE", Auth, "a token for a code that a user grants"),
    refused("Okta", SIGN_ON, "single sign-on with Okta", BEARER),
    refused("OneLogin", SIGN_ON, "single sign-on with OneLogin", BEARER),
    refused("PingFederate", SIGN_ON, "single sign-on with PingFederate", BEARER),
    refused("SFTP", "works on files", "a server of files", "download the file, and serve it with any web server"),
    refused("SharepointOAuth", SIGN_ON, "a user of SharePoint", BEARER),
    entry(ClientCertificate, "SSL", Runs, "the certificate of `SSLClientCert`"),
];

const STORAGE: &str = "is made for the storage of one vendor";
const SIGN_ON: &str = "asks a sign-on service of one vendor";
const OF_THE_MACHINE: &str = "takes what the machine holds";
const NEGOTIATED: &str = "is bound to one connection and to Windows accounts";
const SIGNED: &str = "where the store takes AWS signatures, use `AwsRootKeys`";
const TEMPORARY: &str =
    "get temporary keys with `aws sts`, and use `AwsTempCredentials` with `AWSSessionToken`";
const BEARER: &str = "get a token there and pass it: `-c 'CustomHeaders=Authorization: Bearer …'`; an application has one by `OAuthClient`";
const PROXY: &str = "run a local proxy that does it, and name it with `-c ProxyServer=…`";

const fn entry(id: AuthSchemeId, name: &'static str, support: Support, doc: &'static str) -> AuthScheme {
    AuthScheme { id, name, support, evidence: Documented, doc, instead: "" }
}

const fn refused(
    name: &'static str,
    why: &'static str,
    doc: &'static str,
    instead: &'static str,
) -> AuthScheme {
    AuthScheme { id: Outside, name, support: Refused(why), evidence: Documented, doc, instead }
}
