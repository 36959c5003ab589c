//! Columns and tables: each column is one definition.

use std::borrow::Cow;
use std::fmt;

use super::cell::Cell;

pub use super::column_type::ColumnType;
use crate::schema::CodeList;

/// A column: its name, its type, what it means, and how its cell is made from a row of type `R`.
///
/// `'p` is what its definition borrows from, mostly the codebook; rows may live shorter.
pub struct Column<'p, R: ?Sized> {
    /// Name, of the form `[a-z][a-z0-9_]*`, which needs no quoting in SQL.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: ColumnType,
    /// What it means, in plain text for its readers.
    pub doc: Cow<'static, str>,
    /// The code list that it holds codes of, where it holds no others.
    pub list: Option<&'p CodeList>,
    /// The codes of its scale, from the lowest; empty where it has none.
    pub scale: Vec<&'p str>,
    /// Whether the codebook can fill it. A table does not have it otherwise.
    pub filled: bool,
    cell: MakeCell<'p, R>,
}

/// The column that every table has.
const DATASET: &str = "dataset";

/// Makes a cell from a row.
enum MakeCell<'p, R: ?Sized> {
    FromRow(Box<dyn Fn(&R) -> Cell<'_> + Send + Sync + 'p>),
    FromDefinition(Box<dyn Fn(&R) -> Cell<'p> + Send + Sync + 'p>),
}

impl<'p, R: ?Sized> Column<'p, R> {
    /// A column whose cells borrow from the row. The closure may own what else it needs, such as
    /// the position of an extra field.
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        kind: ColumnType,
        doc: impl Into<Cow<'static, str>>,
        cell: impl Fn(&R) -> Cell<'_> + Send + Sync + 'p,
    ) -> Self {
        Self::made(name.into(), kind, doc.into(), MakeCell::FromRow(Box::new(cell)))
    }

    /// A column whose cells borrow from what the definition borrows from, such as the label of a
    /// code in the codebook, not from the row.
    pub fn looked_up(
        name: impl Into<Cow<'static, str>>,
        kind: ColumnType,
        doc: impl Into<Cow<'static, str>>,
        cell: impl Fn(&R) -> Cell<'p> + Send + Sync + 'p,
    ) -> Self {
        Self::made(name.into(), kind, doc.into(), MakeCell::FromDefinition(Box::new(cell)))
    }

    const fn made(
        name: Cow<'static, str>,
        kind: ColumnType,
        doc: Cow<'static, str>,
        cell: MakeCell<'p, R>,
    ) -> Self {
        Self { name, kind, doc, list: None, scale: Vec::new(), filled: true, cell }
    }

    /// The same column, for a codebook that can fill it only where this holds.
    pub fn when(self, filled: bool) -> Self {
        Self { filled: self.filled && filled, ..self }
    }

    /// The same column, which holds codes of a list.
    pub fn of_list(self, list: &'p CodeList) -> Self {
        Self { list: Some(list), scale: list.scale(), ..self }
    }

    /// The same column, whose values stand on a scale: its codes, from the lowest.
    pub fn on_scale(self, scale: Vec<&'p str>) -> Self {
        Self { scale, ..self }
    }

    /// The cell of `row`, which may not fit this column.
    pub fn cell<'r>(&'r self, row: &'r R) -> Cell<'r> {
        match &self.cell {
            MakeCell::FromRow(cell) => cell(row),
            MakeCell::FromDefinition(cell) => cell(row),
        }
    }
}

impl<'p, R: ?Sized> Table<'p, R> {
    /// A table of the columns that are filled, lists last, whose rows come in any order. Of a file with
    /// a list before a column that has missing values, R's nanoparquet reads other values into that column.
    /// Behind its key stands the name of the dataset, which is missing until [`Table::of_dataset`] says it.
    pub fn new(
        name: &'static str,
        doc: &'static str,
        key: &'static [&'static str],
        columns: Vec<Column<'p, R>>,
    ) -> Self {
        let (mut columns, others): (Vec<_>, Vec<_>) =
            columns.into_iter().partition(|column| column.filled);
        columns.sort_by_key(|column| column.kind.is_list());
        let last_of_key = columns.iter().rposition(|column| key.contains(&&*column.name));
        let dataset =
            Column::new(DATASET, ColumnType::Category, "Name of the dataset.", |_| Cell::Missing);
        columns.insert(last_of_key.map_or(0, |last| last + 1), dataset);
        let others = others.into_iter().map(|column| column.name).collect();
        Self { name, doc, columns, others, key, references: &[], sorted_by: &[] }
    }

    /// The names of its columns, and of those that it would have with another codebook.
    pub fn own_names(&self) -> Vec<Cow<'static, str>> {
        let filled = self.columns.iter().map(|column| &column.name);
        filled.chain(&self.others).cloned().collect()
    }

    /// Whether it has a column of a name, or would have it with another codebook.
    pub fn reserves(&self, name: &str) -> bool {
        self.columns.iter().map(|column| &column.name).chain(&self.others).any(|own| own == name)
    }

    /// The same table, some of whose columns hold the key of another one wherever they hold anything.
    pub fn references(self, references: &'static [(&'static str, &'static str)]) -> Self {
        Self { references, ..self }
    }

    /// The same table, with the rows of a dataset.
    pub fn of_dataset(mut self, name: &'p str) -> Self {
        let dataset = self.columns.iter_mut().find(|column| column.name == DATASET);
        if let Some(column) = dataset {
            column.cell = MakeCell::FromDefinition(Box::new(move |_| name.into()));
        }
        self
    }

    /// The same table, with its rows sorted by some columns.
    pub fn sorted_by(self, sorted_by: &'static [&'static str]) -> Self {
        Self { sorted_by, ..self }
    }
}

impl<R: ?Sized> fmt::Debug for Column<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, kind, doc, .. } = self;
        f.debug_struct("Column").field("name", name).field("kind", kind).field("doc", doc).finish()
    }
}

/// A table: its columns in order, and what is true of its rows.
#[derive(Debug)]
pub struct Table<'p, R: ?Sized> {
    /// Name; also that of its files.
    pub name: &'static str,
    /// What a row is, in plain text for its readers.
    pub doc: &'static str,
    /// The columns, in the order of every file.
    pub columns: Vec<Column<'p, R>>,
    /// The names of columns that other codebooks fill.
    pub others: Vec<Cow<'static, str>>,
    /// The columns that together name one row.
    pub key: &'static [&'static str],
    /// The columns that hold a key of another table, each with that table's name.
    pub references: &'static [(&'static str, &'static str)],
    /// The columns that rows are sorted by, ascending, missing values last. Writers refuse rows
    /// in another order, because Parquet readers rely on it.
    pub sorted_by: &'static [&'static str],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_borrows_from_its_row_and_owns_what_it_needs() {
        let fields = vec![String::from("zero"), String::from("one")];
        let columns: Vec<Column<'_, [String]>> = (0..3)
            .map(|at| {
                let name = format!("field_{at}");
                Column::new(name, ColumnType::Text, "A field.", move |row: &[String]| {
                    row.get(at).into()
                })
            })
            .collect();
        let cells: Vec<_> = columns.iter().map(|column| column.cell(&fields)).collect();
        assert_eq!(cells, ["zero".into(), "one".into(), Cell::Missing]);
        assert!(matches!(&cells[0], Cell::Text(Cow::Borrowed(_))));
    }

    #[test]
    fn a_column_lends_from_its_definition_to_rows_of_any_lifetime() {
        let labels = [String::from("zero"), String::from("one")];
        let column: Column<'_, usize> =
            Column::looked_up("label", ColumnType::Text, "Label.", |row: &usize| {
                labels.get(*row).into()
            });
        let cell = column.cell(&1);
        assert!(matches!(cell, Cell::Text(Cow::Borrowed("one"))));
    }
}
