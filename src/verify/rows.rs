//! The rows of a table, whichever file they are read from.

/// Longest row, in bytes (64 MiB): four times the largest record that eventc reads.
pub(super) const MAX_ROW: u64 = 64 << 20;

/// Longest text whose memory a cell keeps for the next row.
const KEPT: usize = 4 << 10;

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

impl Cell {
    /// Empties it. A long text is given back: each column would keep as much as its longest one.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.text.shrink_to(KEPT);
        self.is_odd = false;
    }
}

/// The rows of a file.
pub(super) trait Rows {
    /// The names of the columns.
    fn columns(&self) -> &[String];

    /// Reads the next row over the last one. False where there is none.
    fn next(&mut self, row: &mut Row) -> Result<bool, String>;
}
