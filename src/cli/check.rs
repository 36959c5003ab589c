//! `eventc check`.

mod fix;
mod since;
mod watch;

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::{Failure, Outcome, Settings, print, project, schema};
use crate::check::Checked;
use crate::dataset::Selection;
use crate::diagnostic::render::{FORMATS, Format};
use crate::diagnostic::{Findings, Level};
use crate::source::{Disk, FileId, Files, World};

/// Check records and codebook, and report everything wrong with them.
///
///   eventc check datasets/iraq-depot-strikes-2019
///   eventc check --fix
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Check {
    /// Files or folders whose findings to show or fix [default: all].
    paths: Vec<PathBuf>,
    /// How to print the findings.
    #[arg(long, value_parser = formats(), default_value = Format::TEXT.name)]
    format: &'static Format,
    /// Show or fix only what changed since this git revision, or since the merge base with it.
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Check again whenever a file is saved, and report what changed.
    #[arg(long, conflicts_with_all = ["changed_since", "format", "fixing"])]
    watch: bool,
    #[command(flatten)]
    fixing: fix::Fixing,
}

impl Check {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let disk = project::find()?;
        let paths: Result<Vec<_>, _> =
            self.paths.iter().map(|path| project::relative(&disk, path)).collect();
        let paths = paths?;
        if self.watch {
            return watch::run(&disk, &paths, settings);
        }
        if self.fixing.is_asked() {
            return self.fixing.run(self, &disk, &paths, settings);
        }
        let (checked, before) = match &self.changed_since {
            None => (checked(&disk, &paths)?, None),
            Some(revision) => {
                let (checked, before) = since::checked(&disk, revision, &paths, settings)?;
                (checked, Some(before))
            }
        };
        let outcome = self.print(&checked, &paths, &disk, settings)?;
        if let Some(before) = &before {
            since::print_no_longer_reported(&before.findings, &before.files, settings)?;
        }
        schema::print_if_stale(&checked, &disk, settings)?;
        if self.format.name == Format::TEXT.name
            && let Some(offer) = fix::offer(&checked)
        {
            print::line(&offer, settings)?;
        }
        Ok(outcome)
    }

    fn print(
        &self,
        checked: &Checked,
        paths: &[String],
        world: &dyn World,
        settings: Settings,
    ) -> Result<Outcome, Failure> {
        let files = files(checked, paths)?;
        print::findings(checked, files, world, self.format, settings)?;
        project::require_records(checked)?;
        let failed = checked.findings.count(Level::Error) > 0;
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }
}

/// Checks a project. Keeps only the findings in some paths.
fn checked(disk: &Disk, paths: &[String]) -> Result<Checked, Failure> {
    let mut checked = crate::check::check(disk, &selection(paths))?;
    show_only(paths, &mut checked.findings, &checked.files);
    Ok(checked)
}

/// The files in some paths. Refuses paths without any: CI would take that for a pass.
fn files(checked: &Checked, paths: &[String]) -> Result<Vec<FileId>, Failure> {
    let files = project::files(checked, |file| is_wanted(file, paths));
    if files.is_empty() {
        let place = match paths {
            [] => "the project".to_owned(),
            paths => format!("`{}`", paths.join("`, `")),
        };
        return Err(Failure(format!(
            "nothing was checked: {place} has no record, registry or codebook"
        )));
    }
    Ok(files)
}

/// Reads the name of a format.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names)
        .map(|name| Format::named(&name).expect("the parser takes only names of formats"))
}

/// The datasets that some paths lie in; all datasets if a path lies in none.
fn selection(paths: &[String]) -> Selection {
    let dataset =
        |path: &String| Some(path.strip_prefix("datasets/")?.split('/').next()?.to_owned());
    let datasets: Option<Vec<_>> = paths.iter().map(dataset).collect();
    Selection { datasets: datasets.unwrap_or_default() }
}

/// Drops the findings outside some paths.
fn show_only(paths: &[String], findings: &mut Findings, files: &Files) {
    findings.retain(|_, finding| is_wanted(files.path(finding.location.file), paths));
}

/// Whether a file lies in one of some paths; true without paths.
fn is_wanted(file: &str, paths: &[String]) -> bool {
    paths.is_empty() || paths.iter().any(|path| is_within(file, path))
}

fn is_within(file: &str, path: &str) -> bool {
    path.is_empty()
        || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
