//! The code lists and what their codes mean.

use std::sync::Arc;

use super::super::markdown::{cell, code, prose, write_table};
use crate::schema::{Code, CodeEntry, CodeList, Codebook, Role};

/// Most codes of a list that are shown to readers of tables where they are only labels: the table `codes`
/// has them all.
const MOST_LABELS: usize = 50;

/// Writes the lists.
pub(super) fn write(page: &mut String, codebook: &Codebook, for_readers: bool) {
    page.push_str("\n## Code lists\n\nWhere the codes come from, and under which license.\n\n");
    let row = |list: &CodeList| {
        vec![code(&list.name), cell(&list.version), uses(list, codebook), cell(&list.origin)]
    };
    let header = ["list", "version", "codes", "origin"];
    write_table(page, &header, codebook.lists_in_use().map(row));
    for list in codebook.lists_in_use() {
        write_list(page, list, for_readers && list.entries().len() > MOST_LABELS);
    }
}

/// What a list codes: roles, then extra fields.
fn uses(list: &CodeList, codebook: &Codebook) -> String {
    let roles = Role::ALL.into_iter().filter(|role| codebook.list(*role).name == list.name);
    let fields = codebook
        .all_fields()
        .filter(|field| codebook.field_list(field).is_some_and(|known| known.name == list.name));
    let roles = roles.map(|role| role.as_str().replace('_', " "));
    let uses: Vec<_> = roles.chain(fields.map(|field| code(&field.name))).collect();
    uses.join(", ")
}

/// Writes a list; a long one for readers of tables without the codes that have no definition.
fn write_list(page: &mut String, list: &CodeList, only_defined: bool) {
    page.push_str(&format!("\n### {}\n", prose(&list.name)));
    if list.ordered {
        page.push_str("\nFrom strongest to weakest.\n");
    }
    if !list.columns.is_empty() {
        page.push_str("\nThe list's own columns, in the table `codes`:\n\n");
        for column in &list.columns {
            page.push_str(&format!("- {}: {}\n", code(&column.name), prose(&column.doc)));
        }
    }
    let entries: Vec<_> = list
        .codes()
        .zip(list.entries())
        .filter(|(_, entry)| !only_defined || entry.doc.is_some())
        .collect();
    let others = list.entries().len() - entries.len();
    if others > 0 {
        page.push_str(&format!(
            "\nThe table `codes` has {others} more, which have no definition.\n"
        ));
    }
    if entries.is_empty() {
        return;
    }
    page.push('\n');
    let row = |(known, entry): (Code, &Arc<CodeEntry>)| {
        let parent = entry.parent.map(|parent| code(&list.entry(parent).code));
        let mut row = vec![
            code(&entry.code),
            cell(&entry.label),
            definition(entry),
            parent.unwrap_or_default(),
        ];
        if list.is_ranked() {
            row.insert(1, list.rank(known).map(|rank| rank.to_string()).unwrap_or_default());
        }
        row
    };
    let mut header = vec!["code", "label", "definition", "kind of"];
    if list.is_ranked() {
        header.insert(1, "rank");
    }
    write_table(page, &header, entries.into_iter().map(row));
}

fn definition(entry: &CodeEntry) -> String {
    let doc = entry.doc.as_deref().map(cell);
    let retired = entry.replaced_by.as_deref().map(|by| format!("Replaced by {}.", code(by)));
    let valid = entry.valid.as_ref().map(|valid| format!("Valid {}.", cell(valid.as_str())));
    let parts: Vec<_> = doc.into_iter().chain(retired).chain(valid).collect();
    parts.join(" ")
}
