"""The projects whose tables are read: the example, and some that are odd in one way."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = "iraq-depot-strikes-2019"

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
signs: [" a ", "b, c", "d\\ne", "007", "NA"]
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

# Texts as they must arrive, and as a record writes them.
TEXTS = {
    "a": ("One.\n\nTwo.", '"One.\\n\\nTwo."'),
    "b": (" (2) 25 km Precision ", '" (2) 25 km Precision "'),
    "c": ('a\r\nb\rc "d", e | f\t', '"a\\r\\nb\\rc \\"d\\", e | f\\t"'),
    "d": ("one\n  two\n\nthree", "|\n  one\n    two\n\n  three"),
    "e": ("#2 =1+1", '"#2 =1+1"'),
    "f": ("NA", "NA"),
    "g": ("007", '"007"'),
    "h": ("\\ 'حمص' \U0001f4a5 \\n", "\"\\\\ 'حمص' \U0001f4a5 \\\\n\""),
}

BARE = "id: oldest\ndate: 0001-01-01\naction: ASSAULT\ncertainty: unjudged\n"


def build(eventc, folder):
    """Builds every project; returns the folders of their tables."""
    built = []
    for write in [example, minimal, bare, texts]:
        project = folder / write.__name__
        project.mkdir()
        write(eventc, project)
        subprocess.run([eventc, "--quiet", "build"], cwd=project, check=True, capture_output=True)
        built += (project / "dist").iterdir()
    return built


def example(_, project):
    shutil.copytree(ROOT / "datasets" / EXAMPLE, project / "datasets" / EXAMPLE)


def minimal(eventc, project):
    """No policy, no registries: most tables have no row."""
    subprocess.run([eventc, "--quiet", "init", "--minimal"], cwd=project, check=True)


def bare(_, project):
    """One event on the oldest day, and nothing else."""
    folder = project / "datasets" / "bare"
    (folder / "events").mkdir(parents=True)
    (folder / "dataset.yaml").write_text("dataset: bare\ntitle: Bare\nversion: '1'\nlicense: CC0-1.0\n", encoding="utf-8")
    (folder / "events" / "oldest.yaml").write_text(BARE, encoding="utf-8")


def texts(eventc, project):
    """Fields of every type; texts that a reader could take for something else."""
    subprocess.run([eventc, "--quiet", "init"], cwd=project, check=True)
    codebook = project / "schema" / "codebook.yaml"
    text = codebook.read_text(encoding="utf-8")
    codebook.write_text(text.replace("\npolicy:", f"{FIELDS}\npolicy:"), encoding="utf-8")
    for name, (_, written) in TEXTS.items():
        event = EVENT.format(id=name, remarks=written)
        (project / "datasets" / "example" / "events" / f"{name}.yaml").write_text(event, encoding="utf-8")
