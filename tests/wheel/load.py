"""Loads built tables by the installed module, and compares them with their CSV.

Arguments are a library (`pandas` or `polars`) and folders of built datasets. It fails with the first
value that differs, and prints the versions that it ran with.
"""

import csv
import datetime
import importlib
import sys
from pathlib import Path

import eventc
import pyarrow
from spelling import spelled


def rows(frame):
    return frame.to_dict("records") if hasattr(frame, "attrs") else frame.to_dicts()


def compare(tables, folder):
    """Every cell with that of the CSV file; returns how many there were."""
    files = sorted(folder.glob("*.csv"))
    assert [file.stem for file in files] == sorted(tables), f"{sorted(tables)} of {files}"
    cells = 0
    for file in files:
        with open(file, encoding="utf-8", newline="") as text:
            expected = list(csv.DictReader(text))
        found = rows(tables[file.stem])
        assert len(found) == len(expected), f"{file.name}: {len(found)} rows, {len(expected)} in CSV"
        for number, (row, wanted) in enumerate(zip(found, expected), start=1):
            row = {column: spelled(value) for column, value in row.items()}
            assert row == wanted, f"{file.name}, row {number}: {row.items() ^ wanted.items()}"
            cells += len(row)
    return cells


def check_pandas(tables, folder):
    """Types, order and descriptions in pandas."""
    import pandas

    events = tables["events"]
    assert events["certainty"].cat.ordered
    assert str(events["injuries_low"].dtype) == "Int64" and str(events["responsibility_claimed"].dtype) == "boolean"
    assert str(tables["claims"]["stance"].dtype) == "category" and not tables["claims"]["stance"].cat.ordered
    assert events.attrs["columns"] == eventc.descriptions(folder)["events"]
    is_old = pandas.__version__.startswith("1.")
    if is_old and spelled(events["date_start"].dropna().min()) < "1678":
        assert type(events["date_start"].dropna().iloc[0]) is datetime.date
    else:
        assert str(events["date_start"].dtype).startswith("datetime64["), events["date_start"].dtype
        assert (events["date_start"].dropna().dt.year >= 1).all()
    return events[events.certainty >= "probable"], events[events.date_precision >= "month"]


def check_polars(tables, folder):
    """Types and order in polars, and descriptions beside them."""
    import polars

    events = tables["events"]
    schema = dict(zip(events.columns, events.dtypes))
    assert schema["certainty"] == polars.Enum and schema["date_start"] == polars.Date
    assert schema["injuries_low"] == polars.Int64 and schema["responsibility_claimed"] == polars.Boolean
    assert tables["claims"]["stance"].dtype == polars.Categorical
    assert eventc.descriptions(folder)["events"].keys() == schema.keys()
    return (
        events.filter(polars.col("certainty") >= "probable"),
        events.filter(polars.col("date_precision") >= "month"),
    )


def check_scales(tables, sure, exact):
    """The order of a scale is that of its ranks."""
    events = rows(tables["events"])
    assert ids(rows(sure)) == ids(row for row in events if spelled(row["certainty_rank"]) in ("4", "5")), sure
    assert ids(rows(exact)) == ids(row for row in events if row["date_precision"] in ("day", "month")), exact


def ids(events):
    return [event["event_id"] for event in events]


def main(frames, folders):
    for folder in map(Path, folders):
        tables = eventc.load(folder, frames=frames)
        cells = compare(tables, folder)
        check_scales(tables, *{"pandas": check_pandas, "polars": check_polars}[frames](tables, folder))
        library = importlib.import_module(frames)
        python = ".".join(map(str, sys.version_info[:2]))
        print(f"{folder.name}: {cells} cells alike in {frames} {library.__version__}, pyarrow {pyarrow.__version__}, Python {python}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
