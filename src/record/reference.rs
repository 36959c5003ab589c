//! What a record refers to by name.

use serde::{Deserialize, Serialize};

use super::{Claim, Event, FieldValues, Value};
use crate::source::{Span, Spanned};

/// A name in a record that stands for something elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'r> {
    /// What kind of thing it stands for.
    pub referent: Referent,
    /// The name as written.
    pub name: &'r str,
    /// Where it is written.
    pub span: Span,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Referent {
    /// An entry of `actors.yaml`, or a composite actor code.
    Actor,
    /// An entry of `places.yaml`.
    Place,
    /// An entry of `sources.yaml`.
    Source,
    /// Another event.
    Event,
    /// The series of the event, an actor or a place.
    Subject,
}

impl<'r> Reference<'r> {
    /// A name that is written at a place.
    pub fn new(referent: Referent, name: &'r Spanned<Box<str>>) -> Self {
        Self { referent, name: &name.value, span: name.span }
    }
}

impl Event {
    /// Everything that the event refers to by name, in the order of the tables.
    pub fn references(&self) -> impl Iterator<Item = Reference<'_>> {
        let coded = self.all_coded().iter();
        let coded = coded
            .flat_map(|coded| of_value(&coded.value).into_iter().chain(coded.fields.references()));
        let before = std::iter::once(None).chain(self.claims.iter().map(Some));
        let claims = self.claims.iter().zip(before);
        let claims = claims.flat_map(|(claim, before)| of_claim(claim, before));
        let related = self.related.iter();
        let related = related.map(|related| Reference::new(Referent::Event, &related.event));
        coded.chain(claims).chain(related)
    }
}

/// What a claim refers to. A source is named once for all its claims.
fn of_claim<'r>(claim: &'r Claim, before: Option<&Claim>) -> impl Iterator<Item = Reference<'r>> {
    let is_named = before.is_some_and(|before| before.source.span == claim.source.span);
    let source = (!is_named).then(|| Reference::new(Referent::Source, &claim.source));
    // A claimant with a code and words must be an actor; one by itself may be words.
    let coded = claim.by.as_ref().filter(|by| by.described_as.is_some());
    let actor = coded.map(|by| Reference::new(Referent::Actor, &by.code));
    let via = claim.via.as_ref().map(|via| Reference::new(Referent::Source, via));
    let about = claim.about.as_ref().map(|about| Reference::new(Referent::Subject, about));
    let values = claim.statements.iter().flat_map(|statement| &statement.values);
    [source, actor, via, about].into_iter().flatten().chain(values.filter_map(of_value))
}

impl Event {
    /// Gives each source that it names the name that `current` returns, if any.
    pub fn rename_sources(&mut self, mut current: impl FnMut(&str, Span) -> Option<Box<str>>) {
        let mut rename = |name: &mut Box<str>, span| {
            if let Some(current) = current(name, span) {
                *name = current;
            }
        };
        for coded in &mut self.coded {
            rename_source(&mut coded.value, &mut rename);
            coded.fields.iter_mut().for_each(|value| rename_source(value, &mut rename));
        }
        for claim in &mut self.claims {
            for source in [Some(&mut claim.source), claim.via.as_mut()].into_iter().flatten() {
                rename(&mut source.value, source.span);
            }
            let values = claim.statements.iter_mut().flat_map(|statement| &mut statement.values);
            values.for_each(|value| rename_source(value, &mut rename));
        }
    }
}

fn rename_source(value: &mut Spanned<Value>, rename: &mut impl FnMut(&mut Box<str>, Span)) {
    if let Value::Source(name) = &mut value.value {
        rename(name, value.span);
    }
}

impl FieldValues {
    /// Everything that the values refer to by name.
    pub fn references(&self) -> impl Iterator<Item = Reference<'_>> {
        self.iter().filter_map(of_value)
    }
}

fn of_value(value: &Spanned<Value>) -> Option<Reference<'_>> {
    let (referent, name) = match &value.value {
        Value::Actor(name) => (Referent::Actor, name),
        Value::Place(name) => (Referent::Place, name),
        Value::Source(name) => (Referent::Source, name),
        Value::Location(location) => {
            return location.place.as_ref().map(|place| Reference::new(Referent::Place, place));
        }
        Value::Code(_)
        | Value::Date(_)
        | Value::DateTime(_)
        | Value::Url(_)
        | Value::Time(_)
        | Value::Range(_)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Boolean(_)
        | Value::Text(_) => return None,
    };
    Some(Reference { referent, name, span: value.span })
}
