//! The row of an event.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::column::Column;
use crate::dataset::{ActorIdentity, Area, BoundEvent, PlaceIdentity};
use crate::evidence::{Attribution, Evidence, Position, WeighedComponent, positions};
use crate::record::{Coded, Event, Stance, Value};
use crate::schema::{Code, Component, Role};
use crate::source::Files;

/// A column of `events`.
pub(super) type EventColumn<'p> = Column<'p, EventRow<'p>>;

/// An event with the identities of its first actor, first target and location.
#[derive(Debug)]
pub struct EventRow<'p> {
    /// Its claims, weighed.
    pub evidence: Arc<Evidence<'p>>,
    /// What is coded, said and denied of it.
    pub positions: Arc<[Position<'p>]>,
    /// Path and line of the record.
    pub record: String,
    pub(super) actor: Option<ActorIdentity<'p>>,
    pub(super) target: Option<ActorIdentity<'p>>,
    pub(super) place: PlaceIdentity<'p>,
    pub(super) area: Option<Area>,
    /// The weakest certainty among the event, its first actor, its first action and its first target.
    pub(super) weakest: Option<Code>,
}

impl<'p> EventRow<'p> {
    /// The row of an event.
    pub fn new(evidence: &Arc<Evidence<'p>>, files: &Files) -> Self {
        let BoundEvent { binding, filed } = evidence.bound;
        let first = |component| match &filed.event.coded(component).first()?.value.value {
            Value::Actor(written) => binding.actor(written),
            _ => None,
        };
        Self {
            evidence: Arc::clone(evidence),
            positions: positions(evidence).into(),
            record: format!("{}:{}", files.path(filed.file), filed.event.line),
            actor: first(Component::Actor),
            target: first(Component::Target),
            place: binding.place_of(filed.event),
            area: filed.event.location().and_then(|location| binding.area(location)),
            weakest: weakest(evidence, TRIPLE.map(|component| first_of(evidence, component))),
        }
    }

    pub(super) fn bound(&self) -> BoundEvent<'p> {
        self.evidence.bound
    }

    pub(super) fn event(&self) -> &'p Event {
        self.evidence.bound.filed.event
    }

    pub(super) fn first(&self, component: Component) -> Option<&'p Coded> {
        self.event().coded(component).first()
    }

    pub(super) fn certainty(&self, component: Component) -> Option<Code> {
        first_of(&self.evidence, component)?.certainty
    }

    pub(super) fn action(&self) -> Option<Code> {
        self.first(Component::Action)?.value.value.code()
    }

    /// Every coded action.
    pub(super) fn actions(&self) -> Vec<&'p str> {
        let list = self.bound().binding.codebook.list(Role::Action);
        let codes = self.event().coded(Component::Action).iter();
        codes.filter_map(|coded| Some(&*list.entry(coded.value.value.code()?).code)).collect()
    }

    /// The radius of the place: as stated or, where it has a point, by its precision.
    pub(super) fn radius(&self) -> Option<i64> {
        let PlaceIdentity { latitude, precision, radius, .. } = self.place;
        self.bound().binding.radius(radius, precision.filter(|_| latitude.is_some()))
    }

    /// The sources that its claims stand in, each once.
    pub(super) fn sources(&self) -> Vec<&'p str> {
        let mut seen = BTreeSet::new();
        let sources = self.event().claims.iter().map(|claim| &*claim.source.value);
        sources.filter(|source| seen.insert(*source)).collect()
    }

    pub(super) fn because(&self, component: Component) -> Option<&'p str> {
        self.first(component)?.because.as_deref()
    }

    /// How the first actor is attributed.
    pub(super) fn attribution(&self) -> Option<Attribution> {
        let first = first_of(&self.evidence, Component::Actor);
        first.map_or(Some(Attribution::Unattributed), |actor| actor.attribution)
    }

    /// Every known actor that a claim states which was not withdrawn, sorted.
    pub(super) fn alleged_actors(&self) -> Vec<&'p str> {
        let standing = self.evidence.claims.iter().filter(|claim| claim.claim.withdrawn.is_none());
        let stated = standing.flat_map(|claim| &claim.statements).filter(|said| {
            said.statement.component == Component::Actor
                && matches!(said.statement.stance, Stance::Says | Stance::Affirms)
        });
        let actors = stated.filter_map(|said| match said.value? {
            Value::Actor(actor) => Some(&**actor),
            _ => None,
        });
        let known = actors.filter(|actor| !self.bound().binding.is_unknown_actor(actor));
        known.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// The parts of what happened whose certainties make the weakest one.
const TRIPLE: [Component; 3] = [Component::Actor, Component::Action, Component::Target];

/// The first coded value of a component, weighed.
fn first_of<'e, 'p>(
    evidence: &'e Evidence<'p>,
    component: Component,
) -> Option<&'e WeighedComponent<'p>> {
    evidence.components.iter().find(|weighed| weighed.component == component)
}

/// The weakest certainty among an event, an actor, an action and a target. `None` if a known one has no
/// ranked certainty.
pub(super) fn weakest(
    evidence: &Evidence<'_>,
    triple: [Option<&WeighedComponent<'_>>; 3],
) -> Option<Code> {
    let bound = evidence.bound;
    let scale = bound.binding.codebook.list(Role::Certainty);
    let is_known = |weighed: &&WeighedComponent<'_>| {
        weighed.coded.is_some_and(|coded| !bound.is_unknown(coded))
    };
    let known = triple.into_iter().flatten().filter(is_known);
    let of_parts = known.map(|weighed| weighed.certainty);
    let all = std::iter::once(bound.filed.event.certainty.value().copied()).chain(of_parts);
    let ranked: Option<Vec<_>> = all.map(|code| Some((scale.rank(code?)?, code?))).collect();
    ranked?.into_iter().min().map(|(_, code)| code)
}
