//! Code lists as programs read them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::lists::{Answer, Lists};
use crate::schema::{CodeList, CodeRef, ColumnValue};

/// What was asked for: `lists` or `codes`.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Output<'l> {
    Lists(Vec<List<'l>>),
    Codes(Vec<Code<'l>>),
}

#[derive(Serialize)]
struct List<'l> {
    list: &'l str,
    version: &'l str,
    origin: &'l str,
    extends: Option<&'l str>,
    /// How many codes it has.
    codes: usize,
    /// Roles and fields of the codebook.
    used_for: Vec<&'l str>,
    shipped: bool,
}

#[derive(Serialize)]
struct Code<'l> {
    list: &'l str,
    code: &'l str,
    label: &'l str,
    definition: Option<&'l str>,
    parent: Option<&'l str>,
    aliases: &'l [Box<str>],
    valid: Option<&'l str>,
    replaced_by: Option<&'l str>,
    unknown: bool,
    agentless: bool,
    /// The list's own columns.
    columns: Map<String, Value>,
    /// Where the words were found; absent where none were looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    found_in: Option<&'static str>,
}

/// One JSON object.
pub(super) fn of<'l>(lists: &'l Lists, answer: &Answer<'l>) -> impl Serialize {
    match answer {
        Answer::Lists => {
            Output::Lists(lists.all().into_iter().map(|list| list_of(lists, list)).collect())
        }
        Answer::List(list) => {
            let code = |code| code_of(CodeRef { list, code }, None);
            Output::Codes(list.codes().map(code).collect())
        }
        Answer::Found(found) => Output::Codes(
            found.iter().map(|found| code_of(found.code, Some(found.fit.name()))).collect(),
        ),
    }
}

fn list_of<'l>(lists: &'l Lists, list: &'l CodeList) -> List<'l> {
    List {
        list: &list.name,
        version: &list.version,
        origin: &list.origin,
        extends: list.extends.as_deref(),
        codes: list.entries().len(),
        used_for: lists.uses(list),
        shipped: lists.own_file(list).is_none(),
    }
}

fn code_of<'l>(code: CodeRef<'l>, found_in: Option<&'static str>) -> Code<'l> {
    let entry = code.entry();
    let columns = code.list.columns.iter().zip(&entry.values);
    let columns = columns.map(|(column, value)| {
        (column.name.clone(), value.as_ref().map_or(Value::Null, json_value))
    });
    Code {
        list: &code.list.name,
        code: &entry.code,
        label: &entry.label,
        definition: entry.doc.as_deref(),
        parent: entry.parent.map(|parent| &*code.list.entry(parent).code),
        aliases: &entry.aliases,
        valid: entry.valid.as_ref().map(|valid| valid.as_str()),
        replaced_by: entry.replaced_by.as_deref(),
        unknown: entry.unknown,
        agentless: entry.agentless,
        columns: columns.collect(),
        found_in,
    }
}

fn json_value(value: &ColumnValue) -> Value {
    match value {
        ColumnValue::Text(text) => Value::from(&**text),
        ColumnValue::Integer(number) => Value::from(*number),
        ColumnValue::Number(number) => Value::from(*number),
        ColumnValue::Boolean(yes) => Value::from(*yes),
        ColumnValue::TextList(texts) => texts.iter().map(|text| Value::from(&**text)).collect(),
    }
}
