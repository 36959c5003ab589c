//! Tests of the whole, by what is tested.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod agree;
mod changes;
#[cfg(unix)]
mod ci;
mod cli;
mod commands;
mod documents;
mod entries;
mod files;
mod fixes;
mod formats;
#[cfg(unix)]
mod generate;
#[cfg(unix)]
mod hostile;
mod judging;
mod library;
#[cfg(unix)]
mod output;
mod publishing;
mod readme;
mod release;
mod reproducing;
#[path = "../../src/diagnostic/render/tests/runner.rs"]
mod runner;
mod shards;
mod show;
mod shown;
mod speed;
mod verifying;
mod walkthrough;
mod width;
