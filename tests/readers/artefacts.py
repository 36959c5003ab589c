"""Validates what stands beside the tables of a build, each file with its own tool.

Run with folders of builds, or call `check` with one. Needs the packages of requirements.txt; those of
requirements-citation.txt cannot stand beside them, and get an environment of their own.
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

from frictionless import Package, system

ROOT = Path(__file__).resolve().parents[2]
CITATION_TOOLS = ROOT / "target" / "readers-citation"


def check(folder):
    """Validates a build; returns how many rows were held against the schema of their table."""
    check_sums(folder)
    rows = check_package(folder)
    check_citation(folder)
    return rows


def check_sums(folder):
    """Every file but the list itself has its line, and its bytes are those of the line."""
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    summed = dict(reversed(line.split("  ", 1)) for line in lines)
    files = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert set(summed) == files and list(summed) == sorted(summed), f"{folder}: {files ^ set(summed)}"
    for name, digest in summed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def check_package(folder):
    """Every CSV file holds what its schema says: types, codes, keys and keys of other tables."""
    with system.use_context(trusted=True):
        package = Package(str(folder / "datapackage.json"))
        report = package.validate()
    faults = report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.valid, "\n".join(map(str, faults[:20]))
    tables = [resource for resource in package.resources if resource.type == "table"]
    assert len(tables) >= 10, tables
    return sum(task.stats.get("rows", 0) for task in report.tasks if task.type == "table")


def check_citation(folder):
    """`CITATION.cff` is valid, and becomes a reference that names the dataset."""
    python = CITATION_TOOLS / "bin" / "python"
    if not python.exists():
        venv.create(CITATION_TOOLS, with_pip=True)
        packages = ["install", "--quiet", "--disable-pip-version-check", "-r", str(ROOT / "tests/readers/requirements-citation.txt")]
        subprocess.run([python, "-m", "pip", *packages], check=True)
    tool = [CITATION_TOOLS / "bin" / "cffconvert", "-i", folder / "CITATION.cff"]
    validated = subprocess.run([*tool, "--validate"], capture_output=True, text=True)
    assert validated.returncode == 0, validated.stdout + validated.stderr
    reference = subprocess.run([*tool, "-f", "bibtex"], capture_output=True, text=True, check=True).stdout
    assert "title = {" in reference and "author = {" in reference, reference


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        built = Path(argument).resolve()
        print(f"{check(built)} rows of {built.name} are what datapackage.json says; sums and citation hold")
