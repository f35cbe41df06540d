"""The profiles that the project ships, against stand-ins with the shapes that the services document."""

import contextlib
import csv
import http.server
import io
import json
import pathlib
import threading
import urllib.parse

import pytest

PROFILES = pathlib.Path(__file__).parents[2] / "profiles"
CLIENT, SECRET, AUDIENCE = "kiln-client", "canary-dpc-s3cret", "https://api.matillion.com"


class Service:
    """A service on loopback: token endpoint, and what `answer` says of paths."""

    def __init__(self, answer, grant):
        self.answer, self.grant = answer, grant
        self.tokens, self.asked, self.busy = [], [], 1
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def say(self, status, body, **headers):
                data = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", "Content-Length": len(data), **headers}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(data)

            def do_POST(self):
                form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                self.say(*service.token(form))

            def do_GET(self):
                url = urllib.parse.urlsplit(self.path)
                service.asked.append(self.path)
                if self.headers.get("Authorization") != f"Bearer {service.tokens[-1] if service.tokens else None}":
                    return self.say(401, {"message": "Unauthorized"})
                if service.busy:
                    service.busy -= 1
                    return self.say(429, {"message": "Too many requests"}, **{"Retry-After": 0})
                self.say(200, service.answer(url.path, dict(urllib.parse.parse_qsl(url.query))))

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def token(self, form):
        if any(form.get(name) != value for name, value in self.grant.items()):
            return 401, {"error": "invalid_client", "error_description": "Invalid client or Invalid client credentials"}
        self.tokens.append(f"token-{len(self.tokens)}")
        members = {"expires_in": 1800, "refresh_expires_in": 0, "token_type": "Bearer", "not-before-policy": 0}
        return 200, {"access_token": self.tokens[-1], **members, "scope": "pipeline-execution"}


@contextlib.contextmanager
def serving(answer, grant):
    service = Service(answer, grant)
    threading.Thread(target=service.server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()


def rows_of(run):
    return list(csv.DictReader(io.StringIO(run.out.decode())))


# Data Productivity Cloud

GRANT = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET, "audience": AUDIENCE}
PROJECT = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
NUMBER = 60


def paged(item):
    """Zero-based pages of `results`."""

    def answer(_, query):
        page, size = int(query["page"]), int(query["size"])
        results = [item(n) for n in range(NUMBER)[page * size : (page + 1) * size]]
        return {"page": page, "results": results, "size": len(results), "total": NUMBER}

    return answer


def executions(_, query):
    """A token leads from batch to batch, and is left out in the last one."""
    assert query["projectId"] == PROJECT and query["startedAfter"] == "2026-01-31T00:00:00Z"
    start, limit = int(query.get("paginationToken", "t+0")[2:]), int(query["limit"])
    batch = [
        {"pipelineExecutionId": f"run-{n}", "projectId": PROJECT, "status": "SUCCESS", "startedAt": "2026-02-01T05:31:56Z"}
        for n in range(250)[start : start + limit]
    ]
    return {"results": batch, **({"more": f"t+{start + limit}"} if start + limit < 250 else {})}


DPC = {
    "Projects": (paged(lambda n: {"id": f"p-{n}", "name": f"Project {n}", "description": None}), "project_id", "p-59", 60),
    "ProjectEnvironments": (
        paged(lambda n: {"name": f"env {n}", "defaultAgentId": "a", "defaultAgentName": "Agent"}),
        "environment_name", "env 59", 60,
    ),
    "Schedules": (
        paged(lambda n: {"scheduleId": f"s-{n}", "scheduleEnabled": False, "lastRunAt": "2022-06-30T01:14:00.000Z"}),
        "schedule_id", "s-59", 60,
    ),
    "Agents": (paged(lambda n: {"agentId": f"a-{n}", "name": f"Agent {n}"}), "agent_id", "a-59", 60),
    "PipelineExecutions": (executions, "execution_id", "run-249", 250),
}


def dpc(service, secret=SECRET):
    return [
        "-i", f"base={service.base}/dpc", "-c", "AuthScheme=OAuthClient", "-c", f"OAuthAccessTokenURL={service.base}/token",
        "-c", f"OAuthClientId={CLIENT}", "-c", f"OAuthClientSecret={secret}", "-c", f"OAuthParams=audience={AUDIENCE}",
        "-c", "OAuthSettingsLocation=memory://",
    ]


@pytest.mark.parametrize("table", DPC)
def test_a_table_of_the_data_productivity_cloud_is_walked_to_its_end(profilec, tmp_path, table):
    answer, key, last, number = DPC[table]
    report = tmp_path / "report.json"
    with serving(answer, GRANT) as service:
        inputs = ["-i", f"projectId={PROJECT}"] if table not in ("Projects", "Agents") else []
        inputs += ["-i", "startedAfter=2026-01-31T00:00:00Z"] if table == "PipelineExecutions" else []
        run = profilec("run", PROFILES / "matillion-dpc", "--table", table, *dpc(service), *inputs, "--report", report)
    assert run.code == 0, run.err
    rows = rows_of(run)
    assert (len(rows), rows[-1][key]) == (number, last)
    told = json.loads(report.read_text())
    assert (told["verdict"], told["token_requests"], told["retries"]) == ("complete", 1, 1)
    assert all("/dpc/v1/" in path for path in service.asked)


def test_a_wrong_secret_is_told_in_the_words_of_the_server(profilec):
    with serving(DPC["Projects"][0], GRANT) as service:
        run = profilec("run", PROFILES / "matillion-dpc", "--table", "Projects", *dpc(service, "wr0ng-canary"))
    assert run.code == 3
    assert "401 `invalid_client`: Invalid client or" in " ".join(run.err.replace("│", " ").split())
    assert "wr0ng-canary" not in run.err and not run.out.strip().endswith(b"wr0ng-canary")


# Salesforce


def accounts(path, query):
    """Batches of two; the next URL has no host, and the last answer none."""
    start = int(path.rsplit("-", 1)[1]) if "q" not in query else 0
    if "q" in query:
        assert "SystemModstamp > 2026-01-01T00:00:00Z" in query["q"]
    records = [
        {
            "attributes": {"type": "Account", "url": f"/services/data/v60.0/sobjects/Account/{n}"},
            "Id": f"00{n}", "Name": f"Pottery {n}", "NumberOfEmployees": n, "SystemModstamp": "2026-03-05T10:11:12.000+0000",
        }
        for n in range(5)[start : start + 2]
    ]
    done = start + 2 >= 5
    more = {} if done else {"nextRecordsUrl": f"/services/data/v60.0/query/01gX-{start + 2}"}
    return {"totalSize": 5, "done": done, **more, "records": records}


def test_accounts_of_salesforce_come_with_a_refresh_token_and_relative_next_urls(profilec, tmp_path):
    grant = {"grant_type": "refresh_token", "refresh_token": "canary-r3fresh", "client_id": CLIENT, "client_secret": SECRET}
    report = tmp_path / "report.json"
    with serving(accounts, grant) as service:
        run = profilec(
            "run", PROFILES / "salesforce" / "Accounts.rsd", "-i", f"base={service.base}", "-i", "modifiedAfter=2026-01-01T00:00:00Z",
            "-c", "AuthScheme=OAuth", "-c", "OAuthGrantType=REFRESH", "-c", f"OAuthAccessTokenURL={service.base}/token",
            "-c", f"OAuthClientId={CLIENT}", "-c", f"OAuthClientSecret={SECRET}", "-c", "OAuthRefreshToken=canary-r3fresh",
            "-c", "OAuthSettingsLocation=memory://", "--report", report,
        )
    assert run.code == 0, run.err
    assert [row["id"] for row in rows_of(run)] == ["000", "001", "002", "003", "004"]
    assert json.loads(report.read_text())["verdict"] == "complete"
