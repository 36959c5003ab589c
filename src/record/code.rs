//! Codes and actors as values.

use std::borrow::Cow;

use super::Reader;
use super::defect::{RecordDefect, RetiredCode};
use crate::form::{ActorName, Kind, Written, shape};
use crate::schema::{Code, CodeList, Codebook, Composite, Role};
use crate::source::Spanned;
use crate::syntax::{Content, Node};

/// Codes of the lists that the codebook chooses for roles.
macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident: $role:ident,)+) => {
        shape! {$(
            $(#[$doc])+
            pub(super) struct $name in Codebook => Code: Kind::Code(Role::$role.as_str()),
            |node, reader| read_code(reader.context.list(Role::$role), Self::kind(), node, reader);
        )+}
    };
}

codes! {
    /// What was done.
    ActionCode: Action,
    /// How sure someone is.
    CertaintyCode: Certainty,
    /// A country.
    CountryCode: Country,
    /// How well a place is known.
    LocationPrecisionCode: LocationPrecision,
    /// How two events are related.
    RelationCode: Relation,
    /// A sector of society.
    SectorCode: Sector,
    /// How reliable a source is.
    SourceReliabilityCode: SourceReliability,
}

/// Reads a code of a list.
pub(super) fn read_code(
    list: &CodeList,
    kind: Kind,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Written<Code> {
    match reader.scalar(node, kind) {
        Some(written) => look_up(list, written, node, reader),
        None => Written::Invalid,
    }
}

shape! {
    /// An actor who does something or says something.
    pub(super) struct ActorReference in Codebook => Box<str>: Kind::Actor, |node, reader| {
        report_retired_groups(node, reader);
        ActorName::read(node, reader)
    };
}

/// Looks up a code in a list. If text of the list was lost, a missing code is not reported: the
/// record may be right.
fn look_up(
    list: &CodeList,
    written: &str,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Written<Code> {
    match reader.look_up(Spanned::new(written, node.span()), |written| list.find(written)) {
        Some(code) => {
            report_retired(list, code, &list.entry(code).code, 0, node, reader);
            Written::given(code, node.span())
        }
        None if list.damaged => reader.invalid(node.span(), RecordDefect::CodeOfDamagedList),
        None => {
            let defect =
                RecordDefect::UnknownCode { list: list.name.clone(), written: written.to_owned() };
            reader.invalid(node.span(), defect)
        }
    }
}

/// Reports the groups of a composite actor code that their lists have replaced. Does nothing for
/// any other text.
pub(super) fn report_retired_groups(node: Node<'_>, reader: &mut Reader<'_>) {
    let Content::Scalar(scalar) = node.content() else { return };
    let codebook = reader.context;
    let Ok(composite) = Composite::decode(scalar.text, codebook) else { return };
    let countries = codebook.list(Role::Country);
    report_retired(countries, composite.country, scalar.text, 0, node, reader);
    if let Some(sector) = composite.sector {
        let at = countries.entry(composite.country).code.len();
        report_retired(codebook.list(Role::Sector), sector, scalar.text, at, node, reader);
    }
}

/// Replaces the retired groups of a composite actor code by their successors. Returns any other
/// name unchanged.
pub fn current_actor<'n>(name: &'n str, codebook: &Codebook) -> Cow<'n, str> {
    let Ok(composite) = Composite::decode(name, codebook) else { return Cow::Borrowed(name) };
    let successor = |role, code| codebook.list(role).successor(code);
    let country = successor(Role::Country, composite.country);
    let sector = composite.sector.and_then(|sector| successor(Role::Sector, sector));
    if country.is_none() && sector.is_none() {
        return Cow::Borrowed(name);
    }
    let code = |role, code| &*codebook.list(role).entry(code).code;
    let country = code(Role::Country, country.unwrap_or(composite.country));
    let sector = sector.or(composite.sector).map_or("", |sector| code(Role::Sector, sector));
    Cow::Owned(format!("{country}{sector}{}", composite.rest))
}

fn report_retired(
    list: &CodeList,
    code: Code,
    written: &str,
    at: usize,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) {
    let Some(successor) = list.successor(code) else { return };
    let (entry, successor) = (list.entry(code), list.entry(successor));
    let retired = RetiredCode {
        list: list.name.clone(),
        code: entry.code.to_string(),
        successor: successor.code.to_string(),
        label: successor.label.to_string(),
        declared: entry.location,
    };
    let written = written.to_owned();
    reader.report(node.span(), RecordDefect::RetiredCode { retired, written, at });
}
