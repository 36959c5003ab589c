"""Builds projects on a cluster of three executors, one of which is killed while it builds a shard.

Run by `.ci/run spark`, in an environment that has the wheel with its extra `spark`. Needs Java 17 or later, and Linux.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "readers"))

import across  # noqa: E402
import eventc.spark  # noqa: E402
from eventc.__main__ import executable  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

SHARDS = 7

# Stands in for eventc on the executors: the first time, it kills the executor that builds shard 3.
KILLER = """#!{python}
import os, sys
from pathlib import Path
if "3/{shards}" in sys.argv:
    killed = Path({marker!r})
    pid = os.getpid()
    while not killed.exists():
        words = Path(f"/proc/{{pid}}/cmdline").read_text()
        if "CoarseGrainedExecutorBackend" in words:
            killed.write_text(str(pid))
            os.kill(pid, 9)
        pid = int(Path(f"/proc/{{pid}}/stat").read_text().rsplit(")", 1)[1].split()[1])
os.execv({program!r}, [{program!r}, *sys.argv[1:]])
"""


def contents(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def eventc_command(folder, *words, status=0):
    done = subprocess.run([executable(), *words], cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def killing(program, marker):
    """Puts the killer in place of the program."""
    hidden = program.with_name("eventc-itself")
    program.rename(hidden)
    program.write_text(KILLER.format(python=sys.executable, shards=SHARDS, marker=str(marker), program=str(hidden)))
    program.chmod(0o755)
    return hidden


def check_merge(spark, folder):
    """Shards from a cluster that loses an executor are merged to the bytes of a plain build."""
    project = folder / "example"
    shutil.copytree(ROOT / "datasets", project / "datasets")
    program, marker = executable(), folder / "killed"
    hidden = killing(program, marker)
    try:
        shards = eventc.spark.build(spark, SHARDS, folder / "shards", project)
    finally:
        hidden.rename(program)
    assert marker.exists(), "no executor was killed"
    assert [(shard.number, shard.status) for shard in shards] == [(number, 0) for number in range(1, SHARDS + 1)]
    eventc_command(project, "build", "--out", "plain")
    eventc_command(project, "build", "--merge", *map(str, sorted((folder / "shards").iterdir())), "--out", "merged")
    plain = contents(project / "plain")
    assert plain and contents(project / "merged") == plain
    print(f"executor {marker.read_text()} was killed; {len(plain)} files of the merge are those of a plain build")


def check_found(spark, folder):
    """The command finds what `eventc check` finds, and ends with its status."""
    project = folder / "made-up"
    across.write(project, 0)
    out = folder / "made-up [shards] {1}"
    status = eventc.spark.main(["--shards", "5", "--out", str(out), "--project", str(project)])
    names = across.rules(executable(), project)
    wanted = across.findings(executable(), project, names, "--no-cache")
    result = folder / "found.csv"
    with open(result, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([eventc.spark.Found._fields, *eventc.spark.found(spark, 5, out)])
    told = across.findings(executable(), project, names, "--from-sql", str(result))
    assert status == 1 and wanted and told == wanted, (status, len(told), len(wanted))
    print(f"{len(told)} findings are those of `eventc check`")


def check_errors(spark, folder):
    """An error in a record is the status of its shard, and no failure of the cluster."""
    project = folder / "example"
    event = project / "datasets" / "iraq-depot-strikes-2019" / "events" / "2019-08-20-balad.yaml"
    event.write_text(event.read_text(encoding="utf-8").replace("date: 2019-08-20", "date: 2019-02-30"), encoding="utf-8")
    shards = eventc.spark.build(spark, SHARDS, folder / "shards", project)
    (wrong,) = (shard for shard in shards if shard.status)
    assert wrong.status == 1 and "invalid-date" in wrong.printed, wrong
    print(f"shard {wrong.number} told of its error")
    arguments = ["--out", str(folder / "fresh"), "--project", str(project)]
    assert eventc.spark.main(["--shards", str(SHARDS), *arguments]) == 1
    try:
        eventc.spark.found(spark, SHARDS, folder / "fresh")
    except FileNotFoundError:
        return
    raise AssertionError("what lacks a shard was taken for all of them")


def main():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local-cluster[3,1,1024]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "3").getOrCreate()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder).resolve()
        check_merge(spark, folder)
        check_found(spark, folder)
        check_errors(spark, folder)


if __name__ == "__main__":
    main()
