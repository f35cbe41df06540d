"""Every cell of a walked Datasette table, compared with the seed."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.ipc
import pytest
from conftest import PROFILES

import seed

COLUMNS = [
    "id", "big", "price", "price_text", "ratio", "name", "note", "day", "at", "flag", "width", "height", "tags", "tag_1",
    "owner", "owner.id", "版", "database",
]
WALKS = {"next_url": 26, "next_url_declared": 27, "next_token": 11, "next_token_declared": 3, "link_header": 8}


def expected(n, walk):
    """One row as Python values, computed from the seed alone."""
    row = seed.row(n)
    details = row["details"]
    dim = details["dim"] or {}
    tags = details["tags"]
    return {
        "id": n,
        "big": row["big"],
        "price": seed.decimal(n),
        "price_text": row["price"],
        "ratio": row["ratio"],
        "name": row["name"],
        "note": row["note"],
        "day": row["day"],
        "at": seed.instant(n),
        "flag": None if row["flag"] is None else bool(row["flag"]),
        "width": dim.get("w"),
        "height": None if not dim else "2.5",
        "tags": json.dumps(tags, ensure_ascii=False, separators=(",", ":")),
        "tag_1": tags[0] if tags else None,
        "owner": details["owner"]["full name"],
        "owner.id": details["owner"]["@id"],
        "版": n,
        "database": None if walk == "link_header" else "seed",
    }


def csv_text(name, value):
    """How the value stands in CSV; None is the bare empty field."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if name == "at":
        fraction = f".{value.microsecond:06d}" if value.microsecond else ""
        return value.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"
    if name == "price":
        return f"{value:f}"
    return str(value)


def same_cell(name, got, want):
    if name == "ratio" and want is not None:
        return got is not None and float(got) == want
    if name == "tags":
        return json.loads(got) == json.loads(want)
    if name == "at":
        return got == csv_text(name, want)
    return got == csv_text(name, want)


def raw_fields(text):
    """Fields of a CSV text with null (bare) and empty (quoted) told apart, which `csv` cannot."""
    rows, row, at = [], [], 0
    while at < len(text):
        if text[at] == '"':
            value, at = "", at + 1
            while True:
                end = text.index('"', at)
                value += text[at:end]
                at = end + 1
                if text[at : at + 1] != '"':
                    break
                value += '"'
                at += 1
            row.append(value)
        else:
            end = at
            while text[end] not in ",\n":
                end += 1
            row.append(text[at:end] or None)
            at = end
        if text[at] == "\n":
            rows.append(row)
            row = []
        at += 1
    return rows


@pytest.mark.parametrize("walk", WALKS)
def test_csv_has_every_cell(walk, datasette, profilec, tmp_path):
    report = tmp_path / "report.json"
    run = profilec("run", PROFILES / f"{walk}.rsd", "-i", f"base={datasette}", "--report", report)
    assert run.code == 0, run.err
    text = run.out.decode("utf-8")
    header, *rows = raw_fields(text)
    assert header == COLUMNS
    assert len(rows) == seed.ROWS
    for n, got in enumerate(rows, start=1):
        want = expected(n, walk)
        for name, cell in zip(COLUMNS, got, strict=True):
            assert same_cell(name, cell, want[name]), (walk, n, name, cell, want[name])
    # The same fields by an independent reader.
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:] == [str(n) for n in range(1, seed.ROWS + 1)]
    told = json.loads(report.read_text())
    assert (told["verdict"], told["rows"], told["pages"]) == ("complete", seed.ROWS, WALKS[walk])
    nulls = {column["name"]: column["nulls"] for column in told["columns"]}
    assert nulls["big"] == sum(1 for n in range(1, seed.ROWS + 1) if seed.row(n)["big"] is None)


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("ending", ["arrow", "arrows"])
def test_arrow_reads_back_with_pyarrow(walk, ending, datasette, profilec, tmp_path):
    out = tmp_path / f"rows.{ending}"
    run = profilec("run", PROFILES / f"{walk}.rsd", "-i", f"base={datasette}", "-o", out)
    assert run.code == 0, run.err
    with pa.memory_map(str(out)) as source:
        reader = pa.ipc.open_file(source) if ending == "arrow" else pa.ipc.open_stream(source)
        table = reader.read_all()
    assert table.schema.names == COLUMNS
    types = dict(zip(table.schema.names, table.schema.types))
    assert types["id"] == types["big"] == pa.int64()
    assert types["price"] == pa.decimal128(38, 3)
    assert types["at"] == pa.timestamp("us", tz="UTC")
    assert (types["day"], types["flag"], types["ratio"]) == (pa.date32(), pa.bool_(), pa.float64())
    assert table.num_rows == seed.ROWS
    for n, got in enumerate(table.to_pylist(), start=1):
        want = expected(n, walk)
        got["day"] = None if got["day"] is None else got["day"].isoformat()
        assert json.loads(got.pop("tags")) == json.loads(want.pop("tags"))
        assert got == want, (walk, n)


def test_json_lines_has_every_row(datasette, profilec):
    run = profilec("run", PROFILES / "next_url.rsd", "-i", f"base={datasette}", "-f", "jsonl")
    assert run.code == 0, run.err
    rows = [json.loads(line, parse_float=str) for line in run.out.decode("utf-8").splitlines()]
    assert [row["id"] for row in rows] == list(range(1, seed.ROWS + 1))
    for n, got in enumerate(rows, start=1):
        want = expected(n, "next_url")
        assert got["big"] == want["big"] and got["name"] == want["name"] and got["note"] == want["note"]
        assert got["price"] == csv_text("price", want["price"])


def test_limit_stops_the_walk_early(datasette, profilec, tmp_path):
    report = tmp_path / "report.json"
    run = profilec("run", PROFILES / "next_url.rsd", "-i", f"base={datasette}", "-n", "150", "--report", report)
    assert run.code == 0, run.err
    told = json.loads(report.read_text())
    assert (told["verdict"], told["rows"], told["pages"]) == ("complete", 150, 2)


def test_a_page_cap_is_a_truncated_run_with_exit_4(datasette, profilec, tmp_path):
    out = tmp_path / "rows.csv"
    run = profilec("run", PROFILES / "next_url.rsd", "-i", f"base={datasette}", "--max-pages", "3", "-o", out)
    assert run.code == 4, run.err
    assert not out.exists()
    assert len(raw_fields((tmp_path / "rows.csv.partial").read_text())) == 301


def test_a_recorded_walk_replays_to_the_same_bytes(datasette, profilec, tmp_path):
    cassette = tmp_path / "cassette"
    common = ["run", PROFILES / "next_token.rsd", "-i", f"base={datasette}"]
    live = profilec(*common, "--record", cassette)
    assert live.code == 0, live.err
    replayed = profilec(*common, "--replay", cassette)
    assert replayed.code == 0, replayed.err
    assert replayed.out == live.out


def test_a_missing_table_is_exit_3_with_the_status(datasette, profilec, tmp_path):
    profile = tmp_path / "gone.rsd"
    profile.write_text((PROFILES / "next_url.rsd").read_text().replace("/seed/samples.json", "/seed/gone.json"))
    run = profilec("run", profile, "-i", f"base={datasette}")
    assert run.code == 3
    assert "404" in run.err and "/seed/gone.json" in run.err
