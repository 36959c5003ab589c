"""pandas with pyarrow, its default."""

import pandas

from column import files, pandas_columns, reader

reader("pandas", "pyarrow")
for file in files():
    pandas_columns(file, pandas.read_parquet(file))
