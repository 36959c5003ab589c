//! Things held by their paths, where only folders with something in them exist.

use std::collections::BTreeMap;

/// Things by their paths. The root is the empty path.
#[derive(Clone, Debug)]
pub(super) struct ByPath<T>(BTreeMap<String, T>);

impl<T> ByPath<T> {
    pub(super) fn get(&self, path: &str) -> Option<&T> {
        self.0.get(path)
    }

    pub(super) fn insert(&mut self, path: String, thing: T) {
        self.0.insert(path, thing);
    }

    pub(super) fn is_folder(&self, path: &str) -> bool {
        self.under(path).next().is_some()
    }

    /// What stands in a folder by name, sorted; of a folder, nothing.
    pub(super) fn entries(&self, folder: &str) -> Vec<(&str, Option<&T>)> {
        let mut entries: Vec<_> = self
            .under(folder)
            .map(|(rest, thing)| match rest.split_once('/') {
                Some((name, _)) => (name, None),
                None => (rest, Some(thing)),
            })
            .collect();
        entries.dedup_by_key(|(name, _)| *name);
        entries
    }

    /// All that stands under a folder, with the rest of each path.
    fn under(&self, folder: &str) -> impl Iterator<Item = (&str, &T)> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = self.0.range(prefix.clone()..);
        from.map_while(move |(path, thing)| Some((path.strip_prefix(&prefix)?, thing)))
    }
}

impl<T> Default for ByPath<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}
