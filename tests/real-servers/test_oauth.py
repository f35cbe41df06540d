"""Tokens in real runs: got, kept, renewed in mid-walk, shared by processes."""

import csv
import io
import random
import stat

import oauth
import pytest
from conftest import PROFILES

KILNS = PROFILES / "kilns.rsd"

# A token that is renewed in the last tenth of its life lives so much of it.
USED = 0.9


def ids(out):
    """The first column of the rows."""
    return [int(row["id"]) for row in csv.DictReader(io.StringIO(out.decode("utf-8"), newline=""))]


def walked(profilec, report, walk, options):
    """The report of a run that must be whole."""
    run = profilec("run", KILNS, "-i", f"base={walk.url}", *options, *report.option)
    assert run.code == 0, run.err
    told = report.read()
    assert told["verdict"] == "complete"
    return run, told


def kept_in(path):
    return oauth.connection({"OAuthSettingsLocation": path})


ANN = {"User": "ann", "Password": "pw-ann"}


@pytest.mark.parametrize(
    ("grant", "scheme", "by", "mode", "more"),
    [
        pytest.param(
            grant,
            scheme,
            by,
            mode,
            more,
            id=f"{grant}-{mode}",
            marks=pytest.mark.proves(f"OAuth 2.0 {named}, secret in the {place}", "oidc-provider", "a token, every row"),
        )
        for grant, named, scheme, more in [
            ("client_credentials", "client credentials", "OAuthClient", {}),
            ("password", "password", "OAuthPassword", ANN),
        ]
        for by, mode, place in [("client_secret_post", "POST", "body"), ("client_secret_basic", "BASIC", "header")]
    ],
)
def test_a_grant_gets_one_token_which_later_runs_use_as_well(grant, scheme, by, mode, more, oidc, profilec, report):
    client = oidc.client(grant, by=by)
    options = client.options(scheme, OAuthPasswordGrantMode=mode, Scope="kilns:read", **more)
    walk = oidc.walk(pages=3, size=2)
    run, told = walked(profilec, report, walk, options)
    assert ids(run.out) == [1, 2, 3, 4, 5, 6]
    assert told["token_requests"] == 1
    [asked] = client.token_requests()
    assert (asked["grant"], asked["status"], asked["in_header"]) == (grant, 200, mode == "BASIC")
    assert [(seen["token"], seen["status"]) for seen in walk.requests()] == [(True, 200)] * 3
    _, told = walked(profilec, report, oidc.walk(), options)
    assert told["token_requests"] == 0
    assert len(client.token_requests()) == 1


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.proves(f"OAuth 2.0 JWT bearer, {algorithm}", "oidc-provider", "a token, every row"))
        for kind, algorithm in [("rsa", "RS256"), ("ec", "ES256")]
    ],
)
def test_a_signed_statement_gets_a_token(kind, oidc, profilec, report, tmp_path):
    private, public = oauth.key_pair(kind)
    (tmp_path / "key.pem").write_text(private)
    client = oidc.client(oauth.JWT_BEARER, by="none", jwks={"keys": [public]})
    options = client.options("OAuthJWT", OAuthJWTCert=tmp_path / "key.pem", OAuthJWTSubject="ann", Scope="kilns:read")
    walk = oidc.walk(end_token_at=2)
    run, told = walked(profilec, report, walk, options)
    assert ids(run.out) == list(range(1, 10))
    # A statement is good for one use: the second token was got with a second one.
    assert told["token_requests"] == 2
    assert [(asked["grant"], asked["status"]) for asked in client.token_requests()] == [(oauth.JWT_BEARER, 200)] * 2


def test_a_statement_signed_with_another_key_is_refused(oidc, profilec, tmp_path):
    (tmp_path / "key.pem").write_text(oauth.key_pair("rsa")[0])
    client = oidc.client(oauth.JWT_BEARER, by="none", jwks={"keys": [oauth.key_pair("rsa")[1]]})
    options = client.options("OAuthJWT", OAuthJWTCert=tmp_path / "key.pem")
    run = profilec("run", KILNS, "-i", f"base={oidc.walk().url}", *options)
    assert run.code == 3
    assert "profilec::auth::token_refused" in run.err and "`invalid_grant`" in run.err
    assert "look at `OAuthJWTCert`" in run.err


@pytest.mark.proves("tokens of 2 s", "oidc-provider", "200 pages, every row, one token request for each end of a token")
@pytest.mark.proves("tokens of 5 s", "oidc-provider", "60 pages, every row, one token request for each end of a token")
@pytest.mark.parametrize(("pages", "life", "delay_ms"), [(200, 2, 50), (60, 5, 280)])
def test_tokens_that_end_in_mid_walk_are_renewed_once_each(pages, life, delay_ms, oidc, profilec, report):
    client = oidc.client("client_credentials", life=life)
    walk = oidc.walk(pages=pages, size=2, delay_ms=delay_ms)
    run, told = walked(profilec, report, walk, client.options("OAuthClient"))
    assert ids(run.out) == list(range(1, 2 * pages + 1))
    assert told["pages"] == pages
    asked = client.token_requests()
    assert told["token_requests"] == len(asked) >= 3
    seen = walk.requests()
    assert {request["status"] for request in seen} <= {200, 401}
    refused = [request["at"] for request in seen if request["status"] == 401]
    assert told["requests"] == pages + len(refused)
    # The server counts in whole seconds, so a token may end up to one second early: then one request is refused. Every
    # other renewal comes in the last tenth of the life that was told, which the client counts from before it asked.
    lives = list(zip(asked, asked[1:]))
    for before, after in lives:
        early = [at for at in refused if before["at"] <= at <= after["at"]]
        assert len(early) <= 1
        assert early or after["at"] - before["at"] >= (USED * life - 0.5) * 1000
    assert len(asked) <= told["elapsed_ms"] / (USED * life * 1000) + 1 + len(refused)


@pytest.mark.proves("a token that is revoked in mid-walk", "oidc-provider", "one refusal, one renewal, every row once")
def test_a_token_that_is_revoked_in_mid_walk_is_renewed_and_the_page_repeated(oidc, profilec, report):
    client = oidc.client("client_credentials")
    walk = oidc.walk(pages=9, end_token_at=5)
    run, told = walked(profilec, report, walk, client.options("OAuthClient"))
    assert ids(run.out) == list(range(1, 28))
    assert [(seen["page"], seen["status"]) for seen in walk.requests()] == [
        (1, 200), (2, 200), (3, 200), (4, 200), (5, 401), (5, 200), (6, 200), (7, 200), (8, 200), (9, 200)
    ]
    assert told["token_requests"] == len(client.token_requests()) == 2
    assert (told["requests"], told["pages"], told["retries"]) == (10, 9, 0)


def test_a_token_that_nothing_renews_ends_the_run_with_the_refusal(oidc, profilec):
    walk = oidc.walk()
    run = profilec("run", KILNS, "-i", f"base={walk.url}", *oauth.connection({"AuthScheme": "OAuth", "OAuthAccessToken": "long-ago"}))
    assert run.code == 3
    assert "401" in run.err
    assert len(walk.requests()) == 1


@pytest.mark.proves("refresh token, rotated", "oidc-provider", "each run uses the newest one")
def test_each_run_uses_the_newest_refresh_token(oidc, profilec, report, tmp_path):
    client = oidc.client("password", "refresh_token")
    first = client.ask_token(grant_type="password", username="ann", password="pw-ann")["refresh_token"]
    options = client.options("OAuth", OAuthRefreshToken=first, OAuthSettingsLocation=tmp_path / "tokens.json")
    for _ in range(8):
        # The kept access token is refused, so that each run renews it.
        run, told = walked(profilec, report, oidc.walk(end_token_at=1), options)
        assert ids(run.out) == list(range(1, 10))
        assert told["token_requests"] in (1, 2)
    asked = client.token_requests()[1:]
    assert {(one["grant"], one["status"]) for one in asked} == {("refresh_token", 200)}
    # Another refresh token is a new login.
    second = client.ask_token(grant_type="password", username="ann", password="pw-ann")["refresh_token"]
    options = client.options("OAuth", OAuthRefreshToken=second, OAuthSettingsLocation=tmp_path / "tokens.json")
    _, told = walked(profilec, report, oidc.walk(), options)
    assert told["token_requests"] == 1


def test_a_refresh_token_that_was_used_elsewhere_says_so(oidc, profilec, tmp_path):
    client = oidc.client("password", "refresh_token")
    first = client.ask_token(grant_type="password", username="ann", password="pw-ann")["refresh_token"]
    client.ask_token(grant_type="refresh_token", refresh_token=first)
    options = client.options("OAuth", OAuthRefreshToken=first, OAuthSettingsLocation="memory://")
    run = profilec("run", KILNS, "-i", f"base={oidc.walk().url}", *options)
    assert run.code == 3
    assert "was used already" in run.err and "`OAuthRefreshToken`" in run.err
    assert first not in run.err


@pytest.mark.proves("a rotated refresh token, two processes, one of them killed", "oidc-provider", "100 rounds, never logged out")
def test_processes_that_share_a_refresh_token_stay_logged_in_when_one_is_killed(oidc, profilec, tmp_path):
    # What no client can mend is left out: a process that dies while the answer with the new refresh token is on its way.
    # It is killed while the resource server holds one of its requests back, so no token request is under way.
    dice = random.Random(7)
    client = oidc.client("password", "refresh_token")
    first = client.ask_token(grant_type="password", username="ann", password="pw-ann")["refresh_token"]
    options = client.options("OAuth", OAuthRefreshToken=first, OAuthSettingsLocation=tmp_path / "tokens.json")
    for _ in range(100):
        # Before the kept token is refused; between receipt of the new one and its first use; in mid-walk.
        hold = dice.choice([{"page": 1, "good": False}, {"page": 1, "good": True}, {"page": 2, "good": True}])
        doomed_walk = oidc.walk(pages=2, size=1, end_token_at=1, hold=hold)
        other_walk = oidc.walk(pages=2, size=1, end_token_at=1)
        doomed = profilec.start("run", KILNS, "-i", f"base={doomed_walk.url}", *options)
        other = profilec.start("run", KILNS, "-i", f"base={other_walk.url}", *options)
        doomed_walk.wait_until_held(doomed)
        doomed.kill()
        doomed.communicate()
        out, err = other.communicate(timeout=60)
        assert other.returncode == 0, err.decode()
        assert ids(out) == [1, 2]
    asked = client.token_requests()[1:]
    assert {(one["grant"], one["status"], one["reused"]) for one in asked} == {("refresh_token", 200, False)}
    assert len(asked) >= 100


@pytest.mark.proves("a next link to another origin", "two servers", "no token goes there")
def test_a_next_link_to_another_origin_gets_no_token(oidc, profilec, report):
    client = oidc.client("client_credentials")
    walk = oidc.walk(pages=4, elsewhere_after=2)
    run, _ = walked(profilec, report, walk, client.options("OAuthClient"))
    assert ids(run.out) == list(range(1, 13))
    assert [(seen["page"], seen["elsewhere"], seen["token"]) for seen in walk.requests()] == [
        (1, False, True), (2, False, True), (3, True, False), (4, False, True)
    ]


@pytest.mark.proves("a redirect to another origin", "two servers", "no token goes there")
def test_a_redirect_to_another_origin_gets_no_token(oidc, profilec, report):
    client = oidc.client("client_credentials")
    walk = oidc.walk(pages=3, redirect_at=2)
    run, _ = walked(profilec, report, walk, client.options("OAuthClient"))
    assert ids(run.out) == list(range(1, 10))
    assert [(seen["page"], seen["elsewhere"], seen["token"]) for seen in walk.requests()] == [
        (1, False, True), (2, False, True), (2, True, False), (3, False, True)
    ]


def test_an_allowed_origin_gets_the_token(oidc, profilec, report):
    client = oidc.client("client_credentials")
    walk = oidc.walk(pages=3, elsewhere_after=1)
    options = [*client.options("OAuthClient"), "--allow-origin", oidc.elsewhere]
    walked(profilec, report, walk, options)
    assert [seen["token"] for seen in walk.requests()] == [True, True, True]


def test_tokens_are_kept_for_their_owner_alone(oidc, profilec, report):
    client = oidc.client("client_credentials")
    walked(profilec, report, oidc.walk(), client.options("OAuthClient"))
    kept = [path for path in (profilec.home / "data").rglob("*") if path.suffix == ".json"]
    assert len(kept) == 1
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(kept[0].parent.stat().st_mode) == 0o700
    assert client.secret not in kept[0].read_text()


def test_tokens_in_memory_leave_no_file(oidc, profilec, report):
    client = oidc.client("client_credentials")
    options = client.options("OAuthClient", OAuthSettingsLocation="memory://")
    for _ in range(2):
        _, told = walked(profilec, report, oidc.walk(), options)
        assert told["token_requests"] == 1
    assert list(profilec.home.rglob("*.json")) == []


@pytest.mark.proves("a profile that fetches its own token", "oidc-provider", "every row, the token masked")
def test_a_profile_that_fetches_its_own_token_shows_it_nowhere(oidc, profilec, report, tmp_path):
    client = oidc.client("client_credentials")
    walk = oidc.walk(pages=1)
    inputs = {"base": walk.url, "token_url": oidc.token_url, "client": client.name, "client_secret": client.secret}
    inputs = [part for name, value in inputs.items() for part in ("-i", f"{name}={value}")]
    cassette = tmp_path / "cassette"
    run = profilec("run", PROFILES / "own_token.rsd", *inputs, "--trace", "--record", cassette, *report.option)
    assert run.code == 0, run.err
    assert ids(run.out) == [1, 2, 3]
    [asked] = client.token_requests()
    assert asked["grant"] == "client_credentials"
    files = [report.path, *cassette.iterdir()]
    oauth.assert_absent(client.secrets(), run.err, *(path.read_text() for path in files))
    replayed = profilec("run", PROFILES / "own_token.rsd", *inputs, "--replay", cassette)
    assert replayed.code == 0, replayed.err
    assert replayed.out == run.out
