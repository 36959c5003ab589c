//! An event.

use super::allow::Allow;
use super::claim::Claim;
use super::coded::Coded;
use super::value::Value;
use crate::form::Written;
use crate::schema::{Code, Component};
use crate::source::{Span, Spanned};
use crate::value::{Date, Identifier, Time};

/// An event: what the coder judges to have happened, and who claims what about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its id.
    pub id: Written<Identifier>,
    /// A headline in the curator's words.
    pub title: Option<Box<str>>,
    /// What happened, in the curator's words.
    pub summary: Option<Box<str>>,
    /// That something happened, there and then: how sure the coder is, and the default of action,
    /// target and location.
    pub certainty: Written<Code>,
    /// The coder's reason for that certainty, where it rests on more than the claims.
    pub because: Option<Box<str>>,
    /// Who says what, in the order written.
    pub claims: Vec<Claim>,
    /// Links to other events.
    pub related: Vec<RelatedEvent>,
    /// Who coded it, and when.
    pub coding: Option<Coding>,
    /// The rules that it says it breaks on purpose.
    pub allow: Vec<Allow>,
    /// Where the record is written.
    pub span: Span,
    /// The line where it starts, from 1.
    pub line: u32,
    /// Whether every part of it could be read.
    pub intact: bool,
    /// The coded values, sorted by component.
    pub(super) coded: Vec<Coded>,
}

/// A link to another event.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedEvent {
    /// The other event's id.
    pub event: Spanned<Box<str>>,
    /// How this event is related to it, a code of the relation list.
    pub relation: Code,
}

/// Who coded an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coding {
    /// The coder.
    pub by: Option<Spanned<Box<str>>>,
    /// The day of the coding.
    pub date: Option<Spanned<Date>>,
    /// How far the coding has come.
    pub status: Option<CodingStatus>,
}

/// How far a record has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodingStatus {
    /// Begun.
    Draft,
    /// Coded by one person.
    Coded,
    /// Read by a second person.
    Reviewed,
    /// Decided between two coders' records.
    Adjudicated,
}

impl CodingStatus {
    /// The word in records and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Coded => "coded",
            Self::Reviewed => "reviewed",
            Self::Adjudicated => "adjudicated",
        }
    }
}

impl Event {
    /// The values that a component is coded with, in the order written: the one way to ask.
    /// The component `event` has no value.
    pub fn coded(&self, component: Component) -> &[Coded] {
        let start = self.coded.partition_point(|coded| coded.component < component);
        let end = self.coded.partition_point(|coded| coded.component <= component);
        &self.coded[start..end]
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

    /// At what local time of day it happened.
    pub fn time(&self) -> Option<&Time> {
        match &self.coded(Component::Time).first()?.value.value {
            Value::Time(time) => Some(time),
            _ => None,
        }
    }

    /// How sure the coder is of a coded value: its own certainty, or for action, target and
    /// location the event's. An actor never inherits it, and a date's is its qualifier.
    pub fn certainty_of(&self, coded: &Coded) -> Option<Code> {
        let inherits =
            matches!(coded.component, Component::Action | Component::Target | Component::Location);
        let own = coded.certainty.value();
        own.or_else(|| self.certainty.value().filter(|_| inherits && coded.certainty.is_absent()))
            .copied()
    }
}
