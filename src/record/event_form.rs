//! Reading an event.

use std::ops::RangeInclusive;

use chrono::Datelike;

use super::Reader;
use super::allow::Allow;
use super::claim::{Claims, read_claims};
use super::code::{Certainty, CodeOf, Relation};
use super::coded::{
    ActionShape, Actors, BECAUSE, Coded, LocationShape, read_actors, read_coded_action,
    read_coded_location,
};
use super::defect::RecordDefect;
use super::event::{Coding, CodingStatus, Event, RelatedEvent};
use super::value::read_values;
use crate::form::shape::{
    self, Choice, Formed, Identifier, List, Mapping, OfForm, Reference, Text, Time, Word,
};
use crate::form::{Form, FormDefect, InvalidValue, Key, Limit, MARK, Opened, Written};
use crate::schema::{Codebook, Component, Role};
use crate::source::Spanned;
use crate::syntax::Node;
use crate::value::Date;

/// An event; the codebook's extra fields are keys as well.
pub static EVENT: Form = Form {
    name: "event",
    keys: &[
        ID.info(),
        TITLE.info(),
        DATE.info(),
        TIME.info(),
        SUMMARY.info(),
        ACTOR.info(),
        ACTION.info(),
        TARGET.info(),
        LOCATION.info(),
        EVENT_CERTAINTY.info(),
        BECAUSE.info(),
        CLAIMS.info(),
        RELATED.info(),
        CODING.info(),
        ALLOW.info(),
    ],
};

const ID: Key<Identifier> = Key::required("id", "The event's id, which is also its file's name.");
const TITLE: Key<Text> = Key::optional("title", "A headline in the curator's words.");
const DATE: Key<shape::Date> = Key::required("date", "When it happened, as an EDTF date.");
const TIME: Key<Time> = Key::optional("time", "Local time of day, such as `17:45` or `17:45~`.");
const SUMMARY: Key<Text> = Key::optional(
    "summary",
    "What happened, in the curator's words; never text copied from a source.",
);
const ACTOR: Key<Actors> =
    Key::optional("actor", "Who did it; a list means together. Alternatives are claims.");
const ACTION: Key<ActionShape> = Key::required("action", "What was done.");
const TARGET: Key<Actors> =
    Key::optional("target", "To whom or what it was done; a list means together.");
const LOCATION: Key<LocationShape> = Key::optional("location", "Where it happened.");
const EVENT_CERTAINTY: Key<CodeOf<Certainty>> = Key::required(
    "certainty",
    "How sure it is that something happened, there and then; the default of action, target and location.",
);
const CLAIMS: Key<Claims> = Key::optional("claims", "Who says what, by source.");
const RELATED: Key<List<Mapping<RelatedEvent>>> =
    Key::optional("related", "Links to other events.");
const ALLOW: Key<List<Mapping<Allow>>> = Key::optional(
    "allow",
    "The rules that the record breaks on purpose, each with a reason and an end.",
);
const CODING: Key<Mapping<Coding>> = Key::optional("coding", "Who coded it, and when.");

/// A link to another event.
static RELATED_EVENT: Form = Form { name: "related event", keys: &[OTHER.info(), AS.info()] };

const OTHER: Key<Reference<shape::Event>> = Key::required("event", "The other event's id.");
const AS: Key<CodeOf<Relation>> = Key::required("as", "How this event is related to it.");

/// Who coded an event.
static CODING_FORM: Form =
    Form { name: "coding", keys: &[BY.info(), CODED_ON.info(), STATUS.info()] };

const BY: Key<Text> = Key::optional("by", "The coder.");
const CODED_ON: Key<shape::Date> = Key::optional("date", "The day of the coding.").formerly("on");
const STATUS: Key<Word<CodingStatus>> = Key::optional("status", "How far the coding has come.");

impl Choice for CodingStatus {
    const WORDS: &'static [&'static str] = &["draft", "coded", "reviewed", "adjudicated"];
    const MEANINGS: &'static [Self] =
        &[Self::Draft, Self::Coded, Self::Reviewed, Self::Adjudicated];
}

/// Reads an event from the root of its document. `line` tells the line of an offset.
pub fn read_event(
    root: Node<'_>,
    line: &dyn Fn(u32) -> u32,
    reader: &mut Reader<'_>,
) -> Option<Event> {
    let codebook = reader.context;
    let readable = codebook.fields.iter().map(|field| field.name.as_str());
    let extra: Vec<_> =
        readable.chain(codebook.unreadable_fields.iter().map(String::as_str)).collect();
    let opened = reader.open(root, &EVENT, &extra)?;
    let coded = read_coded(&opened, reader);
    let related = read_related(&opened, reader);
    let allow = opened.get(&ALLOW, reader).into_value().unwrap_or_default();
    let mut event = Event {
        id: opened.get(&ID, reader),
        title: opened.get(&TITLE, reader).into_value(),
        summary: opened.get(&SUMMARY, reader).into_value(),
        certainty: opened.get(&EVENT_CERTAINTY, reader),
        because: opened.get(&BECAUSE, reader).into_value(),
        claims: opened
            .node_of(&CLAIMS)
            .map(|node| read_claims(node, line, reader))
            .unwrap_or_default(),
        related,
        coding: opened.get(&CODING, reader).into_value(),
        allow: allow.into_iter().map(|allow| allow.value).collect(),
        span: opened.span(),
        line: line(opened.span().start),
        intact: true,
        coded,
    };
    limit_event(&mut event, reader);
    Some(event)
}

/// Leaves out what an event has beyond the limits.
fn limit_event(event: &mut Event, reader: &mut Reader<'_>) {
    limit_coded(event, Component::Actor, Limit::Participants, Limit::Participants.most(), reader);
    limit_coded(event, Component::Target, Limit::Participants, Limit::Participants.most(), reader);
    let actors = event.coded(Component::Actor).len().max(1);
    let targets = Limit::Dyads.most() / actors;
    limit_coded(event, Component::Target, Limit::Dyads, targets, reader);
    if let Some(first) = event.coded.get(Limit::Values.most()) {
        reader.report(first.span(), Limit::Values);
        event.coded.truncate(Limit::Values.most());
    }
    if let Some((claim, limit)) = first_beyond(event) {
        reader.report(event.claims[claim].span, limit);
        event.claims.truncate(claim);
    }
}

/// Keeps the first values of a component.
fn limit_coded(
    event: &mut Event,
    component: Component,
    limit: Limit,
    most: usize,
    reader: &mut Reader<'_>,
) {
    let coded = event.coded(component);
    let Some(first) = coded.get(most) else { return };
    reader.report(first.span(), limit);
    let (mut left, excess) = (most, coded.len() - most);
    let mut kept = Vec::with_capacity(event.coded.len() - excess);
    for coded in event.coded.drain(..) {
        if coded.component != component || left > 0 {
            left -= usize::from(coded.component == component);
            kept.push(coded);
        }
    }
    event.coded = kept;
}

/// The first claim that is one too many, or whose values are, and the limit that it meets.
fn first_beyond(event: &Event) -> Option<(usize, Limit)> {
    let (mut values, mut weighed) = (0, 0);
    let beyond = event.claims.iter().map(|claim| {
        for statement in &claim.statements {
            values += statement.values.len();
            // One that names no value speaks of each that is coded.
            let coded = event.coded(statement.component).len().max(1);
            weighed += if statement.values.is_empty() { coded } else { statement.values.len() };
        }
        if values > Limit::Values.most() {
            Some(Limit::Values)
        } else {
            (weighed > Limit::Statements.most()).then_some(Limit::Statements)
        }
    });
    let of_values = beyond.enumerate().find_map(|(at, limit)| Some((at, limit?)));
    let most = Limit::Claims.most();
    let of_claims = (event.claims.len() > most).then_some((most, Limit::Claims));
    of_values.into_iter().chain(of_claims).min_by_key(|(at, _)| *at)
}

/// Reads the links to other events. One that is written by a retired code is there twice beside its
/// successor.
fn read_related(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Vec<RelatedEvent> {
    let list = reader.context.list(Role::Relation);
    let related = opened.get(&RELATED, reader).into_value().unwrap_or_default();
    let told_apart = related.into_iter().map(|related| {
        let relation = related.value.relation;
        let relation = list.successor(relation).unwrap_or(relation);
        (format!("{}{MARK}{}", relation.0, related.value.event.value), related)
    });
    reader.distinct(told_apart).into_iter().map(|related| related.value).collect()
}

fn read_coded(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Vec<Coded> {
    let mut coded = Vec::new();
    if let Written::Given(date) = read_date(opened, reader) {
        coded.push(without_certainty(Component::Date, date.map(super::Value::Date)));
    }
    if let Written::Given(time) = opened.get(&TIME, reader) {
        coded.push(without_certainty(Component::Time, time.map(super::Value::Time)));
    }
    if let Some(node) = opened.node_of(&ACTOR) {
        coded.extend(read_actors(Component::Actor, node, reader));
    }
    coded.extend(opened.node_of(&ACTION).and_then(|node| read_coded_action(node, reader)));
    if let Some(node) = opened.node_of(&TARGET) {
        coded.extend(read_actors(Component::Target, node, reader));
    }
    coded.extend(opened.node_of(&LOCATION).and_then(|node| read_coded_location(node, reader)));
    coded.extend(read_fields(opened, reader));
    coded.sort_by_key(|coded| coded.component);
    coded
}

/// The years whose days the tables can hold: Python and many databases have no others.
const YEARS: RangeInclusive<i32> = 1..=9999;

fn read_date(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Written<Date> {
    let date = opened.get(&DATE, reader);
    let Some(given) = date.spanned() else { return date };
    let mut days = given.value.earliest().into_iter().chain(given.value.latest());
    if days.all(|day| YEARS.contains(&day.year())) {
        return date;
    }
    let (first, last) = (*YEARS.start(), *YEARS.end());
    reader.invalid(given.span, FormDefect::InvalidValue(InvalidValue::Years { first, last }))
}

fn read_fields(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Vec<Coded> {
    let mut coded = Vec::new();
    let mut missing: Vec<_> = reader.context.fields.iter().map(|field| field.required).collect();
    let readable = missing.len();
    for (position, node) in opened.extra().filter(|(position, _)| *position < readable) {
        missing[position] = false;
        let component = Component::Field(u16::try_from(position).unwrap_or(u16::MAX));
        let values = read_values(component, node, reader);
        coded.extend(values.into_iter().map(|value| without_certainty(component, value)));
    }
    for (position, _) in
        missing.iter().enumerate().filter(|(_, missing)| **missing && !opened.damaged())
    {
        let field = &reader.context.fields[position];
        let defect = RecordDefect::MissingField {
            field: field.name.clone(),
            doc: field.doc.to_string(),
            declared: field.location,
        };
        reader.report(opened.key_span(&ID).unwrap_or(opened.span()), defect);
    }
    coded
}

fn without_certainty(component: Component, value: Spanned<super::Value>) -> Coded {
    Coded { component, value, certainty: Written::Absent, because: None }
}

impl OfForm for RelatedEvent {
    const FORM: &'static Form = &RELATED_EVENT;
}

impl Formed<Codebook> for RelatedEvent {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let event = opened.get(&OTHER, reader).into_spanned();
        let relation = opened.get(&AS, reader).into_value();
        Some(Self { event: event?, relation: relation? })
    }
}

impl OfForm for Coding {
    const FORM: &'static Form = &CODING_FORM;
}

impl Formed<Codebook> for Coding {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            by: opened.get(&BY, reader).into_spanned(),
            date: opened.get(&CODED_ON, reader).into_spanned(),
            status: opened.get(&STATUS, reader).into_value(),
        })
    }
}
