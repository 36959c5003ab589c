//! A table's columns, each in one line under what it means.

use super::column::Column;

/// Columns while they are gathered, and whether the codebook can fill those that come next.
pub(super) struct Gathered<'p, R: ?Sized> {
    columns: Vec<Column<'p, R>>,
    filled: bool,
}

impl<'p, R: ?Sized> Gathered<'p, R> {
    pub(super) const fn new() -> Self {
        Self { columns: Vec::new(), filled: true }
    }

    pub(super) const fn when(&mut self, filled: bool) {
        self.filled = filled;
    }

    pub(super) fn extend(&mut self, columns: impl IntoIterator<Item = Column<'p, R>>) {
        let filled = self.filled;
        self.columns.extend(columns.into_iter().map(|column| column.when(filled)));
    }

    pub(super) fn finish(self) -> Vec<Column<'p, R>> {
        self.columns
    }
}

/// Columns of one kind of row: what each means, its name and type, and its cell, made from `row`.
/// `when condition;` goes before them: a table has them only where it holds, which is a question to the
/// codebook alone. Those for every codebook follow `when true;`.
/// `code(list)` stands for the type of a column of codes, `scale(list)` for such a column with that of
/// its ranks, `ordered(words)` for such columns of words that go from the lowest. What follows `..` are columns that were made elsewhere.
macro_rules! columns {
    (|$row:ident: $of:ty| when $($columns:tt)*) => {{
        let mut columns = $crate::table::columns::Gathered::new();
        columns!(@ columns, $row, ($of), when $($columns)*);
        columns.finish()
    }};
    (@ $made:ident, $row:ident, ($of:ty),) => {};
    (@ $made:ident, $row:ident, ($of:ty), when $filled:expr; $($rest:tt)*) => {
        $made.when($filled);
        columns!(@ $made, $row, ($of), $($rest)*);
    };
    (@ $made:ident, $row:ident, ($of:ty), ..$columns:expr; $($rest:tt)*) => {
        $made.extend($columns);
        columns!(@ $made, $row, ($of), $($rest)*);
    };
    (
        @ $made:ident, $row:ident, ($of:ty),
        $(#[doc = $doc:literal])+ $name:ident: code($list:expr) = $code:expr; $($rest:tt)*
    ) => {
        let list = $list;
        $made.extend([$crate::table::column::Column::looked_up(
            stringify!($name),
            $crate::table::column_type::ColumnType::Code,
            concat!($($doc),+).trim_ascii_start(),
            move |$row: &$of| $crate::table::scale::code(list, $code),
        )
        .of_list(list)]);
        columns!(@ $made, $row, ($of), $($rest)*);
    };
    (
        @ $made:ident, $row:ident, ($of:ty),
        $(#[doc = $doc:literal])+ $name:ident: scale($list:expr) = $code:expr; $($rest:tt)*
    ) => {
        $made.extend($crate::table::scale::scale_columns(
            stringify!($name),
            concat!($($doc),+).trim_ascii_start(),
            $list,
            move |$row: &$of| $code,
        ));
        columns!(@ $made, $row, ($of), $($rest)*);
    };
    (
        @ $made:ident, $row:ident, ($of:ty),
        $(#[doc = $doc:literal])+ $name:ident: ordered($scale:expr) = $cell:expr; $($rest:tt)*
    ) => {
        $made.extend($crate::table::scale::word_columns(
            stringify!($name),
            concat!($($doc),+).trim_ascii_start(),
            $scale,
            move |$row: &$of| $cell,
        ));
        columns!(@ $made, $row, ($of), $($rest)*);
    };
    (
        @ $made:ident, $row:ident, ($of:ty),
        $(#[doc = $doc:literal])+ $name:ident: $kind:ident = $cell:expr; $($rest:tt)*
    ) => {
        $made.extend([$crate::table::column::Column::new(
            stringify!($name),
            $crate::table::column_type::ColumnType::$kind,
            concat!($($doc),+).trim_ascii_start(),
            move |$row: &$of| $cell.into(),
        )]);
        columns!(@ $made, $row, ($of), $($rest)*);
    };
}

pub(super) use columns;
