"""geopandas, which opens GeoParquet only."""

import geopandas

from column import files, pandas_columns, reader

reader("geopandas", "pyarrow")
for file in files():
    frame = geopandas.read_parquet(file)
    pandas_columns(file, frame.assign(geometry=frame.to_wkt()["geometry"]))
