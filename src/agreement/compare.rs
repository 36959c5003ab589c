//! Comparing the records of coders, event by event.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::alpha::{NotComputable, alpha, equal_pairs};
use super::variable::{Given, Measurement, Variable, variables};
use crate::dataset::{Binding, BoundEvent, CodersRecord, FiledEvent};
use crate::evidence::{Evidence, WeighedComponent, weigh};
use crate::schema::Component;
use crate::value::Figure;

/// How well the coders of a dataset agree.
#[derive(Debug)]
pub struct Agreement<'p> {
    /// The dataset.
    pub binding: Binding<'p>,
    /// How many events at least two coders coded.
    pub events: usize,
    /// Who coded them, sorted.
    pub coders: BTreeSet<&'p str>,
    /// How many of their records have parts that could not be read, and are left out.
    pub damaged: usize,
    /// Each variable, in the order of the components.
    pub measured: Vec<Measured>,
    /// Each component of an event on which coders differ: the largest distance first, then in the order
    /// of components and events. Those for which a coder gives nothing come last.
    pub disagreements: Vec<Disagreement<'p>>,
}

/// The agreement on a variable.
#[derive(Debug)]
pub struct Measured {
    /// The variable.
    pub variable: Variable,
    /// How many events have the values of at least two coders.
    pub units: usize,
    /// How many values these are.
    pub values: usize,
    /// How many events have a value of one coder, and of another none.
    pub one_sided: usize,
    /// The share of equal pairs of values.
    pub equal: Result<f64, NotComputable>,
    /// Krippendorff's alpha.
    pub alpha: Result<f64, NotComputable>,
}

/// A component of an event on which coders differ.
#[derive(Debug)]
pub struct Disagreement<'p> {
    /// The event.
    pub event: &'p str,
    /// The component.
    pub component: Component,
    /// How far the values lie apart, from 0 to 1, the most of its variables; `None` where one coder
    /// gives a value and another none.
    pub distance: Option<f64>,
    /// What each coder coded.
    pub sides: Vec<Side<'p>>,
}

/// What a coder coded for a component.
#[derive(Clone, Debug)]
pub struct Side<'p> {
    /// The coder.
    pub coder: &'p str,
    /// The coder's record, weighed.
    pub evidence: Arc<Evidence<'p>>,
    /// The component.
    pub component: Component,
}

impl<'p> Side<'p> {
    /// The coded values, weighed; the event itself for the component `event`.
    pub fn coded(&self) -> impl Iterator<Item = &WeighedComponent<'p>> {
        self.evidence.components.iter().filter(|one| one.component == self.component)
    }
}

/// A coder's record of an event, with what it says.
#[derive(Clone, Copy, Debug)]
struct Record<'p> {
    coder: &'p str,
    filed: FiledEvent<'p>,
}

/// How far coders lie apart, by component and position of the event.
type Differing = BTreeMap<(Component, usize), Option<f64>>;

/// Compares the records of the events that at least two coders coded.
pub fn compare<'p>(binding: Binding<'p>) -> Agreement<'p> {
    let (whole, damaged): (Vec<_>, Vec<_>) =
        binding.dataset.codings().into_iter().partition(|record| record.event.intact);
    let filed = |record: CodersRecord<'p>| {
        Some(Record { coder: record.coder, filed: binding.dataset.filed_event(record.event)? })
    };
    let whole: Vec<_> = whole.into_iter().filter_map(filed).collect();
    let events: Vec<_> = whole
        .chunk_by(|one, next| one.filed.id() == next.filed.id())
        .filter(|records| records.len() > 1)
        .collect();
    let mut measured = Vec::new();
    let mut differing = Differing::new();
    for variable in variables(binding.codebook) {
        let records = events.iter().copied().flatten();
        let variable =
            variable.measured_in(records.map(|record| BoundEvent { binding, filed: record.filed }));
        let given: Vec<_> =
            events.iter().map(|records| given(&variable, binding, records)).collect();
        note_differing(&variable, &given, &mut differing);
        measured.push(measure(variable, &given));
    }
    let mut disagreements = disagreements(binding, &events, differing);
    let key = |one: &Disagreement<'_>| one.distance.unwrap_or(-1.0);
    // The sort is stable: what is equally far apart stays in the order of components and events.
    disagreements.sort_by(|one, other| key(other).total_cmp(&key(one)));
    Agreement {
        binding,
        events: events.len(),
        coders: events.iter().copied().flatten().map(|record| record.coder).collect(),
        damaged: damaged.len(),
        measured,
        disagreements,
    }
}

/// What the coders of an event give a variable. Where all coded it as undirected, actors and targets
/// are its two sides.
fn given<'p>(
    variable: &Variable,
    binding: Binding<'p>,
    records: &[Record<'p>],
) -> Vec<Option<Given<'p>>> {
    let bound = || records.iter().map(|record| BoundEvent { binding, filed: record.filed });
    let sides = bound().all(BoundEvent::is_undirected);
    bound().map(|bound| variable.given(bound, sides)).collect()
}

fn measure(variable: Variable, given: &[Vec<Option<Given<'_>>>]) -> Measured {
    let Numbers { order, places } = numbers(given);
    let is_one_sided = |all: &&Vec<Option<Given<'_>>>| {
        all.iter().any(Option::is_some) && all.iter().any(Option::is_none)
    };
    let paired = || order.iter().filter(|unit| unit.len() > 1);
    Measured {
        units: paired().count(),
        values: paired().map(Vec::len).sum(),
        one_sided: given.iter().filter(is_one_sided).count(),
        equal: equal_pairs(&order),
        alpha: alpha(variable.measurement, &places),
        variable,
    }
}

/// The values that coders gave a variable as numbers, by event, without those that are missing.
struct Numbers {
    /// Positions in the order of all values: equal exactly where the values are.
    order: Vec<Vec<f64>>,
    /// Numbers for differences: names by their position, whole numbers from the least one on, so that
    /// small differences of large ones remain.
    places: Vec<Vec<f64>>,
}

fn numbers(given: &[Vec<Option<Given<'_>>>]) -> Numbers {
    let by_value = |one: &&Given<'_>, other: &&Given<'_>| {
        one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal)
    };
    let mut all: Vec<&Given<'_>> = given.iter().flatten().flatten().collect();
    all.sort_by(by_value);
    all.dedup();
    let position = |value: &Given<'_>| all.partition_point(|other| *other < value) as f64;
    let least = match all.first() {
        Some(Given::Number(Figure::Whole(least))) => i128::from(*least),
        _ => 0,
    };
    let place = |value: &Given<'_>| match value {
        Given::Name(_) => position(value),
        Given::Number(Figure::Whole(number)) => (i128::from(*number) - least) as f64,
        Given::Number(Figure::Decimal(number)) => *number,
    };
    let of_each = |number: &dyn Fn(&Given<'_>) -> f64| {
        given.iter().map(|of_event| of_event.iter().flatten().map(number).collect()).collect()
    };
    Numbers { order: of_each(&position), places: of_each(&place) }
}

/// Notes the events on which coders differ in a variable, and how far.
fn note_differing(
    variable: &Variable,
    given: &[Vec<Option<Given<'_>>>],
    differing: &mut Differing,
) {
    let Numbers { order, places } = numbers(given);
    let span = |values: &[f64]| {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        (values.iter().copied().fold(f64::NEG_INFINITY, f64::max) / 2.0 - least / 2.0).max(0.0)
    };
    let paired: Vec<f64> = places.iter().filter(|unit| unit.len() > 1).flatten().copied().collect();
    let widest = variable.widest().map_or_else(|| span(&paired), |widest| widest / 2.0);
    for (event, unit) in places.iter().enumerate() {
        let apart = span(unit);
        let distance = match variable.measurement == Measurement::Nominal {
            _ if unit.len() < 2 || span(&order[event]) <= 0.0 => None,
            true => Some(1.0),
            false => Some((apart / widest).min(1.0)),
        };
        let one_sided = !unit.is_empty() && unit.len() < given[event].len();
        if distance.is_some() || one_sided {
            let known = differing.entry((variable.component, event)).or_default();
            *known = match (*known, distance) {
                (Some(known), Some(distance)) => Some(known.max(distance)),
                (known, distance) => known.or(distance),
            };
        }
    }
}

/// Each component of each event on which coders differ, with what each coded.
fn disagreements<'p>(
    binding: Binding<'p>,
    events: &[&[Record<'p>]],
    differing: Differing,
) -> Vec<Disagreement<'p>> {
    let mut weighed: BTreeMap<usize, Vec<Arc<Evidence<'p>>>> = BTreeMap::new();
    let of_one = |((component, event), distance): ((Component, usize), Option<f64>)| {
        let records: &[Record<'p>] = events[event];
        let weigh_one =
            |record: &Record<'p>| Arc::new(weigh(BoundEvent { binding, filed: record.filed }));
        let evidence =
            weighed.entry(event).or_insert_with(|| records.iter().map(weigh_one).collect());
        let sides = records.iter().zip(evidence).map(|(record, evidence)| Side {
            coder: record.coder,
            evidence: Arc::clone(evidence),
            component,
        });
        let id = records.first().map_or("", |record| record.filed.summary.id());
        Disagreement { event: id, component, distance, sides: sides.collect() }
    };
    differing.into_iter().map(of_one).collect()
}
