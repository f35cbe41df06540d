"""AWS Signature Version 4: moto checks it as AWS does, botocore's own signer checks odd requests."""

import datetime
import email.utils
import os
import sys

import boto3
import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from conftest import PROFILES
from serving import StandIn, free_port, odd_targets, page, rows, running

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'


def given(**options):
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


@pytest.fixture(scope="module")
def moto(tmp_path_factory):
    """A moto that checks signatures from its fourth request on; base URL, key of a user."""
    port = free_port()
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "3"}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port]
    with running(command, port, tmp_path_factory.mktemp("moto") / "log", env=environment):
        base = f"http://127.0.0.1:{port}"

        def client(service, key=None):
            key = key or {"AccessKeyId": "x", "SecretAccessKey": "x"}
            return boto3.client(
                service,
                endpoint_url=base,
                region_name="eu-west-1",
                aws_access_key_id=key["AccessKeyId"],
                aws_secret_access_key=key["SecretAccessKey"],
                aws_session_token=key.get("SessionToken"),
            )

        iam = client("iam")
        iam.create_user(UserName="ann")
        iam.put_user_policy(UserName="ann", PolicyName="all", PolicyDocument=POLICY)
        key = iam.create_access_key(UserName="ann")["AccessKey"]
        s3 = client("s3", key)
        s3.create_bucket(Bucket="kilns", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        for name in ["a b", "c+d", "e/ü", "f=&g", "h"]:
            s3.put_object(Bucket="kilns", Key=name, Body=b"x")
        yield base, key, client


WALKED = "key,size\na b,1\nc+d,1\ne/ü,1\nf=&g,1\nh,1\n"


@pytest.mark.proves("AWS Signature Version 4", "moto (S3, with its checks of signatures)", "the objects of a bucket over three pages")
@pytest.mark.parametrize("older", [False, True])
def test_a_bucket_is_listed(older, moto, profilec):
    base, key, _ = moto
    names = ["AccessKey", "SecretKey", "Region"] if older else ["AWSAccessKey", "AWSSecretKey", "AWSRegion"]
    options = dict(zip(names, [key["AccessKeyId"], key["SecretAccessKey"], "IRELAND"]))
    login = given(AuthScheme="AwsRootKeys", AWSService="s3", **options)
    run = profilec("run", PROFILES / "bucket.rsd", "-i", f"base={base}/kilns", *login)
    assert (run.code, run.out.decode()) == (0, WALKED), run.err


@pytest.mark.proves("AWS Signature Version 4", "moto (S3, with its checks of signatures)", "a wrong key is told with the status")
def test_a_wrong_key_is_refused(moto, profilec):
    base, key, _ = moto
    login = given(AuthScheme="AwsRootKeys", AWSService="s3", AWSAccessKey=key["AccessKeyId"], AWSSecretKey="c4n4ry-wrong")
    run = profilec("run", PROFILES / "bucket.rsd", "-i", f"base={base}/kilns", *login)
    assert run.code == 3 and "403" in run.err and "SignatureDoesNotMatch" in run.err, run.err
    assert "c4n4ry" not in run.err and key["AccessKeyId"] not in run.err


def resigned(method, address, headers, body, service, region):
    """The `Authorization` that botocore's signer gives the same request."""
    signed = headers["Authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
    kept = {name: headers[name] for name in signed if name not in ("host", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256")}
    request = AWSRequest(method=method, url=address, data=body, headers=kept)
    signer = (S3SigV4Auth if service == "s3" else SigV4Auth)(Credentials("AKIA", "c4n4ry/secret", headers.get("x-amz-security-token")), service, region)
    when = datetime.datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("botocore.auth.get_current_datetime", lambda *_, **__: when)
        signer.add_auth(request)
    return request.headers["Authorization"]


SECRET = dict(AWSAccessKey="AKIA", AWSSecretKey="c4n4ry/secret")


@pytest.mark.proves("AWS Signature Version 4", "a stand-in that signs with botocore", "odd paths and queries, forms, JSON, temporary keys")
@pytest.mark.parametrize("service", ["execute-api", "s3"])
@pytest.mark.parametrize("body", [None, "form", "json"])
def test_botocore_signs_the_same(service, body, profilec, tmp_path):
    differences = []

    def answer(method, target, headers, content):
        address = f"http://{headers['Host']}{target}"
        wanted = resigned(method, address, headers, content, service, "eu-west-1")
        if headers["Authorization"] != wanted:
            differences.append((target, headers["Authorization"], wanted))
            return 403, {}, "refused"
        number = int(target.partition("page=")[2][:1] or 1)
        following = f"/a%20b/ü/c+d;e/~x/%2F?b=2&a=%C3%BC&page={number + 1}&empty&q=x+y&z=1,2/3:4@5" if number < 3 else None
        return 200, {}, page(number, following)

    script = (PROFILES / "kilns.rsd").read_text()
    form = '<api:set attr="method" value="POST"/><api:set attr="ParamName#1" value="a b"/><api:set attr="ParamValue#1" value="ü"/>'
    json = '<api:set attr="method" value="POST"/><api:set attr="data" value="{&quot;a&quot;: &quot;ü&quot;}"/>'
    extra = {"form": form, "json": json, None: ""}[body]
    profile = tmp_path / "own.rsd"
    profile.write_text(script.replace('<api:set attr="URI"', f'{extra}<api:set attr="URI"'))
    with StandIn(answer) as server:
        login = given(AuthScheme="AwsTempCredentials", AWSSessionToken="c4n4ry+token==", AWSRegion="eu-west-1", AWSService=service, **SECRET)
        run = profilec("run", profile, "-i", f"base={server.url}/kilns", *login)
    assert (run.code, run.out.decode(), differences) == (0, rows(3), []), run.err


@pytest.mark.proves("AWS Signature Version 4", "a stand-in that signs with botocore", "200 links of random characters")
@pytest.mark.parametrize("service", ["execute-api", "s3"])
def test_any_link_is_signed(service, profilec):
    targets = odd_targets(7, 200)
    differences = []

    def answer(method, target, headers, content):
        wanted = resigned(method, f"http://{headers['Host']}{target}", headers, content, service, "eu-west-1")
        if headers["Authorization"] != wanted:
            differences.append((target, headers["Authorization"], wanted))
        number = len(server.asked)
        return 200, {}, page(number, targets[number] if number < len(targets) else None)

    with StandIn(answer) as server:
        login = given(AuthScheme="AwsRootKeys", AWSRegion="eu-west-1", AWSService=service, **SECRET)
        run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base={server.url}/kilns", *login)
    assert (run.code, differences) == (0, []), run.err
    assert run.out.decode() == rows(len(targets))


@pytest.mark.proves("AWS Signature Version 4", "a stand-in that signs with botocore", "a machine whose clock is wrong is set right by the server's")
def test_a_wrong_clock_is_set_by_the_server(profilec):
    there = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=5)

    def answer(method, target, headers, content):
        told = datetime.datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        date = {"Date": email.utils.format_datetime(there, usegmt=True)}
        if abs((told - there).total_seconds()) > 900:
            return 403, date, "RequestTimeTooSkewed"
        number = int(target.partition("page=")[2][:1] or 1)
        return 200, date, page(number, f"/kilns?page={number + 1}" if number < 3 else None)

    with StandIn(answer) as server:
        run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base={server.url}/kilns", *given(AuthScheme="AwsRootKeys", **SECRET))
    assert (run.code, run.out.decode()) == (0, rows(3)), run.err
    assert len(server.asked) == 4


def test_each_try_is_signed_anew(profilec):
    def answer(method, target, headers, content):
        return (503, {"Retry-After": "0"}, "") if len(server.asked) < 3 else (200, {}, page(1))

    with StandIn(answer) as server:
        run = profilec("run", PROFILES / "kilns.rsd", "-i", f"base={server.url}/kilns", *given(AuthScheme="AwsRootKeys", **SECRET))
    assert (run.code, run.out.decode()) == (0, rows(1)), run.err
    assert len(server.asked) == 3 and all("Signature=" in str(asked[2]) for asked in server.asked)


def test_what_is_missing_is_told(profilec):
    for options, name in [
        (dict(AWSSecretKey="x"), "AWSAccessKey"),
        (dict(AWSAccessKey="x"), "AWSSecretKey"),
    ]:
        run = profilec("run", PROFILES / "kilns.rsd", "-i", "base=http://127.0.0.1:1/", *given(AuthScheme="AwsRootKeys", **options))
        assert run.code == 2 and f"needs the connection option `{name}`" in run.err, run.err
    run = profilec("run", PROFILES / "kilns.rsd", "-i", "base=http://127.0.0.1:1/", *given(AuthScheme="AwsTempCredentials", **SECRET))
    assert run.code == 2 and "`AWSSessionToken`" in run.err
    run = profilec("run", PROFILES / "kilns.rsd", "-i", "base=http://127.0.0.1:1/", *given(AuthScheme="AwsRootKeys", AWSRegion="Irland", **SECRET))
    assert run.code == 2 and "did you mean `IRELAND`?" in run.err
