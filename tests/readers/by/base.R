# Base R, told only that nothing is missing but empty cells.
source("column.R")

reader("R")
for (file in files) columns(file, read.csv(file, na.strings = "", encoding = "UTF-8"))
