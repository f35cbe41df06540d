"""Credentials stay with the origins that the profile names, and are shown nowhere."""

import base64
import json

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


FORMS = [str, lambda text: text[::-1], lambda text: base64.b64encode(text.encode()).decode(), lambda text: text.encode().hex()]


@pytest.mark.parametrize("kind", [*KINDS, "OAuth 1.0a, PLAINTEXT"])
@pytest.mark.parametrize("status", [200, 400, 401, 403])
def test_what_a_server_repeats_is_masked(kind, status, profilec, tmp_path):
    """The server tells all that it was sent, in its headers and in its body."""
    secret = "c4n4ry/s e+c&r=et"
    options = KINDS.get(kind) or [*KINDS["OAuth 1.0a"], "OAuthAccessToken=c4n4ry", "OAuthAccessTokenSecret=c4n4ry", "Sign_Method=PLAINTEXT"]
    in_url = secret.replace("/", "%2F").replace(" ", "%20").replace("+", "%2B").replace("&", "%26").replace("=", "%3D")
    own = in_url if kind in ("key (URL)", "key (cookie)") else secret
    options = [option.replace("c4n4ry", own.replace(" ", "_") if option.startswith("AWSA") or "Token=" in option else own) for option in options]
    challenge = {"WWW-Authenticate": 'Digest realm="r", qop="auth", nonce="n"'}

    def answer(method, target, headers, body):
        if kind == "Digest" and "Authorization" not in headers:
            return 401, challenge, ""
        said = json.dumps({"target": target, **dict(headers.items())})
        return status, {"X-Said": headers.get("Authorization", ""), **challenge}, json.dumps({"kilns": [], "error": said})

    given = [part for option in options for part in ("-c", option)]
    report, record = tmp_path / "report", tmp_path / "record"
    with StandIn(answer) as server:
        run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base={server.url}/kilns", *given, "--trace", "--report", report, "--record", record)
    assert run.code == 3, run.err
    shown = {"out": run.out.decode(), "err": run.err}
    shown |= {path.name: path.read_text() for path in [report, *record.rglob("*")] if path.is_file()}
    for place, text in shown.items():
        for form in FORMS:
            for part in ("c4n4ry", own):
                assert form(part) not in text, (place, text)
