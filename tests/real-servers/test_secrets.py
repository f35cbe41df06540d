"""Random secrets in every place, through every outcome, into every output: none is found in any spelling.

A new kind of secret, a new outcome and a new output are one line each in `KINDS`, `OUTCOMES`, `FILES` and `COMMANDS`.
"""

import base64
import json
import secrets
import urllib.parse

import oauth
import pytest
from conftest import PROFILES
from serving import Answering, free_port

# What may stand in any header, and yet has spellings of its own in URLs and in JSON.
MARKS = '/+"=&%~'


def canary():
    return secrets.token_urlsafe(9) + MARKS + secrets.token_urlsafe(6)


def client(base, **more):
    return {"OAuthAccessTokenURL": f"{base}/token", "OAuthClientId": "kiln-reader", **more}


def basic(user, password):
    return base64.b64encode(f"{user}:{password}".encode()).decode()


class Kind:
    """How one secret is given: arguments for a run, made from the secret and the server's address."""

    def __init__(self, options=None, profile="kilns", inputs=None, also=None, make=canary):
        self.profile = PROFILES / f"{profile}.rsd"
        self.make = make
        self._options, self._inputs = options or (lambda *_: {}), inputs or (lambda _: {})
        self._also = also or (lambda _: [])

    def arguments(self, secret, base, url):
        options = self._options(secret, base)
        inputs = [part for name, value in {"base": url, **self._inputs(secret)}.items() for part in ("-i", f"{name}={value}")]
        return [self.profile, *inputs, *oauth.connection(options)]

    def secrets(self, secret):
        """The secret, and what else tells it."""
        return [secret, *self._also(secret)]


KINDS = {
    "client secret in the body": Kind(lambda s, b: client(b, AuthScheme="OAuthClient", OAuthClientSecret=s)),
    "client secret in the header": Kind(
        lambda s, b: client(b, AuthScheme="OAuthClient", OAuthClientSecret=s, OAuthPasswordGrantMode="BASIC"),
        also=lambda s: [basic("kiln-reader", s), basic("kiln-reader", urllib.parse.quote_plus(s))],
    ),
    "refresh token": Kind(lambda s, b: client(b, AuthScheme="OAuth", OAuthRefreshToken=s)),
    "password": Kind(lambda s, b: client(b, AuthScheme="OAuthPassword", User="ann", Password=s)),
    "parameter of token requests": Kind(
        lambda s, b: client(b, AuthScheme="OAuthClient", OAuthClientSecret="c" + s, OAuthParams=f"assertion={urllib.parse.quote(s)}&a=b")
    ),
    "access token": Kind(lambda s, _: {"AuthScheme": "OAuth", "OAuthAccessToken": s}),
    "API key in a header": Kind(lambda s, _: {"CustomHeaders": f"X-Api-Key: {s}"}),
    "bearer token in a header": Kind(lambda s, _: {"CustomHeaders": f"Authorization: Bearer {s}"}),
    "API key in a parameter": Kind(lambda s, _: {"CustomUrlParams": f"api_key={urllib.parse.quote(s)}"}),
    "password of Basic": Kind(lambda s, _: {"AuthScheme": "Basic", "User": "ann", "Password": s}, also=lambda s: [basic("ann", s)]),
    "password of Digest": Kind(lambda s, _: {"AuthScheme": "Digest", "User": "ann", "Password": s}),
    "secret of OAuth 1.0a": Kind(lambda s, _: {"OAuthVersion": "1.0", "OAuthClientId": "kiln-reader", "OAuthClientSecret": s}),
    "secret of OAuth 1.0a in plain text": Kind(
        lambda s, _: {"OAuthVersion": "1.0", "Sign_Method": "PLAINTEXT", "OAuthClientId": "kiln-reader", "OAuthClientSecret": s}
    ),
    "secret key of AWS": Kind(lambda s, _: {"AuthScheme": "AwsRootKeys", "AWSAccessKey": "AKIAKILNS", "AWSSecretKey": s}),
    "session token of AWS": Kind(
        lambda s, _: {"AuthScheme": "AwsTempCredentials", "AWSAccessKey": "AKIAKILNS", "AWSSecretKey": "a" + s, "AWSSessionToken": s}
    ),
    "cookie": Kind(lambda s, _: {"Cookie": f"sid={s}"}),
    "private key": Kind(
        lambda s, b: {"AuthScheme": "OAuthJWT", "OAuthAccessTokenURL": f"{b}/token", "OAuthJWTIssuer": "kiln-reader", "OAuthJWTCert": s},
        make=lambda: oauth.key_pair("ec")[0],
        also=lambda s: s.splitlines()[1:-1],
    ),
    "input of a script": Kind(profile="keyed", inputs=lambda s: {"api_key": s}),
}


class World:
    """A server that gives tokens and records, or whatever an outcome puts in their place."""

    def __init__(self, token=None, page=None):
        self._token, self._page, self.issued = token, page, []

    def __call__(self, asked):
        if asked.path == "/token":
            return self._token(asked) if self._token else self._new_token()
        return self._page(asked) if self._page else self._rows(asked)

    def _new_token(self):
        new = {"access_token": canary(), "refresh_token": canary()}
        self.issued += new.values()
        return 200, {}, json.dumps({**new, "token_type": "Bearer", "expires_in": 600})

    def _rows(self, asked):
        return 200, {}, json.dumps({"kilns": [{"id": 1, "name": "kiln 1"}], "next": None})


def echo(asked):
    """What came, as angry servers repeat it: as it stands, decoded, escaped and encoded."""
    told = [asked.target, asked.body, *asked.form.values(), *asked.headers.values()]
    told += [urllib.parse.unquote(asked.target), *(value.split(" ")[-1] for value in asked.headers.values())]
    told += [base64.b64encode(text.encode()).decode() for text in told] + [text.encode().hex() for text in told]
    return "; ".join(told)


def refuse(asked, status=400, kind="application/json"):
    text = echo(asked)
    body = json.dumps({"error": "invalid_client", "error_description": text, "message": text}) if "json" in kind else text
    return status, {"Content-Type": kind}, body


def redirected(asked):
    return 302, {"Location": f"/login?why={urllib.parse.quote(echo(asked))[:1500]}"}, ""


def leaking(asked):
    """Records, with the credentials beside them."""
    return 200, {"X-Seen": echo(asked)[:1500]}, json.dumps({"kilns": [{"id": 1, "name": "kiln 1"}], "next": None, "seen": echo(asked)})


OUTCOMES = {
    "complete": (World, 0),
    "complete, and the answer repeats the credentials": (lambda: World(page=leaking), 0),
    "refused with 401": (lambda: World(page=lambda asked: refuse(asked, 401)), 3),
    "refused with 403 and a text": (lambda: World(page=lambda asked: refuse(asked, 403, "text/plain")), 3),
    "an error with status 200": (lambda: World(page=lambda asked: refuse(asked, 200)), 3),
    "no token": (lambda: World(token=refuse, page=lambda asked: refuse(asked, 400)), 3),
    "a token endpoint that redirects": (lambda: World(token=redirected, page=redirected), 3),
    "a web page": (lambda: World(*[lambda asked: refuse(asked, 200, "text/html")] * 2), 3),
    "nobody there": (None, 3),
}

# Outputs of every run: options, and where they write to.
FILES = {
    "trace": lambda folder: ["--trace"],
    "report": lambda folder: ["--report", folder / "report.json"],
    "recording": lambda folder: ["--record", folder / "recording"],
    "output": lambda folder: ["-o", folder / "rows.csv"],
}

# How findings are written.
FORMATS = ["pretty", "short", "json", "sarif", "github", "gitlab", "junit"]

# Commands that take what a run takes.
COMMANDS = {
    "preview": ["preview"],
    "run as a table": ["run", "-f", "table"],
}


def everything(folder):
    """The text of all files below a folder."""
    return [path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()]


def outcome_of(make, act):
    """Lets a server answer while `act` runs against its address; what `act` gives, and the tokens that were issued."""
    if make is None:
        return act(f"http://127.0.0.1:{free_port()}"), []
    world = make()
    with Answering(world) as server:
        return act(server.url), world.issued


@pytest.mark.proves("random secrets, every kind, outcome and output", "a stand-in", "found nowhere, in any spelling")
@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_run_tells_a_secret(kind, outcome, profilec, tmp_path):
    make, code = OUTCOMES[outcome]
    kind = KINDS[kind]
    secret = kind.make()
    files = [part for file in FILES.values() for part in file(tmp_path)]

    def act(base):
        return profilec("run", *kind.arguments(secret, base, f"{base}/kilns"), *files)

    run, issued = outcome_of(make, act)
    assert run.code == code, run.err
    told = everything(tmp_path)
    assert len(told) >= 1
    oauth.assert_absent([*kind.secrets(secret), *issued], run.out.decode(), run.err, *told)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_command_tells_a_secret(kind, command, profilec):
    kind = KINDS[kind]
    secret = kind.make()

    def act(base):
        name, *options = COMMANDS[command]
        return profilec(name, *kind.arguments(secret, base, f"{base}/kilns"), *options)

    run, issued = outcome_of(World, act)
    assert run.code == 0, run.err
    oauth.assert_absent([*kind.secrets(secret), *issued], run.out.decode(), run.err)


@pytest.mark.parametrize("kind", KINDS)
def test_no_check_against_a_recorded_run_tells_a_secret(kind, profilec, tmp_path):
    kind = KINDS[kind]
    secret = kind.make()
    recording = tmp_path / "recording"

    def act(base):
        arguments = kind.arguments(secret, base, f"{base}/kilns")
        run = profilec("run", *arguments, "--record", recording)
        return run, [profilec("check", *arguments, "--sample", recording, "--format", name) for name in ("pretty", "json")]

    (run, checks), issued = outcome_of(lambda: World(page=leaking), act)
    assert run.code == 0, run.err
    for check in checks:
        assert check.code in (0, 1), check.err
        oauth.assert_absent([*kind.secrets(secret), *issued], check.out.decode(), check.err)


# Commands about tokens; standard output of the first one is the token.
TOKEN_COMMANDS = {
    "token": ["token", "kilns"],
    "new token": ["token", "--refresh", "kilns"],
    "login": ["login", "kilns"],
    "status": ["status"],
    "status as JSON": ["status", "--json"],
    "logout": ["logout", "kilns"],
}


@pytest.mark.parametrize("outcome", ["complete", "no token", "a token endpoint that redirects", "a web page", "nobody there"])
def test_no_command_about_tokens_tells_a_secret(outcome, profilec):
    secrets = {name: canary() for name in ("KILN_SECRET", "KILN_PASSWORD")}

    def act(base):
        keys = {"grant": "password", "token_url": f"{base}/token", "revoke_url": f"{base}/revoke", "client_id": "kiln-reader"}
        keys |= {"client_secret": "env:KILN_SECRET", "user": "ann", "password": "env:KILN_PASSWORD"}
        lines = [f'{key} = "{value}"' for key, value in keys.items()]
        (profilec.home / "profilec.toml").write_text("\n".join(["[auth.kilns]", *lines, ""]))
        return {name: profilec("auth", *command, **secrets) for name, command in TOKEN_COMMANDS.items()}

    runs, issued = outcome_of(OUTCOMES[outcome][0], act)
    assert (runs["token"].code, runs["login"].code) == ((0, 0) if outcome == "complete" else (3, 3)), runs["token"].err
    assert runs["status"].code == 0, runs["status"].err
    for name, run in runs.items():
        told = run.err if "token" in name and run.code == 0 else run.out.decode() + run.err
        oauth.assert_absent([*secrets.values(), *issued], told)


# How people hold it wrong.
MISTAKES = {
    "a misspelt option": lambda s: ["-c", f"OAuthClientSceret={s}"],
    "a value alone": lambda s: ["-c", s.replace("=", "")],
    "an input that nothing reads": lambda s: ["-i", f"api_token={s}"],
    "a variable without a name": lambda s: ["--var", s.replace("=", "")],
    "a connection string": lambda s: ["--connection-string", f"User=ann;{s.replace('=', '')}"],
    "a connection string with a misspelt option": lambda s: ["--connection-string", f"Pasword='{s}'"],
    "a missing option": lambda s: ["-c", "AuthScheme=OAuthClient", "-c", f"OAuthClientSecret={s}"],
    "an address with a password": lambda s: [
        *("-c", "AuthScheme=OAuthClient", "-c", "OAuthClientId=a", "-c", "OAuthClientSecret=b-secret"),
        *("-c", f"OAuthAccessTokenURL=http://ann:{urllib.parse.quote(s)}@127.0.0.1:x/token"),
    ],
    "a key that is none": lambda s: ["-c", "AuthScheme=OAuthJWT", "-c", "OAuthClientId=a", "-c", f"OAuthJWTCert=-----BEGIN {s}"],
    "a proxy with a password": lambda s: ["-c", "ProxyServer=127.0.0.1", "-c", "ProxyPort=1", "-c", "ProxyUser=a", "-c", f"ProxyPassword={s}"],
    "a scheme that is none": lambda s: ["-c", "AuthScheme=Bearerr", "-c", f"OAuthAccessToken={s}"],
    "parameters that are none": lambda s: [
        *("-c", "AuthScheme=OAuthClient", "-c", "OAuthClientId=a", "-c", "OAuthClientSecret=b-secret"),
        *("-c", "OAuthAccessTokenURL=http://127.0.0.1:1/token", "-c", f"OAuthParams={s.replace('=', '').replace('&', '')}"),
    ],
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_no_mistake_tells_a_secret(mistake, profilec):
    secret = canary()
    run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base=http://127.0.0.1:{free_port()}/", *MISTAKES[mistake](secret))
    assert run.code in (2, 3), run.err
    bare = secret.replace("=", "").replace("&", "")
    oauth.assert_absent([secret, secret.replace("=", ""), bare], run.out.decode(), run.err)


# How secrets are given without standing on the command line.
PLACES = {
    "the environment": lambda folder, secret: ["-c", "CustomHeaders=X-Any: ${KILN_KEY}"],
    "a variable from the environment": lambda folder, secret: ["--var", "k=env:KILN_KEY", "-c", "CustomHeaders=X-Any: ${k}"],
    "a file": lambda folder, secret: ["-c", f"CustomHeaders=file:{written(folder, 'X-Any: ' + secret)}"],
    "a variable from a file": lambda folder, secret: ["--var", f"k=file:{written(folder, secret)}", "-c", "CustomHeaders=X-Any: ${k}"],
    "standard input": lambda folder, secret: ["--var", "k=-", "-c", "CustomHeaders=X-Any: ${k}"],
    "a connection file": lambda folder, secret: ["--connection-file", written(folder, f"CustomHeaders = '''X-Api-Key: {secret}'''")],
    "a connection string": lambda folder, secret: ["--connection-string", f"AuthScheme=OAuth;OAuthAccessToken='{secret}'"],
}


def written(folder, text):
    path = folder / "secret"
    path.write_text(text)
    return path


@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_a_secret_makes_it_seen(place, profilec, tmp_path):
    secret = canary()
    out = tmp_path / "out"
    out.mkdir()
    files = [part for file in FILES.values() for part in file(out)]

    def act(base):
        given = PLACES[place](tmp_path, secret)
        return profilec("run", PROFILES / "kilns.rsd", "-i", f"base={base}/kilns", *given, *files, input=secret.encode(), KILN_KEY=secret)

    run, _ = outcome_of(lambda: World(page=lambda asked: refuse(asked, 401)), act)
    assert run.code == 3, run.err
    assert "401" in run.err
    oauth.assert_absent([secret], run.out.decode(), run.err, *everything(out))


# Where people write credentials into profiles.
LITERALS = {
    "a header": '<api:set attr="Header:Name#1" value="Authorization" /><api:set attr="Header:Value#1" value="Bearer SECRET" />',
    "a key in a header": '<api:set attr="Header:Name#1" value="X-Api-Key" /><api:set attr="Header:Value#1" value="SECRET" />',
    "a parameter": '<api:set attr="URI" value="http://127.0.0.1:9/kilns?api_key=SECRET" />',
    "a login in an address": '<api:set attr="URI" value="http://ann:SECRET@127.0.0.1:9/kilns" />',
    "a body": '<api:set attr="data" value="client_id=a&amp;client_secret=SECRET" />',
    "an option": '<api:set attr="_connection.Password" value="SECRET" />',
}

# What reads profiles alone.
READERS = {
    **{f"check as {name}": ["check", "--format", name] for name in FORMATS},
    "plan": ["plan"],
    "plan as JSON": ["plan", "--json"],
    "run": ["run", "--retries", "0", "--trace"],
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("literal", LITERALS)
def test_nothing_that_reads_a_profile_tells_its_secret(literal, reader, profilec, tmp_path):
    secret = secrets.token_urlsafe(24)
    profile = tmp_path / "kilns.rsd"
    text = (PROFILES / "kilns.rsd").read_text()
    profile.write_text(text.replace("<api:call ", LITERALS[literal].replace("SECRET", secret) + "\n    <api:call "))
    name, *options = READERS[reader]
    inputs = ["-i", "base=http://127.0.0.1:9/kilns"] if name == "run" else []
    run = profilec(name, profile, *inputs, *options)
    assert run.code in (0, 1, 3), run.err
    oauth.assert_absent([secret], run.out.decode(), run.err)
