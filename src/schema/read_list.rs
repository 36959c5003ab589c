//! Reading a code list.

use super::code_list::{Code, CodeEntry, CodeList, ColumnValue, ListColumn};
use super::field::FieldType;
use crate::form::shape::{
    Boolean, Choice, Date, Formed, Integer, List, Mapping, Number, OfForm, Text, Word,
};
use crate::form::{
    CodebookFault, Defect, Described, Form, Key, Kind, Opened, Reader, Shape, Written,
};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::{Content, Node};

/// A code list in a file of its own.
static CODE_LIST: Form = Form {
    name: "code list",
    keys: &[
        LIST.info(),
        EXTENDS.info(),
        VERSION.info(),
        ORIGIN.info(),
        ORDERED.info(),
        COLUMNS.info(),
        CODES.info(),
    ],
};

const LIST: Key<Text> = Key::required("list", "The list's name, which is also its file's.");
const EXTENDS: Key<Text> =
    Key::optional("extends", "A list whose columns and codes this one takes over, before its own.");
const VERSION: Key<Text> =
    Key::required("version", "The version of the scheme, as its publisher writes it.");
const ORIGIN: Key<Text> = Key::required("origin", "Where the codes come from, with their licence.");
const ORDERED: Key<Boolean> = Key::optional(
    "ordered",
    "Whether the codes stand from strongest to weakest, with a `rank` each.",
);
const COLUMNS: Key<Columns> =
    Key::optional("columns", "The list's own columns: name to type, or to a mapping.");
const CODES: Key<Codes> = Key::required("codes", "The codes and what they mean.");

/// A column of a code list, in its long form.
static COLUMN: Form = Form {
    name: "column of a code list",
    keys: &[COLUMN_TYPE.info(), COLUMN_LIST.info(), COLUMN_UNIT.info(), COLUMN_DOC.info()],
};

const COLUMN_TYPE: Key<Word<ColumnType>> = Key::required("type", "The type of the values.");
const COLUMN_LIST: Key<Boolean> = Key::optional("list", "Whether a code may have several values.");
const COLUMN_UNIT: Key<Text> = Key::optional("unit", "What is counted or measured.");
const COLUMN_DOC: Key<Text> = Key::optional("doc", "What the column means.");

/// A code of a list; the list's own columns are keys as well.
static CODE: Form = Form {
    name: "code",
    keys: &[
        LABEL.info(),
        DOC.info(),
        PARENT.info(),
        ALIASES.info(),
        VALID.info(),
        REPLACED_BY.info(),
        UNKNOWN.info(),
        AGENTLESS.info(),
    ],
};

const LABEL: Key<Text> = Key::required("label", "A short name.");
const DOC: Key<Text> = Key::optional("doc", "A definition, as a sentence.");
const PARENT: Key<Text> = Key::optional("parent", "The broader code that this one is a kind of.");
const ALIASES: Key<List<Text>> =
    Key::optional("aliases", "Other names and common slips, for search and suggestions.");
const VALID: Key<Date> = Key::optional("valid", "When the code may be used, as an EDTF interval.");
const REPLACED_BY: Key<Text> = Key::optional("replaced_by", "The code to use in its place.");
const UNKNOWN: Key<Boolean> =
    Key::optional("unknown", "Whether the code means that it is not known.");
const AGENTLESS: Key<Boolean> =
    Key::optional("agentless", "Whether the code says that nobody did it.");

/// A code of the list that a list extends.
static INHERITED_CODE: Form = Form { name: "inherited code", keys: &[NEW_PARENT.info()] };

const NEW_PARENT: Key<Text> =
    Key::required("parent", "The broader code that it is a kind of in this list.");

/// The types that a column of a code list may have.
#[derive(Clone, Copy, Debug)]
struct ColumnType(FieldType);

impl Choice for ColumnType {
    const WORDS: &'static [&'static str] = &["text", "integer", "number", "boolean"];
    const MEANINGS: &'static [Self] = &[
        Self(FieldType::Text),
        Self(FieldType::Integer),
        Self(FieldType::Number),
        Self(FieldType::Boolean),
    ];
}

/// The `columns` of a list.
#[derive(Debug)]
struct Columns;

impl Described for Columns {
    fn kind() -> Kind {
        let column = Kind::AnyOf(vec![Word::<ColumnType>::kind(), Kind::Form(&COLUMN)]);
        Kind::MapOf(Box::new(Kind::Text), Box::new(column))
    }
}

/// The `codes` of a list.
#[derive(Debug)]
struct Codes;

impl Described for Codes {
    fn kind() -> Kind {
        Kind::MapOf(Box::new(Kind::Text), Box::new(Kind::Form(&CODE)))
    }
}

/// What the head of a list says before its codes are read.
pub(super) struct ListHead<'d> {
    opened: Opened<'d>,
    /// The list that it extends.
    pub extends: Option<Spanned<Box<str>>>,
}

/// Opens a list's document.
pub(super) fn read_head<'d>(
    root: Node<'d>,
    name: &str,
    reader: &mut Reader<'_, ()>,
) -> Option<ListHead<'d>> {
    let opened = reader.open(root, &CODE_LIST, &[])?;
    if let Written::Given(written) = opened.get(&LIST, reader)
        && *written.value != *name
    {
        let fault = CodebookFault::ListName { expected: name.to_owned() };
        reader.report(written.span, Defect::CodebookFault(fault));
    }
    let extends = opened.get(&EXTENDS, reader).into_spanned();
    Some(ListHead { opened, extends })
}

/// Reads a list on top of the one it extends.
pub(super) fn read_list(
    head: &ListHead<'_>,
    name: &str,
    base: Option<&CodeList>,
    file: FileId,
    reader: &mut Reader<'_, ()>,
) -> CodeList {
    let opened = &head.opened;
    let mut list = base.cloned().unwrap_or_else(|| CodeList::new(name, file));
    name.clone_into(&mut list.name);
    list.file = file;
    list.damaged |= opened.damaged();
    list.version = opened.get(&VERSION, reader).into_value().unwrap_or_default().into();
    list.origin = opened.get(&ORIGIN, reader).into_value().unwrap_or_default().into();
    list.extends = head.extends.as_ref().map(|extends| extends.value.to_string());
    list.ordered |= opened.get(&ORDERED, reader).into_value().unwrap_or(false);
    if let Some(columns) = opened.node_of(&COLUMNS) {
        read_columns(columns, &mut list, reader);
    }
    if let Some(codes) = opened.node_of(&CODES) {
        list.damaged |= codes.damaged();
        read_codes(codes, &mut list, reader);
    }
    list
}

fn read_columns(node: Node<'_>, list: &mut CodeList, reader: &mut Reader<'_, ()>) {
    for (name, value) in reader.entries(node, Columns::kind()) {
        if !is_column_name(name.value) {
            reader.report(name.span, Defect::CodebookFault(CodebookFault::ColumnName));
        } else if CODE.position(name.value).is_some() {
            reader.report(name.span, Defect::CodebookFault(CodebookFault::TakenName));
        }
        if let Some(column) = read_column(name.value, value, reader) {
            list.columns.push(column);
        }
    }
    let columns = list.columns.len();
    for code in list.codes().collect::<Vec<_>>() {
        list.entry_mut(code).values.resize(columns, None);
    }
}

fn read_column(name: &str, node: Node<'_>, reader: &mut Reader<'_, ()>) -> Option<ListColumn> {
    let short = matches!(node.content(), Content::Scalar(_));
    let (field_type, several, doc) = if short {
        (Word::<ColumnType>::read(node, reader), false, None)
    } else {
        let opened = reader.open(node, &COLUMN, &[])?;
        let several = opened.get(&COLUMN_LIST, reader).into_value().unwrap_or(false);
        let unit = opened.get(&COLUMN_UNIT, reader).into_value();
        let doc = opened.get(&COLUMN_DOC, reader).into_value();
        let doc = doc
            .map(|doc| unit.map_or_else(|| doc.to_string(), |unit| format!("{doc} Unit: {unit}.")));
        (opened.get(&COLUMN_TYPE, reader), several, doc)
    };
    let field_type = field_type.into_value()?.0;
    Some(ListColumn {
        name: name.to_owned(),
        field_type,
        list: several,
        doc: doc.unwrap_or_default(),
    })
}

fn read_codes(node: Node<'_>, list: &mut CodeList, reader: &mut Reader<'_, ()>) {
    let mut linked = Vec::new();
    for (written, value) in reader.entries(node, Codes::kind()) {
        let inherited = list.find(written.value).filter(|code| list.inherits(*code));
        if let (Some(inherited), true) = (inherited, has_only_a_parent(value)) {
            let parent = Mapping::<NewParent>::read(value, reader).into_value();
            let links = |parent: NewParent| Links { parent: Some(parent.0), successor: None };
            linked.extend(parent.map(|parent| (inherited, links(parent))));
            continue;
        }
        let Some((entry, links)) = read_code(written, value, list, reader) else {
            list.damaged = true;
            continue;
        };
        if let Err(first) = list.push(entry) {
            let id = written.value.to_owned();
            reader.report(written.span, Defect::DuplicateEntry { what: "code", id, first });
        } else {
            linked.extend(list.find(written.value).map(|code| (code, links)));
        }
    }
    for (code, links) in linked {
        if let Some(parent) = links.parent {
            link_parent(code, &parent, list, reader);
        }
        if let Some(successor) = links.successor {
            link_successor(code, successor, list, reader);
        }
    }
}

/// Whether an entry says nothing of a code but its parent: a code that a list takes over keeps its
/// meaning and may only be put under another one.
fn has_only_a_parent(node: Node<'_>) -> bool {
    match node.content() {
        Content::Mapping(mapping) => mapping.len() == 1 && mapping.get(PARENT.name).is_some(),
        Content::Scalar(_) | Content::Sequence(_) => false,
    }
}

/// The new parent of a code that a list takes over.
struct NewParent(Spanned<Box<str>>);

impl OfForm for NewParent {
    const FORM: &'static Form = &INHERITED_CODE;
}

impl Formed<()> for NewParent {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_, ()>) -> Option<Self> {
        opened.get(&NEW_PARENT, reader).into_spanned().map(Self)
    }
}

/// The codes of the same list that a code names; they are looked up once all are read.
struct Links {
    parent: Option<Spanned<Box<str>>>,
    successor: Option<Spanned<Box<str>>>,
}

fn read_code(
    written: Spanned<&str>,
    node: Node<'_>,
    list: &CodeList,
    reader: &mut Reader<'_, ()>,
) -> Option<(CodeEntry, Links)> {
    let own: Vec<_> = list.columns.iter().map(|column| column.name.as_str()).collect();
    let opened = reader.open(node, &CODE, &own)?;
    let mut values = vec![None; own.len()];
    for (position, value) in opened.extra() {
        values[position] = read_value(&list.columns[position], value, reader);
    }
    let aliases = opened.get(&ALIASES, reader).into_value().unwrap_or_default();
    let entry = CodeEntry {
        code: written.value.into(),
        label: opened.get(&LABEL, reader).into_value().unwrap_or_default(),
        doc: opened.get(&DOC, reader).into_value(),
        parent: None,
        aliases: aliases.into_iter().map(|alias| alias.value).collect(),
        valid: opened.get(&VALID, reader).into_value(),
        replaced_by: None,
        unknown: opened.get(&UNKNOWN, reader).into_value().unwrap_or(false),
        agentless: opened.get(&AGENTLESS, reader).into_value().unwrap_or(false),
        values,
        location: Location::new(list.file, written.span),
    };
    let parent = opened.get(&PARENT, reader).into_spanned();
    let successor = opened.get(&REPLACED_BY, reader).into_spanned();
    Some((entry, Links { parent, successor }))
}

fn read_value(
    column: &ListColumn,
    node: Node<'_>,
    reader: &mut Reader<'_, ()>,
) -> Option<ColumnValue> {
    if column.list {
        let texts = List::<Text>::read(node, reader).into_value()?;
        return Some(ColumnValue::TextList(texts.into_iter().map(|text| text.value).collect()));
    }
    match column.field_type {
        FieldType::Integer => Integer::read(node, reader).into_value().map(ColumnValue::Integer),
        FieldType::Number => Number::read(node, reader).into_value().map(ColumnValue::Number),
        FieldType::Boolean => Boolean::read(node, reader).into_value().map(ColumnValue::Boolean),
        _ => Text::read(node, reader).into_value().map(ColumnValue::Text),
    }
}

fn link_parent(
    code: Code,
    parent: &Spanned<Box<str>>,
    list: &mut CodeList,
    reader: &mut Reader<'_, ()>,
) {
    let Some(found) = list.find(&parent.value) else {
        if !list.damaged {
            let (list, written) = (list.name.clone(), parent.value.to_string());
            reader.report(parent.span, Defect::UnknownCode { list, written });
        }
        return;
    };
    if list.ancestry(found).any(|ancestor| ancestor == code) {
        reader.report(parent.span, Defect::CodebookFault(CodebookFault::CircularParent));
        return;
    }
    list.entry_mut(code).parent = Some(found);
}

fn link_successor(
    code: Code,
    successor: Spanned<Box<str>>,
    list: &mut CodeList,
    reader: &mut Reader<'_, ()>,
) {
    let fault = match list.find(&successor.value) {
        None if list.damaged => return,
        None => CodebookFault::UnknownSuccessor { written: successor.value.into() },
        Some(found) if found == code || list.successor(found) == Some(code) => {
            CodebookFault::CircularSuccessor
        }
        Some(_) => {
            list.entry_mut(code).replaced_by = Some(successor.value);
            return;
        }
    };
    reader.report(successor.span, Defect::CodebookFault(fault));
}

/// Whether a name can be a column of a table: it needs no quoting in SQL.
pub(super) fn is_column_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
