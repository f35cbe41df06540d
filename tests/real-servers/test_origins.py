"""Credentials stay with the origins that the profile names."""

import pytest
from conftest import PROFILES
from serving import StandIn, page

AWS = ["AuthScheme=AwsRootKeys", "AWSAccessKey=AKIAc4n4ry", "AWSSecretKey=c4n4ry", "AWSSessionToken=c4n4ry"]
KINDS = {
    "Digest": ["AuthScheme=Digest", "User=ann", "Password=c4n4ry"],
    "Basic": ["AuthScheme=Basic", "User=ann", "Password=c4n4ry"],
    "OAuth 1.0a": ["OAuthVersion=1.0", "OAuthClientId=c4n4ry", "OAuthClientSecret=c4n4ry"],
    "AWS Signature Version 4": AWS,
    "key (header)": ["CustomHeaders=X-Api-Key: c4n4ry"],
    "key (URL)": ["CustomUrlParams=key=c4n4ry"],
    "key (cookie)": ["Cookie=key=c4n4ry"],
}


@pytest.mark.parametrize("way", ["next link", "redirect"])
@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=pytest.mark.proves(kind, "two stand-ins on two ports", "nothing of it reaches a second origin, by a next link or a redirect")) for kind in KINDS],
)
def test_another_origin_gets_no_credentials(kind, way, profilec):
    challenge = {"WWW-Authenticate": 'Digest realm="r", qop="auth", nonce="n"'}

    def elsewhere(method, target, headers, body):
        # It asks for credentials, too, and gets none.
        return (401, challenge, "") if way == "redirect" else (200, {}, page(2))

    def home(method, target, headers, body):
        if kind == "Digest" and "Authorization" not in headers:
            return 401, challenge, ""
        if way == "redirect":
            return 302, {"Location": f"{stranger.url}/kilns"}, ""
        return 200, {}, page(1, f"{stranger.url}/kilns")

    options = [part for option in KINDS[kind] for part in ("-c", option)]
    with StandIn(elsewhere) as stranger, StandIn(home) as own:
        run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base={own.url}/kilns", *options)
    assert run.code == (3 if way == "redirect" else 0), run.err
    assert any("c4n4ry" in str(one) or "authorization" in str(one).lower() for one in own.asked)
    [(method, target, headers, body)] = stranger.asked
    assert (method, target, body) == ("GET", "/kilns", b"")
    assert not {"authorization", "cookie", "x-api-key", "x-amz-date", "x-amz-security-token"} & {name.lower() for name in headers}
    assert "c4n4ry" not in str(headers) and "c4n4ry" not in run.err
