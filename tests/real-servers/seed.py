"""The table that the servers serve, made from the row number alone."""

import datetime
import json
import sqlite3
from decimal import Decimal

ROWS = 2_600

WORDS = ["Kråke", "灯台", "naïve", 'say "hi"', "a,b", "two\nlines", "", "emoji 🜁", "tab\there", "NULL", "\u00a0nbsp", "é"]
BIG = [2**53 + 1, 2**63 - 1, -(2**63), 0, -1, 9_007_199_254_740_993]
DECIMALS = ["1.10", "0.01", "-12345678901234567890123456789012345.678", "99999999999999999999999999999999999.999", "0.000", "7.5"]


def row(n):
    """One record as Python values; `details` is nested JSON."""
    day = datetime.date(2020, 2, 28) + datetime.timedelta(days=n % 900)
    at = datetime.datetime(2023, 12, 31, 23, 59, 58, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=n)
    if n % 3 == 0:
        at = at.replace(microsecond=(n * 7919) % 1_000_000)
    return {
        "id": n,
        "big": BIG[n % len(BIG)] if n % 7 else None,
        "price": DECIMALS[n % len(DECIMALS)] if n % 5 else None,
        "ratio": n / 7.0 if n % 4 else None,
        "name": WORDS[n % len(WORDS)] + (str(n) if n % 2 else ""),
        "note": None if n % 6 == 0 else ("" if n % 6 == 1 else f"note {n}"),
        "day": day.isoformat() if n % 9 else None,
        "at": written(at, n),
        "flag": n % 2 if n % 8 else None,
        "details": {
            "dim": {"w": n % 100, "h": 2.5} if n % 10 else None,
            "tags": [WORDS[n % 3], n, None, {"k": [True, False]}] if n % 11 else [],
            "owner": {"full name": WORDS[(n + 1) % len(WORDS)], "@id": f"urn:{n}", "v1.0": {"x": n}},
        },
    }


def written(at, n):
    """The same instant in the spellings that APIs use."""
    fraction = f".{at.microsecond:06d}" if at.microsecond else ""
    if n % 4 == 0:
        return at.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"
    if n % 4 == 1:
        return at.strftime("%Y-%m-%d %H:%M:%S") + fraction
    zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    offset = "+05:30" if n % 4 == 2 else "+0530"
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S") + fraction + offset


def instant(n):
    """The instant that `at` means."""
    text = row(n)["at"]
    if text[10] == " ":
        text = text.replace(" ", "T") + "Z"
    return datetime.datetime.fromisoformat(text).astimezone(datetime.timezone.utc)


def decimal(n):
    """The price, exactly, with three digits after the point."""
    price = row(n)["price"]
    return None if price is None else Decimal(price).quantize(Decimal("0.001"), context=__import__("decimal").Context(prec=60))


def write(path):
    """Writes the table `samples` to a SQLite file."""
    db = sqlite3.connect(path)
    db.execute(
        "create table samples (id integer primary key, big integer, price text, ratio real, name text, note text,"
        " day text, at text, flag integer, details text)"
    )
    for n in range(1, ROWS + 1):
        values = row(n)
        values["details"] = json.dumps(values["details"], ensure_ascii=False)
        db.execute("insert into samples values (:id,:big,:price,:ratio,:name,:note,:day,:at,:flag,:details)", values)
    db.commit()
    db.close()
