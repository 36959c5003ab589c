//! The level of certainty that claims carry, and what keeps them from carrying more.

use super::accounting::minimum_hitting_set;
use super::component::Weighed;
use super::weigh::WeighedClaim;
use crate::dataset::BoundEvent;
use crate::record::Coded;
use crate::schema::{Code, Codebook, Component, Condition, Level, Role};

/// The level that claims carry, and what the stronger ones lack.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The strongest level that the claims carry; `None` where they carry none.
    pub level: Option<Code>,
    /// The stronger levels that the policy names, from weaker to stronger.
    pub beyond: Vec<Lacking>,
    /// The weakest level for which the policy asks for anything.
    weakest_asked: Option<i64>,
    /// The place of every level on the scale.
    ranks: Vec<(Code, i64)>,
}

/// A level that claims do not carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Lacking {
    /// The level.
    pub level: Code,
    /// What each of its alternatives lacks.
    pub alternatives: Vec<Vec<Unmet>>,
}

/// A condition that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The condition; `None` for what all need, a claim that supports the value.
    pub condition: Option<Condition>,
    /// How many there are of what it counts; 0 for conditions that count nothing.
    pub found: usize,
}

impl Carried {
    /// Whether the policy asks for anything that a level must rest on.
    pub(super) fn asks_for(&self, level: Code) -> bool {
        let rank = self.ranks.iter().find(|(known, _)| *known == level).map(|(_, rank)| *rank);
        self.weakest_asked.is_some_and(|asked| rank.is_some_and(|rank| rank >= asked))
    }
}

impl Lacking {
    /// What is needed, and how much of it was found.
    pub fn needs(&self, codebook: &Codebook) -> String {
        let alternative = |unmet: &Vec<Unmet>| {
            let needed: Vec<_> = unmet.iter().map(|unmet| unmet.needed(codebook)).collect();
            needed.join(" and ")
        };
        let alternatives: Vec<_> = self.alternatives.iter().map(alternative).collect();
        alternatives.join(", or ")
    }
}

impl Unmet {
    fn needed(self, codebook: &Codebook) -> String {
        let Self { condition, found } = self;
        match condition {
            None => "a claim that supports it".to_owned(),
            Some(Condition::Voices(1)) => format!("1 voice ({found} found)"),
            Some(Condition::Voices(least)) => format!("{least} voices ({found} found)"),
            Some(Condition::Named) => "a supporter with a name".to_owned(),
            Some(Condition::OwnVoice(1)) => {
                format!("1 publisher in its own voice ({found} found)")
            }
            Some(Condition::OwnVoice(least)) => {
                format!("{least} publishers in their own voice ({found} found)")
            }
            Some(Condition::Admitted) => "the actor's own word".to_owned(),
            Some(Condition::Investigation) => "an investigation".to_owned(),
            Some(Condition::Reliability(least)) => {
                let code = &codebook.list(Role::SourceReliability).entry(least).code;
                format!("a supporting source of reliability {code} or better")
            }
            Some(Condition::Uncontested) => format!("no opposition ({found} opposing)"),
        }
    }
}

/// What is held against the conditions.
pub(super) struct Case<'c, 'p> {
    pub bound: BoundEvent<'p>,
    pub claims: &'c [WeighedClaim<'p>],
    pub component: Component,
    /// The coded value; `None` for the event itself.
    pub coded: Option<&'p Coded>,
    pub supporting: &'c Weighed,
    /// How many claims contest it.
    pub contesting: usize,
}

impl Case<'_, '_> {
    /// The level that the claims carry: the strongest that they support by any of its alternatives.
    /// A level that the policy does not name rests on what the next weaker one rests on that it
    /// names; below those that it names, a claim that supports the value is enough. `None` where
    /// the policy says nothing of the component.
    pub(super) fn carried(&self) -> Option<Carried> {
        let codebook = self.bound.binding.codebook;
        let policy = codebook.policy.levels(self.component);
        if policy.is_empty() {
            return None;
        }
        let ranks = ranks(codebook);
        let mut carried = Carried { level: None, beyond: Vec::new(), weakest_asked: None, ranks };
        let mut holds = !self.supporting.claims.is_empty();
        for (level, rank) in &carried.ranks {
            if let Some(asked) = policy.iter().find(|asked| asked.certainty == *level) {
                carried.weakest_asked.get_or_insert(*rank);
                let lacking = Lacking { level: *level, alternatives: self.lacking(asked) };
                holds = lacking.alternatives.iter().any(Vec::is_empty);
                carried.beyond.push(lacking);
            }
            if holds {
                carried.level = Some(*level);
                carried.beyond.clear();
            }
        }
        Some(carried)
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

    /// Whether every source that a claim came through is at least so reliable.
    fn is_reliable(&self, claim: &WeighedClaim<'_>, least: Code) -> bool {
        let list = self.bound.binding.codebook.list(Role::SourceReliability);
        let rank = claim.reliability.and_then(|code| list.rank(code));
        rank.zip(list.rank(least)).is_some_and(|(rank, least)| rank >= least)
    }

    /// Whether a claim is the word of the coded actor; for anything else than an actor, of any
    /// coded one. What one actor says of another is no admission.
    fn is_admission(&self, claim: &WeighedClaim<'_>) -> bool {
        match self.coded.filter(|coded| coded.component == Component::Actor) {
            Some(actor) => claim.speaks_for(actor),
            None => !claim.speaks_for.is_empty(),
        }
    }
}

/// The levels of the certainty scale that have a rank, from weakest to strongest.
fn ranks(codebook: &Codebook) -> Vec<(Code, i64)> {
    let scale = codebook.list(Role::Certainty);
    let mut ranks: Vec<_> =
        scale.codes().filter_map(|code| Some((code, scale.rank(code)?))).collect();
    ranks.sort_by_key(|(_, rank)| *rank);
    ranks
}

fn at_least(found: usize, least: u32) -> (bool, usize) {
    (u32::try_from(found).is_ok_and(|found| found >= least), found)
}
