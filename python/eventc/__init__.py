"""The tables that `eventc build` writes, as frames of pandas or polars."""

from __future__ import annotations

import contextlib
import importlib
import json
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, overload

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["descriptions", "load"]


@overload
def load(path: str | PathLike[str], frames: Literal["pandas"] = "pandas") -> dict[str, pandas.DataFrame]: ...
@overload
def load(path: str | PathLike[str], frames: Literal["polars"]) -> dict[str, polars.DataFrame]: ...
def load(path, frames="pandas"):
    """Every table of a built dataset by name: `load("dist/my-events")["events"]`. It reads the Parquet files.

    Days are dates, and codes on a scale compare in its order, from the weakest; a code without a
    place on its scale, such as `unjudged`, comes before all others, and has no rank in the column
    `_rank` beside it. In pandas, `frame.attrs["columns"]` says what each column means.
    """
    if frames not in _FRAMES:
        raise ValueError(f"frames is {frames!r}, but can only be 'pandas' or 'polars'")
    parquet = _parquet(needs=frames)
    tables = {file.stem: parquet.read_table(file, partitioning=None) for file in _files(Path(path))}
    return {name: _FRAMES[frames](table, _attrs(table.schema)) for name, table in tables.items()}


def descriptions(path: str | PathLike[str]) -> dict[str, dict[str, str]]:
    """What each column of a built dataset means, by table and column."""
    parquet = _parquet(needs="pyarrow")
    return {file.stem: _attrs(parquet.read_schema(file))["columns"] for file in _files(Path(path))}


def _parquet(needs: str) -> ModuleType:
    """The reader of Parquet, if it and a library are installed."""
    try:
        importlib.import_module(needs)
        return importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        extra = "pandas" if needs == "pyarrow" else needs
        raise ImportError(f"eventc reads tables with {extra} and pyarrow: pip install {extra} pyarrow") from error


def _attrs(schema: pyarrow.Schema) -> dict[str, Any]:
    """What a table says about itself."""
    return json.loads(schema.metadata[b"PANDAS_ATTRS"])


def _files(folder: Path) -> list[Path]:
    """The files of a dataset's tables, of which there is at least one; not the map that has `events` again."""
    files = sorted(file for file in folder.glob("*.parquet") if file.stem != "events_geo")
    if files:
        return files
    datasets = sorted({file.parent.name for file in folder.glob("*/*.parquet")})
    if any(folder.glob("*.csv")) or (folder / "manifest.json").exists():
        hint = "it has none as Parquet; `eventc build`, without `--emit`, writes them"
    elif datasets:
        hint = f"load one of its datasets: {', '.join(datasets)}"
    else:
        hint = "`eventc build` writes dist/<dataset>"
    raise FileNotFoundError(f"no tables in {str(folder)!r}: {hint}")


def _pandas(table: pyarrow.Table, attrs: dict[str, Any]) -> pandas.DataFrame:
    from pandas.errors import OutOfBoundsDatetime

    frame = table.to_pandas()
    for field in table.schema:
        if field.type == "date32":
            # pandas 1 has timestamps from 1677 to 2262 only: a column with other days keeps dates.
            with contextlib.suppress(OutOfBoundsDatetime):
                frame[field.name] = table[field.name].to_numpy()
    for column, codes in attrs["scales"].items():
        frame[column] = frame[column].cat.set_categories(codes, ordered=True)
    frame.attrs = attrs
    return frame


def _polars(table: pyarrow.Table, attrs: dict[str, Any]) -> polars.DataFrame:
    import polars

    ordered = (polars.col(name).cast(str).cast(polars.Enum(codes)) for name, codes in attrs["scales"].items())
    return polars.from_arrow(table).with_columns(*ordered)


_FRAMES = {"pandas": _pandas, "polars": _polars}
