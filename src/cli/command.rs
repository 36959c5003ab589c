//! What commands have in common: their options and how they end.

use clap::builder::PossibleValue;
use clap::{Args, ColorChoice, ValueEnum};

use crate::check::Cache;
use crate::diagnostic::Level;
use crate::source::Disk;

/// Options common to all commands.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Common options")]
pub(super) struct Settings {
    /// Colour: `auto` (the default), `always` or `never`.
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) color: ColorChoice,
    /// Print only errors, and why eventc failed.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

impl Settings {
    /// The least level of findings that is printed, where `level` is asked for.
    pub(super) const fn shown_from(self, level: Level) -> Level {
        if self.quiet { Level::Error } else { level }
    }
}

/// Whether what earlier runs said is used.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct NoCache {
    /// Read every file, whatever an earlier run said of it.
    #[arg(long)]
    no_cache: bool,
}

impl NoCache {
    /// What earlier runs over a project said.
    pub(super) fn open(self, disk: &Disk) -> Cache<'_> {
        match self.no_cache {
            true => Cache::none(disk),
            false => Cache::of(disk, std::env::current_exe().ok()),
        }
    }
}

impl ValueEnum for Level {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// How a command ended, and its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// No finding of level error: 0.
    Clean,
    /// At least one finding of level error, or at least one fix that `--diff` prints: 1.
    Findings,
}

/// Why eventc could not do its work, as a message for the user. The exit status is 2.
#[derive(Debug)]
pub(super) struct Failure(pub(super) String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Ends a message about an unknown name: suggests the nearest one. `kind` may say what it names.
pub(super) fn did_you_mean(kind: &str, near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean {kind}`{near}`?")).unwrap_or_default()
}
