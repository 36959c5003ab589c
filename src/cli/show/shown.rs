//! An event weighed, and the part of it that is shown.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::check::Checked;
use crate::dataset::{Binding, BoundEvent, SERIES};
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::{Evidence, WeighedComponent, WeighedStatement, weigh};
use crate::record::RelatedEvent;
use crate::schema::{Code, Component, Role};

/// An event, and what of it is shown.
#[derive(Debug)]
pub(super) struct Shown<'p> {
    pub evidence: Evidence<'p>,
    /// Path of the record.
    pub file: &'p str,
    /// How many errors, warnings and infos `eventc check` finds in the record.
    pub findings: [usize; 3],
    /// Components to show: those that are coded or that a claim mentions.
    pub components: BTreeSet<Component>,
    /// Positions of the claims to show in full, from 0.
    pub claims: BTreeSet<usize>,
}

/// Who speaks in a claim.
#[derive(PartialEq)]
pub(super) struct Who<'p> {
    /// The name: of the actor, in the source's words, in free text, or of the publisher.
    pub claimant: Cow<'p, str>,
    /// The actor's id or composite code.
    pub actor: Option<&'p str>,
    /// Whether a reader cannot tell who spoke.
    pub anonymous: bool,
    /// Whether it is the source in its own voice.
    pub own_voice: bool,
}

impl<'p> Shown<'p> {
    /// Weighs an event. With `only`, shows these components and the claims that mention them. With
    /// `brief`, shows no claim in full.
    pub(super) fn of(
        checked: &'p Checked,
        bound: BoundEvent<'p>,
        only: &[Component],
        brief: bool,
    ) -> Self {
        let evidence = weigh(bound);
        let coded = evidence.components.iter().map(|weighed| weighed.component);
        let said = evidence.claims.iter().flat_map(|claim| &claim.statements);
        let all = coded.chain(said.map(|said| said.statement.component));
        let is_wanted = |component: &Component| only.is_empty() || only.contains(component);
        let claims = match only {
            _ if brief => BTreeSet::new(),
            [] => (0..evidence.claims.len()).collect(),
            _ => claims_on(&evidence, only),
        };
        Self {
            file: checked.files.path(bound.filed.file),
            findings: findings(checked, bound),
            components: all.filter(is_wanted).collect(),
            claims,
            evidence,
        }
    }

    pub(super) fn binding(&self) -> Binding<'p> {
        self.evidence.bound.binding
    }

    /// The claims to show in full: the id of each source, and the positions of its claims.
    pub(super) fn sources(&self) -> Vec<(&'p str, Vec<usize>)> {
        let id = |at: usize| &*self.evidence.claims[at].claim.source.value;
        let claims: Vec<_> = self.claims.iter().copied().collect();
        let sources = claims.chunk_by(|one, next| id(*one) == id(*next));
        sources.map(|claims| (id(claims[0]), claims.to_vec())).collect()
    }

    /// How many sources have a claim of the event.
    pub(super) fn n_sources(&self) -> usize {
        let claims = self.evidence.claims.iter();
        claims.map(|weighed| &weighed.claim.source.value).collect::<BTreeSet<_>>().len()
    }

    /// Who speaks in the claim at a position.
    pub(super) fn who(&self, at: usize) -> Who<'p> {
        let (binding, weighed) = (self.binding(), &self.evidence.claims[at]);
        let name = binding.claimant_name(weighed.claim);
        let actor = weighed.claimant().and_then(|actor| binding.actor(actor));
        Who {
            claimant: name.unwrap_or(Cow::Borrowed(&weighed.claim.source.value)),
            actor: actor.map(|actor| actor.code),
            anonymous: weighed.speaker.anonymous,
            own_voice: weighed.claim.by.is_none() && !weighed.speaker.anonymous,
        }
    }

    /// The coded values of a component; one without a value for the event itself.
    pub(super) fn coded(
        &self,
        component: Component,
    ) -> impl Iterator<Item = &WeighedComponent<'p>> {
        self.evidence.components.iter().filter(move |weighed| weighed.component == component)
    }

    /// What is counted or measured.
    pub(super) fn unit(&self, component: Component) -> Option<&'p str> {
        match component {
            Component::Field(at) => self.binding().codebook.field(at).unit.as_deref(),
            _ => None,
        }
    }

    /// The levels up to the coded one that the claims do not support, and what each needs; if they
    /// support the coded one, the next level.
    pub(super) fn lacking(&self, weighed: &WeighedComponent<'p>) -> Vec<(Code, String)> {
        let codebook = self.binding().codebook;
        let scale = codebook.list(Role::Certainty);
        let coded = weighed.certainty.and_then(|code| scale.rank(code));
        let beyond = weighed.supported.iter().flat_map(|supported| &supported.beyond).enumerate();
        beyond
            .filter(|(at, lacking)| *at == 0 || scale.rank(lacking.level) <= coded)
            .map(|(_, lacking)| (lacking.level, lacking.needs(codebook)))
            .collect()
    }

    /// A code of the list that has a role.
    pub(super) fn code(&self, role: Role, code: Code) -> &'p str {
        &self.binding().codebook.list(role).entry(code).code
    }

    /// The name of the actor or place that a claim speaks of instead of the event.
    pub(super) fn subject(&self, about: &'p str) -> Option<Cow<'p, str>> {
        let binding = self.binding();
        let place = || Some(Cow::Borrowed(&*binding.dataset.places.get(about)?.entry.name));
        binding.actor(about).map(|actor| actor.name).or_else(place).filter(|_| about != SERIES)
    }

    /// The title of a related event, where the dataset has it.
    pub(super) fn title_of(&self, related: &RelatedEvent) -> Option<&'p str> {
        let mut events = self.binding().dataset.filed();
        let id = &*related.event.value;
        let other = events.find(|filed| filed.id() == id && filed.coder().is_none());
        other?.event.title.as_deref()
    }
}

/// The claims that mention some components, or support or oppose what is coded there.
fn claims_on(evidence: &Evidence<'_>, components: &[Component]) -> BTreeSet<usize> {
    let weighed = evidence.components.iter().filter(|one| components.contains(&one.component));
    let bear = weighed.flat_map(|one| one.supporting.claims.iter().chain(&one.opposing.claims));
    let is_of = |said: &WeighedStatement<'_>| components.contains(&said.statement.component);
    let claims = evidence.claims.iter().enumerate();
    let speak = claims.filter(|(_, claim)| claim.statements.iter().any(is_of));
    bear.copied().chain(speak.map(|(at, _)| at)).collect()
}

/// Counts the findings in a record by level; in its whole file if it is the only record there.
fn findings(checked: &Checked, bound: BoundEvent<'_>) -> [usize; 3] {
    let filed = bound.filed;
    let is_in = |found: &&Diagnostic| {
        found.location.file == filed.file
            && (filed.is_alone || found.location.span.touches(filed.event.span))
    };
    [Level::Error, Level::Warning, Level::Info].map(|level| {
        checked.findings.iter().filter(is_in).filter(|found| found.level == level).count()
    })
}

/// Items grouped by key, in order of appearance.
pub(super) type Groups<K, V> = Vec<(K, Vec<V>)>;

/// The group of a key, added if it is new.
pub(super) fn group<K: PartialEq, V>(groups: &mut Groups<K, V>, key: K) -> &mut Vec<V> {
    let at = groups.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        groups.push((key, Vec::new()));
        groups.len() - 1
    });
    &mut groups[at].1
}
