"""The table of `docs/auth.md` that says which kind of authentication holds against which server.

A test that proves one says so: `@pytest.mark.proves(kind, server, what)`. A whole run of the suite writes the table.
"""

import pathlib

PAGE = pathlib.Path(__file__).parents[2] / "docs/auth.md"
BEGIN = "<!-- matrix: written by tests/real-servers -->\n"
END = "<!-- end of matrix -->\n"

proved = {}


def pytest_configure(config):
    config.addinivalue_line("markers", "proves(kind, server, what): a row of the table in docs/auth.md")


def pytest_collection_modifyitems(items):
    for item in items:
        for marker in item.iter_markers("proves"):
            proved.setdefault(marker.args, {})[item.nodeid] = False


def pytest_runtest_logreport(report):
    if report.when == "call":
        for tests in proved.values():
            if report.nodeid in tests:
                tests[report.nodeid] = report.passed


def pytest_sessionfinish(session):
    options = session.config.option
    is_whole = not options.keyword and not options.markexpr and not any("::" in arg for arg in session.config.args)
    is_whole = is_whole and all(pathlib.Path(arg).is_dir() for arg in session.config.args)
    if not is_whole or not all(all(tests.values()) for tests in proved.values()):
        return
    table = ["| kind | server | what holds |", "|---|---|---|"]
    table += [f"| {kind} | {server} | {what} |" for kind, server, what in sorted(proved)]
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(before + BEGIN + "\n" + "\n".join(table) + "\n\n" + END + after)
