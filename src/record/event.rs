//! An event.

use serde::{Deserialize, Serialize};

use super::Reader;
use super::allow::Allow;
use super::claim::{Claim, Claims, ListedSources};
use super::code::{CertaintyCode, RelationCode};
use super::coded::{Coded, CodedAction, CodedActions, CodedActor, CodedActors, CodedLocation};
use super::fields::{FieldValues, read_fields};
use super::ids::{SchemeId, SchemeIds};
use super::location::Location;
use super::value::Value;
use crate::form::{
    Either, EventName, Identity, InvalidValue, Kind, List, MARK, Opened, PlaceName, Text, Written,
    form, read_date, shape, words,
};
use crate::schema::{Code, Codebook, Component, FieldOn, Role};
use crate::source::{Span, Spanned};
use crate::syntax::Node;
use crate::value::{Date, Identifier, TABLE_YEARS, Time, is_in_tables};

form! {
    /// An event: what the coder judges to have happened, and who claims what about it.
    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    pub struct Event given (line: u32): "event" in Codebook {
        /// The event's id, which is also its file's name.
        required id called ["event_id", "identifier"]: Written<Identifier> = Identifier,
        /// A headline in the curator's words.
        optional title called ["headline", "name"]: Option<Box<str>> = Text,
        /// When it happened, as an EDTF date.
        required date called ["when", "day", "event_date"] = TableDate,
        /// Local time of day, such as `17:45` or `17:45~`.
        optional time called ["hour", "time_of_day"] = Time,
        /// What happened, in the curator's words; never text copied from a source.
        optional summary called ["description", "note", "notes", "comment", "comments", "narrative"]: Option<Box<str>> = Text,
        /// Who did it; a list means together. Alternatives are claims.
        optional actor called ["perpetrator", "attacker", "who", "actor1", "actor_1", "side_a"] = CodedActors,
        /// What was done; a list means together. Alternatives are claims.
        required action called ["what", "type", "event_type", "action_type", "category"] = CodedActions,
        /// To whom or what it was done; a list means together.
        optional target called ["victim", "recipient", "whom", "actor2", "actor_2", "side_b"] = CodedActors,
        /// Where it happened.
        optional location called ["place", "where", "city", "town", "site"] = Either<PlaceName, CodedLocation>,
        /// The ids that other datasets give to it, by scheme of the codebook's `ids`.
        optional ids: Vec<Spanned<SchemeId>> = SchemeIds,
        /// How sure it is that something happened, there and then; the default of action, target and
        /// location, and of the actor where the codebook has no policy.
        required certainty called ["confidence", "confidence_level", "likelihood"]: Written<Code> = CertaintyCode,
        /// The coder's reason, where the level rests on more than the claims.
        optional because called ["reason", "justification", "rationale"]: Option<Box<str>> = Text,
        /// The sources that report it, by id or address: the short form of a claim by each that
        /// affirms the event, its date and its location, and nothing else.
        optional sources called ["source", "references", "urls"] = ListedSources,
        /// Who says what, by source.
        optional claims called ["evidence", "statements"] = Claims,
        /// Links to other events.
        optional related called ["links", "linked_events", "see_also"]: Vec<RelatedEvent> = List<RelatedEvent>,
        /// Who coded it, and when.
        optional coding called ["annotation"]: Option<Coding> = Coding,
        /// The rules that the record breaks on purpose, each with a reason and an end.
        optional allow: Vec<Allow> = List<Allow>,
    }
    made from (opened, reader) {
        /// Where the record is written.
        pub span: Span = opened.span(),
        /// The line where it starts, from 1.
        pub line: u32 = line,
        /// Whether every part of it could be read.
        pub intact: bool = true,
        /// Who says what: the claims as written, then one for each of the `sources`.
        pub claims: Vec<Claim> = {
            let dated = date.value().map(|_| Component::Date);
            let located = location.value().map(|_| Component::Location);
            let affirmed: Vec<_> =
                [Some(Component::Event), dated, located].into_iter().flatten().collect();
            let listed = Vec::<Claim>::from(sources).into_iter();
            let listed = listed.map(|claim| claim.affirming(&affirmed));
            Vec::<Claim>::from(claims).into_iter().chain(listed).collect()
        },
        /// The coded values, sorted by component.
        pub(super) coded: Vec<Coded> = {
            let date = date.map(Value::Date).into_spanned();
            let time = time.map(Value::Time).into_spanned();
            let mut coded: Vec<_> = date.map(|date| Coded::plain(Component::Date, date)).into_iter()
                .chain(time.map(|time| Coded::plain(Component::Time, time)))
                .chain(coded_actors(Component::Actor, actor, reader))
                .chain(Vec::<CodedAction>::from(action).into_iter().map(CodedAction::coded))
                .chain(coded_actors(Component::Target, target, reader))
                .chain(location.into_value().map(|location| location.coded()))
                .chain(coded_fields(opened, reader))
                .collect();
            coded.sort_by_key(|coded| coded.component);
            coded
        },
    }
}

form! {
    /// A link to another event.
    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    pub struct RelatedEvent: "related event" in Codebook, identity current_link {
        /// The other event's id.
        essential event: Spanned<Box<str>> = EventName,
        /// How this event is related to it.
        essential relation as "as": Code = RelationCode,
    }
}

form! {
    /// Who coded an event.
    #[derive(Clone, Debug, Deserialize, Default, PartialEq, Serialize)]
    pub struct Coding: "coding" in Codebook {
        /// The coder.
        optional by called ["coder", "coded_by", "annotator"]: Option<Spanned<Box<str>>> = Text,
        /// The day of the coding.
        optional date formerly "on" called ["coded_on", "coding_date"]: Option<Spanned<Date>> = Date,
        /// How far the coding has come. A `draft` is checked and stands in no table; its errors are warnings.
        optional status: Option<CodingStatus> = CodingStatus,
    }
}

words! {
    /// How far a record has come.
    #[derive(Deserialize, Serialize)]
    pub enum CodingStatus {
        /// Begun: checked, but in no table.
        Draft = "draft",
        /// Coded by one person.
        Coded = "coded",
        /// Read by a second person.
        Reviewed = "reviewed",
        /// Decided between two coders' records.
        Adjudicated = "adjudicated",
    }
}

shape! {
    /// A date whose days the tables can hold.
    struct TableDate in Codebook => Date: Kind::Date, |node, reader| {
        read_date(node, true, reader).and_then(|date| {
            let mut days = date.value.earliest().into_iter().chain(date.value.latest());
            if days.all(|day| is_in_tables(&day)) {
                return Written::Given(date);
            }
            let (first, last) = (*TABLE_YEARS.start(), *TABLE_YEARS.end());
            let years = InvalidValue::Years { first, last };
            reader.invalid(date.span, years)
        })
    };
}

/// The identity of a link in its list. A retired code counts as its successor.
fn current_link<'i>(
    node: Node<'i>,
    related: &'i RelatedEvent,
    codebook: &'i Codebook,
) -> Identity<'i> {
    let relation = codebook.list(Role::Relation).in_use(related.relation);
    let identity = format!("{}{MARK}{}", relation.0, related.event.value);
    Spanned::new(identity.into(), node.span())
}

/// The actors or targets of an event. Where claims are weighed, how sure an actor is must be said.
fn coded_actors(
    component: Component,
    actors: Written<Vec<Spanned<CodedActor>>>,
    reader: &mut Reader<'_>,
) -> Vec<Coded> {
    let actors: Vec<CodedActor> = actors.into();
    if component == Component::Actor && reader.context.weighs() {
        let several = actors.len() > 1;
        actors.iter().for_each(|actor| actor.report_uncertain(several, reader));
    }
    actors.iter().for_each(|actor| actor.report_missing_fields(reader));
    actors.into_iter().map(|actor| actor.coded(component)).collect()
}

/// The extra fields.
fn coded_fields(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Vec<Coded> {
    let values = read_fields(opened, FieldOn::Event, reader).into_values().enumerate();
    let coded = values.flat_map(|(position, values)| {
        let component = Component::Field(u16::try_from(position).unwrap_or(u16::MAX));
        values.into_iter().map(move |value| Coded::plain(component, value))
    });
    coded.collect()
}

impl Event {
    /// The values that a component is coded with, in the order written: the one way to ask.
    /// The component `event` has no value.
    pub fn coded(&self, component: Component) -> &[Coded] {
        let start = self.coded.partition_point(|coded| coded.component < component);
        let end = self.coded.partition_point(|coded| coded.component <= component);
        &self.coded[start..end]
    }

    /// What is compared with other events: the coded values without reasons, of the extra fields the codes alone, and the
    /// sources that are listed.
    #[must_use]
    pub fn outline(&self) -> Self {
        let is_compared = |coded: &&Coded| {
            !matches!(coded.component, Component::Field(_)) || coded.value.value.code().is_some()
        };
        let coded = self.coded.iter().filter(is_compared).map(|coded| Coded {
            component: coded.component,
            value: coded.value.clone(),
            certainty: coded.certainty,
            because: None,
            undirected: coded.undirected,
            fields: FieldValues::default(),
        });
        let listed = self.claims.iter().filter(|claim| claim.listed);
        Self {
            id: Written::default(),
            title: None,
            summary: None,
            certainty: self.certainty,
            because: None,
            claims: listed.map(|claim| Claim { statements: Vec::new(), ..claim.clone() }).collect(),
            ids: Vec::new(),
            related: Vec::new(),
            coding: None,
            allow: Vec::new(),
            span: self.span,
            line: self.line,
            intact: self.intact,
            coded: coded.collect(),
        }
    }

    /// All coded values, by component.
    pub fn all_coded(&self) -> &[Coded] {
        &self.coded
    }

    /// When it happened.
    pub fn date(&self) -> Option<&Date> {
        match &self.coded(Component::Date).first()?.value.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Where it happened.
    pub fn location(&self) -> Option<&Location> {
        match &self.coded(Component::Location).first()?.value.value {
            Value::Location(location) => Some(location),
            _ => None,
        }
    }

    /// At what local time of day it happened.
    pub fn time(&self) -> Option<&Time> {
        match &self.coded(Component::Time).first()?.value.value {
            Value::Time(time) => Some(time),
            _ => None,
        }
    }

    /// How sure the coder is of a coded value: its own certainty, or for action, target and
    /// location the event's. An actor inherits it only where nothing is weighed, and a date's is
    /// its qualifier.
    pub fn certainty_of(&self, coded: &Coded, codebook: &Codebook) -> Option<Code> {
        let inherits = match coded.component {
            Component::Action | Component::Target | Component::Location => true,
            Component::Actor => !codebook.weighs(),
            Component::Event | Component::Date | Component::Time | Component::Field(_) => false,
        };
        let own = coded.certainty.value();
        own.or_else(|| self.certainty.value().filter(|_| inherits && coded.certainty.is_absent()))
            .copied()
    }
}
