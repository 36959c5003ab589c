//! Reading the policy of a codebook.

use super::Component;
use super::code_list::{Code, CodeList};
use super::defect::{CodebookFault, SchemaDefect};
use super::former_policy::{FormerPolicy, read_former};
use super::policy::{Condition, Level, MOST_VOICES, Policy};
use crate::form::shape::{Boolean, Integer, Text};
use crate::form::{Described, Form, FormDefect, InvalidValue, Key, Kind, Opened, Reader, Written};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::{Content, Node};

/// For which component each part of a policy is.
static POLICY: Form = Form {
    name: "policy",
    keys: &[
        DEFAULT.info(),
        levels_of(Component::Event).info(),
        levels_of(Component::Actor).info(),
        levels_of(Component::Action).info(),
        levels_of(Component::Target).info(),
        levels_of(Component::Location).info(),
    ],
};

const DEFAULT: Key<Levels> =
    Key::optional("default", "The levels of every component that has none of its own here.");

const fn levels_of(component: Component) -> Key<Levels> {
    match component.core_name() {
        Some(name) => Key::optional(name, "The levels of this component."),
        None => DEFAULT,
    }
}

/// What a level of certainty may rest on: all of these conditions.
static ALTERNATIVE: Form = Form {
    name: "policy level",
    keys: &[
        VOICES.info(),
        NAMED.info(),
        OWN_VOICE.info(),
        ADMITTED.info(),
        INVESTIGATION.info(),
        RELIABILITY.info(),
        UNCONTESTED.info(),
    ],
};

const VOICES: Key<Integer> =
    Key::optional("voices", "At least so many supporters share neither claimant nor publisher.");
const NAMED: Key<Boolean> = Key::optional("named", "A supporter is not anonymous.");
const OWN_VOICE: Key<Integer> =
    Key::optional("own_voice", "At least so many publishers say so themselves.");
const ADMITTED: Key<Boolean> = Key::optional("admitted", "The actor itself says so.");
const INVESTIGATION: Key<Boolean> = Key::optional("investigation", "An investigation says so.");
const RELIABILITY: Key<Text> =
    Key::optional("reliability", "A supporting source is at least so reliable.");
const UNCONTESTED: Key<Boolean> = Key::optional("uncontested", "Nobody else says otherwise.");

/// Conditions that had other names, and what says the same today, where one does.
const FORMER: [(&str, Option<&str>); 3] =
    [("origins", None), ("claimants", None), ("unopposed", Some(UNCONTESTED.name))];

/// The levels of a component, each with what it may rest on.
#[derive(Debug)]
struct Levels;

impl Described for Levels {
    fn kind() -> Kind {
        let one = || Kind::Form(&ALTERNATIVE);
        let any = Kind::AnyOf(vec![one(), Kind::ListOf(Box::new(one()))]);
        Kind::MapOf(Box::new(Kind::Code("certainty")), Box::new(any))
    }
}

/// The policy of a codebook.
#[derive(Debug)]
pub(super) struct PolicyShape;

impl Described for PolicyShape {
    fn kind() -> Kind {
        Kind::Form(&POLICY)
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

/// Reads a policy, once the lists that its levels and conditions name are known. One that cannot be
/// read whole weighs nothing: what it would ask for is not known.
pub(super) fn read_policy(
    node: Node<'_>,
    file: FileId,
    scales: Scales<'_>,
    reader: &mut Reader<'_, ()>,
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
        reader.report(value.span(), SchemaDefect::Fault(fault));
        whole = false;
    }
    let mut read = |key: &Key<Levels>, reader: &mut _| {
        let levels = read_levels(opened.node_of(key)?, file, scales, reader);
        whole &= levels.is_some();
        levels
    };
    let default = read(&DEFAULT, reader).unwrap_or_default();
    let of_components = Policy::COMPONENTS
        .into_iter()
        .filter_map(|component| Some((component, read(&levels_of(component), reader)?)))
        .collect();
    if whole { Policy { default, of_components } } else { Policy::default() }
}

/// The levels of a component; `None` where one cannot be read.
fn read_levels(
    node: Node<'_>,
    file: FileId,
    scales: Scales<'_>,
    reader: &mut Reader<'_, ()>,
) -> Option<Vec<Level>> {
    let mut whole = matches!(node.content(), Content::Mapping(_)) && !node.damaged();
    let mut levels = Vec::new();
    for (written, value) in reader.entries(node, Levels::kind()) {
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
    reader: &mut Reader<'_, ()>,
) -> Option<Vec<Vec<Condition>>> {
    let Content::Sequence(sequence) = node.content() else {
        return Some(vec![read_conditions(node, reliability, reader)?]);
    };
    // Each is read, so that what is wrong with any is said.
    let read = |item| read_conditions(item, reliability, reader);
    let alternatives: Vec<_> = sequence.items().map(read).collect();
    if alternatives.is_empty() && !node.damaged() {
        reader.report(node.span(), SchemaDefect::Fault(CodebookFault::NoAlternative));
        return None;
    }
    alternatives.into_iter().collect()
}

fn read_conditions(
    node: Node<'_>,
    reliability: &CodeList,
    reader: &mut Reader<'_, ()>,
) -> Option<Vec<Condition>> {
    let opened = reader.open(node, &ALTERNATIVE, &FORMER.map(|(name, _)| name))?;
    let former = report_former(node, reader);
    let mut conditions = Vec::new();
    let mut whole = !opened.incomplete() && !former;
    let mut add = |written: Written<Option<Condition>>| {
        whole &= !matches!(written, Written::Invalid);
        conditions.extend(written.into_value().flatten());
    };
    let flag = |key, condition, reader: &mut _| {
        opened.get(key, reader).map(|yes: bool| yes.then_some(condition))
    };
    add(read_count(&opened, &VOICES, reader).map(|least| Some(Condition::Voices(least))));
    add(flag(&NAMED, Condition::Named, reader));
    add(read_count(&opened, &OWN_VOICE, reader).map(|least| Some(Condition::OwnVoice(least))));
    add(flag(&ADMITTED, Condition::Admitted, reader));
    add(flag(&INVESTIGATION, Condition::Investigation, reader));
    add(read_reliability(&opened, reliability, reader)
        .map(|least| Some(Condition::Reliability(least))));
    add(flag(&UNCONTESTED, Condition::Uncontested, reader));
    whole.then_some(conditions)
}

/// Reports conditions under their former names.
fn report_former(node: Node<'_>, reader: &mut Reader<'_, ()>) -> bool {
    let Content::Mapping(mapping) = node.content() else { return false };
    let mut found = false;
    for entry in mapping.entries() {
        let Content::Scalar(key) = entry.key.content() else { continue };
        if let Some((written, successor)) = FORMER.into_iter().find(|(name, _)| *name == key.text) {
            let fault = CodebookFault::FormerCondition { written, successor };
            reader.report(entry.key.span(), SchemaDefect::Fault(fault));
            found = true;
        }
    }
    found
}

/// More voices than can be counted are no condition, nor are fewer than one.
fn read_count(
    opened: &Opened<'_>,
    key: &Key<Integer>,
    reader: &mut Reader<'_, ()>,
) -> Written<u32> {
    let given = match opened.get(key, reader) {
        Written::Absent => return Written::Absent,
        Written::Invalid => return Written::Invalid,
        Written::Given(given) => given,
    };
    match u32::try_from(given.value).ok().filter(|count| (1..=MOST_VOICES).contains(count)) {
        Some(count) => Written::given(count, given.span),
        None => {
            let bounds = InvalidValue::Bounds { min: Some(1.0), max: Some(MOST_VOICES.into()) };
            reader.invalid(given.span, FormDefect::InvalidValue(bounds))
        }
    }
}

fn read_reliability(
    opened: &Opened<'_>,
    list: &CodeList,
    reader: &mut Reader<'_, ()>,
) -> Written<Code> {
    let given = match opened.get(&RELIABILITY, reader) {
        Written::Absent => return Written::Absent,
        Written::Invalid => return Written::Invalid,
        Written::Given(given) => given,
    };
    match ranked_code(list, Spanned::new(&*given.value, given.span), reader) {
        Some(code) => Written::given(code, given.span),
        None => Written::Invalid,
    }
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
