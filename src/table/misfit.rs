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

impl ColumnType {
    /// `cell` if a column of this type can hold it. A missing list becomes an empty one.
    ///
    /// # Errors
    /// When it cannot; see [`Misfit`].
    pub fn admit(self, cell: Cell<'_>) -> Result<Cell<'_>, Misfit> {
        match &cell {
            Cell::Missing if matches!(self, Self::List(_)) => return Ok(Cell::List(Vec::new())),
            Cell::Missing => {}
            Cell::Text(_) if matches!(self, Self::Text | Self::Code | Self::Category) => {}
            Cell::Integer(value) => self.admit_integer(*value)?,
            Cell::Number(value) if self == Self::Number => admit_number(*value)?,
            Cell::Boolean(_) if self == Self::Boolean => {}
            Cell::Day(day) if self == Self::Day => admit_day(*day)?,
            Cell::List(items) => self.admit_items(items)?,
            other => {
                return Err(Misfit::Kind { expected: self, found: other.kind() });
            }
        }
        Ok(cell)
    }

    fn admit_items(self, items: &[Cell<'_>]) -> Result<(), Misfit> {
        let Self::List(kind) = self else {
            return Err(Misfit::Kind { expected: self, found: "a list" });
        };
        for item in items {
            if let Cell::Text(text) = item {
                admit_list_text(text)?;
            }
            kind.admit(item.clone())?;
        }
        Ok(())
    }

    fn admit_integer(self, value: i64) -> Result<(), Misfit> {
        let fits = match self {
            Self::Int8 => i8::try_from(value).is_ok(),
            Self::Int16 => i16::try_from(value).is_ok(),
            Self::Int32 => i32::try_from(value).is_ok(),
            Self::Int64 => true,
            _ => {
                return Err(Misfit::Kind { expected: self, found: Cell::from(value).kind() });
            }
        };
        if fits { Ok(()) } else { Err(Misfit::Range { expected: self, value }) }
    }
}

fn admit_number(value: f64) -> Result<(), Misfit> {
    if value.is_finite() { Ok(()) } else { Err(Misfit::NotFinite(value)) }
}

fn admit_day(day: NaiveDate) -> Result<(), Misfit> {
    if is_in_tables(&day) { Ok(()) } else { Err(Misfit::Day(day)) }
}

fn admit_list_text(text: &str) -> Result<(), Misfit> {
    let is_readable = !text.is_empty() && !text.contains(LIST_SEPARATOR);
    if is_readable { Ok(()) } else { Err(Misfit::ListText(text.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_held_to_the_width_of_their_column() {
        let bounds = [
            (ColumnType::Int8, i64::from(i8::MIN), i64::from(i8::MAX)),
            (ColumnType::Int16, i64::from(i16::MIN), i64::from(i16::MAX)),
            (ColumnType::Int32, i64::from(i32::MIN), i64::from(i32::MAX)),
        ];
        for (kind, low, high) in bounds {
            for value in [low, high] {
                assert_eq!(kind.admit(value.into()), Ok(Cell::Integer(value)));
            }
            for value in [low - 1, high + 1] {
                let expected = Misfit::Range { expected: kind, value };
                assert_eq!(kind.admit(value.into()), Err(expected));
            }
        }
        assert!(ColumnType::Int64.admit(i64::MIN.into()).is_ok());
    }

    #[test]
    fn what_some_reader_could_not_hold_is_refused() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        for refused in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let result = ColumnType::Number.admit(refused.into());
            assert!(matches!(result, Err(Misfit::NotFinite(_))));
        }
        for (year, fits) in [(0, false), (1, true), (9999, true), (10000, false)] {
            assert_eq!(ColumnType::Day.admit(day(year).into()).is_ok(), fits, "{year}");
        }
        for refused in ["", "a|b"] {
            let result = ColumnType::TEXTS.admit(vec!["ok", refused].into());
            assert_eq!(result, Err(Misfit::ListText(refused.to_owned())));
        }
    }

    #[test]
    fn a_column_holds_its_own_kind_and_missing_values_only() {
        use ColumnType::*;
        let days = List(&Day);
        let cells: [(Cell<'_>, &[ColumnType]); 7] = [
            ("x".into(), &[Text, Code, Category]),
            (1_i64.into(), &[Int8, Int16, Int32, Int64]),
            (1.0.into(), &[Number]),
            (true.into(), &[Boolean]),
            (NaiveDate::default().into(), &[Day]),
            (vec!["x"].into(), &[ColumnType::TEXTS, ColumnType::CODES]),
            (vec![Some(NaiveDate::default()), None].into(), &[days]),
        ];
        let lists = [ColumnType::TEXTS, ColumnType::CODES, days];
        let plain = [Text, Code, Category, Int8, Int16, Int32, Int64, Number, Boolean, Day];
        for kind in plain.into_iter().chain(lists) {
            for (cell, holders) in &cells {
                assert_eq!(kind.admit(cell.clone()).is_ok(), holders.contains(&kind));
            }
            let missing =
                if lists.contains(&kind) { Cell::List(Vec::new()) } else { Cell::Missing };
            assert_eq!(kind.admit(Cell::Missing), Ok(missing));
        }
    }
}
