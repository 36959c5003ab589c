"""polars."""

import polars

from column import column, files, reader

reader("polars")
for file in files():
    frame = polars.read_parquet(file)
    for name, type in frame.schema.items():
        # A Categorical has no order of its own.
        levels = {"levels": type.categories.to_list(), "ordered": True} if type == polars.Enum else {}
        column(file, name, type.base_type() if type in (polars.Enum, polars.Categorical) else type, frame[name].to_list(), **levels)
