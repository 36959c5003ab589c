"""Installs eventc as its users do, and runs it: the wheel in fresh environments, and the hooks.

Run by `.ci/run wheel` with the packages of requirements.txt. It fails with the first thing that is not
as users are told. With the argument `versions` it loads the tables by old and new versions of pandas
and polars instead; every Python that versions.txt names must be on the path.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import hooks

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLE = ROOT / "datasets" / "iraq-depot-strikes-2019"
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
NEWEST = ROOT / "tests" / "readers" / "requirements.txt"

# A record on the oldest day, without a claim: most of its columns are missing.
OLDEST = "id: oldest\ndate: 0001-01-01\naction: ASSAULT\ncertainty: unjudged\n"


def run(*command, status=0, env=None, **options):
    """Runs a command, which must end with a status; returns what it printed."""
    command = [str(word) for word in command]
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **(env or {})}
    ended = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", **options)
    printed = ended.stdout + ended.stderr
    assert ended.returncode == status, f"status {ended.returncode} of {' '.join(command)}:\n{printed}"
    return printed


def installed(folder, *packages, python=sys.executable, env=None):
    """A fresh virtual environment with packages; returns the folder of its programs."""
    run(python, "-m", "venv", folder)
    run(folder / PROGRAMS / "python", "-m", "pip", "install", "--quiet", *packages, env=env)
    return folder / PROGRAMS


def package(kind, folder):
    """Builds the wheel or the source distribution."""
    tool = Path(sys.executable).parent / "maturin"
    options = {"wheel": ["build", "--release"], "sdist": ["sdist"]}[kind]
    run(tool, *options, "--out", folder / kind, cwd=ROOT)
    (file,) = (folder / kind).iterdir()
    return file


def built(programs, folder):
    """Builds the example dataset, and one with the oldest day; returns the folders of their tables."""
    shutil.copytree(EXAMPLE, folder / "datasets" / EXAMPLE.name)
    run(programs / "eventc", "check", cwd=folder)
    head = "dataset: oldest\ntitle: The oldest day\nversion: '1'\nlicense: CC0-1.0\n"
    for path, text in {"dataset.yaml": head, "events/oldest.yaml": OLDEST}.items():
        file = folder / "datasets" / "oldest" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    run(programs / "python", "-m", "eventc", "build", cwd=folder)
    return sorted((folder / "dist").iterdir())


def check_command(wheel, folder):
    """The wheel needs nothing else, and `python -m eventc` is its command wherever pip put it."""
    started = time.monotonic()
    programs = installed(folder / "alone", "--no-index", wheel)
    tables = built(programs, folder)
    seconds = time.monotonic() - started
    python, version = programs / "python", run(programs / "eventc", "--version")
    assert run(python, "-m", "eventc", "--version") == version
    run(python, "-m", "eventc", "explain", "no-such-rule", status=2)
    without = run(python, "-c", "import eventc; eventc.load('.')", status=1)
    assert "pip install pandas pyarrow" in without, without

    target = folder / "target"
    run(python, "-m", "pip", "install", "--quiet", "--no-index", "--target", target, wheel)
    run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "eventc")
    assert run(python, "-m", "eventc", "--version", env={"PYTHONPATH": str(target)}) == version
    print(f"{version.strip()} from {wheel.name}: {seconds:.1f} seconds to the first tables")
    return tables


def check_newest(wheel, folder, tables):
    """What the extras bring along loads the tables as they are."""
    programs = installed(folder / "newest", "--constraint", NEWEST, f"eventc[pandas,polars] @ {wheel.as_uri()}")
    for frames in ["pandas", "polars"]:
        print(run(programs / "python", HERE / "load.py", frames, *tables), end="")
    load = "import sys, eventc; eventc.load(sys.argv[1])"
    csv = folder / "csv"
    csv.mkdir()
    shutil.copy(tables[0] / "events.csv", csv)
    for path, hint in [(tables[0].parent, tables[0].name), (folder / "nowhere", "eventc build"), (csv, "as Parquet")]:
        printed = run(programs / "python", "-c", load, path, status=1)
        assert f"FileNotFoundError: no tables in '{path}': " in printed and hint in printed, printed


def check_action(wheel):
    """The GitHub Action installs the wheel, where `bash` runs its steps as a runner does."""
    if os.name == "nt":
        return
    test = ["--test", "suite", "the_action_installs_a_wheel", "--", "--ignored"]
    printed = run("cargo", "test", "--locked", *test, cwd=ROOT, env={"PIP_FIND_LINKS": str(wheel.parent)})
    assert "1 passed" in printed, printed


def check_versions(wheel, folder, tables):
    """Every line of versions.txt: a Python, and what is installed for it."""
    lines = (HERE / "versions.txt").read_text(encoding="utf-8").splitlines()
    for version, *packages in (line.split() for line in lines if not line.startswith("#")):
        python = shutil.which(f"python{version}")
        assert python, f"no python{version} on the path"
        programs = installed(folder / version, "--only-binary", ":all:", *packages, wheel, python=python)
        for frames in ["pandas", "polars"]:
            print(run(programs / "python", HERE / "load.py", frames, *tables), end="")


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        wheel = package("wheel", folder)
        tables = check_command(wheel, folder)
        if sys.argv[1:] == ["versions"]:
            return check_versions(wheel, folder, tables)
        check_newest(wheel, folder, tables)
        check_action(wheel)
        programs = installed(folder / "source", package("sdist", folder), env=hooks.UNOPTIMIZED)
        run(programs / "eventc", "--version")
        hooks.check(run, folder)


if __name__ == "__main__":
    main()
