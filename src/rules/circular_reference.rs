//! Something that refers to itself, directly or through others.

use std::collections::BTreeMap;

use super::circles::{Circle, Graph};
use super::gathered::Gathered;
use crate::dataset::{Binding, Registry, RegistryEntry};
use crate::diagnostic::Diagnostic;
use crate::schema::Role;
use crate::schema::relation::{self, OneWay};
use crate::source::{Location, Spanned};

rule!(
    "circular-reference",
    Error,
    Registries(check_registries),
    across(check_events, "a relation of {} leads back to where it begins")
);

fn check_registries(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    report("cites", "keep `cites` only in the later source", found, &{
        of_registry(&dataset.sources, |source| source.entry.cites.iter().collect())
    });
    report("is within", "remove `within` from the widest of these places", found, &{
        of_registry(&dataset.places, |place| place.entry.within.iter().collect())
    });
    report("is a member of", "remove `member_of` from the widest of these actors", found, &{
        of_registry(&dataset.actors, |actor| {
            // A former member may later become the parent of the organisation.
            let lasting = actor.entry.member_of.iter().filter(|one| one.to.is_none());
            lasting.map(|membership| &membership.actor).collect()
        })
    });
}

fn check_events(binding: Binding<'_>, _: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    for (verb, graph) in of_events(binding) {
        report(&verb, "remove the relation that does not hold", found, &graph);
    }
}

fn of_registry<'p, T>(
    registry: &'p Registry<T>,
    references: impl Fn(&'p RegistryEntry<T>) -> Vec<&'p Spanned<Box<str>>>,
) -> Graph<'p> {
    let mut graph = Graph::default();
    for entry in registry.entries() {
        for reference in references(entry) {
            graph.add(&entry.id.value, &reference.value, entry.at(reference.span));
        }
    }
    graph
}

/// Graphs of the one-way relations between events, by verb. A relation and its inverse share a graph,
/// and so do all relations that order events in time. Coders may disagree, so each has their own
/// graphs; and so do drafts, which must not make a finished record wrong.
fn of_events(binding: Binding<'_>) -> Vec<(String, Graph<'_>)> {
    let mut graphs: BTreeMap<(Option<&str>, bool, String), Graph<'_>> = BTreeMap::new();
    for filed in binding.dataset.events.iter().filter(|filed| !filed.id().is_empty()) {
        let key = |verb| (filed.coder(), filed.is_draft(), verb);
        for related in filed.related() {
            let place = Location::new(filed.file, related.event.span);
            let (from, to) = (filed.id(), &*related.event.value);
            let list = binding.codebook.list(Role::Relation);
            let Some(OneWay { verb, is_inverse }) = OneWay::of(list, related.relation) else {
                if from == to {
                    let verb = relation::verb(list, related.relation);
                    graphs.entry(key(verb)).or_default().add(from, to, place);
                }
                continue;
            };
            let (from, to) = if is_inverse { (to, from) } else { (from, to) };
            graphs.entry(key(verb)).or_default().add(from, to, place);
        }
    }
    graphs.into_iter().map(|((_, _, verb), graph)| (verb, graph)).collect()
}

/// Most names of a circle that a message lists.
const SHOWN: usize = 8;

fn report(verb: &str, help: &str, found: &mut Vec<Diagnostic>, graph: &Graph<'_>) {
    for Circle { names, places } in graph.circles() {
        let ([name, through @ ..], [place, others @ ..]) = (&names[..], &places[..]) else {
            continue;
        };
        let through: Vec<_> = through.iter().map(|name| format!("`{name}`")).collect();
        let message = match through.len() {
            0 => format!("`{name}` {verb} itself"),
            1..SHOWN => format!("`{name}` {verb} itself, through {}", through.join(", ")),
            more => {
                format!("`{name}` {verb} itself, through {} and {} others", through[0], more - 1)
            }
        };
        let mut diagnostic = Diagnostic::new(RULE.name, *place, message);
        for place in others.iter().take(SHOWN) {
            diagnostic = diagnostic.also(*place, "continues here");
        }
        let alone = "remove the reference to itself";
        found.push(diagnostic.help(if others.is_empty() { alone } else { help }));
    }
}
