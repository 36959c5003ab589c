//! Checks that rows arrive in the order that their table declares.

use std::cmp::Ordering;

use super::cell::Cell;
use super::description::TableDescription;

/// Watches the columns that a table is sorted by. A Parquet file that declares an order it does not
/// have gives wrong answers in readers that rely on it, so the order is checked while it is
/// written.
#[derive(Debug)]
pub struct RowOrder {
    positions: Vec<usize>,
    above: Option<Vec<Cell<'static>>>,
    current: Vec<Cell<'static>>,
}

impl RowOrder {
    /// The order that `table` declares.
    pub fn new(table: &TableDescription) -> Self {
        let positions = table.sort_positions();
        let current = vec![Cell::Missing; positions.len()];
        Self { positions, above: None, current }
    }

    /// Notes the cell in column `position` of the current row.
    pub fn note(&mut self, position: usize, cell: &Cell<'_>) {
        let watched = self.positions.iter().zip(&mut self.current);
        for (_, kept) in watched.filter(|(watched, _)| **watched == position) {
            *kept = cell.clone().into_owned();
        }
    }

    /// Ends the current row.
    ///
    /// # Errors
    /// The position of the column by which the row sorts before the one above it.
    pub fn end_row(&mut self) -> Result<(), usize> {
        if let Some(above) = &self.above {
            for ((at, above), current) in self.positions.iter().zip(above).zip(&self.current) {
                match compare(above, current) {
                    Ordering::Less => break,
                    Ordering::Equal => {}
                    Ordering::Greater => return Err(*at),
                }
            }
        }
        self.above = Some(self.current.clone());
        Ok(())
    }
}

/// The order within a column: texts by bytes, missing values last, as declared in Parquet. Cells
/// of different kinds, which no column has, are equal.
pub fn compare(one: &Cell<'_>, other: &Cell<'_>) -> Ordering {
    match (one, other) {
        (Cell::Missing, Cell::Missing) => Ordering::Equal,
        (Cell::Missing, _) => Ordering::Greater,
        (_, Cell::Missing) => Ordering::Less,
        (Cell::Text(one), Cell::Text(other)) => one.cmp(other),
        (Cell::Integer(one), Cell::Integer(other)) => one.cmp(other),
        (Cell::Number(one), Cell::Number(other)) => one.total_cmp(other),
        (Cell::Boolean(one), Cell::Boolean(other)) => one.cmp(other),
        (Cell::Day(one), Cell::Day(other)) => one.cmp(other),
        (Cell::List(one), Cell::List(other)) => {
            let mut orders = one.iter().zip(other).map(|(one, other)| compare(one, other));
            let first = orders.find(|order| order.is_ne());
            first.unwrap_or_else(|| one.len().cmp(&other.len()))
        }
        _ => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::column::{Column, ColumnType, Table};

    type Row = (&'static str, Option<i64>);

    #[test]
    fn rows_must_come_in_the_declared_order_missing_last() {
        let columns = vec![
            Column::new("id", ColumnType::Text, "Id.", |row: &Row| row.0.into()),
            Column::new("year", ColumnType::Int16, "Year.", |row: &Row| row.1.into()),
        ];
        let table: Table<'_, Row> =
            Table::new("t", "Rows.", &["id"], columns).sorted_by(&["year", "id"]);
        let end = |rows: &[Row]| {
            let mut order = RowOrder::new(&table.describe());
            rows.iter().try_for_each(|row| {
                for (at, column) in table.columns.iter().enumerate() {
                    order.note(at, &column.cell(row).unwrap());
                }
                order.end_row()
            })
        };
        assert_eq!(end(&[("b", Some(1)), ("a", Some(2)), ("a", Some(2)), ("A", None)]), Ok(()));
        assert_eq!(end(&[("b", Some(1)), ("a", Some(1))]), Err(0));
        assert_eq!(end(&[("a", None), ("b", Some(1))]), Err(2));
        assert_eq!(end(&[("a", Some(2)), ("b", Some(1))]), Err(2));
    }
}
