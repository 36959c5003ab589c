# load.R, which stands in the folder of the tables, and reads the CSV files with base R.
source("column.R")

says(pair("reader", text(paste("`load.R`, R", getRversion()))))
loaded <- list()
for (file in files) {
  folder <- dirname(file)
  if (is.null(loaded[[folder]])) {
    source(file.path(folder, "load.R"))
    loaded[[folder]] <- load_tables(folder)
  }
  columns(file, loaded[[folder]][[sub("[.]csv$", "", basename(file))]])
}
