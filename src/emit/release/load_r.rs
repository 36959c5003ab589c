//! `load.R`: reads the CSV files into R with the types that their columns have.

use super::Written;
use crate::table::column::ColumnType;
use crate::table::{ColumnDescription, TableDescription};
use crate::value::LIST_SEPARATOR;

/// The name of the file.
pub const LOAD_R: &str = "load.R";

/// The script. It needs base R alone and reads CSV alone, so that what it gives depends on no package.
pub fn load_r(tables: &[Written]) -> String {
    let types: Vec<_> = tables.iter().map(|(table, _)| types(table)).collect();
    let scales: Vec<_> = tables.iter().flat_map(|(table, _)| scales(table)).collect();
    format!(
        "{HEAD}\nload_tables <- local({{\n  types <- list(\n{}\n  )\n  scales <- list({}\n  )\n{READ}",
        types.join(",\n"),
        scales.join(",")
    )
    .replace("@separator@", LIST_SEPARATOR.encode_utf8(&mut [0; 4]))
}

/// The types of a table's columns, by name.
fn types(table: &TableDescription) -> String {
    let column = |column: &ColumnDescription| {
        format!("      {} = {}", quoted(&column.name), quoted(&type_name(column.kind)))
    };
    let columns: Vec<_> = table.columns.iter().map(column).collect();
    format!("    {} = list(\n{}\n    )", quoted(table.name), columns.join(",\n"))
}

/// The codes of a table's columns that stand on a scale, from the weakest.
fn scales(table: &TableDescription) -> Vec<String> {
    let on_scale = table.columns.iter().filter(|column| !column.scale.is_empty());
    let scale = |column: &ColumnDescription| {
        let codes: Vec<_> = column.scale.iter().map(|code| quoted(code)).collect();
        let name = quoted(&format!("{}.{}", table.name, column.name));
        format!("\n    {name} = c({})", codes.join(", "))
    };
    on_scale.map(scale).collect()
}

fn type_name(kind: ColumnType) -> String {
    match kind {
        ColumnType::Text | ColumnType::Code => "text",
        ColumnType::Category => "category",
        ColumnType::Int8 | ColumnType::Int16 | ColumnType::Int32 => "integer",
        // R has no whole numbers beyond 32 bits.
        ColumnType::Int64 | ColumnType::Number => "double",
        ColumnType::Boolean => "logical",
        ColumnType::Day => "day",
        ColumnType::List(item) => return format!("list {}", type_name(*item)),
    }
    .to_owned()
}

/// A text in R, of letters that it reads alike in every locale.
fn quoted(text: &str) -> String {
    let letter = |letter: char| match letter {
        '"' | '\\' => format!("\\{letter}"),
        ' '..='~' => letter.to_string(),
        _ => format!("\\U{{{:x}}}", u32::from(letter)),
    };
    format!("\"{}\"", text.chars().map(letter).collect::<String>())
}

const HEAD: &str = "\
# Reads every table of this folder into a list by name, with base R alone:
#
#   source(\"load.R\"); tables <- load_tables()        # in this folder
#   tables <- load_tables(\"path/of/the/folder\")      # from elsewhere
#
# Days are Date, flags logical, codes factors, those on a scale ordered from the weakest; a column of
# lists holds a vector in each row. Whole numbers of 64 bits are doubles.
";

const READ: &str = r#"  convert <- list(
    text = identity,
    integer = as.integer,
    double = as.numeric,
    logical = function(cells) cells == "true",
    day = as.Date,
    category = function(cells) factor(cells, unique(cells[!is.na(cells)]))
  )
  column <- function(cells, type, scale) {
    if (!is.null(scale)) return(factor(cells, scale, ordered = TRUE))
    if (!startsWith(type, "list ")) return(convert[[type]](cells))
    cells[is.na(cells)] <- ""
    items <- strsplit(cells, "@separator@", fixed = TRUE)
    I(lapply(items, convert[[substring(type, 6)]]))
  }
  function(folder = ".") {
    read <- function(table) {
      file <- file.path(folder, paste0(table, ".csv"))
      cells <- read.csv(file, colClasses = "character", na.strings = "", check.names = FALSE,
                        encoding = "UTF-8")
      for (name in names(cells)) {
        scale <- scales[[paste0(table, ".", name)]]
        cells[[name]] <- column(cells[[name]], types[[table]][[name]], scale)
      }
      cells
    }
    sapply(names(types), read, simplify = FALSE)
  }
})
"#;
