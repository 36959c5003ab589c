"""What every reader must find: the cells of the CSV files, of the types that `codebook.md` tells."""

import csv
import datetime
import functools
import json
import re
from pathlib import Path

PARSED = {
    "text": str,
    "code": str,
    "category": str,
    "whole number": int,
    "number": float,
    "true or false": {"true": True, "false": False}.__getitem__,
    "day": lambda cell: datetime.date.fromisoformat(cell).isoformat(),
}
KINDS = [*PARSED, *(f"list, each {kind}" for kind in PARSED)]


class Column:
    """A column as it is written."""

    def __init__(self, name, kind, about, cells):
        self.name, self.kind, self.about = name, kind, about
        self.cells = cells
        self.values = [parsed(kind, cell) for cell in cells]
        # The categories of a scale, from the weakest, as far as the table has them.
        self.scale = None


@functools.cache
def table(file):
    """The columns of a table, by name, in their order; `file` is its CSV or Parquet file."""
    path = Path(file.replace("_geo", ""))
    kinds = codebook(path.parent / "codebook.md")[path.stem]
    with open(path.with_suffix(".csv"), encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    assert header == list(kinds), f"{path}: the codebook has other columns than the CSV file"
    columns = {name: Column(name, *kinds[name], [row[at] for row in rows]) for at, name in enumerate(header)}
    for name, ranks in columns.items():
        if name.endswith("_rank") and name.removesuffix("_rank") in columns:
            scale = columns[name.removesuffix("_rank")]
            order = {code: rank for code, rank in zip(scale.values, ranks.values) if rank is not None}
            scale.scale = sorted(order, key=order.get)
    return columns


@functools.cache
def codebook(path):
    """The kind of each column by the codebook, and its meaning by the data package, by table."""
    tables = {}
    _, text = path.read_text(encoding="utf-8").split("\n## Tables\n")
    for part in text.split("\n## ")[0].split("\n### ")[1:]:
        name, body = part.split("\n", 1)
        tables[name] = dict(re.findall(r"^\| `(\w+)` \| ([\w ,]+) \|", body, re.M))
    package = json.loads(path.with_name("datapackage.json").read_text(encoding="utf-8"))
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"] if "schema" in resource}
    about = {name: {field["name"]: field["description"] for field in schema["fields"]} for name, schema in schemas.items()}
    return {name: {column: (kind, about[name][column]) for column, kind in kinds.items()} for name, kinds in tables.items() if name in about}


def parsed(kind, cell):
    """The value that a cell of CSV stands for. A list is never missing, only empty."""
    if kind.startswith("list, each "):
        inner = kind.removeprefix("list, each ")
        return [PARSED[inner](item) for item in cell.split("|")] if cell else []
    return PARSED[kind](cell) if cell else None


EPOCH = datetime.date(1970, 1, 1)
DAY = 86_400_000_000_000


def nanoseconds(days):
    """The nanoseconds from 1970 to each day."""
    return [(datetime.date.fromisoformat(day) - EPOCH).days * DAY for day in days]


def wrapped(day):
    """The day that is left where those nanoseconds do not fit into 64 bits."""
    left = (nanoseconds([day])[0] + 2**63) % 2**64 - 2**63
    return (EPOCH + datetime.timedelta(left // DAY)).isoformat()


def guessed(kind, found):
    """What a reader of CSV found, whatever it took it for, as a value of the right kind; the reader's types tell the
    difference. A text is right only with all its signs: the number 7 is not `007`."""
    if isinstance(found, list):
        return found
    cell = found if isinstance(found, str) else "" if found is None else json.dumps(found)
    try:
        return parsed(kind, cell)
    except (KeyError, ValueError):
        return found
