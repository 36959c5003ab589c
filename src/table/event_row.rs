//! The row of an event.

use crate::dataset::{ActorIdentity, Binding, BoundEvent, FiledEvent, PlaceIdentity};
use crate::record::{Coded, Event, Value};
use crate::schema::{Code, Component};
use crate::source::Files;

/// An event, with what its first actor, first target and location are.
#[derive(Debug)]
pub struct EventRow<'p> {
    /// The event and what its names refer to.
    pub bound: BoundEvent<'p>,
    /// Path and line of the record.
    pub record: String,
    pub(super) actor: Option<ActorIdentity<'p>>,
    pub(super) target: Option<ActorIdentity<'p>>,
    pub(super) place: PlaceIdentity<'p>,
}

impl<'p> EventRow<'p> {
    /// The row of an event.
    pub fn new(binding: Binding<'p>, filed: &'p FiledEvent, files: &Files) -> Self {
        let bound = BoundEvent { binding, filed };
        let first = |component| match &filed.event.coded(component).first()?.value.value {
            Value::Actor(written) => binding.actor(written),
            _ => None,
        };
        let place = binding.place_of(&filed.event);
        let record = format!("{}:{}", files.path(filed.file), filed.event.line);
        Self {
            bound,
            record,
            actor: first(Component::Actor),
            target: first(Component::Target),
            place,
        }
    }

    pub(super) fn event(&self) -> &'p Event {
        &self.bound.filed.event
    }

    pub(super) fn first(&self, component: Component) -> Option<&'p Coded> {
        self.event().coded(component).first()
    }

    pub(super) fn certainty(&self, component: Component) -> Option<Code> {
        self.bound.binding.certainty_of(self.event(), self.first(component)?)
    }

    pub(super) fn action(&self) -> Option<Code> {
        self.first(Component::Action)?.value.value.code()
    }

    pub(super) fn because(&self, component: Component) -> Option<&'p str> {
        self.first(component)?.because.as_deref()
    }
}
