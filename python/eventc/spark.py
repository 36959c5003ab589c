"""Builds a project on a Spark cluster: its shards as tasks, and what compares their events as SQL.

    python -m eventc.spark --shards 64 --out /shared/shards

In a program that has a session: `eventc.spark.build(spark, 64, "/shared/shards", project)`, then `found`.
docs/scale.md tells what shards are.
"""

from __future__ import annotations

import argparse
import csv
import functools
import io
import os
import re
import subprocess
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Iterable, Iterator, NamedTuple

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

__all__ = ["TABLES", "Found", "Shard", "build", "found"]

#: The tables by which the records of all shards are compared.
TABLES = ["keys", "links", "ids", "blocks", "traits", "entries", "names"]


class Shard(NamedTuple):
    """A shard that a task built, or could not build because of errors in its records."""

    number: int
    status: int
    """The exit status of eventc: 0, or 1 for errors in records."""
    printed: str
    """What eventc printed."""


class Found(NamedTuple):
    """What a rule that compares events found."""

    rule: str
    event: str | None
    file: str
    line: int


def build(
    spark: SparkSession, shards: int, out: str | os.PathLike[str], project: str | os.PathLike[str] = ".", options: Iterable[str] = ()
) -> list[Shard]:
    """Builds each shard of a project to `out/<number>`, as a task of its own.

    Both folders must be at the same path on every executor, and eventc installed there. A task that is
    lost is run again: a shard is put in place whole, or not at all. `options` go to `eventc build`.
    """
    # Not resolved: a link may lead elsewhere on another machine.
    task = functools.partial(_task, shards, os.path.abspath(out), os.path.abspath(project), list(options))
    numbers = spark.range(1, shards + 1, numPartitions=shards)
    rows = numbers.mapInArrow(task, "number int, status int, printed string").collect()
    return sorted(Shard(*row) for row in rows)


def found(spark: SparkSession, shards: int, out: str | os.PathLike[str]) -> list[Found]:
    """What the rules that compare events find in all shards: `eventc check --from-sql` prints such rows.

    All shards must have been built. Makes temporary views of the names of TABLES, and drops them.
    """
    folder, rows = Path(os.path.abspath(out)), []
    built = [sorted(file.parent.name for file in folder.glob(f"{number}/*/manifest.json")) for number in range(1, shards + 1)]
    if not all(built) or any(datasets != built[0] for datasets in built):
        raise FileNotFoundError(f"{str(folder)!r} does not have all {shards} shards of the same datasets")
    query = _eventc("schema", "sql", check=True).stdout
    try:
        for dataset in built[0]:
            for table in TABLES:
                files = (_address(folder / str(number) / dataset / f"{table}.parquet") for number in range(1, shards + 1))
                spark.read.parquet(*files).createOrReplaceTempView(table)
            rows += spark.sql(query).collect()
    finally:
        for table in TABLES:
            spark.catalog.dropTempView(table)
    return [Found(*row) for row in rows]


def _address(file: Path) -> str:
    """The address of one file, in which Spark takes nothing for a pattern."""
    return "file://" + re.sub(r"([\\\[\]{}*?])", r"\\\1", str(file))


def _eventc(*words: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eventc", *words]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", errors="replace", **options)


def _task(shards: int, out: str, project: str, options: list[str], batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """Builds the shards whose numbers a task is given."""
    import pyarrow
    from pyspark import TaskContext

    # An executor may share its machine with others.
    context = TaskContext.get()
    threads = str(context.cpus() if context else 1)
    schema = pyarrow.schema([("number", "int32"), ("status", "int32"), ("printed", "string")])
    for batch in batches:
        built = []
        for number in batch.column(0).to_pylist():
            words = ["build", "--shard", f"{number}/{shards}", "--out", f"{out}/{number}", *options]
            ended = _eventc(*words, cwd=project, stderr=subprocess.STDOUT, env={**os.environ, "RAYON_NUM_THREADS": threads})
            if ended.returncode not in (0, 1):
                raise RuntimeError(f"status {ended.returncode} of shard {number}/{shards}:\n{ended.stdout}")
            built.append({"number": number, "status": ended.returncode, "printed": ended.stdout})
        yield pyarrow.RecordBatch.from_pylist(built, schema=schema)


def _number(text: str) -> int:
    """A number of shards."""
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def main(arguments: list[str] | None = None) -> int:
    """The command: returns the exit status of eventc, or 2 for a failure of the cluster."""
    parser = argparse.ArgumentParser("python -m eventc.spark", description="Build a project on a Spark cluster.")
    parser.add_argument("--shards", type=_number, required=True, help="how many; a few for each core of the cluster")
    parser.add_argument("--out", required=True, help="folder for the shards, which every executor sees")
    parser.add_argument("--project", default=".", help="folder of the project, which every executor sees")
    parser.add_argument("--with-restricted", action="store_true", help="keep what is restricted")
    chosen = parser.parse_args(arguments)

    from pyspark.sql import SparkSession

    options = ["--with-restricted"] if chosen.with_restricted else []
    try:
        spark = SparkSession.builder.appName("eventc").getOrCreate()
        return _run(spark, chosen.shards, chosen.out, chosen.project, options)
    except Exception:
        traceback.print_exc()
        return 2


def _run(spark: SparkSession, number: int, out: str, project: str, options: list[str]) -> int:
    """Builds the shards and checks them together; prints what is wrong."""
    wrong = [shard for shard in build(spark, number, out, project, options) if shard.status]
    print(*(shard.printed for shard in wrong), sep="", end="")
    if wrong:
        return 1
    rows = io.StringIO()
    csv.writer(rows).writerows([Found._fields, *found(spark, number, out)])
    checked = _eventc("check", "--from-sql", "-", cwd=project, input=rows.getvalue())
    print(checked.stdout, end="")
    return checked.returncode


if __name__ == "__main__":
    sys.exit(main())
