"""Whole processes, against what they cannot be faster than and what people would use instead.

    python3 -m venv target/whole && target/whole/bin/pip install -r benches/whole/requirements.txt
    target/whole/bin/python benches/whole/run.py                   every measure
    target/whole/bin/python benches/whole/run.py check-files ...   some
    EVENTC_RECORDS=10000 target/whole/bin/python benches/whole/run.py

Builds eventc, the floors and the made-up projects first. Each measure is the median of its rounds; the
two sides of a ratio take turns within a round. Run it on a quiet machine. docs/performance.md says
what each measure is and what it came to.
"""

import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "whole-projects"
EVENTC = ROOT / "target" / "release" / "eventc"
RECORDS = int(os.environ.get("EVENTC_RECORDS", 100_000))
MILLION = 10 * RECORDS
ROUNDS = 5


def cargo(*words):
    subprocess.run(["cargo", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def timed(command, folder):
    """Seconds and MiB of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def project(name, records, per_file=1):
    """A made-up project, in a repository of its own."""
    folder = WORK / f"{name}-{records}"
    if not (folder / ".git").exists():
        shutil.rmtree(folder, ignore_errors=True)
        words = [str(records), "--per-file", str(per_file), "--write", str(folder)]
        cargo("bench", "--features", "internals", "--bench", "stages", "--", *words)
        (folder / ".gitignore").write_text("/dist/\n/by-hand/\n")
        git = ["git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x@example.org"]
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "made up"]):
            subprocess.run([*git, *words], check=True)
    return folder


def files(records=RECORDS):
    return project("files", records)


def streams(records=RECORDS):
    return project("streams", records, 1000)


def one_file(records=RECORDS):
    return project("one-file", records, records)


def floor(kind, folder):
    releases = [str(folder / "dist" / "corpus-01")] if kind == "building" else []
    words = ["bench", "--features", "internals", "--bench", "floors", "--", kind, str(folder)]
    printed = subprocess.run(
        ["cargo", *words, *releases], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return float(printed.stdout.split()[-1])


def eventc(*words):
    return lambda folder: timed([EVENTC, "--quiet", *words], folder)[0]


CHECK = eventc("check", "--no-cache")
BUILD = eventc("build", "--no-cache")


def medians(rounds, *sides):
    """Takes turns, and returns the median of each side."""
    taken = [[side() for side in sides] for _ in range(rounds)]
    return [statistics.median(of_side) for of_side in zip(*taken)]


def ratio(name, target, one, other, rounds=ROUNDS):
    one, other = medians(rounds, one, other)
    verdict = "" if one / other <= target else "  MISSED"
    print(f"{name:<24} {one:9.3f} s ÷ {other:7.3f} s = {one / other:6.2f}  (≤ {target}){verdict}")


def most(name, value, unit, target, digits=0):
    verdict = "" if value <= target else "  MISSED"
    print(f"{name:<24} {value:9.{digits}f} {unit}  (≤ {target}){verdict}")


def cold_check(name, folder):
    ratio(name, 1.5, lambda: CHECK(folder), lambda: floor("reading", folder))


def cold_build(name, folder):
    BUILD(folder)
    ratio(name, 1.3, lambda: BUILD(folder), lambda: floor("building", folder), rounds=3)


def git_status(folder):
    return timed(["git", "status", "--short"], folder)[0]


def unchanged(name, folder, *words):
    warm = eventc(*words)
    # The first fills the cache, the second finds that nothing has touched the files for a while.
    warm(folder), time.sleep(3), warm(folder)
    ratio(name, 2, lambda: warm(folder), lambda: git_status(folder))


def one_changed(name, folder):
    record = sorted((folder / "datasets/corpus-01/events").rglob("*.yaml"))[RECORDS // 2]
    warm, text = eventc("check"), record.read_text()
    warm(folder), time.sleep(3), warm(folder)
    number = iter(range(10**6))

    def changed():
        record.write_text(text + f"# {next(number)}\n")
        return warm(folder)

    ratio(name, 3, changed, lambda: git_status(folder))
    record.write_text(text)


def memory():
    peaks = []
    for records, target in ((RECORDS, 200), (MILLION, 400)):
        peak = timed([EVENTC, "--quiet", "build", "--no-cache"], streams(records))[1]
        most(f"memory-{records}", peak, "MiB", target)
        peaks.append(peak)
    growth = (peaks[1] - peaks[0]) * 2**20 / (MILLION - RECORDS)
    most("memory-growth", growth, "bytes a record", 100)


def growth():
    few, many = (medians(3, lambda: BUILD(streams(n)))[0] for n in (RECORDS // 10, MILLION))
    exponent = math.log(many / few) / math.log(MILLION / (RECORDS // 10))
    most("growth", exponent, f"(exponent: {few:.2f} s to {many:.2f} s)", 1.05, 3)


def one_event():
    example = project("files", 1)
    most("one-event", 1000 * medians(21, lambda: CHECK(example))[0], "ms", 20, 1)


def by_hand(records):
    folder = files(records)
    script = ROOT / "benches/whole/by_hand.py"
    out = folder / "by-hand"
    out.mkdir(exist_ok=True)
    build = eventc("build", "--no-cache", "--emit", "csv,parquet")
    build(folder)
    script, ours, least = medians(
        3,
        lambda: timed([sys.executable, script, folder, out], folder)[0],
        lambda: build(folder),
        lambda: floor("building", folder),
    )
    allowed = max(script / 30, 1.3 * least)
    verdict = "" if ours <= allowed else "  MISSED"
    print(
        f"{f'by-hand-{records}':<24} {script:9.3f} s ÷ {ours:7.3f} s = {script / ours:6.2f}"
        f"  (≥ 30, or at most {1.3 * least:.3f} s){verdict}"
    )


def bytes_of_events():
    import pyarrow.parquet as pq

    folder = files()
    BUILD(folder)
    ours = folder / "dist/corpus-01/events.parquet"
    theirs = WORK / "events.parquet"
    table = pq.read_table(ours)
    pq.write_table(table, theirs, compression="zstd", compression_level=9)
    quotient = ours.stat().st_size / theirs.stat().st_size
    most("bytes-of-events", quotient, "of pyarrow's", 1.0, 3)


MEASURES = {
    "check-files": lambda: cold_check("check-files", files()),
    "check-streams": lambda: cold_check("check-streams", streams()),
    "check-one-file": lambda: cold_check("check-one-file", one_file()),
    "build-files": lambda: cold_build("build-files", files()),
    "build-streams": lambda: cold_build("build-streams", streams()),
    "build-one-file": lambda: cold_build("build-one-file", one_file()),
    "check-unchanged": lambda: unchanged("check-unchanged", files(), "check"),
    "build-unchanged": lambda: unchanged("build-unchanged", files(), "build"),
    "check-one-changed": lambda: one_changed("check-one-changed", files()),
    "memory": memory,
    "growth": growth,
    "one-event": one_event,
    "by-hand-tenth": lambda: by_hand(RECORDS // 10),
    "by-hand": lambda: by_hand(RECORDS),
    "bytes-of-events": bytes_of_events,
}


def main():
    wanted = sys.argv[1:] or list(MEASURES)
    cargo("build", "--release")
    cargo("bench", "--features", "internals", "--no-run", "--bench", "stages", "--bench", "floors")
    for name in wanted:
        MEASURES[name]()
        sys.stdout.flush()


main()
