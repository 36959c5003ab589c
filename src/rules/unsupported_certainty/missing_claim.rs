//! What to write where no claim supports a coded value.

use std::collections::BTreeSet;

use crate::evidence::Evidence;
use crate::record::{Claim, Coded};
use crate::rules::weighing::Judged;
use crate::schema::{Component, Role};
use crate::syntax;
use crate::value::Identifier;

/// Most sources for which the claim is written out.
const SHOWN: usize = 3;

/// Asks whether the sources at hand say what is coded, and shows the claims to write if they do.
pub(super) fn help(evidence: &Evidence<'_>, bare: &[&Judged<'_>]) -> Vec<String> {
    let claims = &evidence.bound.filed.event.claims;
    let (listed, written): (Vec<_>, Vec<_>) = claims.iter().partition(|claim| claim.listed);
    let (with_claims, mut sources) = (sources_of(&written), sources_of(&listed));
    sources.retain(|id| !with_claims.contains(id));
    let claim = claim(evidence, bare);
    let of_each = |ids: &[&str]| {
        let each = ids.iter().take(SHOWN).map(|id| format!("{}: [{claim}]", key(id)));
        each.collect::<Vec<_>>().join(", ")
    };
    let ask = match (&sources[..], &with_claims[..]) {
        ([], []) if bare.iter().all(|judged| is_told_by_lists(judged.weighed.component)) => {
            "which reports tell of it? Write `sources: [SOURCE]`, with the id or the address of each"
                .to_owned()
        }
        ([], []) => format!(
            "which report says so? Write `claims: {{SOURCE: [{claim}]}}`, with its id or address for \
             SOURCE"
        ),
        ([], [source, ..]) => format!(
            "does a report itself say so? Then add `{claim}` to its claims, such as those of `{source}`"
        ),
        ([source], []) => format!(
            "does the report itself say so? Then write `claims: {{{}}}`",
            of_each(&[source])
        ),
        (sources, []) => format!(
            "does the report itself say so? Then write, for each that does, `claims: {{{}}}`",
            of_each(sources)
        ),
        (sources, _) => format!(
            "does the report itself say so? Then write under `claims:`, for each that does, `{}`",
            of_each(sources)
        ),
    };
    let lower = bare.first().and_then(|judged| needs_no_claim(judged));
    let lower = lower.map(|level| format!(" such as `{level}`")).unwrap_or_default();
    let otherwise =
        format!("if none does, code a lower level{lower}, or give the reason as `because:`");
    vec![ask, otherwise]
}

/// The sources of some claims, each once.
fn sources_of<'e>(claims: &[&'e Claim]) -> Vec<&'e str> {
    let mut seen = BTreeSet::new();
    let sources = claims.iter().map(|claim| &*claim.source.value);
    sources.filter(|id| seen.insert(*id)).collect()
}

/// Whether an entry of `sources` supports the component.
const fn is_told_by_lists(component: Component) -> bool {
    matches!(component, Component::Event | Component::Location)
}

/// An id or an address, as a key in brackets.
fn key(source: &str) -> String {
    match Identifier::parse(source) {
        Ok(_) => source.to_owned(),
        Err(_) => syntax::in_quotes(source),
    }
}

/// A claim that supports the values that lack one: it affirms what has one value, and says which where
/// there are several. What it says of any component supports the event.
fn claim(evidence: &Evidence<'_>, bare: &[&Judged<'_>]) -> String {
    let event = &evidence.bound.filed.event;
    let (mut affirms, mut says) = (Vec::new(), Vec::<(&str, Vec<String>)>::new());
    for Coded { component, value, .. } in bare.iter().filter_map(|judged| judged.weighed.coded) {
        let name = component.core_name().unwrap_or_default();
        if event.coded(*component).len() == 1 {
            affirms.push(name);
            continue;
        }
        let value = evidence.bound.binding.written(*component, &value.value);
        let value = syntax::scalar(&value).into_owned();
        match says.last_mut().filter(|(said, _)| *said == name) {
            Some((_, values)) => values.push(value),
            None => says.push((name, vec![value])),
        }
    }
    if affirms.is_empty() && says.is_empty() {
        affirms.push("event");
    }
    let affirms = Some(affirms).filter(|names| !names.is_empty());
    let affirms = affirms.map(|names| format!("affirms: [{}]", names.join(", ")));
    let each = says.iter().map(|(name, values)| format!("{name}: [{}]", values.join(", ")));
    let says = Some(each.collect::<Vec<_>>()).filter(|each| !each.is_empty());
    let says = says.map(|each| format!("says: {{{}}}", each.join(", ")));
    let parts: Vec<_> = affirms.into_iter().chain(says).collect();
    format!("{{{}}}", parts.join(", "))
}

/// The strongest level for which the policy asks for no claim.
fn needs_no_claim<'e>(judged: &Judged<'e>) -> Option<&'e str> {
    let codebook = judged.evidence.bound.binding.codebook;
    let scale = codebook.list(Role::Certainty);
    let asked = codebook.policy.levels(judged.weighed.component).iter();
    let weakest = asked.filter_map(|level| scale.rank(level.certainty)).min()?;
    let free = scale.codes().filter(|code| scale.rank(*code).is_some_and(|rank| rank < weakest));
    let strongest = free.max_by_key(|code| scale.rank(*code))?;
    Some(judged.code_of(strongest))
}
