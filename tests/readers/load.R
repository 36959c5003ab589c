# Reads a build with its own load.R and compares every cell with the text that the CSV has:
#
#   Rscript tests/readers/load.R dist/iraq-depot-strikes-2019

folder <- commandArgs(trailingOnly = TRUE)[1]
source(file.path(folder, "load.R"))
tables <- load_tables(folder)

text <- function(column) {
  if (is.list(column)) return(vapply(column, function(items) paste(text(items), collapse = "|"), ""))
  if (is.logical(column)) return(tolower(as.character(column)))
  if (inherits(column, "Date")) return(format(column, "%Y-%m-%d"))
  as.character(column)
}

cells <- 0
for (name in names(tables)) {
  table <- tables[[name]]
  raw <- read.csv(file.path(folder, paste0(name, ".csv")), colClasses = "character",
                  na.strings = "", check.names = FALSE, encoding = "UTF-8")
  stopifnot(identical(names(table), names(raw)), nrow(table) == nrow(raw))
  for (column in names(raw)) {
    wanted <- raw[[column]]
    found <- table[[column]]
    if (is.list(found)) wanted[is.na(wanted)] <- ""
    same <- if (is.double(found) && !inherits(found, "Date")) {
      identical(found, as.numeric(wanted))
    } else if (is.list(found) && is.double(unlist(found)) && !inherits(found[[1]], "Date")) {
      identical(unclass(found), lapply(strsplit(wanted, "|", fixed = TRUE), as.numeric))
    } else {
      identical(text(found), wanted)
    }
    if (!same) stop(name, ".", column, " is not what the CSV has")
    cells <- cells + length(wanted)
  }
}

events <- tables$events
stopifnot(inherits(events$date_start, "Date"), is.integer(events$year), is.factor(events$certainty))
if (is.ordered(events$certainty)) {
  ranked <- events[!is.na(events$certainty_rank), ]
  stopifnot(!is.unsorted(ranked$certainty_rank[order(ranked$certainty)]))
}
cat(length(tables), "tables with", cells, "cells read by load.R in", R.version.string, "\n")
