//! `eventc check`.

mod fix;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Failure, Outcome, Settings, project, schema};
use crate::Checked;
use crate::dataset::Selection;
use crate::diagnostic::Level;
use crate::diagnostic::render::Format;
use crate::source::World;

/// Check records and codebook, and say all that is wrong with them.
///
///   eventc check datasets/iraq-depot-strikes-2019
///   eventc check --fix
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Check {
    /// Files or folders whose findings to show or fix; all where none is named.
    paths: Vec<PathBuf>,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    #[command(flatten)]
    fixing: fix::Fixing,
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
        if self.fixing.is_asked() {
            return self.fixing.run(self, &disk, &paths, settings);
        }
        let mut checked = crate::check(&disk, &selection(&paths))?;
        narrow(&mut checked, &paths);
        let outcome = self.print(&checked, &disk, settings)?;
        schema::print_if_stale(&checked, &disk, settings)?;
        if let (OutputFormat::Text, Some(offer)) = (self.format, fix::offer(&checked)) {
            project::print_line(&offer, settings)?;
        }
        Ok(outcome)
    }

    fn print(
        &self,
        checked: &Checked,
        world: &dyn World,
        settings: Settings,
    ) -> Result<Outcome, Failure> {
        project::print_findings(checked, world, self.format.format(), settings)?;
        let failed = checked.findings.count(Level::Error) > 0;
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }
}

/// Drops the findings outside the paths that are named.
fn narrow(checked: &mut Checked, paths: &[String]) {
    let files = &checked.files;
    checked.findings.retain(|finding| is_selected(files.path(finding.location.file), paths));
}

/// Whether a file lies in one of the paths that are named, or none is.
fn is_selected(file: &str, paths: &[String]) -> bool {
    paths.is_empty() || paths.iter().any(|path| is_within(file, path))
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
