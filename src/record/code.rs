//! Codes of the codebook's lists as values.

use std::marker::PhantomData;

use super::defect::{RecordDefect, RetiredCode};
use crate::form::shape::scalar;
use crate::form::{Described, Kind, Reader, Shape, Written};
use crate::schema::{Code, CodeList, Codebook, Composite, Role};
use crate::source::Spanned;
use crate::syntax::{Content, Node};

/// A code of the list that the codebook chooses for a role.
#[derive(Debug)]
pub(super) struct CodeOf<R>(PhantomData<fn() -> R>);

/// A role as a type.
pub(super) trait OfRole {
    const ROLE: Role;
}

macro_rules! roles {
    ($($name:ident),+) => {$(
        #[derive(Debug)]
        pub(super) struct $name;

        impl OfRole for $name {
            const ROLE: Role = Role::$name;
        }
    )+};
}

roles!(Certainty, LocationPrecision, SourceReliability, Relation, Country, Sector);

impl<R: OfRole> Described for CodeOf<R> {
    fn kind() -> Kind {
        Kind::Code(R::ROLE.name())
    }
}

impl<R: OfRole> Shape<Codebook> for CodeOf<R> {
    type Value = Code;

    fn read(node: Node<'_>, reader: &mut Reader<'_, Codebook>) -> Written<Code> {
        let Some(written) = scalar::<Self, Codebook>(node, reader) else {
            return Written::Invalid;
        };
        let list = reader.context.list(R::ROLE);
        look_up(list, written, node, reader)
    }
}

/// Looks a written code up in a list. A list that lost text may lack the code through no fault of
/// the record, so no rule says anything then.
pub(super) fn look_up(
    list: &CodeList,
    written: &str,
    node: Node<'_>,
    reader: &mut Reader<'_, Codebook>,
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

/// Records the groups of a composite actor code that their lists have replaced; says nothing of a
/// text that is none.
pub(super) fn report_retired_groups(node: Node<'_>, reader: &mut Reader<'_, Codebook>) {
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

/// A composite actor code with the successors of the groups that their lists have replaced; any
/// other name as it is.
pub(super) fn current_actor(name: &str, codebook: &Codebook) -> String {
    let Ok(composite) = Composite::decode(name, codebook) else { return name.to_owned() };
    let current = |role, code| {
        let list = codebook.list(role);
        &*list.entry(list.successor(code).unwrap_or(code)).code
    };
    let country = current(Role::Country, composite.country);
    let sector = composite.sector.map_or("", |sector| current(Role::Sector, sector));
    format!("{country}{sector}{}", composite.rest.concat())
}

fn report_retired(
    list: &CodeList,
    code: Code,
    written: &str,
    at: usize,
    node: Node<'_>,
    reader: &mut Reader<'_, Codebook>,
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
