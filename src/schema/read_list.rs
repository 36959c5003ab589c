//! Reading a code list.

use std::collections::BTreeSet;

use super::Reader;
use super::check_list::{check_list, is_code};
use super::circle::closes_circle;
use super::code::{Code, CodeEntry};
use super::code_list::CodeList;
use super::defect::{CodebookFault, SchemaDefect};
use super::read_columns::{columns_kind, read_columns, read_value, report_long};
use crate::form::{Kind, ListName, Opened, Shape, Text, form};
use crate::source::{FileId, Spanned};
use crate::syntax::{Content, Node};

form! {
    /// The file of a code list.
    pub struct ListFile: "code list" in () {
        /// The list's name, which is also its file's.
        required list: Option<Spanned<Box<str>>> = Text,
        /// A list whose columns and codes this one takes over, before its own.
        optional extends: Option<Spanned<Box<str>>> = ListName,
        /// The version of the scheme, as its publisher writes it.
        required version: Box<str> = Text,
        /// Where the codes come from, with their license.
        required origin: Box<str> = Text,
        /// Whether the codes stand from strongest to weakest, with a `rank` each.
        optional ordered: bool = bool,
        /// The list's own columns: name to type, or to a mapping.
        optional columns by columns_kind,
        /// The codes and what they mean.
        required codes by codes_kind,
    }
}

/// What the `codes` of a list must be.
fn codes_kind() -> Kind {
    let code = Kind::Form(CodeEntry::FORM).or(Kind::Form(NewParent::FORM));
    Kind::MapOf(Box::new(Kind::Text), Box::new(code))
}

/// Opens a list's document.
pub(super) fn read_head<'d>(
    root: Node<'d>,
    name: &str,
    reader: &mut Reader<'_>,
) -> Option<(Opened<'d>, ListFile)> {
    let opened = reader.open(root, ListFile::FORM, &[])?;
    let file = ListFile::of(&opened, reader)?;
    if let Some(written) = &file.list
        && *written.value != *name
    {
        let fault = CodebookFault::ListName { expected: name.to_owned() };
        reader.report(written.span, fault);
    }
    Some((opened, file))
}

/// Reads a list on top of the one it extends.
pub(super) fn read_list(
    (opened, said): (&Opened<'_>, ListFile),
    name: &str,
    base: Option<&CodeList>,
    file: FileId,
    reader: &mut Reader<'_>,
) -> CodeList {
    let mut list = match base {
        Some(base) => CodeList::extending(base, name, file),
        None => CodeList::new(name, file),
    };
    // What the base would have had, this list lacks.
    list.damaged |= opened.damaged() || (said.extends.is_some() && base.is_none());
    list.version = said.version.into();
    list.origin = said.origin.into();
    list.extends = said.extends.map(|extends| extends.value.into());
    list.ordered |= said.ordered;
    let columns = opened.node_of("columns");
    let unreadable =
        columns.map_or_else(Vec::new, |columns| read_columns(columns, &mut list, reader));
    match opened.node_of("codes") {
        Some(codes) => {
            list.damaged |= codes.damaged() || !matches!(codes.content(), Content::Mapping(_));
            read_codes(codes, &unreadable, &mut list, reader);
        }
        None => list.damaged = true,
    }
    if list.entries().is_empty() && !list.damaged {
        let place = opened.key_span("codes").unwrap_or(opened.span());
        reader.report(place, CodebookFault::NoCodes);
        list.damaged = true;
    }
    if !list.damaged {
        check_list(&list, opened.key_span("ordered"), reader);
    }
    list
}

fn read_codes(node: Node<'_>, unreadable: &[String], list: &mut CodeList, reader: &mut Reader<'_>) {
    let mut linked = Vec::new();
    for (written, value) in reader.entries(node, codes_kind()) {
        let inherited = list.find(written.value).filter(|code| list.inherits(*code));
        if let (Some(inherited), true) = (inherited, has_only_a_parent(value)) {
            let parent = NewParent::read(value, reader).into_value();
            let links = |parent: NewParent| Links { parent: Some(parent.parent), successor: None };
            linked.extend(parent.map(|parent| (inherited, links(parent))));
            continue;
        }
        if !is_code(written.value) {
            reader.report(written.span, CodebookFault::CodeName);
        }
        report_long(written, reader);
        let Some((entry, links)) = read_code(written, value, unreadable, list, reader) else {
            list.damaged = true;
            continue;
        };
        if let Err(first) = list.push(entry) {
            let id = written.value.to_owned();
            reader.report(written.span, CodebookFault::Duplicate { what: "code", id, first });
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
        Content::Mapping(mapping) => mapping.len() == 1 && mapping.get("parent").is_some(),
        Content::Scalar(_) | Content::Sequence(_) => false,
    }
}

form! {
    /// A code of the list that a list extends.
    struct NewParent: "inherited code" in () {
        /// The broader code that it is a kind of in this list.
        essential parent: Spanned<Box<str>> = Text,
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
    reader: &mut Reader<'_>,
) -> Option<(CodeEntry, Links)> {
    let own = list.columns.iter().map(|column| &column.name).chain(unreadable);
    let own: Vec<_> = own.map(String::as_str).collect();
    let opened = reader.open(node, CodeEntry::FORM, &own)?;
    let mut values = vec![None; list.columns.len()];
    for (position, value) in opened.extra() {
        if let Some(column) = list.columns.get(position) {
            values[position] = read_value(column, value, reader);
        }
    }
    let entry = CodeEntry::of(&opened, reader, written, values, list.file)?;
    let mut name_of = |key| opened.get::<Text, ()>(key, reader).into_spanned();
    Some((entry, Links { parent: name_of("parent"), successor: name_of("replaced_by") }))
}

/// A code, and another of its list that it names.
type Link = (Code, Spanned<Box<str>>);

fn link_parents(links: Vec<Link>, list: &mut CodeList, reader: &mut Reader<'_>) {
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
        reader.report(parent.span, CodebookFault::CircularParent);
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

fn link_successors(links: Vec<Link>, list: &mut CodeList, reader: &mut Reader<'_>) {
    for (code, successor) in &links {
        if list.find(&successor.value).is_some() {
            list.entry_mut(*code).replaced_by = Some(successor.value.clone());
        } else if !list.damaged {
            let written = successor.value.to_string();
            let fault = CodebookFault::UnknownSuccessor { written };
            reader.report(successor.span, fault);
        }
    }
    let next = |code| list.find(list.entry(code).replaced_by.as_deref()?);
    for (code, successor) in circular(&links, list, next) {
        reader.report(successor.span, CodebookFault::CircularSuccessor);
        list.entry_mut(code).replaced_by = None;
    }
}
