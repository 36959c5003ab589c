//! The level of certainty that claims support, and what keeps them from supporting more.

use std::sync::Arc;

use super::accounting::minimum_hitting_set;
use super::model::{Lacking, Steps, Supported, Unmet, Weighed, WeighedClaim};
use crate::dataset::BoundEvent;
use crate::record::Coded;
use crate::schema::{Code, Codebook, Component, Condition, Level, Role};

/// A component and its claims, as the conditions of a policy see them.
pub(super) struct Case<'c, 'p> {
    pub bound: BoundEvent<'p>,
    pub claims: &'c [WeighedClaim<'p>],
    pub component: Component,
    /// The coded value; `None` for the event itself.
    pub coded: Option<&'p Coded>,
    pub supporting: &'c Weighed<'p>,
    /// How many claims contest it.
    pub contesting: usize,
}

impl Case<'_, '_> {
    /// The strongest level that the claims support, by any of its alternatives. A level that the
    /// policy does not name needs what the next weaker named level needs; below all named levels,
    /// one supporting claim is enough. `None` where the policy names no level for the component.
    pub(super) fn supported(&self, steps: &Steps) -> Option<Supported> {
        let policy = self.bound.binding.codebook.policy.levels(self.component);
        if policy.is_empty() {
            return None;
        }
        let asked = |level: Code| policy.iter().find(|asked| asked.certainty == level);
        let mut holds = !self.supporting.claims.is_empty();
        let mut strongest = None;
        for (at, (level, _)) in steps.iter().enumerate() {
            holds = asked(*level).map_or(holds, |asked| self.holds(asked));
            strongest = if holds { Some(at) } else { strongest };
        }
        let beyond = &steps[strongest.map_or(0, |at| at + 1)..];
        let lacking = |level: Code| {
            asked(level).map(|asked| Lacking { level, alternatives: self.lacking(asked) })
        };
        Some(Supported {
            level: strongest.map(|at| steps[at].0),
            beyond: beyond.iter().filter_map(|(level, _)| lacking(*level)).collect(),
            weakest_asked: steps.iter().find(|(level, _)| asked(*level).is_some()).map(|at| at.1),
            steps: Arc::clone(steps),
        })
    }

    /// Whether all conditions of an alternative of a level hold.
    fn holds(&self, level: &Level) -> bool {
        let holds = |conditions: &Vec<Condition>| {
            conditions.iter().all(|condition| self.unmet(*condition).is_none())
        };
        !self.supporting.claims.is_empty() && level.alternatives.iter().any(holds)
    }

    /// What each alternative of a level lacks.
    fn lacking(&self, level: &Level) -> Vec<Vec<Unmet>> {
        if self.supporting.claims.is_empty() {
            return vec![vec![Unmet { condition: None, found: 0 }]];
        }
        let unmet = |conditions: &Vec<Condition>| {
            conditions.iter().filter_map(|condition| self.unmet(*condition)).collect()
        };
        level.alternatives.iter().map(unmet).collect()
    }

    fn unmet(&self, condition: Condition) -> Option<Unmet> {
        let mut supporters = self.supporting.claims.iter().map(|at| &self.claims[*at]);
        let (holds, found) = match condition {
            Condition::Voices(least) => at_least(self.supporting.voices, least),
            Condition::Named => (supporters.any(|claim| !claim.speaker.anonymous), 0),
            Condition::OwnVoice(least) => {
                let own = supporters.filter(|claim| claim.speaker.own_voice);
                at_least(minimum_hitting_set(own.map(|claim| &*claim.origins)).len(), least)
            }
            Condition::Admitted => (supporters.any(|claim| self.is_admission(claim)), 0),
            Condition::Investigation => (supporters.any(|claim| claim.finding), 0),
            Condition::Reliability(least) => {
                (supporters.any(|claim| self.is_reliable(claim, least)), 0)
            }
            Condition::Uncontested => (self.contesting == 0, self.contesting),
        };
        (!holds).then_some(Unmet { condition: Some(condition), found })
    }

    /// Whether every source that a claim came through has at least that reliability.
    fn is_reliable(&self, claim: &WeighedClaim<'_>, least: Code) -> bool {
        let list = self.bound.binding.codebook.list(Role::SourceReliability);
        let rank = claim.reliability.and_then(|code| list.rank(code));
        rank.zip(list.rank(least)).is_some_and(|(rank, least)| rank >= least)
    }

    /// Whether a claim is the word of the coded actor or, for other components, of any coded actor.
    /// What one actor says of another is no admission.
    fn is_admission(&self, claim: &WeighedClaim<'_>) -> bool {
        match self.coded.filter(|coded| coded.component == Component::Actor) {
            Some(actor) => claim.speaks_for(actor),
            None => !claim.speaks_for.is_empty(),
        }
    }
}

/// The ranked levels of the certainty scale, from weakest to strongest, each with its step from 1.
pub(super) fn steps(codebook: &Codebook) -> Steps {
    let scale = codebook.list(Role::Certainty);
    let mut ranked: Vec<_> =
        scale.codes().filter_map(|code| Some((scale.rank(code)?, code))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let of_rank = ranked.chunk_by(|(one, _), (other, _)| one == other);
    of_rank
        .zip(1..)
        .flat_map(|(levels, step)| levels.iter().map(move |(_, level)| (*level, step)))
        .collect()
}

fn at_least(found: usize, least: u32) -> (bool, usize) {
    (u32::try_from(found).is_ok_and(|found| found >= least), found)
}
