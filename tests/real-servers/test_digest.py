"""`AuthScheme=Digest` against Apache httpd."""

import pytest
from conftest import PROFILES
from serving import Apache, StandIn, page, rows

LOGIN = ["-c", "AuthScheme=Digest", "-c", "User=ann", "-c", "Password=c4n4ry: ü?"]


def walk(profilec, base, *options):
    return profilec("run", PROFILES / "kilns.rsd", "-i", f"base={base}", *options)


@pytest.fixture
def apache(folder):
    def start(directives="", pages=3, padding=0):
        server = Apache(folder, directives)
        server.user("ann", "c4n4ry: ü?")
        server.pages(pages, padding)
        return server

    return start


@pytest.mark.proves("Digest", "Apache httpd", "a walk of three pages takes one challenge; the nonce is counted up")
def test_one_challenge_is_enough_for_a_walk(apache, profilec):
    server = apache()
    with server.serving():
        run = walk(profilec, server.url, *LOGIN)
    assert (run.code, run.out.decode()) == (0, rows(3)), run.err
    assert server.asked() == [("401", "/kilns"), ("200", "/kilns"), ("200", "/kilns?page=2"), ("200", "/kilns?page=3")]
    counts = [line.split("nc=")[1][:8] for line in server.log.read_text().splitlines() if "nc=" in line]
    assert counts == ["00000001", "00000002", "00000003"]


@pytest.mark.proves("Digest", "Apache httpd", "a nonce that is used up in mid-walk is replaced, and the page asked for again")
def test_a_nonce_that_expires_in_mid_walk_is_replaced(apache, profilec):
    # A page takes the server longer than a nonce lives.
    server = apache("AuthDigestNonceLifetime 1\nSetOutputFilter RATE_LIMIT\nSetEnv rate-limit 4", padding=9000)
    with server.serving():
        run = walk(profilec, server.url, *LOGIN)
    assert (run.code, run.out.decode()) == (0, rows(3)), run.err
    asked = server.asked()
    assert [one for one in asked if one[0] == "200"] == [("200", "/kilns"), ("200", "/kilns?page=2"), ("200", "/kilns?page=3")]
    assert ("401", "/kilns?page=2") in asked and ("401", "/kilns?page=3") in asked
    assert len(asked) == 6


@pytest.mark.proves("Digest", "Apache httpd", "a wrong password is tried once and told with the status")
def test_a_wrong_password_is_tried_once(apache, profilec):
    server = apache()
    with server.serving():
        run = walk(profilec, server.url, *LOGIN[:-1], "Password=c4n4ry-wrong")
    assert run.code == 3 and "profilec::http::status" in run.err and "401" in run.err, run.err
    assert server.asked() == [("401", "/kilns"), ("401", "/kilns")]
    assert "c4n4ry" not in run.err


@pytest.mark.proves("Digest", "Apache httpd", "the script's own `AuthScheme` counts")
def test_the_script_may_set_the_scheme(apache, profilec, tmp_path):
    script = (PROFILES / "kilns.rsd").read_text()
    sets = '<api:set attr="AuthScheme" value="Digest"/><api:set attr="User" value="[_connection.Who]"/>'
    profile = tmp_path / "own.rsd"
    profile.write_text(script.replace('<api:set attr="URI"', f'{sets}<api:set attr="URI"'))
    server = apache()
    with server.serving():
        run = profilec("run", profile, "-i", f"base={server.url}", "-c", "Who=ann", "-c", "Password=c4n4ry: ü?")
    assert (run.code, run.out.decode()) == (0, rows(3)), run.err


CHALLENGES = {
    "SHA-256": 'Digest realm="r", qop="auth", algorithm=SHA-256, nonce="n", opaque="o"',
    "SHA-256-sess": 'Digest realm="r", qop="auth,auth-int", algorithm=sha-256-sess, nonce="n"',
    "auth-int alone": 'Digest realm="r", qop="auth-int", algorithm=SHA-256, nonce="n"',
    "MD5-sess": 'Digest realm="r", qop="auth", algorithm=MD5-sess, nonce="n"',
    "hashed names": 'Digest realm="r", qop="auth", algorithm=SHA-256, nonce="n", userhash=true',
    "no qop": 'Digest realm="r", nonce="n"',
    "beside Basic": 'Basic realm="r", Digest realm="r", qop="auth", nonce="n", algorithm=TIGER, Digest realm="r", qop="auth", nonce="n"',
}


@pytest.mark.proves("Digest", "a stand-in that computes RFC 7616", "MD5, SHA-256, their `-sess` forms, hashed names, servers without `qop`, several challenges")
@pytest.mark.parametrize("name", CHALLENGES)
def test_answers_are_what_the_specification_computes(name, profilec):
    import hashlib
    import re

    failures = []

    def answer(method, target, headers, body):
        said = headers.get("Authorization", "")
        if not said.startswith("Digest "):
            return 401, {"WWW-Authenticate": CHALLENGES[name]}, ""
        value = {k: q or p for k, q, p in re.findall(r'(\w+\*?)=(?:"([^"]*)"|([^\s,]+))', said)}
        algorithm = value.get("algorithm", "MD5")
        digest = hashlib.sha256 if algorithm.startswith("SHA-256") else hashlib.md5

        def h(*parts):
            return digest(":".join(parts).encode()).hexdigest()

        secret = h("ann", "r", "pw")
        if algorithm.endswith("-sess"):
            secret = h(secret, "n", value["cnonce"])
        qop = value.get("qop")
        entity = h(method, target) if qop != "auth-int" else h(method, target, digest(body).hexdigest())
        middle = [value["nc"], value["cnonce"], qop] if qop else []
        user = h("ann", "r") if "userhash" in CHALLENGES[name] else "ann"
        if value["response"] != h(secret, "n", *middle, entity) or value["username"] != user or value["uri"] != target:
            failures.append(said)
            return 401, {"WWW-Authenticate": CHALLENGES[name]}, ""
        number = int(target.partition("page=")[2][:1] or 1)
        return 200, {}, page(number, f"/kilns?page={number + 1}&x=%20b,c" if number < 3 else None)

    with StandIn(answer) as server:
        login = ["-c", "AuthScheme=Digest", "-c", "User=ann", "-c", "Password=pw"]
        run = walk(profilec, f"{server.url}/kilns", *login)
    assert (run.code, run.out.decode(), failures) == (0, rows(3), []), run.err
    assert len(server.asked) == 4
