"""Runs the documents' code on the built example, reads CSV as one does who is told nothing of it, and reads
the findings of a broken record as a CI service does.

Run after `cargo run --release -- build`, from the root of the repository, with the packages of
requirements.txt. It fails with the first value that differs. Arguments are folders of other builds,
whose weighing is computed again from their claims as that of the example dataset is.
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import junitparser
import pandas
import polars

import across
import agreement
import artefacts
import evidence
import geo
import pages
import projects

ROOT = Path(__file__).resolve().parents[2]
DATASET = ROOT / "dist" / "iraq-depot-strikes-2019"
EVENTC = Path(os.environ.get("EVENTC", ROOT / "target" / "release" / "eventc")).resolve()


def check_csv():
    """Readers that are told nothing but that it is CSV get texts as they were typed, and large numbers whole."""
    with tempfile.TemporaryDirectory() as folder:
        tables = projects.build(EVENTC, Path(folder))
        (built,) = [path for path in tables if path.name == "example"]
        for reader, rows in csv_readers(built / "events.csv"):
            # pandas takes the text `NA` for a missing value unless it is told that only nothing is.
            wanted = {name: text for name, (text, _) in projects.TEXTS.items() if not (text == "NA" and "pandas" in reader)}
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
    blocks = sum(pages.check(language, page) for page in ["README.md", "docs/loading.md"] for language in ["sql", "python"])
    print(f"{blocks} blocks of the documents run")
    check_junit()
    check_csv()
    print(f"{geo.check(EVENTC, ROOT)} points on maps read alike by 5 readers")
    print(f"{across.check(EVENTC, 'DuckDB', across.with_duckdb)} findings across events are alike in DuckDB")
    print(f"{agreement.check(EVENTC)} alphas of made-up records are those of the package krippendorff")
    for folder in [DATASET, *map(Path, sys.argv[1:])]:
        print(f"{artefacts.check(folder.resolve())} rows of {folder.name} are what its datapackage.json says; its sums and citation hold")
        print(f"{evidence.check(folder.resolve())} figures of {folder.name} are what docs/evidence.md computes from its claims")


if __name__ == "__main__":
    main()
