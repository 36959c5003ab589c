//! Reading `codebook.yaml`.

use std::collections::BTreeMap;

use super::Reader;
use super::circle::closing;
use super::defect::CodebookFault;
use super::field::Field;
use super::read_columns::{is_column_name, report_long};
use super::read_policy::policy_kind;
use super::role::Role;
use crate::form::{Form, Key, Kind, Limit, ListName, Opened, Shape, Text, Written, form, shape};
use crate::source::FileId;
use crate::syntax::{Content, Node};

form! {
    /// The file `codebook.yaml`.
    pub struct CodebookFile: "codebook" in () {
        /// The codebook's name.
        required name as "codebook": Box<str> = Text,
        /// Its version.
        required version: Box<str> = Text,
        /// What it is for.
        optional doc: Option<Box<str>> = Text,
        /// Which code list codes what; a role that is left out uses the shipped list.
        optional lists: Written<NamedLists> = Lists,
        /// Extra fields of an event, in column order.
        optional fields by fields_kind,
        /// What a level of certainty must rest on.
        optional policy by policy_kind,
    }
}

/// The list named for each role, in the order of [`Role::ALL`]; invalid where a name may have been
/// lost.
pub(super) type NamedLists = [Written<Box<str>>; Role::ALL.len()];

static LISTS: Form = Form {
    name: "choice of code lists",
    keys: &Key::each(Role::WORDS, "The name of a code list.", <ListName as Shape<()>>::kind),
};

shape! {
    /// Which code list codes what.
    struct Lists in () => NamedLists: Kind::Form(&LISTS), |node, reader| {
        let Some(opened) = reader.open(node, &LISTS, &[]) else { return Written::Invalid };
        let named = Role::ALL.map(|role| opened.get::<ListName, ()>(role.as_str(), reader));
        Written::given(perhaps_lost(named, node.damaged()), node.span())
    };
}

/// Marks absent names as invalid if they may have been lost.
fn perhaps_lost(names: NamedLists, is_lost: bool) -> NamedLists {
    names.map(|name| if is_lost && name.is_absent() { Written::Invalid } else { name })
}

impl CodebookFile {
    /// Opens a codebook's document.
    pub(super) fn open<'d>(root: Node<'d>, reader: &mut Reader<'_>) -> Option<(Opened<'d>, Self)> {
        let opened = reader.open(root, Self::FORM, &[])?;
        let file = Self::of(&opened, reader)?;
        Some((opened, file))
    }

    /// The list named for each role; invalid where a name may have been lost.
    pub(super) fn named_lists(&mut self, opened: &Opened<'_>) -> NamedLists {
        let is_invalid = self.lists.is_invalid();
        let named = std::mem::take(&mut self.lists).into_value().unwrap_or_default();
        perhaps_lost(named, is_invalid || opened.damaged())
    }
}

/// Whether text of a codebook was lost, so that a field that seems undeclared may be declared after
/// all.
pub(super) fn lacks_fields(opened: &Opened<'_>) -> bool {
    let fields = opened.node_of("fields");
    let is_lost =
        |fields: Node<'_>| fields.damaged() || !matches!(fields.content(), Content::Mapping(_));
    opened.damaged() || fields.is_some_and(is_lost)
}

fn fields_kind() -> Kind {
    Kind::MapOf(Box::new(Kind::Text), Box::new(Kind::Form(Field::FORM)))
}

/// Reads the extra fields of a codebook. Returns the names of those that cannot be read as well.
pub(super) fn read_fields(
    opened: &Opened<'_>,
    file: FileId,
    reader: &mut Reader<'_>,
) -> (Vec<Field>, Vec<String>) {
    let (mut fields, mut unreadable) = (Vec::new(), Vec::new());
    let Some(node) = opened.node_of("fields") else {
        return (fields, unreadable);
    };
    for (name, value) in reader.entries(node, fields_kind()) {
        if fields.len() + unreadable.len() >= Limit::Fields.most() {
            reader.report(name.span, Limit::Fields);
            break;
        }
        report_long(name, reader);
        let is_name = is_column_name(name.value);
        if !is_name {
            reader.report(name.span, CodebookFault::ColumnName);
        }
        let patterns = fields.iter().filter(|field: &&Field| field.pattern.is_some()).count();
        let opened = reader.open(value, Field::FORM, &[]);
        let field = opened.and_then(|opened| Field::of(&opened, reader, name, file, patterns));
        match field.filter(|_| is_name) {
            Some(field) => fields.push(field),
            None => unreadable.push(name.value.to_owned()),
        }
    }
    check_wholes(&mut fields, &unreadable, reader);
    (fields, unreadable)
}

/// A `part_of` that means nothing is reported here and does not bind the records.
fn check_wholes(fields: &mut [Field], unreadable: &[String], reader: &mut Reader<'_>) {
    let positions: BTreeMap<_, _> =
        fields.iter().enumerate().map(|(at, field)| (field.name.clone(), at)).collect();
    let whole_of = |field: &Field| positions.get(&*field.part_of.as_ref()?.value).copied();
    let wholes: Vec<_> = fields.iter().map(whole_of).collect();
    let links = wholes.iter().enumerate().filter_map(|(part, whole)| Some((part, (*whole)?)));
    let circular = closing(fields.len(), links);
    for at in 0..fields.len() {
        let Some(part_of) = fields[at].part_of.clone() else { continue };
        let fault = match wholes[at] {
            None if unreadable.iter().any(|name| **name == *part_of.value) => None,
            None => Some(CodebookFault::UnknownWhole { written: part_of.value.into() }),
            Some(_) if circular.contains(&at) => Some(CodebookFault::CircularPart),
            Some(whole) if fields[whole].is_figure() => continue,
            Some(_) => Some(CodebookFault::UncountedWhole),
        };
        fields[at].part_of = None;
        if let Some(fault) = fault {
            reader.report(part_of.span, fault);
        }
    }
}
