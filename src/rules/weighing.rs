//! What rules say about weighed components.

use crate::evidence::{Carried, Evidence, Unmet, WeighedComponent};
use crate::schema::{Code, CodeList, Component, Condition, Role};
use crate::source::{Location, Span};

/// A component whose coded certainty can be held against what its claims carry.
pub(super) struct Judged<'e> {
    /// The event's evidence.
    pub evidence: &'e Evidence<'e>,
    /// The component.
    pub weighed: &'e WeighedComponent<'e>,
    /// What its claims carry.
    pub carried: &'e Carried,
    /// The coded level.
    pub certainty: Code,
    /// Where the level is written; where it is inherited, the value that inherits it.
    pub place: Location,
    /// Where the event's level is written, if the component inherits it.
    pub inherited_from: Option<Location>,
    /// The coder's reason.
    pub because: Option<&'e str>,
}

/// The components of an event whose certainty is coded and ranked.
pub(super) fn judged<'e>(evidence: &'e Evidence<'e>) -> impl Iterator<Item = Judged<'e>> {
    evidence.components.iter().filter_map(move |weighed| {
        let carried = weighed.carried.as_ref()?;
        let certainty = weighed.certainty?;
        scale(evidence).rank(certainty)?;
        let (place, inherited_from) = places(evidence, weighed)?;
        let event = &evidence.bound.filed.event;
        let because = match weighed.coded {
            Some(coded) => coded.because.as_deref(),
            None => event.because.as_deref(),
        };
        Some(Judged { evidence, weighed, carried, certainty, place, inherited_from, because })
    })
}

fn places(
    evidence: &Evidence<'_>,
    weighed: &WeighedComponent<'_>,
) -> Option<(Location, Option<Location>)> {
    let filed = evidence.bound.filed;
    let at = |span: Span| Location::new(filed.file, span);
    let of_event = filed.event.certainty.spanned().map(|certainty| at(certainty.span));
    let Some(coded) = weighed.coded else { return Some((of_event?, None)) };
    match coded.certainty.spanned() {
        Some(own) => Some((at(own.span), None)),
        None => Some((at(coded.value.span), of_event)),
    }
}

fn scale<'e>(evidence: &Evidence<'e>) -> &'e CodeList {
    evidence.bound.binding.codebook.list(Role::Certainty)
}

impl<'e> Judged<'e> {
    fn scale(&self) -> &'e CodeList {
        scale(self.evidence)
    }

    /// The code of a level.
    pub(super) fn code_of(&self, level: Code) -> &'e str {
        &self.scale().entry(level).code
    }

    /// The code of the level that the claims carry.
    pub(super) fn carried_code(&self) -> Option<&'e str> {
        self.carried.level.map(|level| self.code_of(level))
    }

    /// How many ranks the coded level stands above what the claims carry; below is negative.
    fn excess(&self) -> i64 {
        let rank =
            |level: Option<Code>| level.and_then(|level| self.scale().rank(level)).unwrap_or(0);
        rank(Some(self.certainty)) - rank(self.carried.level)
    }

    /// Whether the coded level is above what the claims carry.
    pub(super) fn exceeds(&self) -> bool {
        self.excess() > 0
    }

    /// Whether the coded level is two ranks or more below what the claims carry.
    pub(super) fn falls_far_short(&self) -> bool {
        self.excess() <= -2
    }

    /// The component in words: "actor `ISRMIL`", "the event".
    pub(super) fn what(&self) -> String {
        match self.weighed.coded {
            None => "the event".to_owned(),
            Some(coded) => {
                let name = coded.component.core_name().unwrap_or_default();
                let text = self.evidence.bound.binding.written(coded.component, &coded.value.value);
                format!("{name} `{text}`")
            }
        }
    }

    /// What the next stronger level needs and lacks.
    pub(super) fn needs(&self) -> String {
        let Some((level, unmet)) = &self.carried.beyond else { return "carried".to_owned() };
        let conditions: Vec<_> = unmet.iter().map(|unmet| self.condition(*unmet)).collect();
        format!("`{}` needs {}", self.code_of(*level), conditions.join(" and "))
    }

    fn condition(&self, unmet: Unmet) -> String {
        let Unmet { condition, found } = unmet;
        match condition {
            Condition::Origins(least) => format!("{least} origins ({found} found)"),
            Condition::Claimants(least) => format!("{least} claimants ({found} found)"),
            Condition::Named => "a supporter with a name".to_owned(),
            Condition::Reliability(least) => {
                let list = self.evidence.bound.binding.codebook.list(Role::SourceReliability);
                format!("a supporting source of reliability {} or better", list.entry(least).code)
            }
            Condition::Admitted => "the actor's own word".to_owned(),
            Condition::Unopposed => format!("no opposition ({found} opposing)"),
        }
    }

    /// The policy line of the next stronger level.
    pub(super) fn policy_line(&self) -> Option<Location> {
        let (level, _) = self.carried.beyond.as_ref()?;
        let levels = &self.evidence.bound.binding.codebook.policy.levels;
        levels.iter().find(|known| known.certainty == *level).map(|known| known.location)
    }
}

/// Where a claim speaks of a component, and in a few words what it does and on whose word.
pub(super) fn found_of(
    evidence: &Evidence<'_>,
    component: Component,
    position: usize,
    does: &str,
) -> (Location, String) {
    let weighed = &evidence.claims[position];
    let of_component = weighed.statements.iter().find(|said| said.statement.component == component);
    let span = of_component.or(weighed.statements.first()).map_or(weighed.claim.span, |said| {
        said.statement.values.first().map_or(said.statement.span, |value| value.span)
    });
    let source = evidence.bound.binding.source(&weighed.claim.source.value);
    let publisher = source.map_or(&*weighed.claim.source.value, |source| &*source.publisher);
    let anonymous = if weighed.claim.anonymous { ", anonymous" } else { "" };
    (Location::new(evidence.bound.filed.file, span), format!("{does} it ({publisher}{anonymous})"))
}
