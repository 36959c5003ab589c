//! Two records that may code the same event.

mod alike;
mod blocks;

use std::collections::{HashMap, HashSet};

use crate::dataset::{Binding, BoundEvent, FiledEvent};
use crate::diagnostic::Diagnostic;
use crate::record::SchemeId;
use crate::source::{Location, Span, Spanned};

rule!("possible-duplicate", Warning, Dataset(check));

fn check(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let mut answered = answered(binding);
    same_ids(binding, &mut answered, found);
    let mut blocks = blocks::Blocks::default();
    for bound in one_record_an_event(binding) {
        let id = bound.filed.id();
        let mut others = blocks.add(bound);
        others.retain(|other| {
            !answered.contains(&(id, other.filed.id())) && alike::are_alike(*other, bound)
        });
        found.extend(diagnostic(bound, &others));
    }
}

/// One record of each event: the adjudicated one, or else the first coder's. Records that could not be
/// read completely are skipped, because they may differ in the missing part.
fn one_record_an_event(binding: Binding<'_>) -> impl Iterator<Item = BoundEvent<'_>> {
    let events = binding.dataset.one_record_an_event();
    let intact = events.into_iter().filter(|filed| filed.event.intact);
    intact.map(move |filed| BoundEvent { binding, filed })
}

/// The pairs of events that a record relates: its author knew both.
fn answered(binding: Binding<'_>) -> HashSet<(&str, &str)> {
    let mut pairs = HashSet::new();
    for filed in &binding.dataset.events {
        for related in &filed.event.related {
            pairs.insert((filed.id(), &*related.event.value));
            pairs.insert((&*related.event.value, filed.id()));
        }
    }
    pairs
}

/// Reports events that have an id of another dataset in common, and adds their pairs to those answered.
fn same_ids<'p>(
    binding: Binding<'p>,
    answered: &mut HashSet<(&'p str, &'p str)>,
    found: &mut Vec<Diagnostic>,
) {
    let mut first_with: HashMap<(usize, &str), (&FiledEvent, Span)> = HashMap::new();
    for BoundEvent { filed, .. } in one_record_an_event(binding) {
        for Spanned { value: SchemeId { scheme, id }, span: place } in &filed.event.ids {
            let (first, span) = *first_with.entry((*scheme, id)).or_insert((filed, *place));
            let is_new = first.id() != filed.id() && answered.insert((filed.id(), first.id()));
            if is_new {
                let scheme = &binding.codebook.id_schemes[*scheme].name;
                let message = format!(
                    "`{}` has the same id `{}` of `{scheme}` as `{}`",
                    filed.id(),
                    id,
                    first.id()
                );
                let place = Location::new(filed.file, *place);
                let diagnostic =
                    Diagnostic::new(RULE.name, place, message).label("the same event?");
                let diagnostic = diagnostic.also(Location::new(first.file, span), "the same id");
                found.push(diagnostic.help(help(first.id())));
            }
        }
    }
}

/// Most records that a finding points at.
const SHOWN: usize = 4;

fn diagnostic(bound: BoundEvent<'_>, others: &[BoundEvent<'_>]) -> Option<Diagnostic> {
    let (filed, first) = (bound.filed, others.first()?.filed.id());
    let more = match others.len() {
        1 => String::new(),
        2 => " and another".to_owned(),
        number => format!(" and {} others", number - 1),
    };
    let source = others.iter().find_map(|other| alike::shared_source(bound, *other));
    let source = source.map(|source| format!(", and lists the same source `{source}`"));
    let message = format!(
        "`{}` is similar to `{first}`{more} in day, place, actors and action{}",
        filed.id(),
        source.unwrap_or_default()
    );
    let mut found = Diagnostic::new(RULE.name, filed.location(), message).label("the same event?");
    for other in others.iter().take(SHOWN) {
        found = found.also(other.filed.location(), "similar record");
    }
    Some(found.help(help(first)))
}

fn help(first: &str) -> String {
    format!(
        "if they are two events, write `related: [{{event: {first}, as: distinct-from}}]`; if they \
         are one, delete a record or write `as: duplicate-of`"
    )
}
