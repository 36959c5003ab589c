//! `eventc check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Failure, Outcome, Settings, project, schema};
use crate::dataset::Selection;
use crate::diagnostic::Level;
use crate::diagnostic::render::Format;

/// Check records and codebook, and say all that is wrong with them.
///
///   eventc check datasets/iraq-depot-strikes-2019
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Check {
    /// Files or folders whose findings to show; all where none is named.
    paths: Vec<PathBuf>,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputFormat {
    /// For people, on standard error.
    Text,
    /// One line a finding.
    Short,
    /// One JSON object.
    Json,
}

impl OutputFormat {
    const fn format(self) -> Format {
        match self {
            Self::Text => Format::Text,
            Self::Short => Format::Short,
            Self::Json => Format::Json,
        }
    }
}

impl Check {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let disk = project::find()?;
        let paths: Result<Vec<_>, _> =
            self.paths.iter().map(|path| project::relative(&disk, path)).collect();
        let paths = paths?;
        let mut checked = crate::check(&disk, &selection(&paths))?;
        if !paths.is_empty() {
            let files = &checked.files;
            checked.findings.retain(|_, finding| {
                let file = files.path(finding.location.file);
                paths.iter().any(|path| is_within(file, path))
            });
        }
        project::print_findings(&checked, &disk, self.format.format(), settings)?;
        schema::print_if_stale(&checked, &disk, settings)?;
        let failed = checked.findings.count(Level::Error) > 0;
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }
}

/// The datasets that some paths lie in; all if one of them lies in none.
fn selection(paths: &[String]) -> Selection {
    let dataset =
        |path: &String| Some(path.strip_prefix("datasets/")?.split('/').next()?.to_owned());
    let datasets: Option<Vec<_>> = paths.iter().map(dataset).collect();
    Selection { datasets: datasets.unwrap_or_default() }
}

fn is_within(file: &str, path: &str) -> bool {
    path.is_empty()
        || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
