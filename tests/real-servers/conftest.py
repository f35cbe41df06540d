"""Starts the servers on free loopback ports and stops them."""

import json
import os
import pathlib
import subprocess
import sys
import urllib.request

import pytest

import oauth
import seed
from matrix import (  # noqa: F401  pytest finds its hooks here
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_runtest_logreport,
    pytest_sessionfinish,
)
from serving import free_port, open_folder, running

PROFILES = pathlib.Path(__file__).parent / "profiles"


@pytest.fixture(scope="session")
def datasette(tmp_path_factory):
    """The base URL of a Datasette that serves the seed."""
    folder = tmp_path_factory.mktemp("datasette")
    database = folder / "seed.db"
    seed.write(database)
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", database, "--host", "127.0.0.1", "--port", port]
    with running(command, port, folder / "log"):
        base = f"http://127.0.0.1:{port}"
        urllib.request.urlopen(f"{base}/seed.json", timeout=30).read()
        yield base


@pytest.fixture
def folder():
    """A folder that servers may read whatever user they run as."""
    with open_folder() as path:
        yield path


@pytest.fixture(scope="session")
def oidc(tmp_path_factory):
    """An OAuth server with a resource server beside it."""
    with open(tmp_path_factory.mktemp("oidc") / "log", "wb") as log, oauth.Server(log) as server:
        yield server


class Run:
    """A finished `profilec`."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err.decode("utf-8")


class Profilec:
    """The real binary, in a home of its own."""

    def __init__(self, home):
        self.home = home
        self._environment = {**os.environ, "NO_COLOR": "1", "HOME": str(home), "PROFILEC_DATA_DIR": str(home / "data")}

    def __call__(self, *arguments, input=None, **variables):
        """Runs it to its end."""
        running = self.start(*arguments, **variables)
        out, err = running.communicate(input, timeout=120)
        return Run(running.returncode, out, err)

    def start(self, *arguments, **variables):
        """Begins a run."""
        pipe = subprocess.PIPE
        command = [os.environ["PROFILEC"], *map(str, arguments)]
        environment = {**self._environment, **variables}
        return subprocess.Popen(command, cwd=self.home, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)


@pytest.fixture
def profilec(tmp_path_factory):
    return Profilec(tmp_path_factory.mktemp("home"))


@pytest.fixture
def report(tmp_path):
    """Reads the run report that `--report` wrote to its path."""

    class Report:
        path = tmp_path / "report.json"
        option = ("--report", path)

        def read(self):
            return json.loads(self.path.read_text())

    return Report()
