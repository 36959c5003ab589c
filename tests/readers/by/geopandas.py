"""geopandas, which opens GeoParquet only. What it makes of the points is held by geo.py."""

import geopandas

from column import files, pandas_columns, reader

reader("geopandas", "pyarrow")
for file in files():
    pandas_columns(file, geopandas.read_parquet(file).drop(columns="geometry"))
