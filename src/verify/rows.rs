//! The rows of a table, whichever file they are read from.

/// A row: its cells, in the order of the columns.
pub(super) type Row = Vec<Cell>;

/// A cell, as CSV has it.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Its text; empty where it is missing.
    pub(super) text: String,
    /// Whether it is something that CSV cannot have: a text that is empty and not missing, an item of a
    /// list that is empty or holds what separates items.
    pub(super) is_odd: bool,
}

/// The rows of a file.
pub(super) trait Rows {
    /// The names of the columns.
    fn columns(&self) -> &[String];

    /// Reads the next row over the last one. False where there is none.
    fn next(&mut self, row: &mut Row) -> Result<bool, String>;
}
