//! What the dataset covers.

use super::super::markdown::{cell, code, paragraph, write_table};
use crate::form::Key;
use crate::record::Scope;
use crate::schema::{Codebook, Role};

pub(in crate::emit) fn write(page: &mut String, scope: &Scope, codebook: &Codebook) {
    page.push_str("\n## Scope\n");
    page.push_str(&paragraph(
        "What the dataset covers, as `dataset.yaml` says. An event that is missing inside the scope was \
         not found; outside it, none was looked for.",
    ));
    page.push('\n');
    let row = |key: &Key| Some(vec![code(key.name), said(key, scope, codebook)?, cell(key.doc)]);
    write_table(page, &["key", "value", "meaning"], Scope::FORM.keys.iter().filter_map(row));
}

/// What the dataset says for a key, if it does.
fn said(key: &Key, scope: &Scope, codebook: &Codebook) -> Option<String> {
    match key.name {
        "included" => scope.included.as_deref().map(cell),
        "period" => scope.period.as_ref().map(|period| code(period.value.as_str())),
        "searched" => scope.searched.as_deref().map(cell),
        _ if scope.countries.is_empty() => None,
        _ => {
            let list = codebook.list(Role::Country);
            let countries = scope.countries.iter().map(|country| list.entry(country.value));
            let countries =
                countries.map(|entry| format!("{} ({})", code(&entry.code), cell(&entry.label)));
            Some(countries.collect::<Vec<_>>().join(", "))
        }
    }
}
