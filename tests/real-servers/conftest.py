"""Starts the servers on free loopback ports and stops them."""

import os
import pathlib
import subprocess
import sys
import urllib.request

import pytest

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


class Run:
    """A finished `profilec`."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr.decode("utf-8")


@pytest.fixture
def profilec():
    """Runs the real binary."""

    def run(*arguments, **options):
        binary = os.environ["PROFILEC"]
        environment = {**os.environ, "NO_COLOR": "1"}
        return Run(subprocess.run([binary, *map(str, arguments)], capture_output=True, timeout=120, env=environment, **options))

    return run
