# How a program in R says what it read, as column.py tells.

says <- function(...) cat("{", paste(c(...), collapse = ", "), "}\n", sep = "")
pair <- function(key, json) paste0('"', key, '": ', json)
array <- function(json) paste0("[", paste(json, collapse = ", "), "]")

text <- function(value) {
  if (length(value) == 0) return(character())
  value <- enc2utf8(value)
  for (escaped in list(c("\\", "\\\\"), c('"', '\\"'), c("\n", "\\n"), c("\r", "\\r"), c("\t", "\\t")))
    value <- gsub(escaped[1], escaped[2], value, fixed = TRUE)
  paste0('"', value, '"')
}

# as.character would write the year 1 without its zeros.
day <- function(date) {
  parts <- as.POSIXlt(date)
  ifelse(is.na(date), NA, sprintf("%04d-%02d-%02d", parts$year + 1900L, parts$mon + 1L, parts$mday))
}

# Values as JSON: 17 digits tell every number from its neighbours.
json <- function(values) {
  if (is.list(values)) return(vapply(values, function(value) array(json(value)), ""))
  if (inherits(values, "Date")) values <- day(values)
  if (is.object(values)) values <- as.character(values)
  found <- if (is.logical(values)) tolower(values) else if (is.numeric(values)) formatC(values, digits = 17, format = "g", width = 1) else text(values)
  found[is.na(values)] <- "null"
  found
}

reader <- function(...) {
  versions <- vapply(c(...), function(name) if (name == "R") as.character(getRversion()) else as.character(packageVersion(name)), "")
  says(pair("reader", text(paste(c(...), versions, collapse = ", "))))
}

columns <- function(file, frame) {
  for (name in names(frame)) {
    values <- frame[[name]]
    levels <- if (is.factor(values)) c(pair("levels", array(text(levels(values)))), pair("ordered", tolower(is.ordered(values))))
    says(pair("file", text(file)), pair("column", text(name)), pair("type", text(class(values)[1])), levels, pair("values", array(json(values))))
  }
}

files <- commandArgs(trailingOnly = TRUE)
