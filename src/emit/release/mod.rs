//! What stands beside the tables of a release: files that say what it is, how to read and cite it, and
//! how to verify it.

mod build_id;
mod checksums;
mod citation;
mod datapackage;
mod license;
mod load_r;
mod manifest;
mod readme;
mod shard_label;

pub use build_id::GENERATOR;
pub(super) use checksums::Digests;
pub use checksums::SUMS;
pub(super) use citation::{CITATION, citation_file};
pub use datapackage::DATAPACKAGE;
pub(super) use datapackage::datapackage;
pub(super) use license::{LICENSE, license_text};
pub(super) use load_r::{LOAD_R, load_r};
pub use manifest::FORMAT_VERSION;
pub(super) use manifest::{describe, manifest};
pub(super) use readme::{README, readme};
pub use shard_label::ShardLabel;

use crate::table::TableDescription;

/// A table of a release: what it is, and how many rows it has.
pub(super) type Written = (TableDescription, u64);
