//! Why tables and datasets could not be written: the tool's own failures, never findings.

use std::{fmt, io};

use crate::source::OutputError;
use crate::table::misfit::TableError;

/// Why a table could not be written: the tool's own failure, never a finding.
#[derive(Debug)]
pub enum WriteError {
    /// A row does not fit the table: a defect of the tool.
    Table(TableError),
    /// A file could not be written.
    File {
        /// Its name.
        file: String,
        /// What the stream said.
        error: io::Error,
    },
}

impl From<TableError> for WriteError {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::File { file, error } => write!(f, "cannot write `{file}`: {error}"),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Table(_) => None,
            Self::File { error, .. } => Some(error),
        }
    }
}

/// Why a dataset could not be built: the tool's own failure, never a finding.
#[derive(Debug)]
pub enum BuildError {
    /// A table could not be written.
    Write(WriteError),
    /// The folder could not be written or put in its place.
    Output(OutputError),
    /// The codebook or the manifest could not be written.
    Page(&'static str, std::io::Error),
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<OutputError> for BuildError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(error) => error.fmt(f),
            Self::Output(error) => error.fmt(f),
            Self::Page(name, error) => write!(f, "cannot write `{name}`: {error}"),
        }
    }
}

impl std::error::Error for BuildError {}
