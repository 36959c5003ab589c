//! The whole, from files to findings; and the shape of the code itself.

mod cache;
mod duplicates;
mod giving_up;
mod limits;
mod lines;
pub(crate) mod project;
pub(crate) mod records;
mod shards;
mod tidy;
