//! Reading a code list.

use std::collections::BTreeSet;

use super::check_list::{check_list, is_code};
use super::circle::closes_circle;
use super::code_list::{Code, CodeEntry, CodeList};
use super::defect::{CodebookFault, SchemaDefect};
use super::read_columns::{Columns, read_columns, read_value, report_long};
use crate::form::shape::{
    Boolean, CodeList as CodeListName, Date, Formed, List, ListText, Mapping, OfForm, Reference,
    Text,
};
use crate::form::{Described, Form, Key, Kind, Opened, Reader, Shape, Written};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::{Content, Node};

/// A code list in a file of its own.
pub static CODE_LIST: Form = Form {
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
const EXTENDS: Key<Reference<CodeListName>> =
    Key::optional("extends", "A list whose columns and codes this one takes over, before its own.");
const VERSION: Key<Text> =
    Key::required("version", "The version of the scheme, as its publisher writes it.");
const ORIGIN: Key<Text> = Key::required("origin", "Where the codes come from, with their license.");
const ORDERED: Key<Boolean> = Key::optional(
    "ordered",
    "Whether the codes stand from strongest to weakest, with a `rank` each.",
);
const COLUMNS: Key<Columns> =
    Key::optional("columns", "The list's own columns: name to type, or to a mapping.");
const CODES: Key<Codes> = Key::required("codes", "The codes and what they mean.");

/// A code of a list; the list's own columns are keys as well.
pub static CODE: Form = Form {
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
const ALIASES: Key<List<ListText>> =
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

/// The `codes` of a list.
#[derive(Debug)]
struct Codes;

impl Described for Codes {
    fn kind() -> Kind {
        let code = Kind::AnyOf(vec![Kind::Form(&CODE), Kind::Form(&INHERITED_CODE)]);
        Kind::MapOf(Box::new(Kind::Text), Box::new(code))
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
        reader.report(written.span, SchemaDefect::Fault(fault));
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
    let mut list = match base {
        Some(base) => CodeList::extending(base, name, file),
        None => CodeList::new(name, file),
    };
    // What the base would have had, this list lacks.
    list.damaged |= opened.damaged() || (head.extends.is_some() && base.is_none());
    list.version = opened.get(&VERSION, reader).into_value().unwrap_or_default().into();
    list.origin = opened.get(&ORIGIN, reader).into_value().unwrap_or_default().into();
    list.extends = head.extends.as_ref().map(|extends| extends.value.to_string());
    list.ordered |= opened.get(&ORDERED, reader).into_value().unwrap_or(false);
    let columns = opened.node_of(&COLUMNS);
    let unreadable =
        columns.map_or_else(Vec::new, |columns| read_columns(columns, &mut list, reader));
    match opened.node_of(&CODES) {
        Some(codes) => {
            list.damaged |= codes.damaged() || !matches!(codes.content(), Content::Mapping(_));
            read_codes(codes, &unreadable, &mut list, reader);
        }
        None => list.damaged = true,
    }
    if list.entries().is_empty() && !list.damaged {
        let place = opened.key_span(&CODES).unwrap_or(opened.span());
        reader.report(place, SchemaDefect::Fault(CodebookFault::NoCodes));
        list.damaged = true;
    }
    if !list.damaged {
        check_list(&list, opened.key_span(&ORDERED), reader);
    }
    list
}

/// Whether a name is a key of every code.
pub(super) fn is_key_of_code(name: &str) -> bool {
    CODE.position(name).is_some()
}

fn read_codes(
    node: Node<'_>,
    unreadable: &[String],
    list: &mut CodeList,
    reader: &mut Reader<'_, ()>,
) {
    let mut linked = Vec::new();
    for (written, value) in reader.entries(node, Codes::kind()) {
        let inherited = list.find(written.value).filter(|code| list.inherits(*code));
        if let (Some(inherited), true) = (inherited, has_only_a_parent(value)) {
            let parent = Mapping::<NewParent>::read(value, reader).into_value();
            let links = |parent: NewParent| Links { parent: Some(parent.0), successor: None };
            linked.extend(parent.map(|parent| (inherited, links(parent))));
            continue;
        }
        if !is_code(written.value) {
            reader.report(written.span, SchemaDefect::Fault(CodebookFault::CodeName));
        }
        report_long(written, reader);
        let Some((entry, links)) = read_code(written, value, unreadable, list, reader) else {
            list.damaged = true;
            continue;
        };
        if let Err(first) = list.push(entry) {
            let id = written.value.to_owned();
            reader.report(
                written.span,
                SchemaDefect::Fault(CodebookFault::Duplicate { what: "code", id, first }),
            );
        } else {
            linked.extend(list.find(written.value).map(|code| (code, links)));
        }
    }
    let (parents, successors): (Vec<_>, Vec<_>) = linked
        .into_iter()
        .map(|(code, links)| {
            (links.parent.map(|parent| (code, parent)), links.successor.map(|next| (code, next)))
        })
        .unzip();
    link_parents(parents.into_iter().flatten().collect(), list, reader);
    link_successors(successors.into_iter().flatten().collect(), list, reader);
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
    unreadable: &[String],
    list: &CodeList,
    reader: &mut Reader<'_, ()>,
) -> Option<(CodeEntry, Links)> {
    let own = list.columns.iter().map(|column| &column.name).chain(unreadable);
    let own: Vec<_> = own.map(String::as_str).collect();
    let opened = reader.open(node, &CODE, &own)?;
    let mut values = vec![None; list.columns.len()];
    for (position, value) in opened.extra() {
        if let Some(column) = list.columns.get(position) {
            values[position] = read_value(column, value, reader);
        }
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

/// A code, and another of its list that it names.
type Link = (Code, Spanned<Box<str>>);

fn link_parents(links: Vec<Link>, list: &mut CodeList, reader: &mut Reader<'_, ()>) {
    for (code, parent) in &links {
        let found = list.find(&parent.value);
        if found.is_none() && !list.damaged {
            let (list, written) = (list.name.clone(), parent.value.to_string());
            reader.report(parent.span, SchemaDefect::UnknownCode { list, written });
        }
        if found.is_some() {
            list.entry_mut(*code).parent = found;
        }
    }
    for (code, parent) in circular(&links, list, |code| list.entry(code).parent) {
        reader.report(parent.span, SchemaDefect::Fault(CodebookFault::CircularParent));
        list.entry_mut(code).parent = None;
    }
}

/// The links that close a circle with those before them and with those that the list takes over.
fn circular(links: &[Link], list: &CodeList, next: impl Fn(Code) -> Option<Code>) -> Vec<Link> {
    let own: BTreeSet<_> = links.iter().map(|(code, _)| *code).collect();
    let inherited = list.codes().filter(|code| !own.contains(code));
    let codes = inherited.chain(links.iter().map(|(code, _)| *code));
    let steps = codes.filter_map(|code| Some((code, next(code)?)));
    let (codes, steps): (Vec<_>, Vec<_>) =
        steps.map(|(code, next)| (code, (code.0 as usize, next.0 as usize))).unzip();
    let closes = closes_circle(list.entries().len(), &steps);
    let circular: BTreeSet<_> =
        codes.into_iter().zip(closes).filter(|(_, closes)| *closes).map(|(code, _)| code).collect();
    links.iter().filter(|(code, _)| circular.contains(code)).cloned().collect()
}

fn link_successors(links: Vec<Link>, list: &mut CodeList, reader: &mut Reader<'_, ()>) {
    for (code, successor) in &links {
        if list.find(&successor.value).is_some() {
            list.entry_mut(*code).replaced_by = Some(successor.value.clone());
        } else if !list.damaged {
            let written = successor.value.to_string();
            let fault = CodebookFault::UnknownSuccessor { written };
            reader.report(successor.span, SchemaDefect::Fault(fault));
        }
    }
    let next = |code| list.find(list.entry(code).replaced_by.as_deref()?);
    for (code, successor) in circular(&links, list, next) {
        reader.report(successor.span, SchemaDefect::Fault(CodebookFault::CircularSuccessor));
        list.entry_mut(code).replaced_by = None;
    }
}
