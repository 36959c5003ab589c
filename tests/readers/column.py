"""How a program in Python says what it read: one line of JSON for each column.

`{"file": …, "column": …, "type": …, "values": […]}`, where `type` is the reader's own word. A day is
the text `2019-08-20`, a missing value null. Where the reader has them, `levels` are the categories in
their order, with `ordered`, and `about` is the description of the column. A first line
`{"reader": "pandas 3.1.1"}` names it.
"""

import datetime
import importlib.metadata
import json
import sys


def reader(*packages, name=""):
    """Names the reader by the packages that it consists of."""
    versions = ", ".join(f"{package} {importlib.metadata.version(package)}" for package in packages)
    print(json.dumps({"reader": f"{name} {versions}".strip()}))


def files():
    """The files to read."""
    return sys.argv[1:]


def column(file, name, type, values, **more):
    """Says what a column holds."""
    said = {"file": file, "column": name, "type": str(type), "values": [plain(value) for value in values], **more}
    print(json.dumps(said, allow_nan=False))


def pandas_columns(file, frame):
    """Says what the columns of a data frame of pandas hold."""
    for name in frame:
        found = frame[name]
        values = [None if missing else value for value, missing in zip(found.tolist(), found.isna())]
        inner = sorted({type(value).__name__ for value in values if value is not None}) if found.dtype == object else []
        more = {"about": frame.attrs.get("columns", {}).get(name)}
        if found.dtype == "category":
            more |= {"levels": found.cat.categories.tolist(), "ordered": found.cat.ordered}
        column(file, name, " of ".join([str(found.dtype), *inner]), values, **more)


def plain(value):
    """A value as JSON has it."""
    if isinstance(value, datetime.datetime):
        # A day that became an instant is still that day, unless it moved.
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy's arrays and scalars
        return plain(value.tolist())
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value
