"""OAuth 1.0a signatures, checked by the server side of `oauthlib`."""

import urllib.parse

import pytest
from conftest import PROFILES
from oauthlib.oauth1 import RequestValidator, ResourceEndpoint
from serving import StandIn, odd_targets, page, rows

SECRETS = ["c4n4ry:client/secret", "c4n4ry&token"]


class Validator(RequestValidator):
    """Knows one client with one token, and takes each nonce once."""

    enforce_ssl = False
    allowed_signature_methods = ["HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"]
    client_key_length = access_token_length = (3, 60)
    safe_characters = set(map(chr, range(33, 127)))
    nonce_length = (10, 60)
    dummy_client = dummy_access_token = "nobody"

    def __init__(self):
        self.seen = set()

    def check_nonce(self, nonce):
        return 10 <= len(nonce) <= 60

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, **_):
        is_new = nonce not in self.seen
        self.seen.add(nonce)
        return is_new

    def validate_client_key(self, client_key, request):
        return client_key == "kiln client"

    def validate_access_token(self, client_key, token, request):
        return token == "to=ken"

    def validate_realms(self, *_, **__):
        return True

    def get_client_secret(self, client_key, request):
        return SECRETS[0]

    def get_access_token_secret(self, client_key, token, request):
        return SECRETS[1]


def server(targets=None):
    validator = Validator()
    validator.check_client_key = lambda key: True
    endpoint = ResourceEndpoint(validator)

    def answer(method, target, headers, body):
        address = f"http://{headers['Host']}{target}"
        valid, request = endpoint.validate_protected_resource_request(address, method, body.decode(), dict(headers.items()), ["r"])
        if not valid:
            return 401, {}, f"refused {target}"
        if targets:
            number = len(stand_in.asked)
            return 200, {}, page(number, targets[number] if number < len(targets) else None)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(target).query)
        number = int(query.get("page", ["1"])[0])
        return 200, {}, page(number, f"/kilns?page={number + 1}&q=%C3%BC+%26%2B=&a=b%20c&a=a" if number < 3 else None)

    stand_in = StandIn(answer)
    return stand_in


OPTIONS = ["OAuthVersion=1.0", "OAuthClientId=kiln client", f"OAuthClientSecret={SECRETS[0]}", "OAuthAccessToken=to=ken"]
OPTIONS += [f"OAuthAccessTokenSecret={SECRETS[1]}"]


def given(options):
    return [part for option in options for part in ("-c", option)]


@pytest.mark.proves("OAuth 1.0a", "`oauthlib` (its server side)", "HMAC-SHA1, HMAC-SHA256 and PLAINTEXT; every page has a nonce of its own")
@pytest.mark.parametrize("method", [None, "HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"])
@pytest.mark.parametrize("scheme", [[], ["AuthScheme=OAuth"]])
def test_a_walk_is_signed(method, scheme, profilec):
    options = OPTIONS + scheme + ([f"Sign_Method={method}"] if method else [])
    with server() as stand_in:
        run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base={stand_in.url}/kilns", *given(options))
    assert (run.code, run.out.decode()) == (0, rows(3)), run.err
    assert len(stand_in.asked) == 3


@pytest.mark.proves("OAuth 1.0a", "`oauthlib` (its server side)", "the parameters of a form are signed")
def test_a_form_is_signed(profilec, tmp_path):
    script = (PROFILES / "kilns.rsd").read_text()
    form = '<api:set attr="method" value="POST"/><api:set attr="ParamName#1" value="a b"/><api:set attr="ParamValue#1" value="1+&amp;ü"/>'
    profile = tmp_path / "form.rsd"
    profile.write_text(script.replace('<api:set attr="URI"', f'{form}<api:set attr="URI"').replace("/json/next", "/json/none"))
    with server() as stand_in:
        run = profilec("run", profile, "-i", f"base={stand_in.url}/kilns", *given(OPTIONS))
    assert run.out.decode() == rows(1), run.err
    assert stand_in.asked[0][3] == b"a+b=1%2B%26%C3%BC"


@pytest.mark.proves("OAuth 1.0a", "`oauthlib` (its server side)", "200 links of random characters")
def test_any_link_is_signed(profilec):
    # `oauthlib` drops a `;` at the end of a path.
    targets = [target.replace(";", "") for target in odd_targets(11, 200)]
    with server(targets) as stand_in:
        run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base={stand_in.url}/kilns", *given(OPTIONS))
    assert (run.code, run.out.decode()) == (0, rows(len(targets))), run.err


def test_a_wrong_secret_is_refused_and_no_secret_is_shown(profilec):
    with server() as stand_in:
        options = OPTIONS[:-1] + ["OAuthAccessTokenSecret=c4n4ry-wrong"]
        run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base={stand_in.url}/kilns", *given(options))
    assert run.code == 3 and "401" in run.err and "c4n4ry" not in run.err, run.err
    assert len(stand_in.asked) == 1


def test_what_is_missing_is_told(profilec):
    for missing in range(1, 5):
        if missing == 3:
            continue
        options = [option for at, option in enumerate(OPTIONS) if at != missing]
        run = profilec("run", PROFILES / "kilns.rsd", "-i", "base=http://127.0.0.1:1/", *given(options))
        name = OPTIONS[missing].split("=")[0]
        assert run.code == 2 and f"needs the connection option `{name}`" in run.err, run.err
