//! The level of certainty that claims carry, and what keeps them from carrying more.

use super::component::Weighed;
use super::origin::way;
use super::weigh::WeighedClaim;
use crate::dataset::BoundEvent;
use crate::record::{Coded, SourceEntry};
use crate::schema::{Code, Codebook, Component, Condition, Role};

/// The level that claims carry, and what the stronger ones lack.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The highest level whose conditions hold, with those of every weaker level; `None` where
    /// even the weakest is not carried.
    pub level: Option<Code>,
    /// Every stronger level, from weaker to stronger, with those of its own conditions that do not
    /// hold. The first has at least one; a level needs those of the levels before it too.
    pub beyond: Vec<Lacking>,
}

/// A level that claims do not carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Lacking {
    /// The level.
    pub level: Code,
    /// Its own conditions that do not hold.
    pub unmet: Vec<Unmet>,
}

/// A condition that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The condition.
    pub condition: Condition,
    /// How many there are of what it counts; 0 for conditions that count nothing.
    pub found: usize,
}

/// The level that the claims for a coded value carry, or those for the event itself: the highest
/// such that its own conditions and those of every weaker level hold. A level for which the policy
/// says nothing needs nothing.
pub(super) fn carried(
    bound: BoundEvent<'_>,
    claims: &[WeighedClaim<'_>],
    coded: Option<&Coded>,
    supporting: &Weighed,
    opposing: &Weighed,
) -> Carried {
    let case = Case { bound, claims, coded, supporting, opposing };
    let codebook = bound.binding.codebook;
    let lacking = |level| {
        let conditions = conditions(codebook, level).iter();
        Lacking {
            level,
            unmet: conditions.filter_map(|condition| case.unmet(*condition)).collect(),
        }
    };
    let mut levels = levels(codebook).into_iter().map(lacking).peekable();
    let mut level = None;
    while let Some(held) = levels.next_if(|lacking| lacking.unmet.is_empty()) {
        level = Some(held.level);
    }
    Carried { level, beyond: levels.collect() }
}

impl Unmet {
    /// What is needed, and how much of it was found: "2 origins (1 found)".
    pub fn needed(self, codebook: &Codebook) -> String {
        let Self { condition, found } = self;
        match condition {
            Condition::Origins(1) => format!("1 origin ({found} found)"),
            Condition::Origins(least) => format!("{least} origins ({found} found)"),
            Condition::Claimants(1) => format!("1 claimant ({found} found)"),
            Condition::Claimants(least) => format!("{least} claimants ({found} found)"),
            Condition::Named => "a supporter with a name".to_owned(),
            Condition::Reliability(least) => {
                let code = &codebook.list(Role::SourceReliability).entry(least).code;
                format!("a supporting source of reliability {code} or better")
            }
            Condition::Admitted => "the actor's own word".to_owned(),
            Condition::Unopposed => format!("no opposition ({found} opposing)"),
        }
    }
}

/// The ranked levels of the certainty scale, from weakest to strongest.
fn levels(codebook: &Codebook) -> Vec<Code> {
    let scale = codebook.list(Role::Certainty);
    let mut levels: Vec<_> = scale.codes().filter(|code| scale.rank(*code).is_some()).collect();
    levels.sort_by_key(|code| scale.rank(*code));
    levels
}

fn conditions(codebook: &Codebook, code: Code) -> &[Condition] {
    let level = codebook.policy.levels.iter().find(|level| level.certainty == code);
    level.map_or(&[], |level| &level.conditions)
}

/// What is held against the conditions.
struct Case<'c> {
    bound: BoundEvent<'c>,
    claims: &'c [WeighedClaim<'c>],
    /// The coded value; `None` for the event itself.
    coded: Option<&'c Coded>,
    supporting: &'c Weighed,
    opposing: &'c Weighed,
}

impl Case<'_> {
    fn unmet(&self, condition: Condition) -> Option<Unmet> {
        let mut supporters = self.supporting.claims.iter().map(|at| &self.claims[*at]);
        let (holds, found) = match condition {
            Condition::Origins(least) => at_least(self.supporting.origins.len(), least),
            Condition::Claimants(least) => at_least(self.supporting.claimants.len(), least),
            Condition::Named => (supporters.any(|claim| !claim.claim.anonymous), 0),
            Condition::Reliability(least) => {
                (supporters.any(|claim| self.is_reliable(claim, least)), 0)
            }
            Condition::Admitted => (supporters.any(|claim| self.is_admission(claim)), 0),
            Condition::Unopposed => (self.opposing.claims.is_empty(), self.opposing.claims.len()),
        };
        (!holds).then_some(Unmet { condition, found })
    }

    /// Whether every source that a claim came through is at least so reliable: one is no better for
    /// being repeated by a better one. A source without a rank is not.
    fn is_reliable(&self, claim: &WeighedClaim<'_>, least: Code) -> bool {
        let binding = self.bound.binding;
        let list = binding.codebook.list(Role::SourceReliability);
        let Some(least) = list.rank(least) else { return false };
        let way = way(binding, claim.claim);
        let rank = |source: &SourceEntry| list.rank(source.reliability?);
        !way.is_empty()
            && way.into_iter().all(|source| rank(source).is_some_and(|rank| rank >= least))
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

fn at_least(found: usize, least: u32) -> (bool, usize) {
    (u32::try_from(found).is_ok_and(|found| found >= least), found)
}
