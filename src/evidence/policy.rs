//! The level of certainty that claims carry, and what keeps them from carrying more.

use super::component::Weighed;
use super::relation::Scene;
use super::weigh::WeighedClaim;
use crate::dataset::BoundEvent;
use crate::record::{Stance, Value};
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

/// The level that some claims carry: the highest such that its own conditions and those of every
/// weaker level hold. A level for which the policy says nothing needs nothing.
pub(super) fn carried(
    bound: BoundEvent<'_>,
    scene: Scene<'_>,
    claims: &[WeighedClaim<'_>],
    supporting: &Weighed,
    opposing: &Weighed,
) -> Carried {
    let codebook = bound.binding.codebook;
    let lacking = |level| {
        let conditions = conditions(codebook, level).iter();
        let unmet =
            |condition: &Condition| unmet(*condition, bound, scene, claims, supporting, opposing);
        Lacking { level, unmet: conditions.filter_map(unmet).collect() }
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

fn unmet(
    condition: Condition,
    bound: BoundEvent<'_>,
    scene: Scene<'_>,
    claims: &[WeighedClaim<'_>],
    supporting: &Weighed,
    opposing: &Weighed,
) -> Option<Unmet> {
    let supporters = || supporting.claims.iter().map(|at| &claims[*at]);
    let (holds, found) = match condition {
        Condition::Origins(least) => at_least(supporting.origins.len(), least),
        Condition::Claimants(least) => at_least(supporting.claimants.len(), least),
        Condition::Named => (supporters().any(|claim| !claim.claim.anonymous), 0),
        Condition::Reliability(least) => {
            (supporters().any(|claim| is_reliable(bound, claim, least)), 0)
        }
        Condition::Admitted => {
            (supporters().any(|claim| speaks_for_an_actor(bound, scene, claim)), 0)
        }
        Condition::Unopposed => (opposing.claims.is_empty(), opposing.claims.len()),
    };
    (!holds).then_some(Unmet { condition, found })
}

fn at_least(found: usize, least: u32) -> (bool, usize) {
    (u32::try_from(found).is_ok_and(|found| found >= least), found)
}

/// Whether the source that holds a claim is at least so reliable; one without a rank is not.
fn is_reliable(bound: BoundEvent<'_>, claim: &WeighedClaim<'_>, least: Code) -> bool {
    let list = bound.binding.codebook.list(Role::SourceReliability);
    let source = bound.binding.source(&claim.claim.source.value);
    let rank = source.and_then(|source| list.rank(source.reliability?));
    rank.zip(list.rank(least)).is_some_and(|(rank, least)| rank >= least)
}

fn speaks_for_an_actor(bound: BoundEvent<'_>, scene: Scene<'_>, claim: &WeighedClaim<'_>) -> bool {
    bound.filed.event.coded(Component::Actor).iter().any(|coded| match &coded.value.value {
        Value::Actor(actor) => scene.speaks_for(claim.claim, actor),
        _ => false,
    })
}

/// Whether a claim denies something.
pub(super) fn denies(claim: &WeighedClaim<'_>, component: Component) -> bool {
    let statements = claim.statements.iter();
    let mut of_component = statements.filter(|said| said.statement.component == component);
    of_component.any(|said| said.statement.stance == Stance::Denies)
}
