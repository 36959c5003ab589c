"""Runs the code that pages show.

Blocks of one language are one session, in the order of the page. A block `text` right after one is what
it prints; in Python an expression prints its value, as in a notebook. EVENTC_UPDATE=1 writes it anew.
Arguments are a language, such as `python spark`, and pages.
"""

import ast
import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Where the code of a page runs, other than in the root of the repository.
FOLDERS = {"docs/loading.md": "dist/iraq-depot-strikes-2019"}
BLOCK = r"```{}\n(?P<code>(?:(?!```).*\n)*)```\n(?:\n```text\n(?P<shown>(?:(?!```).*\n)*)```\n)?"


def python(blocks, folder):
    """What each block of Python prints."""
    sys.path.append(str(ROOT / "python"))  # pages import eventc
    names = {}
    for block in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(folder):
            for statement in ast.parse(block).body:
                exec(compile(ast.Interactive([statement]), block, "single"), names)
        yield printed.getvalue()


def sql(blocks, folder):
    """What DuckDB shows for each query."""
    import duckdb

    session = duckdb.connect(config={"file_search_path": str(folder)})
    for block in blocks:
        yield str(session.sql(block) or "")


def r(blocks, folder):
    """What each block of R prints."""
    if not blocks:
        return
    mark = "\f"
    script = f'\ncat("{mark}\\n")\n'.join(blocks)
    ran = subprocess.run(["Rscript", "-"], input=script, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    yield from ran.stdout.split(f"{mark}\n")


LANGUAGES = {"python": python, "python spark": python, "sql": sql, "r": r}


def check(language, path):
    """Runs the blocks of a language on a page; returns how many there are."""
    page = (ROOT / path).read_text(encoding="utf-8")
    folder = ROOT / FOLDERS.get(path, ".")
    blocks = list(re.finditer(BLOCK.format(language), page))
    for block, printed in reversed([*zip(blocks, LANGUAGES[language]([block["code"] for block in blocks], folder), strict=True)]):
        printed = "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())
        if block["shown"] is None or printed == block["shown"]:
            continue
        assert os.environ.get("EVENTC_UPDATE"), f"{path}: this prints other than is shown\n{block['code']}\n{printed}"
        page = page[: block.start("shown")] + printed + page[block.end("shown") :]
        (ROOT / path).write_text(page, encoding="utf-8")
    return len(blocks)


if __name__ == "__main__":
    for path in sys.argv[2:]:
        print(f"{path}: {check(sys.argv[1], path)} blocks of {sys.argv[1]} run")
