"""What goes wrong at token endpoints: each with words of its own, exit 3, and no secret."""

import json
import re

import oauth
import pytest
from conftest import PROFILES
from serving import Answering, free_port

KILNS = PROFILES / "kilns.rsd"
SECRET = "s3cr3t-of-ours"
TOKEN = {"access_token": "t-1", "token_type": "Bearer", "expires_in": 600}
ROWS = (200, {}, json.dumps({"kilns": [{"id": 1, "name": "kiln 1"}], "next": None}))
CLIENT = {"AuthScheme": "OAuthClient", "OAuthClientId": "kiln-reader", "OAuthClientSecret": SECRET}
REFUSED = "profilec::auth::token_refused"
UNUSABLE = "profilec::auth::token_unusable"
UNREACHABLE = "profilec::auth::token_unreachable"
PAGE_HELP = "`OAuthAccessTokenURL` is the address of the token endpoint, not that of the page where people log in"
LATER_HELP = "the OAuth server has a problem: try later"


def said(value, status=200, **headers):
    """An answer of JSON."""
    return status, headers, json.dumps(value)


def refusal(error, description=None, status=400, **headers):
    told = {"error": error, **({"error_description": description} if description else {})}
    return said(told, status, **headers)


FAULTS = {
    "an unknown error": (
        refusal("server_tired", "come\n back   later"),
        REFUSED,
        "`{url}` gives `kiln-reader` no token: 400 `server_tired`: come back later",
        "the documentation of the OAuth server tells what this means",
    ),
    "a client that may not": (
        refusal("unauthorized_client"),
        REFUSED,
        "`{url}` gives `kiln-reader` no token: 400 `unauthorized_client`",
        "the server does not let this client use `client_credentials`: look at `OAuthGrantType`",
    ),
    "a missing parameter": (
        refusal("invalid_request", "audience is required"),
        REFUSED,
        "`{url}` gives `kiln-reader` no token: 400 `invalid_request`: audience is required",
        "a parameter is missing, or one is not known: `OAuthParams` adds some",
    ),
    "a refusal with status 200": (
        refusal("invalid_scope", status=200),
        REFUSED,
        "`{url}` gives `kiln-reader` no token: 200 `invalid_scope`",
        "look at `Scope`",
    ),
    "a refusal that repeats the secret": (
        refusal("invalid_client", f"{SECRET} is not the secret"),
        REFUSED,
        "`{url}` gives `kiln-reader` no token: 400 `invalid_client`: *** is not the secret",
        "look at `OAuthClientId` and `OAuthClientSecret`",
    ),
    "a web page": (
        (200, {"Content-Type": "text/html"}, "<!DOCTYPE html><title>Log in</title>"),
        UNUSABLE,
        "`{url}` answers `kiln-reader` 200 with a web page",
        PAGE_HELP,
    ),
    "a short web page that says it is JSON": (
        (200, {}, "<html/>"),
        UNUSABLE,
        "`{url}` answers `kiln-reader` 200 with a web page",
        PAGE_HELP,
    ),
    "a web page of a broken server": (
        (500, {"Content-Type": "text/html"}, "<html>oops</html>"),
        UNUSABLE,
        "`{url}` answers `kiln-reader` 500 with a web page",
        LATER_HELP,
    ),
    "a text": ((200, {}, "access granted"), UNUSABLE, "`{url}` answers `kiln-reader` 200 with a text that is no JSON", PAGE_HELP),
    "nothing": ((200, {}, " \n"), UNUSABLE, "`{url}` answers `kiln-reader` 200 without a body", PAGE_HELP),
    "no token": (
        said({"token_type": "Bearer", "expires_in": 600}),
        UNUSABLE,
        "`{url}` answers `kiln-reader` 200 with JSON that has no `access_token`",
        PAGE_HELP,
    ),
    "a list": (said([]), UNUSABLE, "`{url}` answers `kiln-reader` 200 with JSON that has no `access_token`", PAGE_HELP),
    "a redirect": (
        (307, {"Location": "/login?next=/token"}, ""),
        UNUSABLE,
        "`{url}` answers `kiln-reader` with a redirect to `{base}/login`, where no credentials go",
        "give the address that answers itself as `OAuthAccessTokenURL`",
    ),
    "a redirect to itself": (
        (302, {"Location": "/token"}, ""),
        UNUSABLE,
        "`{url}` answers `kiln-reader` with a redirect to `{url}`, where no credentials go",
        "give the address that answers itself as `OAuthAccessTokenURL`",
    ),
    "a token of another type": (
        said({**TOKEN, "token_type": "mac"}),
        UNUSABLE,
        "`{url}` gave `kiln-reader` a token of the type `mac`, and requests carry `Bearer` ones",
        "ask the server's documentation which client or parameter gives Bearer tokens",
    ),
    "a token of an unknown type": (
        said({**TOKEN, "token_type": "pop"}),
        UNUSABLE,
        "`{url}` gave `kiln-reader` a token of the type `pop`, and requests carry `Bearer` ones",
        "ask the server's documentation which client or parameter gives Bearer tokens",
    ),
}


def failed(profilec, report, options, *arguments, base="http://127.0.0.1:9/"):
    """The reason of a run that must fail, and standard error on one line."""
    run = profilec("run", KILNS, "-i", f"base={base}", *oauth.connection(options), *report.option, *arguments)
    assert run.code == 3, (run.out, run.err)
    told = report.read()
    assert told["verdict"] == "failed"
    oauth.assert_absent([SECRET], run.err, report.path.read_text())
    return told["reason"], re.sub(r"[\s│]+", " ", run.err)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_words_of_its_own(fault, profilec, report):
    answer, code, message, advice = FAULTS[fault]
    with Answering(lambda _: answer) as server:
        url = f"{server.url}/token"
        reason, err = failed(profilec, report, {**CLIENT, "OAuthAccessTokenURL": url})
        assert len(server.requests) == report.read()["token_requests"] == 1
    assert reason["code"] == code
    assert reason["message"] == message.format(url=url, base=server.url)
    assert advice in err


def test_faults_are_told_apart():
    messages = [message for _, _, message, _ in FAULTS.values()]
    alike = {message for message in messages if messages.count(message) > 1}
    assert alike == {FAULTS["a list"][2], FAULTS["a web page"][2]}


def test_a_dead_server_is_named(profilec, report):
    url = f"http://127.0.0.1:{free_port()}/token"
    reason, err = failed(profilec, report, {**CLIENT, "OAuthAccessTokenURL": url})
    assert reason["code"] == UNREACHABLE
    assert reason["message"].startswith(f"no token for `kiln-reader`: `{url}`: ")
    assert "refused" in reason["message"]
    assert "`OAuthAccessTokenURL` says where tokens are got" in err


@pytest.mark.parametrize("url", ["login.example.com/token", "ftp://login.example.com/token", "https://"])
def test_an_address_that_is_none_is_told_before_anything_is_sent(url, profilec, report):
    reason, _ = failed(profilec, report, {**CLIENT, "OAuthAccessTokenURL": url})
    assert (reason["code"], reason["message"]) == (UNREACHABLE, "`OAuthAccessTokenURL` is no http or https URL")


def test_a_statement_that_a_wrong_clock_made_bad_says_so(profilec, report, tmp_path):
    (tmp_path / "key.pem").write_text(oauth.key_pair("ec")[0])
    options = {"AuthScheme": "OAuthJWT", "OAuthJWTCert": tmp_path / "key.pem", "OAuthJWTIssuer": "kiln-reader"}
    with Answering(lambda _: refusal("invalid_grant", Date="Sun, 06 Nov 1994 08:49:37 GMT")) as server:
        _, err = failed(profilec, report, {**options, "OAuthAccessTokenURL": f"{server.url}/token"})
    assert re.search(r"the clock of this machine is \d{9,} s ahead of the server's: set it right", err)


def test_what_is_missing_in_an_answer_or_odd_is_taken_as_usual(profilec, report):
    for odd in [{}, {"expires_in": "3599"}, {"expires_in": None}, {"expires_in": 0}, {"token_type": ""}, {"token_type": "BEARER"}]:
        answers = {"/token": said({"access_token": "t-1", **odd}), "/kilns": ROWS}
        with Answering(lambda asked: answers[asked.path]) as server:
            options = {**CLIENT, "OAuthAccessTokenURL": f"{server.url}/token", "OAuthSettingsLocation": "memory://"}
            run = profilec("run", KILNS, "-i", f"base={server.url}/kilns", *oauth.connection(options), *report.option)
            assert run.code == 0, (odd, run.err)
            assert server.requests[-1].headers["Authorization"] == "Bearer t-1"
            assert report.read()["token_requests"] == 1


def test_a_server_that_is_busy_is_asked_again(profilec, report):
    answers = iter([(503, {"Retry-After": "0"}, ""), (429, {"Retry-After": "0"}, ""), said(TOKEN), ROWS])
    with Answering(lambda _: next(answers)) as server:
        options = {**CLIENT, "OAuthAccessTokenURL": f"{server.url}/token"}
        run = profilec("run", KILNS, "-i", f"base={server.url}/kilns", *oauth.connection(options), *report.option)
        assert run.code == 0, run.err
        assert report.read()["token_requests"] == 3
        assert len(server.requests) == 4


def test_a_server_that_stays_busy_ends_the_run(profilec, report):
    with Answering(lambda _: (503, {"Retry-After": "0"}, "")) as server:
        options = {**CLIENT, "OAuthAccessTokenURL": f"{server.url}/token"}
        reason, err = failed(profilec, report, options, "--retries", "2")
        assert reason["message"] == f"`{server.url}/token` answers `kiln-reader` 503 without a body"
        assert LATER_HELP in err
        assert len(server.requests) == report.read()["token_requests"] == 3


def test_parameters_are_added_to_token_requests(profilec):
    answers = {"/token": said(TOKEN), "/kilns": ROWS}
    with Answering(lambda asked: answers[asked.path]) as server:
        more = {"OAuthParams": "audience=kilns,tenant=a"}
        options = {**CLIENT, **more, "OAuthAccessTokenURL": f"{server.url}/token", "Scope": "read write"}
        run = profilec("run", KILNS, "-i", f"base={server.url}/kilns", *oauth.connection(options))
        assert run.code == 0, run.err
    assert server.requests[0].form == {
        "grant_type": "client_credentials",
        "client_id": "kiln-reader",
        "client_secret": SECRET,
        "scope": "read write",
        "audience": "kilns",
        "tenant": "a",
    }


REAL_FAULTS = {
    "a wrong secret": ({"OAuthClientSecret": SECRET}, "invalid_client", "look at `OAuthClientId` and `OAuthClientSecret`"),
    "an unknown client": ({"OAuthClientId": "nobody"}, "invalid_client", "look at `OAuthClientId` and `OAuthClientSecret`"),
    "a wrong scope": ({"Scope": "openid"}, "invalid_scope", "look at `Scope`"),
    "a grant that is not the client's": (
        {"AuthScheme": "OAuthPassword", "User": "ann", "Password": "pw-ann"},
        "invalid_request",
        "a parameter is missing, or one is not known: `OAuthParams` adds some",
    ),
}


@pytest.mark.proves("wrong secret, unknown client, wrong scope, wrong password", "oidc-provider", "exit 3, the option to look at")
@pytest.mark.parametrize("fault", REAL_FAULTS)
def test_a_real_server_refuses(fault, oidc, profilec, report):
    more, error, advice = REAL_FAULTS[fault]
    client = oidc.client("client_credentials")
    options = {
        "AuthScheme": "OAuthClient",
        "OAuthAccessTokenURL": oidc.token_url,
        "OAuthClientId": client.name,
        "OAuthClientSecret": client.secret,
        **more,
    }
    reason, err = failed(profilec, report, options)
    assert reason["code"] == REFUSED
    label = options["OAuthClientId"]
    assert re.match(rf"`{oidc.token_url}` gives `{re.escape(label)}` no token: 40[01] `{error}`: ", reason["message"])
    assert advice in err
    oauth.assert_absent([client.secret], err)


@pytest.mark.proves("wrong secret, unknown client, wrong scope, wrong password", "oidc-provider", "exit 3, the option to look at")
def test_a_wrong_password_says_where_to_look(oidc, profilec, report):
    client = oidc.client("password")
    options = {
        "AuthScheme": "OAuthPassword",
        "OAuthAccessTokenURL": oidc.token_url,
        "OAuthClientId": client.name,
        "OAuthClientSecret": client.secret,
        "User": "ann",
        "Password": SECRET,
    }
    reason, err = failed(profilec, report, options)
    assert "`invalid_grant`" in reason["message"]
    assert "look at `User` and `Password`" in err
