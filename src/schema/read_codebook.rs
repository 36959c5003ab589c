//! Reading `codebook.yaml`.

use super::code_list::CodeList;
use super::field::{Field, FieldType};
use super::policy::{Condition, Level, Policy};
use super::read_list::is_column_name;
use super::role::Role;
use crate::form::shape::{Boolean, Integer, Number, Text, Word};
use crate::form::{CodebookFault, Defect, Described, Form, Key, Kind, Opened, Reader};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::Node;

/// The codebook itself.
static CODEBOOK: Form = Form {
    name: "codebook",
    keys: &[NAME.info(), VERSION.info(), DOC.info(), LISTS.info(), FIELDS.info(), POLICY.info()],
};

const NAME: Key<Text> = Key::required("codebook", "The codebook's name.");
const VERSION: Key<Text> = Key::required("version", "Its version.");
const DOC: Key<Text> = Key::optional("doc", "What it is for.");
const LISTS: Key<Lists> = Key::optional(
    "lists",
    "Which code list codes what; a role that is left out uses the shipped list.",
);
const FIELDS: Key<Fields> = Key::optional("fields", "Extra fields of an event, in column order.");
const POLICY: Key<PolicyLevels> =
    Key::optional("policy", "What a level of certainty must rest on.");

/// Which code list codes what.
static LISTS_FORM: Form = Form {
    name: "choice of code lists",
    keys: &[
        role_key(Role::Action).info(),
        role_key(Role::Certainty).info(),
        role_key(Role::LocationPrecision).info(),
        role_key(Role::SourceReliability).info(),
        role_key(Role::Relation).info(),
        role_key(Role::Country).info(),
        role_key(Role::Sector).info(),
    ],
};

const fn role_key(role: Role) -> Key<Text> {
    Key::optional(role.name(), "The name of a code list.")
}

/// An extra field of an event.
static FIELD: Form = Form {
    name: "extra field",
    keys: &[
        FIELD_TYPE.info(),
        FIELD_CODES.info(),
        FIELD_LIST.info(),
        FIELD_REQUIRED.info(),
        FIELD_MIN.info(),
        FIELD_MAX.info(),
        FIELD_UNIT.info(),
        FIELD_DOC.info(),
    ],
};

const FIELD_TYPE: Key<Word<FieldType>> = Key::required("type", "The type of its values.");
const FIELD_CODES: Key<Text> = Key::optional("codes", "The code list of a field of type `code`.");
const FIELD_LIST: Key<Boolean> = Key::optional("list", "Whether an event may have several values.");
const FIELD_REQUIRED: Key<Boolean> =
    Key::optional("required", "Whether every event must have a value.");
const FIELD_MIN: Key<Number> = Key::optional("min", "The smallest number allowed.");
const FIELD_MAX: Key<Number> = Key::optional("max", "The largest number allowed.");
const FIELD_UNIT: Key<Text> = Key::optional("unit", "What is counted or measured.");
const FIELD_DOC: Key<Text> =
    Key::required("doc", "What the field means, for the codebook and the column.");

/// The conditions of a level of certainty.
static POLICY_LEVEL: Form = Form {
    name: "policy level",
    keys: &[
        ORIGINS.info(),
        CLAIMANTS.info(),
        NAMED.info(),
        RELIABILITY.info(),
        ADMITTED.info(),
        UNOPPOSED.info(),
    ],
};

const ORIGINS: Key<Integer> =
    Key::optional("origins", "At least so many independent origins support it.");
const CLAIMANTS: Key<Integer> =
    Key::optional("claimants", "At least so many claimants support it.");
const NAMED: Key<Boolean> = Key::optional("named", "A supporter is not anonymous.");
const RELIABILITY: Key<Text> =
    Key::optional("reliability", "A supporting source is at least so reliable.");
const ADMITTED: Key<Boolean> = Key::optional("admitted", "The actor itself supports it.");
const UNOPPOSED: Key<Boolean> = Key::optional("unopposed", "Nobody opposes it.");

macro_rules! described {
    ($($name:ident => $kind:expr;)+) => {$(
        #[derive(Debug)]
        struct $name;

        impl Described for $name {
            fn kind() -> Kind {
                $kind
            }
        }
    )+};
}

described! {
    Lists => Kind::Form(&LISTS_FORM);
    Fields => Kind::MapOf(Box::new(Kind::Text), Box::new(Kind::Form(&FIELD)));
    PolicyLevels => Kind::MapOf(Box::new(Kind::Code("certainty")), Box::new(Kind::Form(&POLICY_LEVEL)));
}

/// A codebook's document, opened.
pub(super) struct CodebookHead<'d> {
    opened: Opened<'d>,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is for.
    pub doc: Option<String>,
    /// The list named for each role, in the order of [`Role::ALL`].
    pub lists: [Option<Spanned<Box<str>>>; Role::ALL.len()],
}

/// Opens a codebook's document.
pub(super) fn read_head<'d>(
    root: Node<'d>,
    reader: &mut Reader<'_, ()>,
) -> Option<CodebookHead<'d>> {
    let opened = reader.open(root, &CODEBOOK, &[])?;
    let text = |key, reader: &mut _| opened.get(key, reader).into_value().map(String::from);
    let name = text(&NAME, reader).unwrap_or_default();
    let version = text(&VERSION, reader).unwrap_or_default();
    let doc = text(&DOC, reader);
    let chosen = opened.node_of(&LISTS).and_then(|node| reader.open(node, &LISTS_FORM, &[]));
    let lists = Role::ALL.map(|role| chosen.as_ref()?.get(&role_key(role), reader).into_spanned());
    Some(CodebookHead { opened, name, version, doc, lists })
}

/// A field whose code list is still a name.
pub(super) type NamedField = (Field, Option<Spanned<Box<str>>>);

/// The extra fields of a codebook, and the names of those that cannot be read.
pub(super) type ReadFields = (Vec<NamedField>, Vec<String>);

/// Reads the extra fields. `taken` says which names are those of core keys and columns.
pub(super) fn read_fields(
    head: &CodebookHead<'_>,
    file: FileId,
    taken: &dyn Fn(&str) -> bool,
    reader: &mut Reader<'_, ()>,
) -> ReadFields {
    let (mut fields, mut unreadable) = ReadFields::default();
    let Some(node) = head.opened.node_of(&FIELDS) else {
        return (fields, unreadable);
    };
    for (name, value) in reader.entries(node, Fields::kind()) {
        let field = read_field(name, value, file, reader);
        let fault = if !is_column_name(name.value) {
            Some(CodebookFault::ColumnName)
        } else if taken(name.value) {
            Some(CodebookFault::TakenName)
        } else {
            None
        };
        match (field, fault) {
            (Some(field), None) => fields.push(field),
            (_, fault) => {
                unreadable.push(name.value.to_owned());
                fault
                    .into_iter()
                    .for_each(|fault| reader.report(name.span, Defect::CodebookFault(fault)));
            }
        }
    }
    (fields, unreadable)
}

fn read_field(
    name: Spanned<&str>,
    node: Node<'_>,
    file: FileId,
    reader: &mut Reader<'_, ()>,
) -> Option<NamedField> {
    let opened = reader.open(node, &FIELD, &[])?;
    let field_type = opened.get(&FIELD_TYPE, reader).into_value()?;
    let mut field = Field {
        name: name.value.to_owned(),
        field_type,
        codes: None,
        list: opened.get(&FIELD_LIST, reader).into_value().unwrap_or(false),
        required: opened.get(&FIELD_REQUIRED, reader).into_value().unwrap_or(false),
        min: opened.get(&FIELD_MIN, reader).into_value(),
        max: opened.get(&FIELD_MAX, reader).into_value(),
        unit: opened.get(&FIELD_UNIT, reader).into_value(),
        doc: opened.get(&FIELD_DOC, reader).into_value().unwrap_or_default(),
        location: Location::new(file, name.span),
    };
    check_bounds(&opened, &mut field, reader);
    let codes = read_field_codes(&opened, field_type, name, reader);
    Some((field, codes))
}

/// Bounds that mean nothing are reported here and do not bind the records.
fn check_bounds(opened: &Opened<'_>, field: &mut Field, reader: &mut Reader<'_, ()>) {
    let place = opened.key_span(&FIELD_MIN).or_else(|| opened.key_span(&FIELD_MAX));
    let Some(place) = place else { return };
    if !field.field_type.has_bounds() {
        let fault =
            CodebookFault::NotForType { key: "min or max", field_type: field.field_type.name() };
        reader.report(place, Defect::CodebookFault(fault));
        (field.min, field.max) = (None, None);
    } else if field.min.zip(field.max).is_some_and(|(min, max)| min > max) {
        reader.report(place, Defect::CodebookFault(CodebookFault::MinimumAboveMaximum));
        (field.min, field.max) = (None, None);
    }
}

fn read_field_codes(
    opened: &Opened<'_>,
    field_type: FieldType,
    name: Spanned<&str>,
    reader: &mut Reader<'_, ()>,
) -> Option<Spanned<Box<str>>> {
    let codes = opened.get(&FIELD_CODES, reader);
    match (field_type, opened.key_span(&FIELD_CODES)) {
        (FieldType::Code, None) if !opened.damaged() => {
            reader.report(
                name.span,
                Defect::MissingCompanion { key: "type: code", companion: "codes" },
            );
        }
        (FieldType::Code, _) | (_, None) => {}
        (other, Some(place)) => {
            let fault = CodebookFault::NotForType { key: "codes", field_type: other.name() };
            reader.report(place, Defect::CodebookFault(fault));
        }
    }
    codes.into_spanned()
}

/// Reads the policy, once the lists that its levels and conditions name are known.
pub(super) fn read_policy(
    head: &CodebookHead<'_>,
    file: FileId,
    certainty: &CodeList,
    reliability: &CodeList,
    reader: &mut Reader<'_, ()>,
) -> Policy {
    let Some(node) = head.opened.node_of(&POLICY) else {
        return Policy::default();
    };
    let mut levels = Vec::new();
    for (written, value) in reader.entries(node, PolicyLevels::kind()) {
        let Some(opened) = reader.open(value, &POLICY_LEVEL, &[]) else {
            continue;
        };
        let conditions = read_conditions(&opened, reliability, reader);
        if let Some(code) = certainty.find(written.value) {
            let location = Location::new(file, written.span.to(value.span()));
            levels.push(Level { certainty: code, conditions, location });
        } else if !certainty.damaged {
            let defect = Defect::UnknownCode {
                list: certainty.name.clone(),
                written: written.value.to_owned(),
            };
            reader.report(written.span, defect);
        }
    }
    Policy { levels }
}

fn read_conditions(
    opened: &Opened<'_>,
    reliability: &CodeList,
    reader: &mut Reader<'_, ()>,
) -> Vec<Condition> {
    let mut conditions = Vec::new();
    let count = |key, reader: &mut _| {
        opened.get(key, reader).into_value().and_then(|n| u32::try_from(n).ok())
    };
    conditions.extend(count(&ORIGINS, reader).map(Condition::Origins));
    conditions.extend(count(&CLAIMANTS, reader).map(Condition::Claimants));
    let flag = |key, reader: &mut _| opened.get(key, reader).into_value().unwrap_or(false);
    conditions.extend(flag(&NAMED, reader).then_some(Condition::Named));
    if let Some(written) = opened.get(&RELIABILITY, reader).into_spanned() {
        match reliability.find(&written.value) {
            Some(code) => conditions.push(Condition::Reliability(code)),
            None if reliability.damaged => {}
            None => {
                let (list, written_code) = (reliability.name.clone(), written.value.to_string());
                reader.report(written.span, Defect::UnknownCode { list, written: written_code });
            }
        }
    }
    conditions.extend(flag(&ADMITTED, reader).then_some(Condition::Admitted));
    conditions.extend(flag(&UNOPPOSED, reader).then_some(Condition::Unopposed));
    conditions
}
