//! The account of an event: all that its record holds, weighed, as one typed value.
//!
//! Every format prints an account and nothing else, so they cannot say different things. It reads
//! what the weighing decided and decides nothing.

use std::collections::BTreeSet;

use serde::Serialize;

use super::claim::Source;
use super::component::ComponentAccount;
use super::value::{Label, Value};
use crate::check::Checked;
use crate::dataset::BoundEvent;
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::{Evidence, weigh};
use crate::record;
use crate::schema::{Component, Role};

/// An event as people read it.
#[derive(Debug, Serialize)]
pub(super) struct Account<'p> {
    pub id: &'p str,
    pub dataset: &'p str,
    /// The coder whose record it is; `None` for the adjudicated one.
    pub coder: Option<&'p str>,
    /// Path of the record, and the line where it starts.
    pub file: &'p str,
    pub line: u32,
    pub title: Option<&'p str>,
    /// When, at what local time and where it happened, as coded.
    pub date: Option<Value<'p>>,
    pub time: Option<Value<'p>>,
    pub location: Option<Value<'p>>,
    pub summary: Option<&'p str>,
    pub coding: Option<Coding<'p>>,
    /// What `eventc check` finds in the record, or in its file where nothing else stands in it.
    pub findings: Findings,
    /// Whether every part of the record could be read; what could not is not here.
    pub intact: bool,
    pub counts: Counts,
    /// The components that are disputed.
    pub contested: Vec<&'p str>,
    /// Every component that is coded or that a claim speaks of.
    pub components: Vec<ComponentAccount<'p>>,
    /// Every claim, under its source.
    pub sources: Vec<Source<'p>>,
    pub related: Vec<Related<'p>>,
    /// The rules that the record says it breaks on purpose.
    pub allow: Vec<Allow<'p>>,
}

/// Who coded an event.
#[derive(Debug, Serialize)]
pub(super) struct Coding<'p> {
    pub by: Option<&'p str>,
    pub date: Option<Value<'p>>,
    pub status: Option<&'static str>,
}

/// How many findings a record has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Findings {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

/// How much stands behind an event, as the columns of `events` count it.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    pub claims: usize,
    /// The claims that count.
    pub counted: usize,
    pub sources: usize,
    pub claimants: usize,
    pub origins: usize,
    pub denials: usize,
}

/// A link to another event.
#[derive(Debug, Serialize)]
pub(super) struct Related<'p> {
    pub relation: Label<'p>,
    pub event: &'p str,
    /// Its title, where the dataset has it.
    pub title: Option<&'p str>,
}

/// A rule that a record breaks on purpose.
#[derive(Debug, Serialize)]
pub(super) struct Allow<'p> {
    pub rule: &'p str,
    pub because: &'p str,
    pub until: Value<'p>,
}

impl<'p> Account<'p> {
    /// The account of an event of a checked project.
    pub(super) fn of(checked: &'p Checked, bound: BoundEvent<'p>) -> Self {
        let evidence = weigh(bound);
        let (filed, event) = (bound.filed, &bound.filed.event);
        let codebook = bound.binding.codebook;
        let sources = Source::all(&evidence);
        let contested = evidence.contested.iter();
        Self {
            id: filed.id(),
            dataset: &bound.binding.dataset.name,
            coder: filed.coder.as_deref(),
            file: checked.files.path(filed.file),
            line: event.line,
            title: event.title.as_deref(),
            date: first(bound, Component::Date),
            time: first(bound, Component::Time),
            location: first(bound, Component::Location),
            summary: event.summary.as_deref(),
            coding: event.coding.as_ref().map(Coding::of),
            findings: Findings::of(checked, bound),
            intact: event.intact,
            counts: Counts::of(&evidence, &sources),
            contested: contested.map(|component| codebook.component_name(*component)).collect(),
            components: ComponentAccount::all(&evidence),
            sources,
            related: event.related.iter().map(|related| Related::of(bound, related)).collect(),
            allow: event.allow.iter().map(Allow::of).collect(),
        }
    }

    /// Leaves only some components, by name, and the claims that are told of there; where none is
    /// named, all. A brief account has no claims in full.
    pub(super) fn narrow(&mut self, components: &[&str], brief: bool) {
        if !components.is_empty() {
            self.components.retain(|component| components.contains(&component.name));
            let told: BTreeSet<_> =
                self.components.iter().flat_map(ComponentAccount::claims).collect();
            for source in &mut self.sources {
                source.claims.retain(|claim| told.contains(&claim.claim));
            }
        }
        self.sources.retain(|source| !brief && !source.claims.is_empty());
    }
}

/// The value that a component is coded with, the first where it is several.
fn first(bound: BoundEvent<'_>, component: Component) -> Option<Value<'_>> {
    let coded = bound.filed.event.coded(component).first()?;
    Some(Value::of(bound.binding, component, &coded.value.value))
}

impl<'p> Coding<'p> {
    fn of(coding: &'p record::Coding) -> Self {
        Self {
            by: coding.by.as_ref().map(|by| &*by.value),
            date: coding.date.as_ref().map(|on| Value::of_date(&on.value)),
            status: coding.status.map(|status| status.as_str()),
        }
    }
}

impl Findings {
    /// The findings in a record. A file that holds it alone is all its own.
    fn of(checked: &Checked, bound: BoundEvent<'_>) -> Self {
        let filed = bound.filed;
        let is_in = |found: &&Diagnostic| {
            found.location.file == filed.file
                && (filed.stem.is_some() || found.location.span.touches(filed.event.span))
        };
        let mut findings = Self::default();
        for found in checked.findings.iter().filter(is_in) {
            match found.level {
                Level::Error => findings.errors += 1,
                Level::Warning => findings.warnings += 1,
                Level::Info => findings.infos += 1,
            }
        }
        findings
    }

    /// How many there are.
    pub(super) const fn all(self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

impl Counts {
    fn of(evidence: &Evidence<'_>, sources: &[Source<'_>]) -> Self {
        Self {
            claims: evidence.claims.len(),
            counted: evidence.counted().count(),
            sources: sources.len(),
            claimants: evidence.n_claimants(),
            origins: evidence.n_origins(),
            denials: evidence.n_denials(),
        }
    }
}

impl<'p> Related<'p> {
    fn of(bound: BoundEvent<'p>, related: &'p record::RelatedEvent) -> Self {
        let list = bound.binding.codebook.list(Role::Relation);
        let id = &*related.event.value;
        let mut events = bound.binding.dataset.events.iter();
        let other = events.find(|filed| filed.id() == id && filed.coder.is_none());
        Self {
            relation: Label::of(list, related.relation),
            event: id,
            title: other.and_then(|filed| filed.event.title.as_deref()),
        }
    }
}

impl<'p> Allow<'p> {
    fn of(allow: &'p record::Allow) -> Self {
        Self {
            rule: &allow.rule.value,
            because: &allow.because,
            until: Value::of_date(&allow.until.value),
        }
    }
}
