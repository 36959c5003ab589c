//! Cells that do not fit their column.

use chrono::NaiveDate;
use thiserror::Error;

use super::cell::Cell;
use super::column_type::ColumnType;
use crate::value::is_in_tables;

pub use crate::value::LIST_SEPARATOR;

/// Why a cell does not fit its column. `check` should have found the cause, so a misfit is a defect
/// of the tool: an error, never a panic or a silently changed value.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Misfit {
    /// The cell is of another kind than the column.
    #[error("{found} in a column of {expected:?}")]
    Kind {
        /// The column's type.
        expected: ColumnType,
        /// What it was given.
        found: &'static str,
    },
    /// An integer outside the column's range.
    #[error("{value} does not fit {expected:?}")]
    Range {
        /// The column's type.
        expected: ColumnType,
        /// What it was given.
        value: i64,
    },
    /// NaN or an infinity. Readers do not agree on what NaN means, and CSV can write neither.
    #[error("{0} is no finite number")]
    NotFinite(f64),
    /// A day outside the years 1 to 9999, which Python cannot represent.
    #[error("{0} is outside the years 1 to 9999")]
    Day(NaiveDate),
    /// A text of a list that is empty or holds [`LIST_SEPARATOR`]: CSV could not be read back.
    #[error("{0:?} in a list is empty or holds `{LIST_SEPARATOR}`")]
    ListText(String),
    /// A row that sorts before the row above it, by this column.
    #[error("the row sorts before the row above it")]
    Unsorted,
}

/// A cell that does not fit, and where.
#[derive(Clone, Debug, PartialEq, Error)]
#[error(
    "table `{table}`, column `{column}`, row {row}: {misfit}; this is a defect of eventc, please report it"
)]
pub struct TableError {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: String,
    /// The row, from 1.
    pub row: u64,
    /// Why it does not fit.
    pub misfit: Misfit,
}

/// A number that is no NaN and no infinity.
pub(super) fn finite(value: f64) -> Result<f64, Misfit> {
    if value.is_finite() { Ok(value) } else { Err(Misfit::NotFinite(value)) }
}

/// A day that every reader can represent.
pub(super) fn representable(day: NaiveDate) -> Result<NaiveDate, Misfit> {
    if is_in_tables(&day) { Ok(day) } else { Err(Misfit::Day(day)) }
}

/// Refuses a text that CSV could not tell from others in a list.
pub(super) fn readable_in_list(item: &Cell<'_>) -> Result<(), Misfit> {
    match item {
        Cell::Text(text) if text.is_empty() || text.contains(LIST_SEPARATOR) => {
            Err(Misfit::ListText(text.clone().into_owned()))
        }
        _ => Ok(()),
    }
}
