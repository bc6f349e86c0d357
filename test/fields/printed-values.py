"""Reads what `tshark -T fields` printed, by the types of its own list of fields: the values that columns should have.

usage: printed-values.py GLOSSARY ROWS plain|doubled FIELD...
Quotes inside of values stand in ROWS as they are, or doubled.
Prints a line of JSON for each field: its column type, and its values by row number, each as a list of texts. Times are
nanoseconds; years beyond 9999 are one that no column holds.
"""

import datetime
import decimal
import json
import math
import re
import sys

glossary, rows, quotes, *fields = sys.argv[1:]

types = {}
with open(glossary, encoding="utf-8", errors="replace") as lines:
    for line in lines:
        parts = line.rstrip("\n").split("\t")
        if parts[0] == "F":
            types.setdefault(parts[2], parts[3])

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
DAYS = 24 * 60 * 60


def integer(text):
    return str(int(text, 16) if text.startswith("0x") else int(text))


def boolean(text):
    return {"1": "true", "True": "true", "0": "false", "False": "false"}[text]


def floating(text):
    value = float(text)
    return "NaN" if math.isnan(value) else repr(value).replace("inf", "Infinity")


def nanoseconds(text):
    return str(int(decimal.Decimal(text).scaleb(9).to_integral_exact()))


def time(text):
    if text == "NULL":
        return None
    if re.fullmatch(r"-?\d+\.\d+", text):
        return nanoseconds(text)
    whole, rest = text.split(".")
    if re.search(r"\b\d{5,}\b", whole):
        return str(10**30)
    fraction, zone = re.fullmatch(r"(\d+) ?(.*)", rest).groups()
    if zone not in ("UTC", "Z", "+0000"):
        raise ValueError(f"a time zone that is not UTC: {text}")
    form = "%Y-%m-%dT%H:%M:%S" if "T" in whole else "%b %d, %Y %H:%M:%S"
    since = datetime.datetime.strptime(whole, form).replace(tzinfo=datetime.timezone.utc) - EPOCH
    return str((since.days * DAYS + since.seconds) * 10**9 + int(fraction.ljust(9, "0")))


def octets(text):
    return "" if text in ("<none>", "<MISSING>") else bytes.fromhex(re.sub("[:.-]", "", text)).hex()


def column(field):
    """The column type of a field, and what reads its values."""
    kind = types.get(field, "FT_PROTOCOL")
    if field == "frame.time_epoch" or kind == "FT_ABSOLUTE_TIME":
        return "time", time
    if kind == "FT_RELATIVE_TIME":
        return "duration", nanoseconds
    if kind in ("FT_BOOLEAN", "FT_NONE"):
        return "boolean", boolean
    if kind in ("FT_BYTES", "FT_UINT_BYTES"):
        return "bytes", octets
    if kind in ("FT_FLOAT", "FT_DOUBLE") or kind.startswith("FT_IEEE_11073"):
        return "float64", floating
    if kind == "FT_FRAMENUM":
        return "uint32", integer
    number = re.fullmatch(r"FT_(U?)INT(\d+)", kind)
    if number:
        return number[1].lower() + ("int32" if int(number[2]) <= 32 else "int64"), integer
    return "text", lambda text: text


columns = [column(field) for field in fields]
values = [{} for _ in fields]
with open(rows, "rb") as lines:
    text = lines.read().decode("utf-8", errors="replace")
for number, line in enumerate(text.split("\n")[:-1]):
    cells = line.split("\t")
    assert len(cells) == len(fields), f"{len(cells)} cells in row {number}"
    for (_, read), found, cell in zip(columns, values, cells):
        if cell != "":
            inner = cell[1:-1].replace('""', '"') if quotes == "doubled" else cell[1:-1]
            read_values = [read(each) for each in inner.split("\x1f")]
            found[number] = [each for each in read_values if each is not None]
row_count = len(text.split("\n")) - 1
for field, (kind, _), found in zip(fields, columns, values):
    print(json.dumps({"field": field, "type": kind, "rows": row_count, "values": found}, ensure_ascii=False))
