//! Two records that may code the same event.

mod blocked;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::gathered::Gathered;
use crate::dataset::{Binding, BoundEvent, EventSummary, FiledEvent};
use crate::diagnostic::Diagnostic;
use crate::likeness::{BlockDigest, Traits, When, are_alike, shared_source};
use crate::record::SchemeId;
use crate::source::{Location, Span, Spanned};

rule!(
    "possible-duplicate",
    Warning,
    Nothing,
    across(
        check,
        "{} is similar to an event before it, or has an id of another dataset in common with it"
    )
);

fn check(binding: Binding<'_>, gathered: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    let mut blocks = gathered.blocks.of_records().enumerate();
    let compared = binding.dataset.compared();
    let compared = compared.filter_map(|(at, event)| {
        let (_, blocks) = blocks.find(|(of, _)| *of == at)?;
        Some(Compared { event, blocks })
    });
    let events: Vec<_> = compared.collect();
    let mut answered = answered(binding);
    same_ids(binding, &events, &mut answered, found);
    let pairs = alike_pairs(binding, &events, &answered);
    let of_event = pairs.chunk_by(|one, next| one.event == next.event);
    found.extend(of_event.filter_map(|pairs| diagnostic(&events, pairs)));
}

/// An event that is compared with others.
#[derive(Clone, Copy)]
struct Compared<'p> {
    event: &'p EventSummary,
    /// The blocks that it is in, and those with whose events it is compared.
    blocks: (&'p [BlockDigest], &'p [BlockDigest]),
}

/// Pairs of events of which it is known how they differ, by their ids.
type Answered<'p> = HashSet<(&'p str, &'p str), RandomState>;

/// Two events that are alike: their positions among those compared.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    event: usize,
    /// The one that stands before it.
    earlier: usize,
    /// A source that both list.
    source: Option<Box<str>>,
}

/// The events that are alike, in order.
fn alike_pairs(
    binding: Binding<'_>,
    events: &[Compared<'_>],
    answered: &Answered<'_>,
) -> Vec<Pair> {
    let on_its_days = |(at, one): (u32, &Compared<'_>)| {
        When::of(one.event).into_iter().map(move |when| (when, at))
    };
    let mut by_day: Vec<_> = (0..).zip(events).flat_map(on_its_days).collect();
    by_day.par_sort_unstable();
    let of_days: Vec<_> = by_day.chunk_by(|(one, _), (next, _)| one == next).collect();
    let several = of_days.into_par_iter().filter(|of_day| of_day.len() > 1);
    let of_day = |of_day: &[(When, u32)]| alike_of_day(binding, events, of_day, answered);
    let mut pairs: Vec<_> = several.flat_map_iter(of_day).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The events of a day that are alike. What they say is read only of those that have a block in common.
fn alike_of_day(
    binding: Binding<'_>,
    events: &[Compared<'_>],
    of_day: &[(When, u32)],
    answered: &Answered<'_>,
) -> Vec<Pair> {
    let of_day: Vec<_> =
        of_day.iter().map(|(_, at)| (*at as usize, events[*at as usize])).collect();
    let outlines: Vec<_> = of_day.iter().map(|_| OnceCell::new()).collect();
    let traits: Vec<_> = of_day.iter().map(|_| OnceCell::new()).collect();
    let traits_of = |at: usize| {
        let summary = of_day[at].1.event;
        let of_outline = || {
            let event = outlines[at].get_or_init(|| binding.dataset.outline(summary)).as_ref()?;
            Some(Traits::of(BoundEvent { binding, filed: FiledEvent { summary, event } }))
        };
        traits[at].get_or_init(of_outline).as_ref()
    };
    let mut blocked = blocked::Blocked::default();
    let mut pairs = Vec::new();
    for (at, (event, one)) in of_day.iter().enumerate() {
        for near in blocked.add(one.blocks) {
            let (earlier, other) = of_day[near];
            if answered.contains(&(one.event.id(), other.event.id())) {
                continue;
            }
            let Some((that, this)) = traits_of(near).zip(traits_of(at)) else { continue };
            if are_alike(that, this) {
                let source = shared_source(that, this).map(Box::from);
                pairs.push(Pair { event: *event, earlier, source });
            }
        }
    }
    pairs
}

/// The pairs of events that a record relates: its author knew both.
fn answered(binding: Binding<'_>) -> Answered<'_> {
    let mut pairs = Answered::default();
    for filed in &binding.dataset.events {
        for related in filed.related() {
            pairs.insert((filed.id(), &*related.event.value));
            pairs.insert((&*related.event.value, filed.id()));
        }
    }
    pairs
}

/// Reports events that have an id of another dataset in common, and adds their pairs to those answered.
fn same_ids<'p>(
    binding: Binding<'p>,
    events: &[Compared<'p>],
    answered: &mut Answered<'p>,
    found: &mut Vec<Diagnostic>,
) {
    let mut first_with: HashMap<(usize, &str), (&EventSummary, Span)> = HashMap::new();
    for Compared { event: filed, .. } in events {
        for Spanned { value: SchemeId { scheme, id }, span: place } in filed.ids() {
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

fn diagnostic(events: &[Compared<'_>], pairs: &[Pair]) -> Option<Diagnostic> {
    let first_pair = pairs.first()?;
    let (event, first) = (events[first_pair.event].event, events[first_pair.earlier].event.id());
    let more = match pairs.len() {
        1 => String::new(),
        2 => " and another".to_owned(),
        number => format!(" and {} others", number - 1),
    };
    let source = pairs.iter().find_map(|pair| pair.source.as_ref());
    let source = source.map(|source| format!(", and lists the same source `{source}`"));
    let message = format!(
        "`{}` is similar to `{first}`{more} in day, place, actors and action{}",
        event.id(),
        source.unwrap_or_default()
    );
    let mut found = Diagnostic::new(RULE.name, event.location(), message).label("the same event?");
    for pair in pairs.iter().take(SHOWN) {
        found = found.also(events[pair.earlier].event.location(), "similar record");
    }
    Some(found.help(help(first)))
}

fn help(first: &str) -> String {
    format!(
        "if they are two events, write `related: [{{event: {first}, as: distinct-from}}]`; if they \
         are one, delete a record or write `as: duplicate-of`"
    )
}
