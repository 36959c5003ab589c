//! What each statement of a claim does to the coded values.

use super::model::{Effect, Relation, WeighedStatement};
use super::relation::Comparer;
use crate::record::{Claim, Coded, Stance, Statement, Value};
use crate::schema::Component;
use crate::source::Spanned;

/// Weighs each value that a claim names.
pub(super) fn weigh_statements<'p>(
    comparer: Comparer<'p>,
    claim: &'p Claim,
) -> Vec<WeighedStatement<'p>> {
    let weigh_one = |statement: &'p Statement| match statement.stance {
        Stance::Affirms | Stance::Denies if statement.values.is_empty() => {
            of_coded(comparer, statement)
        }
        Stance::Says | Stance::Denies => of_named(comparer, statement),
        Stance::Declines if !statement.values.is_empty() => of_named(comparer, statement),
        Stance::Affirms | Stance::Declines | Stance::Note => {
            vec![without_effect(statement, None)]
        }
    };
    let mut weighed: Vec<_> = claim.statements.iter().flat_map(weigh_one).collect();
    if comparer.bound().is_undirected() {
        spare_named_sides(&mut weighed);
    }
    weighed
}

/// A side that excludes all coded ones opposes those that the claim does not name: of "A against C", where
/// A and B are coded, C opposes B alone.
fn spare_named_sides(weighed: &mut [WeighedStatement<'_>]) {
    let is_side = |said: &WeighedStatement<'_>| {
        matches!(said.statement.component, Component::Actor | Component::Target)
    };
    let supporting = weighed.iter().filter(|said| is_side(said) && said.effect == Effect::Supports);
    let named: Vec<&Coded> = supporting.flat_map(|said| said.coded.iter().copied()).collect();
    let is_named = |coded: &&Coded| named.iter().any(|side| std::ptr::eq(*side, *coded));
    for said in weighed.iter_mut().filter(|said| is_side(said) && said.effect == Effect::Opposes) {
        if said.statement.stance == Stance::Says {
            said.coded.retain(|coded| !is_named(coded));
            said.effect = if said.coded.is_empty() { Effect::Neither } else { said.effect };
        }
    }
}

fn without_effect<'p>(statement: &'p Statement, value: Option<&'p Value>) -> WeighedStatement<'p> {
    WeighedStatement {
        statement,
        value,
        relations: Vec::new(),
        effect: Effect::Neither,
        coded: Vec::new(),
        agentless: false,
        disputed: false,
    }
}

/// Weighs a statement that affirms or denies without naming a value: it stands for each coded
/// value. A coded unknown has neither support nor opposition.
fn of_coded<'p>(comparer: Comparer<'p>, statement: &'p Statement) -> Vec<WeighedStatement<'p>> {
    let effect =
        if statement.stance == Stance::Affirms { Effect::Supports } else { Effect::Opposes };
    let coded = comparer.coded(statement.component);
    if coded.is_empty() {
        let effect = if statement.component == Component::Event { effect } else { Effect::Neither };
        return vec![WeighedStatement { effect, ..without_effect(statement, None) }];
    }
    let each = coded.iter().map(|coded| {
        let plain = without_effect(statement, Some(&coded.value.value));
        if comparer.bound().is_unknown(coded) {
            return WeighedStatement { relations: vec![(coded, Relation::Unknown)], ..plain };
        }
        let relations = vec![(coded, Relation::Same)];
        WeighedStatement { relations, effect, coded: vec![coded], ..plain }
    });
    each.collect()
}

/// A stated value supports every coded value that it names, and opposes the coded values only if
/// the statement names none of them; naming others besides is not opposition. A denied value
/// opposes a coded value that is it or lies inside it. One that is neither confirmed nor denied
/// does nothing.
fn of_named<'p>(comparer: Comparer<'p>, statement: &'p Statement) -> Vec<WeighedStatement<'p>> {
    let coded = comparer.named_by(statement.component);
    let compared = statement.values.iter().map(|value| {
        let relation = |coded: &'p Coded| {
            (coded, comparer.relation(statement.component, &value.value, &coded.value.value))
        };
        let relations = coded.iter().copied().map(relation).collect();
        WeighedStatement { relations, ..without_effect(statement, Some(&value.value)) }
    });
    let mut weighed: Vec<_> = compared.collect();
    // What was done together with something else, somebody may have done.
    let is_agentless =
        |value: &Spanned<Value>| comparer.is_agentless(statement.component, &value.value);
    let agentless = statement.stance == Stance::Says && statement.values.iter().all(is_agentless);
    let mut relations = weighed.iter().flat_map(|said| &said.relations);
    let names_none = !comparer.is_additive(statement.component)
        && relations.all(|(_, relation)| *relation == Relation::Different);
    for said in &mut weighed {
        let those = |bears: fn(Relation) -> bool| -> Vec<&'p Coded> {
            let bearing = said.relations.iter().filter(|(_, relation)| bears(*relation));
            bearing.map(|(coded, _)| *coded).collect()
        };
        let (effect, bears_on) = match statement.stance {
            Stance::Says if names_none => (Effect::Opposes, those(|_| true)),
            Stance::Says => (Effect::Supports, those(Relation::is_within)),
            Stance::Denies => (Effect::Opposes, those(Relation::contains)),
            Stance::Affirms | Stance::Declines | Stance::Note => (Effect::Neither, Vec::new()),
        };
        said.effect = if bears_on.is_empty() { Effect::Neither } else { effect };
        said.coded = bears_on;
        said.agentless = agentless;
    }
    weighed
}
