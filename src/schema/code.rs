//! A code: what it means, and its values in the columns of its list.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::form::{Kind, List, ListText, Text, form, words};
use crate::source::{FileId, Location, Spanned};
use crate::value::Date;

/// A code of a list: its position there.
///
/// It means something only together with its list, so a codebook is never changed after records
/// were read with it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(pub u32);

impl Code {
    /// The code at a position of its list.
    pub(super) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }
}

form! {
    /// A code and what it means. The columns of its list are keys as well.
    #[derive(Clone, Debug)]
    pub struct CodeEntry
        given (code: Spanned<&str>, values: Vec<Option<ColumnValue>>, file: FileId):
        "code" in ()
    {
        /// A short name; the code itself where there is none.
        optional label = Text,
        /// A definition, as a sentence.
        optional doc: Option<Box<str>> = Text,
        /// The broader code that this one is a kind of.
        optional parent by text,
        /// Other names and common slips, for search and suggestions.
        optional aliases: Vec<Box<str>> = List<ListText>,
        /// When the code may be used, as an EDTF interval.
        optional valid: Option<Date> = Date,
        /// The code to use in its place.
        optional replaced_by by text,
        /// Whether the code means that it is not known.
        optional unknown: bool = bool,
        /// Whether the code says that nobody did it.
        optional agentless: bool = bool,
        /// Whether actor and target of such an action are two sides, and none did it to the other.
        optional undirected: bool = bool,
    }
    made {
        /// The code as records write it.
        pub code: Box<str> = code.value.into(),
        /// A short name; the code itself where none is written.
        pub label: Box<str> = label.into_value().unwrap_or_else(|| code.value.into()),
        /// The broader code that this one is a kind of.
        pub parent: Option<Code> = None,
        /// The code to use in its place.
        pub replaced_by: Option<Box<str>> = None,
        /// Its values in the list's own columns, in their order.
        pub values: Vec<Option<ColumnValue>> = values,
        /// Where it is written.
        pub location: Location = Location::new(file, code.span),
    }
}

/// The code that means "not known" where nothing but a name is written of it.
const UNKNOWN: &str = "unknown";

impl CodeEntry {
    /// A code of which only a label is written, or nothing.
    pub(super) fn short(
        code: Spanned<&str>,
        label: Option<Box<str>>,
        columns: usize,
        file: FileId,
    ) -> Self {
        Self {
            code: code.value.into(),
            label: label.unwrap_or_else(|| code.value.into()),
            doc: None,
            aliases: Vec::new(),
            valid: None,
            unknown: code.value.eq_ignore_ascii_case(UNKNOWN),
            agentless: false,
            undirected: false,
            parent: None,
            replaced_by: None,
            values: vec![None; columns],
            location: Location::new(file, code.span),
        }
    }

    /// Whether it has a name beside the code.
    pub fn has_label(&self) -> bool {
        self.label != self.code
    }

    /// The code as messages name it: with its label, where it has one.
    pub fn titled(&self) -> String {
        match self.has_label() {
            true => format!("`{}` ({})", self.code, self.label),
            false => format!("`{}`", self.code),
        }
    }
}

/// The name of a code of the same list: it is looked up once all are read.
const fn text() -> Kind {
    Kind::Text
}

form! {
    /// A column that a list adds to its codes.
    #[derive(Clone, Debug)]
    pub struct ListColumn given (name: Spanned<&str>, file: FileId):
        "column of a code list" in ()
    {
        /// The type of the values.
        essential column_type as "type": ListColumnType = ListColumnType,
        /// Whether a code may have several texts.
        optional list: bool = bool,
        /// What is counted or measured.
        optional unit = Text,
        /// What the column means.
        optional doc = Text,
    }
    made {
        /// Its name in `codes` and, for the action list, in `events`.
        pub name: String = name.value.to_owned(),
        /// What it means.
        pub doc: String = {
            let unit = unit.into_value().map(|unit| format!("Unit: {unit}."));
            let doc: Vec<_> = doc.into_value().map(String::from).into_iter().chain(unit).collect();
            doc.join(" ")
        },
        /// Where it is declared.
        pub location: Location = Location::new(file, name.span),
    }
}

words! {
    /// The type of a code list's own column.
    pub enum ListColumnType {
        /// Any text.
        Text = "text",
        /// A whole number.
        Integer = "integer",
        /// A decimal number.
        Number = "number",
        /// `true` or `false`.
        Boolean = "boolean",
    }
}

/// A value in a list's own column.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnValue {
    /// A text.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// Several texts.
    TextList(Vec<Box<str>>),
}

/// The codes of a list, of which those that it takes over are shared.
pub(super) type Entries = [Arc<CodeEntry>];
