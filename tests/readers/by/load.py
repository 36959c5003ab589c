"""`eventc.load`, with pandas."""

import functools
from pathlib import Path

import eventc

from column import files, pandas_columns, reader

reader("pandas", "pyarrow", name="`eventc.load`,")
load = functools.cache(eventc.load)
for file in map(Path, files()):
    pandas_columns(str(file), load(file.parent)[file.stem])
