//! Tests of the whole, by what is tested.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod changes;
#[cfg(unix)]
mod ci;
mod cli;
mod codebook;
mod commands;
mod documents;
mod duplicates;
mod every_fix;
mod evidence;
mod files;
mod fixes;
mod formats;
mod giving_up;
#[cfg(unix)]
mod hostile;
mod json_schema;
mod limits;
mod lists;
mod policy;
mod project;
mod readme;
mod records;
#[path = "../../src/diagnostic/render/tests/runner.rs"]
mod runner;
mod show;
mod shown;
mod slips;
mod tables;
mod tidy;
mod weighing;
