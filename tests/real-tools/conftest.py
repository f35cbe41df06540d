"""Runs the real binary."""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="session")
def check():
    """What `profilec check` prints in a format."""

    def run(folder, *arguments):
        command = [os.environ["PROFILEC"], "check", *map(str, arguments), "."]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120)
        assert done.returncode in (0, 1, 2), done.stderr
        return done.stdout.decode("utf-8")

    return run


@pytest.fixture(scope="session", params=["check-formats/typos/input", "check-formats/settled/input", "check", "syntax"])
def reported(request, check):
    """A folder of profiles, and the findings of its files as `--format json` tells them."""
    folder = ROOT / "fixtures" / request.param
    return folder, json.loads(check(folder, "--format", "json"))
