//! Something that refers to itself, directly or through others, where it cannot.

use std::collections::BTreeMap;

use super::circles::{Circle, Graph};
use super::order::{Order, order};
use super::{Check, Rule};
use crate::dataset::{Binding, Registry, RegistryEntry};
use crate::diagnostic::{Diagnostic, Level};
use crate::schema::{Code, ColumnValue, Role};
use crate::source::{Location, Spanned};

pub(super) static RULE: Rule = Rule {
    name: "circular-reference",
    level: Level::Error,
    page: include_str!("circular_reference.md"),
    check: Check::Dataset(check),
};

fn check(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    report("cites", "keep `cites` at the source that came later", found, &{
        of_registry(&dataset.sources, |source| source.entry.cites.iter().collect())
    });
    report("lies within", "leave `within` out at the widest of these places", found, &{
        of_registry(&dataset.places, |place| place.entry.within.iter().collect())
    });
    report("is a member of", "leave `member_of` out at the widest of these actors", found, &{
        of_registry(&dataset.actors, |actor| {
            // Who left an organisation may be joined by it later.
            let lasting = actor.entry.member_of.iter().filter(|one| one.to.is_none());
            lasting.map(|membership| &membership.actor).collect()
        })
    });
    for (verb, graph) in of_events(binding) {
        report(
            &verb,
            "keep the relations that hold, and take one of the circle away",
            found,
            &graph,
        );
    }
}

fn of_registry<'p, T>(
    registry: &'p Registry<T>,
    references: impl Fn(&'p RegistryEntry<T>) -> Vec<&'p Spanned<Box<str>>>,
) -> Graph<'p> {
    let mut graph = Graph::default();
    let Some(file) = registry.file else { return graph };
    for entry in registry.entries() {
        for reference in references(entry) {
            graph.add(&entry.id.value, &reference.value, Location::new(file, reference.span));
        }
    }
    graph
}

/// The relations of the events that lead one way, by what they say. A relation and its inverse say
/// the same, and all that say which of two came first say that. Two coders may disagree, so each
/// has graphs of their own.
fn of_events(binding: Binding<'_>) -> Vec<(String, Graph<'_>)> {
    let mut graphs: BTreeMap<(Option<&str>, String), Graph<'_>> = BTreeMap::new();
    for filed in &binding.dataset.events {
        for related in &filed.event.related {
            let place = Location::new(filed.file, related.event.span);
            let (from, to) = (filed.id(), &*related.event.value);
            let Some((verb, is_inverse)) = one_way(binding, related.relation) else {
                if from == to {
                    let verb = verb(binding, related.relation);
                    graphs.entry((filed.coder.as_deref(), verb)).or_default().add(from, to, place);
                }
                continue;
            };
            let (from, to) = if is_inverse { (to, from) } else { (from, to) };
            graphs.entry((filed.coder.as_deref(), verb)).or_default().add(from, to, place);
        }
    }
    graphs.into_iter().map(|((_, verb), graph)| (verb, graph)).collect()
}

/// What a relation that leads one way says, and whether it says it of the other event; `None` for
/// one that holds both ways.
fn one_way(binding: Binding<'_>, relation: Code) -> Option<(String, bool)> {
    let list = binding.codebook.list(Role::Relation);
    match order(binding, relation) {
        Some(Order::Before) => return Some(("comes before".to_owned(), false)),
        Some(Order::After) => return Some(("comes before".to_owned(), true)),
        Some(Order::Same) | None => {}
    }
    if list.value(relation, "symmetric") != Some(&ColumnValue::Boolean(false)) {
        return None;
    }
    let inverse = match list.value(relation, "inverse") {
        Some(ColumnValue::Text(inverse)) => list.find(inverse),
        _ => None,
    };
    let first = inverse.map_or(relation, |inverse| inverse.min(relation));
    Some((verb(binding, first), first != relation))
}

fn verb(binding: Binding<'_>, relation: Code) -> String {
    format!("is `{}` to", binding.codebook.list(Role::Relation).entry(relation).code)
}

/// Names that a message tells of a long circle.
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
            diagnostic = diagnostic.also(*place, "and this leads on");
        }
        let alone = "take the reference to itself away";
        found.push(diagnostic.help(if others.is_empty() { alone } else { help }));
    }
}
