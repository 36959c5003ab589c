//! Sources that cite each other in a circle.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::dataset::{Binding, RegistryEntry};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::SourceEntry;
use crate::source::{Location, Spanned};

pub(super) static RULE: Rule = Rule {
    name: "circular-cites",
    level: Level::Error,
    page: include_str!("circular_cites.md"),
    check: Check::Dataset(check),
};

fn check(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let sources = &binding.dataset.sources;
    let Some(file) = sources.file else { return };
    let entries = sources.entries();
    let positions: BTreeMap<&str, usize> =
        entries.iter().enumerate().map(|(at, source)| (&*source.id.value, at)).collect();
    let cited = |source: &RegistryEntry<SourceEntry>| -> Vec<usize> {
        let cites = source.entry.cites.iter();
        cites.filter_map(|cited| positions.get(&*cited.value).copied()).collect()
    };
    let circles = circles(&entries.iter().map(cited).collect::<Vec<_>>());
    for (at, source) in entries.iter().enumerate() {
        let leads_back = |cited: &&Spanned<Box<str>>| {
            positions.get(&*cited.value).is_some_and(|cited| circles[*cited] == circles[at])
        };
        for cited in source.entry.cites.iter().filter(leads_back) {
            let message = format!("`{}` cites a source that goes back to it", source.id.value);
            let place = Location::new(file, cited.span);
            let diagnostic = Diagnostic::new(RULE.name, place, message).label("leads back here");
            let help =
                "of two sources one repeats the other; keep `cites` at the one that came later";
            found.push(
                diagnostic.also(Location::new(file, source.id.span), "this source").help(help),
            );
        }
    }
}

/// A number for each source, the same for those that lead to each other: Kosaraju's algorithm, whose
/// time grows with the citations however long they lead on.
fn circles(cites: &[Vec<usize>]) -> Vec<usize> {
    let mut citing = vec![Vec::new(); cites.len()];
    for (source, cited) in cites.iter().enumerate() {
        cited.iter().for_each(|cited| citing[*cited].push(source));
    }
    let mut circles = vec![usize::MAX; cites.len()];
    for source in by_end(cites).into_iter().rev() {
        let mut waiting = vec![source];
        while let Some(at) = waiting.pop() {
            if circles[at] == usize::MAX {
                circles[at] = source;
                waiting.extend(&citing[at]);
            }
        }
    }
    circles
}

/// The sources such that each stands after all to which it leads, circles aside.
fn by_end(cites: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; cites.len()];
    let mut ended = Vec::new();
    for start in 0..cites.len() {
        // A source on the way, and how many of its citations were followed.
        let mut way = if seen[start] { Vec::new() } else { vec![(start, 0)] };
        seen[start] = true;
        while let Some((at, followed)) = way.last_mut() {
            match cites[*at].get(*followed) {
                Some(next) => {
                    *followed += 1;
                    if !std::mem::replace(&mut seen[*next], true) {
                        way.push((*next, 0));
                    }
                }
                None => {
                    ended.push(*at);
                    way.pop();
                }
            }
        }
    }
    ended
}
