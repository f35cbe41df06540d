"""What goes to a terminal is as wide as it and coloured; what goes anywhere else is neither."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

import pytest

PROFILE = '''<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <api:info title="Kilns" xmlns:other="http://apiscript.com/ns?v1">
    <attr name="id" xs:type="interger" other:xPath="/json/kilns/id" desc="A rather long text that says what the number of a kiln is good for, and who gives it, and for how long it holds"/>
  </api:info>
  <api:set attr="JSONPath" value="$.kilns"/>
  <api:set attr="URI" value="https://kilns.example/v1/kilns"/>
  <api:script method="GET">
    <api:call op="jsonproviderGet">
      <api:push/>
    </api:call>
  </api:script>
</api:script>
'''
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def check(folder, columns=None, arguments=(), **environment):
    """What `check` prints, to a terminal of so many columns or to a pipe."""
    (folder / "kilns.rsd").write_text(PROFILE)
    command = [os.environ["PROFILEC"], "check", *arguments, "kilns.rsd"]
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", **environment}
    if columns is None:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True).stdout.decode()
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    running = subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    printed = b""
    while True:
        try:
            some = os.read(ours, 4096)
        except OSError:
            break
        if not some:
            break
        printed += some
    running.wait(30)
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [72, 200])
def test_lines_are_as_wide_as_the_terminal(columns, tmp_path):
    lines = ESCAPE.sub("", check(tmp_path, columns)).splitlines()
    # The last line is not cut.
    widest = max(len(line) for line in lines[:-1])
    assert columns - 25 < widest <= columns


def test_a_pipe_is_80_columns_without_colour(tmp_path):
    printed = check(tmp_path)
    assert not ESCAPE.search(printed)
    assert max(len(line) for line in printed.splitlines()[:-1]) <= 80


@pytest.mark.parametrize(
    ("is_coloured", "columns", "arguments", "environment"),
    [
        (True, 100, [], {}),
        (False, 100, [], {"NO_COLOR": "1"}),
        (True, 100, [], {"NO_COLOR": ""}),
        (False, 100, [], {"TERM": "dumb"}),
        (False, 100, [], {"CLICOLOR": "0"}),
        (True, None, [], {"CLICOLOR_FORCE": "1"}),
        (False, None, [], {"CLICOLOR_FORCE": "0"}),
        (False, None, [], {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}),
        (True, 100, ["--color", "always"], {"NO_COLOR": "1"}),
        (False, None, ["--color", "never"], {"CLICOLOR_FORCE": "1"}),
    ],
)
def test_colour_is_what_was_asked_for(is_coloured, columns, arguments, environment, tmp_path):
    printed = check(tmp_path, columns, arguments, **environment)
    assert bool(ESCAPE.search(printed)) == is_coloured
    last = printed.splitlines()[-1]
    assert bool(ESCAPE.search(last)) == is_coloured
    assert ESCAPE.sub("", last).endswith("in 1 file, 1 fixable with `--fix`")


def test_reports_are_never_coloured(tmp_path):
    for form in ["short", "json", "sarif", "junit", "github", "gitlab"]:
        printed = check(tmp_path, 100, ["--color", "always", "--format", form])
        assert "interger" in printed and not ESCAPE.search(printed), form
