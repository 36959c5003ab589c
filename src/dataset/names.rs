//! What the names in a project stand for, and stood for before a change.

use super::{Binding, Dataset};
use crate::schema::{CodeList, Codebook};

/// The codes and ids of a project, and the ids that it had before a change.
#[derive(Debug)]
pub struct Names<'p> {
    codebook: &'p Codebook,
    datasets: &'p [Dataset],
    before: &'p [Binding<'p>],
}

impl<'p> Names<'p> {
    /// The names of a project, and of what it was `before` a change, if there was one.
    pub const fn new(
        codebook: &'p Codebook,
        datasets: &'p [Dataset],
        before: &'p [Binding<'p>],
    ) -> Self {
        Self { codebook, datasets, before }
    }

    /// Whether the change took an id away.
    pub fn is_gone(&self, id: &str) -> bool {
        self.before.iter().any(|binding| binding.dataset.has_id(id)) && !self.has_id(id)
    }

    /// Whether two texts are codes in use of one list, or ids, so that replacing one by the other
    /// changes what a record says.
    pub fn both_mean(&self, old: &str, new: &str) -> bool {
        let both = |list: &CodeList| {
            let in_use = |code| list.find(code).filter(|code| list.successor(*code).is_none());
            in_use(old).is_some() && in_use(new).is_some()
        };
        old != new && (self.codebook.lists.iter().any(both) || self.has_id(old) && self.has_id(new))
    }

    fn has_id(&self, id: &str) -> bool {
        self.datasets.iter().any(|dataset| dataset.has_id(id))
    }
}
