"""Starts the servers on free loopback ports and stops them."""

import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

import seed

PROFILES = pathlib.Path(__file__).parent / "profiles"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def datasette(tmp_path_factory):
    """The base URL of a Datasette that serves the seed."""
    folder = tmp_path_factory.mktemp("datasette")
    database = folder / "seed.db"
    seed.write(database)
    port = free_port()
    log = open(folder / "log", "wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "datasette", "serve", str(database), "--host", "127.0.0.1", "--port", str(port)],
        stdout=log,
        stderr=log,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{base}/seed.json", timeout=5).read()
                break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
        else:
            raise AssertionError("datasette did not answer within 30 s")
        yield base
    finally:
        server.terminate()
        server.wait(10)


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
