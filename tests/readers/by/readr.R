# readr, for R, told that nothing is missing but empty cells, that spaces belong to a text, and to look at all rows.
source("column.R")

reader("readr", "R")
for (file in files) columns(file, readr::read_csv(file, na = "", trim_ws = FALSE, guess_max = Inf, show_col_types = FALSE, progress = FALSE))
