"""Holds what readers say they read against what is written, and the table of docs/loading.md against both.

The first argument is `gate`, `all` or the name of a program in `by/`; others are folders of built
tables to read besides those of projects.py. `readers.txt` names the readers. Each is a program that prints
what it reads as column.py tells. A value that differs fails, and so does a reader that cannot run.
The environment variable EVENTC names the program to build with, and EVENTC_UPDATE=1 writes the table anew.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import expected
import projects

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "loading.md"
EVENTC = Path(os.environ.get("EVENTC", ROOT / "target" / "release" / "eventc")).resolve()

# What readers are known to get wrong, whoever wrote the file: who, what, and how to tell. The page says it
# of each that does, so it is noticed when it ends.
KNOWN = [
    ("R", "a whole number beyond 2⁵³ is rounded", lambda kind, found, wanted: kind == "whole number" and abs(wanted) > 2**53 and found == float(wanted)),
    ("R", "a carriage return in a text becomes a line break", lambda _, found, wanted: json.loads(json.dumps(wanted).replace(r"\r\n", r"\n").replace(r"\r", r"\n")) == found),
    ("R", "a text of digits becomes a number", lambda kind, found, wanted: kind == "text" and wanted.isdigit() and found == str(int(wanted))),
    ("readr", "a text that looks like an instant becomes one", lambda kind, _, wanted: kind == "text" and re.match(r"\d{4}-\d\d-\d\dT", wanted)),
    ("nanoparquet", "days in lists are days since 1970", lambda kind, found, wanted: kind == "list, each day" and found == [day // expected.DAY for day in expected.nanoseconds(wanted)]),
    ("nanoparquet", "whole numbers in lists are others", lambda kind, _, wanted: kind == "list, each whole number"),
    ("fastparquet", "a day before 1678 or after 2261 becomes another", lambda kind, found, wanted: kind == "day" and str(found).startswith(expected.wrapped(wanted))),
    ("fastparquet", "days in lists are nanoseconds since 1970", lambda kind, found, wanted: kind == "list, each day" and found == expected.nanoseconds(wanted)),
]

# Which kinds the page shows together.
SHOWN = {
    "text": ["text"],
    "codes": ["code", "category"],
    "whole numbers": ["whole number"],
    "flags": ["true or false"],
    "days": ["day"],
    "lists of texts": ["list, each text", "list, each code"],
}


class Reading:
    """What one reader makes of the tables."""

    def __init__(self):
        self.name = None
        self.types = {kind: set() for kind in expected.KINDS}
        self.keeps = {"order": True, "descriptions": True}
        self.known = set()
        self.wrong = []
        self.columns = {}
        self.values = 0

    def hear(self, said):
        """Takes a line of the program."""
        if self.name is None:
            self.name = said["reader"]
            return
        names = self.columns.setdefault(said["file"], [])
        names.append(said["column"])
        wanted = expected.table(said["file"])
        if said["column"] in wanted:
            self.compare(said, wanted[said["column"]])

    def compare(self, said, wanted):
        """Holds a column against what is written."""
        self.types[wanted.kind].add(said["type"])
        self.keeps["descriptions"] &= said.get("about") == wanted.about
        if wanted.scale:
            levels = [level for level in said.get("levels", []) if level in wanted.scale]
            self.keeps["order"] &= levels == wanted.scale and said["ordered"]
        self.values += len(wanted.values)
        file = said["file"]
        place = f"{file}, {wanted.name}"
        if len(said["values"]) != len(wanted.values):
            self.wrong.append(f"{place}: {len(said['values'])} rows, where {len(wanted.values)} are written")
            return
        unknown = []
        for row, (found, value) in enumerate(zip(said["values"], wanted.values), start=1):
            if file.endswith(".csv"):
                found = expected.guessed(wanted.kind, found)
            if not same(found, value):
                known = [what for who, what, test in KNOWN if f"{who} " in self.name and value is not None and test(wanted.kind, found, value)]
                self.known.update(known)
                unknown += [] if known else [f"{found!r} in row {row}, where {value!r} is written"]
        if unknown:
            self.wrong.append(f"{place}: {len(unknown)} of {len(wanted.values)} values differ, such as {unknown[0]}")

    def finish(self, files):
        """Finds what the program left out or made up."""
        for file in files:
            if self.columns.get(file) != list(expected.table(file)):
                self.wrong.append(f"{file}: its columns are {self.columns.get(file)}")

    def row(self):
        """The reader's row of the page."""
        types = [f"`{shortened(set().union(*(self.types[kind] for kind in kinds)))}`" for kinds in SHOWN.values()]
        kept = ["yes" if keeps else "no" for keeps in self.keeps.values()]
        return "| " + " | ".join([self.name, *types, *kept, "; ".join(sorted(self.known)) or "none"]) + " |"


def same(found, wanted):
    """Whether two values are equal, and of one kind: 1 is 1.0, but neither true nor the text `1`."""
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(same, found, wanted))
    if type(wanted) is float and type(found) is int:
        found = float(found)  # JavaScript writes 2⁶³ as 9223372036854776000, which is the same double
    found_kind, wanted_kind = (float if type(value) is int else type(value) for value in (found, wanted))
    return found_kind is wanted_kind and found == wanted


def shortened(types):
    """The words of a reader for one kind. One that begins another says nothing more than that."""
    words = sorted(word for word in types if not any(other != word and other.startswith(word) for other in types))
    numbered = [re.fullmatch(r"(\D+)(\d+)", word) for word in words]
    if len(words) > 1 and all(numbered) and len({match[1] for match in numbered}) == 1:
        sizes = sorted(int(match[2]) for match in numbered)
        return f"{numbered[0][1]}{sizes[0]}–{sizes[-1]}"
    return ", ".join(words)


def listed(which):
    """The lines of readers.txt that an argument asks for."""
    lines = (HERE / "readers.txt").read_text(encoding="utf-8").splitlines()
    readers = [line.split() for line in lines if not line.startswith("#")]
    asked = [reader for reader in readers if reader[1] == which or reader[0] in {"all": ["gate", "long"]}.get(which, [which])]
    assert asked, f"readers.txt has no {which}"
    return asked


def command(environment):
    """What starts a program; installs what it needs."""
    if environment == "package.json":
        subprocess.run(["npm", "install", "--silent", "--no-package-lock", "--prefix", HERE], check=True)
        return ["node"]
    if not environment.endswith(".txt"):
        return [environment]
    folder = ROOT / "target" / f"readers-{environment}".removesuffix(".txt").removesuffix("-requirements")
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / environment]
    subprocess.run([python, *install], check=True)
    # Without -P the program `pandas.py` would import itself.
    return [python, "-P"]


def read(program, files, environment):
    """Runs a reader on files."""
    reading = Reading()
    start = [*command(environment), HERE / "by" / program, *files]
    quiet = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT / "python")]), "PYTHONWARNINGS": "ignore"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        with subprocess.Popen(start, cwd=HERE, env=quiet, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8") as running:
            for line in running.stdout:
                reading.hear(json.loads(line))
        if running.returncode:
            errors.seek(0)
            reading.wrong.append(f"status {running.returncode}: {errors.read()[-2000:]}")
    reading.finish(files)
    return reading


def hold_page(rows, is_all):
    """Holds the rows of the page against those of this run."""
    page = PAGE.read_text(encoding="utf-8")
    opening, closing = "<!-- readers -->\n", "<!-- /readers -->\n"
    before, rest = page.split(opening)
    shown, after = rest.split(closing)
    head = ["| " + " | ".join(["reader", *SHOWN, "scales in order", "descriptions", "values that differ"]) + " |"]
    head.append("|---" * (len(SHOWN) + 4) + "|")
    name = lambda row: row.split("|")[1].strip()
    found = {name(row): row for row in rows}
    by_hand = [Path(program).stem for when, program, *_ in listed("by-hand")]
    kept = [row for row in shown.splitlines()[2:] if name(row) not in found and (not is_all or name(row).split()[0] in by_hand)]
    wanted = opening + "".join(f"{row}\n" for row in [*head, *sorted([*found.values(), *kept], key=str.lower)]) + closing
    if os.environ.get("EVENTC_UPDATE"):
        PAGE.write_text(before + wanted + after, encoding="utf-8")
    elif wanted != opening + shown + closing:
        return [f"{PAGE.name} shows other rows, EVENTC_UPDATE=1 writes them anew:\n{wanted}"]
    return []


def main(which, *folders):
    failures, rows = [], []
    with tempfile.TemporaryDirectory() as temporary:
        built = [*projects.build(EVENTC, Path(temporary)), *map(Path, folders)]
        for _, program, pattern, environment in listed(which):
            files = sorted(str(file) for folder in built for file in folder.glob(pattern) if ("_geo" in file.stem) == ("_geo" in pattern))
            try:
                reading = read(program, files, environment)
            except (OSError, ValueError, subprocess.CalledProcessError) as error:
                failures.append(f"{program} ({environment}) did not run: {error}")
                continue
            rows.append(reading.row())
            failures += [f"{program} ({environment}): {what}" for what in reading.wrong]
            print(f"{reading.name}: {reading.values} values of {len(files)} files, {len(reading.wrong)} columns wrong", flush=True)
    if not failures:
        failures = hold_page(rows, which == "all")
    sys.exit("\n".join(failures) or 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
