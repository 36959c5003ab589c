//! Why tables and datasets could not be written: the tool's own failures, never findings.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::source::{OutputError, ReadError};
use crate::table::misfit::TableError;

/// Why a table could not be written: the tool's own failure, never a finding.
#[derive(Debug, Error)]
pub enum WriteError {
    /// A row does not fit the table: a defect of the tool.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A file could not be written.
    #[error("cannot write `{file}`: {error}")]
    File {
        /// Its name.
        file: String,
        /// What the stream said.
        #[source]
        error: io::Error,
    },
}

/// Why a dataset could not be built: the tool's own failure, never a finding.
#[derive(Debug, Error)]
pub enum BuildError {
    /// A table could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The folder could not be written or put in its place.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A record that was put aside could not be read back.
    #[error(transparent)]
    Lost(#[from] ReadError),
    /// A shard would replace something else, or be replaced by it.
    #[error(
        "`{}` is {found}, and this is {made}: choose another folder with `--out`, or remove it",
        target.display()
    )]
    OtherShard {
        /// The folder.
        target: PathBuf,
        /// What stands there.
        found: String,
        /// What would replace it.
        made: String,
    },
    /// A table of a shard cannot be read.
    #[error("cannot read `{name}`: {error}")]
    Shard {
        /// Which file of which shard.
        name: String,
        /// Why.
        error: String,
    },
    /// The codebook or the manifest could not be written.
    #[error("cannot write `{0}`: {1}")]
    Page(&'static str, std::io::Error),
}
