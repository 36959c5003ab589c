//! Reading the policy of a codebook.

use super::Reader;
use super::code::Code;
use super::code_list::CodeList;
use super::defect::{CodebookFault, SchemaDefect};
use super::former_policy::{FormerPolicy, read_former};
use super::policy::{Condition, Level, MOST_VOICES, Policy, Scales};
use crate::form::{Form, InvalidValue, Key, Kind, Text, Written, form, joined, shape};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::{Content, Node};

/// For which component each part of a policy is.
static POLICY: Form = Form {
    name: "policy",
    keys: &joined::<{ 1 + Policy::COMPONENTS.len() }>(&[
        &[Key::optional(
            "default",
            "The levels of every component that has none of its own here.",
            levels_kind,
        )],
        &Key::each(Policy::NAMES, "The levels of this component.", levels_kind),
    ]),
};

/// The policy of a codebook.
pub(super) fn policy_kind() -> Kind {
    Kind::Form(&POLICY)
}

/// The levels of a component, each with what it may rest on.
fn levels_kind() -> Kind {
    let one = Kind::Form(Alternative::FORM);
    let any = one.clone().or(Kind::ListOf(Box::new(one)));
    Kind::MapOf(Box::new(Kind::Code("certainty")), Box::new(any))
}

form! {
    /// What a level of certainty may rest on: all of these conditions.
    struct Alternative given (scale: &CodeList): "policy level" in () {
        /// At least so many supporters share neither claimant nor publisher.
        optional voices = Voices,
        /// A supporter is not anonymous.
        optional named = bool,
        /// At least so many publishers say so themselves.
        optional own_voice = Voices,
        /// The actor itself says so.
        optional admitted = bool,
        /// An investigation says so.
        optional investigation = bool,
        /// A supporting source is at least so reliable.
        optional reliability = Text,
        /// Nobody else says otherwise.
        optional uncontested = bool,
    }
    made from (_opened, reader) {
        /// The conditions, in the order of the keys; `None` where one cannot be read.
        conditions: Option<Vec<Condition>> = all([
            voices.map(|least| Some(Condition::Voices(least))),
            flag(named, Condition::Named),
            own_voice.map(|least| Some(Condition::OwnVoice(least))),
            flag(admitted, Condition::Admitted),
            flag(investigation, Condition::Investigation),
            reliability.and_then(|least| {
                let code = ranked_code(scale, Spanned::new(&*least.value, least.span), reader);
                code.map(|code| Spanned::new(Some(Condition::Reliability(code)), least.span)).into()
            }),
            flag(uncontested, Condition::Uncontested),
        ]),
    }
}

/// Conditions that had other names, and what says the same today, where one does.
const FORMER: [(&str, Option<&str>); 3] =
    [("origins", None), ("claimants", None), ("unopposed", Some("uncontested"))];

/// Reads a policy, once the lists that its levels and conditions name are known. One that cannot be
/// read whole weighs nothing: what it would ask for is not known.
pub(super) fn read_policy(
    node: Node<'_>,
    file: FileId,
    scales: Scales<'_>,
    reader: &mut Reader<'_>,
) -> Policy {
    if let Some(FormerPolicy { policy, text }) = read_former(node, file, scales) {
        reader.report(node.span(), SchemaDefect::FormerPolicy { text });
        return policy;
    }
    let levels: Vec<&str> = scales.certainty.entries().iter().map(|entry| &*entry.code).collect();
    let Some(opened) = reader.open(node, &POLICY, &levels) else { return Policy::default() };
    let mut whole = !opened.incomplete();
    for (level, value) in opened.extra() {
        let fault = CodebookFault::LevelOfNothing { level: levels[level].to_owned() };
        reader.report(value.span(), fault);
        whole = false;
    }
    let mut read = |key: &str| {
        let levels = read_levels(opened.node_of(key)?, file, scales, reader);
        whole &= levels.is_some();
        levels
    };
    let default = read("default").unwrap_or_default();
    let of_components = Policy::COMPONENTS
        .into_iter()
        .zip(Policy::NAMES)
        .filter_map(|(component, name)| Some((component, read(name)?)))
        .collect();
    if whole { Policy { default, of_components } } else { Policy::default() }
}

/// The levels of a component; `None` where one cannot be read.
fn read_levels(
    node: Node<'_>,
    file: FileId,
    scales: Scales<'_>,
    reader: &mut Reader<'_>,
) -> Option<Vec<Level>> {
    let mut whole = matches!(node.content(), Content::Mapping(_)) && !node.damaged();
    let mut levels = Vec::new();
    for (written, value) in reader.entries(node, levels_kind()) {
        let alternatives = read_alternatives(value, scales.reliability, reader);
        let certainty = ranked_code(scales.certainty, written, reader);
        let location = Location::new(file, written.span.to(value.span()));
        match certainty.zip(alternatives) {
            Some((certainty, alternatives)) => {
                levels.push(Level { certainty, alternatives, location });
            }
            None => whole = false,
        }
    }
    whole.then_some(levels)
}

fn read_alternatives(
    node: Node<'_>,
    reliability: &CodeList,
    reader: &mut Reader<'_>,
) -> Option<Vec<Vec<Condition>>> {
    let Content::Sequence(sequence) = node.content() else {
        return Some(vec![read_conditions(node, reliability, reader)?]);
    };
    // Each is read, so that what is wrong with any is said.
    let read = |item| read_conditions(item, reliability, reader);
    let alternatives: Vec<_> = sequence.items().map(read).collect();
    if alternatives.is_empty() && !node.damaged() {
        reader.report(node.span(), CodebookFault::NoAlternative);
        return None;
    }
    alternatives.into_iter().collect()
}

fn read_conditions(
    node: Node<'_>,
    reliability: &CodeList,
    reader: &mut Reader<'_>,
) -> Option<Vec<Condition>> {
    let opened = reader.open(node, Alternative::FORM, &FORMER.map(|(name, _)| name))?;
    let former = report_former(node, reader);
    let alternative = Alternative::of(&opened, reader, reliability)?;
    alternative.conditions.filter(|_| !opened.incomplete() && !former)
}

/// All conditions that are asked for; `None` where one cannot be read.
fn all<const N: usize>(conditions: [Written<Option<Condition>>; N]) -> Option<Vec<Condition>> {
    let whole = !conditions.iter().any(Written::is_invalid);
    let conditions = conditions.into_iter().filter_map(Written::into_value).flatten();
    whole.then(|| conditions.collect())
}

/// A condition that is asked for, or is not.
fn flag(written: Written<bool>, condition: Condition) -> Written<Option<Condition>> {
    written.map(|yes| yes.then_some(condition))
}

/// Reports conditions under their former names.
fn report_former(node: Node<'_>, reader: &mut Reader<'_>) -> bool {
    let Content::Mapping(mapping) = node.content() else { return false };
    let mut found = false;
    for entry in mapping.entries() {
        let Content::Scalar(key) = entry.key.content() else { continue };
        if let Some((written, successor)) = FORMER.into_iter().find(|(name, _)| *name == key.text) {
            let fault = CodebookFault::FormerCondition { written, successor };
            reader.report(entry.key.span(), fault);
            found = true;
        }
    }
    found
}

shape! {
    /// A number of voices. More than can be counted are no condition, nor are fewer than one.
    struct Voices in () => u32: Kind::Integer, |node, reader| {
        i64::read(node, reader).and_then(|given| {
            let count = u32::try_from(given.value).ok();
            match count.filter(|count| (1..=MOST_VOICES).contains(count)) {
                Some(count) => Written::given(count, given.span),
                None => {
                    let (min, max) = (Some(1.into()), Some(i64::from(MOST_VOICES).into()));
                    reader.invalid(given.span, InvalidValue::Bounds { min, max })
                }
            }
        })
    };
}

/// A code that has a place on its list's scale.
fn ranked_code(list: &CodeList, written: Spanned<&str>, reader: &mut Reader<'_>) -> Option<Code> {
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
