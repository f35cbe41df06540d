"""Servers for one test: real ones as processes of their own, stand-ins within the test."""

import contextlib
import http.server
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.parse


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(command, port, log, **options):
    """A process that listens, until it is no longer needed."""
    with open(log, "wb") as output:
        server = subprocess.Popen(list(map(str, command)), stdout=output, stderr=output, **options)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
                break
            assert server.poll() is None, pathlib.Path(log).read_text()
            time.sleep(0.1)
        else:
            raise AssertionError(f"{command[0]} did not listen within 60 s")
        yield server
    finally:
        server.terminate()
        server.wait(20)


@contextlib.contextmanager
def open_folder():
    """A folder that servers may read whatever user they run as."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="profilec-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def page(number, following=None, padding=0):
    """A page of two kilns."""
    kilns = [{"id": 2 * number - 1, "name": f"kiln {2 * number - 1}"}, {"id": 2 * number, "name": None}]
    return json.dumps({"kilns": kilns, "next": following, "padding": "." * padding})


def odd_targets(seed, count):
    """Paths with queries as links of pages may have them: every kind of character, plain, escaped or both."""
    import random

    chance = random.Random(seed)
    signs = "abcXYZ019-._~!$'()*,;:@/ü漢 %+&=[]|^`{}\"<>"
    targets = []

    def text(longest, safe):
        out = ""
        for _ in range(chance.randint(0, longest)):
            sign = chance.choice(signs)
            is_plain = chance.random() < 0.5 and sign in safe
            out += sign if is_plain else "".join(f"%{byte:02{chance.choice('xX')}}" for byte in sign.encode())
        return out

    for number in range(count):
        path = "/".join(text(5, "abcXYZ019-._~!$'()*,;:@ü漢+&=") or "x" for _ in range(chance.randint(1, 4)))
        pairs = []
        for _ in range(chance.randint(0, 4)):
            name = text(4, "abcXYZ019-._~!$'()*,;:@/ü漢+?")
            pairs.append(chance.choice([name, name + "=" + text(6, "abcXYZ019-._~!$'()*,;:@/ü漢+?=")]))
        targets.append(f"/{number}/{path}" + ("?" + "&".join(pairs) if pairs else ""))
    return targets


def rows(pages):
    """What a walk over so many pages gives."""
    return "id,name\n" + "".join(f"{2 * n - 1},kiln {2 * n - 1}\n{2 * n},\n" for n in range(1, pages + 1))


class Apache:
    """Apache httpd that asks for Digest."""

    def __init__(self, folder, directives=""):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/kilns"
        self.log = folder / "asked"
        site = folder / "site"
        site.mkdir()
        modules = pathlib.Path("/usr/lib/apache2/modules")
        needed = "mpm_event authn_core authn_file authz_core authz_user auth_basic auth_digest rewrite env ratelimit"
        loaded = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in needed.split())
        self.config = folder / "httpd.conf"
        self.config.write_text(
            f"""
            ServerRoot {folder}
            ServerName 127.0.0.1
            {loaded}
            Listen 127.0.0.1:{self.port}
            User www-data
            Group www-data
            PidFile {folder}/pid
            ErrorLog {folder}/errors
            CustomLog {self.log} "%>s %m %U%q %{{Authorization}}i"
            DocumentRoot {site}
            <Directory {site}>
              AuthType Digest
              AuthName kilns
              AuthDigestProvider file
              AuthUserFile {folder}/users
              Require valid-user
              RewriteEngine On
              RewriteCond %{{QUERY_STRING}} page=(\\d+)
              RewriteRule ^kilns$ page-%1.json [L]
              RewriteRule ^kilns$ page-1.json [L]
              {directives}
            </Directory>
            """
        )
        self.folder, self.site = folder, site

    def user(self, name, password):
        import hashlib

        digest = hashlib.md5(f"{name}:kilns:{password}".encode()).hexdigest()
        (self.folder / "users").write_text(f"{name}:kilns:{digest}\n")

    def pages(self, count, padding=0):
        for number in range(1, count + 1):
            following = f"/kilns?page={number + 1}" if number < count else None
            (self.site / f"page-{number}.json").write_text(page(number, following, padding))

    def serving(self):
        return running(["/usr/sbin/apache2", "-f", self.config, "-D", "FOREGROUND"], self.port, self.folder / "log")

    def asked(self):
        """Status and target of each request."""
        return [tuple(line.split(" ")[i] for i in (0, 2)) for line in self.log.read_text().splitlines()]


@contextlib.contextmanager
def nginx(folder, servers):
    """nginx with these `server` blocks; `{port}` of each is its own. Gives the ports."""
    ports = [free_port() for _ in servers]
    blocks = "\n".join(block.replace("PORT", str(port)) for block, port in zip(servers, ports))
    config = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    config.write_text(
        f"""
        daemon off; pid {folder}/pid; error_log {folder}/errors; {user}
        events {{}}
        http {{
          log_format asked '$server_port $status $remote_user $ssl_client_s_dn $http_authorization';
          access_log {folder}/asked asked;
          client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
          uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
          {blocks}
        }}
        """
    )
    with running(["/usr/sbin/nginx", "-e", folder / "errors", "-c", config], ports[-1], folder / "log"):
        yield ports


class StandIn:
    """A server that answers as `answer(method, target, headers, body)` says: status, headers, body."""

    def __init__(self, answer, certificate=None):
        asked = self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                asked.append((self.command, self.path, dict(self.headers), body))
                status, headers, content = answer(self.command, self.path, self.headers, body)
                content = content.encode()
                # Its own `Date` would stand beside one that the test wants.
                self.send_response_only(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_PUT = do_DELETE = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Asked:
    """A request that a stand-in got."""

    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body.decode()
        self.path = urllib.parse.urlsplit(target).path
        self.form = dict(urllib.parse.parse_qsl(self.body))


class Answering(StandIn):
    """A stand-in that answers as `answer(asked)` says, with JSON unless its headers say otherwise."""

    def __init__(self, answer):
        super().__init__(self._answer)
        self.requests, self._told = [], answer

    def _answer(self, *request):
        asked = Asked(*request)
        self.requests.append(asked)
        status, headers, content = self._told(asked)
        return status, {"Content-Type": "application/json", **headers}, content
