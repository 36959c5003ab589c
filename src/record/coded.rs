//! A coded component: the coder's judgement.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::Reader;
use super::code::{ActionCode, ActorReference, CertaintyCode, current_actor};
use super::defect::RecordDefect;
use super::fields::{FieldValues, read_fields, report_missing};
use super::location::{Location, report_no_gazetteer};
use super::value::Value;
use crate::form::{Either, Identity, OneOrMore, Opened, Text, Written, form};
use crate::schema::{Code, Codebook, Component, FieldOn, Role};
use crate::source::{Span, Spanned};
use crate::syntax::{Insertion, Node};

/// One value that a component is coded with, and how surely.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Coded {
    /// The component.
    pub component: Component,
    /// The value.
    pub value: Spanned<Value>,
    /// How sure the coder is of it, where it is said for this value alone.
    pub certainty: Written<Code>,
    /// The coder's reason, where the level rests on more than the claims.
    pub because: Option<Box<str>>,
    /// Whether the record says that it is an action of two sides, of which none did it to the other.
    pub undirected: bool,
    /// The extra fields of an actor or target.
    pub fields: FieldValues,
}

form! {
    /// How sure the coder is of one value.
    #[derive(Default)]
    struct Judgement: "judgement" in Codebook {
        /// How sure the coder is.
        optional certainty: Written<Code> = CertaintyCode,
        /// The coder's reason, where the level rests on more than the claims.
        optional because: Option<Box<str>> = Text,
    }
}

form! {
    /// An actor or target in its long form.
    pub struct CodedActor: "participant" in Codebook, identity current {
        /// An id of `actors.yaml`, or a composite code such as `ISRMIL`.
        essential code called ["id", "name", "actor", "value"]: Spanned<Box<str>> = ActorReference,
        ..judgement: Judgement,
    }
    made from (opened, reader) {
        /// Where a certainty can be added.
        place: Option<Insertion> = opened.place_after("code"),
        /// Its extra fields; `None` in its short form, which has none.
        fields: Option<FieldValues> = Some(read_fields(opened, FieldOn::Participant, reader)),
    }
}

form! {
    /// An action in its long form.
    pub(super) struct CodedAction: "coded action" in Codebook, identity code_in_use {
        /// What was done: a code of the action list.
        essential code: Spanned<Code> = ActionCode,
        /// Whether actor and target are two sides, such as those of a clash, and none did it to the
        /// other. A code of the list may say so for all its events.
        optional undirected: bool = bool,
        ..judgement: Judgement,
    }
}

form! {
    /// A location in its long form.
    pub(super) struct CodedLocation: "coded location" in Codebook, then report {
        ..location: Location,
        ..judgement: Judgement,
    }
    made from (opened, _reader) {
        /// Where the place is written, or else the location.
        span: Span = opened.node_of("place").map_or_else(|| opened.span(), Node::span),
    }
}

fn report(coded: &mut CodedLocation, opened: &Opened<'_>, reader: &mut Reader<'_>) {
    report_no_gazetteer(coded.location.latitude.is_some(), opened, reader);
}

/// The actors or targets of an event: one, or several that acted together.
pub(super) type CodedActors = OneOrMore<Either<ActorReference, CodedActor>>;

/// One action.
type OneAction = Either<ActionCode, CodedAction>;

/// The action of an event: one, or several that were done together.
pub(super) type CodedActions = OneOrMore<OneAction>;

/// The identity of an action in its list: its code of today.
fn code_in_use<'i>(_: Node<'i>, action: &'i CodedAction, codebook: &'i Codebook) -> Identity<'i> {
    let list = codebook.list(Role::Action);
    let code = &list.entry(list.in_use(action.code.value)).code;
    Spanned::new(Cow::Borrowed(code), action.code.span)
}

/// The identity of an actor in its list: its code of today.
fn current<'i>(_: Node<'i>, actor: &'i CodedActor, codebook: &'i Codebook) -> Identity<'i> {
    Spanned::new(current_actor(&actor.code.value, codebook), actor.code.span)
}

impl From<Spanned<Box<str>>> for CodedActor {
    fn from(code: Spanned<Box<str>>) -> Self {
        Self { code, judgement: Judgement::default(), place: None, fields: None }
    }
}

impl From<Spanned<Code>> for CodedAction {
    fn from(code: Spanned<Code>) -> Self {
        Self { code, undirected: false, judgement: Judgement::default() }
    }
}

impl From<Spanned<Box<str>>> for CodedLocation {
    fn from(place: Spanned<Box<str>>) -> Self {
        let span = place.span;
        Self { location: place.into(), judgement: Judgement::default(), span }
    }
}

impl CodedActor {
    /// An actor is the part of an event that is disputed most, so how sure it is must be said.
    pub(super) fn report_uncertain(&self, is_one_of_several: bool, reader: &mut Reader<'_>) {
        if !self.judgement.certainty.is_absent() {
            return;
        }
        let unknown = reader.context.unknown(Role::Country);
        let unknown = unknown.map(|code| &*reader.context.list(Role::Country).entry(code).code);
        let actor = &*self.code.value;
        if Some(actor) != unknown {
            let (actor, place) = (actor.to_owned(), self.place);
            let defect = RecordDefect::MissingActorCertainty { actor, place, is_one_of_several };
            reader.report(self.code.span, defect);
        }
    }

    /// Reports the extra fields that it must have and that its short form lacks.
    pub(super) fn report_missing_fields(&self, reader: &mut Reader<'_>) {
        if self.fields.is_none() {
            let fields = reader.context.fields(FieldOn::Participant).iter();
            report_missing(fields, Some(&self.code.value), self.code.span, reader);
        }
    }

    /// Turns it into the value of a component.
    pub(super) fn coded(self, component: Component) -> Coded {
        let fields = self.fields.unwrap_or_default();
        Coded { fields, ..Coded::new(component, self.code.map(Value::Actor), self.judgement) }
    }
}

impl CodedAction {
    /// Turns it into the value of its component.
    pub(super) fn coded(self) -> Coded {
        let coded = Coded::new(Component::Action, self.code.map(Value::Code), self.judgement);
        Coded { undirected: self.undirected, ..coded }
    }
}

impl CodedLocation {
    /// Turns it into the value of its component.
    pub(super) fn coded(self) -> Coded {
        let value = Value::Location(Box::new(self.location));
        Coded::new(Component::Location, Spanned::new(value, self.span), self.judgement)
    }
}

impl Coded {
    fn new(component: Component, value: Spanned<Value>, judgement: Judgement) -> Self {
        let Judgement { certainty, because } = judgement;
        let fields = FieldValues::default();
        Self { component, value, certainty, because, undirected: false, fields }
    }

    /// A value without a certainty of its own.
    pub(super) fn plain(component: Component, value: Spanned<Value>) -> Self {
        Self::new(component, value, Judgement::default())
    }

    /// Where the value is written.
    pub const fn span(&self) -> Span {
        self.value.span
    }
}
