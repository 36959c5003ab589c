"""Runs the hooks of .pre-commit-hooks.yaml as a contributor meets them: in commits."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRE_COMMIT = Path(sys.executable).parent / "pre-commit"

# What is installed from source compiles without optimizing, beside what is compiled already.
UNOPTIMIZED = {
    "CARGO_TARGET_DIR": str(ROOT / "target"),
    "CARGO_INCREMENTAL": "0",
    "MATURIN_PEP517_ARGS": "--profile dev",
}

CONFIG = """\
repos:
  - repo: {repository}
    rev: {commit}
    hooks: [{{id: eventc-check}}, {{id: eventc-schema}}]
"""
DATASET = "dataset: example\ntitle: An example\nversion: '1'\nlicense: CC0-1.0\n"
RECORD = "id: {id}\ndate: 2019-08-20\naction: {action}\ncertainty: unjudged\n"
FIELD = "\n  mood: {type: text, doc: A mood.}\n"


class Repository:
    """A repository of a contributor, in which each step is a commit or is refused one."""

    def __init__(self, run, folder):
        who = {f"GIT_{role}_{what}": "test@example.org" for role in ["AUTHOR", "COMMITTER"] for what in ["NAME", "EMAIL"]}
        git = {**who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        self.folder = folder / "repository"
        self.folder.mkdir()
        options = {"cwd": self.folder, "env": {**UNOPTIMIZED, **git, "PRE_COMMIT_HOME": str(folder / "pre-commit")}}
        self.run = lambda *command, status=0: run(*command, status=status, **options)
        self.run("git", "init", "--quiet")

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def record(self, name, action="ASSAULT", more=""):
        self.write(f"datasets/example/events/{name}.yaml", RECORD.format(id=name, action=action) + more)

    def commit(self, status=0, *options):
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--quiet", "--message", "A step", *options, status=status)

    def undo(self):
        self.run("git", "reset", "--quiet", "--hard")


def check_tried(repository):
    """`pre-commit try-repo` on what is not committed yet, before there is any commit."""
    repository.write("datasets/example/dataset.yaml", DATASET)
    repository.record("bad", action="ASSUALT")
    repository.run("git", "add", "--all")
    printed = repository.run(PRE_COMMIT, "try-repo", ROOT, "eventc-check", status=1)
    assert "error[unknown-code]" in printed and "there is no commit yet" in printed, printed
    repository.run("git", "rm", "--quiet", "--force", "datasets/example/events/bad.yaml")


def check_records(repository):
    """A commit is refused for what it breaks, and for nothing else."""
    repository.record("good")
    repository.commit()
    repository.record("bad", action="ASSUALT")
    printed = repository.commit(1)
    assert "error[unknown-code]" in printed and "ASSAULT" in printed, printed
    repository.commit(0, "--no-verify")
    repository.write("README.md", "Words.\n")
    repository.commit()

    repository.record("later", more="related:\n  - {event: good, as: follows}\n")
    repository.commit()
    (repository.folder / "datasets/example/events/good.yaml").unlink()
    printed = repository.commit(1)
    assert "removed-id" in printed, printed
    repository.undo()


def check_schemas(repository):
    """Schemas for editors follow the codebook; the commit that changes it has to bring them."""
    codebook = (ROOT / "schema/codebook.yaml").read_text(encoding="utf-8")
    event = repository.folder / "schema/json/event.json"
    repository.write("schema/codebook.yaml", codebook)
    repository.commit()
    assert not event.exists(), "a project without schemas gets none"
    repository.write("schema/json/event.json", "{}\n")
    repository.commit(1)
    repository.commit()
    assert '"mood"' not in event.read_text(encoding="utf-8")
    repository.write("schema/codebook.yaml", codebook.replace("\npolicy:", f"{FIELD}\npolicy:"))
    printed = repository.commit(1)
    assert "files were modified by this hook" in printed, printed
    assert '"mood"' in event.read_text(encoding="utf-8")
    repository.commit()


def check(run, folder):
    repository = Repository(run, folder)
    check_tried(repository)
    commit = run("git", "rev-parse", "HEAD", cwd=ROOT).strip()
    repository.write(".pre-commit-config.yaml", CONFIG.format(repository=ROOT.as_uri(), commit=commit))
    repository.run(PRE_COMMIT, "install")
    check_records(repository)
    check_schemas(repository)
    print("both hooks let pass and refuse what they should")
