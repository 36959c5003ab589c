# nanoparquet, for R.
source("column.R")

reader("nanoparquet", "R")
for (file in files) columns(file, nanoparquet::read_parquet(file))
