"""Basic, keys and client certificates against nginx."""

import datetime
import ipaddress

import pytest
from conftest import PROFILES
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from serving import nginx, page, rows

PEM, DER = serialization.Encoding.PEM, serialization.Encoding.DER
PASSWORD = "c4n4ry pass ü"


def walk(profilec, base, *options):
    return profilec("run", PROFILES / "kilns.rsd", "-i", f"base={base}", *options)


def site(folder, second=None, count=2):
    """Pages, the last one elsewhere when `second` is given."""
    root = folder / "site"
    root.mkdir(exist_ok=True)
    for number in range(1, count + 1):
        following = f"{second or ''}/{number + 1}.json" if number < count else None
        (root / f"{number}.json").write_text(page(number, following))
    return root


def asked(folder):
    """Port, status, user, subject and authorization of each request."""
    return [line.split(" ", 4) for line in (folder / "asked").read_text().splitlines()]


@pytest.mark.proves("Basic", "nginx", "every page is asked with user and password; a wrong one is told with the status")
def test_basic(folder, profilec):
    (folder / "users").write_text(f"ann:{{PLAIN}}c4n4ry+pw\n")
    server = f"server {{ listen 127.0.0.1:PORT; root {site(folder)}; auth_basic kilns; auth_basic_user_file {folder}/users; }}"
    with nginx(folder, [server]) as [port]:
        base = f"http://127.0.0.1:{port}/1.json"
        run = walk(profilec, base, "-c", "AuthScheme=Basic", "-c", "User=ann", "-c", "Password=c4n4ry+pw")
        wrong = walk(profilec, base, "-c", "AuthScheme=Basic", "-c", "User=ann", "-c", "Password=c4n4ry-wrong")
    assert (run.code, run.out.decode()) == (0, rows(2)), run.err
    assert wrong.code == 3 and "401" in wrong.err and "c4n4ry" not in wrong.err
    assert [one[1:3] for one in asked(folder)] == [["200", "ann"], ["200", "ann"], ["401", "ann"]]


KEYS = {
    "header": ("$http_x_api_key", ["-c", "CustomHeaders=X-Api-Key: c4n4ry"]),
    "URL": ("$arg_key", ["-c", "CustomUrlParams=key=c4n4ry"]),
    "cookie": ("$cookie_key", ["-c", "Cookie=key=c4n4ry"]),
    "bearer token": ("$http_authorization", ["-c", "CustomHeaders=Authorization: c4n4ry"]),
}


@pytest.mark.parametrize(
    "place",
    [pytest.param(place, marks=pytest.mark.proves(f"key ({place})" if place != "bearer token" else place, "nginx", "every page has it")) for place in KEYS],
)
def test_keys(place, folder, profilec):
    variable, options = KEYS[place]
    server = f'server {{ listen 127.0.0.1:PORT; root {site(folder)}; if ({variable} != "c4n4ry") {{ return 403; }} }}'
    with nginx(folder, [server]) as [port]:
        base = f"http://127.0.0.1:{port}/1.json"
        run = walk(profilec, base, *options)
        without = walk(profilec, base)
    assert (run.code, run.out.decode()) == (0, rows(2)), run.err
    assert without.code == 3 and "403" in without.err


class Authority:
    """Signs certificates."""

    def __init__(self, folder):
        self.folder = folder
        self.key, self.certificate = self.signed("authority", None)
        (folder / "authority.pem").write_bytes(self.certificate.public_bytes(PEM))

    def signed(self, name, by, days=(-1, 30), key=None):
        key = key or ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Clay"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(by.certificate.subject if by else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + datetime.timedelta(days=days[0]))
            .not_valid_after(now + datetime.timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        )
        return key, builder.sign(by.key if by else key, hashes.SHA256())

    def files(self, name, **options):
        """Key and certificate as texts."""
        key, certificate = self.signed(name, self, **options)
        return private(key), certificate.public_bytes(PEM).decode(), key, certificate


def private(key, password=None, form=serialization.PrivateFormat.PKCS8):
    how = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return key.private_bytes(PEM, form, how).decode()


@pytest.fixture
def authority(folder):
    return Authority(folder)


@pytest.fixture
def secured(folder, authority):
    """nginx that lets in who has a certificate, and one that only notes whether somebody showed one."""
    key, certificate, *_ = authority.files("server")
    (folder / "server.pem").write_text(certificate + key)
    tls = f"ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.pem;"
    root = folder / "site"
    strict = f"listen 127.0.0.1:PORT ssl; root {root}; {tls} ssl_client_certificate {folder}/authority.pem; ssl_verify_client on;"
    curious = f"listen 127.0.0.1:PORT ssl; root {root}; {tls} ssl_verify_client optional_no_ca;"
    redirect = "location = /away.json { return 302 https://127.0.0.1:$arg_to/2.json; }"
    with nginx(folder, [f"server {{ {strict} {redirect} }}", f"server {{ {curious} }}"]) as ports:
        site(folder)
        yield ports


def trusting(folder, *options):
    return ["-c", f"SSLServerCert={folder}/authority.pem", *options]


def pfx(key, certificate, authority, algorithm=None):
    encryption = serialization.BestAvailableEncryption(PASSWORD.encode())
    if algorithm:
        builder = serialization.PrivateFormat.PKCS12.encryption_builder().kdf_rounds(2048)
        encryption = builder.key_cert_algorithm(algorithm).hmac_hash(hashes.SHA1()).build(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"kiln", key, certificate, [authority.certificate], encryption)


FORMS = ["PEM", "key first", "PEM text", "encrypted PEM", "RSA", "SEC 1", "PFX", "old PFX", "PFX text", "without a type"]


@pytest.mark.proves("client certificate", "nginx", "PEM and PFX, as files and as texts, plain and encrypted, EC and RSA")
@pytest.mark.parametrize("form", FORMS)
def test_a_client_certificate_lets_in(form, folder, authority, secured, profilec):
    import base64

    key, certificate, key_object, certificate_object = authority.files(
        "kiln", key=rsa.generate_private_key(65537, 2048) if form == "RSA" else None
    )
    path = folder / "client"
    options = {"SSLClientCert": str(path), "SSLClientCertType": "PEMKEY_FILE"}
    if form in ("PEM", "RSA"):
        path.write_text(certificate + key)
    elif form == "key first":
        path.write_text("a note\n" + key + certificate + authority.certificate.public_bytes(PEM).decode())
    elif form == "PEM text":
        options = {"SSLClientCert": (certificate + key).replace("\n", "\\n"), "SSLClientCertType": "PEMKEY_BLOB"}
    elif form == "encrypted PEM":
        path.write_text(certificate + private(key_object, PASSWORD))
    elif form == "SEC 1":
        path.write_text(certificate + private(key_object, form=serialization.PrivateFormat.TraditionalOpenSSL))
    elif form == "without a type":
        path.write_text(certificate + key)
        del options["SSLClientCertType"]
    else:
        old = pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC if form == "old PFX" else None
        archive = pfx(key_object, certificate_object, authority, old)
        path.write_bytes(archive)
        options["SSLClientCertType"] = "PFXFILE"
        if form == "PFX text":
            options = {"SSLClientCert": base64.b64encode(archive).decode(), "SSLClientCertType": "PFXBLOB"}
    if "PFX" in form or "encrypted" in form:
        options["SSLClientCertPassword"] = PASSWORD
    given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    base = f"https://127.0.0.1:{secured[0]}/1.json"
    run = walk(profilec, base, *trusting(folder, "-c", "AuthScheme=SSL", *given))
    assert (run.code, run.out.decode(), run.err) == (0, rows(2), run.err), run.err
    assert {one[3] for one in asked(folder)} == {"CN=kiln,O=Clay"}


@pytest.mark.proves("client certificate", "nginx", "neither a next link nor a redirect to another port is shown it")
@pytest.mark.parametrize("way", ["next link", "redirect", "allowed"])
def test_another_origin_sees_no_certificate(way, folder, authority, secured, profilec):
    key, certificate, *_ = authority.files("kiln")
    (folder / "client").write_text(certificate + key)
    strict, curious = secured
    site(folder, second=None if way == "redirect" else f"https://127.0.0.1:{curious}")
    start = f"away.json?to={curious}" if way == "redirect" else "1.json"
    allow = ["--allow-origin", f"https://127.0.0.1:{curious}"] if way == "allowed" else []
    given = ["-c", f"SSLClientCert={folder}/client", "-c", "AuthScheme=Basic", "-c", "User=ann", "-c", "Password=c4n4ry"]
    run = walk(profilec, f"https://127.0.0.1:{strict}/{start}", *trusting(folder, *given, *allow))
    assert run.code == 0, run.err
    [_, status, user, subject, authorization] = next(one for one in asked(folder) if one[0] == str(curious))
    assert status == "200"
    if way == "allowed":
        assert (user, subject) == ("ann", "CN=kiln,O=Clay")
    else:
        assert (user, subject, authorization) == ("-", "-", "-")


def test_what_cannot_be_used_is_told_before_any_request(folder, authority, profilec):
    key, certificate, key_object, certificate_object = authority.files("kiln")
    other, *_ = authority.files("other")
    expired = authority.files("old", days=(-30, -1))
    early = authority.files("early", days=(1, 30))
    old_encryption = private(key_object, PASSWORD, serialization.PrivateFormat.TraditionalOpenSSL)
    archive = pfx(key_object, certificate_object, authority)
    contents = {
        "no key": (certificate.encode(), [], "has no private key"),
        "no certificate": (key.encode(), [], "has no certificate"),
        "der": (certificate_object.public_bytes(DER), [], "has no private key"),
        "other key": ((certificate + other).encode(), [], "belongs to none of its certificates"),
        "expired": ((expired[1] + expired[0]).encode(), [], "expired on 20"),
        "early": ((early[1] + early[0]).encode(), [], "is not valid before 20"),
        "encrypted": ((certificate + private(key_object, PASSWORD)).encode(), [], "is encrypted"),
        "wrong password": ((certificate + private(key_object, PASSWORD)).encode(), ["x"], "cannot be opened with this password"),
        "old encryption": ((certificate + old_encryption).encode(), [PASSWORD], "the old encryption of OpenSSL"),
        "pfx": (archive, [], "is encrypted"),
        "pfx, wrong password": (archive, ["x"], "cannot be opened with this password"),
        "cut": (archive[:-40], [PASSWORD], "is damaged: the archive"),
        "cut PEM": ((certificate + key)[:-60].encode(), [], "is damaged: a PEM block"),
        "java": (b"\xfe\xed\xfe\xed\0\0\0\2", [], "is a key store of Java"),
        "text": (b"hello", [], "is neither PEM nor PFX"),
        "subject": ((certificate + key).encode(), ["", "CN=nobody"], "has no certificate of the wanted subject"),
    }
    for name, (content, options, told) in contents.items():
        (folder / "client").write_bytes(content)
        names = ["SSLClientCertPassword", "SSLClientCertSubject"]
        given = [part for option, value in zip(names, options) for part in ("-c", f"{option}={value}")]
        run = walk(profilec, "https://127.0.0.1:1/", "-c", f"SSLClientCert={folder}/client", *given)
        assert run.code == 2 and told in run.err and "help:" in run.err or "damaged" in told, (name, run.err)
        assert told in run.err and run.code == 2 and PASSWORD not in run.err, (name, run.err)
    for kind in ["USER", "MACHINE", "JKSFILE", "P7BFILE", "PPKFILE"]:
        run = walk(profilec, "https://127.0.0.1:1/", "-c", "SSLClientCert=x", "-c", f"SSLClientCertType={kind}")
        assert run.code == 2 and f"`SSLClientCertType={kind}` is not read" in run.err and "help:" in run.err
    run = walk(profilec, "https://127.0.0.1:1/", "-c", "AuthScheme=SSL")
    assert run.code == 2 and "`AuthScheme=SSL` needs the connection option `SSLClientCert`" in run.err
