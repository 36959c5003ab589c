//! A table's columns, each in one line under what it means.

/// Columns of one kind of row: what each means, its name and type, and its cell, made from `row`.
/// `code(list)` stands for the type of a column of codes, `scale(list)` for such a column with that of
/// its ranks, `ordered(codes)` for the type of a column whose codes go from the lowest. What follows `..` are columns that were made elsewhere.
macro_rules! columns {
    (|$row:ident: $of:ty| $($columns:tt)*) => {{
        let mut columns = Vec::new();
        columns!(@ columns, $row, ($of), $($columns)*);
        columns
    }};
    (@ $made:ident, $row:ident, ($of:ty),) => {};
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
            $crate::table::column_type::ColumnType::Text,
            concat!($($doc),+).trim_ascii_start(),
            move |$row: &$of| $crate::table::scale::code(list, $code),
        )]);
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
        $made.extend([$crate::table::column::Column::new(
            stringify!($name),
            $crate::table::column_type::ColumnType::Category,
            concat!($($doc),+).trim_ascii_start(),
            move |$row: &$of| $cell.into(),
        )
        .on_scale($scale)]);
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
