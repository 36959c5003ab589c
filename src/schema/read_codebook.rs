//! Reading `codebook.yaml`.

use std::collections::BTreeMap;

use super::Reader;
use super::circle::closing;
use super::defect::CodebookFault;
use super::field::{Field, FieldType, choice_kind};
use super::id_scheme::schemes_kind;
use super::read_columns::{is_column_name, report_long};
use super::read_policy::policy_kind;
use super::role::Role;
use crate::form::{Form, Key, Kind, Limit, ListName, Opened, Shape, Text, Written, form};
use crate::source::{FileId, Spanned};
use crate::syntax::{Content, Node};

form! {
    /// The file `codebook.yaml`.
    pub struct CodebookFile: "codebook" in () {
        /// The codebook's name.
        optional name as "codebook": Box<str> = Text,
        /// Its version.
        optional version: Box<str> = Text,
        /// What it is for.
        optional doc: Option<Box<str>> = Text,
        /// Which code list codes what, or the codes themselves; a role that is left out uses the
        /// shipped list.
        optional lists by lists_kind,
        /// Extra fields, in column order: name to type, to a list of codes, or to a mapping.
        optional fields by fields_kind,
        /// Other datasets whose ids an event may bear, each with whose ids they are.
        optional ids by schemes_kind,
        /// What a level of certainty must rest on.
        optional policy by policy_kind,
    }
}

/// What codes a role: a list by its name, or the codes themselves.
pub(super) enum Choice<'d> {
    Named(Box<str>),
    Codes(Node<'d>),
}

/// The choice for each role, in the order of [`Role::ALL`]; invalid where one may have been lost. The
/// place of codes is that of the role.
pub(super) type Choices<'d> = [Written<Choice<'d>>; Role::ALL.len()];

/// The roles of code lists.
pub static LISTS: Form = Form {
    name: "choice of code lists",
    keys: &Key::each(
        Role::WORDS,
        "The name of a code list, or the codes themselves; those of a scale strongest first.",
        choice_kind,
    ),
};

const fn lists_kind() -> Kind {
    Kind::Form(&LISTS)
}

/// What a codebook chooses for each role.
pub(super) fn read_choices<'d>(opened: &Opened<'d>, reader: &mut Reader<'_>) -> Choices<'d> {
    let Some(node) = opened.node_of("lists") else {
        return Role::ALL.map(|_| perhaps_lost(opened.damaged()));
    };
    let Some(lists) = reader.open(node, &LISTS, &[]) else {
        return Role::ALL.map(|_| Written::Invalid);
    };
    Role::ALL.map(|role| {
        let Some(node) = lists.node_of(role.as_str()) else {
            return perhaps_lost(opened.damaged() || lists.damaged());
        };
        match node.content() {
            Content::Scalar(_) => ListName::read(node, reader).map(Choice::Named),
            Content::Mapping(_) | Content::Sequence(_) => {
                let place = lists.key_span(role.as_str()).unwrap_or(node.span());
                Written::given(Choice::Codes(node), place)
            }
        }
    })
}

/// A choice that is not there, and may have been lost.
const fn perhaps_lost<'d>(is_lost: bool) -> Written<Choice<'d>> {
    if is_lost { Written::Invalid } else { Written::Absent }
}

impl CodebookFile {
    /// Opens a codebook's document.
    pub(super) fn open<'d>(root: Node<'d>, reader: &mut Reader<'_>) -> Option<(Opened<'d>, Self)> {
        let opened = reader.open(root, Self::FORM, &[])?;
        let file = Self::of(&opened, reader)?;
        Some((opened, file))
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
    let field_type = <FieldType as Shape<()>>::kind();
    let codes = Kind::ListOf(Box::new(Kind::Text));
    let field = field_type.or(codes).or(Kind::Form(Field::FORM));
    Kind::MapOf(Box::new(Kind::Text), Box::new(field))
}

/// The extra fields of a codebook.
#[derive(Default)]
pub(super) struct ReadFields<'d> {
    pub(super) fields: Vec<Field>,
    /// The codes that stand in the codebook itself: position of the field, and its codes.
    pub(super) codes: Vec<(usize, Node<'d>)>,
    /// The names of fields that cannot be read.
    pub(super) unreadable: Vec<String>,
}

/// Reads the extra fields of a codebook.
pub(super) fn read_fields<'d>(
    opened: &Opened<'d>,
    file: FileId,
    reader: &mut Reader<'_>,
) -> ReadFields<'d> {
    let mut read = ReadFields::default();
    let ReadFields { fields, codes, unreadable } = &mut read;
    let Some(node) = opened.node_of("fields") else {
        return read;
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
        match read_field(name, value, (file, patterns), reader).filter(|_| is_name) {
            Some((field, own_codes)) => {
                codes.extend(own_codes.map(|node| (fields.len(), node)));
                fields.push(field);
            }
            None => unreadable.push(name.value.to_owned()),
        }
    }
    check_wholes(fields, unreadable, reader);
    read
}

/// Reads a field: its type alone, its codes alone, or a mapping. Returns the codes that stand there
/// as well.
fn read_field<'d>(
    name: Spanned<&str>,
    node: Node<'d>,
    (file, patterns): (FileId, usize),
    reader: &mut Reader<'_>,
) -> Option<(Field, Option<Node<'d>>)> {
    match node.content() {
        Content::Scalar(_) => {
            let field_type = FieldType::read(node, reader).into_value()?;
            if field_type == FieldType::Code {
                reader.report(node.span(), CodebookFault::CodeOfNothing);
            }
            Some((Field::short(name, field_type, file), None))
        }
        Content::Sequence(_) => {
            report_type(node, reader);
            Some((Field::short(name, FieldType::Code, file), Some(node)))
        }
        Content::Mapping(_) => {
            let opened = reader.open(node, Field::FORM, &[])?;
            let field = Field::of(&opened, reader, name, file, patterns)?;
            let codes = opened.node_of("codes").filter(|_| field.field_type == FieldType::Code);
            Some((field, codes.filter(|node| !matches!(node.content(), Content::Scalar(_)))))
        }
    }
}

/// Reports a list of one code that is the name of a type: `[text]`.
fn report_type(node: Node<'_>, reader: &mut Reader<'_>) {
    let Content::Sequence(items) = node.content() else { return };
    let mut items = items.items();
    if let (Some(only), None) = (items.next(), items.next())
        && let Content::Scalar(scalar) = only.content()
        && let Some(word) = FieldType::WORDS.into_iter().find(|word| *word == scalar.text)
    {
        reader.report(node.span(), CodebookFault::TypeAsCode { word });
    }
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
            Some(whole) if fields[whole].on != fields[at].on => {
                Some(CodebookFault::WholeElsewhere { on: fields[whole].on.as_str() })
            }
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
