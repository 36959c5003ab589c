//! What a build writes: tables, and the files that describe them.
//!
//! Does: write tables, and what describes them, to the streams it is given; put a dataset's folder
//! together.
//!
//! Must never: weigh evidence, or make a value that is not in a table; formats differ in form only.

mod batches;
pub mod codebook;
pub mod csv;
pub mod dataset;
mod error;
mod geojson;
mod geometry;
pub mod json_schema;
pub mod markdown;
pub mod metadata;
pub mod parquet;
mod point;
mod release;
mod row_group;
mod shard_chunks;
mod shards;
pub mod sink;
mod tabulate;
#[cfg(test)]
mod tests;
pub mod writer;

pub use batches::batches;
pub use dataset::{Built, commit, stage, stage_agreement};
pub use error::BuildError;
pub use release::{DATAPACKAGE, FORMAT_VERSION, GENERATOR, SUMS, ShardLabel};

pub use shards::Shards;
pub use sink::TableFormat;

/// Every format of tables that a build can write, in the order of its files.
pub static FORMATS: &[&TableFormat] =
    &[&csv::FORMAT, &parquet::FORMAT, &parquet::GEO, &geojson::FORMAT, &csv::SPREADSHEET];

/// The formats that a build writes unless others are chosen.
pub static DEFAULT_FORMATS: &[&TableFormat] = &[&csv::FORMAT, &parquet::FORMAT, &parquet::GEO];
