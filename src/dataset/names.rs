//! What the names in a project stand for, and stood for before a change.

use std::collections::BTreeSet;

use super::{Binding, Dataset};
use crate::schema::{CodeList, Codebook};

/// The codes and ids of a project, and the ids that it had before a change.
#[derive(Debug)]
pub struct Names<'p> {
    codebook: &'p Codebook,
    ids: BTreeSet<&'p str>,
    former: BTreeSet<&'p str>,
}

impl<'p> Names<'p> {
    /// The names of a project, and of what it was `before` a change, if there was one.
    pub fn new(codebook: &'p Codebook, datasets: &'p [Dataset], before: &[Binding<'p>]) -> Self {
        Self {
            codebook,
            ids: datasets.iter().flat_map(ids_of).collect(),
            former: before.iter().flat_map(|binding| ids_of(binding.dataset)).collect(),
        }
    }

    /// Whether the change took an id away.
    pub fn is_gone(&self, id: &str) -> bool {
        self.former.contains(id) && !self.ids.contains(id)
    }

    /// Whether two texts are codes in use of one list, or ids, so that replacing one by the other
    /// changes what a record says.
    pub fn both_mean(&self, old: &str, new: &str) -> bool {
        let both = |list: &CodeList| {
            let in_use = |code| list.find(code).filter(|code| list.successor(*code).is_none());
            in_use(old).is_some() && in_use(new).is_some()
        };
        old != new
            && (self.codebook.lists.iter().any(both)
                || self.ids.contains(old) && self.ids.contains(new))
    }
}

fn ids_of(dataset: &Dataset) -> impl Iterator<Item = &str> {
    let registered = dataset.actors.ids().chain(dataset.places.ids()).chain(dataset.sources.ids());
    registered.chain(dataset.events.iter().map(|filed| filed.id()))
}
