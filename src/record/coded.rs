//! A coded component: the coder's judgement.

use super::Reader;
use super::code::{Certainty, CodeOf};
use super::defect::RecordDefect;
use super::location::{self, read_location};
use super::value::{Value, meaning, read_action, read_actor, read_place_name};
use crate::form::shape::{self, Reference, Text};
use crate::form::{Described, Form, Key, Kind, Opened, Written};
use crate::schema::{Code, Component, Role};
use crate::source::{Span, Spanned};
use crate::syntax::{Content, Insertion, Node};

/// One value that a component is coded with, and how surely.
#[derive(Clone, Debug, PartialEq)]
pub struct Coded {
    /// The component.
    pub component: Component,
    /// The value.
    pub value: Spanned<Value>,
    /// How sure the coder is of it, where it is said for this value alone.
    pub certainty: Written<Code>,
    /// The coder's reason, where the level rests on more than the claims.
    pub because: Option<Box<str>>,
}

/// An actor or target in its long form.
static CODED_ACTOR: Form =
    Form { name: "coded actor", keys: &[ACTOR_CODE.info(), CERTAINTY.info(), BECAUSE.info()] };

/// An action in its long form.
static CODED_ACTION: Form =
    Form { name: "coded action", keys: &[ACTION_CODE.info(), CERTAINTY.info(), BECAUSE.info()] };

/// A location in its long form.
static CODED_LOCATION: Form = Form {
    name: "coded location",
    keys: &[
        location::PLACE.info(),
        location::LATITUDE.info(),
        location::LONGITUDE.info(),
        location::COUNTRY.info(),
        location::PRECISION.info(),
        location::RADIUS.info(),
        CERTAINTY.info(),
        BECAUSE.info(),
    ],
};

const ACTOR_CODE: Key<Reference<shape::Actor>> =
    Key::required("code", "An id of `actors.yaml`, or a composite code such as `ISRMIL`.");
const ACTION_CODE: Key<Action> = Key::required("code", "What was done: a code of the action list.");
pub(super) const CERTAINTY: Key<CodeOf<Certainty>> =
    Key::optional("certainty", "How sure the coder is.");
pub(super) const BECAUSE: Key<Text> =
    Key::optional("because", "The coder's reason, where the level rests on more than the claims.");

/// What was done.
#[derive(Debug)]
pub(super) struct Action;

impl Described for Action {
    fn kind() -> Kind {
        Kind::Code(Role::Action.name())
    }
}

/// A coded value that may be given by itself or with its certainty.
#[derive(Debug)]
pub(super) struct ActionShape;

impl Described for ActionShape {
    fn kind() -> Kind {
        Kind::AnyOf(vec![Action::kind(), Kind::Form(&CODED_ACTION)])
    }
}

/// An actor, or several that acted together.
#[derive(Debug)]
pub(super) struct Actors;

impl Described for Actors {
    fn kind() -> Kind {
        let one = Kind::AnyOf(vec![Kind::Actor, Kind::Form(&CODED_ACTOR)]);
        Kind::AnyOf(vec![Kind::Actor, Kind::Form(&CODED_ACTOR), Kind::ListOf(Box::new(one))])
    }
}

/// A location.
#[derive(Debug)]
pub(super) struct LocationShape;

impl Described for LocationShape {
    fn kind() -> Kind {
        Kind::AnyOf(vec![Kind::Place, Kind::Form(&CODED_LOCATION)])
    }
}

/// Reads the actors or targets of an event.
pub(super) fn read_actors(
    component: Component,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Coded> {
    let Content::Sequence(items) = node.content() else {
        return read_one_actor(component, node, reader).into_iter().collect();
    };
    let mut read = Vec::new();
    for item in items.items() {
        let coded = read_one_actor(component, item, reader);
        read.extend(coded.map(|coded| {
            let span = coded.span();
            (meaning(component, &coded.value.value, reader.context), Spanned::new(coded, span))
        }));
    }
    reader.distinct(read).into_iter().map(|coded| coded.value).collect()
}

fn read_one_actor(component: Component, node: Node<'_>, reader: &mut Reader<'_>) -> Option<Coded> {
    let (coded, place) = if matches!(node.content(), Content::Mapping(_)) {
        let opened = reader.open(node, &CODED_ACTOR, &[])?;
        let value = opened.node_of(&ACTOR_CODE).map(|node| read_actor(node, reader));
        let coded = with_certainty(component, value, &opened, reader)?;
        (coded, opened.place_after(&ACTOR_CODE))
    } else {
        (plain(component, read_actor(node, reader))?, None)
    };
    if component == Component::Actor {
        report_uncertain(&coded, place, reader);
    }
    Some(coded)
}

/// An actor is the part of an event that is disputed most, so how sure it is must be said.
fn report_uncertain(coded: &Coded, place: Option<Insertion>, reader: &mut Reader<'_>) {
    let unknown = reader.context.unknown(Role::Country);
    let unknown = unknown.map(|code| &*reader.context.list(Role::Country).entry(code).code);
    if let Value::Actor(actor) = &coded.value.value
        && coded.certainty.is_absent()
        && Some(&**actor) != unknown
    {
        let actor = actor.to_string();
        reader.report(coded.span(), RecordDefect::MissingActorCertainty { actor, place });
    }
}

/// Reads the action of an event.
pub(super) fn read_coded_action(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Coded> {
    if !matches!(node.content(), Content::Mapping(_)) {
        return plain(Component::Action, read_action(node, reader));
    }
    let opened = reader.open(node, &CODED_ACTION, &[])?;
    let value = opened.node_of(&ACTION_CODE).map(|node| read_action(node, reader));
    with_certainty(Component::Action, value, &opened, reader)
}

/// Reads the location of an event.
pub(super) fn read_coded_location(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Coded> {
    if !matches!(node.content(), Content::Mapping(_)) {
        return plain(Component::Location, read_place_name(node, reader));
    }
    let opened = reader.open(node, &CODED_LOCATION, &[])?;
    let location = Value::Location(Box::new(read_location(&opened, reader)));
    let span = opened.node_of(&location::PLACE).map_or_else(|| opened.span(), Node::span);
    with_certainty(Component::Location, Some(Written::given(location, span)), &opened, reader)
}

fn plain(component: Component, value: Written<Value>) -> Option<Coded> {
    let value = value.into_spanned()?;
    Some(Coded { component, value, certainty: Written::Absent, because: None })
}

/// Both are read even where the value is not, so that all their defects are found.
fn with_certainty(
    component: Component,
    value: Option<Written<Value>>,
    opened: &Opened<'_>,
    reader: &mut Reader<'_>,
) -> Option<Coded> {
    let certainty = opened.get(&CERTAINTY, reader);
    let because = opened.get(&BECAUSE, reader).into_value();
    let value = value?.into_spanned()?;
    Some(Coded { component, value, certainty, because })
}

impl Coded {
    /// Where the value is written.
    pub const fn span(&self) -> Span {
        self.value.span
    }
}
