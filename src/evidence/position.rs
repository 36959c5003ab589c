//! Positions: what is coded, said and denied of each component, value by value.
//!
//! Compares any two values of a component, which `Limit::Values` bounds.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use super::component::weighed;
use super::model::{
    Evidence, Position, PositionStatus, Relation, WeighedClaim, WeighedComponent, WeighedStatement,
};
use super::relation::Comparer;
use crate::record::{Stance, Value};
use crate::schema::Component;

/// The positions on an event, by component: first the coded values, then the others, those of most
/// origins first.
pub fn positions<'p>(evidence: &Evidence<'p>) -> Vec<Position<'p>> {
    let coded = evidence.components.iter().map(|weighed| weighed.component);
    let said = evidence.claims.iter().flat_map(|claim| &claim.statements);
    let all: BTreeSet<_> = coded.chain(said.map(|said| said.statement.component)).collect();
    let together = evidence.bound.is_undirected() && all.contains(&Component::Actor);
    let is_second_side = |component: &Component| together && *component == Component::Target;
    let mut positions: Vec<_> = all
        .into_iter()
        .filter(|component| !is_second_side(component))
        .flat_map(|component| Values::of(evidence, component).positions())
        .collect();
    // Sides of an undirected action were gathered together.
    positions.sort_by_key(|position| position.component);
    positions
}

/// The distinct values of a component; of an undirected event, those of both sides together.
struct Values<'e, 'p> {
    evidence: &'e Evidence<'p>,
    comparer: Comparer<'p>,
    component: Component,
    values: Vec<Named<'e, 'p>>,
    /// How each value relates to those before it.
    relations: Vec<Vec<Relation>>,
    /// What each claim that counts says, by its position: values that go together.
    said: BTreeMap<usize, BTreeSet<usize>>,
}

/// A distinct value, and the claims that name it.
struct Named<'e, 'p> {
    component: Component,
    value: &'p Value,
    weighed: Option<&'e WeighedComponent<'p>>,
    written: Cow<'p, str>,
    spellings: BTreeSet<Cow<'p, str>>,
    status: PositionStatus,
    /// Positions of the claims that count and state it, and of those that count and deny it.
    stated: Vec<usize>,
    denied: Vec<usize>,
}

impl<'e, 'p> Values<'e, 'p> {
    fn of(evidence: &'e Evidence<'p>, component: Component) -> Self {
        let (values, relations, said) = (Vec::new(), Vec::new(), BTreeMap::new());
        let comparer = Comparer::of(evidence.bound);
        let mut all = Self { evidence, comparer, component, values, relations, said };
        let mut known = BTreeMap::new();
        for weighed in &evidence.components {
            if let Some(coded) = weighed.coded.filter(|coded| all.has(coded.component)) {
                let value = &coded.value.value;
                let relations = all.compared(value);
                let at = all.add(coded.component, value, PositionStatus::Coded, relations);
                all.values[at].weighed = Some(weighed);
                known.entry(all.values[at].written.clone()).or_insert(at);
            }
        }
        for (at, claim) in evidence.claims.iter().enumerate() {
            claim.statements.iter().for_each(|said| all.hear(at, said, &mut known));
        }
        all
    }

    /// Whether values of a component are among these.
    fn has(&self, component: Component) -> bool {
        let is_side = |one| matches!(one, Component::Actor | Component::Target);
        component == self.component
            || is_side(component) && is_side(self.component) && self.evidence.bound.is_undirected()
    }

    /// How a value relates to each of the values.
    fn compared(&self, value: &'p Value) -> Vec<Relation> {
        let known = self.values.iter();
        known.map(|known| self.comparer.relation(self.component, value, known.value)).collect()
    }

    /// How one of the values relates to another, by their positions.
    fn relation(&self, one: usize, other: usize) -> Relation {
        match one.cmp(&other) {
            Ordering::Equal => Relation::Same,
            Ordering::Greater => self.relations[one][other],
            Ordering::Less => match self.relations[other][one] {
                Relation::Narrower => Relation::Broader,
                Relation::Broader => Relation::Narrower,
                mutual => mutual,
            },
        }
    }

    fn add(
        &mut self,
        component: Component,
        value: &'p Value,
        status: PositionStatus,
        relations: Vec<Relation>,
    ) -> usize {
        self.relations.push(relations);
        let written = self.evidence.bound.binding.written(component, value);
        self.values.push(Named {
            component,
            value,
            weighed: None,
            spellings: BTreeSet::from([written.clone()]),
            written,
            status,
            stated: Vec::new(),
            denied: Vec::new(),
        });
        self.values.len() - 1
    }

    /// Notes what the claim at a position says of a value.
    fn hear(
        &mut self,
        claim: usize,
        said: &WeighedStatement<'p>,
        known: &mut BTreeMap<Cow<'p, str>, usize>,
    ) {
        let (component, stance) = (said.statement.component, said.statement.stance);
        let status = status(&self.evidence.claims[claim], stance);
        let (Some(status), Some(value)) = (status, said.value.filter(|_| self.has(component)))
        else {
            return;
        };
        let at = self.named(component, value, status, known);
        let named = &mut self.values[at];
        named.status = named.status.min(status);
        match status {
            PositionStatus::Said => named.stated.push(claim),
            PositionStatus::Denied => named.denied.push(claim),
            _ => {}
        }
        // Who affirms repeats what is coded.
        if status == PositionStatus::Said && stance == Stance::Says {
            self.said.entry(claim).or_default().insert(at);
        }
    }

    /// The value that a claim names, added where none of the known ones is the same.
    fn named(
        &mut self,
        component: Component,
        value: &'p Value,
        status: PositionStatus,
        known: &mut BTreeMap<Cow<'p, str>, usize>,
    ) -> usize {
        let written = self.evidence.bound.binding.written(component, value);
        if let Some(at) = known.get(&written) {
            return *at;
        }
        let relations = self.compared(value);
        let same = relations.iter().position(|relation| *relation == Relation::Same);
        let at = same.unwrap_or_else(|| self.add(component, value, status, relations));
        self.values[at].spellings.insert(written.clone());
        known.insert(written, at);
        at
    }

    fn positions(self) -> Vec<Position<'p>> {
        if self.component == Component::Event {
            return self.evidence.components.iter().take(1).map(of_event).collect();
        }
        let excluded = self.exclusions();
        let mut positions: Vec<_> =
            (0..self.values.len()).map(|at| self.position(at, &excluded)).collect();
        positions.sort_by_cached_key(|(written, position)| {
            let origins = position.stating.origins.len();
            let others = (position.status > PositionStatus::Coded)
                .then(|| (Reverse(origins), written.clone()));
            (position.status, others)
        });
        positions.into_iter().map(|(_, position)| position).collect()
    }

    /// A position and how its value is written.
    fn position(
        &self,
        at: usize,
        excluded: &BTreeSet<(usize, usize)>,
    ) -> (Cow<'p, str>, Position<'p>) {
        let named = &self.values[at];
        let related = |counts: fn(Relation) -> bool| {
            let others = self.values.iter().enumerate();
            others.filter(move |(other, _)| counts(self.relation(*other, at))).map(|(_, one)| one)
        };
        let claims = &self.evidence.claims;
        let of = |mut positions: Vec<usize>| {
            positions.sort_unstable();
            positions.dedup();
            weighed(claims, positions)
        };
        let stated = || related(Relation::is_within).flat_map(|one| &one.stated).copied().collect();
        // What supports a coded value is found already; what is not known has no support there.
        let known = named
            .weighed
            .filter(|one| one.coded.is_some_and(|coded| !self.evidence.bound.is_unknown(coded)));
        let excludes = excluded.range((at, 0)..(at + 1, 0)).map(|(_, other)| &self.values[*other]);
        let position = Position {
            component: named.component,
            value: Some(named.value),
            status: named.status,
            stating: known.map_or_else(|| of(stated()), |one| one.supporting.clone()),
            denying: of(related(Relation::contains).flat_map(|one| &one.denied).copied().collect()),
            includes: sorted(related(Relation::is_within).flat_map(|one| one.spellings.clone())),
            contests: excludes.clone().any(|other| other.weighed.is_some()),
            excludes: sorted(excludes.map(|other| other.written.clone())),
        };
        (named.written.clone(), position)
    }

    /// The pairs of values of which one is stated where what excludes the other is. What is stated
    /// together excludes another account only as a whole: who names one of two that acted together
    /// contradicts nobody.
    fn exclusions(&self) -> BTreeSet<(usize, usize)> {
        let mut excluded = BTreeSet::new();
        let differ = self.relations.iter().flatten().any(|one| *one == Relation::Different);
        if !differ || self.comparer.is_additive(self.component) {
            return excluded;
        }
        let accounts = self.accounts();
        for (one_is_coded, one) in &accounts {
            for (other_is_coded, other) in &accounts {
                let apart = self.apart(one, other);
                if apart.len() == one.len() || self.evidence.bound.is_undirected() {
                    let others = self.standing_in(*other_is_coded, self.apart(other, one));
                    for at in self.standing_in(*one_is_coded, apart) {
                        excluded.extend(others.iter().map(|other| (at, *other)));
                    }
                }
            }
        }
        excluded
    }

    /// Those of some values that stand in an account: what is coded stands in the coded one alone.
    fn standing_in(&self, is_coded: bool, mut values: Vec<usize>) -> Vec<usize> {
        values.retain(|at| self.values[*at].weighed.is_some() == is_coded);
        values
    }

    /// The values of an account that exclude all of another.
    fn apart(&self, account: &BTreeSet<usize>, other: &BTreeSet<usize>) -> Vec<usize> {
        let differs = |at: &&usize| {
            other.iter().all(|other| self.relation(**at, *other) == Relation::Different)
        };
        account.iter().filter(differs).copied().collect()
    }

    /// What is coded, and what each claim says: values that go together, and whether they are coded.
    fn accounts(&self) -> BTreeSet<(bool, BTreeSet<usize>)> {
        let values = self.values.iter().enumerate();
        let coded = values.filter(|(_, named)| named.weighed.is_some()).map(|(at, _)| at).collect();
        let said = self.said.values().map(|said| (false, said.clone()));
        said.chain([(true, coded)]).collect()
    }
}

/// What a claim makes of a value that it names; `None` where it only declines to speak of it.
fn status(claim: &WeighedClaim<'_>, stance: Stance) -> Option<PositionStatus> {
    match stance {
        Stance::Declines | Stance::Note => None,
        _ if claim.claim.withdrawn.is_some() => Some(PositionStatus::Withdrawn),
        _ if !claim.counted => Some(PositionStatus::About),
        Stance::Denies => Some(PositionStatus::Denied),
        Stance::Affirms | Stance::Says => Some(PositionStatus::Said),
    }
}

fn of_event<'p>(event: &WeighedComponent<'p>) -> Position<'p> {
    Position {
        component: Component::Event,
        value: None,
        status: PositionStatus::Coded,
        stating: event.supporting.clone(),
        denying: event.opposing.clone(),
        includes: Vec::new(),
        excludes: Vec::new(),
        contests: false,
    }
}

fn sorted<'p>(values: impl Iterator<Item = Cow<'p, str>>) -> Vec<Cow<'p, str>> {
    values.collect::<BTreeSet<_>>().into_iter().collect()
}
