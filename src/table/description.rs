//! Descriptions of tables: names, types and meanings, without the code that makes cells.

use std::borrow::Cow;

use super::column::{ColumnType, Table};
use super::misfit::{Misfit, TableError};
use super::{
    actors, claims, codes, codings, dyads, events, participants, places, positions, relations,
    sources,
};
use crate::schema::Codebook;

/// The description of a table.
#[derive(Clone, Debug)]
pub struct TableDescription {
    /// Name; also that of its files.
    pub name: &'static str,
    /// What a row is.
    pub doc: &'static str,
    /// The columns, in the order of every file.
    pub columns: Vec<ColumnDescription>,
    /// The columns that together name one row.
    pub key: &'static [&'static str],
    /// The columns that hold a key of another table, each with that table's name.
    pub references: &'static [(&'static str, &'static str)],
    /// The columns that rows are sorted by.
    pub sorted_by: &'static [&'static str],
}

/// The description of a column.
#[derive(Clone, Debug)]
pub struct ColumnDescription {
    /// Name.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: ColumnType,
    /// What it means.
    pub doc: Cow<'static, str>,
    /// The name of the code list that it holds codes of, where it holds no others.
    pub list: Option<Box<str>>,
    /// The codes that it may hold, in their order where they have one; empty where any text may stand.
    pub codes: Vec<Box<str>>,
    /// The codes of its scale, from the lowest; empty where it has none.
    pub scale: Vec<Box<str>>,
}

/// Every table of a codebook, in the order of its page.
pub fn descriptions(codebook: &Codebook) -> Vec<TableDescription> {
    vec![
        events(codebook).describe(),
        participants(codebook).describe(),
        dyads(codebook).describe(),
        claims(codebook).describe(),
        positions(codebook).describe(),
        codings(codebook).describe(),
        relations().describe(),
        actors(codebook).describe(),
        places(codebook).describe(),
        sources(codebook).describe(),
        codes(codebook).describe(),
    ]
}

impl<R: ?Sized> Table<'_, R> {
    /// The description of the table.
    pub fn describe(&self) -> TableDescription {
        let Self { name, doc, columns, others: _, key, references, sorted_by } = self;
        let columns = columns.iter().map(|column| ColumnDescription {
            name: column.name.clone(),
            kind: column.kind,
            doc: column.doc.clone(),
            list: column.list.map(|list| Box::from(&*list.name)),
            codes: match column.list {
                Some(list) if column.scale.is_empty() => {
                    list.entries().iter().map(|entry| entry.code.clone()).collect()
                }
                _ => column.scale.iter().map(|code| Box::from(*code)).collect(),
            },
            scale: column.scale.iter().map(|code| Box::from(*code)).collect(),
        });
        TableDescription { name, doc, columns: columns.collect(), key, references, sorted_by }
    }
}

impl TableDescription {
    /// The position of a column.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|it| it.name == column)
    }

    /// Positions of the columns in [`TableDescription::sorted_by`], up to the first that the table
    /// does not have: those after it say nothing about the order of rows.
    pub fn sort_positions(&self) -> Vec<usize> {
        self.sorted_by.iter().map_while(|name| self.position(name)).collect()
    }

    /// `misfit` of the cell in column `position` of row `row`, as an error that names them.
    pub fn error(&self, position: usize, row: u64, misfit: Misfit) -> TableError {
        let column = self.columns.get(position).map(|column| column.name.to_string());
        TableError { table: self.name, column: column.unwrap_or_default(), row, misfit }
    }

    /// What is wrong with the definition, a sentence each. Names must
    /// match `^[a-z][a-z0-9_]*$` and differ by more than case, docs must say something, key and
    /// order must name columns, and lists must stand last.
    #[cfg(test)]
    pub fn defects(&self) -> Vec<String> {
        let mut defects = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        if self.doc.trim().is_empty() {
            defects.push("the table has no doc".to_owned());
        }
        for ColumnDescription { name, doc, .. } in &self.columns {
            if !is_plain_name(name) {
                defects.push(format!("`{name}` does not match ^[a-z][a-z0-9_]*$"));
            }
            if !seen.insert(name.to_lowercase()) {
                defects.push(format!("`{name}` is there twice"));
            }
            if doc.trim().is_empty() {
                defects.push(format!("`{name}` has no doc"));
            }
        }
        let lists = self.columns.iter().skip_while(|column| !column.kind.is_list());
        let after = lists.filter(|column| !column.kind.is_list());
        defects.extend(after.map(|column| format!("`{}` stands after a list", column.name)));
        let named = self.key.iter().chain(self.sorted_by);
        let unknown = named.filter(|name| self.position(name).is_none());
        defects.extend(unknown.map(|name| format!("key or order names `{name}`, no column")));
        defects
    }
}

#[cfg(test)]
fn is_plain_name(name: &str) -> bool {
    let is_word = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::column::Column;

    /// Nothing is weighed without a policy, and nothing ranks without ranks.
    #[test]
    fn a_table_has_no_column_that_its_codebook_cannot_fill() {
        let plain = Codebook::default();
        for table in descriptions(&plain) {
            for column in &table.columns {
                let name = &*column.name;
                let absent = ["rank", "attribut", "contested", "origins", "voice"];
                let absent = absent.iter().chain(&["effect", "counted", "supported", "label"]);
                let is_filled = ["claims", "positions", "codings"].contains(&table.name);
                // A date is as precise as it is, whatever the codebook.
                let name = name.strip_prefix("date_precision_rank").unwrap_or(name);
                let mut absent = absent.filter(|part| !is_filled || **part != "label");
                assert!(absent.all(|part| !name.contains(part)), "{}: {name}", table.name);
            }
        }
        assert!(events(&plain).reserves("attribution"));
        assert!(events(&plain).reserves("certainty_rank"));
    }

    #[test]
    fn a_reference_leads_to_the_key_of_a_table() {
        let tables = descriptions(&Codebook::default());
        for table in &tables {
            for (column, other) in table.references {
                assert!(table.position(column).is_some(), "{}: {column}", table.name);
                let other = tables.iter().find(|known| known.name == *other);
                assert!(
                    other.is_some_and(|other| other.key.len() == 1),
                    "{}: {column}",
                    table.name
                );
            }
        }
    }

    fn column(name: &'static str, doc: &'static str) -> Column<'static, str> {
        Column::new(name, ColumnType::Text, doc, |row: &str| row.into())
    }

    #[test]
    fn a_definition_is_proven() {
        let describe = |columns| {
            Table::new("t", "Rows.", &["id"], columns).sorted_by(&["id", "absent", "id"]).describe()
        };
        let sound = describe(vec![column("id", "Id."), column("n_2", "Count.")]);
        assert_eq!(sound.defects(), ["key or order names `absent`, no column"]);
        assert_eq!(sound.sort_positions(), [0], "nothing after an absent column");
        let names = ["Id", "2x", "", "a-b", "_a", "é", "a b"];
        for name in names {
            let defects = describe(vec![column("id", "Id."), column(name, "Doc.")]).defects();
            assert!(defects[0].contains("does not match"), "{name}");
        }
        let twice = describe(vec![column("id", "Id."), column("id", " ")]).defects();
        assert_eq!(twice[..2], ["`id` is there twice", "`id` has no doc"]);
    }
}
