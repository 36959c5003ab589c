//! What is compared: a component of an event, or a part of one, as a variable.

use std::borrow::Cow;
use std::collections::BTreeSet;

use strum::IntoStaticStr;

use crate::dataset::{Binding, BoundEvent};
use crate::record::{Coded, Value, current_actor};
use crate::schema::{Code, CodeList, Codebook, Component, Field, FieldOn, FieldType, Role};
use crate::source::Spanned;
use crate::value::{Date, Figure, Range, name_key};

/// A variable, named as its column in the table `events`.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// The component that it is of.
    pub component: Component,
    /// How the difference of two values is measured.
    pub measurement: Measurement,
    part: Part,
    /// The ranks of its scale, from the lowest; empty where it has none.
    scale: Vec<i64>,
}

/// The level of measurement: what the difference of two values means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Measurement {
    /// Values are equal or not.
    Nominal,
    /// Values are places on a scale.
    Ordinal,
    /// Values are numbers, days or moments.
    Interval,
}

/// The part of a component that a variable is.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// All its values together; their order does not matter.
    Values,
    /// The broadest codes that they are kinds of.
    Roots,
    /// Its place on the scale of its list.
    Place,
    /// How sure the coder is: of several values, of the one that is least sure.
    Certainty,
    Number,
    Moment,
    Figure(fn(&Range) -> Option<i64>),
    Day(fn(&Date) -> Option<chrono::NaiveDate>),
}

/// What a coder gave a variable.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(super) enum Given<'p> {
    Name(Cow<'p, str>),
    Number(Figure),
}

impl Measurement {
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The variables of a codebook, by component.
pub(super) fn variables(codebook: &Codebook) -> Vec<Variable> {
    let fields =
        (0..codebook.fields(FieldOn::Event).len()).map(|at| u16::try_from(at).unwrap_or(u16::MAX));
    let components = Component::CORE.into_iter().chain(fields.map(Component::Field));
    components.flat_map(|component| of_component(component, codebook)).collect()
}

fn of_component(component: Component, codebook: &Codebook) -> Vec<Variable> {
    let actions = codebook.list(Role::Action);
    let parts = match component {
        Component::Event => vec![CERTAINTY],
        Component::Date => DAYS.to_vec(),
        Component::Time => vec![VALUES],
        Component::Actor | Component::Target | Component::Location => vec![VALUES, CERTAINTY],
        Component::Action if actions.entries().iter().all(|entry| entry.parent.is_none()) => {
            vec![VALUES, CERTAINTY]
        }
        Component::Action => vec![VALUES, ROOTS, CERTAINTY],
        Component::Field(position) => of_field(codebook.field(position), codebook),
    };
    let variable = |(suffix, measurement, part): Named| Variable {
        name: match component {
            Component::Event => "certainty".to_owned(),
            _ => format!("{}{suffix}", codebook.component_name(component)),
        },
        component,
        measurement,
        part,
        scale: scale(part, component, codebook),
    };
    parts.into_iter().map(variable).collect()
}

/// The ranks of the scale that a part stands on, each once, from the lowest.
fn scale(part: Part, component: Component, codebook: &Codebook) -> Vec<i64> {
    let list = match (part, component) {
        (Part::Certainty, _) => Some(codebook.list(Role::Certainty)),
        (Part::Place, Component::Field(at)) => codebook.field_list(codebook.field(at)),
        _ => None,
    };
    let ranks = list.into_iter().flat_map(|list| list.codes().filter_map(|code| list.rank(code)));
    ranks.collect::<BTreeSet<_>>().into_iter().collect()
}

/// A part of a component: the suffix of its column, how it is measured, and what it is.
type Named = (&'static str, Measurement, Part);

const VALUES: Named = ("", Measurement::Nominal, Part::Values);

const ROOTS: Named = ("_root", Measurement::Nominal, Part::Roots);

const CERTAINTY: Named = ("_certainty", Measurement::Ordinal, Part::Certainty);

const DAYS: [Named; 2] = [
    ("_start", Measurement::Interval, Part::Day(Date::earliest)),
    ("_end", Measurement::Interval, Part::Day(Date::latest)),
];

const FIGURES: [Named; 3] = [
    ("_low", Measurement::Interval, Part::Figure(Range::low)),
    ("_best", Measurement::Interval, Part::Figure(Range::best)),
    ("_high", Measurement::Interval, Part::Figure(Range::high)),
];

fn of_field(field: &Field, codebook: &Codebook) -> Vec<Named> {
    match field.field_type {
        _ if field.list => vec![VALUES],
        FieldType::Range => FIGURES.to_vec(),
        FieldType::Date => DAYS.to_vec(),
        FieldType::Integer | FieldType::Number => {
            vec![("", Measurement::Interval, Part::Number)]
        }
        FieldType::DateTime => vec![("", Measurement::Interval, Part::Moment)],
        FieldType::Code if codebook.field_list(field).is_some_and(CodeList::is_ranked) => {
            vec![("", Measurement::Ordinal, Part::Place)]
        }
        _ => vec![VALUES],
    }
}

impl Variable {
    /// The variable as it is measured in some records. Moments are an interval if all name a zone, or
    /// none does; else only equal or not.
    pub(super) fn measured_in<'p>(self, mut records: impl Iterator<Item = BoundEvent<'p>>) -> Self {
        let zoned = |bound: BoundEvent<'p>| match bound.filed.event.coded(self.component).first() {
            Some(Coded { value: Spanned { value: Value::DateTime(moment), .. }, .. }) => {
                Some(moment.has_zone())
            }
            _ => None,
        };
        if !matches!(self.part, Part::Moment) {
            return self;
        }
        let first = records.find_map(zoned);
        if records.filter_map(zoned).all(|one| Some(one) == first) {
            return self;
        }
        Self { measurement: Measurement::Nominal, part: Part::Values, ..self }
    }

    /// What a record gives the variable; `None` where it gives nothing. A code without a place on its
    /// scale says that nothing can be judged, so it is no place. With `sides`, actors and targets are
    /// the two sides, and none is the other's.
    pub(super) fn given<'p>(&self, bound: BoundEvent<'p>, sides: bool) -> Option<Given<'p>> {
        let event = &bound.filed.event;
        let both = [Component::Actor, Component::Target];
        let own = [self.component];
        let of = if sides && both.contains(&self.component) { &both[..] } else { &own };
        let coded: Vec<_> = of.iter().flat_map(|component| event.coded(*component)).collect();
        let first = coded.first().map(|coded| &coded.value.value);
        match (self.part, first) {
            (Part::Certainty, _) => {
                let of_event =
                    event.certainty.value().filter(|_| self.component == Component::Event);
                let of_coded =
                    coded.iter().filter_map(|one| bound.binding.certainty_of(event, one));
                let levels = of_event.copied().into_iter().chain(of_coded);
                let list = bound.binding.codebook.list(Role::Certainty);
                levels.filter_map(|level| self.place(list, level)).min().map(step)
            }
            (Part::Values, Some(_)) => {
                let names = coded.iter().map(|one| self.name_of(bound.binding, &one.value.value));
                Some(Given::Name(together(names.collect())))
            }
            (Part::Roots, Some(_)) => {
                let list = bound.binding.codebook.list(Role::Action);
                let codes = coded.iter().filter_map(|one| one.value.value.code());
                let root = |code| Cow::Borrowed(&*list.entry(list.root(list.in_use(code))).code);
                Some(Given::Name(together(codes.map(root).collect())))
            }
            (Part::Place, Some(Value::Code(code))) => {
                self.place(bound.binding.code_list(self.component)?, *code).map(step)
            }
            (Part::Number, Some(Value::Integer(integer))) => Some(whole(*integer)),
            (Part::Number, Some(Value::Number(number))) => {
                Some(Given::Number(Figure::Decimal(number + 0.0)))
            }
            (Part::Figure(figure), Some(Value::Range(range))) => figure(range).map(whole),
            (Part::Moment, Some(Value::DateTime(moment))) => Some(whole(moment.microseconds())),
            (Part::Day(day), Some(Value::Date(date))) => {
                day(date).map(|day| whole(chrono::Datelike::num_days_from_ce(&day).into()))
            }
            _ => None,
        }
    }

    /// The largest difference that two values can have, where the scale tells.
    pub(super) fn widest(&self) -> Option<f64> {
        self.scale.len().checked_sub(1).map(|steps| steps as f64)
    }

    /// The place of a code on the scale, from 0; codes of equal rank share one.
    fn place(&self, list: &CodeList, code: Code) -> Option<usize> {
        self.scale.binary_search(&list.rank(list.in_use(code))?).ok()
    }

    /// A value as one text: equal for two that mean the same.
    fn name_of<'p>(&self, binding: Binding<'p>, value: &'p Value) -> Cow<'p, str> {
        match value {
            Value::Code(code) => match binding.code_list(self.component) {
                Some(list) => Cow::Borrowed(&*list.entry(list.in_use(*code)).code),
                None => Cow::Borrowed(""),
            },
            Value::Actor(name) => current_actor(name, binding.codebook),
            Value::Text(text) => Cow::Owned(name_key(text)),
            Value::Location(location) if location.place.is_none() => {
                Cow::Owned(name_key(&binding.written(self.component, value)))
            }
            Value::DateTime(moment) => Cow::Owned(moment.key()),
            other => binding.written(self.component, other),
        }
    }
}

/// Several values as one: their order does not matter.
fn together(names: BTreeSet<Cow<'_, str>>) -> Cow<'_, str> {
    match names.len() {
        1 => names.into_iter().next().unwrap_or_default(),
        // No text has the separator.
        _ => Cow::Owned(names.into_iter().collect::<Vec<_>>().join("\u{1f}")),
    }
}

fn step(place: usize) -> Given<'static> {
    whole(i64::try_from(place).unwrap_or(i64::MAX))
}

fn whole(number: i64) -> Given<'static> {
    Given::Number(Figure::Whole(number))
}
