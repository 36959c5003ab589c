//! No two files use each other, directly or through others.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::sources::{Module, SOURCES};

/// What each module uses.
type Used = BTreeMap<Module, BTreeSet<Module>>;

#[test]
fn no_files_use_each_other_in_a_circle() {
    let used: Used =
        SOURCES.iter().map(|(module, _)| (module.clone(), SOURCES.used(module))).collect();
    let name = |module: &Module| SOURCES.file(module).path.display().to_string();
    let circles = used.keys().filter_map(|module| shortest_circle(&used, module));
    let circles: Vec<_> =
        circles.map(|circle| circle.iter().map(name).collect::<Vec<_>>().join(" -> ")).collect();
    assert!(circles.is_empty(), "files that use each other:\n{}", circles.join("\n"));
}

/// The shortest way from a module through those that it uses back to it.
fn shortest_circle(used: &Used, start: &Module) -> Option<Vec<Module>> {
    let mut waiting = VecDeque::from([vec![start.clone()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = waiting.pop_front() {
        for next in &used[way.last()?] {
            let longer = [&*way, std::slice::from_ref(next)].concat();
            if next == start {
                return Some(longer);
            }
            if seen.insert(next) {
                waiting.push_back(longer);
            }
        }
    }
    None
}
