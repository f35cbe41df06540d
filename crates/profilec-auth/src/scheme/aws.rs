//! AWS Signature Version 4.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use profilec_diagnostics::codes;

use crate::{AuthError, Outgoing};

/// What requests are signed with.
#[derive(Clone)]
pub struct AwsSignature {
    /// The key's name.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
    /// The token of a temporary key.
    pub session_token: Option<String>,
    /// `eu-west-1`; `None`: as the host name says, else `us-east-1`.
    pub region: Option<String>,
    /// `s3`; `None`: as the host name says, else `execute-api`: an API behind a name of its own.
    pub service: Option<String>,
}

impl std::fmt::Debug for AwsSignature {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "AwsSignature({:?}, {:?})", self.region, self.service)
    }
}

/// All but letters, digits and `-._~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl AwsSignature {
    /// Signs a request as of this time.
    pub(crate) fn sign(&self, request: &mut Outgoing, now: SystemTime) -> Result<(), AuthError> {
        spell_out_query(request);
        let host = request.url.host_str().unwrap_or_default();
        let (named_service, named_region) = named(host);
        let service = self.service.clone().or(named_service).unwrap_or_else(|| "execute-api".to_owned());
        let region = self.region.clone().or(named_region).unwrap_or_else(|| "us-east-1".to_owned());
        let mut settings = SigningSettings::default();
        if matches!(service.as_str(), "s3" | "s3-outposts" | "s3-object-lambda") {
            // It takes names as they are, and wants the body's digest to be told.
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        }
        let token = self.session_token.clone();
        let key = Credentials::new(&self.access_key, &self.secret_key, token, None, "profilec").into();
        let parameters = SigningParams::builder()
            .identity(&key)
            .region(&region)
            .name(&service)
            .time(now)
            .settings(settings)
            .build()
            .map_err(|why| unsigned(&why))?
            .into();
        // What a transport or a proxy may add or change on the way is left out.
        let is_kept = |name: &str| {
            let name = name.to_ascii_lowercase();
            name == "content-type" || name == "content-md5" || name.starts_with("x-amz-")
        };
        let headers = request.headers.iter().filter(|header| is_kept(&header.name));
        let signable = SignableRequest::new(
            &request.method,
            request.url.as_str(),
            headers.map(|header| (header.name.as_str(), header.value.as_str())),
            SignableBody::Bytes(request.body.as_deref().unwrap_or_default().as_bytes()),
        )
        .map_err(|why| unsigned(&why))?;
        let (signed, _) = sign(signable, &parameters).map_err(|why| unsigned(&why))?.into_parts();
        for (name, value) in signed.headers() {
            request.set_header(name, value);
        }
        Ok(())
    }
}

fn unsigned(why: &dyn std::error::Error) -> AuthError {
    let root = std::iter::successors(Some(why), |why| why.source()).last().unwrap_or(why);
    AuthError::new(&codes::http::bad_url, format!("the request cannot be signed: {root}"))
}

/// Services differ in how they read a `+`, a bare name or an unusual escape: there is one way to write each.
fn spell_out_query(request: &mut Outgoing) {
    if request.url.query().is_none_or(str::is_empty) {
        request.url.set_query(None);
        return;
    }
    let encoded = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let pairs = request.url.query_pairs();
    let pairs: Vec<String> =
        pairs.map(|(name, value)| format!("{}={}", encoded(&name), encoded(&value))).collect();
    request.url.set_query(Some(&pairs.join("&")));
}

/// Service and region in a host name of AWS.
fn named(host: &str) -> (Option<String>, Option<String>) {
    let host = host.to_ascii_lowercase();
    if let Some(labels) = host.strip_suffix(".on.aws") {
        // Function URLs: `id.lambda-url.region.on.aws`.
        let region = labels.rsplit('.').next().filter(|label| is_region(label));
        return (labels.contains(".lambda-url.").then(|| "lambda".to_owned()), region.map(str::to_owned));
    }
    let ours = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"];
    let Some(labels) = ours.iter().find_map(|suffix| host.strip_suffix(suffix)) else { return (None, None) };
    let labels: Vec<&str> = labels.split('.').filter(|label| *label != "dualstack").collect();
    let Some(at) = labels.iter().position(|label| is_region(label)) else {
        // `bucket.s3.amazonaws.com`, and the older `s3-eu-west-1.amazonaws.com`.
        let last = labels.last().copied().unwrap_or_default();
        return match last.strip_prefix("s3-").filter(|region| is_region(region)) {
            Some(region) => (Some("s3".to_owned()), Some(region.to_owned())),
            None => (Some(signing_name(last)), None),
        };
    };
    let region = labels.get(at).map(|region| (*region).to_owned());
    // `domain.eu-west-1.es.amazonaws.com` has the service behind the region.
    let service = labels.get(at + 1).or_else(|| labels.get(at.checked_sub(1)?));
    (service.map(|service| signing_name(service)), region)
}

/// What a service is called in signatures, where its host says something else.
fn signing_name(label: &str) -> String {
    let name = match label.strip_suffix("-fips").unwrap_or(label) {
        "email" => "ses",
        "bedrock-runtime" | "bedrock-agent" | "bedrock-agent-runtime" => "bedrock",
        "git-codecommit" => "codecommit",
        "monitoring" => "monitoring",
        "query-timestream" | "ingest-timestream" => "timestream",
        "s3-website" | "s3-accesspoint" => "s3",
        label => label,
    };
    name.to_owned()
}

/// `eu-west-1`, `us-gov-east-1`.
fn is_region(label: &str) -> bool {
    let parts: Vec<&str> = label.split('-').collect();
    let [area, middle @ .., number] = parts.as_slice() else { return false };
    area.len() == 2
        && !middle.is_empty()
        && middle.iter().all(|part| part.len() > 2 && part.bytes().all(|byte| byte.is_ascii_lowercase()))
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use profilec_engine::HeaderField;

    use super::*;

    fn signer() -> AwsSignature {
        AwsSignature {
            access_key: "AKIDEXAMPLE".to_owned(),
            secret_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned(),
            session_token: None,
            region: Some("us-east-1".to_owned()),
            service: Some("service".to_owned()),
        }
    }

    fn request(method: &str, url: &str) -> Outgoing {
        let url = url.parse().expect("it is a URL");
        Outgoing { method: method.to_owned(), url, headers: Vec::new(), body: None }
    }

    /// 2015-08-30T12:36:00Z, the time of the vectors that AWS publishes.
    fn then() -> SystemTime {
        UNIX_EPOCH + Duration::from_mins(24_015_636)
    }

    fn signature(request: &Outgoing) -> &str {
        let header = request.header("Authorization").expect("it is signed");
        header.rsplit("Signature=").next().expect("it has a signature")
    }

    #[test]
    fn signatures_are_those_of_the_published_vectors() {
        let mut vanilla = request("GET", "https://example.amazonaws.com/");
        signer().sign(&mut vanilla, then()).expect("it is signed");
        assert_eq!(
            vanilla.header("authorization"),
            Some(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                 SignedHeaders=host;x-amz-date, \
                 Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
            )
        );
        let mut query = request("GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1");
        signer().sign(&mut query, then()).expect("it is signed");
        assert_eq!(signature(&query), "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
        let mut form = request("POST", "https://example.amazonaws.com/");
        form.body = Some("Param1=value1".to_owned());
        let name = "Content-Type".to_owned();
        form.headers.push(HeaderField { name, value: "application/x-www-form-urlencoded".to_owned() });
        signer().sign(&mut form, then()).expect("it is signed");
        assert_eq!(signature(&form), "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    #[test]
    fn a_session_token_and_the_digest_of_the_body_are_told_where_they_are_wanted() {
        let signer = AwsSignature { session_token: Some("tok".to_owned()), service: None, ..signer() };
        let mut bucket =
            request("GET", "https://b.s3.eu-west-1.amazonaws.com/a%20b//c?list-type=2&prefix=x+y&acl");
        AwsSignature { region: None, ..signer }.sign(&mut bucket, then()).expect("it is signed");
        assert_eq!(bucket.header("x-amz-security-token"), Some("tok"));
        let of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(bucket.header("x-amz-content-sha256"), Some(of_nothing));
        assert!(
            bucket.header("authorization").is_some_and(|said| said.contains("/eu-west-1/s3/aws4_request"))
        );
        assert_eq!(bucket.url.query(), Some("list-type=2&prefix=x%20y&acl="));
        assert_eq!(bucket.url.path(), "/a%20b//c");
    }

    #[test]
    fn service_and_region_are_read_from_the_host() {
        let some = |service: &str, region: &str| {
            let option = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            (option(service), option(region))
        };
        for (host, service, region) in [
            ("abc123.execute-api.eu-central-1.amazonaws.com", "execute-api", "eu-central-1"),
            ("s3.amazonaws.com", "s3", ""),
            ("my.bucket.s3.us-gov-west-1.amazonaws.com", "s3", "us-gov-west-1"),
            ("b.s3.dualstack.ap-south-1.amazonaws.com", "s3", "ap-south-1"),
            ("s3-eu-west-1.amazonaws.com", "s3", "eu-west-1"),
            ("search-x-abc.eu-west-1.es.amazonaws.com", "es", "eu-west-1"),
            ("dynamodb.cn-north-1.amazonaws.com.cn", "dynamodb", "cn-north-1"),
            ("email.us-east-1.amazonaws.com", "ses", "us-east-1"),
            ("sts.amazonaws.com", "sts", ""),
            ("abc.lambda-url.eu-west-1.on.aws", "lambda", "eu-west-1"),
            ("api.example.com", "", ""),
            ("127.0.0.1", "", ""),
            ("amazonaws.com.example", "", ""),
        ] {
            assert_eq!(named(host), some(service, region), "{host}");
        }
    }
}
