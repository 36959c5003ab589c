//! What a shard tells of its records to whoever compares those of all shards.

use super::gathered::Gathered;
use super::used::{Entry, Used};
use super::{misspelled_claimant, unused_entry};
use crate::dataset::{Binding, EntryMention, Mentions, NameMention, Registry, Shard};
use crate::record::Referent;

/// What the records of a shard mention.
pub(super) fn mentions(binding: Binding<'_>, gathered: &Gathered<'_>, shard: Shard) -> Mentions {
    let dataset = binding.dataset;
    let mut entries = Vec::new();
    if unused_entry::may_use_any(dataset, gathered) {
        entries.push(EntryMention { entry: None, is_used: true, place: None });
    }
    // Every shard sees what entries say, so the one that has an entry tells of it.
    let by_entries = Used::by_entries(dataset);
    let mut add = EntryMentions { shard, used: &gathered.used, by_entries: &by_entries, entries };
    add.of(Referent::Actor, &dataset.actors, Entry::Actor);
    add.of(Referent::Place, &dataset.places, Entry::Place);
    add.of(Referent::Source, &dataset.sources, Entry::Source);
    let known = misspelled_claimant::known_names(dataset).into_iter().enumerate();
    let known = known.filter(|(_, name)| shard.holds(name));
    let mut names: Vec<_> =
        known.map(|(position, name)| NameMention::new(name, position, None)).collect();
    for (position, (name, place)) in gathered.claimants.first().enumerate() {
        let event = dataset.event_at(place).map_or("", |event| event.id());
        names.push(NameMention::new(name, position, Some((event.into(), place))));
    }
    Mentions { entries: add.entries, names }
}

struct EntryMentions<'u> {
    shard: Shard,
    used: &'u Used,
    by_entries: &'u Used,
    entries: Vec<EntryMention>,
}

impl EntryMentions<'_> {
    fn of<T>(&mut self, what: Referent, registry: &Registry<T>, entry: fn(u32) -> Entry) {
        for (at, registered) in (0..).zip(registry.entries()) {
            let id = &registered.id.value;
            let (is_here, is_used) = (self.shard.holds(id), self.used.has(entry(at)));
            if is_here || is_used && !self.by_entries.has(entry(at)) {
                let place = is_here.then(|| registered.location().into());
                let entry = Some((what, id.clone()));
                self.entries.push(EntryMention { entry, is_used, place });
            }
        }
    }
}
