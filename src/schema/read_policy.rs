//! Reading the policy of a codebook.

use super::code_list::{Code, CodeList};
use super::defect::{CodebookFault, SchemaDefect};
use super::policy::{Condition, Level, Policy};
use crate::form::shape::{Boolean, Integer, Text};
use crate::form::{Described, Form, FormDefect, InvalidValue, Key, Kind, Opened, Reader};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::Node;

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

/// The conditions of each level.
#[derive(Debug)]
pub(super) struct PolicyLevels;

impl Described for PolicyLevels {
    fn kind() -> Kind {
        Kind::MapOf(Box::new(Kind::Code("certainty")), Box::new(Kind::Form(&POLICY_LEVEL)))
    }
}

/// The lists that a policy takes its codes from.
#[derive(Clone, Copy)]
pub(super) struct Scales<'l> {
    /// The list of the levels.
    pub certainty: &'l CodeList,
    /// The list of how reliable a source is.
    pub reliability: &'l CodeList,
}

/// Reads a policy, once the lists that its levels and conditions name are known.
pub(super) fn read_policy(
    node: Node<'_>,
    file: FileId,
    scales: Scales<'_>,
    reader: &mut Reader<'_, ()>,
) -> Policy {
    let mut levels = Vec::new();
    for (written, value) in reader.entries(node, PolicyLevels::kind()) {
        let Some(opened) = reader.open(value, &POLICY_LEVEL, &[]) else {
            continue;
        };
        let conditions = read_conditions(&opened, scales.reliability, reader);
        if let Some(certainty) = ranked_code(scales.certainty, written, reader) {
            let location = Location::new(file, written.span.to(value.span()));
            levels.push(Level { certainty, conditions, location });
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
    conditions.extend(read_count(opened, &ORIGINS, reader).map(Condition::Origins));
    conditions.extend(read_count(opened, &CLAIMANTS, reader).map(Condition::Claimants));
    let flag = |key, reader: &mut _| opened.get(key, reader).into_value().unwrap_or(false);
    conditions.extend(flag(&NAMED, reader).then_some(Condition::Named));
    if let Some(written) = opened.get(&RELIABILITY, reader).into_spanned() {
        let written = Spanned::new(&*written.value, written.span);
        conditions.extend(ranked_code(reliability, written, reader).map(Condition::Reliability));
    }
    conditions.extend(flag(&ADMITTED, reader).then_some(Condition::Admitted));
    conditions.extend(flag(&UNOPPOSED, reader).then_some(Condition::Unopposed));
    conditions
}

/// Fewer than one is no condition.
fn read_count(opened: &Opened<'_>, key: &Key<Integer>, reader: &mut Reader<'_, ()>) -> Option<u32> {
    let written = opened.get(key, reader).into_spanned()?;
    let count = u32::try_from(written.value).ok().filter(|count| *count > 0);
    if count.is_none() {
        let bounds = InvalidValue::Bounds { min: Some(1.0), max: Some(u32::MAX.into()) };
        reader.report(written.span, FormDefect::InvalidValue(bounds));
    }
    count
}

/// A code that has a place on its list's scale.
fn ranked_code(
    list: &CodeList,
    written: Spanned<&str>,
    reader: &mut Reader<'_, ()>,
) -> Option<Code> {
    let code = list.find(written.value);
    let ranked = code.filter(|code| list.rank(*code).is_some());
    if ranked.is_none() && !list.damaged {
        let defect = match code {
            // That the list has no ranks at all is said where it is chosen.
            Some(_) if !list.is_ranked() => return None,
            Some(_) => SchemaDefect::Fault(CodebookFault::UnrankedCode),
            None => SchemaDefect::UnknownCode {
                list: list.name.clone(),
                written: written.value.to_owned(),
            },
        };
        reader.report(written.span, defect);
    }
    ranked
}
