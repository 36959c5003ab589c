//! The tables `entries` and `names`: what the records of a shard mention, and what they might.

use super::column::Table;
use super::columns::columns;
use crate::dataset::{EntryMention, NameMention};
use crate::record::Referent;
use crate::source::Files;

/// A mention, and the path of its file where it has a place.
#[derive(Clone, Copy, Debug)]
pub struct MentionRow<'p, M> {
    mention: &'p M,
    file: Option<&'p str>,
}

/// The rows of some entries.
pub fn entry_rows<'p>(
    entries: &'p [EntryMention],
    files: &'p Files,
) -> Vec<MentionRow<'p, EntryMention>> {
    let row = |mention: &'p EntryMention| {
        let file = mention.place.map(|place| files.path(place.location.file));
        MentionRow { mention, file }
    };
    entries.iter().map(row).collect()
}

/// The rows of some names.
pub fn name_rows<'p>(
    names: &'p [NameMention],
    files: &'p Files,
) -> Vec<MentionRow<'p, NameMention>> {
    let row = |mention: &'p NameMention| {
        let claimant = mention.claimant.as_ref();
        let file = claimant.map(|(_, place)| files.path(place.location.file));
        MentionRow { mention, file }
    };
    names.iter().map(row).collect()
}

/// The table `entries`.
pub fn entries<'p>() -> Table<'p, MentionRow<'p, EntryMention>> {
    let columns = columns! { |row: MentionRow<'p, EntryMention>|
        when true;
        /// Registry that has the entry; missing for a name that may stand for any entry.
        registry: Category = row.mention.entry.as_ref().map(|(registry, _)| match registry {
            Referent::Actor => "actors",
            Referent::Place => "places",
            _ => "sources",
        });
        /// Id of the entry.
        entry: Text = row.mention.entry.as_ref().map(|(_, id)| &**id);
        /// Whether something refers to it, as far as the shard sees.
        is_used: Boolean = row.mention.is_used;
        /// File of the entry, in the one shard that its id falls in.
        file: Text = row.file;
        /// Line of its id there, from 1.
        line: Int32 = row.mention.place.map(|place| place.line);
    };
    Table::new(
        "entries",
        "An entry of a registry, in the shard that its id falls in and in those whose records use it.",
        &["registry", "entry"],
        columns,
    )
}

/// The table `names`.
pub fn names<'p>() -> Table<'p, MentionRow<'p, NameMention>> {
    let columns = columns! { |row: MentionRow<'p, NameMention>|
        when true;
        /// The name, as written.
        name: Text = &*row.mention.name;
        /// The name as names are compared.
        name_key: Text = &row.mention.key;
        /// What the name looks like: names with equal keys look alike.
        look_alike_key: Text = &row.mention.look;
        /// Whether it is that of a claimant who is no actor; else it is that of an actor or publisher, in the one shard
        /// that it falls in.
        is_claimant: Boolean = row.mention.claimant.is_some();
        /// Position among the claimants of the shard, or among the names of actors and publishers, from 1.
        ordinal: Int32 = row.mention.position + 1;
        /// Event of the claim where a claimant is first named in the shard.
        event_id: Text = row.mention.claimant.as_ref().map(|(event, _)| &**event);
        /// File of the record.
        file: Text = row.file;
        /// Line of the claimant there, from 1.
        line: Int32 = row.mention.claimant.as_ref().map(|(_, place)| place.line);
    };
    Table::new(
        "names",
        "A name that claimants are compared by.",
        &["is_claimant", "ordinal"],
        columns,
    )
}
