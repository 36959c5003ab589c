//! What each value that a claim names does to what is coded.

use super::relation::{Comparer, Relation};
use crate::dataset::BoundEvent;
use crate::record::{Claim, Coded, Stance, Statement, Value};
use crate::schema::{CodeList, Component};
use crate::source::Spanned;

/// One value that a claim states, denies or declines, and what it does.
#[derive(Clone, Debug)]
pub struct WeighedStatement<'p> {
    /// The statement that it is of.
    pub statement: &'p Statement,
    /// Position among the values of the component in this claim, from 1.
    pub ordinal: usize,
    /// The value; `None` where the component has none to speak of.
    pub value: Option<&'p Value>,
    /// How it relates to what is coded: the strongest relation to any coded value.
    pub relation: Option<Relation>,
    /// What it does to the coded values that it bears on.
    pub effect: Effect,
    /// The coded values that it bears on.
    pub coded: Vec<&'p Coded>,
    /// Whether it says that nobody did it, which opposes every coded actor.
    pub agentless: bool,
    /// Whether nothing is coded or known of the component, and its claim counts and another that
    /// counts says what excludes it.
    pub disputed: bool,
}

/// What a claim does to a coded value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It speaks for it.
    Supports,
    /// It speaks against it.
    Opposes,
    /// It does neither.
    Neither,
}

impl Effect {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Opposes => "opposes",
            Self::Neither => "neither",
        }
    }
}

/// What each value of a claim does.
pub(super) fn weigh_statements<'p>(
    bound: BoundEvent<'p>,
    comparer: Comparer<'p>,
    claim: &'p Claim,
) -> Vec<WeighedStatement<'p>> {
    let mut weighed: Vec<WeighedStatement<'p>> = Vec::new();
    for statement in &claim.statements {
        let coded = bound.filed.event.coded(statement.component);
        let mut of_statement = match statement.stance {
            Stance::Affirms | Stance::Denies if statement.values.is_empty() => {
                of_coded(comparer, statement, coded)
            }
            Stance::Declines if !statement.values.is_empty() => {
                declined(comparer, statement, coded)
            }
            Stance::Declines | Stance::Note | Stance::Affirms => {
                vec![WeighedStatement::plain(statement, None)]
            }
            Stance::Says => said(bound, comparer, statement, coded),
            Stance::Denies => denied(bound, comparer, statement, coded),
        };
        for one in &mut of_statement {
            let before =
                weighed.iter().filter(|other| other.statement.component == statement.component);
            one.ordinal = before.count() + 1;
            weighed.push(one.clone());
        }
    }
    weighed
}

impl<'p> WeighedStatement<'p> {
    /// Whether it does this to a coded value. That nobody did it opposes every coded actor.
    pub fn does(&self, effect: Effect, coded: &Coded) -> bool {
        let on_this =
            self.effect == effect && self.coded.iter().any(|other| std::ptr::eq(*other, coded));
        let denies_agency =
            effect == Effect::Opposes && coded.component == Component::Actor && self.agentless;
        on_this || denies_agency
    }

    fn plain(statement: &'p Statement, value: Option<&'p Value>) -> Self {
        Self {
            statement,
            ordinal: 1,
            value,
            relation: None,
            effect: Effect::Neither,
            coded: Vec::new(),
            agentless: false,
            disputed: false,
        }
    }
}

/// What is affirmed or denied without naming a value is each coded value.
/// A coded unknown has neither support nor opposition.
fn of_coded<'p>(
    comparer: Comparer<'p>,
    statement: &'p Statement,
    coded: &'p [Coded],
) -> Vec<WeighedStatement<'p>> {
    let effect =
        if statement.stance == Stance::Affirms { Effect::Supports } else { Effect::Opposes };
    if coded.is_empty() {
        let effect = if statement.component == Component::Event { effect } else { Effect::Neither };
        return vec![WeighedStatement { effect, ..WeighedStatement::plain(statement, None) }];
    }
    let each = coded.iter().map(|coded| {
        let plain = WeighedStatement::plain(statement, Some(&coded.value.value));
        if comparer.is_unknown(statement.component, &coded.value.value) {
            return WeighedStatement { relation: Some(Relation::Unknown), ..plain };
        }
        WeighedStatement { relation: Some(Relation::Same), effect, coded: vec![coded], ..plain }
    });
    each.collect()
}

/// A claim supports every coded value that it names, and opposes the coded values only if it names
/// none of them; naming others besides is not opposition.
fn said<'p>(
    bound: BoundEvent<'p>,
    comparer: Comparer<'p>,
    statement: &'p Statement,
    coded: &'p [Coded],
) -> Vec<WeighedStatement<'p>> {
    let list = bound.binding.code_list(statement.component);
    let related: Vec<Vec<Relation>> = statement
        .values
        .iter()
        .map(|value| {
            coded
                .iter()
                .map(|coded| comparer.relation(&value.value, &coded.value.value, list))
                .collect()
        })
        .collect();
    let names_none = !comparer.is_additive(statement.component)
        && related.iter().flatten().all(|relation| *relation == Relation::Different);
    let weigh_one = |(value, relations): (&'p Spanned<Value>, &Vec<Relation>)| {
        let named: Vec<_> = coded
            .iter()
            .zip(relations)
            .filter(|(_, relation)| relation.is_within())
            .map(|(coded, _)| coded)
            .collect();
        let relation = relations.iter().min().copied();
        let (effect, bears_on) = if !named.is_empty() {
            (Effect::Supports, named)
        } else if names_none && !coded.is_empty() {
            (Effect::Opposes, coded.iter().collect())
        } else {
            (Effect::Neither, Vec::new())
        };
        let agentless = is_agentless(list, &value.value);
        WeighedStatement {
            relation,
            effect,
            coded: bears_on,
            agentless,
            ..WeighedStatement::plain(statement, Some(&value.value))
        }
    };
    statement.values.iter().zip(&related).map(weigh_one).collect()
}

/// A denied value opposes a coded value that is it or lies inside it.
fn denied<'p>(
    bound: BoundEvent<'p>,
    comparer: Comparer<'p>,
    statement: &'p Statement,
    coded: &'p [Coded],
) -> Vec<WeighedStatement<'p>> {
    let list = bound.binding.code_list(statement.component);
    let weigh_one = |value: &'p Spanned<Value>| {
        let related = coded
            .iter()
            .map(|coded| (coded, comparer.relation(&value.value, &coded.value.value, list)));
        let related: Vec<_> = related.collect();
        let opposed: Vec<_> = related
            .iter()
            .filter(|(_, relation)| relation.contains())
            .map(|(coded, _)| *coded)
            .collect();
        let effect = if opposed.is_empty() { Effect::Neither } else { Effect::Opposes };
        let relation = related.iter().map(|(_, relation)| *relation).min();
        WeighedStatement {
            relation,
            effect,
            coded: opposed,
            ..WeighedStatement::plain(statement, Some(&value.value))
        }
    };
    statement.values.iter().map(weigh_one).collect()
}

/// A value that a claimant neither confirms nor denies does nothing.
fn declined<'p>(
    comparer: Comparer<'p>,
    statement: &'p Statement,
    coded: &'p [Coded],
) -> Vec<WeighedStatement<'p>> {
    let list = comparer.binding().code_list(statement.component);
    let weigh_one = |value: &'p Spanned<Value>| {
        let relation = |coded: &Coded| comparer.relation(&value.value, &coded.value.value, list);
        WeighedStatement {
            relation: coded.iter().map(relation).min(),
            ..WeighedStatement::plain(statement, Some(&value.value))
        }
    };
    statement.values.iter().map(weigh_one).collect()
}

fn is_agentless(list: Option<&CodeList>, value: &Value) -> bool {
    list.zip(value.code()).is_some_and(|(list, code)| {
        list.codes().any(|known| known == code) && list.entry(code).agentless
    })
}
