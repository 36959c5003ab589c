//! An event that only single coders coded.

use super::gathered::Gathered;
use crate::dataset::{Binding, EventSummary};
use crate::diagnostic::Diagnostic;

rule!("unadjudicated-event", Warning, Nothing, across(check, "{} is coded only by single coders"));

/// Most coders that a finding names.
const NAMED: usize = 4;

fn check(binding: Binding<'_>, _: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    // A file that could not be read may hold the adjudicated record.
    if binding.dataset.lacks_events {
        return;
    }
    found.extend(binding.dataset.unadjudicated().iter().filter_map(|records| diagnostic(records)));
}

fn diagnostic(records: &[&EventSummary]) -> Option<Diagnostic> {
    let first = records.first()?;
    let id = first.id();
    let mut coders: Vec<_> = records.iter().filter_map(|filed| filed.coder()).collect();
    coders.dedup();
    let named: Vec<_> = coders.iter().take(NAMED).map(|coder| format!("`{coder}`")).collect();
    let more = match coders.len().saturating_sub(NAMED) {
        0 => String::new(),
        others => format!(" and {others} more"),
    };
    let message =
        format!("`{id}` is coded only by {}{more}: there is no `{id}.yaml`", named.join(", "));
    let help = format!(
        "write what is agreed as `{id}.yaml`, with `coding: {{status: adjudicated}}`; until then the \
         event is in no table but `codings`"
    );
    let found = Diagnostic::new(RULE.name, first.location(), message).label("not adjudicated");
    Some(found.help(help))
}
