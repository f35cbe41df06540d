"""Talks to the servers of `oidc/server.mjs` as tests and as people do."""

import base64
import contextlib
import html.parser
import http.cookiejar
import itertools
import json
import os
import pathlib
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request


JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


class Server:
    """An OAuth server with a resource server beside it, until the `with` ends."""

    def __init__(self, log):
        folder = pathlib.Path(os.environ["OIDC"])
        command = ["node", folder / "server.mjs"]
        # It ends with its standard input, and so with this process however that ends.
        self._process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        line = self._process.stdout.readline()
        assert line, pathlib.Path(log.name).read_text()
        told = json.loads(line)
        self.issuer, self.api, self.elsewhere = told["issuer"], told["api"], told["elsewhere"]
        self.token_url = f"{self.issuer}/token"
        self._names = (f"walk{n}" for n in itertools.count(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(10)

    def client(self, *grants, by="client_secret_post", life=600, **more):
        """A client that is registered for these grants, with tokens that live so many seconds."""
        metadata = {
            "grant_types": list(grants),
            "response_types": ["code"] if "authorization_code" in grants else [],
            "redirect_uris": [],
            "scope": "kilns:read",
            "token_endpoint_auth_method": by,
            "token_life": life,
            **more,
        }
        told = json.loads(ask(f"{self.issuer}/reg", metadata))
        return Client(self, told["client_id"], told.get("client_secret"))

    def walk(self, **settings):
        """A path of its own with pages of records."""
        walk = Walk(self, next(self._names))
        ask(walk.control, settings, "PUT")
        return walk


class Client:
    """A client of the OAuth server."""

    def __init__(self, server, name, secret):
        self.server, self.name, self.secret = server, name, secret

    def options(self, scheme, **more):
        """Connection options that make it this client."""
        options = {"AuthScheme": scheme, "OAuthAccessTokenURL": self.server.token_url, "OAuthClientId": self.name}
        if self.secret:
            options["OAuthClientSecret"] = self.secret
        return connection({**options, **more})

    def token_requests(self):
        """Those that the server got from this client, in order."""
        return json.loads(ask(f"{self.server.api}/stats?client={self.name}"))["requests"]

    def secrets(self):
        """Everything that the server gave this client, and that nobody else may see."""
        issued = [secret for request in self.token_requests() for secret in request["secrets"]]
        return [*issued, *([self.secret] if self.secret else [])]

    def ask_token(self, **form):
        """An answer of the token endpoint, asked as this client."""
        form = {"client_id": self.name, **({"client_secret": self.secret} if self.secret else {}), **form}
        return json.loads(ask_form(self.server.token_url, form))


class Walk:
    """Pages of records, and what was asked of them."""

    def __init__(self, server, name):
        self.url = f"{server.api}/api/{name}/kilns?page=1"
        self.control = f"{server.api}/walks/{name}"

    def _told(self):
        return json.loads(ask(self.control))

    def requests(self):
        return self._told()["requests"]

    def wait_until_held(self, process):
        """Waits until a request is held back."""
        while not self._told()["is_held"]:
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)

    def release(self):
        ask(f"{self.control}/release", {})


class Person:
    """Logs in with a browser, as far as pages without scripts go."""

    def __init__(self, name):
        self.name = name
        handlers = [urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), Unfollowed]
        self._browser = urllib.request.build_opener(*handlers)

    def grants(self, url, agrees=True):
        """Opens a page, logs in, agrees, and tells the address outside the server where that leads."""
        server = urllib.parse.urlsplit(url)
        form, page, refused = None, "", False
        for _ in range(30):
            if urllib.parse.urlsplit(url)[:2] != server[:2]:
                return url
            location, page = self._visit(url, form)
            if location:
                url, form = urllib.parse.urljoin(url, location), None
                continue
            if not agrees and "/abort" in page and "consent" in page:
                url, form, refused = page.split('href="')[-1].split('"')[0], None, True
                continue
            forms = Form(page)
            if refused or forms.action is None:
                return page
            url, form = urllib.parse.urljoin(url, forms.action), forms.filled(self.name)
        raise AssertionError(f"the login leads nowhere: {page}")

    def _visit(self, url, form):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        with contextlib.closing(self._browser.open(url, data, timeout=20)) as answer:
            return answer.headers["Location"], answer.read().decode("utf-8")


class Unfollowed(urllib.request.HTTPErrorProcessor):
    """Gives redirects and errors as answers."""

    def http_response(self, request, response):
        return response


class Form(html.parser.HTMLParser):
    """The form of a page."""

    def __init__(self, page):
        super().__init__()
        self.action, self._fields = None, {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form" and self.action is None:
            self.action = attributes["action"]
        if tag in ("input", "button") and attributes.get("name") not in (None, "abort"):
            self._fields[attributes["name"]] = attributes.get("value") or ""

    def filled(self, name):
        return {field: {"login": name, "password": f"pw-{name}"}.get(field, value) for field, value in self._fields.items()}


def connection(options):
    """`-c NAME=VALUE` for each."""
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


def ask(url, value=None, method=None):
    """An answer's text, for JSON in the body."""
    body = None if value is None else json.dumps(value).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method=method)
    return _answer(request)


def ask_form(url, form, headers=None):
    """An answer's text, for a form in the body."""
    return _answer(urllib.request.Request(url, urllib.parse.urlencode(form).encode(), headers or {}))


def _answer(request):
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{request.full_url}: {error.code} {error.read().decode('utf-8')}") from error


def key_pair(kind):
    """A private key as PEM text and the public one as a JWK."""
    script = """
        const { generateKeyPairSync } = require('node:crypto');
        const { privateKey, publicKey } = generateKeyPairSync(process.argv[1], { modulusLength: 2048, namedCurve: 'P-256' });
        const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
        console.log(JSON.stringify([pem, publicKey.export({ format: 'jwk' })]));
    """
    return json.loads(subprocess.check_output(["node", "-e", script, kind], timeout=60))


def spellings(secret):
    """The forms in which a secret may leave a program."""
    raw = secret.encode()
    escaped = urllib.parse.quote(secret, safe="")
    return {
        secret,
        escaped,
        escaped.lower() if escaped != secret else escaped,
        urllib.parse.quote_plus(secret),
        base64.b64encode(raw).decode(),
        base64.b64encode(raw).decode().rstrip("="),
        base64.urlsafe_b64encode(raw).decode(),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        raw.hex(),
        raw.hex().upper(),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1].replace("/", "\\/"),
        secret[::-1],
    }


def assert_absent(secrets, *texts):
    """No secret stands in any of the texts, in any spelling."""
    for secret in secrets:
        for spelling in spellings(secret):
            for text in texts:
                assert spelling not in text, f"`{spelling}` in {text}"
