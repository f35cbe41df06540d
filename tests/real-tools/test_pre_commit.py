"""The hooks that pre-commit finds in this repository, run by pre-commit itself in a scratch repository."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT

GOOD = """<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <api:info title="Kilns" xmlns:other="http://apiscript.com/ns?v1">
    <attr name="id" xs:type="string" other:xPath="/json/kilns/id"/>
  </api:info>
  <api:set attr="JSONPath" value="$.kilns"/>
  <api:set attr="URI"      value="https://kilns.example/v1/kilns"/>
  <api:script method="GET">
    <api:call op="jsonproviderGet">
      <api:push/>
    </api:call>
  </api:script>
</api:script>
"""
BAD = GOOD.replace("api:push", "api:pusch")
UNTIDY = GOOD.replace("    <attr name", "<attr   name")
NOTED = GOOD.replace("kilns.example/v1/kilns", "kilns.example/v1/kilns?site=[_input.site | urlencode]")

# The program is built already: what pre-commit builds only calls it.
CALLER = """fn main() {
    let status = std::process::Command::new(env!("PROFILEC_HOOK")).args(std::env::args_os().skip(1)).status();
    std::process::exit(status.expect("the program starts").code().unwrap_or(2));
}
"""
MANIFEST = """[package]
name = "scratch"
version = "0.0.0"
edition = "2024"
[[bin]]
name = "{name}"
path = "main.rs"
[workspace]
"""


def git(folder, *arguments):
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def hooks():
    return {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def program():
    """The name that all hooks call."""
    (name,) = {hook["entry"].split()[0] for hook in hooks().values()}
    return name


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A repository with our hooks file, and a package at its top that has the program."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    (folder / "main.rs").write_text(CALLER)
    (folder / "Cargo.toml").write_text(MANIFEST.format(name=program()))
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "hooks")
    return folder, git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="session")
def pre_commit_home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def pre_commit(published, pre_commit_home, tmp_path):
    """Runs a hook on all files of a scratch repository."""
    git(tmp_path, "init", "--quiet")

    def run(hook, given, **settings):
        for name, text in given.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text) if isinstance(text, str) else path.write_bytes(text)
        folder, revision = published
        wanted = {"repo": folder.as_uri(), "rev": revision, "hooks": [{"id": hook, **settings}]}
        (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [wanted]}))
        git(tmp_path, "add", ".")
        environment = {
            **os.environ,
            "PRE_COMMIT_HOME": str(pre_commit_home),
            "PRE_COMMIT_COLOR": "never",
            "CARGO_NET_OFFLINE": "true",
            "PATH": os.pathsep.join([str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]),
        }
        environment.pop("CARGO_TARGET_DIR", None)
        command = [sys.executable, "-m", "pre_commit", "run", "--all-files", hook]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    return run


def test_the_package_at_the_top_has_the_program_that_the_hooks_call():
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--offline"]
    packages = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)["packages"]
    (top,) = [package for package in packages if package["manifest_path"] == str(ROOT / "Cargo.toml")]
    assert [target["name"] for target in top["targets"] if target["kind"] == ["bin"]] == [program()]
    assert pathlib.Path(os.environ["PROFILEC_HOOK"]).name == program()


def test_good_profiles_pass_the_check(pre_commit):
    wide = b"\xff\xfe" + GOOD.encode("utf-16-le")
    code, told = pre_commit("profilec-check", {"a.rsd": GOOD, "b/c.RSD": NOTED, "d.rsd": wide, "e.txt": "<"})
    assert (code, "Passed" in told) == (0, True), told


def test_bad_profiles_fail_the_check_and_are_told(pre_commit):
    code, told = pre_commit("profilec-check", {"a.rsd": GOOD, "b/c.rsd": BAD, "e.txt": "<"})
    assert code == 1
    assert "unknown keyword `api:pusch`" in told and "b/c.rsd:" in told and "a.rsd:" not in told, told


def test_a_part_that_changes_alone_is_checked_with_its_profile(pre_commit):
    part = '<api:script xmlns:api="http://apiscript.com/ns?v1">\n  <api:set attr="pagesize" value="50"/>\n</api:script>\n'
    whole = GOOD.replace("</api:info>", '</api:info>\n  <api:include document="parts/size.rsb"/>')
    code, told = pre_commit("profilec-check", {"a.rsd": whole, "parts/size.rsb": part}, files=r"\.rsb$")
    assert (code, "Passed" in told) == (0, True), told


def test_settings_of_the_project_count(pre_commit):
    settings = "[check]\nexclude = ['old']\nallow = ['structure::unknown_keyword']\n"
    code, told = pre_commit("profilec-check", {"a.rsd": BAD, "old/b.rsd": "<api:script", "profilec.toml": settings})
    assert code == 0, told


def test_arguments_of_the_user_replace_ours(pre_commit):
    code, told = pre_commit("profilec-check", {"a.rsd": NOTED}, args=["--format", "short", "--deny", "reference"])
    assert code == 1
    assert "error[profilec::reference::input_undeclared]" in told, told


def test_the_formatter_changes_what_is_not_laid_out_and_fails_then(pre_commit, tmp_path):
    code, told = pre_commit("profilec-fmt", {"a.rsd": GOOD, "b.rsd": UNTIDY})
    assert (code, "files were modified by this hook" in told) == (1, True), told
    assert (tmp_path / "a.rsd").read_text() == (tmp_path / "b.rsd").read_text()
    code, told = pre_commit("profilec-fmt", {})
    assert (code, "Passed" in told) == (0, True), told


def test_the_formatter_says_what_has_to_be_mended_first(pre_commit, tmp_path):
    broken = GOOD.replace("</api:info>", "")
    code, told = pre_commit("profilec-fmt", {"a.rsd": broken})
    assert code == 1 and "profilec check --fix" in told, told
    assert (tmp_path / "a.rsd").read_text() == broken
