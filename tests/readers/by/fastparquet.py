"""pandas with fastparquet."""

import pandas

from column import files, pandas_columns, reader

reader("pandas", "fastparquet")
for file in files():
    pandas_columns(file, pandas.read_parquet(file, engine="fastparquet"))
