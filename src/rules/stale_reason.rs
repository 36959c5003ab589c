//! A reason that was not updated for a new value.

use super::recoded::recoded;
use crate::dataset::{BoundEvent, RevisedEvent};
use crate::diagnostic::Diagnostic;
use crate::record::Coded;
use crate::schema::{Code, Role};
use crate::source::Location;

rule!("stale-reason", Warning, Revised(check));

fn check(revised: RevisedEvent<'_>, found: &mut Vec<Diagnostic>) {
    let (was, is) = (&revised.before.filed.event, &revised.after.filed.event);
    for name in revised.before.binding.codebook.component_names() {
        let of = |bound: BoundEvent<'_>| bound.binding.codebook.component(name);
        let (Some(before), Some(after)) = (of(revised.before), of(revised.after)) else { continue };
        let is_recoded = recoded(revised, name).is_some();
        for coded in is.coded(after) {
            let Some(because) = coded.because.as_deref() else { continue };
            let same = |was: &&Coded| was.because.as_deref() == Some(because);
            let Some(was) = was.coded(before).iter().find(same) else { continue };
            let levels = (was.certainty.value().copied(), coded.certainty.value().copied());
            let what = match level_change(revised, levels) {
                _ if is_recoded => format!("{name} has a new value"),
                Some(change) => format!("the certainty of {name} {change}"),
                None => continue,
            };
            found.push(diagnostic(revised, coded.value.span, &what));
        }
    }
    let levels = (was.certainty.spanned(), is.certainty.spanned());
    if let (Some(before), Some(after)) = levels
        && is.because.is_some()
        && is.because == was.because
        && let Some(change) = level_change(revised, (Some(before.value), Some(after.value)))
    {
        found.push(diagnostic(
            revised,
            after.span,
            &format!("the certainty of the event {change}"),
        ));
    }
}

/// How a certainty changed, if it did.
fn level_change(revised: RevisedEvent<'_>, of: (Option<Code>, Option<Code>)) -> Option<String> {
    let written = |bound: BoundEvent<'_>, code: Option<Code>| {
        let list = bound.binding.codebook.list(Role::Certainty);
        code.map(|code| list.entry(code).code.to_string())
    };
    let (was, is) = (written(revised.before, of.0), written(revised.after, of.1));
    let shown = |level: &Option<String>| {
        level
            .as_ref()
            .map_or_else(|| "no level of its own".to_owned(), |level| format!("`{level}`"))
    };
    (was != is).then(|| format!("changed from {} to {}", shown(&was), shown(&is)))
}

fn diagnostic(revised: RevisedEvent<'_>, span: crate::source::Span, what: &str) -> Diagnostic {
    let place = Location::new(revised.after.filed.file, span);
    let message = format!("{what}, but its `because` did not change");
    Diagnostic::new(RULE.name, place, message)
        .label("changed, but the reason was not")
        .help("write in `because` why the new value holds, or remove it")
}
