//! Tests of the whole, by what is tested.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cli;
mod codebook;
mod commands;
mod documents;
mod evidence;
mod fixes;
mod json_schema;
mod lists;
mod mending;
mod policy;
mod project;
mod readme;
mod records;
mod show;
mod shown;
mod tables;
mod tidy;
mod weighing;
