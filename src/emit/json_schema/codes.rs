//! The schema of a code.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Builder, described, resolve_plain};
use crate::form::Kind;
use crate::schema::{CodeEntry, CodeList, Role, SHIPPED};

impl Builder<'_> {
    /// A code of the list that the codebook chooses for a role.
    pub(super) fn role(&mut self, name: &str) -> Value {
        match role_named(name) {
            Some(role) => {
                let list = self.codebook.list(role);
                self.codes(&format!("codes-for-{}", name.replace('_', "-")), list)
            }
            None => json!({}),
        }
    }

    /// A code of a list.
    ///
    /// Each code is an alternative of its own: for an `enum`, the YAML language server shows all
    /// definitions at once.
    pub(super) fn codes(&mut self, definition: &str, list: &CodeList) -> Value {
        self.defined(definition, |builder| {
            if list.damaged {
                // A code may be missing through no fault of the record.
                return builder.kind(&Kind::Text);
            }
            let mut codes: Vec<_> = list.entries().iter().map(|entry| code(entry)).collect();
            let unquoted: Vec<_> = list
                .entries()
                .iter()
                .map(|entry| resolve_plain(&entry.code))
                .filter(|value| !value.is_string() && !value.is_null())
                .collect();
            if !unquoted.is_empty() {
                // Codes such as 190, written without quotes, are accepted and not suggested: a
                // double negation is what editors draw no suggestions from.
                codes.push(json!({ "not": { "not": { "enum": unquoted } } }));
            }
            json!({ "title": list.name, "anyOf": codes })
        })
    }

    /// The name of a list: suggested but not restricted, since a list may be added any time.
    pub(super) fn code_list_name(&mut self) -> Value {
        let shipped = SHIPPED.iter().filter_map(|(path, _)| {
            path.strip_prefix("codes/").and_then(|name| name.strip_suffix(".yaml"))
        });
        let own = self.codebook.lists.iter().map(|list| list.name.as_str());
        let names: BTreeSet<_> = shipped.chain(own).collect();
        let mut schema = self.kind(&Kind::Text);
        schema["examples"] = json!(names);
        schema
    }
}

/// The role that a kind names.
pub(super) fn role_named(name: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.as_str() == name)
}

fn code(entry: &CodeEntry) -> Value {
    described(&entry.code, &meaning(entry), json!({ "const": &*entry.code }))
}

/// What a code means: its label and definition, and what to write where it is retired.
pub(super) fn meaning(entry: &CodeEntry) -> String {
    let label = entry.label.trim_end_matches('.');
    let mut meaning = if label.is_empty() { String::new() } else { format!("{label}.") };
    if let Some(doc) = &entry.doc {
        meaning.push(' ');
        meaning.push_str(doc);
    }
    if let Some(successor) = &entry.replaced_by {
        meaning.push_str(&format!(" Retired: write {successor}."));
    }
    meaning
}
