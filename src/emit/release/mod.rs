//! What stands beside the tables of a release: files that say what it is, how to read and cite it, and
//! how to verify it.

mod build_id;
mod checksums;
mod citation;
mod datapackage;
mod license;
mod manifest;

pub(super) use checksums::{Digests, Followed, SUMS};
pub(super) use datapackage::{DATAPACKAGE, datapackage};
pub(super) use manifest::{describe, manifest};

use crate::table::TableDescription;

/// A table of a release: what it is, and how many rows it has.
pub(super) type Written = (TableDescription, u64);
