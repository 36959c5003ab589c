//! A weighed statement: how its value relates to the coded ones, and what it does to them.

use strum::IntoStaticStr;

use crate::record::{Coded, Statement, Value};
use crate::schema::Component;

/// One value that a claim states, denies or declines, and what it does.
#[derive(Clone, Debug)]
pub struct WeighedStatement<'p> {
    /// The statement that names the value.
    pub statement: &'p Statement,
    /// The value; `None` where none is named and none is coded.
    pub value: Option<&'p Value>,
    /// How the value relates to each coded value that it is compared with. What is affirmed or
    /// denied without a value is compared only with the coded value that it stands for.
    pub relations: Vec<(&'p Coded, Relation)>,
    /// What it does to the coded values that it bears on.
    pub effect: Effect,
    /// The coded values that it bears on.
    pub coded: Vec<&'p Coded>,
    /// Whether it says that nobody did it, which opposes every coded actor.
    pub agentless: bool,
    /// Whether another claim that counts excludes it, where its own counts and nothing is coded or
    /// known of the component.
    pub disputed: bool,
}

/// How a said value relates to a coded one, the strongest relation first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Relation {
    /// They are the same.
    Same,
    /// The said value lies inside the coded one: a drone attack, and an attack.
    Narrower,
    /// The coded value lies inside the said one: an attack, and a drone attack.
    Broader,
    /// They share something, and neither holds the other.
    Overlapping,
    /// One of them is not known, or nothing tells how they relate.
    Unknown,
    /// They exclude each other.
    Different,
}

/// What a claim does to a coded value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Effect {
    /// It speaks for it.
    Supports,
    /// It speaks against it.
    Opposes,
    /// It does neither.
    Neither,
}

impl Relation {
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether the said value is the coded one or lies inside it.
    pub const fn is_within(self) -> bool {
        matches!(self, Self::Same | Self::Narrower)
    }

    /// Whether the said value is the coded one or holds it.
    pub const fn contains(self) -> bool {
        matches!(self, Self::Same | Self::Broader)
    }
}

impl Effect {
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl WeighedStatement<'_> {
    /// The strongest relation to a coded value; `None` where there is none to compare.
    pub fn relation(&self) -> Option<Relation> {
        self.relations.iter().map(|(_, relation)| *relation).min()
    }

    /// How its value relates to a coded value, if they were compared.
    pub fn relation_to(&self, coded: &Coded) -> Option<Relation> {
        let mut relations = self.relations.iter();
        relations.find(|(other, _)| std::ptr::eq(*other, coded)).map(|(_, relation)| *relation)
    }

    /// Whether it has an effect on a coded value. That nobody did it opposes every coded actor.
    pub fn does(&self, effect: Effect, coded: &Coded) -> bool {
        let on_this =
            self.effect == effect && self.coded.iter().any(|other| std::ptr::eq(*other, coded));
        let denies_agency =
            effect == Effect::Opposes && coded.component == Component::Actor && self.agentless;
        on_this || denies_agency
    }
}
