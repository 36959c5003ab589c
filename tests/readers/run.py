"""Opens every built table in the readers that data scientists use, and runs the documents' code;
reads the findings of a broken record as a CI service does.

Run after `cargo run --release -- build`, from the root of the repository, with the packages of
requirements.txt. It fails with the first value that differs. Arguments are folders of other builds,
whose weighing is computed again from their claims as that of the example dataset is.
"""

import contextlib
import csv
import datetime
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import junitparser
import pandas
import polars
import pyarrow.parquet

import agreement
import evidence
from spelling import spelled

ROOT = Path(__file__).resolve().parents[2]
DATASET = ROOT / "dist" / "iraq-depot-strikes-2019"
EVENTC = ROOT / "target" / "release" / "eventc"

sys.path.append(str(ROOT / "python"))  # the documents import eventc


def rows_of_readers(path):
    """The rows of a Parquet file as each reader sees them."""
    yield "pyarrow", pyarrow.parquet.read_table(path).to_pylist()
    yield "pandas", pandas.read_parquet(path).to_dict("records")
    yield "polars", polars.read_parquet(path).to_dicts()
    relation = duckdb.sql(f"select * from '{path}'")
    yield "duckdb", [dict(zip(relation.columns, row)) for row in relation.fetchall()]


def check_table(path):
    with open(path.with_suffix(".csv"), encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    for reader, rows in rows_of_readers(path):
        assert len(rows) == len(expected), f"{path.name} in {reader}: {len(rows)} rows, {len(expected)} in CSV"
        for number, (row, wanted) in enumerate(zip(rows, expected), start=1):
            assert list(row) == list(wanted), f"{path.name} in {reader}: other columns"
            for column, value in row.items():
                found = spelled(value)
                assert found == wanted[column], f"{path.name} in {reader}, row {number}, {column}: {found!r} is not {wanted[column]!r}"
    return len(expected)


def check_types():
    """What metadata must give: nullable integers and flags in pandas, descriptions, categories."""
    events = pandas.read_parquet(DATASET / "events.parquet")
    assert str(events.dtypes["injuries_low"]) == "Int64", events.dtypes["injuries_low"]
    assert str(events.dtypes["responsibility_claimed"]) == "boolean"
    assert str(events.dtypes["certainty"]) == "category" and not events["certainty"].cat.ordered
    assert events.attrs["columns"]["certainty_rank"].startswith("Rank of `certainty`")
    schema = dict(duckdb.sql(f"select column_name, column_type from (describe select * from '{DATASET}/events.parquet')").fetchall())
    assert schema["date_start"] == "DATE" and schema["latitude"] == "DOUBLE" and schema["partner"] == "VARCHAR[]"


def check_pages():
    """Runs the code that the README and the page about tables show; returns how many blocks."""
    duckdb.sql(f"set file_search_path = '{ROOT}'")
    blocks = 0
    for page in ["README.md", "docs/tables.md"]:
        text = (ROOT / page).read_text(encoding="utf-8")
        for query, shown in re.findall(r"```sql\n(.*?)```\n+```text\n(.*?)```", text, re.S):
            found = str(duckdb.sql(query)).rstrip("\n")
            assert found == shown.rstrip("\n"), f"{page}: the query gives\n{found}"
            blocks += 1
        for code in re.findall(r"```python\n(.*?)```", text, re.S):
            with contextlib.chdir(ROOT):
                exec(code, {"pandas": pandas, "polars": polars, "datetime": datetime})
            blocks += 1
    return blocks


FIELDS = """
  remarks: {type: text, doc: A text.}
  signs: {type: text, list: true, doc: Texts.}
  waves: {type: integer, list: true, doc: Whole numbers.}
  weights: {type: number, list: true, doc: Numbers.}
  flags: {type: boolean, list: true, doc: Flags.}
  days: {type: date, list: true, doc: Dates.}
  found: {type: date, doc: A date.}
  seen: {type: datetime, doc: A day and a time.}
  page: {type: url, doc: An address.}
  serial: {type: integer, doc: A whole number.}
  shells: {type: range, doc: A count.}
"""

EVENT = """id: {id}
date: 2019-08-20
action: ASSAULT
certainty: unjudged
remarks: {remarks}
signs: [" a ", "b, c", "d\\ne"]
waves: [1, 20]
weights: [1.5, -2]
flags: [true, false]
days: [2019-08-20, 2019-09]
found: 2019-08
seen: 2019-08-20T23:45:30+03:00
page: https://example.org/?a=1
serial: -9007199254740993
shells: 9007199254740993..9223372036854775807
"""

TEXTS = {
    "a": ("One.\n\nTwo.", '"One.\\n\\nTwo."'),
    "b": (" (2) 25 km Precision ", '" (2) 25 km Precision "'),
    "c": ('a\r\nb\rc "d", e | f\t', '"a\\r\\nb\\rc \\"d\\", e | f\\t"'),
    "d": ("one\n  two\n\nthree", "|\n  one\n    two\n\n  three"),
    "e": ("#2 =1+1", '"#2 =1+1"'),
}


def check_texts_and_lists():
    """Texts arrive as typed in CSV and Parquet, and lists keep their type in Parquet."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([EVENTC, "--quiet", "init"], cwd=folder, check=True)
        codebook = Path(folder, "schema/codebook.yaml")
        text = codebook.read_text(encoding="utf-8")
        codebook.write_text(text.replace("\npolicy:", f"{FIELDS}\npolicy:"), encoding="utf-8")
        for name, (_, written) in TEXTS.items():
            event = EVENT.format(id=name, remarks=written)
            Path(folder, f"datasets/example/events/{name}.yaml").write_text(event, encoding="utf-8")
        subprocess.run([EVENTC, "--quiet", "build"], cwd=folder, check=True, capture_output=True)
        built = Path(folder, "dist/example")
        for path in sorted(built.glob("*.parquet")):
            check_table(path)
        events = built / "events"
        schema = {field.name: str(field.type) for field in pyarrow.parquet.read_schema(f"{events}.parquet")}
        lists = {"signs": "string", "waves": "int64", "weights": "double", "flags": "bool", "days": "string"}
        assert {name: schema[name] for name in lists} == {name: f"list<element: {of}>" for name, of in lists.items()}, schema
        assert schema["days_start"] == "list<element: date32[day]>" and schema["found_end"] == "date32[day]", schema
        day = datetime.date
        large = duckdb.sql(f"select serial, shells_low, shells_best, shells_high, seen_date from '{events}.parquet' where event_id = 'a'").fetchall()[0]
        assert large == (-9007199254740993, 9007199254740993, None, 9223372036854775807, day(2019, 8, 20)), large
        row = duckdb.sql(f"select waves, weights, flags, days, days_start, days_end, found_start from '{events}.parquet' where event_id = 'a'").fetchall()[0]
        starts, ends = [day(2019, 8, 20), day(2019, 9, 1)], [day(2019, 8, 20), day(2019, 9, 30)]
        assert row == ([1, 20], [1.5, -2.0], [True, False], ["2019-08-20", "2019-09"], starts, ends, day(2019, 8, 1)), row
        wanted = {name: text for name, (text, _) in TEXTS.items()}
        for reader, rows in csv_readers(f"{events}.csv"):
            found = {row["event_id"]: row["remarks"] for row in rows if row["event_id"] in wanted}
            assert found == wanted, f"{reader} reads {found}"
            # pandas reads a column with an empty cell as decimal numbers unless it is told its type.
            whole = [int(row["serial"]) for row in rows if row["event_id"] == "a" and reader != "pandas"]
            assert whole in ([], [-9007199254740993]), f"{reader} reads {whole}"


def csv_readers(path):
    """The rows of a CSV file as each reader sees them, with nothing told but that it is CSV."""
    with open(path, encoding="utf-8", newline="") as file:
        yield "csv", list(csv.DictReader(file))
    yield "pandas", pandas.read_csv(path).to_dict("records")
    yield "pandas with pyarrow", pandas.read_csv(path, engine="pyarrow", dtype_backend="numpy_nullable").to_dict("records")
    yield "polars", polars.read_csv(path).to_dicts()
    relation = duckdb.sql(f"select * from read_csv('{path}')")
    yield "duckdb", [dict(zip(relation.columns, row)) for row in relation.fetchall()]


def check_junit():
    """Every file is a suite; a rule that finds an error fails, and its text holds XML's own signs."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([EVENTC, "--quiet", "init"], cwd=folder, check=True)
        path = "datasets/example/events/broken.yaml"
        Path(folder, path).write_text("id: broken\ndate: '<2019> & ]]>'\naction: UNK\ncertainty: possible\n")
        found = subprocess.run([EVENTC, "check", "--format", "junit"], cwd=folder, capture_output=True)
    assert found.returncode == 1, found.stderr
    report = junitparser.JUnitXml.fromstring(found.stdout)
    suites = {suite.name: suite for suite in report}
    assert (report.failures, len(suites)) == (1, 7), report
    assert suites["schema/codebook.yaml"].failures == 0
    failed = [case for case in suites[path] if not case.is_passed]
    assert [case.name for case in failed] == ["invalid-date"], failed
    assert "`<2019> & ]]>`" in failed[0].result[0].text


def main():
    tables = sorted(DATASET.glob("*.parquet"))
    assert len(tables) >= 8, f"only {len(tables)} tables in {DATASET}"
    cells = sum(check_table(path) for path in tables)
    check_types()
    blocks = check_pages()
    check_junit()
    check_texts_and_lists()
    print(f"{len(tables)} tables with {cells} rows read alike by 4 readers; {blocks} blocks of the documents run")
    print(f"{agreement.check(EVENTC)} alphas of made-up records are those of the package krippendorff")
    for folder in [DATASET, *map(Path, sys.argv[1:])]:
        print(f"{evidence.check(folder.resolve())} figures of {folder.name} are what docs/evidence.md computes from its claims")


if __name__ == "__main__":
    main()
