"""Logins of people: in a browser, with its address pasted, on another device; and what commands do with their tokens."""

import re
import shutil
import urllib.parse
import urllib.request

import oauth
import pytest
from conftest import PROFILES

KILNS = "kilns.rsd"
CALLBACK = "http://127.0.0.1/callback"


def entry(profilec, client, **keys):
    """Describes a client in the project's settings."""
    keys = {"client_id": client.name, "token_url": client.server.token_url, "scope": "kilns:read", **keys}
    lines = [f'{key} = "{value}"' for key, value in keys.items()]
    (profilec.home / "profilec.toml").write_text("\n".join(["[auth.kilns]", *lines, ""]))
    # Entries are those of the profile's project.
    shutil.copy(PROFILES / KILNS, profilec.home)


@pytest.fixture
def browsed(oidc, profilec):
    """A client whose users log in with a browser."""
    client = oidc.client(
        "authorization_code", "refresh_token", by="none", application_type="native", redirect_uris=[CALLBACK]
    )
    urls = {"authorize_url": f"{oidc.issuer}/auth", "revoke_url": f"{oidc.issuer}/token/revocation"}
    entry(profilec, client, grant="authorization_code", redirect_url=CALLBACK, **urls)
    return client


@pytest.fixture
def on_a_device(oidc, profilec):
    """A client whose users log in on another device."""
    client = oidc.client(oauth.DEVICE_CODE, "refresh_token", by="none")
    entry(profilec, client, grant="device_code", device_url=f"{oidc.issuer}/device/auth")
    return client


class Login:
    """A login that waits for its user."""

    def __init__(self, profilec, *arguments):
        self._process = profilec.start("auth", "login", "kilns", *arguments)
        self._told = ""

    def reads(self, pattern):
        """What it tells its user, as soon as it does."""
        while not (found := re.search(pattern, self._told, re.MULTILINE)):
            line = self._process.stderr.readline().decode("utf-8")
            assert line, self._told
            self._told += line
        return found[1]

    def ends(self, pasted=""):
        """The exit code, and all that it told."""
        out, err = self._process.communicate(pasted.encode(), timeout=60)
        assert out == b""
        return self._process.returncode, self._told + err.decode("utf-8")


def logged_in(profilec, name="ann"):
    """Logs in with a browser on another machine: its last address is pasted."""
    login = Login(profilec, "--no-browser")
    address = oauth.Person(name).grants(login.reads(r"^  (http\S+)$"))
    code, told = login.ends(f"{address}\n")
    assert code == 0, told
    return told


def rows_with_a_token_that_ends(oidc, profilec, *arguments):
    """Walks pages while the token that is kept is refused on the second one."""
    walk = oidc.walk(end_token_at=2)
    run = profilec("run", KILNS, "-i", f"base={walk.url}", *arguments)
    assert run.code == 0, run.err
    assert run.out.count(b"\n") == 10
    assert [seen["status"] for seen in walk.requests()] == [200, 401, 200, 200]


@pytest.mark.proves("OAuth 2.0 authorization code with PKCE, address pasted", "oidc-provider", "a token, renewed in mid-walk")
def test_a_pasted_address_logs_in(browsed, oidc, profilec):
    told = logged_in(profilec)
    assert "logged in as `kilns`" in told
    rows_with_a_token_that_ends(oidc, profilec, "--auth", "kilns")
    assert [asked["grant"] for asked in browsed.token_requests()] == ["authorization_code", "refresh_token"]
    oauth.assert_absent(browsed.secrets(), told)


@pytest.mark.proves("OAuth 2.0 authorization code with PKCE, loopback redirect", "oidc-provider", "a token, renewed in mid-walk")
def test_a_browser_that_comes_back_logs_in(browsed, oidc, profilec):
    login = Login(profilec, "--no-browser")
    address = oauth.Person("ann").grants(login.reads(r"^  (http\S+)$"))
    assert urllib.parse.urlsplit(address).path == "/callback"
    with urllib.request.urlopen(address, timeout=20) as page:
        assert "You are logged in" in page.read().decode("utf-8")
    code, told = login.ends()
    assert code == 0, told
    rows_with_a_token_that_ends(oidc, profilec, "--auth", "kilns")
    oauth.assert_absent(browsed.secrets(), told)


@pytest.mark.proves("OAuth 2.0 device code", "oidc-provider", "a token, renewed in mid-walk")
def test_a_login_on_another_device(on_a_device, oidc, profilec):
    login = Login(profilec)
    page = oauth.Person("ann").grants(login.reads(r"^  (http\S+user_code=\S+)$"))
    assert "Sign-in Success" in page
    code, told = login.ends()
    assert code == 0, told
    rows_with_a_token_that_ends(oidc, profilec, "--auth", "kilns")
    assert on_a_device.token_requests()[-1]["grant"] == "refresh_token"
    oauth.assert_absent(on_a_device.secrets(), told)


def test_a_user_who_does_not_agree_ends_the_login(browsed, profilec):
    login = Login(profilec, "--no-browser")
    address = oauth.Person("ann").grants(login.reads(r"^  (http\S+)$"), agrees=False)
    code, told = login.ends(f"{address}\n")
    assert code == 3, told
    assert "access was not granted: `access_denied`" in told
    assert browsed.token_requests() == []


def test_a_code_of_another_login_is_not_taken(browsed, profilec):
    login = Login(profilec, "--no-browser")
    address = oauth.Person("ann").grants(login.reads(r"^  (http\S+)$"))
    code, told = login.ends(re.sub(r"state=[^&]*", "state=another", address) + "\n")
    assert code == 3, told
    assert "the code belongs to another login" in told
    assert browsed.token_requests() == []


def test_a_code_is_good_once(browsed, profilec):
    login = Login(profilec, "--no-browser")
    address = oauth.Person("ann").grants(login.reads(r"^  (http\S+)$"))
    again = Login(profilec, "--no-browser")
    again.reads(r"^  (http\S+)$")
    assert login.ends(f"{address}\n")[0] == 0
    spent = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["code"][0]
    code, told = again.ends(f"{spent}\n")
    assert code == 3
    assert "`invalid_grant`" in told
    oauth.assert_absent([spent], told)


def test_a_device_that_is_refused_ends_the_login(on_a_device, profilec):
    login = Login(profilec)
    oauth.Person("ann").grants(login.reads(r"^  (http\S+user_code=\S+)$"), agrees=False)
    code, told = login.ends()
    assert code == 3, told
    assert "`access_denied`" in told


def test_a_run_without_a_login_says_how_to_log_in(browsed, oidc, profilec):
    run = profilec("run", KILNS, "-i", f"base={oidc.walk().url}", "--auth", "kilns")
    assert run.code == 3
    assert "profilec::auth::login_needed" in run.err and "profilec auth login kilns" in run.err


def test_a_variable_stands_for_a_token_that_is_renewed(browsed, oidc, profilec):
    logged_in(profilec)
    bound = ["--var", "access_token=oauth:kilns", "-c", "CustomHeaders=Authorization: Bearer ${access_token}"]
    rows_with_a_token_that_ends(oidc, profilec, *bound)


def test_a_token_is_printed_to_a_pipe_and_status_tells_none(browsed, oidc, profilec):
    logged_in(profilec)
    printed = profilec("auth", "token", "kilns")
    assert printed.code == 0, printed.err
    token = printed.out.decode().strip()
    assert token in browsed.secrets()
    walk = oidc.walk(pages=1)
    request = urllib.request.Request(walk.url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200
    for status in (profilec("auth", "status"), profilec("auth", "status", "kilns"), profilec("auth", "status", "--json")):
        assert status.code == 0, status.err
        assert "kilns" in status.out.decode()
        oauth.assert_absent(browsed.secrets(), status.out.decode(), status.err)
    oauth.assert_absent(browsed.secrets(), printed.err)


def test_a_logout_forgets_the_tokens_here_and_at_the_server(browsed, oidc, profilec):
    logged_in(profilec)
    token = profilec("auth", "token", "kilns").out.decode().strip()
    logout = profilec("auth", "logout", "kilns")
    assert logout.code == 0, logout.err
    assert list((profilec.home / "data").rglob("*.json")) == []
    run = profilec("run", KILNS, "-i", f"base={oidc.walk().url}", "--auth", "kilns")
    assert run.code == 3 and "profilec::auth::login_needed" in run.err
    refresh_tokens = browsed.token_requests()[0]["secrets"][1:]
    with pytest.raises(AssertionError, match="invalid_grant"):
        browsed.ask_token(grant_type="refresh_token", refresh_token=refresh_tokens[0])
    oauth.assert_absent(browsed.secrets(), logout.out.decode(), logout.err)
    assert token


def test_another_login_takes_the_place_of_the_first(browsed, oidc, profilec):
    logged_in(profilec, "ann")
    first = profilec("auth", "token", "kilns").out
    logged_in(profilec, "bob")
    assert profilec("auth", "token", "kilns").out != first
