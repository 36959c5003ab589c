//! Weighing the claims of one event.

use super::accounting::minimum_hitting_set;
use super::claimant::{ClaimantKey, claimants};
use super::component::{WeighedComponent, weigh_components};
use super::contested::mark_disputes;
use super::origin::{origins, source_chain};
use super::relation::Comparer;
use super::statement::{Effect, WeighedStatement, weigh_statements};
use super::voice::{Speaker, is_finding, speaker};
use crate::dataset::{Binding, BoundEvent, SERIES};
use crate::record::{Claim, Coded, Stance, Statement};
use crate::schema::{Code, Component, Role};

/// The claims of one event, weighed.
#[derive(Clone, Debug)]
pub struct Evidence<'p> {
    /// The event.
    pub bound: BoundEvent<'p>,
    /// Each claim, in the order of the record.
    pub claims: Vec<WeighedClaim<'p>>,
    /// Each coded value, and the event itself, in the order of the components.
    pub components: Vec<WeighedComponent<'p>>,
    /// The components that are contested, in their order.
    pub contested: Vec<Component>,
}

/// A claim and what it does.
#[derive(Clone, Debug)]
pub struct WeighedClaim<'p> {
    /// The claim.
    pub claim: &'p Claim,
    /// Whether it counts: it speaks of this event and was not withdrawn.
    pub counted: bool,
    /// Whether it speaks of the whole series of the event, and was not withdrawn.
    pub of_series: bool,
    /// The publishers that it may go back to, folded and sorted; to one of them it does.
    pub origins: Vec<String>,
    /// The same as they are written.
    pub origin_names: Vec<&'p str>,
    /// Who may stand for it; one of them does.
    pub claimants: Vec<ClaimantKey>,
    /// Who speaks.
    pub speaker: Speaker<'p>,
    /// Whether it is the finding of an investigation that speaks for no coded actor or target.
    pub finding: bool,
    /// How reliable the least reliable of the sources is that it came through: the one that holds
    /// it, its `via`, and what they cite. A report is no better for being repeated by a better
    /// paper. `None` where one of them has no rank.
    pub reliability: Option<Code>,
    /// The coded actors for whom its claimant speaks.
    pub speaks_for: Vec<&'p Coded>,
    /// What it does to the event: that something happened at all.
    pub on_event: Effect,
    /// What it says, a value each.
    pub statements: Vec<WeighedStatement<'p>>,
}

/// Weighs the claims of an event.
pub fn weigh(bound: BoundEvent<'_>) -> Evidence<'_> {
    let comparer = Comparer::of(bound);
    let claims = bound.filed.event.claims.iter();
    let mut claims: Vec<_> = claims.map(|claim| weigh_claim(bound, comparer, claim)).collect();
    mark_disputes(bound, comparer, &mut claims);
    let components = weigh_components(bound, comparer, &claims);
    let contested = super::contested::contested(&claims, &components);
    Evidence { bound, claims, components, contested }
}

fn weigh_claim<'p>(
    bound: BoundEvent<'p>,
    comparer: Comparer<'p>,
    claim: &'p Claim,
) -> WeighedClaim<'p> {
    let of_series = claim.about.as_ref().is_some_and(|about| &*about.value == SERIES);
    let speaker = speaker(comparer, claim);
    let (origins, origin_names): (Vec<_>, Vec<_>) =
        origins(bound.binding, speaker.start).into_iter().unzip();
    WeighedClaim {
        claim,
        counted: claim.about.is_none() && claim.withdrawn.is_none(),
        of_series: of_series && claim.withdrawn.is_none(),
        claimants: claimants(claim, &speaker, &origins),
        origins,
        origin_names,
        reliability: reliability(bound.binding, claim),
        finding: is_finding(comparer, claim, &speaker),
        speaks_for: speaker
            .actor
            .map_or_else(Vec::new, |actor| comparer.spoken_for(actor, Component::Actor)),
        speaker,
        on_event: on_event(claim),
        statements: weigh_statements(bound, comparer, claim),
    }
}

/// The least reliable source of a claim's way.
fn reliability(binding: Binding<'_>, claim: &Claim) -> Option<Code> {
    let list = binding.codebook.list(Role::SourceReliability);
    let ranked = source_chain(binding, claim).into_iter().map(|source| {
        let code = source.reliability?;
        Some((list.rank(code)?, code))
    });
    let ranked: Option<Vec<_>> = ranked.collect();
    ranked?.into_iter().min().map(|(_, code)| code)
}

/// A claim that affirms or says a core component also supports the event, unless it denies it.
fn on_event(claim: &Claim) -> Effect {
    let denies = |statement: &Statement| {
        statement.stance == Stance::Denies && statement.component == Component::Event
    };
    let supports = |statement: &Statement| {
        matches!(statement.stance, Stance::Affirms | Stance::Says)
            && statement.component.core_name().is_some()
    };
    if claim.statements.iter().any(denies) {
        Effect::Opposes
    } else if claim.statements.iter().any(supports) {
        Effect::Supports
    } else {
        Effect::Neither
    }
}

impl<'p> WeighedClaim<'p> {
    /// Who is written as the claimant or, where only the source tells, the actor whose word it is.
    pub fn claimant(&self) -> Option<&'p str> {
        self.claim.by.as_ref().map(|by| &*by.code.value).or(self.speaker.actor)
    }

    /// Whether its claimant speaks for a coded actor.
    pub fn speaks_for(&self, coded: &Coded) -> bool {
        self.speaks_for.iter().any(|known| std::ptr::eq(*known, coded))
    }

    /// Whether what it says against a coded value, or against the event itself, is only the word of
    /// those who are accused: what they say against having done it, and that they deny what was
    /// done. Another account of theirs, of what was done or to whom, is opposition.
    pub(super) fn is_denial(&self, component: Component, coded: Option<&Coded>) -> bool {
        let denies =
            |said: &WeighedStatement<'_>| said.statement.stance == Stance::Denies || said.agentless;
        match (component, coded) {
            (Component::Actor, Some(coded)) => self.speaks_for(coded),
            (Component::Event, _) => !self.speaks_for.is_empty(),
            (Component::Action, Some(coded)) => {
                let against =
                    self.statements.iter().filter(|said| said.does(Effect::Opposes, coded));
                !self.speaks_for.is_empty() && against.into_iter().all(denies)
            }
            _ => false,
        }
    }
}

impl<'p> Evidence<'p> {
    /// How many origins stand behind the claims that count.
    pub fn n_origins(&self) -> usize {
        minimum_hitting_set(self.counted().map(|claim| &*claim.origins)).len()
    }

    /// An origin of a claim as its publisher is written.
    pub fn origin_name(&self, origin: &str) -> Option<&'p str> {
        let mut named =
            self.claims.iter().flat_map(|claim| claim.origins.iter().zip(&claim.origin_names));
        named.find(|(known, _)| *known == origin).map(|(_, name)| *name)
    }

    /// How many claimants stand for the claims that count.
    pub fn n_claimants(&self) -> usize {
        minimum_hitting_set(self.counted().map(|claim| &*claim.claimants)).len()
    }

    /// How many of the claims that count deny something.
    pub fn n_denials(&self) -> usize {
        let denies = |claim: &&WeighedClaim<'_>| {
            claim.statements.iter().any(|said| said.statement.stance == Stance::Denies)
        };
        self.counted().filter(denies).count()
    }

    /// Whether one who speaks for a coded actor denies it, the action or the event.
    pub fn actor_denies(&self) -> bool {
        self.components.iter().any(|weighed| !weighed.denying.is_empty())
    }

    /// The claims that count.
    pub fn counted(&self) -> impl Iterator<Item = &WeighedClaim<'p>> {
        self.claims.iter().filter(|claim| claim.counted)
    }
}
