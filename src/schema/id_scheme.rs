//! Id schemes: other datasets whose ids an event may bear.

use super::Reader;
use super::defect::CodebookFault;
use super::field::{read_pattern, text};
use super::read_columns::{is_column_name, report_long};
use crate::form::{Kind, Limit, Opened, Shape, Text, form};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::{Content, Node};
use crate::value::Pattern;

form! {
    /// A scheme of ids that others give to events.
    #[derive(Clone, Debug)]
    pub struct IdScheme given (name: Spanned<&str>, file: FileId, patterns: usize): "id scheme" in () {
        /// Whose ids they are, for the codebook and the column.
        required doc: Box<str> = Text,
        /// A regular expression that an id must match whole.
        optional pattern by text,
    }
    made from (opened, reader) {
        /// Its key under the `ids` of a record.
        pub name: String = name.value.to_owned(),
        /// What every id must match.
        pub pattern: Option<Pattern> = read_pattern(opened, patterns, reader),
        /// Where it is declared.
        pub location: Location = Location::new(file, name.span),
    }
}

impl IdScheme {
    /// Its column in the tables.
    pub fn column(&self) -> String {
        format!("id_{}", self.name)
    }
}

/// What the `ids` of a codebook must be: name to description, or to a mapping.
pub(super) fn schemes_kind() -> Kind {
    let scheme = Kind::Text.or(Kind::Form(IdScheme::FORM));
    Kind::MapOf(Box::new(Kind::Text), Box::new(scheme))
}

/// Reads the id schemes of a codebook, and whether one was written that could not be read.
pub(super) fn read_schemes(
    opened: &Opened<'_>,
    file: FileId,
    reader: &mut Reader<'_>,
) -> (Vec<IdScheme>, bool) {
    let mut schemes: Vec<IdScheme> = Vec::new();
    let Some(node) = opened.node_of("ids") else { return (schemes, opened.damaged()) };
    let mut lacks = node.damaged() || !matches!(node.content(), Content::Mapping(_));
    for (name, value) in reader.entries(node, schemes_kind()) {
        if schemes.len() >= Limit::Columns.most() {
            reader.report(name.span, Limit::Columns);
            lacks = true;
            break;
        }
        report_long(name, reader);
        let patterns = schemes.iter().filter(|scheme| scheme.pattern.is_some()).count();
        let scheme = read_scheme(name, value, file, patterns, reader);
        if !is_column_name(name.value) {
            reader.report(name.span, CodebookFault::ColumnName);
        }
        match scheme.filter(|_| is_column_name(name.value)) {
            Some(scheme) => schemes.push(scheme),
            None => lacks = true,
        }
    }
    (schemes, lacks)
}

fn read_scheme(
    name: Spanned<&str>,
    node: Node<'_>,
    file: FileId,
    patterns: usize,
    reader: &mut Reader<'_>,
) -> Option<IdScheme> {
    if let Content::Mapping(_) = node.content() {
        let opened = reader.open(node, IdScheme::FORM, &[])?;
        return IdScheme::of(&opened, reader, name, file, patterns);
    }
    let doc = Text::read(node, reader).into_value().unwrap_or_default();
    let (name, location) = (name.value.to_owned(), Location::new(file, name.span));
    Some(IdScheme { doc, name, pattern: None, location })
}
