//! Checks that rows come in the order that their table declares.

use std::cmp::Ordering;

use arrow::array::{DynComparator, RecordBatch, make_comparator};
use arrow::compute::SortOptions;
use arrow::error::ArrowError;

use super::description::TableDescription;

/// Texts by bytes, missing values last, as declared in Parquet.
const OPTIONS: SortOptions = SortOptions { descending: false, nulls_first: false };

/// The columns that a table is sorted by. A Parquet file that declares an order it does not have gives wrong
/// answers in readers that rely on it, so the order is checked while it is written.
#[derive(Debug)]
pub struct RowOrder(Vec<usize>);

impl RowOrder {
    /// The order that `table` declares.
    pub fn new(table: &TableDescription) -> Self {
        Self(table.sort_positions())
    }

    /// The first row of a batch that sorts before the one above it, and the position of the column by which it
    /// does.
    ///
    /// # Errors
    /// When a column has a type that no table has.
    pub fn breach(&self, batch: &RecordBatch) -> Result<Option<(usize, usize)>, ArrowError> {
        let above = batch.slice(0, batch.num_rows().saturating_sub(1));
        let below = batch.slice(batch.num_rows().min(1), above.num_rows());
        Ok(self.between(&above, &below)?.map(|(row, column)| (row + 1, column)))
    }

    /// The same for the first row of a batch and the last of the one above it.
    ///
    /// # Errors
    /// When a column has a type that no table has.
    pub fn breach_below(
        &self,
        above: &RecordBatch,
        batch: &RecordBatch,
    ) -> Result<Option<(usize, usize)>, ArrowError> {
        let last = above.slice(above.num_rows() - 1, 1);
        self.between(&last, &batch.slice(0, 1))
    }

    /// The first row of `below` that sorts before the row of `above` beside it.
    fn between(
        &self,
        above: &RecordBatch,
        below: &RecordBatch,
    ) -> Result<Option<(usize, usize)>, ArrowError> {
        let comparator = |at: &usize| {
            let compare = make_comparator(above.column(*at), below.column(*at), OPTIONS)?;
            Ok((*at, compare))
        };
        let columns: Vec<(usize, DynComparator)> =
            self.0.iter().map(comparator).collect::<Result<_, ArrowError>>()?;
        let rows = 0..above.num_rows();
        Ok(rows.into_iter().find_map(|row| {
            let mut orders = columns.iter().map(|(at, compare)| (*at, compare(row, row)));
            let (at, order) = orders.find(|(_, order)| order.is_ne())?;
            (order == Ordering::Greater).then_some((row, at))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::batch::BatchBuilder;
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
        let order = RowOrder::new(&table.describe());
        let batch = |rows: &[Row]| {
            let schema = table.describe().schema(Default::default());
            let mut batch = BatchBuilder::new(&table.describe(), schema);
            for row in rows {
                for (at, column) in table.columns.iter().enumerate() {
                    batch.append(at, &column.cell(row)).unwrap();
                }
                batch.end_row();
            }
            batch.finish().unwrap()
        };
        let breach = |rows: &[Row]| order.breach(&batch(rows)).unwrap();
        assert_eq!(breach(&[("b", Some(1)), ("a", Some(2)), ("a", Some(2)), ("A", None)]), None);
        assert_eq!(breach(&[("b", Some(1)), ("a", Some(1))]), Some((1, 0)));
        assert_eq!(breach(&[("a", Some(0)), ("a", None), ("b", Some(1))]), Some((2, 2)));
        assert_eq!(breach(&[("a", Some(2)), ("b", Some(1))]), Some((1, 2)));
        assert_eq!(breach(&[]), None);
        let breach_below = |above: &[Row], below: &[Row]| {
            order.breach_below(&batch(above), &batch(below)).unwrap()
        };
        assert_eq!(breach_below(&[("x", None), ("b", Some(1))], &[("b", Some(1))]), None);
        assert_eq!(breach_below(&[("b", Some(1))], &[("a", Some(1))]), Some((0, 0)));
    }
}
