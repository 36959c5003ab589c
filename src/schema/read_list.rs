//! Reading a code list.

use std::collections::BTreeSet;

use super::Reader;
use super::check_list::{check_list, is_code};
use super::circle::closing;
use super::code::{Code, CodeEntry};
use super::code_list::{CodeList, RANK};
use super::defect::{CodebookFault, SchemaDefect};
use super::read_columns::{columns_kind, read_columns, read_value, report_long};
use crate::form::{Kind, Limit, ListName, Opened, Shape, Text, form};
use crate::source::{FileId, Span, Spanned};
use crate::syntax::{Content, Node};

form! {
    /// The file of a code list.
    pub struct ListFile: "code list" in () {
        /// The list's name, which is also its file's.
        required list: Option<Spanned<Box<str>>> = Text,
        /// A list whose columns and codes this one takes over, before its own.
        optional extends: Option<Spanned<Box<str>>> = ListName,
        /// The version of the scheme, as its publisher writes it.
        optional version: Box<str> = Text,
        /// Where the codes come from, with their license.
        optional origin: Box<str> = Text,
        /// Whether the codes stand from strongest to weakest. Their ranks come from this order,
        /// unless the list has a column `rank`.
        optional ordered: bool = bool,
        /// The list's own columns: name to type, or to a mapping.
        optional columns by columns_kind,
        /// The codes: a list of them, or a mapping from each to its label, or to what it means.
        required codes by codes_kind,
    }
}

/// What the `codes` of a list must be.
pub(super) fn codes_kind() -> Kind {
    let code = Kind::Text.or(Kind::Form(CodeEntry::FORM)).or(Kind::Form(NewParent::FORM));
    let meanings = Kind::MapOf(Box::new(Kind::Text), Box::new(code));
    Kind::ListOf(Box::new(Kind::Text)).or(meanings)
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
            let place = opened.key_span("codes").unwrap_or(codes.span());
            fill(&mut list, Spanned::new(codes, place), &unreadable, reader);
        }
        None => list.damaged = true,
    }
    if !list.damaged {
        check_list(&list, opened.key_span("ordered"), reader);
    }
    list
}

/// Reads the codes that the codebook itself lists for a role or a field, under that name.
pub(super) fn read_inline(
    name: Spanned<&str>,
    is_scale: bool,
    codes: Node<'_>,
    file: FileId,
    reader: &mut Reader<'_>,
) -> CodeList {
    let mut list = CodeList::inline(name, file);
    list.ordered = is_scale;
    fill(&mut list, Spanned::new(codes, name.span), &[], reader);
    if !list.damaged {
        check_list(&list, None, reader);
    }
    list
}

/// Adds the codes that are written under a key, and ranks those of an ordered list.
fn fill(
    list: &mut CodeList,
    codes: Spanned<Node<'_>>,
    unreadable: &[String],
    reader: &mut Reader<'_>,
) {
    let Spanned { value: node, span: key } = codes;
    list.damaged |= node.damaged();
    match node.content() {
        Content::Sequence(sequence) => {
            sequence.items().for_each(|item| read_item(item, list, reader));
        }
        Content::Mapping(_) => read_codes(node, unreadable, list, reader),
        Content::Scalar(_) => {
            list.damaged = true;
            reader.wrong_type::<()>(node, codes_kind());
        }
    }
    if list.entries().is_empty() && !list.damaged {
        reader.report(key, CodebookFault::NoCodes);
        list.damaged = true;
    }
    // A column that could not be read may have held the ranks.
    if list.ordered && !unreadable.iter().any(|name| name == RANK) {
        rank(list, key, reader);
    }
}

fn rank(list: &mut CodeList, key: Span, reader: &mut Reader<'_>) {
    let has_ranks = list.columns.iter().any(|column| column.name == RANK);
    if !has_ranks && list.entries().len() > Limit::Ranks.most() {
        reader.report(key, Limit::Ranks);
        list.damaged = true;
        return;
    }
    list.rank_by_order();
}

/// Reads a code of which nothing but itself is written.
fn read_item(item: Node<'_>, list: &mut CodeList, reader: &mut Reader<'_>) {
    let Some(code) = reader.scalar(item, Kind::Text) else {
        list.damaged = true;
        return;
    };
    let code = Spanned::new(code, item.span());
    check_name(code, reader);
    add(CodeEntry::short(code, None, list.columns.len(), list.file), code.span, list, reader);
}

fn check_name(code: Spanned<&str>, reader: &mut Reader<'_>) {
    if !is_code(code.value) {
        reader.report(code.span, CodebookFault::CodeName { written: code.value.to_owned() });
    }
    report_long(code, reader);
}

/// Adds a code, and returns its position; reports one that is there already.
fn add(entry: CodeEntry, span: Span, list: &mut CodeList, reader: &mut Reader<'_>) -> Option<Code> {
    let id = entry.code.to_string();
    match list.push(entry) {
        Ok(()) => list.find(&id),
        Err(first) => {
            reader.report(span, CodebookFault::Duplicate { what: "code", id, first });
            None
        }
    }
}

fn read_codes(node: Node<'_>, unreadable: &[String], list: &mut CodeList, reader: &mut Reader<'_>) {
    let (mut parents, mut successors) = (Vec::new(), Vec::new());
    for (written, value) in reader.entries(node, codes_kind()) {
        let inherited = list.find(written.value).filter(|code| list.inherits(*code));
        if let (Some(inherited), true) = (inherited, has_only_a_parent(value)) {
            let parent = NewParent::read(value, reader).into_value();
            parents.extend(parent.map(|parent| (inherited, parent.parent)));
            continue;
        }
        check_name(written, reader);
        let Some((entry, parent, successor)) = read_code(written, value, unreadable, list, reader)
        else {
            list.damaged = true;
            continue;
        };
        if let Some(code) = add(entry, written.span, list, reader) {
            parents.extend(parent.map(|parent| (code, parent)));
            successors.extend(successor.map(|successor| (code, successor)));
        }
    }
    link_parents(&parents, list, reader);
    link_successors(&successors, list, reader);
}

/// Whether an entry gives nothing but a `parent`. An inherited code keeps its meaning, and can only
/// be put under another code.
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

/// The name of a code of the same list; it is looked up once all are read.
type CodeName = Spanned<Box<str>>;

/// A code, with the names of its parent and successor.
type ReadCode = (CodeEntry, Option<CodeName>, Option<CodeName>);

fn read_code(
    written: Spanned<&str>,
    node: Node<'_>,
    unreadable: &[String],
    list: &CodeList,
    reader: &mut Reader<'_>,
) -> Option<ReadCode> {
    if matches!(node.content(), Content::Scalar(_)) {
        let label = Text::read(node, reader).into_value()?;
        let entry = CodeEntry::short(written, Some(label), list.columns.len(), list.file);
        return Some((entry, None, None));
    }
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
    Some((entry, name_of("parent"), name_of("replaced_by")))
}

fn link_parents(links: &[(Code, CodeName)], list: &mut CodeList, reader: &mut Reader<'_>) {
    for (code, parent) in links {
        match list.find(&parent.value) {
            Some(found) => list.entry_mut(*code).parent = Some(found),
            None if list.damaged => {}
            None => {
                let (list, written) = (list.name.clone(), parent.value.to_string());
                reader.report(parent.span, SchemaDefect::UnknownCode { list, written });
            }
        }
    }
    for (code, parent) in circular(links, list, |code| list.entry(code).parent) {
        reader.report(parent.span, CodebookFault::CircularParent);
        list.entry_mut(*code).parent = None;
    }
}

fn link_successors(links: &[(Code, CodeName)], list: &mut CodeList, reader: &mut Reader<'_>) {
    for (code, successor) in links {
        if list.find(&successor.value).is_some() {
            list.entry_mut(*code).replaced_by = Some(successor.value.clone());
        } else if !list.damaged {
            let written = successor.value.to_string();
            reader.report(successor.span, CodebookFault::UnknownSuccessor { written });
        }
    }
    let next = |code| list.find(list.entry(code).replaced_by.as_deref()?);
    for (code, successor) in circular(links, list, next) {
        reader.report(successor.span, CodebookFault::CircularSuccessor);
        list.entry_mut(*code).replaced_by = None;
    }
}

/// The links that close a circle with the links before them or with inherited ones.
fn circular<'n>(
    links: &'n [(Code, CodeName)],
    list: &CodeList,
    next: impl Fn(Code) -> Option<Code>,
) -> Vec<&'n (Code, CodeName)> {
    let own: BTreeSet<_> = links.iter().map(|(code, _)| *code).collect();
    let inherited = list.codes().filter(|code| !own.contains(code));
    let codes = inherited.chain(links.iter().map(|(code, _)| *code));
    let steps = codes.filter_map(|code| Some((code.0 as usize, next(code)?.0 as usize)));
    let circular = closing(list.entries().len(), steps);
    links.iter().filter(|(code, _)| circular.contains(&(code.0 as usize))).collect()
}
