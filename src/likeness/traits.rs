//! What of a record is compared with another.

use std::borrow::Cow;

use super::site::Site;
use crate::dataset::{Binding, BoundEvent};
use crate::evidence::Comparer;
use crate::record::{Coded, Value};
use crate::schema::{Code, CodeList, Codebook, Component, FieldOn};

/// Most values of a part that are compared.
const COMPARED: usize = 32;

/// A part of an event whose values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What was done.
    Action,
    /// Who did it, as far as known.
    Actor,
    /// To whom, as far as known.
    Target,
    /// Who took part, where nobody did it to the other.
    Side,
    /// The place of the registry.
    Place,
    /// A source that is listed.
    Source,
    /// An extra field with codes, such as the kind of place that was hit.
    Field(u16),
}

impl Part {
    /// Its name, which that of no field is.
    pub fn name(self, codebook: &Codebook) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Action => "action",
            Self::Actor => "actor",
            Self::Target => "target",
            Self::Side => "side",
            Self::Place => "place",
            Self::Source => "source",
            Self::Field(position) => {
                return Cow::Owned(format!("field {}", codebook.field(position).name));
            }
        })
    }
}

/// A value of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trait<'p> {
    /// The value.
    pub value: &'p str,
    /// All that it is or lies in; nothing for an action that is not known.
    pub within: Vec<Cow<'p, str>>,
}

/// What of a record is compared with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Traits<'p> {
    /// Whether its actors and targets are two sides, of which none did it to the other.
    pub is_undirected: bool,
    /// The values of each part that is known.
    pub parts: Vec<(Part, Vec<Trait<'p>>)>,
    /// The first and last second of the day at which it may have been, where that says something.
    pub time: Option<(u32, u32)>,
    /// Where it was.
    pub site: Site<'p>,
}

impl<'p> Traits<'p> {
    /// The traits of a record.
    pub fn of(bound: BoundEvent<'p>) -> Self {
        let binding = bound.binding;
        let (site, is_undirected) = (Site::of(bound), bound.is_undirected());
        let people = |roles: &[Component], part| people(bound, roles, part);
        let (actor, target) = (&[Component::Actor][..], &[Component::Target][..]);
        let mut parts = vec![
            (Part::Action, actions(bound)),
            (Part::Actor, people(actor, Part::Actor)),
            (Part::Target, people(target, Part::Target)),
            (
                Part::Place,
                site.place.map(|place| place_trait(binding, place)).into_iter().collect(),
            ),
            (Part::Source, sources(bound)),
        ];
        if is_undirected {
            parts.push((Part::Side, people(&[actor, target].concat(), Part::Side)));
        }
        parts.extend(fields(bound));
        parts.retain(|(_, values)| !values.is_empty());
        Self { is_undirected, parts, time: time(bound), site }
    }

    /// The values of a part; none if it is not known.
    pub fn part(&self, part: Part) -> &[Trait<'p>] {
        let of_part = self.parts.iter().find(|(of, _)| *of == part);
        of_part.map_or(&[], |(_, values)| values)
    }
}

/// The sources that an event lists.
pub(super) fn listed<'p>(bound: BoundEvent<'p>) -> impl Iterator<Item = &'p str> {
    let claims = bound.filed.event.claims.iter().filter(|claim| claim.listed);
    claims.map(|claim| &*claim.source.value)
}

fn sources<'p>(bound: BoundEvent<'p>) -> Vec<Trait<'p>> {
    let own = |source: &'p str| Trait { value: source, within: vec![Cow::Borrowed(source)] };
    listed(bound).map(own).collect()
}

fn first(bound: BoundEvent<'_>, component: Component) -> &[Coded] {
    let coded = bound.filed.event.coded(component);
    &coded[..coded.len().min(COMPARED)]
}

fn actions<'p>(bound: BoundEvent<'p>) -> Vec<Trait<'p>> {
    let list = bound.binding.code_list(Component::Action);
    let coded = first(bound, Component::Action).iter();
    let codes = coded.filter_map(|coded| Some((list?, coded.value.value.code()?)));
    codes.map(|(list, code)| code_trait(list, code)).collect()
}

fn code_trait(list: &CodeList, code: Code) -> Trait<'_> {
    let known = |code: &Code| !list.entry(*code).unknown;
    let within =
        list.ancestry(code).filter(known).map(|code| Cow::Borrowed(&*list.entry(code).code));
    let within = if known(&code) { within.collect() } else { Vec::new() };
    Trait { value: &list.entry(code).code, within }
}

/// The codes of the extra fields that have some, without fields of which a code says that it is not known.
fn fields<'p>(bound: BoundEvent<'p>) -> Vec<(Part, Vec<Trait<'p>>)> {
    let fields = (0..).zip(bound.binding.codebook.fields(FieldOn::Event));
    let coded = fields.filter(|(_, field)| field.codes.is_some());
    let of_field = |at: u16| {
        let list = bound.binding.code_list(Component::Field(at))?;
        let codes = first(bound, Component::Field(at)).iter();
        let codes: Vec<_> = codes.filter_map(|coded| coded.value.value.code()).collect();
        let is_known = codes.iter().all(|code| !list.entry(*code).unknown);
        let traits = codes.into_iter().map(|code| code_trait(list, code));
        is_known.then(|| (Part::Field(at), traits.collect()))
    };
    coded.filter_map(|(at, _)| of_field(at)).collect()
}

/// The known actors or targets of an event, or its sides. A country as a target means anybody there; as an
/// actor it means the state.
fn people<'p>(bound: BoundEvent<'p>, roles: &[Component], part: Part) -> Vec<Trait<'p>> {
    let comparer = Comparer::of(bound);
    let coded = roles.iter().flat_map(|role| first(bound, *role));
    let named = coded.filter_map(|coded| match &coded.value.value {
        Value::Actor(name) if !bound.binding.is_unknown_actor(name) => Some(&**name),
        _ => None,
    });
    let around = |name: &str| match part {
        Part::Target => comparer.all_around(name),
        _ => comparer.all_acted_within(name),
    };
    let person =
        |name| Trait { value: name, within: around(name).into_iter().map(Cow::Owned).collect() };
    named.map(person).collect()
}

fn place_trait<'p>(binding: Binding<'p>, place: &'p str) -> Trait<'p> {
    let around = binding.places_around(place).into_iter();
    Trait { value: place, within: around.map(Cow::Borrowed).collect() }
}

/// A time that is only about right, and one that passes midnight, excludes no other.
fn time(bound: BoundEvent<'_>) -> Option<(u32, u32)> {
    let coded = bound.filed.event.coded(Component::Time).first()?;
    let Value::Time(time) = &coded.value.value else { return None };
    let says_nothing = time.passes_midnight() || time.qualifier().is_approximate();
    (!says_nothing).then(|| (time.start(), time.end().unwrap_or(time.start())))
}
