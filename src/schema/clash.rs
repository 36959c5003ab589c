//! Columns that no table can have.

use crate::source::Location;

/// A column that a codebook asks for and that no table can have, because its name is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The name.
    pub name: String,
    /// Where the column is declared.
    pub place: Location,
    /// Where the column is declared that has the name; `None` for a key or column of eventc's own.
    pub first: Option<Location>,
}
