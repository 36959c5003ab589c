//! Tables: their columns in order, each defined once.
//!
//! Does: define what a column is, make cells from rows, prove that a cell fits its column, and
//! gather cells into Arrow batches. CSV, Parquet and its metadata, the data package and the
//! codebook are all derived from the same [`column::Column`]s.
//!
//! Must never: write a file, or decide anything about an event; a row holds what was decided.

pub mod batch;
pub mod cell;
pub mod cells;
pub mod column;
pub mod misfit;
pub mod order;

mod agreement;
mod attribution;
mod blocks;
mod claim_row;
mod claims;
mod clash;
mod codes;
mod codings;
mod column_type;
mod columns;
mod description;
mod dyads;
mod event_row;
mod events;
mod extra_fields;
mod figures;
mod ids;
mod judgement_columns;
mod keys;
mod links;
mod mentions;
mod participants;
mod position_text;
mod positions;
mod registries;
mod relations;
mod scale;
#[cfg(test)]
pub(crate) mod tests;
mod traits;

pub use agreement::{agreement, disagreement_rows, disagreements};
pub use blocks::{block_rows, blocks};
pub use claim_row::claim_rows;
pub use claims::claims;
pub use clash::without_clashes;
pub use codes::{code_rows, codes};
pub use codings::{coding_rows, codings};
pub use description::{ColumnDescription, TableDescription, descriptions};
pub use dyads::{dyad_rows, dyads};
pub use event_row::EventRow;
pub use events::events;
pub use ids::{id_rows, ids};
pub use keys::{KeyRow, keys};
pub use links::{link_rows, links};
pub use mentions::{entries, entry_rows, name_rows, names};
pub use participants::{participant_rows, participants};
pub use positions::{position_rows, positions};
pub use registries::{actors, places, sources};
pub use relations::{relation_rows, relations};
pub use traits::{trait_rows, traits};
