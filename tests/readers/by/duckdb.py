"""DuckDB."""

import duckdb

from column import column, files, reader

reader("duckdb")
for file in files():
    table = duckdb.read_parquet(file)
    for name, type in zip(table.columns, table.types):
        column(file, name, type, [value for (value,) in table.project(f'"{name}"').fetchall()])
