//! Datasets: records together with what they refer to.
//!
//! Does: read the files of every dataset, keep registries and events, put events in the order of
//! the tables, and bind a record's names when it is visited.
//!
//! Must never: judge a record, or change one other than by giving a source that is named by its address
//! the name of its entry.

mod area;
mod bound;
mod codings;
mod contents;
mod event_file;
mod event_summary;
mod folder;
mod known;
mod listed_sources;
mod load;
mod lost;
mod membership;
mod mentions;
mod names;
mod pages;
mod project;
mod proposal;
mod published;
mod publishers;
mod reach;
mod read_event;
mod read_file;
mod records;
mod registry;
mod revised;
mod same_page;
mod shard;
mod stray;
mod written;

pub use area::{Area, distance};
pub use bound::{ActorIdentity, Binding, BoundEvent, PlaceIdentity, SERIES};
pub use codings::{CodersRecord, split_coder};
pub use contents::{Dataset, EntryFields, levels_before};
pub use event_summary::{EventSummary, FiledEvent};
pub use known::{FindKnown, Known};
pub use load::{
    LoadedDatasets, Reading, Selection, is_of_event, load, load_files, load_registries,
    load_visiting,
};
pub use mentions::{EntryMention, Mentions, NameMention};
pub use names::Names;
pub use project::Project;
pub use proposal::{Proposal, source_id};
pub use published::{Published, Restricted};
pub use registry::{Registry, RegistryEntry};
pub use revised::{Change, GoneId, RevisedDataset, RevisedEvent};
pub use shard::Shard;
