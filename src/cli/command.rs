//! What commands have in common: their options and how they end.

use clap::ValueEnum;

/// When to colour what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` or `CLICOLOR` say otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Options common to all commands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) color: Color,
    pub(super) quiet: bool,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing of level error was found.
    Clean,
    /// Something of level error was found, in records or codebook; or something would be changed,
    /// where that was asked.
    Findings,
}

/// Why the tool could not do its work: words for the user.
#[derive(Debug)]
pub(super) struct Failure(pub(super) String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}
