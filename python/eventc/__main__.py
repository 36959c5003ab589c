"""`python -m eventc`: the command that was installed with this module."""

import os
import subprocess
import sys
from importlib.metadata import files
from pathlib import Path


def executable() -> Path:
    """Where pip put the command, whatever the scheme."""
    name = "eventc.exe" if os.name == "nt" else "eventc"
    recorded = [Path(file.locate()) for file in files("eventc") or () if file.name == name]
    with_target = Path(__file__).parents[1] / "bin" / name  # `pip install --target` records another place
    for path in [*recorded, with_target]:
        if path.is_file():
            return path.resolve()
    raise FileNotFoundError(f"no command `{name}` beside {Path(__file__).parent}: install eventc again")


if __name__ == "__main__":
    command = [str(executable()), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)
