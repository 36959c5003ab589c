//! Finding circles of references.

use std::collections::{BTreeMap, VecDeque};

use crate::source::Location;

/// A directed graph of things that refer to others of their kind, by id.
#[derive(Debug, Default)]
pub(super) struct Graph<'g> {
    names: Vec<&'g str>,
    positions: BTreeMap<&'g str, usize>,
    references: Vec<Vec<Reference>>,
}

/// A reference to another thing, and where it is written.
#[derive(Clone, Copy, Debug)]
struct Reference {
    to: usize,
    place: Location,
}

/// References that lead from a thing back to it.
#[derive(Debug, PartialEq)]
pub(super) struct Circle<'g> {
    /// The things in the circle, each referring to the next and the last to the first.
    pub(super) names: Vec<&'g str>,
    /// Where each refers to the next.
    pub(super) places: Vec<Location>,
}

impl<'g> Graph<'g> {
    /// Adds a reference from one thing to another.
    pub(super) fn add(&mut self, from: &'g str, to: &'g str, place: Location) {
        let (from, to) = (self.position(from), self.position(to));
        self.references[from].push(Reference { to, place });
    }

    fn position(&mut self, name: &'g str) -> usize {
        *self.positions.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.references.push(Vec::new());
            self.names.len() - 1
        })
    }

    /// Every reference of a thing to itself, and one circle of each strongly connected component: the shortest that
    /// begins with the first reference, in the order of the files, within the component. Takes time linear in the number
    /// of references, but for their order.
    pub(super) fn circles(&self) -> Vec<Circle<'g>> {
        let mut found = Vec::new();
        let groups = self.groups();
        let mut firsts: BTreeMap<usize, (Location, usize, usize)> = BTreeMap::new();
        for (at, references) in self.references.iter().enumerate() {
            if let Some(own) = references.iter().find(|reference| reference.to == at) {
                found.push(Circle { names: vec![self.names[at]], places: vec![own.place] });
            }
            for Reference { to, place } in references {
                if *to != at && groups[*to] == groups[at] {
                    let link = (*place, at, *to);
                    let first = firsts.entry(groups[at]).or_insert(link);
                    *first = link.min(*first);
                }
            }
        }
        found.extend(firsts.into_values().filter_map(|first| self.circle_from(first, &groups)));
        found
    }

    /// The shortest circle that begins with a reference from `start`, at a place, to another thing of its group.
    fn circle_from(
        &self,
        (place, start, next): (Location, usize, usize),
        groups: &[usize],
    ) -> Option<Circle<'g>> {
        let mut came = BTreeMap::from([(next, (start, place))]);
        let mut waiting = VecDeque::from([next]);
        while let Some(at) = waiting.pop_front() {
            for Reference { to, place } in &self.references[at] {
                if *to == start {
                    return Some(self.way_back(start, (at, *place), &came));
                }
                if groups[*to] == groups[start] && !came.contains_key(to) {
                    came.insert(*to, (at, *place));
                    waiting.push_back(*to);
                }
            }
        }
        None
    }

    fn way_back(
        &self,
        start: usize,
        closing: (usize, Location),
        came: &BTreeMap<usize, (usize, Location)>,
    ) -> Circle<'g> {
        let mut way = vec![closing];
        while let Some((from, place)) = way.last().and_then(|(at, _)| came.get(at)) {
            way.push((*from, *place));
            if *from == start {
                break;
            }
        }
        way.reverse();
        let (names, places) = way.iter().map(|(at, place)| (self.names[*at], *place)).unzip();
        Circle { names, places }
    }

    /// The strongly connected component of each thing, by Kosaraju's algorithm.
    fn groups(&self) -> Vec<usize> {
        let mut referring = vec![Vec::new(); self.names.len()];
        for (from, references) in self.references.iter().enumerate() {
            references.iter().for_each(|reference| referring[reference.to].push(from));
        }
        let mut groups = vec![usize::MAX; self.names.len()];
        for start in self.by_end().into_iter().rev() {
            let mut waiting = vec![start];
            while let Some(at) = waiting.pop() {
                if groups[at] == usize::MAX {
                    groups[at] = start;
                    waiting.extend(&referring[at]);
                }
            }
        }
        groups
    }

    /// The things in postorder: each after all that it refers to, except in circles.
    fn by_end(&self) -> Vec<usize> {
        let mut seen = vec![false; self.names.len()];
        let mut ended = Vec::new();
        for start in 0..self.names.len() {
            // Things on the current path, with how many of their references were followed.
            let mut way = if seen[start] { Vec::new() } else { vec![(start, 0)] };
            seen[start] = true;
            while let Some((at, followed)) = way.last_mut() {
                match self.references[*at].get(*followed) {
                    Some(next) => {
                        *followed += 1;
                        if !std::mem::replace(&mut seen[next.to], true) {
                            way.push((next.to, 0));
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
}
