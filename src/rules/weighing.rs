//! What rules say about weighed components.

use crate::diagnostic::Diagnostic;
use crate::evidence::{Evidence, Supported, WeighedComponent};
use crate::schema::{Code, CodeList, Component, Role};
use crate::source::{Location, Span};

/// A component whose coded certainty can be compared with the level that its claims support.
pub(super) struct Judged<'e> {
    /// The event's evidence.
    pub evidence: &'e Evidence<'e>,
    /// The component.
    pub weighed: &'e WeighedComponent<'e>,
    /// The level that its claims support.
    pub supported: &'e Supported,
    /// The coded level.
    pub certainty: Code,
    /// Coded level minus supported level, in scale steps.
    excess: isize,
    /// The place of the level or, if it is inherited, of the value that inherits it.
    pub place: Location,
    /// Where the event's level is written, if the component inherits it.
    pub inherited_from: Option<Location>,
    /// The coder's reason.
    pub because: Option<&'e str>,
}

/// The components of an event whose certainty is coded and ranked.
pub(super) fn judged<'e>(evidence: &'e Evidence<'e>) -> impl Iterator<Item = Judged<'e>> {
    evidence.components.iter().filter_map(move |weighed| {
        let supported = weighed.supported.as_ref()?;
        let certainty = weighed.certainty?;
        let (place, inherited_from) = places(evidence, weighed)?;
        let because = weighed.because(evidence.bound);
        let excess = weighed.excess()?;
        Some(Judged {
            evidence,
            weighed,
            supported,
            certainty,
            excess,
            place,
            inherited_from,
            because,
        })
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

impl<'e> Judged<'e> {
    fn scale(&self) -> &'e CodeList {
        self.evidence.bound.binding.codebook.list(Role::Certainty)
    }

    /// The code of a level.
    pub(super) fn code_of(&self, level: Code) -> &'e str {
        &self.scale().entry(level).code
    }

    /// The code of the level that the claims support.
    pub(super) fn supported_code(&self) -> Option<&'e str> {
        self.supported.level.map(|level| self.code_of(level))
    }

    /// Whether the coded level is above the supported one.
    pub(super) fn exceeds(&self) -> bool {
        self.excess > 0
    }

    /// Whether the coded level is two levels or more below the supported one.
    pub(super) fn falls_far_short(&self) -> bool {
        self.excess <= -2
    }

    /// The component in a message: "actor `ISRMIL`", "the event".
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

    /// The supported level in a message: "only `possible`", "no level".
    pub(super) fn only_supported(&self) -> String {
        self.supported_code()
            .map_or_else(|| "no level".to_owned(), |level| format!("only `{level}`"))
    }

    /// What the levels above the supported one, up to the coded one, need and lack.
    pub(super) fn needs(&self) -> String {
        let rank = |level| self.scale().rank(level);
        let beyond = self.supported.beyond.iter();
        let up_to_coded = beyond.filter(|lacking| rank(lacking.level) <= rank(self.certainty));
        let codebook = self.evidence.bound.binding.codebook;
        let needs = up_to_coded.map(|lacking| {
            format!("`{}` needs {}", self.code_of(lacking.level), lacking.needs(codebook))
        });
        needs.collect::<Vec<_>>().join("; ")
    }

    /// The policy line of the next stronger level.
    pub(super) fn policy_line(&self) -> Option<Location> {
        let level = self.supported.beyond.first()?.level;
        let policy = &self.evidence.bound.binding.codebook.policy;
        let levels = policy.levels(self.weighed.component);
        levels.iter().find(|known| known.certainty == level).map(|known| known.location)
    }

    /// Whether no claim supports it, so that there is nothing to weigh.
    pub(super) const fn lacks_claims(&self) -> bool {
        self.weighed.supporting.claims.is_empty()
    }

    /// Whether its level is the event's, by inheritance or because it is the event.
    const fn has_level_of_event(&self) -> bool {
        self.weighed.coded.is_none() || self.inherited_from.is_some()
    }
}

/// Groups components by finding: those with the level of the event, or without a claim, together; the
/// others one by one.
pub(super) fn by_level<'e>(judged: impl Iterator<Item = Judged<'e>>) -> Vec<Vec<Judged<'e>>> {
    let is_of_event = |judged: &Judged<'_>| judged.has_level_of_event() || judged.lacks_claims();
    let (of_event, own): (Vec<_>, Vec<_>) = judged.partition(is_of_event);
    let of_event = Some(of_event).filter(|judged| !judged.is_empty());
    of_event.into_iter().chain(own.into_iter().map(|judged| vec![judged])).collect()
}

/// Components in a message: "the event, actor `ISRMIL` and action `ASSAULT`".
pub(super) fn together<'j, 'e: 'j>(judged: impl IntoIterator<Item = &'j Judged<'e>>) -> String {
    let names: Vec<_> = judged.into_iter().map(Judged::what).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// A finding about components with the same level, at the level or, if a single component inherits it,
/// at its value. `says` gives the label of each.
pub(super) fn finding<'e>(
    rule: &'static str,
    judged: &[Judged<'e>],
    message: impl Fn(&str) -> String,
    says: impl Fn(&Judged<'e>) -> String,
) -> Option<Diagnostic> {
    let (first, others) = judged.split_first()?;
    let verb = if others.is_empty() { "is" } else { "are" };
    let what = format!("{} {verb}", together(judged));
    let place = if others.is_empty() { None } else { first.inherited_from };
    let place = place.unwrap_or(first.place);
    let mut found = Diagnostic::new(rule, place, message(&what)).label(says(first));
    if let Some(inherited) = first.inherited_from.filter(|inherited| *inherited != place) {
        found = found.also(inherited, "inherited from the event");
    }
    for other in others {
        found = found.also(other.place, format!("{}: {}", other.what(), says(other)));
    }
    Some(found)
}

/// Where a claim speaks of a component, and a label: what it does, and the origin of the claim.
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
    let origins = match &*weighed.origin_names {
        [] => "no publisher".to_owned(),
        names => names.join(" or "),
    };
    let anonymous = if weighed.speaker.anonymous { ", anonymous" } else { "" };
    (Location::new(evidence.bound.filed.file, span), format!("{does} it ({origins}{anonymous})"))
}
