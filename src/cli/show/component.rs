//! A component of an event as people read it: what is coded, and who stands where.

use std::collections::BTreeSet;

use serde::Serialize;

use super::claim::{About, Said, Voice, Who};
use super::value::{Label, Value, as_word};
use crate::evidence::{
    Attribution, Effect, Evidence, Relation, Weighed, WeighedClaim, WeighedComponent,
    WeighedStatement,
};
use crate::record::Stance;
use crate::schema::{Component, Role};

/// A component: what it is coded with, and what claims say of it.
#[derive(Debug, Serialize)]
pub(super) struct ComponentAccount<'p> {
    /// Its name: a core component or an extra field.
    pub name: &'p str,
    /// What is counted or measured.
    pub unit: Option<&'p str>,
    /// Whether it is contested.
    pub contested: bool,
    /// What is coded, a value each; one without a value for the event itself.
    pub coded: Vec<Coded<'p>>,
    /// What claims that count say besides, and which neither supports nor opposes what is coded:
    /// other values, and that a claimant declines to say.
    pub besides: Vec<Stated<'p>>,
    /// What claims say that do not count: of the series, of an actor or place, or withdrawn.
    pub not_counted: Vec<Stated<'p>>,
}

/// A coded value, or the event itself.
#[derive(Debug, Serialize)]
pub(super) struct Coded<'p> {
    /// The value; `None` for the event itself.
    pub value: Option<Value<'p>>,
    /// How sure the coder is.
    pub certainty: Option<Label<'p>>,
    /// On whose word an actor is coded.
    #[serde(serialize_with = "as_word")]
    pub attribution: Option<Attribution>,
    /// The level that the policy grants; `None` where none is asked for.
    pub carried: Option<Level<'p>>,
    /// The coder's reason.
    pub because: Option<&'p str>,
    /// The claims that support it, by origin.
    pub supporting: Vec<Origin<'p>>,
    /// The claims that oppose it, by origin.
    pub opposing: Vec<Origin<'p>>,
    /// The claims by which the accused deny it, by origin; they are not among those that oppose it.
    pub denying: Vec<Origin<'p>>,
}

/// The level that the claims carry, and why not more.
#[derive(Debug, Serialize)]
pub(super) struct Level<'p> {
    /// The level; `None` where they carry none.
    pub level: Option<Label<'p>>,
    /// How many claims support the value that share neither claimant nor publisher.
    pub voices: usize,
    /// How many origins support it.
    pub origins: usize,
    /// How many claimants do.
    pub claimants: usize,
    /// Where the coded level stands to it; `None` where no ranked level is coded.
    pub coded: Option<Standing>,
    /// What the levels up to the coded one need and do not find; where the coded one is carried,
    /// what the next one does.
    pub lacking: Vec<Lacking<'p>>,
}

/// Where a coded level stands to the one that the claims carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    Above,
    Same,
    Below,
}

/// What a level needs and does not find.
#[derive(Debug, Serialize)]
pub(super) struct Lacking<'p> {
    pub level: Label<'p>,
    /// What its alternatives need.
    pub needs: String,
}

/// An origin, and who of it says something.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Origin<'p> {
    /// The publisher that the claims go back to.
    pub origin: &'p str,
    /// Its claimants.
    pub claimants: Vec<Claimant<'p>>,
}

/// A claimant, and the claims in which it speaks.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Claimant<'p> {
    #[serde(flatten)]
    pub who: Who<'p>,
    pub claims: Vec<Voice<'p>>,
}

/// A value that claims state or deny, or a component that they speak of, and who does.
#[derive(Debug, Serialize)]
pub(super) struct Stated<'p> {
    /// How they stand to it.
    #[serde(serialize_with = "as_word")]
    pub stance: Stance,
    /// The value; `None` where they speak of the coded value and nothing is coded.
    pub value: Option<Value<'p>>,
    /// How it relates to what is coded.
    #[serde(serialize_with = "as_word")]
    pub relation: Option<Relation>,
    /// What the claims speak of instead of this event.
    pub about: Option<About<'p>>,
    /// Whether they were taken back.
    pub withdrawn: bool,
    /// Who says so, by origin.
    pub origins: Vec<Origin<'p>>,
}

impl<'p> ComponentAccount<'p> {
    /// Every component of an event that is coded or that a claim speaks of, in their order.
    pub(super) fn all(evidence: &Evidence<'p>) -> Vec<Self> {
        let coded = evidence.components.iter().map(|weighed| weighed.component);
        let statements = evidence.claims.iter().flat_map(|claim| &claim.statements);
        let said = statements.map(|said| said.statement.component);
        let components: BTreeSet<_> = coded.chain(said).collect();
        components.into_iter().map(|component| Self::of(evidence, component)).collect()
    }

    fn of(evidence: &Evidence<'p>, component: Component) -> Self {
        let codebook = evidence.bound.binding.codebook;
        let weighed: Vec<_> =
            evidence.components.iter().filter(|weighed| weighed.component == component).collect();
        let unit = match component {
            Component::Field(at) => codebook.fields[usize::from(at)].unit.as_deref(),
            _ => None,
        };
        Self {
            name: codebook.component_name(component),
            unit,
            contested: evidence.contested.contains(&component),
            coded: weighed.into_iter().map(|weighed| Coded::of(evidence, weighed)).collect(),
            besides: Stated::all(evidence, component, |claim, said| {
                claim.counted && said.effect == Effect::Neither
            }),
            not_counted: Stated::all(evidence, component, |claim, _| !claim.counted),
        }
    }
}

impl ComponentAccount<'_> {
    /// The positions of the claims that are told of, from 1.
    pub(super) fn claims(&self) -> impl Iterator<Item = usize> {
        let coded = self
            .coded
            .iter()
            .flat_map(|coded| coded.supporting.iter().chain(&coded.opposing).chain(&coded.denying));
        let stated =
            self.besides.iter().chain(&self.not_counted).flat_map(|stated| &stated.origins);
        let claimants = coded.chain(stated).flat_map(|origin| &origin.claimants);
        claimants.flat_map(|claimant| &claimant.claims).map(|voice| voice.claim)
    }
}

impl<'p> Coded<'p> {
    fn of(evidence: &Evidence<'p>, weighed: &WeighedComponent<'p>) -> Self {
        let binding = evidence.bound.binding;
        let scale = binding.codebook.list(Role::Certainty);
        let against = |claims| {
            let of = Weighed { claims, ..weighed.opposing.clone() };
            standing(evidence, weighed, &of, Effect::Opposes)
        };
        Self {
            value: weighed
                .coded
                .map(|coded| Value::of(binding, coded.component, &coded.value.value)),
            certainty: weighed.certainty.map(|code| Label::of(scale, code)),
            attribution: weighed.attribution,
            carried: Level::of(evidence, weighed),
            because: weighed.because(evidence.bound),
            supporting: standing(evidence, weighed, &weighed.supporting, Effect::Supports),
            opposing: against(weighed.contesting().collect()),
            denying: against(weighed.denying.clone()),
        }
    }
}

/// Who stands behind or against a coded value, with what exactly they say.
fn standing<'p>(
    evidence: &Evidence<'p>,
    weighed: &WeighedComponent<'p>,
    claims: &Weighed,
    effect: Effect,
) -> Vec<Origin<'p>> {
    let voice = |at: &usize| {
        let said = evidence.claims[*at].statements.iter();
        let bears = |said: &&WeighedStatement<'p>| match weighed.coded {
            Some(coded) => said.does(effect, coded),
            None => said.statement.component == weighed.component,
        };
        let said = said.filter(bears).map(|said| Said::of(evidence, said)).collect();
        Voice::of(evidence, *at, said)
    };
    Origin::all(evidence, &claims.origins, claims.claims.iter().map(voice))
}

impl<'p> Level<'p> {
    fn of(evidence: &Evidence<'p>, weighed: &WeighedComponent<'p>) -> Option<Self> {
        let carried = weighed.carried.as_ref()?;
        let codebook = evidence.bound.binding.codebook;
        let label = |code| Label::of(codebook.list(Role::Certainty), code);
        let standing = |excess: isize| match excess {
            1.. => Standing::Above,
            0 => Standing::Same,
            _ => Standing::Below,
        };
        let rank = |code| codebook.list(Role::Certainty).rank(code);
        let coded = weighed.certainty.and_then(rank);
        let beyond = carried
            .beyond
            .iter()
            .enumerate()
            .filter(|(at, lacking)| *at == 0 || rank(lacking.level) <= coded);
        let lacking = beyond.map(|(_, lacking)| Lacking {
            level: label(lacking.level),
            needs: lacking.needs(codebook),
        });
        Some(Self {
            level: carried.level.map(label),
            voices: weighed.supporting.voices,
            origins: weighed.supporting.origins.len(),
            claimants: weighed.supporting.claimants.len(),
            coded: weighed.excess().map(standing),
            lacking: lacking.collect(),
        })
    }
}

impl<'p> Origin<'p> {
    /// Voices by origin and claimant, each once, in the order of the record. A voice that may go
    /// back to several origins stands under the one that accounts for it.
    fn all(
        evidence: &Evidence<'p>,
        accounting: &BTreeSet<String>,
        voices: impl Iterator<Item = Voice<'p>>,
    ) -> Vec<Self> {
        let mut origins: Vec<Self> = Vec::new();
        for voice in voices {
            let name = origin_name(evidence, accounting, voice.claim - 1);
            let at = origins.iter().position(|known| known.origin == name).unwrap_or_else(|| {
                origins.push(Self { origin: name, claimants: Vec::new() });
                origins.len() - 1
            });
            let claimants = &mut origins[at].claimants;
            let who = Who::of(evidence.bound.binding, &evidence.claims[voice.claim - 1]);
            match claimants.iter_mut().find(|known| known.who == who) {
                Some(known) => known.claims.push(voice),
                None => claimants.push(Claimant { who, claims: vec![voice] }),
            }
        }
        origins
    }
}

/// The name of the origin that accounts for a claim, or of its first where none is counted; a source
/// that is not known stands for itself.
fn origin_name<'p>(
    evidence: &Evidence<'p>,
    accounting: &BTreeSet<String>,
    position: usize,
) -> &'p str {
    let weighed = &evidence.claims[position];
    let accounts = weighed.origins.iter().find(|origin| accounting.contains(*origin));
    let name = accounts.or(weighed.origins.first());
    name.and_then(|origin| evidence.origin_name(origin)).unwrap_or(&weighed.claim.source.value)
}

impl<'p> Stated<'p> {
    /// The statements on a component that are of one kind, by how and what they say.
    fn all(
        evidence: &Evidence<'p>,
        component: Component,
        is_of_kind: impl Fn(&WeighedClaim<'p>, &WeighedStatement<'p>) -> bool,
    ) -> Vec<Self> {
        let mut groups: Vec<(Self, Vec<Voice<'p>>)> = Vec::new();
        for (position, claim) in evidence.claims.iter().enumerate() {
            let said = claim.statements.iter();
            let said = said.filter(|said| said.statement.component == component);
            for said in said.filter(|said| is_of_kind(claim, said)) {
                let one = Self::of(evidence, claim, said);
                let voice = Voice::of(evidence, position, Vec::new());
                match groups.iter_mut().find(|(known, _)| known.says_the_same(&one)) {
                    Some((_, voices)) => voices.push(voice),
                    None => groups.push((one, vec![voice])),
                }
            }
        }
        let whole = |(stated, voices): (Self, Vec<Voice<'p>>)| Self {
            origins: Origin::all(evidence, &BTreeSet::new(), voices.into_iter()),
            ..stated
        };
        let mut all: Vec<_> = groups.into_iter().map(whole).collect();
        all.sort_by_key(|stated| stated.stance);
        all
    }

    fn of(evidence: &Evidence<'p>, claim: &WeighedClaim<'p>, said: &WeighedStatement<'p>) -> Self {
        let binding = evidence.bound.binding;
        let said = Said::of(evidence, said);
        Self {
            stance: said.stance,
            value: said.value,
            relation: said.relation,
            about: claim.claim.about.as_ref().map(|about| About::of(binding, &about.value)),
            withdrawn: claim.claim.withdrawn.is_some(),
            origins: Vec::new(),
        }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let key = |stated: &Self| (stated.stance, stated.value.clone(), stated.withdrawn);
        key(self) == key(other) && self.about == other.about
    }
}
