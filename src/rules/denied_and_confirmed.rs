//! An actor that denies an act coded at the highest certainty.

use super::weighing::found_of;
use crate::diagnostic::Diagnostic;
use crate::evidence::Evidence;
use crate::record::Value;
use crate::schema::{Component, Role};
use crate::source::Location;

rule!("denied-and-confirmed", Warning, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let scale = evidence.bound.binding.codebook.list(Role::Certainty);
    let strongest = scale.codes().filter_map(|code| scale.rank(code)).max();
    for weighed in
        evidence.components.iter().filter(|weighed| weighed.component == Component::Actor)
    {
        let (Some(coded), Some(certainty)) = (weighed.coded, weighed.certainty) else { continue };
        let Value::Actor(actor) = &coded.value.value else { continue };
        if scale.rank(certainty).is_none()
            || scale.rank(certainty) != strongest
            || coded.because.is_some()
        {
            continue;
        }
        let own_denial = |at: &&usize| evidence.claims[**at].speaks_for(coded);
        if let Some(denial) = weighed.opposing.claims.iter().find(own_denial) {
            let place = Location::new(evidence.bound.filed.file, coded.value.span);
            let level = &scale.entry(certainty).code;
            let message = format!("actor `{actor}` is coded `{level}`, but denies it");
            let (denied, words) = found_of(evidence, Component::Actor, *denial, "denies");
            let diagnostic = Diagnostic::new(RULE.name, place, message).label("coded as the actor");
            found.push(
                diagnostic
                    .also(denied, words)
                    .help("lower the certainty, or give the reason as `because:`"),
            );
        }
    }
}
