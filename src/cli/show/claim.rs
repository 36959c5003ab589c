//! Claims as people read them: each whole, under its source.

use std::borrow::Cow;

use serde::Serialize;

use super::value::{Label, Value, as_word};
use crate::dataset::{Binding, SERIES};
use crate::evidence::{Evidence, Relation, WeighedClaim, WeighedStatement};
use crate::record::Stance;
use crate::schema::Role;

/// A source, and what it holds of the event.
#[derive(Debug, Serialize)]
pub(super) struct Source<'p> {
    #[serde(flatten)]
    pub name: SourceName<'p>,
    pub title: Option<&'p str>,
    pub date: Option<Value<'p>>,
    pub url: Option<&'p str>,
    /// How reliable it is.
    pub reliability: Option<Label<'p>>,
    /// The sources that it repeats whole.
    pub cites: Vec<SourceName<'p>>,
    pub claims: Vec<Claim<'p>>,
}

/// A source as it is named elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct SourceName<'p> {
    /// Its id.
    pub source: &'p str,
    /// Who published it; `None` where the id stands for nothing.
    pub publisher: Option<&'p str>,
}

/// A claim whole.
#[derive(Debug, Serialize)]
pub(super) struct Claim<'p> {
    /// Its position in the record, from 1.
    pub claim: usize,
    #[serde(flatten)]
    pub who: Who<'p>,
    pub via: Option<SourceName<'p>>,
    /// When it was said.
    pub date: Option<Value<'p>>,
    /// How sure the claimant says it is.
    pub certainty: Option<Label<'p>>,
    /// What it speaks of instead of this event.
    pub about: Option<About<'p>>,
    pub withdrawn: Option<Withdrawn<'p>>,
    /// Whether it counts.
    pub counted: bool,
    /// The publishers that it goes back to.
    pub origins: Vec<&'p str>,
    /// What it says, a value each.
    pub said: Vec<Said<'p>>,
    /// What else it says, in the curator's words.
    pub note: Option<&'p str>,
    /// The line of the record where it starts.
    pub line: u32,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// A claimant's claim where it supports, opposes or states something.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Voice<'p> {
    /// Position of the claim in the record, from 1.
    pub claim: usize,
    #[serde(flatten)]
    pub source: SourceName<'p>,
    pub via: Option<SourceName<'p>>,
    /// How sure the claimant says it is.
    pub certainty: Option<Label<'p>>,
    /// What exactly it says there; empty where that is told already.
    pub said: Vec<Said<'p>>,
}

/// A value that a claim states, affirms or denies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Said<'p> {
    pub component: &'p str,
    #[serde(serialize_with = "as_word")]
    pub stance: Stance,
    /// The value; `None` where the component has none to speak of.
    pub value: Option<Value<'p>>,
    /// How it relates to what is coded.
    #[serde(serialize_with = "as_word")]
    pub relation: Option<Relation>,
}

/// What a claim speaks of instead of the event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct About<'p> {
    /// `series`, or the id of an actor or a place.
    pub about: &'p str,
    pub name: Option<Cow<'p, str>>,
}

/// That a claim was taken back.
#[derive(Debug, Serialize)]
pub(super) struct Withdrawn<'p> {
    /// When, where that is known.
    pub date: Option<Value<'p>>,
}

impl<'p> Source<'p> {
    /// The sources of an event with their claims, in the order of the record.
    pub(super) fn all(evidence: &Evidence<'p>) -> Vec<Self> {
        let mut sources: Vec<Self> = Vec::new();
        for (position, weighed) in evidence.claims.iter().enumerate() {
            let id = &*weighed.claim.source.value;
            if sources.last().is_none_or(|source| source.name.source != id) {
                sources.push(Self::of(evidence.bound.binding, id));
            }
            if let Some(source) = sources.last_mut() {
                source.claims.push(Claim::of(evidence, position, weighed));
            }
        }
        sources
    }

    fn of(binding: Binding<'p>, id: &'p str) -> Self {
        let entry = binding.source(id);
        let grades = binding.codebook.list(Role::SourceReliability);
        let cites = entry.map_or(&[][..], |entry| &entry.cites).iter();
        Self {
            name: SourceName::of(binding, id),
            title: entry.and_then(|entry| entry.title.as_deref()),
            date: entry.and_then(|entry| Some(Value::of_date(&entry.date.as_ref()?.value))),
            url: entry.and_then(|entry| entry.url.as_deref()),
            reliability: entry.and_then(|entry| Some(Label::of(grades, entry.reliability?))),
            cites: cites.map(|cited| SourceName::of(binding, &cited.value)).collect(),
            claims: Vec::new(),
        }
    }
}

impl<'p> SourceName<'p> {
    fn of(binding: Binding<'p>, id: &'p str) -> Self {
        Self { source: id, publisher: binding.source(id).map(|entry| &*entry.publisher) }
    }

    /// The name of the publisher or, where it is not known, the id.
    pub(super) fn name(&self) -> &'p str {
        self.publisher.unwrap_or(self.source)
    }
}

impl<'p> Claim<'p> {
    fn of(evidence: &Evidence<'p>, position: usize, weighed: &WeighedClaim<'p>) -> Self {
        let (binding, claim) = (evidence.bound.binding, weighed.claim);
        let voice = Voice::of(evidence, position, Vec::new());
        let origins = weighed.origins.iter();
        Self {
            claim: voice.claim,
            who: Who::of(binding, weighed),
            via: voice.via,
            date: claim.date.as_ref().map(|date| Value::of_date(&date.value)),
            certainty: voice.certainty,
            about: claim.about.as_ref().map(|about| About::of(binding, &about.value)),
            withdrawn: claim.withdrawn.as_ref().map(|withdrawn| Withdrawn {
                date: withdrawn.date.as_ref().map(|date| Value::of_date(&date.value)),
            }),
            counted: weighed.counted,
            origins: origins.filter_map(|origin| evidence.origin_name(origin)).collect(),
            said: weighed.statements.iter().map(|said| Said::of(evidence, said)).collect(),
            note: claim.note.as_deref(),
            line: claim.line,
        }
    }
}

impl<'p> Who<'p> {
    /// The claimant of a claim.
    pub(super) fn of(binding: Binding<'p>, weighed: &WeighedClaim<'p>) -> Self {
        let claim = weighed.claim;
        let name = binding.claimant_name(claim);
        let actor = weighed.claimant().and_then(|actor| binding.actor(actor));
        Self {
            claimant: name.unwrap_or(Cow::Borrowed(&claim.source.value)),
            actor: actor.map(|actor| actor.code),
            anonymous: weighed.speaker.anonymous,
            own_voice: claim.by.is_none() && !weighed.speaker.anonymous,
        }
    }
}

impl<'p> Voice<'p> {
    /// The claim at a position of the record, and what it says that matters here.
    pub(super) fn of(evidence: &Evidence<'p>, position: usize, said: Vec<Said<'p>>) -> Self {
        let binding = evidence.bound.binding;
        let claim = evidence.claims[position].claim;
        let scale = binding.codebook.list(Role::Certainty);
        Self {
            claim: position + 1,
            source: SourceName::of(binding, &claim.source.value),
            via: claim.via.as_ref().map(|via| SourceName::of(binding, &via.value)),
            certainty: claim.certainty.map(|code| Label::of(scale, code)),
            said,
        }
    }
}

impl<'p> Said<'p> {
    /// What a statement says.
    pub(super) fn of(evidence: &Evidence<'p>, said: &WeighedStatement<'p>) -> Self {
        let binding = evidence.bound.binding;
        let component = said.statement.component;
        Self {
            component: binding.codebook.component_name(component),
            stance: said.statement.stance,
            value: said.value.map(|value| Value::of(binding, component, value)),
            relation: said.relation(),
        }
    }
}

impl<'p> About<'p> {
    /// What a claim speaks of.
    pub(super) fn of(binding: Binding<'p>, about: &'p str) -> Self {
        let place = || Some(Cow::Borrowed(&*binding.dataset.places.get(about)?.entry.name));
        let name = || binding.actor(about).map(|actor| actor.name).or_else(place);
        Self { about, name: if about == SERIES { None } else { name() } }
    }

    /// Whether it is the whole series of the event.
    pub(super) fn is_series(&self) -> bool {
        self.about == SERIES
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        match &self.name {
            _ if self.is_series() => "the series",
            Some(name) => name,
            None => self.about,
        }
    }
}
