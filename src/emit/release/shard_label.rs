//! What a shard is of.

use serde::{Deserialize, Serialize};

use super::build_id::digest_of;
use crate::dataset::{Dataset, Shard};
use crate::source::Files;

/// What a shard says of itself in its manifest. Only shards of one build are put together.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct ShardLabel {
    /// Which one it is, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
    /// A name of the codebook and its lists, and of this eventc.
    pub codebook: String,
    /// A name of every file of the dataset.
    pub records: String,
    /// Whether what is restricted was asked for.
    pub with_restricted: bool,
}

impl ShardLabel {
    /// The label of a shard of a dataset, all of whose files were read.
    pub fn new(shard: Shard, dataset: &Dataset, files: &Files, with_restricted: bool) -> Self {
        let Shard { number, of } = shard;
        let [records, codebook] = dataset.folders().map(|folder| digest_of(files, &[], &[folder]));
        Self { number, of, codebook, records, with_restricted }
    }
}
