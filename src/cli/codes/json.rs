//! Code lists as programs read them.

use serde_json::{Value, json};

use super::lists::{Answer, Lists};
use super::names;
use crate::schema::{CodeList, CodeRef, ColumnValue};

/// One JSON object, with `lists` or `codes`; what was found has `composite` and `entries` too.
pub(super) fn of(lists: &Lists, answer: &Answer<'_>) -> Value {
    let codes = |codes: Vec<Value>| json!({ "codes": codes });
    match answer {
        Answer::Lists => {
            let all = lists.all().into_iter().map(|list| list_of(lists, list));
            json!({ "lists": all.collect::<Vec<_>>() })
        }
        Answer::List(list) => {
            codes(list.codes().map(|code| code_of(CodeRef { list, code })).collect())
        }
        Answer::Found(meant) => {
            let found = meant.codes.iter().map(|found| {
                let mut code = code_of(found.code);
                code["found_in"] = json!(found.fit.name());
                code
            });
            json!({
                "codes": found.collect::<Vec<_>>(),
                "composite": meant.composite.as_ref().map(names::json_of_composite),
                "entries": meant.entries.iter().map(names::json_of_entry).collect::<Vec<_>>(),
            })
        }
    }
}

fn list_of(lists: &Lists, list: &CodeList) -> Value {
    json!({
        "list": list.name,
        "version": list.version,
        "origin": list.origin,
        "extends": list.extends,
        "codes": list.entries().len(),
        "used_for": lists.uses(list),
        "shipped": lists.own_file(list).is_none(),
    })
}

fn code_of(code: CodeRef<'_>) -> Value {
    let entry = code.entry();
    let columns = code.list.columns.iter().zip(&entry.values);
    let columns = columns.map(|(column, value)| (&*column.name, json_value(value.as_ref())));
    json!({
        "list": code.list.name,
        "code": entry.code,
        "label": entry.label,
        "definition": entry.doc,
        "parent": entry.parent.map(|parent| &code.list.entry(parent).code),
        "aliases": entry.aliases,
        "valid": entry.valid.as_ref().map(|valid| valid.as_str()),
        "replaced_by": entry.replaced_by,
        "unknown": entry.unknown,
        "agentless": entry.agentless,
        "undirected": entry.undirected,
        "columns": columns.collect::<Value>(),
    })
}

fn json_value(value: Option<&ColumnValue>) -> Value {
    match value {
        None => Value::Null,
        Some(ColumnValue::Text(text)) => json!(text),
        Some(ColumnValue::Integer(number)) => json!(number),
        Some(ColumnValue::Number(number)) => json!(number),
        Some(ColumnValue::Boolean(yes)) => json!(yes),
        Some(ColumnValue::TextList(texts)) => json!(texts),
    }
}
